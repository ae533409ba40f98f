//! What the product is about, and no I/O: tasks, requirements, challenges, the judge, proofs, receipts.
//!
//! Read it in the order of one approval: [`task`] → [`statement`] → [`requirement`] → [`challenge`] → [`event`] →
//! [`judge`] → [`proof`] → [`receipt`].

pub(crate) mod authorization_details;
pub(crate) mod canonical;
pub(crate) mod ceremony;
pub(crate) mod challenge;
pub(crate) mod commitment;
pub(crate) mod event;
pub(crate) mod excerpt;
pub(crate) mod judge;
pub(crate) mod known_issuers;
pub(crate) mod known_values;
pub(crate) mod length_of_time;
pub(crate) mod login_hint;
pub(crate) mod loopback;
pub(crate) mod nearest;
pub(crate) mod no_proof;
pub(crate) mod path_words;
pub(crate) mod person;
pub(crate) mod policy;
pub(crate) mod proof;
pub(crate) mod receipt;
pub(crate) mod record;
pub(crate) mod refusal;
pub(crate) mod requirement;
pub(crate) mod salt;
pub(crate) mod sign_in;
pub(crate) mod statement;
pub(crate) mod step_up_provider;
pub(crate) mod task;
pub(crate) mod task_reference;
pub(crate) mod transaction;
pub(crate) mod unseen;
pub(crate) mod www_authenticate;
