//! From a challenge to what comes of its proof, by a ceremony of ours: what an approval and a request of the
//! person's own have in common.
//!
//! Where providers.md P4 says that a further attempt may help, there is one: said, never weaker, verified as
//! the first, within the same limit of time. After anything untrusted there is none, and none by backchannel:
//! its request cannot be varied, and a second one would ring the phone again.

use std::time::{Duration, Instant};

use super::local::{Discovered, Local, Occasion, Prepared, Unanswered};
use super::recheck::Recheck;
use super::sign_ins;
use super::signer::Signer;
use super::underway::{Underway, Way};
use crate::adapters::access_api::AccessApi;
use crate::adapters::credentials::Credentials;
use crate::adapters::loopback::ResultPage;
use crate::adapters::plain::plain;
use crate::cli::Browsing;
use crate::config::preset::{self, Again, Place};
use crate::config::{Prompt, ProviderEntry};
use crate::context::Context;
use crate::domain::challenge::{Agreed, Challenge, Demand, Purpose};
use crate::domain::judge::{Rejection, Unmet};
use crate::domain::proof::StepUpProof;
use crate::domain::sign_in::SignIn;
use crate::error::{Error, ErrorKind};
use crate::meaning::{rejection, unanswerable};
use crate::oidc::callback::CallbackError;
use crate::oidc::redemption::RedeemError;

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
        .map_err(|reason| unanswerable(&reason, &entry.name))?;
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
    })
}

/// A step-up that a person has to do.
pub(crate) struct StepUp<'a> {
    pub(crate) context: &'a Context,
    pub(crate) credentials: &'a Credentials,
    pub(crate) entry: &'a ProviderEntry,
    /// Where the person is asked.
    pub(crate) way: Way,
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
    pub(crate) signer: &'a Signer<'a>,
    pub(crate) browsing: &'a Browsing,
}

/// Why there is no proof.
enum Unproven {
    Unanswered(Unanswered),
    Rejected(Rejection),
    /// The person is right, and what they consented to has changed.
    Changed(Error),
}

