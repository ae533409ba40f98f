//! What nobody outside knows about C1 (c1.md 8 and 11.6): right under every answer. Each story has its exit
//! code and the state of the task afterwards.

use serde_json::{Value, json};

use crate::process::{Outcome, person};
use crate::sandbox::hosted::Hosted;
use crate::world::World;

/// `approve 4211` by the built-in person with a security key, under these switches.
fn approve(switches: &[&str], args: &str) -> (Hosted, Outcome) {
    let hosted = Hosted::new(switches);
    let run = hosted.0.approve("4211").args("-m fine").args(args);
    let outcome = run.run_with("key");
    (hosted, outcome)
}

fn posts(hosted: &Hosted, action: &str) -> usize {
    let end = format!("/action/{action}");
    let log = hosted.0.api().log();
    log.iter().filter(|line| line.path.ends_with(&end)).count()
}

/// It works, with so many legs, and never plainly.
#[track_caller]
fn approves(switches: &[&str], legs: usize) -> (Hosted, Outcome) {
    let (hosted, outcome) = approve(switches, "-o json");
    outcome.exits(0);
    assert_eq!(posts(&hosted, "approve-with-step-up"), legs);
    assert_eq!(posts(&hosted, "approve"), 0);
    hosted.0.api().saw_one_approval("4211");
    (hosted, outcome)
}

/// It ends with this code and sentence, and nothing is approved; leg 2 is not even sent.
#[track_caller]
fn refuses(switches: &[&str], args: &str, code: i32, why: &str) -> Outcome {
    let (hosted, outcome) = approve(switches, args);
    outcome.exits(code).says(why);
    assert_eq!(posts(&hosted, "approve-with-step-up"), 1);
    assert_eq!(posts(&hosted, "approve"), 0);
    hosted.0.api().saw_no_approval();
    outcome
}

const BLIND: &str = "the API does not show its step-up transactions";

#[test]
fn c1_8_1_a_search_that_lags() {
    approves(&["transactions=lag"], 2);
}

#[test]
fn c1_8_1_a_search_that_is_empty_at_first() {
    approves(&["transactions=empty-first"], 2);
}

#[test]
fn c1_8_1_a_search_that_is_allowed_for_oneself_only() {
    let (_, outcome) = approves(&["transactions=403-unless-user"], 2);
    outcome.does_not_say(BLIND);
}

#[test]
fn c1_8_1_a_search_that_never_lists_it_and_an_api_that_waits_for_leg_2() {
    refuses(
        &["transactions=never"],
        "--timeout 5s",
        6,
        "was not completed within",
    );
}

#[test]
fn c1_8_1_a_search_that_never_lists_it_and_an_api_that_finishes_by_itself() {
    let (_, outcome) = approves(&["transactions=never", "finish=server"], 1);
    let receipt = outcome.stdout_json();
    assert_eq!(receipt["transaction"]["in_history"], true);
    assert_eq!(receipt["proof"]["acr"], "phr");
}

#[test]
fn c1_8_2_a_search_that_is_refused_leaves_the_task_to_watch() {
    for refusal in ["transactions=403", "transactions=404", "transactions=501"] {
        let (_, outcome) = approves(&[refusal, "finish=server"], 1);
        outcome.says(BLIND);
    }
}

#[test]
fn c1_8_2_a_search_that_is_refused_and_an_api_that_waits_for_leg_2() {
    let outcome = refuses(&["transactions=403"], "--timeout 5s", 6, BLIND);
    outcome.hints("--transaction-id");
}

