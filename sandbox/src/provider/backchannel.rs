//! The backchannel (OpenID CIBA Core 1.0, poll mode; providers.md, A10 and B13): a client asks, the person
//! answers on a page that stands for their telephone, the client polls.
//!
//! What a binding message may hold, and how long, is decided here by the strictest provider that was looked at.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::ask::Ask;
use super::client::Client;
use super::errors::{OAuthError, failure};
use super::levels::Level;
use super::personality::{BackchannelRules, SignInDecision};
use super::sign_in::check;
use super::store::{Grant, SignIn, Waiting};
use super::{Provider, pages};
use crate::basics::{locked, now, random};
use crate::http::{Call, Params, Reply};
use crate::page::problem;
use crate::people::Person;

/// What `slow_down` adds (B13.6).
const SLOWER: Duration = Duration::from_secs(5);

/// Seconds that a request is good unless the client or a switch says otherwise.
const LIFETIME: u64 = 300;

/// Longest binding message, characters.
const LONGEST: usize = 20;

impl Provider {
    /// Whether the endpoint is there.
    pub(super) fn has_backchannel(&self) -> bool {
        self.persona.backchannel.is_some() && !self.switches.is("backchannel", "no-endpoint")
    }

    /// `POST /bc-authorize` (CIBA section 7.1).
    pub(super) fn backchannel(&self, call: &Call) -> Reply {
        let Some(rules) = self.persona.backchannel else {
            return Reply::json(404, &json!({"error": "not_found"}));
        };
        if let Some(code) = self.switches.text("backchannel_error") {
            let status = match code {
                "invalid_client" => 401,
                "access_denied" => 403,
                _ => 400,
            };
            let body = json!({"error": code, "error_description": "as the switch demands"});
            return Reply::json(status, &body);
        }
        if self.switches.is("backchannel", "500") {
            return Reply::json(500, &json!({"error": "server_error"}));
        }
        let form = call.form();
        let client = match self.client(call, &form) {
            Ok(client) => client,
            Err(refused) => return refused,
        };
        if client == Client::Public {
            let (status, code, told) = rules.public;
            return Reply::json(status, &json!({"error": code, "error_description": told}));
        }
        match self.taken(client, &form) {
            Ok(body) => Reply::json(200, &body),
            Err((code, told)) => failure(code, told),
        }
    }

    fn taken(&self, client: Client, form: &Params) -> Result<Value, OAuthError> {
        let rules = self.persona.backchannel;
        let rules = rules.unwrap_or(&BackchannelRules::CORE);
        let ask = Ask::backchannel(form, client)?;
        let mut ask = ask.asking_for(self.details(form)?);
        if !rules.acr {
            ask.acr_values.clear();
        }
        let person = self.hinted(form, rules)?;
        let binding_message = binding_message(form)?;
        let (parameter, longest) = rules.expiry;
        let lifetime = match form.get(parameter).map(str::parse) {
            None => self.switches.number("backchannel_lifetime_s"),
            Some(Ok(seconds)) if (1..=longest).contains(&seconds) => {
                let own = self.switches.number("backchannel_lifetime_s");
                Some(own.map_or(seconds, |own| own.min(seconds)))
            }
            Some(_) => return Err(("invalid_request", "the expiry is no time that is allowed")),
        };
        let lifetime = lifetime.unwrap_or(LIFETIME);
        let interval = self.switches.number("backchannel_interval_s").unwrap_or(5);
        let auth_req_id = random(40);
        let waiting = Waiting {
            ask,
            person,
            binding_message,
            number: random(32),
            since: Instant::now(),
            until: Instant::now() + Duration::from_secs(lifetime),
            interval: Duration::from_secs(interval),
            asked: None,
            answer: None,
        };
        locked(&self.store).wait(auth_req_id.clone(), waiting);
        let mut body =
            json!({"auth_req_id": auth_req_id, "expires_in": lifetime, "interval": interval});
        let left_out = match self.switches.text("backchannel") {
            Some("no-id") => Some("auth_req_id"),
            Some("no-expiry") => Some("expires_in"),
            _ => None,
        };
        if let (Some(name), Some(members)) = (left_out, body.as_object_mut()) {
            members.remove(name);
        }
        Ok(body)
    }

    /// The person of the one hint there must be (B13.1).
    fn hinted(&self, form: &Params, rules: &BackchannelRules) -> Result<Person, OAuthError> {
        let hints = ["login_hint", "login_hint_token", "id_token_hint"];
        let given: Vec<_> = hints
            .into_iter()
            .filter(|name| form.get(name).is_some())
            .collect();
        match given.as_slice() {
            ["login_hint"] => form
                .get("login_hint")
                .and_then(|hint| self.hinted_at(hint))
                .cloned()
                .ok_or((rules.unknown, "there is no such person here")),
            [_] => Err(("invalid_request", "this hint is not understood here")),
            _ => Err(("invalid_request", "there must be exactly one hint")),
        }
    }

