//! Each sign-in once: what is remembered of those that were used, for the ceremonies.

use crate::adapters::remembered::RememberedError;
use crate::adapters::sign_ins::SignIns;
use crate::context::Context;
use crate::domain::sign_in::{Earlier, SignIn, Uses};

/// Has `judge` decide, and takes the sign-in as used if it suffices. What could not be remembered is said, and
/// stands in the receipt.
pub(crate) fn claim<T, E>(
    context: &Context,
    sign_in: &SignIn,
    judge: impl FnOnce(Earlier) -> Result<T, E>,
) -> Result<(T, Uses), E> {
    let (judged, uses) = match sign_ins(context) {
        Ok(sign_ins) => sign_ins.claim(sign_in, judge)?,
        Err(error) => (judge(Earlier::NotKnown)?, Err(error)),
    };
    let uses = uses.unwrap_or_else(|error| {
        context.terminal.warn(format_args!(
            "whether this sign-in had been used before was not checked: {error}"
        ));
        Uses::NotChecked
    });
    Ok((judged, uses))
}

/// What is remembered of this person's sign-ins; nothing is taken as used.
pub(crate) fn earlier(context: &Context, sign_in: &SignIn) -> Earlier {
    sign_ins(context).map_or(Earlier::NotKnown, |sign_ins| sign_ins.earlier(sign_in))
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
