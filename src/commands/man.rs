//! `stepup man`: the manual. A page for each command, made from the command line's definition; the configuration and the
//! topics, made from the guides.

use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use serde_json::json;

use super::help::{self, Page, exit_codes};
use crate::adapters::terminal::{ignore_broken_pipe, undelivered};
use crate::cli::variables::out_of_sight;
use crate::cli::{Cli, Man as Args, Topic};
use crate::context::Context;
use crate::domain::nearest::nearest;
use crate::error::Error;

/// What the name of each page but the first begins with.
const BEGIN: &str = "stepup-";

/// What stands at the foot of each page.
const SOURCE: &str = concat!("stepup ", env!("CARGO_PKG_VERSION"));

struct ManualPage {
    /// `stepup-task-list`.
    name: String,
    section: char,
    roff: String,
    source: Source,
}

/// What a page is made of.
enum Source {
    Command(Box<Command>),
    Topic(Topic),
}

impl ManualPage {
    fn file(&self) -> String {
        format!("{}.{}", self.name, self.section)
    }
}

/// Prints a page, or writes all of them into a folder, as roff; a person on a terminal gets the page as text.
pub(super) fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let pages = pages().map_err(|error| undelivered("the manual was not made", error))?;
    if let Some(folder) = &args.dir {
        return write_all(context, folder, &pages);
    }
    let typed = args.page.join("-");
    // The name that `man` itself takes.
    let typed = typed.strip_prefix(BEGIN).unwrap_or(&typed);
    let wanted = match typed {
        "" | "stepup" => "stepup".to_owned(),
        typed => format!("{BEGIN}{typed}"),
    };
    let topic = Topic::ALL.into_iter().find(|known| known.name() == typed);
    let named = |page: &&ManualPage| page.file() == wanted || page.name == wanted;
    let of_topic = |page: &&ManualPage| match page.source {
        Source::Topic(of) => Some(of) == topic,
        Source::Command(_) => false,
    };
    let page = pages.iter().find(named);
    let page = page.or_else(|| pages.iter().find(of_topic));
    let page = page.ok_or_else(|| no_page(&wanted, &pages))?;
    if context.terminal.columns().is_none() {
        return context.show_as_is("the page was made", &page.roff);
    }
    match &page.source {
        Source::Topic(topic) => help::run(context, *topic)?,
        Source::Command(command) => out_of_sight(*command.clone())
            .print_long_help()
            .or_else(ignore_broken_pipe("the page was made"))?,
    }
    let words = ["stepup man"].into_iter();
    let words = words.chain(args.page.iter().map(String::as_str));
    let words = words.collect::<Vec<_>>().join(" ");
    context.terminal.say("");
    context
        .terminal
        .say(format_args!("as a manual page: `{words} | man -l -`"));
    Ok(())
}

fn no_page(wanted: &str, pages: &[ManualPage]) -> Error {
    // All names begin alike, so that each would be near.
    let names = pages
        .iter()
        .filter_map(|page| page.name.strip_prefix(BEGIN));
    let near = wanted
        .strip_prefix(BEGIN)
        .and_then(|wanted| nearest(wanted, names));
    let hint = near.map_or_else(
        || "`stepup help` lists the commands and topics".to_owned(),
        |near| format!("did you mean `stepup man {}`?", near.replace('-', " ")),
    );
    Error::usage(format!("the manual has no page `{wanted}`")).hint(hint)
}

/// `DIR/man1/stepup.1` and so on, where `man` looks if `DIR` is in its path.
fn write_all(context: &Context, folder: &Path, pages: &[ManualPage]) -> Result<(), Error> {
    let mut files = Vec::new();
    for page in pages {
        let folder = folder.join(format!("man{}", page.section));
        let path = folder.join(page.file());
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&path, &page.roff))
            .map_err(|error| {
                let sentence = format!("could not write `{}`: {error}", path.display());
                Error::failed(sentence).hint("name a folder that you may write to with `--dir`")
            })?;
        files.push(path.display().to_string());
    }
    let text = format!("{} pages written to {}", files.len(), folder.display());
    let document = json!({ "schema": "stepup.manual/1", "files": files });
    context.deliver("the manual was written", &text, &document)
}

/// Every page there is.
fn pages() -> io::Result<Vec<ManualPage>> {
    let mut root = with_all_flags(Cli::command());
    root.build();
    let mut pages = Vec::new();
    of_command(&root, &mut pages)?;
    for topic in Topic::ALL {
        pages.push(about(topic)?);
    }
    Ok(pages)
}

/// With what the short help leaves out: the page would name such a flag and not say what it is.
fn with_all_flags(command: Command) -> Command {
    let command = command.mut_args(|arg| arg.hide_short_help(false));
    command.mut_subcommands(with_all_flags)
}

/// The page of a command, and those of the commands below it.
fn of_command(command: &Command, pages: &mut Vec<ManualPage>) -> io::Result<()> {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name());
    let man = Man::new(command.clone())
        .title(name.to_uppercase())
        .source(SOURCE)
        .manual("stepup");
    let mut bytes = Vec::new();
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    synopsis(command.clone()).to_writer(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut bytes)?;
    }
    if let Some(after) = command.get_after_help() {
        after_help(&after.to_string()).to_writer(&mut bytes)?;
    }
    see_also(name).to_writer(&mut bytes)?;
    pages.push(ManualPage {
        name: name.to_owned(),
        section: '1',
        roff: String::from_utf8_lossy(&bytes).into_owned(),
        source: Source::Command(Box::new(command.clone())),
    });
    for subcommand in command.get_subcommands() {
        let is_help = subcommand.get_name() == "help" && name != "stepup";
        if !subcommand.is_hide_set() && !is_help {
            of_command(subcommand, pages)?;
        }
    }
    Ok(())
}

/// The usage line, which has the values of what it names.
fn synopsis(mut command: Command) -> Roff {
    let usage = command.render_usage().to_string();
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]).control("nf", []);
    for line in usage.lines() {
        roff.text([roman(line.trim_start_matches("Usage:").trim())]);
    }
    roff.control("fi", []);
    roff
}

/// Examples and the like, line for line.
fn after_help(text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["NOTES"]).control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff
}

/// What every page ends with; that of `stepup` has the exit codes too.
fn see_also(name: &str) -> Roff {
    let mut roff = Roff::new();
    if name == "stepup" {
        roff.control("SH", ["EXIT STATUS"]);
        Page::read(&exit_codes()).roff(&mut roff);
    }
    roff.control("SH", ["SEE ALSO"]);
    let topics = Topic::ALL.map(|topic| {
        let (name, section) = topic.manual_page();
        format!("{name}({section})")
    });
    let others = format!("stepup(1), {}", topics.join(", "));
    roff.text([roman(others)]);
    roff
}

fn about(topic: Topic) -> io::Result<ManualPage> {
    let (name, section) = topic.manual_page();
    let mut roff = Roff::new();
    let title = name.to_uppercase();
    let digit = section.to_string();
    roff.control("TH", [title.as_str(), &digit, "\"\"", SOURCE, "stepup"]);
    roff.control("SH", ["NAME"])
        .text([roman(format!("{name} - {}", topic.about()))]);
    roff.control("SH", ["DESCRIPTION"]);
    help::topic(topic).roff(&mut roff);
    let mut bytes = Vec::new();
    roff.to_writer(&mut bytes)?;
    see_also(&name).to_writer(&mut bytes)?;
    Ok(ManualPage {
        name,
        section,
        roff: String::from_utf8_lossy(&bytes).into_owned(),
        source: Source::Topic(topic),
    })
}
