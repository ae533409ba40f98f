//! How providers spell their issuers, as far as their hosts tell (docs/providers.md P1).

const OKTA: [&str; 3] = [".okta.com", ".oktapreview.com", ".okta-emea.com"];

/// Microsoft Entra's issuers, one for each of its clouds, where `{tenant}` stands for a GUID.
pub(crate) const ENTRA: [&str; 3] = [
    "https://login.microsoftonline.com/{tenant}/v2.0",
    "https://login.microsoftonline.us/{tenant}/v2.0",
    "https://login.partner.microsoftonline.cn/{tenant}/v2.0",
];

/// `JumpCloud`'s issuers, one for each of its regions.
pub(crate) const JUMPCLOUD: [&str; 3] = [
    "https://oauth.id.jumpcloud.com/",
    "https://oauth.id.eu.jumpcloud.com/",
    "https://oauth.id.in.jumpcloud.com/",
];

pub(crate) const GOOGLE: [&str; 1] = ["https://accounts.google.com"];

/// Domains whose issuers end with a slash: Auth0's, and `JumpCloud`'s with regions to come.
const WITH_SLASH: [&str; 2] = [".auth0.com", ".jumpcloud.com"];

pub(crate) fn is_okta(host: &str) -> bool {
    is_at(host, &OKTA)
}

/// Whether this is a host of Microsoft Entra's.
pub(crate) fn is_entra(host: &str) -> bool {
    ENTRA.into_iter().any(|issuer| host_in(issuer) == host)
}

/// Whether this is the host of Google, which has no step-up.
pub(crate) fn is_google(host: &str) -> bool {
    GOOGLE.into_iter().any(|issuer| host_in(issuer) == host)
}

/// Whose identity provider is at this host, and the preset for it: the hosts that nothing but a provider has.
pub(crate) fn provider_at(host: &str) -> Option<(&'static str, &'static str)> {
    Some(match host {
        host if is_okta(host) => ("Okta", "okta"),
        host if is_entra(host) || host == "sts.windows.net" => ("Microsoft Entra", "entra-acrs"),
        host if is_google(host) => ("Google", "google"),
        host if host.starts_with("auth.pingone.") => ("PingOne", "pingone"),
        host if is_at(host, &[".auth0.com"]) => ("Auth0", "auth0"),
        host if is_at(host, &[".jumpcloud.com"]) => ("JumpCloud", "jumpcloud"),
        host if is_at(host, &[".onelogin.com"]) => ("OneLogin", "onelogin"),
        host if is_at(host, &[".sso.duosecurity.com"]) => ("Duo", "duo"),
        _ => return None,
    })
}

/// The issuer of a tenant in Entra's cloud for the world, which is the first.
pub(crate) fn entra_issuer(tenant: &str) -> String {
    let [world, ..] = ENTRA;
    world.replace("{tenant}", tenant)
}

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

fn host_in(issuer: &str) -> &str {
    issuer.split('/').nth(2).unwrap_or_default()
}

fn is_at(host: &str, domains: &[&str]) -> bool {
    domains.iter().any(|domain| host.ends_with(domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p1_the_hosts_are_those_of_the_issuers() {
        for host in [
            "login.microsoftonline.com",
            "login.partner.microsoftonline.cn",
        ] {
            assert!(is_entra(host) && !is_google(host), "{host}");
        }
        assert!(is_google("accounts.google.com"));
        for other in [
            "",
            "microsoftonline.com",
            "x.login.microsoftonline.com",
            "google.com",
        ] {
            assert!(!is_entra(other) && !is_google(other), "{other}");
        }
    }

    #[test]
    fn p1_issuers_of_jumpcloud_end_with_a_slash() {
        for issuer in JUMPCLOUD {
            assert!(
                issuer.ends_with('/') && ends_with_slash(host_in(issuer)),
                "{issuer}"
            );
        }
    }
}
