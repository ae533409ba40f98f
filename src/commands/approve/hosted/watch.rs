//! Watching a hosted ceremony: the transaction where it may be seen, and the task in any case, since the
//! browser may finish the approval before we do (c1.md 8.1 to 8.4, 8.14, 8.15). Nothing is submitted here.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

use super::meanwhile::MAY_STILL;
use super::silence::Silence;
use crate::adapters::access_api::{AccessApi, ApiError, Narrowed};
use crate::adapters::backoff::Polls;
use crate::adapters::terminal::{WaitLine, span};
use crate::ceremony::browse::Visit;
use crate::ceremony::recheck::Recheck;
use crate::commands::approve::done::approved_in;
use crate::context::Context;
use crate::domain::excerpt::excerpt;
use crate::domain::task::{Task, TaskState, is_object_id};
use crate::domain::transaction::{
    Assessment, HostedChallenge, HostedProof, LeftOut, Mismatch, StepUpTransaction,
};
use crate::error::Error;
use crate::meaning::{mismatched, told_by_the_api};

/// The task is read at least at every third poll.
const TASK_EVERY: usize = 3;

/// A verified step-up of somebody else, and none of ours, seen so often in a row: whoever sat at the
/// browser was not us. Less may be a second approver at the same step.
const STRIKES: usize = 3;

/// What was seen, for the caller to act on.
pub(super) enum WatchEvent {
    /// The API verified the person, and what it says fits: leg 2 is due.
    Verified(Box<HostedProof>),
    /// Verified and fitting, but for another step of the task: a person has to say whether it counts.
    OtherStep(Box<HostedProof>),
    /// Ids that only the API can look at (c1.md 8.3): one of them may be tried. If it is not taken, the watch goes on.
    Unreadable(Vec<String>),
    /// The step is approved by us already.
    Approved(Box<Finished>),
}

/// An approval that the API finished by itself.
pub(super) struct Finished {
    pub(super) task: Task,
    /// Our transaction, if it was seen to be verified.
    pub(super) seen: Option<HostedProof>,
    /// Whether the API shows its transactions at all.
    pub(super) is_shown: bool,
}

/// Which transactions may be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Search {
    /// All transactions of the task.
    Everybody,
    /// Ours only: a narrower question, which may be allowed where the wider is not.
    Mine,
    /// By the task alone: the API refuses whatever else narrows the question (400).
    Bare,
    /// The API does not let us search.
    Refused,
}

/// A ceremony under way.
pub(super) struct Watch<'a> {
    _line: WaitLine<'a>,
    context: &'a Context,
    api: AccessApi,
    challenge: &'a HostedChallenge,
    /// What was consented to.
    recheck: &'a Recheck,
    search: Search,
    /// Ids that may be of our transaction, from the page's address.
    candidates: Vec<String>,
    /// Those of them that the API does not let us read.
    unreadable: Vec<String>,
    visit: Visit<'a>,
    limit: Duration,
    polls: Polls,
    /// How often it was polled.
    count: usize,
    /// Whether the time is over.
    is_over: bool,
    /// When our transaction lapses, if it is earlier than the limit.
    lapses: Option<Timestamp>,
    strikes: usize,
    /// What came with the attempt and was not considered.
    left_out: Vec<LeftOut>,
    silence: Silence,
}

/// What to do where nothing of a step-up can be seen.
const BLIND: &str = "the API does not show its step-up transactions; watching the task itself instead. If the page says that it \
                     worked and nothing follows here: end this with Ctrl-C, and give the transaction's id with \
                     `--transaction-id`";

/// At most so many are told of.
const MOST_TOLD: usize = 5;

impl Search {
    /// The next way to ask, after this answer to the one before; none where it may be asked again.
    const fn after(self, error: &ApiError) -> Option<Self> {
        match (self, error) {
            (Self::Everybody, ApiError::Forbidden(_)) => Some(Self::Mine),
            (Self::Everybody | Self::Mine, ApiError::Refused(_)) => Some(Self::Bare),
            (_, ApiError::Forbidden(_) | ApiError::NotFound(_) | ApiError::Refused(_)) => {
                Some(Self::Refused)
            }
            _ => None,
        }
    }
}

