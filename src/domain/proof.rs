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

    /// The task it was made for.
    pub fn task_id(&self) -> &str {
        &self.task_id
    }

    /// The step it was made for.
    pub fn policy_step_id(&self) -> &str {
        &self.policy_step_id
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
