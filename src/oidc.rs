//! The OpenID Connect relying party: protocol only, no printing, no browser.
//!
//! Discovery, URLs and PKCE are the work of `openidconnect`, signatures that of the crates that it verifies with.
//! What is ours is what the product is about: checking the provider's answer step by step, each step with its own
//! refusal ([`id_token`] says why it does not leave that to the crate), by keys whose strength is established;
//! and what the crate does not know: pushed requests, `DPoP`, clients with a key, the backchannel.

pub(crate) mod assertion;
mod assertion_algorithm;
pub(crate) mod authorization;
pub(crate) mod backchannel;
mod begun;
pub(crate) mod callback;
mod claims;
pub(crate) mod client_authentication;
pub(crate) mod discovery;
pub(crate) mod dpop;
pub(crate) mod id_token;
pub(crate) mod jose;
pub(crate) mod keys;
pub(crate) mod metadata;
pub(crate) mod provider;
pub(crate) mod public_key;
pub(crate) mod pushed;
pub(crate) mod redeem_error;
pub(crate) mod redemption;
pub(crate) mod registration;
pub(crate) mod relying_party;
mod token_request;
pub(crate) mod userinfo;
