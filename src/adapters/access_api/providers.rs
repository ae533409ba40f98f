//! The API's step-up providers (c1.md 5): read, registered, changed, deleted, tested.

mod wire;

use std::collections::HashSet;

use openidconnect::http::Method;
use serde_json::{Value, json};
use url::Url;

use super::client::{AccessApi, decode};
use crate::adapters::api_error::ApiError;
use crate::adapters::credentials::Secret;
use crate::domain::step_up_provider::{NewProvider, ProviderChange, StepUpProvider};

const PATH: [&str; 2] = ["step-up", "providers"];

impl AccessApi {
    pub(crate) fn providers(&self) -> Result<Vec<StepUpProvider>, ApiError> {
        let rows: Vec<wire::Provider> = self.search_all(&["search", "step-up", "providers"])?;
        Ok(rows.into_iter().map(wire::Provider::into_domain).collect())
    }

    /// One provider by its 27-character id.
    pub(crate) fn provider(&self, id: &str) -> Result<StepUpProvider, ApiError> {
        self.provider_answer(&Method::GET, &[id], None)
    }

    pub(crate) fn create_provider(
        &self,
        new: &NewProvider,
        secret: &Secret,
    ) -> Result<StepUpProvider, ApiError> {
        let mut body = json!({
            "displayName": new.display_name,
            "issuerUrl": new.issuer_url,
            "clientId": new.client_id,
            "clientSecret": secret.expose(),
        });
        wire::put_settings(&mut body, &new.settings);
        self.provider_answer(&Method::POST, &[], Some(&body))
    }

    /// Changes what differs, and nothing else.
    pub(crate) fn update_provider(
        &self,
        id: &str,
        change: &ProviderChange,
    ) -> Result<StepUpProvider, ApiError> {
        let (provider, mask) = wire::update(change);
        let body = json!({ "stepUpProvider": provider, "updateMask": mask });
        self.provider_answer(&Method::POST, &[id], Some(&body))
    }

    pub(crate) fn set_provider_secret(&self, id: &str, secret: &Secret) -> Result<(), ApiError> {
        let body = json!({ "clientSecret": secret.expose() });
        self.provider_answer(&Method::POST, &[id, "secret"], Some(&body))
            .map(|_| ())
    }

    pub(crate) fn delete_provider(&self, id: &str) -> Result<(), ApiError> {
        let path = [&PATH[..], &[id]].concat();
        self.exchange(&Method::DELETE, &path, Some(&json!({})))
            .map(|_| ())
    }

    /// Begins a test; the person has to go to the address that comes back. It may hold a secret.
    pub(crate) fn test_provider(&self, id: &str) -> Result<Url, ApiError> {
        let path = [&PATH[..], &[id, "test"]].concat();
        let bytes = self.exchange(&Method::POST, &path, Some(&json!({})))?;
        let answer: wire::ProviderTestResponse = decode(&bytes)?;
        let url = Url::parse(&answer.redirect_url).ok();
        let url = url.filter(|url| self.may_name(url));
        url.ok_or_else(|| {
            ApiError::Unreadable("it names no https URL at which to run the test".to_owned())
        })
    }

    fn provider_answer(
        &self,
        method: &Method,
        rest: &[&str],
        body: Option<&Value>,
    ) -> Result<StepUpProvider, ApiError> {
        let path = [&PATH[..], rest].concat();
        let answer: wire::ProviderResponse = decode(&self.exchange(method, &path, body)?)?;
        let provider = answer.step_up_provider.map(wire::Provider::into_domain);
        provider
            .filter(|provider| !provider.id.is_empty())
            .ok_or_else(|| ApiError::Unreadable("it holds no provider".to_owned()))
    }

    /// Every row of a search without filters. A token that comes again would go round for ever.
    pub(super) fn search_all<T: serde::de::DeserializeOwned>(
        &self,
        path: &[&str],
    ) -> Result<Vec<T>, ApiError> {
        let mut rows = Vec::new();
        let mut seen = HashSet::new();
        let mut token = String::new();
        loop {
            let body = json!({ "pageSize": 100, "pageToken": token });
            let page: wire::Page<T> = decode(&self.exchange(&Method::POST, path, Some(&body))?)?;
            rows.extend(page.list);
            token = page.next_page_token;
            if token.is_empty() || !seen.insert(token.clone()) {
                return Ok(rows);
            }
        }
    }
}

/// Reads these bytes as an answer about a provider.
#[cfg(fuzzing)]
pub(super) fn fuzz(body: &[u8]) {
    let answer = decode::<wire::ProviderResponse>(body).ok();
    let provider = answer.and_then(|answer| answer.step_up_provider);
    let _ = provider.map(wire::Provider::into_domain);
}
