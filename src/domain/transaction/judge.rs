//! Whether a step-up transaction is ours, done, and enough.
//!
//! One rule for every kind of provider: what the API shows must fit, and what it does not show is left to it,
//! fact by fact, and said so in the receipt.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Claims, Fact, ProviderTerms, StepUpTransaction, TransactionState};
use crate::domain::event::Claim;
use crate::domain::known_values::{OKTA_1FA, OKTA_2FA, OKTA_IF_POSSIBLE, OKTA_PASSWORD};
use crate::domain::requirement::{Caveat, RequestStyle, SKEW_OF_NOW};

/// How far in the future a sign-in may lie, seconds: the most that any entry may tolerate.
const SKEW: i64 = 300;

/// How far before the attempt a transaction of it may be dated, by another clock.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);

/// [`MARGIN`] where it is not known which transactions were there before.
const NARROW_MARGIN: SignedDuration = SignedDuration::from_secs(2);

/// What a transaction has to fit, in a ceremony that the API runs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HostedChallenge {
    /// The 27-character task id.
    pub(crate) task_id: String,
    /// The step the transaction will be used for.
    pub(crate) policy_step_id: String,
    /// The provider the step demands, if the task says.
    pub(crate) provider_id: Option<String>,
    /// The person whose credential is used.
    pub(crate) user_id: String,
    /// When the attempt began, by the API's clock; `None` for a transaction that the person named, which may
    /// be older.
    pub(crate) began: Option<Timestamp>,
    /// How far the API's clock is ahead of ours, seconds.
    pub(crate) ahead: i64,
    /// Transactions from before the attempt; `None` where they may not be read.
    pub(crate) known: Option<BTreeSet<String>>,
    pub(crate) terms: ProviderTerms,
}

/// A verified transaction that fits, in every point that can be checked. Made by
/// [`HostedChallenge::judge`] alone; leg 2 takes nothing else that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HostedProof {
    transaction: StepUpTransaction,
    /// The task and the step that it was judged for.
    target: (String, String),
    left: Vec<Fact>,
    caveats: Vec<Caveat>,
}

impl HostedProof {
    pub(crate) const fn transaction(&self) -> &StepUpTransaction {
        &self.transaction
    }

    /// Whether it was judged for this step of this task.
    pub(crate) fn is_for(&self, task_id: &str, policy_step_id: &str) -> bool {
        let (task, step) = &self.target;
        task == task_id && step == policy_step_id
    }

    /// What was compared with nothing, so that the API alone judged it.
    pub(crate) fn left_to_the_api(&self) -> &[Fact] {
        &self.left
    }

    /// What a reader of the receipt has to know.
    pub(crate) fn caveats(&self) -> &[Caveat] {
        &self.caveats
    }
}

/// Why a transaction proves nothing for this challenge.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Mismatch {
    /// It is for another task, or for none.
    #[error("the step-up transaction is for another task, or for none")]
    Target,
    /// It is for another step of the task, which may have been restarted; or the API calls the step otherwise there.
    #[error("the step-up transaction is for step `{got}` of the task, and not for `{wanted}`")]
    Step { wanted: String, got: String },
    /// It was there before the attempt began: proofs are not reused.
    #[error("the step-up transaction is from before this attempt")]
    Before,
    /// Whether it was there before cannot be told.
    #[error("the API does not say when the step-up transaction began, nor which were there before")]
    Undated,
    /// The person has not finished, or failed.
    #[error("the step-up transaction `{0}` is not verified")]
    NotVerified(String),
    /// Somebody else authenticated.
    #[error(
        "another person authenticated: the credential belongs to user `{wanted}`, the step-up to `{got}`"
    )]
    Person { wanted: String, got: String },
    /// Another provider was asked.
    #[error(
        "the step-up was done at another provider: the step requires `{wanted}`, it was `{got}`"
    )]
    Provider { wanted: String, got: String },
    /// It has lapsed by the API's clock.
    #[error("the step-up transaction lapsed at {0}")]
    Lapsed(Timestamp),
    /// The claims fall short of what the provider demands.
    #[error("authentication was not strong enough: needed {wanted}, got {got}")]
    Short { wanted: String, got: String },
    /// The time of the sign-in is shown, and is no time.
    #[error("the API does not say when the sign-in happened: wanted an auth_time, got {0}")]
    NoTime(String),
    /// The provider reused an old sign-in where it had to make a new one.
    #[error("authentication was not fresh: the sign-in was {seconds} s before the attempt")]
    Stale {
        /// How long before, seconds.
        seconds: i64,
    },
    /// The sign-in has not happened yet.
    #[error("the sign-in claims to have happened {seconds} s in the future")]
    Future {
        /// How far ahead, seconds.
        seconds: i64,
    },
}

