//! `stepup policy create`: a policy whose approval requires step-up, shown, agreed to, sent once, and read again.

use super::found::{all, find, providers_of};
use super::report::{describe, report};
use super::step_up::{confirm, no_step, to_require, warn_of};
use crate::adapters::access_api::AccessApi;
use crate::adapters::access_api::policies::PolicyDocument;
use crate::adapters::sanitize::short;
use crate::cli::{ApproverChoice, PolicyCreate};
use crate::commands::shared::administration::{change, consent};
use crate::commands::shared::missing::Missing;
use crate::commands::shared::whom::{called, person};
use crate::context::Context;
use crate::domain::policy::{Approvers, Policy};
use crate::domain::step_up_provider::StepUpProvider;
use crate::error::Error;
use crate::session::Session;

const NAME: Missing<'static> = Missing {
    what: "name",
    instead: "nothing was changed; give it, such as `stepup policy create \"Prod access, step-up\"`",
};

const WHO: Missing<'static> = Missing {
    what: "approvers",
    instead: "nothing was changed; say who approves with `--approver`, `--manager`, `--app-owners`, `--entitlement-owners`, `--resource-owners` or `--group`, or take the steps of another policy with `--like`",
};

/// Of whom a question tells; groups have no names here, and are given by a flag.
const KINDS: [(&str, Option<Approvers>); 5] = [
    ("people whom you name", None),
    ("the manager of whoever it is for", Some(Approvers::Manager)),
    ("the owners of the app", Some(Approvers::AppOwners)),
    (
        "the owners of the entitlement",
        Some(Approvers::EntitlementOwners),
    ),
    (
        "the owners of the resource",
        Some(Approvers::ResourceOwners),
    ),
];

/// A policy as it would be made.
struct Draft {
    document: PolicyDocument,
    /// Who may approve, where that is said by their names.
    people: Vec<String>,
}

/// Makes it.
pub(super) fn run(context: &Context, args: &PolicyCreate) -> Result<(), Error> {
    let api = &Session::open(context)?.api(context)?;
    let name = match &args.name {
        Some(name) => name.trim().to_owned(),
        None => NAME.typed(context, "name of the policy")?,
    };
    let others = all(api)?;
    is_free(&name, &others)?;
    let draft = made_of(context, api, args)?;
    let provider = to_require(context, api, args.provider.as_deref())?;
    let wanted = demanding(context, &draft.document, args, &provider)?
        .called(&name, args.description.as_deref());
    let mut known = providers_of(api, &wanted.policy());
    known.push(provider);
    present(context, api, &wanted, &draft.people, &known);
    if args.dry_run {
        return dry_run(context, &wanted);
    }
    consent(context, args.yes, "create the policy?")?;
    let look = "stepup policy list";
    let id = change(context, look, || api.create_policy(&wanted))?;
    let now = confirm(api, &id, |now| now.is_made_of(&wanted))?;
    report(context, "created", &now.policy(), &others, &known)
}

/// Policies are found by their names, and a second run of a script is to make no second one.
fn is_free(name: &str, others: &[Policy]) -> Result<(), Error> {
    let usage = |sentence: String| Error::usage(sentence);
    if name.is_empty() {
        return Err(usage("the name of the policy is empty".to_owned()).hint(NAME.instead));
    }
    let same = |one: &&Policy| one.display_name.to_lowercase() == name.to_lowercase();
    match others.iter().find(same) {
        Some(other) => Err(
            usage(format!("there is a policy `{name}` already")).hint(format!(
                "choose another name, or change it with `stepup policy require-step-up {}`",
                other.id
            )),
        ),
        None => Ok(()),
    }
}

fn made_of(context: &Context, api: &AccessApi, args: &PolicyCreate) -> Result<Draft, Error> {
    if let Some(like) = &args.approvers.like {
        return copied(context, api, like);
    }
    let (approvers, people) = approvers(context, api, &args.approvers)?;
    let kind = args.kind.unwrap_or_default().word();
    Ok(Draft {
        document: PolicyDocument::of_one_step(kind, &approvers, args.require_comment),
        people,
    })
}

/// The steps that tasks under another policy get, as far as they are its own.
fn copied(context: &Context, api: &AccessApi, like: &str) -> Result<Draft, Error> {
    let other = find(api, like)?;
    let policy = other.policy();
    let name = short(&policy.display_name);
    if let Some(baseline) = &policy.baseline {
        let sentence = format!("`{name}` takes its steps from another policy");
        return Err(Error::usage(sentence).hint(format!(
            "nothing was changed; name that one: `--like {baseline}`"
        )));
    }
    if !policy.rules.is_empty() {
        context.terminal.warn(format_args!(
            "`{name}` also has rules, which the new policy does not get"
        ));
    }
    let (sequence, _) = policy.sequence(None).map_err(|error| no_step(&error))?;
    let document = other.copied(sequence).ok_or_else(|| {
        Error::usage(format!("`{name}` has no steps to take"))
            .hint("nothing was changed; `stepup policy show` shows what it has")
    })?;
    Ok(Draft {
        document,
        people: Vec::new(),
    })
}

