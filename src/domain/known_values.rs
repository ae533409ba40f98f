//! What is known about acr values (docs/providers.md P3): the one table of them, read by the presets, by what people
//! are told, by the judges and by the warnings for administrators. The sandbox has one of its own, on purpose.

use super::nearest::nearest;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KnownValue {
    pub(crate) value: &'static str,
    pub(crate) means: &'static str,
    /// Whether it means that wherever it comes from; other values are names of one provider's.
    pub(crate) everywhere: bool,
    pub(crate) level: Level,
    /// Whether an entry takes it.
    pub(crate) accept: Accept,
}

/// How strong a value is, in the words of the access-management API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    None,
    /// One factor.
    Low,
    /// Two factors.
    Medium,
    /// Resists phishing.
    High,
    /// Resists phishing, in hardware.
    VeryHigh,
}

impl Level {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
            Self::VeryHigh => "Very high",
        }
    }
}

/// Whether an entry takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accept {
    /// Asked for when a challenge names none.
    ByDefault,
    /// Asked for when a challenge names it.
    IfRequested,
    /// Only with `allow_weak`, and named in every receipt.
    Weak,
    Never,
}

impl Accept {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::ByDefault => "by default",
            Self::IfRequested => "if requested",
            Self::Weak => "only with allow_weak",
            Self::Never => "never",
        }
    }
}

pub(crate) const OKTA_1FA: KnownValue = weak("urn:okta:loa:1fa:any", "any one factor");

pub(crate) const OKTA_PASSWORD: KnownValue = weak("urn:okta:loa:1fa:pwd", "a password");

/// Okta's, for two factors of whoever has enrolled them, and one of everybody else (docs/providers.md A1).
pub(crate) const OKTA_IF_POSSIBLE: KnownValue = weak(
    "urn:okta:loa:2fa:any:ifpossible",
    "two factors if enrolled, else one",
);

/// Okta's, for two factors.
pub(crate) const OKTA_2FA: KnownValue = KnownValue {
    value: "urn:okta:loa:2fa:any",
    means: "any two factors",
    everywhere: true,
    level: Level::Medium,
    accept: Accept::ByDefault,
};

/// OpenID EAP's, which Okta takes too.
pub(crate) const PHR: KnownValue = KnownValue {
    value: "phr",
    means: "a phishing-resistant factor (passkey or security key)",
    everywhere: true,
    level: Level::High,
    accept: Accept::IfRequested,
};

/// OpenID EAP's, with the key in hardware.
pub(crate) const PHRH: KnownValue = KnownValue {
    value: "phrh",
    means: "a phishing-resistant factor in hardware",
    everywhere: true,
    level: Level::VeryHigh,
    accept: Accept::IfRequested,
};

/// OpenID PAPE's, which Auth0 takes.
pub(crate) const PAPE_MULTI_FACTOR: KnownValue = KnownValue {
    value: "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    means: "multi-factor authentication",
    everywhere: true,
    level: Level::Medium,
    accept: Accept::ByDefault,
};

/// Keycloak's, for a session whose level has lapsed.
pub(crate) const KEYCLOAK_NO_LEVEL: KnownValue = KnownValue {
    value: "0",
    means: "no valid level",
    everywhere: false,
    level: Level::None,
    accept: Accept::Never,
};

/// The name of a `PingOne` policy.
pub(crate) const PING_SINGLE_FACTOR: KnownValue = KnownValue {
    everywhere: false,
    ..weak("Single_Factor", "one factor")
};

/// The name of a `PingOne` policy.
pub(crate) const PING_MULTI_FACTOR: KnownValue = KnownValue {
    value: "Multi_Factor",
    means: "the MFA policy",
    everywhere: false,
    level: Level::Medium,
    accept: Accept::ByDefault,
};

/// `OneLogin`'s only one.
pub(crate) const ONELOGIN_AGAIN: KnownValue = weak(
    "onelogin:nist:level:1:re-auth",
    "another sign-in, by whatever factor",
);

const ALL: [KnownValue; 11] = [
    OKTA_1FA,
    OKTA_PASSWORD,
    OKTA_IF_POSSIBLE,
    OKTA_2FA,
    PHR,
    PHRH,
    PAPE_MULTI_FACTOR,
    KEYCLOAK_NO_LEVEL,
    PING_SINGLE_FACTOR,
    PING_MULTI_FACTOR,
    ONELOGIN_AGAIN,
];

const fn weak(value: &'static str, means: &'static str) -> KnownValue {
    KnownValue {
        value,
        means,
        everywhere: true,
        level: Level::Low,
        accept: Accept::Weak,
    }
}

