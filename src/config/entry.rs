//! A provider entry: one registration of this tool at one identity provider, and how that provider wants
//! to be asked. Every setting is resolved here; only what depends on the
//! provider's kind of client is settled later, in `ceremony::registration`.
//!
//! Numbers in brackets are the duties of `docs/duties.md`; A14, P1 and P2 of `docs/providers.md` say what real
//! providers need an entry to express.

mod consent;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use openidconnect::core::CoreJwsSigningAlgorithm;
use url::Url;

use super::choices::{
    Backchannel, ClientAuthMethod, Prompt, Pushing, RedirectHost, RequestStyle, ResponseMode,
};
use super::error::ConfigError;
use super::preset::{self, Assurance, Preset};
use super::reader::{Choice, Item, Table};
use super::rules;
use crate::adapters::credentials::CredentialName;
use crate::domain::challenge::EntryTerms;
use crate::domain::known_values::Accept;
use crate::domain::login_hint::LoginHintForm;
use crate::domain::person::{PersonTerms, SubjectRule};
use crate::domain::requirement::Freshness;

/// The keys of `[providers.NAME]`.
pub(crate) const KEYS: [&str; 36] = [
    "accept_stronger",
    "accept_unverified_email",
    "acr_values",
    "allow_weak",
    "amr",
    "api_origins",
    "audience",
    "authorization_details",
    "backchannel",
    "c1_provider_ids",
    "ca_file",
    "challenge_scopes",
    "client_auth",
    "client_id",
    "dpop",
    "extra",
    "fresh_max_age",
    "freshness",
    "id_token_algs",
    "issuer",
    "login_hint_form",
    "max_age",
    "par",
    "ports",
    "preset",
    "prompt",
    "rank",
    "redirect_host",
    "redirect_path",
    "request",
    "request_origins",
    "resource",
    "response_mode",
    "scopes",
    "skew",
    "subject",
];

/// A year: more would be no limit, and could not be added to a clock safely.
const LONGEST_AGE: u32 = 365 * 24 * 60 * 60;

/// One `[providers.NAME]` table, checked and complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProviderEntry {
    /// The entry's name, `[a-z0-9_-]{1,64}`.
    pub(crate) name: String,
    /// What is known about its kind of provider.
    pub(crate) preset: Option<&'static Preset>,
    /// The issuer, letter for letter as the provider spells it; another entry with the same has another
    /// client there. (RFC 9207 §2.4)
    pub(crate) issuer: String,
    /// The client id that the provider gave this tool.
    pub(crate) client_id: String,
    /// How the client proves itself, wherever the provider wants that.
    pub(crate) client_auth: ClientAuthMethod,
    /// How the person is asked on a device of theirs, if the client is registered for that. (B13)
    pub(crate) backchannel: Option<Backchannel>,
    /// How the provider wants the person named there. [B13.4]
    pub(crate) login_hint_form: LoginHintForm,
    /// How the provider is told what is demanded.
    pub(crate) request: RequestStyle,
    /// Whether authorization requests are pushed. [RFC 9126]
    pub(crate) par: Pushing,
    /// Whether the step-up token must be bound to a key of this tool. [RFC 9449]
    pub(crate) dpop: bool,
    /// acr values known to this provider, in preference order; asked for when a challenge names none,
    /// and the only ones passed on when it does. [B1.15]
    pub(crate) acr_values: Vec<String>,
    /// Values that are passed on when a challenge names them, and not asked for otherwise: those of the
    /// preset, unless the entry lists its own.
    pub(crate) on_request: Vec<String>,
    /// Values from weakest to strongest, the person's own order; one ranked higher than a demanded one
    /// counts. Empty unless `accept_stronger`. (RFC 9470 §2)
    pub(crate) rank: Vec<String>,
    /// Values of this entry that the preset knows to be weak; `allow_weak` let them in.
    pub(crate) weak: Vec<String>,
    /// The `max_age` that makes this provider authenticate anew, seconds.
    pub(crate) fresh_max_age: u64,
    /// The entry's own upper limit of age, seconds.
    pub(crate) max_age: Option<u64>,
    /// Whether every approval needs an authentication of its own.
    pub(crate) freshness: Freshness,
    /// Values that must all be in the `amr` claim, beside everything else.
    pub(crate) amr: Vec<String>,
    /// The `prompt` parameter.
    pub(crate) prompt: Prompt,
    /// Ids of the C1 step-up providers that this entry serves; no other entry lists the same.
    pub(crate) c1_provider_ids: Vec<String>,
    /// APIs whose approvals take its tokens, beside those of the profiles that name it. [B5.16]
    pub(crate) api_origins: Vec<Url>,
    /// Servers other than the API that its tokens may go to (`stepup request`). Such an entry is for no
    /// approval: whoever gets its tokens could use them there.
    pub(crate) request_origins: Vec<Url>,
    pub(crate) redirect_host: RedirectHost,
    /// Registered ports, tried in order; empty means any free port.
    pub(crate) ports: Vec<u16>,
    /// The path of the redirect URI, with its leading `/`.
    pub(crate) redirect_path: String,
    /// How the provider sends its answer to the redirect URI.
    pub(crate) response_mode: ResponseMode,
    /// Accepted signature algorithms of ID tokens, never empty, all asymmetric. (Core §3.1.3.7)
    pub(crate) id_token_algs: Vec<CoreJwsSigningAlgorithm>,
    /// PEM certificates to trust beside the system's.
    pub(crate) ca_file: Option<PathBuf>,
    /// Scopes to ask for beside `openid`; never `offline_access`. [B5.15]
    pub(crate) scopes: Vec<String>,
    /// Scopes that are asked for when a challenge names them, and not otherwise. [B1.7]
    pub(crate) challenge_scopes: Vec<String>,
    /// The `audience` parameter of providers that want one.
    pub(crate) audience: Option<String>,
    /// The `resource` parameter. [RFC 8707]
    pub(crate) resource: Option<String>,
    /// The type as which the provider is given what is approved, to show it. [RFC 9396]
    pub(crate) authorization_details: Option<String>,
    /// Parameters of the provider's own, sent with every request for a sign-in. None is the protocol's.
    pub(crate) extra: BTreeMap<String, String>,
    /// How far the provider's clock may be off, seconds, 0 to 300.
    pub(crate) skew: i64,
    /// The claim that must name the person whom the API knows. [B9.19]
    pub(crate) subject: SubjectRule,
    /// Whether an address counts that the provider does not call verified; every receipt says so.
    pub(crate) accept_unverified_email: bool,
}

