//! README's transcript is what today's binary prints; and no line of it is written by hand.

use std::path::Path;

use crate::process::{BIN, Run, plain};

const BEGIN: &str = "```console\n$ stepup demo --sign-in key\n";
const END: &str = "```\n";

/// What the API calls task, step, app, entitlement and account.
const IDS: [&str; 5] = [
    "L8jHVtcb8A78haNJiAP3b2VmsAx",
    "TBeamLgpaqJJ7LcrW3qX2zum1jZ",
    "fVyo46sCscVFjJaAui8M65MdTnE",
    "ZH7o1neUJWbf09STWILJfAMDz7v",
    "Zu9m9Sav1g4PdpvrIT8nILt9ZRG",
];

/// What differs from run to run, as README has it.
fn as_read(text: &str) -> String {
    let mut lines = Vec::new();
    let mut ids = IDS.into_iter();
    let mut ports: Vec<String> = Vec::new();
    for line in text.lines() {
        let words = line.split(' ').map(|word| {
            let id = word.trim_end_matches(',');
            if id.len() == 27 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return word.replace(id, ids.next().unwrap());
            }
            if let Some((_, after)) = word.split_once("/start/") {
                assert!(!after.is_empty());
                return "http://127.0.0.1:40123/start/uEeZh3VIyZ4GK_AdrfFJSg".to_owned();
            }
            let Some((before, after)) = word.split_once("127.0.0.1:") else {
                return moment(word).unwrap_or(word).to_owned();
            };
            let rest = after.trim_start_matches(|it: char| it.is_ascii_digit());
            let port = after.strip_suffix(rest).unwrap().to_owned();
            let known = ports.iter().position(|known| *known == port);
            let place = known.unwrap_or_else(|| {
                ports.push(port);
                ports.len() - 1
            });
            format!("{before}127.0.0.1:{}{rest}", 8470 + place)
        });
        lines.push(words.collect::<Vec<_>>().join(" "));
    }
    lines.join("\n") + "\n"
}

/// The date and the time of day that README has in place of these.
fn moment(word: &str) -> Option<&'static str> {
    let form: String = word
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    match form.as_str() {
        "0000-00-00" => Some("2026-03-02"),
        "00:00" => Some("09:41"),
        _ => None,
    }
}

#[test]
fn the_transcript_of_the_readme_is_one_of_today() {
    let home = tempfile::tempdir().unwrap();
    // As wide as its longest line, so that none is broken.
    let line = format!(
        "stty rows 200 cols 250; {} demo --sign-in key",
        shell_words::quote(BIN)
    );
    let run = Run::on_a_terminal(&line, home.path());
    let mut running = run.env("TZ", "UTC").start();
    running.prints("[Y/n]");
    running.types("n\r");
    let shown = plain(&running.ends(0).left_on_the_terminal());
    // What the demo asks and says when it is over is for those who ran it.
    let (shown, _) = shown.split_once("verify its evidence now").unwrap();
    let today = as_read(shown.trim_end());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    assert!(
        readme.lines().count() <= 130,
        "README is to be read in a minute"
    );
    let (kept, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        let readme = format!("{before}{BEGIN}{today}{END}{after}");
        std::fs::write(&path, readme).unwrap();
    } else {
        assert_eq!(
            kept, today,
            "if that is as it should be, run with UPDATE_SNAPSHOTS=1"
        );
    }
}
