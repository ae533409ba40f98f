//! Settings of the file that are defaults of flags: `timeout = "10m"` is what `--timeout` says where neither the
//! flag nor its variable says anything. They stand at the top of the file or in a profile, which counts first.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::error::ConfigError;
use super::reader::{Choice, Item, Table};
use super::rules;
use crate::adapters::browser::Opener;
use crate::adapters::terminal::{ColorChoice, Format};
use crate::domain::length_of_time::{Unit, length_of_time};

/// The settings, each under the name of its flag.
pub(crate) const FLAG_KEYS: [&str; 9] = [
    "browser",
    "color",
    "http_timeout",
    "login_hint",
    "no_browser",
    "output",
    "receipt_log",
    "remote",
    "timeout",
];

/// The settings of [`FLAG_KEYS`] that are `true` or `false`.
pub(crate) const SWITCHES: [&str; 2] = ["no_browser", "remote"];

/// What flags say by default, by their name.
pub(crate) type FlagDefaults = BTreeMap<&'static str, String>;

impl Choice for ColorChoice {
    const ALL: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        ("always", Self::Always),
        ("never", Self::Never),
    ];
}

impl Choice for Format {
    const ALL: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("json", Self::Json),
        ("yaml", Self::Yaml),
    ];
}

/// Reads those of a table, each checked as its flag would check it. A relative path is one from the folder of the
/// configuration.
pub(super) fn read(table: &Table<'_>, folder: &Path) -> Result<FlagDefaults, ConfigError> {
    let mut defaults = FlagDefaults::new();
    for key in FLAG_KEYS {
        if let Some(value) = value(table, key, folder)? {
            defaults.insert(key, value);
        }
    }
    Ok(defaults)
}

fn value(table: &Table<'_>, key: &str, folder: &Path) -> Result<Option<String>, ConfigError> {
    if SWITCHES.contains(&key) {
        return Ok(table.truth(key)?.map(|is_on| is_on.to_string()));
    }
    match key {
        "color" => Ok(word(table.choice::<ColorChoice>(key)?)),
        "output" => Ok(word(table.choice::<Format>(key)?)),
        _ => {
            let text = table.text(key)?;
            text.map(|text| text_value(key, &text, folder)).transpose()
        }
    }
}

fn text_value(key: &str, text: &Item<'_, &str>, folder: &Path) -> Result<String, ConfigError> {
    Ok(match key {
        "browser" => match Opener::parse(text.value) {
            Ok(_) => text.value.to_owned(),
            Err(_) => {
                return Err(
                    text.refused("it must be a command, like `firefox --private-window %s`")
                );
            }
        },
        "http_timeout" | "timeout" => match duration(text.value) {
            Ok(_) => text.value.to_owned(),
            Err(reason) => return Err(text.refused(reason)),
        },
        "receipt_log" => {
            let path = rules::file(text, folder)?;
            path.to_string_lossy().into_owned()
        }
        "login_hint" => rules::person(text)?,
        // No other key is in `FLAG_KEYS`, as a test sees.
        _ => return Err(text.refused("stepup does not know how to read it")),
    })
}

fn word(choice: Option<impl Choice>) -> Option<String> {
    choice.map(|choice| choice.word().to_owned())
}

/// A length of time: `90s`, `5m`, `1h30m`. A bare number is refused, here and wherever a time is typed: of what it is the
/// number, its reader would have to know by heart.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let time = length_of_time(text, &[Unit::Clock])
        .ok_or("write it with its unit, like `5s`, `5m` or `2h`")?;
    if time.is_zero() || time > Duration::from_secs(24 * 3600) {
        return Err("it must be between one second and a day".to_owned());
    }
    Ok(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_length_of_time_is_read_as_people_write_it() {
        for (text, seconds) in [("90s", 90), ("5m", 300), ("1h30m", 5400), ("2 min", 120)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "0", "90", "-5s", "soon", "2d"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    /// Each is read, at the top and in a profile, as what the file may say.
    #[test]
    fn every_default_of_a_flag_is_read_at_the_top_and_in_a_profile() {
        let value = |key: &str| match key {
            "browser" => "'firefox'",
            "color" => "'never'",
            "http_timeout" | "timeout" => "'5s'",
            "login_hint" => "'mira@acme.example'",
            "no_browser" | "remote" => "true",
            "output" => "'json'",
            "receipt_log" => "'/log.jsonl'",
            other => panic!("what does `{other}` say?"),
        };
        for key in FLAG_KEYS {
            let line = format!("{key} = {}\n", value(key));
            let profile = "[profiles.a]\napi_url = 'https://a.example'\n";
            for text in [format!("{line}{profile}"), format!("{profile}{line}")] {
                let config = Config::parse(Path::new("F"), text.as_bytes()).unwrap();
                assert!(config.flag_defaults(Some("a")).contains_key(key), "{key}");
            }
        }
        assert!(SWITCHES.iter().all(|key| FLAG_KEYS.contains(key)));
    }

    #[test]
    fn a_profile_goes_before_the_top_of_the_file() {
        let text = "timeout = '10m'\nremote = true\nreceipt_log = 'log.jsonl'\n[profiles.a]\napi_url = 'https://a.example'\ntimeout = '1m'\n[profiles.b]\napi_url = 'https://b.example'\n";
        let config = Config::parse(Path::new("/folder/F"), text.as_bytes()).unwrap();
        let of = |profile| config.flag_defaults(Some(profile));
        assert_eq!(of("a")["timeout"], "1m");
        assert_eq!(of("b")["timeout"], "10m");
        assert_eq!(of("a")["remote"], "true");
        let log = Path::new("/folder").join("log.jsonl");
        assert_eq!(Path::new(&of("a")["receipt_log"]), log);
    }

    #[test]
    fn what_a_flag_would_not_take_is_no_setting() {
        for (line, reason) in [
            ("timeout = '25h'", "it must be between"),
            ("timeout = '5'", "write it with its unit"),
            ("http_timeout = ''", "write it with its unit"),
            ("browser = ''", "it must be a command"),
            ("browser = '\"'", "it must be a command"),
            ("color = 'red'", "it is one of `auto`, `always`, `never`"),
            ("output = 'xml'", "it is one of `text`, `json`, `yaml`"),
            ("no_browser = 'true'", "must be of type boolean"),
            ("receipt_log = ''", "it must name a file"),
            ("login_hint = ' '", "it must be an email address"),
            ("quiet = true", "unknown key"),
        ] {
            let found = Config::parse(Path::new("F"), line.as_bytes());
            let error = found.unwrap_err().to_string();
            assert!(error.contains(reason), "{line}: {error}");
        }
    }
}
