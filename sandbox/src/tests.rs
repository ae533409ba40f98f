//! Stories over real sockets: a client that does everything by hand, against a running sandbox.

mod admin;
mod api;
mod bound;
mod happy;
mod hosted;
mod hostile;
mod provider;
mod running;

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use ureq::http::{Request, Response};
use url::Url;

use super::keys::{decode, encode};
use super::{Options, Sandbox};
use crate::client::Client;

const CALLBACK: &str = "http://127.0.0.1:1/callback/sandbox";
const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters";

type Form<'a> = HashMap<&'a str, &'a str>;

struct World {
    sandbox: Sandbox,
    client: Client,
    credential: String,
    /// The browser's session cookie, kept between sign-ins.
    cookie: Option<String>,
}

#[derive(Debug)]
struct Got {
    status: u16,
    headers: HashMap<String, String>,
    text: String,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn message(&self) -> String {
        self.json()["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The parameters of the redirect to the client.
    fn response(&self) -> HashMap<String, String> {
        let location = self.header("location");
        assert!(
            location.starts_with(CALLBACK),
            "{} {location} {}",
            self.status,
            self.text
        );
        Url::parse(location)
            .unwrap()
            .query_pairs()
            .into_owned()
            .collect()
    }
}

impl From<Response<Vec<u8>>> for Got {
    fn from(answer: Response<Vec<u8>>) -> Self {
        let pair = |(name, value): (&_, &_)| -> (String, String) {
            let (name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue) = (name, value);
            (name.to_string(), value.to_str().unwrap().to_owned())
        };
        Self {
            status: answer.status().as_u16(),
            headers: answer.headers().iter().map(pair).collect(),
            text: String::from_utf8(answer.into_body()).unwrap(),
        }
    }
}

impl World {
    fn new() -> Self {
        Self::with(&[])
    }

    fn with(switches: &[&str]) -> Self {
        Self::start(Options {
            switches: switches.iter().map(ToString::to_string).collect(),
            ..Options::default()
        })
    }

    fn start(options: Options) -> Self {
        let sandbox = Sandbox::start(options).unwrap();
        let secrets = std::fs::read(sandbox.info().config.join("credentials.json")).unwrap();
        let secrets: Value = serde_json::from_slice(&secrets).unwrap();
        Self {
            credential: secrets[format!("api/sandbox@{}", sandbox.info().api_url)]
                .as_str()
                .unwrap()
                .to_owned(),
            client: Client::new(Duration::from_secs(10), None),
            cookie: None,
            sandbox,
        }
    }

    fn send(&self, request: Request<Vec<u8>>) -> Got {
        self.client.send(request).unwrap().into()
    }

    /// A call of the API with a bearer token; a body makes it a POST.
    fn call(&self, bearer: &str, path: &str, body: Option<&Value>) -> Got {
        let request = Request::builder()
            .method(if body.is_some() { "POST" } else { "GET" })
            .uri(format!("{}{path}", self.sandbox.info().api_url))
            .header("authorization", format!("Bearer {bearer}"))
            .body(body.map(Value::to_string).unwrap_or_default().into_bytes());
        self.send(request.unwrap())
    }

    fn get(&self, path: &str) -> Got {
        self.call(&self.credential, path, None)
    }

    fn post(&self, path: &str, body: &Value) -> Got {
        self.call(&self.credential, path, Some(body))
    }

    fn task(&self, number: u64) -> Value {
        let got = self.get(&format!("/api/v1/tasks/{number}"));
        assert_eq!(got.status, 200, "{}", got.text);
        got.json()["taskView"]["task"].clone()
    }

    fn step(&self, number: u64) -> String {
        let task = self.task(number);
        task["policy"]["current"]["id"]
            .as_str()
            .unwrap_or("none")
            .to_owned()
    }

    /// Approves the current step with this bearer token.
    fn approve(&self, number: u64, bearer: &str) -> Got {
        let body = json!({"policyStepId": self.step(number), "comment": "fine", "stepUpTransactionId": ""});
        self.call(
            bearer,
            &format!("/api/v1/tasks/{number}/action/approve-with-step-up"),
            Some(&body),
        )
    }

    fn is_open(&self, number: u64) -> bool {
        self.task(number)["state"] == "TASK_STATE_OPEN"
    }

    fn provider(&self, method: &str, path: &str, form: &Form<'_>) -> Got {
        self.proving(method, path, form, None)
    }

    /// A request to the provider, with this proof.
    fn proving(&self, method: &str, path: &str, form: &Form<'_>, proof: Option<&str>) -> Got {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.sandbox.info().issuer))
            .header("content-type", "application/x-www-form-urlencoded");
        let headers = [("cookie", self.cookie.as_deref()), ("dpop", proof)];
        for (name, value) in headers {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        self.send(request.body(encoded(form).into_bytes()).unwrap())
    }

    /// An authorization request; `more` replaces or adds parameters, an empty value removes one.
    fn authorize(&self, more: &[(&str, &str)]) -> Got {
        let challenge = encode(&Sha256::digest(VERIFIER));
        let query = encoded(&parameters(&challenge, more));
        self.provider("GET", &format!("/authorize?{query}"), &Form::new())
    }

    /// Answers a sign-in page, with some fields typed differently.
    fn answer(&mut self, page: &Got, factor: &str, typed: &[(&str, &str)]) -> Got {
        let mut fields: HashMap<String, String> = super::person::fields(&page.text)
            .unwrap()
            .into_iter()
            .collect();
        fields.insert("factor".into(), factor.into());
        fields.extend(
            typed
                .iter()
                .map(|(name, value)| ((*name).into(), (*value).into())),
        );
        let form = fields.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let got = self.provider("POST", "/sign-in", &form.collect());
        if let Some(cookie) = got.headers.get("set-cookie") {
            self.cookie = cookie.split(';').next().map(Into::into);
        }
        got
    }

    /// Signs in on a page and returns the code.
    fn code(&mut self, factor: &str, more: &[(&str, &str)]) -> String {
        let page = self.authorize(more);
        assert_eq!(page.status, 200, "{}", page.text);
        self.answer(&page, factor, &[])
            .response()
            .remove("code")
            .unwrap()
    }

    fn redeem(&self, code: &str, more: &[(&str, &str)]) -> Got {
        self.redeem_with(code, more, None)
    }

    fn redeem_with(&self, code: &str, more: &[(&str, &str)], proof: Option<&str>) -> Got {
        let mut form = Form::from([
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("client_id", "stepup-cli"),
            ("code_verifier", VERIFIER),
        ]);
        form.extend(more.iter().copied());
        form.retain(|_, value| !value.is_empty());
        self.proving("POST", "/token", &form, proof)
    }

    /// The whole ceremony: access token and claims of the ID token.
    fn sign_in(&mut self, factor: &str, more: &[(&str, &str)]) -> (String, Value) {
        let code = self.code(factor, more);
        let answer = self.redeem(&code, &[]).json();
        let access_token = answer["access_token"].as_str().unwrap().to_owned();
        (access_token, claims(answer["id_token"].as_str().unwrap()))
    }
}

/// The payload of a JWT, not verified.
fn claims(token: &str) -> Value {
    serde_json::from_slice(&decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

/// Those of an authorization request, pushed or not; `more` replaces or adds some, an empty value removes one.
fn parameters<'a>(challenge: &'a str, more: &[(&'a str, &'a str)]) -> Form<'a> {
    let mut parameters = Form::from([
        ("response_type", "code"),
        ("client_id", "stepup-cli"),
        ("redirect_uri", CALLBACK),
        ("scope", "openid profile email"),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
    ]);
    parameters.extend(more.iter().copied());
    parameters.retain(|_, value| !value.is_empty());
    parameters
}

fn encoded(form: &Form<'_>) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish()
}
