//! The access-management API: C1's paths, names and quirks (c1.md), with RFC 9470 challenges.
//!
//! Two choices are the sandbox's own and no claim about C1: an approval that needs step-up is answered with
//! a 401 challenge, and the step-up access token itself approves (c1.md 8.6). With `ceremony=hosted` it
//! is C1's public contract instead: the API is the relying party.

mod actions;
mod approval;
mod audit;
mod catalogue;
mod changes;
mod handovers;
mod hosted;
mod hostile_text;
mod kept;
mod paging;
mod people;
mod policies;
mod policy;
mod presented;
mod protected;
mod provider;
mod providers;
mod refusal;
mod requests;
mod requirement;
mod resource;
mod search;
mod seeds;
mod state;
mod step_up;
mod task;
mod transaction;
mod transaction_index;
mod transactions;
mod view;
mod world;

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::basics::{locked, new_id};
use super::http::{Call, Reply};
use super::page::document;
use super::people::Person;
use hosted::meanwhile::noting;
pub(crate) use kept::Hosted;
use presented::Presented;
use refusal::Refusal;
pub(crate) use state::Api;
use state::{ApiResult, Caller, ok, parse};
use task::Kind;
pub(crate) use task::Task;
pub(crate) use world::{Store, World};

impl Api {
    pub(crate) fn answer(&self, call: &Call) -> Reply {
        let mut reply = self.naming_metadata(self.undated(call));
        if let Some(kind) = self.switches.text("hostile_text") {
            let credential = call.header("Authorization").unwrap_or_default();
            reply = hostile_text::spoiled(reply, kind, credential);
        }
        self.switches.dated(reply)
    }

    fn undated(&self, call: &Call) -> Reply {
        if let Some(reply) = self.gateway(call) {
            return reply;
        }
        match self.switches.text("api") {
            Some("500") => Refusal::internal().into_reply(),
            Some("html") => web_app(),
            Some("huge") => Reply::huge(),
            Some("redirect") => Reply::redirect(302, "/elsewhere"),
            Some("429") => self.too_many(),
            Some("401") => Refusal::unauthenticated().into_reply(),
            Some("401-long") => {
                let realm = "sandbox".repeat(4096);
                let header = format!("Bearer realm=\"{realm}\", error=\"invalid_token\"");
                Refusal::challenge("not signed in", header).into_reply()
            }
            _ if self.is_limited(call) => self.too_many(),
            _ if self.is_early("too_many") => self.too_many(),
            _ if self.is_early("unavailable") => Refusal::unavailable().into_reply(),
            _ => self.route(call).unwrap_or_else(Refusal::into_reply),
        }
    }

    /// What an appliance in front of the API answers with (providers.md A12).
    fn gateway(&self, call: &Call) -> Option<Reply> {
        let login = "https://login.other.example/sign-in?relay=s3cret";
        let kind = self.switches.text("gateway")?;
        if !call.path.contains("/action/") {
            return None;
        }
        let page = |status| Reply::html(status, "<!doctype html><title>Sign in</title>");
        Some(match kind {
            "redirect" => Reply::redirect(302, login),
            "403" => page(403),
            _ => page(200),
        })
    }

    /// Whether this request is among the first so many, which it is counted for.
    fn is_early(&self, switch: &str) -> bool {
        let many = self.switches.number(switch).unwrap_or(0);
        many > 0 && self.asked.fetch_add(1, Ordering::Relaxed) < many
    }

    /// `rate`: every method and path of the API is refused once, the token endpoint's too.
    fn is_limited(&self, call: &Call) -> bool {
        let counts = ["/api/v1/", "/auth/v1/"]
            .iter()
            .any(|start| call.path.starts_with(start));
        let request = format!("{} {}", call.method, call.path);
        counts && self.switches.is("rate", "429-once") && self.hosted.is_first(&request)
    }

    fn too_many(&self) -> Reply {
        self.switches
            .retry_after(Refusal::new(429, 8, "too many requests").into_reply())
    }

    fn route(&self, call: &Call) -> ApiResult {
        let page = self.auth.answer(call).or_else(|| self.browser_leg(call));
        let page = page.or_else(|| self.resource_metadata(call));
        if let Some(reply) = page {
            return Ok(reply);
        }
        if call.path == protected::PATH {
            return self.protected(call);
        }
        let Some(path) = call.path.strip_prefix("/api/v1/") else {
            return Ok(web_app());
        };
        let segments: Vec<&str> = path.split('/').collect();
        if segments.contains(&"") {
            // An empty id turns a read into a list (c1.md 1.1).
            let kept: Vec<&str> = segments
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            return Ok(Reply::redirect(301, &format!("/api/v1/{}", kept.join("/"))));
        }
        let caller = self.caller(call)?;
        if self.switches.is("optional", "400") && self.can_be_done_without(&segments, &call.body) {
            return Err(Refusal::invalid("not answered here"));
        }
        match (call.method.as_str(), segments.as_slice()) {
            ("POST", ["tasks", id, "action", action]) => self.act(call, &caller, id, action),
            ("POST", ["step-up", "providers", id, "test"]) => {
                self.test_provider(id, &caller.with_credential()?)
            }
            (method, ["step-up", "providers", rest @ ..]) => {
                caller.with_credential()?;
                self.step_up_providers(method, rest, &call.body)
            }
            (_, ["policies", rest @ ..]) => {
                caller.with_credential()?;
                self.policies(call, rest)
            }
            (method, segments) => self.read(call, &caller.with_credential()?, method, segments),
        }
    }

