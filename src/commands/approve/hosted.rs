//! The hosted ceremony (c1.md 4.2 and 8): the API is the relying party. Leg 1 gave a page of the
//! API's; the person finishes there; what came of it shows in the API's step-up transaction and in the
//! task, and leg 2 carries the transaction's id. Nothing is redirected to us.

mod meanwhile;
mod once;
mod silence;
mod watch;

use std::collections::BTreeSet;
use std::thread::{self, JoinHandle};

use jiff::Timestamp;
use url::Url;

use super::done::Done;
use super::present;
use super::submission::{SentStepUp, Submission};
use crate::adapters::access_api::{AccessApi, ApiError, Endpoint, HostedProvider, SentProof};
use crate::adapters::browser::Opener;
use crate::adapters::threads::joined;
use crate::ceremony::browse::{self, Visit};
use crate::ceremony::sign_ins::wait_for_the_next_second;
use crate::cli::Approve;
use crate::context::Consent;
use crate::domain::ceremony::Ceremony;
use crate::domain::excerpt::excerpt;
use crate::domain::person::SubjectMatch;
use crate::domain::receipt::{
    ApprovalReceipt, ProofRecord, RequirementRecord, StepUpRecord, TransactionRecord,
};
use crate::domain::requirement::Caveat;
use crate::domain::sign_in::Uses;
use crate::domain::task::Task;
use crate::domain::transaction::{
    Claims, HostedChallenge, HostedProof, Mismatch, ProviderTerms, StepUpTransaction,
};
use crate::error::Error;
use crate::evidence::{self, Showed};
use crate::meaning::mismatched;
use watch::{Finished, Watch, WatchEvent};

const UNCHECKED: &str =
    "nothing about this transaction can be checked here, the API alone judges it";

/// What the API is asked for in the background before leg 1.
pub(super) struct ReadingBaseline {
    /// `None` where the ceremony is known to be ours.
    known: Option<JoinHandle<Option<BTreeSet<String>>>>,
    provider: JoinHandle<Option<HostedProvider>>,
}

/// What has to be known from before leg 1: the provider (for people), and which transactions are old.
pub(super) struct Baseline {
    /// `None` where the search is refused, or was not made.
    known: Option<BTreeSet<String>>,
    /// `None` where it may not be read.
    provider: Option<HostedProvider>,
}

impl ReadingBaseline {
    /// Asks in the background, while the person reads. Neither answer is needed to go on.
    pub(super) fn start(api: &AccessApi, task: &Task, user_id: &str) -> Self {
        let (known_to, task_id) = (api.clone(), task.id.clone());
        let user_id = user_id.to_owned();
        let known = move || readable(known_to.known_transactions(&task_id, &user_id));
        Self {
            known: Some(thread::spawn(known)),
            ..Self::of_provider(api, task)
        }
    }

    /// Asks for the provider alone, to say what the step requires before a ceremony of ours.
    pub(super) fn of_provider(api: &AccessApi, task: &Task) -> Self {
        let api = api.clone();
        let provider_id = task.step_up_provider_id().map(str::to_owned);
        Self {
            known: None,
            provider: thread::spawn(move || readable(api.hosted_provider(&provider_id?))),
        }
    }

    /// Waits until it is known which transactions are old, before leg 1 makes a new one, and what the step
    /// requires, before the person is asked.
    pub(super) fn finish(self) -> Baseline {
        Baseline {
            known: self.known.and_then(|known| joined(known.join())),
            provider: joined(self.provider.join()),
        }
    }
}

impl Baseline {
    pub(super) const fn provider(&self) -> Option<&HostedProvider> {
        self.provider.as_ref()
    }
}

fn readable<T>(answer: Result<T, ApiError>) -> Option<T> {
    answer
        .inspect_err(|error| tracing::debug!("not readable before the step-up: {error}"))
        .ok()
}

/// Sends the person to `page`, waits, checks what the API says came of it, and submits leg 2 if the API has
/// not finished by itself. `began` is the API's time before leg 1.
pub(super) fn run(
    submission: &Submission<'_>,
    args: &Approve,
    began: Timestamp,
    baseline: Option<Baseline>,
    page: &Url,
) -> Result<Done, Error> {
    let interrupt = &submission.context.interrupt;
    interrupt.leaves_behind(Some(&meanwhile::left_behind(submission.task.handle())));
    let before = interrupt.nothing_means(meanwhile::NOTHING_BY_US);
    let done = ceremony(submission, args, began, baseline, page);
    interrupt.nothing_means(before);
    interrupt.leaves_behind(None);
    done
}

