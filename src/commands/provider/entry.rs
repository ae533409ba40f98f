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
    if config.providers.is_empty() {
        return Err(Error::usage("there is no provider entry yet")
            .hint("make one with `stepup provider add`; `stepup provider presets` shows what each can prove"));
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
    let fields = strength(entry).into_iter().chain(request(entry));
    let fields = fields.chain(belonging(config, entry));
    fields.filter(|(_, value)| !value.is_empty()).collect()
}

/// Which client it is, and what its proofs have to say.
fn strength(entry: &ProviderEntry) -> [Field; 15] {
    let preset = entry
        .preset
        .map(|one| format!("{} ({})", one.name, one.title));
    let oldest = entry.max_age.map(|age| format!("{age} s"));
    let anew = (entry.fresh_max_age > 0).then(|| format!("max_age={}", entry.fresh_max_age));
    [
        ("preset", preset.unwrap_or_default()),
        ("issuer", entry.issuer.clone()),
        ("client id", entry.client_id.clone()),
        ("client authentication", entry.client_auth.word().to_owned()),
        ("asked by", entry.request.word().to_owned()),
        ("a new sign-in by", anew.unwrap_or_default()),
        ("acr values", dashed(&entry.acr_values)),
        ("also, if required", entry.on_request.join(" ")),
        ("weak, and allowed", entry.weak.join(" ")),
        ("stronger counts, in this order", entry.rank.join(" < ")),
        ("ID tokens signed with", algorithms(entry)),
        ("amr", entry.amr.join(" ")),
        ("proves", entry.assurance().unwrap_or_default().to_owned()),
        ("oldest sign-in", oldest.unwrap_or_default()),
        ("clocks may differ by", format!("{} s", entry.skew)),
    ]
}

/// How it is asked, and the person compared.
fn request(entry: &ProviderEntry) -> [Field; 17] {
    let (ceremony, redirect) = ceremony(entry);
    let ca_file = entry.ca_file.as_ref();
    let parameters = entry.extra.iter();
    let parameters = parameters.map(|(name, value)| format!("{name}={value}"));
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        ("ceremony", ceremony.to_owned()),
        (
            "person named there by",
            text(&entry.login_hint_form.shown()),
        ),
        ("redirect", redirect),
        ("answered by", unless_usual(&entry.response_mode)),
        ("pushed requests", unless_usual(&entry.par)),
        ("token bound to a key", when(entry.dpop, "yes (DPoP)")),
        (
            "certificates of its own",
            text(&ca_file.map(|file| file.display().to_string())),
        ),
        ("scopes", entry.scopes.join(" ")),
        (
            "scopes, if a challenge names them",
            entry.challenge_scopes.join(" "),
        ),
        ("person compared by", entry.subject.word().to_owned()),
        (
            "unverified email",
            when(entry.accept_unverified_email, "accepted"),
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
    ]
}

/// Where its tokens go.
fn belonging(config: &Config, entry: &ProviderEntry) -> [Field; 3] {
    let apis: Vec<String> = config.apis_of(entry).into_iter().collect();
    let origins = entry.request_origins.iter();
    let origins = origins.map(|origin| origin.as_str().trim_end_matches('/'));
    [
        ("belongs to", apis.join(" ")),
        ("serves C1 providers", entry.c1_provider_ids.join(" ")),
        ("for requests to", origins.collect::<Vec<_>>().join(" ")),
    ]
}

fn when(holds: bool, words: &str) -> String {
    if holds {
        words.to_owned()
    } else {
        String::new()
    }
}

