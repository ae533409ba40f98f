//! The impure edges: network, browser, loopback listener, keyring, terminal. Everything here speaks in
//! the words of `domain`, and nothing in `domain` knows that this room exists.

pub mod access_api;
pub mod api_key;
pub mod backoff;
pub mod bearer;
pub mod browser;
pub mod cone;
pub mod credentials;
pub mod device_login;
mod document;
pub mod echo;
pub mod files;
pub mod hidden;
pub mod http;
pub mod journal;
pub mod keyboard;
pub mod known_people;
pub mod learned;
pub mod loopback;
pub mod paging;
mod pending;
pub mod plain;
pub mod probe;
pub mod protected;
pub mod proxy;
pub mod reach;
pub mod remembered;
pub mod sign_ins;
pub mod surroundings;
pub mod table;
pub mod tampering;
pub mod terminal;
pub mod tested;
pub mod token_endpoint;
mod wrapped;
