//! Every command that README, the guides and our own sentences name is one: it parses, as it is written there.

use std::path::{Path, PathBuf};

use super::super::*;

/// The pages, by their path in the tree.
fn pages() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["docs", "docs/guide", "docs/guide/providers"];
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

/// The files of the program itself.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The command lines that a source file tells people of: in its texts, and in the documentation of what is typed, which
/// is the help.
fn commands_of_source(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let mut texts = String::new();
    for line in code.lines().map(str::trim_start) {
        let is_comment = line.starts_with("//") && !line.starts_with("/// ");
        if let Some(line) = line.strip_suffix('\\') {
            texts.push_str(line);
        } else if !is_comment {
            texts.push_str(line.trim_start_matches("/// "));
            texts.push('\n');
        }
    }
    let commands = texts.split("`stepup ").skip(1);
    let commands = commands.filter_map(|rest| rest.split_once('`').map(|(line, _)| line));
    let whole = commands
        .filter(|line| !line.contains('\n') && !line.trim_start_matches("help ").starts_with('{'));
    whole
        .map(|line| format!("stepup {}", filled_in(&line.replace("\\\"", "\""))))
        .collect()
}

/// A line with something for what is filled in at run time, and for what people fill in.
fn filled_in(line: &str) -> String {
    let mut parts = line.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    let line = parts.fold(first, |text, part| {
        let rest = part.split_once('}').map_or("", |(_, rest)| rest);
        text + "4211" + rest
    });
    let words = line.split(' ').map(|word| match word {
        "TASK" => "4211",
        "TOPIC" => "setup",
        "ID" => "L8jHVtcb8A78haNJiAP3b2VmsAx",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What is wrong with a command line. A sentence may name a command without all that it takes.
fn fault(line: &str) -> Option<String> {
    let words = shell_words::split(line).unwrap();
    let words = words
        .iter()
        .take_while(|word| !word.starts_with(['<', '>']))
        .filter(|word| *word != "...");
    match Cli::command().try_get_matches_from(words) {
        Ok(matches) => match Cli::from_arg_matches(&matches).ok()?.command {
            Command::Help(help) if help.topic().is_none() => {
                let error = help_of(Cli::command(), &help);
                error.use_stderr().then(|| error.to_string())
            }
            _ => None,
        },
        Err(error) => match error.kind() {
            ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion => None,
            // A flag that is named without its value.
            ErrorKind::InvalidValue
                if error.get(ContextKind::InvalidValue)
                    == Some(&ContextValue::String(String::new())) =>
            {
                None
            }
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

/// Errors, hints, help: what they tell people to type can be typed.
#[test]
fn every_command_of_our_own_sentences_is_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    let mut faults = Vec::new();
    let is_this = |path: &PathBuf| path.ends_with(file!());
    for path in sources(&root.join("src"))
        .into_iter()
        .filter(|path| !is_this(path))
    {
        let text = std::fs::read_to_string(&path).unwrap();
        for line in commands_of_source(&text) {
            seen += 1;
            let place = path.display();
            faults.extend(fault(&line).map(|fault| format!("{place}: {line}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 100, "{seen} commands only");
}

#[test]
fn a_command_that_is_none_is_found() {
    let source = "hint(\"run `stepup aprove \\\n    {id}` or `stepup help {}`\")";
    assert_eq!(commands_of_source(source), ["stepup aprove 4211"]);
    for wrong in [
        "stepup help troubles",
        "stepup help 4211",
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
