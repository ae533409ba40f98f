//! Evidence of a hosted approval: what the API showed of its own step-up, as this machine read it. Nobody signed it, so
//! that it is never more than the API's word; what can be verified is whether it agrees with itself and was enough.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::agreement;
use super::made::Made;
use super::members::{self, Malformed};
use super::trust::Trust;
use super::verified::{AHEAD, Check, CheckResult, Verdict, Verified};
use crate::domain::ceremony::Ceremony;
use crate::domain::event::Claim;
use crate::domain::receipt::{ApprovalReceipt, ProofRecord, RequirementRecord, TransactionRecord};
use crate::domain::sign_in::Uses;
use crate::domain::task::SettledStep;
use crate::domain::task::audit::AuditEvent;
use crate::domain::transaction::{
    Claims, Fact, HostedChallenge, Mismatch, ProviderTerms, StepUpTransaction, TransactionState,
};

const LABEL: &str = "the API's word over TLS, unsigned";

/// What the API showed, from the ceremony to the approval.
pub(crate) struct Showed<'a> {
    /// What the transaction was judged by.
    pub(crate) challenge: &'a HostedChallenge,
    /// The issuer that the API's provider registration names; empty where it cannot be read.
    pub(crate) issuer: &'a str,
    /// The transaction, where it may be read.
    pub(crate) transaction: Option<&'a StepUpTransaction>,
    /// The step in the task's history, as re-read after the approval.
    pub(crate) settled: Option<&'a SettledStep>,
    /// The event in the task's trail that names the transaction.
    pub(crate) event: Option<&'a AuditEvent>,
}

#[derive(Debug)]
pub(super) struct HostedEvidence {
    receipt: ApprovalReceipt,
    api: Word,
}

/// The member `api`.
#[derive(Debug, Serialize, Deserialize)]
struct Word {
    label: String,
    /// When all of it had been read, seconds since the epoch.
    read_at: i64,
    /// How far its clock was ahead of this machine's, seconds.
    clock_ahead: i64,
    /// When the attempt began, by its clock; null for a transaction that the person named.
    began: Option<Timestamp>,
    provider: ShownProvider,
    transaction: Option<ShownTransaction>,
    history: Option<ShownStep>,
    audit_event: Option<ShownEvent>,
}

