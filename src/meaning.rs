//! What each room's errors mean to the caller: the kind, which is an exit code, the sentence, and the next step.
//!
//! Rooms have small error enums of their own that say what happened. What that means is said here, in one file for
//! each of them: mostly as `From<...> for Error`, and as a function where the sentence needs to know more.

mod adapters;
mod config;
mod domain;
mod oidc;
#[cfg(feature = "sandbox")]
mod sandbox;

pub(crate) use adapters::gateway;
pub(crate) use config::{not_set_up, not_written, nothing_to_remove};
pub(crate) use domain::{
    Decision, mismatched, no_acr, nothing_approved, rejection, rejection_at, settled_otherwise,
    still_unmet, token_refused, unanswerable,
};
pub(crate) use oidc::told_by_the_api;