pub(crate) fn known(acr: &str) -> Option<KnownValue> {
    ALL.into_iter().find(|known| known.value == acr)
}

pub(crate) fn meant(acr: &str) -> Option<&'static str> {
    nearest(acr, ALL.into_iter().map(|known| known.value))
}

/// Whether one factor can have met this value, as far as the methods say.
pub(crate) fn takes_one_factor(acr: &str, amr: &[String]) -> bool {
    known(acr).is_some_and(|known| known.accept == Accept::Weak) && !is_made_good(acr, amr)
}

/// Whether the methods tell that it was two factors, although the value takes one (docs/providers.md P2).
pub(crate) fn is_made_good(acr: &str, amr: &[String]) -> bool {
    acr == OKTA_IF_POSSIBLE.value && amr.iter().any(|method| method == "mfa")
}

/// What a value means, for those that mean the same everywhere; any other is named as it is, since only the provider
/// knows.
pub(crate) fn in_words(acr: &str) -> String {
    match explained(acr) {
        Some(means) => means.to_owned(),
        None => format!("what the provider calls `{acr}`"),
    }
}

/// What a value means, if it means that wherever it comes from.
pub(crate) fn explained(acr: &str) -> Option<&'static str> {
    let known = known(acr).filter(|known| known.everywhere);
    known.map(|known| known.means)
}

/// The strongest of some values, as far as is known; of several alike, the first. A value that nothing is known of is
/// taken to be stronger than those that take one factor, and weaker than those that are known to be strong.
pub(crate) fn strongest(values: &[String]) -> Option<&String> {
    let strength =
        |acr: &&String| known(acr).map_or((Level::Low, true), |known| (known.level, false));
    // The last of several alike wins.
    values.iter().rev().max_by_key(strength)
}

/// Whether this is an authentication context of Entra's, `c1` to `c99`. Tokens write them small, its administration
/// large (docs/providers.md A4).
pub(crate) fn is_context(id: &str) -> bool {
    let number = id.strip_prefix(['c', 'C']).unwrap_or_default();
    !number.starts_with('0')
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && number
            .parse::<u8>()
            .is_ok_and(|number| (1..=99).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p3_each_value_is_there_once() {
        for (at, value) in ALL.iter().enumerate() {
            let first = ALL.iter().position(|one| one.value == value.value);
            assert_eq!(first, Some(at), "{}", value.value);
        }
    }

    #[test]
    fn p3_what_is_weak_takes_one_factor() {
        for value in ALL {
            let weak = value.level == Level::Low;
            assert_eq!(takes_one_factor(value.value, &[]), weak, "{}", value.value);
        }
        assert!(!takes_one_factor(OKTA_IF_POSSIBLE.value, &["mfa".into()]));
        assert!(takes_one_factor(OKTA_1FA.value, &["mfa".into()]));
    }

    #[test]
    fn names_of_one_provider_are_not_explained_to_everybody() {
        assert_eq!(in_words("phrh"), "a phishing-resistant factor in hardware");
        let again = "another sign-in, by whatever factor";
        assert_eq!(in_words("onelogin:nist:level:1:re-auth"), again);
        for name in ["Multi_Factor", "0", "gold"] {
            assert_eq!(in_words(name), format!("what the provider calls `{name}`"));
        }
    }

    #[test]
    fn the_strongest_is_known_to_be_or_comes_first() {
        for (values, expected) in [
            (
                &["urn:okta:loa:1fa:any", "phr", "urn:okta:loa:2fa:any"][..],
                "phr",
            ),
            (&["phr", "phrh"], "phrh"),
            (&["urn:okta:loa:1fa:any", "gold"], "gold"),
            (&["gold", "urn:okta:loa:2fa:any"], "urn:okta:loa:2fa:any"),
            (&["gold", "platinum"], "gold"),
        ] {
            let values: Vec<String> = values.iter().map(|one| (*one).to_owned()).collect();
            let found = strongest(&values).map(String::as_str);
            assert_eq!(found, Some(expected), "{values:?}");
        }
        assert_eq!(strongest(&[]), None);
    }

    #[test]
    fn contexts_are_numbered_from_1_to_99() {
        for good in ["c1", "C1", "c99"] {
            assert!(is_context(good), "{good}");
        }
        for bad in ["c0", "c100", "c01", "c+1", "c", "1", "", "d1"] {
            assert!(!is_context(bad), "{bad}");
        }
    }
}
