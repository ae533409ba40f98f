//! The scripted provider's backchannel (OpenID CIBA, poll mode), and clients that prove themselves with a key.

use std::time::{Duration, Instant};

use openidconnect::JsonWebKey;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};

use super::{CLIENT_ID, EMAIL, ProviderState, now};
use crate::http::{Pairs, Reply, Request, value};
use crate::keys::{Alg, Key, decode, encode};

impl ProviderState {
    /// A backchannel request (CIBA §7.1): one hint, words to know it by, and nothing that only a browser brings.
    pub(super) fn asked(&self, request: &Request) -> Reply {
        let form = request.form();
        self.expect(request.method == "POST", "the person is asked with POST");
        self.expect_the_client(request, &form);
        let hints = ["login_hint", "login_hint_token", "id_token_hint"];
        let given = form
            .iter()
            .filter(|(name, _)| hints.contains(&name.as_str()));
        self.expect(given.count() == 1, "there is not exactly one hint");
        for (name, wanted) in [("login_hint", EMAIL), ("acr_values", "phr")] {
            let got = value(&form, name);
            self.expect(
                got == wanted,
                &format!("`{name}` was `{got}`, not `{wanted}`"),
            );
        }
        let message = value(&form, "binding_message");
        self.expect(
            message.contains("4211"),
            "the binding message names no task",
        );
        let expiry: u64 = value(&form, "requested_expiry").parse().unwrap_or_default();
        self.expect(expiry > 0, "the expiry is not a time");
        let unknown = [
            "redirect_uri",
            "state",
            "nonce",
            "code_challenge",
            "max_age",
        ];
        let odd = form
            .iter()
            .any(|(name, _)| unknown.contains(&name.as_str()));
        self.expect(!odd, "a parameter of the browser's was sent");
        let id = encode(rand::random::<[u8; 20]>());
        let mut book = self.book();
        book.secrets.push(id.clone());
        book.asks.insert(id.clone(), form);
        book.interval = self.script.interval();
        book.polled = Some(Instant::now());
        Reply::json(&json!({
            "auth_req_id": id, "expires_in": 120, "interval": book.interval.as_secs(),
        }))
    }

    /// A poll, not before its time (B13.6).
    pub(super) fn poll(&self, request: &Request, before: usize) -> Reply {
        let form = request.form();
        self.expect_the_client(request, &form);
        let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
        self.expect(
            names.starts_with(&["grant_type", "auth_req_id"]),
            "another grant",
        );
        let grant = value(&form, "grant_type");
        self.expect(
            grant == "urn:openid:params:grant-type:ciba",
            "another grant",
        );
        let error = self.script.polls.and_then(|polls| polls.get(before));
        let (ask, early) = {
            let mut book = self.book();
            let last = book.polled.replace(Instant::now());
            let early = last.is_none_or(|last| last.elapsed() < book.interval);
            if error == Some(&"slow_down") {
                book.interval += Duration::from_secs(5);
            }
            (book.asks.get(value(&form, "auth_req_id")).cloned(), early)
        };
        self.expect(!early, "polled before its time");
        self.expect(ask.is_some(), "another request was polled for");
        if let Some(error) = error {
            let mut reply = Reply::json(&json!({ "error": error }));
            reply.status = 400;
            return reply;
        }
        self.granted(&ask.unwrap_or_default(), None)
    }

    /// What is wrong with a client's assertion (RFC 7523 §3).
    pub(super) fn wrong_assertion(&self, form: &Pairs, alg: Alg, key: Key) -> Option<&'static str> {
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        if value(form, "client_assertion_type") != kind {
            return Some("the client sent no assertion");
        }
        let assertion = value(form, "client_assertion");
        let (message, signature) = assertion.rsplit_once('.')?;
        let parts = message.split('.').map(decode);
        let parts = parts.map(|part| serde_json::from_slice::<Value>(&part).unwrap());
        let [header, claims]: [Value; 2] = parts.collect::<Vec<_>>().try_into().unwrap();
        let public: CoreJsonWebKey = serde_json::from_value(key.jwk()).unwrap();
        let jws: CoreJwsSigningAlgorithm = serde_json::from_value(alg.name().into()).unwrap();
        let good = public.verify_signature(&jws, message.as_bytes(), &decode(signature));
        if header["alg"] != alg.name() || good.is_err() {
            return Some("the client's assertion is not signed as registered");
        }
        let ours = claims["iss"] == CLIENT_ID && claims["sub"] == CLIENT_ID;
        if !ours || claims["aud"] != self.issuer() {
            return Some("the client's assertion says somebody else");
        }
        let lives = claims["exp"].as_i64().unwrap_or_default() - now();
        if !(1..=300).contains(&lives) {
            return Some("the client's assertion lives too long");
        }
        let jti = claims["jti"].as_str().unwrap_or_default().to_owned();
        let mut book = self.book();
        book.secrets.push(assertion.to_owned());
        let new = !jti.is_empty() && !book.assertions.contains(&jti);
        book.assertions.push(jti);
        (!new).then_some("the client's assertion was used before")
    }
}
