//! What several commands use, and no command of its own.

pub(in crate::commands) mod administration;
pub(in crate::commands) mod card;
pub(in crate::commands) mod columns;
pub(in crate::commands) mod comment;
pub(in crate::commands) mod completable;
pub(in crate::commands) mod confirmation;
pub(in crate::commands) mod metadata;
pub(in crate::commands) mod missing;
pub(in crate::commands) mod on_its_way;
pub(in crate::commands) mod people;
pub(in crate::commands) mod proven;
pub(in crate::commands) mod receipt_lines;
pub(in crate::commands) mod receipt_log;
pub(in crate::commands) mod secrets;
pub(in crate::commands) mod settling;
pub(in crate::commands) mod whom;
