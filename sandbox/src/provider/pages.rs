//! The provider's pages for people who sign in, and for the built-in person.

use std::fmt::Write as _;

use url::Url;

use super::ask::Ask;
use super::details::Details;
use super::levels::{Level, UNKNOWN, in_words};
use super::personality::{Persona, SignInDecision};
use super::store::{SignIn, Waiting};
use crate::basics::{now, random};
use crate::http::Reply;
use crate::page::{alert, document, escape};
use crate::people::{Factors, Person};

pub(super) struct SignInPage<'a> {
    pub(super) number: &'a str,
    pub(super) ask: &'a Ask,
    pub(super) persona: &'a Persona,
    pub(super) person: &'a Person,
    pub(super) username: &'a str,
    pub(super) factors: &'a Factors,
    pub(super) error: Option<&'a str>,
}

/// The sign-in page: who asks, what is demanded, and the ways to sign in.
pub(super) fn sign_in(status: u16, page: &SignInPage) -> Reply {
    let body = format!(
        "{error}{approving}<dl>{facts}</dl>\n\
         <form method=\"post\" action=\"/sign-in\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{number}\">\n{buttons}{fields}</form>",
        error = page.error.map(alert).unwrap_or_default(),
        approving = approving(page.ask),
        facts = facts(page.ask),
        number = escape(page.number),
        fields = fields(page.username, page.factors, page.error.is_some()),
        buttons = buttons(page),
    );
    document(
        status,
        "Sign in",
        &body,
        &form_action(&page.ask.back.redirect_uri),
        None,
    )
}

/// The person's own device, as a page: the oldest request that waits, with the words that the terminal shows too.
pub(super) fn phone(
    status: u16,
    waiting: &[&Waiting],
    persona: &Persona,
    factors: &Factors,
    error: Option<&str>,
) -> Reply {
    let mut body = error.map(alert).unwrap_or_default();
    if waiting.is_empty() {
        body += "<p>No pending requests.</p>";
    }
    if let Some(one) = waiting.first() {
        let page = SignInPage {
            number: &one.number,
            ask: &one.ask,
            persona,
            person: &one.person,
            username: &one.person.username,
            factors,
            error: None,
        };
        let _ = write!(
            body,
            "<p>Allow this only if your terminal shows the same words:</p>\n\
             <p class=\"words\"><strong>{words}</strong></p>\n{approving}<dl>{facts}</dl>\n\
             <form method=\"post\" action=\"/phone\">\n\
             <input type=\"hidden\" name=\"request\" value=\"{number}\">\n{buttons}{fields}</form>",
            words = escape(&one.binding_message),
            approving = approving(&one.ask),
            facts = facts(&one.ask),
            number = escape(&one.number),
            fields = fields(&one.person.username, factors, error.is_some()),
            buttons = buttons(&page),
        );
        if waiting.len() > 1 {
            let _ = write!(body, "<p>After it: {} more.</p>", waiting.len() - 1);
        }
    }
    document(status, "On your phone", &body, "form-action 'self'; ", None)
}

pub(super) fn phone_answered(title: &str) -> Reply {
    let body = "<p>You can put the phone away; the terminal goes on.</p>";
    document(200, title, body, "form-action 'none'; ", None)
}

/// Sends the browser on after a click: whoever was asked nothing sees at least where they are sent.
pub(super) fn confirm(redirect_uri: &str, fields: &[(&str, String)]) -> Reply {
    let inputs = hidden(fields);
    let body = format!(
        "<p>You are signed in already. Go on to <code>{}</code>?</p>\n\
         <form method=\"get\" action=\"{}\">\n{inputs}<button class=\"meets\">Accept</button>\n</form>",
        escape(&host(redirect_uri)),
        escape(redirect_uri)
    );
    document(
        200,
        "Authorize this app",
        &body,
        &form_action(redirect_uri),
        None,
    )
}

/// What the sign-in is for, where the client says it (RFC 9396).
fn approving(ask: &Ask) -> String {
    ask.details.as_ref().map(Details::shown).unwrap_or_default()
}

fn facts(ask: &Ask) -> String {
    let fact = |term: &str, description: &str| format!("<dt>{term}</dt><dd>{description}</dd>\n");
    let back = &ask.back;
    let mut facts = fact(
        "Who asks",
        &format!("{} (<code>{}</code>)", back.client.name(), back.client.id()),
    );
    if !ask.is_backchannel() {
        if ask.details.is_none() {
            // The request does not say it.
            facts += &fact("What for", "Your terminal shows it");
        }
        facts += &fact(
            "Answer goes to",
            &format!("<code>{}</code>", escape(&host(&back.redirect_uri))),
        );
    }
    let demanded: Vec<String> = ask
        .acr_values
        .iter()
        .map(|acr| format!("{} (<code>{}</code>)", in_words(acr), escape(acr)))
        .collect();
    facts += &match demanded.as_slice() {
        [] if !ask.contexts.is_empty() => {
            let contexts = escape(&ask.contexts.join(" or "));
            fact("Required context", &format!("<code>{contexts}</code>"))
        }
        [] => fact("Required", "Any way to sign in"),
        some => fact("Required", &capitalized(&some.join(", or<br>"))),
    };
    if let Some(age) = ask.max_age {
        let age = match age {
            0 => "A new sign-in (<code>max_age=0</code>)".to_owned(),
            age => format!("At most {age} seconds old (<code>max_age={age}</code>)"),
        };
        facts += &fact("Freshness", &age);
    }
    facts
}