/// The word of a choice that is not what it is without one.
fn unless_usual<C: Choice + Default>(choice: &C) -> String {
    when(*choice != C::default(), choice.word())
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

/// An entry as scripts see it. Whoever adds a member is led here by the compiler; people see it in [`fields`].
fn record(config: &Config, entry: &ProviderEntry, tested: Option<&LastTest>) -> Value {
    let ProviderEntry {
        name,
        preset,
        issuer,
        client_id,
        client_auth,
        backchannel,
        login_hint_form,
        request,
        par,
        dpop,
        acr_values,
        on_request,
        rank,
        weak,
        fresh_max_age,
        max_age,
        freshness,
        amr,
        prompt,
        c1_provider_ids,
        // With those of the profiles that name the entry.
        api_origins: _,
        request_origins,
        // Of the addresses to register.
        redirect_host: _,
        ports,
        redirect_path: _,
        response_mode,
        id_token_algs,
        ca_file,
        scopes,
        challenge_scopes,
        audience,
        resource,
        authorization_details,
        extra,
        skew,
        subject,
        accept_unverified_email,
    } = entry;
    json!({
        "name": name,
        "preset": preset.map(|preset| preset.name),
        "issuer": issuer,
        "client_id": client_id,
        "client_auth": client_auth.word(),
        "backchannel": backchannel.is_some(),
        "login_hint_form": login_hint_form.shown(),
        "request": request.word(),
        "par": par.word(),
        "dpop": dpop,
        "acr_values": acr_values,
        "on_request": on_request,
        "weak_values": weak,
        "rank": rank,
        "id_token_algs": id_token_algs.iter().map(Choice::word).collect::<Vec<_>>(),
        "amr": amr,
        "proves": entry.assurance(),
        "fresh_max_age": fresh_max_age,
        "max_age": max_age,
        "prompt": prompt.word(),
        "freshness": freshness.word(),
        "skew": skew,
        "redirect_uris": entry.redirect_uris(),
        "ports": ports,
        "response_mode": response_mode.word(),
        "ca_file": ca_file,
        "scopes": scopes,
        "challenge_scopes": challenge_scopes,
        "subject": subject.word(),
        "accept_unverified_email": accept_unverified_email,
        "audience": audience,
        "resource": resource,
        "authorization_details": authorization_details,
        "extra": extra,
        "apis": config.apis_of(entry),
        "c1_provider_ids": c1_provider_ids,
        "request_origins": request_origins,
        "last_test": tested,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ENTRY_KEYS;

    /// What a key says, and what has to stand beside it.
    fn lines(key: &str) -> &'static str {
        match key {
            "accept_stronger" | "rank" => "accept_stronger = true\nrank = ['a', 'b']",
            "accept_unverified_email" => "accept_unverified_email = true",
            "acr_values" => "acr_values = ['a']",
            "allow_weak" => {
                "preset = 'okta'\nacr_values = ['urn:okta:loa:1fa:pwd']\nallow_weak = true"
            }
            "amr" => "amr = ['hwk']",
            "api_origins" => "api_origins = ['https://b.example']",
            "audience" => "audience = 'a'",
            "authorization_details" => "authorization_details = 'a'",
            "backchannel" => "client_auth = 'client_secret_basic'\nbackchannel = true",
            "c1_provider_ids" => "c1_provider_ids = ['L8jHVtcb8A78haNJiAP3b2VmsAx']",
            "ca_file" => "ca_file = 'a.pem'",
            "challenge_scopes" => "challenge_scopes = ['a']",
            "client_auth" => "client_auth = 'client_secret_post'",
            "dpop" => "dpop = true",
            "extra" => "extra = { connection = 'a' }",
            "fresh_max_age" => "fresh_max_age = 7",
            "freshness" => "freshness = 'as-challenged'",
            "id_token_algs" => "id_token_algs = ['ES256']",
            "login_hint_form" => {
                "client_auth = 'client_secret_basic'\nbackchannel = true\nlogin_hint_form = 'username'"
            }
            "max_age" => "max_age = 7",
            "par" => "par = 'always'",
            "ports" => "ports = [7]",
            "preset" => "preset = 'generic'",
            "prompt" => "prompt = 'consent'",
            "redirect_host" => "redirect_host = 'localhost'",
            "redirect_path" => "redirect_path = '/other'",
            "request" => "request = 'claims'",
            "request_origins" => "request_origins = ['https://b.example']",
            "resource" => "resource = 'https://b.example'",
            "response_mode" => "response_mode = 'form_post'",
            "scopes" => "scopes = ['a']",
            "skew" => "skew = 7",
            "subject" => "subject = 'sub'",
            other => panic!("what does `{other}` say?"),
        }
    }

    fn shown(lines: &str) -> (Vec<Field>, Value) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let entry = "[providers.a]\nissuer = 'https://a.example'\nclient_id = 'c'\n";
        std::fs::write(&path, format!("{entry}{lines}\n")).unwrap();
        let config = Config::load(Some(&path)).unwrap();
        let entry = config.entry("a").unwrap();
        (fields(&config, entry), record(&config, entry, None))
    }

    #[test]
    fn what_an_entry_says_is_shown_as_text_and_as_a_document() {
        let (text, document) = shown("");
        let always = ["issuer", "client_id"];
        for key in ENTRY_KEYS.iter().filter(|key| !always.contains(key)) {
            let with = shown(lines(key));
            assert_ne!(with.0, text, "{key}");
            assert_ne!(with.1, document, "{key}");
        }
    }
}
