//! `stepup provider remote`: the API's own step-up providers, for administrators. Everything that is sent
//! is shown before; a secret never is.

mod change;
mod registration;
mod remote_test;
mod secret;
mod settings;

use jiff::Timestamp;
use serde::Serialize;

use crate::adapters::access_api::AccessApi;
use crate::adapters::sanitize::sanitize;
use crate::adapters::table::{Cell, Column};
use crate::adapters::terminal::Format;
use crate::adapters::when::local;
use crate::cli::{RemoteCommand, RemoteProvider};
use crate::commands::shared::administration::{refused, step_up_provider};
use crate::context::Context;
use crate::domain::step_up_provider::{StepUpProvider, StepUpSettings, ValidationMode};
use crate::error::Error;
use crate::session::Session;

/// Runs what was typed.
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

/// A provider as scripts see it.
#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    enabled: bool,
    kind: &'static str,
    issuer: String,
    client_id: String,
    acr_values: Vec<String>,
    microsoft: Option<Microsoft>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    last_tested_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct Microsoft {
    mode: String,
    tenant: String,
    contexts: Vec<String>,
}

impl Row {
    fn of(provider: &StepUpProvider) -> Self {
        let provider = provider.clone();
        let kind = provider.settings.kind();
        let (acr_values, microsoft) = match provider.settings {
            StepUpSettings::OAuth2 { acr_values } => (acr_values, None),
            StepUpSettings::Microsoft {
                mode,
                tenant,
                contexts,
            } => {
                let mode = match mode {
                    ValidationMode::Acrs => "acrs".to_owned(),
                    ValidationMode::Oidc => "oidc".to_owned(),
                    ValidationMode::Other(other) => other,
                };
                let settings = Microsoft {
                    mode,
                    tenant,
                    contexts,
                };
                (Vec::new(), Some(settings))
            }
            StepUpSettings::Unknown => (Vec::new(), None),
        };
        Self {
            id: provider.id,
            name: provider.display_name,
            enabled: provider.enabled,
            kind,
            issuer: provider.issuer_url,
            client_id: provider.client_id,
            acr_values,
            microsoft,
            created_at: provider.created_at,
            updated_at: provider.updated_at,
            last_tested_at: provider.last_tested_at,
        }
    }
}

fn api(context: &Context) -> Result<AccessApi, Error> {
    Session::open(context)?.api(context)
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
    context.show_table("the list was read", &COLUMNS, &rows, &document)
}

const COLUMNS: [Column; 5] = [
    Column::always("NAME"),
    Column::going("REQUIRES", 3),
    Column::going("ENABLED", 1),
    Column::going("LAST TESTED", 2),
    Column::going("ID", 4),
];

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

fn tested(provider: &StepUpProvider) -> String {
    provider
        .last_tested_at
        .map_or_else(|| "never".to_owned(), local)
}

fn show(context: &Context, args: &RemoteProvider) -> Result<(), Error> {
    let provider = step_up_provider(&api(context)?, &args.provider)?;
    report(context, "shown", &provider)
}

/// The provider as it is now: what a command came to.
fn report(context: &Context, outcome: &str, provider: &StepUpProvider) -> Result<(), Error> {
    let document = serde_json::json!({
        "schema": "stepup.step-up-provider/1",
        "outcome": outcome.replace(' ', "_"),
        "provider": Row::of(provider),
    });
    let mut lines = vec![sanitize(&provider.display_name)];
    let members = provider.lines().into_iter().skip(1);
    lines.extend(members.map(|(label, value)| format!("  {label}: {}", sanitize(&value))));
    lines.push(format!("  last tested: {}", tested(provider)));
    lines.push(format!("  id: {}", sanitize(&provider.id)));
    let text = match outcome {
        "shown" => lines.join("\n"),
        outcome => format!("{outcome}: {}", lines.join("\n")),
    };
    match outcome {
        "shown" => context.show_text("the provider was read", &text, &document),
        _ => context.deliver("it is done", &text, &document),
    }
}
