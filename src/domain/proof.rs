//! The proof: an authentication event that was judged sufficient for one challenge. The only thing an
//! approval with step-up accepts, used up by it, never stored.

use std::fmt;

use url::Url;

use super::challenge::Purpose;
use super::event::AuthenticationEvent;
use super::judge::Sufficient;
use super::person::SubjectMatch;
use super::requirement::Caveat;
use super::sign_in::Uses;

/// The access token of a step-up; opaque to us (RFC 9470 §2, RFC 9068 §6), redacted in `Debug`, not clonable.
pub(crate) struct StepUpToken {
    secret: String,
    binding: Option<Box<dyn ProofOfPossession>>,
}

/// A key that a token is bound to. It lives as long as the token, and is stored nowhere.
pub(crate) trait ProofOfPossession: Send + Sync {
    /// A new proof for one request with this token (RFC 9449 §4.2, B7.2 to B7.5); `nonce` is the one that
    /// the server of `url` gave.
    fn proof(&self, method: &str, url: &Url, access_token: &str, nonce: Option<&str>) -> String;
}

impl StepUpToken {
    /// A bearer token (RFC 6750).
    pub(crate) const fn bearer(token: String) -> Self {
        Self {
            secret: token,
            binding: None,
        }
    }

    /// A token that is of use only with the key (RFC 9449).
    pub(crate) fn bound(token: String, key: Box<dyn ProofOfPossession>) -> Self {
        Self {
            secret: token,
            binding: Some(key),
        }
    }

    /// The `Authorization` header's value. The only way to the token.
    pub(crate) fn authorization(&self) -> String {
        let scheme = if self.binding.is_some() {
            "DPoP" // B7.10
        } else {
            "Bearer"
        };
        format!("{scheme} {}", self.secret)
    }

    /// The `DPoP` header's value for one request, new each time (RFC 9449 §4.3); `None` for a bearer token.
    pub(crate) fn possession(
        &self,
        method: &str,
        url: &Url,
        nonce: Option<&str>,
    ) -> Option<String> {
        let key = self.binding.as_ref()?;
        Some(key.proof(method, url, &self.secret, nonce))
    }
}

impl fmt::Debug for StepUpToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StepUpToken(redacted)")
    }
}

/// Authentic and sufficient: made of what the judge found [`Sufficient`], and of nothing else.
#[derive(Debug)]
pub(crate) struct StepUpProof {
    sufficient: Sufficient,
    uses: Uses,
    account: Option<Caveat>,
    token: StepUpToken,
}

impl StepUpProof {
    /// The proof that a sufficient event and the token that came with it are, once the event is remembered as used
    /// and the account as the person's; `account` is what came of the latter.
    pub(crate) const fn of(
        sufficient: Sufficient,
        uses: Uses,
        account: Option<Caveat>,
        token: StepUpToken,
    ) -> Self {
        Self {
            sufficient,
            uses,
            account,
            token,
        }
    }

    /// Whether it was made for this step of this task; it is good for no other.
    pub(crate) fn is_for(&self, task_id: &str, policy_step_id: &str) -> bool {
        matches!(self.sufficient.purpose(), Purpose::Approval { task_id: task, policy_step_id: step }
            if task == task_id && step == policy_step_id)
    }

    /// Whether it was made for this request.
    pub(crate) fn is_for_request(&self, method: &str, url: &Url) -> bool {
        matches!(self.sufficient.purpose(), Purpose::Request { method: own, url: target }
            if own == method && target == url)
    }

    /// What was proven.
    pub(crate) const fn event(&self) -> &AuthenticationEvent {
        self.sufficient.event()
    }

    /// Whether the person was compared.
    pub(crate) const fn subject(&self) -> SubjectMatch {
        self.sufficient.subject()
    }

    /// How often the sign-in was used, this time included.
    pub(crate) const fn uses(&self) -> Uses {
        self.uses
    }

    /// What a reader of the receipt has to know.
    pub(crate) fn caveats(&self) -> Vec<Caveat> {
        let mut caveats = self.sufficient.caveats().to_vec();
        caveats.extend(self.account);
        caveats.extend(self.uses.caveat());
        caveats
    }

