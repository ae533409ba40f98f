//! C1's JSON (c1.md 1.2, 2 and 3). Every field is optional, `""`, null and absent mean
//! the same, enums are open.

pub(super) mod audit;
pub(super) mod task;

use serde::{Deserialize, Deserializer};
use url::Url;

use super::super::credentials::Secret;
use super::approval::ApproveAnswer;
use crate::adapters::api_error::ApiError;
use crate::domain::person::Approver;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Introspection {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) user_id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) tenant_id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) roles: Vec<String>,
}

/// `PersonalClientServiceCreateResponse`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonalClient {
    pub(super) client: Client,
    #[serde(deserialize_with = "secret")]
    pub(super) client_secret: Secret,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Client {
    pub(super) client_id: String,
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    String::deserialize(deserializer).map(Secret::new)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserAnswer {
    user_view: Option<UserView>,
}

#[derive(Deserialize)]
struct UserView {
    user: Option<User>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    #[serde(default, deserialize_with = "or_default")]
    id: String,
    display_name: Option<String>,
    email: Option<String>,
    username: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// A page of people.
#[derive(Deserialize)]
pub(super) struct UserList {
    #[serde(default, deserialize_with = "or_default")]
    list: Vec<UserView>,
}

impl UserList {
    /// Those who have an id.
    pub(super) fn into_people(self) -> Vec<Approver> {
        let users = self.list.into_iter().filter_map(|view| view.user);
        let people = users.map(|user| {
            let id = user.id.clone();
            user.into_approver(&id)
        });
        people.filter(|person| !person.user_id.is_empty()).collect()
    }
}

impl UserAnswer {
    pub(super) fn into_approver(self, id: &str) -> Approver {
        let user = self
            .user_view
            .and_then(|view| view.user)
            .unwrap_or_default();
        user.into_approver(id)
    }
}

impl User {
    fn into_approver(self, id: &str) -> Approver {
        let user = self;
        let known = |value: Option<String>| value.filter(|value| !value.is_empty());
        Approver {
            user_id: id.to_owned(),
            display_name: known(user.display_name),
            email: known(user.email),
            username: known(user.username),
            is_service: user.kind.as_deref() == Some("USER_TYPE_SERVICE"),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionAnswer {
    #[serde(default, deserialize_with = "or_default")]
    ticket_action_id: String,
    #[serde(default, deserialize_with = "or_default")]
    redirect_url: String,
}

impl ActionAnswer {
    /// c1.md 4.1. Without a proof, an address to authenticate at outranks all other members: the
    /// action that the answer names may wait for the sign-in. With one an action is the end of it.
    pub(super) fn into_approve_answer(self, with_proof: bool) -> Result<ApproveAnswer, ApiError> {
        let accepted = !self.ticket_action_id.is_empty();
        let sends_away = !self.redirect_url.is_empty();
        if accepted && (with_proof || !sends_away) {
            return Ok(ApproveAnswer::Accepted {
                ticket_action_id: self.ticket_action_id,
            });
        }
        let unexpected = if sends_away {
            "its `redirectUrl` is not a web address"
        } else {
            "it neither accepts the approval nor says where to authenticate"
        };
        let page = Url::parse(&self.redirect_url);
        page.map(|page| ApproveAnswer::Hosted { page })
            .map_err(|_| ApiError::Unreadable(unexpected.into()))
    }
}

/// The answer to a denial or a comment.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Submitted {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) ticket_action_id: String,
}

/// The sentence of an error answer, `{code, message, details}`; bounded, since it goes to a terminal.
pub(super) fn message(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Status {
        message: Option<String>,
    }
    let message = serde_json::from_slice::<Status>(body)
        .ok()
        .and_then(|status| status.message)
        .filter(|message| !message.is_empty());
    message.map_or_else(
        || "it gave no reason".to_owned(),
        |message| message.chars().take(300).collect(),
    )
}

pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_accepted_hosted_or_unexpected() {
        let read = |answer, with_proof| {
            serde_json::from_value::<ActionAnswer>(answer)
                .unwrap()
                .into_approve_answer(with_proof)
        };
        let address = "https://acme.conductor.one/x?secret";
        let hosted = ApproveAnswer::Hosted {
            page: address.parse().unwrap(),
        };
        let accepted = ApproveAnswer::Accepted {
            ticket_action_id: "a".into(),
        };
        for with_proof in [false, true] {
            let alone = json!({"ticketActionId": "a", "redirectUrl": ""});
            assert_eq!(read(alone, with_proof).unwrap(), accepted);
            let away = json!({"redirectUrl": address});
            assert_eq!(read(away, with_proof).unwrap(), hosted);
            assert!(read(json!({}), with_proof).is_err());
            assert!(read(json!({"redirectUrl": "nowhere"}), with_proof).is_err());
        }
        // Both: a sign-in to do in leg 1, done in leg 2.
        let both = || json!({"ticketActionId": "a", "redirectUrl": address});
        assert_eq!(read(both(), false).unwrap(), hosted);
        assert_eq!(read(both(), true).unwrap(), accepted);
        let broken = json!({"ticketActionId": "a", "redirectUrl": "nowhere"});
        assert!(read(broken, false).is_err());
    }
}