impl ProviderEntry {
    /// Whether the person is asked in a way for which the provider documents no acr. [providers.md A10]
    pub(crate) fn tells_no_acr(&self) -> bool {
        self.backchannel.is_some_and(|style| !style.acr_values)
    }

    /// The name of the client secret, or of the client's key, in the credential store: it is for the provider at this
    /// origin and no other.
    pub(crate) fn credential(&self) -> CredentialName {
        let issuer = url::Url::parse(&self.issuer);
        let origin = issuer.map_or_else(
            |_| self.issuer.clone(),
            |issuer| issuer.origin().ascii_serialization(),
        );
        CredentialName::of_entry(&self.name, origin)
    }

    pub(crate) const fn person_terms(&self) -> PersonTerms {
        PersonTerms {
            rule: self.subject,
            accept_unverified_email: self.accept_unverified_email,
        }
    }

    /// What every authorization request asks for: the entry's own scopes, and the one without which nobody could be
    /// compared (Core §5.4).
    pub(crate) fn asked_scopes(&self) -> Vec<String> {
        let implied = self.subject.scope().map(str::to_owned);
        let mut scopes = self.scopes.clone();
        scopes.extend(implied.filter(|scope| !self.scopes.contains(scope)));
        scopes
    }

    /// What the entry brings to a challenge.
    pub(crate) fn terms(&self) -> EntryTerms {
        EntryTerms {
            acr_values: self.acr_values.clone(),
            max_age: self.max_age,
            freshness: self.freshness,
            amr: self.amr.clone(),
            request: self.request,
            on_request: self.on_request.clone(),
            fresh_max_age: self.fresh_max_age,
            rank: self.rank.clone(),
            weak: self.weak.clone(),
            scopes: self.asked_scopes(),
            challenge_scopes: self.challenge_scopes.clone(),
        }
    }

    /// The address to register at the provider, port by port where it wants that.
    pub(crate) fn redirect_uris(&self) -> Vec<String> {
        let host = self.redirect_host.word();
        let path = &self.redirect_path;
        if self.ports.is_empty() {
            return vec![format!("http://{host}{path}")];
        }
        let ports = self.ports.iter();
        ports
            .map(|port| format!("http://{host}:{port}{path}"))
            .collect()
    }

