//! A task and an API by the names that people have at hand.

use crate::world::World;

#[test]
fn a_task_is_named_by_its_number_or_its_address() {
    let world = World::new();
    let host = world.api_url().trim_start_matches("http://").to_owned();
    let id = world.api().id("4212");
    let page = world.api().id("4211");
    for name in [
        "#4212".to_owned(),
        format!("http://{host}/task/4212"),
        format!("{host}/task/4212?tab=log"),
        format!("http://{host}/api/v1/tasks/{id}"),
    ] {
        let outcome = world.stepup("task show -o json").arg(&name).run();
        let document = outcome.exits(0).stdout_json();
        assert_eq!(document["task"]["numeric_id"], "4212", "{name}");
    }
    // The address that `task show` prints is one of them.
    let shown = world
        .stepup("task show -o json 4211")
        .exits(0)
        .stdout_json();
    let address = shown["task"]["web_url"].as_str().unwrap().to_owned();
    world.approve(&address).signing_in_with("key").exits(0);
    world.api().saw_one_approval("4211");
    assert!(!page.is_empty());
}

#[test]
fn the_same_task_by_two_names_is_one_task() {
    let world = World::new();
    let address = format!("{}/task/4212", world.api_url());
    let run = world
        .stepup("approve --yes 4212 #4212")
        .arg(&address)
        .args("-o json");
    run.exits(0);
    world.api().saw_one_approval("4212");
    // What is for one task alone takes it.
    let id = "2zTransaction00000000000001";
    let run = world.stepup("approve 4211 #4211 --dry-run --transaction-id");
    run.arg(id).exits(0);
}

#[test]
fn an_address_of_another_api_names_no_task_of_this_one() {
    let world = World::new();
    for words in ["approve --yes", "deny --yes", "task show", "comment"] {
        let run = world
            .stepup(words)
            .arg("https://acme.conductor.one/task/4212");
        let run = if words == "comment" {
            run.arg("text")
        } else {
            run
        };
        run.exits(2)
            .says("that is the URL of a task of `acme.conductor.one`")
            .hints("`--profile`");
    }
    let run = world
        .stepup("approve --yes --stdin")
        .stdin("4212\nhttps://acme.conductor.one/task/4211\n");
    run.exits(2).says("of `acme.conductor.one`");
    world.api().saw_no_decision();
}

#[test]
fn an_api_is_named_by_its_host_or_an_address_inside_it() {
    let world = World::new();
    let host = world.api_url().trim_start_matches("http://").to_owned();
    for api in [
        host.clone(),
        format!("{host}/api/v1"),
        format!("http://{host}/task/4211"),
    ] {
        let outcome = world.stepup("whoami --api-url").arg(&api).exits(0);
        outcome.prints("Mira Chen");
    }
}

/// First guesses that mean nothing else are taken.
#[test]
fn other_words_for_a_denial_and_its_reason() {
    let world = World::new();
    let run = world
        .stepup("reject 4211 --yes --reason")
        .arg("not on call");
    run.exits(0).prints("denied task 4211");
    let run = world.stepup("deny 4213 --yes --message").arg("not on call");
    run.exits(0).prints("denied task 4213");
}

/// A script that knows the exit code only need not parse the sentence.
#[test]
fn an_error_says_its_code_and_its_task() {
    let world = World::new();
    for (words, code, task) in [
        ("approve 4215 --yes", 7, "4215"),
        ("task show #9999", 7, "9999"),
        ("deny 4216 --yes", 7, "4216"),
        ("comment 9999 text", 7, "9999"),
    ] {
        let outcome = world.stepup(words).args("-o json").run();
        let document = outcome.exits(code).stdout_json();
        assert_eq!(document["error"]["code"], code, "{words}: {document}");
        assert_eq!(document["error"]["task"], task, "{words}: {document}");
    }
    let outcome = world.stepup("whoami -p nobody -o json").run();
    let document = outcome.exits(2).stdout_json();
    assert!(document["error"].get("task").is_none(), "{document}");
    world.api().saw_no_approval();
}

#[test]
fn names_stand_beside_ids() {
    let world = World::new();
    let credential = world.credential();
    world
        .stepup("login --token-stdin -o json")
        .stdin(&credential)
        .exits(0);
    let outcome = world
        .stepup("login --token-stdin -o json")
        .stdin(&credential)
        .run();
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["display_name"], "Mira Chen");
    assert_eq!(document["email"], "mira.chen@sandbox.example");
    let outcome = world.stepup("login --token-stdin").stdin(&credential).run();
    outcome
        .exits(0)
        .prints("as Mira Chen <mira.chen@sandbox.example>");
}

/// `| head` has seen enough, and that is no error of a command that only reads.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let world = World::new();
    for words in [
        "whoami",
        "task list",
        "task show 4211",
        "config list",
        "config path",
        "config get api_url",
        "provider list",
        "provider show sandbox",
        "provider presets",
        "provider presets okta",
        "provider keys sandbox",
        "policy list",
        "approve 4211 --dry-run",
        "approve 4211 4212 --dry-run",
        "completions bash",
        "man",
        "receipt list",
    ] {
        for form in ["-o text", "-o json"] {
            let run = world.stepup(words).args(form).with_closed_stdout();
            run.exits(0).does_not_say("could not be written");
        }
    }
    // What was done has to be told.
    let outcome = world.stepup("deny 4211 --yes").with_closed_stdout().run();
    outcome.exits(1).says("could not be written to stdout");
}
