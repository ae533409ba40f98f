//! How providers spell their issuers, as far as their hosts tell (docs/providers.md P1).

/// Okta's domains.
const OKTA: [&str; 3] = [".okta.com", ".oktapreview.com", ".okta-emea.com"];

/// Microsoft Entra's hosts, one for each of its clouds.
const ENTRA: [&str; 3] = [
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
];

/// Domains whose issuers end with a slash: Auth0's and `JumpCloud`'s.
const WITH_SLASH: [&str; 2] = [".auth0.com", ".jumpcloud.com"];

/// Whether this is a host of Okta's.
pub(crate) fn is_okta(host: &str) -> bool {
    is_at(host, &OKTA)
}

/// Whether this is a host of Microsoft Entra's.
pub(crate) fn is_entra(host: &str) -> bool {
    ENTRA.contains(&host)
}

/// Whether this is the host of Google, which has no step-up.
pub(crate) fn is_google(host: &str) -> bool {
    host == "accounts.google.com"
}

/// Whether issuers of this host end with a slash.
pub(crate) fn ends_with_slash(host: &str) -> bool {
    is_at(host, &WITH_SLASH)
}

/// 8-4-4-4-12 hexadecimal digits: the id of a tenant.
pub(crate) fn is_guid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn is_at(host: &str, domains: &[&str]) -> bool {
    domains.iter().any(|domain| host.ends_with(domain))
}
