use openidconnect::ClientSecret;
use openidconnect::http::header;
use serde_json::{Value, json};

use super::super::assertion::AssertionKey;
use super::super::metadata::document;
use super::*;

const EC: &str = r#"{"kty":"EC","crv":"P-256","d":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"}"#;

fn client(auth: ClientAuth, listed: &Value) -> Result<ClientAuthentication, NoAssertionAlgorithm> {
    let listed = json!({ "token_endpoint_auth_signing_alg_values_supported": listed });
    let metadata = document("https://idp.example", &listed);
    let metadata: Metadata = serde_json::from_value(metadata).unwrap();
    let registration = Registration {
        client_auth: auth,
        ..Registration::of("https://idp.example", "a client")
    };
    ClientAuthentication::new(&registration, &metadata)
}

fn posted(auth: ClientAuth, parameters: &[(&str, &str)]) -> (Vec<(String, String)>, String) {
    let client = client(auth, &Value::Null).unwrap();
    let endpoint = Url::parse("https://idp.example/token?x=1").unwrap();
    let parameters: Vec<_> = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let request = client.post(&endpoint, &parameters);
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://idp.example/token?x=1");
    let authorization = request.headers().get(header::AUTHORIZATION);
    let authorization = authorization.map_or("", |value| value.to_str().unwrap());
    let form = form_urlencoded::parse(request.body()).into_owned();
    (form.collect(), authorization.to_owned())
}

fn secret() -> ClientSecret {
    ClientSecret::new("s/ ü".into())
}

#[test]
fn b6_1_each_client_comes_in_its_own_way_and_in_no_other() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let grant = [("grant_type", "g")];
    let (form, header) = posted(ClientAuth::Public, &grant);
    assert_eq!(
        form,
        [pair("grant_type", "g"), pair("client_id", "a client")]
    );
    assert_eq!(header, "");

    let (form, header) = posted(ClientAuth::Post(secret()), &grant);
    let sent = [
        pair("grant_type", "g"),
        pair("client_id", "a client"),
        pair("client_secret", "s/ ü"),
    ];
    assert_eq!((form.as_slice(), header.as_str()), (&sent[..], ""));

    let (form, header) = posted(ClientAuth::Basic(secret()), &grant);
    assert_eq!(form, [pair("grant_type", "g")]);
    let basic = BASE64_STANDARD.encode("a+client:s%2F+%C3%BC");
    assert_eq!(header, format!("Basic {basic}"));

    let key = AssertionKey::parse(EC).unwrap();
    let (form, header) = posted(ClientAuth::PrivateKey(key), &grant);
    let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    let all = [
        "grant_type",
        "client_id",
        "client_assertion_type",
        "client_assertion",
    ];
    assert_eq!(names, all);
    assert_eq!((form[2].1.as_str(), header.as_str()), (JWT_BEARER, ""));

    // A pushed request names the client already.
    let (form, _) = posted(ClientAuth::Public, &[("client_id", "a client")]);
    assert_eq!(form, [pair("client_id", "a client")]);
}

#[test]
fn an_assertion_is_signed_with_what_the_provider_lists() {
    let key = || ClientAuth::PrivateKey(AssertionKey::parse(EC).unwrap());
    for (listed, fits) in [
        (Value::Null, true),
        (json!(["RS256", "ES256"]), true),
        (json!(["RS256", "PS256"]), false),
    ] {
        assert_eq!(client(key(), &listed).is_ok(), fits, "{listed}");
    }
    let error = client(key(), &json!(["RS256"])).unwrap_err().to_string();
    assert!(
        error.contains("`ES256`") && error.contains("`RS256`"),
        "{error}"
    );
    // Whoever has no key does not mind.
    assert!(client(ClientAuth::Public, &json!(["RS256"])).is_ok());
}
