//! `stepup provider edit` and `remove`.

use super::settings::{check, drafted, fetched, set};
use super::{Field, fields, meant, report};
use crate::adapters::tested::Tested;
use crate::cli::{EntryEdit, EntryRemove};
use crate::commands::shared::administration::{consent, difference};
use crate::config::{Config, EntryChange, Setting, folder_of};
use crate::context::Context;
use crate::error::Error;
use crate::meaning::{not_written, nothing_to_remove};

/// Writes what was typed into the entry; the rest of the file stays.
pub(in super::super) fn edit(context: &Context, args: &EntryEdit) -> Result<(), Error> {
    let path = Config::location(context.global.config.as_deref())?;
    let config = Config::load_for_repair(context.global.config.as_deref())?;
    let mut keys = set(&args.settings)?;
    if let Some(preset) = &args.preset {
        super::super::presets::named(preset)?;
        keys.push(("preset", Setting::Text(preset.clone())));
    }
    if keys.is_empty() && args.unset.is_empty() {
        return Err(Error::usage("nothing to change was named")
            .hint("`stepup provider edit --help` lists what can be changed"));
    }
    let before = meant(context, &config, args.which.name.as_deref())?;
    let change = EntryChange {
        name: before.name.clone(),
        set: keys,
        unset: args.unset.clone(),
        named_by: None,
    };
    let (draft, after) = drafted(&path, &change)?;
    if !args.settings.no_check {
        check(context, &fetched(context, &after)?, &after)?;
    }
    show_difference(
        context,
        &fields(&config, before),
        &fields(&draft.config, &after),
    );
    draft.write(&path)?;
    report(context, "changed", &draft.config, &after)
}

fn show_difference(context: &Context, before: &[Field], after: &[Field]) {
    let value = |fields: &[Field], label: &str| {
        let found = fields.iter().find(|(found, _)| *found == label);
        found.map_or_else(|| "-".to_owned(), |(_, value)| value.clone())
    };
    let mut labels: Vec<&'static str> = before.iter().map(|(label, _)| *label).collect();
    let new = after.iter().map(|(label, _)| *label);
    labels.extend(new.filter(|label| before.iter().all(|(old, _)| old != label)));
    for label in labels {
        let (old, new) = (value(before, label), value(after, label));
        if old != new {
            difference(context, label, &old, &new);
        }
    }
}

/// Takes the entry out, unless something needs it.
pub(in super::super) fn remove(context: &Context, args: &EntryRemove) -> Result<(), Error> {
    let path = Config::location(context.global.config.as_deref())?;
    let config = Config::load_for_repair(context.global.config.as_deref())?;
    let entry = match args.which.name.as_deref().map(|name| config.entry(name)) {
        Some(entry) => entry.map_err(nothing_to_remove)?,
        None => meant(context, &config, None)?,
    };
    let mut profiles = config.profiles.values();
    if let Some(profile) = profiles.find(|profile| profile.providers.contains(&entry.name)) {
        return Err(Error::usage(format!(
            "the profile `{}` uses the provider entry `{}`",
            profile.name, entry.name
        ))
        .hint(format!(
            "let the profile name another first: `stepup config set provider NAME --profile {0}`, or none: \
             `stepup config unset provider --profile {0}`",
            profile.name
        )));
    }
    let terminal = &context.terminal;
    terminal.say(format_args!("the provider entry `{}`", entry.name));
    for (label, value) in fields(&config, entry) {
        terminal.field(label, value);
    }
    consent(context, args.yes, "remove it?")?;
    let draft = Config::without_entry(&path, &entry.name).map_err(not_written)?;
    draft.write(&path)?;
    Tested::new(folder_of(&path)).forget(&entry.name);
    report(context, "removed", &config, entry)
}
