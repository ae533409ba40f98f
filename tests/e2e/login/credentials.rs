//! The API credential: where it comes from, where it goes, and what happens without one.

use serde_json::json;

use crate::elsewhere::Elsewhere;
use crate::process::Run;
use crate::world::{World, read_json};

#[test]
fn without_a_credential_nobody_is_signed_in() {
    let world = World::new();
    std::fs::remove_file(world.config().join("credentials.json")).unwrap();
    let outcome = world.approve("4211").args("-o json").run_with("key");
    outcome
        .fails(4, "signed-out", "not signed in to 127.0.0.1:")
        .hints("`stepup login`")
        .hints("STEPUP_API_TOKEN");
    assert!(world.api().log().is_empty());
    world.api().saw_no_approval();
}

#[test]
fn a_credential_that_the_api_does_not_know_is_none() {
    let world = World::new();
    let run = world.approve("4211").env("STEPUP_API_TOKEN", "expired");
    let outcome = run.signing_in_with("key").exits(4);
    outcome.says("the API did not accept the credential").hints(
        "`STEPUP_API_TOKEN` goes before the stored credential: set a valid one, or unset it",
    );
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

#[test]
fn a_credential_that_fits_into_no_header_is_none() {
    let world = World::new();
    let run = world.approve("4211").env("STEPUP_API_TOKEN", "two\nlines");
    let outcome = run.signing_in_with("key").exits(4);
    outcome.says("the API did not accept the credential");
    assert!(!outcome.stderr.contains("two"), "{outcome}");
    world.api().saw_no_approval();
}

#[test]
fn the_variable_wins_over_what_is_stored() {
    let world = World::new();
    let credential = world.credential();
    world.write_secrets(&json!({ world.kept_as(): "expired" }));
    world.stepup("whoami").exits(4);
    let run = world
        .stepup("whoami -o json")
        .env("STEPUP_API_TOKEN", credential);
    let document = run.exits(0).stdout_json();
    assert_eq!(document["credential_from"], "STEPUP_API_TOKEN");
}

#[test]
fn whoami_names_the_person_and_the_place_of_the_credential() {
    let world = World::new();
    let outcome = world.stepup("whoami").exits(0);
    outcome
        .prints("Mira Chen")
        .prints("mira.chen@sandbox.example")
        .prints("credentials.json");
    assert!(!outcome.stdout.contains(&world.credential()));
}

#[test]
fn login_keeps_a_token_that_the_api_accepts_in_a_private_file() {
    let world = World::new();
    let credential = world.credential();
    let file = world.config().join("credentials.json");
    std::fs::remove_file(&file).unwrap();
    let run = world
        .stepup("login --token-stdin -o json")
        .stdin(&format!("{credential}\n"));
    let outcome = run.run();
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.login/1");
    assert_eq!(document["profile"], "sandbox");
    assert_eq!(document["kept_in"], file.display().to_string());
    assert!(!outcome.stdout.contains(&credential) && !outcome.stderr.contains(&credential));
    #[cfg(unix)]
    assert_eq!(crate::world::mode(&file), 0o600);
    assert_eq!(read_json(&file), json!({ world.kept_as(): credential }));
    world.stepup("whoami").exits(0);
}

#[test]
fn login_does_not_keep_a_token_that_the_api_refuses() {
    let world = World::new();
    let before = world.secrets();
    let outcome = world.stepup("login --token-stdin").stdin("expired\n").run();
    outcome
        .exits(4)
        .says("the API did not accept the credential");
    assert_eq!(world.secrets(), before);
}

#[test]
fn login_wants_one_word() {
    let world = World::new();
    for text in ["", "\n", "two words\n", "b\u{f6}se\n", "esc\u{1b}ape\n"] {
        let outcome = world.stepup("login --token-stdin").stdin(text).exits(2);
        outcome.says("stdin holds no token");
    }
    assert!(world.api().log().is_empty());
}

#[test]
fn logout_forgets_the_credential_and_says_whether_there_was_one() {
    let world = World::new();
    let first = world.stepup("logout -o json").exits(0).stdout_json();
    assert_eq!(first["removed"], true);
    assert!(world.secrets().get(world.kept_as()).is_none());
    assert!(
        world
            .secrets()
            .get(world.secret_of("sandbox-confidential"))
            .is_some()
    );
    let second = world.stepup("logout -o json").exits(0).stdout_json();
    assert_eq!(second["removed"], false);
    world.stepup("whoami").exits(4);
}

#[test]
fn logout_warns_of_a_variable_that_still_signs_in() {
    let world = World::new();
    let run = world.stepup("logout").env("STEPUP_API_TOKEN", "x");
    run.exits(0).says("`STEPUP_API_TOKEN` is still set");
}

#[cfg(unix)]
#[test]
fn a_credential_file_that_others_can_read_is_not_read() {
    let world = World::new();
    let file = world.config().join("credentials.json");
    crate::world::set_mode(&file, 0o644);
    let outcome = world.approve("4211").signing_in_with("key").exits(2);
    outcome
        .says("is open to other users of this machine (mode 0644)")
        .hints("chmod 600 ");
    assert!(world.api().log().is_empty());
    world.api().saw_no_approval();
}

#[test]
fn a_damaged_credential_file_is_not_quoted() {
    let world = World::new();
    std::fs::write(world.config().join("credentials.json"), "{\"api\": hunter2").unwrap();
    let outcome = world.approve("4211").exits(2);
    outcome
        .says("is not a JSON object of strings")
        .does_not_say("hunter2");
    world.api().saw_no_approval();
}

#[test]
fn a_machine_without_a_keyring_is_told_of_the_file() {
    let world = World::new();
    world.write_config(&world.config_text().replace("store = \"file\"\n", ""));
    let outcome = world.approve("4211").signing_in_with("key").exits(4);
    outcome
        .says("there is no system keyring here")
        .hints("`stepup login --store file`");
    assert!(world.api().log().is_empty());
    let doctor = world.stepup("doctor").exits(4);
    doctor.prints("`stepup login --store file`");
    world.api().saw_no_approval();
}

/// What the hint says is enough: the credential is found where it was put.
#[test]
fn a_store_that_is_named_at_login_is_the_profiles_from_then_on() {
    let world = World::new();
    let credential = world.credential();
    world.write_secrets(&json!({}));
    world.write_config(&world.config_text().replace("store = \"file\"\n", ""));
    let login = world
        .stepup("login --store file --token-stdin")
        .stdin(&credential);
    login
        .exits(0)
        .says("the profile `sandbox` has store = file");
    let whoami = world.stepup("whoami").exits(0);
    whoami.prints("credentials.json");
    // It is so already.
    let again = world
        .stepup("login --store file --token-stdin")
        .stdin(&credential);
    again.exits(0).does_not_say("store = file");
}

#[test]
fn a_token_and_an_address_are_enough_without_any_configuration() {
    let world = World::new();
    let run = Run::of(crate::process::BIN, world.home.path())
        .args("approve 4212 --yes --api-url")
        .arg(world.api_url())
        .env("STEPUP_API_TOKEN", world.credential());
    run.exits(0);
    world.api().saw_one_approval("4212");
}

#[test]
fn a_kept_credential_goes_to_the_origin_it_was_kept_for_and_to_no_other() {
    let world = World::new();
    let (here, credential) = (world.api_url().to_owned(), world.credential());
    let whoami = |url: &str| world.stepup("whoami").arg("--api-url").arg(url);
    let elsewhere = here.replace("127.0.0.1", "localhost");
    whoami(&elsewhere)
        .exits(4)
        .says("is for `127.0.0.1`, and the API is `localhost`");
    // Another port of the same host.
    let other = Elsewhere::answering(&[]);
    whoami(&other.origin)
        .exits(4)
        .says(&format!(
            "is for `{here}`, and the API is `{}`",
            other.origin
        ))
        .hints("stepup login");
    // The profile is edited, and removed.
    let config = world.config_text();
    world.write_config(&config.replace(&here, &other.origin));
    let approve = || world.approve("4211").signing_in_with("key");
    approve()
        .exits(4)
        .says(&format!(
            "not signed in to {} (profile `sandbox`)",
            other.origin.trim_start_matches("http://")
        ))
        .hints("stepup login");
    world.write_config("store = \"file\"\n");
    let removed = || whoami(&other.origin).args("--verbose");
    removed().exits(4).says("(profile `default`)");
    assert_eq!(other.seen(), [""; 0]);
    assert!(world.api().log().is_empty(), "the API was asked");
    world.api().saw_no_approval();
    // One that is given for this run is the person's own business.
    whoami(&elsewhere)
        .env("STEPUP_API_TOKEN", credential)
        .exits(0);
}

/// As an older stepup kept it: under a name that says nothing about the API.
fn kept_without_origin(world: &World) {
    world.write_secrets(&json!({ "api/sandbox": world.credential() }));
}

#[test]
fn a_credential_without_an_origin_is_adopted_by_the_command_that_the_refusal_names() {
    let world = World::new();
    let credential = world.credential();
    kept_without_origin(&world);
    let adopt = format!("login {} --adopt --profile sandbox", world.api_url());
    world
        .approve("4211")
        .run_with("key")
        .exits(2)
        .says("the credential `api/sandbox` in")
        .says("was kept without the URL of its API")
        .hints(&format!("`stepup {adopt}`"));
    assert!(world.api().log().is_empty(), "the API was asked");
    world.api().saw_no_approval();

    world.stepup("login --adopt").exits(2);
    world.stepup(&adopt).exits(0);
    assert_eq!(world.secrets(), json!({ world.kept_as(): credential }));
    world.stepup("whoami").exits(0);
    // Once.
    world
        .stepup(&adopt)
        .exits(4)
        .says("holds no credential without the URL of its API");
}

#[test]
fn a_credential_without_an_origin_is_adopted_by_a_question_once() {
    let world = World::new();
    let credential = world.credential();
    kept_without_origin(&world);
    let whoami = |answer: &str| {
        let mut running = world.on_a_terminal("whoami").start();
        running.prints("it for that API?");
        running.types(answer);
        running.end()
    };
    let outcome = whoami("n\r");
    assert_eq!(outcome.code, Some(2), "{outcome}");
    assert!(world.api().log().is_empty(), "the API was asked");
    let outcome = whoami("y\r");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert_eq!(world.secrets(), json!({ world.kept_as(): credential }));
    world.stepup("whoami").exits(0);
}

#[test]
fn logout_forgets_a_credential_without_an_origin_too() {
    let world = World::new();
    kept_without_origin(&world);
    let document = world.stepup("logout -o json").exits(0).stdout_json();
    assert_eq!(document["removed"], true);
    assert_eq!(world.secrets(), json!({}));
}

/// Typed as they stand they would be for the default profile.
#[test]
fn hints_name_the_profile_that_is_in_use_where_it_is_not_the_default() {
    const LOGIN: &str = "`stepup login --profile sandbox`";
    let world = World::new();
    let make = |name: &str| {
        let words = format!("config set api_url https://{name}.conductor.one --profile {name}");
        world.stepup(&words).exits(0)
    };
    make("acme").prints("sign in with `stepup login --profile acme`");
    world.stepup("config set default_profile acme").exits(0);
    make("beta").prints("sign in with `stepup login --profile beta`");
    let credential = world.credential();
    world.write_secrets(&json!({}));
    let whoami = || world.stepup("whoami --profile sandbox");
    whoami().exits(4).hints(LOGIN);
    let by_variable = world.stepup("whoami").env("STEPUP_PROFILE", "sandbox");
    by_variable.exits(4).hints(LOGIN);
    world.stepup("whoami").exits(4).hints("`stepup login`, or");
    world.write_secrets(&json!({ world.kept_as(): "expired" }));
    whoami().exits(4).hints(LOGIN);
    world
        .stepup("approve 4211 4212 --yes --profile sandbox")
        .exits(4)
        .hints(LOGIN);
    let doctor = world.stepup("doctor --profile sandbox");
    doctor
        .exits(4)
        .prints(&format!("hint: sign in again with {LOGIN}"));
    let document = world.stepup("doctor --profile sandbox -o json").exits(4);
    document.prints(LOGIN);
    let test = world.stepup("provider test sandbox --profile sandbox");
    test.exits(4).hints(LOGIN);
    let login = world.stepup("login --token-stdin --profile sandbox");
    let login = login.stdin(&credential).exits(0);
    login.prints("next: `stepup task list --profile sandbox`");
    world.write_secrets(&json!({}));
    world.stepup("config set default_profile sandbox").exits(0);
    whoami().exits(4).hints("`stepup login`");
    world.api().saw_no_approval();
}

/// No profile has the address then, and `stepup login` alone would be for another API.
#[test]
fn a_hint_about_an_address_without_a_profile_names_the_address() {
    let world = World::new();
    let run = Run::of(crate::process::BIN, world.home.path())
        .args("whoami --api-url")
        .arg(world.api_url())
        .env("STEPUP_API_TOKEN", "")
        .env("STEPUP_CONFIG", world.path("empty.toml"));
    std::fs::write(world.path("empty.toml"), "store = \"file\"\n").unwrap();
    let login = format!("`stepup login {}/`", world.api_url());
    run.exits(4).hints(&login);
}
