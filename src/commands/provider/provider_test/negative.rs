//! The negative control: a second sign-in that asks for what the provider cannot know. What it makes of that
//! tells what a typing error in the entry would come to: it is ignored, answered with less in silence, or
//! refused. A provider that repeats whatever it is asked for proves nothing.

use std::error::Error as _;

use super::Test;
use crate::ceremony::local::CeremonyError;
use crate::ceremony::prove::SignInResult;
use crate::ceremony::signer::ExpectedSignIn;
use crate::commands::shared::metadata::{Finding, Grade};
use crate::domain::challenge::Demand;
use crate::domain::event::{Claim, Facts};
use crate::domain::requirement::RequestStyle;
use crate::error::Error;
use crate::oidc::authorization::AuthorizationError;
use crate::oidc::backchannel::BackchannelError;
use crate::oidc::callback::CallbackError;
use crate::oidc::pushed::PushError;
use crate::oidc::redeem_error::RedeemError;

const CHECK: &str = "negative control";

/// A value that no provider knows.
const UNKNOWN_ACR: &str = "urn:stepup:a-level-that-does-not-exist";

impl Test<'_> {
    /// Asks for it; `first` is what the first sign-in said.
    pub(super) fn negative(&mut self, signer: &ExpectedSignIn<'_>, first: &Facts) {
        let mut terms = self.entry.terms();
        let asked = match terms.request {
            _ if self.entry.tells_no_acr() => {
                let says =
                    "there is none: this provider's backchannel cannot be asked for an acr value";
                self.lines.push(Finding::new(CHECK, Grade::Manual, says));
                return;
            }
            RequestStyle::FreshnessOnly => {
                let says = "there is none: the provider cannot be asked for anything, and so nothing \
                    shows what it would ignore";
                self.lines.push(Finding::new(CHECK, Grade::Manual, says));
                return;
            }
            RequestStyle::EntraContexts => unused_context(&terms.acr_values, first),
            RequestStyle::AcrValues | RequestStyle::EssentialClaims => UNKNOWN_ACR.to_owned(),
        };
        terms.acr_values = vec![asked.clone()];
        let Ok(agreed) = Demand::default().agree(&terms) else {
            return;
        };
        let challenge = self.challenge(agreed.requirement);
        self.context.show();
        self.context.terminal.say(format_args!(
            "negative control: sign in once more, in the same way; `{asked}` is asked for"
        ));
        let SignInResult { answered, page } = match self
            .prepare()
            .and_then(|prepared| self.prove(prepared, &challenge, signer))
        {
            Ok(answer) => answer,
            Err(error) => return self.not_begun(error),
        };
        match answered {
            Ok(judged) => match judged.findings.acr {
                Err(_) => {
                    let facts = judged.event.facts();
                    self.lines.push(not_honoured(&asked, facts, first));
                }
                Ok(()) => self.granted(challenge.requirement.request, &asked),
            },
            Err(CeremonyError::Refused(RedeemError::Callback(CallbackError::Provider {
                code,
                ..
            }))) => self.lines.push(refused(&code)),
            Err(CeremonyError::Backchannel(BackchannelError::Ended { code, .. })) => {
                self.lines.push(refused(&code));
            }
            Err(CeremonyError::NotInTime { .. }) => {
                let says = "nobody came back: if the browser shows a page of the provider's own, an \
                    unknown value is refused there, and approvals wait in vain";
                self.lines.push(Finding::new(CHECK, Grade::Manual, says));
            }
            Err(unanswered) => self.unanswered(CHECK, unanswered),
        }
        page.end(self.page());
    }

    /// A request that is refused when it is pushed is an answer too (RFC 9126 §2.3), and one by backchannel (CIBA §13).
    fn not_begun(&mut self, error: Error) {
        let source = error.source();
        let pushed = source.and_then(|source| source.downcast_ref::<AuthorizationError>());
        let asked = source.and_then(|source| source.downcast_ref::<BackchannelError>());
        let finding = match (pushed, asked) {
            (Some(AuthorizationError::Push(PushError::Refused { code, .. })), _)
            | (_, Some(BackchannelError::Refused { code, .. })) => refused(code),
            _ => return self.fail(CHECK, error, None),
        };
        self.lines.push(finding);
    }

    /// It was granted. Entra grants a context that no policy protects to everybody (providers.md A4), as documented.
    fn granted(&mut self, request: RequestStyle, asked: &str) {
        if request == RequestStyle::EntraContexts {
            let says = format!(
                "granted: the context `{asked}`, which this entry does not use, is given to whoever asks; \
                 Entra does so where no policy protects a context"
            );
            let hint = "make sure that a policy which is on protects the entry's own contexts: a sign-in with \
                a password alone must then be refused";
            self.lines
                .push(Finding::new(CHECK, Grade::Warn, says).hint(hint));
            return;
        }
        let error =
            Error::unmet("repeated: the provider says that a value which does not exist was met")
                .hint(
                    "its acr proves nothing: have it computed there from how the person signed in",
                );
        self.fail(CHECK, error, None);
    }
}

/// A context that the entry does not use and nobody was given in passing.
fn unused_context(used: &[String], first: &Facts) -> String {
    let given = first.acrs.present().map_or(&[][..], Vec::as_slice);
    let taken = |id: &String| {
        let mut known = used.iter().chain(given);
        known.any(|known| known.eq_ignore_ascii_case(id))
    };
    let mut contexts = (1..=99).rev().map(|number| format!("c{number}"));
    contexts.find(|id| !taken(id)).unwrap_or_default()
}

fn refused(code: &str) -> Finding {
    Finding::ok(CHECK, format!("refused: the provider answers `{code}`"))
}

/// A success that does not say what was asked for; the judge refused it.
fn not_honoured(asked: &str, facts: &Facts, first: &Facts) -> Finding {
    let says = match &facts.acr {
        Claim::Present(_) if facts.acr != first.acr => "downgraded in silence",
        _ => "ignored",
    };
    let got = match &facts.acr {
        Claim::Present(acr) => format!("acr `{acr}`"),
        Claim::Malformed(raw) => format!("acr {raw}"),
        Claim::Absent => "no acr".to_owned(),
    };
    let says = format!(
        "{says}: asked for `{asked}`, the provider answers with success and {got}, which stepup refuses"
    );
    Finding::ok(CHECK, says)
}
