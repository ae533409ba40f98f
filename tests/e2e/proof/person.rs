//! Who signed in (B9.19): compared with the person of the API credential wherever the provider says it, and
//! never taken for granted.

use crate::approve::roundtrips::{APPROVE, READ, TOKEN, USERINFO, after_the_person};
use crate::process::Outcome;
use crate::world::World;

/// The provider says the address at `UserInfo` alone, as many do by default (Core §5.4).
const AT_USERINFO: &str = "email=userinfo";

const USER_NAME: &str = "subject = \"preferred_username\"";

pub(crate) fn world(switches: &[&str], entry: &str) -> World {
    let world = World::with(switches);
    world.add_to_entry(entry);
    world
}

fn approve(world: &World) -> Outcome {
    let run = world.approve("4211").args("-o json");
    run.run_with("key")
}

#[track_caller]
fn refused(switches: &[&str], entry: &str, code: i32, reason: &str) {
    refusal(switches, entry, code, reason).does_not_say("panicked");
}

#[track_caller]
fn refusal(switches: &[&str], entry: &str, code: i32, reason: &str) -> Outcome {
    let kind = match code {
        1 => "failed",
        3 => "unmet",
        _ => "untrusted",
    };
    let world = world(switches, entry);
    let outcome = approve(&world);
    outcome.fails(code, kind, reason);
    world.api().saw_no_approval();
    outcome
}

#[track_caller]
fn approved(switches: &[&str], entry: &str, subject: &str, caveats: &[&str]) -> World {
    let world = world(switches, entry);
    let outcome = approve(&world);
    let receipt = outcome.exits(0).stdout_json();
    assert_eq!(receipt["subject"], subject, "{outcome}");
    assert_eq!(receipt["caveats"], serde_json::json!(caveats), "{outcome}");
    world.api().saw_one_approval("4211");
    world
}

#[test]
fn b9_19_another_person_whom_only_userinfo_names() {
    let other = "another person signed in: wanted email `mira.chen@sandbox.example`, got `noor.haddad@sandbox.example`";
    refused(&[AT_USERINFO, "subject=other"], "", 5, other);
    let jwt = [AT_USERINFO, "subject=other", "userinfo=jwt"];
    refused(&jwt, "", 5, other);
    refused(&[AT_USERINFO, "subject=other"], "dpop = true", 5, other);
    let name = "wanted preferred_username `mira.chen`, got `noor.haddad`";
    let switches = ["preferred_username=userinfo", "subject=other"];
    refused(
        &switches,
        &format!("{USER_NAME}\nscopes = [\"profile\"]"),
        5,
        name,
    );
}

/// Mostly the browser still has somebody else's session.
#[test]
fn another_person_is_told_of_a_private_window_and_then_of_another_claim() {
    let world = World::with(&["subject=other"]);
    let outcome = world.approve("4211").run_with("key");
    outcome
        .exits(5)
        .hints("use a private window: `--browser \"firefox --private-window %s\"`")
        .hints("`stepup provider edit sandbox --subject preferred_username`");
    world.api().saw_no_approval();
}

#[test]
fn b9_19_another_address_is_another_person_verified_or_not() {
    for verified in [
        "email_verified=false",
        "email_verified=text-false",
        "email_verified=absent",
        "email_verified=null",
    ] {
        let switches = ["email=other", verified];
        let other = "another person signed in: wanted email `mira.chen@sandbox.example`";
        refused(&switches, "", 5, other);
        refused(&switches, "accept_unverified_email = true", 5, other);
    }
}

#[test]
fn b9_19_an_address_that_is_not_verified_is_not_enough() {
    for (verified, shown) in [
        ("email_verified=false", "`false`"),
        ("email_verified=text-false", "`\"false\"`"),
        ("email_verified=False", "`\"False\"`"),
        ("email_verified=0", "`0`"),
        ("email_verified=no", "`\"no\"`"),
        ("email_verified=null", "`null`"),
    ] {
        for email in ["email=userinfo", "email=claims"] {
            let outcome = refusal(
                &[email, verified],
                "",
                3,
                &format!(
                    "`mira.chen@sandbox.example` is not verified: wanted email_verified `true`, got {shown}"
                ),
            );
            outcome.hints("accept_unverified_email");
        }
    }
}

