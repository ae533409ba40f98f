//! Whoever follows a citation arrives: each number that comments, test names and documents cite is in `docs/`, each
//! document that they name is in the tree, and a section is a section of something.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where the comments and documents are.
const PLACES: [&str; 13] = [
    "src",
    "sandbox",
    "tests",
    "docs",
    ".ci",
    "packaging",
    "Cargo.toml",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "RELEASING.md",
    "SECURITY.md",
    ".clippy.toml",
];

/// What others wrote, what was generated, and this file, whose examples are wrong on purpose.
const SKIPPED: [&str; 6] = [
    "node_modules",
    "target",
    "corpus",
    "artifacts",
    "Cargo.lock",
    "citations.rs",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file below, by its path from the root.
fn texts() -> Vec<(PathBuf, String)> {
    let mut waiting: Vec<PathBuf> = PLACES.iter().map(|place| root().join(place)).collect();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        let skipped = |name: &std::ffi::OsStr| SKIPPED.iter().any(|one| name == *one);
        if path.file_name().is_some_and(skipped) {
            continue;
        }
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).unwrap();
            waiting.extend(entries.map(|entry| entry.unwrap().path()));
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
        }
    }
    assert!(found.len() > 200, "{} files only", found.len());
    found
}

/// What people read: all of a document, the comments of a program, with lines that belong together joined.
fn prose(path: &Path, text: &str) -> String {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("run");
    let marks: &[&str] = match extension {
        "md" => return without_sources(text),
        "rs" | "mjs" | "js" | "css" => &["///", "//!", "//"],
        "toml" | "py" | "run" | "sh" => &["#"],
        _ => return String::new(),
    };
    let comment = |line: &str| {
        let (before, after) = line.split_once(marks[marks.len() - 1])?;
        let is_url = before.ends_with(':');
        (!is_url).then(|| after.trim_start_matches(['/', '!']).to_owned())
    };
    let lines = text
        .lines()
        .map(|line| comment(line).unwrap_or("\n".into()));
    lines.collect::<Vec<_>>().join(" ")
}

/// Without `[source: FILE.md]`, which names a document of somebody else.
fn without_sources(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        let end = after
            .find(']')
            .filter(|end| !after.get(end + 1..).unwrap().starts_with('('));
        rest = end.map_or(after, |end| after.get(end + 1..).unwrap());
    }
    kept + rest
}

/// The numbers that the documents give.
struct Numbers {
    duties: BTreeSet<String>,
    providers: BTreeSet<String>,
    contract: BTreeSet<String>,
}

impl Numbers {
    fn read() -> Self {
        let read = |name: &str| std::fs::read_to_string(root().join("docs").join(name)).unwrap();
        Self {
            duties: numbered(&read("duties.md")),
            providers: numbered(&read("providers.md")),
            contract: numbered(&read("c1.md")),
        }
    }
}

