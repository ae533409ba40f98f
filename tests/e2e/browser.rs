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
    pub(crate) date: Option<String>,
    pub(crate) set_cookie: Option<String>,
    pub(crate) retry_after: Option<String>,
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

/// Walks from the start page through the provider's, with the security key. Where the start page led, and
/// the genuine callback, which is not fetched.
pub(crate) fn sign_in(issuer: &str, start_url: &str) -> (String, String) {
    let authorize = get(start_url, &[]).leads_to();
    let callback = sign_in_at(issuer, &authorize);
    (authorize, callback)
}

/// The same from the provider's own page on.
pub(crate) fn sign_in_at(issuer: &str, authorize: &str) -> String {
    answer(issuer, authorize, "key").leads_to()
}

/// The answer to a sign-in page that is filled in with this factor.
pub(crate) fn answer(issuer: &str, authorize: &str, factor: &str) -> Page {
    fill_in(&get(authorize, &[]), &format!("{issuer}/sign-in"), factor)
}

/// Sends a page's fields, as they are, with this factor.
pub(crate) fn fill_in(page: &Page, action: &str, factor: &str) -> Page {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(hidden(&page.body))
        .append_pair("factor", factor)
        .finish();
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    post(action, &headers, &form)
}

/// The hidden fields of the sign-in page.
fn hidden(page: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    page.split("<input")
        .skip(1)
        .filter_map(|tag| {
            let tag = tag.split_once('>')?.0;
            Some((value(tag, "name")?, value(tag, "value")?))
        })
        .collect()
}

/// The same, when nobody may be there.
pub(crate) fn try_get(url: &str) -> Result<Page, ureq::Error> {
    try_send("GET", url, &[], "")
}

pub(crate) fn try_post(
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<Page, ureq::Error> {
    try_send("POST", url, headers, body)
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
    let header = |name: &str| {
        let value = answer.headers().get(name)?;
        Some(value.to_str().unwrap().to_owned())
    };
    let (location, date) = (header("location"), header("date"));
    let (set_cookie, retry_after) = (header("set-cookie"), header("retry-after"));
    Ok(Page {
        status: answer.status().as_u16(),
        location,
        date,
        set_cookie,
        retry_after,
        body: answer.body_mut().read_to_string()?,
    })
}
