//! The members of provider metadata that something here depends on. No other is read: providers leave odd things
//! in members that nobody asks for. Each is read by itself, so that a bad one can be named (B9.8).

use serde_json::{Map, Value, json};
use url::Url;

/// What a member has to be.
#[derive(Clone, Copy)]
enum Form {
    Address,
    Words,
    Truth,
}

const USED: [(&str, Form); 20] = [
    ("acr_values_supported", Form::Words),
    ("authorization_details_types_supported", Form::Words),
    ("authorization_endpoint", Form::Address),
    (
        "authorization_response_iss_parameter_supported",
        Form::Truth,
    ),
    ("backchannel_authentication_endpoint", Form::Address),
    ("backchannel_token_delivery_modes_supported", Form::Words),
    ("claims_parameter_supported", Form::Truth),
    ("code_challenge_methods_supported", Form::Words),
    ("dpop_signing_alg_values_supported", Form::Words),
    ("id_token_signing_alg_values_supported", Form::Words),
    ("issuer", Form::Address),
    ("jwks_uri", Form::Address),
    ("pushed_authorization_request_endpoint", Form::Address),
    ("require_pushed_authorization_requests", Form::Truth),
    ("response_modes_supported", Form::Words),
    ("response_types_supported", Form::Words),
    ("token_endpoint", Form::Address),
    (
        "token_endpoint_auth_signing_alg_values_supported",
        Form::Words,
    ),
    ("token_endpoint_auth_methods_supported", Form::Words),
    ("userinfo_endpoint", Form::Address),
];

/// Without these nobody can be sent there, or verified.
const NEEDED: [&str; 2] = ["authorization_endpoint", "jwks_uri"];

/// A member that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BadMember {
    pub(super) name: &'static str,
    pub(super) reason: &'static str,
}

/// The used members of this document. `null` says as much as absence; lists that were left out are empty, which
/// whoever reads them takes for silence.
pub(super) fn members(document: &Value) -> Result<Value, BadMember> {
    let mut members = Map::new();
    for (name, form) in USED {
        match document.get(name) {
            None | Some(Value::Null) => {}
            Some(value) => {
                form.check(value)
                    .map_err(|reason| BadMember { name, reason })?;
                members.insert(name.to_owned(), value.clone());
            }
        }
    }
    for name in NEEDED {
        if !members.contains_key(name) {
            let reason = "is missing";
            return Err(BadMember { name, reason });
        }
    }
    for list in [
        "response_types_supported",
        "id_token_signing_alg_values_supported",
    ] {
        members.entry(list).or_insert_with(|| json!([]));
    }
    // Nothing here depends on it, and the crate's type cannot do without.
    members.insert("subject_types_supported".to_owned(), json!(["public"]));
    Ok(Value::Object(members))
}

impl Form {
    fn check(self, value: &Value) -> Result<(), &'static str> {
        let is_good = match self {
            Self::Address => value.as_str().is_some_and(|text| Url::parse(text).is_ok()),
            Self::Words => value
                .as_array()
                .is_some_and(|words| words.iter().all(Value::is_string)),
            Self::Truth => value.is_boolean(),
        };
        if is_good {
            return Ok(());
        }
        Err(match self {
            Self::Address => "is not a URL",
            Self::Words => "is not a list of words",
            Self::Truth => "is neither true nor false",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(change: &Value) -> Result<Value, BadMember> {
        let mut document = json!({
            "issuer": "https://idp.example",
            "authorization_endpoint": "https://idp.example/authorize",
            "jwks_uri": "https://idp.example/keys",
        });
        for (name, value) in change.as_object().unwrap() {
            document[name] = value.clone();
        }
        members(&document)
    }

    #[test]
    fn b9_8_what_is_not_used_is_not_read() {
        let odd = json!({
            "service_documentation": "", "op_tos_uri": 7, "claims_supported": "email",
            "request_parameter_supported": "true", "subject_types_supported": null, "scopes_supported": {},
        });
        assert_eq!(read(&odd), read(&json!({})));
    }

    #[test]
    fn b9_8_a_used_member_that_is_bad_is_named() {
        for (name, form) in USED {
            for bad in [json!(7), json!(""), json!({}), json!([1])] {
                let refused = read(&json!({ name: bad })).unwrap_err();
                assert_eq!(refused.name, name);
            }
            let absent = read(&json!({ name: null }));
            assert_eq!(absent.is_err(), NEEDED.contains(&name), "{name}");
            if matches!(form, Form::Truth) {
                assert!(read(&json!({ name: "true" })).is_err());
            }
        }
    }
}