/// Headings (`## B9. ..`, `### 3.4 ..`), bold paragraphs (`**8.5 ..`) and, below each heading, the items of its list.
fn numbered(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut heading = String::new();
    for line in page.lines() {
        let first = |text: &str| {
            text.split([' ', ':'])
                .next()
                .unwrap()
                .trim_end_matches('.')
                .to_owned()
        };
        if let Some(title) = line.strip_prefix('#') {
            heading = first(title.trim_start_matches('#').trim_start());
            found.insert(heading.clone());
        } else if let Some(title) = line.strip_prefix("**") {
            found.insert(first(title));
        } else if let Some((number, _)) = line.split_once(". ")
            && is_number(number)
        {
            found.insert(format!("{heading}.{number}"));
        }
    }
    found
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `4`, `4.2`, `11.6`.
fn is_section(text: &str) -> bool {
    text.split('.').all(is_number)
}

/// Everything that a reader could not follow from this text.
fn dead_ends(path: &Path, text: &str, numbers: &Numbers) -> Vec<String> {
    let prose = prose(path, text);
    let mut found = Vec::new();
    found.extend(unknown_numbers(path, &prose, numbers));
    found.extend(unknown_sections(path, &prose, numbers));
    found.extend(unknown_documents(path, text, &prose));
    if path.extension().is_some_and(|it| it == "rs") {
        let names = text
            .lines()
            .filter_map(|line| line.split_once("fn "))
            .map(|it| it.1);
        found.extend(names.filter_map(|name| unknown_in_name(name, numbers)));
    }
    found
}

/// `B9.19`, `A12`, `P4`; a file that cites the latter says once that they are of `providers.md`.
fn unknown_numbers(path: &Path, prose: &str, numbers: &Numbers) -> Vec<String> {
    let words = prose.split(|it: char| !(it.is_ascii_alphanumeric() || it == '.' || it == '_'));
    let mut found = Vec::new();
    for word in words.map(|word| word.trim_matches('.')) {
        let Some(letter) = word.chars().next().filter(|it| "ABP".contains(*it)) else {
            continue;
        };
        let digits = &word[1..];
        if !is_section(digits) || digits.split('.').next().unwrap().len() > 2 {
            continue;
        }
        let known = match letter {
            'B' => numbers.duties.contains(word),
            _ => numbers.providers.contains(word),
        };
        if !known {
            found.push(format!("`{word}` is in no document"));
        } else if letter != 'B'
            && !path.ends_with("providers.md")
            && !prose.contains("providers.md")
        {
            found.push(format!(
                "`{word}`: nothing says that it is in docs/providers.md"
            ));
        }
    }
    found
}

/// `c1.md 8.5 and 10`; and `section 3` of nothing.
fn unknown_sections(path: &Path, prose: &str, numbers: &Numbers) -> Vec<String> {
    let words: Vec<&str> = prose.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let bare = |word: &str| {
            word.trim_matches(|it: char| !it.is_ascii_alphanumeric())
                .to_owned()
        };
        let next = |ahead: usize| {
            words
                .get(at + ahead)
                .map_or(String::new(), |word| bare(word))
        };
        let is_word = matches!(bare(word).as_str(), "section" | "sections");
        if is_word && is_section(&next(1)) {
            let before = at
                .checked_sub(1)
                .map_or(String::new(), |it| bare(words[it]));
            let ours = before.ends_with("c1.md") || path.ends_with("c1.md");
            let theirs =
                ["Core", "CIBA", "Discovery"].contains(&before.as_str()) || is_section(&before);
            if !ours && !theirs {
                found.push(format!(
                    "`{before} section {}` is a section of nothing",
                    next(1)
                ));
            }
        }
        let cites =
            bare(word).ends_with("c1.md") || (bare(word) == "contract" && is_section(&next(1)));
        if cites || (is_word && path.ends_with("c1.md")) {
            found.extend(
                list_of_sections(&words[at + 1..])
                    .filter(|section| !numbers.contract.contains(section))
                    .map(|section| format!("`{section}` is not in docs/c1.md")),
            );
        }
    }
    found
}

/// The sections that a citation goes on with: `section 3.2 to 3.5,`, `8.1, 8.4 and 10)`.
fn list_of_sections<'a>(words: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
    let mut over = false;
    words
        .iter()
        .map_while(move |word| {
            let bare = word.trim_matches(|it: char| !it.is_ascii_alphanumeric());
            let goes_on = is_section(bare) || ["section", "sections", "and", "to"].contains(&bare);
            if over || !goes_on {
                return None;
            }
            over = is_section(bare) && !word.ends_with(|it: char| it == ',' || it.is_ascii_digit());
            Some(bare.to_owned())
        })
        .filter(|word| is_section(word))
}

