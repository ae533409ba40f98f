//! Step-up transactions and the providers they were made with (c1.md 5 and 6), read only.

use std::collections::BTreeSet;

use jiff::Timestamp;
use openidconnect::http::Method;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};
use url::Url;

use super::client::{AccessApi, decode};
use super::wire::or_default;
use crate::adapters::api_error::ApiError;
use crate::domain::event::Claim;
use crate::domain::task::audit::{AuditEvent, TrailQuery};
use crate::domain::transaction::{Claims, ProviderTerms, StepUpTransaction, TransactionState};

/// More pages than any task has transactions for.
const MOST_PAGES: usize = 20;

/// The API's own registration of a step-up provider, as far as an approver may read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HostedProvider {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Its issuer, empty if it is not shown.
    pub(crate) issuer: String,
    /// What it accepts.
    pub(crate) terms: ProviderTerms,
}

impl HostedProvider {
    /// The issuer's host, for people.
    pub(crate) fn host(&self) -> Option<String> {
        Url::parse(&self.issuer).ok()?.host_str().map(str::to_owned)
    }
}

/// How a search for transactions is narrowed. None of it is needed: what comes back is judged here.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Narrowed<'a> {
    /// Only those that began after this.
    pub(crate) created_after: Option<Timestamp>,
    /// Only those of this person.
    pub(crate) user_id: Option<&'a str>,
    /// Nothing but the task is asked with, for an API that refuses more (400).
    pub(crate) bare: bool,
}

/// The body of a search. A task counts only with its target type (c1.md 6).
fn question(task_id: &str, narrowed: Narrowed<'_>, page_token: &str) -> Value {
    let mut question = json!({
        "taskId": task_id, "targetType": "TARGET_TYPE_TICKET", "pageToken": page_token,
    });
    if let Some(members) = question.as_object_mut()
        && !narrowed.bare
    {
        members.insert("createdAfter".into(), json!(narrowed.created_after));
        members.insert("userId".into(), json!(narrowed.user_id));
        members.insert("pageSize".into(), json!(100));
    }
    question
}

impl AccessApi {
    /// The transactions of one task. No state is asked for, since the search takes one value and all three matter
    /// (c1.md 8.1).
    pub(crate) fn transactions(
        &self,
        task_id: &str,
        narrowed: Narrowed<'_>,
    ) -> Result<Vec<StepUpTransaction>, ApiError> {
        let (mut found, mut token) = (Vec::new(), String::new());
        for _ in 0..MOST_PAGES {
            let question = question(task_id, narrowed, &token);
            let path = ["search", "step-up", "transactions"];
            let page: List = decode(&self.exchange(&Method::POST, &path, Some(&question))?)?;
            found.extend(page.list.into_iter().map(Transaction::into_domain));
            if page.next_page_token.is_empty() || page.next_page_token == token {
                break;
            }
            token = page.next_page_token;
        }
        Ok(found)
    }

    /// The ids of all transactions of one task, asked for in the first way that the API takes.
    pub(crate) fn known_transactions(
        &self,
        task_id: &str,
        user_id: &str,
    ) -> Result<BTreeSet<String>, ApiError> {
        let all = Narrowed::default();
        let mine = Narrowed {
            user_id: Some(user_id),
            ..all
        };
        let bare = Narrowed { bare: true, ..all };
        let found = self.transactions(task_id, all);
        let found = found.or_else(|error| match error {
            ApiError::Forbidden(_) => self.transactions(task_id, mine),
            error => Err(error),
        });
        let found = found.or_else(|error| match error {
            ApiError::Refused(_) => self.transactions(task_id, bare),
            error => Err(error),
        });
        Ok(found?.into_iter().map(|one| one.id).collect())
    }

    /// The transactions of tests of one provider, the newest page of them.
    pub(crate) fn test_transactions(
        &self,
        provider_id: &str,
    ) -> Result<Vec<StepUpTransaction>, ApiError> {
        let question = json!({
            "providerId": provider_id, "targetType": "TARGET_TYPE_TEST", "pageSize": 100,
        });
        let path = ["search", "step-up", "transactions"];
        let page: List = decode(&self.exchange(&Method::POST, &path, Some(&question))?)?;
        Ok(page
            .list
            .into_iter()
            .map(Transaction::into_domain)
            .collect())
    }

    pub(crate) fn transaction(&self, id: &str) -> Result<StepUpTransaction, ApiError> {
        let answer: One = self.read(&["step-up", "transactions", id])?;
        answer
            .transaction
            .map(Transaction::into_domain)
            .ok_or_else(|| ApiError::Unreadable("it holds no transaction".to_owned()))
    }

