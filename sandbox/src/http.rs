//! A request as the two servers read it, and a reply as they write it. RFC 9110, and RFC 6749 section
//! 3.1 for parameters. Knows neither tokens nor tasks.

use serde_json::Value;
use url::form_urlencoded;

/// One request, read completely.
pub(crate) struct Call {
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    pub(crate) query: Params,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut headers = headers.iter();
    let found = headers.find(|(field, _)| field.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

impl Call {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The body as form parameters; empty if it is not a form.
    pub(crate) fn form(&self) -> Params {
        let is_form = self
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if is_form {
            Params::parse(&self.body)
        } else {
            Params::default()
        }
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .filter(|(field, _)| field.eq_ignore_ascii_case("cookie"))
            .flat_map(|(_, value)| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// The credential after this `Authorization` scheme (schemes have no case, RFC 9110 §11.1).
    pub(crate) fn authorization(&self, scheme: &str) -> Option<&str> {
        let (given, credential) = self.header("authorization")?.split_once(' ')?;
        given
            .eq_ignore_ascii_case(scheme)
            .then(|| credential.trim())
    }
}

/// Decoded name-value pairs of a query or a form.
#[derive(Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The value of a parameter; one without a value counts as omitted (RFC 6749 §3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A name that occurs twice, which RFC 6749 §3.1 forbids.
    pub(crate) fn repeated(&self) -> Option<&str> {
        self.0.iter().enumerate().find_map(|(index, (name, _))| {
            let again = self
                .0
                .iter()
                .skip(index + 1)
                .any(|(other, _)| other == name);
            again.then_some(name.as_str())
        })
    }
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// The task whose approval this answer accepts; for the log, never sent.
    pub(crate) approved: Option<String>,
    /// Break the connection instead of answering.
    pub(crate) broken: bool,
}

impl Reply {
    pub(crate) fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", media_type.to_owned())],
            body: body.into(),
            approved: None,
            broken: false,
        }
    }

    /// A JSON answer that nobody may store.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string()).header("Cache-Control", "no-store")
    }

    /// An HTML answer without any protection headers: what a proxy or a web app might send.
    pub(crate) fn html(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "text/html; charset=utf-8", body)
    }

    /// A redirect; 303 where a form was posted (RFC 9700 §4.12), 302 elsewhere.
    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, "text/plain", "")
            .header("Location", location)
            .header("Cache-Control", "no-store")
    }

    /// 405 with what would be allowed.
    pub(crate) fn method_not_allowed(allow: &str) -> Self {
        Self::new(405, "text/plain", "method not allowed\n").header("Allow", allow)
    }

    /// A valid JSON document of 50 MB: more than a client should be willing to read.
    pub(crate) fn huge() -> Self {
        let mut body = vec![b' '; 50_000_000];
        body.extend_from_slice(b"{}");
        Self::new(200, "application/json", body)
    }

    #[must_use]
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
