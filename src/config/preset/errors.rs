//! The error map, P4 of `providers.md`: what a provider's answer means to the person who wanted to approve
//! something. The numbers are Entra's (AADSTS), which stand in the description of a general code. (A3)

use crate::error::ErrorKind;

/// One row.
#[derive(Debug)]
pub struct ErrorRow {
    /// Families of presets that it can come from; empty means every provider.
    pub providers: &'static [&'static str],
    /// `error` codes, words of a description (Okta's causes), or AADSTS numbers. The first of them that
    /// an answer holds is its meaning, numbers and causes before codes.
    pub signals: &'static [Signal],
    /// What the caller should do.
    pub kind: ErrorKind,
    /// The next step.
    pub hint: &'static str,
    /// Whether one further attempt may help.
    pub again: Again,
}

/// The column "Retry?" of P4, as far as an attempt of the person's is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// No.
    Never,
    /// Once, with `prompt=login`, unless that was sent already.
    WithLogin,
    /// Once, as before.
    AsBefore,
}

/// By what an answer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The `error` parameter.
    Code(&'static str),
    /// A word in the description.
    Cause(&'static str),
    /// `AADSTS` and this number in the description.
    Number(u32),
}

impl Signal {
    /// As it is shown.
    pub fn shown(self) -> String {
        match self {
            Self::Code(word) | Self::Cause(word) => word.to_owned(),
            Self::Number(number) => format!("AADSTS{number}"),
        }
    }

    fn is_in(self, code: &str, description: &str) -> bool {
        match self {
            Self::Code(word) => code == word,
            Self::Cause(word) => has_word(description, word),
            Self::Number(number) => numbers(description).any(|found| found == number),
        }
    }
}

use Signal::{Cause, Code, Number};

/// P4, with the numbers of A3's table and the causes of A1's. Special rows come before general ones.
pub(super) const ROWS: &[ErrorRow] = &[
    ErrorRow {
        providers: &["entra"],
        signals: &[
            Number(53000),
            Number(53001),
            Number(53002),
            Number(53003),
            Number(53004),
            Number(530_035),
            Number(50131),
            Number(50097),
        ],
        kind: ErrorKind::Refused,
        hint: "a Conditional Access policy blocked the sign-in (device, place or risk); show the AADSTS number to your administrator",
        again: Again::Never,
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[
            Number(50072),
            Number(50079),
            Number(50074),
            Number(50076),
            Number(50078),
            Number(50158),
        ],
        kind: ErrorKind::Unmet,
        hint: "Entra wants multi-factor authentication: enrol or complete it in the browser, then run the command again",
        again: Again::WithLogin,
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(50105)],
        kind: ErrorKind::Usage,
        hint: "your administrator has to assign you to the application in Entra",
        again: Again::Never,
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(65001), Number(65004)],
        kind: ErrorKind::Incomplete,
        hint: "consent is missing or was declined: accept it, or let an administrator grant it for the application",
        again: Again::Never,
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(700_016), Number(50194)],
        kind: ErrorKind::Usage,
        hint: "`client_id` and the tenant in `issuer` have to belong together: compare both with the app registration",
        again: Again::Never,
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(7_000_218), Number(700_025)],
        kind: ErrorKind::Usage,
        hint: "the redirect URI is registered under the wrong platform: move it to `Mobile and desktop applications`, which has no secret",
        again: Again::Never,
    },
    ErrorRow {
        providers: &["entra"],
        signals: &[Number(54005), Number(501_481), Number(70008)],
        kind: ErrorKind::Failed,
        hint: "the code expired or was used before; run the command again",
        again: Again::AsBefore,
    },
    ErrorRow {
        providers: &["okta"],
        signals: &[Cause("no_matching_policy")],
        kind: ErrorKind::Usage,
        hint: "the authorization server has no access policy with a rule for this client: add one under Security > API",
        again: Again::Never,
    },
    ErrorRow {
        providers: &["okta"],
        signals: &[Cause("user_not_assigned")],
        kind: ErrorKind::Usage,
        hint: "your administrator has to assign you to the application in Okta",
        again: Again::Never,
    },
    ErrorRow {
        providers: &[],
        signals: &[Code("unmet_authentication_requirements")],
        kind: ErrorKind::Unmet,
        hint: "enrol a factor that meets the demand, then run the command again",
        again: Again::Never,
    },
    ErrorRow {
        providers: &[],
        signals: &[Code("access_denied")],
        kind: ErrorKind::Incomplete,
        hint: "you declined, are not assigned to the app, or a policy refused; run the command again to retry",
        again: Again::Never,
    },
    ErrorRow {
        providers: &[],
        signals: &[
            Code("interaction_required"),
            Code("login_required"),
            Code("consent_required"),
            Code("account_selection_required"),
        ],
        kind: ErrorKind::Failed,
        hint: "the provider did not show its pages; run the command again, and if that does not help check the client's settings there",
        again: Again::WithLogin,
    },
    ErrorRow {
        providers: &[],
        signals: &[
            Code("invalid_request"),
            Code("unauthorized_client"),
            Code("unsupported_response_type"),
            Code("invalid_scope"),
            Code("invalid_resource"),
            Code("invalid_target"),
            Code("invalid_redirect_uri"),
            Code("request_not_supported"),
            Code("request_uri_not_supported"),
            Code("registration_not_supported"),
        ],
        kind: ErrorKind::Usage,
        hint: "compare the provider entry with the client's registration at the provider",
        again: Again::Never,
    },
    ErrorRow {
        providers: &[],
        signals: &[Code("invalid_client"), Code("unsupported_grant_type")],
        kind: ErrorKind::Usage,
        hint: "compare `client_auth` with the registration: it is `none` for a native app, which has no secret; of any other client keep the secret or key anew with `stepup config set-secret`",
        again: Again::Never,
    },
    ErrorRow {
        providers: &[],
        signals: &[Code("invalid_dpop_proof"), Code("use_dpop_nonce")],
        kind: ErrorKind::Failed,
        hint: "compare this machine's clock with the provider's, then run the command again; `dpop` in the provider entry asks for bound tokens",
        again: Again::Never,
    },
    ErrorRow {
        providers: &[],
        signals: &[Code("invalid_grant")],
        kind: ErrorKind::Failed,
        hint: "the code expired or was used before; run the command again",
        again: Again::AsBefore,
    },
    ErrorRow {
        providers: &[],
        signals: &[Code("temporarily_unavailable"), Code("server_error")],
        kind: ErrorKind::Failed,
        hint: "nothing was approved; try again later",
        again: Again::Never,
    },
];

/// What an `error` of a provider means, by its code and description.
pub fn explain(code: &str, description: Option<&str>) -> Option<&'static ErrorRow> {
    let description = description.unwrap_or_default();
    ROWS.iter().find(|row| {
        row.signals
            .iter()
            .any(|signal| signal.is_in(code, description))
    })
}

/// Whether a description says more than the code does.
pub fn is_special(description: Option<&str>) -> bool {
    explain("", description).is_some()
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .any(|found| found == word)
}

/// The numbers behind `AADSTS`.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split("AADSTS").skip(1).filter_map(|rest| {
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next();
        digits.and_then(|digits| digits.parse().ok())
    })
}
