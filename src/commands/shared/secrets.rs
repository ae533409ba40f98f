//! Secrets on their way in: from stdin, or from the keyboard without echo. Never argv.

use std::io::IsTerminal;

use crate::adapters::credentials::Secret;
use crate::adapters::text;
use crate::context::Context;
use crate::domain::no_proof;
use crate::error::Error;
use crate::oidc::assertion::AssertionKey;
use crate::session::refused_as_no_proof;

/// Longest secret read, bytes.
const MAX_SECRET: u64 = 64 * 1024;

/// One word of printable ASCII, which is what fits into a header: from stdin, or from the person who sits there.
pub(in crate::commands) fn secret_from_stdin(
    context: &Context,
    what: &str,
) -> Result<Secret, Error> {
    if std::io::stdin().is_terminal() {
        return asked(
            context,
            what,
            "hand it over on stdin: add `< FILE`, or pipe it in",
        );
    }
    secret_in(from_stdin(what)?.expose(), what, "stdin")
}

/// From the keyboard, not shown.
pub(in crate::commands) fn asked(
    context: &Context,
    what: &str,
    instead: &str,
) -> Result<Secret, Error> {
    let question = format!("{what} (not shown)");
    match context.answered(context.terminal.ask_secretly(&question))? {
        Some(text) => secret_in(text.expose(), what, "the answer"),
        None => Err(Error::usage(format!("no {what} given")).hint(instead)),
    }
}

/// A secret that comes on stdin, all of it.
pub(in crate::commands) fn from_stdin(what: &str) -> Result<Secret, Error> {
    let text = text::read(std::io::stdin(), MAX_SECRET).map_err(|error| {
        Error::usage(format!("the {what} could not be read from stdin")).caused_by(error)
    })?;
    Ok(Secret::new(text))
}

/// The secret in this text, which came from `place`.
pub(in crate::commands) fn secret_in(text: &str, what: &str, place: &str) -> Result<Secret, Error> {
    if no_proof::is_ssws(text) {
        let what = format!("the {what} in {place}");
        return Err(refused_as_no_proof(&what, no_proof::SSWS));
    }
    if AssertionKey::is_meant(text) {
        let sentence = format!("the {what} in {place} is a private key, which is never sent");
        return Err(Error::usage(sentence).hint("take the secret that belongs to the client"));
    }
    let secret = Secret::new(text.trim());
    let word = secret.expose();
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(secret);
    }
    Err(
        Error::usage(format!("{place} holds no {what}")).hint(format!(
            "give the {what} alone: one word, without spaces or quotation marks"
        )),
    )
}