/// Documents that are not in the tree, and issues.
fn unknown_documents(path: &Path, text: &str, prose: &str) -> Vec<String> {
    let is_path = |it: char| it.is_ascii_alphanumeric() || "._-/".contains(it);
    let folder = path.parent().unwrap();
    let exists = |word: &str| {
        let places = [Path::new(""), Path::new("docs"), Path::new("tests"), folder];
        places
            .iter()
            .any(|place| root().join(place).join(word).exists())
    };
    let named = prose.split(|it| !is_path(it)).filter(|word| {
        let stem = word.strip_suffix(".md").unwrap_or("");
        !stem.is_empty() && !stem.ends_with('/')
    });
    // `tests/run` compares with C1's published description, where a developer has it.
    let outside = text.split(|it| !is_path(it)).filter(|word| {
        word.starts_with("../") && word.contains("shared/") && !path.ends_with("tests/run")
    });
    let missing = named.chain(outside).filter(|word| !exists(word));
    let mut found: Vec<String> = missing
        .map(|word| format!("`{word}` is not in the tree"))
        .collect();
    let words: Vec<&str> = prose.split_whitespace().collect();
    let issues = words.windows(2).filter(|pair| pair[0].ends_with("issue"));
    let numbered = issues.filter(|pair| pair[1].starts_with(|it: char| it.is_ascii_digit()));
    found.extend(numbered.map(|pair| format!("`issue {}` is not in the tree", pair[1])));
    found
}

/// `b9_16_a_lower_acr`, `p4_..`, `a12_..`, `c1_8_5_..`: the name of a function that begins with a number.
fn unknown_in_name(name: &str, numbers: &Numbers) -> Option<String> {
    let mut parts = name.split('_').peekable();
    let head = parts.next()?;
    let (letter, digits) = (head.get(..1)?, head.get(1..)?);
    if !is_number(digits) || digits.len() > 2 || parts.peek().is_none() {
        return None;
    }
    let below: Vec<&str> = parts.take_while(|part| is_number(part)).collect();
    let (known, number) = match letter {
        "c" if digits == "1" && below.is_empty() => return None,
        "c" if digits == "1" => (&numbers.contract, below.join(".")),
        "a" | "p" => (&numbers.providers, head.to_uppercase()),
        _ => {
            let head = head.to_uppercase();
            let number: Vec<&str> = [head.as_str()].into_iter().chain(below).collect();
            (&numbers.duties, number.join("."))
        }
    };
    let name = name.split('(').next().unwrap();
    (!known.contains(&number)).then(|| format!("`{name}`: `{number}` is in no document"))
}

#[test]
fn whoever_follows_a_citation_arrives() {
    let numbers = Numbers::read();
    let found = texts().into_iter().flat_map(|(path, text)| {
        let found = dead_ends(&path, &text, &numbers);
        found
            .into_iter()
            .map(move |found| format!("{}: {found}", path.display()))
    });
    let mut found: Vec<String> = found.collect();
    found.sort();
    assert!(
        found.is_empty(),
        "{} dead ends:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn dead_ends_are_found() {
    let numbers = Numbers::read();
    let found = |path: &str, text: &str| dead_ends(Path::new(path), text, &numbers).len();
    for text in [
        "//! As B9.99 says.",
        "/// B99.",
        "// providers.md A77",
        "// A12, of what?",
        "fn b9_99_a_name() {",
        "fn p9_a_name() {",
        "fn t1_a_name() {",
        "fn c1_8_77_a_name() {",
        "// (c1.md 8.77)",
        "// (c1.md 8.5,\n    // 8.77)",
        "// c1.md sections 3 and 77",
        "// wire contract 8.77",
        "// design, section 3",
        "// findings.md",
        "// duties.md, nowhere.md",
        "// see issue 12",
        "include_str!(\"../shared/reference/x.yaml\")",
    ] {
        assert_eq!(found("src/lib.rs", text), 1, "{text}");
    }
    for text in [
        "// B9.19 and B13; B1.1 to B1.7",
        "// providers.md A12, P4 (A7.1)",
        "fn b9_16_a_lower_acr() {",
        "fn b13_2_and_more() {",
        "fn c1_8_5_a_name() {\nfn c1_id() {\nfn p384_key() {",
        "let key = \"P9 B99\";",
        "// c1.md 8.5 and\n// 10; RFC 9110 section 15",
        "// CIBA section 7.1, OIDC Core section 2",
        "// `docs/duties.md`, promises.md",
        "// https://host/nowhere",
    ] {
        assert_eq!(found("src/lib.rs", text), 0, "{text}");
    }
    assert_eq!(found("docs/x.md", "[c1i: OTHER.md] [here](duties.md)"), 0);
    assert_eq!(found("docs/x.md", "[c1i: OTHER.md] and OTHER.md"), 1);
}
