//! Which provider entry answers a challenge: the one that task, profile or flag name; else the one whose issuer
//! the API says it trusts (RFC 9728 §5.1). Never one that is not configured.

use crate::adapters::resource_metadata::ResourceError;
use crate::config::{ConfigError, ProviderEntry};
use crate::domain::challenge::Demand;
use crate::error::Error;

/// The entry that was found, or the one entry among the candidates that the server's metadata name.
pub(crate) fn entry<'a>(
    found: Result<&'a ProviderEntry, ConfigError>,
    candidates: impl Iterator<Item = &'a ProviderEntry>,
    demand: &Demand,
    trusted: impl FnOnce(&str) -> Result<Vec<String>, ResourceError>,
) -> Result<&'a ProviderEntry, Error> {
    match (found, &demand.resource_metadata) {
        (Err(several @ ConfigError::ManyEntries { .. }), Some(address)) => {
            let trusted = trusted(address)?;
            let mut named = candidates.filter(|entry| trusted.contains(&entry.issuer));
            match (named.next(), named.next()) {
                (Some(only), None) => Ok(only),
                (Some(_), Some(_)) => Err(several.into()),
                (None, _) => Err(unconfigured(&trusted)),
            }
        }
        (found, _) => Ok(found?),
    }
}

fn unconfigured(trusted: &[String]) -> Error {
    let names = match trusted {
        [] => "no issuer at all".to_owned(),
        some => format!("`{}`", some.join("`, `")),
    };
    Error::usage(format!("the API trusts {names}, and no provider entry that belongs to it has that issuer"))
    .hint("an issuer is never taken from an API's answer; if it is yours, configure an entry for it, or choose one with `--provider`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_that_trusts_nobody_is_said_to() {
        let said = unconfigured(&[]).message().to_owned();
        assert!(
            said.starts_with("the API trusts no issuer at all, "),
            "{said}"
        );
    }
}