#[test]
fn b9_19_an_address_that_is_not_verified_counts_where_the_entry_says_so_and_the_receipt_tells() {
    let entry = "accept_unverified_email = true";
    for switches in [
        &["email_verified=false"][..],
        &["email_verified=0", AT_USERINFO],
    ] {
        approved(switches, entry, "same", &["email-unverified"]);
    }
    approved(&[], entry, "same", &[]);
    approved(&["email_verified=text-true"], "", "same", &[]);
    approved(
        &["email_verified=absent"],
        "",
        "same",
        &["email-unattested"],
    );
}

#[test]
fn b9_19_nothing_to_compare_is_not_enough_where_the_api_names_its_person() {
    for (switch, got) in [
        ("email=none", "got none"),
        ("email=null", "got none"),
        ("email=list", "got none"),
    ] {
        let outcome = refusal(&[switch], "", 3, got);
        outcome
            .says("wanted email `mira.chen@sandbox.example`")
            .hints("`subject`");
    }
    let outcome = refusal(&["preferred_username=none"], USER_NAME, 3, "got none");
    outcome.says("wanted preferred_username `mira.chen`");
}

#[test]
fn b9_19_userinfo_that_refuses_the_token_leaves_nothing_to_compare() {
    for (switch, status) in [("userinfo=401", 401), ("userinfo=403", 403)] {
        let reason = format!("UserInfo refused the access token with HTTP {status}");
        let outcome = refusal(&[AT_USERINFO, switch], "", 3, &reason);
        outcome.hints("`subject`");
    }
}

#[test]
fn b9_19_userinfo_that_is_not_to_be_believed_is_untrusted() {
    for (answer, reason) in rows! {
        "userinfo=other-sub", "UserInfo is about another person";
        "userinfo=no-sub", "UserInfo does not say whom it is about";
        "userinfo=jwt-bad-signature", "UserInfo's signature is not the provider's";
        "userinfo=jwt-none", "UserInfo is signed with `none`";
        "userinfo=jwt-other-audience", "UserInfo is meant for `somebody-else`";
        "userinfo=jwt-other-issuer", "UserInfo was issued by `https://other.example`";
    } {
        refused(&[AT_USERINFO, answer], "", 5, reason);
    }
}

#[test]
fn b9_19_userinfo_that_does_not_answer_is_a_failure_and_no_answer() {
    for (answer, reason) in [
        ("userinfo=404", "UserInfo answered HTTP 404"),
        ("userinfo=500", "UserInfo answered HTTP 500"),
        ("userinfo=html", "UserInfo's answer cannot be read"),
        ("userinfo=garbage", "UserInfo's answer cannot be read"),
    ] {
        refused(&[AT_USERINFO, answer], "", 1, reason);
    }
}

#[test]
fn b9_19_no_userinfo_where_the_metadata_says_is_the_administrators_to_mend() {
    let world = world(&[AT_USERINFO, "userinfo=404"], "");
    approve(&world)
        .exits(1)
        .hints("has to correct `userinfo_endpoint` in its metadata");
    world.api().saw_no_approval();
}

#[test]
fn b9_19_the_person_whom_userinfo_names_is_compared() {
    for switches in [&[AT_USERINFO][..], &[AT_USERINFO, "userinfo=jwt"]] {
        let world = approved(switches, "", "same", &[]);
        assert_eq!(world.api().asked("/userinfo"), 1);
    }
    let switches = ["preferred_username=userinfo"];
    approved(&switches, USER_NAME, "same", &[]);
}

#[test]
fn b7_6_a_bound_token_goes_to_userinfo_with_a_proof_and_its_nonce() {
    let world = approved(&[AT_USERINFO], "dpop = true", "same", &[]);
    assert_eq!(world.api().asked("/userinfo"), 1);
    let world = approved(&[AT_USERINFO, "dpop=nonce"], "dpop = true", "same", &[]);
    assert_eq!(world.api().asked("/userinfo"), 2);
}

/// Costs nothing, and saves the round trip to `UserInfo`.
#[test]
fn b9_19_the_claims_parameter_asks_for_the_address() {
    let world = approved(&["email=claims"], "", "same", &[]);
    world.api().never_saw("/userinfo");
    let essential = "request = \"claims\"";
    let world = approved(&["email=claims"], essential, "same", &[]);
    world.api().never_saw("/userinfo");
}

