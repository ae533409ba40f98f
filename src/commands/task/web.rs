//! `--web`: the web app of the API, opened as a sign-in page is. Nothing is asked of the API: its address is the profile's.

use std::sync::Arc;

use serde_json::json;

use crate::adapters::browser::Opener;
use crate::ceremony::browse::own_opener;
use crate::cli::InTheWeb;
use crate::context::Context;
use crate::error::Error;
use crate::session::Session;

/// Opens the page of this task, or the web app, and prints its URL.
pub(super) fn open(
    context: &Context,
    session: &Session,
    web: &InTheWeb,
    task: Option<&str>,
) -> Result<(), Error> {
    let opener = own_opener(&web.own)?;
    let base = &session.profile.api_url;
    // c1.md 3.2.
    let url = match task {
        Some(task) => base.join(&format!("task/{task}")),
        None => Ok(base.clone()),
    };
    let url = url.map_err(|error| Error::usage(error.to_string()))?;
    let document = json!({ "schema": "stepup.web/1", "url": url });
    context.show_text("the URL was made", url.as_str(), &document)?;
    if opener == Opener::None {
        return Ok(());
    }
    let terminal = Arc::clone(&context.terminal);
    if let Err(error) = opener.open(url.as_str(), move |trouble| terminal.warn(trouble)) {
        context.terminal.warn(error);
    }
    Ok(())
}
