//! Secrets in a private file: one flat JSON object, name to secret.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::CredentialError;
use super::secret::Secret;
use crate::adapters::files::{read_private, write_private};

type Secrets = BTreeMap<String, String>;

pub(super) fn get(path: &Path, name: &str) -> Result<Option<Secret>, CredentialError> {
    Ok(read(path)?.remove(name).map(Secret::new))
}

pub(super) fn set(path: &Path, name: &str, secret: &Secret) -> Result<(), CredentialError> {
    let mut secrets = read(path)?;
    secrets.insert(name.to_owned(), secret.expose().to_owned());
    write(path, &secrets)
}

pub(super) fn delete(path: &Path, name: &str) -> Result<bool, CredentialError> {
    let mut secrets = read(path)?;
    if secrets.remove(name).is_none() {
        return Ok(false);
    }
    write(path, &secrets).map(|()| true)
}

fn read(path: &Path) -> Result<Secrets, CredentialError> {
    let Some(bytes) = read_private(path)? else {
        return Ok(Secrets::new());
    };
    // Only the line of serde's error is kept: its words repeat the value that did not fit.
    serde_json::from_slice(&bytes).map_err(|error| CredentialError::Damaged {
        path: path.to_owned(),
        line: error.line(),
    })
}

fn write(path: &Path, secrets: &Secrets) -> Result<(), CredentialError> {
    let mut json = serde_json::to_vec_pretty(secrets).unwrap_or_default();
    json.push(b'\n');
    Ok(write_private(path, &json)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_is_left_alone_and_not_repeated() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("credentials.json");
        for damaged in [
            "",
            "\"hunter2\"",
            "{\n\"a\": 123456}",
            "{\"a\": \"b\"",
            "[]",
        ] {
            write_private(&path, damaged.as_bytes()).unwrap();
            let error = set(&path, "api/work", &Secret::new("one")).unwrap_err();
            let sentence = error.to_string();
            assert!(sentence.contains("is not a JSON object of strings (line"));
            assert!(!format!("{error:?}").contains("hunter2"));
            assert!(!format!("{error:?}").contains("123456"));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), damaged);
        }
    }
}
