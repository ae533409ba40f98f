//! Variables are settings: what is acted on, and the consent to it, is on the command line.

use stepup::internals::command_line;

use crate::world::World;

/// Consent out of the environment.
#[test]
fn no_variable_says_yes_or_what_to_approve() {
    let world = World::new();
    let run = world.stepup("approve -o json").env("STEPUP_TASK", "4212");
    let outcome = run.env("STEPUP_YES", "1").exits(2);
    outcome
        .says("`STEPUP_TASK` is set")
        .hints("give `TASK` on the command line")
        .fails_in_json("usage");
    world.api().saw_no_approval();
}

#[test]
fn a_removed_variable_is_refused_by_name_whatever_it_says() {
    let world = World::new();
    for (variable, value, instead) in [
        ("STEPUP_YES", "1", "--yes"),
        ("STEPUP_YES", "no", "--yes"),
        ("STEPUP_TASK", "4212", "TASK"),
        ("STEPUP_STDIN", "1", "--stdin"),
        ("STEPUP_TRANSACTION_ID", "x", "--transaction-id"),
        ("STEPUP_COMMENT", "because", "--comment"),
        ("STEPUP_COMMENT_FILE", "-", "--comment-file"),
        ("STEPUP_PROVIDER_ALLOW_WEAK", "1", "--allow-weak"),
        ("STEPUP_PROVIDER_ACCEPT_STRONGER", "1", "--accept-stronger"),
        ("STEPUP_PROVIDER_RANK", "a b", "--rank"),
        ("STEPUP_PROVIDER_SKEW", "600", "--skew"),
        ("STEPUP_PROVIDER_MAX_AGE", "600", "--max-age"),
        ("STEPUP_PROVIDER_NO_CHECK", "1", "--no-check"),
    ] {
        let outcome = world.approve("4212").env(variable, value).exits(2);
        outcome
            .says(&format!("`{variable}` is set"))
            .hints(&format!("`{instead}`"));
    }
    world.api().saw_no_approval();
}

/// Its method and address would be missing: the reason comes first.
#[test]
fn a_request_is_not_made_of_variables() {
    let world = World::new();
    let url = format!("{}/api/v1/auth/introspect", world.api_url());
    for (variable, value) in [
        ("STEPUP_METHOD", "GET"),
        ("STEPUP_URL", url.as_str()),
        ("STEPUP_DATA", "{}"),
        ("STEPUP_HEADER", "a: b"),
    ] {
        let outcome = world.stepup("request").env(variable, value).exits(2);
        outcome.says(&format!("`{variable}` is set"));
    }
    world.api().never_saw("/api/v1/auth/introspect");
}

/// As before for who says nothing by them.
#[test]
fn an_empty_variable_is_an_unset_one() {
    fn names(command: &clap::Command, found: &mut Vec<String>) {
        let variables = command.get_arguments().filter_map(clap::Arg::get_env);
        found.extend(variables.map(|name| name.to_str().unwrap().to_owned()));
        command
            .get_subcommands()
            .for_each(|below| names(below, found));
    }
    let mut variables = vec!["STEPUP_YES".to_owned(), "STEPUP_TASK".to_owned()];
    names(&command_line(), &mut variables);
    variables.retain(|name| name != "STEPUP_CONFIG");
    assert!(variables.len() > 30, "{variables:?}");
    let world = World::new();
    let mut runs = [
        world.approve("4212"),
        world.stepup("task list"),
        world.stepup("config list --origin"),
        world.stepup("provider test sandbox --browser true --timeout 1s"),
        world.stepup("receipt list"),
    ];
    for name in &variables {
        runs = runs.map(|run| run.env(name, ""));
    }
    let codes = runs.map(|run| {
        let outcome = run.run();
        outcome.does_not_say("STEPUP_");
        outcome.code
    });
    assert_eq!(codes, [0, 0, 0, 6, 0].map(Some));
    world.api().saw_one_approval("4212");
}

#[test]
fn settings_of_an_approval_come_from_variables() {
    let world = World::new();
    let run = world
        .approve("4214")
        .args("-m by-hand")
        .env("STEPUP_OUTPUT", "json")
        .env("STEPUP_PROFILE", "sandbox")
        .env("STEPUP_PROVIDER", "sandbox")
        .env("STEPUP_TIMEOUT", "20s")
        .env("STEPUP_LOGIN_HINT", "mira.chen")
        .env("STEPUP_QUIET", "1")
        .env("STEPUP_BROWSER", crate::process::person("key"));
    let outcome = run.run();
    assert_eq!(outcome.exits(0).stdout_json()["outcome"], "approved");
    outcome.does_not_say("duration:");
    world.api().saw_one_approval("4214");
}

#[test]
fn a_variable_that_says_no_means_no() {
    let world = World::new();
    for no in ["0", "false", "no", "off"] {
        let run = world.stepup("whoami").env("STEPUP_JSON", no);
        run.exits(0).prints("Mira Chen\n");
    }
}

#[test]
fn a_flag_wins_over_its_variable() {
    let world = World::new();
    let run = world.stepup("whoami -o text").env("STEPUP_OUTPUT", "json");
    run.exits(0).prints("Mira Chen\n");
}

#[test]
fn a_variable_with_nonsense_in_it_is_a_mistake() {
    let world = World::new();
    for (name, value) in [
        ("STEPUP_TIMEOUT", "soon"),
        ("STEPUP_COLOR", "pink"),
        ("STEPUP_HTTP_TIMEOUT", "never"),
    ] {
        world.approve("4212").env(name, value).exits(2).says(value);
    }
    world.api().saw_no_approval();
}

/// Each in its own way says how to get to a browser; what is typed replaces them all.
#[test]
fn a_typed_way_to_the_browser_replaces_the_variables_of_the_others() {
    let world = World::new();
    for (typed, variable) in [
        ("--remote", ("STEPUP_BROWSER", "firefox")),
        ("--no-browser", ("STEPUP_BROWSER", "firefox")),
        ("--browser false", ("STEPUP_REMOTE", "true")),
        ("--browser false", ("STEPUP_NO_BROWSER", "true")),
    ] {
        let run = world.stepup(&format!("approve 4211 --dry-run {typed}"));
        run.env(variable.0, variable.1).exits(0);
    }
    let two = world.stepup("approve 4211 --dry-run --remote --browser false");
    two.exits(2).says("cannot be used with");
}
