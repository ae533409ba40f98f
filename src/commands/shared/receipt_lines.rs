//! A receipt as people read it: the lines that are printed at the approval are those that are shown later.

use crate::adapters::sanitize::sanitize;
use crate::commands::shared::proven::proven_facts;
use crate::domain::authorization_details::{DetailsRecord, in_words};
use crate::domain::ceremony::Ceremony;
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::known_values::is_context;
use crate::domain::person::SubjectMatch;
use crate::domain::receipt::{
    ApprovalOutcome, ApprovalReceipt, RequirementRecord, TransactionRecord,
};
use crate::domain::requirement::Caveat;
use crate::domain::statement::Named;
use crate::domain::transaction::Fact;

/// What was demanded and proven, and by whom; what had changed; and what a reader has to know. `person` is who signed
/// in, as the provider calls them: no receipt keeps it.
pub(in crate::commands) fn of(receipt: &ApprovalReceipt, person: Option<&str>) -> Vec<String> {
    let mut lines = match &receipt.requirement {
        Some(requirement) if receipt.ceremony == Some(Ceremony::Hosted.into()) => {
            hosted(requirement, receipt)
        }
        Some(requirement) => local(requirement, receipt, person),
        None => vec!["  required: no step-up authentication".to_owned()],
    };
    let mut add = |label: &str, text: &str| {
        lines.push(format!("  {:<9} {}", format!("{label}:"), sanitize(text)));
    };
    if let Some(details) = &receipt.authorization_details {
        add("shown", &shown_by_the_provider(details));
    }
    for change in changes(receipt) {
        add("changed", &change);
    }
    for caveat in &receipt.caveats {
        add("note", caveat.text(Caveat::in_words));
    }
    lines
}

/// What was approved, where and for how long: `prod-admin on AWS; duration 8h`; nothing where a receipt does not tell.
pub(in crate::commands) fn access(receipt: &ApprovalReceipt) -> Option<String> {
    let shown = receipt.statement.as_ref()?;
    let named = |object: &Option<Named>| {
        let Named { id, name } = object.as_ref()?;
        Some(excerpt(name.as_ref().unwrap_or(id), TITLE))
    };
    let what = match (named(&shown.entitlement), named(&shown.app)) {
        (Some(entitlement), Some(app)) => format!("{entitlement} on {app}"),
        (one, other) => one.or(other)?,
    };
    let duration = match shown.kind.as_deref() {
        None | Some("grant") => format!("; duration {}", shown.duration),
        Some(_) => String::new(),
    };
    Some(format!("  access:   {}", sanitize(&(what + &duration))))
}

/// How evidence is got out: of the newest receipt, or of this one.
pub(in crate::commands) fn export(number: Option<usize>) -> String {
    match number {
        Some(number) => format!("`stepup receipt export {number} --file evidence.json`"),
        None => "`stepup receipt export --file evidence.json`".to_owned(),
    }
}

/// What the provider was given to show to the person, and whose word it is that it was this approval.
fn shown_by_the_provider(details: &DetailsRecord) -> String {
    let word = if details.signed {
        "signed by the provider"
    } else {
        "the provider's word over TLS, unsigned"
    };
    let what = format!(
        "the provider was given this approval as `{}` ({word})",
        details.kind
    );
    match in_words(&details.added).as_str() {
        "" => what,
        added => format!("{what}; it added {added}"),
    }
}

/// What is kept beside the receipt for whoever wants to verify it again, and `how` to get it; nothing where nothing can
/// be kept.
pub(in crate::commands) fn evidence(receipt: &ApprovalReceipt, how: &str) -> Option<String> {
    let what = match receipt.ceremony.as_ref()?.known()? {
        Ceremony::Local => "kept: the provider's signature over this approval",
        Ceremony::Backchannel
            if receipt
                .authorization_details
                .as_ref()
                .is_some_and(|one| one.signed) =>
        {
            "kept: the provider's signature over this approval"
        }
        Ceremony::Backchannel => "kept: the provider's signature over the sign-in",
        Ceremony::Hosted => "kept: what the API showed",
    };
    Some(format!("  evidence: {what} ({how})"))
}

