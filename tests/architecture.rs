//! `docs/architecture.md` holds the map of the rooms, the modules at the top of `src/`: which of them uses which. Here the
//! code is held against it, by the paths that it writes down: the map is neither wider nor narrower than the code.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Module → the modules that it names. Tests and comments do not count.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Folders whose files form no circle either.
const NO_CIRCLES: [&str; 3] = ["ceremony", "commands::approve", "meaning"];

#[test]
fn the_rooms_use_each_other_as_the_map_says() {
    let (order, map) = map();
    let rooms = rooms(&uses(&code()));
    assert_eq!(rooms, map, "left: the code; right: docs/architecture.md");
    for (room, used) in &map {
        let place = |room: &String| order.iter().position(|one| one == room);
        let up: Vec<&String> = used
            .iter()
            .filter(|used| place(used) >= place(room))
            .collect();
        assert!(
            up.is_empty(),
            "`{room}` uses what the map has beside or above it: {up:?}"
        );
    }
}

#[test]
fn no_circle_of_files_where_an_approval_passes() {
    let uses = uses(&code());
    for folder in NO_CIRCLES {
        let within = |module: &&String| {
            let rest = module.strip_prefix(folder);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        };
        let files: Vec<&String> = uses.keys().filter(within).collect();
        assert!(files.len() > 1, "{folder}");
        for file in files {
            let reached = reached(&uses, file, &within);
            assert!(
                !reached.contains(file),
                "`{file}` comes back to itself through some of {reached:?}"
            );
        }
    }
}

#[test]
fn the_paths_of_a_file_are_read_as_the_compiler_does() {
    let code = [
        ("a", "mod b;\nuse crate::c::{self, d::{E, F}};\nb::run();"),
        (
            "a::b",
            "use super::super::c;\npub(in crate::a) fn run() { crate::c::d::g() } // crate::x",
        ),
        (
            "c",
            "pub(crate) mod d;\n#[cfg(test)]\nmod tests { use crate::a; }",
        ),
        ("c::d", "use super::Thing;"),
    ];
    let code = code.map(|(module, text)| (module.to_owned(), text.to_owned()));
    let found = uses(&BTreeMap::from(code.clone()));
    let expected = [
        ("a", vec!["a::b", "c", "c::d"]),
        ("a::b", vec!["c", "c::d"]),
        ("c", vec![]),
        ("c::d", vec!["c"]),
    ];
    for (module, used) in expected {
        let used: BTreeSet<String> = used.into_iter().map(str::to_owned).collect();
        assert_eq!(found[module], used, "{module}");
    }
    assert!(reached(&found, "c::d", &|_| true).contains("c"));
    assert!(!reached(&found, "c::d", &|_| true).contains("c::d"));
}

/// The table of the map, from the ground up: the rooms in order, and what each uses.
fn map() -> (Vec<String>, Uses) {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let section = text.split("\n## ").find(|one| one.starts_with("The rooms"));
    let names = |cell: &str| -> Vec<String> {
        let parts = cell.split('`').skip(1).step_by(2);
        parts.map(str::to_owned).collect()
    };
    let rows: Vec<(String, BTreeSet<String>)> = section
        .unwrap()
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            let used = names(cells[1]).into_iter().collect();
            (names(cells[0]).remove(0), used)
        })
        .collect();
    let order = rows.iter().map(|(room, _)| room.clone()).collect();
    (order, rows.into_iter().collect())
}

/// What the files of each room name of other rooms. `lib.rs` is above all of them.
fn rooms(uses: &Uses) -> Uses {
    let room = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let mut rooms = Uses::new();
    for (module, used) in uses.iter().filter(|(module, _)| !module.is_empty()) {
        let others = used.iter().map(|used| room(used));
        let own = room(module);
        let others = others.filter(|other| *other != own).collect::<Vec<_>>();
        rooms.entry(own).or_default().extend(others);
    }
    rooms
}

