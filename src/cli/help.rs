//! The flags of `stepup help` and `stepup man`.

use std::path::PathBuf;

use clap::Args;

/// `stepup help`.
#[derive(Args, Clone, Debug)]
pub(crate) struct Help {
    /// A command, or a topic
    #[arg(value_name = "COMMAND|TOPIC")]
    pub(crate) words: Vec<String>,
}

impl Help {
    /// The topic, if it is one and no command.
    pub(crate) fn topic(&self) -> Option<Topic> {
        let [word] = self.words.as_slice() else {
            return None;
        };
        Topic::ALL.into_iter().find(|topic| topic.name() == word)
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
    /// What is promised, stored, and sent.
    Security,
}

impl Topic {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [
        Self::Environment,
        Self::ExitCodes,
        Self::Setup,
        Self::Security,
    ];

    /// What is typed for it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::ExitCodes => "exit-codes",
            Self::Setup => "setup",
            Self::Security => "security",
        }
    }

    /// What it is about.
    pub(crate) const fn about(self) -> &'static str {
        match self {
            Self::Environment => "variables that stepup reads",
            Self::ExitCodes => "exit codes of stepup",
            Self::Setup => "from the first command to the first approval",
            Self::Security => "what stepup promises, stores and sends",
        }
    }
}

/// `stepup man`.
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
