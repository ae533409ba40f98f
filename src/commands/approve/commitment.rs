//! What the sign-in of an approval commits to: the statement that was shown, the comment, the requirement, and by which
//! terms of the provider entry it is judged.

use serde_json::Value;

use super::submission::Submission;
use crate::adapters::hidden::without_secrets;
use crate::config::{Choice, ProviderEntry};
use crate::domain::canonical::NotCanonical;
use crate::domain::commitment::{
    AppliedTerms, Committed, CommittedConsent, CommittedRequirement, comment_sha256,
};
use crate::domain::person::ExpectedPerson;
use crate::domain::requirement::AcrRequirement;
use crate::error::Error;

/// The commitment of this approval, consented to at this second, to a sign-in at this entry.
pub(super) fn committed(
    submission: &Submission<'_>,
    consented_at: i64,
    requirement: &AcrRequirement,
    entry: &ProviderEntry,
    expected: &ExpectedPerson,
) -> Result<Committed, Error> {
    let terms = AppliedTerms {
        algorithms: algorithms(entry),
        amr: requirement.amr.clone(),
        authorization_details: entry.authorization_details.clone(),
        person: expected.rule(),
        skew: entry.skew,
        stronger: requirement.stronger.clone(),
        weak: requirement.weak.clone(),
    };
    let terms_sha256 = terms.sha256().map_err(not_written)?;
    let consent = CommittedConsent {
        approver: submission.approver.user_id.clone(),
        client_id: entry.client_id.clone(),
        comment_sha256: comment_sha256(submission.comment),
        consented_at,
        issuer: entry.issuer.clone(),
        requirement: CommittedRequirement::of(requirement),
        terms_sha256,
    };
    Committed::new(&shown(submission), &consent, terms).map_err(not_written)
}

/// The statement as it was shown: an API that puts a secret of this run into a title has not had that shown either, and
/// evidence is for others.
fn shown(submission: &Submission<'_>) -> Value {
    let statement = serde_json::to_value(submission.recheck.statement()).unwrap_or_default();
    let text = statement.to_string();
    serde_json::from_str(&without_secrets(&text)).unwrap_or(statement)
}

fn algorithms(entry: &ProviderEntry) -> Vec<String> {
    let names = entry.id_token_algs.iter().map(Choice::word);
    names.map(str::to_owned).collect()
}

/// Numbers that no duration and no age has.
fn not_written(why: NotCanonical) -> Error {
    Error::failed(format!(
        "what you consented to cannot be written down unambiguously: {why}"
    ))
    .hint("show this to the administrator of the API")
    .caused_by(why)
}
