//! What works when nobody cheats.

use std::sync::Arc;

use super::*;
use crate::Elsewhere;
use crate::basics::now;
use crate::http::Reply;
use crate::log::Log;
use crate::person;
use crate::server::{Handler, Server, Service, bind};
use crate::tokens::{AccessClaims, Tokens};

#[test]
fn a_step_up_approves_a_task() {
    let mut world = World::new();
    let refused = world.approve(4211, &world.credential);
    assert_eq!(refused.status, 401);
    let challenge = refused.header("www-authenticate");
    assert!(
        challenge.contains("error=\"insufficient_user_authentication\""),
        "{challenge}"
    );
    assert!(
        challenge.contains("acr_values=\"phr\", max_age=\"300\""),
        "{challenge}"
    );

    let (token, id) = world.sign_in("key", &[("acr_values", "phr"), ("max_age", "300")]);
    assert_eq!(id["acr"], "phr");
    assert_eq!(id["nonce"], "the-nonce");
    assert_eq!(id["email"], "mira.chen@sandbox.example");

    let before = world.step(4211);
    let answer = world.approve(4211, &token);
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        answer.json()["taskView"]["task"]["state"],
        "TASK_STATE_OPEN"
    );
    assert_eq!(answer.json()["ticketActionId"].as_str().unwrap().len(), 27);

    let task = world.task(4211);
    assert_eq!(task["state"], "TASK_STATE_CLOSED");
    assert_eq!(task["type"]["grant"]["outcome"], "GRANT_OUTCOME_GRANTED");
    let step = &task["policy"]["history"][0];
    assert_eq!(step["id"], before.as_str());
    assert_eq!(
        step["approval"]["approved"]["stepUpTransactionId"],
        super::claims(&token)["jti"]
    );
}

