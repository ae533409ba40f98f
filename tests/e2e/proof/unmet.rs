//! Authenticated, but not strongly or recently enough: exit 3. Nothing is wrong with such an answer, and
//! nothing is approved with it.

use crate::world::World;

macro_rules! stories {
    ($($name:ident: $switch:literal => $reason:literal;)*) => {
        $(#[test] fn $name() { World::refuses_with($switch, 3, "unmet", $reason); })*
    };
}

stories! {
    b9_16_a_lower_acr: "acr=lower" => "not strong enough: needed a phishing-resistant factor (passkey or security key), got a password; acr: needed `phr`, got `urn:okta:loa:1fa:pwd`";
    b9_16_no_acr: "acr=none" => "needed `phr`, got no acr at all";
    b9_17_an_old_sign_in: "auth_time=old" => "not fresh: wanted a sign-in during this attempt, got one 7 days before it";
    b9_17_no_auth_time: "auth_time=none" => "wanted auth_time, got none";
    b9_17_an_auth_time_that_is_text: "auth_time=string" => "wanted auth_time, got \"1";
    b9_17_a_sign_in_before_1970: "auth_time=negative" => "not fresh: wanted a sign-in during this attempt";
    b9_25_the_provider_says_so_itself: "authorize_error=unmet_authentication_requirements"
        => "the browser came back with `unmet_authentication_requirements`";
    b1_11_the_api_is_not_satisfied_by_what_it_asked_for: "approve=always-challenge"
        => "the API is still not satisfied: asked for acr `phr`, got `phr`, and it requires the same again";
    b1_11_a_step_up_token_that_the_api_finds_expired: "token_lifetime_s=0"
        => "the API is still not satisfied";
    b1_5_the_api_does_not_say_how_strong_and_wants_more_than_the_default: "challenge=no-acr"
        => "and it requires";
}

#[test]
fn b9_16_a_password_where_a_key_is_demanded() {
    let world = World::new();
    let outcome = world.approve("4211").signing_in_with("password").exits(3);
    outcome
        .says("needed `phr`, got `urn:okta:loa:1fa:pwd`")
        .hints("sign in with a factor that meets it");
    world.api().saw_no_approval();
}

#[test]
fn b9_16_a_code_where_a_key_is_demanded() {
    let world = World::new();
    let outcome = world.approve("4218").signing_in_with("code").exits(3);
    outcome.says("needed `phrh` or `phr`, got `urn:okta:loa:2fa:any`");
    world.api().saw_no_approval();
}

#[test]
fn b9_17_older_than_the_challenge_allows() {
    let world = World::with(&["auth_time=old"]);
    world.add_to_entry("freshness = \"as-challenged\"");
    let outcome = world.approve("4211").signing_in_with("key").exits(3);
    outcome
        .says("not fresh: wanted at most 300 s old, got 6048")
        .hints("the provider reused an earlier session");
    world.api().saw_no_approval();
}

#[test]
fn b9_20_max_age_zero_is_now() {
    let world = World::with(&["max_age=0", "auth_time=old"]);
    world.add_to_entry("freshness = \"as-challenged\"");
    let outcome = world.approve("4211").signing_in_with("key").exits(3);
    outcome.says("wanted a sign-in during this attempt");
    world.api().saw_no_approval();
}

#[track_caller]
fn unmet_methods(switch: &str, reason: &str) {
    let world = World::with(&[switch]);
    world.add_to_entry("amr = [\"hwk\", \"face\"]");
    let outcome = world.approve("4211").signing_in_with("key").exits(3);
    outcome.says("needed amr `hwk` and `face`").says(reason);
    world.api().saw_no_approval();
}

#[test]
fn b11_4_a_method_that_is_missing() {
    unmet_methods("max_age=300", "got `hwk`, `pop`, `user`");
}

#[test]
fn b11_4_no_methods_at_all() {
    unmet_methods("amr=none", "got no amr at all");
}

#[test]
fn b11_4_methods_that_are_no_list() {
    unmet_methods("amr=string", "got \"hwk\", which is not a list");
}
