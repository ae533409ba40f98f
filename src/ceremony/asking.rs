//! What a person is told before they are asked to sign in: who demands what, and who will be asked.

use super::running::SignInCeremony;
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::Style;
use crate::config::ProviderEntry;
use crate::context::Context;
use crate::domain::challenge::{Challenge, Purpose};
use crate::domain::person::ExpectedPerson;
use crate::domain::requirement::RequestStyle;

/// A sign-in that somebody is about to be asked for.
pub(crate) struct Asking<'a> {
    /// Who demands it.
    pub(crate) host: &'a str,
    pub(crate) challenge: &'a Challenge,
    pub(crate) entry: &'a ProviderEntry,
    /// What the entry's provider was called before, on the same screen.
    pub(crate) called: Option<&'a str>,
    pub(crate) ceremony: SignInCeremony,
    /// Who has to sign in.
    pub(crate) expected: &'a ExpectedPerson,
    /// Whom the provider is told to ask, if the person said so.
    pub(crate) login_hint: Option<&'a str>,
    /// The server wants a token, and said nothing of how its person has to authenticate (B1.21): that is the entry's.
    pub(crate) token_only: bool,
}

/// Who demands what, in words and as acr, and who will be asked (B1.14): before any browser opens and any
/// telephone rings, since the API may have named the person (B13.4).
pub(crate) fn demanded(context: &Context, asking: &Asking<'_>) {
    let terminal = &context.terminal;
    let requirement = &asking.challenge.requirement;
    terminal.say("");
    let host = sanitize(asking.host);
    let words = sanitize(&requirement.in_words());
    let words = terminal.style(Style::Strong, &words);
    if asking.token_only && !requirement.acr_values.is_empty() {
        let entry = &asking.entry.name;
        terminal.say(format_args!(
            "{host} requires a sign-in, for which the provider entry `{entry}` requires {words}"
        ));
    } else {
        terminal.say(format_args!("{host} requires {words}"));
    }
    if requirement.not_before.is_some() {
        terminal.field(
            "why",
            "the token that it was given is too old, or was revoked",
        );
    }
    if !requirement.acr_values.is_empty() {
        let label = match requirement.request {
            RequestStyle::EntraContexts => "context",
            _ => "acr",
        };
        terminal.field(label, requirement.acr_values.join(" or "));
    }
    if let Some(max_age) = requirement.max_age {
        let each_time = requirement.each_time();
        let age = match max_age {
            0 => "a new sign-in".to_owned(),
            _ if each_time => format!("a new sign-in, at most {max_age} s old"),
            _ => format!("a sign-in at most {max_age} s old"),
        };
        terminal.field("freshness", age);
    }
    if !asking.challenge.scopes.is_empty() {
        terminal.field("scopes for it", asking.challenge.scopes.join(" "));
    }
    let host = url::Url::parse(&asking.entry.issuer)
        .ok()
        .and_then(|issuer| issuer.host_str().map(str::to_owned))
        .unwrap_or_default();
    let label = match asking.ceremony {
        SignInCeremony::Local => "sign in at",
        SignInCeremony::Backchannel => "asked on your device by",
    };
    let entry = &asking.entry.name;
    let other_name = asking.called.filter(|called| called != entry);
    terminal.field(
        label,
        match other_name {
            Some(called) => format!("{called} ({host}, provider entry {entry})"),
            None => format!("{entry} ({host})"),
        },
    );
    let given = asking.entry.authorization_details.as_ref();
    if given.is_some() && matches!(asking.challenge.purpose, Purpose::Approval { .. }) {
        terminal.field("shown there", "what you approve");
    }
    who(context, asking.expected, asking.login_hint);
    terminal.say("");
}

/// Who has to sign in, and whom the provider is told instead, if anybody.
pub(crate) fn who(context: &Context, expected: &ExpectedPerson, login_hint: Option<&str>) {
    let terminal = &context.terminal;
    if let Some(person) = expected.in_words() {
        terminal.field("sign in as", person);
    }
    let hint = login_hint.filter(|hint| expected.login_hint().is_some_and(|own| own != *hint));
    if let Some(hint) = hint {
        terminal.field("asked as", hint);
    }
}
