//! The impure edges: network, browser, loopback listener, keyring, terminal. Everything here speaks in
//! the words of `domain`, and nothing in `domain` knows that this room exists.

pub(crate) mod access_api;
#[cfg(any(windows, test))]
mod access_list;
mod api_error;
pub(crate) mod api_key;
pub(crate) mod backoff;
pub(crate) mod bearer;
pub(crate) mod browser;
pub(crate) mod cone;
pub(crate) mod credentials;
pub(crate) mod demanded;
pub(crate) mod device_login;
mod document;
pub(crate) mod evidence_store;
pub(crate) mod files;
pub(crate) mod hidden;
pub(crate) mod http;
pub(crate) mod journal;
pub(crate) mod jws;
pub(crate) mod keyboard;
pub(crate) mod known_people;
pub(crate) mod known_tasks;
pub(crate) mod learned;
pub(crate) mod loopback;
pub(crate) mod modes;
pub(crate) mod paging;
mod pending;
pub(crate) mod probe;
pub(crate) mod protected;
pub(crate) mod proxy;
pub(crate) mod reach;
pub(crate) mod remembered;
pub(crate) mod resource_metadata;
pub(crate) mod sanitize;
pub(crate) mod sign_ins;
mod style;
pub(crate) mod surroundings;
pub(crate) mod table;
pub(crate) mod tampering;
pub(crate) mod terminal;
pub(crate) mod tested;
pub(crate) mod text;
pub(crate) mod threads;
pub(crate) mod token_endpoint;
pub(crate) mod when;
pub(crate) mod wrapped;
