//! `stepup provider remote`: the API's own step-up providers, for administrators. Everything that is sent
//! is shown before; a secret never is.

mod change;
mod completed;
mod registration;
mod remote_test;
mod report;
mod secret;
mod settings;

use jiff::Timestamp;

use crate::adapters::table::Cell;
use crate::adapters::terminal::Format;
use crate::cli::{RemoteCommand, RemoteProvider};
use crate::commands::shared::administration::refused;
use crate::commands::shared::columns;
use crate::context::Context;
use crate::domain::step_up_provider::StepUpProvider;
use crate::error::Error;
use report::{Row, api, meant, report};

pub(in super::super) fn run(context: &Context, command: &RemoteCommand) -> Result<(), Error> {
    match command {
        RemoteCommand::List => list(context),
        RemoteCommand::Show(args) => show(context, args),
        RemoteCommand::Create(args) => change::create(context, args),
        RemoteCommand::Update(args) => change::update(context, args),
        RemoteCommand::SetSecret(args) => change::set_secret(context, args),
        RemoteCommand::Delete(args) => change::delete(context, args),
        RemoteCommand::Enable(args) => change::enable(context, args, true),
        RemoteCommand::Disable(args) => change::enable(context, args, false),
        RemoteCommand::Test(args) => remote_test::run(context, args),
    }
}

fn list(context: &Context) -> Result<(), Error> {
    let all = api(context)?.providers().map_err(refused)?;
    let terminal = &context.terminal;
    let rows: Vec<Row> = all.iter().map(Row::of).collect();
    let document = serde_json::json!({
        "schema": "stepup.step-up-providers/1",
        "providers": rows,
    });
    if all.is_empty() && terminal.format() == Format::Text {
        terminal.say("the API has no step-up providers");
        return Ok(());
    }
    let now = Timestamp::now();
    let rows: Vec<Vec<Cell>> = all.iter().map(|one| row(one, now)).collect();
    context.show_table(
        "the list was read",
        &columns::REMOTE_PROVIDERS,
        &rows,
        &document,
    )
}

fn row(provider: &StepUpProvider, now: Timestamp) -> Vec<Cell> {
    let tested = provider.last_tested_at;
    let tested = match tested {
        Some(_) => Cell::age(tested, now),
        None => "never".into(),
    };
    vec![
        provider.display_name.as_str().into(),
        provider.settings.demand().into(),
        if provider.enabled { "yes" } else { "no" }.into(),
        tested,
        provider.id.as_str().into(),
    ]
}

fn show(context: &Context, args: &RemoteProvider) -> Result<(), Error> {
    let provider = meant(context, &api(context)?, args)?;
    report(context, "shown", &provider)
}
