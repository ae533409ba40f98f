//! Rich authorization requests (RFC 9396), where the switch `authorization_details` offers them: an object of the one
//! type that is known here is shown to the person and granted as it came, unless the switch says otherwise.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Provider;
use super::ask::{Ask, OAuthError};
use super::pages::escape;
use crate::http::Params;

/// The type that is known here, and the parameter's name.
const TYPE: &str = "stepup_approval";
const NAME: &str = "authorization_details";

/// What a client asks for, beside who the person is: one object.
#[derive(Clone, Debug)]
pub(super) struct Details(Map<String, Value>);

impl Details {
    /// RFC 9396 section 5: an object of an unknown type, or another than the type has, is an error.
    fn read(text: &str) -> Result<Self, OAuthError> {
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

    /// With another value under this name.
    fn with(&self, name: &str, value: Value) -> Value {
        let mut object = self.0.clone();
        object.insert(name.to_owned(), value);
        Value::Object(object)
    }

    /// With a letter more in the title.
    fn changed(&self) -> Value {
        let mut statement = self.0.get("statement").cloned().unwrap_or_default();
        if let Some(members) = statement.as_object_mut() {
            members.insert("title".into(), format!("{}s", self.text("title")).into());
        }
        self.with("statement", statement)
    }
}

impl Provider {
    /// What metadata list of it (RFC 9396 section 10).
    pub(super) fn details_types(&self) -> Option<(String, Value)> {
        let name = "authorization_details_types_supported".to_owned();
        self.takes_details().then(|| (name, json!([TYPE])))
    }

    fn takes_details(&self) -> bool {
        self.switches.text(NAME).is_some()
    }

    /// What a request asks for; nothing where that is not understood.
    pub(super) fn details(&self, params: &Params) -> Result<Option<Details>, OAuthError> {
        let Some(text) = params.get(NAME).filter(|_| self.takes_details()) else {
            return Ok(None);
        };
        if self.switches.is(NAME, "refused") {
            return Err(("invalid_authorization_details", "as the switch demands"));
        }
        Details::read(text).map(Some)
    }

    /// What the token endpoint says was granted (RFC 9396 section 7).
    pub(super) fn granted_details(&self, ask: &Ask) -> Option<(String, Value)> {
        let details = ask.details.as_ref()?;
        let ours = Value::Object(details.0.clone());
        let granted = match self.switches.text(NAME) {
            Some("missing") => return None,
            Some("not-array") => ours,
            Some("other-type") => json!([details.with("type", "payment_initiation".into())]),
            Some("added") => json!([details.with("valid_for", json!({ "minutes": 5 }))]),
            Some("changed") => json!([details.changed()]),
            Some("twice") => json!([ours, ours]),
            _ => json!([ours]),
        };
        Some((NAME.to_owned(), granted))
    }

    /// The same in the ID token, where that has it.
    pub(super) fn signed_details(&self, ask: &Ask) -> Option<(String, Value)> {
        let details = ask.details.as_ref()?;
        let signed = match self.switches.text(NAME) {
            Some("signed") => Value::Object(details.0.clone()),
            Some("signed-other") => details.changed(),
            _ => return None,
        };
        Some((NAME.to_owned(), json!([signed])))
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
