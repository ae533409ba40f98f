//! `stepup demo`: the sandbox and one real approval in it, in one command.

use std::path::PathBuf;

use stepup_sandbox::{Factor, Options, Sandbox};

use super::sandbox::leaves_nothing_behind;
use super::shared::receipt_log::journal;
use super::{approve, receipt};
use crate::adapters::browser::{Opener, command_line};
use crate::adapters::evidence_store::EvidenceStore;
use crate::adapters::programs::ourselves;
use crate::adapters::terminal::Terminal;
use crate::adapters::wrapped::unbroken;
use crate::cli::{Approve, Browsing, Demo, EvidenceTrust, Global, OwnBrowser, Reason};
use crate::context::Context;
use crate::domain::task_reference::TaskReference;
use crate::environment;
use crate::error::Error;

/// Starts the sandbox, approves one of its tasks, and takes the sandbox down again, whatever came of it.
pub(super) fn run(context: &Context, args: &Demo) -> Result<(), Error> {
    let sandbox = Sandbox::start(Options {
        es256: true,
        ..Options::default()
    })?;
    leaves_nothing_behind(context, &sandbox);
    has(&sandbox, &args.task)?;
    let browser = person(args)?;
    let terminal = &context.terminal;
    terminal.say("this is a sandbox on this machine: its API, its identity provider and its users are made up");
    terminal.say(match (&browser, args.sign_in) {
        (None, _) => {
            "you are the approver: your browser opens, and the security key there meets what is required"
        }
        (Some(_), Some(_)) => "a built-in user signs in, as `--sign-in` says",
        (Some(_), None) => "no browser here: a built-in user signs in with a security key",
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
    if outcome.is_ok() {
        // The result is out: an interruption from here on only ends the demo.
        context.interrupt.settle(0);
        offer_evidence(&demo, &sandbox);
        try_next(terminal);
    }
    context.afterwards(move || {
        demo.finish();
        sandbox.stop();
    });
    outcome
}

/// Refuses a task that the sandbox does not have: the hints of an approval are about the person's own API.
fn has(sandbox: &Sandbox, task: &str) -> Result<(), Error> {
    let tasks = &sandbox.info().tasks;
    let named = TaskReference::parse(task).is_some_and(|task| {
        let mut tasks = tasks.iter();
        tasks.any(|one| one.numeric_id == task.id || one.id == task.id)
    });
    if named {
        return Ok(());
    }
    let numbers: Vec<&str> = tasks.iter().map(|one| one.numeric_id.as_str()).collect();
    Err(Error::usage(format!("the sandbox has no task `{task}`"))
        .hint(format!("its tasks are {}", numbers.join(", "))))
}

/// On a terminal: the evidence of the approval, which goes with the sandbox, is verified as an auditor would. Whatever
/// comes of it, the approval is in.
fn offer_evidence(demo: &Context, sandbox: &Sandbox) {
    let kept = journal(demo).map(|journal| EvidenceStore::beside(&journal).files());
    let Ok(Ok([file, ..])) = kept.as_ref().map(|kept| kept.as_deref()) else {
        return;
    };
    if demo.terminal.format().is_document() {
        return;
    }
    let question = "verify its evidence now, with the provider's keys alone?";
    let answer = demo.answered(demo.terminal.yes_or_no(question, true));
    if !matches!(answer, Ok(Some(true))) {
        return;
    }
    let trust = EvidenceTrust {
        issuer: Some(sandbox.info().issuer.clone()),
        ..EvidenceTrust::default()
    };
    if let Err(error) = receipt::verify_in_brief(demo, file, &trust) {
        demo.terminal.fail(&error);
    }
}

/// What the demo showed, and what to do with it.
fn try_next(terminal: &Terminal) {
    for line in [
        "",
        "what you saw: the API required a strong sign-in for this task, the identity provider said how the user signed in, and stepup verified that answer before it submitted the approval; receipt and evidence are gone with the sandbox",
        "",
        "try next:",
    ] {
        terminal.say(line);
    }
    let program = ourselves();
    let next = NEXT.map(|(words, what)| (format!("{program} {words}"), what));
    let longest = next.iter().map(|(command, _)| command.len()).max();
    let longest = longest.unwrap_or_default();
    let beside = next
        .each_ref()
        .map(|(command, what)| format!("  {command:<longest$}   {what}"));
    let below = next.map(|(command, what)| format!("  {}\n      {what}", unbroken(&command)));
    let rows = if terminal.fits(&beside.join("\n")) {
        beside
    } else {
        below
    };
    for line in rows.iter().flat_map(|row| row.lines()) {
        terminal.say(line);
    }
}

/// What to type next, after the program, and what that does.
const NEXT: [(&str, &str); 3] = [
    (
        "demo --sign-in password",
        "is refused: a password is not enough",
    ),
    ("sandbox", "runs the sandbox, to try every command in it"),
    ("login TENANT", "signs in to your own API"),
];

/// The built-in person's command line, if it is asked for or nobody could use a browser here.
fn person(args: &Demo) -> Result<Option<String>, Error> {
    let factor = match args.sign_in {
        Some(factor) => factor,
        None if Opener::likely(environment::variable) => return Ok(None),
        None => Factor::Key,
    };
    let ourselves: PathBuf = std::env::current_exe().map_err(|error| {
        Error::failed("stepup cannot find itself to start the built-in person").caused_by(error)
    })?;
    let words = [
        ourselves.to_string_lossy().into_owned(),
        "sandbox".to_owned(),
        "sign-in".to_owned(),
        "--with".to_owned(),
        factor.name().to_owned(),
    ];
    Ok(Some(command_line(&words)))
}
