//! One provider entry: its provider, its metadata, its ports, and what only a person can look at.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;

use url::Url;

use super::check::Check;
use super::network;
use crate::adapters::http::Http;
use crate::adapters::probe;
use crate::adapters::tested::Tested;
use crate::adapters::when::local;
use crate::ceremony::registration::{client_auth, http_for};
use crate::commands::shared::metadata::{Finding, Grade, examine};
use crate::config::{ClientAuthMethod, Config, ProviderEntry, RedirectHost};
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::oidc::assertion::AssertionKey;
use crate::oidc::discovery::{DiscoveryError, discover};
use crate::oidc::registration::ClientAuth;
use crate::session::Session;

pub(super) fn checks(context: &Context, http: &Http, entry: &ProviderEntry) -> Vec<Check> {
    let name = entry.name.as_str();
    let mut checks = Vec::new();
    checks.extend(provider(http, entry));
    let ours = entry.clone();
    if entry.backchannel.is_none() {
        checks.push(Check::new("ports", Some(name), move || vec![ports(&ours)]));
    }
    if entry.client_auth != ClientAuthMethod::None {
        checks.push(secret(context, http, entry));
    }
    let (weak, registered) = (weaknesses(entry), registered(context, entry));
    checks.push(Check::new("assurance", Some(name), move || weak));
    checks.push(Check::new("registration", Some(name), move || registered));
    checks
}

fn provider(http: &Http, entry: &ProviderEntry) -> Vec<Check> {
    let name = entry.name.as_str();
    let (http, url) = match (http_for(http, entry), Url::parse(&entry.issuer)) {
        (Ok(http), Ok(url)) => (http, url),
        (Err(error), _) => {
            let finding = Finding::failed("ca_file", &Error::from(error));
            return vec![Check::new("ca_file", Some(name), move || vec![finding])];
        }
        // The configuration would not have been read.
        (_, Err(_)) => return Vec::new(),
    };
    let skew = u64::try_from(entry.skew).unwrap_or_default();
    let ours = entry.clone();
    let reading = http.clone();
    let mut checks = Vec::from_iter(network::name(name, url.clone()));
    checks.push(network::reached(
        name,
        entry.issuer.clone(),
        http,
        &url,
        skew,
    ));
    checks.push(Check::new("metadata", Some(name), move || {
        examine(&reading, &ours).unwrap_or_else(|error| vec![Finding::failed("metadata", &error)])
    }));
    checks
}

/// Which of the registered ports are free just now.
fn ports(entry: &ProviderEntry) -> Finding {
    if entry.ports.is_empty() {
        return Finding::ok("ports", "any free one will do");
    }
    let families: &[IpAddr] = match entry.redirect_host {
        RedirectHost::Ipv4 => &[IpAddr::V4(Ipv4Addr::LOCALHOST)],
        RedirectHost::Localhost => &[
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::LOCALHOST),
        ],
    };
    let taken: Vec<String> = entry
        .ports
        .iter()
        .filter(|port| {
            let is_free = |family: &IpAddr| probe::can_listen(*family, **port).is_ok();
            !families.iter().any(is_free)
        })
        .map(u16::to_string)
        .collect();
    match taken.len() {
        0 => Finding::ok("ports", format!("all {} are free", entry.ports.len())),
        some if some == entry.ports.len() => {
            Finding::new("ports", Grade::Fail, format!("none is free: {}", taken.join(", ")))
                .hint("free one of them, or register another one and add it with `stepup provider edit --port`")
        }
        _ => Finding::new("ports", Grade::Warn, format!("taken: {}", taken.join(", ")))
            .hint("the next one is used instead; all of them have to be registered"),
    }
}

fn secret(context: &Context, http: &Http, entry: &ProviderEntry) -> Check {
    let config = Config::load(context.global.config.as_deref());
    let store = config
        .map_err(Error::from)
        .and_then(|config| Ok(Session::local(context, &config)?.1));
    let name = entry.credential();
    let (ours, http) = (entry.clone(), http.clone());
    Check::new("client secret", Some(&entry.name), move || {
        let kept = store.and_then(|store| {
            if let ClientAuth::PrivateKey(key) = client_auth(&ours, &store.require(&name)?)? {
                signs(&http, &ours, &key)?;
            }
            Ok(store.place())
        });
        vec![match kept {
            Ok(place) => Finding::ok("client secret", format!("is kept in {place}")),
            Err(error) => Finding::failed("client secret", &error),
        }]
    })
}

/// Whether the provider takes what the key signs; that it cannot be asked is another line's.
fn signs(http: &Http, entry: &ProviderEntry, key: &AssertionKey) -> Result<(), Error> {
    let metadata = http_for(http, entry)
        .ok()
        .and_then(|http| discover(&http, &entry.issuer).ok());
    let alg = metadata.map(|metadata| key.alg_for(&metadata)).transpose();
    Ok(alg.map(|_| ()).map_err(DiscoveryError::from)?)
}

/// What every receipt will say too.
fn weaknesses(entry: &ProviderEntry) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |says: String, hint: &str| {
        findings.push(Finding::new("assurance", Grade::Warn, says).hint(hint));
    };
    if entry.proves_freshness_only() {
        add(
            "freshness only: nothing about factors".to_owned(),
            "a step that requires more has to go to another entry",
        );
    }
    for value in &entry.weak {
        add(
            format!("`{value}` can be met with one factor"),
            "take it out, unless that is enough",
        );
    }
    if !entry.rank.is_empty() {
        add(
            format!(
                "a stronger value counts, in this order: {}",
                entry.rank.join(" < ")
            ),
            "make sure that this is the provider's order too",
        );
    }
    findings
}

/// A sign-in by `stepup provider test` shows that the entry is registered; before one, somebody has to look.
fn registered(context: &Context, entry: &ProviderEntry) -> Vec<Finding> {
    let path = Config::location(context.global.config.as_deref()).ok();
    let folder = path.as_deref().and_then(Path::parent);
    let tests = folder.map(|folder| Tested::new(folder).all());
    let last = tests.as_ref().and_then(|tests| tests.get(&entry.name));
    match last {
        Some(test) if test.passed => {
            let says = format!("`stepup provider test` passed, {}", local(test.at));
            vec![Finding::ok("registration", says)]
        }
        _ => manual(entry),
    }
}

/// What cannot be seen from outside.
fn manual(entry: &ProviderEntry) -> Vec<Finding> {
    let what = match entry.backchannel {
        None => entry.redirect_uris().join(" "),
        Some(_) => "the CIBA grant, by poll".to_owned(),
    };
    let registered = format!("registered for the client `{}`: {what}", entry.client_id);
    let lines = std::iter::once(registered).chain(entry.steps());
    lines
        .map(|line| Finding::new("registration", Grade::Manual, line).kind(ErrorKind::Usage))
        .collect()
}
