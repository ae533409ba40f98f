//! `provider add|list|show|edit|remove`: entries are checked against preset and metadata before they are
//! written, and the rest of the file stays.

use crate::process::Run;
use crate::world::World;

/// `provider add` at the sandbox's provider, whose client is registered for no particular port.
fn add(world: &World, words: &str) -> Run {
    world
        .stepup("provider add")
        .args(words)
        .arg("--issuer")
        .arg(world.issuer())
}

/// It is refused, and the file is as it was.
#[track_caller]
fn refused(world: &World, run: Run, code: i32, reason: &str, hint: &str) {
    let before = world.config_text();
    run.exits(code).says(reason).hints(hint);
    assert_eq!(world.config_text(), before);
}

#[test]
fn an_entry_is_added_and_approves() {
    let world = World::new();
    world.write_config(&format!("# by hand\n{}", world.config_text()));
    // One client is one entry, so the sandbox's own has to go.
    let (profile, _) = world
        .config_text()
        .split_once("[providers")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    world.write_config(&profile.replace("provider = \"sandbox\"\n", ""));
    let outcome = add(
        &world,
        "generic --name sandbox --client-id stepup-cli --acr-value phr -o json",
    )
    .run();
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.provider-entry/1");
    assert_eq!(document["outcome"], "added");
    assert_eq!(document["entry"]["preset"], "generic");
    outcome.says("/callback/sandbox").says("redirect URIs");
    outcome.says("next: `stepup provider test sandbox`");
    let text = world.config_text();
    assert!(text.starts_with("# by hand\n"), "{text}");
    assert!(
        text.contains("[providers.sandbox]\npreset = \"generic\"\n"),
        "{text}"
    );
    world.approve("4211").signing_in_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn the_first_entry_of_a_machine_makes_the_file() {
    let world = World::new();
    let path = world.path("new/config.toml");
    let outcome = add(&world, "generic --client-id c")
        .env("STEPUP_CONFIG", &path)
        .exits(0);
    outcome.prints("added: generic");
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("[providers.generic]"), "{text}");
}

#[test]
fn a_provider_that_does_not_fit_is_not_written() {
    for (switch, words, code, reason) in rows! {
        "discovery_issuer=wrong", "", 5, "INVALID`, the configuration says `";
        "discovery_issuer=slash", "", 5, "/`, the configuration says `";
        "discovery=no-s256", "", 5, "does not support PKCE with S256";
        "discovery=http", "", 5, "is not https";
        "discovery=html", "", 1, "it is a web page";
        "discovery=500", "", 1, "answered HTTP 500";
        "alg=ES256", "--id-token-alg RS256", 2, "signs with `ES256`, and the entry accepts none of these";
    } {
        let world = World::with(&[switch]);
        let run = add(&world, "generic --client-id c").args(words);
        refused(&world, run, code, reason, "--no-check");
        add(&world, "generic --client-id c --no-check").exits(0);
    }
}

/// RS256 is the default, and is not written. What no entry may name is not taken from metadata either.
#[test]
fn the_algorithms_that_the_provider_has_keys_for_are_written() {
    for (switch, written) in [
        ("alg=ES256", Some("id_token_algs = [\"ES256\"]\n")),
        ("alg=RS256", None),
        ("alg=HS256", None),
        ("alg=none", None),
    ] {
        let world = World::with(&[switch]);
        add(&world, "generic --client-id c").exits(0);
        let text = world.config_text();
        let found = text.lines().find(|line| line.contains("id_token_algs"));
        assert_eq!(found, written.map(str::trim_end), "{switch}: {text}");
    }
}

/// The command for it is what the refusal names.
#[test]
fn an_entry_that_accepts_the_wrong_algorithm_is_repaired_by_a_command() {
    let world = World::with(&["alg=ES256"]);
    world.refuses(5, "untrusted", "ES256", "--id-token-alg");
    let edit = world.stepup("provider edit sandbox --id-token-alg ES256");
    edit.exits(0).prints("ID tokens signed with: ES256");
    world.approve("4211").run_with("key").exits(0);
}

