//! A session with one API: the configuration, the profile, the credential, and the clients made of them.

pub(crate) mod address;
mod no_proof;
pub(crate) mod who;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use url::Url;

use crate::adapters::access_api::AccessApi;
use crate::adapters::api_key::api_of;
use crate::adapters::bearer::{Bearer, Grant};
use crate::adapters::cone::{ConeError, Credential, Found, Surroundings};
use crate::adapters::credentials::{
    CredentialError, CredentialName, Credentials, Secret, StoreKind, of_another,
};
use crate::adapters::http::host_and_port;
use crate::adapters::learned::Learned;
use crate::adapters::resource_metadata::covers;
use crate::adapters::sanitize::sanitize;
use crate::config::{Config, ConfigError, Profile, folder_of, is_name};
use crate::context::Context;
use crate::domain::loopback::is_loopback;
use crate::domain::no_proof::{SSWS, is_ssws};
use crate::domain::person::Approver;
use crate::domain::task_reference::TaskReference;
use crate::environment::{self, TOKEN};
use crate::error::{Error, ErrorKind, SameApi};
use address::api_url;
pub(crate) use no_proof::refused_as_no_proof;

/// Configuration and profile, with the flags applied.
pub(crate) struct Session {
    /// The configuration file.
    pub(crate) config: Config,
    pub(crate) profile: Profile,
    /// Where secrets are.
    pub(crate) credentials: Credentials,
    /// The configuration's path, whether there is such a file or not.
    path: PathBuf,
    /// The credential that stands in for a profile.
    found: Option<Found>,
    /// Whether the profile is not in the file yet.
    is_new: bool,
    /// What the person answered in this run, if asked: whether the only profile may name the only entry.
    pub(crate) linked: OnceLock<bool>,
}

/// A credential in use.
pub(crate) struct SignedIn {
    pub(crate) api: AccessApi,
    /// Where it came from, in words.
    pub(crate) place: String,
    /// Whether its client id is a program's.
    service: bool,
}

impl SignedIn {
    /// c1.md 8.16: a program may hold tasks, but cannot sign in as a person.
    pub(crate) fn warn_of_service(&self, context: &Context, approver: &Approver) {
        if self.service || approver.is_service {
            context.terminal.warn(
                "the credential belongs to a service principal, which cannot pass a person's step-up",
            );
        }
    }
}

impl Session {
    /// Reads the configuration and chooses the profile: a configured one, else what C1's own tools left
    /// on this machine (c1.md 9.2).
    pub(crate) fn open(context: &Context) -> Result<Self, Error> {
        Ok(Self::find(context)??)
    }

    /// Opens the session; the inner error says that there is no such profile, which the caller may do without.
    pub(crate) fn find(context: &Context) -> Result<Result<Self, ConfigError>, Error> {
        let config = Config::load(context.global.config.as_deref())?;
        let error = match Self::profile(context, &config)? {
            Ok(profile) => return Self::of(context, config, profile).map(Ok),
            Err(error @ (ConfigError::NoProfile | ConfigError::UnknownProfile { .. })) => error,
            Err(error) => return Err(error.into()),
        };
        let found = Self::left_by_c1(context.global.profile.as_deref())?;
        let Some((url, found)) = found.and_then(|found| Some((found.api_url.clone()?, found)))
        else {
            return Ok(Err(error));
        };
        let mut session = Self::of(context, config, Profile::new("default", url))?;
        session.found = Some(found);
        Ok(Ok(session))
    }

    /// For what needs no API: the session if a profile can be opened, and the secret store. Without a profile it is
    /// the store of the configuration's top level.
    pub(crate) fn local(
        context: &Context,
        config: &Config,
    ) -> Result<(Option<Self>, Credentials), Error> {
        let error = match Self::open(context) {
            Ok(session) => {
                let credentials = session.credentials.clone();
                return Ok((Some(session), credentials));
            }
            Err(error) => error,
        };
        let own = config.profiles.values().any(|own| own.store.is_some());
        if own || context.global.profile.is_some() {
            return Err(error);
        }
        let path = Config::location(context.global.config.as_deref())?;
        let folder = folder_of(&path);
        Ok((None, Credentials::new(config.store(None), folder)))
    }

