//! What a preset gives an entry, and what it refuses.

use super::*;

const TENANT: &str = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";

fn with(preset: &str, issuer: &str, settings: &str) -> Result<ProviderEntry, String> {
    let text = format!(
        "[providers.a]\npreset = '{preset}'\nissuer = '{issuer}'\nclient_id = 'c'\n{settings}\n"
    );
    let config = parse(&text).map_err(|error| error.to_string())?;
    Ok(config.providers["a"].clone())
}

fn okta(settings: &str) -> Result<ProviderEntry, String> {
    with("okta", "https://o.example", settings)
}

#[track_caller]
fn refused(entry: Result<ProviderEntry, String>, said: &str) {
    let error = entry.unwrap_err();
    assert!(error.contains(said), "{error}");
}

#[test]
fn a_preset_gives_defaults_and_every_key_goes_before_them() {
    let entry = okta("").unwrap();
    assert_eq!(entry.acr_values, ["urn:okta:loa:2fa:any"]);
    assert_eq!(entry.on_request, ["phr", "phrh"]);
    assert_eq!((entry.skew, entry.ports.len()), (300, 3));
    assert_eq!(entry.assurance(), Some("acr"));

    let entry = okta("acr_values = ['phr']\nskew = 5\nports = []").unwrap();
    assert_eq!(entry.acr_values, ["phr"]);
    assert_eq!(entry.on_request, [""; 0]);
    assert_eq!((entry.skew, entry.ports.len()), (5, 0));

    let classic = with("okta-classic", "https://o.example", "").unwrap();
    assert_eq!(classic.fresh_max_age, 1);

    let acrs = with("entra-acrs", TENANT, "acr_values = ['C1']").unwrap();
    assert_eq!(acrs.acr_values, ["c1"]);
    assert_eq!(acrs.request, RequestStyle::EntraContexts);
    assert_eq!(acrs.redirect_host, RedirectHost::Localhost);
    assert_eq!((acrs.fresh_max_age, acrs.max_age), (300, Some(300)));

    let auth0 = with("auth0", "https://a.example/", "").unwrap();
    assert_eq!(auth0.amr, ["mfa"]);
}

#[test]
fn a_preset_that_is_none_or_cannot_do_it_is_refused() {
    let error =
        parse("[providers.a]\npreset = 'otka'\nissuer = 'https://o.example'\nclient_id = 'c'");
    let Err(ConfigError::UnknownValue { suggestion, .. }) = error else {
        panic!("{error:?}");
    };
    assert_eq!(suggestion.as_deref(), Some("okta"));
    let google = with("google", "https://accounts.google.com", "");
    refused(google, "Google cannot do step-up");
    let hidden = parse("[providers.a]\nissuer = 'https://accounts.google.com'\nclient_id = 'c'");
    assert!(
        hidden
            .unwrap_err()
            .to_string()
            .contains("Google cannot do step-up")
    );
}

#[test]
fn a_weak_value_needs_consent_and_is_remembered() {
    let weak = "urn:okta:loa:2fa:any:ifpossible";
    let values = format!("acr_values = ['phr', '{weak}']");
    refused(
        okta(&values),
        "it is weak (two factors if enrolled, else one)",
    );
    refused(okta("acr_values = ['urn:okta:loa:1fa:any']"), "it is weak");
    refused(okta(&format!("{values}\nallow_weak = false")), "it is weak");
    assert_eq!(
        okta(&format!("{values}\nallow_weak = true")).unwrap().weak,
        [weak]
    );
    // With mfa in amr it was two factors all the same.
    let proven = okta(&format!("{values}\namr = ['mfa']")).unwrap();
    assert_eq!(proven.weak, [""; 0]);
    assert_eq!(okta("").unwrap().weak, [""; 0]);
}

#[test]
fn freshness_alone_needs_consent() {
    for (preset, issuer) in [
        ("entra-oidc", TENANT),
        ("jumpcloud", "https://oauth.id.jumpcloud.com/"),
        ("onelogin", "https://a.onelogin.com/oidc/2"),
        ("duo", "https://sso-1.sso.duosecurity.com/oidc/x"),
    ] {
        refused(
            with(preset, issuer, ""),
            "proves a fresh sign-in and nothing",
        );
        let entry = with(preset, issuer, "allow_weak = true").unwrap();
        assert!(entry.max_age.is_some(), "{preset}");
    }
    let graph = "scopes = ['https://graph.microsoft.com/User.Read']";
    refused(
        with("entra-oidc", TENANT, graph),
        "unless `scopes` names an API",
    );
    let api = with("entra-oidc", TENANT, "scopes = ['api://c/approve']").unwrap();
    assert_eq!(api.assurance(), Some("freshness only"));
}

