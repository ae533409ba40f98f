//! Signing in: the device page, API keys, what C1's own tools left behind; and every way to be refused.

use std::time::Duration;

use serde_json::json;

use crate::browser;
use crate::process::{BIN, Run};
use crate::world::{World, read_json};

/// Quick enough for a test; a real server says 5.
const QUICK: &str = "device_interval_s=1";

/// A world whose person is signed out.
fn signed_out(switches: &[&str]) -> World {
    let world = World::with(&[&[QUICK], switches].concat());
    world.write_secrets(&json!({}));
    world
}

/// Signs in with the browser; the key that is kept: id and secret.
fn key(world: &World) -> (String, String) {
    world.stepup("login").run_with("key").exits(0);
    let secrets = world.secrets();
    let kept = secrets[world.kept_as()].as_str().unwrap();
    let key: serde_json::Value = serde_json::from_str(kept).unwrap();
    let half = |name: &str| key[name].as_str().unwrap().to_owned();
    (half("client_id"), half("client_secret"))
}

/// The binary with nothing but cone's folder.
fn with_cone(world: &World, words: &str, id: &str, secret: &str, mode: u32) -> Run {
    let folder = world.path(".conductorone");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.yaml");
    let text = format!(
        "profiles:\n    default:\n        client-id: {id}\n        client-secret: {secret}\n"
    );
    std::fs::write(&file, text).unwrap();
    crate::world::set_mode(&file, mode);
    Run::of(BIN, world.home.path()).args(words)
}

fn polls(world: &World) -> usize {
    world.api().asked("/auth/v1/token")
}

#[test]
fn the_device_page_signs_in_and_the_key_approves() {
    let world = signed_out(&[]);
    world.stepup("whoami").exits(4).hints("stepup login");
    let outcome = world.stepup("login").signing_in_with("key").exits(0);
    outcome
        .says("your code is ")
        .says("/device?user_code=")
        .prints("the profile is `sandbox`")
        .prints("next: `stepup task list`");
    let kept = world.secrets()[world.kept_as()]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(kept.contains("secret-token:conductorone.com:v1:"));
    for text in [&outcome.stdout, &outcome.stderr] {
        assert!(
            !text.contains("secret-token") && !text.contains("sandbox-access"),
            "{outcome}"
        );
    }
    let who = world.stepup("whoami -o json").exits(0).stdout_json();
    assert_eq!(who["roles"], json!(["Basic User", "Super Administrator"]));
    assert_eq!(who["display_name"], "Mira Chen");
    assert!(
        who["credential_from"]
            .as_str()
            .unwrap()
            .contains("credentials.json")
    );
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_declined_device_page_keeps_nothing() {
    let world = signed_out(&[]);
    let run = world.stepup("login -o json").signing_in_with("decline");
    run.run().fails(6, "incomplete", "declined in the browser");
    assert_eq!(world.secrets(), json!({}));
    world.api().never_saw("/api/v1/iam/personal_clients");
}

/// B14.3, B14.4, providers.md A13: a server whose address does not hold the code, and which says no in other words.
#[test]
fn a_code_may_have_to_be_entered() {
    for (factor, code) in [("key", 0), ("decline", 6)] {
        let world = signed_out(&["device=plain-address"]);
        let running = world.stepup("login --no-browser").start();
        let user_code = running.stderr(|text| {
            let (_, rest) = text.split_once("your code is ")?;
            Some(rest.split_once('\n')?.0.to_owned())
        });
        running.says("enter the code, and allow the sign-in:");
        running.says("waiting for your sign-in in the browser");
        let address = running.stderr(|text| {
            let (_, rest) = text.split_once("  http")?;
            Some(format!("http{}", rest.split_once('\n')?.0))
        });
        assert!(address.ends_with("/device"), "{address}");
        let page = browser::get(&address, &[]);
        assert!(page.body.contains("name=\"user_code\""), "{page:?}");
        let page = browser::get(&format!("{address}?user_code={user_code}"), &[]);
        assert_eq!(browser::fill_in(&page, &address, factor).status, 200);
        running.end().exits(code);
        assert_eq!(world.secrets() == json!({}), code != 0);
    }
}

#[test]
fn slow_down_is_obeyed() {
    let world = signed_out(&["device=slow-down"]);
    let outcome = world.stepup("login").signing_in_with("key").exits(0);
    // Told at the first poll, after one second; the next one had to wait for one and five.
    assert!(outcome.took >= Duration::from_secs(7), "{outcome}");
    // Two polls, and the mint that proves the key.
    assert_eq!(polls(&world), 3);
    let times = world.api().times("/auth/v1/token");
    assert!(times[1] - times[0] >= 6.0, "{times:?}");
}

#[test]
fn a_sign_in_that_nobody_answers_ends_in_time() {
    let world = signed_out(&["device_lifetime_s=2"]);
    let outcome = world.stepup("login --no-browser").exits(6);
    outcome.says("nobody approved the sign-in in time");
    assert!(outcome.took < Duration::from_secs(6), "{outcome}");
    let world = signed_out(&["device=expired"]);
    world.stepup("login --no-browser").exits(6);
    assert_eq!(polls(&world), 1);
    let world = signed_out(&["device=no-address"]);
    world.stepup("login").exits(1).says("no https URL");
}

#[test]
fn a_login_client_is_needed_and_checked() {
    let world = signed_out(&[]);
    world
        .stepup("login --login-client-id somebody-else")
        .exits(2)
        .says("there is no such client")
        .hints("login_client_id");
    let lines: Vec<String> = world
        .config_text()
        .lines()
        .filter(|line| !line.starts_with("login_client_id"))
        .map(str::to_owned)
        .collect();
    world.write_config(&lines.join("\n"));
    let outcome = world.stepup("login").exits(2);
    outcome
        .says("no API key and no token given")
        .hints("cone login")
        .hints("--client-secret-stdin")
        .hints("--login-client-id");
    assert_eq!(world.secrets(), json!({}));
}

#[test]
fn a_new_tenant_gets_a_profile_and_the_rest_of_the_file_stays() {
    let world = signed_out(&[]);
    let file = world.path("other/config.toml");
    std::fs::create_dir(world.path("other")).unwrap();
    std::fs::write(&file, "# mine\nstore = \"file\" # really\n").unwrap();
    let run = Run::of(BIN, world.home.path())
        .env("STEPUP_CONFIG", &file)
        .args("login --login-client-id stepup-sandbox-login")
        .arg(world.api_url());
    run.run_with("key")
        .exits(0)
        .prints("the profile is `local`");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.starts_with("# mine\nstore = \"file\" # really\n"),
        "{text}"
    );
    assert!(text.contains("[profiles.local]\n"), "{text}");
    let secrets = read_json(&world.path("other/credentials.json"));
    assert!(secrets[format!("api/local@{}", world.api_url())].is_string());
    let run = Run::of(BIN, world.home.path()).env("STEPUP_CONFIG", &file);
    run.args("whoami").exits(0).prints("Mira Chen");
}

