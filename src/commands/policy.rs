//! `stepup policy`: which approval steps demand step-up, and with which provider. What is changed or made is shown, agreed
//! to, and read again.

mod create;
mod found;
mod in_force;
mod report;
mod step_up;

use self::found::{all, meant, providers_of};
use self::report::{Row, report};
use crate::adapters::table::Cell;
use crate::adapters::terminal::Format;
use crate::cli::{PolicyCommand, PolicyShow};
use crate::commands::shared::columns;
use crate::context::Context;
use crate::domain::policy::Policy;
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
    context.show_table("the list was read", &columns::POLICIES, &rows, &document)
}

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
    let providers = providers_of(&api, &policy);
    let others = in_force::others(&api, &policy);
    report(context, "shown", &policy, &others, &providers)
}
