use super::errors::ErrorSignal;
use super::*;
use crate::arbitrary::rows;
use crate::domain::known_values::known;
use crate::error::ErrorKind;

fn preset(name: &str) -> &'static Preset {
    Preset::named(name).unwrap()
}

#[test]
fn p1_every_preset_of_the_reference_is_there_once() {
    let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    let wanted = "okta okta-custom okta-classic entra-oidc entra-acrs auth0 keycloak pingone \
        pingfederate pingam onelogin jumpcloud duo google generic";
    assert_eq!(names, wanted.split_whitespace().collect::<Vec<_>>());
    for preset in PRESETS {
        let whole = [preset.title, preset.verification];
        assert!(whole.iter().all(|text| !text.is_empty()), "{}", preset.name);
        assert!(
            preset.refused.is_some() || !preset.steps.is_empty(),
            "{}",
            preset.name
        );
        assert!(preset.skew <= 300, "{}", preset.name);
        let levels = preset.values.iter().map(|value| value.level);
        assert!(levels.is_sorted(), "{}: weakest first", preset.name);
    }
}

/// By that table values are explained and warned of, wherever they come from.
#[test]
fn p3_every_value_of_a_preset_is_in_the_table_of_all() {
    let values = PRESETS.iter().flat_map(|preset| preset.values);
    for value in values {
        assert_eq!(known(value.value), Some(*value));
    }
}

/// A row of one provider is of a provider that there is, and stands in the documents by at least one of its signals.
#[test]
fn p4_every_row_of_one_provider_is_documented() {
    let documents = [
        include_str!("../../../docs/providers.md"),
        include_str!("../../../tests/error-map.md"),
    ];
    let documents = documents.concat().to_lowercase();
    for row in super::errors::ROWS {
        for family in row.providers {
            let mut presets = PRESETS.iter();
            assert!(presets.any(|one| one.family() == *family), "{family}");
        }
        let named = |signal: &ErrorSignal| {
            let shown = signal.shown().to_lowercase();
            documents.contains(shown.trim_start_matches("aadsts"))
        };
        assert!(
            row.providers.is_empty() || row.signals.iter().any(named),
            "{row:?}"
        );
    }
}

#[test]
fn p1_an_issuer_is_spelled_as_its_provider_does() {
    const TENANT: &str = "11111111-2222-3333-4444-555555555555";
    // Of a sandbox: it has a port instead of a name.
    let good = "
        okta         | https://acme.okta.com
        okta-custom  | https://acme.okta.com/oauth2/default
        okta-classic | https://acme.okta.com/oauth2/aus1
        entra-acrs   | https://login.microsoftonline.com/TENANT/v2.0
        auth0        | https://acme.eu.auth0.com/
        keycloak     | https://id.example/realms/acme
        keycloak     | https://id.example/auth/realms/acme
        pingone      | https://auth.pingone.eu/TENANT/as
        onelogin     | https://acme.onelogin.com/oidc/2
        jumpcloud    | https://oauth.id.eu.jumpcloud.com/
        generic      | https://whatever.example/x/
        okta         | http://127.0.0.1:4000
        auth0        | http://127.0.0.1:4000/";
    for [name, issuer] in rows(good) {
        let issuer = issuer.replace("TENANT", TENANT);
        assert_eq!(preset(name).refuse_issuer(&issuer), None, "{name} {issuer}");
    }
    let bad = "
        okta        | https://acme.okta.com/               | does not end with a slash: `https://acme.okta.com`
        okta        | https://acme.okta.com/oauth2/default | use the preset `okta-custom`
        okta        | https://acme.okta.com/other          | it looks like `https://{domain}`
        okta-custom | https://acme.okta.com                | use the preset `okta`
        auth0       | https://acme.auth0.com               | ends with a slash: `https://acme.auth0.com/`
        jumpcloud   | https://oauth.id.jumpcloud.com       | ends with a slash
        keycloak    | https://id.example/realms/acme/      | does not end with a slash
        onelogin    | https://onelogin.example/oidc/2      | it looks like
        entra-oidc  | https://login.microsoftonline.com/common/v2.0 | `common` is not a tenant of yours
        entra-acrs  | https://login.microsoftonline.com/organizations/v2.0 | `organizations` is not a tenant
        entra-acrs  | https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0 | is not a tenant
        entra-acrs  | https://login.microsoftonline.com/acme.example/v2.0 | `acme.example` is not the tenant's id
        entra-acrs  | https://login.microsoftonline.com/TENANT//v2.0 | it looks like
        auth0       | http://127.0.0.1:4000                | ends with a slash";
    for [name, issuer, said] in rows(bad) {
        let issuer = issuer.replace("TENANT", TENANT);
        let refused = preset(name).refuse_issuer(&issuer).unwrap_or_default();
        assert!(refused.contains(said), "{name} {issuer}: {refused}");
    }
}

