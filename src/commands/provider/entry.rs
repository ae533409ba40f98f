//! The provider entries of this machine's configuration: listed, shown, and (next door) written.

pub(super) mod add;
pub(super) mod change;
mod settings;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::adapters::sanitize::sanitize;
use crate::adapters::table::Cell;
use crate::adapters::terminal::{Format, Style};
use crate::adapters::tested::{LastTest, Tested};
use crate::adapters::when::{age, local};
use crate::cli::EntryName;
use crate::commands::shared::columns;
use crate::commands::shared::missing::Missing;
use crate::config::{Choice, Config, ProviderEntry};
use crate::context::Context;
use crate::error::Error;

pub(super) fn list(context: &Context) -> Result<(), Error> {
    let config = Config::load_for_repair(context.global.config.as_deref())?;
    let entries: Vec<&ProviderEntry> = config.providers.values().collect();
    let tested = tested(config.path.as_deref());
    let terminal = &context.terminal;
    let document = json!({
        "schema": "stepup.provider-entries/1",
        "entries": entries
            .iter()
            .map(|entry| record(&config, entry, tested.get(&entry.name)))
            .collect::<Vec<_>>(),
    });
    if entries.is_empty() && terminal.format() == Format::Text {
        terminal.say("no provider is configured; add one with `stepup provider add PRESET`");
        return Ok(());
    }
    let now = Timestamp::now();
    let row = |entry: &&ProviderEntry| row(entry, tested.get(&entry.name), now);
    let rows: Vec<Vec<Cell>> = entries.iter().map(row).collect();
    context.show_table("the list was read", &columns::ENTRIES, &rows, &document)
}

fn row(entry: &ProviderEntry, test: Option<&LastTest>, now: Timestamp) -> Vec<Cell> {
    let style = test.map(|test| if test.passed { Style::Good } else { Style::Bad });
    vec![
        entry.name.as_str().into(),
        entry.preset.map_or("-", |preset| preset.name).into(),
        dashed(&entry.acr_values).into(),
        entry.assurance().unwrap_or("-").into(),
        Cell::text(&last_test(test, |at| age(at, now)))
            .in_a_pipe(&last_test(test, |at| format!("{at:.0}")))
            .styled(style),
        entry.issuer.as_str().into(),
    ]
}

fn last_test(test: Option<&LastTest>, when: impl Fn(Timestamp) -> String) -> String {
    let Some(test) = test else {
        return "never".to_owned();
    };
    let result = if test.passed { "passed" } else { "failed" };
    format!("{result} {}", when(test.at))
}

/// When each entry was last tested, and how it went.
fn tested(config: Option<&Path>) -> BTreeMap<String, LastTest> {
    let folder = config.and_then(Path::parent);
    folder.map_or_else(BTreeMap::new, |folder| Tested::new(folder).all())
}

fn dashed(values: &[String]) -> String {
    match values {
        [] => "-".to_owned(),
        values => values.join(" "),
    }
}

/// The entry of this name, or the one that is chosen.
pub(super) fn meant<'a>(
    context: &Context,
    config: &'a Config,
    name: Option<&str>,
) -> Result<&'a ProviderEntry, Error> {
    if let Some(name) = name {
        return Ok(config.entry(name)?);
    }
    let entries = || Ok(config.providers.values().collect());
    ENTRY.chosen(context, entries, |entry: &&ProviderEntry| {
        format!("{} ({})", entry.name, entry.issuer)
    })
}

const ENTRY: Missing<'static> = Missing {
    what: "provider entry",
    instead: "give its name (`stepup provider list` shows them)",
};

pub(super) fn show(context: &Context, args: &EntryName) -> Result<(), Error> {
    let config = Config::load_for_repair(context.global.config.as_deref())?;
    report(
        context,
        "shown",
        &config,
        meant(context, &config, args.name.as_deref())?,
    )
}

/// The entry as it is now: what a command came to.
fn report(
    context: &Context,
    outcome: &str,
    config: &Config,
    entry: &ProviderEntry,
) -> Result<(), Error> {
    let tested = tested(config.path.as_deref());
    let tested = tested.get(&entry.name);
    let document = json!({
        "schema": "stepup.provider-entry/1",
        "outcome": outcome,
        "entry": record(config, entry, tested),
    });
    let lines: Vec<String> = fields(config, entry)
        .into_iter()
        .chain([("last tested", last_test(tested, local))])
        .map(|(label, value)| format!("  {label}: {}", sanitize(&value)))
        .collect();
    let heading = match outcome {
        "shown" => entry.name.clone(),
        outcome => format!("{outcome}: {}", entry.name),
    };
    let text = format!("{heading}\n{}", lines.join("\n"));
    match outcome {
        "shown" => context.show_text("the entry was read", &text, &document),
        _ => context.deliver("it is done", &text, &document),
    }
}

