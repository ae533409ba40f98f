//! The screens that people see most, as they were last read: a change of one is deliberate.

use std::fmt::Write as _;
use std::path::Path;

use crate::process::Run;
use crate::world::World;

const KEPT: &str = "tests/e2e/output/snapshots/screens.txt";

/// A run as a person sees it, on a pipe: what was typed, then stderr, then stdout.
fn screen(typed: &str, run: Run, screens: &mut String) {
    let outcome = run.run();
    let code = outcome.code.unwrap();
    let (stderr, stdout) = (&outcome.stderr, &outcome.stdout);
    let said = if code == 0 {
        String::new()
    } else {
        format!("[exit code {code}]\n")
    };
    writeln!(screens, "$ stepup {typed}\n{stderr}{stdout}{said}").unwrap();
}

/// Without what differs from run to run: ports, ids, times, random words, folders.
fn settled(text: &str, world: &World) -> String {
    let text = text.replace(world.config().to_str().unwrap(), "CONFIG");
    let text = text.replace(world.home.path().to_str().unwrap(), "HOME");
    let mut settled = String::new();
    for part in text.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))) {
        let term =
            part.trim_end_matches(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
        let rest = &part[term.len()..];
        settled.push_str(&one(term));
        settled.push_str(rest);
    }
    settled
}

/// A word, or what it is where it differs from run to run.
fn one(word: &str) -> String {
    let bare = word.trim_end_matches([':', '.']);
    let is = |wanted: fn(char) -> bool| bare.chars().all(wanted);
    let has_digit = bare.chars().any(|c| c.is_ascii_digit());
    if bare.starts_with("127.0.0.1:") {
        return word.replace(bare, "127.0.0.1:PORT");
    }
    // What is called request-id there.
    let mixed = bare.chars().any(|c| c.is_ascii_lowercase())
        && bare.chars().skip(1).any(|c| c.is_ascii_uppercase());
    if bare.len() == 16 && mixed && is(|c| c.is_ascii_alphanumeric()) {
        return word.replace(bare, "REQUEST");
    }
    if bare.len() == 27 && is(|c| c.is_ascii_alphanumeric()) {
        return word.replace(bare, "ID");
    }
    if bare.len() >= 22
        && (has_digit || mixed)
        && is(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    {
        return word.replace(bare, "RANDOM");
    }
    let is_date = bare.len() == 10 && bare.matches('-').count() == 2 && has_digit;
    if is_date {
        return word.replace(bare, "DATE");
    }
    if bare.len() == 20 && bare.ends_with('Z') && bare.contains('T') {
        return word.replace(bare, "TIME");
    }
    if (5..=8).contains(&bare.len()) && bare.contains(':') && is(|c| c.is_ascii_digit() || c == ':')
    {
        return word.replace(bare, "TIME");
    }
    word.to_owned()
}

#[test]
fn the_commonest_screens_are_as_they_were_last_read() {
    let world = World::new();
    let mut screens = String::new();
    let bare = |words: &str| world.stepup(words).without_env("STEPUP_CONFIG");
    screen("whoami", bare("whoami"), &mut screens);
    screen("login", bare("login"), &mut screens);
    screen("aprove 4211", world.stepup("aprove 4211"), &mut screens);
    for words in [
        "whoami",
        "task list",
        "task show 4211",
        "approve 4211 --dry-run",
        "approve 4215 --yes",
        "approve 9999 --yes",
    ] {
        screen(words, world.stepup(words), &mut screens);
    }
    let words = "approve 4211 --yes";
    let run = world.stepup(words).signing_in_with("password");
    screen(&format!("{words}   (with a password)"), run, &mut screens);
    let run = world.stepup(words).signing_in_with("decline");
    screen(&format!("{words}   (declined)"), run, &mut screens);
    world.api().saw_no_approval();
    let run = world.stepup(words).signing_in_with("key");
    screen(
        &format!("{words}   (with a security key)"),
        run,
        &mut screens,
    );
    world.api().saw_one_approval("4211");
    for words in [
        "approve 4212 --yes",
        "deny 4213 --yes -m no",
        "comment 4213 which-account",
        "receipt list",
        "receipt show",
        "receipt verify --all",
        "provider list",
        "provider show sandbox",
        "config list --origin",
        "config set timeout 10m",
        "config set timeout soon",
        "logout",
        "whoami",
    ] {
        screen(words, world.stepup(words), &mut screens);
    }
    let screens = settled(&screens, &world);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &screens).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let mut lines = kept.lines().zip(screens.lines()).enumerate();
    assert!(
        kept == screens,
        "{KEPT} is not current, first in {:?}: if that is as it should be, run with UPDATE_SNAPSHOTS=1",
        lines.find(|(_, (old, new))| old != new)
    );
}
