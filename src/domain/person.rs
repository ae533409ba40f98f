//! Who must be the one signing in: the API's person and the provider's claims, compared where both
//! sides are known (B9.19).

use serde::Serialize;

/// Which claim of the ID token names the person whom the API knows; set per provider entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SubjectRule {
    /// `email` equals the API's email, ASCII case ignored. An address the provider marks as not
    /// verified counts as unknown.
    #[default]
    Email,
    /// `preferred_username` equals the API's username.
    PreferredUsername,
    /// `sub` equals the API's user id.
    Sub,
}

/// The approver as the API knows them. Fields a role may not see are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approver {
    /// The API's id of the person.
    pub user_id: String,
    /// The name people know.
    pub display_name: Option<String>,
    /// The email address.
    pub email: Option<String>,
    /// The login name.
    pub username: Option<String>,
    /// The API says that it is a program, which cannot pass a person's step-up (wire contract 8.16).
    pub is_service: bool,
}

/// What the comparison of the two sides said; in receipts by these words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectMatch {
    /// Both sides are known and equal.
    Same,
    /// At least one side is unknown; the API decides alone.
    LeftToTheApi,
}

impl SubjectRule {
    /// The claim's name.
    pub const fn claim(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PreferredUsername => "preferred_username",
            Self::Sub => "sub",
        }
    }

    /// The scope that makes a provider return the claim (Core §5.4); none for `sub`, which always comes.
    pub const fn scope(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::PreferredUsername => Some("profile"),
            Self::Sub => None,
        }
    }

    /// What the API knows on its side.
    pub fn expected(self, approver: &Approver) -> Option<&str> {
        match self {
            Self::Email => approver.email.as_deref(),
            Self::PreferredUsername => approver.username.as_deref(),
            Self::Sub => Some(approver.user_id.as_str()),
        }
        .filter(|value| !value.is_empty())
    }

    /// Whether the two known values name the same person.
    pub fn same(self, expected: &str, claimed: &str) -> bool {
        match self {
            Self::Email => expected.eq_ignore_ascii_case(claimed),
            Self::PreferredUsername | Self::Sub => expected == claimed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_5_4_each_rule_asks_for_the_scope_of_its_claim() {
        for (rule, claim, scope) in [
            (SubjectRule::Email, "email", Some("email")),
            (
                SubjectRule::PreferredUsername,
                "preferred_username",
                Some("profile"),
            ),
            (SubjectRule::Sub, "sub", None),
        ] {
            assert_eq!(rule.claim(), claim);
            assert_eq!(rule.scope(), scope);
        }
    }
}
