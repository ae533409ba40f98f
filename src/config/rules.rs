//! The rules for single values: what a URL, an issuer, a word of a protocol may look like. Each answers
//! with the value as the program wants it, or with the place and the rule that was broken.

use std::path::{Path, PathBuf};

use url::Url;

use super::error::ConfigError;
use super::reader::Item;
use crate::adapters::http;
use crate::domain::challenge::{OFFLINE_ACCESS, is_scope};
use crate::domain::no_proof;

type Text<'a> = Item<'a, &'a str>;

/// Most words of one list that goes into a request. [B1.13]
const MOST: usize = 16;

/// Longest value that goes into a request, bytes. [B1.13]
const LONGEST: usize = 256;

/// A URL we are willing to talk to, without query and fragment.
pub(super) fn web_url(text: &Text<'_>) -> Result<Url, ConfigError> {
    let url =
        api_address(text.value).map_err(|reason| text.refused_as(public(text.value), reason))?;
    if no_proof::is_factors(&url) {
        return Err(text.proves_nothing(no_proof::FACTORS));
    }
    Ok(url)
}

/// An API's URL that was typed or came in a variable, under the file's rule; or what is wrong with it.
pub(crate) fn api_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    let wrong = if !url.username().is_empty() || url.password().is_some() {
        "it must have no user name and no password"
    } else if !http::is_acceptable(&url) {
        "it must be https (plain http is for loopback hosts only)"
    } else if url.query().is_some() || url.fragment().is_some() {
        "it must have no query and no fragment"
    } else {
        return Ok(url);
    };
    Err(wrong.to_owned())
}

/// The part of an address that may be repeated: what stands before an `@` may be a password.
pub(crate) fn public(address: &str) -> &str {
    address.rsplit('@').next().unwrap_or_default()
}

/// An origin (RFC 6454): a web address of nothing but scheme, host and port.
pub(super) fn origin(text: &Text<'_>) -> Result<Url, ConfigError> {
    let url = web_url(text)?;
    if url.path() != "/" {
        return Err(text.refused("it must be an origin: scheme, host and port, without a path"));
    }
    Ok(url)
}

/// An issuer, kept letter for letter: discovery and tokens compare it as a plain string. (RFC 9207 §2.4)
pub(super) fn issuer(text: &Text<'_>) -> Result<String, ConfigError> {
    web_url(text)?;
    word(text)
}

/// One word of a protocol: printable ASCII without spaces.
pub(super) fn word(text: &Text<'_>) -> Result<String, ConfigError> {
    let graphic = text.value.bytes().all(|byte| byte.is_ascii_graphic());
    if !graphic || !(1..=LONGEST).contains(&text.value.len()) {
        let rule = format!("it must be 1 to {LONGEST} printable ASCII characters without spaces");
        return Err(text.refused(rule));
    }
    Ok(text.value.to_owned())
}

/// What somebody is called: one line of text, as an API and a provider write it.
pub(super) fn person(text: &Text<'_>) -> Result<String, ConfigError> {
    let fits = (1..=LONGEST).contains(&text.value.len());
    if !fits || text.value.trim() != text.value || text.value.chars().any(char::is_control) {
        return Err(text.refused("it must be an email address, a user name or an id"));
    }
    Ok(text.value.to_owned())
}

/// A list of words that goes into one request.
pub(super) fn words(texts: &[Text<'_>]) -> Result<Vec<String>, ConfigError> {
    if let Some(extra) = texts.get(MOST) {
        return Err(extra.refused(format!("there are more than {MOST} values")));
    }
    texts.iter().map(word).collect()
}

/// Scopes beside `openid`, which is always asked for.
pub(super) fn scopes(texts: &[Text<'_>]) -> Result<Vec<String>, ConfigError> {
    let is_offline = |text: &&Text<'_>| text.value.eq_ignore_ascii_case(OFFLINE_ACCESS);
    if let Some(offline) = texts.iter().find(is_offline) {
        return Err(offline.refused("a step-up asks for no refresh token")); // [B5.15]
    }
    if let Some(other) = texts.iter().find(|text| !is_scope(text.value)) {
        return Err(other.refused("a scope has neither blanks nor `\"` nor `\\`")); // [RFC 6749 §3.3]
    }
    let mut scopes = words(texts)?;
    scopes.retain(|scope| scope != "openid");
    Ok(scopes)
}

/// C1's id of a step-up provider.
pub(super) fn c1_id(text: &Text<'_>) -> Result<String, ConfigError> {
    if text.value.len() != 27 || !text.value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(text.refused("such an id is 27 letters and digits"));
    }
    Ok(text.value.to_owned())
}

/// The path of a redirect URI, written as it will be sent.
pub(super) fn redirect_path(text: &Text<'_>) -> Result<String, ConfigError> {
    let as_sent = Url::parse("http://127.0.0.1")
        .and_then(|base| base.join(text.value))
        .ok()
        .filter(|url| url.host_str() == Some("127.0.0.1"))
        .is_some_and(|url| url.path() == text.value);
    if !as_sent || text.value.len() > LONGEST {
        return Err(text.refused("it must be a URL path that starts with `/`, without `?` and `#`"));
    }
    Ok(text.value.to_owned())
}

/// A resource indicator: an absolute URI without fragment. [RFC 8707 §2]
pub(super) fn resource(text: &Text<'_>) -> Result<String, ConfigError> {
    match Url::parse(text.value) {
        Ok(uri) if uri.fragment().is_none() => word(text),
        _ => Err(text.refused("it must be an absolute URI without fragment")),
    }
}

/// A file, found from the folder of the configuration.
pub(super) fn file(text: &Text<'_>, folder: &Path) -> Result<PathBuf, ConfigError> {
    if text.value.is_empty() {
        return Err(text.refused("it must name a file"));
    }
    Ok(folder.join(text.value))
}
