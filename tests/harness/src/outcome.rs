//! What came of a run, and what every run has to keep to.

use std::time::Duration;

use serde_json::Value;

/// How a run ended.
#[derive(Debug)]
pub struct Outcome {
    pub(crate) words: String,
    /// Exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub stdout: String,
    /// What it said.
    pub stderr: String,
    /// From start to end.
    pub took: Duration,
}

impl Outcome {
    /// What stays on a terminal: without the lines that were erased, such as those that say what is waited for.
    #[must_use]
    pub fn left_on_the_terminal(&self) -> String {
        let left = |line: &str| line.rsplit("\u{1b}[2K").next().map(str::to_owned);
        let lines: Vec<String> = self.stdout.lines().filter_map(left).collect();
        lines.join("\n").replace('\r', "")
    }

    /// The exit code; and that an error comes with one sentence and at least one hint.
    #[track_caller]
    pub fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self}");
        let coloured = self.words.contains("--color");
        // Between two columns of a list in a pipe there is a tab.
        let stdout = self.stdout.replace('\t', " ");
        for text in [&stdout, &self.stderr] {
            assert!(
                coloured || !text.contains(is_odd),
                "control characters: {self}"
            );
        }
        let lines = |start: &str| self.stderr.lines().filter(|l| l.starts_with(start)).count();
        if code == 0 {
            assert_eq!(lines("stepup: error: "), 0, "{self}");
        } else {
            assert_eq!(lines("stepup: error: "), 1, "{self}");
            assert!(lines("stepup: hint: ") >= 1, "no hint: {self}");
        }
        self
    }

    /// stderr contains it.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "not said: {text}\n{self}");
        self
    }

    /// stderr does not contain it.
    #[track_caller]
    pub fn does_not_say(&self, text: &str) -> &Self {
        assert!(!self.stderr.contains(text), "said: {text}\n{self}");
        self
    }

    /// A hint contains it; any hint does if it is empty.
    #[track_caller]
    pub fn hints(&self, text: &str) -> &Self {
        let found = self
            .stderr
            .lines()
            .any(|line| line.starts_with("stepup: hint: ") && line.contains(text));
        assert!(found, "no hint with: {text}\n{self}");
        self
    }

    /// stdout contains it.
    #[track_caller]
    pub fn prints(&self, text: &str) -> &Self {
        assert!(self.stdout.contains(text), "not printed: {text}\n{self}");
        self
    }

    /// The one document on stdout.
    #[track_caller]
    pub fn stdout_json(&self) -> Value {
        assert!(self.stdout.ends_with('\n'), "{self}");
        match serde_json::from_str(&self.stdout) {
            Ok(document) => document,
            Err(error) => panic!("not one JSON document: {error}\n{self}"),
        }
    }

    /// It ended with this code, as an error of this kind whose message holds these words: all in one document.
    #[track_caller]
    pub fn fails(&self, code: i32, kind: &str, words: &str) -> &Self {
        self.exits(code).fails_in_json(kind);
        let document = self.stdout_json();
        let message = document["error"]["message"].as_str().unwrap();
        assert!(message.contains(words), "not said: {words}\n{self}");
        self
    }

    /// The one document on stdout is an error of this kind, and says what stderr says, there without what
    /// controls a terminal.
    #[track_caller]
    pub fn fails_in_json(&self, kind: &str) -> &Self {
        let document = self.stdout_json();
        let keys = |value: &Value| {
            value
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(&document), ["error", "schema"], "{self}");
        assert_eq!(document["schema"], "stepup.error/1", "{self}");
        let error = &document["error"];
        let mut members = keys(error);
        members.retain(|member| member != "task");
        assert_eq!(members, ["code", "hints", "kind", "message"], "{self}");
        assert_eq!(error["kind"], kind, "{self}");
        assert_eq!(error["code"].as_i64(), self.code.map(i64::from), "{self}");
        let message = error["message"].as_str().unwrap();
        let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let shown = message.replace(|c| is_odd(c) || turns(c), "");
        assert!(self.stderr.contains(&shown), "{self}");
        assert!(!error["hints"].as_array().unwrap().is_empty(), "{self}");
        self
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "\n$ {}\n-- code {:?} after {:?}\n-- stdout\n{}\n-- stderr\n{}",
            self.words, self.code, self.took, self.stdout, self.stderr
        )
    }
}

/// A control character that no text of ours holds.
fn is_odd(c: char) -> bool {
    c.is_control() && c != '\n'
}

/// Without what draws and colours.
pub fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let end = |part: &str| {
        part.find(|c: char| c.is_ascii_alphabetic())
            .map(|at| at + 1)
    };
    let rest = parts.map(|part| &part[end(part).unwrap_or_default()..]);
    first + &rest.collect::<String>()
}
