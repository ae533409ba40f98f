//! `provider remote`: the API's own step-up providers, read, registered, changed, deleted. Every refusal
//! ends with the registrations as they were.

use serde_json::{Value, json};

use crate::process::{BIN, Outcome, Run};
use crate::world::{World, read_json};

const TENANT: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";
pub(crate) const STRONG: &str = "Sandbox, phishing-resistant";

/// The registrations as the sandbox keeps them.
fn kept(world: &World) -> Value {
    read_json(&world.path("state.json"))["providers"].clone()
}

pub(crate) fn kept_named(world: &World, name: &str) -> Value {
    let all = kept(world);
    let mut all = all.as_array().unwrap().iter();
    let found = all.find(|one| one["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}")).clone()
}

fn id(world: &World, name: &str) -> String {
    kept_named(world, name)["id"].as_str().unwrap().to_owned()
}

/// Requests that could have changed a registration.
fn writes(world: &World) -> usize {
    let log = world.api().log();
    log.iter()
        .filter(|line| line.path.starts_with("/api/v1/step-up/providers") && line.method != "GET")
        .count()
}

fn create(world: &World, words: &str) -> Run {
    world
        .stepup("provider remote create --client-id 0oa1 --secret-file - --yes -o json")
        .stdin("hunter2hunter2\n")
        .args("--name")
        .arg("Okta, new")
        .args(words)
}

#[track_caller]
fn refused_before_it_was_sent(world: &World, outcome: &Outcome, reason: &str) {
    outcome.exits(2).says(reason);
    assert_eq!(writes(world), 0, "{outcome}");
}

#[test]
fn a_list_has_a_line_for_each_and_a_document() {
    let world = World::new();
    let outcome = world.stepup("provider remote list").exits(0);
    outcome
        .prints(&format!("{STRONG}\tacr phr\tyes\tnever\t"))
        .prints("acr phrh phr");
    let document = world
        .stepup("provider remote list -o json")
        .exits(0)
        .stdout_json();
    assert_eq!(document["schema"], "stepup.step-up-providers/1");
    assert_eq!(document["providers"].as_array().unwrap().len(), 3);
    assert_eq!(document["providers"][0]["acr_values"], json!(["phr"]));
    assert_eq!(document["providers"][0]["kind"], "oauth2");
}

#[test]
fn a_provider_is_found_by_id_or_by_its_only_name() {
    let world = World::new();
    let show = |which: &str| {
        world
            .stepup("provider remote show -o json")
            .arg(which)
            .run()
    };
    let id = id(&world, STRONG);
    for which in [id.as_str(), STRONG, "sandbox, PHISHING-resistant"] {
        let document = show(which).exits(0).stdout_json();
        assert_eq!(document["provider"]["id"], id.as_str(), "{which}");
    }
    show("Sandbox, phishing-resistent")
        .exits(2)
        .says("none of the step-up providers is called")
        .hints("did you mean `Sandbox, phishing-resistant`?");
    show("a").exits(2).hints("available: ");
    // The form of an id, and nobody's.
    show("aaaaaaaaaaaaaaaaaaaaaaaaaaa").exits(2);
}

#[test]
fn two_of_a_name_are_told_apart_by_id() {
    let world = World::new();
    let body = json!({"displayName": STRONG, "issuerUrl": "https://acme.okta.com",
        "clientId": "x", "clientSecret": "y", "oauth2": {"acrValues": ["phr"]}});
    assert_eq!(
        world.api().post("/api/v1/step-up/providers", &body).status,
        200
    );
    let before = kept(&world);
    let run = world.stepup("provider remote delete --yes").arg(STRONG);
    run.exits(2)
        .says("several step-up providers are called")
        .hints(&id(&world, STRONG));
    assert_eq!(kept(&world), before);
}

