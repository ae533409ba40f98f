//! Times for people: by the clock on the wall, and how long ago. Documents have UTC.

use jiff::Timestamp;
use jiff::tz::TimeZone;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The time in the zone of this machine, with the zone's name.
pub(crate) fn local(at: Timestamp) -> String {
    in_zone(at, TimeZone::system())
}

fn in_zone(at: Timestamp, zone: TimeZone) -> String {
    at.to_zoned(zone).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// How long ago, or how long until then.
pub(crate) fn age(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    match seconds {
        -59..=59 => "now".to_owned(),
        60.. => format!("{} ago", rough(seconds)),
        _ => format!("in {}", rough(-seconds)),
    }
}

/// A length of time in its largest unit.
fn rough(seconds: i64) -> String {
    match seconds {
        ..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..DAY => format!("{} h", seconds / HOUR),
        _ => match seconds / DAY {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        for (seconds, told) in [
            (0, "now"),
            (59, "now"),
            (60, "1 min ago"),
            (3 * MINUTE + 59, "3 min ago"),
            (HOUR, "1 h ago"),
            (DAY - 1, "23 h ago"),
            (DAY, "1 day ago"),
            (400 * DAY, "400 days ago"),
            (-30, "now"),
            (-2 * HOUR, "in 2 h"),
        ] {
            let at = Timestamp::from_second(1_800_000_000 - seconds).unwrap();
            assert_eq!(age(at, now), told, "{seconds}");
        }
    }

    #[test]
    fn a_time_is_told_with_its_zone() {
        let at: Timestamp = "2026-03-01T11:57:00.25Z".parse().unwrap();
        assert_eq!(in_zone(at, TimeZone::UTC), "2026-03-01 11:57 UTC");
        let zone = jiff::tz::Offset::from_hours(5).unwrap();
        let east = in_zone(at, TimeZone::fixed(zone));
        assert_eq!(east, "2026-03-01 16:57 +05");
    }
}
