//! Why a sign-in does not count: it is not enough, or it contradicts what must be true.

use jiff::Timestamp;

/// The event does not suffice, though nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unmet {
    /// `acr` is not one of the accepted values.
    #[error("authentication was not strong enough: {words}needed {wanted}, got {got}")]
    Acr {
        /// What was wanted in words, where they are known.
        words: String,
        wanted: String,
        /// What came, quoted; or "no acr at all".
        got: String,
    },
    /// `acrs` has none of the accepted contexts.
    #[error(
        "authentication was not strong enough: needed the authentication context {wanted}, got {got}"
    )]
    Contexts {
        wanted: String,
        /// What came, quoted; or "no acrs at all".
        got: String,
    },
    /// `amr` lacks a demanded method.
    #[error("authentication used other methods: needed amr {wanted}, got {got}")]
    Amr { wanted: String, got: String },
    /// `auth_time` is 0, which is no time but a member that nobody fills in.
    #[error(
        "the provider does not fill in when the sign-in happened: wanted auth_time in seconds since 1970, got 0"
    )]
    AuthTimeZero,
    /// The provider does not say who signed in, where that has to be compared.
    #[error("the provider does not say who signed in: wanted {claim} `{wanted}`, got {got}")]
    NothingToCompare {
        claim: &'static str,
        wanted: String,
        /// "none" or what came instead of text, and what `UserInfo` made of the question.
        got: String,
    },
    /// The address is the right one, and the provider says that it is not verified.
    #[error("the address `{email}` is not verified: wanted email_verified `true`, got `{got}`")]
    EmailNotVerified { email: String, got: String },
    /// `auth_time` is missing or unreadable though an age was demanded.
    #[error("the provider does not say when the sign-in happened: wanted auth_time, got {got}")]
    NoAuthTime {
        /// "none", or what came instead of a number.
        got: String,
    },
    /// The sign-in happened before the attempt began.
    #[error(
        "authentication was not fresh: wanted a sign-in during this attempt, got one {} before it", long(*.seconds)
    )]
    BeforeAttempt {
        /// How long before, seconds.
        seconds: i64,
    },
    /// By the provider's own clock the sign-in happened before the attempt began.
    #[error(
        "authentication was not fresh: wanted a sign-in at most {limit} s before the provider issued its token, got one {age} s before"
    )]
    BeforeRequest {
        /// How long the attempt took, and one, seconds.
        limit: i64,
        /// `iat` less `auth_time`, seconds.
        age: i64,
    },
    /// The sign-in was used before, or a later one was.
    #[error(
        "authentication was not fresh: wanted a sign-in after the last one that was used, of {}, got one of {}", time(*.last), time(*.at)
    )]
    Used {
        /// `auth_time` of the last one that was used.
        last: i64,
        /// `auth_time` of this one.
        at: i64,
    },
    /// The sign-in is older than the requirement allows.
    #[error("authentication was not fresh: wanted at most {max_age} s old, got {age} s")]
    TooOld {
        /// The limit, seconds.
        max_age: u64,
        /// The age, seconds.
        age: i64,
    },
}

/// The event contradicts what must be true.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Contradiction {
    /// `auth_time` lies in the future beyond the skew.
    #[error("the sign-in claims to have happened {seconds} s in the future")]
    FutureAuthTime {
        /// How far ahead, seconds.
        seconds: i64,
    },
    /// `auth_time` is in milliseconds.
    #[error(
        "the provider says when the sign-in happened in another unit: wanted auth_time in seconds, got {got}, which is a time of late in milliseconds"
    )]
    Milliseconds { got: i64 },
    #[error("another person signed in: wanted {claim} `{wanted}`, got `{got}`")]
    AnotherPerson {
        claim: &'static str,
        wanted: String,
        got: String,
    },
    /// The name matches, and the account behind it is not the one of the first match.
    #[error("{claim} `{got}` signed in with another account than before")]
    AnotherAccount { claim: &'static str, got: String },
}

/// Why there is no proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Rejection {
    /// Not strong or fresh enough.
    #[error(transparent)]
    Unmet(#[from] Unmet),
    /// Something contradicts what must be true.
    #[error(transparent)]
    Untrusted(#[from] Contradiction),
}

/// A length of time as messages show it: seconds, and whole days where there are several.
fn long(seconds: i64) -> String {
    const DAY: i64 = 86_400;
    match seconds.saturating_add(DAY / 2) / DAY {
        days @ 2.. => format!("{days} days"),
        _ => format!("{seconds} s"),
    }
}

/// A time as messages show it.
fn time(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}
