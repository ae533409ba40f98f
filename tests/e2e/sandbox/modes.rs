//! Modes of the personalities beside what they are by default, and facts of their wire that only a client
//! which asks by hand can see (the "Emulate" lines of providers.md, part A).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::browser::{self, Page};
use crate::process::Outcome;
use crate::world::World;

const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters";
const FORM: [(&str, &str); 1] = [("Content-Type", "application/x-www-form-urlencoded")];

/// A client of the provider that does everything by hand.
struct Client {
    world: World,
    metadata: Value,
    redirect_uri: String,
}

impl Client {
    fn of(name: &str, switches: &[&str]) -> Self {
        let world = World::imitating(name, switches);
        let issuer = world.issuer().trim_end_matches('/');
        let url = format!("{issuer}/.well-known/openid-configuration");
        let metadata = browser::get(&url, &[]).json();
        let config = world.config_text();
        let ports = config
            .lines()
            .find_map(|line| line.strip_prefix("ports = ["));
        let port = ports.and_then(|ports| ports.split([',', ']']).next());
        let host = if name.starts_with("entra") {
            "localhost"
        } else {
            "127.0.0.1"
        };
        let port = port.unwrap_or("40123");
        Self {
            redirect_uri: format!("http://{host}:{port}/callback/sandbox"),
            world,
            metadata,
        }
    }

    fn endpoint(&self, name: &str) -> &str {
        self.metadata[name].as_str().unwrap()
    }

    /// The parameters of an authorization request.
    fn request(&self, more: &[(&str, &str)]) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("response_type", "code"),
                ("client_id", "stepup-cli"),
                ("redirect_uri", &self.redirect_uri),
                ("scope", "openid email"),
                ("state", "a-state"),
                ("code_challenge", &challenge),
                ("code_challenge_method", "S256"),
            ])
            .extend_pairs(more)
            .finish()
    }

    /// Where the browser is after a sign-in with this factor.
    fn sign_in(&self, factor: &str, more: &[(&str, &str)]) -> Page {
        let authorize = self.endpoint("authorization_endpoint");
        let url = format!("{authorize}?{}", self.request(more));
        let provider = self.world.info["provider_url"].as_str().unwrap();
        browser::answer(provider, &url, factor)
    }

    /// Where the provider sends the browser, whether it shows its page before or not.
    fn sign_in_or_error(&self) -> String {
        let authorize = self.endpoint("authorization_endpoint");
        let url = format!("{authorize}?{}", self.request(&[]));
        match browser::get(&url, &[]).location {
            Some(location) => location,
            None => self.sign_in("code", &[]).leads_to(),
        }
    }

    /// The answer of the token endpoint to the code of a sign-in.
    fn redeem(&self, callback: &str, more: &[(&str, &str)]) -> Page {
        let callback = url::Url::parse(callback).unwrap();
        let mut pairs = callback.query_pairs();
        let code = pairs.find(|(name, _)| name == "code");
        let code = code.unwrap_or_else(|| panic!("{callback}")).1;
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", &self.redirect_uri),
                ("client_id", "stepup-cli"),
                ("code_verifier", VERIFIER),
            ])
            .extend_pairs(more)
            .finish();
        browser::post(self.endpoint("token_endpoint"), &FORM, &form)
    }

    /// The whole way: what the token endpoint says, and the claims of the ID token.
    fn tokens(&self, factor: &str, more: &[(&str, &str)]) -> (Value, Value) {
        let answer = self.redeem(&self.sign_in(factor, more).leads_to(), &[]);
        let answer = answer.json();
        let token = answer["id_token"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"));
        let payload = token.split('.').nth(1).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(payload).unwrap();
        (answer, serde_json::from_slice(&claims).unwrap())
    }
}

/// An approval that must fail.
#[track_caller]
fn refused(world: &World, factor: &str, code: i32) -> Outcome {
    let outcome = world.approve("4213").signing_in_with(factor).exits(code);
    world.api().saw_no_approval();
    outcome
}

