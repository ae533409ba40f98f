//! The configuration file: mistakes are found before anything is asked, and explained; and where it is looked for.

use crate::world::World;

/// What is wrong with a file, and at which line, is in the unit tests of its reader.
#[test]
fn a_mistake_in_the_file_is_named_before_anything_is_asked() {
    let client = "\nclient_id = ";
    for (from, to, reason, hint) in rows! {
        "acr_values", "acr_value", "unknown key `acr_value` in `[providers.sandbox]`, line 12 of `", "did you mean `acr_values`?";
        "\"file\"", "\"files\"", "`store` cannot be `files`", "did you mean `file`?";
        client, "\nid_token_algs = [\"none\"]\nclient_id = ", "`id_token_algs` cannot be `none`", "correct that line";
        client, "\nclient_secret = \"hunter2\"\nclient_id = ", "`client_secret` is refused in `[providers.sandbox]`, line 11", "store it with";
    } {
        let world = World::new();
        let text = world.config_text();
        assert!(text.contains(from), "{text}");
        world.write_config(&text.replacen(from, to, 1));
        world.refuses(2, "usage", reason, hint);
        assert!(world.api().log().is_empty());
    }
}

#[test]
fn a_file_that_cannot_be_read() {
    let world = World::new();
    let file = world.config().join("config.toml");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let run = world.stepup("approve 4211 --yes --config").arg(&file);
    run.exits(2).says("config.toml");
    world.api().saw_no_approval();
}

/// The first thing that a stranger sees names the command that helps.
#[test]
fn without_any_profile_or_entry_the_hint_is_how_to_make_one() {
    let world = World::new();
    for (words, said, hint) in rows! {
        "approve 4211 -p acme", "there is no profile `acme`", "stepup login TENANT";
        "provider test okta", "there is no provider entry `okta`", "stepup provider add okta";
    } {
        let outcome = world.stepup(words).without_env("STEPUP_CONFIG").exits(2);
        outcome.says(said).hints(hint);
        outcome.does_not_say("there is: ``");
    }
    world.api().saw_no_approval();
}

#[test]
fn the_default_place_is_in_the_home_folder() {
    let world = World::new();
    let place = world.path(".config/stepup");
    std::fs::create_dir_all(&place).unwrap();
    for name in ["config.toml", "credentials.json"] {
        std::fs::copy(world.config().join(name), place.join(name)).unwrap();
    }
    let outcome = world
        .stepup("config path")
        .without_env("STEPUP_CONFIG")
        .run();
    let expected = format!("{}\n", place.join("config.toml").display());
    assert_eq!(outcome.exits(0).stdout, expected);
    world.approve("4212").without_env("STEPUP_CONFIG").exits(0);
    world.api().saw_one_approval("4212");
}

#[test]
fn a_password_in_an_address_is_neither_used_nor_repeated() {
    let world = World::new();
    for words in [
        "approve 4211 --yes --api-url https://mira:hunter2@api.example",
        "config list --api-url https://mira:hunter2@api.example",
        "login https://:hunter2@api.example",
    ] {
        let outcome = world.stepup(words).exits(2);
        outcome.says("api.example` is not the URL of an API");
        outcome.does_not_say("hunter2");
    }
    world.api().saw_no_approval();
}

/// Whoever writes the configuration decides where tokens go.
#[cfg(unix)]
#[test]
fn a_configuration_that_others_can_write_is_not_read() {
    let world = World::new();
    let (folder, file) = (world.config(), world.config().join("config.toml"));
    let approve = || world.approve("4211").signing_in_with("key");
    for (path, mode, fine) in [
        (&file, 0o666, 0o600),
        (&file, 0o620, 0o600),
        (&folder, 0o770, 0o700),
    ] {
        crate::world::set_mode(path, mode);
        let run = approve().args("-o json").exits(2);
        run.says("the configuration is not read")
            .says("can be written by other users of this machine")
            .hints(&format!("`chmod go-w {}`", path.display()))
            .fails_in_json("usage");
        assert_eq!(world.api().log().len(), 0);
        world.api().saw_no_approval();
        crate::world::set_mode(path, fine);
    }
    approve().exits(0);
    world.api().saw_one_approval("4211");
}

#[cfg(unix)]
#[test]
fn a_ca_file_that_others_can_write_is_not_trusted() {
    let world = World::new();
    let file = world.path("ca.pem");
    std::fs::write(&file, "").unwrap();
    crate::world::set_mode(&file, 0o664);
    world.add_to_entry(&format!("ca_file = \"{}\"", file.display()));
    let run = world.approve("4211").signing_in_with("key").exits(2);
    run.says("can be written by other users of this machine (mode 0664)");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}
