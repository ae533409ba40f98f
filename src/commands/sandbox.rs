//! `stepup sandbox`: run the servers until told to stop; and the built-in person.

use stepup_sandbox::{Elsewhere, Info, Options, Sandbox};

use crate::adapters::programs::ourselves;
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::{Style, Terminal};
use crate::adapters::wrapped::unbroken;
use crate::cli::{self, SignIn};
use crate::context::Context;
use crate::environment::setting;
use crate::error::{Error, ErrorKind};

/// Starts the sandbox, says how to use it, and stays until interrupted.
pub(super) fn run(context: &Context, args: cli::Sandbox) -> Result<(), Error> {
    let posing = args.personality.map(|one| format!(" (as {})", one.name()));
    let has_phone = args.issuer.is_none() && args.personality.unwrap_or_default().has_backchannel();
    let elsewhere = args.issuer.zip(args.client_id);
    let sandbox = Sandbox::start(Options {
        listen: args.listen,
        personality: args.personality,
        elsewhere: elsewhere.map(|(issuer, client_id)| Elsewhere { issuer, client_id }),
        tls: args.tls,
        info: args.info,
        log: args.log,
        record: args.record,
        state: args.state,
        switches: args.switches,
        ..Options::default()
    })?;
    leaves_nothing_behind(context, &sandbox);
    let info = sandbox.info();
    let lines = lines(
        &context.terminal,
        info,
        &posing.unwrap_or_default(),
        has_phone,
    );
    context.deliver("the sandbox runs", &lines.join("\n"), info)?;
    context.interrupt.wait();
    sandbox.stop();
    Ok(())
}

/// Where it is, and what to type in a second terminal. `posing` is as which provider it does.
fn lines(terminal: &Terminal, info: &Info, posing: &str, has_phone: bool) -> Vec<String> {
    let program = ourselves();
    let typed = |words: &str| format!("  {}", unbroken(&format!("{program} {words}")));
    let mut lines = vec![
        terminal.style_out(
            Style::Strong,
            "stepup sandbox: everything here is made up, and only this machine can reach it",
        ),
        format!("  api:      {}", info.api_url),
        format!("  provider: {}{}", info.issuer, posing),
        String::new(),
        "in a second terminal:".to_owned(),
        format!(
            "  {}",
            unbroken(&setting("STEPUP_CONFIG", &info.config.to_string_lossy()))
        ),
        typed(&format!("provider test {}", info.entry)),
        typed("task list"),
        typed("approve 4211"),
        String::new(),
    ];
    if let Some(ca_file) = &info.ca_file {
        // Where programs look for authorities on Linux; elsewhere the system has to be told.
        let trusted = unbroken(&setting("SSL_CERT_FILE", &ca_file.to_string_lossy()));
        lines.insert(6, format!("  {trusted}"));
        lines.insert(3, format!("  trust:    {}", ca_file.display()));
    }
    if has_phone {
        let phone = format!(
            "  phone:    {}/phone (for requests by backchannel)",
            info.provider_url
        );
        lines.insert(3, phone);
    }
    lines.extend(info.tasks.iter().map(|task| {
        let why_not = task.why_not.map(|why_not| format!(" ({why_not})"));
        let why_not = why_not.unwrap_or_default();
        format!("  {}  {}{why_not}", task.numeric_id, task.title)
    }));
    lines.push(String::new());
    lines.push("Ctrl-C ends it".to_owned());
    lines
}

/// Whatever ends the run takes the sandbox's folder away.
pub(super) fn leaves_nothing_behind(context: &Context, sandbox: &Sandbox) {
    let folder = sandbox.info().config.clone();
    context.interrupt.before_exit(move || {
        let _ = std::fs::remove_dir_all(folder);
    });
}

pub(super) fn sign_in(context: &Context, args: &SignIn) -> Result<(), Error> {
    let outcome = stepup_sandbox::sign_in(&args.url, args.with).map_err(|error| {
        Error::of(ErrorKind::Failed, error)
            .hint("the built-in user only knows the sandbox's own pages")
    })?;
    let text = format!("{} ({})", sanitize(&outcome.title), outcome.status);
    let document = serde_json::json!({
        "schema": "stepup.sign-in/1",
        "title": outcome.title,
        "status": outcome.status,
        "asked": outcome.asked,
    });
    context.deliver("the pages were walked", &text, &document)
}