    /// As [`Self::open`], with a configured profile or an address only.
    pub(crate) fn configured(context: &Context) -> Result<Self, Error> {
        Ok(Self::if_configured(context)??)
    }

    /// As [`Self::configured`]; the inner error says that there is no such profile.
    pub(crate) fn if_configured(context: &Context) -> Result<Result<Self, ConfigError>, Error> {
        let config = Config::load(context.global.config.as_deref())?;
        match Self::profile(context, &config)? {
            Ok(profile) => Self::of(context, config, profile).map(Ok),
            Err(error) => Ok(Err(error)),
        }
    }

    /// The profile of this API, or a new one that [`Self::keep_profile`] writes.
    pub(crate) fn for_tenant(
        context: &Context,
        url: Url,
        store: Option<StoreKind>,
        login_client_id: Option<String>,
    ) -> Result<Self, Error> {
        let config = match Config::load(context.global.config.as_deref()) {
            Err(ConfigError::NotThere { .. } | ConfigError::NotInFolder { .. }) => {
                Config::default()
            }
            config => config?,
        };
        let same = |profile: &&Profile| profile.api_url.origin() == url.origin();
        let named = context.global.profile.clone();
        let known = match &named {
            Some(name) => config.profiles.get(name),
            None => config.profiles.values().find(same),
        };
        if let Some(profile) = known.filter(same) {
            let profile = profile.clone();
            return Self::of(context, config, profile);
        }
        let name = named.unwrap_or_else(|| name_for(&url));
        // Found out now: whoever signs in first leaves a key at the API that is kept nowhere.
        if !is_name(&name) {
            return Err(
                Error::usage(format!("`{name}` is no name for a profile")).hint(
                    "name it with `--profile NAME`: at most 64 of `a` to `z`, digits, `-` and `_`",
                ),
            );
        }
        if let Some(other) = config.profiles.get(&name) {
            return Err(
                Error::usage(format!("the profile `{name}` is for `{}`", other.api_url))
                    .hint("choose another name for the new one with `--profile NAME`"),
            );
        }
        let profile = Profile {
            store,
            login_client_id,
            ..Profile::new(&name, url)
        };
        let mut session = Self::of(context, config, profile)?;
        session.is_new = true;
        Ok(session)
    }

    /// What C1's own tools left on this machine.
    pub(crate) fn left_by_c1(profile: Option<&str>) -> Result<Option<Found>, ConeError> {
        let places = directories::BaseDirs::new();
        let surroundings = Surroundings {
            variable: &environment::variable,
            home: places.as_ref().map(|places| places.home_dir().to_owned()),
            configurations: places.as_ref().map(|places| places.config_dir().to_owned()),
            keyring: &of_another,
        };
        surroundings.look(profile)
    }

    /// Precedence: flag, variable, profile. An address alone is enough to talk to an API.
    pub(crate) fn profile(
        context: &Context,
        config: &Config,
    ) -> Result<Result<Profile, ConfigError>, Error> {
        let flag = context.global.api_url.as_deref().map(api_url).transpose()?;
        let chosen = config.profile(context.global.profile.as_deref());
        Ok(match (chosen, flag) {
            (Ok(profile), Some(api_url)) => Ok(Profile {
                api_url,
                ..profile.clone()
            }),
            (Ok(profile), None) => Ok(profile.clone()),
            (Err(ConfigError::NoProfile), Some(url)) => Ok(Profile::new("default", url)),
            (Err(error), _) => Err(error),
        })
    }

    fn of(context: &Context, config: Config, profile: Profile) -> Result<Self, Error> {
        let path = Config::location(context.global.config.as_deref())?;
        let folder = folder_of(&path);
        let credentials = Credentials::new(config.store(Some(&profile)), folder);
        context.is_about(same_api(context, &config, &profile));
        Ok(Self {
            config,
            profile,
            credentials,
            path,
            found: None,
            is_new: false,
            linked: OnceLock::new(),
        })
    }

    /// Whether a URL is the API's: of its origin, and under its path.
    pub(crate) fn covers(&self, url: &Url) -> bool {
        covers(self.profile.api_url.as_str(), url)
    }

