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
    fn secrets_come_back_until_they_are_deleted() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("credentials.json");
        assert!(get(&path, "api/work").unwrap().is_none());
        assert!(!delete(&path, "api/work").unwrap());
        assert!(!path.exists(), "looking makes no file");

        set(&path, "api/work", &Secret::new("one")).unwrap();
        set(&path, "client-secret/okta", &Secret::new("tw\"o\n")).unwrap();
        set(&path, "api/work", &Secret::new("three")).unwrap();
        assert_eq!(get(&path, "api/work").unwrap().unwrap().expose(), "three");

        assert!(delete(&path, "api/work").unwrap());
        assert!(get(&path, "api/work").unwrap().is_none());
        let other = get(&path, "client-secret/okta").unwrap().unwrap();
        assert_eq!(other.expose(), "tw\"o\n");
    }

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

    #[cfg(unix)]
    #[test]
    fn an_exposed_file_is_neither_read_nor_replaced() {
        use std::os::unix::fs::PermissionsExt;

        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("credentials.json");
        set(&path, "api/work", &Secret::new("one")).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
        for error in [
            get(&path, "api/work").unwrap_err(),
            set(&path, "api/work", &Secret::new("two")).unwrap_err(),
            delete(&path, "api/work").unwrap_err(),
        ] {
            assert_eq!(
                error.to_string(),
                format!(
                    "`{}` is open to other users of this machine (mode 0644)",
                    path.display()
                )
            );
        }
    }
}