#[test]
fn c1_8_2_a_named_transaction_that_only_the_api_can_read() {
    let hosted = Hosted::new(&["transactions=403-unless-user", "transaction_get=403"]);
    let url = hosted.leg_1("4211");
    hosted.walk(&url, "key");
    let mine = hosted.search(&json!({"userId": hosted.me()}));
    let id = mine[0]["id"].as_str().unwrap();
    let run = hosted.0.approve("4211").args("-m fine --transaction-id");
    run.arg(id).exits(0)
        .says("nothing about this transaction can be checked here")
        .prints("its strength left to the API")
        .prints("left:     its task and step, the person, the provider, when it began, when it expires, the strength");
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn c1_8_3_an_id_in_the_address_is_tried() {
    let (_, outcome) = approves(&["transactions=403", "redirect_id=yes"], 2);
    outcome.says(BLIND);
    approves(&["transactions=never", "redirect_id=yes"], 2);
}

#[test]
fn an_id_in_the_address_that_cannot_be_read_is_judged_by_the_api() {
    let switches = ["transactions=403", "redirect_id=yes", "transaction_get=403"];
    let (hosted, outcome) = approve(&switches, "-o json");
    outcome
        .exits(0)
        .says(BLIND)
        .says("nothing about this transaction can be checked here");
    let receipt = outcome.stdout_json();
    let everything = json!([
        "target", "person", "provider", "creation", "expiry", "strength", "age"
    ]);
    assert_eq!(receipt["transaction"]["left_to_the_api"], everything);
    assert_eq!(receipt["transaction"]["in_history"], true);
    assert_eq!(receipt["subject"], "left-to-the-api");
    assert_eq!(receipt["proof"], Value::Null);
    hosted.0.api().saw_one_approval("4211");
}

/// Nobody signed in: the API refuses the id each time, and the attempts are few.
#[test]
fn an_id_that_the_api_does_not_take_approves_nothing() {
    let switches = ["transactions=403", "redirect_id=yes", "transaction_get=403"];
    let hosted = Hosted::new(&switches);
    let run = hosted.0.approve("4211").args("-m fine --no-browser");
    let outcome = run.args("--timeout 6s").exits(6);
    outcome.says("was not completed within");
    let legs = posts(&hosted, "approve-with-step-up");
    assert!((2..=4).contains(&legs), "{legs}");
    hosted.0.api().saw_no_approval();
}

#[test]
fn c1_8_3_an_id_in_the_address_has_to_fit_too() {
    let switches = [
        "transactions=403",
        "redirect_id=yes",
        "transaction_task=other",
    ];
    let why = "the API shows no step-up that fits";
    refuses(&switches, "--timeout 5s", 6, why);
}

#[test]
fn c1_8_3_an_address_that_is_not_safe_is_not_opened() {
    for switch in ["redirect_url=plain-http", "redirect_url=script"] {
        refuses(&[switch], "", 5, "which is not a safe URL");
    }
}

#[test]
fn c1_8_3_no_address_and_no_approval_is_told_as_it_is() {
    let outcome = refuses(
        &["redirect_url=none"],
        "",
        1,
        "the approval was not recorded so far",
    );
    outcome.says("neither accepts the approval nor says where to authenticate");
}

#[test]
fn c1_8_4_the_api_finishes_by_itself() {
    approves(&["finish=server"], 1);
}

#[test]
fn c1_8_4_the_browser_wins_the_race() {
    let (hosted, outcome) = approve(&["finish=browser"], "-o json");
    outcome.exits(0);
    hosted.0.api().saw_one_approval("4211");
    let receipt = outcome.stdout_json();
    assert_eq!(receipt["transaction"]["in_history"], true);
}

#[test]
fn c1_8_5_whatever_a_plain_approval_would_do_none_is_sent() {
    for answer in ["400", "403", "ignored", "accepted"] {
        let switch = format!("plain_approve={answer}");
        approves(&[&switch, "actions=both"], 2);
    }
}

#[test]
fn c1_8_10_a_comment_that_leg_1_keeps_is_there_twice_at_worst() {
    let comments = |switches: &[&str]| {
        let (hosted, _) = approves(switches, 2);
        hosted.0.api().task("4211")["commentCount"].clone()
    };
    assert_eq!(comments(&[]), 1);
    assert_eq!(comments(&["leg1_comment=kept"]), 2);
}

#[test]
fn c1_8_11_a_lost_answer_to_leg_2_is_looked_up_and_never_sent_again() {
    for switch in ["leg2=500-after-commit", "leg2=drop-after-commit"] {
        let (_, outcome) = approves(&[switch], 2);
        assert_eq!(outcome.stdout_json()["approval"]["confirmed"], true);
    }
}

#[test]
fn c1_8_11_a_leg_2_that_fails_is_told_as_it_is() {
    let (hosted, outcome) = approve(&["leg2=500"], "");
    outcome
        .exits(1)
        .says("the approval was not recorded so far")
        .hints("run the same command again");
    assert_eq!(posts(&hosted, "approve-with-step-up"), 2);
    hosted.0.api().saw_no_approval();
}

/// An action is sent once; what the person did is not lost.
#[test]
fn c1_10_a_busy_api_did_nothing_and_is_told_of() {
    let (hosted, outcome) = approve(&["leg2=429"], "");
    outcome.exits(1).says("the API is asked too often");
    assert_eq!(posts(&hosted, "approve-with-step-up"), 2);
    hosted.0.api().saw_no_approval();
}

#[test]
fn c1_8_4_a_leg_2_that_is_refused_is_refused() {
    let (hosted, outcome) = approve(&["leg2=400"], "-o json");
    outcome.exits(7).fails_in_json("refused");
    assert_eq!(posts(&hosted, "approve-with-step-up"), 2);
    hosted.0.api().saw_no_approval();
}

#[test]
fn c1_8_9_what_lapses_while_it_is_pending_is_waited_for_no_longer() {
    let hosted = Hosted::new(&["transaction_lifetime_s=3"]);
    let run = hosted.0.approve("4211").args("-m fine --no-browser");
    run.exits(6).says("the step-up transaction lapsed at ");
    hosted.0.api().saw_no_approval();
}

#[test]
fn c1_8_9_what_lapsed_after_it_was_verified_is_not_sent() {
    refuses(
        &["transaction_lifetime_s=1"],
        "",
        6,
        "the step-up transaction lapsed at ",
    );
}

#[test]
fn c1_8_12_another_person_in_the_browser() {
    let outcome = refuses(
        &["transaction_user=other"],
        "",
        5,
        "another person authenticated",
    );
    outcome.hints("sign in in the browser as the person whose credential");
}

#[test]
fn c1_8_12_nobody_is_named_while_it_is_pending() {
    approves(&["transaction_user=empty-pending"], 2);
}

/// It came with the attempt, and is left out with its reason, so that nobody thinks that nothing happened.
#[test]
fn c1_6_a_transaction_of_another_target_or_time_is_not_ours() {
    for (switches, why) in rows! {
        &["transaction_task=other"][..], "is for another task";
        &["transaction_created=old"], "is from before this attempt";
        // Where the API does not let its transactions be found before, a date is needed.
        &["transactions=403", "redirect_id=yes", "transaction_created=none"], "the API does not say when the step-up transaction began";
    } {
        let why_not = "the API shows no step-up that fits, after 5s";
        let outcome = refuses(switches, "--timeout 5s", 6, why_not);
        outcome
            .hints("was left out: ")
            .hints(why)
            .hints("--transaction-id");
    }
}

#[test]
fn c1_6_a_step_that_is_not_told_is_left_to_the_api_if_the_transaction_is_new() {
    for (switch, fact) in [
        ("transaction_step=empty", "target"),
        ("transaction_created=none", "creation"),
    ] {
        let (_, outcome) = approves(&[switch], 2);
        let receipt = outcome.stdout_json();
        assert_eq!(receipt["transaction"]["left_to_the_api"], json!([fact]));
        assert_eq!(receipt["proof"]["acr"], "phr");
    }
    let (_, outcome) = approves(
        &["transaction_created=none", "transactions=403-unless-user"],
        2,
    );
    outcome.does_not_say(BLIND);
}

/// The definition's id, or the step was restarted: only a person can say. Without one it is not sent, and `--yes` was
/// said to something else.
#[test]
fn c1_6_a_transaction_of_another_step_is_asked_about_on_a_terminal_only() {
    let why = "the step-up transaction is for step `";
    refuses(&["transaction_step=other"], "", 5, why);
    for (answer, code) in [("n\r", 6), ("y\r", 0)] {
        let hosted = Hosted::new(&["transaction_step=other"]);
        let browser = shell_words::quote(&person("key")).into_owned();
        let words = format!("approve --yes -m fine 4211 --browser {browser}");
        let mut running = hosted.0.on_a_terminal(&words).start();
        running.prints("send it for the step that was shown?");
        running.types(answer);
        let outcome = running.ends(code);
        let said: Vec<&str> = outcome.stdout.split_whitespace().collect();
        let said = said.join(" ");
        assert!(
            said.contains("the API verified your step-up for step"),
            "{outcome}"
        );
        if code == 0 {
            hosted.0.api().saw_one_approval("4211");
        } else {
            assert_eq!(posts(&hosted, "approve-with-step-up"), 1);
            hosted.0.api().saw_no_approval();
        }
    }
}

#[test]
fn c1_8_1_a_search_that_takes_no_filters_is_asked_without() {
    let (_, outcome) = approves(&["transactions=400-filters"], 2);
    outcome.does_not_say(BLIND);
    approves(&["transactions=unfiltered"], 2);
    let (_, outcome) = approves(&["transactions=400", "finish=server"], 1);
    outcome.says(BLIND);
    let outcome = refuses(&["transactions=400"], "--timeout 5s", 6, BLIND);
    outcome.hints("--transaction-id");
}

/// What the person can do is said at once, and not only when the time is over.
#[test]
fn c1_8_2_where_nothing_is_shown_it_is_not_waited_in_silence() {
    for read in ["transaction_get=403", "transaction_get=404"] {
        let hosted = Hosted::new(&["transactions=403", "redirect_id=yes", read]);
        let run = hosted.0.approve("4211").args("-m fine --no-browser");
        let running = run.args("--timeout 5s").start();
        running.says("give the transaction's id");
        running.end().exits(6).says(BLIND);
        hosted.0.api().saw_no_approval();
    }
}

#[test]
fn c1_6_a_transaction_at_another_provider_is_untrusted() {
    refuses(
        &["transaction_provider=other"],
        "",
        5,
        "the step-up was done at another provider",
    );
}

#[test]
fn c1_8_13_claims_that_fall_short_are_unmet_whatever_the_api_says() {
    refuses(
        &["claims=wrong-acr"],
        "",
        3,
        "authentication was not strong enough: needed acr `phr`",
    );
}

#[test]
fn c1_8_13_claims_that_are_not_shown_leave_the_strength_to_the_api_and_the_receipt_says_so() {
    for (switch, shown) in [
        ("claims=none", "the API shows: nothing"),
        ("claims=hidden", "the API shows: only the claims "),
    ] {
        let (_, outcome) = approves(&[switch], 2);
        outcome.says(shown);
        let receipt = outcome.stdout_json();
        let left = json!(["strength", "age"]);
        assert_eq!(receipt["transaction"]["left_to_the_api"], left);
        assert_eq!(receipt["proof"], Value::Null);
    }
}

#[test]
fn c1_8_14_a_pending_one_that_is_listed_late() {
    approves(&["pending=late"], 2);
}

#[test]
fn the_step_rotates_meanwhile() {
    let (hosted, outcome) = approve(&["step=rotated"], "");
    outcome
        .exits(7)
        .says("the step was restarted in the meantime");
    assert_eq!(posts(&hosted, "approve-with-step-up"), 1);
    // The task is another than before, by the restart, and waits.
    let task = hosted.0.api().task("4211");
    assert_eq!(task["state"], "TASK_STATE_OPEN");
    assert_eq!(task["approverIds"], Value::Null);
}

#[test]
fn somebody_else_settles_the_step_meanwhile() {
    for (switch, how) in [
        ("settled=approved", "the step was approved in the meantime"),
        ("settled=denied", "the step was denied in the meantime"),
    ] {
        let (hosted, outcome) = approve(&[switch], "");
        outcome.exits(7).says(how);
        assert_eq!(posts(&hosted, "approve-with-step-up"), 1);
    }
}

#[test]
fn the_provider_was_deleted_under_the_task() {
    let (hosted, outcome) = approve(&["provider=deleted"], "");
    outcome.exits(7);
    hosted.0.api().never_saw("/step-up");
    hosted.0.api().saw_no_approval();
}

#[test]
fn leg_1_approves_at_once() {
    let (hosted, outcome) = approve(&["leg1=accepted"], "-o json");
    outcome
        .exits(5)
        .says("the step requires step-up, and the API approved it without showing one: nothing is proven")
        .hints("the approval is in: look at it with `stepup task show 4211 --audit`");
    let receipt = outcome.stdout_json();
    assert_eq!(receipt["ceremony"], "none");
    assert_eq!(receipt["caveats"], json!(["without-step-up"]));
    hosted.0.api().saw_one_approval("4211");
    hosted.0.api().never_saw("/step-up");
}

#[test]
fn a_clock_that_is_off_is_named_with_its_skew_and_does_not_disturb() {
    for (switch, words) in [
        ("clock=ahead", "this machine's clock is 10m behind"),
        ("clock=behind", "this machine's clock is 10m ahead of"),
    ] {
        let (_, outcome) = approves(&[switch], 2);
        outcome.says(words);
    }
    let (_, outcome) = approves(&[], 2);
    outcome.does_not_say("clock");
}

/// The policy changed between the reading of the task and the approval: decided anew, once.
#[test]
fn c1_8_5_a_step_that_comes_to_demand_step_up_is_approved_with_step_up() {
    for switches in [
        &["step=hardened"][..],
        &["step=hardened", "ceremony=hosted"],
    ] {
        let world = World::with(switches);
        let outcome = world.approve("4212").args("-o json").run_with("key");
        let receipt = outcome.exits(0).stdout_json();
        outcome.says("the step requires step-up authentication by now");
        assert_ne!(receipt["ceremony"], "none");
        assert_eq!(receipt["proof"]["acr"], "phr");
        world.api().saw_one_approval("4212");
    }
}

#[test]
fn c1_8_5_and_refused_where_the_sign_in_is_too_weak_for_it() {
    let world = World::with(&["step=hardened"]);
    let run = world.approve("4212").signing_in_with("password");
    run.exits(3);
    let approved = world
        .api()
        .log()
        .into_iter()
        .any(|line| line.approved.is_some());
    assert!(!approved);
    assert_eq!(world.api().task("4212")["state"], "TASK_STATE_OPEN");
}
