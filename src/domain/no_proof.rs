//! What is no step-up proof, however it is dressed up: Okta's Factors API and the token that it is called with
//! (providers.md A11). Whoever holds that token can start and finish verifications for anybody.

use url::Url;

use super::path_words;

/// Why an `SSWS` token is refused.
pub(crate) const SSWS: &str = "an Okta API token (`SSWS`) is not a step-up proof: whoever holds it can start and finish verifications for anybody";

/// Why the address is refused.
pub(crate) const FACTORS: &str = "Okta's Factors and Authentication APIs give no step-up proof: whoever holds their token can start and finish verifications for anybody";

/// The way that works instead of either.
pub(crate) const INSTEAD: &str = "revoke that token if it was shared; sign in with a browser instead: `stepup provider add okta` for a native app, and the access API's own URL and credential for the profile";

/// Whether this is an Okta API token: with its scheme, as a whole header, in quotes or behind another scheme.
pub(crate) fn is_ssws(text: &str) -> bool {
    let between = |c: char| c.is_whitespace() || "=:\"'`,".contains(c);
    let mut words = text.split(between).filter(|word| !word.is_empty());
    let prefixes = ["authorization", "bearer", "token", "basic"];
    let first = words.find(|word| !prefixes.iter().any(|one| word.eq_ignore_ascii_case(one)));
    first.is_some_and(|word| word.eq_ignore_ascii_case("ssws")) || holds_ssws(text)
}

/// Whether there is such a token anywhere in a text, such as a body or a query, encoded or not: the scheme, and
/// what all these tokens begin with.
pub(crate) fn holds_ssws(text: &str) -> bool {
    let text = path_words::decoded(text).to_ascii_lowercase();
    text.match_indices("ssws").any(|(at, scheme)| {
        let (before, after) = (&text[..at], &text[at + scheme.len()..]);
        let alone = !before.ends_with(|c: char| c.is_alphanumeric());
        let token = after.trim_start_matches(|c: char| c.is_whitespace() || "+=:\"'\\".contains(c));
        alone && token.len() < after.len() && token.starts_with("00")
    })
}

/// Whether this address is one of those APIs, on whatever host. A `..` that only a server would resolve is read
/// both ways.
pub(crate) fn is_factors(url: &Url) -> bool {
    let words = path_words::words(url);
    let resolved = words.iter().fold(Vec::new(), |mut resolved, word| {
        if word == ".." {
            resolved.pop();
        } else {
            resolved.push(word.clone());
        }
        resolved
    });
    leads_to_factors(&words) || leads_to_factors(&resolved)
}

fn leads_to_factors(words: &[String]) -> bool {
    let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    words.iter().enumerate().any(|(at, word)| {
        let rest = words.get(at..).unwrap_or_default();
        match rest {
            [_, v1, last, rest @ ..] if same(word, "api") && same(v1, "v1") => {
                // Whatever the id is, and however many words: an encoded slash may be part of it.
                same(last, "authn")
                    || same(last, "users") && rest.iter().skip(1).any(|word| same(word, "factors"))
            }
            _ => false,
        }
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
            ("\"SSWS 00abc\"", true),
            ("'ssws 00abc'", true),
            ("Bearer SSWS 00abc", true),
            ("authorization: bearer \"SSWS\" 00abc", true),
            ("key SSWS 00abc", true),
            ("Bearer 00abc", false),
            ("we no longer use SSWS tokens", false),
            ("SSWSX 00abc", false),
            ("eyJ.SSWS.x", false),
            ("", false),
        ] {
            assert_eq!(is_ssws(text), is, "{text}");
        }
    }

    #[test]
    fn a11_an_api_token_is_found_in_bodies_and_queries() {
        for (text, holds) in [
            (r#"{"Authorization":"SSWS 00abc"}"#, true),
            (r#"{"h":"SSWS\\t00abc"}"#, false),
            ("a=1&authorization=SSWS+00abc", true),
            ("https://x.example/?h=ssws%2000abc", true),
            ("https://x.example/?h=ssws%252000abc", true),
            ("SSWS 00", true),
            ("SSWS00abc", false),
            ("xSSWS 00abc", false),
            ("about SSWS tokens", false),
            ("", false),
        ] {
            assert_eq!(holds_ssws(text), holds, "{text}");
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
            ("https://acme.okta.com/api/v1/users/me/%2566actors", true),
            ("https://acme.okta.com/api/v1/users/a%2Fb/factors", true),
            (
                "https://acme.okta.com/api/v1/x/%252e%252e/users/me/factors",
                true,
            ),
            (
                "https://acme.okta.com/api/v1/users/me/factors/%252e%252e",
                true,
            ),
            (
                "https://acme.okta.com/api;a=1/v1;b/users/me/factors;c",
                true,
            ),
            ("https://acme.okta.com/api/./v1/%252e/authn", true),
            ("https://acme.okta.com/api/v1/users/factors", false),
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
