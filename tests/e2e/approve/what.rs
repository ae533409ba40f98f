//! What exactly is approved: the objects by their names, whatever the title says.

use crate::world::World;

/// A task of each type, whose titles do not name the app.
fn every_type(switches: &[&str]) -> World {
    World::with(&[&["tasks=every-type"], switches].concat())
}

#[test]
fn a_grant_is_shown_with_its_names_its_answers_and_what_the_api_thinks() {
    let world = every_type(&[]);
    let outcome = world.approve("4220").args("--dry-run -o json").run();
    let document = outcome.exits(0).stdout_json();
    for line in [
        "Grant Ada Novak admin",
        "  type: grant",
        "  app: Payroll",
        "  entitlement: admin",
        "  account: ada.novak",
        "  for: Ada Novak <ada.novak@sandbox.example>",
        "  duration: 8h",
        "  answer: Ticket: FIN-204",
        "  answer: Which ledgers?: EU and US",
        "  advice: the API recommends: review",
        "  insight: nobody else in the group has it",
        "  step: 1 of 1; 1 other person may decide, too (Mira Chen, Noor Haddad)",
        "); then others decide",
    ] {
        outcome.says(line);
    }
    let statement = &document["statement"];
    assert_eq!(statement["app"]["name"], "Payroll");
    assert_eq!(statement["entitlement"]["name"], "admin");
    assert_eq!(statement["account_name"], "ada.novak");
    world.api().saw_no_approval();
}

/// The names that were shown are in the receipt, and a reading without names is no difference.
#[test]
fn the_receipt_names_what_was_shown() {
    for switches in [&[][..], &["ceremony=hosted"]] {
        let world = every_type(switches);
        let run = world.approve("4220").args("-o json").signing_in_with("key");
        let receipt = run.exits(0).stdout_json();
        assert_eq!(receipt["statement"]["app"]["name"], "Payroll");
        assert!(receipt.get("statement_after").is_none());
        world.api().saw_one_approval("4220");
    }
    let world = every_type(&[]);
    let run = world.stepup("approve 4220 4221 --yes -o json");
    let document = run.run_with("key").exits(0).stdout_json();
    let statement = &document["results"][0]["receipt"]["statement"];
    assert_eq!(statement["entitlement"]["name"], "admin");
    assert_eq!(
        document["results"][1]["receipt"]["statement"]["resource"]["name"],
        "production"
    );
}

#[test]
fn every_type_is_told_and_only_what_lasts_has_a_duration() {
    let world = every_type(&[]);
    for (number, kind, lines) in rows! {
        "4221", "revoke", &["  app: Vault", "  entitlement: root", "  resource: production"][..];
        "4222", "certify", &["  app: Grafana", "  entitlement: viewer"];
        "4223", "offboarding", &["  for: Ada Novak <ada.novak@sandbox.example>"];
        "4224", "action", &[];
        "4225", "finding", &[];
    } {
        let outcome = world.approve(number).args("--dry-run").exits(0);
        outcome.says(&format!("  type: {kind}"));
        outcome.does_not_say("  duration: ");
        for line in lines {
            outcome.says(line);
        }
        // What an approval by API does there and does not do is said before anything is sent.
        let review = outcome
            .stderr
            .contains("when the review is submitted in C1");
        assert_eq!(review, kind == "certify", "{outcome}");
        let about_access = outcome.stderr.contains("  entitlement: ");
        assert_eq!(
            about_access,
            ["revoke", "certify"].contains(&kind),
            "{outcome}"
        );
    }
    world.api().saw_no_approval();
}

/// A Basic User may be refused other people, and even the search: what is not known is said to be unknown, and the
/// task can be approved all the same.
#[test]
fn what_may_not_be_read_is_unknown() {
    let world = every_type(&["users=403"]);
    let outcome = world.approve("4220").args("--dry-run").run();
    let ada = world.api().task("4220")["userId"]
        .as_str()
        .unwrap()
        .to_owned();
    outcome
        .exits(0)
        .says("  app: Payroll")
        .says(&format!("  for: {ada}"));
    let world = every_type(&["task_search=403"]);
    let outcome = world.approve("4220").args("-o json").run_with("key");
    let receipt = outcome.exits(0).stdout_json();
    let app = receipt["statement"]["app"]["id"].as_str().unwrap();
    outcome
        .says(&format!("  app: unknown ({app})"))
        .says("  entitlement: unknown (")
        .says("  for: Ada Novak")
        .says("  insight: 1 more: the API does not tell it here");
    assert!(receipt["statement"]["app"]["name"].is_null());
    world.api().saw_one_approval("4220");
}

#[test]
fn a_denial_and_the_task_alone_show_the_same() {
    let world = every_type(&[]);
    world
        .stepup("deny 4220 --yes -m no")
        .run()
        .says("  app: Payroll");
    let world = every_type(&[]);
    let show = world.stepup("task show 4220").run();
    for line in [
        "app:          Payroll",
        "entitlement:  admin",
        "answer:       Ticket: FIN-204",
        "advice:       the API recommends: review",
        "until:        ",
    ] {
        show.prints(line);
    }
    let document = world.stepup("task show 4220 -o json").run().stdout_json();
    let task = &document["task"];
    assert_eq!(task["app"]["name"], "Payroll");
    assert_eq!(task["answers"][0]["answer"], "FIN-204");
    assert_eq!(task["recommendation"], "review");
    assert!(task["deadline"].is_string());
    world.api().saw_no_decision();
}
