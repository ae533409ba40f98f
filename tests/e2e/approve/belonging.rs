//! B5.16: a step-up token is for the API that it was made for. Which entries may serve an API is the
//! configuration's to say; whatever an API answers chooses among these, and never an entry of another API.

use crate::process::Run;
use crate::world::World;

/// The id of the step-up provider that another API, the bank's, demands.
const BANKS: &str = "2bankbankbankbankbankbankba";

/// The sandbox's API, and a bank's: its entry is at the sandbox's provider, so that nothing but the configuration
/// keeps its tokens from the sandbox's API. The sandbox's own entries are these.
fn beside_a_bank(switches: &[&str], own: &[&str]) -> World {
    let world = World::with(switches);
    let entry = |name: &str| {
        format!("[providers.{name}]\nissuer = \"https://{name}.example\"\nclient_id = \"c\"\n")
    };
    let config = format!(
        "default_profile = \"sandbox\"\nstore = \"file\"\n\
         [profiles.sandbox]\napi_url = \"{}\"\nprovider = {own:?}\n\
         [profiles.bank]\napi_url = \"https://bank.example\"\nprovider = \"bank\"\n\
         [providers.bank]\nissuer = \"{}\"\nclient_id = \"stepup-cli\"\nacr_values = [\"phr\"]\n\
         c1_provider_ids = [\"{BANKS}\"]\n{}",
        world.api_url(),
        world.issuer(),
        own.iter().map(|name| entry(name)).collect::<String>(),
    );
    world.write_config(&config);
    world
}

/// Nobody was asked to sign in for it, and nothing was approved.
#[track_caller]
fn no_token_was_made(world: &World) {
    world.api().never_saw("/authorize");
    world.api().never_saw("/token");
    world.api().saw_no_approval();
}

fn approve(world: &World) -> Run {
    world.approve("4211").signing_in_with("key")
}

#[test]
fn b5_16_an_api_that_demands_the_provider_of_another_api_gets_no_token() {
    let switch = format!("demanded_provider={BANKS}");
    for own in [&[][..], &["own"], &["own", "other"]] {
        for ceremony in ["auto", "local"] {
            let world = beside_a_bank(&[&switch], own);
            let run = approve(&world).args("-o json --ceremony").arg(ceremony);
            run.exits(5)
                .says(&format!("requires the step-up provider `{BANKS}`, which the entry `bank` serves, and `bank` belongs to `https://bank.example`"))
                .fails_in_json("untrusted");
            no_token_was_made(&world);
        }
    }
}

#[test]
fn b5_16_an_api_that_trusts_the_issuer_of_another_apis_entry_gets_no_token() {
    // The switch needs the address of the provider, which is the honest answer here.
    let world = beside_a_bank(&["resource_metadata=yes"], &["own", "other"]);
    let config = world.config_text();
    world.write_config(&config.replace(BANKS, "2otherotherotherotherothero"));
    approve(&world)
        .exits(2)
        .says("and no provider entry that belongs to it has that issuer");
    no_token_was_made(&world);

    let issuer = "metadata_issuer=https://own.example";
    let world = beside_a_bank(&["resource_metadata=yes", issuer], &["other", "third"]);
    world.add_to_entry("[providers.own]\nissuer = \"https://own.example\"\nclient_id = \"c\"");
    approve(&world)
        .exits(2)
        .says("the API trusts `https://own.example`, and no provider entry that belongs to it has that issuer");
    no_token_was_made(&world);
}

#[test]
fn b5_16_the_same_for_a_request() {
    let world = beside_a_bank(&["resource_metadata=yes"], &["own", "other"]);
    let url = format!("{}/protected/echo?acr_values=phr", world.api_url());
    let request = |words: &str| {
        let run = world.stepup("request GET").arg(&url).args(words);
        run.run_with("key")
    };
    request("")
        .exits(2)
        .says("no provider entry that belongs to it has that issuer");
    request("--provider bank")
        .exits(2)
        .says("the provider entry `bank` does not belong to the API")
        .says("it belongs to `https://bank.example`");
    no_token_was_made(&world);
}

#[test]
fn b5_16_an_entry_of_another_api_is_not_taken_by_name_either() {
    let world = beside_a_bank(&[], &["own"]);
    let refused = |run: Run| {
        run.exits(2)
            .says("the provider entry `bank` does not belong to the API")
            .hints("an entry's tokens go to its own APIs only");
        no_token_was_made(&world);
    };
    refused(approve(&world).args("--provider bank"));
    refused(approve(&world).env("STEPUP_PROVIDER", "bank"));
}

