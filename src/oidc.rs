//! The OpenID Connect relying party: protocol only, no printing, no browser.
//!
//! Discovery, keys, URLs, PKCE, token requests and signatures are the work of `openidconnect`. What is
//! ours is what the product is about: checking the provider's answer step by step, each step with its
//! own refusal ([`id_token`] says why it does not leave that to the crate).

pub mod authorization;
pub mod callback;
mod claims;
pub mod discovery;
pub mod dpop;
pub mod id_token;
pub mod jose;
pub mod keys;
pub mod pushed;
pub mod redemption;
pub mod registration;
