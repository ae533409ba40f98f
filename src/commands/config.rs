//! `stepup config path|list|get|set|unset`: the settings of this machine, and where each comes from.

mod settings;

use serde_json::json;

use crate::adapters::sanitize::sanitize;
use crate::adapters::table::{Cell, Column};
use crate::cli::{ConfigGet, ConfigList};
use crate::config::{Config, Setting, nearest};
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::meaning::not_written;
use settings::{NAMES, Settled, settled};

/// Prints where the configuration is, or would be.
pub(super) fn path(context: &Context) -> Result<(), Error> {
    let path = Config::location(context.global.config.as_deref())?;
    let document = json!({
        "schema": "stepup.config-path/1",
        "path": path,
        "exists": path.is_file(),
    });
    context.deliver("the path is known", &path.display().to_string(), &document)
}

/// A line for each setting: what holds here and now.
pub(super) fn list(context: &Context, args: &ConfigList) -> Result<(), Error> {
    let settings = settled(context, &args.flags)?;
    let document = json!({
        "schema": "stepup.settings/1",
        "settings": settings.iter().map(Settled::record).collect::<Vec<_>>(),
    });
    let columns = [
        Column::always("SETTING"),
        Column::going("FROM", 1),
        Column::always("VALUE"),
    ];
    let rows: Vec<Vec<Cell>> = settings
        .iter()
        .map(|setting| {
            let value = setting.value.as_deref().unwrap_or("-");
            vec![
                setting.name.into(),
                setting.origin.to_string().into(),
                value.into(),
            ]
        })
        .collect();
    let done = "the settings are known";
    if args.origin {
        return context.deliver_table(done, &columns, &rows, &document);
    }
    let without = |mut row: Vec<Cell>| {
        row.remove(1);
        row
    };
    let rows: Vec<Vec<Cell>> = rows.into_iter().map(without).collect();
    context.deliver_table(done, &[columns[0], columns[2]], &rows, &document)
}

/// One setting's value; an empty line if it has none.
pub(super) fn get(context: &Context, args: &ConfigGet) -> Result<(), Error> {
    let name = known(&args.setting)?;
    let settings = settled(context, &args.flags)?;
    let setting = settings.iter().find(|setting| setting.name == name);
    let value = setting.and_then(|setting| setting.value.as_deref());
    let document = json!({
        "schema": "stepup.setting/1",
        "setting": setting.map(Settled::record),
    });
    context.deliver(
        "the setting is known",
        &sanitize(value.unwrap_or_default()),
        &document,
    )
}

/// Writes one setting, or takes it out; the rest of the file stays.
pub(super) fn change(context: &Context, name: &str, value: Option<&str>) -> Result<(), Error> {
    let path = Config::location(context.global.config.as_deref())?;
    let config = Config::load(context.global.config.as_deref())?;
    let asked = context.global.profile.as_deref();
    let at_the_top =
        ["default_profile", "evidence"].contains(&name) || (name == "store" && asked.is_none());
    let profile = if at_the_top {
        None
    } else {
        Some(config.profile(asked)?.name.clone())
    };
    let setting = value.map(|value| setting(name, value));
    let draft = Config::with_setting(&path, profile.as_deref(), name, setting.as_ref());
    let draft = draft.map_err(not_written)?;
    draft.write(&path)?;
    let place = profile.as_ref().map_or_else(
        || "the configuration".to_owned(),
        |profile| format!("the profile `{profile}`"),
    );
    let text = match value {
        Some(value) => format!("{place} has {name} = {}", sanitize(value)),
        None => format!("{place} has no {name} of its own"),
    };
    let document = json!({
        "schema": "stepup.setting-change/1",
        "name": name,
        "value": value,
        "profile": profile,
    });
    context.deliver("it is written", &text, &document)
}

/// What is written for this value: a profile may name several entries.
fn setting(name: &str, value: &str) -> Setting {
    let words: Vec<String> = value.split_whitespace().map(str::to_owned).collect();
    if name == "provider" && words.len() > 1 {
        return Setting::Texts(words);
    }
    Setting::Text(value.to_owned())
}

/// The setting of this name, or what was meant.
fn known(name: &str) -> Result<&'static str, Error> {
    let found = NAMES.iter().find(|known| **known == name);
    found.copied().ok_or_else(|| {
        let near = nearest(name, NAMES).map(|near| format!("did you mean `{near}`?"));
        Error::new(
            ErrorKind::Usage,
            format!("there is no setting `{}`", sanitize(name)),
        )
        .hint(near.unwrap_or_else(|| "`stepup config list` names all".to_owned()))
    })
}