/// The next sign-in needs it again.
#[test]
fn a_profile_without_a_login_client_gets_the_one_that_signed_in() {
    let world = signed_out(&[]);
    let line = "login_client_id = \"stepup-sandbox-login\"\n";
    let text = world.config_text();
    assert!(text.contains(line), "{text}");
    world.write_config(&text.replace(line, ""));
    world.stepup("login").exits(2).hints("--login-client-id");
    let run = world.stepup("login --login-client-id stepup-sandbox-login");
    run.run_with("key")
        .exits(0)
        .says("`stepup login` is enough");
    assert!(world.config_text().contains(line));
    let again = world.stepup("login").run_with("key");
    again.exits(0).does_not_say("is enough");
}

#[test]
fn a_key_pair_is_kept_once_the_api_accepts_it() {
    let world = signed_out(&[]);
    let (id, secret) = key(&world);
    world.write_secrets(&json!({}));
    let login = |secret: &str| {
        let run = world
            .stepup("login --client-secret-stdin --client-id")
            .arg(&id);
        run.stdin(&format!("{secret}\n")).run()
    };
    login("hunter2")
        .exits(2)
        .says("secret-token:")
        .does_not_say("hunter2");
    assert_eq!(world.secrets(), json!({}));
    login(&secret).exits(0);
    assert!(
        world.secrets()[world.kept_as()]
            .as_str()
            .unwrap()
            .contains(&secret)
    );
    world.stepup("logout").exits(0);
    world.stepup("whoami").exits(4);
}

#[test]
fn the_plain_form_is_used_only_where_it_is_configured() {
    let world = signed_out(&[]);
    key(&world);
    let profile = "login_client_id";
    world.write_config(
        &world
            .config_text()
            .replace(profile, "api_key_form = \"plain\"\nlogin_client_id"),
    );
    world.stepup("whoami").exits(0);
}

