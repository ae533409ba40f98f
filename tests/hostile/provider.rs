//! A scripted OpenID provider. What arrives is held against what must arrive, and written down.

#[path = "ciba.rs"]
mod ciba;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use crate::authority::AUTHORITY;
use crate::http::{Pairs, Reply, Request, Server, value};
use crate::keys::{Alg, Key, encode};
use crate::script::{Endpoint, Form, IdToken, Script, Want};

/// What the provider knows this client as.
pub(crate) const CLIENT_ID: &str = "stepup-hostile";

/// The approver's address, as the sandbox's API knows it.
pub(crate) const EMAIL: &str = "mira.chen@sandbox.example";

/// Seconds since the epoch.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// A running provider.
pub(crate) struct Provider {
    server: Server,
    state: Arc<ProviderState>,
}

/// What all its requests share.
struct ProviderState {
    script: Script,
    /// Where its access tokens are good for.
    api: String,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    /// Host and port, known once the server listens.
    base: String,
    asks: HashMap<String, Pairs>,
    pushed: HashMap<String, Pairs>,
    seen: Vec<Endpoint>,
    complaints: Vec<String>,
    secrets: Vec<String>,
    /// The `jti` of assertions.
    assertions: Vec<String>,
    /// When a poll came last, or the request, and how long to wait after it.
    polled: Option<Instant>,
    interval: Duration,
}

impl Provider {
    /// Starts one whose access tokens are good at `api`.
    pub(crate) fn start(script: Script, api: &str) -> Self {
        let state = Arc::new(ProviderState {
            script,
            api: api.to_owned(),
            book: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        let server = Server::start(move |request| shared.answer(request));
        state.book().base = format!("http://{}", server.address);
        Self { server, state }
    }

    pub(crate) fn issuer(&self) -> String {
        format!(
            "http://{}{}",
            self.server.address, self.state.script.issuer_path
        )
    }

    /// Every request so far, in its order.
    pub(crate) fn seen(&self) -> Vec<Endpoint> {
        self.state.book().seen.clone()
    }

    /// The requests of a client that finds nothing wrong.
    pub(crate) fn way(&self) -> Vec<Endpoint> {
        self.state.script.way()
    }

    /// The key that the client is to prove itself with.
    pub(crate) fn wanted_key(&self) -> Option<Key> {
        match self.state.script.want {
            Want::Signed(_, key) => Some(key),
            _ => None,
        }
    }

    /// Everything that must never be shown: states, nonces, codes, verifiers, tokens.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.state.book().secrets.clone()
    }

    /// What was wrong with the requests.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.state.book().complaints.clone()
    }
}

impl ProviderState {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    fn issuer(&self) -> String {
        format!("{}{}", self.book().base, self.script.issuer_path)
    }

    fn answer(&self, request: &Request) -> Reply {
        let home = self.script.issuer_path.trim_end_matches('/');
        let endpoint = match request.path.strip_prefix(home) {
            Some("/.well-known/openid-configuration") => Endpoint::Discovery,
            Some("/keys") => Endpoint::Keys,
            Some("/push") => Endpoint::Push,
            Some("/ask") => Endpoint::Ask,
            Some("/authorize") => Endpoint::Authorize,
            Some("/token") => Endpoint::Token,
            Some("/userinfo") => Endpoint::Userinfo,
            _ => Endpoint::Elsewhere,
        };
        let before = {
            let mut book = self.book();
            book.seen.push(endpoint);
            book.seen.iter().filter(|seen| **seen == endpoint).count() - 1
        };
        for (at, name, wanted) in &self.script.wanted {
            if *at == endpoint {
                let form = request.form();
                let got = value(&form, name);
                self.expect(
                    got == *wanted,
                    &format!("`{name}` was `{got}`, not `{wanted}`"),
                );
            }
        }
        let mut reply = match endpoint {
            Endpoint::Discovery => self.discovery(request),
            Endpoint::Keys => self.keys(request, before),
            Endpoint::Push => self.push(request),
            Endpoint::Ask => self.asked(request),
            Endpoint::Authorize => self.visit(request),
            Endpoint::Token if self.script.polls.is_some() => self.poll(request, before),
            Endpoint::Token => self.token(request),
            Endpoint::Userinfo if self.script.userinfo.is_some() => self.userinfo(request),
            Endpoint::Userinfo | Endpoint::Elsewhere => Reply::html(200, "nothing for you"),
        };
        for (at, hook) in &self.script.replies {
            if *at == endpoint {
                hook(&mut reply);
            }
        }
        reply
    }