/// As a sentence begins.
fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// User name, password and code, filled in with what this sandbox takes: folded away, unless they are to be looked at.
pub(crate) fn fields(username: &str, factors: &Factors, open: bool) -> String {
    let field = |name: &str, label: &str, hint: &str, value: &str, more: &str| {
        format!(
            "<label for=\"{name}\">{label}<small>{hint}</small></label>\n\
             <input id=\"{name}\" name=\"{name}\" value=\"{}\" autocapitalize=\"none\" spellcheck=\"false\" {more}>\n",
            escape(value)
        )
    };
    let here = |value: &str| format!("In this sandbox: <code>{}</code>", escape(value));
    let (password, code) = (&factors.password, &factors.code);
    let fields = field(
        "username",
        "Username",
        "Mira Chen, the approver, is <code>mira.chen</code>",
        username,
        "autocomplete=\"username\"",
    ) + &field(
        "password",
        "Password",
        &here(password),
        password,
        "type=\"password\" autocomplete=\"off\"",
    ) + &field(
        "code",
        "One-time code",
        &here(code),
        code,
        "inputmode=\"numeric\" autocomplete=\"one-time-code\"",
    );
    let open = if open { " open" } else { "" };
    format!(
        "<details{open}><summary>Use another user, password or code</summary>\n{fields}</details>\n"
    )
}

fn buttons(page: &SignInPage) -> String {
    let ways = [
        ("key", "Security key (simulated)", Level::SecurityKey),
        ("code", "Password and one-time code", Level::PasswordAndCode),
        ("password", "Password", Level::Password),
    ];
    let mut ways = ways.map(|(value, label, level)| (value, label, outlook(page, level)));
    // A form sends its first button when Enter is pressed in a field: one that is strong enough, if there is one.
    ways.sort_by_key(|(.., (meets, _))| !meets);
    let mut buttons = format!("<fieldset>{}\n", legend(page.username));
    for (value, label, (meets, counts)) in ways {
        let (class, verdict) = if meets {
            ("meets", "Meets the requirement")
        } else {
            ("short", "Does not meet the requirement")
        };
        let _ = writeln!(
            buttons,
            "<button name=\"factor\" value=\"{value}\" class=\"{class}\">{label}\
             <small>{verdict}; {counts}</small></button>",
        );
    }
    buttons
        + "<button name=\"factor\" value=\"decline\">Decline<small>Nothing is approved</small></button>\n</fieldset>\n"
}

/// Who signs in if nothing is typed.
pub(crate) fn legend(username: &str) -> String {
    let username = escape(username);
    format!("<legend>Sign in as <code>{username}</code> with</legend>")
}

/// What a sign-in at this level would come to.
fn outlook(page: &SignInPage, level: Level) -> (bool, String) {
    let sign_in = SignIn {
        person: page.person.clone(),
        level,
        auth_time: now(),
        silent: false,
    };
    match page.persona.reached(page.ask, &sign_in) {
        SignInDecision::Granted(assurance) => {
            let acr = assurance.acr.unwrap_or_default();
            let counts = match in_words(&acr) {
                _ if acr.is_empty() => "the answer has no acr".to_owned(),
                UNKNOWN => format!("counts as <code>{}</code>", escape(&acr)),
                words => format!("counts as {words}"),
            };
            (assurance.meets, counts)
        }
        SignInDecision::Refused((code, _)) => (false, format!("answered with <code>{code}</code>")),
        SignInDecision::Page(_) => (false, "answered with a page, and nothing else".to_owned()),
    }
}

/// What a form sends without showing it.
fn hidden(fields: &[(&str, String)]) -> String {
    let mut inputs = String::new();
    for (name, value) in fields {
        let (name, value) = (escape(name), escape(value));
        let _ = writeln!(
            inputs,
            "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
        );
    }
    inputs
}

/// The page of `response_mode=form_post`: submits itself, or waits for a click where script is off.
pub(super) fn form_post(redirect_uri: &str, fields: &[(&str, String)]) -> Reply {
    let nonce = random(22);
    let inputs = hidden(fields);
    let body = format!(
        "<form method=\"post\" action=\"{}\">\n{inputs}<button class=\"meets\">Continue</button>\n</form>\n\
         <script nonce=\"{nonce}\">document.forms[0].submit()</script>",
        escape(redirect_uri)
    );
    document(
        200,
        "Back to the terminal",
        &body,
        &form_action(redirect_uri),
        Some(&nonce),
    )
}

/// The start page, for whoever opens the issuer's URL.
pub(super) fn home(issuer: &str) -> Reply {
    let body = format!(
        "<p>This is the OpenID provider <code>{}</code>. To sign in here, run \
         <code>stepup approve 4211</code> in a terminal that uses the sandbox's configuration.</p>",
        escape(issuer)
    );
    document(200, "stepup sandbox", &body, "form-action 'none'; ", None)
}

/// Chromium holds every redirect after a form to `form-action`, so the client's listener has to be in it.
/// An IPv6 host cannot be written in a policy; then the directive is left out.
fn form_action(redirect_uri: &str) -> String {
    match Url::parse(redirect_uri) {
        Ok(url) if !redirect_uri.contains('[') => {
            format!(
                "form-action 'self' {}; ",
                url.origin().ascii_serialization()
            )
        }
        _ => String::new(),
    }
}

fn host(uri: &str) -> String {
    Url::parse(uri).map_or_else(|_| uri.to_owned(), |url| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_on_a_page_begins_as_a_sentence_does() {
        for (words, shown) in [
            ("a key, or<br>a code", "A key, or<br>a code"),
            ("A new sign-in", "A new sign-in"),
            ("<code>c1</code>", "<code>c1</code>"),
            ("", ""),
        ] {
            assert_eq!(capitalized(words), shown);
        }
    }
}