#[test]
fn a_revoked_or_expired_key_signs_nobody_in() {
    for (switch, word) in [
        ("credential=revoked", "revoked"),
        ("credential=expired", "expired"),
    ] {
        let honest = signed_out(&[]);
        let (id, secret) = key(&honest);
        let world = signed_out(&[switch]);
        let host = world.api_url().trim_start_matches("http://");
        let id = format!("{}@{host}/pcc", id.split('@').next().unwrap());
        let kept = json!({"client_id": id, "client_secret": secret}).to_string();
        world.write_secrets(&json!({ world.kept_as(): kept }));
        world.refuses(4, "signed-out", word, "stepup login");
        world.api().never_saw("/authorize");
    }
}

#[test]
fn a_key_that_wants_dpop_is_explained() {
    let world = signed_out(&["api_token=dpop"]);
    let outcome = world.stepup("login").signing_in_with("key").exits(4);
    outcome.says("type `DPoP`").hints("proof of possession");
    assert_eq!(world.secrets(), json!({}));
}

#[test]
fn tokens_that_live_briefly_are_replaced_in_time() {
    let world = signed_out(&["api_token_lifetime_s=2", "slow_api_ms=400"]);
    key(&world);
    let before = polls(&world);
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
    assert!(polls(&world) - before >= 2, "{:#?}", world.api().log());
    let refused = |line: &crate::world::Line| {
        line.server == "api" && line.path.contains("/auth/introspect") && line.status == 401
    };
    assert!(!world.api().log().iter().any(refused));
}

#[test]
fn a_token_refused_is_replaced_once() {
    // The server forgets them at once, whatever it says.
    let world = signed_out(&["api_token=forgotten"]);
    let run = world.stepup("login").signing_in_with("key");
    run.exits(4).says("did not accept the credential");
    assert_eq!(world.secrets(), json!({}));
    assert_eq!(world.api().asked("/api/v1/auth/introspect"), 2);
}

/// c1i keeps its key in a file where it found no keyring, by the host of its URL.
#[test]
fn c1is_file_signs_in_as_it_is() {
    let world = signed_out(&[]);
    let (id, secret) = key(&world);
    let host = world
        .api_url()
        .trim_start_matches("http://")
        .replace(':', "_");
    let folder = world.path(".config/c1i/credentials");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("c1i_{host}.json"));
    let text = json!({ "client_id": id, "client_secret": secret }).to_string();
    std::fs::write(&file, &text).unwrap();
    crate::world::set_mode(&file, 0o600);
    let stepup = |words: &str| Run::of(BIN, world.home.path()).args(words);
    // Nobody knows yet which API it is for.
    stepup("approve 4212 --yes").exits(2);
    world.api().saw_no_approval();
    let url = format!("url: {}\n", world.api_url());
    std::fs::write(world.path(".c1i.yaml"), &url).unwrap();
    stepup("approve 4212 --yes").exits(0);
    world.api().saw_one_approval("4212");
    stepup("whoami").exits(0).prints("c1i's file `");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    assert_eq!(
        std::fs::read_to_string(world.path(".c1i.yaml")).unwrap(),
        url
    );
}

#[test]
fn cones_profile_signs_in_as_it_is() {
    let world = signed_out(&[]);
    let (id, secret) = key(&world);
    let outcome = with_cone(&world, "whoami", &id, &secret, 0o600).exits(0);
    outcome
        .prints("Mira Chen")
        .prints("cone's profile `default`")
        .does_not_say("warning");
    let before = std::fs::read(world.path(".conductorone/config.yaml")).unwrap();
    let outcome = with_cone(&world, "approve 4212 --yes", &id, &secret, 0o644).exits(0);
    outcome
        .says("is open to other users of this machine")
        .says("chmod 600");
    outcome.does_not_say(&secret);
    assert_eq!(
        std::fs::read(world.path(".conductorone/config.yaml")).unwrap(),
        before
    );
    world.api().saw_one_approval("4212");
    // CONE_CONFIG_PATH names a folder.
    std::fs::rename(world.path(".conductorone"), world.path("elsewhere")).unwrap();
    let run = Run::of(BIN, world.home.path()).args("whoami");
    run.exits(2);
    let run = Run::of(BIN, world.home.path()).args("whoami");
    run.env("CONE_CONFIG_PATH", world.path("elsewhere"))
        .exits(0);
}

