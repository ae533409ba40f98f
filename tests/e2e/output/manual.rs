//! `stepup man` and `stepup help`: every flag of every command, every variable, every exit code.

use std::collections::BTreeMap;
use std::path::Path;

use crate::process::{BIN, Outcome, Run};

fn alone(words: &str) -> Outcome {
    Run::of(BIN, &std::env::temp_dir()).args(words).run()
}

/// The definition of the command line, with what clap adds to it.
fn definition() -> clap::Command {
    let mut command = stepup::internals::command_line();
    command.build();
    command
}

/// Every command that is not hidden, with its words.
fn commands(command: &clap::Command, words: &[&str], found: &mut Vec<(String, clap::Command)>) {
    found.push((words.join(" "), command.clone()));
    for subcommand in command.get_subcommands() {
        let is_help_of_a_group = subcommand.get_name() == "help" && words.len() > 1;
        if !subcommand.is_hide_set() && !is_help_of_a_group {
            commands(
                subcommand,
                &[words, &[subcommand.get_name()]].concat(),
                found,
            );
        }
    }
}

/// What `stepup man --dir` writes, by the path below that folder.
fn written() -> BTreeMap<String, String> {
    let home = tempfile::tempdir().unwrap();
    let outcome = Run::of(BIN, home.path())
        .args("man --dir manual -o json")
        .run();
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.manual/1");
    let files = document["files"].as_array().unwrap().iter();
    files
        .map(|file| {
            let file = file.as_str().unwrap();
            let text = std::fs::read_to_string(home.path().join(file)).unwrap();
            let name = Path::new(file).strip_prefix("manual").unwrap();
            (name.display().to_string(), text)
        })
        .collect()
}

#[test]
fn every_flag_of_every_command_is_on_its_page() {
    let pages = written();
    let mut found = Vec::new();
    commands(&definition(), &["stepup"], &mut found);
    assert!(found.len() > 40, "{}", found.len());
    for (words, command) in found {
        let file = format!("man1/{}.1", words.replace(' ', "-"));
        let page = pages.get(&file);
        let page = page.unwrap_or_else(|| panic!("`{words}` has no page {file}"));
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let shown = match arg.get_long() {
                Some(long) => format!("\\fB\\-\\-{}\\fR", long.replace('-', "\\-")),
                None if arg.is_positional() => {
                    arg.get_value_names().unwrap()[0].replace('-', "\\-")
                }
                None => continue,
            };
            assert!(page.contains(&shown), "{file} does not name {shown}");
            let help = arg.get_help().unwrap().to_string();
            let text = page.replace("\\-", "-").replace("\\*(Aq", "'");
            // That one's own words depend on where they stand.
            let said = arg.get_id() == "help" || text.contains(&help);
            assert!(said, "{file} does not say of {shown}: {help}");
            if let Some(variable) = arg.get_env() {
                let variable = variable.to_str().unwrap();
                assert!(page.contains(variable), "{file} does not name {variable}");
            }
        }
        for subcommand in command.get_subcommands().filter(|it| !it.is_hide_set()) {
            let name = format!(
                "{}\\-{}(1)",
                words.replace(' ', "\\-"),
                subcommand.get_name().replace('-', "\\-")
            );
            let of_a_group = subcommand.get_name() == "help" && words != "stepup";
            assert!(
                of_a_group || page.contains(&name),
                "{file} does not name {name}"
            );
        }
    }
}

#[test]
fn the_configuration_and_the_topics_have_pages() {
    let pages = written();
    let configuration = &pages["man5/stepup-config.5"];
    for key in [
        "api_url",
        "acr_values",
        "challenge_scopes",
        "default_profile",
    ] {
        assert!(configuration.contains(&format!("\\fB{key}\\fR")), "{key}");
    }
    for topic in [
        "environment",
        "exit-codes",
        "setup",
        "ssh-and-containers",
        "scripting",
        "troubleshooting",
        "security",
    ] {
        assert!(
            pages.contains_key(&format!("man7/stepup-{topic}.7")),
            "{topic}"
        );
    }
    for (name, page) in pages {
        assert!(page.contains(".TH ") && page.contains(".SH NAME"), "{name}");
        assert!(
            !page.contains("](") && !page.contains("**"),
            "{name} has Markdown in it"
        );
    }
}