/// Every module that can be come to from this one, within these.
fn reached(uses: &Uses, from: &str, within: &dyn Fn(&&String) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left = vec![from.to_owned()];
    while let Some(module) = left.pop() {
        for used in uses[&module].iter().filter(within) {
            if found.insert(used.clone()) {
                left.push(used.clone());
            }
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of each module of the library, without those of tests.
fn code() -> BTreeMap<String, String> {
    let mut code = BTreeMap::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if ["tests", "properties", "arbitrary", "main"].contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let module = path.strip_prefix(root().join("src")).unwrap();
            let module = module.with_extension("").to_string_lossy().into_owned();
            let module = match module.as_str() {
                "lib" => String::new(),
                module => module.replace(['/', '\\'], "::"),
            };
            code.insert(module, fs::read_to_string(&path).unwrap());
        }
    }
    code
}

fn uses(code: &BTreeMap<String, String>) -> Uses {
    let of = |(module, text): (&String, &String)| {
        let text = without_tests(text);
        let mut used = named(module, &text, code);
        used.extend(children(module, &text, code));
        used.remove(module);
        (module.clone(), used)
    };
    code.iter().map(of).collect()
}

/// The code alone: no comments, and nothing from the first module of tests on, which is a file's last thing.
fn without_tests(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let mut marks = line.match_indices("//");
        // Not that of an address.
        let comment = marks.find(|(at, _)| !line[..*at].ends_with(':'));
        comment.map_or(line, |(at, _)| &line[..at])
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut kept = text.as_str();
    for (at, found) in text.match_indices("#[cfg(test)]\nmod ") {
        let rest = &text[at + found.len()..];
        if rest.find('{') < rest.find(';') || !rest.contains(';') {
            kept = &text[..at];
            break;
        }
    }
    kept.to_owned()
}

/// The modules in paths that begin with `crate` or `super`.
fn named(module: &str, text: &str, code: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for start in ["crate::", "super::"] {
        for (at, _) in text.match_indices(start) {
            let before = &text[..at];
            let inside = before.ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
            if inside || before.ends_with("(in ") {
                continue;
            }
            for path in paths(&text[at..]) {
                used.insert(file_of(&absolute(module, &path), code));
            }
        }
    }
    used.remove("");
    used
}

/// The paths of a tree: `a::{b, c::{d, e}}` is `a::b`, `a::c::d`, `a::c::e`.
fn paths(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start();
    if let Some(list) = text.strip_prefix('{') {
        let (mut depth, mut from, mut found) = (0, 0, Vec::new());
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    found.extend(paths(&list[from..at]));
                    from = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
        return found;
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    if name.is_empty() {
        return vec![Vec::new()];
    }
    let Some(rest) = rest.strip_prefix("::") else {
        return vec![vec![name.to_owned()]];
    };
    let longer = paths(rest).into_iter();
    longer
        .map(|path| [vec![name.to_owned()], path].concat())
        .collect()
}

fn absolute(module: &str, path: &[String]) -> Vec<String> {
    let mut absolute: Vec<String> = match path.first().map(String::as_str) {
        Some("super") => module.split("::").map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    for name in path {
        match name.as_str() {
            "super" => drop(absolute.pop()),
            "crate" | "self" => {}
            name => absolute.push(name.to_owned()),
        }
    }
    absolute
}

/// The file that a path leads to: what is behind it are items.
fn file_of(path: &[String], code: &BTreeMap<String, String>) -> String {
    let lengths = (0..=path.len()).rev();
    let mut modules = lengths.map(|length| path[..length].join("::"));
    modules
        .find(|module| code.contains_key(module))
        .unwrap_or_default()
}

/// The modules that this one declares and uses.
fn children(module: &str, text: &str, code: &BTreeMap<String, String>) -> BTreeSet<String> {
    let declared = text.split("mod ").skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once(';')?;
        name.chars()
            .all(|c| c.is_alphanumeric() || c == '_')
            .then_some(name)
    });
    let is_named = |name: &str| {
        let path = format!("{name}::");
        let mut found = text.match_indices(&path);
        found
            .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c)))
    };
    let used = declared
        .filter(|name| is_named(name))
        .map(|name| match module {
            "" => name.to_owned(),
            module => format!("{module}::{name}"),
        });
    used.filter(|child| code.contains_key(child)).collect()
}