#[test]
fn variables_of_c1s_tools_sign_in_after_our_own() {
    let world = signed_out(&[]);
    let (id, secret) = key(&world);
    for (family, place) in [
        ("CONE", "CONE_CLIENT_ID"),
        ("CONDUCTORONE", "CONDUCTORONE_CLIENT_ID"),
    ] {
        let run = Run::of(BIN, world.home.path()).args("whoami");
        let run = run.env(&format!("{family}_CLIENT_ID"), &id);
        let run = run.env(&format!("{family}_CLIENT_SECRET"), &secret);
        run.exits(0).prints(place);
    }
    // stepup's own profile comes first.
    let run = world
        .stepup("whoami")
        .env("CONDUCTORONE_ACCESS_TOKEN", "junk");
    run.exits(0).prints("credentials.json");
    world.stepup("logout").exits(0);
    let run = world
        .stepup("whoami")
        .env("CONDUCTORONE_ACCESS_TOKEN", "junk");
    run.exits(4).says("did not accept the credential");
}

#[test]
fn a_credential_for_another_tenant_goes_nowhere() {
    let world = signed_out(&[]);
    let (id, secret) = key(&world);
    let other = format!("{}@acme.conductor.one/pcc", id.split('@').next().unwrap());
    let before = world.api().log().len();
    let kept = json!({"client_id": other, "client_secret": secret}).to_string();
    world.write_secrets(&json!({ world.kept_as(): kept }));
    let outcome = world.approve("4211").exits(4);
    outcome
        .says("is for `acme.conductor.one`")
        .hints("stepup login 127.0.0.1");
    // A credential of cone's profile is refused in the same way.
    world.write_secrets(&json!({}));
    let run = with_cone(&world, "approve 4211 --yes", &other, &secret, 0o600);
    let outcome = run.env("STEPUP_CONFIG", world.config()).exits(4);
    outcome
        .says("cone's profile `default`")
        .says("is for `acme.conductor.one`");
    assert_eq!(world.api().log().len(), before);
    world.api().saw_no_approval();
}

#[test]
fn a_service_principal_is_warned() {
    let world = World::with(&["api_person=service"]);
    world.stepup("whoami").exits(0).says("service principal");
}

#[test]
fn a_token_endpoint_that_fails_is_no_refusal_of_the_key() {
    for (switch, words, hint) in [
        ("api_token=500", "HTTP 500", "try again later"),
        (
            "api_token=empty",
            "not a token",
            "if it is right, show this",
        ),
    ] {
        let world = signed_out(&[switch]);
        let outcome = world.stepup("login").run_with("key");
        outcome.exits(1).says(words).hints(hint);
        assert_eq!(world.secrets(), json!({}));
    }
}

#[test]
fn logout_says_that_the_key_itself_is_left() {
    let world = signed_out(&[]);
    let (id, _) = key(&world);
    let outcome = world.stepup("logout -o json").run();
    let document = outcome.exits(0).says("itself still exists").stdout_json();
    assert_eq!(document["key_left"], id.as_str());
}

/// A terminal and a configuration that names no API yet.
fn nothing_set_up(world: &World, words: &str) -> Run {
    let file = world.path("new/config.toml");
    std::fs::create_dir_all(world.path("new")).unwrap();
    std::fs::write(&file, "store = \"file\"\n").unwrap();
    world.on_a_terminal(words).env("STEPUP_CONFIG", &file)
}

#[test]
fn on_a_terminal_it_asks_for_what_it_lacks() {
    let world = signed_out(&[]);
    let (id, secret) = key(&world);
    let mut running = nothing_set_up(&world, "login").start();
    for (question, answer) in [
        ("C1 tenant or URL of the API", world.api_url()),
        ("client id", id.as_str()),
        ("client secret (not shown):", secret.as_str()),
    ] {
        running.prints(question);
        running.types(&format!("{answer}\r"));
    }
    let outcome = running.ends(0);
    outcome
        .prints("as Mira Chen <mira.chen@sandbox.example>")
        .prints("the profile is `local`");
    assert!(!outcome.stdout.contains(&secret), "{outcome}");
    let text = std::fs::read_to_string(world.path("new/config.toml")).unwrap();
    assert!(text.contains("[profiles.local]\n"), "{text}");
    let kept = read_json(&world.path("new/credentials.json"));
    assert!(kept[format!("api/local@{}", world.api_url())].is_string());
}

