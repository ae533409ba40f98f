//! Stories that run the real binary against a certified OpenID provider and a real Chromium, neither of
//! them ours. They need node, `npm ci` in `tests/interop`, and Chromium, so plain `cargo test` leaves
//! them out (`test = false` in Cargo.toml):
//!
//! ```text
//! cargo test --test interop -- --test-threads=2
//! ```
//!
//! Screenshots of every page that a story looks at stay in `target/tmp/interop`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test may stop where it stands, and look again at what nobody announces"
)]

mod browser;
mod http;
mod process;
mod provider;
mod world;

mod assurance;
mod backchannel;
mod device_login;
mod extensions;
mod glewlwyd;
mod hosted;
mod journeys;
mod lemonldap;
mod looks;
mod provider_answers;
mod provider_test;
mod ssh;
mod strays;
mod strict;
