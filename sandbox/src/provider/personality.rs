//! Personalities: how providers of the documents behave where they differ (`stepup sandbox --as NAME`).
//!
//! A personality is data and a few quirks, [`Behaviour`], one file a provider. The provider asks it at each
//! point where real ones differ and knows none of them by name. The sources are the "Emulate" lines of
//! providers.md, part A; what those leave open is decided here, and no claim about anybody's product.

mod auth0;
mod behaviour;
mod entra;
mod generic;
mod google;
mod keycloak;
mod okta;
mod pingone;
mod redirect;

use std::borrow::Cow;
use std::ops::Deref;

use serde_json::{Map, Value};

use super::ask::Ask;
use super::errors::{OAuthError, WRONG_REDIRECT};
use super::store::SignIn;
use crate::basics::now;
use crate::http::Reply;
use crate::page::problem;
use crate::switches::Switches;
pub(crate) use behaviour::Demands;
pub(super) use behaviour::{
    Assurance, BackchannelRules, Behaviour, MaxAge, Notice, Quirk, SignInDecision,
};
pub(super) use redirect::Redirects;

/// How many ports of this run are registered where a provider wants each of them.
const PORTS: usize = 3;
/// What `stepup provider add` says to register there, for an entry of the person's own configuration.
const USUAL_PORTS: [u16; 3] = [8471, 18471, 28471];

/// Whom the sandbox's provider imitates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Personality {
    /// Okta Identity Engine, the org authorization server
    Okta,
    /// Okta Identity Engine, a custom authorization server
    OktaCustom,
    /// Okta Classic Engine
    OktaClassic,
    /// As `entra-acrs`, with an entry called `entra`
    Entra,
    /// Microsoft Entra, with policies for protected scopes
    EntraOidc,
    /// Microsoft Entra, asked for authentication contexts
    EntraAcrs,
    /// Auth0 with an Action that acts on `acr_values`
    Auth0,
    /// Keycloak with levels silver, gold and platinum
    Keycloak,
    /// `PingOne` with sign-on policies
    Pingone,
    /// Google, which proves no assurance
    Google,
    /// No product: the specifications, and Okta's acr values
    #[default]
    Generic,
}

pub(crate) struct Persona {
    behaviour: &'static Behaviour,
    quirk: Quirk,
    ports: Vec<u16>,
}

impl Personality {
    const fn behaviour(self) -> &'static Behaviour {
        match self {
            Self::Okta => &okta::ORG,
            Self::OktaCustom => &okta::CUSTOM,
            Self::OktaClassic => &okta::CLASSIC,
            Self::EntraOidc => &entra::OIDC,
            Self::Entra | Self::EntraAcrs => &entra::ACRS,
            Self::Auth0 => &auth0::BEHAVIOUR,
            Self::Keycloak => &keycloak::BEHAVIOUR,
            Self::Pingone => &pingone::BEHAVIOUR,
            Self::Google => &google::BEHAVIOUR,
            Self::Generic => &generic::PLAIN,
        }
    }

    /// The path that its issuer has behind the host.
    pub(crate) const fn issuer_path(self) -> &'static str {
        self.behaviour().issuer
    }

    /// Whether an API registers it as Microsoft's (c1.md: `microsoft` beside `oauth2`).
    pub(crate) const fn is_microsoft(self) -> bool {
        matches!(self, Self::Entra | Self::EntraOidc | Self::EntraAcrs)
    }

    /// The preset of `stepup` for the provider that it imitates.
    pub(crate) fn preset(self) -> String {
        match self {
            Self::Entra => Self::EntraAcrs.name(),
            other => other.name(),
        }
    }

    /// Its name, and that of its entry.
    pub fn name(self) -> String {
        let value = clap::ValueEnum::to_possible_value(&self);
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Whether it asks people on a device of their own.
    pub const fn has_backchannel(self) -> bool {
        self.behaviour().backchannel.is_some()
    }

    /// What the API's steps demand of it.
    pub(crate) const fn demands(self) -> Demands {
        self.behaviour().demands
    }
}

impl Deref for Persona {
    type Target = Behaviour;

    fn deref(&self) -> &Behaviour {
        self.behaviour
    }
}

impl Persona {
    pub(crate) fn new(personality: Personality, switches: &Switches) -> std::io::Result<Self> {
        let behaviour = personality.behaviour();
        let quirk = match switches.text("assurance") {
            Some("ignored") => Quirk::Ignored,
            Some("unprotected") => Quirk::Unprotected,
            Some("remembered") => Quirk::Remembered,
            Some("opportunistic") => Quirk::Opportunistic,
            Some("echoed") => Quirk::Echoed,
            _ => Quirk::None,
        };
        let ports = match behaviour.redirects {
            Redirects::Exact => free_ports()?,
            Redirects::AnyPort(_) | Redirects::AnyPortOrRoot(_) | Redirects::Anything(_) => {
                Vec::new()
            }
        };
        Ok(Self {
            behaviour,
            quirk,
            ports,
        })
    }

    /// The provider's entry in the configuration, beside issuer, client and preset.
    pub(crate) fn entry(&self, api_url: &str) -> String {
        let entry = self.behaviour.entry.replace("{api}", api_url);
        if self.ports.is_empty() {
            return entry;
        }
        format!("{entry}ports = {:?}\n", self.ports)
    }

