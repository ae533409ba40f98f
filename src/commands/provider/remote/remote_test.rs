//! `stepup provider remote test`: the API's own test of a provider. The person runs through it in the
//! browser; what came of it shows in the provider, or in a transaction that says why not.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use url::Url;

use super::report::{api, meant, report};
use crate::adapters::access_api::AccessApi;
use crate::adapters::backoff::Polls;
use crate::adapters::browser::Opener;
use crate::adapters::sanitize::short;
use crate::adapters::terminal::span;
use crate::ceremony::browse::{Visit, own_opener};
use crate::cli::RemoteTest;
use crate::commands::shared::administration::refused;
use crate::context::Context;
use crate::domain::step_up_provider::StepUpProvider;
use crate::domain::transaction::TransactionState;
use crate::error::Error;
use crate::meaning::told_by_the_api;

/// Begins the test, and waits for the person and the API.
pub(super) fn run(context: &Context, args: &RemoteTest) -> Result<(), Error> {
    let api = api(context)?;
    let opener = own_opener(&args.own)?;
    let before = meant(context, &api, &args.which)?;
    let mut trail = Trail::before(&api, &before.id);
    let url = api.test_provider(&before.id).map_err(refused)?;
    let mut visit = open(context, opener, &before, &url)?;
    let after = {
        let _line = context
            .terminal
            .waiting("waiting for the test in the browser", args.timeout);
        wait(&api, &before, &mut trail, &mut visit, args.timeout)?
    };
    report(context, "tested", &after)
}

/// Where a browser opens, only the host is shown: the rest of the address may be a secret.
fn open<'a>(
    context: &'a Context,
    opener: Opener,
    provider: &StepUpProvider,
    url: &Url,
) -> Result<Visit<'a>, Error> {
    let name = short(&provider.display_name);
    let host = short(url.host_str().unwrap_or_default());
    let terminal = &context.terminal;
    terminal.say(format_args!("the test of {name} begins at {host}"));
    let title = format!("test the step-up provider {name}");
    Visit::begin(context, opener, url, title, false)
}

/// Polls until the provider shows a test that it did not show before, or a transaction says why not.
fn wait(
    api: &AccessApi,
    before: &StepUpProvider,
    trail: &mut Trail,
    visit: &mut Visit<'_>,
    limit: Duration,
) -> Result<StepUpProvider, Error> {
    let mut polls = Polls::within(limit);
    let api = &api.until(Instant::now() + limit);
    while let Some(pause) = polls.pause() {
        visit.rest(pause)?;
        // A poll that fails is a poll that showed nothing; its refusals are final.
        match api.provider(&before.id) {
            Ok(now) if now.last_tested_at != before.last_tested_at => return Ok(now),
            Ok(_) => {}
            Err(error) if error.leaves_doubt() => tracing::debug!("{error}"),
            Err(error) => return Err(refused(error)),
        }
        if let Some(why) = trail.failure(api, &before.id) {
            let (kind, hint) = told_by_the_api(&why);
            return Err(Error::new(kind, format!("the test failed: {why}"))
                .hint(hint)
                .hint("compare the provider's registration with `stepup provider remote show`"));
        }
    }
    Err(Error::incomplete(format!(
        "timed out: the test was not completed within {}",
        span(limit)
    ))
    .hint("look at the page in the browser: it may say what is wrong; then run the command again"))
}

/// The transactions of tests, as far as the caller may see them.
struct Trail {
    /// Those from before; `None` where they may not be read.
    known: Option<BTreeSet<String>>,
}

impl Trail {
    fn before(api: &AccessApi, provider_id: &str) -> Self {
        let rows = api.test_transactions(provider_id).ok();
        Self {
            known: rows.map(|rows| rows.into_iter().map(|row| row.id).collect()),
        }
    }

    /// Why the test failed, if a transaction of this attempt says so.
    fn failure(&mut self, api: &AccessApi, provider_id: &str) -> Option<String> {
        let known = self.known.as_ref()?;
        let Ok(rows) = api.test_transactions(provider_id) else {
            self.known = None;
            return None;
        };
        let mut rows = rows.into_iter();
        let failed =
            rows.find(|row| row.state == TransactionState::Failed && !known.contains(&row.id))?;
        Some(match failed.error_message.as_str() {
            "" => "the API does not say why".to_owned(),
            message => short(message),
        })
    }
}
