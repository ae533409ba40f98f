//! `stepup login`: by device sign-in, by an API key, or by a token. Whatever it was, the API is asked whose
//! it is before anything is kept.

use std::sync::Arc;

use url::Url;

use crate::adapters::access_api::AccessApi;
use crate::adapters::api_key::{ApiKey, ApiKeyError, api_of};
use crate::adapters::bearer::Bearer;
use crate::adapters::browser::Opener;
use crate::adapters::cone::Credential;
use crate::adapters::credentials::{
    CredentialError, CredentialName, Credentials, StoreKind, unmarked,
};
use crate::adapters::device_login;
use crate::adapters::sanitize::{sanitize, sanitize_lines, short};
use crate::ceremony::browse::{opening, own_opener};
use crate::cli::{Login, Store};
use crate::commands::shared::secrets::{asked, secret_from_stdin};
use crate::config::{Choice, Config, ConfigError, Setting};
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::meaning::{not_set_up, not_written};
use crate::session::address::api_url;
use crate::session::who::identity_and_person;
use crate::session::{Session, next_commands};

/// What the key is called in C1.
const KEY_NAME: &str = "Created by stepup";

/// How the credential is come by.
enum How {
    /// It was handed over.
    Given(Credential),
    /// It was kept before, without an origin.
    Adopted,
    /// By the device sign-in of this public client.
    ByDevice(String),
    /// The person types both halves of an API key, or the one that is missing.
    Asked,
}

/// Signs in and keeps the credential; a tenant that is new gets a profile.
pub(super) fn login(context: &Context, args: &Login) -> Result<(), Error> {
    let named = args.tenant.as_deref().map(api_url).transpose()?;
    let given = given(context, args)?;
    let session = session(context, args, named)?;
    let how = how(context, args, &session, given)?;
    let name = session.profile.credential();
    let store = store(context, &session, args.store, &name)?;
    let credentials = place(&session, store);
    let mut login_client = None;
    let credential = match how {
        How::Given(credential) => credential,
        How::Adopted => adopted(&credentials, &name)?,
        How::ByDevice(client_id) => {
            let key = by_device(context, args, &session, &client_id)?;
            login_client = Some(client_id);
            Credential::Key(Box::new(key))
        }
        How::Asked => {
            let id = args.client_id.as_deref();
            Credential::Key(Box::new(asked_key(context, id)?))
        }
    };
    let (kept, signed_in) = (
        match &credential {
            Credential::Key(key) => key.to_kept(),
            // A workload's lives for minutes, and nobody hands one over here.
            Credential::Token(token) | Credential::Workload { token, .. } => token.clone(),
        },
        session.with(context, credential, credentials.place())?,
    );
    let (identity, person) = identity_and_person(&signed_in.api)?;
    session.keep_profile()?;
    credentials.set(&name, &kept)?;
    keep_store(context, &session, store)?;
    if let Some(id) = login_client {
        keep_login_client(context, &session, &id);
    }
    let text = format!(
        "signed in to {} as {}; the credential is kept in {}\nthe profile is `{}`{}\n{}",
        signed_in.api.host(),
        short(&person.in_words()),
        credentials.place(),
        session.profile.name,
        other_default(context, &session.profile.name),
        next_commands(context, &session.profile.name)
            .completed("next: `stepup task list` shows what waits for you"),
    );
    let document = serde_json::json!({
        "schema": "stepup.login/1",
        "profile": session.profile.name,
        "api": signed_in.api.host(),
        "user_id": identity.user_id,
        "display_name": person.display_name,
        "email": person.email,
        "kept_in": unmarked(&credentials.place()),
    });
    context.deliver("the credential is kept", &sanitize_lines(&text), &document)
}

/// What is said of the default, where that is another profile.
fn other_default(context: &Context, name: &str) -> String {
    let Ok(config) = Config::load(context.global.config.as_deref()) else {
        return String::new();
    };
    let stays = match config.profile(None) {
        Ok(default) if default.name != name => format!("the default stays `{}`", default.name),
        Err(ConfigError::ManyProfiles { .. }) => "none is the default".to_owned(),
        _ => return String::new(),
    };
    format!(
        ", and {stays}: add `--profile {name}` to a command, or run `stepup config set default_profile {name}`"
    )
}