#[test]
fn an_issuer_that_no_entry_may_have_is_refused_without_a_preset_too() {
    let bad = "
        https://accounts.google.com                      | Google cannot do step-up
        https://login.microsoftonline.com/common/v2.0    | `common` is not a tenant
        https://login.microsoftonline.us/Consumers/v2.0  | `Consumers` is not a tenant
        https://sts.windows.net/8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63/ | version 1: give `https://login.microsoftonline.com/8a6f2c1e-
        https://acme.okta.com/api/v1/users/me/factors    | not a proof of a sign-in";
    for [issuer, said] in rows(bad) {
        let refused = refuse_any_issuer(issuer).unwrap_or_default();
        assert!(refused.contains(said), "{issuer}: {refused}");
    }
    assert_eq!(refuse_any_issuer("https://acme.okta.com"), None);
    assert_eq!(refuse_any_issuer("http://127.0.0.1:80/common"), None);
}

#[test]
fn p3_a_value_that_a_provider_would_ignore_is_refused() {
    let good = "okta|phr okta-classic|urn:okta:loa:2fa:any entra-acrs|c1 entra-acrs|C99 keycloak|gold keycloak|2 \
        pingone|Our_Policy generic|gold";
    for (name, value) in good.split(' ').filter_map(|one| one.split_once('|')) {
        assert_eq!(preset(name).refuse_value(value), None, "{name} {value}");
    }
    let bad = "
        okta         | phhr                            | would ignore it in silence (did you mean `phr`?)
        okta-classic | phr                             | would ignore it in silence
        okta-classic | urn:okta:loa:2fa:any:ifpossible | would ignore it
        auth0        | phr                             | would ignore it
        entra-oidc   | c1                              | cannot be asked for an acr value
        jumpcloud    | mfa                             | cannot be asked for an acr value
        keycloak     | 0                               | `no valid level`, which proves nothing";
    for [name, value, said] in rows(bad) {
        let refused = preset(name).refuse_value(value).unwrap_or_default();
        assert!(refused.contains(said), "{name} {value}: {refused}");
    }
    for context in [
        "c0", "c100", "c01", "c", "c1x", "d1", "1", "", "cc1", "c-1", "c+1",
    ] {
        let refused = preset("entra-acrs").refuse_value(context);
        let wanted = Some("authentication contexts are `c1` to `c99`".to_owned());
        assert_eq!(refused, wanted, "{context}");
    }
}

/// Where words and numbers end; the rows themselves have a story each (tests/error-map.md).
#[test]
fn p4_an_answer_is_explained_by_its_number_or_cause_before_its_code() {
    let answers = "
        access_denied        | AADSTS530035: security defaults       | Conditional Access
        interaction_required | AADSTS50076: due to a configuration   | multi-factor
        interaction_required | AADSTS500760: no such number          | did not show
        access_denied        | no_matching_policy                    | access policy
        access_denied        | not_no_matching_policy_either         | you declined";
    for [code, description, hint] in rows(answers) {
        let row = explain(Place::Authorization, code, Some(description)).unwrap();
        assert!(
            row.hint.contains(hint),
            "{code} {description}: {}",
            row.hint
        );
    }
    let clock = explain(Place::Authorization, "invalid_dpop_proof", None).unwrap();
    assert!(clock.hint.contains("clock"));
    assert!(explain(Place::Authorization, "made_up", Some("AADSTS")).is_none());
}

