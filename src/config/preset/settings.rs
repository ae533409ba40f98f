//! Where to look at the provider when a test of it fails: the names of its own settings, from part A of
//! `providers.md`. Nobody can see them from outside, so they are data for an administrator to read.

use super::Preset;

/// The provider's own settings behind what a ceremony finds out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SettingsHelp {
    /// A sign-in that should meet the demand came back with less, or with nothing said.
    pub(crate) assurance: &'static str,
    /// A sign-in was asked for now, and an earlier one came back.
    pub(crate) freshness: &'static str,
    /// Nobody came back: the page in the browser is the provider's own.
    pub(crate) redirect: &'static str,
}

/// By family of presets, or by name; the first that fits.
const ROWS: &[(&str, SettingsHelp)] = &[
    (
        "okta",
        SettingsHelp {
            assurance: "Okta ignores a value that it does not know, and the app's sign-in policy decides \
                which factors sign in: compare the spelling, then Security > Authentication Policies",
            freshness: "a session that has the factors is not asked again, unless the entry sends `max_age` (0; \
                Classic: 1) or `prompt=login`: leave `fresh_max_age` and `prompt` as the preset has them",
            redirect: "the app's `Sign-in redirect URIs`: each redirect URI with its port, letter for letter",
        },
    ),
    (
        "entra-oidc",
        SettingsHelp {
            assurance: "Conditional Access: a policy that requires MFA, aimed at the API that the app exposes, \
                with that API's scope in the entry's `scopes`; one aimed at a public client does not fire",
            freshness: "Conditional Access > Session > Sign-in frequency: `Every time`; `auth_time` comes only \
                where the entry sends `max_age`",
            redirect: "Authentication > Mobile and desktop applications: the redirect URI without its port",
        },
    ),
    (
        "entra",
        SettingsHelp {
            assurance: "Conditional Access > Authentication contexts: the context has to be there, published to \
                apps (`Publish to apps`), and the target of a policy that is on",
            freshness: "Conditional Access > Session > Sign-in frequency: `Every time`; `auth_time` comes only \
                where the entry sends `max_age`",
            redirect: "Authentication > Mobile and desktop applications: the redirect URI without its port",
        },
    ),
    (
        "auth0",
        SettingsHelp {
            assurance: "Actions > Triggers > post-login: an Action that calls for MFA when the transaction's \
                acr_values hold the value, also for people who passed MFA earlier; without it Auth0 ignores \
                the value",
            freshness: "the Action: no `allowRememberBrowser`, and no exception for people who passed MFA earlier",
            redirect: "the application's `Allowed Callback URLs`: each redirect URI with its port",
        },
    ),
    (
        "keycloak",
        SettingsHelp {
            assurance: "`ACR to LoA Mapping` of the realm or client, a `Condition - Level of Authentication` for \
                that level in the browser flow, and the client scope `acr`; a level that cannot be reached \
                is a success with a lower one",
            freshness: "the browser flow: `Max Age` 0 in the `Condition - Level of Authentication`",
            redirect: "the client's `Valid redirect URIs`: the redirect URI without its port; a page about `acr` or \
                `claims` is an essential value that was not reached",
        },
    ),
    (
        "pingone",
        SettingsHelp {
            assurance: "the application's Policies: assign the sign-on policy of exactly that name; without it \
                the default policy runs, and its name comes back",
            redirect: "the application's redirect URIs",
            ..ANY
        },
    ),
    (
        "pingfederate",
        SettingsHelp {
            assurance: "the `Requested AuthN Context` selector has to map the value to a branch, and the OIDC \
                policy's contract `acr` to `SAML_AUTHN_CTX`; what is not mapped is ignored",
            ..ANY
        },
    ),
    (
        "pingam",
        SettingsHelp {
            assurance: "the OAuth2 provider: the value mapped to a journey, `acr` among the ID token's claims, \
                and no journey of the client's own",
            ..ANY
        },
    ),
    (
        "onelogin",
        SettingsHelp {
            assurance: "nothing there proves a factor: its only value means that somebody signed in again",
            ..ANY
        },
    ),
    (
        "jumpcloud",
        SettingsHelp {
            assurance: "a conditional access policy that requires MFA for this application; no token says that it \
                ran",
            ..ANY
        },
    ),
    (
        "duo",
        SettingsHelp {
            assurance: "the application's policy in Duo, which runs at every sign-in; no token says that it ran",
            ..ANY
        },
    ),
];

/// Where nothing is known of the provider.
const ANY: SettingsHelp = SettingsHelp {
    assurance: "whether the provider knows the value, and returns `acr`: one that it does not know is \
        mostly ignored in silence",
    freshness: "whether the provider honours `max_age` and `prompt=login`, and returns `auth_time`",
    redirect: "the redirect URIs that are registered for this client",
};

/// Those of a preset, or of an entry that has none.
pub(crate) fn settings(preset: Option<&Preset>) -> SettingsHelp {
    let Some(preset) = preset else {
        return ANY;
    };
    ROWS.iter()
        .find(|(known, _)| [preset.name, preset.family()].contains(known))
        .map_or(ANY, |(_, settings)| *settings)
}

#[cfg(test)]
mod tests {
    use super::super::PRESETS;
    use super::*;

    #[test]
    fn every_preset_that_can_be_used_names_its_providers_settings() {
        for preset in PRESETS {
            let named = settings(Some(preset)) != ANY;
            let of_nobody = preset.refused.is_some() || preset.name == "generic";
            assert_eq!(named, !of_nobody, "{}", preset.name);
        }
        assert_eq!(settings(None), ANY);
    }

    #[test]
    fn a_row_is_its_own_family_s_and_no_other_s() {
        let of = |name| settings(Preset::named(name));
        assert_eq!(of("okta-classic"), of("okta"));
        assert_ne!(of("entra-oidc"), of("entra-acrs"));
        assert_ne!(of("pingone"), of("pingam"));
    }
}