impl<'a> Watch<'a> {
    pub(super) fn begin(
        context: &'a Context,
        api: &AccessApi,
        challenge: &'a HostedChallenge,
        recheck: &'a Recheck,
        page: &Url,
        visit: Visit<'a>,
        limit: Duration,
    ) -> Self {
        Self {
            _line: context
                .terminal
                .waiting("waiting for you in the browser", limit),
            context,
            api: api.until(Instant::now() + limit),
            challenge,
            recheck,
            search: Search::Everybody,
            candidates: candidates(page, challenge),
            unreadable: Vec::new(),
            visit,
            limit,
            polls: Polls::within(limit),
            count: 0,
            is_over: false,
            lapses: None,
            strikes: 0,
            left_out: Vec::new(),
            silence: Silence::default(),
        }
    }

    /// Polls until there is something to act on.
    pub(super) fn next(&mut self) -> Result<WatchEvent, Error> {
        while let Some(pause) = self.polls.pause() {
            self.visit.rest(pause)?;
            self.count += 1;
            if let Some(seen) = self.poll()? {
                return Ok(seen);
            }
        }
        if !self.is_over {
            self.is_over = true;
            if let Some(seen) = self.to_try()? {
                return Ok(seen);
            }
        }
        // The last word is the task's: it may have been approved since the last look.
        match self.settled()? {
            Some(task) => Ok(self.finished(task, Assessment::Nothing)),
            None => Err(self.timed_out()),
        }
    }

    fn poll(&mut self) -> Result<Option<WatchEvent>, Error> {
        let look = self.look()?;
        let quiet = matches!(
            look,
            Assessment::Nothing | Assessment::Pending(_) | Assessment::Verified(_)
        );
        if matches!(look, Assessment::Verified(_))
            && let Some(task) = self.approved_meanwhile()?
        {
            return Ok(Some(self.finished(task, look)));
        }
        let due = !quiet || self.search == Search::Refused || self.count.is_multiple_of(TASK_EVERY);
        if due && let Some(task) = self.settled()? {
            return Ok(Some(self.finished(task, look)));
        }
        if let Some(seen) = self.decide(look)? {
            return Ok(Some(seen));
        }
        // Ever less often, since nothing tells when the person has finished.
        if self.count > 1 && self.count.is_power_of_two() {
            return self.to_try();
        }
        Ok(None)
    }

    /// Leg 2 is sent for what was shown, or not at all. The task, if the API has approved the step by itself.
    fn approved_meanwhile(&self) -> Result<Option<Task>, Error> {
        let now = self.recheck.read()?;
        if self.is_settled(&now)? {
            return Ok(Some(now));
        }
        self.recheck.compare(&now)?;
        Ok(None)
    }

    fn finished(&self, task: Task, look: Assessment) -> WatchEvent {
        let seen = match look {
            Assessment::Verified(proof) => Some(*proof),
            _ => None,
        };
        WatchEvent::Approved(Box::new(Finished {
            task,
            seen,
            is_shown: self.search != Search::Refused,
        }))
    }

    /// Ids that the API itself put into the page's address, and does not let us read: whether one is verified, and
    /// enough, the API judges.
    fn to_try(&self) -> Result<Option<WatchEvent>, Error> {
        if self.unreadable.is_empty() {
            return Ok(None);
        }
        if let Some(task) = self.approved_meanwhile()? {
            return Ok(Some(self.finished(task, Assessment::Nothing)));
        }
        Ok(Some(WatchEvent::Unreadable(self.unreadable.clone())))
    }

