//! `stepup logout` removes the API credential, `whoami` says whose it is; and `stepup config set-secret`.

use std::io::IsTerminal;

use crate::adapters::api_key::ApiKey;
use crate::adapters::credentials::{Secret, unmarked};
use crate::adapters::sanitize::{sanitize, short};
use crate::ceremony::registration::{client_auth, public};
use crate::cli::SetSecret;
use crate::commands::shared::secrets::{asked, from_stdin, secret_in};
use crate::config::{ClientAuthMethod, Config};
use crate::context::Context;
use crate::environment::TOKEN;
use crate::error::Error;
use crate::session::Session;
use crate::session::who::identity_and_person;

/// Keeps the secret or the key of a confidential client, for the entry whose `client_auth` needs it.
pub(super) fn set_client_secret(context: &Context, args: &SetSecret) -> Result<(), Error> {
    let config = Config::load(context.global.config.as_deref())?;
    let (_, credentials) = Session::local(context, &config)?;
    let entry = config.entry(&args.entry)?;
    let is_key = match entry.client_auth {
        ClientAuthMethod::None => return Err(public(&entry.name)),
        ClientAuthMethod::PrivateKeyJwt => true,
        ClientAuthMethod::SecretBasic | ClientAuthMethod::SecretPost => false,
    };
    let what = if is_key {
        "client key"
    } else {
        "client secret"
    };
    let secret = if args.adopt {
        let older = credentials.older(&entry.credential())?;
        older.ok_or_else(|| nothing_to_adopt(&credentials.place()))?
    } else {
        given(context, &entry.name, what, is_key)?
    };
    // Before anything else is said of it: a key has several lines, and is no secret for a better reason.
    client_auth(entry, &secret)?;
    let secret = if is_key {
        secret
    } else {
        secret_in(secret.expose(), what, "stdin")?
    };
    credentials.set(&entry.credential(), &secret)?;
    let text = format!(
        "the {what} of `{}` is kept in {}",
        entry.name,
        credentials.place()
    );
    let document = serde_json::json!({
        "schema": "stepup.secret/1",
        "provider": entry.name,
        "kept_in": unmarked(&credentials.place()),
    });
    context.deliver("the secret is kept", &text, &document)
}

/// From stdin, or from the person who sits there.
fn given(context: &Context, entry: &str, what: &str, is_key: bool) -> Result<Secret, Error> {
    let file = format!("`stepup config set-secret {entry} < FILE`");
    match (std::io::stdin().is_terminal(), is_key) {
        // Nobody types several lines unseen.
        (true, true) => {
            let sentence = "a client key is read from a file, and stdin is a terminal";
            Err(Error::usage(sentence).hint(file))
        }
        (true, false) => asked(context, what, &file),
        (false, _) => from_stdin(what),
    }
}

fn nothing_to_adopt(place: &str) -> Error {
    let sentence = format!("{place} holds no credential without the URL of its provider");
    Error::usage(sentence).hint("nothing was changed")
}

pub(super) fn logout(context: &Context) -> Result<(), Error> {
    let session = Session::configured(context)?;
    let kept = session.credentials.require(&session.profile.credential());
    let key = kept.ok().and_then(|kept| ApiKey::from_kept(&kept)?.ok());
    let existed = session.credentials.delete(&session.profile.credential())?;
    let text = if existed {
        format!(
            "the credential of `{}` is removed from {}",
            session.profile.name,
            session.credentials.place()
        )
    } else {
        format!(
            "no credential of `{}` was kept in {}",
            session.profile.name,
            session.credentials.place()
        )
    };
    if let Some(key) = &key {
        // The public API makes personal keys and deletes none.
        context.terminal.say(format_args!(
            "the key {} itself still exists: its API has no call to delete it, remove it in the web app",
            sanitize(key.id())
        ));
    }
    if context.token.is_some() {
        context.terminal.warn(format_args!(
            "`{TOKEN}` is still set and still signs you in"
        ));
    } else if let Ok(Some(found)) = Session::left_by_c1(None) {
        context.terminal.warn(format_args!(
            "{} is still there; stepup reads it and never changes it",
            found.place
        ));
    }
    let document = serde_json::json!({
        "schema": "stepup.logout/1",
        "profile": session.profile.name,
        "removed": existed,
        "key_left": key.as_ref().map(ApiKey::id),
    });
    context.deliver("it is done", &text, &document)
}

/// Who the API says we are.
pub(super) fn whoami(context: &Context) -> Result<(), Error> {
    let session = Session::open(context)?;
    let signed_in = session.sign_in(context)?;
    let api = &signed_in.api;
    let (identity, person) = identity_and_person(api)?;
    signed_in.warn_of_service(context, &person);
    let name = person
        .display_name
        .as_deref()
        .unwrap_or("(name not visible)");
    let known = |text: &str| match text {
        "" => "(not visible)".to_owned(),
        text => short(text),
    };
    let text = format!(
        "{}\n  email:      {}\n  user id:    {}\n  roles:      {}\n  tenant:     {}\n  api:        {}\n  credential: {}",
        short(name),
        known(person.email.as_deref().unwrap_or_default()),
        short(&identity.user_id),
        known(&identity.roles.join(", ")),
        known(&identity.tenant_id),
        api.host(),
        signed_in.place,
    );
    let document = serde_json::json!({
        "schema": "stepup.whoami/1",
        "user_id": identity.user_id,
        "display_name": person.display_name,
        "email": person.email,
        "tenant_id": identity.tenant_id,
        "roles": identity.roles,
        "service": person.is_service,
        "api": api.host(),
        "profile": session.profile.name,
        "credential_from": unmarked(&signed_in.place),
    });
    context.show_text("the API answered", &text, &document)
}
