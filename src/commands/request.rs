//! `stepup request`: a request of the person's own, and the step-up that its server demands (RFC 9470).
//!
//! request → answer → challenge → ceremony → judge → proof → the same request once more (B1.11)

mod answer;
mod outgoing;
mod target;

use openidconnect::http::Response;
use url::Url;

use crate::adapters::access_api::{ApiError, demand_of};
use crate::adapters::http::HttpError;
use crate::adapters::loopback::ResultPage;
use crate::ceremony::asking::{Asking, demanded};
use crate::ceremony::issuer;
use crate::ceremony::local::Local;
use crate::ceremony::prove::{self, StepUp};
use crate::ceremony::running::SignInCeremony;
use crate::ceremony::signer::Signer;
use crate::cli::Request;
use crate::commands::shared::proven::proven_facts;
use crate::config::ProviderEntry;
use crate::context::{Consent, Context};
use crate::domain::challenge::{Challenge, Demand, Purpose};
use crate::domain::person::{ExpectedPerson, Source, SubjectMatch};
use crate::domain::proof::StepUpProof;
use crate::domain::receipt::{ProofRecord, RequirementRecord};
use crate::error::{Error, ErrorKind};
use crate::interrupt::Action;
use crate::meaning::still_unmet;
use crate::oidc::provider::Providers;

use answer::{FinalResponse, ProofSummary, Stage};
use outgoing::Outgoing;
use target::Target;

/// After something whose outcome nobody saw.
const DOUBT: &str = "it is unknown whether the server did it; look before you send it again";

/// One request of the person's own.
struct StepUpRequest<'a> {
    context: &'a Context,
    args: &'a Request,
    outgoing: &'a Outgoing,
    target: &'a Target,
}

/// Sends it, answers what its server demands, and prints what came.
pub(super) fn run(context: &Context, args: &Request) -> Result<(), Error> {
    let outgoing = Outgoing::read(args)?;
    let target = Target::of(context, &outgoing, args.asked())?;
    let step_up_request = StepUpRequest {
        context,
        args,
        outgoing: &outgoing,
        target: &target,
    };
    let answer = step_up_request.run()?;
    // It is in: an interruption from here on only breaks off the printing.
    context.interrupt.settle(ErrorKind::Interrupted.exit_code());
    answer.print(context, args.include)?;
    answer.verdict(&target)
}

