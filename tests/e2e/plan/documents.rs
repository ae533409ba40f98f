//! `tests/documents.md` has every row of the documents about step-up, counted through, and every story that it names
//! exists.

use super::stories::exists;

const TABLE: &str = include_str!("../../documents.md");

/// How many things of the documents apply.
const ROWS: usize = 95;

#[test]
fn every_row_has_its_number_and_stories_that_exist() {
    let rows = TABLE
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|row| row.split(" | ").collect::<Vec<_>>())
        .filter(|cells| !["row", "---"].contains(&cells[0]));
    let mut last = 0;
    for cells in rows {
        let [number, says, stories] = cells[..] else {
            panic!("{cells:?}");
        };
        assert_eq!(number, (last + 1).to_string(), "{says}");
        last += 1;
        stories.split(", ").for_each(exists);
    }
    assert_eq!(last, ROWS);
}
