//! `stepup provider`: who authenticates people.

pub(super) mod remote;
