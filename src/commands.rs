//! The commands: one module each, read from the arguments to the result, in the words of `domain`. What several of
//! them use is in `shared`.

#[cfg(feature = "sandbox")]
use crate::cli::SandboxCommand;
use crate::cli::{Command, ConfigCommand, ReceiptCommand, TaskCommand};
use crate::context::Context;
use crate::error::Error;

pub(crate) mod approve;
mod comment;
pub(crate) mod complete;
mod completions;
mod config;
mod credentials;
#[cfg(feature = "sandbox")]
mod demo;
mod deny;
mod doctor;
mod help;
mod login;
mod man;
mod policy;
mod provider;
mod receipt;
mod request;
#[cfg(feature = "sandbox")]
mod sandbox;
mod shared;
mod task;

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Error> {
    if matches!(
        command,
        Command::Login(_)
            | Command::Logout
            | Command::Config(_)
            | Command::Policy(_)
            | Command::Provider(_)
            | Command::Receipt(ReceiptCommand::Prune(_))
    ) {
        context.interrupt.nothing_means("nothing was changed");
    }
    match command {
        Command::Approve(args) => approve::run(context, &args),
        Command::Deny(args) => deny::run(context, &args),
        Command::Comment(args) => comment::run(context, &args),
        Command::Task(TaskCommand::Watch(args)) => task::watch(context, &args),
        Command::Receipt(ReceiptCommand::List(args)) => receipt::list(context, &args),
        Command::Receipt(ReceiptCommand::Show(args)) => receipt::show(context, &args),
        Command::Receipt(ReceiptCommand::Verify(args)) => receipt::verify(context, &args),
        Command::Receipt(ReceiptCommand::Export(args)) => receipt::export(context, &args),
        Command::Receipt(ReceiptCommand::Prune(args)) => receipt::prune(context, &args),
        Command::Task(TaskCommand::List(args)) => task::list(context, &args),
        Command::Task(TaskCommand::Show(args)) => task::show(context, &args),
        Command::Task(TaskCommand::Reassign(args)) => task::reassign(context, &args),
        Command::Task(TaskCommand::Escalate(args)) => task::escalate(context, &args),
        Command::Provider(command) => provider::run(context, *command),
        Command::Doctor(args) => doctor::run(context, &args),
        Command::Request(args) => request::run(context, &args),
        Command::Policy(command) => policy::run(context, &command),
        Command::Login(args) => login::login(context, &args),
        Command::Logout => credentials::logout(context),
        Command::Whoami => credentials::whoami(context),
        #[cfg(feature = "sandbox")]
        Command::Sandbox(args) => match args.command {
            Some(SandboxCommand::SignIn(args)) => sandbox::sign_in(context, &args),
            None => sandbox::run(context, args),
        },
        #[cfg(feature = "sandbox")]
        Command::Demo(args) => demo::run(context, &args),
        Command::Completions(args) => completions::run(context, &args),
        Command::Man(args) => man::run(context, &args),
        Command::Help(args) => match args.topic() {
            Some(topic) => help::run(context, topic),
            None if args.is_of_topics() => help::topics(context),
            // The help of a command was printed before.
            None => Ok(()),
        },
        Command::Config(ConfigCommand::Path) => config::path(context),
        Command::Config(ConfigCommand::List(args)) => config::list(context, &args),
        Command::Config(ConfigCommand::Get(args)) => config::get(context, &args),
        Command::Config(ConfigCommand::Set(args)) => {
            config::change(context, &args.setting, Some(&args.value))
        }
        Command::Config(ConfigCommand::Unset(args)) => config::change(context, &args.setting, None),
        Command::Config(ConfigCommand::SetSecret(args)) => {
            credentials::set_client_secret(context, &args)
        }
    }
}
