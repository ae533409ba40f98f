//! `stepup login`: by device sign-in, by an API key, or by a token. Whatever it was, the API is asked whose
//! it is before anything is kept.

use std::sync::Arc;

use url::Url;

use crate::adapters::access_api::AccessApi;
use crate::adapters::api_key::ApiKey;
use crate::adapters::bearer::Bearer;
use crate::adapters::browser::Opener;
use crate::adapters::cone::{Credential, address};
use crate::adapters::credentials::{Credentials, StoreKind};
use crate::adapters::device_login;
use crate::adapters::sanitize::sanitize;
use crate::ceremony::browse::own_opener;
use crate::cli::{Login, Store};
use crate::commands::shared::secrets::secret_from_stdin;
use crate::config::public;
use crate::context::Context;
use crate::domain::no_proof;
use crate::error::{Error, ErrorKind};
use crate::session::{Session, refused_as_no_proof};

/// What the key is called in C1.
const KEY_NAME: &str = "Created by stepup";

/// Signs in and keeps the credential; a tenant that is new gets a profile.
pub(super) fn login(context: &Context, args: &Login) -> Result<(), Error> {
    let given = given(context, args)?;
    let named = match (&args.tenant, &given) {
        (Some(text), _) => Some(tenant(text)?),
        (None, Some(Credential::Key(key))) if context.global.api_url.is_none() => key.api_url(),
        _ => None,
    };
    let session = match named {
        Some(url) => Session::for_tenant(context, url, args)?,
        None => Session::configured(context)?,
    };
    let credentials = place(context, &session, args.store);
    let name = session.profile.credential();
    // A keyring that cannot be used is found out before the person is troubled.
    credentials.get(&name)?;
    let credential = match given {
        Some(credential) => credential,
        None if args.adopt => adopted(&credentials, &name)?,
        None => Credential::Key(Box::new(by_device(context, args, &session)?)),
    };
    let (kept, signed_in) = (
        match &credential {
            Credential::Key(key) => key.to_kept(),
            // A workload's lives for minutes, and nobody hands one over here.
            Credential::Token(token) | Credential::Workload { token, .. } => token.clone(),
        },
        session.with(context, credential, credentials.place())?,
    );
    let identity = signed_in.api.identity()?;
    session.keep_profile()?;
    credentials.set(&name, &kept)?;
    let text = format!(
        "signed in to {} as {}; the credential is kept in {}\nthe profile is `{}`",
        signed_in.api.host(),
        identity.user_id,
        credentials.place(),
        session.profile.name,
    );
    let document = serde_json::json!({
        "schema": "stepup.login/1",
        "profile": session.profile.name,
        "user_id": identity.user_id,
        "kept_in": credentials.place(),
    });
    context.deliver("the credential is kept", &plain_lines(&text), &document)
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
    let key = ApiKey::new(id, secret_from_stdin(context, "client secret")?)?;
    Ok(Some(Credential::Key(Box::new(key))))
}

/// The credential that was kept without an origin.
fn adopted(credentials: &Credentials, name: &str) -> Result<Credential, Error> {
    let Some(kept) = credentials.older(name)? else {
        let sentence = format!(
            "{} holds no credential without the address of its API",
            credentials.place()
        );
        return Err(Error::new(ErrorKind::SignedOut, sentence).hint("sign in with `stepup login`"));
    };
    Ok(Credential::kept(kept)?)
}

/// `acme`, `acme.conductor.one`, or an address (c1.md 1.1).
fn tenant(text: &str) -> Result<Url, Error> {
    let name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let bare = !text.is_empty() && text != "localhost" && text.bytes().all(name);
    let full = if bare {
        format!("{text}.conductor.one")
    } else {
        text.to_owned()
    };
    // Plain http that is not for loopback is a mistake, which nobody corrects in silence.
    let plain_http = full.to_ascii_lowercase().starts_with("http://");
    let url = address(&full);
    if url.as_ref().is_some_and(no_proof::is_factors) {
        return Err(refused_as_no_proof("the API's address", no_proof::FACTORS));
    }
    url.filter(|url| !plain_http || url.scheme() == "http")
        .ok_or_else(|| {
            let public = public(text);
            Error::new(ErrorKind::Usage, format!("`{public}` cannot be a tenant"))
                .hint("write it like `acme`, `acme.c1eu.ai` or `https://acme.conductor.one`")
        })
}

