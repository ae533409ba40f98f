//! What every page has: plain semantic HTML that works without script, in the dark, on a phone, with a screen reader,
//! and for the built-in person.
//!
//! Everything from outside is escaped. Each page says that it is a sandbox. RFC 9700 section 4.16 and
//! RFC 6749 section 10.13 for the headers.

use super::basics::random;
use super::http::Reply;

const STYLE: &str = include_str!("page.css");

/// Any page: its title, its body, what its forms may lead to, and the nonce of its script.
pub(crate) fn document(
    status: u16,
    title: &str,
    body: &str,
    form_action: &str,
    script: Option<&str>,
) -> Reply {
    let style = random(22);
    let script = script
        .map(|nonce| format!("script-src 'nonce-{nonce}'; "))
        .unwrap_or_default();
    let title = escape(title);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} - stepup sandbox</title>\n<link rel=\"icon\" href=\"data:,\">\n\
         <style nonce=\"{style}\">\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <p class=\"sandbox\">The stepup sandbox: nothing here is real or leaves this machine.</p>\n\
         <h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    );
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{style}'; img-src data:; {script}{form_action}\
         base-uri 'none'; frame-ancestors 'none'"
    );
    Reply::html(status, page)
        .header("Content-Security-Policy", policy)
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff")
}

/// A page for a request that cannot be answered to the client.
pub(crate) fn problem(status: u16, title: &str, text: &str) -> Reply {
    let body = format!("<p class=\"error\" role=\"alert\">{}</p>", escape(text));
    document(status, title, &body, "form-action 'none'; ", None)
}

/// What went wrong.
pub(crate) fn alert(error: &str) -> String {
    format!("<p class=\"error\" role=\"alert\">{}</p>\n", escape(error))
}

/// Text as HTML, safe in elements and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}
