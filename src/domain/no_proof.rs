//! What is no step-up proof, however it is dressed up: Okta's Factors API and the token that it is called with
//! (providers.md A11). Whoever holds that token can start and finish verifications for anybody.

use url::Url;

use super::path_words;

/// Why an `SSWS` token is refused.
pub const SSWS: &str = "an Okta API token (`SSWS`) is no step-up proof: whoever holds it can start and finish verifications for anybody";

/// Why the address is refused.
pub const FACTORS: &str = "Okta's Factors and Authentication APIs give no step-up proof: whoever holds their token can start and finish verifications for anybody";

/// The way that works instead of either.
pub const INSTEAD: &str = "revoke that token if it was shared; sign in with a browser instead: `stepup provider add okta` for a native app, and the access API's own address and credential for the profile";

/// Whether this is an Okta API token: with its scheme, or as such, as a whole header.
pub fn is_ssws(text: &str) -> bool {
    let text = text.trim();
    let value = match text.split_once(':') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("authorization") => value.trim(),
        _ => text,
    };
    let scheme = value.split(|c: char| c.is_whitespace() || c == '=').next();
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("ssws"))
}

/// Whether this address is one of those APIs, on whatever host.
pub fn is_factors(url: &Url) -> bool {
    let words = path_words::words(url);
    let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    words.windows(3).any(|part| match part {
        [api, v1, last] => same(api, "api") && same(v1, "v1") && same(last, "authn"),
        _ => false,
    }) || words.windows(5).any(|part| match part {
        [api, v1, users, _, last] => {
            same(api, "api") && same(v1, "v1") && same(users, "users") && same(last, "factors")
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a11_an_api_token_is_known_by_its_scheme() {
        for (text, is) in [
            ("SSWS 00abc", true),
            ("  ssws\t00abc\n", true),
            ("SSWS", true),
            ("SSWS=00abc", true),
            ("Authorization: SSWS 00abc", true),
            ("authorization:SSWS 00abc", true),
            ("Bearer 00abc", false),
            ("SSWSX 00abc", false),
            ("eyJ.SSWS.x", false),
            ("", false),
        ] {
            assert_eq!(is_ssws(text), is, "{text}");
        }
    }

    #[test]
    fn a11_its_addresses_are_known_by_their_path() {
        for (url, is) in [
            ("https://acme.okta.com/api/v1/users/00u1/factors", true),
            (
                "https://acme.okta.com/api/v1/users/me/factors/f/verify",
                true,
            ),
            ("https://acme.okta.com/API/v1//users/me/Factors/", true),
            ("https://proxy.example/okta/api/v1/users/me/factors", true),
            ("https://acme.okta.com/api/v1/authn", true),
            ("https://acme.okta.com/api/v1/users/me/%66actors", true),
            ("https://acme.okta.com/api/v1%2Fauthn", true),
            ("https://acme.okta.com/api/v1/authn/factors/f/verify", true),
            ("https://acme.okta.com", false),
            ("https://acme.okta.com/api/v1/users/me", false),
            ("https://acme.okta.com/oauth2/default/v1/authorize", false),
            ("https://acme.example/api/v1/tasks/factors", false),
            ("https://acme.example/?x=/api/v1/authn", false),
        ] {
            assert_eq!(is_factors(&Url::parse(url).unwrap()), is, "{url}");
        }
    }
}