/// A label, and what an entry has under it.
type Field = (&'static str, String);

/// What a person wants to know of an entry; what it does not have is left out.
fn fields(config: &Config, entry: &ProviderEntry) -> Vec<Field> {
    let preset = entry
        .preset
        .map(|one| format!("{} ({})", one.name, one.title));
    let apis: Vec<String> = config.apis_of(entry).into_iter().collect();
    let origins = entry.request_origins.iter();
    let origins = origins.map(|origin| origin.as_str().trim_end_matches('/'));
    let parameters = entry.extra.iter();
    let parameters = parameters.map(|(name, value)| format!("{name}={value}"));
    let (ceremony, redirect) = ceremony(entry);
    let unverified = entry.accept_unverified_email.then_some("accepted");
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let fields = [
        ("preset", preset.unwrap_or_default()),
        ("issuer", entry.issuer.clone()),
        ("client id", entry.client_id.clone()),
        ("client authentication", entry.client_auth.word().to_owned()),
        ("asked by", entry.request.word().to_owned()),
        ("acr values", dashed(&entry.acr_values)),
        ("also, if required", entry.on_request.join(" ")),
        ("weak, and allowed", entry.weak.join(" ")),
        ("stronger counts, in this order", entry.rank.join(" < ")),
        ("ID tokens signed with", algorithms(entry)),
        ("amr", entry.amr.join(" ")),
        ("proves", entry.assurance().unwrap_or_default().to_owned()),
        (
            "oldest sign-in",
            text(&entry.max_age.map(|age| format!("{age} s"))),
        ),
        ("clocks may differ by", format!("{} s", entry.skew)),
        ("ceremony", ceremony.to_owned()),
        (
            "person named there by",
            text(&entry.login_hint_form.shown()),
        ),
        ("redirect", redirect),
        ("scopes", entry.scopes.join(" ")),
        (
            "scopes, if a challenge names them",
            entry.challenge_scopes.join(" "),
        ),
        ("person compared by", entry.subject.word().to_owned()),
        (
            "unverified email",
            unverified.unwrap_or_default().to_owned(),
        ),
        ("audience", text(&entry.audience)),
        ("resource", text(&entry.resource)),
        (
            "shows what is approved, as",
            text(&entry.authorization_details),
        ),
        (
            "parameters of its own",
            parameters.collect::<Vec<_>>().join(" "),
        ),
        ("prompt", entry.prompt.word().to_owned()),
        ("freshness", entry.freshness.word().to_owned()),
        ("belongs to", apis.join(" ")),
        ("serves C1 providers", entry.c1_provider_ids.join(" ")),
        ("for requests to", origins.collect::<Vec<_>>().join(" ")),
    ];
    let known = fields.into_iter();
    known.filter(|(_, value)| !value.is_empty()).collect()
}

/// The ceremony, where it is not the usual one, and where the usual one comes back to.
fn ceremony(entry: &ProviderEntry) -> (&'static str, String) {
    match entry.backchannel {
        Some(_) => (
            "backchannel: asked on the person's own device",
            String::new(),
        ),
        None => ("", entry.redirect_uris().join(" ")),
    }
}

/// The accepted algorithms, where they are not what everybody signs with.
fn algorithms(entry: &ProviderEntry) -> String {
    let words: Vec<&str> = entry.id_token_algs.iter().map(Choice::word).collect();
    match words.as_slice() {
        ["RS256"] => String::new(),
        words => words.join(" "),
    }
}

/// An entry as scripts see it.
fn record(config: &Config, entry: &ProviderEntry, tested: Option<&LastTest>) -> Value {
    json!({
        "name": entry.name,
        "preset": entry.preset.map(|preset| preset.name),
        "issuer": entry.issuer,
        "client_id": entry.client_id,
        "client_auth": entry.client_auth.word(),
        "backchannel": entry.backchannel.is_some(),
        "login_hint_form": entry.login_hint_form.shown(),
        "request": entry.request.word(),
        "acr_values": entry.acr_values,
        "on_request": entry.on_request,
        "weak_values": entry.weak,
        "rank": entry.rank,
        "id_token_algs": entry.id_token_algs.iter().map(Choice::word).collect::<Vec<_>>(),
        "amr": entry.amr,
        "proves": entry.assurance(),
        "fresh_max_age": entry.fresh_max_age,
        "max_age": entry.max_age,
        "prompt": entry.prompt.word(),
        "freshness": entry.freshness.word(),
        "skew": entry.skew,
        "redirect_uris": entry.redirect_uris(),
        "ports": entry.ports,
        "scopes": entry.scopes,
        "challenge_scopes": entry.challenge_scopes,
        "subject": entry.subject.word(),
        "accept_unverified_email": entry.accept_unverified_email,
        "audience": entry.audience,
        "resource": entry.resource,
        "authorization_details": entry.authorization_details,
        "extra": entry.extra,
        "apis": config.apis_of(entry),
        "c1_provider_ids": entry.c1_provider_ids,
        "request_origins": entry.request_origins,
        "last_test": tested,
    })
}
