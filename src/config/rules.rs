//! The rules for single values: what a URL, an issuer, a word of a protocol may look like. Each answers
//! with the value as the program wants it, or with the place and the rule that was broken.

use std::path::{Path, PathBuf};

use url::Url;

use super::error::ConfigError;
use super::reader::Item;
use crate::adapters::http;
use crate::domain::challenge::{OFFLINE_ACCESS, is_scope};
use crate::domain::login_hint::{LoginHintForm, PLACEHOLDERS};
use crate::domain::no_proof;

type Text<'a> = Item<'a, &'a str>;

/// Most words of one list that goes into a request. [B1.13]
const MOST: usize = 16;

/// Longest value that goes into a request, bytes. [B1.13]
const LONGEST: usize = 256;

/// How a provider wants the person named in the backchannel: a word, or a JSON object with placeholders. [B13.4]
pub(super) fn login_hint_form(
    text: &Text<'_>,
    issuer: &str,
    backchannel: bool,
) -> Result<LoginHintForm, ConfigError> {
    if !backchannel {
        return Err(text.refused("it is for the backchannel; say `backchannel = true` too"));
    }
    match text.value {
        "address" => return Ok(LoginHintForm::Address),
        "username" => return Ok(LoginHintForm::Username),
        object if object.trim_start().starts_with('{') => {}
        _ => return Err(text.unknown(["address", "username"])),
    }
    // As a text of JSON's own, for it goes into one.
    let issuer = serde_json::Value::from(issuer).to_string();
    let object = text.value.replace("{issuer}", issuer.trim_matches('"'));
    let Ok(members) = serde_json::from_str(&object) else {
        return Err(text.refused("it is not a JSON object"));
    };
    if !LoginHintForm::names_somebody(&members) {
        return Err(text.refused(format!(
            "it names nobody: put {} where the name belongs",
            PLACEHOLDERS.map(|name| format!("`{name}`")).join(" or ")
        )));
    }
    Ok(LoginHintForm::Object(members))
}

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
    let url = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => "it must begin with `https://`".to_owned(),
        other => other.to_string(),
    })?;
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
    one_line(text, "it must be an email address, a user name or an id")
}

/// A value of a parameter that is the provider's own.
pub(super) fn line(text: &Text<'_>) -> Result<String, ConfigError> {
    one_line(text, "it must be one line of 1 to 256 bytes")
}

fn one_line(text: &Text<'_>, rule: &'static str) -> Result<String, ConfigError> {
    let fits = (1..=LONGEST).contains(&text.value.len());
    if !fits || text.value.trim() != text.value || text.value.chars().any(char::is_control) {
        return Err(text.refused(rule));
    }
    Ok(text.value.to_owned())
}

/// The parameters of requests that are OAuth's, OpenID Connect's and their extensions' (the IANA registry of OAuth
/// parameters), credentials that providers take as parameters of theirs, and the key of an entry that says it instead,
/// where there is one.
const PROTOCOL: &[(&str, &str)] = &[
    ("access_token", ""),
    ("acr_values", "acr_values"),
    ("assertion", ""),
    ("audience", "audience"),
    ("authorization_details", "authorization_details"),
    ("binding_message", ""),
    ("claims", "request"),
    ("client_assertion", "client_auth"),
    ("client_assertion_type", "client_auth"),
    ("client_id", "client_id"),
    ("client_notification_token", ""),
    ("client_secret", "client_auth"),
    ("code", ""),
    ("code_challenge", ""),
    ("code_challenge_method", ""),
    ("code_verifier", ""),
    ("dpop_jkt", "dpop"),
    ("error", ""),
    ("error_description", ""),
    ("grant_type", ""),
    ("id_token", ""),
    ("id_token_hint", ""),
    ("iss", ""),
    ("login_hint", ""),
    ("login_hint_token", ""),
    ("max_age", "max_age"),
    ("nonce", ""),
    ("password", ""),
    ("prompt", "prompt"),
    ("redirect_uri", "redirect_path"),
    ("refresh_token", ""),
    ("registration", ""),
    ("request", ""),
    ("request_expiry", ""),
    ("request_uri", "par"),
    ("requested_expiry", ""),
    ("resource", "resource"),
    ("response_mode", "response_mode"),
    ("response_type", ""),
    ("scope", "scopes"),
    ("sessiontoken", ""),
    ("state", ""),
    ("user_code", ""),
    ("username", ""),
    ("vtr", ""),
    ("web_message_uri", ""),
    ("web_message_target", ""),
];

/// The name of a parameter of the provider's own. One of the protocol's would be sent twice (RFC 6749 §3.1), or would
/// change what is verified; and so would one that a provider reads as such: some take no notice of case, and PHP reads a
/// dot as an underscore.
pub(super) fn own_parameter(name: &Text<'_>) -> Result<String, ConfigError> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
    if !(1..=64).contains(&name.value.len()) || !name.value.bytes().all(fits) {
        return Err(name.refused("a parameter is 1 to 64 letters, digits, `_`, `-`, `.` and `:`"));
    }
    let plain = name.value.to_ascii_lowercase().replace('.', "_");
    match PROTOCOL.iter().find(|(protocol, _)| *protocol == plain) {
        Some((_, "")) => {
            Err(name.refused("it is a parameter of the protocol, and not for an entry to say"))
        }
        Some((_, key)) => Err(name.refused(format!(
            "it is a parameter of the protocol; the key `{key}` says it"
        ))),
        None => Ok(name.value.to_owned()),
    }
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
