//! C1's JSON (wire contract sections 1.2, 2 and 3). Every field is optional, `""`, null and absent mean
//! the same, enums are open.

pub(super) mod audit;
pub(super) mod task;

use serde::{Deserialize, Deserializer};
use url::Url;

use super::super::credentials::Secret;
use super::{ApiError, ApproveAnswer};
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
    display_name: Option<String>,
    email: Option<String>,
    username: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl UserAnswer {
    pub(super) fn into_approver(self, id: &str) -> Approver {
        let user = self
            .user_view
            .and_then(|view| view.user)
            .unwrap_or_default();
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
    /// Wire contract 4.1, "how to read any answer".
    pub(super) fn into_approve_answer(self) -> Result<ApproveAnswer, ApiError> {
        if !self.ticket_action_id.is_empty() {
            return Ok(ApproveAnswer::Accepted {
                ticket_action_id: self.ticket_action_id,
            });
        }
        match Url::parse(&self.redirect_url) {
            Ok(page) => Ok(ApproveAnswer::Hosted { page }),
            Err(_) => Err(ApiError::Unreadable(
                "it neither accepts the approval nor says where to authenticate".into(),
            )),
        }
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
        let read = |answer| {
            serde_json::from_value::<ActionAnswer>(answer)
                .unwrap()
                .into_approve_answer()
        };
        assert!(matches!(
            read(json!({"ticketActionId": "a", "redirectUrl": ""})),
            Ok(ApproveAnswer::Accepted { .. })
        ));
        assert_eq!(
            read(json!({"redirectUrl": "https://acme.conductor.one/x?secret"})).unwrap(),
            ApproveAnswer::Hosted {
                page: "https://acme.conductor.one/x?secret".parse().unwrap()
            }
        );
        assert!(read(json!({})).is_err());
    }
}
