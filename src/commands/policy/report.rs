//! A policy as people and scripts see it.

use serde::Serialize;

use super::in_force::{self, WayRow};
use crate::adapters::sanitize::short;
use crate::context::Context;
use crate::domain::policy::{ConfiguredStep, Policy};
use crate::domain::step_up_provider::StepUpProvider;
use crate::error::Error;

/// A policy as scripts see it.
#[derive(Serialize)]
pub(super) struct Row {
    id: String,
    name: String,
    kind: String,
    baseline_policy_id: Option<String>,
    steps: Vec<StepRow>,
    in_force: Vec<WayRow>,
}

#[derive(Serialize)]
struct StepRow {
    of: String,
    step: usize,
    kind: String,
    approvers: String,
    comment_required: bool,
    step_up_provider_id: Option<String>,
    automatic: Option<&'static str>,
}

impl Row {
    pub(super) fn of(policy: &Policy, others: &[Policy]) -> Self {
        let mut steps = Vec::new();
        for (of, sequence) in &policy.sequences {
            steps.extend(sequence.iter().enumerate().map(|(index, step)| StepRow {
                of: of.clone(),
                step: index + 1,
                kind: step.kind.clone(),
                approvers: step.approvers.clone(),
                comment_required: step.reason_required,
                step_up_provider_id: step.step_up_provider_id.clone(),
                automatic: step.automatic,
            }));
        }
        Self {
            id: policy.id.clone(),
            name: policy.display_name.clone(),
            kind: policy.kind.clone(),
            baseline_policy_id: policy.baseline.clone(),
            steps,
            in_force: policy.ways(others).iter().map(WayRow::of).collect(),
        }
    }
}

/// The policy as it is now: what a command came to.
pub(super) fn report(
    context: &Context,
    outcome: &str,
    policy: &Policy,
    others: &[Policy],
    providers: &[StepUpProvider],
) -> Result<(), Error> {
    let document = serde_json::json!({
        "schema": "stepup.policy/1",
        "outcome": outcome,
        "policy": Row::of(policy, others),
    });
    let mut lines = vec![
        format!("{} ({})", short(&policy.display_name), short(&policy.kind)),
        format!("  id: {}", short(&policy.id)),
    ];
    for (sequence, steps) in &policy.sequences {
        lines.push(format!("  {}", short(sequence)));
        let numbered = steps.iter().enumerate();
        lines.extend(
            numbered.map(|(index, step)| format!("    {}", describe(index + 1, step, providers))),
        );
    }
    lines.extend(in_force::lines(policy, others));
    let text = match outcome {
        "shown" => lines.join("\n"),
        outcome => format!("{outcome}: {}", lines.join("\n")),
    };
    context.show_text("the policy was read", &text, &document)
}

/// A step on one line, with the names of these providers.
pub(super) fn describe(
    number: usize,
    step: &ConfiguredStep,
    providers: &[StepUpProvider],
) -> String {
    let mut parts = vec![format!("{number}. {}", short(&step.kind))];
    if !step.approvers.is_empty() {
        parts.push(format!(" by {}", short(&step.approvers)));
    }
    if let Some(automatic) = step.automatic {
        parts.push(format!(" ({automatic})"));
    }
    if step.reason_required {
        parts.push(", with a comment".to_owned());
    }
    if let Some(id) = &step.step_up_provider_id {
        let provider = providers.iter().find(|provider| provider.id == *id);
        parts.push(format!(", step-up: {}", name_of(id, provider)));
    }
    parts.concat()
}

pub(super) fn name_of(id: &str, provider: Option<&StepUpProvider>) -> String {
    provider.map_or_else(
        || short(id),
        |provider| format!("{} ({})", short(&provider.display_name), short(id)),
    )
}
