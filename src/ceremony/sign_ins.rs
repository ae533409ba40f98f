//! Each sign-in once: what is remembered of those that were used, for the ceremonies.

use crate::adapters::remembered::RememberedError;
use crate::adapters::sign_ins::{ReplayCheck, SignIns};
use crate::context::Context;
use crate::domain::sign_in::{Earlier, SignIn, Uses};

/// Whether one sign-in was used before, once no other run judges one.
pub(crate) fn replay_check(context: &Context, sign_in: &SignIn) -> ReplayCheck {
    let check = sign_ins(context).map(|sign_ins| sign_ins.replay_check(sign_in));
    check.unwrap_or_else(ReplayCheck::NotKnown)
}

/// One that only looks: nothing is taken as used.
pub(super) fn look(context: &Context, sign_in: &SignIn) -> ReplayCheck {
    let earlier = sign_ins(context).map(|sign_ins| sign_ins.earlier(sign_in));
    ReplayCheck::Looked(earlier.unwrap_or(Earlier::NotKnown))
}

/// Takes the sign-in as used: it sufficed. What could not be remembered is said, and stands in the receipt.
pub(crate) fn used(context: &Context, check: ReplayCheck) -> Uses {
    check.used().unwrap_or_else(|error| {
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
