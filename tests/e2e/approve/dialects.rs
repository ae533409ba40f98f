//! Other ways to ask and to be asked: the `claims` parameter, Microsoft's contexts and claims challenges, Okta's
//! older name, and metadata that say which issuer an API trusts.

use crate::world::World;

/// The entry asks for contexts, and knows these.
fn asks_for_contexts(world: &World, contexts: &str) {
    let config = world.config_text();
    let listed = config
        .lines()
        .find(|line| line.starts_with("acr_values"))
        .unwrap()
        .to_owned();
    let entry = format!("acr_values = [{contexts}]\nrequest = \"entra-contexts\"");
    world.write_config(&config.replace(&listed, &entry));
}

#[track_caller]
fn refuses(world: &World, factor: &str, code: i32, kind: &str, reason: &str) {
    let outcome = world.approve("4211").args("-o json").run_with(factor);
    outcome.fails(code, kind, reason);
    world.api().saw_no_approval();
}

mod claims {
    use super::*;

    const ESSENTIAL: &str = "request = \"claims\"";

    #[test]
    fn b9_4_an_essential_acr_that_is_reached() {
        let world = World::new();
        world.add_to_entry(ESSENTIAL);
        world
            .approve("4211")
            .run_with("key")
            .exits(0)
            .prints("required: acr phr");
        world.api().saw_one_approval("4211");
    }

    #[test]
    fn b12_1_an_essential_acr_that_is_not_reached_is_said_so_by_the_provider() {
        let world = World::new();
        world.add_to_entry(ESSENTIAL);
        let reason = "the browser came back with `unmet_authentication_requirements`";
        refuses(&world, "password", 3, "unmet", reason);
        world.api().never_saw("/token");
    }

    #[test]
    fn b9_16_an_essential_acr_is_verified_all_the_same() {
        let world = World::with(&["acr=lower"]);
        world.add_to_entry(ESSENTIAL);
        let reason = "needed `phr`, got `urn:okta:loa:1fa:pwd`";
        refuses(&world, "key", 3, "unmet", reason);
    }
}

mod contexts {
    use super::*;

    #[test]
    fn b1_19_a_claims_challenge_is_answered_with_a_context() {
        let world = World::with(&["challenge=entra"]);
        asks_for_contexts(&world, "\"C1\"");
        let outcome = world.approve("4211").args("-o json").run_with("code");
        let receipt = outcome.exits(0).stdout_json();
        assert_eq!(receipt["proof"]["acrs"], serde_json::json!(["c1"]));
        world.api().saw_one_approval("4211");
    }

    #[test]
    fn a4_the_receipt_for_people_names_the_context() {
        let world = World::with(&["challenge=entra"]);
        asks_for_contexts(&world, "\"c1\"");
        let outcome = world.approve("4211").signing_in_with("key").exits(0);
        outcome
            .says("requires the authentication context `c1` and a new sign-in")
            .prints("required: context c1")
            .prints("verified: context c1, at ");
        world.api().saw_one_approval("4211");
    }

    #[test]
    fn a4_a_context_whose_policy_is_not_met_is_refused_by_the_provider() {
        let world = World::with(&["challenge=entra"]);
        asks_for_contexts(&world, "\"c1\"");
        // providers.md P4: a Conditional Access policy said no.
        refuses(&world, "password", 7, "refused", "AADSTS53003");
        world.api().never_saw("/token");
    }

    #[test]
    fn a4_a_context_counts_only_as_a_member_of_acrs() {
        for (switch, got) in [
            ("acrs=none", "got no acrs at all"),
            ("acrs=other", "got `c99`"),
            ("acrs=string", "got \"c1\", which is not a list"),
        ] {
            let world = World::with(&["challenge=entra", switch]);
            asks_for_contexts(&world, "\"c1\"");
            let reason = format!("needed the authentication context `c1`, {got}");
            refuses(&world, "key", 3, "unmet", &reason);
        }
    }

    #[test]
    fn b1_15_a_context_that_the_entry_does_not_list_is_not_asked_for() {
        let world = World::with(&["challenge=entra"]);
        asks_for_contexts(&world, "\"c2\"");
        refuses(
            &world,
            "key",
            2,
            "usage",
            "the API requires the authentication context `c1`",
        );
        world.api().never_saw("/authorize");
    }

    #[test]
    fn b1_19_an_entry_that_does_not_ask_for_contexts_cannot_answer() {
        let world = World::with(&["challenge=entra"]);
        let reason = "the provider entry `sandbox` does not ask for contexts";
        refuses(&world, "key", 2, "usage", reason);
        world.api().never_saw("/authorize");
    }

