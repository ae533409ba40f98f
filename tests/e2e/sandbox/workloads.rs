//! The sandbox's token exchange (c1.md 1.5), asked by HTTP without the tool.

use serde_json::Value;

use crate::browser::{self, Page};
use crate::world::World;

/// What the provider gives a job, for this audience.
fn identity(world: &World, audience: &str) -> String {
    let url = format!("{}/workload?audience={audience}", world.issuer());
    let answer = browser::get(&url, &[]).json();
    answer["value"].as_str().unwrap().to_owned()
}

fn client(world: &World) -> String {
    let host = world.api_url().trim_start_matches("http://");
    format!("sandbox-ci@{host}/wfe")
}

/// A token request with some fields other than they should be.
fn exchange(world: &World, token: &str, other: &[(&str, &str)]) -> Page {
    let client = client(world);
    let mut fields = vec![
        (
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ),
        ("subject_token", token),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
        ("client_id", &client),
    ];
    fields.retain(|(name, _)| other.iter().all(|(others, _)| others != name));
    fields.extend(other);
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    browser::post(
        &format!("{}/auth/v1/token", world.api_url()),
        &headers,
        &form,
    )
}

#[test]
fn a_job_s_identity_becomes_an_access_token_of_a_service_principal() {
    let world = World::new();
    let answer = exchange(&world, &identity(&world, "127.0.0.1"), &[]);
    assert_eq!(answer.status, 200, "{answer:?}");
    let answer = answer.json();
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 1800);
    let kind = "urn:ietf:params:oauth:token-type:access_token";
    assert_eq!(answer["issued_token_type"], kind);
    let bearer = format!("Bearer {}", answer["access_token"].as_str().unwrap());
    let get = |path: &str| {
        let url = format!("{}{path}", world.api_url());
        browser::get(&url, &[("Authorization", &bearer)]).json()
    };
    let id = get("/api/v1/auth/introspect")["userId"].clone();
    let user = get(&format!("/api/v1/users/{}", id.as_str().unwrap()));
    assert_eq!(user["userView"]["user"]["type"], "USER_TYPE_SERVICE");
    // It can read a task, and cannot approve it.
    let task = get("/api/v1/tasks/4212")["taskView"]["task"].clone();
    let actions = task["actions"].as_array().unwrap();
    assert_eq!(actions, &[Value::from("TASK_ACTION_TYPE_COMMENT")]);
}

#[test]
fn what_is_not_a_fresh_identity_for_this_api_is_refused() {
    let world = World::new();
    let good = identity(&world, "127.0.0.1");
    let refused = |world: &World, token: &str, other: &[(&str, &str)], why: &str| {
        let answer = exchange(world, token, other);
        assert!([400, 401].contains(&answer.status), "{why}: {answer:?}");
        assert_eq!(answer.json()["error_description"], why);
    };
    let elsewhere = identity(&world, "acme.conductor.one");
    refused(&world, &elsewhere, &[], "the token is for another audience");
    refused(&world, "junk", &[], "invalid_jwt_format");
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (header, _) = message.split_once('.').unwrap();
    let (_, other_claims) = elsewhere.split_once('.').unwrap();
    let (other_claims, _) = other_claims.split_once('.').unwrap();
    let forged = format!("{header}.{other_claims}.{signature}");
    refused(&world, &forged, &[], "invalid_jwt_format");
    let access = "urn:ietf:params:oauth:token-type:access_token";
    let kind = [("subject_token_type", access)];
    refused(&world, &good, &kind, "subject_token_type is not jwt");
    let client = [("client_id", "sandbox-ci@acme.conductor.one/wfe")];
    refused(&world, &good, &client, "trust_not_found");

    for (switch, why) in [
        ("workload=old", "token_too_old"),
        ("workload=other-issuer", "issuer_mismatch"),
        ("workload=disabled", "sp_disabled"),
    ] {
        let world = World::with(&[switch]);
        refused(&world, &identity(&world, "127.0.0.1"), &[], why);
    }
}
