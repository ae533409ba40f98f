//! Something does not add up: exit 5, and nothing is approved. And what looks odd and is sound all the
//! same, which must be accepted.

use crate::browser;
use crate::world::World;

macro_rules! stories {
    ($($name:ident: $switch:literal => $reason:literal;)*) => {
        $(#[test] fn $name() { World::refuses_with($switch, 5, "untrusted", $reason); })*
    };
}

stories! {
    b9_9_another_issuer: "iss=wrong" => "the ID token was issued by `http://127.0.0.1:";
    b9_10_another_audience: "aud=wrong" => "is meant for `stepup-cli1`, not for `stepup-cli` alone";
    b9_10_one_audience_too_many: "aud=extra" => "not for `stepup-cli` alone";
    b9_10_no_audience: "aud=none" => "not for `stepup-cli` alone";
    b9_11_another_party: "azp=wrong" => "was issued to `stepup-cli1`, not to `stepup-cli`";
    b9_12_no_signature: "alg=none" => "is signed with `none`, accepted is `RS256`";
    b9_12_a_shared_secret: "alg=HS256" => "is signed with `HS256`, accepted is `RS256`";
    b9_12_es256_that_nobody_configured: "alg=ES256" => "is signed with `ES256`, accepted is `RS256`";
    b9_12_rs512_that_nobody_configured: "alg=RS512" => "is signed with `RS512`, accepted is `RS256`";
    b9_12_ps256_that_nobody_configured: "alg=PS256" => "is signed with `PS256`, accepted is `RS256`";
    b9_12_a_bad_signature: "signature=bad" => "the ID token's signature is not the provider's";
    b9_13_expired: "exp=past" => "the ID token expired 36";
    b9_13_no_end: "exp=none" => "the ID token's `exp` is missing";
    b9_14_issued_long_ago: "iat=old" => "before this attempt began";
    b9_14_issued_in_the_future: "iat=future" => "s in the future";
    b9_14_issued_at_no_time: "iat=none" => "the ID token's `iat` is missing";
    b9_15_another_nonce: "nonce=wrong" => "nonce is not the one of this attempt";
    b9_15_no_nonce: "nonce=none" => "nonce is not the one of this attempt";
    b9_17_a_sign_in_in_the_future: "auth_time=future" => "s in the future";
    b9_17_a_sign_in_beyond_all_time: "auth_time=huge" => "in the future";
    b9_18_the_hash_of_another_access_token: "at_hash=wrong" => "at_hash does not belong to the access token";
    b9_19_another_person: "subject=other"
        => "another person signed in: wanted email `mira.chen@sandbox.example`, got `noor.haddad@sandbox.example`";
    b9_19_another_email: "email=other"
        => "another person signed in: wanted email `mira.chen@sandbox.example`, got `noor.haddad@sandbox.example`";
    b9_19_nobody: "subject=none" => "the ID token's `sub` is missing";
    b9_21_a_key_that_is_not_published: "kid=unknown" => "signed with a key that the provider does not publish";
    b9_21_no_key_is_published: "jwks=empty" => "signed with a key that the provider does not publish";
    b9_22_no_token_at_all: "id_token=garbage" => "the ID token cannot be read";
    b9_22_an_acr_that_is_there_twice: "id_token=duplicate-acr" => "the ID token cannot be read: its payload";
    b4_1_the_answer_is_from_another_issuer: "response_iss=wrong" => "the answer came from `http://127.0.0.1:";
    b4_3_the_answer_hides_its_issuer: "response_iss=none" => "does not say which provider it is from";
    b9_7_the_metadata_are_somebody_elses: "discovery_issuer=wrong" => "the provider calls itself `http://127.0.0.1:";
    b9_7_a_slash_makes_another_issuer: "discovery_issuer=slash" => "the provider calls itself `http://127.0.0.1:";
    b3_6_a_provider_without_s256: "discovery=no-s256" => "does not support PKCE with S256 (it lists `plain`)";
    b9_8_endpoints_without_tls: "discovery=http" => "is not https";
}

/// A provider that is refused by its metadata never sees the person.
#[test]
fn b9_7_nobody_is_sent_to_a_provider_with_another_name() {
    let world = World::with(&["discovery_issuer=wrong"]);
    let outcome = world.approve("4211").signing_in_with("key").exits(5);
    outcome
        .hints("trailing slash included")
        .does_not_say("/start/");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

#[test]
fn b9_21_an_unknown_key_is_looked_for_once_and_not_again() {
    let world = World::with(&["kid=unknown"]);
    world.approve("4211").run_with("key").exits(5);
    assert_eq!(world.api().asked("/jwks"), 2);
    world.api().saw_no_approval();
}

/// B2.13: an answer with another state is not ours; the wait goes on, and ends when the time does.
fn an_answer_that_is_not_ours(switch: &str) {
    let world = World::with(&[switch]);
    let outcome = world.approve("4211").args("--timeout 1s").run_with("key");
    outcome.exits(6).says("no sign-in was completed within 1s");
    world.api().never_saw("/token");
    world.api().saw_no_approval();
}

#[test]
fn b2_13_an_answer_with_another_state_is_not_ours() {
    an_answer_that_is_not_ours("response_state=wrong");
}

#[test]
fn b2_13_an_answer_without_a_state_is_not_ours() {
    an_answer_that_is_not_ours("response_state=none");
}

/// Words of whoever sent it are not repeated.
#[test]
fn b2_13_an_error_without_a_state_is_told_and_not_believed() {
    for (code, told) in [
        ("access_denied", "(`access_denied`)"),
        ("call%20911", "(`?`)"),
    ] {
        let world = World::with(&["response_state=none", "authorize_error=access_denied"]);
        let run = world.approve("4211").args("--no-browser --timeout 60s");
        let running = run.start();
        let provider = browser::get(&running.start_url(), &[]).leads_to();
        let callback = browser::get(&provider, &[]).leads_to();
        let address = callback.replace("access_denied", code);
        assert_eq!(browser::get(&address, &[]).status, 400);
        let told = format!(
            "and was not taken: if your provider shows an error, end this run with Ctrl-C {told}"
        );
        running.says(&told);
        running.signal("INT");
        running.end().exits(130).does_not_say("911");
        world.api().never_saw("/token");
        world.api().saw_no_approval();
    }
}

mod accepted {
    //! Odd, and normal in the field.

    use super::World;

    #[track_caller]
    fn accepted(switch: &str, entry: &str) -> (World, serde_json::Value) {
        let world = World::with(&[switch]);
        world.add_to_entry(entry);
        let outcome = world.approve("4211").args("-o json").run_with("key");
        let receipt = outcome.exits(0).stdout_json();
        assert_eq!(receipt["proof"]["acr"], "phr");
        world.api().saw_one_approval("4211");
        (world, receipt)
    }

    macro_rules! stories {
        ($($name:ident: $switch:literal, $entry:literal;)*) => {
            $(#[test] fn $name() { accepted($switch, $entry); })*
        };
    }

    stories! {
        b9_10_an_audience_of_one_in_a_list: "aud=array", "";
        b9_12_rs256_where_nothing_is_configured: "alg=RS256", "";
        b9_12_es256_where_it_is_configured: "alg=ES256", "id_token_algs = [\"ES256\"]";
        b9_12_rs512_where_it_is_configured: "alg=RS512", "id_token_algs = [\"RS256\", \"RS512\"]";
        b9_12_ps256_where_it_is_configured: "alg=PS256", "id_token_algs = [\"PS256\"]";
        b9_14_an_iat_with_a_fraction: "iat=float", "";
        b9_18_no_hash_of_the_access_token: "at_hash=none", "";
        b9_21_a_token_without_a_kid: "kid=none", "";
        b11_4_methods_that_nobody_asked_for_and_did_not_come: "amr=none", "";
        b11_4_methods_that_nobody_asked_for_and_are_no_list: "amr=string", "";
        b11_4_methods_that_were_asked_for_and_came: "max_age=300", "amr = [\"user\", \"hwk\"]";
        b9_17_a_sign_in_during_the_attempt_however_small_the_age: "max_age=0", "";
    }

    #[test]
    fn b9_17_an_auth_time_with_a_fraction_is_a_time() {
        let (_, receipt) = accepted("auth_time=float", "");
        assert!(receipt["proof"]["auth_time"].is_i64());
    }

    #[test]
    fn b9_21_a_key_that_is_new_is_fetched_once() {
        let (world, _) = accepted("jwks=rotate", "");
        assert_eq!(world.api().asked("/jwks"), 2);
    }
}
