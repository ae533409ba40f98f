//! A step-up provider in C1's JSON, as far as a task's reader wants to know (wire contract 5).

use serde::Deserialize;

use super::super::tasks::DemandedProvider;
use super::or_default;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct ProviderAnswer {
    #[serde(default, deserialize_with = "or_default")]
    step_up_provider: Provider,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Provider {
    #[serde(default, deserialize_with = "or_default")]
    display_name: String,
    #[serde(default, deserialize_with = "or_default")]
    oauth2: OAuth2,
    #[serde(default, deserialize_with = "or_default")]
    microsoft: Microsoft,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OAuth2 {
    #[serde(default, deserialize_with = "or_default")]
    acr_values: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Microsoft {
    #[serde(default, deserialize_with = "or_default")]
    conditional_access_ids: Vec<String>,
}

impl ProviderAnswer {
    pub(in super::super) fn into_provider(self) -> DemandedProvider {
        DemandedProvider {
            name: self.step_up_provider.display_name,
            acr_values: self.step_up_provider.oauth2.acr_values,
            contexts: self.step_up_provider.microsoft.conditional_access_ids,
        }
    }
}
