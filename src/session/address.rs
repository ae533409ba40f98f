//! The address of an API as people type it: `acme`, `acme.conductor.one`, `127.0.0.1:4000`, a whole URL, or one that
//! was copied from somewhere inside the API or its web application.

use url::Url;

use super::no_proof::refused_as_no_proof;
use crate::config::preset::Preset;
use crate::config::{api_address, public};
use crate::domain::known_issuers::provider_at;
use crate::domain::loopback::is_loopback;
use crate::domain::no_proof;
use crate::error::Error;

/// Where C1's tenants are (c1.md 1.1).
const TENANTS: &str = "conductor.one";

/// Path segments that begin what is not part of an API's address.
const INSIDE: [&str; 3] = ["/api/v1", "/task/", "/tasks/"];

pub(crate) fn api_url(text: &str) -> Result<Url, Error> {
    let typed = completed(text.trim());
    if Url::parse(&typed).is_ok_and(|url| no_proof::is_factors(&url)) {
        return Err(refused_as_no_proof("the API's URL", no_proof::FACTORS));
    }
    let url = api_address(outside(&typed)).map_err(|reason| {
        let public = public(text);
        let sentence = format!("`{public}` is not the URL of an API: {reason}");
        Error::usage(sentence)
            .hint("write it like `acme`, `acme.c1eu.ai` or `https://acme.conductor.one`")
    })?;
    let host = url.host_str().unwrap_or_default();
    match provider_at(host) {
        Some((provider, preset)) => Err(not_the_api(host, provider, preset)),
        None => Ok(url),
    }
}

/// The provider that people sign in at was named, instead of the API that has the tasks.
fn not_the_api(host: &str, provider: &str, preset: &str) -> Error {
    let error = Error::usage(format!(
        "`{host}` is an identity provider ({provider}), and not the API that has the tasks"
    ))
    .hint("sign in to the API by its tenant or its URL: `stepup login TENANT`");
    match Preset::named(preset).filter(|preset| preset.refused.is_none()) {
        Some(preset) => error.hint(format!(
            "to use {provider} for step-up: `stepup provider add {} --issuer {}`",
            preset.name,
            preset.issuer_at(host)
        )),
        None => error.hint(format!(
            "{provider} has no step-up: `stepup provider presets`"
        )),
    }
}

/// The whole URL, with its scheme.
fn completed(text: &str) -> String {
    let in_a_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_tenant = !text.is_empty() && text != "localhost" && text.bytes().all(in_a_name);
    if is_tenant {
        return format!("https://{text}.{TENANTS}");
    }
    if text.contains("://") {
        text.to_owned()
    } else if is_here(text) {
        format!("http://{text}")
    } else {
        format!("https://{text}")
    }
}

/// Without the path that a copied address has inside the API.
fn outside(whole: &str) -> &str {
    let after_host = whole.find("://").map_or(0, |at| at + 3);
    let cut = INSIDE.iter().filter_map(|inside| {
        let tail = whole.get(after_host..)?;
        tail.find(inside).map(|at| at + after_host)
    });
    cut.min().and_then(|cut| whole.get(..cut)).unwrap_or(whole)
}

/// Whether a host without a scheme is this machine, where plain http is usual.
fn is_here(text: &str) -> bool {
    Url::parse(&format!("http://{text}")).is_ok_and(|url| is_loopback(&url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arbitrary::rows;

    #[test]
    fn an_api_is_written_in_several_ways() {
        let written = "
            acme                                         | https://acme.conductor.one/
            Acme.conductor.one                           | https://acme.conductor.one/
            acme.example:8443                            | https://acme.example:8443/
            https://acme.example/Base                    | https://acme.example/Base
            http://127.0.0.1:4000                        | http://127.0.0.1:4000/
            127.0.0.1:4000                               | http://127.0.0.1:4000/
            localhost:4000                               | http://localhost:4000/
            localhost                                    | http://localhost/
            [::1]:4000                                   | http://[::1]:4000/
            https://acme.conductor.one/api/v1            | https://acme.conductor.one/
            acme.conductor.one/api/v1/tasks/4211         | https://acme.conductor.one/
            https://acme.conductor.one/task/4213?tab=1#x | https://acme.conductor.one/
            https://acme.example/base/api/v1             | https://acme.example/base
            http://acme.conductor.one                    |
            ftp://acme.conductor.one                     |
            https://mira:hunter2@acme.conductor.one      |
            https://acme.conductor.one?x=y               |
            a b                                          |
                                                         |";
        for [text, url] in rows(written) {
            let found = api_url(text).ok().map(String::from);
            assert_eq!(found.unwrap_or_default(), url, "{text}");
        }
        let spaced = api_url(" acme.c1eu.ai ").unwrap();
        assert_eq!(String::from(spaced), "https://acme.c1eu.ai/");
    }

    #[test]
    fn a_provider_is_no_api_and_the_command_for_it_is_named() {
        for (typed, provider, command) in [
            (
                "acme.okta.com",
                "Okta",
                "provider add okta --issuer https://acme.okta.com`",
            ),
            (
                "https://acme.eu.auth0.com/",
                "Auth0",
                "provider add auth0 --issuer https://acme.eu.auth0.com/`",
            ),
            (
                "login.microsoftonline.us",
                "Microsoft Entra",
                "provider add entra-acrs --issuer https://login.microsoftonline.us/TENANT/v2.0`",
            ),
            (
                "auth.pingone.eu",
                "PingOne",
                "provider add pingone --issuer https://auth.pingone.eu/ENVID/as`",
            ),
            ("accounts.google.com", "Google", "provider presets`"),
        ] {
            let error = api_url(typed).unwrap_err();
            assert!(error.message().contains(provider), "{error}");
            let hints = error.hints().concat();
            assert!(
                hints.contains("`stepup login TENANT`") && hints.contains(command),
                "{hints}"
            );
        }
    }

    #[test]
    fn a_password_in_an_address_is_not_repeated() {
        let error = api_url("https://mira:hunter2@acme.conductor.one").unwrap_err();
        assert!(!error.message().contains("hunter2"), "{error}");
    }
}
