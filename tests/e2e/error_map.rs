//! `tests/error-map.md` has every row of P4, and every story that it names exists.

use std::path::Path;

const MAP: &str = include_str!("../error-map.md");

/// How many rows P4 has.
const ROWS: usize = 18;

#[test]
fn every_row_has_stories_and_every_story_exists() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e");
    let rows: Vec<Vec<&str>> = MAP
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").collect())
        .filter(|cells: &Vec<&str>| !["signal", "---"].contains(&cells[0]))
        .collect();
    assert_eq!(rows.len(), ROWS);
    for cells in rows {
        assert_eq!(cells.len(), 4, "{cells:?}");
        for story in cells[3].split(", ") {
            let (file, test) = story.trim_matches('`').split_once("::").unwrap();
            let source = std::fs::read_to_string(folder.join(format!("{file}.rs"))).unwrap();
            // A function, or a line of a table of stories.
            let there = [format!("fn {test}()"), format!("    {test}: ")];
            assert!(there.iter().any(|text| source.contains(text)), "{story}");
        }
    }
}
