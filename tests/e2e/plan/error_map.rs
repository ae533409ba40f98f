//! `tests/error-map.md` has every row of providers.md P4 and every fault of the table of causes, and every
//! story that it names exists.

use super::stories::exists;

const MAP: &str = include_str!("../../error-map.md");

/// How many rows P4 has.
const ROWS: usize = 19;

/// The rows of a table, without its head.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").collect())
        .filter(|cells: &Vec<&str>| !["signal", "fault", "---"].contains(&cells[0]))
        .collect()
}

#[test]
fn every_row_has_stories_and_every_story_exists() {
    let (p4, _) = MAP.split_once("\n## ").unwrap();
    let rows = rows(p4);
    assert_eq!(rows.len(), ROWS);
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
