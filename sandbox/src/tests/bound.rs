//! What the servers do with pushed requests (RFC 9126) and with tokens that are bound to a key (RFC 9449).

use super::super::dpop::tests::proof_of;
use super::*;

const REFERENCE: &str = "urn:ietf:params:oauth:request_uri:";

impl World {
    fn issuer(&self) -> &str {
        &self.sandbox.info().issuer
    }

    /// Pushes the request that `authorize` sends otherwise.
    fn push(&self, more: &[(&str, &str)]) -> Got {
        let challenge = encode(&Sha256::digest(VERIFIER));
        self.provider("POST", "/par", &parameters(&challenge, more))
    }

    fn visit(&self, client: &str, reference: &str) -> Got {
        let query = encoded(&Form::from([
            ("client_id", client),
            ("request_uri", reference),
        ]));
        self.provider("GET", &format!("/authorize?{query}"), &Form::new())
    }

    /// Approves task 4211 with this header and these proofs.
    fn approve_with(&self, authorization: &str, proofs: &[&str]) -> Got {
        let body = json!({"policyStepId": self.step(4211), "stepUpTransactionId": ""});
        let mut request = Request::post(self.approval_url()).header("authorization", authorization);
        for proof in proofs {
            request = request.header("dpop", *proof);
        }
        self.send(request.body(body.to_string().into_bytes()).unwrap())
    }

    fn approval_url(&self) -> String {
        let api = &self.sandbox.info().api_url;
        format!("{api}/api/v1/tasks/4211/action/approve-with-step-up")
    }

    /// A token that is bound to the first key.
    fn bound_token(&mut self) -> String {
        let code = self.code("key", &[("acr_values", "phr"), ("max_age", "0")]);
        let proof = proof_of(1, &format!("{}/token", self.issuer()), "", |_, _| ());
        let answer = self.redeem_with(&code, &[], Some(&proof)).json();
        assert_eq!(answer["token_type"], "DPoP", "{answer}");
        answer["access_token"].as_str().unwrap().to_owned()
    }
}

fn reference(got: &Got) -> String {
    assert_eq!(got.status, 201, "{}", got.text);
    let reference = got.json()["request_uri"].as_str().unwrap().to_owned();
    assert!(reference.starts_with(REFERENCE));
    reference
}

#[test]
fn b6_a_pushed_request_is_good_for_one_visit_of_its_client() {
    let world = World::with(&["par=offered"]);
    let pushed = reference(&world.push(&[]));
    let other = world.visit("stepup-confidential", &pushed);
    assert_eq!(other.status, 400, "another client's");
    let used = world.visit("stepup-cli", &pushed);
    assert_eq!(used.status, 400, "and used up by the attempt");
    let pushed = reference(&world.push(&[]));
    assert_eq!(world.visit("stepup-cli", &pushed).status, 200);
    assert_eq!(world.visit("stepup-cli", &pushed).status, 400);
    assert_eq!(world.visit("stepup-cli", REFERENCE).status, 400);
}

#[test]
fn b6_a_push_is_checked_like_a_request() {
    let world = World::with(&["par=offered"]);
    for (name, value, status, error) in [
        ("client_id", "somebody", 401, "invalid_client"),
        ("client_secret", "x", 401, "invalid_client"),
        ("request_uri", "urn:x", 400, "invalid_request"),
        (
            "redirect_uri",
            "https://evil.example",
            400,
            "invalid_request",
        ),
        ("code_challenge", "", 400, "invalid_request"),
        ("scope", "email", 400, "invalid_scope"),
        ("claims", "[]", 400, "invalid_request"),
    ] {
        let got = world.push(&[(name, value)]);
        assert_eq!(got.status, status, "{name}={value}");
        assert_eq!(got.json()["error"], error, "{name}={value}");
    }
    assert_eq!(World::new().push(&[]).status, 404, "not offered");
}

#[test]
fn b6_6_where_pushing_is_demanded_nothing_else_starts_a_sign_in() {
    let world = World::with(&["par=required"]);
    let response = world.authorize(&[]).response();
    assert_eq!(response["error"], "invalid_request");
}

#[test]
fn b9_5_acr_is_asked_for_in_one_way() {
    let world = World::new();
    let claims = r#"{"id_token":{"acr":{"essential":true,"values":["phr"]}}}"#;
    let both = [("acr_values", "phr"), ("claims", claims)];
    assert_eq!(
        world.authorize(&both).response()["error"],
        "invalid_request"
    );
    assert_eq!(world.authorize(&[("claims", claims)]).status, 200);
}