#[test]
fn the_manual_and_a_topic_name_every_exit_code() {
    let page = alone("man").exits(0).stdout.clone();
    let topic = alone("help exit-codes").exits(0).stdout.clone();
    for (code, kind) in [
        (1, "failed"),
        (2, "usage"),
        (3, "unmet"),
        (4, "signed-out"),
        (5, "untrusted"),
        (6, "incomplete"),
        (7, "refused"),
        (8, "pending"),
        (9, "partial"),
        (130, "interrupted"),
    ] {
        let shown = format!("\\fB{code}\\fR {}", kind.replace('-', "\\-"));
        assert!(page.contains(&shown), "{shown}\n{page}");
        assert!(
            topic.contains(&format!("`{code}` {kind}\n")),
            "{kind}\n{topic}"
        );
    }
}

#[test]
fn variables_are_out_of_the_help_of_commands_and_in_a_topic() {
    let topic = alone("help environment").exits(0).stdout.clone();
    let mut found = Vec::new();
    commands(&definition(), &["stepup"], &mut found);
    for (words, command) in found {
        for variable in command.get_arguments().filter_map(clap::Arg::get_env) {
            let variable = variable.to_str().unwrap();
            assert!(
                topic.contains(&format!("`{variable}`")),
                "{variable} of {words}"
            );
        }
    }
    for words in [
        "--help",
        "approve --help",
        "help task list",
        "sandbox --help",
    ] {
        let help = alone(words);
        assert!(!help.exits(0).stdout.contains("[env"), "{words}");
    }
}

#[test]
fn a_page_is_printed_by_its_name_and_one_that_is_none_is_said() {
    for (words, title) in [
        ("man", ".TH STEPUP 1"),
        ("man task list", ".TH STEPUP-TASK-LIST 1"),
        ("man config", ".TH STEPUP-CONFIG 1"),
        ("man config.5", ".TH STEPUP-CONFIG 5"),
        ("man configuration", ".TH STEPUP-CONFIG 5"),
        ("help config.5", "completion_titles"),
        ("man exit-codes", ".TH STEPUP-EXIT-CODES 7"),
    ] {
        let outcome = alone(words);
        assert!(outcome.exits(0).stdout.contains(title), "{words}");
    }
    alone("man tusk")
        .exits(2)
        .says("no page `stepup-tusk`")
        .hints("did you mean `stepup man task`?");
    alone("man zzz").exits(2).hints("`stepup help` lists");
    alone("man --dir /dev/null/here")
        .exits(1)
        .says("/dev/null/here");
}

#[test]
fn help_is_of_a_command_or_about_a_topic() {
    let outcome = alone("help task list");
    assert!(
        outcome.exits(0).stdout.contains("Usage: stepup task list"),
        "{outcome}"
    );
    assert_eq!(
        alone("help").exits(0).stdout,
        alone("--help").exits(0).stdout
    );
    alone("help setup")
        .exits(0)
        .prints("stepup demo --sign-in key");
    alone("help security").exits(0).prints("WHAT IT PROMISES");
    alone("help aprove").exits(2).says("approve");
    let topics = alone("help topics");
    let line = "\n  setup               from the first command to the first approval\n";
    topics.exits(0).prints(line);
    assert!(topics.stdout.lines().all(|line| line.len() <= 80));
    assert_eq!(alone("help topic").exits(0).stdout, topics.stdout);
    for name in ["troubles", "task troubles", "4211"] {
        let topics = "the topics are environment, exit-codes, setup, configuration, ";
        alone(&format!("help {name}")).exits(2).says(topics);
    }
}

/// A page names other pages; what the program has of them is named as it is typed, and each is there.
#[test]
fn a_page_of_a_topic_names_others_by_their_commands() {
    let setup = alone("help setup");
    for topic in ["configuration", "scripting", "troubleshooting"] {
        let command = format!("(`stepup help {topic}`)");
        assert!(
            setup.stdout.replace('\n', " ").contains(&command),
            "{command}\n{setup}"
        );
        assert!(!setup.stdout.contains("`))"), "{setup}");
        alone(&format!("help {topic}")).exits(0).does_not_say("](");
    }
}
