//! Microsoft Entra PIM's challenge (duty B1.20): HTTP 400 without any header, whose JSON holds the claims in a message,
//! percent-encoded. It is told by its error code, and by nothing else.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::claims::Asked;
use super::malformed::MalformedChallenge;

/// The error code of such a challenge.
const CODE: &str = "RoleAssignmentRequestAcrsValidationFailed";

/// What the body of a 400 asks for, if it is such a challenge.
pub(super) fn asked(body: &[u8]) -> Result<Option<Asked>, MalformedChallenge> {
    let Ok(document) = serde_json::from_slice::<Value>(body) else {
        return Ok(None);
    };
    let member = |name| document.get("error")?.get(name)?.as_str();
    if member("code") != Some(CODE) {
        return Ok(None);
    }
    let message = member("message").unwrap_or_default();
    let mut parameters = message.split(['&', '?', ' ']);
    let claims = parameters.find_map(|parameter| parameter.strip_prefix("claims="));
    let claims = claims.ok_or(MalformedChallenge::Claims("there are none"))?;
    let json: Vec<u8> = percent_decode_str(claims).collect();
    Asked::of(&json).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked_by(code: &str, message: &str) -> Result<Option<Asked>, MalformedChallenge> {
        asked(
            json!({"error": {"code": code, "message": message}})
                .to_string()
                .as_bytes(),
        )
    }

    /// As azure-powershell#25421 shows it.
    const CLAIMS: &str = "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D";

    #[test]
    fn b1_20_the_claims_are_in_the_message() {
        let c1 = Asked {
            values: vec!["c1".to_owned()],
            contexts: true,
            not_before: None,
        };
        for message in [
            CLAIMS.to_owned(),
            CLAIMS.replace('&', ""),
            format!("{CLAIMS}&x=y"),
            format!("The policy wants more: https://login.example/?{CLAIMS} (see there)"),
        ] {
            assert_eq!(asked_by(CODE, &message), Ok(Some(c1.clone())), "{message}");
        }
    }

    #[test]
    fn b1_20_another_400_is_no_challenge_whatever_it_says() {
        for (code, message) in [
            ("RoleAssignmentRequestPolicyValidationFailed", CLAIMS),
            ("", CLAIMS),
            ("roleassignmentrequestacrsvalidationfailed", CLAIMS),
        ] {
            assert_eq!(asked_by(code, message), Ok(None), "{code}");
        }
        for body in ["", "[]", "{\"error\": \"x\"}", "claims=%7B%7D", "\"error\""] {
            assert_eq!(asked(body.as_bytes()), Ok(None), "{body}");
        }
    }

    #[test]
    fn b1_20_claims_that_cannot_be_read_are_said_to_be_so() {
        for (message, why) in [
            ("", "there are none"),
            ("the claims={}", "they require neither acrs nor acr nor nbf"),
            ("&claims=", "they are not a JSON object"),
            ("&claims=%7B", "they are not a JSON object"),
            ("&claims=%FF%FE", "they are not a JSON object"),
            ("&claims=eyJhIjoxfQ==", "they are not a JSON object"),
        ] {
            let refused = Err(MalformedChallenge::Claims(why));
            assert_eq!(asked_by(CODE, message), refused, "{message}");
        }
    }
}
