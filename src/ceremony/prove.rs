//! Prove, then submit: from a challenge to its proof, the one way that approvals, requests and `provider test` go. What
//! comes back is the proof, or why there is none, and the page in the browser; submitting, and ending the page with the
//! outcome, is the caller's.
//!
//! Where providers.md P4 says that a further attempt may help, there is one: it is announced, asks for no less, is
//! verified as the first, and shares its limit of time. After anything untrusted there is none, and none by backchannel:
//! the request cannot be varied there, and a retry would ring the phone again.

use std::time::{Duration, Instant};

use super::local::{CeremonyError, Discovered, Discovering, Local, SignInRequest};
use super::recheck::{Recheck, Rechecking};
use super::running::{AnsweredCeremony, RunningCeremony, SignInCeremony};
use super::sign_ins;
use super::signer::ExpectedSignIn;
use super::traces::Traces;
use crate::adapters::access_api::AccessApi;
use crate::adapters::credentials::Credentials;
use crate::adapters::loopback::ResultPage;
use crate::adapters::sanitize::sanitize;
use crate::cli::Browsing;
use crate::config::preset::{self, Again, Place};
use crate::config::{Prompt, ProviderEntry};
use crate::context::Context;
use crate::domain::challenge::{Agreed, Challenge, Demand, Purpose};
use crate::domain::event::AuthenticationEvent;
use crate::domain::judge::{Attempt, Findings, Judgement, Sufficient};
use crate::domain::proof::{StepUpProof, StepUpToken};
use crate::domain::refusal::{Rejection, Unmet};
use crate::domain::requirement::Caveat;
use crate::domain::sign_in::{Earlier, SignIn, Uses};
use crate::error::{Error, ErrorKind};
use crate::meaning::{rejection_at, unanswerable};
use crate::oidc::callback::CallbackError;
use crate::oidc::provider::Providers;
use crate::oidc::redeem_error::RedeemError;

/// With less time than this left there is no further attempt: nobody could finish it, and its failure would
/// hide why the first was not enough.
const ENOUGH: Duration = Duration::from_secs(10);

/// A server's demand, put to the entry that can answer it.
pub(crate) fn challenge(
    context: &Context,
    demand: &Demand,
    entry: &ProviderEntry,
    purpose: Purpose,
) -> Result<Challenge, Error> {
    let Agreed {
        requirement,
        left_out,
        scopes,
        scopes_left_out,
    } = demand
        .agree(&entry.terms())
        .map_err(|reason| unanswerable(&reason, entry))?;
    for (what, left_out) in [("", &left_out), ("scope ", &scopes_left_out)] {
        if !left_out.is_empty() {
            context.terminal.warn(format_args!(
                "not asked for, because the provider entry `{}` does not list it: {what}{}",
                entry.name,
                left_out.join(" ")
            ));
        }
    }
    Ok(Challenge {
        purpose,
        provider: entry.name.clone(),
        requirement,
        scopes,
        scopes_left_out,
        dpop: demand.dpop,
        committed: None,
        authorization_details: None,
    })
}

/// A sign-in that answers a challenge.
pub(crate) struct StepUp<'a, 'c> {
    pub(crate) context: &'c Context,
    pub(crate) credentials: &'a Credentials,
    /// What was fetched of them already.
    pub(crate) providers: &'a Providers,
    pub(crate) entry: &'a ProviderEntry,
    /// Where the person is asked.
    pub(crate) ceremony: SignInCeremony,
    /// Kept warm meanwhile, if there is one to talk to afterwards.
    pub(crate) api: Option<&'a AccessApi>,
    pub(crate) challenge: &'a Challenge,
    /// What has to be still so when the person is back.
    pub(crate) recheck: Option<&'a Recheck>,
    /// The purpose for a small display: the task's number.
    pub(crate) about: String,
    /// Shown in the browser: "approve task 4211".
    pub(crate) title: String,
    /// Who has to do it, as far as that is known.
    pub(crate) signer: &'a ExpectedSignIn<'a>,
    pub(crate) browsing: &'a Browsing,
}

