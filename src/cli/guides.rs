//! Every command that README and the guides name is one: it parses, as it is written there.

use super::*;

/// The pages, by their path in the tree.
fn pages() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["docs/guide", "docs/guide/providers"];
    let entries = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let guides = entries.map(|entry| entry.unwrap().path());
    guides
        .filter(|path| path.is_file())
        .chain([root.join("README.md")])
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path.display().to_string(), text)
        })
        .collect()
}

/// The command lines of a page, whether they stand by themselves or in a sentence.
fn commands(page: &str) -> Vec<String> {
    let page = page.replace("\\\n", " ");
    let own = page.lines().filter(|line| line.starts_with("    "));
    let lines = page.lines().filter(|line| !line.starts_with("    "));
    let prose = lines.collect::<Vec<_>>().join(" ");
    let inline = prose.split('`').skip(1).step_by(2);
    own.flat_map(|line| {
        let line = line.split(" #").next().unwrap();
        line.split(['|', ';'])
            .map(str::to_owned)
            .collect::<Vec<_>>()
    })
    .chain(inline.map(str::to_owned))
    .map(|text| text.trim().to_owned())
    .filter(|text| text.starts_with("stepup "))
    .collect()
}

/// What is wrong with a command line. A sentence may name a command without all that it takes.
fn fault(line: &str) -> Option<String> {
    let words = shell_words::split(line).unwrap();
    let words = words
        .iter()
        .take_while(|word| !word.starts_with(['<', '>']))
        .filter(|word| *word != "...");
    match Cli::command().try_get_matches_from(words) {
        Ok(_) => None,
        Err(error) => match error.kind() {
            ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion => None,
            _ => Some(error.to_string()),
        },
    }
}

#[test]
fn every_command_of_the_guides_is_one() {
    let mut seen = 0;
    let mut faults = Vec::new();
    for (page, text) in pages() {
        // The absence of `stepup token` is what a page explains.
        let lines = commands(&text);
        for line in lines.iter().filter(|line| *line != "stepup token") {
            seen += 1;
            faults.extend(fault(line).map(|fault| format!("{page}: {line}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 100, "{seen} commands only");
}

#[test]
fn a_command_that_is_none_is_found() {
    for wrong in [
        "stepup aprove 4211",
        "stepup approve --yess",
        "stepup token",
    ] {
        assert!(fault(wrong).is_some(), "{wrong}");
    }
    let page =
        "Say `stepup nothing\nat all`:\n\n    stepup one \\\n      --two | stepup three # four\n";
    let found = [
        "stepup one        --two",
        "stepup three",
        "stepup nothing at all",
    ];
    assert_eq!(commands(page), found);
}
