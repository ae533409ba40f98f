//! A registered step-up provider (c1.md 5).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::refusal::Refusal;
use crate::basics::{is_acceptable, is_loopback, new_id};
use crate::relying_party::RelyingParty;
use crate::tokens::Tokens;

/// A registered identity provider, as C1 shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StepUpProvider {
    pub(crate) id: String,
    pub(super) name: String,
    pub(super) enabled: bool,
    /// Where it is; the sandbox's own provider if nothing is said.
    #[serde(default)]
    pub(super) issuer: Option<String>,
    #[serde(default)]
    pub(super) client_id: Option<String>,
    #[serde(default)]
    pub(super) client_secret: String,
    pub(super) settings: ProviderSettings,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) last_tested_at: Option<Timestamp>,
}

/// What it is asked for, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum ProviderSettings {
    Oauth2(OAuth2),
    Microsoft(Microsoft),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct OAuth2 {
    acr_values: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Microsoft {
    validation_mode: String,
    conditional_access_ids: Vec<String>,
    tenant: String,
}

/// What a caller may say about a provider; read-only members are passed over.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Input {
    pub(super) display_name: Option<String>,
    pub(super) enabled: Option<bool>,
    pub(super) issuer_url: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    pub(super) oauth2: Option<OAuth2>,
    pub(super) microsoft: Option<Microsoft>,
}

impl StepUpProvider {
    /// A client of the sandbox's own provider.
    pub(super) fn new(name: &str, settings: ProviderSettings, created_at: Timestamp) -> Self {
        Self {
            id: new_id(),
            name: name.to_owned(),
            enabled: true,
            issuer: None,
            client_id: None,
            client_secret: String::new(),
            settings,
            created_at,
            updated_at: created_at,
            last_tested_at: None,
        }
    }

    /// Any one of them is enough, acr values or contexts; empty where a fresh sign-in is all.
    pub(super) fn demanded(&self) -> Vec<String> {
        [self.acr_values(), self.contexts()].concat()
    }

    /// Empty where the provider is not asked by `acr_values`.
    fn acr_values(&self) -> Vec<String> {
        match &self.settings {
            ProviderSettings::Oauth2(settings) => settings.acr_values.clone(),
            ProviderSettings::Microsoft(_) => Vec::new(),
        }
    }

    /// How it has to be asked, and as whom; what is not registered is the API's own client.
    pub(super) fn relying_party(&self, own: &RelyingParty) -> RelyingParty {
        let secret = Some(self.client_secret.as_str()).filter(|secret| !secret.is_empty());
        own.at(self.issuer.as_deref(), self.client_id.as_deref(), secret)
            .demanding(self.acr_values(), self.contexts())
    }

