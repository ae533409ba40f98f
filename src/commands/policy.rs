//! `stepup policy`: which approval steps demand step-up, and with which provider. What is changed or made is shown, agreed
//! to, and read again.

mod create;
mod in_force;
mod step_up;

use serde::Serialize;

use self::in_force::WayRow;
use crate::adapters::access_api::AccessApi;
use crate::adapters::access_api::policies::PolicyDocument;
use crate::adapters::sanitize::sanitize;
use crate::adapters::table::{Cell, Column};
use crate::adapters::terminal::Format;
use crate::cli::{PolicyCommand, PolicyShow};
use crate::commands::shared::administration::{named, refused, with_id};
use crate::commands::shared::missing::Missing;
use crate::context::Context;
use crate::domain::policy::{ConfiguredStep, Policy};
use crate::domain::step_up_provider::StepUpProvider;
use crate::error::Error;
use crate::session::Session;

pub(super) fn run(context: &Context, command: &PolicyCommand) -> Result<(), Error> {
    match command {
        PolicyCommand::List => list(context),
        PolicyCommand::Show(args) => show(context, args),
        PolicyCommand::Create(args) => create::run(context, args),
        PolicyCommand::RequireStepUp(args) => step_up::require(context, args),
        PolicyCommand::DropStepUp(args) => step_up::drop_step_up(context, args),
    }
}

/// A policy as scripts see it.
#[derive(Serialize)]
struct Row {
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
    fn of(policy: &Policy, others: &[Policy]) -> Self {
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

/// All that the API shows.
fn all(api: &AccessApi) -> Result<Vec<Policy>, Error> {
    let all = api.policies().map_err(refused)?;
    Ok(all.iter().map(PolicyDocument::policy).collect())
}

fn find(api: &AccessApi, wanted: &str) -> Result<PolicyDocument, Error> {
    if let Some(found) = with_id(wanted, |id| api.policy(id))? {
        return Ok(found);
    }
    let policy = named(all(api)?, "policies", wanted, |one: &Policy| {
        (&one.id, &one.display_name)
    })?;
    // A row of a list may be less than the policy itself.
    api.policy(&policy.id).map_err(refused)
}

const POLICY: Missing<'static> = Missing {
    what: "policy",
    instead: "nothing was changed; give its id or its name (`stepup policy list` shows them)",
};

/// The policy of this id or name, or the one that is chosen.
fn meant(
    context: &Context,
    api: &AccessApi,
    wanted: Option<&str>,
) -> Result<PolicyDocument, Error> {
    if let Some(wanted) = wanted {
        return find(api, wanted);
    }
    let line = |one: &Policy| format!("{} ({})", one.display_name, one.kind);
    let policy = POLICY.chosen(context, || all(api), line)?;
    api.policy(&policy.id).map_err(refused)
}

fn list(context: &Context) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    let policies = all(&api)?;
    let terminal = &context.terminal;
    let rows: Vec<Row> = policies.iter().map(|one| Row::of(one, &policies)).collect();
    let document = serde_json::json!({ "schema": "stepup.policies/1", "policies": rows });
    if policies.is_empty() && terminal.format() == Format::Text {
        terminal.say("the API shows no policies");
        return Ok(());
    }
    let rows: Vec<Vec<Cell>> = policies.iter().map(|one| row(one, &policies)).collect();
    context.show_table("the list was read", &COLUMNS, &rows, &document)
}

const COLUMNS: [Column; 5] = [
    Column::always("NAME"),
    Column::varying("TYPE", 2),
    Column::going("STEPS", 3),
    Column::going("STEP-UP", 1),
    Column::going("ID", 4),
];

/// Counted are the steps that tasks really get.
fn row(policy: &Policy, all: &[Policy]) -> Vec<Cell> {
    let steps: usize = policy.sequences.iter().map(|(_, steps)| steps.len()).sum();
    vec![
        policy.display_name.as_str().into(),
        policy.kind.as_str().into(),
        steps.to_string().into(),
        policy.step_ups_in_force(all).to_string().into(),
        policy.id.as_str().into(),
    ]
}

fn show(context: &Context, args: &PolicyShow) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    let policy = meant(context, &api, args.policy.as_deref())?.policy();
    // Names are decoration: who may read providers is not publicly known.
    let providers = if policy.step_ups() > 0 {
        api.providers().unwrap_or_default()
    } else {
        Vec::new()
    };
    let others = in_force::others(&api, &policy);
    report(context, "shown", &policy, &others, &providers)
}

fn report(
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
        format!(
            "{} ({})",
            sanitize(&policy.display_name),
            sanitize(&policy.kind)
        ),
        format!("  id: {}", sanitize(&policy.id)),
    ];
    for (sequence, steps) in &policy.sequences {
        lines.push(format!("  {}", sanitize(sequence)));
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

fn describe(number: usize, step: &ConfiguredStep, providers: &[StepUpProvider]) -> String {
    let mut parts = vec![format!("{number}. {}", sanitize(&step.kind))];
    if !step.approvers.is_empty() {
        parts.push(format!(" by {}", sanitize(&step.approvers)));
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

fn name_of(id: &str, provider: Option<&StepUpProvider>) -> String {
    provider.map_or_else(
        || sanitize(id),
        |provider| format!("{} ({})", sanitize(&provider.display_name), sanitize(id)),
    )
}
