//! Where the values of arguments come from that the definition of the command line does not hold.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Arg, Command, CommandFactory, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use url::Url;

use crate::adapters::bearer::KeyForm;
use crate::adapters::credentials::StoreKind;
use crate::adapters::files::state_folder;
use crate::adapters::journal::Journal;
use crate::adapters::known_tasks::KnownTasks;
use crate::cli::{Cli, Topic, command_of};
use crate::commands::config::SETTINGS;
use crate::config::preset::Preset;
use crate::config::{CeremonyChoice, Choice, Config, Keeping};
use crate::session::Session;

/// Stands for the files that the shell itself completes.
pub(super) const FILES: &str = ":files";

/// Receipts that are offered, the newest first.
const MOST_RECEIPTS: usize = 20;

/// Largest log of receipts that is read between two keys, bytes.
const LARGEST_LOG: u64 = 1024 * 1024;

/// A value, and what it is.
type Offer = (String, Option<String>);

/// The definition, with what can be offered where, after these words.
pub(super) fn with_values(command: Command, before: &[OsString]) -> Command {
    let typed = Arc::new(Typed::read(before));
    walk(command, &[], &typed)
}

fn walk(command: Command, path: &[String], typed: &Arc<Typed>) -> Command {
    let command = command.mut_args(|arg| match Source::of(path, &arg) {
        None => arg,
        Some(source) => {
            let typed = Arc::clone(typed);
            arg.add(ArgValueCompleter::new(move |begun: &OsStr| {
                typed.offered(source, &begun.to_string_lossy())
            }))
        }
    });
    command.mut_subcommands(|subcommand| {
        let path = [path, &[subcommand.get_name().to_owned()]].concat();
        walk(subcommand, &path, typed)
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Files,
    Profiles,
    Entries,
    Presets,
    Settings,
    ValueOfSetting,
    Tasks,
    Receipts,
    Topics,
    Pages,
    #[cfg(feature = "sandbox")]
    Switches,
}

impl Source {
    fn of(path: &[String], arg: &Arg) -> Option<Self> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let source = match (path.as_slice(), arg.get_id().as_str()) {
            ([], "profile") => Self::Profiles,
            (["approve" | "request"], "provider") => Self::Entries,
            (["provider", "show" | "edit" | "remove" | "test"], "name")
            | (["config", "set-secret"], "entry") => Self::Entries,
            (["provider", "add" | "presets"], "preset") => Self::Presets,
            (["config", "get" | "set" | "unset"], "setting") => Self::Settings,
            (["config", "set"], "value") => Self::ValueOfSetting,
            (
                ["approve" | "deny" | "comment"] | ["task", "show" | "reassign" | "escalate"],
                "task" | "tasks",
            ) => Self::Tasks,
            (["receipt", _], "receipt") => Self::Receipts,
            (["help"], "words") => Self::Topics,
            (["man"], "page") => Self::Pages,
            #[cfg(feature = "sandbox")]
            (["sandbox"], "switches") => Self::Switches,
            _ if arg.get_value_hint() == ValueHint::AnyPath => Self::Files,
            _ => return None,
        };
        Some(source)
    }
}

/// What was typed before, as far as values depend on it.
struct Typed {
    words: Vec<String>,
    config: Option<PathBuf>,
    profile: Option<String>,
    api_url: Option<String>,
    receipt_log: Option<PathBuf>,
}

impl Typed {
    /// Reads flags and their variables from a line that is not finished.
    fn read(before: &[OsString]) -> Self {
        let matches = Cli::command()
            .ignore_errors(true)
            .try_get_matches_from(before)
            .ok();
        let text = |id: &str| matches.as_ref()?.try_get_one::<String>(id).ok()?.cloned();
        let path = |id: &str| matches.as_ref()?.try_get_one::<PathBuf>(id).ok()?.cloned();
        let words = before
            .iter()
            .map(|word| word.to_string_lossy().into_owned());
        Self {
            words: words.collect(),
            config: path("config"),
            profile: text("profile"),
            api_url: text("api_url"),
            receipt_log: path("receipt_log"),
        }
    }

    /// What a source has that begins so.
    fn offered(&self, source: Source, begun: &str) -> Vec<CompletionCandidate> {
        let found = self.found(source).unwrap_or_default().into_iter();
        let fits = |(value, _): &Offer| value.starts_with(begun) || value == FILES;
        found
            .filter(fits)
            .map(|(value, help)| CompletionCandidate::new(value).help(help.map(Into::into)))
            .collect()
    }

    fn found(&self, source: Source) -> Option<Vec<Offer>> {
        let found = match source {
            Source::Files => vec![(FILES.to_owned(), None)],
            Source::Profiles => self.profiles()?,
            Source::Entries => self.entries()?,
            Source::Presets => presets(),
            Source::Settings => bare(SETTINGS),
            Source::ValueOfSetting => self.values_of_setting()?,
            Source::Tasks => self.tasks()?,
            Source::Receipts => self.receipts()?,
            Source::Topics => self.commands(Topic::name),
            Source::Pages => self.commands(page),
            #[cfg(feature = "sandbox")]
            Source::Switches => switches(),
        };
        Some(found)
    }

    /// The commands that can follow, with what they are; and the topics where none was typed yet.
    fn commands(&self, called: impl Fn(Topic) -> &'static str) -> Vec<Offer> {
        let root = Cli::command();
        let typed: Vec<&str> = self.words.iter().skip(1).map(String::as_str).collect();
        let asked = typed.iter().position(|word| ["help", "man"].contains(word));
        let typed = typed.into_iter().skip(asked.map_or(0, |at| at + 1));
        let (path, command) = command_of(typed, &root);
        let visible = command.get_subcommands().filter(|one| !one.is_hide_set());
        let commands = visible.map(|command| {
            let about = command.get_about().map(ToString::to_string);
            (command.get_name().to_owned(), about)
        });
        let topics = Topic::ALL.into_iter().filter(|_| path.is_empty());
        let topics = topics.map(|topic| (called(topic).to_owned(), Some(topic.about().to_owned())));
        commands.chain(topics).collect()
    }

    fn config(&self) -> Option<Config> {
        Config::load(self.config.as_deref()).ok()
    }

    fn profiles(&self) -> Option<Vec<Offer>> {
        let profiles = self.config()?.profiles.into_values();
        Some(
            profiles
                .map(|one| (one.name, Some(one.api_url.to_string())))
                .collect(),
        )
    }

    fn entries(&self) -> Option<Vec<Offer>> {
        let entries = self.config()?.providers.into_values();
        Some(
            entries
                .map(|one| (one.name, Some(one.issuer.clone())))
                .collect(),
        )
    }

    fn values_of_setting(&self) -> Option<Vec<Offer>> {
        let mut words = self.words.iter().skip_while(|word| *word != "set").skip(1);
        let setting = words.find(|word| !word.starts_with('-'))?.as_str();
        let choices = match setting {
            "default_profile" => return self.profiles(),
            "provider" => return self.entries(),
            "ceremony" => all::<CeremonyChoice>(),
            "store" => all::<StoreKind>(),
            "evidence" => all::<Keeping>(),
            "api_key_form" => all::<KeyForm>(),
            "completion_titles" => bare(["true", "false"]),
            flag => values_of_flag(flag),
        };
        Some(choices)
    }

    /// Those of the API that the command would talk to.
    fn tasks(&self) -> Option<Vec<Offer>> {
        let config = self.config()?;
        let typed = self.api_url.as_ref().and_then(|url| Url::parse(url).ok());
        let own = || {
            Some(
                config
                    .profile(self.profile.as_deref())
                    .ok()?
                    .api_url
                    .clone(),
            )
        };
        let left = || Session::left_by_c1(self.profile.as_deref()).ok()??.api_url;
        let api = typed.or_else(own).or_else(left)?;
        let tasks = KnownTasks::new(&state_folder()?, &api).all().into_iter();
        // What is on the line already is not typed again.
        let fresh = tasks.filter(|task| !self.words.contains(&task.id));
        Some(
            fresh
                .map(|task| (task.id, task.title.filter(|_| config.completion_titles)))
                .collect(),
        )
    }

    fn receipts(&self) -> Option<Vec<Offer>> {
        let configured = || {
            let defaults = self.config()?.flag_defaults(self.profile.as_deref());
            defaults.get("receipt_log").map(PathBuf::from)
        };
        let place = self.receipt_log.clone().or_else(configured);
        let journal = Journal::new(place.as_deref()).ok()?;
        let size = std::fs::metadata(journal.path()).ok()?.len();
        if size > LARGEST_LOG {
            return None;
        }
        let log = journal.read().ok()?;
        let newest = log.lines().rev().flatten().take(MOST_RECEIPTS);
        let offers = newest.map(|line| {
            let title = line
                .entry
                .receipt
                .pointer("/task/title")
                .and_then(|it| it.as_str());
            (line.number.to_string(), title.map(str::to_owned))
        });
        Some(offers.collect())
    }
}

fn bare<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<Offer> {
    let values = values.into_iter();
    values.map(|value| (value.to_owned(), None)).collect()
}

fn all<T: Choice>() -> Vec<Offer> {
    bare(T::ALL.iter().map(|(word, _)| *word))
}

/// The presets that an entry can be made of.
fn presets() -> Vec<Offer> {
    Preset::usable()
        .map(|preset| (preset.name.to_owned(), Some(preset.title.to_owned())))
        .collect()
}

fn values_of_flag(setting: &str) -> Vec<Offer> {
    let command = Cli::command();
    let Some(flag) = command.get_arguments().find(|arg| arg.get_id() == setting) else {
        return Vec::new();
    };
    let values = flag.get_possible_values();
    values
        .iter()
        .map(|value| (value.get_name().to_owned(), None))
        .collect()
}

/// What `stepup man` calls a topic: its page, where that has another name.
const fn page(topic: Topic) -> &'static str {
    match topic {
        Topic::Configuration => "config.5",
        other => other.name(),
    }
}

/// `acr=lower`, or `acr_values=` where anything may follow.
#[cfg(feature = "sandbox")]
fn switches() -> Vec<Offer> {
    stepup_sandbox::switches()
        .into_iter()
        .map(|(value, about)| (value, Some(about.to_owned())))
        .collect()
}
