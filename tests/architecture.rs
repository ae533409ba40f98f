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

/// The files of the library, and what each of them names.
struct Tree {
    /// Module → its text: code alone, and no tests.
    files: BTreeMap<String, String>,
    /// The path of an item that a file only hands on (`pub(crate) use`) → the module where it is.
    handed_on: BTreeMap<String, String>,
}

#[test]
fn the_rooms_use_each_other_as_the_map_says() {
    let (order, map) = map();
    let rooms = rooms(&Tree::of(code("src")).uses());
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
fn no_files_use_each_other_in_a_circle() {
    for (folder, at_least) in [("src", 300), ("sandbox/src", 80)] {
        let uses = Tree::of(code(folder)).uses();
        assert!(uses.len() > at_least, "{folder}: {}", uses.len());
        for file in uses.keys() {
            let reached = reached(&uses, file);
            let back = |other: &&String| self::reached(&uses, other).contains(file);
            let circle: Vec<&String> = reached.iter().filter(back).collect();
            assert!(
                circle.is_empty(),
                "`{file}` of {folder} is in a circle: {circle:?}"
            );
        }
    }
}

#[test]
fn the_paths_of_a_file_are_read_as_the_compiler_does() {
    let code = [
        (
            "a",
            "mod b;\npub(crate) use b::{\n    run, Z as Y,\n};\nuse crate::c::{self, d::{E, F}};\nb::run();",
        ),
        (
            "a::b",
            "use super::super::c;\npub(in crate::a) fn run() { crate::c::d::g() } // crate::x",
        ),
        (
            "c",
            "pub(crate) mod d;\n#[cfg(test)]\nmod tests {\n    use crate::e;\n}\nuse crate::a::run;",
        ),
        (
            "c::d",
            "#[cfg(test)]\nuse crate::{\n    e,\n};\nuse super::Thing;",
        ),
        (
            "e",
            "impl X {\n    #[cfg(test)]\n    #[must_use]\n    fn x() {\n        crate::a::b()\n    }\n}\nuse crate::a::other;",
        ),
    ];
    let code = code.map(|(module, text)| (module.to_owned(), text.to_owned()));
    let found = Tree::of(BTreeMap::from(code)).uses();
    let expected = [
        ("a", vec!["a::b", "c", "c::d"]),
        ("a::b", vec!["c", "c::d"]),
        ("c", vec!["a::b"]),
        ("c::d", vec!["c"]),
        ("e", vec!["a"]),
    ];
    for (module, used) in expected {
        let used: BTreeSet<String> = used.into_iter().map(str::to_owned).collect();
        assert_eq!(found[module], used, "{module}");
    }
    assert!(reached(&found, "c").contains("c"));
    assert!(!reached(&found, "e").contains("e"));
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

/// Every module that can be come to from this one.
fn reached(uses: &Uses, from: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left = vec![from.to_owned()];
    while let Some(module) = left.pop() {
        for used in &uses[&module] {
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

/// The text of each module of the library in this folder, without the files of tests.
fn code(folder: &str) -> BTreeMap<String, String> {
    let source = root().join(folder);
    let mut code = BTreeMap::new();
    let mut folders = vec![source.clone()];
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
            let module = path.strip_prefix(&source).unwrap();
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

impl Tree {
    fn of(code: BTreeMap<String, String>) -> Self {
        let code = code.into_iter();
        let files = code.map(|(module, text)| (module, without_tests(&text)));
        let mut tree = Self {
            files: files.collect(),
            handed_on: BTreeMap::new(),
        };
        for (module, text) in tree.files.clone() {
            let (text, handed_on) = handing_on(&text);
            for path in handed_on {
                let target = tree.file_of(&absolute(&module, &path));
                let name = path.last().unwrap();
                tree.handed_on.insert(format!("{module}::{name}"), target);
            }
            tree.files.insert(module, text);
        }
        tree
    }

    fn uses(&self) -> Uses {
        let of = |(module, text): (&String, &String)| {
            let mut used = self.named(module, text);
            used.extend(self.children(module, text));
            used.remove(module);
            (module.clone(), used)
        };
        self.files.iter().map(of).collect()
    }

    /// The modules in paths that begin with `crate` or `super`.
    fn named(&self, module: &str, text: &str) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        for start in ["crate::", "super::"] {
            for (at, _) in text.match_indices(start) {
                let before = &text[..at];
                let inside = before.ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
                if inside || before.ends_with("(in ") {
                    continue;
                }
                for path in paths(&text[at..]) {
                    used.insert(self.file_of(&absolute(module, &path)));
                }
            }
        }
        used.remove("");
        used
    }

    /// The modules that this one declares and uses.
    fn children(&self, module: &str, text: &str) -> BTreeSet<String> {
        let declared = text.split("mod ").skip(1).filter_map(|rest| {
            let (name, _) = rest.split_once(';')?;
            name.chars()
                .all(|c| c.is_alphanumeric() || c == '_')
                .then_some(name)
        });
        let is_named = |name: &str| {
            let path = format!("{name}::");
            let mut found = text.match_indices(&path);
            found.any(|(at, _)| {
                !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c))
            })
        };
        let used = declared
            .filter(|name| is_named(name))
            .map(|name| self.file_of(&absolute(module, &[name.to_owned()])));
        used.collect()
    }

    /// The file that a path leads to: what is behind it are items.
    fn file_of(&self, path: &[String]) -> String {
        let mut lengths = (0..=path.len()).rev();
        let file = lengths.find_map(|length| {
            let path = path[..length].join("::");
            let file = self.handed_on.get(&path).cloned();
            file.or_else(|| self.files.contains_key(&path).then_some(path))
        });
        file.unwrap_or_default()
    }
}

/// The code alone: no comments, and no item that is there for tests only.
fn without_tests(text: &str) -> String {
    let mut lines = text.lines().map(|line| {
        let mut marks = line.match_indices("//");
        // Not that of an address.
        let comment = marks.find(|(at, _)| !line[..*at].ends_with(':'));
        comment.map_or(line, |(at, _)| line[..at].trim_end())
    });
    let mut kept = Vec::new();
    while let Some(line) = lines.next() {
        let Some(indent) = line.strip_suffix("#[cfg(test)]") else {
            kept.push(line);
            continue;
        };
        let item = lines.find(|line| !line.trim_start().starts_with("#["));
        if !item.unwrap().ends_with([';', '}', ',']) {
            let end = format!("{indent}}}");
            lines.find(|line| line.starts_with(&end)).unwrap();
        }
    }
    kept.join("\n")
}

/// The text without what it hands on from files beside or below it, and the paths of that.
fn handing_on(text: &str) -> (String, Vec<Vec<String>>) {
    let (mut rest, mut handed_on) = (Vec::new(), Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let handed = line.strip_prefix("pub").and_then(|public| {
            let (to, tree) = public.split_once("use ")?;
            let to = to.trim();
            let public = to.is_empty() || to.starts_with('(') && to.ends_with(')');
            (public && !tree.starts_with("crate::")).then_some(tree)
        });
        let Some(tree) = handed else {
            rest.push(line);
            continue;
        };
        let mut tree = tree.to_owned();
        while !tree.ends_with(';') {
            tree.push_str(lines.next().unwrap().trim());
        }
        handed_on.extend(paths(&tree));
    }
    (rest.join("\n"), handed_on)
}

/// The paths of a tree: `a::{b, c::{d, e}}` is `a::b`, `a::c::d`, `a::c::e`.
fn paths(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start();
    if text.is_empty() {
        // Behind the last comma.
        return Vec::new();
    }
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
    let here = module.split("::").filter(|name| !name.is_empty());
    let mut absolute: Vec<String> = match path.first().map(String::as_str) {
        Some("crate") => Vec::new(),
        _ => here.map(str::to_owned).collect(),
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
