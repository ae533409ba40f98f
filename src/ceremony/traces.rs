//! What a sign-in leaves on this machine. An approval's or a request's is taken as used (B9.20), and its account is
//! remembered (B9.19). A test leaves nothing, asks nothing else, and its first answer is the result.

use super::sign_ins::{look, replay_check};
use super::signer::ExpectedSignIn;
use crate::adapters::sign_ins::ReplayCheck;
use crate::context::Context;
use crate::domain::challenge::Purpose;
use crate::domain::event::Facts;
use crate::domain::judge::Sufficient;
use crate::domain::person::ExpectedPerson;
use crate::domain::requirement::Caveat;
use crate::domain::sign_in::SignIn;
use crate::error::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Traces {
    Left,
    None,
}

impl Traces {
    pub(super) const fn of(purpose: &Purpose) -> Self {
        match purpose {
            Purpose::Approval { .. } | Purpose::Request { .. } => Self::Left,
            Purpose::Test => Self::None,
        }
    }

    /// Whom to judge by.
    pub(super) fn expected(
        self,
        signer: &ExpectedSignIn<'_>,
        facts: &Facts,
    ) -> Result<ExpectedPerson, Error> {
        match self {
            Self::Left => signer.settled(facts),
            Self::None => Ok(signer.expected().clone()),
        }
    }

    /// Whether this sign-in was used before.
    pub(super) fn replay_check(self, context: &Context, sign_in: &SignIn) -> ReplayCheck {
        match self {
            Self::Left => replay_check(context, sign_in),
            Self::None => look(context, sign_in),
        }
    }

    /// What came of remembering the account.
    pub(super) fn account(
        self,
        signer: &ExpectedSignIn<'_>,
        judged: &Sufficient,
    ) -> Option<Caveat> {
        match self {
            Self::Left => signer.remember(judged),
            Self::None => None,
        }
    }
}
