//! A result for scripts, as JSON or as YAML. What is dangerous in a terminal is escaped in both.

use std::fmt::Write as _;

use serde::Serialize;
use serde::ser::Error as _;
use serde_json::Value;
use serde_json::ser::Formatter;

use super::sanitize::{EscapingFormatter, Indented};

pub(super) fn json(document: &impl Serialize) -> serde_json::Result<String> {
    line(document, EscapingFormatter::Json)
}

/// On lines of their own, each member and item: for whoever reads it on a terminal.
pub(super) fn pretty_json(document: &impl Serialize) -> serde_json::Result<String> {
    written(document, Indented::default())
}

fn line(document: &impl Serialize, escapes: EscapingFormatter) -> serde_json::Result<String> {
    written(document, escapes)
}

fn written(document: &impl Serialize, formatter: impl Formatter) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    document.serialize(&mut serializer)?;
    String::from_utf8(bytes).map_err(serde_json::Error::custom)
}

/// A YAML document in block style, from its `---` on, so that several make a stream. Strings are quoted
/// as JSON quotes them, which is YAML too (YAML 1.2 section 1.3): nothing becomes a number, a truth or a
/// directive by how it looks. A YAML crate would leave characters in that reorder what is read.
pub(super) fn yaml(document: &impl Serialize) -> serde_json::Result<String> {
    let mut text = String::from("---\n");
    block(&serde_json::to_value(document)?, 0, &mut text)?;
    Ok(text.trim_end_matches('\n').to_owned())
}

/// A value on lines of its own.
fn block(value: &Value, indent: usize, text: &mut String) -> serde_json::Result<()> {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let _ = write!(text, "{:indent$}{}:", "", key(name)?);
                member(value, indent, text)?;
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let mut inner = String::new();
                block(item, indent + 2, &mut inner)?;
                let _ = write!(text, "{:indent$}- {}", "", inner.trim_start());
            }
        }
        scalar => {
            let scalar = line(scalar, EscapingFormatter::Yaml)?;
            let _ = writeln!(text, "{:indent$}{scalar}", "");
        }
    }
    Ok(())
}

/// What stands behind a key.
fn member(value: &Value, indent: usize, text: &mut String) -> serde_json::Result<()> {
    let nested = match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if nested {
        text.push('\n');
        block(value, indent + 2, text)
    } else {
        text.push(' ');
        block(value, 0, text)
    }
}

/// Our own names need no quotes.
fn key(name: &str) -> serde_json::Result<String> {
    let bare = |c: char| c.is_ascii_lowercase() || c == '_';
    let word = ![
        "n", "no", "null", "off", "on", "y", "yes", "true", "false", "",
    ]
    .contains(&name);
    if word && name.chars().all(bare) {
        return Ok(name.to_owned());
    }
    line(&name, EscapingFormatter::Yaml)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;
    use yaml_rust2::{Yaml, YamlLoader};

    use super::*;

    #[test]
    fn a_document_reads_like_one() {
        let document = json!({
            "schema": "stepup.x/1", "none": null, "empty": [], "nothing": {}, "no": true,
            "acr": "0", "list": [1, {"a": 1, "b": {"c": "d"}}, ["x", []], "y: z"],
        });
        assert_eq!(
            yaml(&document).unwrap(),
            "---\nacr: \"0\"\nempty: []\nlist:\n  - 1\n  - a: 1\n    b:\n      c: \"d\"\n  - - \"x\"\n    - []\n  - \"y: z\"\n\"no\": true\nnone: null\nnothing: {}\nschema: \"stepup.x/1\""
        );
    }

    /// The same document, for whoever looks at it.
    #[test]
    fn a_document_for_people_has_a_line_for_each_member() {
        let document = json!({ "a": 1, "list": ["x\u{1b}\u{202e}", {}], "none": [] });
        assert_eq!(
            pretty_json(&document).unwrap(),
            "{\n  \"a\": 1,\n  \"list\": [\n    \"x\\u001b\\u202e\",\n    {}\n  ],\n  \"none\": []\n}"
        );
    }

    #[test]
    fn what_talks_to_a_terminal_is_escaped() {
        let document = json!({ "a\u{1b}": "b\u{202e}\u{9b}2J\n- c\u{e0041}" });
        let text = yaml(&document).unwrap();
        assert!(text.is_ascii(), "{text:?}");
        assert_eq!(text.lines().count(), 2, "{text:?}");
        assert_eq!(read(&text), document);
    }

    /// As a parser reads it that somebody else wrote.
    fn read(text: &str) -> Value {
        fn value(yaml: &Yaml) -> Value {
            match yaml {
                Yaml::String(text) => json!(text),
                Yaml::Integer(number) => json!(number),
                Yaml::Boolean(truth) => json!(truth),
                Yaml::Array(items) => items.iter().map(value).collect(),
                Yaml::Hash(members) => members
                    .iter()
                    .map(|(key, inner)| (key.as_str().unwrap().to_owned(), value(inner)))
                    .collect(),
                Yaml::Null => Value::Null,
                other => panic!("{other:?}"),
            }
        }
        let documents = YamlLoader::load_from_str(text).unwrap();
        assert_eq!(documents.len(), 1, "{text}");
        value(&documents[0])
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[a-z0-9:#&*!|>%@`, -]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z_]{0,5}|.{0,6}", inner, 0..4)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_goes_in_comes_out(value in any_value()) {
            prop_assert_eq!(read(&yaml(&value).unwrap()), value);
        }
    }
}
