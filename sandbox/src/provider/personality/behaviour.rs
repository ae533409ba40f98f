//! What differs between providers: a [`Behaviour`] is one provider's, and the rest is what it is made of.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::redirect::Redirects;
use crate::http::Reply;
use crate::provider::ask::Ask;
use crate::provider::errors::OAuthError;
use crate::provider::store::SignIn;

/// acr values that the API's steps demand, by the task's example: strong, two factors, hardware first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Demands {
    pub(crate) strong: &'static [&'static str],
    pub(crate) two: &'static [&'static str],
    pub(crate) hardware: &'static [&'static str],
}

/// What a sign-in proves, in the provider's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Assurance {
    pub(crate) acr: Option<String>,
    pub(crate) acrs: Vec<String>,
    pub(crate) amr: Vec<&'static str>,
    /// Whether that is what was asked for, as this provider understands it.
    pub(crate) meets: bool,
}

/// What becomes of a completed sign-in.
pub(crate) enum SignInDecision {
    /// A code, whatever the client makes of its tokens.
    Granted(Assurance),
    /// An error for the client.
    Refused(OAuthError),
    /// A page of the provider's own, title and text. The client never hears of it.
    Page(Notice),
}

pub(crate) type Notice = (&'static str, &'static str);

/// What the `max_age` of a request does to a session.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MaxAge {
    /// Zero always forces, as it should.
    Honoured,
    /// Zero leaves a session good (Okta Classic).
    ZeroIsNone,
    /// Not a parameter here.
    Ignored,
}

/// A personality's data and quirks. `generic::PLAIN` has the defaults.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a difference of its own"
)]
pub(crate) struct Behaviour {
    /// The path of the issuer, with its slash if it has one.
    pub(in crate::provider) issuer: &'static str,
    /// Endpoints that are elsewhere than plain ones: the plain path, and theirs.
    pub(in crate::provider) paths: &'static [(&'static str, &'static str)],
    pub(in crate::provider) metadata: fn(&mut Map<String, Value>, base: &str),
    /// Answers at addresses that only this provider has: base URL, path, metadata.
    pub(in crate::provider) special: fn(base: &str, path: &str, metadata: &Value) -> Option<Reply>,
    /// Whether requests can be pushed (RFC 9126), and `DPoP` proofs need its nonce.
    pub(in crate::provider) par: bool,
    /// How the names of pushed requests begin, and how many seconds each waits for its visit.
    pub(in crate::provider) request_uris: (&'static str, i64),
    pub(in crate::provider) dpop_nonce: bool,
    /// How people are asked on a device of their own, if they can be.
    pub(in crate::provider) backchannel: Option<&'static BackchannelRules>,
    /// Whether a client's assertion has to be for the endpoint that it is sent to, and not for the issuer.
    pub(in crate::provider) endpoint_audience: bool,
    pub(in crate::provider) redirects: Redirects,
    /// The page for a redirect URI that nobody registered: status, title, text.
    pub(in crate::provider) wrong_redirect: (u16, &'static str, &'static str),
    /// RFC 9207, and `session_state` in responses.
    pub(in crate::provider) iss: bool,
    pub(in crate::provider) session_state: bool,
    pub(in crate::provider) max_age: MaxAge,
    /// Whether `prompt=login` forces a sign-in.
    pub(in crate::provider) prompt_login: bool,
    /// A request that is answered by a page before anybody signs in.
    pub(in crate::provider) unacceptable: fn(&Ask) -> Option<Notice>,
    pub(in crate::provider) reached: fn(&Ask, &SignIn, Quirk) -> SignInDecision,
    /// Whether its public clients have a secret all the same, which keeps nothing secret (Google).
    pub(in crate::provider) desktop_secret: bool,
    /// What a person is called towards a client.
    pub(in crate::provider) subject: fn(client_id: &str, subject: &str) -> String,
    /// Changes the ID token.
    pub(in crate::provider) claims: fn(&mut Map<String, Value>, &Ask),
    /// Whether an access token that nobody asked an audience for is opaque.
    pub(in crate::provider) opaque_without_audience: bool,
    /// Whom an access token is for, if its request says so; else it is for the API.
    pub(in crate::provider) audience: fn(&Ask) -> Option<String>,
    /// Whether a person who was not asked anything has to confirm where the answer goes.
    pub(in crate::provider) confirms: bool,
    /// A policy that refuses, by the value of the switch `policy`.
    pub(in crate::provider) blocked: fn(&str) -> OAuthError,
    /// The provider's words for an error of ours; `None` leaves ours.
    pub(in crate::provider) words: fn(code: &str, told: &str) -> Option<Cow<'static, str>>,
    /// An error of the token endpoint: status, code, our words.
    pub(in crate::provider) token_failure: fn(u16, &str, &str) -> Reply,
    pub(in crate::provider) demands: Demands,
    /// Lines of the provider entry, beside issuer, client, preset and ports; `{api}` is the API's URL.
    pub(in crate::provider) entry: &'static str,
}

/// What the switch `assurance` makes of the demand for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Quirk {
    #[default]
    None,
    /// The provider is not set up to act on it.
    Ignored,
    /// No policy applies: everybody is granted what is asked for.
    Unprotected,
    /// The browser is remembered, and spared MFA.
    Remembered,
    /// Contexts that the sign-in satisfies come unasked, too.
    Opportunistic,
    /// The acr is whatever was asked for first, met or not, known or not.
    Echoed,
}

/// How a provider's backchannel differs.
pub(crate) struct BackchannelRules {
    /// The parameter that says how long the request is good, and the longest time, seconds.
    pub(crate) expiry: (&'static str, u64),
    /// The answer to a public client.
    pub(crate) public: (u16, &'static str, &'static str),
    /// The error for a person whom it does not know.
    pub(crate) unknown: &'static str,
    /// The error for a request that it does not know, or not any more.
    pub(crate) gone: &'static str,
    /// Whether its tokens name an acr.
    pub(crate) acr: bool,
}

impl BackchannelRules {
    /// As the specification has it.
    pub(crate) const CORE: Self = Self {
        expiry: ("requested_expiry", 3600),
        public: (
            401,
            "invalid_client",
            "public clients cannot use the backchannel",
        ),
        unknown: "unknown_user_id",
        gone: "invalid_grant",
        acr: true,
    };
}
