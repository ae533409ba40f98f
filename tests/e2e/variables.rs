//! Flags, their variables, and which of them wins.

use clap::CommandFactory;
use stepup::cli::Cli;

use crate::world::World;

/// No flag without its variable, `--help` and `--version` aside.
#[test]
fn every_flag_and_argument_has_a_variable() {
    fn check(command: &clap::Command, missing: &mut Vec<String>) {
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str();
            let variable = arg.get_env().and_then(std::ffi::OsStr::to_str);
            if !["help", "version"].contains(&id)
                && !variable.is_some_and(|name| name.starts_with("STEPUP_"))
            {
                missing.push(format!("{} {id}", command.get_name()));
            }
        }
        for subcommand in command.get_subcommands() {
            check(subcommand, missing);
        }
    }
    let mut missing = Vec::new();
    check(&Cli::command(), &mut missing);
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_whole_approval_can_be_asked_for_by_variables() {
    let world = World::new();
    let run = world
        .stepup("approve")
        .env("STEPUP_TASK", "4214")
        .env("STEPUP_YES", "1")
        .env("STEPUP_OUTPUT", "json")
        .env("STEPUP_COMMENT", "by variables")
        .env("STEPUP_PROFILE", "sandbox")
        .env("STEPUP_PROVIDER", "sandbox")
        .env("STEPUP_TIMEOUT", "20s")
        .env("STEPUP_LOGIN_HINT", "mira.chen")
        .env("STEPUP_QUIET", "1")
        .env("STEPUP_BROWSER", crate::process::person("key"));
    let outcome = run.run();
    assert_eq!(outcome.exits(0).stdout_json()["outcome"], "approved");
    outcome.does_not_say("for how long");
    world.api().saw_one_approval("4214");
}

#[test]
fn a_variable_that_says_no_means_no() {
    let world = World::new();
    for no in ["0", "false", "no", "off"] {
        let outcome = world.stepup("approve 4212").env("STEPUP_YES", no).run();
        outcome.exits(2).says("needs your confirmation");
    }
    world.api().saw_no_approval();
}

#[test]
fn a_flag_wins_over_its_variable() {
    let world = World::new();
    let run = world.stepup("whoami -o text").env("STEPUP_OUTPUT", "json");
    run.run().exits(0).prints("Mira Chen\n");
}

#[test]
fn a_variable_with_nonsense_in_it_is_a_mistake() {
    let world = World::new();
    for (name, value) in [
        ("STEPUP_TIMEOUT", "soon"),
        ("STEPUP_COLOR", "pink"),
        ("STEPUP_HTTP_TIMEOUT", "never"),
    ] {
        let outcome = world.approve("4212").env(name, value).run();
        outcome.exits(2).says(value);
    }
    world.api().saw_no_approval();
}
