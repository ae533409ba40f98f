//! A length of time as people write it. Which ways are taken differs: days are no time to wait, and a bare number is too
//! easily meant otherwise where access is granted.

use std::time::Duration;

use jiff::SignedDuration;

const HOUR: u64 = 3600;

/// A way to write it.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    /// Hours, minutes and seconds, each with its letter or word: `90s`, `1h30m`, `2 min`.
    Clock,
    /// A whole number with `h`.
    Hours,
    /// A whole number with `d`.
    Days,
    /// A whole number with `w`.
    Weeks,
}

impl Unit {
    fn read(self, text: &str) -> Option<Duration> {
        let (letter, seconds) = match self {
            Self::Clock => return Duration::try_from(text.parse::<SignedDuration>().ok()?).ok(),
            Self::Hours => ("h", HOUR),
            Self::Days => ("d", 24 * HOUR),
            Self::Weeks => ("w", 7 * 24 * HOUR),
        };
        let number: u64 = text.strip_suffix(letter)?.parse().ok()?;
        number.checked_mul(seconds).map(Duration::from_secs)
    }
}

/// The time, if it is written in one of these ways.
pub(crate) fn length_of_time(text: &str, units: &[Unit]) -> Option<Duration> {
    units.iter().find_map(|unit| unit.read(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ways_that_are_meant_are_taken() {
        use Unit::{Clock, Days, Hours, Weeks};
        for (text, unit, seconds) in [
            ("90s", Clock, 90),
            ("1h30m", Clock, 5400),
            ("2 min", Clock, 120),
            ("12h", Hours, 43_200),
            ("2d", Days, 172_800),
            ("1w", Weeks, 604_800),
        ] {
            let time = Some(Duration::from_secs(seconds));
            assert_eq!(length_of_time(text, &[unit]), time, "{text}");
        }
        for (text, unit) in [
            ("90", Clock),
            ("90", Days),
            ("5m", Hours),
            ("1.5h", Hours),
            ("2d", Clock),
            ("-5s", Clock),
            ("-2d", Days),
            ("99999999999999999999d", Days),
            ("9999999999999999999w", Weeks),
        ] {
            assert_eq!(length_of_time(text, &[unit]), None, "{text}");
        }
    }
}
