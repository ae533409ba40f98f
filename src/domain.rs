//! What the product is about, and no I/O: tasks, requirements, challenges, the judge, proofs, receipts.
//!
//! Read it in the order of one approval: [`task`] → [`statement`] → [`requirement`] → [`challenge`] → [`event`] →
//! [`judge`] → [`proof`] → [`receipt`].

pub mod ceremony;
pub mod challenge;
pub mod event;
pub mod excerpt;
pub mod judge;
pub mod known_issuers;
pub mod known_values;
pub mod no_proof;
pub mod path_words;
pub mod person;
pub mod policy;
pub mod proof;
pub mod receipt;
pub mod record;
pub mod requirement;
pub mod sign_in;
pub mod statement;
pub mod step_up_provider;
pub mod task;
pub mod transaction;
pub mod unseen;
pub mod www_authenticate;
