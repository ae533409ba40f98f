//! What a sign-in proved, in words.

use jiff::Timestamp;

use crate::adapters::sanitize::sanitize;
use crate::adapters::when::local;
use crate::domain::known_values;
use crate::domain::receipt::ProofRecord;

/// Contexts are what was asked for where they are, and acr says nothing there (providers.md, A4).
pub(in crate::commands) fn proven_facts(proof: &ProofRecord) -> String {
    let acr = |acr: &String| sanitize(&format!("acr {acr}, {}", known_values::in_words(acr)));
    let what = if proof.acrs.is_empty() {
        let acr = proof.acr.as_ref().map(acr);
        acr.unwrap_or_else(|| "a sign-in".to_owned())
    } else {
        let kind = match proof.acrs.as_slice() {
            [_] => "context",
            _ => "contexts",
        };
        sanitize(&format!("{kind} {}", proof.acrs.join(", ")))
    };
    let at = proof
        .auth_time
        .and_then(|at| Timestamp::from_second(at).ok());
    let uses = match proof.uses {
        Some(uses @ 2..) => format!(", used {uses} times"),
        _ => String::new(),
    };
    match at {
        Some(at) => format!("{what}, at {}{uses}", local(at)),
        None => what,
    }
}
