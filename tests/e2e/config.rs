//! The configuration file, the flags and their variables: mistakes are found before anything is asked,
//! and explained; what is right works.

use std::net::TcpListener;

use clap::CommandFactory;
use stepup::cli::Cli;

use crate::world::World;

/// With this change to the file, nothing is asked of anybody.
#[track_caller]
fn mistake(from: &str, to: &str, reason: &str, hint: &str) {
    let world = World::new();
    let text = world.config_text();
    assert!(text.contains(from), "{text}");
    world.write_config(&text.replacen(from, to, 1));
    let outcome = world
        .approve("4211")
        .args("-o json")
        .signing_in_with("key")
        .run();
    outcome
        .exits(2)
        .says(reason)
        .hints(hint)
        .fails_in_json("usage");
    assert!(world.api().log().is_empty());
    world.api().saw_no_approval();
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
    let reason = "`client_secret` does not belong in `[providers.sandbox]`, line 11";
    mistake(from, to, reason, "store it with");
}

#[test]
fn a_secret_in_the_file_is_not_quoted() {
    let world = World::new();
    world.add_to_entry("client_secret = \"hunter2\"");
    world.approve("4211").run().exits(2).does_not_say("hunter2");
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
    world
        .approve("4211")
        .run()
        .exits(2)
        .says("is not UTF-8 text");
    world.api().saw_no_approval();
}

#[test]
fn a_file_that_cannot_be_read() {
    let world = World::new();
    let file = world.config().join("config.toml");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let run = world.stepup("approve 4211 --yes --config").arg(&file);
    run.run().exits(2).says("config.toml");
    world.api().saw_no_approval();
}

#[test]
fn a_profile_that_is_not_there() {
    let world = World::new();
    let outcome = world.approve("4211").args("--profile sandbos").run();
    outcome
        .exits(2)
        .says("there is no profile `sandbos`")
        .hints("did you mean `sandbox`?");
    world.api().saw_no_approval();
}

#[test]
fn a_provider_entry_that_is_not_there() {
    let world = World::new();
    let outcome = world.approve("4211").args("--provider okta").run();
    outcome
        .exits(2)
        .says("there is no provider entry `okta`")
        .hints("`sandbox`");
    world.api().saw_no_approval();
}

#[test]
fn a_configuration_that_is_not_there() {
    let world = World::new();
    let outcome = world
        .approve("4211")
        .args("--config nowhere/config.toml")
        .run();
    outcome
        .exits(2)
        .says("there is no configuration at")
        .hints("--config");
    let outcome = world.approve("4211").args("--config .").run();
    outcome.exits(2).says("holds no `config.toml`");
    world.api().saw_no_approval();
}

#[test]
fn no_configuration_at_all() {
    let world = World::new();
    let outcome = world.approve("4211").without_env("STEPUP_CONFIG").run();
    outcome
        .exits(2)
        .says("no profile is configured")
        .hints("stepup config path");
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
    assert_eq!(outcome.exits(0).stdout_text(), expected);
    world
        .approve("4212")
        .without_env("STEPUP_CONFIG")
        .run()
        .exits(0);
    world.api().saw_one_approval("4212");
}

#[test]
fn an_api_url_without_tls_on_the_command_line() {
    let world = World::new();
    let outcome = world
        .approve("4211")
        .args("--api-url http://api.example")
        .run();
    outcome
        .exits(2)
        .says("`http://api.example` cannot be the API's address");
    let outcome = world
        .approve("4211")
        .args("--api-url ftp://127.0.0.1")
        .run();
    outcome.exits(2).hints("https://acme.conductor.one");
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
        let outcome = world.stepup(words).run();
        outcome.exits(2).says("api.example` cannot be");
        outcome.does_not_say("hunter2");
    }
    world.api().saw_no_approval();
}

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