#[test]
fn a1_okta_names_pushed_requests_in_its_own_way_and_keeps_them_for_an_hour() {
    let client = Client::of("okta", &[]);
    let endpoint = client.endpoint("pushed_authorization_request_endpoint");
    let pushed = browser::post(endpoint, &FORM, &client.request(&[])).json();
    assert!(
        pushed["request_uri"]
            .as_str()
            .unwrap()
            .starts_with("urn:okta:")
    );
    assert_eq!(pushed["expires_in"], 3600);

    // The tool takes such a name, and says how long it lasts where the person carries it elsewhere.
    let world = World::imitating("okta", &[]);
    let run = world.approve("4213").args("--remote");
    let mut running = run.with_open_stdin().start();
    let address = running.stderr(|text| {
        let (_, rest) = text.split_once("on any machine:\n  ")?;
        Some(rest.split_once('\n')?.0.to_owned())
    });
    assert!(address.contains("request_uri=urn%3Aokta%3A"), "{address}");
    let provider = world.info["provider_url"].as_str().unwrap();
    let callback = browser::answer(provider, &address, "code").leads_to();
    running.types(&format!("{callback}\n"));
    running.end().exits(0).says("this URL works for 5m");
    world.api().saw_one_approval("4213");
}

/// `sub` is another one for each client; `oid` and `tid` are the person.
#[test]
fn a3_entras_sub_is_pairwise_and_oid_is_not() {
    let client = Client::of("entra-oidc", &[]);
    let (answer, claims) = client.tokens("code", &[]);
    assert_eq!(claims["tid"], "8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63");
    assert_eq!(claims["ver"], "2.0");
    let (sub, oid) = (&claims["sub"], &claims["oid"]);
    assert!(sub.is_string() && oid.is_string() && sub != oid, "{claims}");
    // UserInfo names both, too (OIDC Core 5.3.2).
    let bearer = format!("Bearer {}", answer["access_token"].as_str().unwrap());
    let about = browser::get(
        client.endpoint("userinfo_endpoint"),
        &[("Authorization", &bearer)],
    );
    assert_eq!(&about.json()["sub"], sub);
    for absent in ["acr", "amr", "auth_time"] {
        assert!(claims.get(absent).is_none(), "{claims}");
    }
}

#[test]
fn a3_a_token_of_entras_version_1_is_refused_with_its_reason() {
    let world = World::imitating("entra-oidc", &["iss=v1"]);
    refused(&world, "code", 5)
        .says("https://sts.windows.net/8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63/")
        .hints("version 1");

    // So is the authority that issues such tokens, before any browser.
    let world = World::imitating("entra-oidc", &[]);
    let loose = "request = \"freshness-only\"\nmax_age = 300";
    let config = world
        .config_text()
        .replace("preset = \"entra-oidc\"", loose);
    world.write_config(&config.replace("/v2.0\"", "\""));
    refused(&world, "code", 5).says("the provider calls itself `https://sts.windows.net/");
    world.api().never_saw("/sign-in");
}

/// The last row of A4's matrix: contexts that nobody asked for say nothing to whoever goes by acr.
#[test]
fn a4_contexts_that_come_unasked_are_no_proof_for_an_entry_that_did_not_ask() {
    let client = Client::of("entra-acrs", &["assurance=opportunistic"]);
    assert_eq!(
        client.tokens("key", &[]).1["acrs"],
        json!(["c1", "c2", "c99"])
    );
    assert_eq!(client.tokens("code", &[]).1["acrs"], json!(["c1", "c99"]));
    let unasked = Client::of("entra-acrs", &[]).tokens("key", &[]).1;
    assert!(unasked.get("acrs").is_none(), "{unasked}");

    let world = World::imitating("entra-acrs", &["assurance=opportunistic"]);
    let loose = "redirect_host = \"localhost\"";
    world.write_config(
        &world
            .config_text()
            .replace("preset = \"entra-acrs\"", loose),
    );
    refused(&world, "code", 3).says("got no acr at all");
}

