//! What works when nobody cheats.

use std::sync::Arc;

use super::*;
use crate::Elsewhere;
use crate::basics::now;
use crate::http::Reply;
use crate::log::Log;
use crate::server::{Handler, Server, Service, bind};
use crate::tokens::{AccessClaims, Tokens};

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
