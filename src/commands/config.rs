//! `stepup config path`.

use super::Context;
use crate::adapters::terminal::undelivered;
use crate::config::Config;
use crate::error::Error;

/// Prints where the configuration is, or would be.
pub(super) fn path(context: &Context) -> Result<(), Error> {
    let path = Config::location(context.global.config.as_deref())?;
    let document = serde_json::json!({
        "schema": "stepup.config-path/1",
        "path": path,
        "exists": path.is_file(),
    });
    context
        .terminal
        .result(&path.display().to_string(), &document)
        .map_err(|error| undelivered("the path is known", error))
}
