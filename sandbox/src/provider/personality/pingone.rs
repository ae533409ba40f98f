//! `PingOne` (providers.md A7.1): acr values are names of sign-on policies, and the first that the person can
//! satisfy runs. None of them assigned or satisfied: the default policy, and its name comes back.

use serde_json::{Map, Value};

use super::generic::PLAIN;
use super::{Assurance, Behaviour, Demands, Quirk, SignInDecision};
use crate::provider::ask::Ask;
use crate::provider::levels::Level;
use crate::provider::store::SignIn;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    issuer: "/5f1c9e0a-7d52-4b86-9a3e-2c8d0b6f4e71/as",
    paths: &[
        (
            "/authorize",
            "/5f1c9e0a-7d52-4b86-9a3e-2c8d0b6f4e71/as/authorize",
        ),
        ("/token", "/5f1c9e0a-7d52-4b86-9a3e-2c8d0b6f4e71/as/token"),
        ("/jwks", "/5f1c9e0a-7d52-4b86-9a3e-2c8d0b6f4e71/as/jwks"),
        (
            "/userinfo",
            "/5f1c9e0a-7d52-4b86-9a3e-2c8d0b6f4e71/as/userinfo",
        ),
        ("/par", "/5f1c9e0a-7d52-4b86-9a3e-2c8d0b6f4e71/as/par"),
    ],
    metadata,
    wrong_redirect: (
        400,
        "Redirect URI mismatch",
        "The redirect URI provided does not match any of the redirect URIs of the application.",
    ),
    iss: false,
    reached,
    blocked: |_| ("access_denied", "The sign-on policy denied access."),
    demands: Demands {
        strong: &["Multi_Factor"],
        two: &["Multi_Factor"],
        hardware: &["Passwordless", "Multi_Factor"],
    },
    par: true,
    entry: "acr_values = [\"Passwordless\", \"Multi_Factor\"]\n",
    backchannel: None,
    ..PLAIN
};

fn metadata(members: &mut Map<String, Value>, _: &str) {
    members.remove("acr_values_supported");
    members.remove("dpop_signing_alg_values_supported");
    members.remove("prompt_values_supported");
    members.remove("authorization_response_iss_parameter_supported");
}

/// The policies of the application that somebody at this level completes; the first is the default one.
const fn completed(level: Level) -> &'static [&'static str] {
    match level {
        Level::Password => &["Single_Factor"],
        Level::PasswordAndCode => &["Single_Factor", "Multi_Factor"],
        Level::SecurityKey => &["Single_Factor", "Multi_Factor", "Passwordless"],
    }
}

fn reached(ask: &Ask, sign_in: &SignIn, quirk: Quirk) -> SignInDecision {
    let completed = completed(sign_in.level);
    let mut asked = ask.wished();
    let ran = match quirk {
        Quirk::Ignored => None,
        _ => asked.find(|name| completed.contains(name)),
    };
    SignInDecision::Granted(Assurance {
        acr: Some(ran.unwrap_or("Single_Factor").to_owned()),
        meets: ran.is_some() || ask.wished().next().is_none() || quirk == Quirk::Ignored,
        ..Assurance::default()
    })
}