/// What a look at the API's transactions showed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Assessment {
    /// Nothing of ours is listed (yet).
    Nothing,
    /// Ours waits for the person, until this time if known.
    Pending(Option<Timestamp>),
    Verified(Box<HostedProof>),
    Failed(String),
    /// One that has to be ours, or looks so, does not fit.
    Mismatch(Mismatch),
    /// Ours is verified and fits but for its step: a person has to say whether it counts.
    OtherStep(Box<HostedProof>),
}

/// A check by its name, and what came of it: it holds, or leaves a fact to the API, or does not fit.
pub(crate) type Checked = (&'static str, Result<Option<Fact>, Mismatch>);

/// What came of each check, in the order in which the first that does not fit is told. Whoever decides names all of them:
/// one that is left out does not compile.
struct Findings {
    target: Result<Option<Fact>, Mismatch>,
    creation: Result<Option<Fact>, Mismatch>,
    person: Result<(), Mismatch>,
    provider: Result<Option<Fact>, Mismatch>,
    expiry: Result<Option<Fact>, Mismatch>,
    state: Result<(), Mismatch>,
    strength: Result<Option<Fact>, Mismatch>,
    age: Result<Option<Fact>, Mismatch>,
}

/// A transaction that came with the attempt and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub(crate) id: String,
    pub(crate) is_verified: bool,
    pub(crate) why: Mismatch,
}

impl HostedChallenge {
    /// The earliest time at which a transaction of this attempt may be dated.
    pub(crate) fn not_before(&self) -> Option<Timestamp> {
        let margin = match self.known {
            Some(_) => MARGIN,
            None => NARROW_MARGIN,
        };
        let began = self.began?;
        Some(began.checked_sub(margin).unwrap_or(began))
    }

    /// Judges all transactions of one look. The newest that fits wins; a verified one outranks the rest
    /// (c1.md 8.1). A verified one of somebody else is no answer for us as long as ours waits:
    /// two approvers may be at it at once.
    pub(crate) fn look(&self, transactions: &[StepUpTransaction], now: Timestamp) -> Assessment {
        let mut ours: Vec<&StepUpTransaction> = transactions
            .iter()
            .filter(|one| self.creation(one).is_ok() && self.target(one).is_ok())
            .collect();
        ours.sort_by_key(|one| std::cmp::Reverse(one.created_at));
        let mut foreign = None;
        let mut rest = Assessment::Nothing;
        for transaction in ours {
            match self.seen(transaction, now) {
                verified @ Assessment::Verified(_) => return verified,
                Assessment::Mismatch(mismatch @ Mismatch::Person { .. }) => {
                    foreign = Some(mismatch);
                }
                look if rest == Assessment::Nothing => rest = look,
                _ => {}
            }
        }
        match (rest, foreign) {
            (Assessment::Nothing, Some(mismatch)) => Assessment::Mismatch(mismatch),
            (Assessment::Nothing, None) => self.of_another_step(transactions, now),
            (rest, _) => rest,
        }
    }

    /// A new verified one of ours that names another step, where nothing else is ours.
    fn of_another_step(&self, transactions: &[StepUpTransaction], now: Timestamp) -> Assessment {
        let fitting = transactions
            .iter()
            .filter(|one| matches!(self.target(one), Err(Mismatch::Step { .. })))
            .filter_map(|one| self.judge_but_for_the_step(one, now).ok());
        let newest = fitting.max_by_key(|proof| proof.transaction.created_at);
        newest.map_or(Assessment::Nothing, |proof| {
            Assessment::OtherStep(Box::new(proof))
        })
    }

    /// Those of one look that came with the attempt and are not considered, with the reason: nothing is left out in
    /// silence.
    pub(crate) fn left_out(&self, transactions: &[StepUpTransaction]) -> Vec<LeftOut> {
        let was_there = |id: &String| self.known.as_ref().is_some_and(|known| known.contains(id));
        let new = transactions.iter().filter(|one| !was_there(&one.id));
        new.filter_map(|one| {
            let why = self.creation(one).and_then(|_| self.target(one)).err()?;
            Some(LeftOut {
                id: one.id.clone(),
                is_verified: one.state == TransactionState::Verified,
                why,
            })
        })
        .collect()
    }

    /// What one transaction of this attempt says.
    fn seen(&self, transaction: &StepUpTransaction, now: Timestamp) -> Assessment {
        let looked = match transaction.state {
            TransactionState::Verified => self
                .judge(transaction, now)
                .map(|proof| Assessment::Verified(Box::new(proof))),
            TransactionState::Pending => self
                .fits(transaction, now)
                .map(|()| Assessment::Pending(transaction.expires_at)),
            TransactionState::Failed => self
                .person(transaction)
                .map(|()| Assessment::Failed(transaction.error_message.clone())),
        };
        looked.unwrap_or_else(Assessment::Mismatch)
    }

