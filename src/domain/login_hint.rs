//! The form of the `login_hint` of a backchannel request. CIBA §7.1 leaves it to the provider: an address, a user name, or
//! a JSON object (B13.4).

use serde_json::{Map, Value};

/// How a provider wants the person named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum LoginHintForm {
    /// By the address; without one, as whoever knows the person calls them.
    #[default]
    Address,
    Username,
    /// By an object, in whose texts the names stand as [`PLACEHOLDERS`].
    Object(Map<String, Value>),
}

/// What a person is called, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names<'a> {
    pub(crate) address: Option<&'a str>,
    pub(crate) username: Option<&'a str>,
    /// The id.
    pub(crate) subject: Option<&'a str>,
}

/// What may stand for a name in an object.
pub(crate) const PLACEHOLDERS: [&str; 3] = ["{email}", "{username}", "{sub}"];

impl LoginHintForm {
    /// The hint for somebody who has these names; `None` if one that it needs is not known.
    pub(crate) fn of(&self, names: Names<'_>) -> Option<String> {
        match self {
            Self::Address => names.address.map(str::to_owned),
            Self::Username => names.username.map(str::to_owned),
            Self::Object(members) => {
                filled(&Value::Object(members.clone()), names).map(|object| object.to_string())
            }
        }
    }

    /// The hint for somebody whom a person typed, under whatever name the provider knows them. What is an object already
    /// is sent as it is.
    pub(crate) fn typed(&self, text: &str) -> String {
        let whole = serde_json::from_str::<Map<String, Value>>(text).is_ok();
        let names = Names {
            address: Some(text),
            username: Some(text),
            subject: Some(text),
        };
        self.of(names)
            .filter(|_| !whole)
            .unwrap_or_else(|| text.to_owned())
    }

    /// The form as an entry has it; nothing for the usual one.
    pub(crate) fn shown(&self) -> Option<String> {
        match self {
            Self::Address => None,
            Self::Username => Some("username".to_owned()),
            Self::Object(members) => Some(Value::Object(members.clone()).to_string()),
        }
    }

    /// Whether an object names anybody at all: without names it cannot be filled.
    pub(crate) fn names_somebody(members: &Map<String, Value>) -> bool {
        filled(&Value::Object(members.clone()), Names::default()).is_none()
    }
}

/// With the names in place of their placeholders, in every text. Whatever a name holds, it stays a text.
fn filled(value: &Value, names: Names<'_>) -> Option<Value> {
    Some(match value {
        Value::String(text) => Value::String(in_text(text, names)?),
        Value::Array(items) => {
            let items = items.iter().map(|item| filled(item, names));
            Value::Array(items.collect::<Option<_>>()?)
        }
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(key, item)| Some((key.clone(), filled(item, names)?)));
            Value::Object(members.collect::<Option<_>>()?)
        }
        other => other.clone(),
    })
}

/// Left to right, so that what a name holds is not read again.
fn in_text(text: &str, names: Names<'_>) -> Option<String> {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((at, placeholder)) = first_in(rest) {
        let name = match placeholder {
            "{email}" => names.address,
            "{username}" => names.username,
            _ => names.subject,
        };
        let (before, behind) = rest.split_at(at);
        filled.push_str(before);
        filled.push_str(name?);
        rest = behind.strip_prefix(placeholder)?;
    }
    filled.push_str(rest);
    Some(filled)
}

fn first_in(text: &str) -> Option<(usize, &'static str)> {
    let found = PLACEHOLDERS.into_iter();
    let found = found.filter_map(|name| text.find(name).map(|at| (at, name)));
    found.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIRA: Names<'_> = Names {
        address: Some("mira@acme.example"),
        username: Some("mira"),
        subject: Some("id-1"),
    };

    fn object(json: &str) -> LoginHintForm {
        LoginHintForm::Object(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn b13_4_each_form_names_the_person_in_its_own_way() {
        for (form, hint) in [
            (LoginHintForm::Address, "mira@acme.example"),
            (LoginHintForm::Username, "mira"),
            (
                object(r#"{"username":"{username}"}"#),
                r#"{"username":"mira"}"#,
            ),
            (
                object(
                    r#"{"format":"iss_sub","sub":"auth0|{sub}","n":[1,"{email} ({username})"]}"#,
                ),
                r#"{"format":"iss_sub","n":[1,"mira@acme.example (mira)"],"sub":"auth0|id-1"}"#,
            ),
        ] {
            assert_eq!(form.of(MIRA).as_deref(), Some(hint));
        }
    }

    #[test]
    fn b13_4_a_name_stays_a_text_whatever_it_holds() {
        let form = object(r#"{"username":"{username}","email":"{email}"}"#);
        let names = Names {
            username: Some(r#"x","admin":"{email}"#),
            ..MIRA
        };
        let hint: Value = serde_json::from_str(&form.of(names).unwrap()).unwrap();
        let expected = r#"x","admin":"{email}"#;
        assert_eq!(hint["username"], expected);
        assert_eq!(hint.as_object().unwrap().len(), 2);
    }

    #[test]
    fn b13_4_without_the_name_that_it_needs_there_is_no_hint() {
        let nobody = Names::default();
        let without = Names {
            username: None,
            ..MIRA
        };
        for form in [LoginHintForm::Username, object(r#"{"u":"{username}"}"#)] {
            assert_eq!(form.of(without), None);
            assert_eq!(form.of(nobody), None);
        }
    }

    #[test]
    fn b13_4_a_placeholder_names_somebody_in_a_text_only() {
        for (json, somebody) in [
            (r#"{"a":["x",{"b":"({sub})"}]}"#, true),
            (r#"{"{username}":"admin","a":1}"#, false),
            (r#"{"a":{"{email}":""}}"#, false),
            ("{}", false),
        ] {
            let members = serde_json::from_str(json).unwrap();
            assert_eq!(LoginHintForm::names_somebody(&members), somebody, "{json}");
        }
    }

    #[test]
    fn b13_4_what_is_typed_is_a_name_in_the_providers_form_or_the_whole() {
        let form = object(r#"{"username":"{username}"}"#);
        assert_eq!(form.typed("noor"), r#"{"username":"noor"}"#);
        assert_eq!(form.typed(r#"{"id":"7"}"#), r#"{"id":"7"}"#);
        assert_eq!(form.typed("{noor"), r#"{"username":"{noor"}"#);
        assert_eq!(LoginHintForm::Username.typed("noor"), "noor");
    }
}
