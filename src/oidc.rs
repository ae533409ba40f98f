//! The OpenID Connect relying party: protocol only, no printing, no browser.
//!
//! Discovery, URLs and PKCE are the work of `openidconnect`, signatures that of the crates that it verifies with.
//! What is ours is what the product is about: checking the provider's answer step by step, each step with its own
//! refusal ([`id_token`] says why it does not leave that to the crate), by keys whose strength is established;
//! and what the crate does not know: pushed requests, `DPoP`, clients with a key, the backchannel.

pub mod assertion;
pub mod authorization;
pub mod backchannel;
pub mod callback;
mod claims;
pub mod client_authentication;
pub mod discovery;
pub mod dpop;
pub mod id_token;
pub mod jose;
pub mod keys;
mod public_key;
pub mod pushed;
pub mod redemption;
pub mod registration;
mod token_request;
pub mod userinfo;