    /// How to register it, if a preset knows.
    pub(crate) fn steps(&self) -> Vec<String> {
        let steps = match (self.preset, self.backchannel) {
            (None, _) => &[],
            (Some(preset), None) => preset.steps,
            (Some(preset), Some(_)) => preset.backchannel_steps,
        };
        let confidential = self.client_auth != ClientAuthMethod::None;
        let step = |step: &&str| match *step {
            preset::NATIVE_STEP if confidential => format!(
                "a confidential client with the authorization code grant and PKCE S256, which proves itself with `{}`",
                self.client_auth.word()
            ),
            step => step.to_owned(),
        };
        steps.iter().map(step).collect()
    }

    /// What its proofs say, if a preset knows.
    pub(crate) fn assurance(&self) -> Option<&'static str> {
        if self.proves_freshness_only() {
            return Some(Assurance::FreshnessOnly.word());
        }
        self.preset.map(|preset| preset.assurance.word())
    }

    /// Whether its proofs say that somebody signed in now, and nothing of how: by the nature of the provider, or since
    /// nothing else is asked for.
    pub(crate) fn proves_freshness_only(&self) -> bool {
        let alone = self.request == RequestStyle::FreshnessOnly
            && self.acr_values.is_empty()
            && self.amr.is_empty();
        alone
            || self
                .preset
                .is_some_and(|preset| preset.assurance == Assurance::FreshnessOnly)
    }

    /// Reads one entry. `folder` is where relative paths start; `others` have been read already.
    pub(super) fn read(
        table: &Table<'_>,
        folder: &Path,
        others: &BTreeMap<String, Self>,
    ) -> Result<Self, ConfigError> {
        let preset = chosen_preset(table)?;
        let known = preset.unwrap_or(&preset::PLAIN);
        let freshness = table.choice("freshness")?.unwrap_or_default();
        let client_id = rules::word(&table.required("client_id")?)?;
        let issuer = issuer(table, preset, &client_id, others)?;
        let request = table.choice("request")?.unwrap_or(known.request);
        let request_origins = request_origins(table)?;
        // Servers name the context that they require; at an API of ours it stands in the entry.
        let values = Values::read(table, known, request, request_origins.is_empty())?;
        let amr = amr(table, known, request)?;
        let scopes = rules::scopes(&table.texts("scopes")?)?;
        let weak = consent::weak(table, known, &values.asked, &amr, &scopes)?;
        let (client_auth, backchannel) = client(table, known)?;
        Ok(Self {
            client_auth,
            backchannel,
            login_hint_form: login_hint_form(table, &issuer, backchannel.is_some())?,
            issuer,
            request,
            par: table.choice("par")?.unwrap_or_default(),
            dpop: table.truth("dpop")?.unwrap_or_default(),
            acr_values: values.asked,
            on_request: values.on_request,
            rank: consent::rank(table, known)?,
            weak,
            fresh_max_age: fresh_max_age(table, known)?,
            max_age: age(table, "max_age")?.or(known.max_age).map(u64::from),
            freshness,
            amr,
            prompt: prompt(table, known, freshness)?,
            c1_provider_ids: c1_provider_ids(table, others)?,
            api_origins: api_origins(table)?,
            request_origins,
            redirect_host: table
                .choice("redirect_host")?
                .unwrap_or(known.redirect_host),
            ports: ports(table, known)?,
            redirect_path: redirect_path(table)?,
            response_mode: table.choice("response_mode")?.unwrap_or_default(),
            id_token_algs: id_token_algs(table)?,
            ca_file: optional(table.text("ca_file")?, |text| rules::file(text, folder))?,
            scopes,
            challenge_scopes: rules::scopes(&table.texts("challenge_scopes")?)?,
            audience: optional(table.text("audience")?, rules::word)?,
            resource: optional(table.text("resource")?, rules::resource)?,
            authorization_details: optional(table.text("authorization_details")?, rules::word)?,
            extra: extra(table)?,
            skew: table.number("skew", 0..=300)?.unwrap_or(known.skew).into(),
            subject: table.choice("subject")?.unwrap_or_default(),
            accept_unverified_email: table.truth("accept_unverified_email")?.unwrap_or_default(),
            client_id,
            preset,
            name: table.name().to_owned(),
        })
    }
}

