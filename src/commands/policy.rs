//! `stepup policy`: which approval steps demand step-up, and with which provider. A change is shown, agreed
//! to, made on the policy as it is at that moment, and read again.

mod in_force;

use serde::Serialize;

use self::in_force::WayRow;
use crate::adapters::access_api::AccessApi;
use crate::adapters::access_api::policies::PolicyDocument;
use crate::adapters::backoff::Backoff;
use crate::adapters::sanitize::sanitize;
use crate::adapters::table::{Cell, Column};
use crate::adapters::terminal::Format;
use crate::cli::{DropStepUp, PolicyCommand, PolicyShow, PolicyStepChoice, RequireStepUp};
use crate::commands::shared::administration::{
    change, consent, difference, named, refused, step_up_provider, with_id,
};
use crate::context::Context;
use crate::domain::policy::{ConfiguredStep, NoSuchStep, Policy};
use crate::domain::step_up_provider::StepUpProvider;
use crate::error::{Error, ErrorKind};
use crate::session::Session;

/// Runs what was typed.
pub(super) fn run(context: &Context, command: &PolicyCommand) -> Result<(), Error> {
    match command {
        PolicyCommand::List => list(context),
        PolicyCommand::Show(args) => show(context, args),
        PolicyCommand::RequireStepUp(args) => require(context, args),
        PolicyCommand::DropStepUp(args) => drop_step_up(context, args),
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

fn find(api: &AccessApi, wanted: &str) -> Result<PolicyDocument, Error> {
    if let Some(found) = with_id(wanted, |id| api.policy(id))? {
        return Ok(found);
    }
    let all = api.policies().map_err(refused)?;
    let all = all.iter().map(PolicyDocument::policy).collect();
    let policy = named(all, "policies", wanted, |one: &Policy| {
        (&one.id, &one.display_name)
    })?;
    // A row of a list may be less than the policy itself.
    api.policy(&policy.id).map_err(refused)
}

fn list(context: &Context) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    let documents = api.policies().map_err(refused)?;
    let policies: Vec<Policy> = documents.iter().map(PolicyDocument::policy).collect();
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
    let policy = find(&api, &args.policy)?.policy();
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
        lines.extend(numbered.map(|(index, step)| describe(index + 1, step, providers)));
    }
    lines.extend(in_force::lines(policy, others));
    let text = match outcome {
        "shown" => lines.join("\n"),
        outcome => format!("{outcome}: {}", lines.join("\n")),
    };
    context.show_text("the policy was read", &text, &document)
}

fn describe(number: usize, step: &ConfiguredStep, providers: &[StepUpProvider]) -> String {
    let mut parts = vec![format!("    {number}. {}", sanitize(&step.kind))];
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

fn require(context: &Context, args: &RequireStepUp) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    let provider = match &args.provider {
        Some(named) => step_up_provider(&api, named)?,
        None => chosen_provider(context, &api)?,
    };
    if !provider.enabled {
        context.terminal.warn(format_args!(
            "`{}` is not enabled: nobody could approve",
            provider.display_name
        ));
    }
    if provider.last_tested_at.is_none() {
        context.terminal.warn(format_args!(
            "`{}` was never tested; do it first with `stepup provider remote test`",
            provider.display_name
        ));
    }
    put(context, &api, &args.choice, Some(&provider))
}

/// The one that is chosen on the terminal.
fn chosen_provider(context: &Context, api: &AccessApi) -> Result<StepUpProvider, Error> {
    let mut all = api.providers().map_err(refused)?;
    let line = |one: &StepUpProvider| format!("{} ({})", one.display_name, one.settings.demand());
    let lines: Vec<String> = all.iter().map(line).collect();
    let question = "which step-up provider? (choose one)";
    let chosen = context.answered(context.terminal.choose(question, &lines))?;
    match chosen.as_slice() {
        [index] if *index < all.len() => Ok(all.swap_remove(*index)),
        _ => Err(Error::new(ErrorKind::Usage, "which step-up provider?").hint(
            "nothing was changed; name one with `--provider` (`stepup provider remote list` shows them)",
        )),
    }
}

fn drop_step_up(context: &Context, args: &DropStepUp) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    put(context, &api, &args.choice, None)
}

