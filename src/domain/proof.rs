//! The proof: an authentication event that was judged sufficient for one challenge. The only thing an
//! approval with step-up accepts, used up by it, never stored.

use std::fmt;

use super::challenge::Challenge;
use super::event::AuthenticationEvent;
use super::person::SubjectMatch;

/// The access token of a step-up; opaque to us (B1.8, B8.5), redacted in `Debug`, not clonable.
pub struct StepUpToken(String);

impl StepUpToken {
    /// A bearer token (RFC 6750).
    pub const fn bearer(token: String) -> Self {
        Self(token)
    }

    /// The `Authorization` header's value. The only way to the token.
    pub fn authorization(&self) -> String {
        format!("Bearer {}", self.0)
    }
}

impl fmt::Debug for StepUpToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StepUpToken(redacted)")
    }
}

/// Authentic and sufficient. Made by [`Challenge::judge`] and by nothing else.
#[derive(Debug)]
pub struct StepUpProof {
    task_id: String,
    policy_step_id: String,
    event: AuthenticationEvent,
    token: StepUpToken,
    subject: SubjectMatch,
}

impl StepUpProof {
    pub(super) fn judged(
        challenge: &Challenge,
        event: AuthenticationEvent,
        token: StepUpToken,
        subject: SubjectMatch,
    ) -> Self {
        Self {
            task_id: challenge.task_id.clone(),
            policy_step_id: challenge.policy_step_id.clone(),
            event,
            token,
            subject,
        }
    }

    /// Whether it was made for this step of this task; it is good for no other.
    pub fn is_for(&self, task_id: &str, policy_step_id: &str) -> bool {
        self.task_id == task_id && self.policy_step_id == policy_step_id
    }

    /// What was proven.
    pub const fn event(&self) -> &AuthenticationEvent {
        &self.event
    }

    /// Whether the person was compared.
    pub const fn subject(&self) -> &SubjectMatch {
        &self.subject
    }

    /// The token to submit with.
    pub const fn token(&self) -> &StepUpToken {
        &self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Facts;
    use crate::domain::requirement::AcrRequirement;

    #[test]
    fn a_proof_is_for_one_step_of_one_task() {
        let challenge = Challenge {
            task_id: "task".into(),
            policy_step_id: "step".into(),
            provider: "okta".into(),
            requirement: AcrRequirement::default(),
            scopes: Vec::new(),
        };
        let event = AuthenticationEvent::assertion(Facts::default());
        let token = StepUpToken::bearer("t".into());
        let proof = StepUpProof::judged(&challenge, event, token, SubjectMatch::Same);
        assert!(proof.is_for("task", "step"));
        assert!(!proof.is_for("task", "other"));
        assert!(!proof.is_for("other", "step"));
    }

    #[test]
    fn the_token_is_in_its_header_and_nowhere_else() {
        let token = StepUpToken::bearer("secret".into());
        assert_eq!(token.authorization(), "Bearer secret");
        assert_eq!(format!("{token:?}"), "StepUpToken(redacted)");
    }
}
