//! Each sign-in once: what is remembered of those that were used, for the ceremonies.

use crate::adapters::remembered::RememberedError;
use crate::adapters::sign_ins::{self, SignIns};
use crate::context::Context;
use crate::domain::sign_in::{Earlier, SignIn, Uses};

/// The turn of one sign-in, until it is dropped or said to be used.
pub(crate) struct Turn<'c> {
    context: &'c Context,
    turn: sign_ins::Turn,
}

impl Turn<'_> {
    /// What the judge has to know.
    pub(crate) fn earlier(&self) -> Earlier {
        self.turn.earlier()
    }

    /// Takes the sign-in as used: it sufficed. What could not be remembered is said, and stands in the receipt.
    pub(crate) fn used(self) -> Uses {
        self.turn.used().unwrap_or_else(|error| {
            self.context.terminal.warn(format_args!(
                "whether this sign-in had been used before was not checked: {error}"
            ));
            Uses::NotChecked
        })
    }
}

/// Waits until no other run judges a sign-in.
pub(crate) fn turn<'c>(context: &'c Context, sign_in: &SignIn) -> Turn<'c> {
    let taken = sign_ins(context).map(|sign_ins| sign_ins.turn(sign_in));
    let turn = taken.unwrap_or_else(sign_ins::Turn::NotKnown);
    Turn { context, turn }
}

/// One that only looks: nothing is taken as used.
pub(super) fn earlier<'c>(context: &'c Context, sign_in: &SignIn) -> Turn<'c> {
    let earlier = sign_ins(context).map(|sign_ins| sign_ins.earlier(sign_in));
    let turn = sign_ins::Turn::Looked(earlier.unwrap_or(Earlier::NotKnown));
    Turn { context, turn }
}

/// Waits until a sign-in can be told from the one that was used last.
pub(crate) fn wait_for_the_next_second(context: &Context) {
    if let Ok(sign_ins) = sign_ins(context) {
        sign_ins.wait_for_the_next_second();
    }
}

fn sign_ins(context: &Context) -> Result<SignIns, RememberedError> {
    SignIns::within(context.state_folder().as_deref())
}
