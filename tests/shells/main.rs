//! Completion in real shells, with a real Tab: bash, zsh and fish on a terminal. Needs Debian's `zsh` and `fish`,
//! and so is no part of plain `cargo test`: `cargo test --test shells`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test may stop where it stands"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;
use stepup_harness::{Run, Running};
use tempfile::TempDir;

const BIN: &str = env!("CARGO_BIN_EXE_stepup");
const TITLE: &str = "Grant prod-admin on AWS to Ada";

/// A sandbox whose tasks were listed once.
struct World {
    home: TempDir,
    config: String,
    _sandbox: Running,
}

impl World {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let sandbox = Run::of(BIN, home.path()).args("sandbox -o json").start();
        let info: Value = serde_json::from_str(&sandbox.first_line()).unwrap();
        let config = info["config"].as_str().unwrap().to_owned();
        let world = Self {
            home,
            config,
            _sandbox: sandbox,
        };
        let list = Run::of(BIN, world.home.path()).env("STEPUP_CONFIG", &world.config);
        list.args("task list").exits(0).prints("4211");
        world
    }

    /// A shell on a terminal, with `stepup` in its path and this script read.
    fn shell(&self, command: &str, script: &str) -> Shell {
        let line = format!("stty rows 50 cols 200; {command}");
        let running = Run::on_a_terminal(&line, self.home.path())
            .env("STEPUP_CONFIG", &self.config)
            .env("PATH", path())
            .env("COMPLETIONS", root().join("completions"))
            .start();
        let mut shell = Shell(running);
        // The answer is not what was typed, so that its echo is not taken for it.
        shell.enters(&format!("{script}; echo rea''dy"));
        shell.shows("ready");
        shell
    }
}

struct Shell(Running);

impl Shell {
    fn enters(&mut self, line: &str) {
        self.0.types(&format!("{line}\r"));
    }

    fn types(&mut self, text: &str) {
        self.0.types(text);
    }

    fn shows(&self, text: &str) {
        self.0.prints(text);
    }
}

/// With `stepup` in it.
fn path() -> String {
    let folder = Path::new(BIN).parent().unwrap().display();
    format!("{folder}:{}", std::env::var("PATH").unwrap())
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Tab, as often as this shell wants it, lists the ids that begin so, with their titles.
fn lists(shell: &mut Shell, tabs: &str) {
    shell.types(&format!("stepup task show 421{tabs}"));
    shell.shows(TITLE);
}

/// And inserts an id alone: what follows is only what the command prints.
fn completes(shell: &mut Shell, tabs: &str) {
    lists(shell, tabs);
    shell.types("4\t");
    shell.enters("");
    shell.shows("Grant owner on GitHub");
    shell.shows("step 1, now:");
}

#[test]
fn bash() {
    let world = World::new();
    let mut shell = world.shell(
        "bash --norc --noprofile -i",
        "source $COMPLETIONS/stepup.bash",
    );
    completes(&mut shell, "\t\t");
    // A command, a flag, and a value behind `=`, where readline begins a new word.
    shell.types("stepup whoa\t--col\t");
    shell.shows("stepup whoami --color ");
    // Ctrl-U begins anew.
    shell.types("\u{15}stepup whoami --color=alw\t");
    shell.shows("stepup whoami --color=always ");
    // All of them at once, without the titles, which are somebody's text.
    shell.types("\u{15}stepup task show 421\u{1b}*");
    shell.enters("");
    shell.shows("stepup task show 4211 4212 4213 ");
}

/// What a line of the list does not hold would be broken in the middle of a word.
#[test]
fn a_line_of_bash_is_as_wide_as_the_terminal() {
    let world = World::new();
    for (columns, width) in [("COLUMNS=60", 60), ("unset COLUMNS", 80)] {
        let script = format!(
            "source $COMPLETIONS/stepup.bash; shopt -u checkwinsize; {columns}; COMP_LINE='stepup approve --' \
             COMP_POINT=17 COMP_TYPE=9; _stepup stepup -- approve; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let run = Run::of("bash", world.home.path())
            .env("STEPUP_CONFIG", &world.config)
            .env("PATH", path())
            .env("COMPLETIONS", root().join("completions"))
            .args("--norc --noprofile -c")
            .arg(script)
            .run();
        let lines: Vec<&str> = run.exits(0).stdout.lines().collect();
        let wide = |line: &&str| line.chars().count();
        assert!(lines.len() > 10, "{run}");
        assert!(lines.iter().map(wide).max() < Some(width), "{run}");
        assert!(lines.iter().any(|line| line.ends_with("...)")), "{run}");
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("--ceremony  (How ")),
            "{run}"
        );
    }
}

#[test]
fn zsh() {
    let world = World::new();
    let script = "autoload -Uz compinit && compinit -D -u && source $COMPLETIONS/_stepup";
    let mut shell = world.shell("zsh -f -i", script);
    completes(&mut shell, "\t");
}

/// As a package puts it there: in a folder of functions.
#[test]
fn zsh_finds_it_in_its_path_of_functions() {
    let world = World::new();
    let script = "fpath=($COMPLETIONS $fpath) && autoload -Uz compinit && compinit -D -u";
    let mut shell = world.shell("zsh -f -i", script);
    completes(&mut shell, "\t");
}

#[test]
fn fish() {
    let world = World::new();
    let mut shell = world.shell("fish --no-config -i", "source $COMPLETIONS/stepup.fish");
    lists(&mut shell, "\t\t");
}

/// What a person waits at Tab, and at the start of each shell; the best of several, since others compute here too.
#[test]
fn it_takes_no_time() {
    let world = World::new();
    let best = |run: &dyn Fn()| {
        let once = || {
            let began = Instant::now();
            run();
            began.elapsed()
        };
        (0..20).map(|_| once()).min().unwrap()
    };
    let tab = best(&|| {
        let run = Run::of(BIN, world.home.path()).env("STEPUP_CONFIG", &world.config);
        let run = run.arg("__complete").arg("bash").arg("stepup task show 42");
        assert!(run.run().stdout.starts_with("4211\tGrant"));
    });
    assert!(tab < Duration::from_millis(50), "{tab:?}");
    let sourcing = Run::of("bash", world.home.path())
        .env("COMPLETIONS", root().join("completions"))
        .args("--norc --noprofile -c")
        .arg("for i in {1..50}; do s=$EPOCHREALTIME; source $COMPLETIONS/stepup.bash; e=$EPOCHREALTIME; echo $((${e/./} - ${s/./})); done")
        .run();
    let times = sourcing
        .exits(0)
        .stdout
        .lines()
        .map(|line| line.parse::<u64>().unwrap());
    let fastest = Duration::from_micros(times.min().unwrap());
    assert!(fastest < Duration::from_millis(3), "{fastest:?}");
}
