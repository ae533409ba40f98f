//! One check of `stepup doctor`.

use crate::commands::shared::metadata::Finding;

/// A check: what it is called, whom it is about (an entry's name, or the API's host), what it does.
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) subject: Option<String>,
    pub(super) run: Box<dyn FnOnce() -> Vec<Finding> + Send>,
}

impl Check {
    pub(super) fn new(
        name: &'static str,
        subject: Option<&str>,
        run: impl FnOnce() -> Vec<Finding> + Send + 'static,
    ) -> Self {
        Self {
            name,
            subject: subject.map(str::to_owned),
            run: Box::new(run),
        }
    }
}
