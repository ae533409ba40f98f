//! The switches that one run is started with, checked against the table.

use std::collections::BTreeMap;

use super::{NUMBER, TEXT, table};
use crate::SandboxError;

/// The switches that are set. Checked once, at start.
#[derive(Debug, Default)]
pub(crate) struct Switches {
    set: BTreeMap<String, String>,
}

impl Switches {
    /// Reads `NAME=VALUE` settings; a later one replaces an earlier one.
    pub(crate) fn parse(settings: &[String]) -> Result<Self, SandboxError> {
        let mut set = BTreeMap::new();
        for setting in settings {
            let (name, value) = setting
                .split_once('=')
                .ok_or_else(|| SandboxError::SwitchForm(setting.clone()))?;
            check(name, value)?;
            set.insert(name.to_owned(), value.to_owned());
        }
        Ok(Self { set })
    }

    pub(crate) fn is(&self, name: &str, value: &str) -> bool {
        debug_assert!(check(name, value).is_ok(), "no switch {name}={value}");
        self.text(name) == Some(value)
    }

    /// The value of a switch, if set.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        debug_assert!(find(name).is_some(), "no switch {name}");
        self.set.get(name).map(String::as_str)
    }

    /// The value of a numeric switch, if set.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.text(name).and_then(|value| value.parse().ok())
    }
}

fn find(name: &str) -> Option<&'static str> {
    let mut switches = table();
    switches.find_map(|(known, takes, _)| (known == name).then_some(takes))
}

fn check(name: &str, value: &str) -> Result<(), SandboxError> {
    let takes = find(name).ok_or_else(|| SandboxError::UnknownSwitch {
        name: name.to_owned(),
        near: near(name),
    })?;
    let fits = match takes {
        // 31 bits keep every sum of times in range.
        NUMBER => value
            .parse::<u64>()
            .is_ok_and(|number| number <= 0x7fff_ffff),
        TEXT => !value.is_empty(),
        words => words.split('|').any(|word| word == value),
    };
    if fits {
        return Ok(());
    }
    Err(SandboxError::SwitchValue {
        name: name.to_owned(),
        value: value.to_owned(),
        valid: takes.to_owned(),
    })
}

/// The likeliest meant names, best first.
fn near(name: &str) -> String {
    let mut scored: Vec<_> = table()
        .map(|(known, ..)| (strsim::jaro_winkler(name, known), known))
        .filter(|(score, _)| *score > 0.7)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: Vec<_> = scored.into_iter().take(3).map(|(_, known)| known).collect();
    if names.is_empty() {
        return "see `stepup sandbox --help`".to_owned();
    }
    format!("did you mean `{}`?", names.join("`, `"))
}

#[cfg(test)]
mod tests {
    use super::super::SWITCH_HELP;
    use super::*;

    fn parse(setting: &str) -> Result<Switches, String> {
        Switches::parse(&[setting.to_owned()]).map_err(|error| error.to_string())
    }

    #[test]
    fn a_known_value_is_set_and_others_are_not() {
        let switches = parse("acr=lower").unwrap();
        assert!(switches.is("acr", "lower"));
        assert!(!switches.is("acr", "none"));
        assert_eq!(parse("max_age=60").unwrap().number("max_age"), Some(60));
    }

    #[test]
    fn mistakes_are_answered_with_what_would_be_right() {
        assert!(parse("nonse=wrong").unwrap_err().contains("`nonce`"));
        assert!(parse("nonce=bad").unwrap_err().contains("wrong|none"));
        assert!(parse("max_age=-1").unwrap_err().contains("whole number"));
        assert!(parse("nonce").unwrap_err().contains("NAME=VALUE"));
    }

    #[test]
    fn the_table_is_whole_and_sorted() {
        assert!(table().is_sorted_by_key(|(name, ..)| name));
        let rows = |(name, takes, about)| format!("{name}={takes}\n    {about}\n");
        assert_eq!(table().map(rows).collect::<String>(), SWITCH_HELP);
    }
}
