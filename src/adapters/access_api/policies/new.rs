//! Policies that are to be made (c1.md 3.7): documents without an id, of which nothing but what the API takes is sent.

use openidconnect::http::Method;
use serde_json::{Map, Value, json};

use super::{AccessApi, ApiError, PolicyDocument, text};
use crate::domain::policy::Approvers;

impl PolicyDocument {
    /// A policy of this type (`grant`, `revoke`, `certify`), which is one approval step.
    pub(crate) fn of_one_step(kind: &str, approvers: &Approvers, comment_required: bool) -> Self {
        let (name, approvers) = match approvers {
            Approvers::Users(ids) => ("users", json!({ "userIds": ids })),
            Approvers::Manager => ("manager", json!({})),
            Approvers::AppOwners => ("appOwners", json!({})),
            Approvers::EntitlementOwners => ("entitlementOwners", json!({})),
            Approvers::ResourceOwners => ("resourceOwners", json!({})),
            Approvers::Group(group) => (
                "group",
                json!({ "appId": group.app_id, "appGroupId": group.group_id }),
            ),
        };
        let mut approval = Map::new();
        approval.insert(name.to_owned(), approvers);
        if comment_required {
            approval.insert("requireApprovalReason".to_owned(), json!(true));
        }
        Self(json!({
            "policyType": format!("POLICY_TYPE_{}", kind.to_uppercase()),
            "policySteps": { kind: { "steps": [{ "approval": approval }] } },
        }))
    }

    /// The type of this policy and these steps of it, as another one may be made of them; `None` without such steps.
    pub(crate) fn copied(&self, sequence: &str) -> Option<Self> {
        let steps = self.0.get("policySteps")?.get(sequence)?;
        Some(Self(json!({
            "policyType": self.0.get("policyType")?,
            "policySteps": { sequence: steps },
        })))
    }

    /// The policy with this name for people, and a description if there is one.
    #[must_use]
    pub(crate) fn called(mut self, name: &str, description: Option<&str>) -> Self {
        let texts = [("displayName", Some(name)), ("description", description)];
        if let Some(members) = self.0.as_object_mut() {
            let given = texts
                .iter()
                .filter_map(|(member, text)| Some(((*member).to_owned(), json!((*text)?))));
            members.extend(given);
        }
        self
    }

    /// What would be sent.
    pub(crate) const fn request(&self) -> &Value {
        &self.0
    }

    /// Whether this is a policy of that name and type with the steps of the other, as far as they are understood.
    pub(crate) fn is_made_of(&self, wanted: &Self) -> bool {
        let (now, wanted) = (self.policy(), wanted.policy());
        let has = |sequence| now.sequences.contains(sequence);
        now.display_name == wanted.display_name
            && now.kind == wanted.kind
            && wanted.sequences.iter().all(has)
    }
}

impl AccessApi {
    /// Makes a policy; its id.
    pub(crate) fn create_policy(&self, new: &PolicyDocument) -> Result<String, ApiError> {
        let made = self.policy_answer(&Method::POST, &["policies"], Some(&new.0))?;
        Ok(text(&made.0, "id").to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy::AppGroup;

    #[test]
    fn each_kind_of_approvers_is_written_as_the_api_names_it() {
        let group = AppGroup {
            app_id: "a".to_owned(),
            group_id: "g".to_owned(),
        };
        for (approvers, expected) in [
            (
                Approvers::Users(vec!["u".to_owned()]),
                json!({"users": {"userIds": ["u"]}}),
            ),
            (Approvers::Manager, json!({"manager": {}})),
            (Approvers::AppOwners, json!({"appOwners": {}})),
            (
                Approvers::EntitlementOwners,
                json!({"entitlementOwners": {}}),
            ),
            (Approvers::ResourceOwners, json!({"resourceOwners": {}})),
            (
                Approvers::Group(group),
                json!({"group": {"appId": "a", "appGroupId": "g"}}),
            ),
        ] {
            let document = PolicyDocument::of_one_step("certify", &approvers, false);
            let expected = json!({
                "policyType": "POLICY_TYPE_CERTIFY",
                "policySteps": {"certify": {"steps": [{"approval": expected}]}},
            });
            assert_eq!(document.0, expected);
        }
    }

    #[test]
    fn a_copy_has_the_steps_and_nothing_else_of_a_policy() {
        let policy = PolicyDocument(json!({
            "id": "p", "displayName": "Old", "policyType": "POLICY_TYPE_GRANT", "rules": [{"condition": "x"}],
            "policySteps": {"grant": {"steps": [{"approval": {"manager": {}}}]}, "emergency": {}},
        }));
        let copy = policy.copied("grant").unwrap().called("New", None);
        let expected = json!({
            "displayName": "New", "policyType": "POLICY_TYPE_GRANT",
            "policySteps": {"grant": {"steps": [{"approval": {"manager": {}}}]}},
        });
        assert_eq!(copy.0, expected);
        assert!(policy.copied("revoke").is_none());
        let made = |name: &str| policy.clone().called(name, None).is_made_of(&copy);
        assert!(made("New") && !made("Old"));
        let demanding = copy.demanding("grant", 1, Some("okta")).unwrap();
        assert!(!policy.called("New", None).is_made_of(&demanding));
    }
}