impl StepUp<'_> {
    /// Has the person sign in, hands the proof to `submit`, and shows the outcome in the browser too.
    pub(crate) fn run<T>(
        &self,
        prepared: Prepared<'_>,
        submit: impl FnOnce(StepUpProof) -> Result<T, Error>,
        page: impl Fn(Result<&T, &Error>) -> ResultPage,
    ) -> Result<T, Error> {
        let discovered = prepared.discovered()?;
        let deadline = Instant::now() + self.browsing.timeout;
        let left = || deadline.saturating_duration_since(Instant::now());
        let (underway, answer) = self.attempt(discovered, self.browsing.timeout)?;
        let again = answer.as_ref().err().and_then(|why| self.again(why));
        let Some((again, why)) = again.filter(|_| left() >= ENOUGH) else {
            return self.conclude(underway, answer, submit, page);
        };
        self.announce(again, &why, underway);
        let entry = match again {
            Again::WithLogin => ProviderEntry {
                prompt: Prompt::Login,
                ..self.entry.clone()
            },
            _ => self.entry.clone(),
        };
        let discovered = Local::prepare(self.context, self.credentials, &entry)?.discovered()?;
        let (underway, answer) = self.attempt(discovered, left())?;
        self.conclude(underway, answer, submit, page)
    }

    fn conclude<T>(
        &self,
        underway: Underway<'_>,
        answer: Result<StepUpProof, Unproven>,
        submit: impl FnOnce(StepUpProof) -> Result<T, Error>,
        page: impl Fn(Result<&T, &Error>) -> ResultPage,
    ) -> Result<T, Error> {
        let submit = |proof| submit(proof).map_err(|error| self.with_scopes(error));
        let outcome = answer.map_err(|why| self.explained(why)).and_then(submit);
        underway.end(page(outcome.as_ref()));
        outcome
    }

    /// One sign-in, judged.
    fn attempt<'b>(
        &self,
        discovered: Discovered<'b>,
        limit: Duration,
    ) -> Result<(Underway<'b>, Result<StepUpProof, Unproven>), Error> {
        let browsing = Browsing {
            timeout: limit,
            ..self.browsing.clone()
        };
        let occasion = Occasion {
            about: self.about.clone(),
            title: self.title.clone(),
            expected: self.signer.expected(),
            browsing: &browsing,
        };
        let mut underway =
            Underway::begin(self.way, discovered, self.api, self.challenge, occasion)?;
        let answer = self.prove(&mut underway);
        Ok((underway, answer))
    }

    fn prove(&self, underway: &mut Underway<'_>) -> Result<StepUpProof, Unproven> {
        let mut rechecking = None;
        let answered = underway.answer(|| rechecking = self.recheck.map(Recheck::begin));
        let (event, token, attempt) = answered.map_err(Unproven::Unanswered)?;
        let expected = self.signer.settled(event.facts());
        let sign_in = SignIn::of(event.facts());
        let judge = |earlier| self.challenge.judge(event, attempt, &expected, earlier);
        let claimed = sign_ins::claim(self.context, &sign_in, judge);
        let (sufficient, uses) = claimed.map_err(Unproven::Rejected)?;
        self.signer.remember(&sufficient);
        if let Some(rechecking) = rechecking {
            rechecking.done().map_err(Unproven::Changed)?;
        }
        Ok(StepUpProof::of(sufficient, uses, token))
    }

    /// What an API still refuses may want a scope that it named and the entry does not allow (B1.7).
    fn with_scopes(&self, error: Error) -> Error {
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
            plain(&left_out.join(" ")),
            self.entry.name
        ))
    }

    fn explained(&self, why: Unproven) -> Error {
        match why {
            Unproven::Unanswered(unanswered) => unanswered.into(),
            Unproven::Rejected(rejected) => rejection(rejected, &self.entry.name),
            Unproven::Changed(error) => error,
        }
    }

    /// Whether a further attempt may help, and why there is one (P4). The one that began with `prompt=login`
    /// cannot be asked for more.
    fn again(&self, why: &Unproven) -> Option<(Again, String)> {
        if self.way == Way::Backchannel {
            return None;
        }
        let (again, why) = match why {
            Unproven::Rejected(Rejection::Unmet(
                stale @ (Unmet::NoAuthTime { .. }
                | Unmet::AuthTimeZero
                | Unmet::BeforeAttempt { .. }
                | Unmet::BeforeRequest { .. }
                | Unmet::Used { .. }
                | Unmet::TooOld { .. }),
            )) => (Again::WithLogin, stale.to_string()),
            Unproven::Unanswered(Unanswered::Refused(refused)) => {
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

    fn announce(&self, again: Again, why: &str, underway: Underway<'_>) {
        let how = match again {
            Again::WithLogin => ", and the provider is told to ask anew (`prompt=login`)",
            _ => "",
        };
        self.context
            .terminal
            .warn(format_args!("{why}; sign in once more{how}"));
        underway.end(ResultPage::Failure {
            heading: "Sign in once more".to_owned(),
            reason: why.to_owned(),
            next_steps: vec![
                "Your browser is sent to the provider again; your terminal shows the address."
                    .to_owned(),
            ],
        });
        // The next listener may need the same port.
        self.context.finish();
    }
}

/// What the provider itself said no with, at its authorization or its token endpoint.
fn provider_said(refused: &RedeemError) -> Option<(Place, &str, Option<&str>)> {
    match refused {
        RedeemError::Callback(CallbackError::Provider { code, description }) => {
            Some((Place::Authorization, code, description.as_deref()))
        }
        RedeemError::Refused { code, description } => {
            Some((Place::Token, code, description.as_deref()))
        }
        _ => None,
    }
}
