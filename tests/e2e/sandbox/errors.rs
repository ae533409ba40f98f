//! P4 of providers.md, as the providers say it. `tests/error-map.md` names the stories of every row.

use crate::browser;
use crate::world::World;

/// A refusal of the provider with these switches, in these words.
#[track_caller]
fn refuses(name: &str, switches: &[&str], code: i32, said: &str) {
    let world = World::imitating(name, switches);
    let outcome = world.approve("4213").run_with("code");
    outcome.exits(code).says(said);
    world.api().saw_no_approval();
}

#[test]
fn a_policy_that_blocks_is_a_refusal_and_names_itself() {
    refuses("entra-oidc", &["policy=block"], 7, "AADSTS53003");
    refuses("entra-acrs", &["policy=device"], 7, "AADSTS53000");
    for number in ["53001", "53002", "53004", "530035"] {
        let description = format!("authorize_error_description=AADSTS{number}: not from here");
        let switches = ["authorize_error=access_denied", &description];
        refuses("entra-oidc", &switches, 7, number);
    }
}

#[test]
fn a_person_or_client_that_no_policy_knows_is_a_matter_of_configuration() {
    refuses("okta-custom", &["policy=no-match"], 2, "no_matching_policy");
    refuses("okta", &["policy=not-assigned"], 2, "user_not_assigned");
    refuses("entra-oidc", &["policy=not-assigned"], 2, "AADSTS50105");
}

#[test]
fn mfa_that_is_missing_is_unmet() {
    refuses("entra-oidc", &["policy=mfa"], 3, "AADSTS50079");
    for number in ["50072", "50074", "50078", "50158"] {
        let description = format!("authorize_error_description=AADSTS{number}: more is needed");
        let switches = ["authorize_error=interaction_required", &description];
        refuses("entra-oidc", &switches, 3, number);
    }
}

#[test]
fn pages_that_were_not_shown_are_a_failure() {
    for code in [
        "interaction_required",
        "login_required",
        "consent_required",
        "account_selection_required",
    ] {
        refuses("keycloak", &[&format!("authorize_error={code}")], 1, code);
    }
}

#[test]
fn a_client_that_is_registered_otherwise_is_a_matter_of_configuration() {
    for code in [
        "invalid_request",
        "unauthorized_client",
        "unsupported_response_type",
        "invalid_scope",
    ] {
        refuses("pingone", &[&format!("authorize_error={code}")], 2, code);
    }
    for number in ["700016", "50194"] {
        let description = format!("authorize_error_description=AADSTS{number}: not here");
        let switches = ["authorize_error=unauthorized_client", &description];
        refuses("entra-oidc", &switches, 2, number);
    }
}

/// A world whose entry is somebody else's client.
fn confidential(name: &str) -> World {
    let world = World::imitating(name, &[]);
    let config = world.config_text();
    let config = config.replace(
        "client_id = \"stepup-cli\"",
        "client_id = \"stepup-confidential\"",
    );
    world.write_config(&config);
    world.add_to_entry("redirect_path = \"/callback/sandbox-confidential\"");
    world
}

#[test]
fn a_web_client_wants_a_secret() {
    for (name, said) in [
        ("entra-oidc", "AADSTS7000218"),
        ("keycloak", "invalid_client"),
    ] {
        let world = confidential(name);
        let outcome = world.approve("4213").run_with("code");
        outcome.exits(2).says(said);
        world.api().saw_no_approval();
    }
}

/// Okta answers in its API's shape here (A1), at the token endpoint and where requests are pushed.
#[test]
fn oktas_other_error_shape_is_a_refusal_too() {
    for par in ["par = \"auto\"", "par = \"never\""] {
        let world = confidential("okta");
        world.add_to_entry(par);
        let outcome = world.approve("4213").signing_in_with("code").exits(2);
        outcome
            .says("invalid_client")
            .says("Invalid value for 'client_id' parameter");
        world.api().saw_no_approval();
    }
}