#[test]
fn two_steps_in_a_row_need_two_proofs() {
    let mut world = World::new();
    let (two, _) = world.sign_in("code", &[("acr_values", "urn:okta:loa:2fa:any")]);
    assert_eq!(world.approve(4217, &two).status, 200);
    assert!(world.is_open(4217));
    assert_eq!(
        world.approve(4217, &two).status,
        401,
        "another acr is needed now"
    );
    let (phr, _) = world.sign_in("key", &[("acr_values", "phr")]);
    assert_eq!(world.approve(4217, &phr).status, 200);
    assert!(!world.is_open(4217));
    assert_eq!(
        world.task(4217)["policy"]["history"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn the_first_acceptable_acr_is_used() {
    let mut world = World::new();
    let (token, id) = world.sign_in("key", &[("acr_values", "gold phr")]);
    assert_eq!(id["acr"], "phr");
    assert_eq!(world.approve(4218, &token).status, 200);
}

/// A provider elsewhere, and the tokens it gives out for this world's API.
fn elsewhere(world: impl FnOnce(&str) -> World) -> (World, Arc<Tokens>, Server) {
    let (listener, address) = bind(([127, 0, 0, 1], 0).into()).unwrap();
    let issuer = format!("http://{address}");
    let world = world(&issuer);
    let tokens = Tokens::new(&issuer, &world.sandbox.info().api_url, 60, None);
    let tokens = Arc::new(tokens);
    let theirs = Arc::clone(&tokens);
    let handler: Handler = Box::new(move |call| match call.path.as_str() {
        "/jwks" => Reply::json(200, &theirs.keys.jwks(false, false)),
        _ => Reply::json(
            200,
            &json!({"issuer": issuer, "jwks_uri": format!("{issuer}/jwks")}),
        ),
    });
    let service = Service {
        name: "theirs",
        delay: Duration::ZERO,
        handler,
    };
    let server = Server::start(
        service,
        listener,
        None,
        Arc::new(Log::open(None, None).unwrap()),
    )
    .unwrap();
    (world, tokens, server)
}

fn given_to(tokens: &Tokens, email: &str, client_id: &str) -> String {
    tokens.mint(&tokens.complete(AccessClaims {
        sub: "4711".into(),
        client_id: client_id.into(),
        jti: "1".into(),
        acr: "phr".into(),
        auth_time: now(),
        email: Some(email.into()),
        ..AccessClaims::default()
    }))
}

#[test]
fn a_trusted_issuer_elsewhere_approves_as_well() {
    let (world, tokens, server) =
        elsewhere(|issuer| World::with(&[&format!("trusted_issuer={issuer}")]));
    let other = given_to(&tokens, "noor.haddad@sandbox.example", "any");
    let token = given_to(&tokens, "mira.chen@sandbox.example", "any");
    assert_eq!(World::new().approve(4211, &token).status, 401);
    assert_eq!(world.approve(4211, &other).status, 403);
    assert_eq!(world.approve(4211, &token).status, 200);
    server.stop();
}

#[test]
fn an_api_alone_takes_the_tokens_of_one_client_of_one_issuer() {
    let (world, tokens, server) = elsewhere(|issuer| {
        World::start(Options {
            elsewhere: Some(Elsewhere {
                issuer: issuer.to_owned(),
                client_id: "a \"quoted\" client".to_owned(),
            }),
            ..Options::default()
        })
    });
    let info = world.sandbox.info();
    assert_eq!(info.issuer, tokens.issuer());
    let config = std::fs::read_to_string(info.config.join("config.toml")).unwrap();
    let entry = &toml::from_str::<toml::Table>(&config).unwrap()["providers"]["sandbox"];
    assert_eq!(entry["client_id"].as_str(), Some("a \"quoted\" client"));
    assert_eq!(entry["resource"].as_str(), Some(info.api_url.as_str()));

    let mira = "mira.chen@sandbox.example";
    let foreign = given_to(&tokens, mira, "stepup-cli");
    assert_eq!(world.approve(4211, &foreign).status, 401);
    let stranger = Tokens::new("http://127.0.0.1:1", &info.api_url, 60, None);
    let strange = given_to(&stranger, mira, "a \"quoted\" client");
    assert_eq!(world.approve(4211, &strange).status, 401);
    assert!(world.is_open(4211));
    let token = given_to(&tokens, mira, "a \"quoted\" client");
    assert_eq!(world.approve(4211, &token).status, 200);
    server.stop();
}

#[test]
fn the_built_in_person_walks_all_the_way() {
    for mode in ["query", "form_post"] {
        let (listener, address) = bind(([127, 0, 0, 1], 0).into()).unwrap();
        let (arrived, arrivals) = std::sync::mpsc::channel();
        let handler: Handler = Box::new(move |call| {
            let params = if mode == "query" {
                &call.query
            } else {
                &call.form()
            };
            let named = |name| params.get(name).map(ToOwned::to_owned);
            arrived.send((named("code"), named("state"))).unwrap();
            Reply::html(200, "<title>Done</title>")
        });
        let service = Service {
            name: "client",
            delay: Duration::ZERO,
            handler,
        };
        let client = Server::start(
            service,
            listener,
            None,
            Arc::new(Log::open(None, None).unwrap()),
        )
        .unwrap();
        let world = World::new();
        let redirect = format!("http://{address}/callback/sandbox");
        let mut url = Url::parse(&format!("{}/authorize", world.sandbox.info().issuer)).unwrap();
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", "stepup-cli"),
            ("redirect_uri", &redirect),
            ("scope", "openid"),
            ("state", "s"),
            ("response_mode", mode),
            ("code_challenge", &encode(&Sha256::digest(VERIFIER))),
            ("code_challenge_method", "S256"),
        ]);
        let outcome = person::sign_in(url.as_str(), Factor::Key).unwrap();
        assert_eq!(
            (outcome.status, outcome.title.as_str(), outcome.asked),
            (200, "Done", true)
        );
        assert_eq!(outcome.url, redirect);
        let (code, state) = arrivals.recv().unwrap();
        assert!(code.is_some() && state.as_deref() == Some("s"), "{mode}");
        client.stop();
    }
}
