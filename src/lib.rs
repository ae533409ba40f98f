//! `stepup`: approve a sensitive access request from the terminal, with step-up authentication that is
//! verified instead of trusted.

pub mod adapters;
pub mod domain;
pub mod error;
pub mod oidc;
