//! A step-up provider of the API's, as it is told.

use jiff::Timestamp;
use serde::Serialize;

use crate::adapters::access_api::AccessApi;
use crate::adapters::sanitize::{sanitize, short};
use crate::adapters::when::local;
use crate::cli::RemoteProvider;
use crate::commands::shared::administration::meant_provider;
use crate::context::Context;
use crate::domain::step_up_provider::{StepUpProvider, StepUpSettings, ValidationMode};
use crate::error::Error;
use crate::session::Session;

/// A provider as scripts see it.
#[derive(Serialize)]
pub(super) struct Row {
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
    pub(super) fn of(provider: &StepUpProvider) -> Self {
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

pub(super) fn api(context: &Context) -> Result<AccessApi, Error> {
    Session::open(context)?.api(context)
}

/// The provider that is named, or chosen.
pub(super) fn meant(
    context: &Context,
    api: &AccessApi,
    which: &RemoteProvider,
) -> Result<StepUpProvider, Error> {
    let instead = "give its id or its name";
    meant_provider(context, api, which.provider.as_deref(), instead)
}

fn tested(provider: &StepUpProvider) -> String {
    provider
        .last_tested_at
        .map_or_else(|| "never".to_owned(), local)
}

/// The provider as it is now: what a command came to.
pub(super) fn report(
    context: &Context,
    outcome: &str,
    provider: &StepUpProvider,
) -> Result<(), Error> {
    let document = serde_json::json!({
        "schema": "stepup.step-up-provider/1",
        "outcome": outcome.replace(' ', "_"),
        "provider": Row::of(provider),
    });
    let mut lines = vec![short(&provider.display_name)];
    let members = provider.lines().into_iter().skip(1);
    lines.extend(members.map(|(label, value)| format!("  {label}: {}", sanitize(&value))));
    lines.push(format!("  last tested: {}", tested(provider)));
    lines.push(format!("  id: {}", short(&provider.id)));
    let text = match outcome {
        "shown" => lines.join("\n"),
        outcome => format!("{outcome}: {}", lines.join("\n")),
    };
    match outcome {
        "shown" => context.show_text("the provider was read", &text, &document),
        _ => context.deliver("it is done", &text, &document),
    }
}
