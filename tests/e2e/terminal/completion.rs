//! What a shell offers at Tab. That real shells do so is shown in `tests/shells`.

use crate::process::{BIN, Run};
use crate::world::{World, read_json};

/// The candidates for a line, each with a tab and what it is; flags, which come where there is nothing else, left out.
fn offered(world: &World, line: &str) -> Vec<String> {
    let outcome = world.stepup("__complete bash").arg(line).run();
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (Some(0), ""),
        "{outcome}"
    );
    let lines = outcome
        .stdout
        .lines()
        .filter(|line| !line.starts_with("--"));
    lines.map(str::to_owned).collect()
}

fn ids(world: &World, line: &str) -> Vec<String> {
    let lines = offered(world, line).into_iter();
    lines
        .map(|line| line.split('\t').next().unwrap().to_owned())
        .collect()
}

#[test]
fn tasks_that_were_listed_are_offered_with_their_titles_until_they_are_decided() {
    let world = World::new();
    assert_eq!(offered(&world, "stepup approve "), [""; 0]);
    world.stepup("task list").exits(0);
    let asked = world.api().log().len();
    let offers = offered(&world, "stepup approve 421");
    assert!(
        offers.contains(&"4211\tGrant prod-admin on AWS to Ada Novak".to_owned()),
        "{offers:?}"
    );
    for line in [
        "stepup deny ",
        "stepup comment ",
        "stepup task show ",
        "stepup approve -m 'a b' ",
    ] {
        assert_eq!(ids(&world, &format!("{line}4211")), ["4211"], "{line}");
    }
    assert!(!ids(&world, "stepup approve 4211 ").contains(&"4211".to_owned()));
    assert_eq!(world.api().log().len(), asked, "nobody was asked");
    world.approve("4212").exits(0);
    world.stepup("deny 4211 --yes").exits(0);
    let left = ids(&world, "stepup approve ");
    assert!(
        !left.contains(&"4212".to_owned()) && !left.contains(&"4211".to_owned()),
        "{left:?}"
    );
    assert!(!left.is_empty());
}

#[test]
fn what_others_decide_and_other_apis_have_is_not_offered() {
    let world = World::new();
    world.stepup("task list --all").exits(0);
    world.stepup("task list --state closed").exits(0);
    assert_eq!(offered(&world, "stepup approve "), [""; 0]);
    world.stepup("task list").exits(0);
    assert!(!offered(&world, "stepup approve ").is_empty());
    assert_eq!(
        offered(&world, "stepup --api-url https://other.example approve "),
        [""; 0]
    );
    assert_eq!(offered(&world, "stepup --profile nobody approve "), [""; 0]);
}

#[test]
fn a_list_of_some_tasks_loses_no_other() {
    let world = World::new();
    world.stepup("task list").exits(0);
    let mut all = offered(&world, "stepup approve ");
    for words in ["--step-up", "--limit 1", "--query Admin", "--type grant"] {
        world.stepup(&format!("task list {words}")).exits(0);
        let mut after = offered(&world, "stepup approve ");
        all.sort();
        after.sort();
        assert_eq!(after, all, "{words}");
    }
    // Of all that wait, one that is not listed waits no more.
    world.approve("4211").run_with("key").exits(0);
    world.stepup("task list").exits(0);
    assert_eq!(offered(&world, "stepup approve ").len(), all.len() - 1);
}

#[test]
fn titles_can_be_left_out() {
    let world = World::new();
    world.stepup("config set completion_titles false").exits(0);
    world.stepup("task list").exits(0);
    let kept = world.path(".local/state/stepup/known-tasks.json");
    #[cfg(unix)]
    assert_eq!(crate::world::mode(&kept), 0o600);
    let text = read_json(&kept).to_string();
    assert!(text.contains("4211") && !text.contains("Ada"), "{text}");
    assert!(
        offered(&world, "stepup approve ")
            .iter()
            .all(|line| !line.contains('\t'))
    );
    // What was kept before is not shown either, nor kept on by a list of some.
    world.stepup("config set completion_titles true").exits(0);
    world.stepup("task list").exits(0);
    assert!(
        offered(&world, "stepup approve ")
            .iter()
            .all(|line| line.contains('\t'))
    );
    world.stepup("config set completion_titles false").exits(0);
    assert!(
        offered(&world, "stepup approve ")
            .iter()
            .all(|line| !line.contains('\t'))
    );
    world.stepup("task list --limit 1").exits(0);
    let text = read_json(&kept).to_string();
    assert!(text.contains("4211") && !text.contains("Ada"), "{text}");
}

#[test]
fn a_title_does_not_talk_to_the_terminal_or_become_a_candidate() {
    for kind in ["osc52", "csi", "c1", "bidi", "invisible"] {
        let world = World::with(&[&format!("hostile_text={kind}")]);
        world.stepup("task list").exits(0);
        let offers = offered(&world, "stepup approve ");
        assert!(offers.len() > 3, "{offers:?}");
        for offer in offers {
            let (id, title) = offer.split_once('\t').unwrap();
            assert!(
                id.bytes().all(|byte| byte.is_ascii_alphanumeric()),
                "{offer:?}"
            );
            assert!(
                !title.contains(|c: char| c.is_control() || c == '\u{202e}'),
                "{offer:?}"
            );
        }
    }
}

#[test]
fn names_of_the_configuration_and_receipts_are_offered() {
    let world = World::new();
    assert!(offered(&world, "stepup --profile ")[0].starts_with("sandbox\thttp://127.0.0.1:"));
    for line in [
        "stepup provider show ",
        "stepup provider test ",
        "stepup approve 4211 --provider ",
        "stepup config set provider ",
    ] {
        assert_eq!(ids(&world, line), ["sandbox"], "{line}");
    }
    assert_eq!(offered(&world, "stepup receipt show "), [""; 0]);
    world.approve("4212").exits(0);
    let offers = offered(&world, "stepup receipt show ");
    assert!(
        offers.len() == 1 && offers[0].starts_with("1\t"),
        "{offers:?}"
    );
}

#[test]
fn whatever_is_asked_nothing_is_said_that_is_no_candidate() {
    let world = World::new();
    world.write_config("this is no TOML");
    let words: [&[&str]; 5] = [
        &[],
        &["bash"],
        &["zsh", "x", "stepup"],
        &["bash", "stepup --profile "],
        &["fish", "3", "stepup", "--profile", "\u{1b}[2J", "nothing"],
    ];
    for asked in words {
        let outcome = world.stepup("__complete").words(asked).run();
        let said = (
            outcome.code,
            outcome.stdout.as_str(),
            outcome.stderr.as_str(),
        );
        assert_eq!(said, (Some(0), "", ""), "{asked:?}");
    }
}

/// Another tool's variable for the same purpose, left in the environment, changes nothing.
#[test]
fn no_variable_makes_a_completion_of_an_approval() {
    let world = World::new();
    world
        .approve("4211")
        .env("COMPLETE", "bash")
        .args("--no-browser --timeout 1s")
        .exits(6);
    world.api().saw_no_approval();
}

#[test]
fn each_shell_has_its_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish", "nushell"] {
        let run = Run::of(BIN, &std::env::temp_dir())
            .args("completions")
            .arg(shell);
        let script = run.exits(0).stdout.clone();
        assert!(script.contains(&format!("__complete {shell}")), "{shell}");
        assert!(script.lines().count() < 40, "{shell}");
    }
}
