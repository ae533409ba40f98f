//! The authorization endpoint: refuse, ask the person, or answer at once from a session.
//!
//! RFC 6749 section 4.1, OIDC Core section 3.1.2, RFC 9207 for `iss` in every response.

use url::Url;

use super::ask::{Ask, ResponseMode, ReturnPath};
use super::errors::OAuthError;
use super::levels::Level;
use super::personality::{SignInDecision, notice};
use super::store::SignIn;
use super::{Provider, pages};
use crate::basics::{locked, now, random};
use crate::http::{Call, Params, Reply};
use crate::page::problem;

impl Provider {
    pub(super) fn authorize(&self, call: &Call, params: &Params) -> Reply {
        match self.pushed(params) {
            // Only what was pushed counts (RFC 9126 section 4).
            Ok(Some(pushed)) => self.begin(call, &pushed, true),
            Ok(None) => self.begin(call, params, false),
            Err(why) => problem(400, "This sign-in cannot start", why),
        }
    }

    fn begin(&self, call: &Call, params: &Params, pushed: bool) -> Reply {
        let back = match self.clients.return_path(params, &self.persona) {
            Ok(back) => back,
            // Never a redirect to a place that nobody registered (RFC 6749 §4.1.2.1).
            Err(why) => return self.persona.cannot_start(why),
        };
        let spared = prompts_login(params) && self.switches.is("authorize_error_until", "login");
        if !spared && let Some(code) = self.error_of("authorize_error") {
            let description = self.switches.text("authorize_error_description");
            return self.refuse(&back, code, description.unwrap_or("as the switch demands"));
        }
        if self.demands_pushed() && !pushed {
            return self.refuse(&back, "invalid_request", "requests must be pushed");
        }
        match self.asked(params, back.clone()) {
            Ok(ask) => self.consider(call, ask),
            Err((code, description)) => self.refuse(&back, code, description),
        }
    }

    /// The whole request.
    pub(super) fn asked(&self, params: &Params, back: ReturnPath) -> Result<Ask, OAuthError> {
        let ask = Ask::read(params, back)?;
        Ok(ask.asking_for(self.details(params)?))
    }

    /// A session that already satisfies the request answers without a page (OIDC Core §3.1.2.3).
    fn consider(&self, call: &Call, ask: Ask) -> Reply {
        if let Some(page) = self.persona.unacceptable(&ask) {
            return page;
        }
        match self.session(call) {
            Some(sign_in) if self.sticky(&ask) || self.persona.suffices(&sign_in, &ask) => {
                self.succeed(ask, sign_in)
            }
            _ if ask.prompts("none") => self.refuse(
                &ask.back,
                "login_required",
                "nobody is signed in strongly enough",
            ),
            _ => {
                let number = locked(&self.store).open(ask.clone());
                self.ask_person(200, &number, &ask, None)
            }
        }
    }

    /// An earlier sign-in in this browser, or the one that the switch `session` invents.
    fn session(&self, call: &Call) -> Option<SignIn> {
        let known = call
            .cookie(&self.cookie)
            .and_then(|cookie| locked(&self.store).session(cookie));
        let age = match self.switches.text("session") {
            Some("kept") => return locked(&self.store).first_sign_in(),
            Some("earlier") => 120,
            Some("recent") => 7,
            Some("never") | None => return known,
            Some(_) => 3600,
        };
        Some(known.unwrap_or_else(|| SignIn {
            person: self.people.approver.clone(),
            level: Level::SecurityKey,
            auth_time: now() - age,
            silent: true,
        }))
    }

    /// Whether a session answers everything, whatever is demanded.
    fn sticky(&self, ask: &Ask) -> bool {
        match self.switches.text("session") {
            Some("sticky" | "recent" | "kept") => true,
            Some("until-login") => !ask.prompts("login"),
            _ => false,
        }
    }

    /// The person is known: hand out a code, unless a policy or the demand speaks against it.
    pub(super) fn succeed(&self, ask: Ask, sign_in: SignIn) -> Reply {
        let back = ask.back.clone();
        if let Some(policy) = self.error_of("policy") {
            let (code, description) = self.persona.blocked(policy);
            return self.refuse(&back, code, description);
        }
        match self.persona.reached(&ask, &sign_in) {
            SignInDecision::Granted(_) => {}
            SignInDecision::Refused((code, description)) => {
                return self.refuse(&back, code, description);
            }
            SignInDecision::Page(page) => return notice(page),
        }
        let confirms = self.persona.confirms(&sign_in);
        let code = locked(&self.store).code(ask, sign_in);
        let mut fields = vec![("code", code)];
        if self.persona.session_state {
            fields.push(("session_state", random(36)));
        }
        if confirms {
            return self.confirm(&back, fields);
        }
        self.respond(&back, fields)
    }

    /// The person has to agree to where the answer goes (Auth0's non-verifiable callbacks).
    fn confirm(&self, back: &ReturnPath, mut fields: Vec<(&str, String)>) -> Reply {
        fields.extend(self.state(back).map(|state| ("state", state)));
        pages::confirm(&back.redirect_uri, &fields)
    }

    /// An error response to the client (RFC 6749 §4.1.2.1).
    pub(super) fn refuse(&self, back: &ReturnPath, code: &str, description: &str) -> Reply {
        let description = self.persona.words(code, description).into_owned();
        self.respond(
            back,
            vec![
                ("error", code.to_owned()),
                ("error_description", description),
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
            None if !self.persona.iss => {}
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
            Err(_) => problem(
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

fn prompts_login(params: &Params) -> bool {
    let prompt = params.get("prompt").unwrap_or_default();
    prompt.split(' ').any(|word| word == "login")
}
