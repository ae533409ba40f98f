//! Device authorization: the codes, the person's answer, the polls (RFC 8628, c1.md 1.3).

use std::time::{Duration, Instant};

use serde_json::json;

use super::{Auth, Device, DeviceDecision, LIFETIME, LOGIN_CLIENT, OFFICIAL_CLIENTS, page, refuse};
use crate::basics::{locked, random};
use crate::http::{Params, Reply};
use crate::provider::sign_in::check;

/// RFC 8628 section 3.5: what `slow_down` adds.
const SLOWER: Duration = Duration::from_secs(5);

impl Auth {
    /// `POST /auth/v1/device_authorization`.
    pub(super) fn device_authorization(&self, form: &Params) -> Reply {
        if let Some(provider) = self.elsewhere() {
            return Self::invited_by(&provider, form);
        }
        let client = form.get("client_id").unwrap_or_default();
        if client != LOGIN_CLIENT && !OFFICIAL_CLIENTS.contains(&client) {
            return refuse(401, "invalid_client", "there is no such client");
        }
        let interval = self.switches.number("device_interval_s").unwrap_or(5);
        let lifetime = self.switches.number("device_lifetime_s").unwrap_or(600);
        let letters = random(16).to_uppercase();
        let (first, second) = letters.split_at(4);
        let user_code = format!("{first}-{}", second.get(..4).unwrap_or_default());
        let device_code = random(40);
        let device = Device {
            user_code: user_code.clone(),
            until: Instant::now() + Duration::from_secs(lifetime),
            interval: Duration::from_secs(interval),
            asked: None,
            answer: None,
        };
        locked(&self.store)
            .devices
            .insert(device_code.clone(), device);
        let page = format!("{}/device", self.api_url);
        let (member, address) = match self.switches.text("device") {
            // Entra's answer has no other (providers.md A13).
            Some("plain-address") => ("verification_uri", page),
            Some("no-address") => ("verification_uri_complete", String::new()),
            _ => (
                "verification_uri_complete",
                format!("{page}?user_code={user_code}"),
            ),
        };
        let answer = json!({
            "device_code": device_code, "user_code": user_code, member: address,
            "expires_in": lifetime, "interval": interval,
        });
        Reply::json(200, &answer)
    }

    pub(super) fn device_token(&self, form: &Params) -> Reply {
        if let Some(provider) = self.elsewhere() {
            return self.polled_at(&provider, form);
        }
        let mut store = locked(&self.store);
        let code = form.get("device_code").unwrap_or_default();
        let Some(device) = store.devices.get_mut(code) else {
            return refuse(400, "invalid_grant", "there is no such device code");
        };
        let now = Instant::now();
        if now >= device.until || self.switches.is("device", "expired") {
            return refuse(400, "expired_token", "the device code has expired");
        }
        let before = device.asked.replace(now);
        let early = before.is_some_and(|before| now - before < device.interval);
        let first = before.is_none() && self.switches.is("device", "slow-down");
        if early || first {
            device.interval += SLOWER;
            return refuse(400, "slow_down", "poll less often");
        }
        match &device.answer {
            None => refuse(
                400,
                "authorization_pending",
                "the person has not answered yet",
            ),
            // As Entra spells it (B14.4).
            Some(DeviceDecision::Declined) if self.switches.is("device", "plain-address") => {
                refuse(400, "authorization_declined", "the person declined")
            }
            Some(DeviceDecision::Declined) => refuse(400, "access_denied", "the person declined"),
            Some(DeviceDecision::Approved(person)) => {
                let person = person.as_ref().clone();
                store.devices.remove(code);
                drop(store);
                Reply::json(200, &self.access(person, LIFETIME))
            }
        }
    }

    /// The page behind `verification_uri_complete`.
    pub(super) fn device_page(&self, query: &Params) -> Reply {
        let Some(code) = query.get("user_code") else {
            return page::enter();
        };
        if self.is_open(code) {
            page::ask(code, &self.people.approver.username, &self.factors, None)
        } else {
            page::over()
        }
    }

    pub(super) fn device_answer(&self, form: &Params) -> Reply {
        let code = form.get("user_code").unwrap_or_default();
        if !self.is_open(code) {
            return page::over();
        }
        if form.get("factor") == Some("decline") {
            self.settle(code, DeviceDecision::Declined);
            return page::declined();
        }
        match check(&self.people, &self.factors, form) {
            Ok((person, _)) => {
                let name = person.name.clone();
                self.settle(code, DeviceDecision::Approved(Box::new(person)));
                page::approved(&name)
            }
            Err(why) => {
                let name = form.get("username").unwrap_or_default();
                page::ask(code, name, &self.factors, Some(why))
            }
        }
    }

    fn is_open(&self, user_code: &str) -> bool {
        let open = |device: &Device| device.user_code == user_code && device.answer.is_none();
        locked(&self.store).devices.values().any(open)
    }

    fn settle(&self, user_code: &str, answer: DeviceDecision) {
        let mut store = locked(&self.store);
        let device = store
            .devices
            .values_mut()
            .find(|device| device.user_code == user_code);
        if let Some(device) = device {
            device.answer = Some(answer);
        }
    }
}
