//! The hosted ceremony's facts: a step-up transaction that the API ran itself (wire contract 6), and
//! whether it is ours, done, and enough. No I/O; clocks come in as values.
//!
//! The API is the relying party here, so authenticity is its word. What can be checked is whether its
//! word is about this task, this step, this person, this attempt, and about what the provider demands.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::event::Claim;

/// A step-up transaction as the API shows it. Every field may be missing on the wire.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepUpTransaction {
    /// Its id, which leg 2 carries.
    pub id: String,
    /// How far it is.
    pub state: TransactionState,
    /// The API's provider that was asked; empty when the API does not say.
    pub provider_id: String,
    /// Who performed it; may be empty while it is pending.
    pub user_id: String,
    /// The task and the step it was made for; `None` for any other target.
    pub target: Option<(String, String)>,
    /// What the provider asserted, as far as the API shows it.
    pub claims: Claims,
    /// Why it failed.
    pub error_message: String,
    /// When it began.
    pub created_at: Option<Timestamp>,
    /// When it lapses. There is no state for it: the clock decides.
    pub expires_at: Option<Timestamp>,
}

/// `STEP_UP_TRANSACTION_STATE_*`; a state that the contract does not name counts as pending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransactionState {
    /// The person has not finished.
    #[default]
    Pending,
    /// The API verified the person.
    Verified,
    /// It failed.
    Failed,
}

/// What is readable of the undocumented `claims` (wire contract 8.13).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// `acr`.
    pub acr: Claim<String>,
    /// `amr`.
    pub amr: Claim<Vec<String>>,
    /// `auth_time`, seconds since the epoch.
    pub auth_time: Claim<i64>,
    /// `acrs`, Entra's authentication contexts.
    pub contexts: Claim<Vec<String>>,
    /// The names of the others.
    pub others: Vec<String>,
}

/// What a provider of the API accepts, as far as its registration tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ProviderTerms {
    /// It may not be read, or says nothing.
    #[default]
    Unknown,
    /// One of these acr values.
    Acr(Vec<String>),
    /// One of these authentication contexts (Entra, ACRS mode).
    Contexts(Vec<String>),
    /// A sign-in during the attempt (Entra, OIDC mode).
    Freshness,
}

/// What a transaction has to match.
#[derive(Clone, Debug, PartialEq)]
pub struct HostedChallenge {
    /// The 27-character task id.
    pub task_id: String,
    /// The step the transaction will be used for.
    pub policy_step_id: String,
    /// The provider the step demands, if the task says.
    pub provider_id: Option<String>,
    /// The person whose credential is used.
    pub user_id: String,
    /// The start of the attempt by the API's clock, less a margin.
    pub not_before: Timestamp,
    /// Transactions from before the attempt.
    pub known: BTreeSet<String>,
    /// What the provider accepts.
    pub terms: ProviderTerms,
}

/// A verified transaction that fits, in every point that can be checked. Made by
/// [`HostedChallenge::judge`] alone; leg 2 takes nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct HostedProof {
    transaction: StepUpTransaction,
    strength: Strength,
}

/// Who judged the strength of the authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// The claims are readable and were compared with what the provider demands.
    Compared,
    /// The API does not show enough; it decided alone.
    LeftToTheApi,
}

impl HostedProof {
    /// The transaction.
    pub const fn transaction(&self) -> &StepUpTransaction {
        &self.transaction
    }

    /// Whether it was made for this step of this task.
    pub fn is_for(&self, task_id: &str, policy_step_id: &str) -> bool {
        let target = self.transaction.target.as_ref();
        target.is_some_and(|(task, step)| task == task_id && step == policy_step_id)
    }

    /// Who judged the strength.
    pub const fn strength(&self) -> Strength {
        self.strength
    }
}

/// Why a transaction proves nothing for this challenge.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// It is for another task or another step (the step may have been restarted).
    #[error("the step-up transaction is for another task or another step of it")]
    Target,
    /// It was there before the attempt began: proofs are not reused.
    #[error("the step-up transaction is from before this attempt")]
    Before,
    /// Somebody else authenticated.
    #[error(
        "another person authenticated: the credential belongs to user `{wanted}`, the step-up to `{got}`"
    )]
    Person {
        /// The credential's person.
        wanted: String,
        /// Who performed the step-up.
        got: String,
    },
    /// Another provider was asked.
    #[error(
        "the step-up was done at another provider: the step demands `{wanted}`, it was `{got}`"
    )]
    Provider {
        /// What the step demands.
        wanted: String,
        /// What the transaction says.
        got: String,
    },
    /// It has lapsed by the API's clock.
    #[error("the step-up transaction lapsed at {0}")]
    Lapsed(Timestamp),
    /// The claims fall short of what the provider demands.
    #[error("authentication was not strong enough: needed {wanted}, got {got}")]
    Short {
        /// What the provider demands, quoted.
        wanted: String,
        /// What the claims say.
        got: String,
    },
    /// The provider reused an old sign-in where it had to make a new one.
    #[error("authentication was not fresh: the sign-in was {seconds} s before the attempt")]
    Stale {
        /// How long before, seconds.
        seconds: i64,
    },
}