    /// The authentication contexts of which one is needed, where it is asked by them. C1 writes them in
    /// capitals, tokens do not (providers.md A4).
    fn contexts(&self) -> Vec<String> {
        match &self.settings {
            ProviderSettings::Microsoft(settings)
                if settings.validation_mode.ends_with("_ACRS") =>
            {
                let ids = settings.conditional_access_ids.iter();
                ids.map(|id| id.to_ascii_lowercase()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the sandbox may ask it: nothing that it does leaves this machine.
    pub(super) fn may_be_asked(&self, own: &str) -> bool {
        let here = |issuer: &str| Url::parse(issuer).is_ok_and(|url| is_loopback(&url));
        let issuer = self.issuer.as_deref();
        issuer.is_none_or(|issuer| issuer == own || here(issuer))
    }

    /// A test through the browser went well.
    pub(super) fn tested(&mut self, at: Timestamp) {
        self.last_tested_at = Some(at);
    }

    pub(super) fn view(&self, tokens: &Tokens) -> Value {
        let mut view = json!({
            "id": self.id, "displayName": self.name, "enabled": self.enabled,
            "issuerUrl": self.issuer.as_deref().unwrap_or_else(|| tokens.issuer()),
            "clientId": self.client_id.as_deref().unwrap_or_else(|| tokens.api_client_id()),
            "createdAt": self.created_at, "updatedAt": self.updated_at,
            "lastTestedAt": self.last_tested_at,
        });
        if let (Value::Object(members), Value::Object(settings)) = (&mut view, json!(self.settings))
        {
            members.extend(settings);
        }
        view
    }

    /// Takes over the members that the mask names.
    pub(super) fn change(&mut self, input: &Input, mask: &str) -> Result<(), Refusal> {
        for path in mask.split(',') {
            match path {
                "displayName" => self.name = required(input.display_name.as_ref(), path)?,
                "enabled" => self.enabled = input.enabled.unwrap_or_default(),
                "issuerUrl" => self.issuer = Some(issuer(input.issuer_url.as_ref())?),
                "clientId" => self.client_id = Some(required(input.client_id.as_ref(), path)?),
                "oauth2" | "oauth2.acrValues" => {
                    self.settings = ProviderSettings::of(input.oauth2.clone(), None)?;
                }
                "microsoft" => self.settings = ProviderSettings::of(None, input.microsoft.clone())?,
                _ => return Err(Refusal::invalid(format!("invalid update mask: {path}"))),
            }
        }
        self.updated_at = Timestamp::now();
        Ok(())
    }
}

impl ProviderSettings {
    /// What the sandbox's own provider is asked for.
    pub(super) fn asking(demanded: &[&str], microsoft: bool) -> Self {
        if !microsoft {
            let acr_values = demanded.iter().map(ToString::to_string).collect();
            return Self::Oauth2(OAuth2 { acr_values });
        }
        let mode = if demanded.is_empty() { "OIDC" } else { "ACRS" };
        let ids = demanded.iter().map(|id| id.to_ascii_uppercase());
        Self::Microsoft(Microsoft {
            validation_mode: format!("MICROSOFT_VALIDATION_MODE_{mode}"),
            conditional_access_ids: ids.collect(),
            tenant: String::new(),
        })
    }

    pub(super) fn of(
        oauth2: Option<OAuth2>,
        microsoft: Option<Microsoft>,
    ) -> Result<Self, Refusal> {
        match (oauth2, microsoft) {
            (Some(settings), None) if !settings.acr_values.is_empty() => Ok(Self::Oauth2(settings)),
            (None, Some(settings)) => settings.checked().map(Self::Microsoft),
            _ => Err(Refusal::invalid(
                "one of oauth2, with acrValues, and microsoft is required",
            )),
        }
    }

    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Oauth2(_) => "PROVIDER_TYPE_OAUTH2",
            Self::Microsoft(_) => "PROVIDER_TYPE_MICROSOFT",
        }
    }
}

impl Microsoft {
    fn checked(self) -> Result<Self, Refusal> {
        let context = |id: &String| {
            let number = id.strip_prefix('C').and_then(|number| number.parse().ok());
            number.is_some_and(|number: u8| (1..=99).contains(&number))
        };
        let ids = &self.conditional_access_ids;
        match self.validation_mode.as_str() {
            "MICROSOFT_VALIDATION_MODE_OIDC" => Ok(self),
            "MICROSOFT_VALIDATION_MODE_ACRS" if !ids.is_empty() && ids.iter().all(context) => {
                Ok(self)
            }
            "MICROSOFT_VALIDATION_MODE_ACRS" => Err(Refusal::invalid(
                "conditionalAccessIds are required: C1 to C99",
            )),
            _ => Err(Refusal::invalid("validationMode is required")),
        }
    }
}

pub(super) fn required(value: Option<&String>, name: &str) -> Result<String, Refusal> {
    let given = value.filter(|value| !value.trim().is_empty());
    given
        .cloned()
        .ok_or_else(|| Refusal::invalid(format!("{name} is required")))
}

pub(super) fn issuer(value: Option<&String>) -> Result<String, Refusal> {
    let text = required(value, "issuerUrl")?;
    let url = Url::parse(&text).ok().filter(is_acceptable);
    url.map(|_| text)
        .ok_or_else(|| Refusal::invalid("issuerUrl must be an https URL"))
}
