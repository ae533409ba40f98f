//! `tests/promises.md` has every sentence of the section "What it promises" of `docs/guide/security.md`, and every test
//! that it names exists.

use super::stories::exists;

const PAGE: &str = include_str!("../../../docs/guide/security.md");
const TABLE: &str = include_str!("../../promises.md");

/// The sentences of the section, as the page has them: each list item begins with its heading in bold.
fn promised() -> Vec<String> {
    let (_, section) = PAGE.split_once("\n## What it promises\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let items = section.split("\n- **").skip(1);
    items
        .flat_map(|item| {
            let item = item.split("\n\n").next().unwrap();
            let (_, text) = item.split_once(".** ").unwrap();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let sentences = text.strip_suffix('.').unwrap().split(". ");
            let sentences = sentences.map(|sentence| format!("{sentence}."));
            sentences.collect::<Vec<_>>()
        })
        .collect()
}

fn rows() -> Vec<(String, Vec<String>)> {
    let rows = TABLE
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.filter_map(|row| row.split_once(" | "))
        .filter(|(promise, _)| !["promise", "---"].contains(promise))
        .map(|(promise, tests)| {
            let tests = tests.split(", ").map(|test| test.trim_matches('`'));
            (promise.to_owned(), tests.map(str::to_owned).collect())
        })
        .collect()
}

#[test]
fn every_sentence_has_tests_and_no_test_is_for_another() {
    let told: Vec<String> = rows().into_iter().map(|(promise, _)| promise).collect();
    assert!(!told.is_empty());
    assert_eq!(told, promised());
}

#[test]
fn every_test_exists() {
    for (_, tests) in rows() {
        for test in tests {
            exists(&test);
        }
    }
}
