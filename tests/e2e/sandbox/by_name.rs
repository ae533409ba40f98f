//! A sandbox with a name (`stepup sandbox --as okta`): the provider entry has that name and its preset, so that the
//! first thing to type is `stepup provider test okta`.

use std::collections::BTreeSet;

use clap::ValueEnum;
use stepup_sandbox::Personality;

use crate::process::{BIN, Run, person};
use crate::world::World;

/// Whoever has a preset by that name, with the factor that does there, and how the test ends.
const NAMES: [(&str, i32); 11] = [
    ("okta", 0),
    ("okta-custom", 0),
    ("okta-classic", 0),
    ("entra", 0),
    ("entra-oidc", 0),
    ("entra-acrs", 0),
    ("auth0", 0),
    ("keycloak", 0),
    ("pingone", 0),
    ("generic", 0),
    ("google", 2),
];

#[test]
fn the_provider_is_tested_by_the_name_that_was_typed() {
    for (name, code) in NAMES {
        let world = World::imitating(name, &[]);
        assert_eq!(world.entry(), name);
        let test = world.stepup("provider test").arg(name);
        let outcome = test.run_with("key");
        assert_eq!(outcome.code, Some(code), "{name}: {outcome}");
        let config = world.config_text();
        assert!(config.contains(&format!("\n[providers.{name}]\n")));
        let preset = if name == "entra" { "entra-acrs" } else { name };
        assert!(config.contains(&format!("\npreset = \"{preset}\"\n")));
        world.api().saw_no_approval();
    }
}

/// Each that `--as` takes is tested above, and named in the guide.
#[test]
fn every_name_is_tested_and_in_the_guide() {
    let names = Personality::value_variants().iter();
    let names = names.map(|one| one.to_possible_value().unwrap().get_name().to_owned());
    let names: BTreeSet<String> = names.collect();
    assert_eq!(names, NAMES.map(|(name, _)| name.to_owned()).into());
    let guide = include_str!("../../../docs/guide/configuration.md");
    let (_, listed) = guide.split_once("`--as` takes ").unwrap();
    let (listed, _) = listed.split_once("\n\n").unwrap();
    let unnamed = |name: &&String| !listed.contains(&format!("`{name}`"));
    assert_eq!(names.iter().find(unnamed), None);
}

/// The name that people know it by, with authentication contexts: the test, an approval, and what a context refuses.
#[test]
fn a4_entra_is_rehearsed_without_a_tenant() {
    let world = World::imitating("entra", &[]);
    let test = world.stepup("provider test entra");
    let test = test.run_with("key");
    test.exits(0).prints("acrs").prints("wanted `c1`, got `c1`");
    let refused = world.approve("4211").run_with("password");
    refused.exits(7).says("Conditional Access policy blocked");
    world.api().saw_no_approval();
    let approved = world.approve("4211").run_with("key");
    approved.exits(0).prints("c1");
    world.api().saw_one_approval("4211");
}

/// Nobody by name: the entry is the sandbox's, and no preset says what to expect.
#[test]
fn without_a_name_the_entry_is_called_sandbox() {
    let world = World::new();
    assert_eq!(world.entry(), "sandbox");
    assert!(!world.config_text().contains("preset"));
}

#[test]
fn a8_google_is_refused_before_a_browser_opens() {
    let world = World::imitating("google", &[]);
    for words in ["provider test google", "approve 4211 --yes"] {
        let outcome = world.stepup(words).run_with("key");
        outcome.exits(2).says("Google cannot do step-up");
    }
    let log = world.api().log();
    assert!(log.iter().all(|line| line.server != "provider"), "{log:#?}");
    world.api().saw_no_approval();
}

/// In a terminal, the sandbox says what to type.
#[test]
fn the_sandbox_says_what_to_type() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Run::of(BIN, home.path()).args("sandbox --as okta").start();
    sandbox.stdout(|text| {
        let tested = text.contains(&format!("\n  {BIN} provider test okta\n"));
        (tested && text.contains("(as okta)") && text.contains("Ctrl-C")).then_some(())
    });
}

/// Its list of tasks says which of them nobody needs to try.
#[test]
fn the_sandbox_says_which_tasks_cannot_be_approved() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Run::of(BIN, home.path()).args("sandbox").start();
    sandbox.prints("  4211  Grant prod-admin on AWS to Ada Novak\n");
    sandbox.prints("  4215  Grant billing on Stripe to Ada Novak (waits for somebody else)\n");
    sandbox.prints("  4216  Grant editor on Notion to Ada Novak (closed)\n");
}

/// From a configuration of one's own: whatever the entry is called, its redirect URIs are registered, with the
/// ports that `provider add` says to register.
#[test]
fn an_entry_of_ones_own_is_registered_there() {
    let world = World::imitating("okta", &[]);
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.toml");
    let run = |words: &str| {
        Run::of(BIN, home.path())
            .env("STEPUP_CONFIG", &config)
            .args(words)
    };
    let add = "provider add okta --name work --client-id stepup-cli --acr-value phr --issuer";
    run(add).arg(world.issuer()).exits(0);
    let outcome = run("provider test work --browser").arg(person("key")).run();
    outcome.exits(0).prints("redirect");
}
