//! Keycloak with an ACR-to-LoA map of silver, gold and platinum (providers.md A6).
//!
//! An acr that cannot be reached is a success with a lower one, or, if it was essential, a page that never
//! calls back. Answers name issuer and session.

use serde_json::{Map, Value, json};

use super::generic::PLAIN;
use super::{Assurance, Behaviour, Demands, Notice, Quirk, Redirects, SignInDecision};
use crate::basics::now;
use crate::provider::ask::Ask;
use crate::provider::levels::Level;
use crate::provider::store::SignIn;

/// The realm's map, lowest first.
const MAP: [(&str, u8); 3] = [("silver", 1), ("gold", 2), ("platinum", 3)];
/// "Max Age" of every level condition, seconds.
const LEVEL_MAX_AGE: i64 = 300;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    issuer: "/realms/sandbox",
    paths: &[
        ("/authorize", "/realms/sandbox/protocol/openid-connect/auth"),
        ("/token", "/realms/sandbox/protocol/openid-connect/token"),
        ("/jwks", "/realms/sandbox/protocol/openid-connect/certs"),
        (
            "/userinfo",
            "/realms/sandbox/protocol/openid-connect/userinfo",
        ),
        (
            "/bc-authorize",
            "/realms/sandbox/protocol/openid-connect/ext/ciba/auth",
        ),
        (
            "/par",
            "/realms/sandbox/protocol/openid-connect/ext/par/request",
        ),
    ],
    metadata,
    // `[::1]` gets no exemption, and is not registered.
    redirects: Redirects::AnyPort(&["127.0.0.1", "localhost"]),
    wrong_redirect: (400, "We are sorry...", "Invalid parameter: redirect_uri"),
    session_state: true,
    unacceptable,
    reached,
    claims: |claims, _| {
        // Only with a mapper.
        claims.remove("amr");
    },
    blocked: |_| ("access_denied", "Access denied by the authentication flow"),
    demands: Demands {
        strong: &["gold"],
        two: &["gold"],
        hardware: &["platinum", "gold"],
    },
    par: true,
    entry: "acr_values = [\"gold\", \"platinum\"]\n",
    ..PLAIN
};

fn metadata(members: &mut Map<String, Value>, _: &str) {
    let names: Vec<&str> = MAP.iter().map(|(name, _)| *name).collect();
    members.insert("acr_values_supported".into(), json!(names));
    members.insert("claims_parameter_supported".into(), json!(true));
    members.insert(
        "code_challenge_methods_supported".into(),
        json!(["plain", "S256"]),
    );
}

/// The number behind a name; bare numbers work as they are.
fn number(acr: &str) -> Option<u8> {
    let named = MAP.iter().find(|(name, _)| *name == acr);
    named.map(|(_, level)| *level).or_else(|| acr.parse().ok())
}

/// A single `value` is not read, as up to Keycloak 26.2.
fn essential(ask: &Ask) -> &[String] {
    if ask.single { &[] } else { ask.essential() }
}

fn unacceptable(ask: &Ask) -> Option<Notice> {
    let unknown = essential(ask).iter().any(|acr| number(acr).is_none());
    unknown.then_some(("We are sorry...", "Invalid parameter: claims"))
}

fn reached(ask: &Ask, sign_in: &SignIn, quirk: Quirk) -> SignInDecision {
    let level = match sign_in.level {
        // Without the step-up flow every sign-in is of the lowest level.
        _ if quirk == Quirk::Ignored => 1,
        Level::Password => 1,
        Level::PasswordAndCode => 2,
        Level::SecurityKey => 3,
    };
    let essential = essential(ask);
    let asked: Vec<(&str, u8)> = ask
        .voluntary()
        .iter()
        .chain(essential)
        .filter_map(|acr| Some((acr.as_str(), number(acr)?)))
        .collect();
    let met = asked.iter().filter(|(_, wanted)| *wanted <= level);
    let met = met.max_by_key(|(_, wanted)| *wanted);
    if met.is_none() && !essential.is_empty() {
        return SignInDecision::Page((
            "We are sorry...",
            "Authentication requirements not fulfilled",
        ));
    }
    let expired = sign_in.silent && now() - sign_in.auth_time > LEVEL_MAX_AGE;
    let highest = MAP.iter().rev().find(|(_, own)| *own <= level);
    let acr = match (expired, met.or(highest)) {
        (true, _) => "0".to_owned(),
        (false, Some((name, _))) => (*name).to_owned(),
        (false, None) => level.to_string(),
    };
    SignInDecision::Granted(Assurance {
        acr: Some(acr),
        meets: !expired && (asked.is_empty() || met.is_some() || quirk == Quirk::Ignored),
        ..Assurance::default()
    })
}
