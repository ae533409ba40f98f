//! Who must be the one signing in: the API's person and the provider's claims, compared (B9.19).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::event::{Claim, EmailVerified, Facts, UserInfo};
use super::login_hint::Names;
use super::refusal::{Contradiction, Rejection, Unmet};
use super::requirement::Caveat;

/// Which claim names the person whom the API knows; set per provider entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SubjectRule {
    /// `email` equals the API's email, ASCII case ignored, and is verified.
    #[default]
    Email,
    /// `preferred_username` equals the API's username.
    PreferredUsername,
    /// `sub` equals the API's user id.
    Sub,
    /// Nobody is compared: the API decides alone, and every receipt says so.
    #[serde(rename = "none")]
    NotCompared,
}

/// The approver as the API knows them. Fields a role may not see are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Approver {
    pub(crate) user_id: String,
    pub(crate) display_name: Option<String>,
    pub(crate) email: Option<String>,
    /// The login name.
    pub(crate) username: Option<String>,
    /// The API says that it is a program, which cannot pass a person's step-up (c1.md 8.16).
    pub(crate) is_service: bool,
}

/// What the comparison of the two sides said; in receipts by these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SubjectMatch {
    /// Both sides are known and equal.
    Same,
    /// Nobody but the API knows who has to sign in; it decides alone.
    LeftToTheApi,
    /// The entry says that nobody is compared.
    NotCompared,
}

/// A person who passed: how, and what a reader of the receipt has to know about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    /// What the comparison said.
    pub(crate) subject: SubjectMatch,
    /// What weakens it.
    pub(crate) caveat: Option<Caveat>,
}

/// How a provider entry has the person compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PersonTerms {
    /// The claim.
    pub(crate) rule: SubjectRule,
    /// Whether an address counts that the provider does not call verified.
    pub(crate) accept_unverified_email: bool,
}

/// How whoever signed in is compared with whoever approves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PersonRule {
    pub(crate) claim: SubjectRule,
    /// Its value; null where nobody names the person.
    pub(crate) expected: Option<String>,
    /// Whether an address counts that the provider does not call verified.
    pub(crate) accept_unverified_email: bool,
}

/// Who said who has to sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Source {
    #[default]
    Api,
    /// The profile (`person`), where the API does not say.
    Profile,
    /// `--login-hint`, where neither says.
    LoginHint,
}

/// Who has to sign in, as far as anybody but the API's own check knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ExpectedPerson {
    terms: PersonTerms,
    /// The value of the rule's claim; `None` where nobody names the person.
    wanted: Option<String>,
    source: Source,
    name: Option<String>,
    address: Option<String>,
    username: Option<String>,
    id: Option<String>,
    known: Option<String>,
}

impl SubjectRule {
    pub(crate) const fn claim(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PreferredUsername => "preferred_username",
            Self::Sub => "sub",
            Self::NotCompared => "none",
        }
    }

    /// The scope that makes a provider return the claim (Core §5.4); none for `sub`, which always comes.
    pub(crate) const fn scope(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::PreferredUsername => Some("profile"),
            Self::Sub | Self::NotCompared => None,
        }
    }

    /// The claims that the `claims` parameter asks for in the ID token (Core §5.5).
    pub(crate) const fn claims(self) -> &'static [&'static str] {
        match self {
            Self::Email => &["email", "email_verified"],
            Self::PreferredUsername => &["preferred_username"],
            Self::Sub | Self::NotCompared => &[],
        }
    }

    /// What the API knows on its side.
    fn expected(self, approver: &Approver) -> Option<&str> {
        match self {
            Self::Email => approver.email.as_deref(),
            Self::PreferredUsername => approver.username.as_deref(),
            Self::Sub => Some(approver.user_id.as_str()),
            Self::NotCompared => None,
        }
        .filter(|value| !value.is_empty())
    }

    /// Whether the two known values name the same person.
    fn same(self, expected: &str, claimed: &str) -> bool {
        match self {
            Self::Email => expected.eq_ignore_ascii_case(claimed),
            Self::PreferredUsername | Self::Sub | Self::NotCompared => expected == claimed,
        }
    }

    pub(crate) fn is_in(self, facts: &Facts) -> bool {
        self.claimed(facts).present().is_some()
    }

    /// What the provider said.
    fn claimed(self, facts: &Facts) -> Claim<String> {
        match self {
            Self::Email => facts.email.clone(),
            Self::PreferredUsername => facts.preferred_username.clone(),
            Self::Sub => Claim::Present(facts.subject.clone()),
            Self::NotCompared => Claim::Absent,
        }
    }
}

