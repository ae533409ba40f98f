//! `stepup provider presets`: the tables behind the presets, for people and for scripts.

mod guide;
mod words;

use guide::page;
use serde_json::{Value, json};
use words::{assertion_audience, backchannel, client, others, pkce, ports, suggested};

use crate::adapters::table::Cell;
use crate::commands::shared::columns;
use crate::config::Choice;
use crate::config::preset::{Client, ErrorRow, PRESETS, Pkce, Preset, settings};
use crate::context::Context;
use crate::domain::known_values::KnownValue;
use crate::error::Error;

/// All of them in lines, or one whole.
pub(super) fn run(context: &Context, args: &crate::cli::Presets) -> Result<(), Error> {
    let done = "the presets are known";
    if let Some(name) = &args.preset {
        let preset = named(name)?;
        if args.page {
            return context.show_as_is("the page was made", &(page(preset) + "\n"));
        }
        let document = json!({ "schema": "stepup.preset/1", "preset": record(preset) });
        return context.show_text(done, &whole(preset), &document);
    }
    let all: Vec<Value> = PRESETS.iter().map(record).collect();
    let document = json!({ "schema": "stepup.presets/1", "presets": all });
    let rows: Vec<Vec<Cell>> = PRESETS.iter().map(row).collect();
    context.show_table(done, &columns::PRESETS, &rows, &document)
}

pub(super) fn named(name: &str) -> Result<&'static Preset, Error> {
    Preset::named(name).ok_or_else(|| {
        let known: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
        Error::usage(format!("there is no preset `{name}`")).hint(
            match Preset::meant(name).as_slice() {
                [] => format!("available: `{}`", known.join("`, `")),
                [near] => format!("did you mean `{}`?", near.name),
                family => format!("did you mean {}?", all_proving(family)),
            },
        )
    })
}

/// Several presets, each with what tells it from the others.
fn all_proving(presets: &[&Preset]) -> String {
    let one = |preset: &&Preset| format!("`{}` (proves {})", preset.name, preset.proves());
    let all: Vec<String> = presets.iter().map(one).collect();
    all.join(", or ")
}

fn row(preset: &Preset) -> Vec<Cell> {
    let proves = match preset.refused {
        Some(_) => "nothing",
        None => preset.assurance.word(),
    };
    vec![preset.name.into(), proves.into(), preset.title.into()]
}

fn whole(preset: &Preset) -> String {
    let mut lines = vec![format!("{}: {}", preset.name, preset.title)];
    let mut field = |label: &str, value: String| lines.push(format!("  {label}: {value}"));
    if let Some(reason) = preset.refused {
        field("refused", reason.to_owned());
        return lines.join("\n");
    }
    let (forms, example) = (preset.issuers.join(" or "), preset.example_issuer);
    field("issuer", format!("{forms}, such as {example}"));
    field(
        "redirect",
        format!("http://{}{}", preset.redirect_host.word(), ports(preset)),
    );
    field("client", client(preset).to_owned());
    field("backchannel", backchannel(preset));
    field("PKCE", pkce(preset).to_owned());
    field("asked by", preset.request.word().to_owned());
    let age = preset.fresh_max_age;
    field(
        "fresh by",
        format!("max_age={age}, prompt={}", preset.prompt.word()),
    );
    if let Some(age) = preset.max_age {
        field("oldest sign-in", format!("{age} s"));
    }
    if !preset.amr.is_empty() {
        field("amr", preset.amr.join(" "));
    }
    field("verified", preset.verification.to_owned());
    field("proves", preset.assurance.word().to_owned());
    field("clocks", format!("may differ by {} s", preset.skew));
    field("assertions for", assertion_audience(preset).to_owned());
    lines.push(heading(preset).to_owned());
    lines.extend(preset.values.iter().map(value));
    lines.extend(others(preset).map(|others| format!("  {others}")));
    lines.extend(suggested(preset).map(|value| format!("  suggested: {value}")));
    lines.push("registration:".to_owned());
    lines.extend(preset.steps.iter().map(|step| format!("  - {step}")));
    if preset.backchannel.is_some() {
        lines.push("registration, with `backchannel = true`:".to_owned());
        let steps = preset.backchannel_steps.iter();
        lines.extend(steps.map(|step| format!("  - {step}")));
    }
    let look = settings(Some(preset));
    lines.push("where to look there, if a test of it fails:".to_owned());
    lines.extend([
        format!("  weaker than required: {}", look.assurance),
        format!("  not fresh: {}", look.freshness),
        format!("  never back from the browser: {}", look.redirect),
    ]);
    lines.push("errors:".to_owned());
    lines.extend(preset.errors().map(error));
    lines.join("\n")
}

