//! The ceremonies in which we are the relying party (RFC 9470): from a challenge to the proof that answers it. Nothing is
//! submitted here: that is for the command that asked.
//!
//! `prove` is the one way through; `local` asks in the person's browser, `backchannel` on a device of theirs.

pub(crate) mod asking;
mod backchannel;
pub(crate) mod browse;
pub(crate) mod issuer;
pub(crate) mod linking;
pub(crate) mod local;
mod moment;
pub(crate) mod prove;
pub(crate) mod recheck;
pub(crate) mod registration;
pub(crate) mod running;
pub(crate) mod sign_ins;
pub(crate) mod signer;
mod traces;