    /// Microsoft's APIs send the same challenge for other reasons; those are not ours to follow.
    #[test]
    fn b1_19_a_claims_challenge_for_something_else_is_refused() {
        let world = World::with(&["challenge=entra-other"]);
        asks_for_contexts(&world, "\"c1\"");
        let reason = "its claims are not acceptable: they require neither acrs nor acr nor nbf";
        refuses(&world, "key", 1, "failed", reason);
        world.api().never_saw("/authorize");
    }

    /// Continuous access evaluation: the credential is too old, or was revoked.
    #[test]
    fn b1_19_a_credential_that_is_too_old_is_a_refused_one_and_no_fault_of_the_api() {
        let world = World::with(&["challenge=entra-nbf"]);
        asks_for_contexts(&world, "\"c1\"");
        let outcome = world.approve("4211").args("-o json").run_with("key");
        outcome
            .fails(4, "signed-out", "the API did not accept the credential")
            .hints("stepup login")
            .does_not_say("a fault of the API");
        world.api().never_saw("/authorize");
        world.api().saw_no_approval();
    }
}

#[test]
fn b1_19_oktas_older_name_is_followed() {
    let world = World::with(&["challenge=okta-older"]);
    world
        .approve("4211")
        .run_with("key")
        .exits(0)
        .prints("required: acr phr");
    world.api().saw_one_approval("4211");
}

#[test]
fn b1_11_oktas_older_name_is_followed_once() {
    let world = World::with(&["challenge=okta-older", "approve=always-challenge"]);
    let reason = "the API is still not satisfied";
    refuses(&world, "key", 3, "unmet", reason);
}

#[test]
fn rfc8707_the_resource_goes_with_both_requests() {
    let world = World::new();
    let resource = format!("resource = \"{}\"", world.api_url());
    world.add_to_entry(&resource);
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

mod resource_metadata {
    //! RFC 9728: a choice among several entries, none of which task or profile name.

    use super::*;

    /// Two entries, and nothing that says which.
    fn between_two(switch: &str) -> World {
        let world = World::with(&[switch]);
        world.add_second_entry("other", "https://other.example");
        world
    }

    #[track_caller]
    fn refused(switch: &str, code: i32, kind: &str, reason: &str) {
        let world = between_two(switch);
        refuses(&world, "key", code, kind, reason);
        world.api().never_saw("/authorize");
    }

    #[test]
    fn rfc9728_the_issuer_that_the_api_trusts_chooses_among_the_entries() {
        // The API is asked for its name of the provider where it may have to show its own page.
        for (ceremony, at) in [
            ("auto", "(127.0.0.1, provider entry sandbox)"),
            ("local", "sandbox (127.0.0.1)"),
        ] {
            let world = between_two("resource_metadata=yes");
            let outcome = world
                .approve("4211")
                .args("--ceremony")
                .arg(ceremony)
                .run_with("key");
            outcome.exits(0).says(at);
            world.api().saw_one_approval("4211");
        }
    }

    #[test]
    fn rfc9728_a_flag_needs_no_metadata() {
        let world = between_two("resource_metadata=500");
        world
            .approve("4211")
            .args("--provider sandbox")
            .run_with("key")
            .exits(0);
        world
            .api()
            .never_saw("/.well-known/oauth-protected-resource");
    }

    #[test]
    fn rfc9728_without_metadata_nobody_guesses() {
        let reason = "several providers are configured and nothing says which to use";
        refused("max_age=300", 2, "usage", reason);
    }

    #[test]
    fn rfc9728_an_issuer_that_is_not_configured_is_not_taken() {
        let reason = "the API trusts `https://idp.other.example`, and no provider entry that belongs to it has that issuer";
        refused("resource_metadata=other-issuer", 2, "usage", reason);
    }

    #[test]
    fn rfc9728_3_3_metadata_about_another_resource_are_untrusted() {
        let reason = "the API's metadata are about `https://other.example`, which is not this API";
        refused("resource_metadata=other-resource", 5, "untrusted", reason);
    }

    #[test]
    fn rfc9728_metadata_are_read_from_the_api_and_from_nowhere_else() {
        for (switch, host) in [
            ("resource_metadata=elsewhere", "metadata.other.example"),
            ("resource_metadata=plain-http", "api.other.example"),
        ] {
            let reason = format!("names metadata at `{host}`, which is not the API's own address");
            refused(switch, 5, "untrusted", &reason);
        }
    }

    #[test]
    fn rfc9728_metadata_that_are_none() {
        refused("resource_metadata=500", 1, "failed", "answered HTTP 500");
        refused("resource_metadata=html", 1, "failed", "it is a web page");
    }
}