/// Of the values, whose order may say nothing.
fn heading(preset: &Preset) -> &'static str {
    if preset.ranked {
        "values, weakest first:"
    } else {
        "values, in no order that counts:"
    }
}

fn value(known: &KnownValue) -> String {
    let (level, accept) = (known.level.word(), known.accept.words());
    format!(
        "  {} ({level}): {}; accepted {accept}",
        known.value, known.means
    )
}

fn error(row: &ErrorRow) -> String {
    format!(
        "  {} ({}): {}",
        signals(row).join(", "),
        row.kind.name(),
        row.hint
    )
}

/// What it is known by, each once: a word may be one at several endpoints.
fn signals(row: &ErrorRow) -> Vec<String> {
    let mut signals: Vec<String> = Vec::new();
    for shown in row.signals.iter().map(|signal| signal.shown()) {
        if !signals.contains(&shown) {
            signals.push(shown);
        }
    }
    signals
}

/// A preset as scripts see it. Whoever adds a member is led here by the compiler; people see it in [`whole`].
fn record(preset: &Preset) -> Value {
    let Preset {
        name,
        title,
        refused,
        issuers,
        example_issuer,
        redirect_host,
        ports,
        client,
        pkce,
        request,
        fresh_max_age,
        max_age,
        prompt,
        amr,
        verification,
        assurance,
        others: _,
        // In what is suggested.
        example: _,
        values,
        ranked,
        skew,
        steps,
        backchannel,
        backchannel_steps,
        assertion_audience: _,
    } = preset;
    let look = settings(Some(preset));
    json!({
        "name": name,
        "title": title,
        "refused": refused,
        "issuers": issuers,
        "example_issuer": example_issuer,
        "redirect_host": redirect_host.word(),
        "ports": ports,
        "native_client": *client == Client::Native,
        "pkce_listed": *pkce == Pkce::Listed,
        "request": request.word(),
        "fresh_max_age": fresh_max_age,
        "max_age": max_age,
        "prompt": prompt.word(),
        "amr": amr,
        "verification": verification,
        "proves": assurance.word(),
        "values": values.iter().map(value_record).collect::<Vec<_>>(),
        "other_values": others(preset),
        "suggested": suggested(preset),
        "ranked": ranked,
        "skew": skew,
        "steps": steps,
        "backchannel": backchannel.map(|style| json!({
            "expiry_parameter": style.expiry,
            "longest_expiry": style.longest,
            "acr_values": style.acr_values,
            "steps": backchannel_steps,
        })),
        "assertion_audience": assertion_audience(preset),
        "settings": {
            "assurance": look.assurance,
            "freshness": look.freshness,
            "redirect": look.redirect,
        },
        "errors": preset.errors().map(error_record).collect::<Vec<_>>(),
    })
}

fn value_record(known: &KnownValue) -> Value {
    json!({
        "value": known.value,
        "means": known.means,
        "level": known.level.word(),
        "accepted": known.accept.words(),
    })
}

fn error_record(row: &ErrorRow) -> Value {
    json!({ "signals": signals(row), "kind": row.kind.name(), "hint": row.hint })
}