    /// What says more of an approval, and is not the approval.
    fn can_be_done_without(&self, segments: &[&str], body: &[u8]) -> bool {
        match segments {
            ["search", "tasks"] => {
                parse::<Value>(body).is_ok_and(|asked| asked.get("refs").is_some())
            }
            ["users", id] => *id != locked(&self.world).people.approver.id,
            ["task", "audits"] | ["step-up", "providers", _] => true,
            _ => false,
        }
    }

    fn read(&self, call: &Call, me: &Person, method: &str, segments: &[&str]) -> ApiResult {
        match (method, segments) {
            ("GET", ["auth", "introspect"]) => Ok(self.introspect(me)),
            ("GET", ["users", id]) => self.user(id, me),
            ("GET", ["tasks"]) => self.search(b"{}", me),
            ("GET", ["tasks", id]) => self.task(id, me),
            ("POST", ["search", "users"]) => self.search_users(&call.body),
            ("POST", ["search", "tasks"]) => self.search(&call.body, me),
            ("POST", ["search", "request_catalog", "entitlements"]) => {
                self.search_catalogue(&call.body, me)
            }
            ("GET", ["apps", rest @ ..]) => self.apps(rest),
            ("POST", ["iam", "personal_clients"]) => Ok(self.auth.personal_client(&call.body, me)),
            ("POST", ["task", "audits"]) => self.audits(&call.body),
            ("POST", ["search", "step-up", "providers"]) => self.search_providers(&call.body),
            ("POST", ["search", "policies"]) => self.search_policies(&call.body),
            ("POST", ["task", "grant"]) => self.request_access(Kind::Grant, &call.body, me),
            ("POST", ["task", "revoke"]) => self.request_access(Kind::Revoke, &call.body, me),
            ("GET", ["step-up", "transactions", id]) => self.transaction(id, me),
            ("POST", ["search", "step-up", "transactions"]) => {
                self.search_transactions(&call.body, me)
            }
            _ => Err(Refusal::not_found()),
        }
    }

    /// Everything needs a credential. A missing or unknown one gets no challenge: there is nothing that
    /// a step-up could change (c1.md 4.3).
    fn caller(&self, call: &Call) -> Result<Caller, Refusal> {
        if let Some(token) = call.authorization("DPoP") {
            return self.with_proof(call, token).map(Caller::StepUp);
        }
        let token = call
            .authorization("Bearer")
            .ok_or_else(Refusal::unauthenticated)?;
        if token == self.credential {
            let approver = locked(&self.world).people.approver.clone();
            Ok(Caller::Credential(approver))
        } else if let Some(person) = self.auth.person(token) {
            Ok(Caller::Credential(person))
        } else if token.split('.').count() == 3 || self.tokens.say_nothing() {
            Ok(Caller::StepUp(Presented::bearer(token)))
        } else {
            Err(Refusal::unauthenticated())
        }
    }

    fn task(&self, id: &str, me: &Person) -> ApiResult {
        let finished = self.browser_finishes(id);
        let world = self.world();
        let task = world.find(id)?;
        let mut view = self.as_read(&world, task, me)?;
        if self.switches.is("actions", "both") {
            view::list_both(&mut view);
        }
        if let Some(how) = self.switches.text("history") {
            let other = how == "other-step-up";
            let name = if other { new_id() } else { String::new() };
            view::rename_step_up(&mut view, &name);
        }
        if let Some(id) = self.switches.text("demanded_provider") {
            view::demand(&mut view, id);
        }
        let view = json!({"taskView": view, "expanded": []});
        noting(finished, Ok(ok(&view)))
    }

    fn audits(&self, body: &[u8]) -> ApiResult {
        let request: audit::AuditRequest = parse(body)?;
        let quirk = self.switches.text("audit");
        if quirk == Some("403") {
            return Err(Refusal::forbidden("the trail is not yours to read"));
        }
        let world = self.world();
        let task = world.find(&request.task_id)?;
        Ok(ok(&audit::list(task, &request, quirk)?))
    }
}

/// What lies outside the API: C1's web app answers there, with a 200 (c1.md 4.3).
fn web_app() -> Reply {
    let body = "<p>In an installation of C1's this is the web app. Here it is this page alone; the API is under \
         <code>/api/v1</code>.</p>\n<p>In the terminal: <code>stepup task list</code>, <code>stepup task show 4211</code>, \
         <code>stepup approve 4211</code>.</p>";
    document(200, "The access API", body, "form-action 'none'; ", None)
}