    /// Writes down what is not as it should be.
    fn expect(&self, holds: bool, what: &str) {
        if !holds {
            self.book().complaints.push(what.to_owned());
        }
    }

    fn expect_a_plain_read(&self, request: &Request) {
        self.expect(request.method == "GET", "documents are read with GET");
        self.expect(
            value(&request.headers, "accept-encoding") == "identity",
            "a document was not asked for as it is",
        );
        for name in ["authorization", "cookie", "dpop"] {
            let header = value(&request.headers, name);
            self.expect(
                header.is_empty(),
                &format!("a document was asked for with `{name}: {header}`"),
            );
        }
    }

    fn discovery(&self, request: &Request) -> Reply {
        self.expect_a_plain_read(request);
        let issuer = self.issuer();
        let home = issuer.trim_end_matches('/');
        let alg = self.script.signing.unwrap_or(Alg::RS256);
        let mut metadata = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{home}/authorize"),
            "token_endpoint": format!("{home}/token"),
            "userinfo_endpoint": format!("{home}/userinfo"),
            "jwks_uri": format!("{home}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [alg.name()],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
        });
        if self.script.pushing {
            metadata["pushed_authorization_request_endpoint"] = format!("{home}/push").into();
            metadata["require_pushed_authorization_requests"] = true.into();
        }
        if self.script.polls.is_some() {
            metadata["backchannel_authentication_endpoint"] = format!("{home}/ask").into();
            metadata["backchannel_token_delivery_modes_supported"] = json!(["poll", "ping"]);
        }
        if let Some((name, value)) = self.script.own_query {
            let own = format!("{home}/authorize?{name}={value}");
            metadata["authorization_endpoint"] = own.into();
        }
        for hook in &self.script.metadata {
            hook(&mut metadata);
        }
        Reply::json(&metadata)
    }

    fn keys(&self, request: &Request, before: usize) -> Reply {
        self.expect_a_plain_read(request);
        let alg = self.script.signing.unwrap_or(Alg::RS256);
        let mut keys = vec![alg.key().jwk()];
        for hook in &self.script.key_set {
            hook(&mut keys, before);
        }
        Reply::json(&json!({ "keys": keys }))
    }

    /// B6.1 and B6.2: with the client's own authentication, and no reference in it.
    fn push(&self, request: &Request) -> Reply {
        let mut form = request.form();
        self.expect(request.method == "POST", "requests are pushed with POST");
        self.expect(request.query.is_empty(), "the pushed request has a query");
        self.expect(
            value(&form, "request_uri").is_empty(),
            "a reference was pushed",
        );
        let own = self.script.own_query.map_or("", |(name, _)| name);
        self.expect(
            value(&form, own).is_empty(),
            "the authorization endpoint's own query was pushed",
        );
        self.expect_the_client(request, &form);
        form.retain(|(name, _)| name != "client_secret");
        let uri = format!("urn:example:{}", encode(rand::random::<[u8; 16]>()));
        let mut book = self.book();
        book.secrets.push(uri.clone());
        book.pushed.insert(uri.clone(), form);
        drop(book);
        let mut reply = Reply::json(&json!({ "request_uri": uri, "expires_in": 60 }));
        reply.status = 201;
        reply
    }

    /// The browser's visit. B6.4: where requests are pushed, it brings a reference and nothing else.
    fn visit(&self, request: &Request) -> Reply {
        if !self.script.pushing {
            return self.authorize(&request.query);
        }
        let names: Vec<&str> = request
            .query
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let own = self.script.own_query.map(|(name, _)| name);
        let expected: Vec<&str> = own
            .into_iter()
            .chain(["client_id", "request_uri"])
            .collect();
        self.expect(names == expected, &format!("the address holds {names:?}"));
        let uri = value(&request.query, "request_uri");
        let ask = self.book().pushed.remove(uri);
        self.expect(
            ask.is_some(),
            "the reference is unknown, or was used before",
        );
        self.authorize(&ask.unwrap_or_default())
    }

    fn authorize(&self, ask: &Pairs) -> Reply {
        let mut names: Vec<&String> = ask.iter().map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        self.expect(names.len() == ask.len(), "a parameter was sent twice");
        for (name, wanted) in [
            ("response_type", "code"),
            ("client_id", CLIENT_ID),
            ("code_challenge_method", "S256"),
            ("acr_values", "phr"),
            ("max_age", "0"),
            ("prompt", "login"),
            ("login_hint", EMAIL),
        ] {
            let got = value(ask, name);
            self.expect(
                got == wanted || self.script.tolerated.contains(&name),
                &format!("`{name}` was `{got}`, not `{wanted}`"),
            );
        }
        for (name, least) in [("state", 22), ("nonce", 22), ("code_challenge", 43)] {
            self.expect(
                value(ask, name).len() >= least,
                &format!("`{name}` is too short"),
            );
        }
        let scopes: Vec<&str> = value(ask, "scope").split(' ').collect();
        self.expect(scopes.contains(&"openid"), "the scope lacks openid");
        self.expect(
            !scopes.contains(&"offline_access"),
            "a refresh token was asked for",
        );
        let redirect_uri = value(ask, "redirect_uri");
        self.expect(
            redirect_uri.starts_with("http://127.0.0.1:"),
            "the redirect URI is not a loopback address",
        );

        let code = encode(rand::random::<[u8; 16]>());
        let mut answer: Pairs = [
            ("code", code.clone()),
            ("state", value(ask, "state").to_owned()),
            ("iss", self.issuer()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        for hook in &self.script.redirect {
            hook(&mut answer);
        }
        let mut book = self.book();
        book.secrets
            .extend(["state", "nonce"].map(|name| value(ask, name).to_owned()));
        book.secrets.push(code.clone());
        book.asks.insert(code, ask.clone());
        drop(book);
        if value(ask, "response_mode") == "form_post" {
            return form_post(redirect_uri, &answer);
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&answer)
            .finish();
        Reply::redirect(302, &format!("{redirect_uri}?{query}"))
    }

    fn expect_the_client(&self, request: &Request, form: &Pairs) {
        let (header, secret) = match self.script.want {
            Want::Public => (String::new(), ""),
            Want::Post(secret) => (String::new(), secret),
            Want::Signed(alg, key) => {
                let wrong = self.wrong_assertion(form, alg, key);
                self.expect(wrong.is_none(), wrong.unwrap_or_default());
                (String::new(), "")
            }
            Want::Basic(secret) => {
                // RFC 6749 §2.3.1: form-encoded first.
                let secret: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
                let pair = BASE64_STANDARD.encode(format!("{CLIENT_ID}:{secret}"));
                (format!("Basic {pair}"), "")
            }
        };
        self.expect(
            value(&request.headers, "authorization") == header
                && value(form, "client_secret") == secret,
            "the client did not authenticate as registered",
        );
        let in_header = !header.is_empty();
        self.expect(
            in_header || value(form, "client_id") == CLIENT_ID,
            "the client did not say who it is",
        );
    }

    fn token(&self, request: &Request) -> Reply {
        let form = request.form();
        let ask = self.book().asks.remove(value(&form, "code"));
        self.expect(ask.is_some(), "the code is unknown, or was used before");
        let ask = ask.unwrap_or_default();
        self.expect(request.method == "POST", "codes are redeemed with POST");
        self.expect(request.query.is_empty(), "the token request has a query");
        self.expect(
            value(&form, "grant_type") == "authorization_code",
            "another grant type was used",
        );
        self.expect(
            value(&form, "redirect_uri") == value(&ask, "redirect_uri"),
            "the redirect URI differs between the two requests",
        );
        let verifier = value(&form, "code_verifier");
        self.expect(
            (43..=128).contains(&verifier.len())
                && encode(Sha256::digest(verifier)) == value(&ask, "code_challenge"),
            "the verifier does not fit the challenge",
        );
        self.expect_the_client(request, &form);
        let thumbprint = value(&ask, "dpop_jkt");
        let bound = !thumbprint.is_empty();
        self.expect(
            bound != value(&request.headers, "dpop").is_empty(),
            "a proof was sent unasked, or left out",
        );

        self.book().secrets.push(verifier.to_owned());
        self.granted(&ask, bound.then_some(thumbprint))
    }

    fn granted(&self, ask: &Pairs, thumbprint: Option<&str>) -> Reply {
        let access_token = AUTHORITY.access_token(&self.api, thumbprint);
        let mut grant = json!({
            "access_token": access_token,
            "token_type": if thumbprint.is_some() { "DPoP" } else { "Bearer" },
            "expires_in": 300,
            "scope": value(ask, "scope"),
            "id_token": self.issue(ask, &access_token),
        });
        let details = value(ask, "authorization_details");
        if !details.is_empty() {
            grant["authorization_details"] = serde_json::from_str(details).unwrap();
        }
        for hook in &self.script.grant {
            hook(&mut grant);
        }
        let tokens = ["access_token", "id_token"].map(|name| grant[name].as_str());
        let mut secrets = self.book();
        let secrets = &mut secrets.secrets;
        secrets.extend(tokens.into_iter().flatten().map(str::to_owned));
        let mut reply = Reply::json(&grant);
        reply
            .headers
            .push(("Cache-Control".into(), "no-store".into()));
        reply
    }

    /// Core §5.3.1: with GET, and the token in the header.
    fn userinfo(&self, request: &Request) -> Reply {
        self.expect(request.method == "GET", "UserInfo is asked with GET");
        self.expect(request.query.is_empty(), "UserInfo was asked with a query");
        let accept = value(&request.headers, "accept");
        self.expect(
            accept == "application/json, application/jwt",
            "UserInfo may answer in both forms",
        );
        let header = value(&request.headers, "authorization");
        let token = header.strip_prefix("Bearer ").unwrap_or_default();
        let known = self.book().secrets.iter().any(|secret| secret == token);
        self.expect(known, "UserInfo was asked without the access token");
        let mut about = self.token_of(json!({
            "sub": "mira",
            "email": EMAIL,
            "email_verified": true,
            "iss": self.issuer(),
            "aud": CLIENT_ID,
        }));
        for hook in &self.script.told {
            hook(&mut about);
        }
        if self.script.userinfo != Some(Form::Signed) {
            return Reply::json(&Value::Object(about.claims));
        }
        let mut reply = Reply::html(200, &about.seal());
        reply
            .headers
            .retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let kind = ("Content-Type".to_owned(), "application/jwt".to_owned());
        reply.headers.push(kind);
        reply
    }

    /// A token with these claims, signed as ID tokens are.
    fn token_of(&self, claims: Value) -> IdToken {
        let alg = self.script.signing.unwrap_or(Alg::RS256);
        let object = |value: Value| value.as_object().unwrap().clone();
        IdToken {
            header: object(json!({ "alg": alg.name(), "kid": alg.key().id(), "typ": "JWT" })),
            claims: object(claims),
            asked: Value::Null,
            alg,
            key: alg.key(),
            header_prefix: String::new(),
            claims_prefix: String::new(),
            spoilt: false,
            instead: None,
        }
    }

    fn issue(&self, ask: &Pairs, access_token: &str) -> String {
        let alg = self.script.signing.unwrap_or(Alg::RS256);
        let now = now();
        let mut token = self.token_of(json!({
                "iss": self.issuer(),
                "sub": "mira",
                "aud": CLIENT_ID,
                "exp": now + 300,
                "iat": now,
                "auth_time": now,
                "nonce": value(ask, "nonce"),
                "acr": value(ask, "acr_values").split(' ').next(),
                "amr": ["hwk", "user"],
                "at_hash": alg.left_half(access_token),
                "email": EMAIL,
                "email_verified": true,
        }));
        if self.script.polls.is_some() {
            token.claims.remove("nonce");
        }
        token.asked = serde_json::from_str(value(ask, "authorization_details")).unwrap_or_default();
        for hook in &self.script.id_token {
            hook(&mut token);
        }
        token.seal()
    }
}

/// OAuth 2.0 Form Post Response Mode: a page whose form the browser sends on.
fn form_post(redirect_uri: &str, answer: &Pairs) -> Reply {
    let mut fields = String::new();
    for (name, value) in answer {
        let field = format_args!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        fields.write_fmt(field).unwrap();
    }
    let page = format!(
        "<!doctype html><title>on</title><form method=\"post\" action=\"{redirect_uri}\">{fields}</form>"
    );
    Reply::html(200, &page)
}
