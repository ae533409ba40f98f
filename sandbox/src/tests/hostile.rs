//! Switches whose effect no story of the client shows, because it refuses them all in the same words (acr), or
//! accepts them. For the others a refusal in the story's words is the proof.

use super::*;

/// Each row is one sandbox; rows mix switches because each changes one claim only.
#[test]
fn claims_are_falsified_one_at_a_time() {
    type Row<'a> = &'a [(&'a str, &'a str, Value)];
    let rows: &[Row] = &[
        &[
            ("acr=number", "acr", json!(2)),
            ("amr=string", "amr", json!("hwk")),
            ("aud=array", "aud", json!(["stepup-cli"])),
        ],
        &[
            ("acr=array", "acr", json!(["phr"])),
            ("amr=none", "amr", Value::Null),
            ("at_hash=none", "at_hash", Value::Null),
        ],
        &[("acr=upper", "acr", json!("PHR"))],
        &[("acr=trailing-space", "acr", json!("phr "))],
        &[("acr=unknown", "acr", json!("urn:example:unknown"))],
    ];
    for row in rows {
        let switches: Vec<&str> = row.iter().map(|(switch, ..)| *switch).collect();
        let (_, claims) = World::with(&switches).sign_in("key", &[("acr_values", "phr")]);
        for (switch, name, wrong) in *row {
            assert_eq!(claims[name], *wrong, "{switch}");
        }
    }
}

#[test]
fn a_token_with_fractions_and_without_a_kid() {
    let mut world = World::with(&["auth_time=float", "iat=float", "kid=none"]);
    let code = world.code("key", &[]);
    let answer = world.redeem(&code, &[]).json();
    let token = answer["id_token"].as_str().unwrap();
    let claims = claims(token);
    assert!(claims["auth_time"].is_f64() && claims["iat"].is_f64());
    let header = decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(header.get("kid"), None);
}
