//! A sign-in counts once where a new one is demanded (B9.20): which sign-in it is, what is remembered of those
//! before it, and how often it was used.

use super::event::Facts;
use super::refusal::Unmet;
use super::requirement::Caveat;

/// One sign-in of one person, as far as a provider tells it from the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignIn {
    /// `iss`.
    pub(crate) issuer: String,
    /// `sub`, or what else names the person there.
    pub(crate) subject: String,
    /// `auth_time`, seconds since the epoch; `None` where it is not told.
    pub(crate) at: Option<i64>,
}

impl SignIn {
    /// The one that these facts are about.
    pub(crate) fn of(facts: &Facts) -> Self {
        Self {
            issuer: facts.issuer.clone(),
            subject: facts.subject.clone(),
            at: facts.signed_in_at(),
        }
    }
}

impl SignIn {
    /// Whether it is later than whatever was used before (B9.20 c).
    pub(crate) fn once(&self, earlier: Earlier) -> Result<(), Unmet> {
        match (earlier, self.at) {
            (Earlier::UsedUpTo(last), Some(at)) if at <= last => Err(Unmet::Used { last, at }),
            _ => Ok(()),
        }
    }
}

/// What is remembered of the sign-ins of a person that were used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Earlier {
    /// No sign-in of this person was used yet.
    Unused,
    /// The latest of them happened at this `auth_time`, seconds since the epoch.
    UsedUpTo(i64),
    /// What is remembered cannot be read, or not be added to.
    NotKnown,
}

/// How often a sign-in was used by now, this time included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Uses {
    /// So often, from this machine.
    Counted(u32),
    /// The provider does not tell it from another, and nothing demanded that it did.
    NotTold,
    /// Nobody knows, because nothing could be remembered.
    NotChecked,
}

impl Uses {
    /// The number, where there is one.
    pub(crate) const fn counted(self) -> Option<u32> {
        match self {
            Self::Counted(uses) => Some(uses),
            Self::NotTold | Self::NotChecked => None,
        }
    }

    /// What a reader of the receipt has to know.
    pub(crate) fn caveat(self) -> Option<Caveat> {
        (self == Self::NotChecked).then_some(Caveat::ReuseNotChecked)
    }
}