/// The sandbox's other client, which has a secret; its entry is the only one.
fn confidential(method: &str) -> World {
    let world = World::new();
    let text = world
        .config_text()
        .replace("providers.sandbox", "providers.sandbox-confidential")
        .replace(
            "provider = \"sandbox\"",
            "provider = \"sandbox-confidential\"",
        )
        .replace("\"stepup-cli\"", "\"stepup-confidential\"");
    world.write_config(&text);
    world.add_to_entry(&format!("client_auth = \"{method}\""));
    world
}

#[test]
fn a_confidential_client_proves_itself_with_basic() {
    let world = confidential("client_secret_basic");
    world.approve("4211").signing_in_with("key").run().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_confidential_client_proves_itself_with_post() {
    let world = confidential("client_secret_post");
    world.approve("4211").signing_in_with("key").run().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_confidential_client_with_a_wrong_secret_is_told_so() {
    let world = confidential("client_secret_basic");
    let mut secrets = world.secrets();
    secrets["client-secret/sandbox-confidential"] = "wrong".into();
    world.write_secrets(&secrets);
    let outcome = world.approve("4211").signing_in_with("key").run();
    outcome.exits(2).says("`invalid_client`");
    world.api().saw_no_approval();
}

#[test]
fn a_confidential_client_without_its_secret_opens_no_browser() {
    let world = confidential("client_secret_post");
    let mut secrets = world.secrets();
    let secret = secrets
        .as_object_mut()
        .unwrap()
        .remove("client-secret/sandbox-confidential")
        .unwrap();
    world.write_secrets(&secrets);
    let outcome = world.approve("4211").signing_in_with("key").run();
    outcome
        .exits(2)
        .says("no credential `client-secret/sandbox-confidential` is kept")
        .hints("stepup config set-secret");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();

    let run = world.stepup("config set-secret sandbox-confidential");
    let outcome = run.stdin(secret.as_str().unwrap()).run();
    outcome
        .exits(0)
        .prints("the client secret of `sandbox-confidential` is kept in");
    world.approve("4211").signing_in_with("key").run().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn the_redirect_may_go_to_localhost() {
    let world = World::new();
    world.add_to_entry("redirect_host = \"localhost\"");
    let running = world.approve("4211").args("--no-browser").start();
    let url = running.start_url();
    assert!(url.starts_with("http://localhost:"), "{url}");
    world.sign_in(&url, "key").exits(0);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn the_answer_may_come_as_a_form() {
    let world = World::new();
    world.add_to_entry("response_mode = \"form_post\"");
    world.approve("4211").signing_in_with("key").run().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next_of_the_list() {
    let world = World::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let port = taken.local_addr().unwrap().port();
    world.add_to_entry(&format!("ports = [{port}, {free}]"));
    let running = world.approve("4211").args("--no-browser").start();
    let url = running.start_url();
    assert!(
        url.starts_with(&format!("http://127.0.0.1:{free}/")),
        "{url}"
    );
    world.sign_in(&url, "key").exits(0);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn ports_that_are_all_taken_are_named() {
    let world = World::new();
    let taken = [0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).unwrap());
    let [one, two] = taken
        .each_ref()
        .map(|taken| taken.local_addr().unwrap().port());
    world.add_to_entry(&format!("ports = [{one}, {two}]"));
    let outcome = world.approve("4211").signing_in_with("key").run();
    outcome
        .exits(1)
        .says(&one.to_string())
        .says(&two.to_string())
        .hints("free one of the ports")
        .does_not_say("/start/");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

#[test]
fn a_proxy_is_never_used_for_loopback() {
    let world = World::new();
    let mut run = world.approve("4211").signing_in_with("key");
    for name in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        run = run.env(name, "http://127.0.0.1:1");
    }
    run.run().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_file_of_authorities_that_is_not_there_is_a_mistake() {
    let world = World::new();
    world.add_to_entry("ca_file = \"ca.pem\"");
    let outcome = world.approve("4211").signing_in_with("key").run();
    outcome.exits(2).says("ca.pem");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}
