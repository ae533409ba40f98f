//! What the provider granted of the statement that it was given to show (RFC 9396), compared again.

use serde_json::{Map, Value};

use super::document::SignInEvidence;
use super::verified::Check;
use crate::domain::authorization_details::{AuthorizationDetails, DetailsRecord};

/// What came of the comparison: nothing where the provider was given nothing.
pub(super) type Granted = Result<Option<DetailsRecord>, String>;

/// Compares what was granted with the statement, and the receipt with both. `claims` are those of the ID token.
pub(super) fn compared(evidence: &SignInEvidence, claims: &Map<String, Value>) -> Granted {
    let (sign_in, receipt) = (&evidence.sign_in, &evidence.receipt);
    let Some(kind) = &sign_in.terms.authorization_details else {
        return match (
            &sign_in.authorization_details,
            &receipt.authorization_details,
        ) {
            (None, None) => Ok(None),
            _ => Err("by the terms the provider was given nothing".to_owned()),
        };
    };
    let sent = AuthorizationDetails::new(kind, evidence.statement.clone());
    let answer = sign_in.authorization_details.as_ref();
    let granted = sent
        .granted(
            answer.map(|word| &word.answer),
            claims.get(AuthorizationDetails::NAME),
        )
        .map_err(|why| format!("the provider did not grant this statement: {why}"))?;
    if receipt.authorization_details.as_ref() != Some(&granted.record) {
        return Err("the receipt says something else of what was granted".to_owned());
    }
    Ok(Some(granted.record))
}

/// The line of it; none where the provider was given nothing.
pub(super) fn check(granted: &Granted) -> Option<Check> {
    const NAME: &str = "granted";
    match granted {
        Ok(None) => None,
        Ok(Some(record)) => Some(Check::holds(
            NAME,
            format!(
                "the provider was given this statement, as `{}`",
                record.kind
            ),
        )),
        Err(why) => Some(Check::fails(NAME, why)),
    }
}

/// Whose word it is, as a reader is told.
pub(super) const fn label(record: &DetailsRecord) -> &'static str {
    if record.signed {
        "the provider was given this statement: signed in the ID token"
    } else {
        "the provider was given this statement: its word over TLS, unsigned"
    }
}