/// A person for people: `Mira Chen <mira@acme.example>`, or what is there of it.
pub(crate) fn called(name: Option<&str>, address: Option<&str>) -> Option<String> {
    match (name, address) {
        (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
        (name, address) => name.or(address).map(str::to_owned),
    }
}

impl Approver {
    /// Whether a name that somebody wrote down is this person's: the address, the login name or the id.
    pub(crate) fn is(&self, name: &str) -> bool {
        let email = self.email.as_deref();
        email.is_some_and(|email| email.eq_ignore_ascii_case(name))
            || self.username.as_deref() == Some(name)
            || self.user_id == name
    }

    /// What people call them: name and address as far as they are known, else the id.
    pub(crate) fn in_words(&self) -> String {
        let username = || self.username.clone();
        called(self.display_name.as_deref(), self.email.as_deref())
            .or_else(username)
            .unwrap_or_else(|| self.user_id.clone())
    }

    /// Whether the API shows any name by which [`Self::is`] could know the person.
    pub(crate) const fn is_named(&self) -> bool {
        self.email.is_some() || self.username.is_some()
    }
}

impl ExpectedPerson {
    /// The API's person; where it does not say who that is under the rule, whom the profile names, and else whom
    /// `--login-hint` names.
    pub(crate) fn of(
        approver: &Approver,
        profile: Option<&str>,
        hint: Option<&str>,
        terms: PersonTerms,
    ) -> Self {
        let compared = terms.rule != SubjectRule::NotCompared;
        let named = [
            (Source::Api, terms.rule.expected(approver)),
            (Source::Profile, profile.filter(|_| compared)),
            (Source::LoginHint, hint.filter(|_| compared)),
        ];
        let named = named.into_iter().find(|(_, name)| name.is_some());
        let (source, wanted) = named.unwrap_or_default();
        let address = [
            approver.email.as_deref(),
            profile,
            approver.username.as_deref(),
        ];
        Self {
            terms,
            wanted: wanted.map(str::to_owned),
            source,
            name: approver.display_name.clone(),
            address: address.into_iter().flatten().next().map(str::to_owned),
            username: approver.username.clone().or(profile.map(str::to_owned)),
            id: Some(approver.user_id.clone()).filter(|id| !id.is_empty()),
            known: None,
        }
    }

    /// Whom this rule names, who are not known otherwise.
    pub(crate) fn by(rule: PersonRule) -> Self {
        Self {
            terms: PersonTerms {
                rule: rule.claim,
                accept_unverified_email: rule.accept_unverified_email,
            },
            wanted: rule.expected,
            ..Self::default()
        }
    }

    /// With the account ([`account`]) of the person's first match at this provider.
    #[must_use]
    pub(crate) fn known_as(self, account: Option<String>) -> Self {
        Self {
            known: account,
            ..self
        }
    }

    /// Who said it.
    pub(crate) const fn source(&self) -> Source {
        self.source
    }

    /// Whom the provider should ask, as far as that is known.
    pub(crate) fn login_hint(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// What they are called.
    pub(crate) fn names(&self) -> Names<'_> {
        Names {
            address: self.address.as_deref(),
            username: self.username.as_deref(),
            subject: self.id.as_deref(),
        }
    }

    /// The name for people, if there is one.
    pub(crate) fn in_words(&self) -> Option<String> {
        let address = self.address.as_deref().or(self.wanted.as_deref());
        called(self.name.as_deref(), address)
    }

    /// How they are compared, for evidence.
    pub(crate) fn rule(&self) -> PersonRule {
        PersonRule {
            claim: self.terms.rule,
            expected: self.wanted.clone(),
            accept_unverified_email: self.terms.accept_unverified_email,
        }
    }

    /// The rule, if its claim will be compared.
    pub(crate) fn sought(&self) -> Option<SubjectRule> {
        self.wanted.as_ref().map(|_| self.terms.rule)
    }

    /// B9.19, whole: another person is a contradiction, whatever else is said of them; one who may be the right
    /// one, and is not shown to be, is not enough.
    pub(crate) fn compare(&self, facts: &Facts) -> Result<Compared, Rejection> {
        let PersonTerms { rule, .. } = self.terms;
        let Some(wanted) = &self.wanted else {
            return Ok(Compared {
                subject: match rule {
                    SubjectRule::NotCompared => SubjectMatch::NotCompared,
                    _ => SubjectMatch::LeftToTheApi,
                },
                caveat: None,
            });
        };
        let claim = rule.claim();
        let got = match rule.claimed(facts) {
            Claim::Present(got) => got,
            Claim::Absent => return Err(nothing_to_compare(claim, wanted, "none", facts.userinfo)),
            Claim::Malformed(got) => {
                return Err(nothing_to_compare(claim, wanted, &got, facts.userinfo));
            }
        };
        if !rule.same(wanted, &got) {
            return Err(Contradiction::AnotherPerson {
                claim,
                wanted: wanted.clone(),
                got,
            }
            .into());
        }
        let account = account(&facts.issuer, &facts.subject);
        if self.known.as_ref().is_some_and(|known| *known != account) {
            return Err(Contradiction::AnotherAccount { claim, got }.into());
        }
        Ok(Compared {
            subject: SubjectMatch::Same,
            caveat: match rule {
                SubjectRule::Email => self.attested(&got, &facts.email_verified)?,
                _ => None,
            },
        })
    }

    /// What the provider says of the address itself. A claim that is there counts only as `true`, also in quotes
    /// as some providers write it; anything else, null included, is a no.
    fn attested(&self, email: &str, verified: &EmailVerified) -> Result<Option<Caveat>, Unmet> {
        match verified {
            EmailVerified::Yes => Ok(None),
            EmailVerified::Unsaid => Ok(Some(Caveat::EmailUnattested)),
            EmailVerified::No(_) if self.terms.accept_unverified_email => {
                Ok(Some(Caveat::EmailUnverified))
            }
            EmailVerified::No(got) => Err(Unmet::EmailNotVerified {
                email: email.to_owned(),
                got: got.clone(),
            }),
        }
    }
}

fn nothing_to_compare(
    claim: &'static str,
    wanted: &str,
    got: &str,
    userinfo: UserInfo,
) -> Rejection {
    let userinfo = match userinfo {
        UserInfo::Refused(status) => {
            format!(" (UserInfo refused the access token with HTTP {status})")
        }
        UserInfo::NotAsked | UserInfo::NotOffered => String::new(),
        UserInfo::Answered => " (nor does UserInfo say it)".to_owned(),
    };
    Unmet::NothingToCompare {
        claim,
        wanted: wanted.to_owned(),
        got: format!("{got}{userinfo}"),
    }
    .into()
}

/// Names an account without saying whose it is. Only together do `iss` and `sub` name one (Core §5.7).
pub(crate) fn account(issuer: &str, subject: &str) -> String {
    fingerprint([issuer, subject])
}

/// SHA-256 of several texts, hexadecimal. Each goes in with its length, so that no two lists read the same.
pub(crate) fn fingerprint<const MANY: usize>(parts: [&str; MANY]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    format!("{:x}", hash.finalize())
}

#[cfg(test)]
mod tests;