fn ceremony(
    submission: &Submission<'_>,
    args: &Approve,
    began: Timestamp,
    baseline: Option<Baseline>,
    page: &Url,
) -> Result<Done, Error> {
    let context = submission.context;
    let (known, provider) = match baseline {
        Some(baseline) => (baseline.known, baseline.provider),
        None => (None, None),
    };
    let hosted = Hosted::of(submission, Some(began), known, provider);
    acceptable(submission.api, page)?;
    present::hosted::challenge(context, submission, page, hosted.provider.as_ref());
    let title = format!("approve task {}", submission.task.handle());
    wait_for_the_next_second(context);
    // A phone is to open it, and no browser here.
    let opener = if args.qr {
        Opener::None
    } else {
        browse::opener(&args.browsing)?
    };
    let visit = Visit::begin(context, opener, page, title, args.qr)?;
    let (recheck, limit) = (submission.recheck, args.browsing.timeout);
    let api = submission.api;
    let watch = Watch::begin(context, api, &hosted.challenge, recheck, page, visit, limit);
    let approved = hosted.act(watch)?;
    Ok(hosted.done(approved))
}

/// The receipt, and what the API showed of the transaction that it rests on.
type Approved = (ApprovalReceipt, Option<HostedProof>);

/// An approval by a ceremony of the API's.
struct Hosted<'a> {
    submission: &'a Submission<'a>,
    /// What its transaction is judged by.
    challenge: HostedChallenge,
    /// `None` where it may not be read.
    provider: Option<HostedProvider>,
}

impl<'a> Hosted<'a> {
    fn of(
        submission: &'a Submission<'a>,
        began: Option<Timestamp>,
        known: Option<BTreeSet<String>>,
        provider: Option<HostedProvider>,
    ) -> Self {
        let terms = provider.as_ref().map(|provider| provider.terms.clone());
        let challenge = HostedChallenge {
            task_id: submission.task.id.clone(),
            policy_step_id: submission.policy_step_id.to_owned(),
            provider_id: submission.task.step_up_provider_id().map(str::to_owned),
            user_id: submission.approver.user_id.clone(),
            began,
            ahead: submission.api.ahead().unwrap_or_default(),
            known,
            terms: terms.unwrap_or(ProviderTerms::Unknown),
        };
        Self {
            submission,
            challenge,
            provider,
        }
    }

    /// Acts on what is seen, until the approval is in.
    fn act(&self, mut watch: Watch<'_>) -> Result<Approved, Error> {
        loop {
            let seen = watch.next();
            match seen.map_err(|error| self.with_the_task(error))? {
                WatchEvent::Unreadable(ids) => {
                    if let Some(receipt) = self.try_each(&ids)? {
                        return Ok((receipt, None));
                    }
                }
                WatchEvent::Verified(proof) => {
                    drop(watch);
                    return self.submit(*proof);
                }
                WatchEvent::OtherStep(proof) => {
                    drop(watch);
                    let counts = self.counts(&proof);
                    counts.map_err(|error| self.with_the_task(error))?;
                    return self.submit(*proof);
                }
                WatchEvent::Approved(finished) => {
                    let task = self.submission.task.handle();
                    self.submission.context.interrupt.went_in(task);
                    drop(watch);
                    return Ok(self.approved(&finished));
                }
            }
        }
    }

    /// What the API approved by itself.
    fn approved(&self, finished: &Finished) -> Approved {
        let (submission, provider) = (self.submission, self.provider.as_ref());
        let (proof, caveat) = self.settled_with(finished);
        let used = proof.as_ref();
        let used = used.map(|one| (one, once::claim_settled(submission, provider, one)));
        let mut record = self.record(used);
        record.caveats.extend(caveat);
        (submission.settled_already(&finished.task, record), proof)
    }

    /// What ended it before leg 2, and what is true of the task now.
    fn with_the_task(&self, error: Error) -> Error {
        meanwhile::told(self.submission, error)
    }

