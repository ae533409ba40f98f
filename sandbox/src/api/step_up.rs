//! A step-up access token on its way to an approval: with the proof of its key (RFC 9449 section 7), and admitted or not
//! (RFC 9068).

use std::collections::BTreeSet;

use super::presented::Presented;
use super::refusal::Refusal;
use super::state::Api;
use super::task::{Step, Task};
use crate::dpop::{Bad, Wanted};
use crate::http::Call;
use crate::people::{People, Person};

impl Api {
    /// `Authorization: DPoP`, with the proof that belongs to it.
    pub(super) fn with_proof(&self, call: &Call, token: &str) -> Result<Presented, Refusal> {
        let always = self.switches.is("api_dpop", "nonce-always");
        let wanted = Wanted {
            url: &format!("{}{}", self.tokens.audience(), call.path),
            token: Some(token),
            nonce: always || self.switches.is("api_dpop", "nonce"),
        };
        let refuse = |error: &str, why: &str| {
            let header =
                format!("DPoP error=\"{error}\", error_description=\"{why}\", algs=\"ES256\"");
            Refusal::challenge(why, header)
        };
        let nonce = || {
            let refusal = refuse("use_dpop_nonce", "the proof must hold the nonce");
            refusal.with_nonce(&self.proofs.nonce())
        };
        match self.proofs.key(call, &wanted) {
            Ok(Some(_)) if always => Err(nonce()),
            Ok(Some(key)) => Ok(Presented {
                token: token.to_owned(),
                key: Some(key),
            }),
            Ok(None) => Err(refuse("invalid_dpop_proof", "there is no proof")),
            Err(Bad::Nonce) => Err(nonce()),
            Err(Bad::Proof(why)) => Err(refuse("invalid_dpop_proof", why)),
        }
    }

    /// Verifies a step-up token for one step: authentic (RFC 9068 §4), strong and fresh enough (RFC 9470
    /// §3), from the step's approver, and not used before.
    pub(super) fn admit(
        &self,
        presented: &Presented,
        step: &Step,
        people: &People,
        spent: &BTreeSet<String>,
    ) -> Result<(Person, String), Refusal> {
        let again = |why: &str| match &step.requirement {
            Some(requirement) => requirement.challenge(&self.switches, why),
            None => Refusal::unauthenticated(),
        };
        let claims = self.tokens.verify(&presented.token).map_err(again)?;
        presented.fits(&claims).map_err(again)?;
        if self.switches.is("challenge", "dpop") && !presented.is_bound() {
            return Err(again("the token must be bound to a key"));
        }
        let judged = step.requirement.as_ref();
        if let Some(requirement) = judged.filter(|_| !self.tokens.say_nothing()) {
            let max_age = requirement.max_age(&self.switches);
            let requirement = requirement.as_switched(&self.switches);
            let by_context = self.by_context();
            // A client that does not declare so cannot follow a claims challenge (providers.md, A4).
            let follows = claims.xms_cc.iter().any(|one| one == "cp1");
            let refused = |why| {
                if by_context && !follows {
                    Refusal::forbidden("the token does not meet a policy of this API")
                } else {
                    again(why)
                }
            };
            requirement
                .judge(&claims, max_age, by_context)
                .map_err(refused)?;
        }
        if spent.contains(&claims.jti) {
            return Err(again("the token has approved something already"));
        }
        let person = self
            .signed_in(people, &claims.iss, &claims.sub, claims.email.as_deref())
            .filter(|person| person.id == step.approver)
            .ok_or_else(|| Refusal::forbidden("action not permitted"))?;
        Ok((person.clone(), claims.jti))
    }

    /// Whether steps demand an authentication context, in Microsoft's way.
    pub(super) fn by_context(&self) -> bool {
        self.switches.is("challenge", "entra") || self.switches.is("challenge", "entra-unpadded")
    }

    /// Who that is. Another issuer has its own `sub`s; there the email address says it.
    pub(super) fn signed_in<'a>(
        &self,
        people: &'a People,
        issuer: &str,
        subject: &str,
        email: Option<&str>,
    ) -> Option<&'a Person> {
        if self.tokens.is_foreign(issuer) {
            email.and_then(|email| people.named(email))
        } else {
            people.with_subject(subject)
        }
    }
}

impl Task {
    /// The provider that the current step demands; empty if none.
    pub(super) fn step_up_provider(step: &Step) -> &str {
        step.requirement
            .as_ref()
            .map_or("", |requirement| requirement.provider_id.as_str())
    }
}
