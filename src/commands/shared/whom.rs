//! Whom the person who typed an address or an id means.

use crate::adapters::access_api::{AccessApi, ApiError};
use crate::domain::person::Approver;
use crate::domain::task::is_object_id;
use crate::error::Error;

/// Whom an address or an id means: exactly one, as far as the API tells.
pub(in crate::commands) fn person(api: &AccessApi, wanted: &str) -> Result<Approver, Error> {
    let usage = |message: String| Error::usage(message);
    if is_object_id(wanted) {
        return match api.user(wanted) {
            // Whom the caller may not read can decide all the same.
            Err(ApiError::Forbidden(_)) => Ok(Approver {
                user_id: wanted.to_owned(),
                ..Approver::default()
            }),
            Err(ApiError::NotFound(_)) => {
                Err(usage(format!("the API knows nobody of the id `{wanted}`"))
                    .hint("nothing was changed; give the person's email address"))
            }
            answer => Ok(answer?),
        };
    }
    let found = match api.people_at(wanted) {
        Err(error @ (ApiError::Forbidden(_) | ApiError::NotFound(_))) => {
            return Err(Error::refused(format!("you may not search for `{wanted}` at this API: {error}"))
            .hint("nothing was changed; give the API's id of the person, which the web app shows in the URL of the person's page")
            .caused_by(error));
        }
        answer => answer?,
    };
    let ids: Vec<&str> = found.iter().map(|one| one.user_id.as_str()).collect();
    match ids.as_slice() {
        [] => Err(usage(format!("the API knows nobody at `{wanted}`"))
            .hint("nothing was changed; check the address, or give the API's id of the person")),
        [_] => Ok(found.into_iter().next().unwrap_or_default()),
        several => Err(usage(format!("several people have the address `{wanted}`"))
            .hint(format!("choose one by its id: {}", several.join(", ")))),
    }
}

/// The name with the address, or whatever there is to call them by.
pub(in crate::commands) fn called(person: &Approver) -> String {
    match (&person.display_name, &person.email) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        (Some(name), None) | (None, Some(name)) => name.clone(),
        (None, None) => person.user_id.clone(),
    }
}