/// A profile that names entries before they are there is no reason to refuse them.
#[test]
fn entries_that_a_profile_names_already_are_added_one_by_one() {
    let world = World::new();
    let text = world.config_text();
    let (profile, _) = text.split_once("[providers").unwrap();
    let both = profile.replace(
        "provider = \"sandbox\"",
        "provider = [\"sandbox\", \"two\"]",
    );
    world.write_config(&both);
    world.approve("4211").exits(2).says("none is configured");
    add(
        &world,
        "generic --name sandbox --client-id stepup-cli --acr-value phr",
    )
    .exits(0);
    // What is wrong now was wrong before; nothing that is wrong is added.
    let set = world.stepup("config set provider three --profile sandbox");
    refused(
        &world,
        set,
        2,
        "there is no provider entry `three`",
        "nothing was written",
    );
    let edited = world.stepup("provider edit sandbox --skew 10 --no-check");
    edited.exits(0);
    world
        .stepup("config set provider sandbox --profile sandbox")
        .exits(0);
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_value_that_the_provider_does_not_list_is_a_warning() {
    let world = World::new();
    let outcome = add(&world, "generic --client-id c --acr-value gold").exits(0);
    outcome.says("warning: the provider does not list acr `gold`");
}

#[test]
fn a_provider_that_is_not_there() {
    let world = World::new();
    let run = world.stepup("provider add generic --client-id c --issuer http://127.0.0.1:1");
    refused(&world, run, 1, "nothing listens there", "--no-check");
}

#[test]
fn what_is_known_to_be_wrong_is_refused_before_anybody_is_asked() {
    let tenant = "https://login.microsoftonline.com/common/v2.0";
    let guid = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";
    for (words, reason) in rows! {
        "otka --issuer https://o.example", "there is no preset `otka`";
        "google --issuer https://accounts.google.com", "Google cannot do step-up";
        "okta --issuer https://o.example/", "does not end with a slash: `https://o.example`";
        "auth0 --issuer https://a.example", "ends with a slash: `https://a.example/`";
        "okta --issuer http://o.example", "it must be https";
        "generic --issuer https://accounts.google.com", "Google cannot do step-up";
        "generic --issuer https://o.okta.com/api/v1/users", "not a proof of a sign-in";
        &format!("entra-oidc --issuer {tenant}"), "`common` is not a tenant of yours";
        &format!("entra-acrs --issuer {guid} --acr-value c100"), "`c1` to `c99`";
        &format!("entra-acrs --issuer {guid}"), "no authentication context given";
        &format!("entra-oidc --issuer {guid}"), "proves a fresh sign-in and nothing";
        "okta --issuer https://o.example --client-auth client_secret_post", "has no secret";
        "okta --issuer https://o.example --acr-value urn:okta:loa:1fa:any", "it is weak";
        "okta --issuer https://o.example --accept-stronger", "`rank` is missing";
        "okta", "no issuer URL given";
        "generic --issuer https://o.example --name Okta!", "is not a name";
        "generic --issuer https://o.example --name sandbox", "there is a provider entry `sandbox` already";
    } {
        let world = World::new();
        let run = world.stepup("provider add --client-id c").args(words);
        refused(&world, run, 2, reason, "");
        assert!(world.api().log().is_empty(), "{words}");
    }
}

#[test]
fn one_client_of_a_provider_is_one_entry() {
    let world = World::new();
    let run = add(&world, "generic --client-id stepup-cli");
    refused(
        &world,
        run,
        2,
        "the entry `sandbox` has the same issuer and the same client",
        "stepup provider edit sandbox",
    );
}

#[test]
fn what_is_missing_is_asked_for_on_a_terminal() {
    let world = World::new();
    let mut run = world
        .on_a_terminal(&format!(
            "provider add generic --name asked --issuer {}",
            world.issuer()
        ))
        .start();
    run.prints("client id");
    run.types("0oa1\r");
    // A question moves the cursor, which no other output may.
    let outcome = run.ends(0);
    outcome.prints("added: asked");
    assert!(world.config_text().contains("client_id = \"0oa1\""));
}

/// A mistake in it is found before the person fetches anything else.
#[test]
fn the_issuer_is_looked_at_before_anything_else_is_asked_for() {
    let world = World::new();
    let before = world.config_text();
    let issuer = world.issuer();
    for (typed, said) in [
        (format!("{issuer}/nothing"), "/nothing"),
        ("http://idp.example".to_owned(), "it must be https"),
    ] {
        let mut run = world.on_a_terminal("provider add generic").start();
        run.prints("issuer URL");
        run.types(&format!("{typed}\r"));
        let outcome = run.end();
        outcome.prints(said);
        assert!(!outcome.stdout.contains("client id"), "{outcome}");
        assert_eq!(world.config_text(), before);
    }
    // A host of this machine, as people type it; once looked at, it is not fetched again.
    let host = issuer.strip_prefix("http://").unwrap();
    let mut run = world.on_a_terminal("provider add generic").start();
    run.prints("issuer URL");
    run.types(&format!("{host}\r"));
    run.prints("client id");
    run.types("0oa1\r");
    run.ends(0).prints("added: generic");
    assert!(world.config_text().contains("client_id = \"0oa1\""));
    // Who does not want it looked at is asked at once.
    let mut run = world
        .on_a_terminal("provider add generic --name other --no-check")
        .start();
    run.prints("issuer URL");
    run.types("idp.example\r");
    run.prints("client id");
    run.types("0oa2\r");
    run.ends(0).prints("added: other");
}

/// The preset is chosen from those that an entry can be made of.
#[test]
fn a_preset_that_is_not_named_is_chosen() {
    let world = World::new();
    let mut run = world.on_a_terminal("provider add --name chosen").start();
    run.prints("which preset? (type to filter)");
    run.types("google");
    run.prints("nothing matches");
    run.types("\u{15}generic:\r");
    run.prints("issuer URL (such as https://login.example.com):");
    run.types(&format!("{}\r", world.issuer()));
    run.prints("client id");
    run.types("0oa1\r");
    run.ends(0);
    assert!(world.config_text().contains("preset = \"generic\""));
}

#[test]
fn an_entry_that_is_not_named_is_chosen() {
    let world = World::new();
    let mut run = world.on_a_terminal("provider show").start();
    run.prints("which provider entry?");
    run.types("\r");
    run.ends(0).prints("client id: stepup-cli");
}

#[test]
fn what_is_missing_is_named_where_nobody_can_be_asked() {
    let world = World::new();
    let before = world.config_text();
    for (words, sentence, hint) in rows! {
        "add", "no preset given", "provider presets";
        "show", "no provider entry given", "provider list";
        "edit --acr-value x", "no provider entry given", "provider list";
        "remove --yes", "no provider entry given", "provider list";
        "test", "no provider entry given", "provider list";
        "keys", "no provider entry given", "provider list";
        "edit", "nothing to change was named", "--help";
    } {
        let outcome = world.stepup(&format!("provider {words}")).run();
        outcome.exits(2).says(sentence).hints(hint);
    }
    assert_eq!(world.config_text(), before);
}

#[test]
fn a_list_and_a_page_have_documents() {
    let world = World::new();
    world
        .stepup("provider list")
        .exits(0)
        .prints("sandbox\t-\t")
        .prints(world.issuer());
    let list = world.stepup("provider list -o json").run().stdout_json();
    assert_eq!(list["schema"], "stepup.provider-entries/1");
    assert_eq!(list["entries"][0]["name"], "sandbox");
    let shown = world.stepup("provider show sandbox").exits(0);
    shown
        .prints("/callback/sandbox")
        .prints("client id: stepup-cli");
    let shown = world
        .stepup("provider show sandbox -o json")
        .run()
        .stdout_json();
    assert_eq!(shown["entry"], list["entries"][0]);
    let unknown = world.stepup("provider show sandbx").exits(2);
    unknown.hints("did you mean `sandbox`?");
}

#[test]
fn a_list_says_when_each_was_last_tested_and_how_it_went() {
    let world = World::new();
    let last = || {
        world.stepup("provider list -o json").run().stdout_json()["entries"][0]["last_test"].clone()
    };
    assert!(last().is_null());
    for (factor, passed, code) in [("key", true, 0), ("password", false, 3)] {
        let run = world.stepup("provider test sandbox --acr-value phr");
        run.run_with(factor).exits(code);
        assert_eq!(last()["passed"], passed, "{factor}");
    }
    world.stepup("provider list").exits(0).prints("failed 2");
}

#[test]
fn a_change_shows_what_differs_and_keeps_the_comments() {
    let world = World::new();
    world.write_config(
        &world
            .config_text()
            .replace("\nclient_id = ", "\n# ours\nclient_id = "),
    );
    world
        .stepup("provider edit sandbox --skew 5 --acr-value phr")
        .exits(0)
        .says("clocks may differ by: 60 s")
        .says("clocks may differ by: 5 s");
    let text = world.config_text();
    assert!(
        text.contains("skew = 5\n") && text.contains("# ours\nclient_id"),
        "{text}"
    );
    assert!(text.contains("acr_values = [\"phr\"]"), "{text}");
    world.stepup("provider edit sandbox --unset skew").exits(0);
    assert!(!world.config_text().contains("skew"));
}

#[test]
fn a_change_that_does_not_fit_is_not_written() {
    let world = World::new();
    for (words, reason) in [
        ("sandbox", "nothing to change was named"),
        ("sandbx --skew 5", "there is no provider entry `sandbx`"),
        ("sandbox --skew 500", "it must be from 0 to 300"),
        ("sandbox --preset auth0", "ends with a slash"),
        ("sandbox --preset otka", "there is no preset `otka`"),
        ("sandbox --unset skew", "has no key `skew` to take out"),
        ("sandbox --unset issuer", "`issuer` is missing"),
    ] {
        let run = world.stepup("provider edit").args(words);
        refused(&world, run, 2, reason, "");
    }
    assert!(world.api().log().is_empty());
}

#[test]
fn an_entry_that_is_used_is_not_removed_and_one_that_is_not_asks_first() {
    let world = World::new();
    let run = world.stepup("provider remove sandbox --yes");
    refused(
        &world,
        run,
        2,
        "the profile `sandbox` uses the provider entry `sandbox`",
        "config unset provider --profile sandbox",
    );
    add(&world, "generic --name spare --client-id c").exits(0);
    let run = world.stepup("provider remove spare");
    refused(&world, run, 2, "no terminal to ask on", "--yes");
    let outcome = world.stepup("provider remove spare --yes -o json").run();
    assert_eq!(outcome.exits(0).stdout_json()["outcome"], "removed");
    assert!(!world.config_text().contains("spare"));
    world.stepup("provider list").exits(0).prints("sandbox");
}
