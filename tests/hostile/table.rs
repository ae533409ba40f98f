//! `tests/conformance.md` names every test of this crate, and every test it names exists and says the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const TABLE: &str = include_str!("../conformance.md");

struct Row<'a> {
    case: &'a str,
    test: Option<&'a str>,
    result: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let cells = TABLE.lines().filter_map(|line| {
        let line = line.strip_prefix("| ")?.strip_suffix(" |")?;
        let cells: Vec<&str> = line.split(" | ").collect();
        assert_eq!(cells.len(), 3, "{line}");
        Some((cells[0], cells[1], cells[2]))
    });
    cells
        .filter(|(case, ..)| !["module", "case", "---"].contains(case))
        .map(|(case, test, result)| Row {
            case,
            test: (test != "-").then(|| test.trim_matches('`')),
            result,
        })
        .collect()
}

/// Every test with its body: a function, or a line of a table of stories.
fn tests() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let mut tests = BTreeMap::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.ends_with("table.rs") {
            continue;
        }
        let source = fs::read_to_string(path).unwrap();
        let functions = source.split("#[test]\nfn ").skip(1).map(|test| {
            let (name, body) = test.split_once("()").unwrap();
            (name, body.split("\n}").next().unwrap())
        });
        let tables = source.split("\nuntrusted! {\n").skip(1);
        let lines = tables.flat_map(|table| table.split("\n}").next().unwrap().lines());
        let lines = lines
            .filter_map(|line| line.strip_prefix("    ")?.split_once(':'))
            .filter(|(name, _)| !name.contains([' ', '/']))
            .map(|(name, _)| (name, "untrusted("));
        for (name, body) in functions.chain(lines) {
            let before = tests.insert(name.to_owned(), body.to_owned());
            assert_eq!(before, None, "`{name}` is there twice");
        }
    }
    tests
}

#[test]
fn the_table_and_the_tests_name_each_other() {
    let named: BTreeSet<String> = rows()
        .iter()
        .filter_map(|row| row.test.map(str::to_owned))
        .collect();
    let existing: BTreeSet<String> = tests().into_keys().collect();
    let missing: Vec<_> = named.difference(&existing).collect();
    assert!(missing.is_empty(), "named but not there: {missing:?}");
    let unnamed: Vec<_> = existing.difference(&named).collect();
    assert!(unnamed.is_empty(), "there but not named: {unnamed:?}");
}

#[test]
fn every_module_is_there_once_and_has_a_result() {
    let mut cases = BTreeSet::new();
    for Row { case, test, result } in rows() {
        assert!(cases.insert(case), "{case} is there twice");
        let reason = result.strip_prefix("not applicable: ");
        assert!(
            reason.is_some_and(|reason| reason.len() > 5) || test.is_some(),
            "{case} has neither a test nor a reason"
        );
    }
    // The programme's relying-party modules as of August 2026, families counted one by one.
    let modules = cases.iter().filter(|case| case.starts_with('`')).count();
    assert_eq!(modules, MODULES);
}

const MODULES: usize = 124;

/// RFC 7519 registers seven claims, RFC 8725 has twelve practices.
#[test]
fn every_section_about_web_tokens_has_a_row() {
    let claims = (1..=7).map(|number| format!("RFC 7519 §4.1.{number} "));
    let practices = (1..=12).map(|number| format!("RFC 8725 §3.{number} "));
    let rows = rows();
    for section in claims.chain(practices) {
        let there = rows.iter().any(|row| row.case.starts_with(&section));
        assert!(there, "{section}");
    }
}

/// The result column says what the test expects.
#[test]
fn results_are_those_of_the_tests() {
    let tests = tests();
    for Row { case, test, result } in rows() {
        let Some(body) = test.and_then(|test| tests.get(test)) else {
            continue;
        };
        for (word, expectations) in [
            ("accept", &[".accepted()", "verified("][..]),
            ("refuse (1)", &["FAILED"]),
            ("refuse (2)", &["USAGE"]),
            ("refuse (3)", &["UNMET"]),
            ("refuse (5)", &["UNTRUSTED", "untrusted(", "verified("]),
            ("refuse (6)", &["INCOMPLETE"]),
        ] {
            let expected = expectations.iter().any(|words| body.contains(words));
            if result.contains(word) {
                assert!(expected, "{case}: `{result}` is not what the test expects");
            }
        }
    }
}