    /// Leg 2, with what the API verified.
    fn submit(&self, proof: HostedProof) -> Result<Approved, Error> {
        let submission = self.submission;
        present::hosted::claims(submission.context, &proof.transaction().claims);
        let uses = once::claim(submission, self.provider.as_ref(), &proof);
        let uses = uses.map_err(|error| self.with_the_task(error))?;
        let receipt = self.sent(&proof, uses)?;
        Ok((receipt, Some(proof)))
    }

    /// Submits with a transaction that the API shows, and what it showed of it as evidence.
    fn sent(&self, proof: &HostedProof, uses: Uses) -> Result<ApprovalReceipt, Error> {
        let showed = Showed {
            challenge: &self.challenge,
            issuer: self.issuer(),
            transaction: Some(proof.transaction()),
            settled: None,
            event: None,
        };
        let step_up = SentStepUp {
            proof: SentProof::Transaction(proof),
            record: self.record(Some((proof, uses))),
            evidence: evidence::shown_by_the_api(&showed, Timestamp::now().as_second()),
        };
        self.submission.with_step_up(Endpoint::StepUp, step_up)
    }

    /// Asks whether a step-up counts that the API verified for another step, by the name that it gives it. Where nobody
    /// can be asked it does not, whatever was consented to before.
    fn counts(&self, proof: &HostedProof) -> Result<(), Error> {
        let (submission, challenge) = (self.submission, &self.challenge);
        let context = submission.context;
        let (wanted, target) = (&challenge.policy_step_id, &proof.transaction().target);
        let got = target.as_ref().map_or("", |(_, step)| step.as_str());
        if !context.terminal.can_ask() {
            let (wanted, got) = (wanted.clone(), excerpt(got, 40));
            return Err(mismatched(&Mismatch::Step { wanted, got }));
        }
        let got = excerpt(got, 40);
        context.terminal.warn(format_args!(
        "the API verified your step-up for step `{got}` of this task, and step `{wanted}` was shown; it may be another name of the same"
    ));
        let words = Consent {
            not_done: "not approved",
            thing: "a step-up for another step",
        };
        context.consent(false, "send it for the step that was shown?", &words)?;
        submission.recheck.now().map(drop)
    }

    /// Submits with ids that only the API can look at, until it takes one.
    fn try_each(&self, ids: &[String]) -> Result<Option<ApprovalReceipt>, Error> {
        for id in ids {
            if let Some(receipt) = self.submission.try_named(id, self.unread(id))? {
                self.submission.context.terminal.warn(UNCHECKED);
                return Ok(Some(receipt));
            }
        }
        Ok(None)
    }

    /// What the API rests an approval on that it finished by itself: the transaction that the task's history names, or
    /// else the one that was seen to be verified. What does not fit, or is not there, is a caveat.
    fn settled_with(&self, finished: &Finished) -> (Option<HostedProof>, Option<Caveat>) {
        let (submission, challenge) = (self.submission, &self.challenge);
        let settled = finished.task.settled(submission.policy_step_id);
        let Some(id) = settled.and_then(|step| step.step_up_transaction_id.as_deref()) else {
            let shown = finished.seen.is_some() || !finished.is_shown;
            return (
                finished.seen.clone(),
                (!shown).then_some(Caveat::WithoutStepUp),
            );
        };
        let Some(transaction) = readable(submission.api.transaction(id)) else {
            return (finished.seen.clone(), None);
        };
        let used_at = used_at(&transaction);
        let judged = match challenge.judge(&transaction, used_at) {
            // The history names it for this step, whatever the step is called in the transaction.
            Err(Mismatch::Step { .. }) => challenge.judge_but_for_the_step(&transaction, used_at),
            judged => judged,
        };
        match judged {
            Ok(proof) => (Some(proof), None),
            Err(mismatch) => {
                submission.context.terminal.warn(format_args!(
                    "the API approved with a step-up that does not fit: {mismatch}"
                ));
                (None, Some(Caveat::OtherStepUp))
            }
        }
    }

    /// The issuer of the provider; empty where it may not be read.
    fn issuer(&self) -> &str {
        let provider = self.provider.as_ref();
        provider.map_or("", |provider| provider.issuer.as_str())
    }

