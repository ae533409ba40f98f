//! The provider's rules: who may ask, where answers go, what a code is good for, what a session saves.

use super::*;

#[test]
fn an_unregistered_client_or_redirect_is_a_page_and_never_a_redirect() {
    let world = World::new();
    for wrong in [
        ("client_id", "somebody"),
        ("redirect_uri", "http://127.0.0.1:1/elsewhere/sandbox"),
        ("redirect_uri", "https://evil.example/callback/sandbox"),
        ("redirect_uri", ""),
    ] {
        let got = world.authorize(&[wrong]);
        assert_eq!((got.status, got.header("location")), (400, ""), "{wrong:?}");
        assert!(got.text.contains("not registered"));
    }
}

/// The ways to sign in come first; what is typed is folded away until something is wrong with it.
#[test]
fn what_is_to_be_pressed_comes_before_what_may_be_typed() {
    let mut world = World::new();
    let page = world.authorize(&[]);
    let text = &page.text;
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(at("value=\"decline\"") < at("<details><summary>"));
    assert!(at("<details><summary>") < at("id=\"password\""));
    assert!(at("What for") < at("Your terminal shows it"));
    let again = world.answer(&page, "password", &[("password", "wrong")]);
    assert_eq!(again.status, 400);
    assert!(again.text.contains("<details open>"), "{}", again.text);
}

#[test]
fn other_mistakes_are_told_to_the_client_with_state_and_issuer() {
    let world = World::new();
    for (name, value, error) in [
        ("code_challenge", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "email", "invalid_scope"),
        ("max_age", "-1", "invalid_request"),
        ("prompt", "none login", "invalid_request"),
        ("prompt", "none", "login_required"),
        ("request_uri", "urn:x", "request_uri_not_supported"),
        ("response_mode", "fragment", "invalid_request"),
    ] {
        let response = world.authorize(&[(name, value)]).response();
        assert_eq!(response["error"], error, "{name}={value}");
        assert_eq!(response["state"], "the-state");
        assert_eq!(response["iss"], world.sandbox.info().issuer);
    }
}

#[test]
fn declining_is_access_denied() {
    let mut world = World::new();
    let page = world.authorize(&[]);
    let response = world.answer(&page, "decline", &[]).response();
    assert_eq!(response["error"], "access_denied");
    let again = world.answer(&page, "key", &[]);
    assert_eq!(again.status, 400, "an answered page is over");
}

#[test]
fn a_wrong_password_or_code_shows_the_form_again() {
    let mut world = World::new();
    let page = world.authorize(&[]);
    for (factor, typed) in [
        ("password", ("password", "wrong")),
        ("code", ("password", "wrong")),
        ("code", ("code", "12345")),
        ("password", ("username", "nobody")),
        ("sorcery", ("code", "")),
    ] {
        let got = world.answer(&page, factor, &[typed]);
        assert_eq!(
            (got.status, got.header("location")),
            (400, ""),
            "{factor} {typed:?}"
        );
        assert!(got.text.contains("role=\"alert\""));
    }
    assert!(
        world
            .answer(&page, "code", &[])
            .response()
            .contains_key("code")
    );
}

#[test]
fn pages_escape_what_comes_from_outside() {
    let world = World::new();
    let evil = "\"><script>alert('1')</script>";
    let page = world.authorize(&[("acr_values", evil), ("login_hint", evil), ("state", evil)]);
    assert!(!page.text.contains("<script"), "{}", page.text);
    assert!(page.text.contains("&lt;script&gt;"));
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'")
            && policy.contains("form-action 'self' http://127.0.0.1:1;")
    );
}

#[test]
fn a_code_is_bound_to_verifier_redirect_and_client() {
    let mut world = World::new();
    for wrong in [
        (
            "code_verifier",
            "another-verifier-of-forty-three-characters-x",
        ),
        ("code_verifier", ""),
        ("redirect_uri", "http://127.0.0.1:2/callback/sandbox"),
        ("redirect_uri", ""),
    ] {
        let code = world.code("key", &[("prompt", "login")]);
        let got = world.redeem(&code, &[wrong]);
        assert_eq!(
            (got.status, got.json()["error"].as_str()),
            (400, Some("invalid_grant")),
            "{wrong:?}"
        );
        assert_eq!(
            world.redeem(&code, &[]).status,
            400,
            "a failed attempt uses the code up"
        );
    }
    assert_eq!(
        world.redeem("guessed", &[]).json()["error"],
        "invalid_grant"
    );
    let code = world.code("key", &[("prompt", "login")]);
    assert_eq!(
        world
            .redeem(&code, &[("client_id", "stepup-confidential")])
            .status,
        401
    );
}

/// B15.2.
#[test]
fn a_code_used_twice_takes_its_token_back() {
    let mut world = World::new();
    let code = world.code("key", &[("acr_values", "phr")]);
    let token = world.redeem(&code, &[]).json()["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(world.redeem(&code, &[]).json()["error"], "invalid_grant");
    let refused = world.approve(4211, &token);
    assert_eq!(refused.status, 401);
    assert!(refused.message().contains("revoked"));
    assert!(world.is_open(4211));
}

#[test]
fn a_session_saves_the_prompt_only_while_it_satisfies() {
    let mut world = World::new();
    world.code("code", &[]);
    let asked = |world: &World, more: &[(&str, &str)]| world.authorize(more).status == 200;
    assert!(!asked(&world, &[]));
    assert!(!asked(
        &world,
        &[("acr_values", "urn:okta:loa:2fa:any"), ("max_age", "300")]
    ));
    assert!(!asked(&world, &[("prompt", "none")]));
    assert!(asked(&world, &[("acr_values", "phr")]));
    assert!(asked(&world, &[("max_age", "0")]));
    assert!(asked(&world, &[("prompt", "login")]));
    let silent = world.authorize(&[("prompt", "none"), ("acr_values", "phr")]);
    assert_eq!(silent.response()["error"], "login_required");
}

#[test]
fn userinfo_answers_the_bearer() {
    let mut world = World::new();
    let (token, id) = world.sign_in("password", &[]);
    let ask = |bearer: &str| {
        let request = Request::builder()
            .uri(format!("{}/userinfo", world.sandbox.info().issuer))
            .header("authorization", format!("bearer {bearer}"));
        world.send(request.body(Vec::new()).unwrap())
    };
    assert_eq!(ask(&token).json()["sub"], id["sub"]);
    assert_eq!(ask("x").status, 401);
}