    /// Judges a transaction: ours, done, in time, by the right person at the right provider, strong and fresh
    /// enough.
    pub(crate) fn judge(
        &self,
        transaction: &StepUpTransaction,
        now: Timestamp,
    ) -> Result<HostedProof, Mismatch> {
        let Findings {
            target,
            creation,
            person,
            provider,
            expiry,
            state,
            strength,
            age,
        } = self.findings(transaction, now);
        let (target, creation) = (target?, creation?);
        person?;
        let (provider, expiry) = (provider?, expiry?);
        state?;
        let left = [target, provider, creation, expiry, strength?, age?];
        Ok(HostedProof {
            transaction: transaction.clone(),
            target: (self.task_id.clone(), self.policy_step_id.clone()),
            left: left.into_iter().flatten().collect(),
            caveats: self.terms.caveats(&transaction.claims),
        })
    }

    /// Makes every check.
    fn findings(&self, transaction: &StepUpTransaction, now: Timestamp) -> Findings {
        Findings {
            target: self.target(transaction),
            creation: self.creation(transaction),
            person: self.person(transaction),
            provider: self.provider(transaction),
            expiry: expiry(transaction, now),
            state: match transaction.state {
                TransactionState::Verified => Ok(()),
                _ => Err(Mismatch::NotVerified(transaction.id.clone())),
            },
            strength: self.strength(&transaction.claims),
            age: self.age(transaction, now),
        }
    }

    /// Makes every check anew, by its name, of a transaction that was judged long ago (`evidence`).
    pub(crate) fn examine(&self, transaction: &StepUpTransaction, now: Timestamp) -> [Checked; 7] {
        let Findings {
            target,
            creation,
            person,
            provider,
            // Nobody can tell later whether it had lapsed.
            expiry: _,
            state,
            strength,
            age,
        } = self.findings(transaction, now);
        [
            ("target", target),
            ("state", state.map(|()| None)),
            ("attempt", creation),
            ("person", person.map(|()| None)),
            ("provider", provider),
            ("acr", strength),
            ("freshness", age),
        ]
    }

    /// Judges as if the transaction named no step: whether the step that it names counts is for a person to say.
    pub(crate) fn judge_but_for_the_step(
        &self,
        transaction: &StepUpTransaction,
        now: Timestamp,
    ) -> Result<HostedProof, Mismatch> {
        let mut stepless = transaction.clone();
        if let Some((_, step)) = &mut stepless.target {
            step.clear();
        }
        let mut proof = self.judge(&stepless, now)?;
        proof.transaction.target.clone_from(&transaction.target);
        Ok(proof)
    }

    /// The checks that hold for one that is still pending, too.
    fn fits(&self, transaction: &StepUpTransaction, now: Timestamp) -> Result<(), Mismatch> {
        self.target(transaction)?;
        self.creation(transaction)?;
        self.person(transaction)?;
        self.provider(transaction)?;
        expiry(transaction, now).map(drop)
    }

    /// One that names no step of the task is left to the API, which knows what it made it for.
    fn target(&self, transaction: &StepUpTransaction) -> Result<Option<Fact>, Mismatch> {
        let target = transaction.target.as_ref();
        let target = target.filter(|(task, _)| *task == self.task_id && !transaction.id.is_empty());
        match target.map(|(_, step)| step.as_str()) {
            None => Err(Mismatch::Target),
            Some("") => Ok(Some(Fact::Target)),
            Some(step) if step == self.policy_step_id => Ok(None),
            Some(step) => Err(Mismatch::Step {
                wanted: self.policy_step_id.clone(),
                got: step.to_owned(),
            }),
        }
    }

    /// What was not there before the attempt is new, whether it is dated or not.
    fn creation(&self, transaction: &StepUpTransaction) -> Result<Option<Fact>, Mismatch> {
        let Some(not_before) = self.not_before() else {
            return Ok(Some(Fact::Creation));
        };
        let before = |known: &BTreeSet<String>| known.contains(&transaction.id);
        if self.known.as_ref().is_some_and(before) {
            return Err(Mismatch::Before);
        }
        match transaction.created_at {
            Some(created) if created >= not_before => Ok(None),
            Some(_) => Err(Mismatch::Before),
            None if self.known.is_some() => Ok(Some(Fact::Creation)),
            None => Err(Mismatch::Undated),
        }
    }