/// The profile of the API that was named, by an address or by the key itself; else the configured one, else of the
/// API that the person names when asked.
fn session(context: &Context, args: &Login, named: Option<Url>) -> Result<Session, Error> {
    let new = |url| {
        let store = args.store.map(StoreKind::from);
        Session::for_tenant(context, url, store, args.login_client_id.clone())
    };
    let by_key = || {
        let id = args.client_id.as_deref();
        id.filter(|_| context.global.api_url.is_none())
            .and_then(api_of)
    };
    if let Some(url) = named.or_else(by_key) {
        return new(url);
    }
    match Session::if_configured(context)? {
        Ok(session) => Ok(session),
        Err(error @ (ConfigError::NoProfile | ConfigError::UnknownProfile { .. })) => {
            let question = "C1 tenant or URL of the API (such as `acme`)";
            match context.answered(context.terminal.ask(question))? {
                Some(text) => new(api_url(&text)?),
                None => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// What was handed over, else what the profile allows, else what the person can be asked for.
fn how(
    context: &Context,
    args: &Login,
    session: &Session,
    given: Option<Credential>,
) -> Result<How, Error> {
    if let Some(credential) = given {
        return Ok(How::Given(credential));
    }
    if args.adopt {
        return Ok(How::Adopted);
    }
    if args.client_id.is_some() {
        return Ok(How::Asked);
    }
    let client_id = args
        .login_client_id
        .as_ref()
        .or(session.profile.login_client_id.as_ref());
    match client_id {
        Some(client_id) => Ok(How::ByDevice(client_id.clone())),
        None if context.terminal.can_ask() => Ok(How::Asked),
        None => Err(no_login_client()),
    }
}

/// Both halves of an API key, from the person who sits there; the secret alone where the id was given.
fn asked_key(context: &Context, id: Option<&str>) -> Result<ApiKey, Error> {
    let terminal = &context.terminal;
    let id = if let Some(id) = id {
        id.to_owned()
    } else {
        terminal.say("signing in with an API key: create one in C1's web application, then copy both halves here");
        let id = context.answered(terminal.ask("client id"))?;
        id.ok_or_else(|| not_set_up(Error::usage("no client id given, and nothing was kept")))?
    };
    if api_of(id.trim()).is_none() {
        return Err(ApiKeyError::ClientId.into());
    }
    let instead = "nothing was kept; run the command again, or hand the secret over on stdin with `--client-secret-stdin < FILE`";
    let secret = asked(context, "client secret", instead)?;
    Ok(ApiKey::new(id.trim(), secret)?)
}

/// The credential that was handed over, if one was.
fn given(context: &Context, args: &Login) -> Result<Option<Credential>, Error> {
    if args.token_stdin {
        return Ok(Some(Credential::Token(secret_from_stdin(
            context, "token",
        )?)));
    }
    let Some(id) = &args.client_id else {
        return Ok(None);
    };
    if api_of(id).is_none() {
        return Err(ApiKeyError::ClientId.into());
    }
    if !args.client_secret_stdin {
        let asked = context.terminal.can_ask();
        return asked.then_some(None).ok_or_else(no_secret);
    }
    let key = ApiKey::new(id, secret_from_stdin(context, "client secret")?)?;
    Ok(Some(Credential::Key(Box::new(key))))
}

/// Half of an API key, and nobody to ask for the other half.
fn no_secret() -> Error {
    Error::usage("missing: `--client-secret-stdin`").hint(
        "hand the secret over on stdin: add `--client-secret-stdin < FILE`; on a terminal it is asked for",
    )
}

/// The credential that was kept without an origin.
fn adopted(credentials: &Credentials, name: &CredentialName) -> Result<Credential, Error> {
    let Some(kept) = credentials.older(name)? else {
        let sentence = format!(
            "{} holds no credential without the URL of its API",
            credentials.place()
        );
        return Err(Error::new(ErrorKind::SignedOut, sentence).hint("sign in with `stepup login`"));
    };
    Ok(Credential::kept(kept)?)
}

/// The device sign-in, start to end; what comes out is a key of the person's own.
fn by_device(
    context: &Context,
    args: &Login,
    session: &Session,
    client_id: &str,
) -> Result<ApiKey, Error> {
    let (http, api_url) = (&context.http, &session.profile.api_url);
    let invitation = device_login::invite(http, api_url, client_id)?;
    let opener = own_opener(&args.own)?;
    let terminal = &context.terminal;
    terminal.say_always(format_args!(
        "your code is {}",
        sanitize(&invitation.user_code)
    ));
    let do_so = if invitation.complete {
        "compare the code, and allow the sign-in"
    } else {
        "enter the code, and allow the sign-in"
    };
    terminal.say_always(match &opener {
        Opener::None => format!("open this URL in any browser, {do_so}:"),
        _ => format!(
            "{}: {do_so}. If nothing happens, open this URL:",
            opening(&opener)
        ),
    });
    terminal.say_always(format_args!("  {}", sanitize(&invitation.url)));
    let listening = Arc::clone(terminal);
    if let Err(error) = opener.open(&invitation.url, move |trouble| listening.warn(trouble)) {
        terminal.warn(error);
    }
    let limit = args.timeout.min(invitation.lifetime);
    let token = {
        let _line = terminal.waiting("waiting for your sign-in in the browser", limit);
        invitation.wait(http, api_url, client_id, limit)?
    };
    let api = AccessApi::new(http.clone(), api_url.clone(), Bearer::fixed(token));
    Ok(api.create_personal_key(KEY_NAME)?)
}

/// c1.md 1.3: nobody outside C1 can register a client, and stepup does not pose as cone.
fn no_login_client() -> Error {
    let sentence = "no API key and no token given, and no terminal to ask for one on";
    not_set_up(Error::usage(sentence))
        .hint("to sign in with the browser, with a client id that the API gave you: `stepup login TENANT --login-client-id ID`; `login_client_id` in the profile keeps it")
}

/// The kind of place that was asked for, if one was. A keyring that cannot be used is found out before the person is
/// troubled for a credential; without any on this machine they may choose the file, which is never chosen for them.
fn store(
    context: &Context,
    session: &Session,
    asked: Option<Store>,
    name: &CredentialName,
) -> Result<Option<Store>, Error> {
    let error = match place(session, asked).get(name) {
        Ok(_) => return Ok(asked),
        Err(error @ CredentialError::NoKeyring { .. }) if asked.is_none() => error,
        Err(error) => return Err(error.into()),
    };
    let file = place(session, Some(Store::File));
    let question = format!(
        "there is no system keyring here; keep the credential in a file that only you can read, {}?",
        file.place()
    );
    match context.answered(context.terminal.yes_or_no(&question, false))? {
        Some(true) => {
            file.get(name)?;
            Ok(Some(Store::File))
        }
        _ => Err(error.into()),
    }
}

/// The configured place, or the one asked for.
fn place(session: &Session, asked: Option<Store>) -> Credentials {
    match asked {
        Some(store) => session.credentials_in(store.into()),
        None => session.credentials.clone(),
    }
}

/// The place that was asked for is the profile's from now on: elsewhere the credential would never be found again.
fn keep_store(context: &Context, session: &Session, asked: Option<Store>) -> Result<(), Error> {
    let (profile, terminal) = (&session.profile, &context.terminal);
    let kept = session.config.store(Some(profile));
    let Some(kind) = asked.map(StoreKind::from).filter(|kind| *kind != kept) else {
        return Ok(());
    };
    let word = kind.word();
    if !session.config.profiles.contains_key(&profile.name) {
        terminal.warn(format_args!(
            "no profile is kept for this API: run `stepup config set store {word}`, or stepup will look for the credential elsewhere"
        ));
        return Ok(());
    }
    keep(session, "store", word)?;
    terminal.say_always(format_args!(
        "the profile `{}` has store = {word}: its secrets are kept there from now on",
        profile.name
    ));
    Ok(())
}

/// The client id that began the sign-in is the profile's from now on, if it has none: the next sign-in needs it again.
/// Where the file cannot be written, the flag is there still.
fn keep_login_client(context: &Context, session: &Session, id: &str) {
    let (profile, terminal) = (&session.profile, &context.terminal);
    if profile.login_client_id.is_some() || !session.config.profiles.contains_key(&profile.name) {
        return;
    }
    match keep(session, "login_client_id", id) {
        Ok(()) => terminal.say(format_args!(
            "the profile `{}` has this client id from now on: `stepup login` is enough",
            profile.name
        )),
        Err(error) => terminal.warn(error),
    }
}

/// Writes a setting of the profile.
fn keep(session: &Session, setting: &str, text: &str) -> Result<(), Error> {
    let value = Setting::Text(text.to_owned());
    let name = &session.profile.name;
    let draft = Config::with_setting(session.path(), Some(name), setting, Some(&value));
    draft.map_err(not_written)?.write(session.path())?;
    Ok(())
}

impl From<Store> for StoreKind {
    fn from(store: Store) -> Self {
        match store {
            Store::Keyring => Self::Keyring,
            Store::File => Self::File,
        }
    }
}
