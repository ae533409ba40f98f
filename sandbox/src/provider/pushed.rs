//! Pushed authorization requests (RFC 9126, B6), where a switch or a personality offers them: a request is
//! checked, kept for a while under a name, and good for one visit.

use serde_json::json;

use super::Provider;
use super::errors::failure;
use super::store::Kept;
use crate::basics::{locked, now, random};
use crate::http::{Call, Params, Reply};

impl Provider {
    /// Whether the endpoint is there.
    pub(super) fn takes_pushed(&self) -> bool {
        match self.switches.text("par") {
            Some(kind) => kind != "no-endpoint",
            None => self.persona.par,
        }
    }

    /// Whether a request in the URL is refused (RFC 9126 §5).
    pub(super) fn demands_pushed(&self) -> bool {
        self.switches.is("par", "required") || self.switches.is("par", "no-endpoint")
    }

    /// `POST /par`.
    pub(super) fn push(&self, call: &Call) -> Reply {
        match self.switches.text("par") {
            Some("500") => return Reply::json(500, &json!({"error": "server_error"})),
            Some("refused") => return failure("invalid_request", "as the switch demands"),
            _ => {}
        }
        let form = call.form();
        let client = match self.client(call, &form) {
            Ok(client) => client,
            Err(refused) => return refused,
        };
        // B6.2.
        if form.get("request_uri").is_some() {
            return failure("invalid_request", "request_uri cannot be pushed");
        }
        let back = match self.clients.return_path(&form, &self.persona) {
            Ok(back) if back.client == client => back,
            Ok(_) => return failure("invalid_request", "the request is another client's"),
            Err(why) => return failure("invalid_request", why),
        };
        if let Err((code, description)) = self.asked(&form, back) {
            return failure(code, description);
        }
        let (prefix, lifetime) = self.persona.request_uris;
        let shorter = self.switches.number("par_lifetime_s");
        let lifetime = shorter.map_or(lifetime, |seconds| {
            i64::try_from(seconds).unwrap_or(lifetime)
        });
        let name = format!("{prefix}{}", random(32));
        let kept = Kept {
            params: form,
            until: now() + lifetime,
        };
        if self.switches.is("par", "once") && locked(&self.store).has_kept() {
            return Reply::json(500, &json!({"error": "server_error"}));
        }
        locked(&self.store).keep(name.clone(), kept);
        let (uri, lifetime) = match self.switches.text("par") {
            Some("no-uri") => (json!(""), lifetime),
            Some("expired") => (json!(name), 0),
            _ => (json!(name), lifetime),
        };
        let status = if self.switches.is("par", "200") {
            200
        } else {
            201
        };
        Reply::json(status, &json!({"request_uri": uri, "expires_in": lifetime}))
    }

    /// The parameters of a visit: the pushed ones, if it refers to them.
    pub(super) fn pushed(&self, query: &Params) -> Result<Option<Params>, &'static str> {
        let uri = query.get("request_uri").filter(|_| self.takes_pushed());
        let Some(uri) = uri else {
            return Ok(None);
        };
        let kept = locked(&self.store)
            .take(uri)
            .filter(|kept| now() < kept.until);
        let params = kept.ok_or("The request is unknown, was used before, or has expired.")?;
        if params.params.get("client_id") != query.get("client_id") {
            return Err("The request was pushed by another client.");
        }
        Ok(Some(params.params))
    }
}