    /// The number or the id of a task that was typed; an address has to be one of this API.
    pub(crate) fn task_id(&self, typed: &str) -> Result<String, Error> {
        let api = host_and_port(&self.profile.api_url);
        let task = TaskReference::parse(typed).ok_or_else(|| {
            not_a_task(typed).hint("give the task's number, its 27 letters and digits, or its URL")
        })?;
        match task.host {
            Some(host) if host != api => Err(Error::usage(format!("that is the URL of a task of `{host}`, and the API is `{api}`"))
            .hint(format!(
                "choose the profile of that API with `--profile`, or sign in there with `stepup login {host}`"
            ))),
            _ => Ok(task.id),
        }
    }

    /// The configuration file, whether it is there or not.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// What was learned about this profile's API.
    pub(crate) fn learned(&self) -> Learned {
        let folder = self.folder();
        Learned::new(folder, &self.profile.name, self.profile.api_url.as_str())
    }

    /// The secrets in this kind of place, for this configuration.
    pub(crate) fn credentials_in(&self, kind: StoreKind) -> Credentials {
        Credentials::new(kind, self.folder())
    }

    /// Writes the profile into the configuration if it is new.
    pub(crate) fn keep_profile(&self) -> Result<(), ConfigError> {
        if self.is_new {
            self.config.add_profile(&self.path, &self.profile)?;
        }
        Ok(())
    }

    pub(crate) fn api(&self, context: &Context) -> Result<AccessApi, Error> {
        self.sign_in(context).map(|signed_in| signed_in.api)
    }

    /// The API with its credential: from our variable, else from the store, else from C1's own tools.
    pub(crate) fn sign_in(&self, context: &Context) -> Result<SignedIn, Error> {
        if let Some(token) = &context.token {
            return self.with(context, Credential::Token(token.clone()), TOKEN.to_owned());
        }
        if let Some(found) = &self.found {
            return self.with_found(context, found.clone());
        }
        // A credential is for the API it was kept for, whatever `--api-url` says.
        let own = self.config.profiles.get(&self.profile.name);
        if let Some(own) = own.filter(|own| own.api_url.origin() != self.profile.api_url.origin()) {
            return Err(self.wrong_tenant(&self.credentials.place(), &own.api_url));
        }
        match self.credentials.require(&self.profile.credential()) {
            Ok(kept) => self.with_kept(context, kept),
            Err(error @ CredentialError::WithoutOrigin { .. }) => {
                let name = self.profile.credential();
                let kept = adopted(context, &self.credentials, &name, error)?;
                self.with_kept(context, kept)
            }
            Err(
                error @ (CredentialError::NotStored { .. } | CredentialError::NoKeyring { .. }),
            ) => match Self::left_by_c1(None)? {
                Some(found) => self.with_found(context, found),
                None => Err(error.into()),
            },
            Err(error) => Err(error.into()),
        }
    }

    fn with_kept(&self, context: &Context, kept: Secret) -> Result<SignedIn, Error> {
        self.with(context, Credential::kept(kept)?, self.credentials.place())
    }

    fn with_found(&self, context: &Context, found: Found) -> Result<SignedIn, Error> {
        // A key names its host, and no port; a token is only for the address that stands beside it.
        let api = &self.profile.api_url;
        let same = |url: &&Url| match found.credential {
            Credential::Token(_) => url.origin() == api.origin(),
            Credential::Key(_) | Credential::Workload { .. } => url.host_str() == api.host_str(),
        };
        if let Some(url) = found.api_url.as_ref().filter(|url| !same(url)) {
            return Err(self.wrong_tenant(&found.place, url));
        }
        if let Some(path) = &found.exposed {
            context.terminal.warn(format_args!(
                "`{path}` holds a secret and is open to other users of this machine; close it with `chmod 600 {path}`",
                path = path.display()
            ));
        }
        self.with(context, found.credential, found.place)
    }