#[test]
fn a_secret_where_none_belongs_is_refused() {
    refused(
        okta("client_auth = 'client_secret_basic'"),
        "the client is a native app, which has no secret",
    );
    let duo = "client_auth = 'client_secret_post'\nallow_weak = true";
    assert!(with("duo", "https://sso-1.sso.duosecurity.com/oidc/x", duo).is_ok());
}

#[test]
fn contexts_are_c1_to_c99_and_there_has_to_be_one() {
    refused(with("entra-acrs", TENANT, ""), "`acr_values` is missing");
    for context in ["c0", "c100", "phr"] {
        let entry = with("entra-acrs", TENANT, &format!("acr_values = ['{context}']"));
        refused(entry, "authentication contexts are `c1` to `c99`");
    }
    // Servers name theirs themselves (B1.19).
    let servers = "request_origins = ['https://management.azure.com']";
    let entry = with("entra-acrs", TENANT, servers).unwrap();
    assert_eq!(entry.acr_values, [""; 0]);
}

#[test]
fn a_rank_is_explicit_whole_and_where_there_is_an_order() {
    let rank = "rank = ['urn:okta:loa:2fa:any', 'phr', 'phrh']";
    assert_eq!(okta(rank).unwrap().rank, [""; 0]);
    let on = format!("{rank}\naccept_stronger = true");
    assert_eq!(okta(&on).unwrap().rank.len(), 3);
    refused(okta("accept_stronger = true"), "`rank` is missing");
    refused(
        okta("accept_stronger = true\nrank = ['phr']"),
        "`rank` is missing",
    );
    refused(okta("rank = ['phr', 'phr']"), "it is there twice");
    refused(okta("rank = ['phr', 'gold']"), "would ignore it");
    refused(
        okta("rank = ['phr', 'urn:okta:loa:1fa:any']"),
        "a stronger value stands before it",
    );
    let acrs = with(
        "entra-acrs",
        TENANT,
        "acr_values = ['c1']\nrank = ['c1', 'c2']",
    );
    refused(acrs, "have no order to rely on");
}

#[test]
fn one_provider_may_have_several_clients_and_one_client_one_entry() {
    let two = |second: &str| {
        parse(&format!(
            "[providers.a]\nissuer = 'https://a.example'\nclient_id = 'c'\n\
             [providers.b]\nissuer = 'https://a.example'\nclient_id = '{second}'\n"
        ))
    };
    assert_eq!(two("d").unwrap().providers.len(), 2);
    let error = two("c").unwrap_err().to_string();
    assert!(
        error.contains("the entry `a` has the same, and the same client"),
        "{error}"
    );
}

/// providers.md A10, B13.2.
#[test]
fn a_backchannel_belongs_to_confidential_clients_of_providers_that_have_one() {
    let secret = "client_auth = 'client_secret_basic'";
    let key = "client_auth = 'private_key_jwt'";
    for client in [secret, key] {
        let entry = okta(&format!("{client}\nbackchannel = true")).unwrap();
        let style = entry.backchannel.unwrap();
        assert_eq!((style.expiry, style.longest), ("request_expiry", 300));
        assert!(!style.acr_values);
        assert!(
            entry
                .steps()
                .iter()
                .any(|step| step.contains("Web Application"))
        );
        // Without it the client is a native app as ever.
        for other in [client.to_owned(), format!("{client}\nbackchannel = false")] {
            refused(okta(&other), "is a native app, which has no secret");
        }
    }
    for none in ["", "client_auth = 'none'\n"] {
        let public = okta(&format!("{none}backchannel = true"));
        refused(public, "public clients cannot use it");
    }
    let core = format!("{secret}\nbackchannel = true");
    for (preset, issuer, values) in [
        ("okta-classic", "https://o.example", ""),
        ("entra-acrs", TENANT, "\nacr_values = ['c1']"),
        ("pingone", "https://auth.pingone.eu/x/as", ""),
    ] {
        let entry = with(preset, issuer, &format!("{core}{values}"));
        refused(entry, "has none that could be polled");
    }
    for (preset, issuer) in [
        ("generic", "https://g.example"),
        ("keycloak", "https://k.example/realms/r"),
        ("auth0", "https://a.example/"),
    ] {
        let entry = with(preset, issuer, &core).unwrap();
        assert_eq!(entry.backchannel, Some(Backchannel::CORE));
    }
}