/// Every number of P4 that a policy can answer with. A block is a refusal, missing MFA is unmet.
#[test]
fn a3_policies_answer_with_their_numbers() {
    for (switch, code) in [
        ("policy=53001", 7),
        ("policy=53002", 7),
        ("policy=53004", 7),
        ("policy=530035", 7),
        ("policy=50072", 3),
        ("policy=50074", 3),
        ("policy=50078", 3),
        ("policy=50158", 3),
    ] {
        let number = switch.strip_prefix("policy=").unwrap();
        let world = World::imitating("entra-acrs", &[switch]);
        refused(&world, "code", code).says(&format!("AADSTS{number}: "));
    }
}

#[test]
fn a5_a_remembered_browser_is_spared_mfa_and_proves_none() {
    let world = World::imitating("auth0", &["assurance=remembered"]);
    refused(&world, "code", 3).says("got no acr at all");
}

/// Whoever was asked nothing has to say where the answer may go: nothing is redirected by itself.
#[test]
fn a5_auth0_has_a_silent_answer_confirmed() {
    let client = Client::of("auth0", &["session=earlier"]);
    let authorize = client.endpoint("authorization_endpoint");
    let page = browser::get(&format!("{authorize}?{}", client.request(&[])), &[]);
    assert_eq!(
        (page.status, page.location.as_deref()),
        (200, None),
        "{page:?}"
    );
    assert!(page.body.contains(&client.redirect_uri), "{}", page.body);
    // Another page was shown: the answer goes its way.
    let answer = client.sign_in("code", &[("prompt", "login")]).leads_to();
    assert!(answer.starts_with(&client.redirect_uri), "{answer}");
}

/// Up to 26.2 a single `value` is not read, so that what should be essential is not even asked for.
#[test]
fn a6_keycloak_reads_values_and_not_value() {
    let client = Client::of("keycloak", &[]);
    let claims = |name: &str, acr: Value| {
        json!({"id_token": {"acr": {"essential": true, name: acr}}}).to_string()
    };
    let single = claims("value", json!("gold"));
    assert_eq!(
        client.tokens("password", &[("claims", &single)]).1["acr"],
        "silver"
    );
    let several = claims("values", json!(["gold"]));
    let page = client.sign_in("password", &[("claims", &several)]);
    assert_eq!((page.status, page.location.as_deref()), (400, None));
    assert!(
        page.body
            .contains("Authentication requirements not fulfilled")
    );
    assert_eq!(
        client.tokens("code", &[("claims", &several)]).1["acr"],
        "gold"
    );
}

/// The first in the list that can be satisfied; names have no order of their own.
#[test]
fn a7_pingone_runs_the_first_policy_that_can_be_satisfied() {
    let client = Client::of("pingone", &[]);
    for (factor, asked, ran) in [
        ("key", "Passwordless Multi_Factor", "Passwordless"),
        ("key", "Multi_Factor Passwordless", "Multi_Factor"),
        ("code", "Passwordless Multi_Factor", "Multi_Factor"),
        ("key", "Unheard_Of Multi_Factor", "Multi_Factor"),
        ("password", "Passwordless Multi_Factor", "Single_Factor"),
    ] {
        let acr = client.tokens(factor, &[("acr_values", asked)]).1["acr"].clone();
        assert_eq!(acr, ran, "{factor} {asked}");
    }
}

#[test]
fn a8_google_wants_the_secret_of_a_desktop_client() {
    let world = World::imitating("google", &[]);
    world.drop_preset();
    world.write_config(&world.config_text().replace("client_auth = ", "# "));
    refused(&world, "code", 2).says("client_secret is missing");

    let world = World::imitating("google", &[]);
    world.drop_preset();
    let mut secrets = world.secrets();
    secrets[world.secret_of("google")] = "another".into();
    world.write_secrets(&secrets);
    refused(&world, "code", 2).says("The provided client secret is invalid");
}