/// The values that were required, called what they are: Entra's contexts are asked for in place of acr values, and are
/// granted in a claim of their own.
fn demanded(requirement: &RequirementRecord, receipt: &ApprovalReceipt) -> Option<String> {
    let values = requirement.acr_values.as_slice();
    let granted = receipt.proof.as_ref().map(|proof| !proof.acrs.is_empty());
    let contexts = granted.unwrap_or(true) && values.iter().all(|value| is_context(value));
    let kind = match values {
        [] => return None,
        [_] if contexts => "context",
        _ if contexts => "contexts",
        _ => "acr",
    };
    Some(format!("{kind} {}", values.join(" or ")))
}

fn local(
    requirement: &RequirementRecord,
    receipt: &ApprovalReceipt,
    person: Option<&str>,
) -> Vec<String> {
    let age = requirement
        .max_age
        .map(|age| format!(", at most {age} s old"));
    let demanded = demanded(requirement, receipt).unwrap_or_else(|| "a sign-in".to_owned());
    let mut lines = vec![format!(
        "  required: {}{}",
        sanitize(&demanded),
        age.unwrap_or_default()
    )];
    if let Some(proof) = &receipt.proof {
        let (label, person) = match person {
            Some(person) => ("user:", person),
            None => ("subject:", proof.subject.as_str()),
        };
        let person = sanitize(person);
        lines.push(format!("  verified: {}", proven_facts(proof)));
        lines.push(format!("  {label:<9} {person}{}", compared(receipt)));
        lines.push(format!("  provider: {}", sanitize(&proof.issuer)));
    }
    lines
}

/// What was demanded and proven, and by which transaction.
fn hosted(requirement: &RequirementRecord, receipt: &ApprovalReceipt) -> Vec<String> {
    let transaction = receipt.transaction.as_ref();
    let shown = transaction.is_some_and(|transaction| !transaction.leaves(Fact::Strength));
    let demanded = demanded(requirement, receipt);
    let demanded = demanded.unwrap_or_else(|| "step-up authentication".to_owned());
    let proven = match &receipt.proof {
        Some(proof) if shown => proven_facts(proof),
        _ => "step-up verified by the API (its strength left to the API)".to_owned(),
    };
    let by = match transaction {
        Some(TransactionRecord { id, in_history, .. }) if *in_history => {
            format!("transaction {id} (named in the task's history)")
        }
        Some(TransactionRecord { id, .. }) if !id.is_empty() => format!("transaction {id}"),
        _ => "a transaction that the API does not name".to_owned(),
    };
    let mut lines = vec![
        format!(
            "  required: {} at {}",
            sanitize(&demanded),
            sanitize(&requirement.provider)
        ),
        format!("  verified: {proven}"),
        format!("  step-up:  {}{}", sanitize(&by), whose(receipt)),
    ];
    lines.extend(transaction.and_then(left_to_the_api));
    lines
}

/// Whether whoever signed in was compared with the person of the API credential.
const fn compared(receipt: &ApprovalReceipt) -> &'static str {
    match receipt.subject {
        Some(SubjectMatch::Same) => " (the person of the API credential)",
        Some(SubjectMatch::LeftToTheApi) => " (subject left to the API)",
        Some(SubjectMatch::NotCompared) => " (subject not compared: the provider entry says so)",
        None => "",
    }
}

/// Whose step-up the API says that it was.
const fn whose(receipt: &ApprovalReceipt) -> &'static str {
    match receipt.subject {
        Some(SubjectMatch::Same) => ", by the person of the API credential",
        _ => compared(receipt),
    }
}

/// What the API does not show, so that it alone judged it.
fn left_to_the_api(transaction: &TransactionRecord) -> Option<String> {
    let left = transaction.left_to_the_api.iter();
    let words: Vec<&str> = left.map(|fact| fact.text(Fact::in_words)).collect();
    let words = words.join(", ");
    (!words.is_empty())
        .then(|| format!("  left:     {words}: the API does not show it, and judged it alone"))
}

/// In what the task was not what was shown; nothing where it was.
pub(in crate::commands) fn changes(receipt: &ApprovalReceipt) -> Vec<String> {
    let changes = receipt.changes();
    if changes.is_empty() && receipt.outcome == ApprovalOutcome::ApprovedButChanged {
        return vec!["the receipt does not tell in what".to_owned()];
    }
    changes.iter().map(ToString::to_string).collect()
}
