//! The path of one approval, from the task to the receipt.

use std::cell::OnceCell;
use std::sync::Arc;

use jiff::Timestamp;

use super::announced::Announced;
use super::commitment::committed;
use super::done::Done;
use super::hosted::{self, Baseline, ReadingBaseline};
use super::present;
use super::submission::{First, SentStepUp, Submission};
use crate::adapters::access_api::{AccessApi, Endpoint, HostedProvider, SentProof};
use crate::ceremony::asking::{Asking, demanded};
use crate::ceremony::local::{Discovering, Local};
use crate::ceremony::prove::{self, StepUp};
use crate::ceremony::recheck::Recheck;
use crate::ceremony::running::SignInCeremony;
use crate::ceremony::signer::ExpectedSignIn;
use crate::ceremony::{issuer, linking};
use crate::cli::Approve;
use crate::commands::shared::on_its_way::OnItsWay;
use crate::commands::shared::people::People;
use crate::commands::shared::receipt_log;
use crate::commands::shared::{card, comment};
use crate::config::{CeremonyChoice, ConfigError, ProviderEntry};
use crate::context::{Consent, Context};
use crate::domain::ceremony::Ceremony;
use crate::domain::challenge::{Challenge, Demand};
use crate::domain::person::Approver;
use crate::domain::proof::StepUpProof;
use crate::domain::receipt::{ProofRecord, RequirementRecord, StepUpRecord};
use crate::domain::statement::Action;
use crate::domain::task::{ApprovalStep, PolicyStep, Task};
use crate::error::{Became, Error};
use crate::evidence;
use crate::meaning::{Decision, nothing_approved};
use crate::oidc::provider::Providers;
use crate::session::Session;

/// What all approvals of one run have in common.
pub(super) struct Approvals<'a> {
    pub(super) context: &'a Context,
    pub(super) args: &'a Approve,
    pub(super) session: &'a Session,
    pub(super) api: &'a AccessApi,
    pub(super) approver: &'a Approver,
    /// What was fetched of them in this run.
    pub(super) providers: Providers,
    pub(super) comment: Option<&'a str>,
    /// One of several, which were confirmed together.
    pub(super) several: bool,
    /// When several were, seconds since the epoch.
    pub(super) consented_at: OnceCell<i64>,
    /// What is kept whatever ends this process.
    pub(super) on_its_way: OnItsWay,
}

/// How an attempt ended that did not fail.
enum Attempted {
    Done(Done),
    /// The step demands step-up now, and did not when it was read.
    Changed(Box<Task>),
}

/// How the step will be approved, as far as it can be known before the API says what it demands.
struct Plan<'a> {
    endpoint: Endpoint,
    /// As it was asked for.
    ceremony: CeremonyChoice,
    /// The provider of a ceremony of ours, on its way.
    discovering: Option<Discovering<'a>>,
    /// What a hosted ceremony needs to know from before it.
    baseline: Option<ReadingBaseline>,
}

struct Agreed {
    recheck: Recheck,
    comment: Option<String>,
    /// When, seconds since the epoch.
    at: i64,
}