#[test]
fn a_registration_is_shown_and_sent_with_its_secret_and_the_secret_is_never_shown() {
    let world = World::new();
    let words = "--verbose --issuer https://acme.okta.com --acr-value phr --acr-value phrh";
    let run = create(&world, words);
    let outcome = run.run();
    let document = outcome
        .exits(0)
        .says("a new step-up provider at 127.0.0.1:")
        .says("issuer: https://acme.okta.com")
        .says("requires: acr phr phrh")
        .stdout_json();
    assert_eq!(document["outcome"], "created");
    assert_eq!(document["provider"]["name"], "Okta, new");
    let made = kept_named(&world, "Okta, new");
    assert_eq!(made["client_secret"], "hunter2hunter2");
    assert_eq!(
        made["settings"],
        json!({"oauth2": {"acrValues": ["phr", "phrh"]}})
    );
    for text in [&outcome.stdout, &outcome.stderr] {
        assert!(!text.contains("hunter2"), "{outcome}");
    }
}

#[test]
fn an_entra_registration_is_made_from_the_tenant() {
    let world = World::new();
    let words = format!("--microsoft acrs --tenant {TENANT} --context c1 --context C25");
    let outcome = create(&world, &words).run();
    let document = outcome.exits(0).says("Conditional Access").stdout_json();
    assert_eq!(
        document["provider"]["issuer"],
        format!("https://login.microsoftonline.com/{TENANT}/v2.0")
    );
    let settings = kept_named(&world, "Okta, new")["settings"].clone();
    let wanted = json!({"microsoft": {
        "validationMode": "MICROSOFT_VALIDATION_MODE_ACRS",
        "conditionalAccessIds": ["C1", "C25"], "tenant": TENANT,
    }});
    assert_eq!(settings, wanted);
}

#[test]
fn what_the_documents_forbid_is_not_sent() {
    let world = World::new();
    let entra = |tenant: &str| format!("--issuer https://login.microsoftonline.com/{tenant}/v2.0");
    for (words, reason) in rows! {
        "--issuer https://acme.okta.com/ --acr-value phr".to_owned(), "ends with a slash";
        "--issuer http://acme.okta.com --acr-value phr".to_owned(), "is not https";
        "--issuer https://[acme --acr-value phr".to_owned(), "cannot be an issuer";
        "--issuer https://acme.okta.com".to_owned(), "nothing says what";
        "--issuer https://acme.okta.com --acr-value 0".to_owned(), "no assurance at all";
        entra("common") + " --microsoft oidc --tenant x", "does not have the form";
        entra(TENANT) + " --microsoft acrs", "needs the id of an authentication context";
        entra(TENANT) + " --microsoft acrs --context C100", "not an authentication context";
        entra(TENANT) + " --microsoft oidc --context C1", "ignores authentication contexts";
        entra(TENANT) + " --acr-value phr", "is Microsoft Entra";
        entra(TENANT) + " --context C1", "are for Microsoft Entra";
        "--tenant acme.example --microsoft oidc".to_owned(), "no issuer given";
        "--issuer https://accounts.google.com --acr-value phr".to_owned(), "no step-up";
    } {
        let outcome = create(&world, &words).run();
        refused_before_it_was_sent(&world, &outcome, reason);
    }
}

#[test]
fn a_value_that_may_be_a_mistake_is_named_and_sent() {
    let world = World::new();
    let run = create(
        &world,
        "--issuer https://acme.okta.com --acr-value urn:okta:loa:2fa:anny",
    );
    run.exits(0)
        .says("not a documented acr value, and Okta ignores")
        .says("did you mean `urn:okta:loa:2fa:any`?");
    assert_eq!(writes(&world), 1);
}

/// `provider add` refuses it as weak: what is known about a value stands in one table.
#[test]
fn a3_a_value_that_one_factor_meets_is_named_whoever_takes_it() {
    let world = World::new();
    let value = "onelogin:nist:level:1:re-auth";
    let warning = format!("one factor is enough for `{value}`");
    let words = format!("--issuer https://acme.onelogin.com/oidc/2 --acr-value {value}");
    create(&world, &words).exits(0).says(&warning);
    let update = format!("provider remote update --yes --acr-value {value}");
    world.stepup(&update).arg(STRONG).exits(0).says(&warning);
}

