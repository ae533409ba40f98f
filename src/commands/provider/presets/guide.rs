//! `stepup provider presets NAME --page`: the page of `docs/guide/providers` about one provider, made of its presets.

use super::words::{backchannel, client, others, pkce, ports};
use crate::config::Choice;
use crate::config::preset::{
    Assurance, ErrorRow, ErrorSignal, Others, PRESETS, Place, Preset, settings,
};
use crate::domain::known_values::Accept;

const WHAT_FOR: &str = "An entry is for APIs that answer with an RFC 9470 challenge. C1's cloud runs the sign-in itself and needs none: its \
     administrator registers the provider there ([for administrators](../administrators.md)).";

/// The page about the provider that this preset is one of.
pub(super) fn page(named: &Preset) -> String {
    let family = named.family();
    let members: Vec<&Preset> = PRESETS.iter().filter(|it| it.family() == family).collect();
    let title = members.first().map_or("", |preset| name(preset));
    let mut sections = vec![
        format!("# {title}"),
        format!(
            "Made from what `stepup provider presets {}` knows; what it rests on is in [identity providers](../../providers.md).",
            members.first().map_or(family, |preset| preset.name)
        ),
    ];
    let usable = members.iter().any(|preset| preset.refused.is_none());
    if usable {
        sections.push(WHAT_FOR.to_owned());
    }
    if members.len() > 1 {
        let rows = members
            .iter()
            .map(|it| vec![code(it.name), it.title.to_owned()]);
        sections.push(table(&["Preset", "For"], rows));
    }
    for preset in &members {
        sections.push(format!("## `{}`", preset.name));
        sections.extend(preset_sections(preset));
    }
    let errors: Vec<&ErrorRow> = members
        .first()
        .map_or(Vec::new(), |it| it.errors().collect());
    if usable {
        sections.push("## Errors".to_owned());
        sections.push("What the provider may answer, and what to do. The kind is an [exit code](../scripting.md#exit-codes).".to_owned());
        sections.push(table(
            &["Answer", "Kind", "Next step"],
            errors.into_iter().map(error),
        ));
    }
    sections.join("\n\n")
}

/// The provider's own name: what stands before the first comma, with the product's generation left out.
fn name(preset: &Preset) -> &'static str {
    let name = preset.title.split(',').next().unwrap_or(preset.title);
    name.strip_suffix(" Identity Engine").unwrap_or(name)
}

fn preset_sections(preset: &Preset) -> Vec<String> {
    if let Some(reason) = preset.refused {
        return vec![format!("No entry can be made of it. {reason}.")];
    }
    let mut sections = vec![
        setting_up(preset),
        facts(preset),
        "### Register `stepup` there".to_owned(),
        list(preset.steps),
    ];
    if preset.backchannel.is_some() {
        sections.push("With `backchannel = true` (CIBA), instead:".to_owned());
        sections.push(list(preset.backchannel_steps));
    }
    sections.push("### acr values".to_owned());
    sections.extend(values(preset));
    sections.push("### If a test fails".to_owned());
    let look = settings(Some(preset));
    let rows = [
        ("weaker than required", look.assurance),
        ("not fresh", look.freshness),
        ("the browser never comes back", look.redirect),
    ];
    let rows = rows.map(|(what, place)| vec![what.to_owned(), place.to_owned()]);
    sections.push(table(
        &["What `stepup provider test` says", "Where to look there"],
        rows,
    ));
    sections
}

/// The commands from nothing to a tested entry.
fn setting_up(preset: &Preset) -> String {
    let issuer = preset.issuers.first().copied().unwrap_or_default();
    let issuer = issuer.replace("{issuer}", "https://login.example.com");
    let asked = preset.assurance != Assurance::FreshnessOnly;
    let default = preset
        .values
        .iter()
        .any(|value| value.accept == Accept::ByDefault);
    let value = match others(preset) {
        Some(_) if preset.others == Others::Contexts => " --acr-value c1",
        Some(_) if asked && !default => " --acr-value VALUE",
        _ => "",
    };
    let name = preset.name;
    [
        format!(
            "    stepup provider add {name} --issuer \"{issuer}\" --client-id CLIENT_ID{value}"
        ),
        format!("    stepup config set provider {name} --profile PROFILE"),
        format!("    stepup provider test {name}"),
    ]
    .join("\n")
}

fn facts(preset: &Preset) -> String {
    let issuers: Vec<String> = preset.issuers.iter().map(|issuer| code(issuer)).collect();
    let host = preset.redirect_host.word();
    let redirect = ports(preset);
    let (path, whose) = redirect.split_once(", ").unwrap_or((&redirect, ""));
    let rows = [
        ("issuer", issuers.join(" or ")),
        ("redirect URI", format!("`http://{host}{path}`, {whose}")),
        ("client", client(preset).to_owned()),
        ("PKCE", pkce(preset).to_owned()),
        ("asked by", code(preset.request.word())),
        (
            "fresh sign-in by",
            format!(
                "`max_age={}`, `prompt={}`",
                preset.fresh_max_age,
                preset.prompt.word()
            ),
        ),
        ("verified", preset.verification.to_owned()),
        ("a sign-in proves", preset.assurance.word().to_owned()),
        ("clock skew", format!("at most {} s", preset.skew)),
        ("backchannel", backchannel(preset)),
    ];
    table(
        &["", ""],
        rows.map(|(label, value)| vec![label.to_owned(), value]),
    )
}

fn values(preset: &Preset) -> Vec<String> {
    let rows: Vec<Vec<String>> = preset
        .values
        .iter()
        .map(|value| {
            let accepted = value.accept.words();
            vec![
                code(value.value),
                value.level.word().to_owned(),
                value.means.to_owned(),
                accepted.to_owned(),
            ]
        })
        .collect();
    let mut sections = Vec::new();
    if !rows.is_empty() {
        sections.push("Weakest first.".to_owned());
        sections.push(table(&["Value", "Level", "Means", "Accepted"], rows));
    }
    sections.extend(others(preset).map(|others| {
        format!(
            "Other values: {}.",
            others.trim_start_matches("any other: ")
        )
    }));
    sections
}

fn error(row: &ErrorRow) -> Vec<String> {
    let mut signals: Vec<String> = Vec::new();
    for signal in row.signals {
        let shown = match signal {
            ErrorSignal::At(Place::Token | Place::Poll, word) => {
                format!("{} (token endpoint)", code(word))
            }
            signal => code(&signal.shown()),
        };
        if !signals.contains(&shown) {
            signals.push(shown);
        }
    }
    vec![
        signals.join(", "),
        code(row.kind.name()),
        row.hint.to_owned(),
    ]
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("- {item}")).collect();
    items.join("\n")
}

fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = vec!["---".to_owned(); head.len()];
    let head = head.iter().map(|cell| (*cell).to_owned()).collect();
    let lines = [head, rule].into_iter().chain(rows).map(line);
    lines.collect::<Vec<_>>().join("\n")
}
