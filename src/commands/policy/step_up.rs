//! `stepup policy require-step-up` and `drop-step-up`: shown, agreed to, made on the policy as it is at that moment, and
//! read again.

use super::found::{all, meant, providers_of};
use super::in_force;
use super::report::{describe, name_of, report};
use crate::adapters::access_api::AccessApi;
use crate::adapters::access_api::policies::PolicyDocument;
use crate::adapters::backoff::Backoff;
use crate::adapters::sanitize::short;
use crate::cli::{PolicyStepChoice, RequireStepUp};
use crate::commands::shared::administration::{
    change, consent, difference, meant_provider, refused,
};
use crate::commands::shared::missing::Missing;
use crate::context::Context;
use crate::domain::policy::{ConfiguredStep, NoSuchStep, Policy};
use crate::domain::step_up_provider::StepUpProvider;
use crate::error::Error;
use crate::session::Session;

const STEP: Missing<'static> = Missing {
    what: "approval step",
    instead: "nothing was changed; give its number with `--step N` (`stepup policy show` numbers them)",
};

pub(super) fn require(context: &Context, args: &RequireStepUp) -> Result<(), Error> {
    put(context, &args.choice, |api| {
        to_require(context, api, args.provider.as_deref()).map(Some)
    })
}

pub(super) fn drop_step_up(context: &Context, choice: &PolicyStepChoice) -> Result<(), Error> {
    put(context, choice, |_| Ok(None))
}

/// The provider of this id or name, or the one that is chosen, with a word on what may be a mistake.
pub(super) fn to_require(
    context: &Context,
    api: &AccessApi,
    named: Option<&str>,
) -> Result<StepUpProvider, Error> {
    let provider = meant_provider(context, api, named, "name it with `--provider`")?;
    if !provider.enabled {
        context.terminal.warn(format_args!(
            "`{}` is not enabled: nobody could approve",
            short(&provider.display_name)
        ));
    }
    if provider.last_tested_at.is_none() {
        context.terminal.warn(format_args!(
            "`{}` was never tested; do it first with `stepup provider remote test`",
            short(&provider.display_name)
        ));
    }
    Ok(provider)
}

/// The step that is meant: the name of its sequence, its number, and itself.
fn step_of<'a>(
    context: &Context,
    api: &AccessApi,
    policy: &'a Policy,
    choice: &PolicyStepChoice,
) -> Result<(&'a str, usize, &'a ConfiguredStep), Error> {
    let of = choice.of.as_deref();
    let Some(number) = choice.step else {
        if of.is_some() {
            policy.sequence(of).map_err(|error| no_step(&error))?;
        }
        let steps = || Ok(policy.approval_steps(of));
        let known = providers_of(api, policy);
        return STEP.chosen(context, steps, |(sequence, number, step)| {
            format!("{sequence} {}", describe(*number, step, &known))
        });
    };
    let found = policy.approval_step(of, number);
    let (sequence, step) = found.map_err(|error| no_step(&error))?;
    Ok((sequence, number, step))
}

/// Makes the step demand a provider, or none.
fn put(
    context: &Context,
    choice: &PolicyStepChoice,
    provider: impl FnOnce(&AccessApi) -> Result<Option<StepUpProvider>, Error>,
) -> Result<(), Error> {
    let api = &Session::open(context)?.api(context)?;
    let before = meant(context, api, choice.policy.as_deref())?;
    let policy = before.policy();
    let (sequence, number, step) = step_of(context, api, &policy, choice)?;
    let provider = provider(api)?;
    let provider = provider.as_ref();
    let wanted = provider.map(|provider| provider.id.as_str());
    let mut known = providers_of(api, &policy);
    known.extend(provider.cloned());
    if step.step_up_provider_id.as_deref() == wanted {
        context.terminal.say("it is like that already");
        let others = in_force::others(api, &policy);
        in_force::say(context, &policy, sequence, &others);
        return report(context, "unchanged", &policy, &others, &known);
    }
    let after = before
        .demanding(sequence, number, wanted)
        .ok_or_else(|| no_step(&NoSuchStep::Number { number, count: 0 }))?;
    present(context, api, &policy, sequence, number, step, provider);
    let others = all(api)?;
    in_force::say(context, &policy, sequence, &others);
    consent(context, choice.yes, "change the policy?")?;

    // Between showing it and sending it somebody else may have changed it, which would be undone.
    if api.policy(&policy.id).map_err(refused)? != before {
        return Err(Error::refused(format!(
            "the policy `{}` was changed in between",
            short(&policy.display_name)
        ))
        .hint("nothing was changed; run the command again and look at it as it is now"));
    }
    let look = format!("stepup policy show {}", policy.id);
    change(context, &look, || api.update_policy_steps(&after))?;
    let now = confirm(api, &policy.id, |now| now.same_steps(&after))?;
    report(context, "updated", &now.policy(), &others, &known)
}

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
        short(&policy.display_name),
        api.host(),
        short(sequence)
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
        (Some(_), Some(automatic)) => warn_of(context, automatic),
        (Some(_), None) => terminal.say("  nothing approves this step by itself today"),
        (None, _) => terminal.say("  its approvals will need no step-up any more"),
    }
    terminal.say("  open tasks keep the steps that they were made with; new ones get these");
}

/// What decides by itself in a step that is to require step-up.
pub(super) fn warn_of(context: &Context, automatic: &str) {
    context.terminal.warn(format_args!(
        "{automatic} in this step today; where step-up is required, C1 switches that off, and a person has to approve"
    ));
}

/// Reads the policy until it shows the change: it may take a moment.
pub(super) fn confirm(
    api: &AccessApi,
    id: &str,
    shows: impl Fn(&PolicyDocument) -> bool,
) -> Result<PolicyDocument, Error> {
    let mut backoff = Backoff::for_effects();
    let mut trouble = None;
    while backoff.look() {
        match api.until(backoff.deadline()).policy(id) {
            Ok(now) if shows(&now) => return Ok(now),
            Ok(_) => trouble = None,
            Err(error) => trouble = Some(error),
        }
    }
    let why = trouble.map_or_else(String::new, |error| format!(": {error}"));
    Err(Error::pending(format!(
        "the change was accepted, and the policy does not show it{why}"
    ))
    .hint(format!("look again with `stepup policy show {id}`")))
}

pub(super) fn no_step(error: &NoSuchStep) -> Error {
    let hint = match error {
        NoSuchStep::Sequence { .. } => "choose one with `--of`",
        NoSuchStep::Number { .. } => "`stepup policy show` numbers them",
        NoSuchStep::NotAnApproval { .. } => "only approvals require step-up",
    };
    Error::usage(error.to_string()).hint(hint)
}