impl Approvals<'_> {
    /// Approves one task and keeps the receipt.
    ///
    /// `announced` is what was told of its step-up before, where that was consented to with other tasks.
    pub(super) fn approve(
        &self,
        task: &Task,
        announced: Option<&Announced>,
    ) -> Result<Done, Error> {
        self.on_its_way.begin();
        let decided = self.decide(task, announced);
        let mut done = decided.map_err(|error| self.with_the_state(error))?;
        let evidence = done.evidence.take();
        let (context, session, receipt) = (self.context, self.session, &done.receipt);
        let keep = |written| receipt_log::keep(context, session, receipt, evidence, written);
        done.kept = self.on_its_way.done(keep).unwrap_or_default();
        self.context.interrupt.went_in(task.handle());
        Ok(done)
    }

    /// The error, and what is true of the approval then.
    fn with_the_state(&self, error: Error) -> Error {
        if self.on_its_way.is_unknown() {
            let kept = self.on_its_way.keep().into_iter();
            return kept.fold(error.became(Became::Unknown), Error::hint);
        }
        nothing_approved(error, self.on_its_way.was_sent())
    }

    /// A step that turns out to demand step-up is decided anew, once (c1.md 8.5).
    fn decide(&self, task: &Task, announced: Option<&Announced>) -> Result<Done, Error> {
        let changed = match self.attempt(task, announced)? {
            Attempted::Done(done) => return Ok(done),
            Attempted::Changed(task) => task,
        };
        self.context
            .terminal
            .warn("the step requires step-up authentication by now; this is what it is like today");
        match self.attempt(&changed, announced)? {
            Attempted::Done(done) => Ok(done),
            Attempted::Changed(_) => Err(changing(&changed)),
        }
    }

    /// When several tasks were consented to: now, if nobody said so before.
    pub(super) fn consented(&self) -> i64 {
        *self
            .consented_at
            .get_or_init(|| Timestamp::now().as_second())
    }

    /// What is consented to with this step of this task.
    pub(super) fn recheck(&self, task: &Task, step: &PolicyStep) -> Recheck {
        Recheck::of(self.api, task, &step.id, Action::Approve)
    }

    /// The step to approve. Refused where it is not this person's, or lacks a comment that nobody can be asked for.
    pub(super) fn step<'t>(
        &self,
        task: &'t Task,
    ) -> Result<(&'t PolicyStep, &'t ApprovalStep), Error> {
        let decision = Decision::Approval;
        let (step, approval) = task
            .approvable_by(&self.approver.user_id)
            .map_err(|reason| decision.cannot_decide(&reason, task))?;
        let (required, is_given) = (approval.comment_required, self.comment.is_some());
        comment::obtainable(self.context, decision, task, required, is_given)?;
        Ok((step, approval))
    }

    /// The task as it is now: one of several, which was consented to some time ago.
    pub(super) fn again(&self, recheck: &Recheck, shown: &Task) -> Result<Task, Error> {
        let mut now = recheck.read()?;
        now.details.clone_from(&shown.details);
        now.approvable_by(&self.approver.user_id)
            .map_err(|reason| Decision::Approval.cannot_decide(&reason, &now))?;
        recheck.compare(&now)?;
        Ok(now)
    }

    fn attempt(&self, task: &Task, announced: Option<&Announced>) -> Result<Attempted, Error> {
        let context = self.context;
        let (step, approval) = self.step(task)?;
        // Provider and API are asked while the person reads.
        let mut plan = self.plan(task)?;
        if !self.several {
            let people = &mut People::new(self.api, &self.approver.user_id);
            card::show(&context.terminal, self.api, people, task);
        }
        let baseline = plan.baseline.take().map(ReadingBaseline::finish);
        let announced = match announced {
            Some(announced) => announced.clone(),
            None => self.announced(task, baseline.as_ref().and_then(Baseline::provider)),
        };
        if !self.several && !self.args.yes {
            self.answerable(task, &announced)?;
            self.warn_of_no_entry([task]);
        }
        let agreed = self.agreed(task, step, approval, &announced)?;
        let submission = Submission {
            context,
            api: self.api,
            task,
            policy_step_id: &step.id,
            recheck: &agreed.recheck,
            approver: self.approver,
            comment: agreed.comment.as_deref(),
            consented_at: agreed.at,
            on_its_way: &self.on_its_way,
        };
        self.sent(&submission, plan, &announced, baseline)
    }

    /// The comment and the consent of the person, and the task read again after a question.
    fn agreed(
        &self,
        task: &Task,
        step: &PolicyStep,
        approval: &ApprovalStep,
        announced: &Announced,
    ) -> Result<Agreed, Error> {
        let (context, required) = (self.context, approval.comment_required);
        let recheck = self.recheck(task, step);
        let comment = comment::asked(context, Decision::Approval, task, required, self.comment)?;
        let asked = comment.as_deref() != self.comment || !(self.args.yes || self.several);
        let at = if self.several {
            self.consented()
        } else {
            confirm(context, self.args, &announced.question(task))?;
            Timestamp::now().as_second()
        };
        if asked {
            // People take their time.
            recheck.now()?;
        }
        Ok(Agreed {
            recheck,
            comment,
            at,
        })
    }

    /// Sends what was agreed to, by whichever way the API asks for.
    fn sent(
        &self,
        submission: &Submission<'_>,
        plan: Plan<'_>,
        announced: &Announced,
        baseline: Option<Baseline>,
    ) -> Result<Attempted, Error> {
        if let Some(id) = &self.args.transaction_id {
            return hosted::with_named(submission, id).map(Attempted::Done);
        }
        // Taken before the first request, so that no transaction made by it is dated earlier.
        let began = self.api.now();
        let named = plan.ceremony.named();
        let plainly = named == Some(Ceremony::Local);
        let done = match submission.first(plan.endpoint, plainly)? {
            First::Changed(task) => {
                submission.recheck.compare(&task)?;
                return Ok(Attempted::Changed(task));
            }
            First::Settled(receipt) => Done::of(receipt),
            First::Challenged(endpoint, demand) => {
                if self.args.qr {
                    self.context.terminal.warn("no QR code: this sign-in has to come back to this machine; `--remote` is for a browser elsewhere");
                }
                self.challenged(submission, plan, announced, endpoint, &demand)?
            }
            First::Hosted(page) => {
                if let Some(named) = named.filter(|named| named.is_ours()) {
                    return Err(other_ceremony(named, "runs the step-up itself"));
                }
                self.session.learned().saw(Ceremony::Hosted);
                hosted::run(submission, self.args, began, baseline, &page)?
            }
        };
        Ok(Attempted::Done(done))
    }

    /// Prepares the ceremony that is known by flag, by profile or from last time, and both where none is. These are guesses
    /// that save time; the API's answer decides.
    fn plan(&self, task: &Task) -> Result<Plan<'_>, Error> {
        let ceremony = self.ceremony();
        let mut plan = Plan {
            endpoint: Endpoint::Plain,
            ceremony,
            discovering: None,
            baseline: None,
        };
        if !self.needs_step_up(task) {
            return Ok(plan);
        }
        plan.endpoint = Endpoint::StepUp;
        if let Some(entry) = self.entry_before(task)? {
            let (credentials, providers) = (&self.session.credentials, &self.providers);
            let discovering = Local::discover(self.context, credentials, providers, entry)?;
            plan.discovering = Some(discovering);
        }
        let told = !self.several && !self.args.yes;
        plan.baseline = match self.known_ceremony() {
            // With `--yes` nobody is told before the challenge, and of several it is known already.
            Some(ceremony) if ceremony.is_ours() => {
                told.then(|| ReadingBaseline::of_provider(self.api, task))
            }
            _ => Some(ReadingBaseline::start(
                self.api,
                task,
                &self.approver.user_id,
            )),
        };
        Ok(plan)
    }

    /// Whether the task tells that a step-up is required that was not made yet.
    fn needs_step_up(&self, task: &Task) -> bool {
        task.demands_step_up() && self.args.transaction_id.is_none()
    }

    /// The provider entry that may have to answer, if it is known before the challenge. Refused is what has none, or none
    /// for the ceremony that was asked for: now, and not after a question.
    pub(super) fn entry_before(&self, task: &Task) -> Result<Option<&ProviderEntry>, Error> {
        let known = self.known_ceremony();
        if !self.needs_step_up(task) || !known.is_none_or(Ceremony::is_ours) {
            return Ok(None);
        }
        let found = match known {
            Some(_) => self.entry(task)?,
            None => self.found(task),
        };
        match found {
            Ok(entry) => SignInCeremony::at(entry, self.ceremony()).map(|_| Some(entry)),
            // Several entries fit; the challenge may name one.
            Err(ConfigError::ManyEntries { .. }) => Ok(None),
            Err(error) if known.is_some() => Err(error.into()),
            Err(_) => Ok(None),
        }
    }

    /// Why no entry can answer, where it is not known yet whether one has to.
    pub(super) fn lacks_entry(&self, task: &Task) -> Option<ConfigError> {
        let open = self.needs_step_up(task) && self.known_ceremony().is_none();
        open.then(|| self.found(task).err()).flatten()
    }

    fn ceremony(&self) -> CeremonyChoice {
        self.args.ceremony.unwrap_or(self.session.profile.ceremony)
    }

    /// Which side runs the ceremony, as asked for or as last time.
    fn known_ceremony(&self) -> Option<Ceremony> {
        let asked = self.ceremony().named();
        asked.or_else(|| self.session.learned().ceremony())
    }

    /// The step-up that the person is told of before they consent; `provider` is the API's own registration.
    pub(super) fn announced(&self, task: &Task, provider: Option<&HostedProvider>) -> Announced {
        Announced::of(task, provider, self.known_entry(task))
    }

    /// The provider entry that will answer, if it is known that the ceremony will be ours.
    pub(super) fn known_entry(&self, task: &Task) -> Option<&ProviderEntry> {
        let ours = self.known_ceremony().is_some_and(Ceremony::is_ours);
        ours.then(|| self.found(task).ok()).flatten()
    }

    fn entry(&self, task: &Task) -> Result<Result<&ProviderEntry, ConfigError>, Error> {
        linking::entry(self.context, self.session, self.found(task))
    }

    fn found(&self, task: &Task) -> Result<&ProviderEntry, ConfigError> {
        let provider_id = task.step_up_provider_id();
        let config = &self.session.config;
        config.entry_for(provider_id, &self.session.profile, self.args.asked())
    }

    /// The ceremonies in which we are the relying party.
    fn challenged(
        &self,
        submission: &Submission<'_>,
        plan: Plan<'_>,
        announced: &Announced,
        endpoint: Endpoint,
        demand: &Demand,
    ) -> Result<Done, Error> {
        if let Some(named @ Ceremony::Hosted) = plan.ceremony.named() {
            return Err(other_ceremony(named, "requires a step-up token"));
        }
        self.session.learned().saw(Ceremony::Local);
        let (context, task) = (self.context, submission.task);
        let entry = self.answering(task, demand)?;
        let ceremony = SignInCeremony::at(entry, plan.ceremony)?;
        let credentials = &self.session.credentials;
        let discovering = match plan.discovering {
            Some(discovering) => discovering,
            None => Local::discover(context, credentials, &self.providers, entry)?,
        };
        let challenge = prove::challenge(context, demand, entry, submission.purpose())?;
        let signer = ExpectedSignIn::of(
            context,
            Some(&self.session.profile),
            self.approver,
            self.args.browsing.login_hint.as_deref(),
            entry,
        );
        let challenge =
            self.consented_to(submission, announced, challenge, entry, ceremony, &signer)?;
        let step_up = StepUp {
            context,
            credentials,
            providers: &self.providers,
            entry,
            ceremony,
            api: Some(self.api),
            challenge: &challenge,
            recheck: Some(submission.recheck),
            about: task.handle().to_owned(),
            title: format!("approve task {}", task.handle()),
            signer: &signer,
            browsing: &self.args.browsing,
        };
        let answer = step_up.prove(discovering)?;
        let done = step_up.proof(answer.answered).and_then(|proof| {
            let done = submit(submission, endpoint, ceremony, &challenge, &proof);
            done.map_err(|error| step_up.with_scopes(error))
        });
        let unknown = submission.on_its_way.is_unknown();
        answer.page.end(present::page(done.as_ref(), task, unknown));
        done
    }

    /// The entry whose provider can answer the API's demand.
    fn answering(&self, task: &Task, demand: &Demand) -> Result<&ProviderEntry, Error> {
        let trusted = |address: &str| self.api.trusted_issuers(address);
        let config = &self.session.config;
        let candidates = config.entries_for_api(&self.session.profile.api_url);
        issuer::entry(self.entry(task)?, candidates, demand, trusted)
    }

    /// Shows the challenge, and asks again where it exceeds the step-up that was announced. What comes back has what the
    /// sign-in commits to in it.
    fn consented_to(
        &self,
        submission: &Submission<'_>,
        announced: &Announced,
        mut challenge: Challenge,
        entry: &ProviderEntry,
        ceremony: SignInCeremony,
        signer: &ExpectedSignIn<'_>,
    ) -> Result<Challenge, Error> {
        let expected = signer.expected();
        let asking = Asking {
            host: &self.api.host(),
            challenge: &challenge,
            entry,
            called: announced.provider_of(entry),
            ceremony,
            expected,
            login_hint: self.args.browsing.login_hint.as_deref(),
            token_only: false,
        };
        demanded(self.context, &asking);
        let mut consented_at = submission.consented_at;
        if announced.is_exceeded_by(&challenge) {
            // With `--yes` it was consented to whatever the API demands, and is shown.
            let question = "the API requires something else than was shown; continue?";
            confirm(self.context, self.args, question)?;
            consented_at = Timestamp::now().as_second();
        }
        let requirement = &challenge.requirement;
        let committed = committed(submission, consented_at, requirement, entry, expected)?;
        challenge.authorization_details = committed.authorization_details().map(Arc::new);
        challenge.committed = Some(Arc::new(committed));
        Ok(challenge)
    }
}

