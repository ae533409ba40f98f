//! `StepUpProvider` and its requests as JSON (c1.md 1.2 and 5).

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::wire::or_default;
use crate::domain::step_up_provider::{
    ProviderChange, StepUpProvider, StepUpSettings, ValidationMode,
};

const MODE: &str = "MICROSOFT_VALIDATION_MODE_";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: serde::de::DeserializeOwned")]
pub(super) struct Page<T> {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) list: Vec<T>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) next_page_token: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProviderResponse {
    pub(super) step_up_provider: Option<Provider>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProviderTestResponse {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) redirect_url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Provider {
    #[serde(default, deserialize_with = "or_default")]
    id: String,
    #[serde(default, deserialize_with = "or_default")]
    display_name: String,
    #[serde(default, deserialize_with = "or_default")]
    enabled: bool,
    #[serde(default, deserialize_with = "or_default")]
    issuer_url: String,
    #[serde(default, deserialize_with = "or_default")]
    client_id: String,
    oauth2: Option<OAuth2>,
    microsoft: Option<Microsoft>,
    created_at: Option<String>,
    updated_at: Option<String>,
    last_tested_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OAuth2 {
    #[serde(default, deserialize_with = "or_default")]
    acr_values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Microsoft {
    #[serde(default, deserialize_with = "or_default")]
    validation_mode: String,
    #[serde(default, deserialize_with = "or_default")]
    conditional_access_ids: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    tenant: String,
}

impl Provider {
    pub(super) fn into_domain(self) -> StepUpProvider {
        let time = |text: Option<String>| text.and_then(|text| text.parse::<Timestamp>().ok());
        StepUpProvider {
            id: self.id,
            display_name: self.display_name,
            enabled: self.enabled,
            issuer_url: self.issuer_url,
            client_id: self.client_id,
            settings: match (self.oauth2, self.microsoft) {
                (_, Some(settings)) => settings.into_domain(),
                (Some(OAuth2 { acr_values }), None) => StepUpSettings::OAuth2 { acr_values },
                (None, None) => StepUpSettings::Unknown,
            },
            created_at: time(self.created_at),
            updated_at: time(self.updated_at),
            last_tested_at: time(self.last_tested_at),
        }
    }
}

impl Microsoft {
    fn into_domain(self) -> StepUpSettings {
        let mode = self.validation_mode;
        StepUpSettings::Microsoft {
            mode: match mode.strip_prefix(MODE).unwrap_or(&mode) {
                "ACRS" => ValidationMode::Acrs,
                "OIDC" => ValidationMode::Oidc,
                other => ValidationMode::Other(other.to_owned()),
            },
            tenant: self.tenant,
            contexts: self.conditional_access_ids,
        }
    }
}

/// Adds `oauth2` or `microsoft`.
pub(super) fn put_settings(body: &mut Value, settings: &StepUpSettings) {
    if let (Value::Object(members), Some((name, value))) = (body, settings_member(settings)) {
        members.insert(name.to_owned(), value);
    }
}

fn settings_member(settings: &StepUpSettings) -> Option<(&'static str, Value)> {
    match settings {
        StepUpSettings::OAuth2 { acr_values } => {
            Some(("oauth2", json!({ "acrValues": acr_values })))
        }
        StepUpSettings::Microsoft {
            mode,
            tenant,
            contexts,
        } => {
            let mode = match mode {
                ValidationMode::Acrs => "ACRS",
                ValidationMode::Oidc => "OIDC",
                ValidationMode::Other(other) => other,
            };
            let value = json!({
                "validationMode": format!("{MODE}{mode}"),
                "conditionalAccessIds": contexts,
                "tenant": tenant,
            });
            Some(("microsoft", value))
        }
        StepUpSettings::Unknown => None,
    }
}

/// The members that change, and their names as the field mask spells them.
pub(super) fn update(change: &ProviderChange) -> (Value, String) {
    let mut members = Map::new();
    let text = [
        ("displayName", &change.display_name),
        ("issuerUrl", &change.issuer_url),
        ("clientId", &change.client_id),
    ];
    for (name, value) in text {
        if let Some(value) = value {
            members.insert(name.to_owned(), json!(value));
        }
    }
    if let Some(enabled) = change.enabled {
        members.insert("enabled".to_owned(), json!(enabled));
    }
    if let Some((name, value)) = change.settings.as_ref().and_then(settings_member) {
        members.insert(name.to_owned(), value);
    }
    let names: Vec<&str> = members.keys().map(String::as_str).collect();
    let mask = names.join(",");
    (Value::Object(members), mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: Value) -> StepUpProvider {
        serde_json::from_value::<Provider>(value)
            .unwrap()
            .into_domain()
    }

    #[test]
    fn every_member_may_be_missing_or_null() {
        for value in [
            json!({}),
            json!({"id": null, "displayName": null, "enabled": null, "issuerUrl": null,
                "clientId": null, "oauth2": null, "microsoft": null, "createdAt": null,
                "lastTestedAt": null}),
        ] {
            let provider = read(value);
            assert_eq!(provider.settings, StepUpSettings::Unknown);
            assert!(!provider.enabled && provider.last_tested_at.is_none());
        }
    }

    #[test]
    fn both_kinds_are_read_and_an_unknown_mode_is_kept() {
        let okta = read(json!({"id": "p", "oauth2": {"acrValues": ["phr"]},
            "lastTestedAt": "2026-02-01T10:05:11Z"}));
        assert_eq!(okta.settings.demand(), "acr phr");
        assert!(okta.last_tested_at.is_some());
        let entra = |mode: &str| {
            read(json!({"microsoft": {"validationMode": mode, "tenant": "t",
                "conditionalAccessIds": ["C1"]}}))
            .settings
            .demand()
        };
        assert_eq!(entra("MICROSOFT_VALIDATION_MODE_ACRS"), "context C1");
        assert_eq!(entra("MICROSOFT_VALIDATION_MODE_OIDC"), "a fresh sign-in");
        assert_eq!(entra("MICROSOFT_VALIDATION_MODE_NEW"), "NEW");
    }

    #[test]
    fn an_update_holds_exactly_what_changes() {
        let change = ProviderChange {
            display_name: Some("n".to_owned()),
            enabled: Some(false),
            ..ProviderChange::default()
        };
        let (members, mask) = update(&change);
        assert_eq!(members, json!({"displayName": "n", "enabled": false}));
        assert_eq!(mask, "displayName,enabled");
        let settings = StepUpSettings::Microsoft {
            mode: ValidationMode::Acrs,
            tenant: "t".to_owned(),
            contexts: vec!["C1".to_owned()],
        };
        let change = ProviderChange {
            settings: Some(settings),
            ..ProviderChange::default()
        };
        let (members, mask) = update(&change);
        assert_eq!(mask, "microsoft");
        let mode = &members["microsoft"]["validationMode"];
        assert_eq!(mode, "MICROSOFT_VALIDATION_MODE_ACRS");
    }
}
