//! What a rich authorization request asks for (RFC 9396): an object of the one type that is known here, which is shown to
//! the person.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::errors::OAuthError;
use crate::page::escape;

/// The type that is known here, and the parameter's name.
pub(super) const TYPE: &str = "stepup_approval";
pub(super) const NAME: &str = "authorization_details";

/// What a client asks for, beside who the person is: one object.
#[derive(Clone, Debug)]
pub(super) struct Details(Map<String, Value>);

impl Details {
    /// RFC 9396 section 5: an object of an unknown type, or another than the type has, is an error.
    pub(super) fn read(text: &str) -> Result<Self, OAuthError> {
        let bad = |why| Err(("invalid_authorization_details", why));
        let Ok(objects) = serde_json::from_str::<Vec<Map<String, Value>>>(text) else {
            return bad("it is not a JSON array of objects");
        };
        let [object] = objects.as_slice() else {
            return bad("one object at a time is taken here");
        };
        if object.get("type") != Some(&json!(TYPE)) {
            return bad("the type is not known here");
        }
        if !object.get("statement").is_some_and(Value::is_object) {
            return bad("there is no statement");
        }
        Ok(Self(object.clone()))
    }

    /// As it came.
    pub(super) fn whole(&self) -> Value {
        Value::Object(self.0.clone())
    }

    fn text(&self, name: &str) -> &str {
        let statement = self.0.get("statement");
        let member = statement.and_then(|statement| statement.get(name));
        member.and_then(Value::as_str).unwrap_or_default()
    }

    /// For the person: what they approve, and every fact of it.
    pub(super) fn shown(&self) -> String {
        let heading = match self.text("action") {
            "approve" => "You are approving:",
            _ => "You are asked for:",
        };
        let title = escape(self.text("title"));
        let mut html = format!(
            "<p class=\"approving\">{heading} <strong>{title}</strong></p>\n\
             <details><summary>Everything about it</summary>\n<dl>"
        );
        let statement = self.0.get("statement").and_then(Value::as_object);
        for (name, value) in statement.into_iter().flatten() {
            let text = value.as_str();
            let value = text.map_or_else(|| value.to_string(), str::to_owned);
            let _ = writeln!(html, "<dt>{}</dt><dd>{}</dd>", escape(name), escape(&value));
        }
        html + "</dl></details>\n"
    }

    pub(super) fn with(&self, name: &str, value: Value) -> Value {
        let mut object = self.0.clone();
        object.insert(name.to_owned(), value);
        Value::Object(object)
    }

    /// With a letter more in the title.
    pub(super) fn changed(&self) -> Value {
        let mut statement = self.0.get("statement").cloned().unwrap_or_default();
        if let Some(members) = statement.as_object_mut() {
            members.insert("title".into(), format!("{}s", self.text("title")).into());
        }
        self.with("statement", statement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_approved_is_shown_as_text() {
        let object = json!({
            "type": TYPE,
            "statement": { "action": "approve", "title": "<b>&\"'", "<i>": ["<script>"] },
        });
        let shown = Details::read(&json!([object]).to_string()).unwrap().shown();
        assert!(shown.contains("You are approving: <strong>&lt;b&gt;&amp;&quot;&#39;</strong>"));
        assert!(shown.contains("<dt>&lt;i&gt;</dt><dd>[&quot;&lt;script&gt;&quot;]</dd>"));
    }

    #[test]
    fn what_is_not_of_the_type_is_refused() {
        for text in [
            "",
            "{}",
            "[]",
            "[1]",
            r#"[{"type":"stepup_approval"}]"#,
            r#"[{"type":"payment","statement":{}}]"#,
            r#"[{"type":"stepup_approval","statement":{}},{"type":"payment"}]"#,
        ] {
            let (code, _) = Details::read(text).unwrap_err();
            assert_eq!(code, "invalid_authorization_details", "{text}");
        }
    }
}