    /// The audit event that says which transaction an approval rests on (c1.md 7).
    pub(crate) fn step_up_event(
        &self,
        task_id: &str,
        transaction_id: &str,
    ) -> Result<Option<AuditEvent>, ApiError> {
        let newest = TrailQuery {
            newest_first: true,
            comments_only: false,
        };
        let (events, _) = self.audit(task_id, newest, None)?;
        let names = |event: &AuditEvent| event.names(transaction_id);
        Ok(events.into_iter().find(names))
    }

    /// The provider that a step demands.
    pub(crate) fn hosted_provider(&self, id: &str) -> Result<HostedProvider, ApiError> {
        let answer: ProviderAnswer = self.read(&["step-up", "providers", id])?;
        let provider = answer
            .step_up_provider
            .ok_or_else(|| ApiError::Unreadable("it holds no provider".to_owned()))?;
        Ok(provider.into_domain(id))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    #[serde(default, deserialize_with = "or_default")]
    list: Vec<Transaction>,
    #[serde(default, deserialize_with = "or_default")]
    next_page_token: String,
}

#[derive(Deserialize)]
struct One {
    transaction: Option<Transaction>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Transaction {
    #[serde(deserialize_with = "or_default")]
    id: String,
    #[serde(deserialize_with = "or_default")]
    state: String,
    #[serde(deserialize_with = "or_default")]
    provider_id: String,
    #[serde(deserialize_with = "or_default")]
    user_id: String,
    approve_task: Option<ApproveTaskTarget>,
    test: Option<IgnoredAny>,
    #[serde(deserialize_with = "or_default")]
    claims: Map<String, Value>,
    #[serde(deserialize_with = "or_default")]
    error_message: String,
    created_at: Option<String>,
    expires_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApproveTaskTarget {
    #[serde(default, deserialize_with = "or_default")]
    task_id: String,
    #[serde(default, deserialize_with = "or_default")]
    policy_step_id: String,
}

impl Transaction {
    fn into_domain(self) -> StepUpTransaction {
        let time = |text: Option<String>| text?.parse::<Timestamp>().ok();
        StepUpTransaction {
            id: self.id,
            state: match self.state.as_str() {
                "STEP_UP_TRANSACTION_STATE_VERIFIED" => TransactionState::Verified,
                "STEP_UP_TRANSACTION_STATE_ERROR" => TransactionState::Failed,
                _ => TransactionState::Pending,
            },
            provider_id: self.provider_id,
            user_id: self.user_id,
            // A test of the provider approves no task, whatever it names beside (c1.md 6: a oneof).
            target: self
                .approve_task
                .filter(|_| self.test.is_none())
                .map(|target| (target.task_id, target.policy_step_id)),
            claims: claims(self.claims),
            error_message: self.error_message,
            created_at: time(self.created_at),
            expires_at: time(self.expires_at),
        }
    }
}

/// The claims with a published meaning, of the right type or not; of the others only the names.
fn claims(mut members: Map<String, Value>) -> Claims {
    let mut take = |name: &str| members.remove(name).filter(|value| !value.is_null());
    let acr = text(take("acr"));
    let amr = texts(take("amr"));
    let auth_time = number(take("auth_time"));
    // Entra's contexts are a list, of which an API may show a single one as it is.
    let contexts = match take("acrs") {
        Some(Value::String(one)) => Claim::Present(vec![one]),
        other => texts(other),
    };
    Claims {
        acr,
        amr,
        auth_time,
        contexts,
        others: members.into_iter().map(|(name, _)| name).collect(),
    }
}

fn text(value: Option<Value>) -> Claim<String> {
    match value {
        None => Claim::Absent,
        Some(Value::String(text)) => Claim::Present(text),
        Some(other) => Claim::Malformed(shown(&other)),
    }
}

fn texts(value: Option<Value>) -> Claim<Vec<String>> {
    let Some(value) = value else {
        return Claim::Absent;
    };
    serde_json::from_value(value.clone())
        .map_or_else(|_| Claim::Malformed(shown(&value)), Claim::Present)
}

/// Seconds; a fraction is dropped, as of any NumericDate.
fn number(value: Option<Value>) -> Claim<i64> {
    let Some(value) = value else {
        return Claim::Absent;
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "saturates, and no date is that far"
    )]
    let whole = value
        .as_i64()
        .or_else(|| value.as_f64().map(|seconds| seconds as i64));
    whole.map_or_else(|| Claim::Malformed(shown(&value)), Claim::Present)
}

fn shown(value: &Value) -> String {
    value.to_string().chars().take(100).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProviderAnswer {
    step_up_provider: Option<Provider>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Provider {
    #[serde(deserialize_with = "or_default")]
    display_name: String,
    #[serde(deserialize_with = "or_default")]
    issuer_url: String,
    oauth2: Option<OAuth2>,
    microsoft: Option<Microsoft>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct OAuth2 {
    #[serde(deserialize_with = "or_default")]
    acr_values: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Microsoft {
    #[serde(deserialize_with = "or_default")]
    validation_mode: String,
    #[serde(deserialize_with = "or_default")]
    conditional_access_ids: Vec<String>,
}

impl Provider {
    fn into_domain(self, id: &str) -> HostedProvider {
        HostedProvider {
            id: id.to_owned(),
            terms: self.terms(),
            name: self.display_name,
            issuer: self.issuer_url,
        }
    }

    fn terms(&self) -> ProviderTerms {
        match (&self.oauth2, &self.microsoft) {
            (Some(oauth2), _) if !oauth2.acr_values.is_empty() => {
                ProviderTerms::Acr(oauth2.acr_values.clone())
            }
            (_, Some(microsoft)) => match microsoft.validation_mode.as_str() {
                "MICROSOFT_VALIDATION_MODE_ACRS" => {
                    ProviderTerms::Contexts(microsoft.conditional_access_ids.clone())
                }
                "MICROSOFT_VALIDATION_MODE_OIDC" => ProviderTerms::Freshness,
                _ => ProviderTerms::Unknown,
            },
            _ => ProviderTerms::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: Value) -> StepUpTransaction {
        let transaction: Transaction = serde_json::from_value(value).unwrap();
        transaction.into_domain()
    }

    #[test]
    fn a_transaction_as_c1_sends_it() {
        let transaction = read(json!({
            "id": "t", "state": "STEP_UP_TRANSACTION_STATE_VERIFIED",
            "providerId": "p", "userId": "u",
            "approveTask": {"taskId": "a", "policyStepId": "s"}, "test": null,
            "claims": {"acr": "phr", "amr": ["hwk"], "auth_time": 1_772_442_066.9, "sid": "secret"},
            "errorMessage": "", "createdAt": "2026-03-02T09:01:00Z", "updatedAt": null,
            "expiresAt": "2026-03-02T09:11:00Z",
        }));
        assert_eq!(transaction.state, TransactionState::Verified);
        assert_eq!(transaction.target, Some(("a".into(), "s".into())));
        assert_eq!(transaction.claims.acr, Claim::Present("phr".into()));
        assert_eq!(transaction.claims.auth_time, Claim::Present(1_772_442_066));
        assert_eq!(transaction.claims.others, ["sid"]);
        assert!(transaction.created_at < transaction.expires_at);
    }

    #[test]
    fn a_test_that_names_a_task_too_is_for_no_task() {
        let target = |test| {
            read(json!({"approveTask": {"taskId": "a", "policyStepId": "s"}, "test": test})).target
        };
        assert_eq!(target(json!(null)), Some(("a".into(), "s".into())));
        assert_eq!(target(json!({})), None);
    }

    #[test]
    fn what_is_missing_null_or_new_is_read_as_little() {
        for value in [
            json!({}),
            json!({"id": null, "state": null, "claims": null, "createdAt": null, "approveTask": null}),
            json!({"id": "", "state": "STEP_UP_TRANSACTION_STATE_NEW", "claims": {}, "test": {}, "createdAt": "yesterday"}),
        ] {
            assert_eq!(read(value), StepUpTransaction::default());
        }
    }

    #[test]
    fn claims_of_another_type_are_kept_as_such() {
        let transaction =
            read(json!({"claims": {"acr": 3, "amr": "hwk", "auth_time": "now", "acrs": [1]}}));
        assert_eq!(transaction.claims.acr, Claim::Malformed("3".into()));
        assert_eq!(transaction.claims.amr, Claim::Malformed("\"hwk\"".into()));
        assert!(matches!(transaction.claims.auth_time, Claim::Malformed(_)));
        assert!(matches!(transaction.claims.contexts, Claim::Malformed(_)));
        let transaction = read(json!({"claims": {"acrs": "c1"}}));
        assert_eq!(
            transaction.claims.contexts,
            Claim::Present(vec!["c1".into()])
        );
    }

    #[test]
    fn a_provider_tells_what_it_accepts() {
        let terms = |value| {
            let provider: Provider = serde_json::from_value(value).unwrap();
            provider.terms()
        };
        assert_eq!(
            terms(json!({"oauth2": {"acrValues": ["phr"]}})),
            ProviderTerms::Acr(vec!["phr".into()])
        );
        let microsoft = |mode: &str| json!({"oauth2": null, "microsoft": {"validationMode": mode, "conditionalAccessIds": ["C1"]}});
        assert_eq!(
            terms(microsoft("MICROSOFT_VALIDATION_MODE_ACRS")),
            ProviderTerms::Contexts(vec!["C1".into()])
        );
        assert_eq!(
            terms(microsoft("MICROSOFT_VALIDATION_MODE_OIDC")),
            ProviderTerms::Freshness
        );
        assert_eq!(terms(microsoft("NEW")), ProviderTerms::Unknown);
        assert_eq!(
            terms(json!({"oauth2": {"acrValues": []}})),
            ProviderTerms::Unknown
        );
    }
}