impl<'a> StepUpRequest<'a> {
    fn run(&self) -> Result<FinalResponse<'a>, Error> {
        let first = self.send(|| self.target.resource.ask(&self.outgoing.request))?;
        let Some(demand) = demand(&first)? else {
            return Ok(FinalResponse::of(self.outgoing, first, Stage::Plain));
        };
        // A challenge means that nothing was done (RFC 9470 §3).
        self.context.interrupt.nothing_submitted();
        self.step_up(&demand)
    }

    fn step_up(&self, demand: &Demand) -> Result<FinalResponse<'a>, Error> {
        let (context, target) = (self.context, self.target);
        let url = &self.outgoing.url;
        let trusted = |address: &str| target.resource.trusted_issuers(address, url);
        let found = target.entry(context, self.args.asked())?;
        let entry = issuer::entry(found, target.candidates(), demand, trusted)?;
        let providers = Providers::default();
        let prepared = Local::prepare(context, &target.credentials, &providers, entry)?;
        let challenge = prove::challenge(context, demand, entry, self.purpose())?;
        let hint = self.args.browsing.login_hint.as_deref();
        let approver = target.person(context, hint)?;
        let signer = Signer::of(context, target.profile(), &approver, hint, entry);
        context
            .terminal
            .say(format_args!("request: {}", self.outgoing.shown()));
        let ceremony = SignInCeremony::at(entry, target.ceremony())?;
        let asking = Asking {
            host: &self.outgoing.host(),
            challenge: &challenge,
            entry,
            ceremony,
            expected: signer.expected(),
            login_hint: hint,
        };
        demanded(context, &asking);
        self.confirm()?;
        let step_up = StepUp {
            context,
            credentials: &target.credentials,
            providers: &providers,
            entry,
            ceremony,
            api: target.api(),
            challenge: &challenge,
            recheck: None,
            about: self.outgoing.request.method().to_string(),
            title: self.outgoing.shown(),
            signer: &signer,
            browsing: &self.args.browsing,
        };
        let sign_in = step_up.prove(prepared)?;
        let answer = step_up.proof(sign_in.answered).and_then(|proof| {
            let answer = self.again(&challenge, entry, &proof, signer.expected());
            answer.map_err(|error| step_up.with_scopes(error))
        });
        sign_in.page.end(self.page(answer.as_ref().err()));
        answer
    }

    fn purpose(&self) -> Purpose {
        Purpose::Request {
            method: self.outgoing.request.method().to_string(),
            url: self.outgoing.url.clone(),
        }
    }

    /// Repeats the request with the proof, once (B1.11).
    fn again(
        &self,
        challenge: &Challenge,
        entry: &ProviderEntry,
        proof: &StepUpProof,
        expected: &ExpectedPerson,
    ) -> Result<FinalResponse<'a>, Error> {
        let requirement = &challenge.requirement;
        let proven = ProofSummary {
            requirement: RequirementRecord::of(&entry.name, requirement),
            proof: ProofRecord::of(proof.event().facts(), proof.uses()),
            subject: proof.subject(),
            caveats: proof.caveats(),
        };
        self.tell(&proven, proof, expected);
        let (outgoing, resource) = (self.outgoing, &self.target.resource);
        let answer = self.send(|| resource.ask_again(&outgoing.request, &outgoing.url, proof))?;
        let stage = match demand(&answer)? {
            None => Stage::Proven(proven),
            Some(again) => {
                self.context.interrupt.nothing_submitted();
                let got = proven.proof.acr.as_deref();
                let unmet = still_unmet(&again, &requirement.acr_values, got);
                Stage::StillUnmet(proven, unmet)
            }
        };
        Ok(FinalResponse::of(outgoing, answer, stage))
    }

    /// What the request goes out with, for people: no receipt is kept of it.
    fn tell(&self, proven: &ProofSummary, proof: &StepUpProof, expected: &ExpectedPerson) {
        let terminal = &self.context.terminal;
        let person = proof.event().facts().name();
        let whose = match proven.subject {
            SubjectMatch::Same => match expected.source() {
                Source::LoginHint => " (as `--login-hint` says)".to_owned(),
                Source::Profile => " (as `person` of the profile says)".to_owned(),
                Source::Api => String::new(),
            },
            SubjectMatch::NotCompared => {
                " (subject not compared: the provider entry says so)".to_owned()
            }
            SubjectMatch::LeftToTheApi => {
                format!(
                    " (whether that is the right person is left to {})",
                    self.outgoing.host()
                )
            }
        };
        terminal.field("proven", proven_facts(&proven.proof));
        terminal.field("by", format_args!("{person}{whose}"));
        for caveat in &proven.caveats {
            terminal.field("note", caveat.in_words());
        }
    }

    fn confirm(&self) -> Result<(), Error> {
        if self.outgoing.is_safe() {
            return Ok(());
        }
        let words = Consent {
            not_done: "not sent again",
            thing: "a request that may change something",
        };
        // The request stands above; a question longer than a line is drawn twice.
        let question = "sign in for this request?";
        self.context.consent(self.args.yes, question, &words)
    }

    /// One exchange. What may change something is told apart when its answer is lost.
    fn send(
        &self,
        exchange: impl FnOnce() -> Result<Response<Vec<u8>>, ApiError>,
    ) -> Result<Response<Vec<u8>>, Error> {
        let safe = self.outgoing.is_safe();
        if !safe {
            self.context.interrupt.submitting_an(Action::REQUEST);
        }
        exchange().map_err(|error| {
            if safe || !lost(&error) {
                self.context.interrupt.nothing_submitted();
                return error.into();
            }
            Error::new(ErrorKind::Failed, error.to_string())
                .hint(DOUBT)
                .caused_by(error)
        })
    }

    fn page(&self, error: Option<&Error>) -> ResultPage {
        match error {
            None => ResultPage::Success {
                heading: "Your sign-in was verified".to_owned(),
                about: self.outgoing.shown(),
                lines: vec![
                    "The request was sent with it. The answer is in your terminal.".to_owned(),
                ],
            },
            Some(error) => ResultPage::Failure {
                heading: "There is no answer to the request".to_owned(),
                about: String::new(),
                reason: error.message().to_owned(),
                next_steps: error.hints().to_vec(),
            },
        }
    }
}

/// Whether the request may have been done although no answer came. Not where it never went out: TLS may break
/// when the server has read it, too.
const fn lost(error: &ApiError) -> bool {
    match error {
        ApiError::Http(error) => !matches!(
            error,
            HttpError::InsecureUrl(_)
                | HttpError::HostNotFound(_)
                | HttpError::Connect { .. }
                | HttpError::ProxySetting(_)
                | HttpError::Proxy { .. }
                | HttpError::CaFile { .. }
        ),
        _ => false,
    }
}

/// The step-up that an answer demands, if it does.
fn demand(answer: &Response<Vec<u8>>) -> Result<Option<Demand>, Error> {
    demand_of(answer).map_err(|malformed| ApiError::from(malformed).into())
}

/// Method and address without the query, which may hold a secret.
fn shown(method: &str, url: &Url) -> String {
    let mut url = url.clone();
    let query = if url.query().is_some() { "?..." } else { "" };
    url.set_query(None);
    url.set_fragment(None);
    format!("{method} {url}{query}")
}