    fn decide(&mut self, look: Assessment) -> Result<Option<WatchEvent>, Error> {
        match look {
            Assessment::Verified(proof) => return Ok(Some(WatchEvent::Verified(proof))),
            // One that fits may only be late.
            Assessment::OtherStep(proof) => {
                self.strikes += 1;
                if self.strikes >= STRIKES {
                    return Ok(Some(WatchEvent::OtherStep(proof)));
                }
            }
            Assessment::Failed(reason) => return Err(failed(&reason)),
            Assessment::Mismatch(mismatch @ Mismatch::Person { .. }) => {
                self.strikes += 1;
                if self.strikes >= STRIKES {
                    return Err(mismatched(&mismatch));
                }
            }
            Assessment::Mismatch(mismatch) => return Err(mismatched(&mismatch)),
            Assessment::Pending(until) => {
                self.strikes = 0;
                if let Some(until) = until {
                    self.polls.end_by(self.left_until(until));
                    self.lapses = Some(until);
                }
            }
            Assessment::Nothing => self.strikes = 0,
        }
        Ok(None)
    }

    /// One look at the transactions, as far as they may be seen. What may pass is no reason to stop.
    fn look(&mut self) -> Result<Assessment, Error> {
        let all = Narrowed {
            created_after: self.challenge.not_before(),
            ..Narrowed::default()
        };
        let narrowed = match self.search {
            Search::Everybody => all,
            Search::Mine => Narrowed {
                user_id: Some(self.challenge.user_id.as_str()),
                ..all
            },
            Search::Bare => Narrowed { bare: true, ..all },
            Search::Refused => return self.look_at_candidates(),
        };
        match self.api.transactions(&self.challenge.task_id, narrowed) {
            Ok(list) => {
                self.silence.ended(&self.context.terminal);
                match self.considered(&list) {
                    Assessment::Nothing => self.look_at_candidates(),
                    look => Ok(look),
                }
            }
            Err(error @ (ApiError::SignedOut { .. } | ApiError::Token(_))) => Err(error.into()),
            Err(error) => match self.search.after(&error) {
                None => {
                    tracing::debug!("a look at the transactions failed: {error}");
                    self.silence.goes_on(&self.context.terminal, &error);
                    Ok(Assessment::Nothing)
                }
                Some(next) => {
                    self.search = next;
                    if next == Search::Refused {
                        self.context.terminal.say(BLIND);
                    }
                    self.look()
                }
            },
        }
    }

    /// What these are to the challenge. Those that are left out are told at the end, if it comes to that.
    fn considered(&mut self, list: &[StepUpTransaction]) -> Assessment {
        let left_out = self.challenge.left_out(list);
        self.left_out
            .retain(|one| left_out.iter().all(|new| new.id != one.id));
        self.left_out.extend(left_out);
        self.challenge.look(list, self.api.now())
    }

    /// Ids in the page's address are tried, and count only if what comes back is ours (c1.md 8.3).
    fn look_at_candidates(&mut self) -> Result<Assessment, Error> {
        let mut found = Vec::new();
        let api = &self.api;
        let (mut broken, mut unreadable) = (None, Vec::new());
        self.candidates.retain(|id| match api.transaction(id) {
            Ok(transaction) => {
                found.push(transaction);
                true
            }
            Err(ApiError::Forbidden(_)) => {
                unreadable.push(id.clone());
                false
            }
            Err(ApiError::NotFound(_) | ApiError::Refused(_)) => false,
            Err(error @ (ApiError::SignedOut { .. } | ApiError::Token(_))) => {
                broken = Some(error);
                true
            }
            Err(_) => true,
        });
        // Where the search shows what is ours, it is the search that says what became of it.
        if self.search == Search::Refused {
            self.unreadable.append(&mut unreadable);
        }
        match broken {
            Some(error) => Err(error.into()),
            None => Ok(self.considered(&found)),
        }
    }

    /// The task as it is now, if our step is approved by us.
    fn settled(&mut self) -> Result<Option<Task>, Error> {
        let task = match self.api.task(&self.challenge.task_id) {
            Ok(task) => {
                self.silence.ended(&self.context.terminal);
                task
            }
            Err(error @ (ApiError::SignedOut { .. } | ApiError::Token(_))) => {
                return Err(error.into());
            }
            Err(error) => {
                tracing::debug!("re-reading the task failed: {error}");
                self.silence.goes_on(&self.context.terminal, &error);
                return Ok(None);
            }
        };
        Ok(self.is_settled(&task)?.then_some(task))
    }

