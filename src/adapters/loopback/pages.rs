//! The pages a browser sees: plain HTML in our words, no script, nothing from elsewhere, and nothing out
//! of a request (B2.14). Text that comes from outside enters through [`ResultPage`] and is escaped.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::adapters::sanitize::harmless;
use crate::domain::excerpt::{TITLE, excerpt};

const STYLE: &str = include_str!("pages.css");

/// What the attempt came to, for the person in the browser.
#[derive(Clone, Debug)]
pub(crate) enum ResultPage {
    /// The attempt succeeded.
    Success {
        /// One sentence.
        heading: String,
        /// What it was about: a task's title. Empty where the heading says it all.
        about: String,
        /// What was done and proven, a paragraph each.
        lines: Vec<String>,
    },
    /// The attempt failed.
    Failure {
        heading: String,
        about: String,
        /// Why it failed.
        reason: String,
        /// What to do now, most useful first.
        next_steps: Vec<String>,
    },
}

/// The `Content-Security-Policy` of every page: nothing, except this one style.
pub(super) fn policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        format!(
            "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'",
            STANDARD.encode(Sha256::digest(STYLE))
        )
    });
    &POLICY
}

/// The result, good or bad. The mark says it in a word and in a sign, not by colour alone.
pub(super) fn result(title: &str, page: &ResultPage) -> String {
    match page {
        ResultPage::Success {
            heading,
            about,
            lines,
        } => {
            let lines: String = lines.iter().map(|line| paragraph(line)).collect();
            let body = subtitle(about) + &lines;
            render(title, "good", "✓ Done", heading, &body)
        }
        ResultPage::Failure {
            heading,
            about,
            reason,
            next_steps,
        } => {
            let steps = match next_steps.as_slice() {
                [] => String::new(),
                [only] => format!("<h2>What to do now</h2>\n{}", paragraph(only)),
                steps => format!("<h2>What to do now</h2>\n{}", ordered(steps)),
            };
            let body = subtitle(about) + &paragraph(reason) + &steps;
            render(title, "bad", "✗ Not done", heading, &body)
        }
    }
}

/// `stepup` ended, or was stopped, before it knew.
pub(super) fn interrupted(title: &str) -> String {
    render(
        title,
        "bad",
        "✗ Not done",
        "stepup stopped before there was a result",
        &paragraph("The terminal says what happened."),
    )
}

/// A request that is not part of the sign-in.
pub(super) fn refusal(status: u16) -> String {
    let (heading, text) = match status {
        400 => (
            "This is not the answer stepup waits for",
            "It belongs to another sign-in, or is incomplete. The sign-in that waits is not affected.",
        ),
        403 => (
            "Open this page by itself",
            "A sign-in does not begin inside another page. The sign-in that waits is not affected.",
        ),
        404 => (
            "Nothing is here",
            "Open the URL that stepup shows in the terminal.",
        ),
        405 => (
            "Not this way",
            "The provider must answer in the way that stepup asked for.",
        ),
        409 => (
            "This sign-in is already finished",
            "Its answer came in before. Nothing was done with this one.",
        ),
        429 => (
            "This page was opened too often",
            "Finish a sign-in that was begun, or run the command again.",
        ),
        431 => (
            "This browser sends too many cookies",
            "Delete its cookies for this address and open this page again, or paste this page's full URL into the \
             terminal. The sign-in that waits is not affected.",
        ),
        502 => (
            "The provider did not take the request",
            "Open the URL that stepup shows in the terminal once more.",
        ),
        _ => (
            "This request cannot be read",
            "The sign-in that waits is not affected.",
        ),
    };
    note(heading, text)
}

/// An answer came back in another browser than its sign-in began in.
pub(super) fn began_elsewhere() -> String {
    note(
        "This sign-in began in another browser",
        "Or this browser lost its cookie. Finish it there, or paste this page's full URL into the terminal. The sign-in \
         that waits is not affected.",
    )
}

/// A second browser, where nobody can be asked whose sign-in counts.
pub(super) fn only_one_browser() -> String {
    note(
        "Another browser has opened this page",
        "Finish there. If that was not you, end the command in the terminal, and run it again.",
    )
}

/// A program of another user of this machine.
pub(super) fn other_user() -> String {
    note(
        "This page is for another user of this machine",
        "Open it as the user who runs stepup.",
    )
}

/// A sign-in that failed, while another may still succeed.
pub(super) fn ended() -> String {
    note(
        "This sign-in has ended",
        "It was not completed. The terminal says why, and still waits for another one.",
    )
}

/// Any program of this machine can ask for these, and learns from none of them what is being approved.
fn note(heading: &str, text: &str) -> String {
    render("", "note", "! Not used", heading, &paragraph(text))
}

fn render(title: &str, class: &str, mark: &str, heading: &str, body: &str) -> String {
    let (title, heading) = (escape(title), escape(heading));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{heading} - stepup</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header><p><strong>stepup</strong> {title}</p></header>\n\
         <main class=\"{class}\">\n<p class=\"mark\">{mark}</p>\n<h1>{heading}</h1>\n{body}</main>\n\
         <footer><p>You can close this tab and go back to the terminal.</p></footer>\n\
         </body>\n</html>\n"
    )
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", prose(&sentence(text)))
}

