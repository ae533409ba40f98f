//! A hostile OpenID provider against the real binary: one manipulation a test, named after the conformance
//! module it mirrors. `tests/conformance.md` is the list.
//!
//! Every refusal shows an exit code, a sentence and a next step, that the provider saw no request after the
//! point where it should have been found out, that no secret was shown, and that the API saw no approval.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

#[macro_use(rows)]
extern crate stepup_harness;

/// Stories of ID tokens that are not believed, by name: the script, and why.
macro_rules! untrusted {
    ($($(#[$doc:meta])* $name:ident: $script:expr => $sentence:expr;)*) => {
        $($(#[$doc])* #[test] fn $name() { untrusted($script, $sentence); })*
    };
}

mod authority;
mod http;
mod keys;
mod provider;
mod script;
mod world;

mod backchannel;
mod bound;
mod conformance;
mod conformance_fapi;
mod pushed;
mod rich_requests;
mod signatures;
mod step_up;
mod table;
mod transport;
mod userinfo;
mod weak_keys;