/// What the person answered, and the page in their browser, which is to be ended with the outcome.
pub(crate) struct SignInResult<'c> {
    pub(crate) answered: Result<Judged, CeremonyError>,
    pub(crate) page: AnsweredCeremony<'c>,
}

/// An authentic sign-in, and what the judge says of it.
pub(crate) struct Judged {
    pub(crate) event: AuthenticationEvent,
    pub(crate) token: StepUpToken,
    pub(crate) attempt: Attempt,
    /// What was remembered of this person's sign-ins.
    pub(crate) earlier: Earlier,
    pub(crate) findings: Findings,
    /// Sufficient, or why it is not.
    pub(crate) verdict: Result<Accepted, Rejection>,
}

/// A sign-in that suffices, and what came of it.
pub(crate) struct Accepted {
    sufficient: Sufficient,
    /// How often it was used by now.
    uses: Uses,
    /// What came of looking for the account, and of remembering it.
    account: Option<Caveat>,
    /// The person is right, and what they consented to has changed.
    changed: Option<Error>,
}

impl<'c> StepUp<'_, 'c> {
    /// Has the person sign in, and judges it; a further time where that may help. An error means that nobody
    /// could be asked.
    pub(crate) fn prove(&self, discovering: Discovering<'c>) -> Result<SignInResult<'c>, Error> {
        let discovered = discovering.discovered()?;
        let deadline = Instant::now() + self.browsing.timeout;
        let left = || deadline.saturating_duration_since(Instant::now());
        let first = self.attempt(discovered, self.browsing.timeout)?;
        let again = self.again(&first.answered);
        let Some((again, why)) = again.filter(|_| left() >= ENOUGH) else {
            return Ok(first);
        };
        self.announce(again, &why, first.page);
        let entry = match again {
            Again::WithLogin => ProviderEntry {
                prompt: Prompt::Login,
                ..self.entry.clone()
            },
            _ => self.entry.clone(),
        };
        let discovered = self.discover(&entry)?.discovered()?;
        self.attempt(discovered, left())
    }

    fn discover(&self, entry: &ProviderEntry) -> Result<Discovering<'c>, Error> {
        Local::discover(self.context, self.credentials, self.providers, entry)
    }

    /// The proof; or why there is none, and what would help.
    pub(crate) fn proof(
        &self,
        answered: Result<Judged, CeremonyError>,
    ) -> Result<StepUpProof, Error> {
        let judged = answered?;
        let accepted = judged.verdict;
        let accepted = accepted.map_err(|why| rejection_at(why, self.entry))?;
        let Accepted {
            sufficient,
            uses,
            account,
            changed,
        } = accepted;
        let proof = StepUpProof::of(sufficient, uses, account, judged.token);
        changed.map_or(Ok(proof), Err)
    }

    fn attempt(
        &self,
        discovered: Discovered<'c>,
        limit: Duration,
    ) -> Result<SignInResult<'c>, Error> {
        let browsing = Browsing {
            timeout: limit,
            ..self.browsing.clone()
        };
        let sign_in_request = SignInRequest {
            about: self.about.clone(),
            title: self.title.clone(),
            expected: self.signer.expected(),
            browsing: &browsing,
        };
        let running = RunningCeremony::begin(
            self.ceremony,
            discovered,
            self.api,
            self.challenge,
            sign_in_request,
        )?;
        let mut rechecking = None;
        let (answered, page) = running.answer(|| rechecking = self.recheck.map(Recheck::begin));
        let answered = answered.and_then(|answered| self.judge(answered, rechecking));
        Ok(SignInResult { answered, page })
    }

    /// A sign-in that suffices is taken as used, and the person's account is remembered.
    fn judge(
        &self,
        (event, token, attempt): (AuthenticationEvent, StepUpToken, Attempt),
        rechecking: Option<Rechecking>,
    ) -> Result<Judged, CeremonyError> {
        let (traces, facts) = (self.traces(), event.facts());
        let expected = traces.expected(self.signer, facts);
        let expected = expected.map_err(CeremonyError::NotAccepted)?;
        let check = traces.replay_check(self.context, &SignIn::of(facts));
        let earlier = check.earlier();
        let Judgement { findings, verdict } =
            self.challenge.judge(&event, attempt, &expected, earlier);
        let verdict = verdict.map(|sufficient| Accepted {
            uses: sign_ins::used(self.context, check),
            account: traces.account(self.signer, &sufficient),
            changed: rechecking.and_then(|rechecking| rechecking.done().err()),
            sufficient,
        });
        Ok(Judged {
            event,
            token,
            attempt,
            earlier,
            findings,
            verdict,
        })
    }

    const fn traces(&self) -> Traces {
        Traces::of(&self.challenge.purpose)
    }

    /// What an API still refuses may want a scope that it named and the entry does not allow (B1.7).
    pub(crate) fn with_scopes(&self, error: Error) -> Error {
        let refused = [
            ErrorKind::Unmet,
            ErrorKind::Failed,
            ErrorKind::Refused,
            ErrorKind::SignedOut,
        ];
        let left_out = &self.challenge.scopes_left_out;
        if left_out.is_empty() || !refused.contains(&error.kind()) {
            return error;
        }
        error.hint(format!(
            "the API named scopes that were not asked for: {}; if its tokens need them, list them in `challenge_scopes` of `[providers.{}]`",
            sanitize(&left_out.join(" ")),
            self.entry.name
        ))
    }

    /// Whether a further attempt may help, and why there is one (P4). The one that began with `prompt=login`
    /// cannot be asked for more.
    fn again(&self, answered: &Result<Judged, CeremonyError>) -> Option<(Again, String)> {
        if self.ceremony == SignInCeremony::Backchannel || self.traces() == Traces::None {
            return None;
        }
        let (again, why) = match answered {
            Ok(Judged {
                verdict:
                    Err(Rejection::Unmet(
                        stale @ (Unmet::NoAuthTime { .. }
                        | Unmet::AuthTimeZero
                        | Unmet::BeforeAttempt { .. }
                        | Unmet::BeforeRequest { .. }
                        | Unmet::Used { .. }
                        | Unmet::TooOld { .. }),
                    )),
                ..
            }) => (Again::WithLogin, stale.to_string()),
            Err(CeremonyError::Refused(refused)) => {
                let (place, code, description) = provider_said(refused)?;
                let row = preset::explain(place, code, description)?;
                (row.again, refused.to_string())
            }
            _ => return None,
        };
        let of_use = match again {
            Again::Never => false,
            Again::WithLogin => self.entry.prompt != Prompt::Login,
            Again::AsBefore => true,
        };
        of_use.then_some((again, why))
    }

    fn announce(&self, again: Again, why: &str, page: AnsweredCeremony<'_>) {
        let how = match again {
            Again::WithLogin => ", and the provider is told to ask anew (`prompt=login`)",
            _ => "",
        };
        self.context
            .terminal
            .warn(format_args!("{why}; sign in once more{how}"));
        page.end(ResultPage::Failure {
            heading: "Sign in once more".to_owned(),
            about: String::new(),
            reason: why.to_owned(),
            next_steps: vec![
                "Your browser is sent to the provider again; your terminal shows the URL."
                    .to_owned(),
            ],
        });
        self.context.show();
    }
}

/// What the provider itself said no with, at its authorization or its token endpoint.
fn provider_said(refused: &RedeemError) -> Option<(Place, &str, Option<&str>)> {
    match refused {
        RedeemError::Callback(CallbackError::Provider { code, description }) => {
            Some((Place::Authorization, code, description.as_deref()))
        }
        RedeemError::Refused {
            code, description, ..
        } => Some((Place::Token, code, description.as_deref())),
        _ => None,
    }
}
