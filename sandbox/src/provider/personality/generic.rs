//! Nobody in particular: what the specifications say, and the defaults of everybody else.

use serde_json::json;

use super::{
    Assurance, BackchannelRules, Behaviour, Demands, MaxAge, Quirk, Redirects, SignInDecision,
};
use crate::http::Reply;
use crate::provider::ask::Ask;
use crate::provider::store::SignIn;

/// Every host that means this machine.
pub(super) const LOOPBACK: &[&str] = &["127.0.0.1", "[::1]", "localhost"];

pub(super) const PLAIN: Behaviour = Behaviour {
    issuer: "",
    paths: &[],
    metadata: |_, _| (),
    special: |_, _, _| None,
    par: false,
    request_uris: ("urn:ietf:params:oauth:request_uri:", 60),
    dpop_nonce: false,
    backchannel: Some(&BackchannelRules::CORE),
    endpoint_audience: false,
    redirects: Redirects::AnyPort(LOOPBACK),
    wrong_redirect: (
        400,
        "This sign-in cannot start",
        "The redirect URI is not registered for this client.",
    ),
    iss: true,
    session_state: false,
    max_age: MaxAge::Honoured,
    prompt_login: true,
    unacceptable: |_| None,
    reached,
    desktop_secret: false,
    subject: |_, subject| subject.to_owned(),
    claims: |_, _| (),
    opaque_without_audience: false,
    audience: |_| None,
    confirms: false,
    blocked: |_| ("access_denied", "a policy refused"),
    words: |_, _| None,
    token_failure,
    demands: Demands {
        strong: &["phr"],
        two: &["urn:okta:loa:2fa:any"],
        hardware: &["phrh", "phr"],
    },
    entry: "acr_values = [\"urn:okta:loa:1fa:any\", \"urn:okta:loa:2fa:any\", \"phr\", \"phrh\"]\n",
};

/// `acr_values` is a wish: whatever was reached is a success (OIDC Core section 3.1.2.1). An essential acr and
/// a context are none.
fn reached(ask: &Ask, sign_in: &SignIn, quirk: Quirk) -> SignInDecision {
    let level = sign_in.level;
    let asked: &[String] = match quirk {
        Quirk::Ignored => &[],
        _ => &ask.acr_values,
    };
    if let Some(refusal) = ask.unmet(level) {
        return SignInDecision::Refused(refusal);
    }
    SignInDecision::Granted(Assurance {
        acr: Some(level.acr(asked)),
        acrs: ask.granted(level),
        amr: level.amr().to_vec(),
        meets: level.meets(asked),
    })
}

/// RFC 6749 section 5.2.
pub(super) fn token_failure(status: u16, code: &str, told: &str) -> Reply {
    if status == 401 {
        // With a challenge for the scheme that was tried.
        return Reply::json(401, &json!({"error": code}))
            .header("WWW-Authenticate", "Basic realm=\"sandbox\"");
    }
    Reply::json(status, &json!({"error": code, "error_description": told}))
}