#[test]
fn nothing_is_registered_without_a_secret_or_consent() {
    let world = World::new();
    let before = kept(&world);
    let words =
        "provider remote create --name x --client-id y --issuer https://a.example --acr-value phr";
    let outcome = world.stepup(words).args("--yes").run();
    refused_before_it_was_sent(&world, &outcome, "no client secret given");
    let empty = world
        .stepup(words)
        .args("--yes --secret-file -")
        .stdin("\n");
    refused_before_it_was_sent(&world, &empty.run(), "stdin holds no client secret");
    let missing = world.stepup(words).args("--yes --secret-file nowhere");
    refused_before_it_was_sent(&world, &missing.run(), "could not be read from `nowhere`");
    let key = world
        .stepup(words)
        .args("--yes --secret-file -")
        .stdin(r#"{"kty":"EC","crv":"P-256","d":"aHVudGVyMg"}"#)
        .run();
    refused_before_it_was_sent(&world, &key, "is a private key, which is never sent");
    key.does_not_say("aHVudGVyMg");
    let unasked = world
        .stepup(words)
        .args("--secret-file -")
        .stdin("s3\n")
        .run();
    refused_before_it_was_sent(&world, &unasked, "needs your confirmation");
    unasked.hints("--yes");
    assert_eq!(kept(&world), before);
}

#[test]
fn a_secret_may_come_from_a_file() {
    let world = World::new();
    std::fs::write(world.path("secret"), "from-a-file\n").unwrap();
    let run = world.stepup("provider remote set-secret --yes --secret-file secret");
    run.arg(STRONG).exits(0).prints("secret replaced");
    assert_eq!(kept_named(&world, STRONG)["client_secret"], "from-a-file");
}

#[test]
fn a_secret_that_is_typed_is_not_shown() {
    let world = World::new();
    let id = id(&world, STRONG);
    let mut running = world
        .on_a_terminal(&format!("provider remote set-secret {id}"))
        .start();
    running.prints("client secret (not shown)");
    running.types("typed-by-hand\r");
    running.prints("replace it?");
    running.types("y\r");
    let outcome = running.ends(0);
    assert!(!outcome.stdout.contains("typed-by-hand"), "{outcome}");
    assert_eq!(kept_named(&world, STRONG)["client_secret"], "typed-by-hand");
}

/// Ctrl-C at a question that shows nothing gives the terminal its echo back.
#[test]
fn a_secret_that_is_not_typed_to_its_end_changes_nothing() {
    for plain in ["", "NO_COLOR=1", "TERM=dumb"] {
        let world = World::new();
        let before = kept(&world);
        let id = id(&world, STRONG);
        // The shell hears of Ctrl-C too, and has to live on.
        let line = format!("trap : INT; {plain} {BIN} provider remote set-secret {id}; stty -a");
        let mut running = world.shell_on_a_terminal(&line).start();
        running.prints("client secret (not shown)");
        running.types("half\u{3}");
        let outcome = running.end();
        let said = &outcome.stdout;
        assert!(
            said.contains("interrupted, nothing was changed"),
            "{outcome}"
        );
        assert!(
            said.contains(" echo ") && !said.contains("half"),
            "{outcome}"
        );
        assert_eq!((kept(&world), writes(&world)), (before, 0));
    }
}

#[test]
fn an_update_sends_what_differs_and_shows_it() {
    let world = World::new();
    let before = kept_named(&world, STRONG);
    let run = world
        .stepup("provider remote update --yes -o json --acr-value phrh --client-id 0oa2")
        .arg(STRONG)
        .run();
    let document = run
        .exits(0)
        .says("- requires: acr phr\n")
        .says("+ requires: acr phrh\n")
        .says("+ client id: 0oa2")
        .does_not_say("+ issuer")
        .stdout_json();
    assert_eq!(document["outcome"], "updated");
    let after = kept_named(&world, STRONG);
    assert_eq!(after["client_id"], "0oa2");
    assert_eq!(
        after["settings"],
        json!({"oauth2": {"acrValues": ["phrh"]}})
    );
    for same in ["id", "issuer", "enabled", "client_secret", "created_at"] {
        assert_eq!(after[same], before[same], "{same}");
    }
}

#[test]
fn an_update_that_changes_nothing_is_not_sent() {
    let world = World::new();
    let run = world.stepup("provider remote update --yes --acr-value phr");
    run.arg(STRONG)
        .exits(0)
        .says("it is like that already")
        .prints("unchanged");
    assert_eq!(writes(&world), 0);
}

#[test]
fn a_provider_is_taken_out_of_use_and_back() {
    let world = World::new();
    let run = |what: &str| {
        let run = world.stepup(&format!("provider remote {what} --yes"));
        run.arg(STRONG).run()
    };
    run("disable")
        .exits(0)
        .says("- enabled: yes")
        .says("`AWS access` requires it: grant, step 1");
    assert_eq!(kept_named(&world, STRONG)["enabled"], false);
    run("enable").exits(0).says("+ enabled: yes");
    assert_eq!(kept_named(&world, STRONG)["enabled"], true);
}

#[test]
fn a_provider_is_deleted_and_what_demands_it_is_named() {
    let world = World::new();
    let outcome = world
        .stepup("provider remote delete --yes -o json")
        .arg(STRONG)
        .run();
    let document = outcome
        .exits(0)
        .says("`AWS access` requires it: grant, step 1")
        .says("`Vault access` requires it: grant, step 2")
        .does_not_say("`Grafana access`")
        .stdout_json();
    assert_eq!(document["outcome"], "deleted");
    assert_eq!(kept(&world).as_array().unwrap().len(), 2);
}

/// Who may read policies is not publicly known.
#[test]
fn what_demands_it_may_not_be_readable() {
    let world = World::with(&["role=providers-only"]);
    let run = world.stepup("provider remote delete --yes").arg(STRONG);
    run.exits(0)
        .says("whether policies require it cannot be read");
}

#[test]
fn deleting_asks_first() {
    let world = World::new();
    let before = kept(&world);
    let id = id(&world, STRONG);
    let mut running = world
        .on_a_terminal(&format!("provider remote delete {id}"))
        .start();
    running.prints("delete it?");
    running.types("n\r");
    let outcome = running.ends(6);
    assert!(outcome.stdout.contains("nothing was changed"), "{outcome}");
    assert_eq!((kept(&world), writes(&world)), (before, 0));
}

#[test]
fn who_is_no_administrator_changes_nothing() {
    let world = World::with(&["role=approver"]);
    let before = kept(&world);
    world.stepup("provider remote list").exits(0);
    let refused = |outcome: Outcome| {
        outcome
            .exits(7)
            .says("the API does not allow it")
            .hints("Super Administrator");
    };
    for words in ["delete", "disable", "update --acr-value phrh"] {
        let run = world.stepup(&format!("provider remote {words} --yes"));
        refused(run.arg(STRONG).run());
    }
    refused(create(&world, "--issuer https://a.example --acr-value phr").run());
    assert_eq!(kept(&world), before);
}

#[test]
fn a_change_whose_answer_is_lost_is_in_doubt_and_not_sent_again() {
    let world = World::with(&["api=500"]);
    let run = create(&world, "--issuer https://a.example --acr-value phr").exits(1);
    run.says("it is unknown whether the change was made")
        .hints("stepup provider remote list");
    assert_eq!(writes(&world), 1);
}

/// What to register for the API's own app is said before anything is asked or sent.
#[test]
fn what_to_register_for_the_apis_own_app_is_said_before_it_is_sent() {
    let tenant = "--tenant 8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63";
    for (words, said) in rows! {
        "--issuer https://acme.okta.com --acr-value phr".to_owned(), "OIDC > Web Application";
        format!("--microsoft acrs --context C1 {tenant}"), "Entra ID P1";
        format!("--microsoft oidc {tenant}"), "Entra ID P1";
        "--issuer https://id.example.com --acr-value gold".to_owned(), "a confidential web client";
    } {
        let world = World::new();
        let run = world.stepup("provider remote create --client-id c --secret-file - --name New");
        let outcome = run.args(&words).stdin("hunter2hunter2\n").run();
        // Nobody consented.
        outcome
            .exits(2)
            .says(said)
            .says("https://accounts.conductor.one/auth/callback")
            .says("note the day on which its secret expires");
        assert_eq!(writes(&world), 0);
    }
}

#[test]
fn a_new_secret_is_to_be_tested() {
    let world = World::new();
    let run = world.stepup("provider remote set-secret --yes --secret-file -");
    let outcome = run.arg(STRONG).stdin("hunter2hunter2\n").exits(0);
    outcome
        .says("test it again with `stepup provider remote test ")
        .says("note the day on which the new secret expires");
}

/// Answers a run's questions, in this order.
fn answered(world: &World, words: &str, answers: &[(&str, &str)]) -> Outcome {
    let mut running = world.on_a_terminal(words).start();
    for (question, answer) in answers {
        running.prints(question);
        running.types(answer);
    }
    running.end()
}

#[test]
fn what_a_registration_needs_is_asked_for_on_a_terminal() {
    let world = World::new();
    let outcome = answered(
        &world,
        "provider remote create",
        &[
            ("which kind of provider?", "acr values\r"),
            ("issuer (such as", "https://acme.okta.com\r"),
            ("acr values [phr]", "\r"),
            ("client id of the API", "0oa1\r"),
            ("its name for people [acme.okta.com]", "Okta, asked\r"),
            ("client secret (not shown)", "typed-by-hand\r"),
            ("register it?", "y\r"),
        ],
    );
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(!outcome.stdout.contains("typed-by-hand"), "{outcome}");
    let made = kept_named(&world, "Okta, asked");
    assert_eq!(made["settings"], json!({"oauth2": {"acrValues": ["phr"]}}));
    assert_eq!(made["issuer"], "https://acme.okta.com");
    assert_eq!(made["client_secret"], "typed-by-hand");

    let outcome = answered(
        &world,
        "provider remote create --client-id 0oa1",
        &[
            ("which kind of provider?", "contexts\r"),
            ("tenant id", &format!("{TENANT}\r")),
            ("authentication contexts (C1 to C99) [C1]", "C2\r"),
            ("its name for people [Microsoft Entra]", "\r"),
            ("client secret (not shown)", "s3\r"),
            ("register it?", "n\r"),
        ],
    );
    assert_eq!(outcome.code, Some(6), "{outcome}");
    outcome.prints("context C2");
    assert_eq!(writes(&world), 1);
}

#[test]
fn a_registration_that_is_not_named_is_chosen() {
    let name = "Sandbox, hardware key first";
    // By its id where others are called the same.
    for by in ["hardware", "id"] {
        let world = World::new();
        let id = kept_named(&world, name)["id"].as_str().unwrap().to_owned();
        let typed = format!("{}\r", if by == "id" { &id } else { by });
        let outcome = answered(
            &world,
            "provider remote disable",
            &[("which step-up provider?", &typed), ("change it?", "y\r")],
        );
        assert_eq!(outcome.code, Some(0), "{outcome}");
        assert_eq!(kept_named(&world, name)["enabled"], false);
        assert_eq!(kept_named(&world, STRONG)["enabled"], true);
    }
}

#[test]
fn what_a_registration_lacks_is_named_where_nobody_can_be_asked() {
    let world = World::new();
    for (words, sentence, hint) in rows! {
        "create --acr-value phr --yes", "a registration also needs `--name`, `--issuer`, `--client-id`", "--help";
        "create --name x --tenant y --microsoft oidc --yes", "a registration also needs `--client-id`", "--help";
        "show", "no step-up provider given", "remote list";
        "update --name x --yes", "no step-up provider given", "remote list";
        "set-secret --yes", "no step-up provider given", "remote list";
        "delete --yes", "no step-up provider given", "remote list";
        "enable --yes", "no step-up provider given", "remote list";
        "test", "no step-up provider given", "remote list";
    } {
        let outcome = world.stepup(&format!("provider remote {words}")).run();
        outcome.hints(hint);
        refused_before_it_was_sent(&world, &outcome, sentence);
    }
}
