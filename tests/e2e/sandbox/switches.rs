//! Every way in which the sandbox can be told to misbehave has its story.

use crate::plan::stories::files;
use crate::process::{BIN, Run};

/// Proven elsewhere, or no misbehaviour.
const ELSEWHERE: [&str; 8] = [
    // The sandbox's own tests show the token that comes of it, and `hostile` that none such approves.
    "acr=array",
    "acr=number",
    "acr=trailing-space",
    "acr=unknown",
    "acr=upper",
    // Real providers: tests/interop.
    "device_issuer=",
    "foreign_tokens=userinfo",
    "trusted_issuer=",
];

#[test]
fn every_switch_and_every_value_of_it_is_in_a_story() {
    let stories = files().into_iter();
    let stories: String = stories
        .filter(|(name, _)| name != "sandbox/switches")
        .map(|(_, text)| text)
        .collect();
    let help = Run::of(BIN, &std::env::temp_dir())
        .args("sandbox --help")
        .run();
    let mut settings = Vec::new();
    for line in help.exits(0).stdout.lines() {
        let word = |name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        let Some((name, values)) = line.split_once('=').filter(|(name, _)| word(name)) else {
            continue;
        };
        match values {
            // The start is enough where any value will do.
            "TEXT" | "a whole number" => settings.push(format!("{name}=")),
            values => settings.extend(values.split('|').map(|value| format!("{name}={value}"))),
        }
    }
    assert!(settings.len() > 80, "{settings:?}");
    let untold: Vec<_> = settings
        .iter()
        .filter(|setting| !ELSEWHERE.contains(&setting.as_str()))
        .filter(|setting| !stories.contains(setting.as_str()))
        .collect();
    assert!(untold.is_empty(), "{untold:?}");
}