/// The preset that the entry names; one that cannot do step-up is refused here, before any browser.
fn chosen_preset(table: &Table<'_>) -> Result<Option<&'static Preset>, ConfigError> {
    let Some(text) = table.text("preset")? else {
        return Ok(None);
    };
    let names = preset::PRESETS.iter().map(|preset| preset.name);
    let preset = Preset::named(text.value).ok_or_else(|| text.unknown(names))?;
    match preset.refused {
        Some(reason) => Err(text.refused(reason)),
        None => Ok(Some(preset)),
    }
}

fn issuer(
    table: &Table<'_>,
    preset: Option<&Preset>,
    client_id: &str,
    others: &BTreeMap<String, ProviderEntry>,
) -> Result<String, ConfigError> {
    let text = table.required("issuer")?;
    let issuer = rules::issuer(&text)?;
    let reason = preset::refuse_any_issuer(&issuer)
        .or_else(|| preset.and_then(|preset| preset.refuse_issuer(&issuer)));
    if let Some(reason) = reason {
        return Err(text.refused(reason));
    }
    let same = |other: &&ProviderEntry| other.issuer == issuer && other.client_id == client_id;
    match others.values().find(same) {
        Some(other) => Err(text.refused(format!(
            "the entry `{}` has the same, and the same client",
            other.name
        ))),
        None => Ok(issuer),
    }
}

fn login_hint_form(
    table: &Table<'_>,
    issuer: &str,
    has_backchannel: bool,
) -> Result<LoginHintForm, ConfigError> {
    let form = optional(table.text("login_hint_form")?, |text| {
        rules::login_hint_form(text, issuer, has_backchannel)
    })?;
    Ok(form.unwrap_or_default())
}

fn age(table: &Table<'_>, key: &str) -> Result<Option<u32>, ConfigError> {
    table.number(key, 0..=LONGEST_AGE)
}

fn fresh_max_age(table: &Table<'_>, known: &Preset) -> Result<u64, ConfigError> {
    let age = age(table, "fresh_max_age")?;
    Ok(age.unwrap_or(known.fresh_max_age).into())
}

fn prompt(table: &Table<'_>, known: &Preset, freshness: Freshness) -> Result<Prompt, ConfigError> {
    Ok(table.choice("prompt")?.unwrap_or(match freshness {
        Freshness::EachTime => known.prompt,
        Freshness::AsChallenged => Prompt::NoneAtAll,
    }))
}

fn ports(table: &Table<'_>, known: &Preset) -> Result<Vec<u16>, ConfigError> {
    if table.has("ports") {
        table.ports("ports")
    } else {
        Ok(known.ports.to_vec())
    }
}

/// One path an entry: a callback meant for another provider is not even seen. (RFC 8252 §8.10)
fn redirect_path(table: &Table<'_>) -> Result<String, ConfigError> {
    let path = optional(table.text("redirect_path")?, rules::redirect_path)?;
    Ok(path.unwrap_or_else(|| format!("/callback/{}", table.name())))
}

/// How the client proves itself, and whether it is one for the backchannel. A secret where none belongs means
/// that the client was registered as another kind of app; the backchannel belongs to confidential clients, also
/// where everything else is a native app's. (CIBA §7.1, providers.md A10)
fn client(
    table: &Table<'_>,
    known: &Preset,
) -> Result<(ClientAuthMethod, Option<Backchannel>), ConfigError> {
    let method = table.choice("client_auth")?.unwrap_or_default();
    let native = known.client == preset::Client::Native;
    let public = method == ClientAuthMethod::None;
    let backchannel = table.flag("backchannel")?.filter(|item| item.value);
    match (backchannel, known.backchannel) {
        (Some(item), None) => Err(item.refused(format!(
            "a provider of preset `{}` has none that could be polled",
            known.name
        ))),
        (Some(item), _) if public => Err(item.refused(
            "public clients cannot use it; register a confidential client, and say in `client_auth` how it proves itself",
        )),
        (Some(_), style) => Ok((method, style)),
        (None, _) if native && !public => match table.text("client_auth")? {
            Some(text) => Err(text.refused(format!(
                "with the preset `{}` the client is a native app, which has no secret",
                known.name
            ))),
            None => Ok((method, None)),
        },
        (None, _) => Ok((method, None)),
    }
}

/// The entry's methods, else those that the preset demands of a sign-in that it asks more of than to be new.
fn amr(
    table: &Table<'_>,
    known: &Preset,
    request: RequestStyle,
) -> Result<Vec<String>, ConfigError> {
    if table.has("amr") {
        return rules::words(&table.texts("amr")?);
    }
    if request == RequestStyle::FreshnessOnly {
        return Ok(Vec::new());
    }
    Ok(known.amr.iter().map(|&method| method.to_owned()).collect())
}

#[derive(Default)]
struct Values {
    asked: Vec<String>,
    on_request: Vec<String>,
}

impl Values {
    /// The entry's own list, which goes before everything the preset knows; else the preset's. `approves`: the entry's
    /// tokens are for approvals, which nobody names a context for.
    fn read(
        table: &Table<'_>,
        known: &Preset,
        request: RequestStyle,
        approves: bool,
    ) -> Result<Self, ConfigError> {
        if !table.has("acr_values") {
            if request == RequestStyle::EntraContexts && approves {
                return Err(table.missing("acr_values"));
            }
            // What nobody asks for is not required either.
            if request == RequestStyle::FreshnessOnly {
                return Ok(Self::default());
            }
            return Ok(Self {
                asked: known.taken(Accept::ByDefault),
                on_request: known.taken(Accept::IfRequested),
            });
        }
        let texts = table.texts("acr_values")?;
        for text in &texts {
            if let Some(reason) = known.refuse_value(text.value) {
                return Err(text.refused(reason));
            }
        }
        let mut asked = rules::words(&texts)?;
        if request == RequestStyle::EntraContexts {
            // Ids are the same in either case, and tokens hold the small one. [A4]
            for id in &mut asked {
                id.make_ascii_lowercase();
            }
        }
        Ok(Self {
            asked,
            on_request: Vec::new(),
        })
    }
}

fn c1_provider_ids(
    table: &Table<'_>,
    others: &BTreeMap<String, ProviderEntry>,
) -> Result<Vec<String>, ConfigError> {
    let texts = table.texts("c1_provider_ids")?;
    let ids = texts.iter().map(|text| {
        let id = rules::c1_id(text)?;
        match others
            .values()
            .find(|other| other.c1_provider_ids.contains(&id))
        {
            Some(other) => Err(text.refused(format!("the entry `{}` lists it too", other.name))),
            None => Ok(id),
        }
    });
    ids.collect()
}

fn api_origins(table: &Table<'_>) -> Result<Vec<Url>, ConfigError> {
    let texts = table.texts("api_origins")?;
    texts.iter().map(rules::origin).collect()
}

/// Its tokens approve at APIs or go elsewhere, never both.
fn request_origins(table: &Table<'_>) -> Result<Vec<Url>, ConfigError> {
    let texts = table.texts("request_origins")?;
    let approves = ["c1_provider_ids", "api_origins"];
    let approves = approves.into_iter().find(|key| table.has(key));
    if let (Some(text), Some(key)) = (texts.first(), approves) {
        return Err(text.refused(format!(
            "an entry with `{key}` approves at an API, and its tokens go nowhere else; make an entry with a client of its own"
        )));
    }
    texts.iter().map(rules::origin).collect()
}

/// RS256 is what a provider signs with unless registered otherwise. [OIDC Core §3.1.3.7]
fn id_token_algs(table: &Table<'_>) -> Result<Vec<CoreJwsSigningAlgorithm>, ConfigError> {
    let mut algs = table.choices("id_token_algs")?;
    if algs.is_empty() {
        algs.push(CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256);
    }
    Ok(algs)
}

/// Parameters beside the protocol's, by their names.
fn extra(table: &Table<'_>) -> Result<BTreeMap<String, String>, ConfigError> {
    let mut extra = BTreeMap::new();
    for (name, value) in table.pairs("extra")? {
        let name = rules::own_parameter(&name)?;
        extra.insert(name, rules::line(&value)?);
    }
    Ok(extra)
}

fn optional<'a, T>(
    text: Option<Item<'a, &'a str>>,
    rule: impl Fn(&Item<'a, &'a str>) -> Result<T, ConfigError>,
) -> Result<Option<T>, ConfigError> {
    text.map(|text| rule(&text)).transpose()
}
