//! A client secret on its way in: from a file, from stdin, or from the keyboard without echo. Never argv.

use std::fs::File;
use std::path::Path;

use crate::adapters::credentials::Secret;
use crate::adapters::text;
use crate::commands::shared::secrets::{asked, secret_from_stdin, secret_in};
use crate::context::Context;
use crate::error::Error;

const WHAT: &str = "client secret";

/// Far more than a secret has, bytes.
const LONGEST: u64 = 64 * 1024;

/// The secret from where the person said, or from the person.
pub(super) fn read(context: &Context, file: Option<&Path>) -> Result<Secret, Error> {
    match file {
        Some(path) if path == Path::new("-") => secret_from_stdin(context, WHAT),
        Some(path) => {
            let text = File::open(path)
                .and_then(|file| text::read(file, LONGEST))
                .map_err(|error| {
                    let path = path.display();
                    let sentence = format!("the {WHAT} could not be read from `{path}`: {error}");
                    Error::usage(sentence).hint("check the path and its mode")
                })?;
            secret_in(&text, WHAT, &format!("`{}`", path.display()))
        }
        None => {
            let instead = "name a file with `--secret-file FILE`, or stdin with `--secret-file -`";
            asked(context, WHAT, instead)
        }
    }
}
