//! Whether the receipt says what the statement and the ID token say. What else it says (what the API answered, what the
//! task was afterwards) is the approver's and the API's word, and nobody can verify it here.

use super::document::SignInEvidence;
use crate::domain::event::Facts;
use crate::domain::receipt::{ApprovalReceipt, ProofRecord, RequirementRecord, TaskRef};
use crate::domain::requirement::Caveat;
use crate::domain::sign_in::Uses;
use crate::domain::statement::{Action, Statement, in_words};

/// What in a receipt nobody signed, so that a change of it goes unseen here. Each begins with the member.
pub(crate) const NOT_SIGNED: [&str; 10] = [
    "outcome",
    "people",
    "approval",
    "task_state",
    "statement_after",
    "context_sha256",
    "proof.uses",
    "transaction",
    "requirement.provider",
    "caveats that do not follow from the sign-in",
];

/// In what the receipt differs from the statement.
pub(super) fn with_statement(evidence: &SignInEvidence) -> Result<(), String> {
    let (receipt, shown) = (&evidence.receipt, &evidence.shown);
    let Some(own) = &receipt.statement else {
        return Err("the receipt has no statement".to_owned());
    };
    let differences = own.differences(shown);
    if !differences.is_empty() {
        return Err(format!(
            "the receipt's statement is another one: {}",
            in_words(&differences)
        ));
    }
    if receipt.approver.user_id != evidence.consent.approver {
        return Err("the receipt names another approver than the statement".to_owned());
    }
    of_task(receipt, shown)?;
    if receipt.ceremony != Some(evidence.ceremony.into()) {
        return Err("the receipt names another ceremony than the document".to_owned());
    }
    let requirement = &evidence.consent.requirement;
    match &receipt.requirement {
        Some(RequirementRecord {
            provider: _,
            acr_values,
            max_age,
        }) if *acr_values == requirement.acr_values && *max_age == requirement.max_age => Ok(()),
        _ => Err("the receipt names another requirement than the statement".to_owned()),
    }
}

/// In what the receipt's task differs from the one that was shown, to be approved.
pub(super) fn of_task(receipt: &ApprovalReceipt, shown: &Statement) -> Result<(), String> {
    if shown.action != Action::Approve {
        return Err("what was shown was not to be approved".to_owned());
    }
    let TaskRef {
        id,
        numeric_id,
        title,
        policy_step_id,
    } = &receipt.task;
    let number = shown.task_number.as_deref().unwrap_or_default();
    let same_number = numeric_id.is_empty() || numeric_id == number;
    if *id != shown.task_id
        || !same_number
        || *title != shown.title
        || *policy_step_id != shown.policy_step_id
    {
        return Err("the receipt names another task than the statement".to_owned());
    }
    Ok(())
}

/// In what the receipt differs from what was verified.
pub(super) fn with_token(evidence: &SignInEvidence, facts: &Facts) -> Result<(), String> {
    let Some(own) = &evidence.receipt.proof else {
        return Err("the receipt has no proof".to_owned());
    };
    let verified = ProofRecord {
        uses: own.uses,
        ..ProofRecord::of(facts, Uses::NotChecked)
    };
    if *own == verified {
        return Ok(());
    }
    Err("the receipt's proof is not what the ID token says".to_owned())
}

pub(super) fn with_caveats(receipt: &ApprovalReceipt, found: &[Caveat]) -> Result<(), String> {
    let own = &receipt.caveats;
    let left_out = found
        .iter()
        .find(|caveat| !own.iter().any(|one| one == *caveat));
    match left_out {
        None => Ok(()),
        Some(caveat) => Err(format!(
            "the receipt leaves out a caveat: {}",
            caveat.in_words()
        )),
    }
}