    /// The API with this credential, which is for no other API.
    pub(crate) fn with(
        &self,
        context: &Context,
        credential: Credential,
        place: String,
    ) -> Result<SignedIn, Error> {
        let (http, url) = (context.http.clone(), self.profile.api_url.clone());
        if let Credential::Token(token) = &credential
            && is_ssws(token.expose())
        {
            return Err(refused_as_no_proof(
                &format!("the credential in {place}"),
                SSWS,
            ));
        }
        let (bearer, service) = match credential {
            Credential::Token(token) if place == TOKEN => (Bearer::of_variable(token), false),
            Credential::Token(token) => (Bearer::fixed(token), false),
            Credential::Key(key) => {
                if let Some(own) = key.api_url().filter(|_| !key.is_for(&url)) {
                    return Err(self.wrong_tenant(&place, &own));
                }
                let (service, form) = (key.is_service(), self.profile.api_key_form);
                (
                    Bearer::minted(http.clone(), url.clone(), Grant::Key(key, form)),
                    service,
                )
            }
            Credential::Workload { client_id, token } => {
                let own = api_of(&client_id);
                if let Some(own) = own.filter(|own| own.host_str() != url.host_str()) {
                    return Err(self.wrong_tenant(&place, &own));
                }
                let grant = Grant::Exchange {
                    client_id,
                    subject: token,
                };
                // A federated identity is a service principal (c1.md 1.5).
                (Bearer::minted(http.clone(), url.clone(), grant), true)
            }
        };
        Ok(SignedIn {
            api: AccessApi::new(http, url, bearer),
            place,
            service,
        })
    }

    fn wrong_tenant(&self, place: &str, own: &Url) -> Error {
        let api = &self.profile.api_url;
        // Where the hosts are the same, scheme or port tell them apart.
        let shown = |url: &Url| match url.host_str() {
            Some(host) if own.host_str() != api.host_str() => host.to_owned(),
            _ => url.origin().ascii_serialization(),
        };
        let (own, api) = (shown(own), shown(api));
        Error::new(
            ErrorKind::SignedOut,
            format!("the credential in {place} is for `{own}`, and the API is `{api}`"),
        )
        .hint(format!("sign in to that API with `stepup login {api}`, or choose another profile with `--profile`"))
    }
}

/// What the commands to type next need, now that this profile is kept.
pub(crate) fn next_commands(context: &Context, profile: &str) -> SameApi {
    let config = Config::load_for_repair(context.global.config.as_deref()).unwrap_or_default();
    match config.profile(None) {
        Ok(default) if default.name == profile => SameApi::default(),
        _ if config.profiles.contains_key(profile) => SameApi::of_profile(profile),
        _ => SameApi::default(),
    }
}

/// What commands in hints need to be about this profile's API.
fn same_api(context: &Context, config: &Config, profile: &Profile) -> SameApi {
    let url = &profile.api_url;
    match config.profiles.get(&profile.name) {
        Some(kept) if kept.api_url.origin() == url.origin() => match config.profile(None) {
            Ok(default) if default.name == profile.name => SameApi::default(),
            _ => SameApi::of_profile(&profile.name),
        },
        _ => SameApi::at(url.as_str(), context.global.profile.as_deref()),
    }
}

/// A profile's name for an API: the tenant's.
fn name_for(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let label = match host.split('.').next() {
        Some(label) if !is_loopback(url) && !label.is_empty() => label,
        _ => "local",
    };
    let allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-');
    label
        .chars()
        .map(|c| if allowed(c) { c } else { '-' })
        .take(64)
        .collect()
}

/// What was typed is no task; how to name one is for whoever read it to say.
pub(crate) fn not_a_task(typed: &str) -> Error {
    let typed = sanitize(&typed.chars().take(64).collect::<String>());
    Error::usage(format!("`{typed}` is not a task ID"))
}

/// What was kept without an origin, if the person says whose it is; it is kept with it from now on.
pub(crate) fn adopted(
    context: &Context,
    credentials: &Credentials,
    name: &CredentialName,
    unknown: CredentialError,
) -> Result<Secret, Error> {
    let question = format!("{unknown}: is it for that {}?", name.owner.gets_it());
    let answer = context.answered(context.terminal.confirm(&question))?;
    match credentials.older(name)?.filter(|_| answer == Some(true)) {
        Some(kept) => {
            credentials.set(name, &kept)?;
            Ok(kept)
        }
        None => Err(unknown.into()),
    }
}
