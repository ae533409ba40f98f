//! What an administrator has to do at the identity provider for the API's own app, said before anything is sent: the API is
//! the relying party there, with a client of its own. (c1.md 5; providers.md A1, A3, A4)

use crate::adapters::access_api::AccessApi;
use crate::context::Context;
use crate::domain::known_issuers::is_okta;
use crate::domain::step_up_provider::{NewProvider, StepUpSettings, ValidationMode};

/// Where C1's cloud takes answers of identity providers.
const CALLBACK: &str = "https://accounts.conductor.one/auth/callback";

/// Testing is what shows that it works, again after every change of it.
pub(super) const TEST_AGAIN: &str = "test it again with `stepup provider remote test";

pub(super) fn say(context: &Context, api: &AccessApi, new: &NewProvider) {
    let terminal = &context.terminal;
    terminal.say(
        "the API's own app at the provider (not the one of `stepup`), if it is not registered yet:",
    );
    for step in steps(&new.settings, &new.issuer_url) {
        terminal.say(format_args!("  - {step}"));
    }
    terminal.say(format_args!("  - {}", callback(&api.host())));
    terminal.say(
        "  - note the day on which its secret expires: from then on nobody can approve, until `stepup provider remote set-secret`",
    );
}

/// The redirect URI: known of C1's cloud alone.
fn callback(host: &str) -> String {
    if host.ends_with(".conductor.one") {
        return format!("redirect URI: {CALLBACK}");
    }
    format!("redirect URI: the callback that this API documents (at C1's cloud: {CALLBACK})")
}

fn steps(settings: &StepUpSettings, issuer: &str) -> &'static [&'static str] {
    let okta = url::Url::parse(issuer).is_ok_and(|url| url.host_str().is_some_and(is_okta));
    match settings {
        StepUpSettings::Microsoft { mode, .. } if *mode == ValidationMode::Acrs => &[
            "App registrations > New registration, this organisation only; Authentication > Add a platform > Web",
            "Certificates & secrets > New client secret",
            "Conditional Access > Authentication contexts: create the context and tick `Publish to apps`",
            "Conditional Access: a policy whose target is that context; this needs the licence Entra ID P1 (P2 where the policy asks for risk)",
        ],
        StepUpSettings::Microsoft { .. } => &[
            "App registrations > New registration, this organisation only; Authentication > Add a platform > Web",
            "Certificates & secrets > New client secret",
            "Conditional Access: a policy for that app that requires MFA; this needs the licence Entra ID P1 (P2 where the policy asks for risk)",
        ],
        _ if okta => &[
            "Applications > Create App Integration > OIDC > Web Application; grant: Authorization Code; client authentication: Client secret",
            "assign the people or groups who approve; its sign-in policy must allow the factors that the acr value requires",
        ],
        _ => &["a confidential web client with the authorization code grant, and its secret"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callback_is_that_of_c1s_cloud_and_of_nobody_else() {
        assert_eq!(
            callback("acme.conductor.one"),
            format!("redirect URI: {CALLBACK}")
        );
        for host in [
            "127.0.0.1:4000",
            "conductor.one.example",
            "evilconductor.one",
            "acme.c1eu.ai",
        ] {
            assert!(callback(host).contains("that this API documents"), "{host}");
        }
    }
}
