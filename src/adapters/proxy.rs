//! Which proxy a request goes through: decided here alone, by curl's variables and rules; `stepup doctor` asks the
//! same function. Plain http is spoken on loopback only, and loopback never goes through a proxy, so that
//! `http_proxy` decides nothing (nor does `HTTP_PROXY`, which a web server sets from a request's header).

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use crate::domain::loopback::is_loopback;
use crate::environment;

/// Variables that name a proxy for https, the first that is set counts.
const VARIABLES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// Variables that name hosts which are reached without one, the first that is set counts.
const EXCEPTIONS: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// Kinds of proxy that are spoken to.
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// A variable whose value is no proxy that could be used. The value may hold a password and is not repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{variable}` names no proxy that could be used: {reason}")]
pub struct ProxyError {
    pub(crate) variable: &'static str,
    pub(crate) reason: &'static str,
}

/// A proxy, and the variable that names it. Shows neither user nor password.
#[derive(Clone)]
pub(crate) struct Proxy {
    pub(super) settings: ureq::Proxy,
    pub(crate) variable: &'static str,
}

impl Proxy {
    fn of(variable: &'static str, value: &str) -> Result<Self, ProxyError> {
        let fail = |reason| ProxyError { variable, reason };
        let (scheme, rest) = value.split_once("://").unwrap_or(("http", value));
        let scheme = scheme.to_ascii_lowercase();
        if !SCHEMES.contains(&scheme.as_str()) {
            return Err(fail(
                "its scheme is none of http, https, socks4, socks4a, socks5 and socks5h",
            ));
        }
        let address = format!("{scheme}://{rest}");
        // The HTTP client takes a port that is no number for none.
        let readable = Url::parse(&address).is_ok_and(|url| url.has_host());
        let settings = ureq::Proxy::new(&address).ok();
        let settings = settings.filter(|settings| readable && !settings.host().is_empty());
        let settings =
            settings.ok_or_else(|| fail("it is not of the form `scheme://host:port`"))?;
        Ok(Self { settings, variable })
    }

    /// Whether it looks up the names of the hosts that it leads to; else this machine does.
    pub(crate) fn resolves(&self) -> bool {
        !self.settings.resolve_target()
    }
}

/// Host and port.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.settings.host(), self.settings.port())
    }
}

#[derive(Clone, Default)]
pub(crate) struct Proxies {
    proxy: Option<Proxy>,
    spared: Vec<String>,
}

impl Proxies {
    /// Reads the variables. An empty one is not set.
    pub(crate) fn of_environment() -> Result<Self, ProxyError> {
        Self::of(environment::lossy)
    }

    fn of(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ProxyError> {
        let named = VARIABLES
            .iter()
            .find_map(|name| Some((*name, variable(name)?)));
        let proxy = named
            .map(|(name, value)| Proxy::of(name, value.trim()))
            .transpose()?;
        let spared = EXCEPTIONS.iter().find_map(|name| variable(name));
        let spared = spared.unwrap_or_default();
        let between = |c: char| c == ',' || c.is_whitespace();
        let rules = spared.split(between).filter(|rule| !rule.is_empty());
        Ok(Self {
            proxy,
            spared: rules.map(str::to_ascii_lowercase).collect(),
        })
    }

    /// The proxy of all hosts that no exception names.
    pub(crate) const fn proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()
    }

    /// The proxy that a request to this address goes through.
    pub(crate) fn for_url(&self, url: &Url) -> Option<&Proxy> {
        let (proxy, host) = (self.proxy.as_ref()?, url.host()?);
        let port = url.port_or_known_default()?;
        let spared = || self.spared.iter().any(|rule| spares(rule, &host, port));
        (!is_loopback(url) && !spared()).then_some(proxy)
    }
}

/// Whether an exception names this host: `*`, a domain (and those below it, with or without a dot in front), an
/// address or a network of addresses; each with a port or without.
fn spares(rule: &str, host: &Host<&str>, port: u16) -> bool {
    if rule == "*" {
        return true;
    }
    let Some((name, only)) = with_port(rule) else {
        return false;
    };
    if only.is_some_and(|only| only != port) {
        return false;
    }
    match host {
        Host::Domain(domain) => {
            let name = name.strip_prefix('*').unwrap_or(name).trim_matches('.');
            let before = domain.trim_end_matches('.').strip_suffix(name);
            let below = |before: &str| before.is_empty() || before.ends_with('.');
            !name.is_empty() && before.is_some_and(below)
        }
        Host::Ipv4(ip) => holds(name, IpAddr::V4(*ip)).unwrap_or(false),
        Host::Ipv6(ip) => holds(name, IpAddr::V6(*ip)).unwrap_or(false),
    }
}

/// Takes `host:port` apart. An IPv6 address has a port only behind brackets.
fn with_port(rule: &str) -> Option<(&str, Option<u16>)> {
    if let Some(rest) = rule.strip_prefix('[') {
        let (name, port) = rest.split_once(']')?;
        return match port.strip_prefix(':') {
            Some(port) => Some((name, Some(port.parse().ok()?))),
            None => port.is_empty().then_some((name, None)),
        };
    }
    match rule.split_once(':') {
        Some((name, port)) if !port.contains(':') => Some((name, Some(port.parse().ok()?))),
        _ => Some((rule, None)),
    }
}

/// Whether an address, or a network as `address/bits`, holds this one.
fn holds(network: &str, ip: IpAddr) -> Option<bool> {
    let (address, bits) = match network.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
        None => (network, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let (longest, differing) = match (address, ip) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            let differing = one.to_bits() ^ other.to_bits();
            (32, u128::from(differing) << 96)
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => (128, one.to_bits() ^ other.to_bits()),
        _ => return None,
    };
    let bits = bits.unwrap_or(longest);
    (bits <= longest).then_some(differing.leading_zeros() >= bits)
}

#[cfg(test)]
mod tests;
