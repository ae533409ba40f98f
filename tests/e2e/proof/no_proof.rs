//! Okta's API tokens and its Factors API prove nothing about a person (providers.md A11): refused wherever they
//! are configured, typed or set, with the reason and the way that works, and never repeated.

use crate::process::Run;
use crate::world::World;

const TOKEN: &str = "SSWS 00s3cretS3cret";
const WHY: &str = "whoever holds it can start and finish verifications for anybody";
const INSTEAD: &str = "stepup provider add okta";
const FACTORS: &str = "/api/v1/users/00u1abc/factors/opf1/verify";

#[test]
fn a11_a_token_of_the_environment() {
    let world = World::new();
    for words in [
        "approve 4211 --yes",
        "whoami",
        "task list",
        "deny 4211 --yes -m no",
    ] {
        let outcome = world.stepup(words).env("STEPUP_API_TOKEN", TOKEN).exits(2);
        outcome
            .says("the credential in STEPUP_API_TOKEN is not used")
            .says(WHY)
            .hints(INSTEAD)
            .does_not_say("s3cret");
    }
    assert_eq!(world.api().log().len(), 0);
    world.api().saw_no_approval();
}

#[test]
fn a11_a_token_that_is_handed_over_is_not_kept() {
    let world = World::new();
    let before = world.secrets();
    for text in [TOKEN, "ssws 00s3cret\n", "Authorization: SSWS 00s3cret"] {
        let outcome = world.stepup("login --token-stdin").stdin(text).exits(2);
        outcome.says(WHY).hints(INSTEAD).does_not_say("s3cret");
    }
    world.add_to_entry("client_auth = \"client_secret_post\"");
    let outcome = world.stepup("config set-secret sandbox").stdin(TOKEN).run();
    outcome.exits(2).says(WHY).does_not_say("s3cret");
    assert_eq!(world.secrets(), before);
    assert_eq!(world.api().log().len(), 0);
}

#[test]
fn a11_a_token_that_was_kept_by_hand() {
    let world = World::new();
    let mut secrets = world.secrets();
    secrets[world.kept_as()] = TOKEN.into();
    world.write_secrets(&secrets);
    let outcome = world.approve("4211").exits(2);
    outcome.says(WHY).hints(INSTEAD).does_not_say("s3cret");
    assert_eq!(world.api().log().len(), 0);
    world.api().saw_no_approval();
}

#[test]
fn a11_a_token_in_the_configuration() {
    for line in [
        "audience = \"SSWS 00s3cret\"",
        "scopes = [\"SSWS 00s3cret\"]",
        "okta_token = \"00s3cret\"",
        "ssws = \"00s3cret\"",
    ] {
        let world = World::new();
        world.add_to_entry(line);
        let outcome = world.approve("4211").exits(2);
        outcome.says(WHY).hints(INSTEAD).does_not_say("s3cret");
        assert_eq!(world.api().log().len(), 0);
    }
}

#[test]
fn a11_a_token_on_the_command_line_of_an_entry_or_a_request() {
    let world = World::new();
    let before = world.config_text();
    let add = world
        .stepup("provider add generic --name x --issuer https://x.example --no-check --client-id")
        .arg(TOKEN)
        .exits(2);
    add.says(WHY).does_not_say("s3cret");
    assert_eq!(world.config_text(), before);
    for header in ["Authorization: SSWS 00s3cret", "X-Any: SSWS 00s3cret"] {
        let url = format!("{}/protected/echo", world.api_url());
        let outcome = world
            .stepup("request GET")
            .arg(url)
            .arg("-H")
            .arg(header)
            .exits(2);
        outcome.says(WHY).does_not_say("s3cret");
    }
    assert_eq!(world.api().log().len(), 0);
}

#[test]
fn a_token_in_quotes_behind_another_scheme_in_a_body_or_in_a_query() {
    let world = World::new();
    for text in ["\"SSWS 00s3cret\"", "Bearer SSWS 00s3cret"] {
        let outcome = world.stepup("whoami").env("STEPUP_API_TOKEN", text).run();
        outcome.exits(2).says(WHY).does_not_say("s3cret");
    }
    let url = format!("{}/protected/echo", world.api_url());
    for arguments in [
        ["--data", r#"{"Authorization": "SSWS 00s3cret"}"#, &url],
        ["--header", "X-Any: Bearer 'SSWS 00s3cret'", &url],
        [
            "--yes",
            "-i",
            &format!("{url}?authorization=SSWS%252000s3cret"),
        ],
    ] {
        let run = world.stepup("request POST");
        let outcome = arguments.into_iter().fold(run, Run::arg).exits(2);
        outcome.says(WHY).does_not_say("s3cret");
    }
    assert_eq!(world.api().log().len(), 0);
    world.api().saw_no_approval();
}

#[test]
fn a11_the_address_of_the_factors_api() {
    let why = "give no step-up proof";
    let refused = |world: &World, words: &[&str]| {
        let run = world.stepup(words[0]);
        let outcome = words[1..].iter().fold(run, Run::arg).exits(2);
        outcome.says(why).hints(INSTEAD);
        assert_eq!(world.api().log().len(), 0);
    };
    let world = World::new();
    let before = world.config_text();
    let here = format!("{}{FACTORS}", world.api_url());
    let okta = format!("https://acme.okta.com{FACTORS}");
    let authn = "https://acme.okta.com/api/v1/authn";
    refused(&world, &["whoami --api-url", &here]);
    refused(&world, &["config set api_url", &here]);
    refused(&world, &["request POST --yes", &here]);
    refused(&world, &["request GET", authn]);
    let login = world
        .stepup("login --token-stdin")
        .arg(authn)
        .stdin("token");
    login.exits(2).says(why).hints(INSTEAD);
    let add = "provider add okta --name x --client-id c --no-check --issuer";
    refused(&world, &[add, &okta]);
    assert_eq!(world.config_text(), before);

    for (key, url) in [("api_url", &okta), ("issuer", &okta)] {
        let world = World::new();
        let config = world.config_text();
        let lines = config.lines().map(|line| {
            if line.starts_with(&format!("{key} =")) {
                format!("{key} = \"{url}\"")
            } else {
                line.to_owned()
            }
        });
        world.write_config(&(lines.collect::<Vec<_>>().join("\n") + "\n"));
        refused(&world, &["approve 4211 --yes"]);
    }
}
