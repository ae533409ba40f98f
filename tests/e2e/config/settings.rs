//! `config list|get|set|unset`: what holds, where it comes from, and how it gets into the file.

use serde_json::Value;

use crate::process::{BIN, Run};
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
    world.stepup("config set ceremony local").exits(0);
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
}

#[test]
fn what_is_set_holds_and_what_is_unset_does_not() {
    let world = World::new();
    world.write_config(&format!("# by hand\n{}", world.config_text()));
    let before = world.config_text();
    let outcome = world.stepup("config set ceremony hosted").exits(0);
    outcome.prints("profile `sandbox` has ceremony = hosted");
    assert!(world.config_text().starts_with("# by hand\n"));
    assert!(world.config_text().contains("ceremony = \"hosted\"\n"));
    // The sandbox asks for a local one, and nothing else than what was asked for is done.
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(2).says("the hosted ceremony was asked for");
    world.stepup("config unset ceremony").exits(0);
    assert_eq!(world.config_text(), before);
    world.api().saw_no_approval();
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let world = World::new();
    let before = world.config_text();
    for (words, reason, hint) in rows! {
        "ceremony remote", "`ceremony` cannot be `remote`", "nothing was written";
        "ceremny local", "unknown setting `ceremny`", "did you mean `ceremony`?";
        "api_url http://api.example", "it must be https", "nothing was written";
        "provider okta", "there is no provider entry `okta`", "nothing was written";
        "provider okta", "there is no provider entry `okta`", "make it with `stepup provider add okta`";
        "provider sandbux", "there is no provider entry `sandbux`", "did you mean `sandbox`?";
        "default_profile acme", "`default_profile` cannot be `acme`", "nothing was written";
    } {
        let outcome = world.stepup(&format!("config set {words}")).run();
        outcome.exits(2).says(reason).hints(hint);
        assert_eq!(world.config_text(), before, "{words}");
    }
    let several = world.stepup("config set provider").arg("sandbox okta");
    several.exits(2).says("there is no provider entry `okta`");
    assert_eq!(world.config_text(), before);
    let outcome = world.stepup("config unset api_url").exits(2);
    outcome
        .says("`api_url` cannot be unset: the profile `sandbox`")
        .hints("stepup config set api_url URL --profile sandbox")
        .hints("stepup logout --profile sandbox");
    assert_eq!(world.config_text(), before);
}

#[test]
fn the_profiles_are_listed_and_a_login_says_which_stays_the_default() {
    let world = World::new();
    let url = "https://acme.conductor.one";
    let made = world.stepup(&format!("config set api_url {url} --profile acme"));
    made.exits(0);
    world.stepup("config set default_profile sandbox").exits(0);
    let listed = world.stepup("config list").exits(0);
    listed
        .says("profile acme: acme.conductor.one")
        .says("profile sandbox: 127.0.0.1:")
        .says("(in use)");
    let document = world.stepup("config list -o json").exits(0).stdout_json();
    let profiles = document["profiles"].as_array().unwrap();
    let in_use = |profile: &Value| profile["in_use"] == true;
    let names: Vec<&Value> = profiles.iter().map(|profile| &profile["name"]).collect();
    assert_eq!(names, ["acme", "sandbox"]);
    assert_eq!(profiles.iter().filter(|one| in_use(one)).count(), 1);
    world.stepup("config set default_profile acme").exits(0);
    let run = world
        .stepup("login --token-stdin --profile sandbox")
        .stdin(&world.credential());
    run.exits(0)
        .prints("the default stays `acme`")
        .prints("`stepup config set default_profile sandbox`");
}

#[test]
fn a_secret_is_neither_set_nor_repeated() {
    let world = World::new();
    let before = world.config_text();
    let outcome = world.stepup("config set client_secret hunter2").exits(2);
    outcome.says("secrets live in the credential store");
    outcome.does_not_say("hunter2");
    assert_eq!(world.config_text(), before);
}

#[test]
fn a_profile_that_is_not_there_takes_no_settings() {
    let world = World::new();
    let outcome = world.stepup("config set ceremony local -p acme").exits(2);
    outcome
        .says("there is no profile `acme`")
        .hints("`stepup config set api_url URL --profile acme`");
}

/// Every setting that is listed can be set, shows its value, and can be unset.
#[test]
fn what_is_listed_can_be_set() {
    let world = World::new();
    let outcome = world.stepup("config list --json").run();
    let document = outcome.exits(0).stdout_json();
    let settings = document["settings"].as_array().unwrap();
    for setting in settings {
        let name = setting["name"].as_str().unwrap();
        let value = match name {
            "api_key_form" => "plain",
            "api_url" => "https://other.example/",
            "ceremony" => "local",
            "color" => "never",
            "default_profile" | "provider" => "sandbox",
            "http_timeout" | "timeout" => "7s",
            "no_browser" | "remote" => "true",
            "completion_titles" => "false",
            "evidence" => "off",
            // Another one would change how it is shown below.
            "output" => "text",
            "receipt_log" => "/nowhere/log.jsonl",
            "store" => "file",
            _ => "somebody",
        };
        let before = world.config_text();
        world.stepup(&format!("config set {name} {value}")).exits(0);
        let got = world.stepup(&format!("config get {name}")).run();
        assert_eq!(got.exits(0).stdout, format!("{value}\n"), "{name}");
        if !before.contains(&format!("{name} = ")) {
            world.stepup(&format!("config unset {name}")).exits(0);
        }
        world.write_config(&before);
    }
}