/// After the person is back: the task beside the token, `UserInfo` if it has to be, approve, re-read.
#[test]
fn userinfo_is_one_round_trip_and_only_where_it_is_needed() {
    for (switches, entry, trips) in [
        (&[][..], "", 0),
        (&["email_verified=absent"], "", 0),
        (&["email=none", "api_person=unnamed"], "", 0),
        (&["email=none"], "subject = \"none\"", 0),
        (&[AT_USERINFO], "", 1),
    ] {
        let world = world(switches, entry);
        approve(&world).exits(0);
        let userinfo = [USERINFO].repeat(trips);
        let expected = [&[READ, TOKEN][..], &userinfo, &[APPROVE, READ]].concat();
        assert_eq!(after_the_person(&world), expected, "{switches:?}");
    }
}

#[test]
fn b9_19_whom_the_api_does_not_name_is_left_to_it() {
    approved(&["api_person=unnamed"], "", "left-to-the-api", &[]);
    let world = world(&["api_person=unnamed"], "");
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(0).prints("subject left to the API");
}

#[test]
fn b9_19_an_entry_may_say_that_nobody_is_compared_and_the_receipt_says_it() {
    let entry = "subject = \"none\"";
    for switch in ["email=none", "email=other"] {
        approved(&[switch], entry, "not-compared", &[]);
    }
    let world = world(&["email=none"], entry);
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(0).prints("subject not compared");
}

/// Without the API's word, the hint is what the person asked for.
#[test]
fn b9_19_a_hint_is_compared_where_the_api_does_not_name_its_person() {
    for (switches, entry, hint, code) in rows! {
        &["api_person=unnamed"][..], "", "mira.chen@sandbox.example", 0;
        &["api_person=unnamed", "subject=other"], "", "mira.chen@sandbox.example", 5;
        &["api_person=unnamed"], USER_NAME, "mira.chen", 0;
        &["api_person=unnamed", "subject=other"], USER_NAME, "mira.chen", 5;
        // The API's word goes first.
        &["subject=other"], "", "noor.haddad@sandbox.example", 5;
    } {
        let world = world(switches, entry);
        let run = world.approve("4211").arg("--login-hint").arg(hint);
        run.signing_in_with("key").exits(code);
        match code {
            0 => world.api().saw_one_approval("4211"),
            _ => world.api().saw_no_approval(),
        }
    }
}

#[test]
fn an_api_that_fails_to_name_its_person_does_not_switch_the_comparison_off() {
    let world = world(&["api_person=500", "subject=other"], "");
    approve(&world).exits(1);
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
    let test = world.stepup("provider test sandbox --acr-value phr");
    test.signing_in_with("key").exits(1).prints("fail");
    world.api().never_saw("/authorize");
}

mod known {
    //! The account of the first match is the person's account.

    use super::*;

    const CHANGING: &str = "subject=changing";

    #[test]
    fn b9_19_another_account_with_the_same_address_is_untrusted_later() {
        let world = world(&[CHANGING], "");
        approve(&world).exits(0);
        let later = world.approve("4213").args("-m reason -o json");
        let outcome = later.signing_in_with("key").exits(5);
        outcome
            .says("signed in with another account than before")
            .hints("on a terminal");
        assert_eq!(world.api().approval_requests(), 3);
        world.api().saw_one_approval("4211");
    }

    #[test]
    fn b9_19_the_same_account_is_known_and_not_asked_about() {
        let world = world(&[], "");
        approve(&world).exits(0);
        let later = world.approve("4213").args("-m reason");
        later.run_with("key").exits(0);
    }