/// Makes the step demand this provider, or none.
fn put(
    context: &Context,
    api: &AccessApi,
    choice: &PolicyStepChoice,
    provider: Option<&StepUpProvider>,
) -> Result<(), Error> {
    let before = find(api, &choice.policy)?;
    let policy = before.policy();
    let (sequence, step) = policy
        .approval_step(choice.of.as_deref(), choice.step)
        .map_err(|error| no_step(&error))?;
    let wanted = provider.map(|provider| provider.id.as_str());
    let known: Vec<StepUpProvider> = provider.cloned().into_iter().collect();
    if step.step_up_provider_id.as_deref() == wanted {
        context.terminal.say("it is like that already");
        let others = in_force::others(api, &policy);
        in_force::say(context, &policy, sequence, &others);
        return report(context, "unchanged", &policy, &others, &known);
    }
    let after = before
        .demanding(sequence, choice.step, wanted)
        .ok_or_else(|| {
            no_step(&NoSuchStep::Number {
                number: choice.step,
                count: 0,
            })
        })?;
    present(context, api, &policy, sequence, choice.step, step, provider);
    let others = api.policies().map_err(refused)?;
    let others: Vec<Policy> = others.iter().map(PolicyDocument::policy).collect();
    in_force::say(context, &policy, sequence, &others);
    consent(context, choice.yes, "change the policy?")?;

    // Between showing it and sending it somebody else may have changed it, which would be undone.
    if api.policy(&policy.id).map_err(refused)? != before {
        return Err(Error::new(
            ErrorKind::Refused,
            format!(
                "the policy `{}` was changed in between",
                policy.display_name
            ),
        )
        .hint("nothing was changed; run the command again and look at it as it is now"));
    }
    let look = format!("stepup policy show {}", policy.id);
    change(context, &look, || api.update_policy_steps(&after))?;
    let now = confirm(api, &after, &policy)?;
    report(context, "updated", &now.policy(), &others, &known)
}

/// The step as it is and as it would be.
fn present(
    context: &Context,
    api: &AccessApi,
    policy: &Policy,
    sequence: &str,
    number: usize,
    step: &ConfiguredStep,
    provider: Option<&StepUpProvider>,
) {
    let terminal = &context.terminal;
    terminal.say(format_args!(
        "{} at {}, {}, step {number}",
        sanitize(&policy.display_name),
        api.host(),
        sanitize(sequence)
    ));
    let before = step.step_up_provider_id.as_deref().map_or_else(
        || "none".to_owned(),
        |id| name_of(id, api.provider(id).ok().as_ref()),
    );
    let after = provider.map_or_else(
        || "none".to_owned(),
        |provider| name_of(&provider.id, Some(provider)),
    );
    difference(context, "step-up", &before, &after);
    match (provider, step.automatic) {
        (Some(_), Some(automatic)) => terminal.warn(format_args!(
            "{automatic} in this step today; where step-up is required, C1 switches that off, and a person has to approve"
        )),
        (Some(_), None) => terminal.say("  nothing approves this step by itself today"),
        (None, _) => terminal.say("  its approvals will need no step-up any more"),
    }
    terminal.say("  open tasks keep the steps that they were made with; new ones get these");
}

/// Reads the policy until it shows the change: it may take a moment.
fn confirm(
    api: &AccessApi,
    wanted: &PolicyDocument,
    policy: &Policy,
) -> Result<PolicyDocument, Error> {
    let mut backoff = Backoff::for_effects();
    let mut trouble = None;
    while backoff.look() {
        match api.until(backoff.deadline()).policy(&policy.id) {
            Ok(now) if now.same_steps(wanted) => return Ok(now),
            Ok(_) => trouble = None,
            Err(error) => trouble = Some(error),
        }
    }
    let why = trouble.map_or_else(String::new, |error| format!(": {error}"));
    Err(Error::new(
        ErrorKind::Pending,
        format!("the change was accepted, and the policy does not show it{why}"),
    )
    .hint(format!(
        "look again with `stepup policy show {}`",
        policy.id
    )))
}

fn no_step(error: &NoSuchStep) -> Error {
    let hint = match error {
        NoSuchStep::Sequence { .. } => "choose one with `--of`",
        NoSuchStep::Number { .. } => "`stepup policy show` numbers them",
        NoSuchStep::NotAnApproval { .. } => "only approvals require step-up",
    };
    Error::new(ErrorKind::Usage, error.to_string()).hint(hint)
}
