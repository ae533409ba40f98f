//! Compact JWS (RFC 7515 §3.1) taken apart, and JSON that refuses duplicate member names (B9.22,
//! RFC 7515 §4, RFC 7519 §4: two parsers that disagree about a duplicate are an attack).

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::adapters::text;

/// A token that is not a compact JWS with JSON inside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotJws {
    #[error("it is not a signed token of three parts")]
    Parts,
    /// Five parts (RFC 7516 §3.1, B9.28).
    #[error("it is encrypted (five parts, RFC 7516), and stepup has no key to read it with")]
    Encrypted,
    /// A part is not base64url.
    #[error("its {0} is not base64url")]
    Encoding(&'static str),
    /// A part is not a JSON object, or names a member twice.
    #[error("its {0} cannot be read: {1}")]
    Json(&'static str, String),
}

/// A JWS whose signature has **not** been looked at.
#[derive(Debug)]
pub struct UnverifiedJws<'a> {
    pub(crate) header: Map<String, Value>,
    /// The payload.
    pub(crate) claims: Map<String, Value>,
    /// What the signature covers.
    pub(crate) signing_input: &'a [u8],
    pub(crate) signature: Vec<u8>,
}

impl<'a> UnverifiedJws<'a> {
    /// Takes a compact token apart.
    pub fn parse(token: &'a str) -> Result<Self, NotJws> {
        let (signing_input, signature) = token.rsplit_once('.').ok_or(NotJws::Parts)?;
        let (header, payload) = signing_input.split_once('.').ok_or(NotJws::Parts)?;
        match payload.matches('.').count() {
            0 => {}
            2 => return Err(NotJws::Encrypted),
            _ => return Err(NotJws::Parts),
        }
        Ok(Self {
            header: object("header", header)?,
            claims: object("payload", payload)?,
            signing_input: signing_input.as_bytes(),
            signature: decode("signature", signature)?,
        })
    }
}

/// Base64url without padding (RFC 7515 §2); `None` for anything else.
pub(crate) fn base64url(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}

fn decode(part: &'static str, text: &str) -> Result<Vec<u8>, NotJws> {
    base64url(text).ok_or(NotJws::Encoding(part))
}

fn object(part: &'static str, text: &str) -> Result<Map<String, Value>, NotJws> {
    match parse_json(&decode(part, text)?) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(NotJws::Json(part, "it is not an object".into())),
        Err(error) => Err(NotJws::Json(part, error.to_string())),
    }
}

/// A document that a server sent, as [`parse_json`] reads it, byte order mark or not.
pub(crate) fn parse_document(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    parse_json(&text::document(bytes))
}

/// Parses JSON, refusing duplicate member names at any depth.
pub fn parse_json(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice::<Strict>(bytes).map(|strict| strict.0)
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without duplicate member names")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = items.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some((name, Strict(value))) = entries.next_entry::<String, Strict>()? {
            if members.contains_key(&name) {
                return Err(A::Error::custom(format!(
                    "the member `{name}` stands there twice"
                )));
            }
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b9_22_duplicate_members_are_refused_at_any_depth() {
        for text in [r#"{"acr":"a","acr":"b"}"#, r#"{"x":[{"y":1,"y":2}]}"#] {
            let error = parse_json(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("twice"), "{error}");
        }
        let fine = br#"{"a":[1,-1,1.5,true,null,"s",{"b":{}}]}"#;
        assert_eq!(
            parse_json(fine).unwrap(),
            serde_json::from_slice::<Value>(fine).unwrap()
        );
    }

    #[test]
    fn only_three_parts_of_base64url_json_are_a_jws() {
        let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        let good = format!("{}.{}.{}", part("{}"), part("{}"), part("s"));
        assert!(UnverifiedJws::parse(&good).is_ok());
        for bad in [
            String::new(),
            "a.b".into(),
            format!("{good}.x"),
            format!("{}.{}.!", part("{}"), part("{}")),
            format!("{}.{}.", part("[]"), part("{}")),
            format!("{}.{}.", part("{}"), part("nope")),
        ] {
            assert!(UnverifiedJws::parse(&bad).is_err(), "{bad}");
        }
        for (token, reason) in [
            ("a.b.c.d", NotJws::Parts),
            ("a.b.c.d.e", NotJws::Encrypted),
            ("a.b.c.d.e.f", NotJws::Parts),
        ] {
            assert_eq!(UnverifiedJws::parse(token).unwrap_err(), reason);
        }
    }
}
