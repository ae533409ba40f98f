//! Each sign-in once: what is remembered of those that were used, for the ceremonies.

use crate::adapters::remembered::RememberedError;
use crate::adapters::sign_ins::{SignIns, Turn};
use crate::context::Context;
use crate::domain::sign_in::{Earlier, SignIn, Uses};

/// The turn of one sign-in, once no other run judges one.
pub(crate) fn turn(context: &Context, sign_in: &SignIn) -> Turn {
    let turn = sign_ins(context).map(|sign_ins| sign_ins.turn(sign_in));
    turn.unwrap_or_else(Turn::NotKnown)
}

/// One that only looks: nothing is taken as used.
pub(super) fn look(context: &Context, sign_in: &SignIn) -> Turn {
    let earlier = sign_ins(context).map(|sign_ins| sign_ins.earlier(sign_in));
    Turn::Looked(earlier.unwrap_or(Earlier::NotKnown))
}

/// Takes the sign-in as used: it sufficed. What could not be remembered is said, and stands in the receipt.
pub(crate) fn used(context: &Context, turn: Turn) -> Uses {
    turn.used().unwrap_or_else(|error| {
        context.terminal.warn(format_args!(
            "whether this sign-in had been used before was not checked: {error}"
        ));
        Uses::NotChecked
    })
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
