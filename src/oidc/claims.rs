//! The `claims` parameter (OpenID Connect Core §5.5): an essential `acr` (B9.4), or Microsoft Entra's `acrs`
//! (providers.md, A4). Never beside `acr_values` (B9.5).

use serde_json::{Value, json};

use crate::domain::requirement::{AcrRequirement, RequestStyle};

/// The parameter's value; `None` where the provider is asked otherwise, or for nothing.
pub(super) fn parameter(requirement: &AcrRequirement) -> Option<String> {
    let values = &requirement.acr_values;
    let claims = match requirement.request {
        RequestStyle::AcrValues | RequestStyle::FreshnessOnly => return None,
        RequestStyle::EssentialClaims if values.is_empty() => return None,
        // `values` even for one: a provider was seen to ignore `value` (providers.md, A6).
        RequestStyle::EssentialClaims => {
            json!({ "id_token": { "acr": { "essential": true, "values": values } } })
        }
        RequestStyle::EntraContexts => contexts(values),
    };
    Some(claims.to_string())
}

/// In both tokens: we verify the ID token, the API its own. `cp1` says that claims challenges are understood.
fn contexts(values: &[String]) -> Value {
    let able = json!({ "values": ["cp1"] });
    let ids: Vec<String> = values.iter().map(|id| id.to_ascii_lowercase()).collect();
    let acrs = match ids.as_slice() {
        [] => return json!({ "access_token": { "xms_cc": able } }),
        // As Microsoft documents it.
        [only] => json!({ "essential": true, "value": only }),
        several => json!({ "essential": true, "values": several }),
    };
    json!({ "id_token": { "acrs": acrs }, "access_token": { "acrs": acrs, "xms_cc": able } })
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
        parameter(&requirement).map(|text| serde_json::from_str(&text).unwrap())
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
    fn b9_5_no_claims_beside_acr_values() {
        assert_eq!(asked(RequestStyle::AcrValues, &["phr"]), None);
        assert_eq!(asked(RequestStyle::FreshnessOnly, &["phr"]), None);
    }
}
