//! Rich authorization requests (RFC 9396), where the switch `authorization_details` offers them: what is asked for is
//! granted as it came, unless the switch says otherwise.

use serde_json::{Value, json};

use super::Provider;
use super::ask::Ask;
use super::details::{Details, NAME, TYPE};
use super::errors::OAuthError;
use crate::http::Params;

impl Provider {
    /// What metadata list of it (RFC 9396 section 10).
    pub(super) fn details_types(&self) -> Option<(String, Value)> {
        let name = "authorization_details_types_supported".to_owned();
        self.takes_details().then(|| (name, json!([TYPE])))
    }

    fn takes_details(&self) -> bool {
        self.switches.text(NAME).is_some()
    }

    /// What a request asks for; nothing where that is not understood.
    pub(super) fn details(&self, params: &Params) -> Result<Option<Details>, OAuthError> {
        let Some(text) = params.get(NAME).filter(|_| self.takes_details()) else {
            return Ok(None);
        };
        if self.switches.is(NAME, "refused") {
            return Err(("invalid_authorization_details", "as the switch demands"));
        }
        Details::read(text).map(Some)
    }

    /// What the token endpoint says was granted (RFC 9396 section 7).
    pub(super) fn granted_details(&self, ask: &Ask) -> Option<(String, Value)> {
        let details = ask.details.as_ref()?;
        let ours = details.whole();
        let granted = match self.switches.text(NAME) {
            Some("missing") => return None,
            Some("not-array") => ours,
            Some("other-type") => json!([details.with("type", "payment_initiation".into())]),
            Some("added") => json!([details.with("valid_for", json!({ "minutes": 5 }))]),
            Some("changed") => json!([details.changed()]),
            Some("twice") => json!([ours, ours]),
            _ => json!([ours]),
        };
        Some((NAME.to_owned(), granted))
    }

    /// What was granted as it stands in the ID token, where that has it.
    pub(super) fn signed_details(&self, ask: &Ask) -> Option<(String, Value)> {
        let details = ask.details.as_ref()?;
        let signed = match self.switches.text(NAME) {
            Some("signed") => details.whole(),
            Some("signed-other") => details.changed(),
            _ => return None,
        };
        Some((NAME.to_owned(), json!([signed])))
    }
}
