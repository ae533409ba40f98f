//! `stepup request`: a request of the person's own, and the step-up that its server demands (RFC 9470).
//!
//! request → answer → challenge → ceremony → judge → proof → the same request once more (B1.11)
//!
//! A server that got no credential cannot say more than that it wants one: then the first sign-in is for a token, and the
//! challenge is what that token meets (B1.21).

mod answer;
mod outgoing;
mod target;

use std::cell::OnceCell;

use openidconnect::http::Response;

use crate::adapters::access_api::ApiError;
use crate::adapters::demanded::demand_of;
use crate::adapters::http::HttpError;
use crate::adapters::loopback::ResultPage;
use crate::ceremony::asking::{Asking, demanded};
use crate::ceremony::issuer;
use crate::ceremony::local::Local;
use crate::ceremony::prove::{self, StepUp};
use crate::ceremony::running::SignInCeremony;
use crate::ceremony::signer::ExpectedSignIn;
use crate::cli::Request;
use crate::commands::shared::proven::proven_facts;
use crate::config::ProviderEntry;
use crate::context::{Consent, Context};
use crate::domain::challenge::{Challenge, Demand, Purpose};
use crate::domain::person::{Approver, ExpectedPerson, Source, SubjectMatch};
use crate::domain::proof::StepUpProof;
use crate::domain::receipt::{ProofRecord, RequirementRecord};
use crate::error::{Error, ErrorKind};
use crate::interrupt::UnderWay;
use crate::meaning::still_unmet;
use crate::oidc::provider::Providers;

use answer::{DOUBT, FinalResponse, ProofSummary, Stage};
use outgoing::Outgoing;
use target::Target;

struct StepUpRequest<'a> {
    context: &'a Context,
    args: &'a Request,
    outgoing: &'a Outgoing,
    target: &'a Target,
    /// What was fetched of them already.
    providers: Providers,
    /// Whom the API knows, once it was asked.
    approver: OnceCell<Approver>,
}

/// What came back with a proof.
struct Answered {
    response: Response<Vec<u8>>,
    proven: ProofSummary,
    /// The server demands step-up, all the same.
    again: Option<Demand>,
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
        providers: Providers::default(),
        approver: OnceCell::new(),
    };
    let answer = step_up_request.run()?;
    context.interrupt.answered();
    answer.print(context, args.include)?;
    answer.verdict(&target)
}

impl<'a> StepUpRequest<'a> {
    fn run(&self) -> Result<FinalResponse<'a>, Error> {
        let first = self.send(|| self.target.resource.ask(&self.outgoing.request))?;
        let Some(demand) = self.target.demand(&first)? else {
            return Ok(FinalResponse::of(self.outgoing, first, Stage::Plain));
        };
        self.context
            .terminal
            .say(format_args!("request: {}", self.outgoing.shown()));
        let mut answered = self.sign_in(&demand)?;
        // What a server says of the first token that it is shown is its challenge, and is followed once (B1.21).
        if let Some(challenge) = answered.again.take_if(|_| demand.token_only) {
            answered = self.sign_in(&challenge)?;
        }
        let stage = match answered.again {
            None => Stage::Proven(answered.proven),
            Some(again) => {
                let unmet = still_unmet(
                    &again,
                    &answered.proven.requirement,
                    Some(&answered.proven.proof),
                );
                Stage::StillUnmet(answered.proven, unmet)
            }
        };
        Ok(FinalResponse::of(self.outgoing, answered.response, stage))
    }

    /// Has the person sign in as demanded, and repeats the request with the proof.
    fn sign_in(&self, demand: &Demand) -> Result<Answered, Error> {
        let (context, target) = (self.context, self.target);
        // A challenge means that nothing was done (RFC 9470 §3).
        context.interrupt.nothing_submitted();
        let entry = self.entry(demand)?;
        let discovering = Local::discover(context, &target.credentials, &self.providers, entry)?;
        let challenge = prove::challenge(context, demand, entry, self.purpose())?;
        let hint = self.args.browsing.login_hint.as_deref();
        let signer =
            ExpectedSignIn::of(context, target.profile(), self.approver(hint)?, hint, entry);
        let ceremony = SignInCeremony::at(entry, target.ceremony())?;
        let asking = Asking {
            host: &self.outgoing.host(),
            challenge: &challenge,
            entry,
            called: None,
            ceremony,
            expected: signer.expected(),
            login_hint: hint,
            token_only: demand.token_only,
        };
        demanded(context, &asking);
        self.confirm()?;
        let step_up = StepUp {
            context,
            credentials: &target.credentials,
            providers: &self.providers,
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
        let sign_in = step_up.prove(discovering)?;
        let answered = step_up.proof(sign_in.answered).and_then(|proof| {
            let answered = self.again(&challenge, entry, &proof, signer.expected());
            answered.map_err(|error| step_up.with_scopes(error))
        });
        let goes_on = |answered: &Answered| demand.token_only && answered.again.is_some();
        sign_in.page.end(match &answered {
            Ok(answered) if goes_on(answered) => self.further_page(),
            Ok(_) => self.sent_page(),
            Err(error) => failure_page(error),
        });
        context.show();
        answered
    }

    fn entry(&self, demand: &Demand) -> Result<&'a ProviderEntry, Error> {
        let (target, url) = (self.target, &self.outgoing.url);
        let trusted = |address: &str| target.resource.trusted_issuers(address, url);
        let found = target.entry(self.context, self.args.asked())?;
        issuer::entry(found, target.candidates(), demand, trusted)
    }

    /// Whom the API knows; asked once.
    fn approver(&self, hint: Option<&str>) -> Result<&Approver, Error> {
        if let Some(known) = self.approver.get() {
            return Ok(known);
        }
        let approver = self.target.person(self.context, hint)?;
        Ok(self.approver.get_or_init(|| approver))
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
    ) -> Result<Answered, Error> {
        let proven = ProofSummary {
            requirement: RequirementRecord::of(&entry.name, &challenge.requirement),
            proof: ProofRecord::of(proof.event().facts(), proof.uses()),
            subject: proof.subject(),
            caveats: proof.caveats(),
        };
        self.tell(&proven, proof, expected);
        let (outgoing, resource) = (self.outgoing, &self.target.resource);
        let response = self.send(|| resource.ask_again(&outgoing.request, &outgoing.url, proof))?;
        let again = demand_of(&response).map_err(ApiError::from)?;
        if again.is_some() {
            self.context.interrupt.nothing_submitted();
        }
        Ok(Answered {
            response,
            proven,
            again,
        })
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
            self.context.interrupt.submitting(UnderWay::REQUEST);
        }
        exchange().map_err(|error| {
            if safe || !lost(&error) {
                self.context.interrupt.nothing_submitted();
                return error.into();
            }
            Error::of(ErrorKind::Failed, error).hint(DOUBT)
        })
    }

    fn sent_page(&self) -> ResultPage {
        self.verified_page("The request was sent with it. The answer is in your terminal.")
    }

    fn further_page(&self) -> ResultPage {
        self.verified_page("The server requires more than that. Your terminal shows what.")
    }

    fn verified_page(&self, line: &str) -> ResultPage {
        ResultPage::Success {
            heading: "Your sign-in was verified".to_owned(),
            about: self.outgoing.shown(),
            lines: vec![line.to_owned()],
        }
    }
}

fn failure_page(error: &Error) -> ResultPage {
    ResultPage::Failure {
        heading: "There is no answer to the request".to_owned(),
        about: String::new(),
        reason: error.message().to_owned(),
        next_steps: error.hints().to_vec(),
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