#[test]
fn p4_rows_of_one_family_are_shown_with_its_presets_only() {
    let shows = |name: &str, signal: ErrorSignal| {
        let mut rows = preset(name).errors();
        rows.any(|row| row.signals.contains(&signal))
    };
    assert!(shows("entra-acrs", ErrorSignal::Number(53003)));
    assert!(!shows("okta", ErrorSignal::Number(53003)));
    assert!(shows(
        "okta-classic",
        ErrorSignal::Cause("no_matching_policy")
    ));
    assert!(shows("generic", ErrorSignal::Code("access_denied")));
}

/// What an API tells of a step-up that it ran itself: a code or a number outranks other words.
#[test]
fn an_apis_own_sentence_is_found_in_the_same_table() {
    let kind = |sentence: &str| explain_told(sentence).map(|row| row.kind);
    for (sentence, wanted) in [
        (
            "the identity provider refused: access_denied",
            ErrorKind::Incomplete,
        ),
        (
            "refused: access_denied AADSTS53003: Access has been blocked",
            ErrorKind::Refused,
        ),
        (
            "oauth2: \"invalid_client\" \"the assertion's signature is wrong\"",
            ErrorKind::Usage,
        ),
        ("Id token not found in RESPONSE.", ErrorKind::Failed),
        ("oidc: token is expired", ErrorKind::Untrusted),
        ("another person signed in", ErrorKind::Untrusted),
        ("the ID token's nonce is another", ErrorKind::Untrusted),
        ("acr `phr` was wanted", ErrorKind::Unmet),
    ] {
        assert_eq!(kind(sentence), Some(wanted), "{sentence}");
    }
    for unknown in [
        "",
        "it did not work",
        "xaccess_denied",
        "AADSTS1",
        "announced",
    ] {
        assert_eq!(kind(unknown), None, "{unknown}");
    }
}

/// The client that a provider refuses, and the settings of it, are ours or the API's; nothing else differs.
#[test]
fn the_next_step_differs_only_where_the_client_does() {
    for row in errors::ROWS {
        let same = row.hint == row.hosted_hint();
        let ours = ["registration", "registered", "of the provider entry"];
        let ours = ours.iter().any(|words| row.hint.contains(words));
        let of_a_sign_in = row.is_of_a_sign_in() && row.kind == ErrorKind::Usage;
        assert_eq!(!same, ours && of_a_sign_in, "{row:?}");
    }
}

#[test]
fn a_family_is_named_whole_and_what_proves_most_first() {
    let meant = |name: &str| -> Vec<&str> {
        let presets = Preset::meant(name).into_iter();
        presets.map(|preset| preset.name).collect()
    };
    assert_eq!(meant("entra"), ["entra-acrs", "entra-oidc"]);
    assert_eq!(meant("Entra"), ["entra-acrs", "entra-oidc"]);
    assert_eq!(meant("Okta"), ["okta"]);
    assert_eq!(meant("oktta"), ["okta"]);
    assert_eq!(meant("acme"), [""; 0]);
}

/// It is what a question for the issuer shows.
#[test]
fn every_example_of_an_issuer_is_one() {
    for preset in Preset::usable() {
        let example = preset.example_issuer;
        assert_eq!(preset.refuse_issuer(example), None, "{}", preset.name);
        assert_eq!(refuse_any_issuer(example), None, "{}", preset.name);
        assert!(!example.contains(['{', '}']), "{}", preset.name);
    }
}
