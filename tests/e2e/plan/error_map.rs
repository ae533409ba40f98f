//! `tests/error-map.md` has every row of providers.md P4 and every fault of the table of causes, and every
//! story that it names exists.

use super::stories::exists;

const MAP: &str = include_str!("../../error-map.md");

const PROVIDERS: &str = include_str!("../../../docs/providers.md");

/// The signals of P4, in its order.
fn signals() -> Vec<&'static str> {
    let (_, p4) = PROVIDERS.split_once("\n## P4. ").unwrap();
    let (p4, _) = p4.split_once("\n## ").unwrap();
    rows(p4).iter().map(|cells| cells[0]).collect()
}

/// The rows of a table, without its head.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").collect())
        .filter(|cells: &Vec<&str>| !["Signal", "signal", "fault", "---"].contains(&cells[0]))
        .collect()
}

#[test]
fn every_row_has_stories_and_every_story_exists() {
    let (p4, _) = MAP.split_once("\n## ").unwrap();
    let rows = rows(p4);
    let mapped: Vec<&str> = rows.iter().map(|cells| cells[0]).collect();
    assert_eq!(mapped, signals());
    for cells in rows {
        assert_eq!(cells.len(), 4, "{cells:?}");
        cells[3].split(", ").for_each(exists);
    }
}

/// Each story of `causes` runs the same fault locally, hosted, and in the API's own test.
#[test]
fn every_fault_has_a_story_in_every_ceremony() {
    let (_, faults) = MAP.split_once("\n## ").unwrap();
    let rows = rows(faults);
    for cells in &rows {
        assert_eq!(cells.len(), 4, "{cells:?}");
        cells[2..].iter().for_each(|story| exists(story));
    }
    let stories = include_str!("../proof/causes.rs")
        .matches("#[test]")
        .count();
    assert_eq!(rows.len(), stories);
}
