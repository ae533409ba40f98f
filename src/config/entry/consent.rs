//! What an entry takes only because somebody wrote so: weak values, and values stronger than demanded.

use super::super::error::ConfigError;
use super::super::preset::{Assurance, Preset};
use super::super::reader::Table;
use super::super::rules;
use crate::domain::known_values::{Accept, is_made_good};

/// The entry's values that are known to be weak, if `allow_weak` lets them in.
pub(super) fn weak(
    table: &Table<'_>,
    known: &Preset,
    values: &[String],
    amr: &[String],
    scopes: &[String],
) -> Result<Vec<String>, ConfigError> {
    let allowed = table.truth("allow_weak")?.unwrap_or_default();
    let is_weak = |value: &str| {
        let weak = known.value(value);
        let weak = weak.filter(|known| known.accept == Accept::Weak);
        weak.filter(|_| !is_made_good(value, amr))
    };
    let consent = "if that is enough, say so with `allow_weak = true` (`--allow-weak`), and every receipt will name it";
    for text in table.texts("acr_values")? {
        if let Some(value) = is_weak(text.value).filter(|_| !allowed) {
            return Err(text.refused(format!("it is weak ({}); {consent}", value.means)));
        }
    }
    let fresh_only = known.assurance == Assurance::FreshnessOnly && !policy_can_fire(scopes);
    if let Some(text) = table.text("preset")?.filter(|_| fresh_only && !allowed) {
        return Err(text.refused(format!(
            "such a provider proves a fresh sign-in and nothing about its factors{}; {consent}",
            if known.name == "entra-oidc" {
                ", unless `scopes` names an API whose policy requires them"
            } else {
                ""
            }
        )));
    }
    let weak = values.iter().filter(|value| is_weak(value).is_some());
    Ok(weak.cloned().collect())
}

/// Conditional Access binds to APIs, not to a public client. (providers.md A3)
fn policy_can_fire(scopes: &[String]) -> bool {
    scopes
        .iter()
        .any(|scope| scope.contains("://") && !scope.starts_with("https://graph.microsoft.com/"))
}

/// The order in which a stronger value than demanded counts; empty unless `accept_stronger`.
pub(super) fn rank(table: &Table<'_>, known: &Preset) -> Result<Vec<String>, ConfigError> {
    let accepts = table.truth("accept_stronger")?.unwrap_or_default();
    let texts = table.texts("rank")?;
    let rank = rules::words(&texts)?;
    let mut strongest = None;
    for (place, text) in texts.iter().enumerate() {
        if !known.ranked {
            return Err(text.refused(format!(
                "the values of preset `{}` have no order to rely on",
                known.name
            )));
        }
        if let Some(reason) = known.refuse_value(text.value) {
            return Err(text.refused(reason));
        }
        if rank.iter().take(place).any(|earlier| earlier == text.value) {
            return Err(text.refused("it is there twice"));
        }
        let level = known.value(text.value).map(|value| value.level);
        if level.is_some() && level < strongest {
            return Err(
                text.refused("a stronger value stands before it, and the weakest comes first")
            );
        }
        strongest = strongest.max(level);
    }
    match (accepts, rank.len()) {
        (true, 0 | 1) => Err(table.missing("rank")),
        (true, _) => Ok(rank),
        (false, _) => Ok(Vec::new()),
    }
}
