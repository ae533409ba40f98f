//! The flags of `stepup help` and `stepup man`.

use std::path::PathBuf;

use clap::Args;

#[derive(Args, Clone, Debug)]
pub(crate) struct Help {
    /// A command, or a topic
    #[arg(value_name = "COMMAND|TOPIC")]
    pub(crate) words: Vec<String>,
}

impl Help {
    /// Whether it is the list of topics that is asked for.
    pub(crate) fn is_of_topics(&self) -> bool {
        matches!(self.words.as_slice(), [word] if word == "topics" || word == "topic")
    }

    /// The topic, if it is one and no command.
    pub(crate) fn topic(&self) -> Option<Topic> {
        let [word] = self.words.as_slice() else {
            return None;
        };
        let is_page = |topic: &Topic| {
            let (name, section) = topic.manual_page();
            name.strip_prefix("stepup-") == word.strip_suffix(format!(".{section}").as_str())
        };
        Topic::ALL
            .into_iter()
            .find(|topic| topic.name() == word || is_page(topic))
    }
}

/// What is about no single command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Variables.
    Environment,
    /// What each exit code means.
    ExitCodes,
    /// From the demo to the first approval.
    Setup,
    /// The file, its keys, and settings.
    Configuration,
    /// A browser that is on another machine.
    Elsewhere,
    /// Documents, exit codes and waiting.
    Scripting,
    /// What goes wrong, and questions.
    Troubleshooting,
    /// What is promised, stored, and sent.
    Security,
}

impl Topic {
    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::Environment,
        Self::ExitCodes,
        Self::Setup,
        Self::Configuration,
        Self::Elsewhere,
        Self::Scripting,
        Self::Troubleshooting,
        Self::Security,
    ];

    /// What is typed for it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::ExitCodes => "exit-codes",
            Self::Setup => "setup",
            Self::Configuration => "configuration",
            Self::Elsewhere => "ssh-and-containers",
            Self::Scripting => "scripting",
            Self::Troubleshooting => "troubleshooting",
            Self::Security => "security",
        }
    }

    /// What it is about.
    pub(crate) const fn about(self) -> &'static str {
        match self {
            Self::Environment => "variables that stepup reads",
            Self::ExitCodes => "exit codes of stepup",
            Self::Setup => "from the first command to the first approval",
            Self::Configuration => "configuration of stepup",
            Self::Elsewhere => "approving where the browser is on another machine",
            Self::Scripting => "stepup in scripts: documents, waiting and failing",
            Self::Troubleshooting => "what can go wrong, and questions",
            Self::Security => "what stepup promises, stores and sends",
        }
    }

    /// The manual's page: name and section.
    pub(crate) fn manual_page(self) -> (String, char) {
        match self {
            Self::Configuration => ("stepup-config".to_owned(), '5'),
            other => (format!("stepup-{}", other.name()), '7'),
        }
    }

    /// The topic that holds this file of `docs/guide`.
    pub(crate) fn of_guide(file: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|topic| topic.guide() == Some(file))
    }

    /// The file of `docs/guide` that it is; those that are made of the code have none.
    const fn guide(self) -> Option<&'static str> {
        Some(match self {
            Self::Environment | Self::ExitCodes => return None,
            Self::Setup => "getting-started.md",
            Self::Configuration => "configuration.md",
            Self::Elsewhere => "ssh-and-containers.md",
            Self::Scripting => "scripting.md",
            Self::Troubleshooting => "troubleshooting.md",
            Self::Security => "security.md",
        })
    }
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup man | man -l -\n  stepup man task list | man -l -\n  stepup man config.5 | man -l -\n  stepup man --dir ~/.local/share/man"
)]
pub(crate) struct Man {
    /// The page: of a command, `config.5`, or a topic [default: that of `stepup`]
    #[arg(value_name = "PAGE")]
    pub(crate) page: Vec<String>,
    /// Write every page into folders `man1`, `man5` and `man7` below this one
    #[arg(long, value_name = "DIR", conflicts_with = "page")]
    pub(crate) dir: Option<PathBuf>,
}
