//! The pages at the end of a browser leg: what became of the step-up, and where to go on.

use super::{State, Transaction, TransactionTarget};
use crate::http::Reply;
use crate::page::{document, escape, problem};

const TO_NOBODY: &str = "form-action 'none'; ";

/// A transaction that is no longer open.
pub(super) fn over(transaction: &Transaction) -> Reply {
    match transaction.state {
        State::Verified => verified(&transaction.target),
        State::Error => failed(&transaction.error_message),
        State::Pending => problem(
            410,
            "This step-up has expired",
            "It took too long. Nothing was approved; start again in the terminal.",
        ),
    }
}

fn verified(target: &TransactionTarget) -> Reply {
    let what = match target {
        TransactionTarget::Task { .. } => "The approval goes on in the terminal.",
        TransactionTarget::Test => "The step-up provider works.",
    };
    let body = format!(
        "<p role=\"status\">Your identity is verified. {what} You can close this page.</p>"
    );
    document(200, "Verified", &body, TO_NOBODY, None)
}

fn failed(why: &str) -> Reply {
    let body = format!(
        "<p class=\"error\" role=\"alert\">{}</p>\n\
         <p>This step-up approves nothing. Start again in the terminal.</p>",
        escape(why)
    );
    document(400, "Not verified", &body, TO_NOBODY, None)
}

/// No transaction has this ticket.
pub(super) fn unknown() -> Reply {
    problem(
        404,
        "There is no such step-up",
        "The address is incomplete, or the sandbox was started anew. Start again in the terminal.",
    )
}

/// The provider could not even be asked; the address may be opened again.
pub(super) fn unreachable(why: &str) -> Reply {
    problem(502, "The identity provider cannot be asked", why)
}

/// An answer that belongs to no sign-in of this browser, or was given before.
pub(super) fn not_asked() -> Reply {
    problem(
        400,
        "Nobody asked for this answer",
        "It was used before, or it comes from another browser. Start again in the terminal.",
    )
}