    pub(super) fn base<'a>(&self, issuer: &'a str) -> &'a str {
        issuer.strip_suffix(self.behaviour.issuer).unwrap_or(issuer)
    }

    /// The path by which the provider knows an endpoint; `None` where there is none.
    pub(super) fn plain_path<'a>(&self, path: &'a str) -> Option<&'a str> {
        let Behaviour { paths, issuer, .. } = self.behaviour;
        if let Some((plain, _)) = paths.iter().find(|(_, theirs)| *theirs == path) {
            return Some(plain);
        }
        let known = "/.well-known/openid-configuration";
        let at_issuer = path.strip_prefix(issuer.trim_end_matches('/')) == Some(known);
        if at_issuer {
            return Some(known);
        }
        let moved = path == known || paths.iter().any(|(plain, _)| *plain == path);
        (!moved).then_some(path)
    }

    pub(super) fn path(&self, plain: &'static str) -> &'static str {
        let mut paths = self.behaviour.paths.iter();
        let theirs = paths.find(|(path, _)| *path == plain);
        theirs.map_or(plain, |(_, theirs)| theirs)
    }

    pub(super) fn dress(&self, metadata: &mut Map<String, Value>, issuer: &str) {
        for value in metadata.values_mut() {
            let moved = value.as_str().and_then(|url| {
                let mut paths = self.behaviour.paths.iter();
                paths.find_map(|(plain, theirs)| {
                    let host = url.strip_suffix(plain)?;
                    Some(format!("{host}{theirs}"))
                })
            });
            if let Some(url) = moved {
                *value = url.into();
            }
        }
        (self.behaviour.metadata)(metadata, self.base(issuer));
    }

    /// An answer at an address that only this provider has.
    pub(super) fn special(&self, issuer: &str, path: &str, metadata: &Value) -> Option<Reply> {
        (self.behaviour.special)(self.base(issuer), path, metadata)
    }

    pub(super) fn may_redirect(&self, uri: &str, path: &str) -> bool {
        let ports = [&self.ports[..], &USUAL_PORTS].concat();
        self.behaviour.redirects.allow(uri, path, &ports)
    }

    /// The page for a request whose client or redirect URI is unknown.
    pub(super) fn cannot_start(&self, why: &'static str) -> Reply {
        match (self.behaviour.wrong_redirect, why) {
            ((status, title, text), WRONG_REDIRECT) => problem(status, title, text),
            _ => problem(400, "This sign-in cannot start", why),
        }
    }

    /// Whether a session spares the person another sign-in.
    pub(super) fn suffices(&self, sign_in: &SignIn, ask: &Ask) -> bool {
        let young = |age: i64| now() - sign_in.auth_time <= age;
        let fresh = match (self.behaviour.max_age, ask.max_age) {
            (MaxAge::Ignored, _) | (_, None) | (MaxAge::ZeroIsNone, Some(0)) => true,
            (MaxAge::Honoured, Some(0)) => false,
            (_, Some(age)) => young(age),
        };
        let forced = self.behaviour.prompt_login && ask.prompts("login");
        let met =
            |verdict| matches!(verdict, SignInDecision::Granted(assurance) if assurance.meets);
        fresh && !forced && met(self.reached(ask, sign_in))
    }

    /// A request that is answered by a page before anybody signs in.
    pub(super) fn unacceptable(&self, ask: &Ask) -> Option<Reply> {
        (self.behaviour.unacceptable)(ask).map(notice)
    }

    /// What this sign-in amounts to for this request.
    pub(super) fn reached(&self, ask: &Ask, sign_in: &SignIn) -> SignInDecision {
        (self.behaviour.reached)(ask, sign_in, self.quirk)
    }

    /// What was reached, where it is known to be granted.
    pub(super) fn assurance(&self, ask: &Ask, sign_in: &SignIn) -> Assurance {
        match self.reached(ask, sign_in) {
            SignInDecision::Granted(assurance) if self.quirk == Quirk::Echoed => Assurance {
                acr: ask.wished().next().map(str::to_owned),
                ..assurance
            },
            SignInDecision::Granted(assurance) => assurance,
            SignInDecision::Refused(_) | SignInDecision::Page(_) => Assurance::default(),
        }
    }

    /// Whether this request earns no more than an opaque access token.
    pub(super) fn hands_out_opaque(&self, ask: &Ask) -> bool {
        self.behaviour.opaque_without_audience && ask.audience.is_none()
    }

    /// Whether the person has to confirm where the answer goes.
    pub(super) fn confirms(&self, sign_in: &SignIn) -> bool {
        self.behaviour.confirms && sign_in.silent
    }

    pub(super) fn blocked(&self, policy: &str) -> OAuthError {
        (self.behaviour.blocked)(policy)
    }

    pub(super) fn words<'a>(&self, code: &str, told: &'a str) -> Cow<'a, str> {
        (self.behaviour.words)(code, told).unwrap_or(Cow::Borrowed(told))
    }

    pub(super) fn token_failure(&self, status: u16, code: &str, told: &str) -> Reply {
        (self.behaviour.token_failure)(status, code, told)
    }
}

/// The issuer of Entra's tokens of version 1.
pub(super) fn entra_version_1() -> String {
    entra::version_1()
}

/// A page of the provider's own.
pub(super) fn notice((title, text): Notice) -> Reply {
    problem(400, title, text)
}

/// Ports nobody uses now. All are held until all are found.
fn free_ports() -> std::io::Result<Vec<u16>> {
    let listen = |_| std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0));
    let doors: Vec<_> = (0..PORTS).map(listen).collect::<Result<_, _>>()?;
    let port = |door: &std::net::TcpListener| Ok(door.local_addr()?.port());
    doors.iter().map(port).collect()
}

#[cfg(test)]
mod tests;
