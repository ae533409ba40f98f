//! HTTP to the doors that belong to the tests: the provider's control port and the API.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

/// One request with a bearer token; the status and the JSON that came back.
#[track_caller]
pub(crate) fn call(method: &str, url: &str, bearer: &str, body: Option<&Value>) -> (u16, Value) {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(20)))
        .proxy(None)
        .build()
        .into();
    let request = Request::builder()
        .method(method)
        .uri(url)
        .header("Authorization", format!("Bearer {bearer}"))
        .header("Content-Type", "application/json")
        .body(body.map(Value::to_string).unwrap_or_default());
    let mut answer = agent
        .run(request.unwrap())
        .unwrap_or_else(|error| panic!("{method} {url}: {error}"));
    let text = answer.body_mut().read_to_string().unwrap();
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    (answer.status().as_u16(), json)
}
