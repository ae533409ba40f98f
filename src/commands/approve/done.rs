//! An approval that is in.

use crate::domain::receipt::ApprovalReceipt;

/// An approval that went in.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) receipt: Box<ApprovalReceipt>,
    /// Who signed in, as the provider calls them.
    pub(super) person: Option<String>,
}
