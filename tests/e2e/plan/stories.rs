//! The stories as they lie in the folders.

use std::path::Path;

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");

/// Each file of stories, as `folder/file`, with its text.
pub(crate) fn files() -> Vec<(String, String)> {
    let folders = std::fs::read_dir(Path::new(TESTS).join("e2e")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().path());
    let files = folders
        .filter(|path| path.is_dir())
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let name = |path: &Path| {
        let folder = path.parent().unwrap().file_name().unwrap();
        let file = path.file_stem().unwrap();
        format!("{}/{}", folder.display(), file.display())
    };
    files
        .map(|path| (name(&path), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

/// A story `folder/file::test`, or `hostile/file::test` of the hostile provider: a function, or a line of a table
/// of stories.
#[track_caller]
pub(super) fn exists(story: &str) {
    let (file, test) = story.trim_matches('`').split_once("::").unwrap();
    let folder = if file.starts_with("hostile/") {
        ""
    } else {
        "e2e"
    };
    let path = Path::new(TESTS).join(folder).join(format!("{file}.rs"));
    let source = std::fs::read_to_string(path).unwrap_or_default();
    let there = [format!("fn {test}()"), format!("    {test}: ")];
    assert!(there.iter().any(|text| source.contains(text)), "{story}");
}

#[test]
fn no_file_was_forgotten() {
    let main = include_str!("../main.rs");
    for (name, _) in files() {
        let (folder, file) = name.split_once('/').unwrap();
        let (_, modules) = main.split_once(&format!("\nmod {folder} {{\n")).unwrap();
        let (modules, _) = modules.split_once("\n}\n").unwrap();
        let named = |line: &str| line.ends_with(&format!(" mod {file};"));
        assert!(modules.lines().any(named), "{name} is in no `mod` line");
    }
    // Beside the folders lies what tells no story.
    for entry in std::fs::read_dir(Path::new(TESTS).join("e2e")).unwrap() {
        let path = entry.unwrap().path();
        let source = if path.is_dir() {
            String::new()
        } else {
            std::fs::read_to_string(&path).unwrap()
        };
        assert!(!source.contains("#[test]"), "{}", path.display());
    }
}
