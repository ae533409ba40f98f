//! The registered step-up providers (c1.md 5): list, search, create, update, delete. A secret goes in
//! and never comes out.
//!
//! What makes a registration invalid, and that a new one is enabled, are the sandbox's own choices.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::paging::page;
use super::provider::{Input, ProviderSettings, StepUpProvider, issuer, required};
use super::refusal::Refusal;
use super::state::{Api, ApiResult, ok, parse};
use super::world::{World, is_id};
use crate::basics::new_id;
use crate::http::Reply;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Update {
    step_up_provider: Input,
    update_mask: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Search {
    query: Option<String>,
    provider_type: Option<String>,
    refs: Option<Vec<Ref>>,
    page_size: Option<i64>,
    page_token: Option<String>,
}

#[derive(Deserialize)]
struct Ref {
    id: String,
}

impl Api {
    pub(super) fn step_up_providers(&self, method: &str, rest: &[&str], body: &[u8]) -> ApiResult {
        if method != "GET" {
            self.administrators_only()?;
        }
        match (method, rest) {
            ("GET", []) => Ok(self.list_providers()),
            ("POST", []) => self.create_provider(body),
            ("GET", [id]) => self.with_provider(id, |_| Ok(())),
            ("POST", [id]) => {
                let update: Update = parse(body)?;
                let mask = update.update_mask.unwrap_or_default();
                self.with_provider(id, |one| one.change(&update.step_up_provider, &mask))
            }
            ("POST", [id, "secret"]) => {
                let input: Input = parse(body)?;
                let secret = required(input.client_secret.as_ref(), "clientSecret")?;
                self.with_provider(id, |one| {
                    one.client_secret = secret;
                    one.updated_at = Timestamp::now();
                    Ok(())
                })
            }
            ("DELETE", [id]) => self.delete_provider(id),
            _ => Err(Refusal::not_found()),
        }
    }

    /// Configuring needs an administrator (c1.md 5).
    pub(super) fn administrators_only(&self) -> Result<(), Refusal> {
        if self.switches.is("role", "approver") {
            return Err(Refusal::forbidden("permission denied"));
        }
        Ok(())
    }

    fn list_providers(&self) -> Reply {
        let world = self.world();
        let providers = world.providers.iter();
        let list: Vec<Value> = providers.map(|one| one.view(&self.tokens)).collect();
        ok(&json!({"list": list, "nextPageToken": ""}))
    }

    /// `POST /api/v1/search/step-up/providers`.
    pub(super) fn search_providers(&self, body: &[u8]) -> ApiResult {
        let search: Search = parse(body)?;
        let query = search.query.unwrap_or_default().to_lowercase();
        let kind = search.provider_type.unwrap_or_default();
        let refs = search.refs.unwrap_or_default();
        let world = self.world();
        let wanted = |one: &&StepUpProvider| {
            one.name.to_lowercase().contains(&query)
                && ["", "PROVIDER_TYPE_UNSPECIFIED", one.settings.kind()].contains(&kind.as_str())
                && (refs.is_empty() || refs.iter().any(|wanted| wanted.id == one.id))
        };
        let found: Vec<&StepUpProvider> = world.providers.iter().filter(wanted).collect();
        let (shown, next) = page(&found, search.page_size, search.page_token.as_deref())?;
        let list: Vec<Value> = shown.iter().map(|one| one.view(&self.tokens)).collect();
        Ok(ok(&json!({"list": list, "nextPageToken": next})))
    }

    fn create_provider(&self, body: &[u8]) -> ApiResult {
        let input: Input = parse(body)?;
        let now = Timestamp::now();
        let provider = StepUpProvider {
            id: new_id(),
            name: required(input.display_name.as_ref(), "displayName")?,
            enabled: true,
            issuer: Some(issuer(input.issuer_url.as_ref())?),
            client_id: Some(required(input.client_id.as_ref(), "clientId")?),
            client_secret: required(input.client_secret.as_ref(), "clientSecret")?,
            settings: ProviderSettings::of(input.oauth2, input.microsoft)?,
            created_at: now,
            updated_at: now,
            last_tested_at: None,
        };
        let mut world = self.world();
        let view = provider.view(&self.tokens);
        world.providers.push(provider);
        self.store.save(&world);
        Ok(ok(&json!({"stepUpProvider": view})))
    }

    /// Changes a provider, or only looks at it, and shows it.
    fn with_provider(
        &self,
        id: &str,
        change: impl FnOnce(&mut StepUpProvider) -> Result<(), Refusal>,
    ) -> ApiResult {
        let mut world = self.world();
        let index = world.provider_index(id)?;
        let provider = world
            .providers
            .get_mut(index)
            .ok_or_else(Refusal::not_found)?;
        let mut changed = provider.clone();
        change(&mut changed)?;
        let view = changed.view(&self.tokens);
        *provider = changed;
        self.store.save(&world);
        Ok(ok(&json!({"stepUpProvider": view})))
    }

    /// Policies and tasks that demand it go on demanding it.
    fn delete_provider(&self, id: &str) -> ApiResult {
        let mut world = self.world();
        let index = world.provider_index(id)?;
        world.providers.remove(index);
        self.store.save(&world);
        Ok(ok(&json!({})))
    }
}

impl World {
    fn provider_index(&self, id: &str) -> Result<usize, Refusal> {
        if !is_id(id) {
            return Err(Refusal::malformed_id());
        }
        let index = self.providers.iter().position(|one| one.id == id);
        index.ok_or_else(Refusal::not_found)
    }
}
