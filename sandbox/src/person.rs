//! The built-in person: a browser made of an HTTP client, who signs in with the factor they are told.
//!
//! They read the pages actually served, keep cookies per host, follow redirects, and run no script.
//! For demos without a browser, and for tests.

mod form;

use std::collections::HashMap;
use std::time::Duration;

use ureq::http::{Request, Response, header};
use url::{Url, form_urlencoded};

use crate::client::{Client, NoAnswer};
use form::Form;

/// More pages than any sign-in has.
const MAX_PAGES: usize = 20;

/// What the person does on the sign-in page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Factor {
    /// A password alone
    Password,
    /// A password and a one-time code
    Code,
    /// A security key
    Key,
    /// None: the user declines
    Decline,
}

impl Factor {
    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Key => "key",
            Self::Decline => "decline",
        }
    }
}

/// The last page the person saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInOutcome {
    /// Its HTTP status.
    pub status: u16,
    /// Its title.
    pub title: String,
    /// Its address, without the query.
    pub url: String,
    /// Whether a sign-in page was shown at all: a session may have made it needless.
    pub asked: bool,
}

/// Why the person gave up.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// A page could not be loaded.
    #[error("a page could not be loaded")]
    NoAnswer(#[from] NoAnswer),
    /// An address on the way makes no sense.
    #[error("a page leads to an address that cannot be opened")]
    Address,
    /// The sign-in page came back with an error.
    #[error("the sign-in was not accepted: {0}")]
    NotAccepted(String),
    /// The sign-in page does not offer the factor.
    #[error("the sign-in page does not offer `{0}`")]
    NotOffered(&'static str),
    /// Redirects or forms without end.
    #[error("the sign-in did not end after {MAX_PAGES} pages")]
    Endless,
}

/// Signs in once, with a fresh browser.
pub fn sign_in(url: &str, factor: Factor) -> Result<SignInOutcome, PersonError> {
    Person::default().sign_in(url, factor)
}

/// A person with a browser: cookies stay between pages.
struct Person {
    client: Client,
    cookies: HashMap<String, HashMap<String, String>>,
}

impl Default for Person {
    fn default() -> Self {
        Self {
            client: Client::new(Duration::from_secs(30), None),
            cookies: HashMap::new(),
        }
    }
}

/// The next page to load.
struct Step {
    url: Url,
    /// A form to post, encoded.
    form: Option<String>,
}

impl Person {
    /// Opens `url` and goes on until a page wants nothing more.
    fn sign_in(&mut self, url: &str, factor: Factor) -> Result<SignInOutcome, PersonError> {
        let mut step = Step {
            url: Url::parse(url).map_err(|_| PersonError::Address)?,
            form: None,
        };
        let mut asked = false;
        for _ in 0..MAX_PAGES {
            let page = self.load(&step)?;
            if let Some(url) = target(&page, &step.url)? {
                step = Step { url, form: None };
                continue;
            }
            let html = String::from_utf8_lossy(page.body()).into_owned();
            let Some(form) = Form::first(&html) else {
                return Ok(outcome(&page, &html, &step.url, asked));
            };
            if form.chooses() && asked {
                return Err(PersonError::NotAccepted(form::alert(&html)));
            }
            asked |= form.chooses();
            step = fill(&form, factor, &step.url)?;
        }
        Err(PersonError::Endless)
    }

    fn load(&mut self, step: &Step) -> Result<Response<Vec<u8>>, PersonError> {
        let host = step.url.host_str().unwrap_or_default().to_owned();
        let jar = self.cookies.entry(host).or_default();
        let cookies: Vec<String> = jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(if step.form.is_some() { "POST" } else { "GET" })
            .uri(step.url.as_str())
            .header(header::ACCEPT, "text/html");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if step.form.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let body = step.form.clone().unwrap_or_default().into_bytes();
        let request = request.body(body).map_err(|_| PersonError::Address)?;
        let page = self.client.send(request)?;
        for cookie in page.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap_or_default().split(';').next();
            if let Some((name, value)) = pair.and_then(|pair| pair.split_once('=')) {
                jar.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
        Ok(page)
    }
}

/// Where a redirect leads; none of ours needs the method kept.
fn target(page: &Response<Vec<u8>>, from: &Url) -> Result<Option<Url>, PersonError> {
    if !matches!(page.status().as_u16(), 301..=303) {
        return Ok(None);
    }
    let location = page.headers().get(header::LOCATION);
    location
        .and_then(|location| location.to_str().ok())
        .and_then(|location| from.join(location).ok())
        .map(Some)
        .ok_or(PersonError::Address)
}

/// Fills a form in: what it holds already, and the button of the factor if it has such buttons.
fn fill(form: &Form, factor: Factor, page: &Url) -> Result<Step, PersonError> {
    let mut fields = form_urlencoded::Serializer::new(String::new());
    fields.extend_pairs(&form.fields);
    if form.chooses() {
        if !form.offers(factor.name()) {
            return Err(PersonError::NotOffered(factor.name()));
        }
        fields.append_pair("factor", factor.name());
    }
    let mut url = page.join(&form.action).map_err(|_| PersonError::Address)?;
    let fields = fields.finish();
    if form.posts {
        return Ok(Step {
            url,
            form: Some(fields),
        });
    }
    url.set_query(Some(&fields));
    Ok(Step { url, form: None })
}

fn outcome(page: &Response<Vec<u8>>, html: &str, url: &Url, asked: bool) -> SignInOutcome {
    let mut url = url.clone();
    url.set_query(None);
    SignInOutcome {
        status: page.status().as_u16(),
        title: form::title(html),
        url: url.into(),
        asked,
    }
}

/// The fields of the first form of a page, for tests that fill it in themselves.
#[cfg(test)]
pub(crate) fn fields(html: &str) -> Option<Vec<(String, String)>> {
    Form::first(html).map(|form| form.fields)
}
