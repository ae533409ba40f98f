//! HTTP as a browser or another client does it: one request, no redirect followed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;
use ureq::tls::TlsConfig;

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
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

/// The cookies of one browser, for the tool's own pages alone: what the sandbox gives, stories keep themselves.
#[derive(Default)]
pub(crate) struct Window(RefCell<HashMap<String, Vec<String>>>);

thread_local! {
    /// The browser of the story. Another one is a [`Window`] of its own.
    static BROWSER: Window = Window::default();
}

impl Window {
    /// A browser that holds these cookies for this address.
    pub(crate) fn holding(url: &str, cookies: &str) -> Self {
        let cookies = HashMap::from([(authority(url), vec![cookies.to_owned()])]);
        Self(RefCell::new(cookies))
    }

    /// Goes there, with the cookies of this browser.
    pub(crate) fn get(&self, url: &str) -> Page {
        self.asking(url, &[])
    }

    /// Fetches a page with these headers besides the browser's own.
    pub(crate) fn asking(&self, url: &str, headers: &[(&str, &str)]) -> Page {
        self.go("GET", url, headers, "")
            .unwrap_or_else(|error| panic!("{url}: {error}"))
    }

    /// Walks from the start page to the genuine callback, which is not fetched; see [`sign_in`].
    pub(crate) fn sign_in(&self, issuer: &str, start_url: &str) -> (String, String) {
        let authorize = self.get(start_url).leads_to();
        let callback = sign_in_at(issuer, &authorize);
        (authorize, callback)
    }

    /// Sends a page's fields, as they are, with this factor.
    pub(crate) fn fill_in(&self, page: &Page, action: &str, factor: &str) -> Page {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(hidden(&page.body))
            .append_pair("factor", factor)
            .finish();
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        self.go("POST", action, &headers, &form)
            .unwrap_or_else(|error| panic!("{action}: {error}"))
    }

    /// The `Cookie` header's value at this address.
    pub(crate) fn cookies(&self, url: &str) -> String {
        let cookies = self.0.borrow();
        cookies
            .get(&authority(url))
            .cloned()
            .unwrap_or_default()
            .join("; ")
    }

    fn go(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Page, ureq::Error> {
        let (mut headers, cookies) = (headers.to_vec(), self.cookies(url));
        if !cookies.is_empty() {
            headers.push(("Cookie", &cookies));
        }
        let page = try_send(method, url, &headers, body)?;
        if let Some(cookie) = page.set_cookie.as_ref().filter(|_| url.contains("/start/")) {
            let pair = cookie.split(';').next().unwrap().to_owned();
            let mut cookies = self.0.borrow_mut();
            cookies.entry(authority(url)).or_default().push(pair);
        }
        Ok(page)
    }
}

fn authority(url: &str) -> String {
    url::Url::parse(url).unwrap().authority().to_owned()
}

/// The `Cookie` header's value of the story's browser at this address.
pub(crate) fn cookies(url: &str) -> String {
    BROWSER.with(|browser| browser.cookies(url))
}

pub(crate) fn get(url: &str, headers: &[(&str, &str)]) -> Page {
    send("GET", url, headers, "")
}

pub(crate) fn post(url: &str, headers: &[(&str, &str)], body: &str) -> Page {
    send("POST", url, headers, body)
}

fn send(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Page {
    BROWSER
        .with(|browser| browser.go(method, url, headers, body))
        .unwrap_or_else(|error| panic!("{url}: {error}"))
}

/// Walks from the start page through the provider's, with the security key. Where the start page led, and
/// the genuine callback, which is not fetched.
pub(crate) fn sign_in(issuer: &str, start_url: &str) -> (String, String) {
    BROWSER.with(|browser| browser.sign_in(issuer, start_url))
}

/// Signs in with a key from the provider's own page on.
pub(crate) fn sign_in_at(issuer: &str, authorize: &str) -> String {
    answer(issuer, authorize, "key").leads_to()
}

/// The answer to a sign-in page that is filled in with this factor.
pub(crate) fn answer(issuer: &str, authorize: &str, factor: &str) -> Page {
    fill_in(&get(authorize, &[]), &format!("{issuer}/sign-in"), factor)
}

/// Sends a page's fields, as they are, with this factor.
pub(crate) fn fill_in(page: &Page, action: &str, factor: &str) -> Page {
    BROWSER.with(|browser| browser.fill_in(page, action, factor))
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

/// Fetches a page where nobody may be listening.
pub(crate) fn try_get(url: &str) -> Result<Page, ureq::Error> {
    BROWSER.with(|browser| browser.go("GET", url, &[], ""))
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
        // Whether the sandbox's authority is trusted is the tool's business.
        .tls_config(TlsConfig::builder().disable_verification(true).build())
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
    let location = header("location");
    let (set_cookie, retry_after) = (header("set-cookie"), header("retry-after"));
    Ok(Page {
        status: answer.status().as_u16(),
        location,
        set_cookie,
        retry_after,
        body: answer.body_mut().read_to_string()?,
    })
}