    /// Nobody may be named while it is pending.
    fn person(&self, transaction: &StepUpTransaction) -> Result<(), Mismatch> {
        let pending = transaction.state == TransactionState::Pending;
        let unnamed = transaction.user_id.is_empty() && pending;
        if transaction.user_id == self.user_id || unnamed {
            return Ok(());
        }
        Err(Mismatch::Person {
            wanted: self.user_id.clone(),
            got: transaction.user_id.clone(),
        })
    }

    fn provider(&self, transaction: &StepUpTransaction) -> Result<Option<Fact>, Mismatch> {
        match (
            self.provider_id.as_deref(),
            transaction.provider_id.as_str(),
        ) {
            (None | Some(""), _) | (_, "") => Ok(Some(Fact::Provider)),
            (Some(wanted), got) if wanted == got => Ok(None),
            (Some(wanted), got) => Err(Mismatch::Provider {
                wanted: wanted.to_owned(),
                got: got.to_owned(),
            }),
        }
    }

    fn strength(&self, claims: &Claims) -> Result<Option<Fact>, Mismatch> {
        match &self.terms {
            ProviderTerms::Unknown => Ok(Some(Fact::Strength)),
            // Nothing is demanded of it; the receipt says so (`freshness-only`).
            ProviderTerms::Freshness => Ok(None),
            ProviderTerms::Acr(accepted) => compare(&claims.acr, "acr", accepted, |acr| {
                accepted.iter().any(|wanted| meets(acr, wanted))
            }),
            ProviderTerms::Contexts(accepted) => {
                compare(&claims.contexts, "acrs", accepted, |contexts| {
                    let style = RequestStyle::EntraContexts;
                    let met = |one: &String| accepted.iter().any(|id| style.same(id, one));
                    contexts.iter().any(met)
                })
            }
        }
    }

    /// A step-up is a sign-in of this attempt, whatever the provider was asked for beside it (B9.20). Of a
    /// transaction that was named the attempt began when it did. The time of the sign-in is the provider's, so
    /// that it is compared by our own clock, as in the local ceremony.
    fn age(
        &self,
        transaction: &StepUpTransaction,
        now: Timestamp,
    ) -> Result<Option<Fact>, Mismatch> {
        let at = match &transaction.claims.auth_time {
            Claim::Absent => return Ok(Some(Fact::Age)),
            Claim::Malformed(got) => return Err(Mismatch::NoTime(got.clone())),
            Claim::Present(at) if *at <= 0 => return Err(Mismatch::NoTime(at.to_string())),
            Claim::Present(at) => *at,
        };
        let by_our_clock = |time: Timestamp| time.as_second().saturating_sub(self.ahead);
        let seconds = at.saturating_sub(by_our_clock(now));
        if seconds > SKEW {
            return Err(Mismatch::Future { seconds });
        }
        let Some(began) = self.began.or(transaction.created_at) else {
            return Ok(Some(Fact::Age));
        };
        let seconds = by_our_clock(began).saturating_sub(at);
        if seconds > SKEW_OF_NOW {
            return Err(Mismatch::Stale { seconds });
        }
        Ok(None)
    }
}

fn expiry(transaction: &StepUpTransaction, now: Timestamp) -> Result<Option<Fact>, Mismatch> {
    match transaction.expires_at {
        Some(end) if end <= now => Err(Mismatch::Lapsed(end)),
        Some(_) => Ok(None),
        None => Ok(Some(Fact::Expiry)),
    }
}

/// Exactly the value (Core §2); one of Okta's is by its own words met by two factors and by one.
fn meets(acr: &str, wanted: &str) -> bool {
    acr == wanted || (wanted == OKTA_IF_POSSIBLE.value && MEETS_IF_POSSIBLE.contains(&acr))
}

/// What Okta may call a sign-in that was asked for [`OKTA_IF_POSSIBLE`].
const MEETS_IF_POSSIBLE: [&str; 3] = [OKTA_2FA.value, OKTA_1FA.value, OKTA_PASSWORD.value];

fn compare<T: std::fmt::Debug>(
    claim: &Claim<T>,
    name: &str,
    accepted: &[String],
    fits: impl Fn(&T) -> bool,
) -> Result<Option<Fact>, Mismatch> {
    let got = match claim {
        Claim::Absent => return Ok(Some(Fact::Strength)),
        Claim::Present(value) if fits(value) => return Ok(None),
        Claim::Present(value) => format!("{name} {value:?}"),
        Claim::Malformed(got) => format!("{name} {got}"),
    };
    Err(Mismatch::Short {
        wanted: format!("{name} `{}`", accepted.join("` or `")),
        got,
    })
}

#[cfg(test)]
mod tests;