#[test]
fn rfc9449_5_the_token_endpoint_takes_sound_proofs_only() {
    let mut world = World::new();
    let url = format!("{}/token", world.issuer());
    let code = world.code("key", &[("max_age", "0")]);
    let bad = proof_of(1, &format!("{url}/"), "", |_, _| ());
    let refused = world.redeem_with(&code, &[], Some(&bad));
    assert_eq!(refused.json()["error"], "invalid_dpop_proof");
    let good = proof_of(1, &url, "", |_, _| ());
    assert_eq!(
        world.redeem_with(&code, &[], Some(&good)).json()["token_type"],
        "DPoP"
    );
    let code = world.code("key", &[("max_age", "0")]);
    let again = world.redeem_with(&code, &[], Some(&good));
    assert_eq!(again.json()["error_description"], "it was used before");
}

#[test]
fn b7_12_a_code_that_is_bound_to_a_key_is_redeemed_with_it_alone() {
    let mut world = World::new();
    let url = format!("{}/token", world.issuer());
    let bound = [("dpop_jkt", "another-thumbprint"), ("max_age", "0")];
    let code = world.code("key", &bound);
    let refused = world.redeem_with(&code, &[], Some(&proof_of(1, &url, "", |_, _| ())));
    assert_eq!(refused.json()["error"], "invalid_grant");
    let code = world.code("key", &bound);
    assert_eq!(world.redeem(&code, &[]).json()["error"], "invalid_grant");
}

/// RFC 9449 section 7: at the API a bound token counts only as such, with its key, for this request, once.
#[test]
fn b7_3_a_stolen_token_is_of_no_use() {
    let mut world = World::new();
    let token = world.bound_token();
    let (bearer, bound) = (format!("Bearer {token}"), format!("DPoP {token}"));
    let url = world.approval_url();
    let good = || proof_of(1, &url, &token, |_, _| ());
    let refused = |got: Got, why: &str| {
        assert_eq!(got.status, 401, "{why}");
        assert!(
            got.message().starts_with(why),
            "{} is not {why}",
            got.message()
        );
        let challenge = got.header("www-authenticate");
        assert!(challenge.contains(why), "{challenge}");
    };
    let alone = "the token is bound to a key, and came without a proof";
    refused(world.approve_with(&bearer, &[]), alone);
    refused(world.approve_with(&bearer, &[&good()]), alone);
    refused(world.approve_with(&bound, &[]), "there is no proof");
    let two = world.approve_with(&bound, &[&good(), &good()]);
    refused(two, "there are two proofs");
    let other = proof_of(2, &url, &token, |_, _| ());
    let other_key = "the token is bound to another key";
    refused(world.approve_with(&bound, &[&other]), other_key);
    let other = proof_of(1, &url, "another token", |_, _| ());
    let other_token = "it is for another token";
    refused(world.approve_with(&bound, &[&other]), other_token);
    let elsewhere = proof_of(1, &world.sandbox.info().api_url, &token, |_, _| ());
    let other_address = "it is for another address";
    refused(world.approve_with(&bound, &[&elsewhere]), other_address);
    assert!(world.is_open(4211));

    let proof = good();
    assert_eq!(world.approve_with(&bound, &[&proof]).status, 200);
    refused(world.approve_with(&bound, &[&proof]), "it was used before");
}

#[test]
fn a_bearer_token_gains_nothing_by_a_proof() {
    let mut world = World::new();
    let (token, _) = world.sign_in("key", &[("acr_values", "phr"), ("max_age", "0")]);
    let proof = proof_of(1, &world.approval_url(), &token, |_, _| ());
    let got = world.approve_with(&format!("DPoP {token}"), &[&proof]);
    assert_eq!(got.status, 401);
    let why = "the token is not bound to the key of the proof";
    assert!(got.message().starts_with(why));
    assert!(world.is_open(4211));
}

/// A claims challenge goes to those who declare that they can follow it (providers.md, A4).
#[test]
fn a4_without_the_capability_there_is_a_plain_refusal() {
    let mut world = World::with(&["challenge=entra"]);
    let (plain, _) = world.sign_in("key", &[]);
    let refused = world.approve(4211, &plain);
    assert_eq!(
        (refused.status, refused.header("www-authenticate")),
        (403, "")
    );
    let capable = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
    let (token, _) = world.sign_in("key", &[("claims", capable), ("max_age", "0")]);
    let challenged = world.approve(4211, &token);
    assert_eq!(challenged.status, 401);
    assert!(
        challenged
            .header("www-authenticate")
            .contains("insufficient_claims")
    );
    assert!(world.is_open(4211));
}