#[test]
fn an_answer_that_is_left_out_keeps_nothing_and_names_the_ways_on() {
    let world = signed_out(&[]);
    let tenant = format!("login {}", world.api_url());
    for (words, question) in [
        ("login", "C1 tenant or URL of the API"),
        (tenant.as_str(), "client id"),
    ] {
        let mut running = nothing_set_up(&world, words).start();
        running.prints(question);
        running.types("\r");
        let outcome = running.ends(2);
        outcome.prints("`cone login TENANT`");
        let text = std::fs::read_to_string(world.path("new/config.toml")).unwrap();
        assert_eq!(text, "store = \"file\"\n");
        assert!(!world.path("new/credentials.json").exists());
    }
}

#[test]
fn a_sign_in_waits_as_long_as_it_is_told() {
    let world = signed_out(&[]);
    let outcome = world.stepup("login --no-browser --timeout 2s").exits(6);
    outcome.says("(up to 2s)");
    assert!(outcome.took < Duration::from_secs(6), "{outcome}");
    assert_eq!(world.secrets(), json!({}));
}

/// The id alone is half of an API key, and the other half is never on a command line.
#[test]
fn a_client_id_alone_is_asked_for_its_secret_on_a_terminal() {
    let world = signed_out(&[]);
    let (id, secret) = key(&world);
    let words = format!("login {} --client-id {id}", world.api_url());
    let mut running = nothing_set_up(&world, &words).start();
    running.prints("client secret (not shown):");
    running.types(&format!("{secret}\r"));
    let outcome = running.ends(0);
    outcome.prints("as Mira Chen <mira.chen@sandbox.example>");
    assert!(!outcome.stdout.contains(&secret), "{outcome}");
    let kept = read_json(&world.path("new/credentials.json"));
    assert!(kept[format!("api/local@{}", world.api_url())].is_string());

    let text = std::fs::read_to_string(world.path("new/config.toml")).unwrap();
    let words = format!("login {} --client-id {id} --no-input", world.api_url());
    let outcome = nothing_set_up(&world, &words).start().ends(2);
    outcome.prints("missing: `--client-secret-stdin`");
    let piped = world.stepup("login --client-id").arg(&id).stdin(&secret);
    piped
        .exits(2)
        .says("missing: `--client-secret-stdin`")
        .hints("`--client-secret-stdin < FILE`");
    assert!(text.contains("[profiles.local]\n"), "{text}");
}

/// Else the key that the API makes for it would be kept nowhere.
#[test]
fn a_profile_without_a_proper_name_is_refused_before_anybody_signs_in() {
    let world = World::new();
    let words = format!(
        "login {} --profile Acme --login-client-id stepup-sandbox-login",
        world.api_url()
    );
    let outcome = world.stepup(&words).exits(2);
    outcome
        .says("`Acme` is no name for a profile")
        .hints("`--profile NAME`");
    let asked = world.api().log();
    assert!(asked.is_empty(), "{asked:#?}");
}

/// Whoever sits there is asked once, and nothing but a yes is one.
#[test]
fn a_person_without_a_keyring_may_keep_the_credential_in_a_file() {
    let world = signed_out(&[]);
    let (id, secret) = key(&world);
    let text = world.config_text().replace("store = \"file\"\n", "");
    world.write_config(&text);
    let login = |words: &str| world.on_a_terminal(&format!("login {words}"));
    for answer in ["\r", "n\r", "\u{1b}"] {
        let mut running = login("").start();
        running.prints("there is no system keyring here");
        running.prints("credentials.json");
        running.prints("[y/N]");
        running.types(answer);
        let run = running.ends(4);
        run.prints("`stepup login --store file`");
        assert_eq!(world.config_text(), text, "{run}");
    }
    std::fs::write(world.path("credential"), &secret).unwrap();
    // Where the keyring was named, and where nobody can be asked, it fails as it did.
    for words in ["--store keyring", "--no-input --token-stdin < credential"] {
        let run = login(words).start().ends(4);
        run.prints("`stepup login --store file`");
        assert!(!run.stdout.contains("[y/N]"), "{run}");
    }
    let mut running = login(&format!("--client-id {id}")).start();
    running.prints("[y/N]");
    running.types("y\r");
    running.prints("client secret");
    running.types(&format!("{secret}\r"));
    let run = running.ends(0);
    run.prints("as Mira Chen").prints("has store = file");
    assert!(!run.stdout.contains(&secret), "{run}");
    world.stepup("whoami").exits(0);
}
