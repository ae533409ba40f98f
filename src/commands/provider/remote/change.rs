//! Create, update, set-secret, delete, enable, disable: shown, agreed to, sent once.

use super::completed::completed;
use super::report::{api, meant, report};
use super::{registration, secret, settings};
use crate::adapters::access_api::AccessApi;
use crate::adapters::access_api::policies::PolicyDocument;
use crate::adapters::sanitize::short;
use crate::cli::{RemoteConsent, RemoteCreate, RemoteSetSecret, RemoteUpdate};
use crate::commands::shared::administration::{change, consent, difference};
use crate::context::Context;
use crate::domain::step_up_provider::{ProviderChange, StepUpProvider};
use crate::error::Error;

const LOOK: &str = "stepup provider remote list";

pub(super) fn create(context: &Context, args: &RemoteCreate) -> Result<(), Error> {
    let new = settings::new(context, completed(context, args)?)?;
    let api = api(context)?;
    let terminal = &context.terminal;
    terminal.say(format_args!("a new step-up provider at {}", api.host()));
    for (label, value) in new.lines() {
        terminal.field(label, value);
    }
    registration::say(context, &api, &new);
    let secret = secret::read(context, args.secret_file.as_deref())?;
    consent(context, args.yes, "register it?")?;
    let made = change(context, LOOK, || api.create_provider(&new, &secret))?;
    terminal.say(format_args!(
        "no policy requires it yet: test it with `stepup provider remote test {id}`, then `stepup policy require-step-up`",
        id = short(&made.id)
    ));
    report(context, "created", &made)
}

pub(super) fn update(context: &Context, args: &RemoteUpdate) -> Result<(), Error> {
    let api = api(context)?;
    let now = meant(context, &api, &args.consent.which)?;
    let wanted = settings::changed(context, args, &now)?;
    apply(context, &api, &now, &wanted, args.consent.yes)
}

pub(super) fn enable(context: &Context, args: &RemoteConsent, on: bool) -> Result<(), Error> {
    let api = api(context)?;
    let now = meant(context, &api, &args.which)?;
    let wanted = ProviderChange {
        enabled: Some(on),
        ..ProviderChange::default()
    };
    if !on {
        name_policies(context, &api, &now);
    }
    apply(context, &api, &now, &wanted.against(&now), args.yes)
}

fn apply(
    context: &Context,
    api: &AccessApi,
    now: &StepUpProvider,
    wanted: &ProviderChange,
    yes: bool,
) -> Result<(), Error> {
    if wanted.is_empty() {
        context.terminal.say("it is like that already");
        return report(context, "unchanged", now);
    }
    let terminal = &context.terminal;
    terminal.say(format_args!(
        "{} at {}",
        short(&now.display_name),
        api.host()
    ));
    let after = now.changed(wanted);
    let pairs = now.lines().into_iter().zip(after.lines());
    for ((label, before), (_, after)) in pairs.filter(|(before, after)| before != after) {
        difference(context, label, &before, &after);
    }
    consent(context, yes, "change it?")?;
    let look = format!("stepup provider remote show {}", now.id);
    let changed = change(context, &look, || api.update_provider(&now.id, wanted))?;
    if wanted.settings.is_some() || wanted.client_id.is_some() || wanted.issuer_url.is_some() {
        let id = short(&now.id);
        context
            .terminal
            .say(format_args!("{} {id}`", registration::TEST_AGAIN));
    }
    report(context, "updated", &changed)
}

pub(super) fn set_secret(context: &Context, args: &RemoteSetSecret) -> Result<(), Error> {
    let api = api(context)?;
    let now = meant(context, &api, &args.consent.which)?;
    context.terminal.say(format_args!(
        "another client secret for {} at {}",
        short(&now.display_name),
        api.host()
    ));
    let secret = secret::read(context, args.secret_file.as_deref())?;
    consent(context, args.consent.yes, "replace it?")?;
    let look = format!("stepup provider remote show {}", now.id);
    change(context, &look, || api.set_provider_secret(&now.id, &secret))?;
    context.terminal.say(format_args!(
        "{} {}`; note the day on which the new secret expires",
        registration::TEST_AGAIN,
        short(&now.id)
    ));
    report(context, "secret replaced", &now)
}

/// Deletes a provider; names the policies that would go on demanding it.
pub(super) fn delete(context: &Context, args: &RemoteConsent) -> Result<(), Error> {
    let api = api(context)?;
    let now = meant(context, &api, &args.which)?;
    let terminal = &context.terminal;
    terminal.say(format_args!(
        "{} at {}",
        short(&now.display_name),
        api.host()
    ));
    for (label, value) in now.lines().into_iter().skip(1) {
        terminal.field(label, value);
    }
    name_policies(context, &api, &now);
    consent(context, args.yes, "delete it?")?;
    change(context, LOOK, || api.delete_provider(&now.id))?;
    report(context, "deleted", &now)
}

/// Steps whose approvals would fail without the provider. Reading policies may need another role, and
/// the server is the one to refuse the rest.
fn name_policies(context: &Context, api: &AccessApi, provider: &StepUpProvider) {
    let documents = match api.policies() {
        Ok(documents) => documents,
        Err(error) => {
            context.terminal.warn(format_args!(
                "whether policies require it cannot be read: {error}"
            ));
            return;
        }
    };
    for policy in documents.iter().map(PolicyDocument::policy) {
        for (sequence, number) in policy.demanding(&provider.id) {
            context.terminal.warn(format_args!(
                "`{}` requires it: {}, step {number}",
                short(&policy.display_name),
                short(sequence)
            ));
        }
    }
}
