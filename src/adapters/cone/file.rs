//! Files of C1's tools: YAML of a known, flat shape; `yaml-rust2` reads it without a serde layer.

use std::io::Read;
use std::path::Path;

use yaml_rust2::parser::{Event, Parser};
use yaml_rust2::{ScanError, Yaml, YamlLoader};

use super::error::ConeError;
use crate::adapters::credentials::Secret;

/// Largest file read, bytes: far more than these tools write.
const LARGEST: u64 = 256 * 1024;

/// Deepest nesting read, levels: cone's own files have less.
const DEEPEST: usize = 16;

/// Whose profiles these are, in words.
const CONE: &str = "cone";

pub(super) struct Profile {
    pub(super) id: Option<String>,
    pub(super) secret: Option<Secret>,
    /// Other users of this machine can read the file.
    pub(super) exposed: bool,
}

/// The profile of this name, in any case; `None` if there is no such file or profile.
pub(super) fn profile(path: &Path, name: &str) -> Result<Option<Profile>, ConeError> {
    let Some((text, exposed)) = read(path, CONE)? else {
        return Ok(None);
    };
    let file = loaded(&text, path, CONE)?;
    let Some(profile) = member(&file, "profiles").and_then(|all| member(all, name)) else {
        return Ok(None);
    };
    let value = |keys: [&str; 2]| {
        let mut values = keys.iter().filter_map(|key| member(profile, key)?.as_str());
        values
            .next()
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    };
    Ok(Some(Profile {
        id: value(["client-id", "client_id"]),
        secret: value(["client-secret", "client_secret"]).map(Secret::new),
        exposed,
    }))
}

/// A member of the whole file that is text; `None` if there is no such file or member.
pub(super) fn top_level(
    path: &Path,
    tool: &'static str,
    name: &str,
) -> Result<Option<String>, ConeError> {
    let Some((text, _)) = read(path, tool)? else {
        return Ok(None);
    };
    let file = loaded(&text, path, tool)?;
    Ok(member(&file, name)
        .and_then(Yaml::as_str)
        .map(str::to_owned))
}

fn loaded(text: &str, path: &Path, tool: &'static str) -> Result<Yaml, ConeError> {
    let documents = load(text).map_err(|reason| ConeError::Unreadable {
        tool,
        path: path.to_owned(),
        reason,
    })?;
    Ok(documents.into_iter().next().unwrap_or(Yaml::BadValue))
}

/// The documents; else what is wrong, without the words of the parser, which may repeat what it stumbled over.
fn load(text: &str) -> Result<Vec<Yaml>, String> {
    let no_yaml = |error: ScanError| format!("line {} is not YAML", error.marker().line());
    refuse_what_grows(text)?;
    YamlLoader::load_from_str(text).map_err(no_yaml)
}

/// Aliases, each of which is a whole copy once it is loaded, so that a few lines may fill the memory; and nesting
/// that would fill the stack. The parser's events cost neither, and cone writes neither.
fn refuse_what_grows(text: &str) -> Result<(), String> {
    let mut parser = Parser::new_from_str(text);
    let mut depth = 0_usize;
    loop {
        let (event, marker) = match parser.next_token() {
            Ok(next) => next,
            Err(error) => return Err(format!("line {} is not YAML", error.marker().line())),
        };
        let line = marker.line();
        match event {
            Event::StreamEnd => return Ok(()),
            Event::Alias(_) => {
                return Err(format!(
                    "line {line} has an alias, and aliases are not followed"
                ));
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => depth = depth.saturating_add(1),
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!(
                "line {line} is nested deeper than {DEEPEST} levels"
            ));
        }
    }
}

fn member<'y>(yaml: &'y Yaml, name: &str) -> Option<&'y Yaml> {
    let members = yaml.as_hash()?;
    let same = |key: &Yaml| {
        key.as_str()
            .is_some_and(|key| key.eq_ignore_ascii_case(name))
    };
    members
        .iter()
        .find(|(key, _)| same(key))
        .map(|(_, value)| value)
}

/// The file's text, and whether others can read it; `None` if there is no file.
pub(super) fn read(path: &Path, tool: &'static str) -> Result<Option<(String, bool)>, ConeError> {
    let failed = |error: std::io::Error| ConeError::Unreadable {
        tool,
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let file = match std::fs::File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(failed)?,
    };
    let exposed = is_exposed(&file.metadata().map_err(failed)?);
    let mut text = String::new();
    file.take(LARGEST)
        .read_to_string(&mut text)
        .map_err(failed)?;
    Ok(Some((text, exposed)))
}

#[cfg(unix)]
fn is_exposed(metadata: &std::fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
const fn is_exposed(_: &std::fs::Metadata) -> bool {
    false
}
