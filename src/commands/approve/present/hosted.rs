//! What the approver sees of a hosted ceremony: who runs it, and what the API shows of it.

use jiff::Timestamp;
use url::Url;

use crate::adapters::access_api::HostedProvider;
use crate::adapters::sanitize::{sanitize, short};
use crate::adapters::terminal::Style;
use crate::adapters::when::local;
use crate::commands::approve::submission::Submission;
use crate::context::Context;
use crate::domain::known_values;
use crate::domain::transaction::{Claims, ProviderTerms};

/// Who runs the step-up, at which provider, and who has to sign in (c1.md 8.7).
pub(in crate::commands::approve) fn challenge(
    context: &Context,
    submission: &Submission<'_>,
    page: &Url,
    provider: Option<&HostedProvider>,
) {
    let terminal = &context.terminal;
    let demanded = match provider.map(|provider| &provider.terms) {
        Some(ProviderTerms::Acr(values)) => {
            let words: Vec<String> = values
                .iter()
                .map(|acr| known_values::in_words(acr))
                .collect();
            words.join(", or ")
        }
        Some(ProviderTerms::Freshness) => "a new sign-in".to_owned(),
        _ => "step-up authentication".to_owned(),
    };
    terminal.say("");
    terminal.say(format_args!(
        "{} requires {}",
        sanitize(&submission.api.host()),
        terminal.style(Style::Strong, &short(&demanded))
    ));
    match provider.map(|provider| &provider.terms) {
        Some(ProviderTerms::Acr(values)) => terminal.field("acr", values.join(" or ")),
        Some(ProviderTerms::Contexts(ids)) => terminal.field("contexts", ids.join(" or ")),
        _ => {}
    }
    if let Some(provider) = provider {
        let host = provider.host().unwrap_or_default();
        terminal.field("sign in at", format_args!("{} ({host})", provider.name));
    }
    let host = page.host_str().unwrap_or_default();
    terminal.field(
        "starts at",
        format_args!("{host}, which runs the step-up itself"),
    );
    terminal.field("sign in as", submission.approver.in_words());
    terminal.say("");
}

/// What the API shows of the sign-in that it verified (c1.md 8.13): values of claims with a
/// published meaning, of the others only the names.
pub(in crate::commands::approve) fn claims(context: &Context, claims: &Claims) {
    let mut shown = Vec::new();
    if let Some(acr) = claims.acr.present() {
        shown.push(format!("acr {acr}"));
    }
    if let Some(contexts) = claims.contexts.present() {
        shown.push(format!("contexts {}", contexts.join(" ")));
    }
    if let Some(amr) = claims.amr.present() {
        shown.push(format!("amr {}", amr.join(" ")));
    }
    let at = claims.auth_time.present().copied();
    if let Some(at) = at.and_then(|at| Timestamp::from_second(at).ok()) {
        shown.push(format!("at {}", local(at)));
    }
    if shown.is_empty() && !claims.others.is_empty() {
        shown.push(format!("only the claims {}", claims.others.join(", ")));
    }
    if shown.is_empty() {
        shown.push("nothing".to_owned());
    }
    let field = shown.join(", ");
    context.terminal.field("the API shows", field);
}
