//! `config list|get|set|unset`: what holds, where it comes from, and how it gets into the file.

use crate::world::World;

/// One setting of `config list --json`, as (value, origin's kind, origin's name).
fn listed(world: &World, words: &str, name: &str) -> (String, String, String) {
    let outcome = world.stepup("config list --json").args(words).run();
    let document = outcome.exits(0).stdout_json();
    let settings = document["settings"].as_array().unwrap();
    let setting = settings.iter().find(|setting| setting["name"] == name);
    let setting = setting.unwrap_or_else(|| panic!("no {name}: {document}"));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    (
        text(&setting["value"]),
        text(&setting["origin"]["kind"]),
        text(&setting["origin"]["name"]),
    )
}

#[track_caller]
fn holds(world: &World, words: &str, name: &str, value: &str, kind: &str, origin: &str) {
    let (found, found_kind, found_origin) = listed(world, words, name);
    assert_eq!(
        (found.as_str(), found_kind.as_str(), found_origin.as_str()),
        (value, kind, origin)
    );
}

#[test]
fn a_flag_goes_before_a_variable_before_the_profile_before_the_default() {
    let world = World::new();
    let api = world.api_url().to_owned();
    holds(&world, "", "color", "auto", "default", "-");
    holds(&world, "--color never", "color", "never", "flag", "--color");
    holds(&world, "", "ceremony", "auto", "default", "-");
    holds(&world, "", "api_url", &api, "profile", "sandbox");
    let other = "https://other.example";
    let words = format!("--api-url {other}");
    holds(&world, &words, "api_url", other, "flag", "--api-url");
    world.stepup("config set ceremony local").run().exits(0);
    holds(&world, "", "ceremony", "local", "profile", "sandbox");
    let listing = world.stepup("config list --origin");
    let outcome = listing.env("STEPUP_CEREMONY", "hosted").run();
    let mut lines = outcome.exits(0).stdout.lines();
    let line = lines.find(|line| line.starts_with("ceremony"));
    let words: Vec<&str> = line.unwrap().split_whitespace().collect();
    assert_eq!(words, ["ceremony", "STEPUP_CEREMONY", "hosted"]);
}

#[test]
fn one_setting_is_for_scripts() {
    let world = World::new();
    let outcome = world.stepup("config get provider").run();
    assert_eq!(outcome.exits(0).stdout, "sandbox\n");
    let outcome = world.stepup("config get login_hint").run();
    assert_eq!(outcome.exits(0).stdout, "\n");
    let outcome = world.stepup("config get ceremonie").run();
    outcome.exits(2).hints("did you mean `ceremony`?");
}

#[test]
fn what_is_set_holds_and_what_is_unset_does_not() {
    let world = World::new();
    world.write_config(&format!("# by hand\n{}", world.config_text()));
    let before = world.config_text();
    let outcome = world.stepup("config set ceremony hosted").run();
    outcome
        .exits(0)
        .prints("profile `sandbox` has ceremony = hosted");
    assert!(world.config_text().starts_with("# by hand\n"));
    assert!(world.config_text().contains("ceremony = \"hosted\"\n"));
    // The sandbox asks for a local one, and nothing else than what was asked for is done.
    let outcome = world.approve("4211").signing_in_with("key").run();
    outcome.exits(2).says("the hosted ceremony was asked for");
    world.stepup("config unset ceremony").run().exits(0);
    assert_eq!(world.config_text(), before);
    world.api().saw_no_approval();
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let world = World::new();
    let before = world.config_text();
    for (words, reason, hint) in [
        (
            "ceremony remote",
            "`ceremony` cannot be `remote`",
            "nothing was written",
        ),
        (
            "ceremny local",
            "unknown key `ceremny`",
            "did you mean `ceremony`?",
        ),
        (
            "api_url http://api.example",
            "it must be https",
            "nothing was written",
        ),
        (
            "provider okta",
            "`provider` cannot be `okta`",
            "nothing was written",
        ),
        (
            "default_profile acme",
            "`default_profile` cannot be `acme`",
            "nothing was written",
        ),
    ] {
        let outcome = world.stepup(&format!("config set {words}")).run();
        outcome.exits(2).says(reason).hints(hint);
        assert_eq!(world.config_text(), before, "{words}");
    }
    let outcome = world.stepup("config unset api_url").run();
    outcome.exits(2).says("`api_url` is missing");
    assert_eq!(world.config_text(), before);
}

#[test]
fn a_secret_is_neither_set_nor_repeated() {
    let world = World::new();
    let before = world.config_text();
    let outcome = world.stepup("config set client_secret hunter2").run();
    outcome
        .exits(2)
        .says("secrets live in the credential store");
    outcome.does_not_say("hunter2");
    assert_eq!(world.config_text(), before);
}

#[test]
fn a_profile_that_is_not_there_takes_no_settings() {
    let world = World::new();
    let outcome = world.stepup("config set ceremony local -p acme").run();
    outcome.exits(2).says("there is no profile `acme`");
}

/// Else its defaults would pass for what somebody had set.
#[test]
fn a_profile_that_is_not_there_has_no_settings_to_show() {
    let world = World::new();
    for words in ["config get ceremony -p acme", "config list -p acme"] {
        let outcome = world.stepup(words).run();
        outcome.exits(2).says("there is no profile `acme`");
        assert_eq!(outcome.stdout, "");
    }
}
