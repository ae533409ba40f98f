//! Factors and the levels they reach: what acr and amr a sign-in earns, and which demands it satisfies.
//!
//! The values are Okta's (providers.md A1) and the EAP ones (B10). No order among them is assumed (B1.10):
//! each factor lists what it satisfies.

pub(super) const ACR_VALUES: [&str; 5] = [
    "urn:okta:loa:1fa:any",
    "urn:okta:loa:1fa:pwd",
    "urn:okta:loa:2fa:any",
    "phr",
    "phrh",
];

/// How somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Password,
    PasswordAndCode,
    SecurityKey,
}

impl Level {
    /// What it satisfies; the first is what it is called when nothing fitting was asked for.
    pub(super) const fn satisfies(self) -> &'static [&'static str] {
        match self {
            Self::Password => &["urn:okta:loa:1fa:pwd", "urn:okta:loa:1fa:any"],
            Self::PasswordAndCode => &[
                "urn:okta:loa:2fa:any",
                "urn:okta:loa:1fa:pwd",
                "urn:okta:loa:1fa:any",
            ],
            // Its key is in its hardware, as `hwk` says (RFC 8176 §2).
            Self::SecurityKey => &[
                "phr",
                "phrh",
                "urn:okta:loa:2fa:any",
                "urn:okta:loa:1fa:any",
            ],
        }
    }

    /// RFC 8176.
    pub(super) const fn amr(self) -> &'static [&'static str] {
        match self {
            Self::Password => &["pwd"],
            Self::PasswordAndCode => &["pwd", "otp", "mfa"],
            Self::SecurityKey => &["hwk", "pop", "user"],
        }
    }

    /// Whether it meets the policy of an authentication context: `c1` wants two factors, as does Azure's own `p1`, `c2` a
    /// security key, and no policy uses the others, so that everybody is granted them (providers.md, A4).
    pub(super) fn enters(self, context: &str) -> bool {
        match context {
            "c1" | "p1" => self != Self::Password,
            "c2" => self == Self::SecurityKey,
            _ => true,
        }
    }

    /// Whether one of the requested values is reached. Nothing requested is always reached.
    pub(super) fn meets(self, requested: &[String]) -> bool {
        requested.is_empty() || self.first_met(requested).is_some()
    }

    /// The acr to return: the first requested value that is satisfied, else the level's own name,
    /// because `acr_values` is a voluntary request (OIDC Core §3.1.2.1, B9.5).
    pub(super) fn acr(self, requested: &[String]) -> String {
        let own = self.satisfies().first().copied().unwrap_or_default();
        self.first_met(requested).unwrap_or(own).to_owned()
    }

    fn first_met(self, requested: &[String]) -> Option<&str> {
        requested
            .iter()
            .map(String::as_str)
            .find(|acr| self.satisfies().contains(acr))
    }
}

/// What is said of a value that is not in the list.
pub(super) const UNKNOWN: &str = "a level this provider does not know, and ignores";

/// An acr value as a person would say it.
pub(super) fn in_words(acr: &str) -> &'static str {
    match acr {
        "urn:okta:loa:1fa:any" => "any one factor",
        "urn:okta:loa:1fa:pwd" => "a password",
        "urn:okta:loa:2fa:any" => "any two factors",
        "phr" => "a phishing-resistant security key or passkey",
        "phrh" => "a phishing-resistant key held in protected hardware",
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_requested_value_that_is_met_is_returned() {
        for (level, requested, acr) in [
            (Level::SecurityKey, "phrh phr", "phrh"),
            (
                Level::SecurityKey,
                "urn:okta:loa:2fa:any phr",
                "urn:okta:loa:2fa:any",
            ),
            (Level::Password, "phr", "urn:okta:loa:1fa:pwd"),
            (
                Level::Password,
                "phr urn:okta:loa:1fa:any",
                "urn:okta:loa:1fa:any",
            ),
            (Level::PasswordAndCode, "", "urn:okta:loa:2fa:any"),
            (Level::SecurityKey, "PHR", "phr"),
        ] {
            let requested: Vec<String> = requested.split_whitespace().map(Into::into).collect();
            assert_eq!(level.acr(&requested), acr, "{level:?} {requested:?}");
        }
    }
}