    /// Whether our step is approved by us in this reading; an error if it ended otherwise or was replaced.
    fn is_settled(&self, task: &Task) -> Result<bool, Error> {
        let HostedChallenge {
            policy_step_id,
            user_id,
            ..
        } = self.challenge;
        if approved_in(task, policy_step_id, user_id)? {
            return Ok(true);
        }
        let current = task.current.as_ref().map(|step| step.id.as_str());
        if task.state == TaskState::Closed || current != Some(policy_step_id) {
            let handle = task.handle();
            return Err(Error::refused(
                "the step was replaced in the meantime, so that the step-up no longer fits it",
            )
            .hint(format!(
                "look at it with `stepup task show {handle}`, then run the command again"
            )));
        }
        Ok(false)
    }

    fn left_until(&self, until: Timestamp) -> Duration {
        let left = until.duration_since(self.api.now());
        Duration::try_from(left).unwrap_or(Duration::ZERO)
    }

    fn timed_out(&self) -> Error {
        if let Some(silent) = self.silence.error() {
            return silent;
        }
        if let Some(lapsed) = self.lapses.filter(|lapses| *lapses <= self.api.now()) {
            return mismatched(&Mismatch::Lapsed(lapsed));
        }
        if self.left_out.is_empty() {
            self.nobody()
        } else {
            self.none_fits()
        }
    }

    fn nobody(&self) -> Error {
        let error = Error::incomplete(format!(
            "timed out: the step-up was not completed within {}",
            span(self.limit)
        ))
        .hint("look at the page in your browser: if it shows an error, it says why")
        .hint("run the command again, with more time if need be: `--timeout 10m`")
        .hint(MAY_STILL);
        if self.search == Search::Refused {
            return error.hint(
                "if the browser says that it worked: the API does not let stepup see it; whoever can look up the transaction's id may give it with `--transaction-id`",
            );
        }
        error
    }

    /// The API shows transactions that came with the attempt, and none of them is ours.
    fn none_fits(&self) -> Error {
        let message = format!(
            "the API shows no step-up that fits, after {}",
            span(self.limit)
        );
        let mut error = Error::incomplete(message);
        for LeftOut { id, why, .. } in self.left_out.iter().take(MOST_TOLD) {
            let id = excerpt(id, 40);
            error = error.hint(format!("transaction `{id}` was left out: {why}"));
        }
        if self.left_out.iter().any(|one| one.is_verified) {
            let handle = excerpt(&self.recheck.statement().task_id, 40);
            return error.hint(format!(
                "the API has verified one of them: if it is yours, name it: `stepup approve {handle} --transaction-id ID`"
            ));
        }
        error.hint("run the command again, with more time if need be: `--timeout 10m`")
    }
}

/// The transaction failed, for this reason of the API's.
fn failed(reason: &str) -> Error {
    let (kind, hint) = told_by_the_api(reason);
    let reason = if reason.is_empty() {
        "it gave no reason"
    } else {
        reason
    };
    Error::new(
        kind,
        format!("the API did not accept the step-up: {reason}"),
    )
    .hint(hint)
}

/// What has the shape of an id in the address of the page, and is no other id that we know.
fn candidates(page: &Url, challenge: &HostedChallenge) -> Vec<String> {
    let others = [
        Some(&challenge.task_id),
        Some(&challenge.policy_step_id),
        Some(&challenge.user_id),
        challenge.provider_id.as_ref(),
    ];
    let values = page.query_pairs().map(|(_, value)| value.into_owned());
    let segments = page
        .path_segments()
        .into_iter()
        .flatten()
        .map(str::to_owned);
    values
        .chain(segments)
        .filter(|text| is_object_id(text) && !others.contains(&Some(text)))
        .take(4)
        .collect()
}
