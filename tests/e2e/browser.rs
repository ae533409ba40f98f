//! HTTP as a browser or another client does it: one request, no redirect followed.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Page {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// Where it redirects to.
    #[track_caller]
    pub(crate) fn leads_to(&self) -> String {
        self.location
            .clone()
            .unwrap_or_else(|| panic!("no redirect: {self:?}"))
    }
}

pub(crate) fn get(url: &str, headers: &[(&str, &str)]) -> Page {
    send("GET", url, headers, "")
}

pub(crate) fn post(url: &str, headers: &[(&str, &str)], body: &str) -> Page {
    send("POST", url, headers, body)
}

fn send(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Page {
    try_send(method, url, headers, body).unwrap_or_else(|error| panic!("{url}: {error}"))
}

/// The same, when nobody may be there.
pub(crate) fn try_get(url: &str) -> Result<Page, ureq::Error> {
    try_send("GET", url, &[], "")
}

fn try_send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<Page, ureq::Error> {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(Duration::from_secs(20)))
        .proxy(None)
        .build()
        .into();
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut answer = agent.run(request.body(body.to_owned()).unwrap())?;
    let location = answer.headers().get("location");
    Ok(Page {
        status: answer.status().as_u16(),
        location: location.map(|value| value.to_str().unwrap().to_owned()),
        body: answer.body_mut().read_to_string()?,
    })
}