    fn record(&self, proof: Option<(&HostedProof, Uses)>) -> StepUpRecord {
        let (challenge, provider) = (&self.challenge, self.provider.as_ref());
        let name = provider.map(|provider| provider.name.as_str());
        let name = name
            .or(challenge.provider_id.as_deref())
            .unwrap_or_default();
        let mut caveats = match proof {
            Some((proof, _)) => proof.caveats().to_vec(),
            None => challenge.terms.caveats(&Claims::default()),
        };
        caveats.extend(proof.and_then(|(_, uses)| uses.caveat()));
        StepUpRecord {
            ceremony: Ceremony::Hosted,
            requirement: RequirementRecord::of_provider(name, &challenge.terms),
            proof: proof.and_then(|(proof, uses)| {
                ProofRecord::of_claims(self.issuer(), proof.transaction(), uses)
            }),
            // Whose transaction it is, is compared with whose credential this is (`HostedChallenge::judge`).
            subject: match proof {
                Some(_) => SubjectMatch::Same,
                None => SubjectMatch::LeftToTheApi,
            },
            caveats,
            transaction: proof.map(|(proof, _)| TransactionRecord::of(proof)),
            authorization_details: None,
        }
    }

    /// The record of a transaction of which only the id is known.
    fn unread(&self, id: &str) -> StepUpRecord {
        StepUpRecord {
            transaction: Some(TransactionRecord::unread(id)),
            ..self.record(None)
        }
    }

    /// The receipt, joined to what the task's history and audit say of the transaction (c1.md 7), and all that as evidence.
    fn done(&self, (mut receipt, proof): Approved) -> Done {
        let named = receipt.transaction.as_ref();
        let named = named.filter(|one| !one.id.is_empty());
        let event = named.and_then(|transaction| {
            let api = self.submission.api;
            readable(api.step_up_event(&receipt.task.id, &transaction.id)).flatten()
        });
        let mut settled = None;
        if let Some(transaction) = &mut receipt.transaction {
            transaction.audit_event = event.as_ref().map(|event| event.id.clone());
            settled = transaction.settled.take();
        }
        let showed = Showed {
            challenge: &self.challenge,
            issuer: self.issuer(),
            transaction: proof.as_ref().map(HostedProof::transaction),
            settled: settled.as_ref(),
            event: event.as_ref(),
        };
        Done {
            evidence: evidence::shown_by_the_api(&showed, Timestamp::now().as_second()),
            ..Done::of(Box::new(receipt))
        }
    }
}

/// Submits with a transaction that the person named (c1.md 8.2 c).
pub(super) fn with_named(submission: &Submission<'_>, id: &str) -> Result<Done, Error> {
    let (context, api) = (submission.context, submission.api);
    let provider_id = submission.task.step_up_provider_id();
    let provider = provider_id.and_then(|id| readable(api.hosted_provider(id)));
    let hosted = Hosted::of(submission, None, None, provider);
    let approved = match api.transaction(id) {
        Ok(transaction) => {
            let proof = hosted
                .challenge
                .judge(&transaction, api.now())
                .map_err(|mismatch| mismatched(&mismatch))?;
            let uses = once::claim(submission, hosted.provider.as_ref(), &proof)?;
            let receipt = hosted.sent(&proof, uses)?;
            (receipt, Some(proof))
        }
        Err(ApiError::Forbidden(reason)) => {
            context.terminal.warn(format_args!("{UNCHECKED}: {reason}"));
            let step_up = SentStepUp {
                proof: SentProof::Named(id),
                record: hosted.unread(id),
                evidence: None,
            };
            (submission.with_step_up(Endpoint::StepUp, step_up)?, None)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(hosted.done(approved))
}

/// https, or loopback where the API is there too: whatever it says, nobody is sent elsewhere (c1.md 8.3,
/// B9.8).
fn acceptable(api: &AccessApi, page: &Url) -> Result<(), Error> {
    if api.may_name(page) {
        return Ok(());
    }
    Err(Error::untrusted(format!(
        "the API sends you to `{}`, which is not a safe URL",
        page.host_str().unwrap_or(page.scheme())
    ))
    .hint("nothing was opened; show this to the administrator of the API"))
}

/// A transaction that the API has used was in time; by now it may have lapsed.
fn used_at(transaction: &StepUpTransaction) -> Timestamp {
    let signed_in = transaction.claims.auth_time.present().copied();
    let signed_in = signed_in.and_then(|at| Timestamp::from_second(at).ok());
    transaction.created_at.max(signed_in).unwrap_or_default()
}
