//! A `stepup` built without its default feature: `cargo test --no-default-features --test without_sandbox`, by
//! `tests/run`. It has no command that mints a token or poses as an API, and nothing of what they are made of.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

use std::process::{Command, Output};

const BIN: &str = env!("CARGO_BIN_EXE_stepup");

fn stepup(words: &str) -> Output {
    Command::new(BIN)
        .args(words.split_whitespace())
        .env_clear()
        .output()
        .unwrap()
}

#[test]
fn there_is_no_such_command() {
    for words in ["sandbox --help", "sandbox sign-in --help", "demo --help"] {
        let output = stepup(words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words}: {said}");
        assert!(said.contains("unknown command"), "{words}: {said}");
        assert!(output.stdout.is_empty(), "{words}");
    }
}

#[test]
fn nothing_that_is_printed_speaks_of_it() {
    let shells = ["bash", "zsh", "fish", "powershell", "elvish", "nushell"];
    let scripts = shells.map(|shell| format!("completions {shell}"));
    let help = [
        "help",
        "--help",
        "approve --help",
        "help setup",
        "help security",
        "help environment",
        "man",
        "man config.5",
    ]
    .map(str::to_owned);
    for words in help.iter().chain(&scripts) {
        let output = stepup(words);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success() && (text.contains("approve") || text.contains("__complete")),
            "{words}"
        );
        for word in ["sandbox", "demo"] {
            let line = text.lines().find(|line| line.to_lowercase().contains(word));
            assert_eq!(line, None, "{words}");
        }
    }
}

#[test]
fn its_crate_is_not_linked() {
    let binary = std::fs::read(BIN).unwrap();
    let holds = |name: &[u8]| binary.windows(name.len()).any(|bytes| bytes == name);
    assert!(holds(b"openidconnect"), "crates' names can be read");
    assert!(!holds(b"stepup_sandbox"));
}
