//! `stepup demo`: the sandbox and one real approval in it, in one command.

use std::path::PathBuf;

use stepup_sandbox::{Factor, Options, Sandbox};

use super::approve;
use crate::adapters::browser::Opener;
use crate::cli::{Approve, Browsing, Demo, Global, OwnBrowser, Reason};
use crate::context::Context;
use crate::environment;
use crate::error::{Error, ErrorKind};

/// Starts the sandbox, approves one of its tasks, and takes the sandbox down again, whatever came of it.
pub(super) fn run(context: &Context, args: &Demo) -> Result<(), Error> {
    let sandbox = Sandbox::start(Options::default())?;
    let folder = sandbox.info().config.clone();
    context.interrupt.before_exit(move || {
        let _ = std::fs::remove_dir_all(folder);
    });
    let browser = person(args)?;
    let terminal = &context.terminal;
    terminal.say("this is the sandbox: its API, its identity provider and its people are made up");
    terminal.say(match browser {
        Some(_) => "a built-in person signs in",
        None => "your browser opens; choose the security key to meet the demand",
    });
    terminal.say("");
    let approval = Approve {
        tasks: vec![args.task.clone()],
        reason: Reason {
            comment: Some("approved in the demo".to_owned()),
            ..Reason::default()
        },
        yes: true,
        browsing: Browsing {
            own: OwnBrowser {
                browser,
                ..OwnBrowser::default()
            },
            ..Browsing::default()
        },
        ..Approve::default()
    };
    // The person's own profile, variables and configuration have no business in a demo.
    let demo = context.elsewhere(Global {
        profile: None,
        api_url: None,
        receipt_log: Some(sandbox.info().config.join("receipts.jsonl")),
        config: Some(sandbox.info().config.clone()),
        ..context.global.clone()
    });
    let demo = demo.remembering_in(sandbox.info().config.clone());
    let outcome = approve::run(&demo, &approval);
    context.afterwards(move || {
        demo.finish();
        sandbox.stop();
    });
    outcome
}

/// The built-in person's command line, if it is asked for or nobody could use a browser here.
fn person(args: &Demo) -> Result<Option<String>, Error> {
    let factor = match args.sign_in {
        Some(factor) => factor,
        None if Opener::likely(environment::variable) => return Ok(None),
        None => Factor::Key,
    };
    let ourselves: PathBuf = std::env::current_exe().map_err(|error| {
        Error::new(
            ErrorKind::Failed,
            "stepup cannot find itself to start the built-in person",
        )
        .caused_by(error)
    })?;
    let words = [
        ourselves.to_string_lossy().into_owned(),
        "sandbox".to_owned(),
        "sign-in".to_owned(),
        "--with".to_owned(),
        factor.name().to_owned(),
    ];
    Ok(Some(shell_words::join(words)))
}