/// What the token endpoint can say of a code, in each provider's words.
#[test]
fn a_code_that_is_refused_is_refused_in_each_providers_words() {
    for (switch, entra, okta, auth0) in rows! {
        "code=used", "AADSTS54005", "invalid or has expired", "Invalid authorization code";
        "code=expired", "AADSTS70008", "invalid or has expired", "Invalid authorization code";
        "code=other-verifier", "AADSTS501481", "PKCE verification failed", "Failed to verify code verifier";
    } {
        for (name, said) in [("entra-oidc", entra), ("okta", okta), ("auth0", auth0)] {
            let client = Client::of(name, &[switch]);
            let refused = client.redeem(&client.sign_in("code", &[]).leads_to(), &[]);
            let answer = refused.json();
            assert_eq!(answer["error"], "invalid_grant", "{answer}");
            let told = answer["error_description"].as_str().unwrap();
            assert!(told.contains(said), "{name} {switch}: {told}");
        }
    }
    let world = World::imitating("entra-oidc", &["code=used"]);
    refused(&world, "code", 1).says("AADSTS54005");
}

#[test]
fn a_busy_token_endpoint_says_when_to_come_back() {
    for (name, switch, said) in [
        ("okta", "retry_after=seconds", Some("1")),
        ("entra-oidc", "retry_after=none", None),
    ] {
        let client = Client::of(name, &["token=429", switch]);
        let busy = client.redeem(&client.sign_in("code", &[]).leads_to(), &[]);
        assert_eq!(
            (busy.status, busy.retry_after.as_deref()),
            (429, said),
            "{name}"
        );
    }
}

/// Errors can be few, so that whoever tries again gets through.
#[test]
fn errors_of_the_provider_can_be_counted() {
    for error in [
        "authorize_error=temporarily_unavailable",
        "policy=50078",
        "token=500",
        "token_error=invalid_grant",
        "code=used",
    ] {
        let client = Client::of("entra-oidc", &[error, "provider_errors=1"]);
        let first = client.sign_in_or_error();
        let granted = first.contains("code=") && client.redeem(&first, &[]).status == 200;
        assert!(!granted, "{error}");
        client.tokens("code", &[]);
    }
}

/// The API as Entra's client: registered in Microsoft's way, asking by contexts.
#[test]
fn a4_the_hosted_ceremony_asks_entra_for_contexts() {
    let world = World::imitating("entra-acrs", &["ceremony=hosted"]);
    let run = world
        .approve("4213")
        .args("-o json")
        .signing_in_with("code");
    let receipt = run.exits(0).says("contexts: C1").stdout_json();
    assert_eq!(receipt["ceremony"], "hosted");
    assert_eq!(receipt["proof"]["acrs"], json!(["c1", "c99"]));
    world.api().saw_one_approval("4213");

    let world = World::imitating("entra-acrs", &["ceremony=hosted"]);
    refused(&world, "password", 7).says("AADSTS53003");
    // A policy that nobody set up: the API itself finds no context in the token.
    let world = World::imitating("entra-acrs", &["ceremony=hosted", "assurance=ignored"]);
    refused(&world, "code", 3).says("no authentication context");
}

/// A confidential client is a resource that policies fire for (A3), as C1 is one.
#[test]
fn a3_the_hosted_ceremony_meets_a_policy_on_the_app() {
    let world = World::imitating("entra-oidc", &["ceremony=hosted"]);
    world.approve("4213").run_with("code").exits(0);
    world.api().saw_one_approval("4213");
    let world = World::imitating("entra-oidc", &["ceremony=hosted"]);
    refused(&world, "password", 3).says("AADSTS50076");
}