/// What a look at the API's transactions showed.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// Nothing of ours is listed (yet).
    Nothing,
    /// Ours waits for the person, until this time if known.
    Pending(Option<Timestamp>),
    /// Ours is verified and fits.
    Verified(Box<HostedProof>),
    /// Ours failed, for this reason.
    Failed(String),
    /// One that has to be ours, or looks so, does not fit.
    Mismatch(Mismatch),
}

impl HostedChallenge {
    /// Judges all transactions of one look. The newest that fits wins; a verified one outranks the rest
    /// (wire contract 8.1). A verified one of somebody else is no answer for us as long as ours waits:
    /// two approvers may be at it at once.
    pub fn look(&self, transactions: &[StepUpTransaction], now: Timestamp) -> Look {
        let mut ours: Vec<&StepUpTransaction> = transactions
            .iter()
            .filter(|one| self.is_of_this_attempt(one).is_ok())
            .collect();
        ours.sort_by_key(|one| std::cmp::Reverse(one.created_at));
        let mut foreign = None;
        let mut rest = Look::Nothing;
        for transaction in ours {
            match (transaction.state, self.judge(transaction, now)) {
                (TransactionState::Verified, Ok(proof)) => return Look::Verified(Box::new(proof)),
                (_, Err(mismatch @ Mismatch::Person { .. })) => foreign = Some(mismatch),
                (_, outcome) if rest == Look::Nothing => {
                    rest = match (transaction.state, outcome) {
                        (TransactionState::Failed, _) => {
                            Look::Failed(transaction.error_message.clone())
                        }
                        (_, Err(mismatch)) => Look::Mismatch(mismatch),
                        (_, Ok(_)) => Look::Pending(transaction.expires_at),
                    };
                }
                _ => {}
            }
        }
        match (rest, foreign) {
            (Look::Nothing, Some(mismatch)) => Look::Mismatch(mismatch),
            (rest, _) => rest,
        }
    }

    /// Judges one transaction: ours, in time, by the right person at the right provider, strong enough.
    /// The strength of one that is still pending is not judged.
    pub fn judge(
        &self,
        transaction: &StepUpTransaction,
        now: Timestamp,
    ) -> Result<HostedProof, Mismatch> {
        self.is_of_this_attempt(transaction)?;
        let done = transaction.state == TransactionState::Verified;
        if transaction.user_id != self.user_id && (done || !transaction.user_id.is_empty()) {
            return Err(Mismatch::Person {
                wanted: self.user_id.clone(),
                got: transaction.user_id.clone(),
            });
        }
        let wanted = self.provider_id.as_deref().unwrap_or_default();
        let got = transaction.provider_id.as_str();
        if !wanted.is_empty() && !got.is_empty() && wanted != got {
            return Err(Mismatch::Provider {
                wanted: wanted.to_owned(),
                got: got.to_owned(),
            });
        }
        match transaction.expires_at {
            Some(end) if end <= now => return Err(Mismatch::Lapsed(end)),
            _ => {}
        }
        let strength = if done {
            self.strength(&transaction.claims)?
        } else {
            Strength::LeftToTheApi
        };
        Ok(HostedProof {
            transaction: transaction.clone(),
            strength,
        })
    }

    fn is_of_this_attempt(&self, transaction: &StepUpTransaction) -> Result<(), Mismatch> {
        let (task, step) = transaction.target.as_ref().ok_or(Mismatch::Target)?;
        if *task != self.task_id || *step != self.policy_step_id || transaction.id.is_empty() {
            return Err(Mismatch::Target);
        }
        let created = transaction.created_at.ok_or(Mismatch::Before)?;
        if created < self.not_before || self.known.contains(&transaction.id) {
            return Err(Mismatch::Before);
        }
        Ok(())
    }

    /// What is there must fit; what the API does not show is left to it, and said so.
    fn strength(&self, claims: &Claims) -> Result<Strength, Mismatch> {
        match &self.terms {
            ProviderTerms::Unknown => Ok(Strength::LeftToTheApi),
            ProviderTerms::Acr(accepted) => {
                compare(&claims.acr, "acr", accepted, |acr| accepted.contains(acr))
            }
            ProviderTerms::Contexts(accepted) => {
                compare(&claims.contexts, "acrs", accepted, |contexts| {
                    let met = |one: &String| accepted.iter().any(|id| id.eq_ignore_ascii_case(one));
                    contexts.iter().any(met)
                })
            }
            ProviderTerms::Freshness => match claims.auth_time {
                Claim::Absent => Ok(Strength::LeftToTheApi),
                Claim::Present(at) if at >= self.not_before.as_second() => Ok(Strength::Compared),
                Claim::Present(at) => Err(Mismatch::Stale {
                    seconds: self.not_before.as_second().saturating_sub(at),
                }),
                Claim::Malformed(ref got) => Err(Mismatch::Short {
                    wanted: "an auth_time".to_owned(),
                    got: got.clone(),
                }),
            },
        }
    }
}

fn compare<T: std::fmt::Debug>(
    claim: &Claim<T>,
    name: &str,
    accepted: &[String],
    fits: impl Fn(&T) -> bool,
) -> Result<Strength, Mismatch> {
    let got = match claim {
        Claim::Absent => return Ok(Strength::LeftToTheApi),
        Claim::Present(value) if fits(value) => return Ok(Strength::Compared),
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