/// Who was named, or is chosen; and the names of people.
fn approvers(
    context: &Context,
    api: &AccessApi,
    choice: &ApproverChoice,
) -> Result<(Approvers, Vec<String>), Error> {
    let named = [
        (choice.manager, Approvers::Manager),
        (choice.app_owners, Approvers::AppOwners),
        (choice.entitlement_owners, Approvers::EntitlementOwners),
        (choice.resource_owners, Approvers::ResourceOwners),
    ];
    if let Some((_, approvers)) = named.into_iter().find(|(is_named, _)| *is_named) {
        return Ok((approvers, Vec::new()));
    }
    if let Some(group) = &choice.group {
        return Ok((Approvers::Group(group.clone()), Vec::new()));
    }
    if !choice.people.is_empty() {
        return people(api, choice.people.iter().map(String::as_str));
    }
    let kinds = || Ok(KINDS.to_vec());
    let (_, chosen) = WHO.chosen(context, kinds, |(words, _)| (*words).to_owned())?;
    if let Some(approvers) = chosen {
        return Ok((approvers, Vec::new()));
    }
    let typed = WHO.typed(context, "approvers (email addresses)")?;
    people(api, typed.split([' ', ',']).filter(|one| !one.is_empty()))
}

fn people<'a>(
    api: &AccessApi,
    wanted: impl Iterator<Item = &'a str>,
) -> Result<(Approvers, Vec<String>), Error> {
    let people = wanted.map(|one| person(api, one));
    let people = people.collect::<Result<Vec<_>, Error>>()?;
    let ids = people.iter().map(|one| one.user_id.clone()).collect();
    Ok((Approvers::Users(ids), people.iter().map(called).collect()))
}

/// The policy, in which the steps that were named require this provider, or each approval does.
fn demanding(
    context: &Context,
    document: &PolicyDocument,
    args: &PolicyCreate,
    provider: &StepUpProvider,
) -> Result<PolicyDocument, Error> {
    let policy = document.policy();
    let steps = if args.steps.is_empty() {
        policy.approval_steps(None)
    } else {
        let named = args.steps.iter().map(|number| {
            let found = policy.approval_step(None, *number);
            found.map(|(sequence, step)| (sequence, *number, step))
        });
        named
            .collect::<Result<_, _>>()
            .map_err(|error| no_step(&error))?
    };
    if steps.is_empty() {
        let sentence = "there is no approval step, and only approvals require step-up";
        return Err(Error::usage(sentence).hint("nothing was changed"));
    }
    let mut demanding = document.clone();
    for (sequence, number, step) in steps {
        if let Some(automatic) = step.automatic {
            warn_of(context, automatic);
        }
        let next = demanding.demanding(sequence, number, Some(&provider.id));
        demanding = next.unwrap_or(demanding);
    }
    Ok(demanding)
}

fn present(
    context: &Context,
    api: &AccessApi,
    wanted: &PolicyDocument,
    people: &[String],
    known: &[StepUpProvider],
) {
    let terminal = &context.terminal;
    let policy = wanted.policy();
    terminal.say(format_args!("a new policy at {}", api.host()));
    terminal.field("name", &policy.display_name);
    terminal.field("type", &policy.kind);
    if !people.is_empty() {
        terminal.field("approvers", people.join(", "));
    }
    for (sequence, steps) in &policy.sequences {
        terminal.say(format_args!("  {}", short(sequence)));
        for (index, step) in steps.iter().enumerate() {
            terminal.say(format_args!("    {}", describe(index + 1, step, known)));
        }
    }
    terminal.say("  nothing uses it yet: tasks get these steps once an app, an entitlement or another policy names it");
    terminal.say("  open tasks keep the steps that they were made with");
}

/// What would be sent, and is not.
fn dry_run(context: &Context, wanted: &PolicyDocument) -> Result<(), Error> {
    let request = wanted.request();
    let document = serde_json::json!({
        "schema": "stepup.policy-dry-run/1",
        "request": request,
    });
    let text = format!("not sent: POST /api/v1/policies\n{request:#}");
    context.show_text("nothing was sent", &text, &document)
}