    /// What is remembered names nobody, and is nobody else's to read.
    #[cfg(unix)]
    #[test]
    fn b9_19_what_is_remembered_is_private_and_holds_no_address() {
        use std::os::unix::fs::PermissionsExt;
        let world = world(&[], "");
        approve(&world).exits(0);
        let file = world.path(".local/state/stepup/known-people.json");
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("mira") && !text.contains("sub-"), "{text}");
    }

    #[test]
    fn b9_19_wherever_the_receipts_go_the_account_is_remembered_in_one_place() {
        let world = world(&[CHANGING], "");
        approve(&world).exits(0);
        let later = world
            .approve("4213")
            .args("-m reason --receipt-log y/b.jsonl");
        let outcome = later.signing_in_with("key").exits(5);
        outcome.says("signed in with another account than before");
        world.api().saw_one_approval("4211");
    }

    #[test]
    fn b9_19_a_memory_that_cannot_be_used_stops_nobody_and_is_said() {
        let world = world(&[], "");
        std::fs::create_dir_all(world.path(".local/state/stepup/known-people.json/x")).unwrap();
        let outcome = approve(&world);
        outcome
            .exits(0)
            .says("warning: whether the same account signs in as before is not checked: ");
        let receipt = outcome.stdout_json();
        assert_eq!(
            receipt["caveats"],
            serde_json::json!(["account-not-checked"])
        );
        let later = world.approve("4213").args("-m reason");
        let sentence = "note:     account not checked: ";
        later.signing_in_with("key").exits(0).prints(sentence);
    }

    #[cfg(unix)]
    #[test]
    fn b9_19_where_others_may_write_no_account_is_believed_or_remembered() {
        use std::os::unix::fs::PermissionsExt;
        let world = world(&[], "");
        let folder = world.path(".local/state/stepup");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o777)).unwrap();
        let why = "can be written by other users of this machine (mode 0777)";
        approve(&world)
            .exits(0)
            .says("warning: whether the same account signs in as before is not checked: ")
            .says(why);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        let log = folder.join("receipts.jsonl");
        let receipts = world.stepup("receipt list").env("STEPUP_RECEIPT_LOG", &log);
        receipts.exits(2).says(why).hints("chmod go-w ");
    }

    #[test]
    fn b9_19_on_a_terminal_the_person_may_say_that_it_is_them() {
        for (answer, code) in [("n\r", 5), ("y\r", 0)] {
            let world = world(&[CHANGING], "");
            approve(&world).exits(0);
            let person = crate::process::person("key");
            let run = world.on_a_terminal("approve --yes -m reason 4213");
            let mut running = run.env("STEPUP_BROWSER", person).start();
            running.prints("is it yours");
            running.types(answer);
            running.ends(code);
            // Leg 1 each, and the approvals.
            let submitted = if code == 0 { 4 } else { 3 };
            assert_eq!(world.api().approval_requests(), submitted);
        }
    }

    #[test]
    fn b9_19_a_test_learns_nothing_and_fails_where_an_approval_would() {
        let world = world(&[CHANGING], "");
        let test = |code| {
            let run = world.stepup("provider test sandbox --acr-value phr");
            run.run_with("key").exits(code);
        };
        test(0);
        test(0);
        approve(&world).exits(0);
        test(5);
    }
}

mod pinned {
    //! A profile may say whose it is.

    use super::*;

    fn pin(world: &World, person: &str) {
        let line = format!("[profiles.sandbox]\nperson = \"{person}\"");
        let text = world.config_text().replace("[profiles.sandbox]", &line);
        world.write_config(&text);
    }

    #[test]
    fn a_credential_of_somebody_else_than_the_profile_says_sends_nothing() {
        let world = World::new();
        pin(&world, "noor.haddad@sandbox.example");
        let outcome = approve(&world);
        outcome
            .exits(5)
            .says("the profile `sandbox` is for `noor.haddad@sandbox.example`");
        assert_eq!(world.api().approval_requests(), 0);
        world.api().never_saw("/authorize");
        world.api().saw_no_approval();
    }

    #[test]
    fn a_credential_of_somebody_else_neither_denies_nor_comments() {
        for words in ["deny 4211 --yes -m no", "comment 4211 text"] {
            let world = World::new();
            pin(&world, "noor.haddad@sandbox.example");
            world
                .stepup(words)
                .exits(5)
                .says("the profile `sandbox` is for `noor.haddad@sandbox.example`");
            let posts = world
                .api()
                .log()
                .into_iter()
                .filter(|line| line.method == "POST");
            let posts: Vec<String> = posts.map(|line| line.path).collect();
            assert!(
                posts.iter().all(|path| !path.contains("/action/")),
                "{posts:?}"
            );
            world.api().saw_no_decision();
            pin_instead(&world, "mira.chen");
            world.stepup(words).exits(0);
        }
    }

    fn pin_instead(world: &World, person: &str) {
        let line = format!("person = \"{person}\"");
        let before = "person = \"noor.haddad@sandbox.example\"";
        world.write_config(&world.config_text().replace(before, &line));
    }

    #[test]
    fn the_person_of_the_profile_approves_by_address_or_name() {
        for person in ["Mira.Chen@sandbox.example", "mira.chen"] {
            let world = World::new();
            pin(&world, person);
            approve(&world).exits(0);
            world.api().saw_one_approval("4211");
        }
    }

