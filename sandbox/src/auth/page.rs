//! The pages of a device sign-in: who asks, the code to compare, and the ways to sign in.

use crate::http::Reply;
use crate::page::{alert, document, escape};
use crate::people::Factors;
use crate::provider::pages::{fields, legend};

const TO_ITSELF: &str = "form-action 'self'; ";
const TO_NOBODY: &str = "form-action 'none'; ";

/// Asks the person to sign in, or to decline.
pub(super) fn ask(code: &str, username: &str, factors: &Factors, error: Option<&str>) -> Reply {
    let body = format!(
        "{error}<dl><dt>Who asks</dt><dd>A program on one of your devices, to act as you</dd>\n\
         <dt>It shows this code</dt><dd class=\"code\">{code}</dd></dl>\n\
         <p>Continue only if you started it, and the codes are the same.</p>\n\
         <form method=\"post\" action=\"/device\">\n\
         <input type=\"hidden\" name=\"user_code\" value=\"{code}\">\n\
         <fieldset>{legend}\n\
         <button name=\"factor\" value=\"key\" class=\"meets\">Security key (simulated)</button>\n\
         <button name=\"factor\" value=\"code\" class=\"meets\">Password and one-time code</button>\n\
         <button name=\"factor\" value=\"password\" class=\"meets\">Password</button>\n\
         <button name=\"factor\" value=\"decline\">Decline<small>The program stays signed out</small></button>\n\
         </fieldset>\n{fields}</form>",
        error = error.map(alert).unwrap_or_default(),
        code = escape(code),
        legend = legend(username),
        fields = fields(username, factors, error.is_some()),
    );
    let status = if error.is_some() { 400 } else { 200 };
    document(status, "Connect a device", &body, TO_ITSELF, None)
}

/// Asks for the code that the program shows.
pub(super) fn enter() -> Reply {
    let body = "<form method=\"get\" action=\"/device\">\n\
         <label for=\"user_code\">The code that the program shows</label>\n\
         <input id=\"user_code\" name=\"user_code\" class=\"code\" autocomplete=\"off\" required autofocus>\n\
         <button class=\"meets\">Continue</button>\n</form>";
    document(200, "Connect a device", body, TO_ITSELF, None)
}

/// The program will be signed in at its next poll.
pub(super) fn approved(name: &str) -> Reply {
    let body = format!(
        "<p>The program is signed in as {}. You can close this page.</p>",
        escape(name)
    );
    document(200, "Signed in", &body, TO_NOBODY, None)
}

/// The program will be refused at its next poll.
pub(super) fn declined() -> Reply {
    let body = "<p>The program stays signed out. You can close this page.</p>";
    document(200, "Declined", body, TO_NOBODY, None)
}

/// Nothing to answer.
pub(super) fn over() -> Reply {
    let body = alert("It was answered already, or there is no such code. Start again.");
    document(400, "This sign-in is over", &body, TO_NOBODY, None)
}
