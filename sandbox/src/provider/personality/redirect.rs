//! Which redirect URIs of a native client are taken for registered (providers.md A14, B5.12).

use url::Url;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::provider) enum Redirects {
    /// These hosts with any port or none (RFC 8252 section 7.3), and the registered path.
    AnyPort(&'static [&'static str]),
    /// These hosts with any port or none, and the registered path; without a path the answer goes to `/`.
    AnyPortOrRoot(&'static [&'static str]),
    /// These hosts with any port or none and any path: nothing is registered.
    Anything(&'static [&'static str]),
    /// Letter for letter; `127.0.0.1` with each of the registered ports.
    Exact,
}

impl Redirects {
    pub(super) fn allow(self, uri: &str, path: &str, ports: &[u16]) -> bool {
        match self {
            Self::Exact => ports
                .iter()
                .any(|port| uri == format!("http://127.0.0.1:{port}{path}")),
            Self::AnyPort(hosts) => uri
                .strip_suffix(path)
                .is_some_and(|origin| is_origin(origin, hosts)),
            Self::AnyPortOrRoot(hosts) => {
                Self::AnyPort(hosts).allow(uri, path, ports)
                    || is_origin(uri.strip_suffix('/').unwrap_or(uri), hosts)
            }
            Self::Anything(hosts) if is_origin(uri, hosts) => true,
            Self::Anything(hosts) => Url::parse(uri).is_ok_and(|url| {
                url.fragment().is_none()
                    && uri
                        .strip_suffix(url.path())
                        .is_some_and(|origin| is_origin(origin, hosts))
            }),
        }
    }
}

fn is_origin(origin: &str, hosts: &[&str]) -> bool {
    let Some(authority) = origin.strip_prefix("http://") else {
        return false;
    };
    let has_port = |port: &str| port.is_empty() || is_port(port);
    let mut hosts = hosts.iter();
    hosts.any(|host| authority.strip_prefix(host).is_some_and(has_port))
        && Url::parse(origin).is_ok()
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|digits| {
        digits.bytes().all(|byte| byte.is_ascii_digit())
            && digits.parse::<u16>().is_ok_and(|port| port > 0)
    })
}