/// Somebody else's words, as far as a title goes.
fn subtitle(about: &str) -> String {
    match about {
        "" => String::new(),
        about => format!(
            "<p class=\"about\">{}</p>\n",
            escape(&excerpt(about, TITLE))
        ),
    }
}

fn ordered(items: &[String]) -> String {
    let mut html = String::from("<ol>\n");
    for item in items {
        // Writing to a string cannot fail.
        let _ = writeln!(html, "<li>{}</li>", prose(&sentence(item)));
    }
    html + "</ol>\n"
}

/// A line of the terminal as a sentence of a page: with a capital, unless it begins with a name, and a full stop.
fn sentence(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    let named = NAMES.contains(&first) || !first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut sentence = match text.split_at_checked(1) {
        Some((letter, rest)) if !named => letter.to_ascii_uppercase() + rest,
        _ => text.to_owned(),
    };
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?', ':']) {
        sentence.push('.');
    }
    sentence
}

/// Names that lines begin with, and that are written small.
const NAMES: [&str; 8] = [
    "acr", "acrs", "amr", "iss", "nonce", "state", "stepup", "sub",
];

/// Escaped text in which what the terminal shows in backticks is code.
fn prose(text: &str) -> String {
    let escaped = escape(text);
    let parts: Vec<&str> = escaped.split('`').collect();
    if parts.len().is_multiple_of(2) {
        // A backtick without its pair means nothing.
        return escaped;
    }
    let mut html = String::new();
    for (number, part) in parts.iter().enumerate() {
        let _ = match number % 2 {
            0 => write!(html, "{part}"),
            _ => write!(html, "<code>{part}</code>"),
        };
    }
    html
}

fn escape(text: &str) -> String {
    harmless(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::hidden::hide;

    #[test]
    fn a_secret_is_in_no_page_whatever_its_characters() {
        let odd = "pages \"test\" of <odd> & 'characters'";
        hide(odd);
        assert_eq!(escape(&format!("x {odd} y")), "x (hidden) y");
    }

    #[test]
    fn values_in_backticks_become_code_and_stay_escaped() {
        for (text, html) in [
            (
                "needed `phr`, got `<b>`",
                "needed <code>phr</code>, got <code>&lt;b&gt;</code>",
            ),
            ("one ` alone", "one ` alone"),
            ("none", "none"),
        ] {
            assert_eq!(prose(text), html);
        }
    }

    #[test]
    fn a_line_of_the_terminal_becomes_a_sentence() {
        for (line, sentence_of_it) in [
            ("use a security key", "Use a security key."),
            ("run `stepup doctor`", "Run `stepup doctor`."),
            ("`phr` is not met", "`phr` is not met."),
            ("acr was not returned", "acr was not returned."),
            ("auth_time is missing", "auth_time is missing."),
            ("Is it you?", "Is it you?"),
            ("über", "über."),
            ("", ""),
        ] {
            assert_eq!(sentence(line), sentence_of_it);
        }
    }

    #[test]
    fn text_from_outside_is_escaped_and_has_no_control_characters() {
        let hostile = "<script>'\"&\u{1b}[31m\u{202e}";
        let harmless = "&lt;script&gt;&#39;&quot;&amp;[31m";
        let pages = [
            ResultPage::Success {
                heading: hostile.into(),
                about: hostile.into(),
                lines: vec![hostile.into()],
            },
            ResultPage::Failure {
                heading: hostile.into(),
                about: hostile.into(),
                reason: hostile.into(),
                next_steps: vec![hostile.into()],
            },
        ];
        for page in &pages {
            let html = result(hostile, page);
            assert!(html.matches(harmless).count() >= 5, "{html}");
            assert!(!html.contains("<script") && !html.contains(['\u{1b}', '\u{202e}']));
        }
    }

    #[test]
    fn several_next_steps_are_a_list_and_one_is_a_sentence() {
        let page = |steps: &[&str]| {
            let failure = ResultPage::Failure {
                heading: "No".into(),
                about: String::new(),
                reason: "so".into(),
                next_steps: steps.iter().map(|step| (*step).to_owned()).collect(),
            };
            result("", &failure)
        };
        assert!(page(&["do it"]).contains("<p>Do it.</p>") && !page(&["do it"]).contains("<ol>"));
        assert!(page(&["do it", "or this"]).contains("<li>Do it.</li>\n<li>Or this.</li>"));
    }

    #[test]
    fn b2_14_a_page_needs_nothing_that_its_policy_forbids() {
        let failure = ResultPage::Failure {
            heading: "No".into(),
            about: String::new(),
            reason: "so".into(),
            next_steps: Vec::new(),
        };
        let html = result("approve task 4211", &failure);
        let (_, style) = html.split_once("<style>").unwrap();
        let (style, rest) = style.split_once("</style>").unwrap();
        let hash = STANDARD.encode(Sha256::digest(style));
        assert!(
            policy().contains(&format!("style-src 'sha256-{hash}'")),
            "{}",
            policy()
        );
        for forbidden in [
            "<style", "style=", "<script", "<img", "<link", "http:", "https:", "url(",
        ] {
            assert!(
                !rest.contains(forbidden) && !style.contains(forbidden),
                "{forbidden}"
            );
        }
        assert!(html.contains("<html lang=\"en\">") && html.contains("<title>No - stepup</title>"));
        assert!(
            html.contains("✗ Not done"),
            "said in words, not by colour alone"
        );
    }
}
