//! The authorization endpoint: refuse, ask the person, or answer at once from a session.
//!
//! RFC 6749 section 4.1, OIDC Core section 3.1.2, RFC 9207 for `iss` in every response.

use url::Url;

use super::ask::{Ask, ResponseMode, ReturnPath};
use super::desk::SignIn;
use super::{Provider, pages};
use crate::sandbox::basics::{locked, now};
use crate::sandbox::http::{Call, Params, Reply};

impl Provider {
    pub(super) fn authorize(&self, call: &Call, params: &Params) -> Reply {
        match self.pushed(params) {
            // Only what was pushed counts (RFC 9126 section 4).
            Ok(Some(pushed)) => self.begin(call, &pushed, true),
            Ok(None) => self.begin(call, params, false),
            Err(why) => pages::problem(400, "This sign-in cannot start", why),
        }
    }

    fn begin(&self, call: &Call, params: &Params, pushed: bool) -> Reply {
        let back = match ReturnPath::read(params, &self.clients) {
            Ok(back) => back,
            // Never a redirect to a place that nobody registered (RFC 6749 §4.1.2.1).
            Err(why) => return pages::problem(400, "This sign-in cannot start", why),
        };
        if let Some(code) = self.switches.text("authorize_error") {
            let description = self.switches.text("authorize_error_description");
            return self.refuse(&back, code, description.unwrap_or("as the switch demands"));
        }
        if self.demands_pushed() && !pushed {
            return self.refuse(&back, "invalid_request", "requests must be pushed");
        }
        match Ask::read(params, back.clone()) {
            Ok(ask) => self.consider(call, ask),
            Err((code, description)) => self.refuse(&back, code, description),
        }
    }

    /// A session that already satisfies the request answers without a page (OIDC Core §3.1.2.3).
    fn consider(&self, call: &Call, ask: Ask) -> Reply {
        let session = call
            .cookie(&self.cookie)
            .and_then(|cookie| locked(&self.desk).session(cookie));
        match session {
            Some(sign_in) if suffices(&sign_in, &ask) => self.succeed(ask, sign_in),
            _ if ask.prompts("none") => self.refuse(
                &ask.back,
                "login_required",
                "nobody is signed in strongly enough",
            ),
            _ => {
                let number = locked(&self.desk).open(ask.clone());
                self.ask_person(200, &number, &ask, None)
            }
        }
    }

    /// The person is known: hand out a code, unless what is essential is not reached.
    pub(super) fn succeed(&self, ask: Ask, sign_in: SignIn) -> Reply {
        let back = ask.back.clone();
        if let Some((code, description)) = ask.unmet(sign_in.level) {
            return self.refuse(&back, code, description);
        }
        let code = locked(&self.desk).code(ask, sign_in);
        self.respond(&back, vec![("code", code)])
    }

    /// An error response to the client (RFC 6749 §4.1.2.1).
    pub(super) fn refuse(&self, back: &ReturnPath, code: &str, description: &str) -> Reply {
        self.respond(
            back,
            vec![
                ("error", code.to_owned()),
                ("error_description", description.to_owned()),
            ],
        )
    }

    fn respond(&self, back: &ReturnPath, mut fields: Vec<(&str, String)>) -> Reply {
        if let Some(state) = self.state(back) {
            fields.push(("state", state));
        }
        match self.switches.text("response_iss") {
            Some("none") => {}
            Some(_) => fields.push(("iss", format!("{}1", self.issuer()))),
            None => fields.push(("iss", self.issuer().to_owned())), // B4, RFC 9207 §2
        }
        if back.mode == ResponseMode::FormPost {
            return pages::form_post(&back.redirect_uri, &fields);
        }
        match Url::parse(&back.redirect_uri) {
            Ok(mut url) => {
                url.query_pairs_mut().extend_pairs(&fields);
                Reply::redirect(303, url.as_str()).header("Referrer-Policy", "no-referrer")
            }
            Err(_) => pages::problem(
                400,
                "This sign-in cannot end",
                "The redirect URI is broken.",
            ),
        }
    }

    fn state(&self, back: &ReturnPath) -> Option<String> {
        match self.switches.text("response_state") {
            Some("none") => None,
            Some(_) => back.state.as_ref().map(|state| format!("{state}1")),
            None => back.state.clone(),
        }
    }
}

/// Whether a session spares the person another sign-in.
fn suffices(sign_in: &SignIn, ask: &Ask) -> bool {
    let fresh = ask
        .max_age
        .is_none_or(|age| age > 0 && now() - sign_in.auth_time <= age);
    fresh && !ask.prompts("login") && ask.is_met_by(sign_in.level)
}