    #[test]
    fn where_the_api_does_not_name_its_person_the_profile_does() {
        let world = World::with(&["api_person=unnamed", "subject=other"]);
        pin(&world, "mira.chen@sandbox.example");
        approve(&world).exits(5).says("another person signed in");
        world.api().saw_no_approval();
        let world = World::with(&["api_person=unnamed"]);
        pin(&world, "mira.chen@sandbox.example");
        let receipt = approve(&world).exits(0).stdout_json();
        assert_eq!(receipt["subject"], "same");
    }
}

mod shown {
    //! Before anybody is asked, it is said who.

    use super::*;

    #[test]
    fn who_has_to_sign_in_stands_above_the_sign_in() {
        let world = World::new();
        let outcome = world.approve("4211").signing_in_with("key").exits(0);
        outcome.says("sign in as: Mira Chen <mira.chen@sandbox.example>");
    }

    #[test]
    fn b13_4_the_telephone_rings_after_it_was_said_whose() {
        // An endpoint that fails shows what was said before it was asked.
        let world = crate::backchannel::ceremony::world(&["backchannel=500"]);
        let outcome = world.approve("4211").exits(1);
        outcome.says("sign in as: Mira Chen <mira.chen@sandbox.example>");
        let world = crate::backchannel::ceremony::world(&["backchannel=500"]);
        let hint = world.approve("4211").args("--login-hint noor.haddad");
        hint.run().says("asked as: noor.haddad");
    }

    #[test]
    fn b9_19_by_backchannel_the_person_is_compared_as_well() {
        for (switches, code) in [
            (&[AT_USERINFO][..], 0),
            (&[AT_USERINFO, "subject=other"], 5),
            (&["email=none"], 3),
            (&["email_verified=false"], 3),
        ] {
            let world = crate::backchannel::ceremony::world(switches);
            crate::backchannel::ceremony::approved(&world, "key").exits(code);
            if code != 0 {
                world.api().saw_no_approval();
            }
        }
    }
}

mod scopes {
    //! What a challenge asks for beside the entry's own (B1.7): only what the entry lists.

    use super::*;

    #[test]
    fn b1_7_a_scope_that_the_entry_does_not_list_is_not_asked_for_and_said() {
        let world = world(
            &["challenge_scope=https://graph.microsoft.com/.default Offline_Access task:approve"],
            "challenge_scopes = [\"task:approve\"]",
        );
        let running = world.approve("4211").args("--no-browser").start();
        let start_url = running.start_url();
        let address = crate::browser::get(&start_url, &[]).leads_to();
        let address = url::Url::parse(&address).unwrap();
        let scope = address.query_pairs().find(|(name, _)| name == "scope");
        assert_eq!(scope.unwrap().1, "openid email task:approve");
        let left_out =
            "does not list it: scope https://graph.microsoft.com/.default Offline_Access";
        running.says(left_out);
    }

    #[test]
    fn b1_7_what_was_not_asked_for_is_named_if_the_api_refuses_again() {
        let world = world(
            &["challenge_scope=task:approve", "approve=always-challenge"],
            "",
        );
        let outcome = approve(&world);
        outcome
            .exits(3)
            .hints("challenge_scopes")
            .hints("task:approve");
        world.api().saw_no_approval();
    }
}

mod tested {
    //! `provider test` ends as an approval would.

    use super::*;

    #[test]
    fn b9_19_a_test_fails_exactly_where_an_approval_would() {
        for (switches, entry, code, result) in rows! {
            &["email=none"][..], "", 3, "fail";
            &["email_verified=no"], "", 3, "fail";
            &["email=other", "email_verified=false"], "", 5, "fail";
            &[AT_USERINFO, "subject=other"], "", 5, "fail";
            &[AT_USERINFO, "userinfo=403"], "", 3, "fail";
            &[AT_USERINFO], "", 0, "ok";
            &["email_verified=absent"], "", 0, "warn";
            &["email_verified=no"], "accept_unverified_email = true", 0, "warn";
            &["email=none"], "subject = \"none\"", 0, "warn";
            &["api_person=unnamed"], "", 0, "warn";
        } {
            let world = world(switches, entry);
            let run = world.stepup("provider test sandbox --acr-value phr -o json");
            let outcome = run.signing_in_with("key").exits(code);
            let document = outcome.stdout_json();
            let checks = document["checks"].as_array().unwrap();
            let line = checks.iter().find(|line| line["check"] == "person");
            assert_eq!(line.unwrap()["result"], result, "{switches:?} {outcome}");
        }
    }
}
