//! The secrets of this run: credentials, tokens, codes, verifiers, states and nonces. Whoever gets one may send it
//! back, in an error, in a task's title, in a page. So every writer (terminal, documents, pages, log of receipts)
//! shows `(hidden)` in its place, whatever brought it there.

use std::borrow::Cow;
use std::sync::{PoisonError, RwLock};

use serde_json::Value;
use url::form_urlencoded::byte_serialize;

/// What is shown instead.
const HIDDEN: &str = "(hidden)";

/// Shorter ones are found in ordinary words, bytes.
const SHORTEST: usize = 8;

/// Length of a secret's beginning that is hidden too, bytes: a text may have been cut within the secret.
const HEAD: usize = 24;

static SECRETS: RwLock<Vec<String>> = RwLock::new(Vec::new());

/// From now on this is not shown any more, however a writer or a server spells it. What is shorter than 8 bytes cannot be
/// told from ordinary text.
pub(crate) fn hide(secret: &str) {
    if secret.len() < SHORTEST {
        return;
    }
    let mut secrets = SECRETS.write().unwrap_or_else(PoisonError::into_inner);
    for spelling in spellings(secret) {
        if !secrets.contains(&spelling) {
            secrets.push(spelling);
        }
    }
}

/// As it is, within a text of JSON, and in a form.
fn spellings(secret: &str) -> [String; 3] {
    let json = Value::from(secret).to_string();
    let within = json
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let form = byte_serialize(secret.as_bytes()).collect();
    [secret.to_owned(), within.unwrap_or(secret).to_owned(), form]
}

/// The text without the secrets of this run, and without the beginnings of long ones.
pub(crate) fn without_secrets(text: &str) -> Cow<'_, str> {
    let secrets = SECRETS.read().unwrap_or_else(PoisonError::into_inner);
    secrets.iter().fold(Cow::Borrowed(text), |text, secret| {
        if text.contains(head(secret)) {
            Cow::Owned(without(&text, secret))
        } else {
            text
        }
    })
}

fn head(secret: &str) -> &str {
    secret.get(..HEAD).unwrap_or(secret)
}

fn without(text: &str, secret: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, _)) = rest.split_once(head(secret)) {
        let found = rest.get(before.len()..).unwrap_or_default();
        let same = found
            .chars()
            .zip(secret.chars())
            .take_while(|(one, other)| one == other);
        let length = same.map(|(one, _)| one.len_utf8()).sum();
        shown.push_str(before);
        shown.push_str(HIDDEN);
        rest = found.get(length..).unwrap_or_default();
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_wherever_it_stands_and_however_it_was_cut() {
        let long = "hidden-test-0123456789-abcdefghij-ABCDEFGHIJ";
        hide(long);
        hide("hidden-test-short");
        hide("short");
        for (text, shown) in [
            ("a short word", "a short word".to_owned()),
            ("x hidden-test-short y", format!("x {HIDDEN} y")),
            (long, HIDDEN.to_owned()),
            (&format!("{long}{long}."), format!("{HIDDEN}{HIDDEN}.")),
            (
                &format!("cut: {}...", &long[..30]),
                format!("cut: {HIDDEN}..."),
            ),
            ("hidden-test-0123", "hidden-test-0123".to_owned()),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn a_secret_is_hidden_however_it_is_spelled() {
        let odd = "hidden \"test\" \\of/odd & <characters>";
        hide(odd);
        let json = serde_json::json!({ "echo": format!("x {odd} y") }).to_string();
        let shown = serde_json::json!({ "echo": format!("x {HIDDEN} y") }).to_string();
        assert_eq!(without_secrets(&json), shown);
        let form: String = url::form_urlencoded::byte_serialize(odd.as_bytes()).collect();
        let shown = without_secrets(&form).into_owned();
        assert_eq!(shown, HIDDEN);
    }
}
