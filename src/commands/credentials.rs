//! `stepup login`, `logout`, `whoami`: the API credential in, out, and whose it is; and the secret of a
//! confidential client.

use std::io::Read;

use super::Context;
use super::session::Session;
use crate::adapters::access_api::AccessApi;
use crate::adapters::credentials::{Credentials, Secret, StoreKind};
use crate::adapters::plain::plain;
use crate::adapters::terminal::undelivered;
use crate::cli::{Login, SetSecret, Store};
use crate::config::Config;
use crate::environment::TOKEN;
use crate::error::{Error, ErrorKind};

/// Longest secret read, bytes.
const MAX_SECRET: u64 = 64 * 1024;

/// Reads a token from stdin, asks the API whose it is, and keeps it only if the API accepts it.
pub(super) fn login(context: &Context, args: &Login) -> Result<(), Error> {
    if !args.token_stdin {
        return Err(Error::new(
            ErrorKind::Usage,
            "nothing says where the credential comes from",
        )
        .hint("pipe it in: `stepup login --token-stdin < token.txt`"));
    }
    let session = Session::open(context)?;
    let token = secret_from_stdin("token")?;
    let api = AccessApi::new(
        context.http.clone(),
        session.profile.api_url.clone(),
        token.expose(),
    );
    let user_id = api.introspect()?;
    let credentials = place(context, &session, args.store)?;
    credentials.set(&session.profile.credential(), &token)?;
    let text = format!(
        "signed in to {} as {user_id}; the credential is kept in {}",
        api.host(),
        credentials.place()
    );
    let document = serde_json::json!({
        "schema": "stepup.login/1",
        "profile": session.profile.name,
        "user_id": user_id,
        "kept_in": credentials.place(),
    });
    context
        .terminal
        .result(&plain(&text), &document)
        .map_err(|error| undelivered("the credential is kept", error))
}

/// The configured place, or the one asked for. A file beside a configuration that says otherwise would
/// never be read again, so the person is told what to set.
fn place(context: &Context, session: &Session, asked: Option<Store>) -> Result<Credentials, Error> {
    let kind = match asked {
        None => return Ok(session.credentials.clone()),
        Some(Store::Keyring) => StoreKind::Keyring,
        Some(Store::File) => StoreKind::File,
    };
    if session.config.store(&session.profile) != kind {
        let word = if kind == StoreKind::File {
            "file"
        } else {
            "keyring"
        };
        context.terminal.warn(format_args!(
            "set `store = \"{word}\"` in the configuration, or stepup will look for it elsewhere"
        ));
    }
    let path = Config::location(context.global.config.as_deref())?;
    let folder = path
        .parent()
        .map(std::path::Path::to_owned)
        .unwrap_or_default();
    Ok(Credentials::new(kind, &folder))
}

/// One word of printable ASCII, which is what fits into a header.
fn secret_from_stdin(what: &str) -> Result<Secret, Error> {
    let mut text = String::new();
    let read = std::io::stdin().take(MAX_SECRET).read_to_string(&mut text);
    read.map_err(|error| {
        Error::new(
            ErrorKind::Usage,
            format!("the {what} could not be read from stdin"),
        )
        .caused_by(error)
    })?;
    let secret = Secret::new(text.trim());
    let word = secret.expose();
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(secret);
    }
    Err(
        Error::new(ErrorKind::Usage, format!("stdin holds no {what}"))
            .hint("it is one word of printable ASCII"),
    )
}

/// Keeps the secret of a confidential client, for the entry whose `client_auth` needs it.
pub(super) fn set_client_secret(context: &Context, args: &SetSecret) -> Result<(), Error> {
    let session = Session::open(context)?;
    let entry = session.config.entry(&args.entry)?;
    let secret = secret_from_stdin("client secret")?;
    session.credentials.set(&entry.credential(), &secret)?;
    let text = format!(
        "the client secret of `{}` is kept in {}",
        entry.name,
        session.credentials.place()
    );
    let document = serde_json::json!({
        "schema": "stepup.secret/1",
        "provider": entry.name,
        "kept_in": session.credentials.place(),
    });
    context
        .terminal
        .result(&text, &document)
        .map_err(|error| undelivered("the secret is kept", error))
}

/// Forgets the credential.
pub(super) fn logout(context: &Context) -> Result<(), Error> {
    let session = Session::open(context)?;
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
    if context.token.is_some() {
        context.terminal.warn(format_args!(
            "`{TOKEN}` is still set and still signs you in"
        ));
    }
    let document = serde_json::json!({
        "schema": "stepup.logout/1",
        "profile": session.profile.name,
        "removed": existed,
    });
    context
        .terminal
        .result(&text, &document)
        .map_err(|error| undelivered("it is done", error))
}

/// Who the API says we are.
pub(super) fn whoami(context: &Context) -> Result<(), Error> {
    let session = Session::open(context)?;
    let api = session.api(context)?;
    let user_id = api.introspect()?;
    let person = api.user(&user_id).unwrap_or_default();
    let source = if context.token.is_some() {
        TOKEN.to_owned()
    } else {
        session.credentials.place()
    };
    let name = person
        .display_name
        .as_deref()
        .unwrap_or("(name not visible)");
    let email = person.email.as_deref().unwrap_or("(email not visible)");
    let text = format!(
        "{}\n  email:      {}\n  user id:    {user_id}\n  api:        {}\n  credential: {source}",
        plain(name),
        plain(email),
        api.host()
    );
    let document = serde_json::json!({
        "schema": "stepup.whoami/1",
        "user_id": user_id,
        "display_name": person.display_name,
        "email": person.email,
        "api": api.host(),
        "profile": session.profile.name,
        "credential_from": source,
    });
    context
        .terminal
        .result(&text, &document)
        .map_err(|error| undelivered("the API answered", error))
}