#[test]
fn a_mistake_in_a_setting_names_what_was_typed_and_no_line_of_the_file() {
    let world = World::new();
    let before = world.config_text();
    for (words, reason, hint) in rows! {
        "timeout soon", "`timeout` cannot be `soon`: write it with its unit", "another value";
        "color red", "`color` cannot be `red`: it is one of `auto`", "another value";
        "no_browser maybe", "`no_browser` cannot be `maybe`", "another value";
        "quiet true", "unknown setting `quiet`", "`--quiet`";
        "acr_values phr", "unknown setting `acr_values`", "stepup provider edit";
        "url acme", "unknown setting `url`", "did you mean `api_url`?";
        "nonsense 1", "unknown setting `nonsense`", "`stepup config list`";
    } {
        let outcome = world.stepup(&format!("config set {words}")).run();
        outcome.exits(2).says(reason).hints(hint);
        outcome.does_not_say("line ");
        outcome.does_not_say(".md");
        assert_eq!(world.config_text(), before, "{words}");
    }
    let outcome = world.stepup("config unset quiet").exits(2);
    outcome.says("unknown setting `quiet`");
}

/// The flag goes before the variable before the profile before the top of the file.
#[test]
fn a_setting_of_the_file_is_what_a_flag_says_by_default() {
    let world = World::new();
    let waits = |run: Run| run.args("--no-browser").exits(6).stderr.clone();
    world.stepup("config set timeout 1s").exits(0);
    assert!(waits(world.approve("4211")).contains("(up to 1s)"));
    world.stepup("config set timeout 2s -p sandbox").exits(0);
    assert!(waits(world.approve("4211")).contains("(up to 2s)"));
    let by_variable = world.approve("4211").env("STEPUP_TIMEOUT", "3s");
    assert!(waits(by_variable).contains("(up to 3s)"));
    let by_flag = world
        .approve("4211")
        .env("STEPUP_TIMEOUT", "3s")
        .args("--timeout 1s");
    assert!(waits(by_flag).contains("(up to 1s)"));
    world.api().saw_no_approval();

    world.stepup("config set output json").exits(0);
    world.stepup("whoami").exits(0).stdout_json();
    holds(&world, "", "output", "json", "file", "-");
}

/// What is typed about the browser replaces whatever is set about it.
#[test]
fn a_browser_that_is_typed_goes_before_one_that_is_set() {
    let world = World::new();
    world.stepup("config set no_browser true").exits(0);
    world.stepup("config set timeout 1s").exits(0);
    world.approve("4211").exits(6);
    world.api().saw_no_approval();
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

/// The configuration decides what is started: others may not write it.
#[cfg(unix)]
#[test]
fn a_browser_in_a_file_that_others_can_write_is_not_started() {
    let world = World::new();
    let script = world.script("browser", "touch started");
    let command = script.to_str().unwrap();
    world.stepup("config set browser").arg(command).exits(0);
    let file = world.config().join("config.toml");
    crate::world::set_mode(&file, 0o666);
    world.approve("4211").exits(2);
    assert!(!world.path("started").exists());
    world.api().saw_no_approval();
}

#[test]
fn an_address_makes_the_profile() {
    let home = tempfile::tempdir().unwrap();
    let stepup = |words: &str| Run::of(BIN, home.path()).args(words);
    let outcome = stepup("config set api_url acme").exits(0);
    outcome
        .prints("the profile `acme` is made, with api_url = https://acme.conductor.one/")
        .prints("stepup login");
    let outcome = stepup("config set api_url other.example/api/v1 --profile new").exits(0);
    outcome.prints("https://other.example/");
    let text = std::fs::read_to_string(home.path().join(".config/stepup/config.toml")).unwrap();
    assert!(
        text.contains("[profiles.acme]") && text.contains("[profiles.new]"),
        "{text}"
    );
    assert!(text.contains("default_profile = \"acme\""), "{text}");
    let outcome = stepup("config set api_url http://other.example --profile third").exits(2);
    outcome.says("is not the URL of an API");
}

/// Else its defaults would pass for what somebody had set.
#[test]
fn a_profile_that_is_not_there_has_no_settings_to_show() {
    let world = World::new();
    for words in ["config get ceremony -p acme", "config list -p acme"] {
        let outcome = world.stepup(words).exits(2);
        outcome.says("there is no profile `acme`");
        assert_eq!(outcome.stdout, "");
    }
}