#[test]
fn b5_16_the_only_entry_is_not_taken_for_any_api() {
    let world = World::new();
    let config = world.config_text();
    let config = config.replace("provider = \"sandbox\"\n", "");
    // Another profile makes it a choice.
    world.write_config(&format!(
        "{config}\n[profiles.bank]\napi_url = \"https://bank.example\"\n"
    ));
    approve(&world)
        .exits(2)
        .says("no provider entry belongs to the API")
        .hints("`stepup config set provider sandbox --profile sandbox`");
    no_token_was_made(&world);
    world
        .stepup("config set provider sandbox --profile sandbox")
        .exits(0);
    approve(&world).exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn b5_16_an_address_of_this_run_gets_a_token_of_the_entry_that_is_typed_and_of_no_other() {
    let world = World::new();
    let config = world.config_text();
    let elsewhere = config.replace(world.api_url(), "https://bank.example");
    world.write_config(&elsewhere);
    let at = |words: &str| {
        approve(&world)
            .args(words)
            .env("STEPUP_API_URL", world.api_url())
            .env("STEPUP_API_TOKEN", world.credential())
    };
    let refused = |run: Run, reason: &str| {
        run.exits(2)
            .says(reason)
            .hints("with the flag `--provider NAME`");
        no_token_was_made(&world);
    };
    refused(at(""), "no provider entry belongs to the API");
    refused(
        at("--ceremony local"),
        "no provider entry belongs to the API",
    );
    refused(
        at("").env("STEPUP_PROVIDER", "sandbox"),
        "the provider entry `sandbox` does not belong to the API",
    );
    // Without any profile nothing belongs to anybody.
    let start = elsewhere.find("[providers").unwrap();
    world.write_config(&elsewhere[start..]);
    refused(at(""), "no provider entry belongs to the API");
    at("--provider sandbox").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn b5_16_an_entry_may_list_the_origins_of_its_apis() {
    let world = World::new();
    let config = world.config_text();
    let config = config.replace("provider = \"sandbox\"\n", "");
    let listed = |origin: &str| {
        world.write_config(&format!("{config}api_origins = [\"{origin}\"]\n"));
    };
    let here = world.api_url().to_owned();
    // Another scheme, another port, another host.
    for other in [
        &here.replace("http:", "https:"),
        "http://127.0.0.1:9",
        "https://bank.example",
    ] {
        listed(other);
        approve(&world).exits(5).says("and `sandbox` belongs to");
        no_token_was_made(&world);
    }
    listed(&here);
    approve(&world).exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn rfc9728_two_entries_with_the_trusted_issuer_are_two_too_many() {
    let world = World::with(&["resource_metadata=yes"]);
    world.add_second_entry("second", world.issuer());
    approve(&world)
        .exits(2)
        .says("several providers are configured and nothing says which to use");
    no_token_was_made(&world);
}

/// A configuration from before entries belonged to APIs.
fn unlinked(switches: &[&str]) -> World {
    let world = World::with(switches);
    let config = world.config_text();
    world.write_config(&config.replace("provider = \"sandbox\"\n", ""));
    world
}

#[test]
fn an_older_configuration_is_linked_by_the_command_that_the_refusal_names() {
    for ceremony in ["auto", "local"] {
        let world = unlinked(&[]);
        let run = || approve(&world).args("--ceremony").arg(ceremony);
        run()
            .exits(2)
            .says("no provider entry belongs to the API")
            .hints("`stepup config set provider sandbox --profile sandbox`");
        no_token_was_made(&world);
        world
            .stepup("config set provider sandbox --profile sandbox")
            .exits(0);
        run().exits(0);
        world.api().saw_one_approval("4211");
    }
}

#[test]
fn an_older_configuration_is_linked_by_a_question_once() {
    let world = unlinked(&[]);
    let words = format!(
        "approve 4211 4213 --yes --browser {}",
        shell_words::quote(&crate::process::person("key"))
    );
    let asked = |answer: &str| {
        let mut running = world.on_a_terminal(&words).start();
        running.prints("Yes is written to the configuration");
        running.types(answer);
        running.end()
    };
    let before = world.config_text();
    let outcome = asked("n\r");
    assert_eq!(outcome.code, Some(2), "{outcome}");
    assert_eq!(world.config_text(), before);
    no_token_was_made(&world);

    let outcome = asked("y\r");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert_eq!(
        outcome
            .stdout
            .matches("Yes is written to the configuration [y/N] y\r\n")
            .count(),
        1,
        "{outcome}"
    );
    assert!(
        world.config_text().contains("\nprovider = \"sandbox\"\n"),
        "{}",
        world.config_text()
    );
}

#[test]
fn a_hosted_step_up_needs_no_link_and_asks_for_none() {
    let world = unlinked(&["ceremony=hosted"]);
    approve(&world).exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn an_entry_that_is_added_to_the_only_profile_is_its_apis() {
    let world = World::new();
    let config = world.config_text();
    let (profile, _) = config.split_once("[providers").unwrap();
    world.write_config(&profile.replace("provider = \"sandbox\"\n", ""));
    let add = |name: &str, client: &str| {
        world
            .stepup("provider add generic --acr-value phr --issuer")
            .arg(world.issuer())
            .args("--client-id")
            .arg(client)
            .args("--name")
            .arg(name)
            .run()
    };
    let outcome = add("sandbox", "stepup-cli");
    outcome
        .exits(0)
        .says("uses `sandbox` from now on")
        .prints(&format!("belongs to: {}", world.api_url()));
    approve(&world).exits(0);
    world.api().saw_one_approval("4211");
    // Which of two is meant, a person says.
    add("second", "other")
        .exits(0)
        .says("belongs to no API yet");
    assert!(world.config_text().contains("provider = \"sandbox\"\n"));
}

#[test]
fn an_entry_that_belongs_to_no_api_is_told_before_it_is_needed() {
    let world = unlinked(&[]);
    let says = "belongs to no API yet";
    let doctor = |world: &World| world.stepup("doctor sandbox").env("COLUMNS", "200").run();
    doctor(&world).prints(says);
    let test = |world: &World| {
        let run = world.stepup("provider test sandbox --acr-value phr");
        run.run_with("key")
    };
    test(&world).exits(0).prints(says);
    world.stepup("config set provider sandbox").exits(0);
    for outcome in [doctor(&world), test(&world)] {
        assert!(!outcome.stdout.contains(says), "{outcome}");
    }
}
