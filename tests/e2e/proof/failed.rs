//! Trouble with the provider or the API: exit 1, a sentence, a hint; or another code where the trouble
//! is somebody's to mend.

use crate::world::World;

macro_rules! stories {
    ($($name:ident: $switch:literal => $code:literal $kind:literal $reason:literal;)*) => {
        $(#[test] fn $name() { World::refuses_with($switch, $code, $kind, $reason); })*
    };
}

stories! {
    the_token_endpoint_fails: "token=500" => 1 "failed" "the provider failed (HTTP 500) when the code was redeemed: `server_error`";
    the_token_endpoint_is_a_web_page: "token=html" => 1 "failed" "token endpoint gave an answer that cannot be read";
    the_token_endpoint_says_far_too_much: "token=huge" => 1 "failed" "is larger than 1 MiB";
    the_token_endpoint_redirects: "token=redirect" => 1 "failed" "token endpoint";
    there_is_no_id_token: "token=no-id-token" => 1 "failed" "ID token not found in response";
    b7_9_a_token_type_that_nobody_asked_for: "token=type-dpop" => 1 "failed" "issued a `DPoP` token, wanted `bearer`";
    the_code_is_refused: "token_error=invalid_grant" => 1 "failed" "refused the code with `invalid_grant`";
    the_code_has_expired: "code_lifetime_s=0" => 1 "failed" "refused the code with `invalid_grant`";
    the_client_is_unknown: "token_error=invalid_client" => 2 "usage" "refused the code with `invalid_client`";
    an_error_code_of_their_own: "token_error=out_of_coffee" => 1 "failed" "refused the code with `out_of_coffee`";
    discovery_fails: "discovery=500" => 1 "failed" "answered HTTP 500 instead of metadata";
    discovery_is_a_web_page: "discovery=html" => 1 "failed" "does not hold OpenID provider metadata: it is a web page";
    discovery_says_far_too_much: "discovery=huge" => 1 "failed" "is larger than 1 MiB";
    discovery_redirects: "discovery=redirect" => 1 "failed" "answered HTTP 302 instead of metadata";
    the_keys_fail: "jwks=500" => 1 "failed" "key set answered HTTP 500";
    the_keys_are_a_web_page: "jwks=html" => 1 "failed" "key set cannot be read";
    b9_25_the_provider_is_busy: "authorize_error=temporarily_unavailable" => 1 "failed" "the browser came back with `temporarily_unavailable`";
    b9_25_the_provider_wants_to_ask_and_may_not: "authorize_error=login_required" => 1 "failed" "the browser came back with `login_required`";
    b9_25_the_request_is_wrong: "authorize_error=invalid_scope" => 2 "usage" "the browser came back with `invalid_scope`";
    b9_25_the_provider_says_declined: "authorize_error=access_denied" => 6 "incomplete" "the browser came back with `access_denied`";
    the_api_fails: "api=500" => 1 "failed" "the API failed with HTTP 500";
    the_api_is_a_web_page: "api=html" => 1 "failed" "answered with a web page instead of JSON";
    the_api_says_far_too_much: "api=huge" => 1 "failed" "is larger than 1 MiB";
    the_api_redirects: "api=redirect" => 1 "failed" "which is not followed";
    the_api_is_asked_too_often: "api=429" => 1 "failed" "the API is asked too often";
    the_api_knows_nobody: "api=401" => 4 "signed-out" "the API did not accept the credential";
}

#[test]
fn an_api_that_is_too_slow_is_given_up() {
    let world = World::with(&["slow_api_ms=3000"]);
    world
        .approve("4211")
        .args("--http-timeout 1s")
        .signing_in_with("key")
        .exits(1)
        .says("did not answer within 1 s")
        .hints("--http-timeout");
    world.api().saw_no_approval();
}

#[test]
fn a_provider_that_is_too_slow_is_given_up() {
    let world = World::with(&["slow_provider_ms=3000"]);
    let outcome = world
        .approve("4211")
        .args("--http-timeout 1s")
        .run_with("key");
    outcome.exits(1).says("did not answer within 1 s");
    world.api().saw_no_approval();
}