/// Submits with the token of a ceremony of ours and makes the receipt.
fn submit(
    submission: &Submission<'_>,
    endpoint: Endpoint,
    ceremony: SignInCeremony,
    challenge: &Challenge,
    proof: &StepUpProof,
) -> Result<Done, Error> {
    let (facts, requirement) = (proof.event().facts(), &challenge.requirement);
    let record = StepUpRecord {
        ceremony: ceremony.into(),
        requirement: RequirementRecord::of(&challenge.provider, requirement),
        proof: Some(ProofRecord::of(facts, proof.uses())),
        subject: proof.subject(),
        caveats: proof.caveats(),
        transaction: None,
        authorization_details: proof
            .event()
            .granted()
            .map(|granted| granted.record.clone()),
    };
    let committed = challenge.committed.as_deref();
    let evidence =
        committed.and_then(|committed| evidence::made(ceremony.into(), committed, proof.event()));
    let step_up = SentStepUp {
        proof: SentProof::Token(proof),
        record,
        evidence: evidence.clone(),
    };
    let receipt = submission.with_step_up(endpoint, step_up)?;
    Ok(Done {
        person: Some(facts.name().to_owned()),
        evidence,
        ..Done::of(Box::new(receipt))
    })
}

fn changing(task: &Task) -> Error {
    let handle = task.handle();
    Error::refused(format!(
        "task `{handle}` changes while it is being approved"
    ))
    .hint(format!(
        "look at it with `stepup task show {handle}`, then run the command again"
    ))
}

/// A ceremony that was asked for by name is never replaced by another.
fn other_ceremony(asked: Ceremony, api: &str) -> Error {
    let asked = asked.word();
    Error::usage(format!(
        "the API {api}, and the {asked} ceremony was asked for"
    ))
    .hint("leave out `--ceremony` (and `ceremony` of the profile) to follow the API")
}

/// Asks, unless `--yes` was given.
pub(super) fn confirm(context: &Context, args: &Approve, question: &str) -> Result<(), Error> {
    let words = Consent {
        not_done: "not approved",
        thing: "an approval",
    };
    context.consent(args.yes, question, &words)
}