    /// The person of a hint in the one form that is understood.
    fn hinted_at(&self, hint: &str) -> Option<&Person> {
        let by_username = |name: &str| {
            self.people
                .named(name)
                .filter(|person| person.username == name)
        };
        match self.switches.text("backchannel_hint") {
            Some("username") => by_username(hint),
            Some(_) => {
                let object: Value = serde_json::from_str(hint).ok()?;
                by_username(object.get("username")?.as_str()?)
            }
            None => self.people.named(hint),
        }
    }

    /// A poll at the token endpoint (CIBA sections 10.1 and 11).
    pub(super) fn backchannel_token(
        &self,
        client: Client,
        form: &Params,
    ) -> Result<(Box<Grant>, String), OAuthError> {
        let id = form.get("auth_req_id");
        let id = id.ok_or(("invalid_request", "auth_req_id is missing"))?;
        let rules = self.persona.backchannel.unwrap_or(&BackchannelRules::CORE);
        let mut store = locked(&self.store);
        let waiting = store
            .waiting(id)
            .filter(|waiting| waiting.ask.back.client == client)
            .ok_or((rules.gone, "the auth_req_id is unknown, or was used"))?;
        let now = Instant::now();
        if now >= waiting.until || self.switches.is("backchannel", "expired") {
            return Err(("expired_token", "the request has expired"));
        }
        let before = waiting.asked.replace(now);
        let early = before.is_some_and(|before| now - before < waiting.interval);
        let first = before.is_none() && self.switches.is("backchannel", "slow-down");
        if early || first {
            waiting.interval += SLOWER;
            return Err(("slow_down", "poll less often"));
        }
        match waiting.answer.clone() {
            None => Err(("authorization_pending", "the person has not answered yet")),
            Some(Err(refusal)) => Err(refusal),
            Some(Ok(sign_in)) => {
                let mut ask = waiting.ask.clone();
                ask.auth_req_id = match self.switches.text("auth_req_id") {
                    Some("right") => Some(id.to_owned()),
                    Some(_) => Some(format!("{id}1")),
                    None => None,
                };
                store.finish_waiting(id);
                Ok((Box::new(Grant::new(ask, sign_in)), random(24)))
            }
        }
    }

    /// `GET /phone`: what waits for an answer.
    pub(super) fn phone(&self) -> Reply {
        self.shown(200, None)
    }

    /// `POST /phone`: an answer.
    pub(super) fn answered(&self, form: &Params) -> Reply {
        let number = form.get("request").unwrap_or_default();
        let asked = locked(&self.store)
            .numbered(number)
            .map(|waiting| (waiting.ask.clone(), waiting.person.clone()));
        let Some((ask, person)) = asked else {
            return problem(
                400,
                "This request is over",
                "It was answered already, or it has expired.",
            );
        };
        let answer = if form.get("factor") == Some("decline") {
            Err(("access_denied", "the person refused"))
        } else {
            match check(&self.people, &self.factors, form) {
                Ok((who, level)) if who == person => {
                    self.allowed(&ask, self.signed_in(person, level))
                }
                Ok(_) => return self.shown(400, Some("This request is for somebody else.")),
                Err(why) => return self.shown(400, Some(why)),
            }
        };
        let title = match answer {
            Ok(_) => "Allowed",
            Err(_) => "Refused",
        };
        if let Some(waiting) = locked(&self.store).numbered(number) {
            waiting.answer = Some(answer);
        }
        pages::phone_answered(title)
    }

    /// A new sign-in, unless an earlier one is taken for it (`session=kept`).
    fn signed_in(&self, person: Person, level: Level) -> SignIn {
        let mut store = locked(&self.store);
        if self.switches.is("session", "kept")
            && let Some(first) = store.first_sign_in()
        {
            return first;
        }
        let sign_in = SignIn {
            person,
            level,
            auth_time: now(),
            silent: false,
        };
        store.remember(sign_in.clone());
        sign_in
    }

    /// What the client gets of it; a policy, or the demand, may speak against it.
    fn allowed(&self, ask: &Ask, sign_in: SignIn) -> Result<SignIn, OAuthError> {
        if let Some(policy) = self.switches.text("policy") {
            return Err(self.persona.blocked(policy));
        }
        match self.persona.reached(ask, &sign_in) {
            SignInDecision::Granted(_) => Ok(sign_in),
            SignInDecision::Refused((_, told)) | SignInDecision::Page((_, told)) => {
                Err(("access_denied", told))
            }
        }
    }

    fn shown(&self, status: u16, error: Option<&str>) -> Reply {
        let store = locked(&self.store);
        pages::phone(
            status,
            &store.open_waiting(),
            &self.persona,
            &self.factors,
            error,
        )
    }
}

fn binding_message(form: &Params) -> Result<String, OAuthError> {
    let message = form.get("binding_message").unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._+/!?#".contains(c);
    if message.len() > LONGEST || !message.chars().all(plain) {
        return Err((
            "invalid_binding_message",
            "at most 20 letters, digits and -._+/!?#",
        ));
    }
    Ok(message.to_owned())
}
