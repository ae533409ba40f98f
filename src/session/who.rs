//! Whose the API credential is.

use std::thread;

use crate::adapters::access_api::{AccessApi, ApiError, Identity};
use crate::adapters::sanitize::sanitize;
use crate::adapters::threads::joined;
use crate::config::Profile;
use crate::domain::person::Approver;
use crate::domain::task::Task;
use crate::error::Error;

/// Introspection and the task side by side; then the person, whom the login hint and the subject check
/// need, beside what the task's ids stand for, which will be shown.
pub(crate) fn who_and_what(api: &AccessApi, id: &str) -> Result<(Approver, Task), Error> {
    person_and_task(api, id, |task| api.describe([task]))
}

/// The credential's person and the task; `beside_person` is done while the API is asked for the person.
fn person_and_task(
    api: &AccessApi,
    id: &str,
    beside_person: impl FnOnce(&mut Task),
) -> Result<(Approver, Task), Error> {
    let (user_id, task) = beside(|| api.introspect(), || api.task(id));
    // Where not even that is there, the task is not what is missing.
    if let Err(error @ ApiError::NotTheApi(_)) = user_id {
        return Err(error.into());
    }
    // The task first: its error names the page for the browser (providers.md A12).
    let mut task = task?;
    let user_id = user_id?;
    let (approver, ()) = beside(
        || named(api, user_id.clone(), not_shown),
        || beside_person(&mut task),
    );
    Ok((approver?, task))
}

/// What somebody asks of the API in a thread of its own, beside something else.
pub(crate) fn beside<T: Send, U>(
    one: impl FnOnce() -> Result<T, ApiError> + Send,
    other: impl FnOnce() -> U,
) -> (Result<T, ApiError>, U) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (joined(one.join()), other)
    })
}

/// What leaves a person to the API.
const fn not_shown(error: &ApiError) -> bool {
    matches!(error, ApiError::Forbidden(_) | ApiError::NotFound(_))
}

/// The credential's person. One the role may not read is left to the API.
pub(crate) fn api_person(api: &AccessApi) -> Result<Approver, ApiError> {
    named(api, api.introspect()?, not_shown)
}

/// The credential in full, and its person as far as the API shows them: whatever it answers, whose it is stands.
pub(crate) fn identity_and_person(api: &AccessApi) -> Result<(Identity, Approver), ApiError> {
    let identity = api.identity()?;
    let person = named(api, identity.user_id.clone(), |_| true)?;
    Ok((identity, person))
}

/// What a server says of the credential's person: nothing, if it is no access API, or does not let the caller know.
/// One that has `challenged` the credential took it, so its 401 is one more challenge.
pub(crate) fn person_if_said(api: &AccessApi, challenged: bool) -> Result<Approver, ApiError> {
    let unsaid = |error: &ApiError| match error {
        ApiError::NotFound(_)
        | ApiError::NotTheApi(_)
        | ApiError::Forbidden(_)
        | ApiError::Unreadable(_)
        | ApiError::WebPage { .. }
        | ApiError::Redirect { .. } => true,
        ApiError::SignedOut { .. } => challenged,
        _ => false,
    };
    match api.introspect() {
        Ok(user_id) => named(api, user_id, unsaid),
        Err(error) if unsaid(&error) => Ok(Approver::default()),
        Err(error) => Err(error),
    }
}

/// The person of this id; the id alone, where the error is one of those that leave open who it is.
fn named(
    api: &AccessApi,
    user_id: String,
    leaves_open: impl Fn(&ApiError) -> bool,
) -> Result<Approver, ApiError> {
    match api.user(&user_id) {
        Err(error) if leaves_open(&error) => Ok(Approver {
            user_id,
            ..Approver::default()
        }),
        answer => answer,
    }
}

/// Whose the credential is, and the task, read side by side.
pub(crate) fn me_and_task(api: &AccessApi, id: &str) -> Result<(String, Task), ApiError> {
    let (user_id, task) = beside(|| api.introspect(), || api.task(id));
    Ok((user_id?, task?))
}

/// Whose the credential is, and the task, for an action without a sign-in: the credential's person alone does it, so it
/// has to be the one of the profile, if that says whose it is.
pub(crate) fn actor_and_task(
    api: &AccessApi,
    profile: &Profile,
    id: &str,
) -> Result<(String, Task), Error> {
    if profile.person.is_none() {
        return Ok(me_and_task(api, id)?);
    }
    let (approver, task) = person_and_task(api, id, |_| ())?;
    belongs(profile, &approver)?;
    Ok((approver.user_id, task))
}

/// Refuses a credential of somebody else than the profile is for (`person`), before anything is sent with it. One
/// whom the API does not name is compared with the person who signs in.
pub(crate) fn belongs(profile: &Profile, approver: &Approver) -> Result<(), Error> {
    let Some(pinned) = &profile.person else {
        return Ok(());
    };
    if approver.is(pinned) || !approver.is_named() {
        return Ok(());
    }
    let person = [&approver.email, &approver.username];
    let person = person.into_iter().flatten().next();
    Err(Error::untrusted(format!(
        "the profile `{}` is for `{}`, and the API credential belongs to `{}`",
        profile.name,
        sanitize(pinned),
        sanitize(person.unwrap_or(&approver.user_id)),
    ))
    .hint("nothing was submitted; `stepup login` signs in as somebody else, and `person` in the profile says whose it is"))
}