/// The API's provider that the step required, and what it accepts.
#[derive(Debug, Serialize, Deserialize)]
struct ShownProvider {
    id: Option<String>,
    issuer: String,
    accepts: Accepts,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Accepts {
    /// Any sign-in, as far as is known: the registration may not be read.
    Unknown,
    Acr,
    Contexts,
    Freshness,
}

#[derive(Debug, Serialize, Deserialize)]
struct ShownTransaction {
    id: String,
    state: TransactionState,
    provider_id: String,
    user_id: String,
    target: Option<Target>,
    claims: ShownClaims,
    created_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Target {
    task_id: String,
    policy_step_id: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct ShownClaims {
    acr: Option<String>,
    acrs: Option<Vec<String>>,
    amr: Option<Vec<String>>,
    auth_time: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ShownStep {
    id: String,
    outcome: String,
    approved_by: Option<String>,
    step_up_transaction_id: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ShownEvent {
    id: String,
    at: Option<Timestamp>,
    user_id: String,
}

/// The evidence of a hosted approval, which will be joined to its receipt.
pub(crate) fn shown_by_the_api(showed: &Showed<'_>, read_at: i64) -> Option<Made> {
    let challenge = showed.challenge;
    let word = Word {
        label: LABEL.to_owned(),
        read_at,
        clock_ahead: challenge.ahead,
        began: challenge.began,
        provider: ShownProvider::of(challenge, showed.issuer),
        transaction: showed.transaction.map(ShownTransaction::of),
        history: showed.settled.map(|step| ShownStep {
            id: step.id.clone(),
            outcome: step.outcome.clone(),
            approved_by: step.approved_by.clone(),
            step_up_transaction_id: step.step_up_transaction_id.clone(),
        }),
        audit_event: showed.event.map(|event| ShownEvent {
            id: event.id.clone(),
            at: event.at,
            user_id: event.user_id.clone(),
        }),
    };
    let word = serde_json::to_value(word).ok()?;
    let document = Map::from_iter([("api".to_owned(), word)]);
    Some(Made::of(Ceremony::Hosted, document))
}

impl ShownProvider {
    fn of(challenge: &HostedChallenge, issuer: &str) -> Self {
        let (accepts, values) = match &challenge.terms {
            ProviderTerms::Unknown => (Accepts::Unknown, Vec::new()),
            ProviderTerms::Acr(values) => (Accepts::Acr, values.clone()),
            ProviderTerms::Contexts(values) => (Accepts::Contexts, values.clone()),
            ProviderTerms::Freshness => (Accepts::Freshness, Vec::new()),
        };
        Self {
            id: challenge.provider_id.clone(),
            issuer: issuer.to_owned(),
            accepts,
            values,
        }
    }

    fn terms(&self) -> ProviderTerms {
        match self.accepts {
            Accepts::Unknown => ProviderTerms::Unknown,
            Accepts::Acr => ProviderTerms::Acr(self.values.clone()),
            Accepts::Contexts => ProviderTerms::Contexts(self.values.clone()),
            Accepts::Freshness => ProviderTerms::Freshness,
        }
    }
}

impl ShownTransaction {
    fn of(transaction: &StepUpTransaction) -> Self {
        let claims = &transaction.claims;
        let target = transaction.target.clone();
        Self {
            id: transaction.id.clone(),
            state: transaction.state,
            provider_id: transaction.provider_id.clone(),
            user_id: transaction.user_id.clone(),
            target: target.map(|(task_id, policy_step_id)| Target {
                task_id,
                policy_step_id,
            }),
            claims: ShownClaims {
                acr: claims.acr.present().cloned(),
                acrs: claims.contexts.present().cloned(),
                amr: claims.amr.present().cloned(),
                auth_time: claims.auth_time.present().copied(),
            },
            created_at: transaction.created_at,
            expires_at: transaction.expires_at,
        }
    }

    fn read(&self) -> StepUpTransaction {
        let target = self.target.as_ref();
        StepUpTransaction {
            id: self.id.clone(),
            state: self.state,
            provider_id: self.provider_id.clone(),
            user_id: self.user_id.clone(),
            target: target.map(|target| (target.task_id.clone(), target.policy_step_id.clone())),
            claims: Claims {
                acr: claim(self.claims.acr.as_ref()),
                amr: claim(self.claims.amr.as_ref()),
                auth_time: claim(self.claims.auth_time.as_ref()),
                contexts: claim(self.claims.acrs.as_ref()),
                others: Vec::new(),
            },
            error_message: String::new(),
            created_at: self.created_at,
            expires_at: self.expires_at,
        }
    }
}

fn claim<T: Clone>(shown: Option<&T>) -> Claim<T> {
    shown.map_or(Claim::Absent, |shown| Claim::Present(shown.clone()))
}

impl HostedEvidence {
    pub(super) fn read(document: &Value) -> Result<Self, Malformed> {
        let api: Word = members::whole("api", members::member(document, "api")?)?;
        members::seconds("api.read_at", api.read_at)?;
        Ok(Self {
            receipt: members::receipt(document)?,
            api,
        })
    }

    /// What the transaction is judged by. That it is new is told by its date alone.
    fn challenge(&self) -> HostedChallenge {
        let (api, receipt) = (&self.api, &self.receipt);
        HostedChallenge {
            task_id: receipt.task.id.clone(),
            policy_step_id: receipt.task.policy_step_id.clone(),
            provider_id: api.provider.id.clone(),
            user_id: receipt.approver.user_id.clone(),
            began: api.began,
            ahead: api.clock_ahead,
            known: Some(BTreeSet::new()),
            terms: api.provider.terms(),
        }
    }
}

/// Makes every check. None of them can establish more than that the API said so.
pub(super) fn verify(evidence: &HostedEvidence, trust: &Trust, now: i64) -> Verified {
    let mut checks = vec![
        Check::of("receipt", receipt(evidence), "it is of this approval"),
        Check::of("times", times(evidence, now), "read before now"),
        issuer(evidence, trust),
    ];
    match evidence
        .api
        .transaction
        .as_ref()
        .map(ShownTransaction::read)
    {
        Some(transaction) => transaction_checks(evidence, &transaction, &mut checks),
        None => checks.push(match evidence.receipt.proof {
            None => Check::not_checked("transaction", "the API did not show it"),
            Some(_) => Check::fails("proof", "the receipt has a proof, and the API showed none"),
        }),
    }
    checks.extend([history(evidence), audit(evidence)]);
    checks.push(Check::not_checked("signer", "nobody signed it"));
    let fails = |check: &Check| check.result == CheckResult::Fails;
    Verified {
        task: evidence.receipt.task.handle().to_owned(),
        title: evidence.receipt.task.title.clone(),
        verdict: if checks.iter().any(fails) {
            Verdict::DoesNotHold
        } else {
            Verdict::Unsigned
        },
        checks,
        labels: vec![LABEL],
        expires_at: None,
    }
}

/// The receipt agrees with itself, is of this ceremony, and raises no alarm.
fn receipt(evidence: &HostedEvidence) -> Result<(), String> {
    let receipt = &evidence.receipt;
    let shown = receipt.statement.as_ref();
    let shown = shown.ok_or("the receipt has no statement")?;
    agreement::of_task(receipt, shown)?;
    if receipt.ceremony != Some(Ceremony::Hosted.into()) {
        return Err("the receipt names another ceremony than the document".to_owned());
    }
    let provider = receipt
        .requirement
        .as_ref()
        .map(|own| own.provider.as_str());
    let required = RequirementRecord::of_provider(
        provider.unwrap_or_default(),
        &evidence.api.provider.terms(),
    );
    if receipt.requirement != Some(required) {
        return Err("the receipt names another requirement than the API's provider".to_owned());
    }
    receipt
        .alarm()
        .map_or(Ok(()), |caveat| Err(caveat.in_words().to_owned()))
}

fn times(evidence: &HostedEvidence, now: i64) -> Result<(), &'static str> {
    if evidence.api.read_at > now.saturating_add(AHEAD) {
        return Err("it was read in the future");
    }
    Ok(())
}

fn issuer(evidence: &HostedEvidence, trust: &Trust) -> Check {
    const NAME: &str = "issuer";
    let own = evidence.api.provider.issuer.as_str();
    match &trust.issuer {
        Some(wanted) if wanted != own => {
            Check::fails(NAME, format!("it is of `{own}`, wanted `{wanted}`"))
        }
        _ if own.is_empty() => Check::not_checked(NAME, "the API does not show it"),
        _ => Check::holds(NAME, own),
    }
}

fn transaction_checks(
    evidence: &HostedEvidence,
    transaction: &StepUpTransaction,
    checks: &mut Vec<Check>,
) {
    let receipt = &evidence.receipt;
    let empty = TransactionRecord::unread("");
    let own = receipt.transaction.as_ref().unwrap_or(&empty);
    let created = transaction.created_at.map(|at| at.to_string());
    let same = own.id == transaction.id && own.created_at == created;
    checks.push(Check::of(
        "transaction",
        same.then_some(())
            .ok_or("the receipt names another transaction"),
        &transaction.id,
    ));
    let left_to_the_api = |fact: Fact| own.left_to_the_api.iter().any(|one| *one == fact);
    let challenge = evidence.challenge();
    // By the API's clock, as all of its times are.
    let read_at = evidence.api.read_at.saturating_add(challenge.ahead);
    let read_at = Timestamp::from_second(read_at).unwrap_or_default();
    for (name, found) in challenge.examine(transaction, read_at) {
        checks.push(match found {
            Ok(None) => Check::holds(name, "as the API showed it"),
            Ok(Some(fact)) if left_to_the_api(fact) => Check::not_checked(name, "left to the API"),
            Ok(Some(_)) => {
                Check::fails(name, "the receipt does not say that it was left to the API")
            }
            // The person was asked whether it counts, or the history named it.
            Err(step @ Mismatch::Step { .. }) if left_to_the_api(Fact::Target) => {
                Check::not_checked(name, step.to_string())
            }
            Err(mismatch) => Check::fails(name, mismatch.to_string()),
        });
    }
    let uses = receipt.proof.as_ref().and_then(|proof| proof.uses);
    let shown =
        ProofRecord::of_claims(&evidence.api.provider.issuer, transaction, Uses::NotChecked);
    let shown = shown.map(|shown| ProofRecord { uses, ..shown });
    let proof = if receipt.proof == shown {
        agreement::with_caveats(receipt, &challenge.terms.caveats(&transaction.claims))
    } else {
        Err("the receipt's proof is not what the API showed".to_owned())
    };
    checks.push(Check::of(
        "proof",
        proof,
        "the receipt says what the API showed",
    ));
}

/// The task's history says that the approver approved the step, with this transaction.
fn history(evidence: &HostedEvidence) -> Check {
    const NAME: &str = "history";
    let receipt = &evidence.receipt;
    let own = receipt.transaction.as_ref();
    let in_history = own.is_some_and(|own| own.in_history);
    let Some(step) = &evidence.api.history else {
        if in_history {
            return Check::fails(NAME, "the receipt says more of it than the API showed");
        }
        return Check::not_checked(NAME, "the API did not show it");
    };
    if step.id != receipt.task.policy_step_id {
        return Check::fails(NAME, "it is of another step");
    }
    if step.approved_by.as_deref() != Some(receipt.approver.user_id.as_str()) {
        return Check::fails(
            NAME,
            "it does not show the step as approved by the approver",
        );
    }
    let named = step.step_up_transaction_id.as_deref();
    if in_history != (named.is_some() && named == own.map(|own| own.id.as_str())) {
        return Check::fails(NAME, "it names another transaction than the receipt");
    }
    match named {
        Some(_) => Check::holds(NAME, "the approval rests on this transaction"),
        None => Check::not_checked(NAME, "it names no transaction"),
    }
}

/// The trail has an event of the approver's for the transaction.
fn audit(evidence: &HostedEvidence) -> Check {
    const NAME: &str = "audit";
    let own = evidence.receipt.transaction.as_ref();
    let own = own.and_then(|own| own.audit_event.as_deref());
    let shown = evidence.api.audit_event.as_ref();
    match shown {
        _ if own != shown.map(|event| event.id.as_str()) => {
            Check::fails(NAME, "the receipt names another event than the API showed")
        }
        None => Check::not_checked(NAME, "the API did not show an event"),
        Some(event)
            if !event.user_id.is_empty() && event.user_id != evidence.receipt.approver.user_id =>
        {
            Check::fails(NAME, "the event is of another person")
        }
        Some(event) => Check::holds(NAME, &event.id),
    }
}
