//! What works when nobody cheats.

use std::io::{Read, Write};
use std::net::TcpListener;

use super::*;
use crate::sandbox::person;

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
fn a_task_without_step_up_needs_none() {
    let world = World::new();
    assert_eq!(world.approve(4212, &world.credential).status, 200);
    assert!(!world.is_open(4212));
}

#[test]
fn the_first_acceptable_acr_is_used() {
    let mut world = World::new();
    let (token, id) = world.sign_in("key", &[("acr_values", "phrh phr")]);
    assert_eq!(id["acr"], "phr");
    assert_eq!(world.approve(4218, &token).status, 200);
}

#[test]
fn the_audit_tells_the_story() {
    let mut world = World::new();
    let (token, _) = world.sign_in("key", &[("acr_values", "phr")]);
    world.approve(4211, &token);
    let body = json!({"taskId": world.task(4211)["id"]});
    let events = world.post("/api/v1/task/audits", &body).json()["list"].clone();
    for kind in [
        "taskCreated",
        "comment",
        "actionSubmitted",
        "stepUpApproval",
        "stateChange",
    ] {
        assert!(
            events
                .as_array()
                .unwrap()
                .iter()
                .any(|event| event.get(kind).is_some()),
            "{kind}"
        );
    }
}

#[test]
fn the_built_in_person_walks_all_the_way() {
    for mode in ["query", "form_post"] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let client = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            let page = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<title>Done</title>\n";
            stream.write_all(page.as_bytes()).unwrap();
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let world = World::new();
        let redirect = format!("http://127.0.0.1:{port}/callback/sandbox");
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
        let request = client.join().unwrap();
        assert!(
            request.contains("code=") && request.contains("state=s"),
            "{request}"
        );
    }
}