    pub(crate) const fn token(&self) -> &StepUpToken {
        &self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::challenge::Challenge;
    use crate::domain::event::Facts;
    use crate::domain::judge::Attempt;
    use crate::domain::person::ExpectedPerson;
    use crate::domain::requirement::{AcrRequirement, Freshness};
    use crate::domain::sign_in::Earlier;

    fn proof(purpose: Purpose) -> StepUpProof {
        let challenge = Challenge::of(
            purpose,
            AcrRequirement {
                freshness: Freshness::AsChallenged,
                ..AcrRequirement::default()
            },
        );
        let event = AuthenticationEvent::assertion(Facts::default());
        let attempt = Attempt {
            started: 0,
            received: 0,
            elapsed: std::time::Duration::ZERO,
            skew: 0,
        };
        let nobody = ExpectedPerson::default();
        let judged = challenge.judge(&event, attempt, &nobody, Earlier::Unused);
        let token = StepUpToken::bearer("t".into());
        StepUpProof::of(judged.verdict.unwrap(), Uses::Counted(1), None, token)
    }

    #[test]
    fn a_proof_is_for_one_step_of_one_task() {
        let url = Url::parse("https://api.example/").unwrap();
        let proof = proof(Purpose::Approval {
            task_id: "task".into(),
            policy_step_id: "step".into(),
        });
        assert!(proof.is_for("task", "step"));
        assert!(!proof.is_for("task", "other"));
        assert!(!proof.is_for("other", "step"));
        assert!(!proof.is_for_request("POST", &url));
    }

    #[test]
    fn a_proof_is_for_one_request_and_for_no_task() {
        let url = |text| Url::parse(text).unwrap();
        let proof = proof(Purpose::Request {
            method: "POST".into(),
            url: url("https://api.example/a?x=1"),
        });
        assert!(proof.is_for_request("POST", &url("https://api.example/a?x=1")));
        for (method, other) in [
            ("PUT", "https://api.example/a?x=1"),
            ("POST", "https://api.example/a?x=2"),
            ("POST", "https://other.example/a?x=1"),
        ] {
            assert!(
                !proof.is_for_request(method, &url(other)),
                "{method} {other}"
            );
        }
        assert!(!proof.is_for("", ""));
    }

    #[test]
    fn a_proof_of_a_test_is_for_nothing() {
        let url = Url::parse("https://api.example/").unwrap();
        let proof = proof(Purpose::Test);
        assert!(!proof.is_for("", "") && !proof.is_for_request("", &url));
    }

    #[test]
    fn what_a_reader_has_to_know_is_told_of_requirement_and_use() {
        let StepUpProof {
            sufficient, token, ..
        } = proof(Purpose::Test);
        let account = Some(Caveat::AccountNotChecked);
        let unchecked = StepUpProof::of(sufficient, Uses::NotChecked, account, token);
        let caveats = unchecked.caveats();
        assert!(caveats.starts_with(&[Caveat::FreshnessOnly]), "{caveats:?}");
        assert!(
            caveats.ends_with(&[Caveat::AccountNotChecked, Caveat::ReuseNotChecked]),
            "{caveats:?}"
        );
    }

    #[test]
    fn the_token_is_in_its_header_and_nowhere_else() {
        let token = StepUpToken::bearer("secret".into());
        assert_eq!(token.authorization(), "Bearer secret");
        assert_eq!(format!("{token:?}"), "StepUpToken(redacted)");
    }

    struct TestKey;

    impl ProofOfPossession for TestKey {
        fn proof(&self, method: &str, url: &Url, token: &str, nonce: Option<&str>) -> String {
            format!("{method} {url} {token} {nonce:?}")
        }
    }

    #[test]
    fn b7_10_a_bound_token_names_its_scheme_and_comes_with_a_proof() {
        let url = Url::parse("https://api.example/").unwrap();
        let bound = StepUpToken::bound("secret".into(), Box::new(TestKey));
        assert_eq!(bound.authorization(), "DPoP secret");
        let proof = bound.possession("POST", &url, Some("n"));
        let expected = "POST https://api.example/ secret Some(\"n\")";
        assert_eq!(proof.as_deref(), Some(expected));
        assert_eq!(format!("{bound:?}"), "StepUpToken(redacted)");
        let bearer = StepUpToken::bearer("secret".into());
        assert_eq!(bearer.possession("POST", &url, None), None);
    }
}
