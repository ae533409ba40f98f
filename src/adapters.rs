//! The impure edges: network, browser, loopback listener, keyring, terminal. Everything here speaks in
//! the words of `domain`, and nothing in `domain` knows that this room exists.

pub mod access_api;
pub mod backoff;
pub mod browser;
pub mod credentials;
pub mod files;
pub mod http;
pub mod loopback;
pub mod plain;
pub mod terminal;
