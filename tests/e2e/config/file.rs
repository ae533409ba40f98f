//! The configuration file: mistakes are found before anything is asked, and explained; and where it is looked for.

use crate::world::World;

/// With this change to the file, nothing is asked of anybody.
#[track_caller]
fn mistake(from: &str, to: &str, reason: &str, hint: &str) {
    let world = World::new();
    let text = world.config_text();
    assert!(text.contains(from), "{text}");
    world.write_config(&text.replacen(from, to, 1));
    world.refuses(2, "usage", reason, hint);
    assert!(world.api().log().is_empty());
}

#[test]
fn a_misspelt_key() {
    let reason = "unknown key `acr_value` in `[providers.sandbox]`, line 12 of `";
    mistake(
        "acr_values",
        "acr_value",
        reason,
        "did you mean `acr_values`?",
    );
}

#[test]
fn a_misspelt_key_at_the_top() {
    mistake(
        "store",
        "stor",
        "unknown key `stor` in line 3 of `",
        "did you mean `store`?",
    );
}

#[test]
fn a_misspelt_value() {
    let reason = "`store` cannot be `files`";
    mistake("\"file\"", "\"files\"", reason, "did you mean `file`?");
}

#[test]
fn a_value_of_another_type() {
    let from = "\nclient_id = \"stepup-cli\"";
    mistake(
        from,
        "\nclient_id = 7",
        "`client_id` must be of type string",
        "",
    );
}

#[test]
fn a_key_that_is_missing() {
    let from = "\nclient_id = \"stepup-cli\"\n";
    mistake(
        from,
        "\n",
        "`client_id` is missing in `[providers.sandbox]`",
        "",
    );
}

#[test]
fn a_key_that_is_there_twice() {
    let from = "\nclient_id = ";
    mistake(
        from,
        "\nclient_id = \"x\"\nclient_id = ",
        "is not valid TOML in line 12",
        "",
    );
}

#[test]
fn a_secret_in_the_file() {
    let from = "\nclient_id = ";
    let to = "\nclient_secret = \"hunter2\"\nclient_id = ";
    let reason = "`client_secret` is refused in `[providers.sandbox]`, line 11";
    mistake(from, to, reason, "store it with");
}

#[test]
fn a_secret_in_the_file_is_not_quoted() {
    let world = World::new();
    world.add_to_entry("client_secret = \"hunter2\"");
    world.approve("4211").exits(2).does_not_say("hunter2");
    world.api().saw_no_approval();
}

#[test]
fn an_api_without_tls() {
    let from = "api_url = \"http://127.0.0.1";
    let reason = "`api_url` cannot be `http://api.example";
    mistake(from, "api_url = \"http://api.example", reason, "");
}

#[test]
fn an_issuer_without_tls() {
    let from = "issuer = \"http://127.0.0.1";
    let reason = "`issuer` cannot be `http://idp.example";
    mistake(from, "issuer = \"http://idp.example", reason, "");
}

#[test]
fn a_default_profile_that_is_not_there() {
    let from = "default_profile = \"sandbox\"";
    let reason = "`default_profile` cannot be `sandbx`";
    mistake(
        from,
        "default_profile = \"sandbx\"",
        reason,
        "did you mean `sandbox`?",
    );
}

#[test]
fn an_algorithm_that_proves_nothing() {
    let from = "\nclient_id = ";
    let to = "\nid_token_algs = [\"HS256\"]\nclient_id = ";
    mistake(from, to, "`id_token_algs` cannot be `HS256`", "");
}

#[test]
fn a_file_that_is_not_toml() {
    mistake(
        "[profiles.sandbox]",
        "[profiles.sandbox",
        "is not valid TOML in line 5",
        "",
    );
}

#[test]
fn a_file_that_is_not_text() {
    let world = World::new();
    std::fs::write(world.config().join("config.toml"), b"store = \"\xff\"\n").unwrap();
    world.approve("4211").exits(2).says("is not UTF-8 text");
    world.api().saw_no_approval();
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

#[test]
fn a_profile_that_is_not_there() {
    let world = World::new();
    let outcome = world.approve("4211").args("--profile sandbos").exits(2);
    outcome
        .says("there is no profile `sandbos`")
        .hints("did you mean `sandbox`?");
    world.api().saw_no_approval();
}

#[test]
fn a_provider_entry_that_is_not_there() {
    let world = World::new();
    let outcome = world.approve("4211").args("--provider okta").exits(2);
    outcome
        .says("there is no provider entry `okta`")
        .hints("`sandbox`");
    world.api().saw_no_approval();
}

#[test]
fn a_configuration_that_is_not_there() {
    let world = World::new();
    world
        .approve("4211")
        .args("--config nowhere/config.toml")
        .exits(2)
        .says("there is no configuration at")
        .hints("--config");
    let outcome = world.approve("4211").args("--config .").exits(2);
    outcome.says("holds no `config.toml`");
    world.api().saw_no_approval();
}

#[test]
fn no_configuration_at_all() {
    let world = World::new();
    let outcome = world.approve("4211").without_env("STEPUP_CONFIG").exits(2);
    outcome
        .says("stepup is not set up yet: no profile is configured")
        .hints("`stepup demo`")
        .hints("`cone login TENANT`")
        .hints("`stepup login TENANT --client-id ID --client-secret-stdin < FILE`");
    world.api().saw_no_approval();
}

/// The first thing that a stranger sees names the command that helps.
#[test]
fn without_any_profile_or_entry_the_hint_is_how_to_make_one() {
    let world = World::new();
    for (words, said, hint) in rows! {
        "approve 4211", "no profile is configured", "stepup login TENANT";
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
fn an_api_url_without_tls_on_the_command_line() {
    let world = World::new();
    let outcome = world
        .approve("4211")
        .args("--api-url http://api.example")
        .exits(2);
    outcome.says("`http://api.example` is not the URL of an API");
    let outcome = world
        .approve("4211")
        .args("--api-url ftp://127.0.0.1")
        .exits(2);
    outcome.hints("https://acme.conductor.one");
    world.api().saw_no_approval();
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
