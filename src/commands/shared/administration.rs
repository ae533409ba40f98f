//! What the commands for administrators share: what is meant by a name, consent before a change, the change itself, and
//! what its refusal means.

use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::sanitize::{sanitize, short};
use crate::adapters::terminal::Style;
use crate::commands::shared::missing::Missing;
use crate::context::{Consent, Context};
use crate::domain::excerpt::excerpt;
use crate::domain::nearest::nearest;
use crate::domain::step_up_provider::StepUpProvider;
use crate::domain::task::is_object_id;
use crate::error::{Error, ErrorKind};
use crate::interrupt::UnderWay;

/// Asks, unless `--yes` was given. What will change was shown before.
pub(in crate::commands) fn consent(
    context: &Context,
    yes: bool,
    question: &str,
) -> Result<(), Error> {
    let words = Consent {
        not_done: "nothing was changed",
        thing: "a change",
    };
    context.consent(yes, question, &words)
}

/// What a member is, and what it would be.
pub(in crate::commands) fn difference(context: &Context, label: &str, before: &str, after: &str) {
    let terminal = &context.terminal;
    let less = terminal.style(Style::Bad, "-");
    let more = terminal.style(Style::Good, "+");
    terminal.say(format_args!("  {less} {label}: {}", sanitize(before)));
    terminal.say(format_args!("  {more} {label}: {}", sanitize(after)));
}

/// Sends a change, once. An interruption meanwhile waits for the answer.
pub(in crate::commands) fn change<T>(
    context: &Context,
    look: &str,
    send: impl FnOnce() -> Result<T, ApiError>,
) -> Result<T, Error> {
    context.interrupt.submitting(UnderWay::CHANGE);
    send().map_err(|error| {
        if !error.leaves_doubt() {
            context.interrupt.nothing_submitted();
            return refused(error);
        }
        Error::failed(format!(
            "it is unknown whether the change was made: {error}"
        ))
        .hint(format!("look with `{look}` before you run it again"))
        .caused_by(error)
    })
}

/// What has this id; `None` where it may be a name all the same.
pub(in crate::commands) fn with_id<T>(
    wanted: &str,
    read: impl FnOnce(&str) -> Result<T, ApiError>,
) -> Result<Option<T>, Error> {
    if !is_object_id(wanted) {
        return Ok(None);
    }
    match read(wanted) {
        Ok(found) => Ok(Some(found)),
        Err(ApiError::NotFound(_)) => Ok(None),
        Err(error) => Err(refused(error)),
    }
}

/// The step-up provider with this id, or the only one of this name.
pub(in crate::commands) fn step_up_provider(
    api: &AccessApi,
    wanted: &str,
) -> Result<StepUpProvider, Error> {
    if let Some(found) = with_id(wanted, |id| api.provider(id))? {
        return Ok(found);
    }
    let all = api.providers().map_err(refused)?;
    named(all, "step-up providers", wanted, |one| {
        (&one.id, &one.display_name)
    })
}

/// The step-up provider with this id or name, or the one that is chosen; `instead` says how to give it.
pub(in crate::commands) fn meant_provider(
    context: &Context,
    api: &AccessApi,
    wanted: Option<&str>,
    instead: &str,
) -> Result<StepUpProvider, Error> {
    if let Some(wanted) = wanted {
        return step_up_provider(api, wanted);
    }
    let instead =
        format!("nothing was changed; {instead} (`stepup provider remote list` shows them)");
    let missing = Missing {
        what: "step-up provider",
        instead: &instead,
    };
    let read = || api.providers().map_err(refused);
    missing.chosen(context, read, |one| {
        row(&one.display_name, &one.settings.demand(), &one.id)
    })
}

/// One of several to choose from: several may be called the same, and what they are called is somebody's text.
pub(in crate::commands) fn row(name: &str, what: &str, id: &str) -> String {
    format!("{} ({}) {id}", excerpt(name, 40), excerpt(what, 40))
}

/// A refusal in the words of administration: the general hints speak of tasks.
pub(in crate::commands) fn refused(error: ApiError) -> Error {
    let hint = match error {
        ApiError::Forbidden(_) => {
            "C1 lets Super Administrators configure step-up; `stepup whoami` shows your roles"
        }
        ApiError::NotFound(_) => {
            "it may have been deleted, or this API cannot do it; `stepup provider remote list` and `stepup policy list` show what there is"
        }
        ApiError::Refused(_) => "nothing was changed; correct what the API names",
        other => return other.into(),
    };
    Error::of(ErrorKind::Refused, error).hint(hint)
}

/// The only one of these that is called so; letters count, their case does not.
pub(in crate::commands) fn named<T>(
    all: Vec<T>,
    what: &str,
    wanted: &str,
    name: impl Fn(&T) -> (&str, &str),
) -> Result<T, Error> {
    let same = |one: &T| name(one).1.to_lowercase() == wanted.to_lowercase();
    let ids: Vec<String> = all
        .iter()
        .filter(|one| same(one))
        .map(|one| name(one).0.to_owned())
        .collect();
    if ids.len() > 1 {
        return Err(
            Error::usage(format!("several {what} are called `{wanted}`"))
                .hint(format!("choose one by its id: {}", ids.join(", "))),
        );
    }
    let near = nearest(wanted, all.iter().map(|one| name(one).1));
    let near = near.map(|near| format!("did you mean `{}`?", short(near)));
    let known: Vec<String> = all.iter().map(|one| short(name(one).1)).take(10).collect();
    let hint = near.unwrap_or_else(|| format!("available: {}", known.join("; ")));
    all.into_iter()
        .find(same)
        .ok_or_else(|| Error::usage(format!("none of the {what} is called `{wanted}`")).hint(hint))
}
