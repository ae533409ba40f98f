//! The `claims` parameter (OpenID Connect Core §5.5): an essential `acr` (Core §5.5.1.1), or Microsoft Entra's `acrs`
//! (providers.md, A4), neither ever beside `acr_values` (Core §5.5.1.1); and the claims that say who signed in (B9.19).

use serde_json::{Map, Value, json};

use crate::domain::requirement::{AcrRequirement, RequestStyle};

/// The parameter's value: the demand, where it is made so, and the claims to be in the ID token that say who
/// signed in (B9.19). `None` where there is nothing to ask for.
pub(super) fn parameter(requirement: Option<&AcrRequirement>, names: &[&str]) -> Option<String> {
    let mut claims = requirement.map_or_else(Map::new, demanded);
    if !names.is_empty() {
        // Voluntary (Core §5.5.1): an essential claim that is not there would be an error at some providers,
        // before `UserInfo` was asked.
        let id_token = claims.entry("id_token").or_insert_with(|| json!({}));
        if let Some(id_token) = id_token.as_object_mut() {
            let wanted = names.iter().map(|name| ((*name).to_owned(), Value::Null));
            id_token.extend(wanted);
        }
    }
    (!claims.is_empty()).then(|| Value::Object(claims).to_string())
}

fn demanded(requirement: &AcrRequirement) -> Map<String, Value> {
    let values = &requirement.acr_values;
    let claims = match requirement.request {
        RequestStyle::AcrValues | RequestStyle::FreshnessOnly => Value::Null,
        RequestStyle::EssentialClaims if values.is_empty() => Value::Null,
        // `values` even for one: a provider was seen to ignore `value` (providers.md, A6).
        RequestStyle::EssentialClaims => {
            json!({ "id_token": { "acr": { "essential": true, "values": values } } })
        }
        RequestStyle::EntraContexts => contexts(values, requirement.not_before),
    };
    match claims {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

/// In both tokens: we verify the ID token, the API its own. `cp1` says that claims challenges are understood, and `nbf`
/// goes back as it came.
fn contexts(values: &[String], not_before: Option<u64>) -> Value {
    let mut id_token = Map::new();
    let mut access_token = Map::new();
    let ids: Vec<String> = values.iter().map(|id| id.to_ascii_lowercase()).collect();
    let acrs = match ids.as_slice() {
        [] => None,
        // As Microsoft documents it.
        [only] => Some(json!({ "essential": true, "value": only })),
        several => Some(json!({ "essential": true, "values": several })),
    };
    if let Some(acrs) = acrs {
        id_token.insert("acrs".to_owned(), acrs.clone());
        access_token.insert("acrs".to_owned(), acrs);
    }
    if let Some(seconds) = not_before {
        let not_before = json!({ "essential": true, "value": seconds.to_string() });
        access_token.insert("nbf".to_owned(), not_before);
    }
    access_token.insert("xms_cc".to_owned(), json!({ "values": ["cp1"] }));
    let mut claims = Map::new();
    if !id_token.is_empty() {
        claims.insert("id_token".to_owned(), id_token.into());
    }
    claims.insert("access_token".to_owned(), access_token.into());
    claims.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(request: RequestStyle, values: &[&str]) -> Option<Value> {
        let requirement = AcrRequirement {
            acr_values: values.iter().map(|value| (*value).to_owned()).collect(),
            request,
            ..AcrRequirement::default()
        };
        parameter(Some(&requirement), &[]).map(|text| serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn b9_4_an_essential_acr_with_its_values() {
        let claims = asked(RequestStyle::EssentialClaims, &["phr", "phrh"]);
        let expected =
            json!({ "id_token": { "acr": { "essential": true, "values": ["phr", "phrh"] } } });
        assert_eq!(claims, Some(expected));
        assert_eq!(asked(RequestStyle::EssentialClaims, &[]), None);
    }

    #[test]
    fn a4_contexts_in_both_tokens_and_the_capability() {
        let able = json!({ "values": ["cp1"] });
        for (values, acrs) in [
            (&["C1"][..], json!({ "essential": true, "value": "c1" })),
            (
                &["c1", "c2"],
                json!({ "essential": true, "values": ["c1", "c2"] }),
            ),
        ] {
            let expected = json!({
                "id_token": { "acrs": acrs },
                "access_token": { "acrs": acrs, "xms_cc": able },
            });
            assert_eq!(asked(RequestStyle::EntraContexts, values), Some(expected));
        }
        let expected = json!({ "access_token": { "xms_cc": able } });
        assert_eq!(asked(RequestStyle::EntraContexts, &[]), Some(expected));
    }

    #[test]
    fn b1_19_the_time_after_which_a_token_has_to_be_goes_back_as_it_came() {
        let requirement = AcrRequirement {
            request: RequestStyle::EntraContexts,
            not_before: Some(1_604_106_651),
            ..AcrRequirement::default()
        };
        let expected = json!({ "access_token": {
            "nbf": { "essential": true, "value": "1604106651" },
            "xms_cc": { "values": ["cp1"] },
        } });
        let claims: Value =
            serde_json::from_str(&parameter(Some(&requirement), &[]).unwrap()).unwrap();
        assert_eq!(claims, expected);
    }

    #[test]
    fn b9_5_no_claims_beside_acr_values() {
        assert_eq!(asked(RequestStyle::AcrValues, &["phr"]), None);
        assert_eq!(asked(RequestStyle::FreshnessOnly, &["phr"]), None);
    }

    #[test]
    fn b9_19_who_signed_in_is_asked_for_beside_the_demand() {
        let of = |request, values: &[&str]| AcrRequirement {
            acr_values: values.iter().map(|value| (*value).to_owned()).collect(),
            request,
            ..AcrRequirement::default()
        };
        let names = ["email", "email_verified"];
        for (requirement, id_token) in [
            (
                of(RequestStyle::AcrValues, &["phr"]),
                json!({ "email": null, "email_verified": null }),
            ),
            (
                of(RequestStyle::EssentialClaims, &["phr"]),
                json!({
                    "acr": { "essential": true, "values": ["phr"] },
                    "email": null,
                    "email_verified": null,
                }),
            ),
        ] {
            let claims: Value =
                serde_json::from_str(&parameter(Some(&requirement), &names).unwrap()).unwrap();
            assert_eq!(claims, json!({ "id_token": id_token }));
        }
        let contexts = parameter(Some(&of(RequestStyle::EntraContexts, &["c1"])), &names).unwrap();
        let contexts: Value = serde_json::from_str(&contexts).unwrap();
        assert_eq!(contexts["id_token"]["email"], Value::Null);
        assert_eq!(contexts["id_token"]["acrs"]["value"], "c1");
        assert_eq!(parameter(None, &[]), None);
    }
}
