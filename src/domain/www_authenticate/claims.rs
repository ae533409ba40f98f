//! Microsoft Entra's claims challenge (providers.md A4, duty B1.19): a `claims` parameter as base64, of which only
//! what says how strongly to authenticate, or that the token is too old, is taken. Address and client id beside it are
//! not looked at.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::malformed::MalformedChallenge;

/// The error code of such a challenge.
pub(super) const ERROR: &str = "insufficient_claims";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Contexts or acr values, in order.
    pub(super) values: Vec<String>,
    /// Whether they are authentication contexts (`acrs`).
    pub(super) contexts: bool,
    /// `nbf`: the token that was presented is from before this, seconds since the epoch.
    pub(super) not_before: Option<u64>,
}

impl Asked {
    /// Reads the parameter: base64 with and without padding, in either alphabet.
    pub(super) fn read(parameter: &str) -> Result<Self, MalformedChallenge> {
        let refuse = |why| Err(MalformedChallenge::Claims(why));
        let Some(bytes) = decoded(parameter) else {
            return refuse("they are not base64");
        };
        Self::of(&bytes)
    }

    /// Reads the JSON.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, MalformedChallenge> {
        let refuse = |why| Err(MalformedChallenge::Claims(why));
        let Ok(Value::Object(members)) = serde_json::from_slice(bytes) else {
            return refuse("they are not a JSON object");
        };
        let not_before = essential(
            members
                .get("access_token")
                .and_then(|token| token.get("nbf")),
        )?;
        let not_before = not_before.first().map(|text| seconds(text)).transpose()?;
        for (claim, contexts) in [("acrs", true), ("acr", false)] {
            let mut values = Vec::new();
            for token in ["id_token", "access_token"] {
                let asked = members.get(token).and_then(|token| token.get(claim));
                for value in essential(asked)? {
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
            }
            if !values.is_empty() {
                return Ok(Self {
                    values,
                    contexts,
                    not_before,
                });
            }
        }
        if not_before.is_none() {
            return refuse("they require neither acrs nor acr nor nbf");
        }
        Ok(Self {
            values: Vec::new(),
            contexts: false,
            not_before,
        })
    }
}

/// The values of one claim, if it is essential (OIDC Core §5.5.1).
fn essential(asked: Option<&Value>) -> Result<Vec<String>, MalformedChallenge> {
    let Some(asked) = asked.filter(|asked| asked.get("essential") == Some(&Value::Bool(true)))
    else {
        return Ok(Vec::new());
    };
    let one = asked.get("value").into_iter();
    let several = asked.get("values").and_then(Value::as_array);
    let word = |value: &Value| {
        let text = value.as_str().filter(|text| !text.is_empty());
        // A space would make two values of one.
        let text = text.filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
        text.map(str::to_owned)
            .ok_or(MalformedChallenge::Claims("a value is not one word"))
    };
    one.chain(several.into_iter().flatten()).map(word).collect()
}

fn seconds(text: &str) -> Result<u64, MalformedChallenge> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = text.parse().ok().filter(|_| digits);
    seconds.ok_or(MalformedChallenge::Claims("nbf is not a time"))
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    [STANDARD, URL_SAFE]
        .iter()
        .find_map(|alphabet| GeneralPurpose::new(alphabet, lenient).decode(text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arbitrary::rows;
    use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

    fn read(json: &str) -> Result<Asked, MalformedChallenge> {
        Asked::read(&BASE64_STANDARD.encode(json))
    }

    const C1: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

    #[test]
    fn b1_19_base64_in_every_spelling() {
        // `?>` is spelled with other letters in the two alphabets.
        let json =
            format!("{C1}    ").replace("access_token\":", "x\":\"?>?>?>\",\"access_token\":");
        for text in [
            BASE64_STANDARD.encode(&json),
            BASE64_STANDARD_NO_PAD.encode(&json),
            BASE64_URL_SAFE_NO_PAD.encode(&json),
        ] {
            let asked = Asked::read(&text).unwrap();
            assert_eq!((asked.values, asked.contexts), (vec!["c1".into()], true));
        }
    }

    #[test]
    fn b1_19_only_what_is_essential_of_acrs_or_acr_is_taken() {
        for (json, values, contexts) in [
            (C1, &["c1"][..], true),
            (
                r#"{"id_token":{"acrs":{"essential":true,"values":["c2","c1"]}},
                    "access_token":{"acrs":{"essential":true,"value":"c1"},"nbf":{"essential":true,"value":"1"}}}"#,
                &["c2", "c1"],
                true,
            ),
            (
                r#"{"id_token":{"acr":{"essential":true,"values":["gold"]},"acrs":{"value":"c1"}}}"#,
                &["gold"],
                false,
            ),
        ] {
            let asked = read(json).unwrap();
            assert_eq!(asked.values, values, "{json}");
            assert_eq!(asked.contexts, contexts, "{json}");
        }
    }

    #[test]
    fn b1_19_nbf_says_that_the_token_is_too_old() {
        let nbf = |others: &str| {
            let json = format!(
                r#"{{"access_token":{{"nbf":{{"essential":true,"value":"1604106651"}}{others}}}}}"#
            );
            read(&json).unwrap()
        };
        let alone = Asked {
            values: Vec::new(),
            contexts: false,
            not_before: Some(1_604_106_651),
        };
        assert_eq!(nbf(""), alone);
        let with_context = Asked {
            values: vec!["p1".into()],
            contexts: true,
            ..alone
        };
        assert_eq!(
            nbf(r#","acrs":{"essential":true,"value":"p1"}"#),
            with_context
        );
    }

    #[test]
    fn b1_19_anything_else_is_refused() {
        let refused = r#"
            []   | they are not a JSON object
            nope | they are not a JSON object
            {}   | they require neither acrs nor acr nor nbf
            {"access_token":{"acrs":{"value":"c1"}}}                    | they require neither acrs nor acr nor nbf
            {"access_token":{"nbf":{"value":"1604106651"}}}             | they require neither acrs nor acr nor nbf
            {"access_token":{"nbf":{"essential":true,"value":"+1"}}}    | nbf is not a time
            {"access_token":{"nbf":{"essential":true,"value":"18446744073709551616"}}} | nbf is not a time
            {"access_token":{"acrs":{"essential":true,"value":1}}}      | a value is not one word
            {"access_token":{"acrs":{"essential":true,"value":"c1 c2"}}} | a value is not one word"#;
        for [json, why] in rows(refused) {
            assert_eq!(read(json), Err(MalformedChallenge::Claims(why)), "{json}");
        }
        let junk = Asked::read("{}");
        assert_eq!(junk, Err(MalformedChallenge::Claims("they are not base64")));
    }
}