#[test]
fn a_native_client_has_no_secret() {
    let world = World::imitating("entra-oidc", &[]);
    let config = world.config_text();
    let loose = "request = \"freshness-only\"\nredirect_host = \"localhost\"\nmax_age = 300\n\
        client_auth = \"client_secret_post\"";
    world.write_config(&config.replace("preset = \"entra-oidc\"", loose));
    let mut secrets = world.secrets();
    secrets[world.secret_of("entra-oidc")] = "not-one".into();
    world.write_secrets(&secrets);
    let outcome = world.approve("4213").run_with("code");
    outcome.exits(2).says("AADSTS700025");
    world.api().saw_no_approval();
}

#[test]
fn a_code_that_came_too_late_is_a_new_attempt() {
    let late = ["code_lifetime_s=0"];
    refuses("entra-oidc", &late, 1, "AADSTS70008");
    refuses("okta", &late, 1, "invalid or has expired");
    refuses("auth0", &late, 1, "Invalid authorization code");
}

#[test]
fn a_provider_in_trouble_is_tried_later() {
    refuses("okta", &["token=429"], 1, "API call exceeded rate limit");
    refuses("entra-oidc", &["token=429"], 1, "AADSTS90006");
    refuses(
        "keycloak",
        &["authorize_error=temporarily_unavailable"],
        1,
        "temporarily_unavailable",
    );
    refuses(
        "auth0",
        &["authorize_error=server_error"],
        1,
        "server_error",
    );
}

/// The page that the person's browser ends at, while the tool hears of nothing and waits its time.
#[track_caller]
fn silence(world: &World, factor: Option<&str>) -> browser::Page {
    let running = world
        .approve("4213")
        .args("--no-browser --timeout 5s")
        .start();
    let authorize = browser::get(&running.start_url(), &[]).leads_to();
    let page = match factor {
        None => browser::get(&authorize, &[]),
        Some(factor) => {
            let provider = world.info["provider_url"].as_str().unwrap();
            browser::answer(provider, &authorize, factor)
        }
    };
    assert_eq!(
        (page.status, page.location.as_deref()),
        (400, None),
        "{page:?}"
    );
    let outcome = running.end();
    outcome
        .exits(6)
        .hints("refused the redirect URI or the acr value");
    world.api().saw_no_approval();
    page
}

#[test]
fn a_redirect_that_is_not_registered_never_calls_back() {
    for (name, entry, said) in rows! {
        "okta", "redirect_host = \"localhost\"", "illegal_redirect_uri";
        "entra-oidc", "redirect_host = \"127.0.0.1\"", "AADSTS50011";
        "keycloak", "redirect_path = \"/elsewhere\"", "Invalid parameter: redirect_uri";
        "pingone", "redirect_path = \"/elsewhere\"", "Redirect URI mismatch";
    } {
        let world = World::imitating(name, &[]);
        // What is pushed is refused there and then, and not in silence.
        world.add_to_entry(entry);
        world.add_to_entry("par = \"never\"");
        let page = silence(&world, None);
        assert!(page.body.contains(said), "{name}: {}", page.body);
    }
}

#[test]
fn a6_an_essential_acr_that_is_not_reached_ends_at_keycloaks_own_page() {
    let world = World::imitating("keycloak", &[]);
    world.add_to_entry("request = \"claims\"");
    let page = silence(&world, Some("password"));
    assert!(
        page.body
            .contains("Authentication requirements not fulfilled")
    );
}

#[test]
fn an_answer_of_another_issuer_stops_everything() {
    refuses(
        "keycloak",
        &["response_iss=wrong"],
        5,
        "the answer came from `http://127.0.0.1:",
    );
}

#[test]
fn an_api_that_is_not_satisfied_ends_it() {
    refuses(
        "okta",
        &["approve=always-challenge"],
        3,
        "the API is still not satisfied",
    );
}

#[test]
fn other_names_of_a_challenge_are_followed_once() {
    for (name, switch) in [
        ("entra-acrs", "challenge=entra"),
        ("entra-acrs", "challenge=entra-unpadded"),
        ("okta", "challenge=okta-older"),
    ] {
        let world = World::imitating(name, &[switch]);
        world.approve("4213").run_with("code").exits(0);
        world.api().saw_one_approval("4213");
    }
}