/// The device sign-in, start to end; what comes out is a key of the person's own.
fn by_device(context: &Context, args: &Login, session: &Session) -> Result<ApiKey, Error> {
    let profile = &session.profile;
    let client_id = args
        .login_client_id
        .as_ref()
        .or(profile.login_client_id.as_ref());
    let client_id = client_id.ok_or_else(no_login_client)?;
    let (http, api_url) = (&context.http, &profile.api_url);
    let invitation = device_login::invite(http, api_url, client_id)?;
    let opener = own_opener(&args.own)?;
    let terminal = &context.terminal;
    terminal.say_always(format_args!(
        "your code is {}",
        sanitize(&invitation.user_code)
    ));
    terminal.say_always(match (&opener, invitation.complete) {
        (Opener::None, true) => "open this address in any browser, compare the code, and approve:",
        (Opener::None, false) => "open this address in any browser, enter the code, and approve:",
        (_, true) => "your browser opens; compare the code, and approve. If it does not, open:",
        (_, false) => "your browser opens; enter the code, and approve. If it does not, open:",
    });
    terminal.say_always(format_args!("  {}", sanitize(&invitation.url)));
    let listening = Arc::clone(terminal);
    if let Err(error) = opener.open(&invitation.url, move |trouble| listening.warn(trouble)) {
        terminal.warn(error);
    }
    let token = {
        let _line = terminal.waiting("waiting for you in the browser", invitation.lifetime);
        invitation.wait(http, api_url, client_id)?
    };
    let api = AccessApi::new(http.clone(), api_url.clone(), Bearer::fixed(token));
    Ok(api.create_personal_key(KEY_NAME)?)
}

/// c1.md 1.3: nobody outside C1 can register a client, and stepup does not pose as cone.
fn no_login_client() -> Error {
    Error::new(
        ErrorKind::Usage,
        "signing in with the browser needs the client id of a device sign-in, and none is configured",
    )
    .hint("if you use cone, `cone login` is enough: stepup reads its profile")
    .hint("or make an API key in C1, and `stepup login TENANT --client-id ID --client-secret-stdin`")
    .hint("or, with a client id from C1, `stepup login TENANT --login-client-id ID`; `login_client_id` in the profile keeps it")
}

/// The configured place, or the one asked for. A file beside a configuration that says otherwise would
/// never be read again, so the person is told what to set.
fn place(context: &Context, session: &Session, asked: Option<Store>) -> Credentials {
    let Some(kind) = asked.map(StoreKind::from) else {
        return session.credentials.clone();
    };
    if session.config.store(Some(&session.profile)) != kind {
        let word = if kind == StoreKind::File {
            "file"
        } else {
            "keyring"
        };
        context.terminal.warn(format_args!(
            "set `store = \"{word}\"` in the configuration, or stepup will look for it elsewhere"
        ));
    }
    session.credentials_in(kind)
}

impl From<Store> for StoreKind {
    fn from(store: Store) -> Self {
        match store {
            Store::Keyring => Self::Keyring,
            Store::File => Self::File,
        }
    }
}

fn plain_lines(text: &str) -> String {
    text.lines().map(sanitize).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_is_written_in_several_ways() {
        for (text, url) in [
            ("acme", Some("https://acme.conductor.one/")),
            ("Acme.conductor.one", Some("https://acme.conductor.one/")),
            ("acme.c1eu.ai", Some("https://acme.c1eu.ai/")),
            (
                "https://acme.example:8443",
                Some("https://acme.example:8443/"),
            ),
            ("http://127.0.0.1:4000", Some("http://127.0.0.1:4000/")),
            ("http://acme.conductor.one", None),
            ("", None),
            ("a b", None),
        ] {
            let found = tenant(text).ok().map(String::from);
            assert_eq!(found.as_deref(), url, "{text}");
        }
    }
}
