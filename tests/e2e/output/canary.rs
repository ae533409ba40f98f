//! The canary: a whole run at its most talkative, and none of its secrets anywhere.

use std::collections::HashMap;
use std::path::PathBuf;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use url::Url;

use crate::browser;
use crate::proxy::Proxy;
use crate::world::World;

/// What only the person's browser and the two servers may know.
struct Secrets {
    /// Names and values.
    values: Vec<(&'static str, String)>,
    /// By which the code verifiers, which nobody here has seen, are recognised.
    code_challenges: Vec<String>,
}

impl Secrets {
    #[track_caller]
    fn are_not_in(&self, place: &str, text: &str) {
        self.values_are_not_in(place, text);
        assert!(!holds_a_token(text), "{place} holds a token:\n{text}");
        assert!(
            !text.contains("code="),
            "{place} holds a redirect URL:\n{text}"
        );
        assert!(
            !text.contains("state="),
            "{place} holds an authorization URL:\n{text}"
        );
        let word = |c: u8| c.is_ascii_alphanumeric() || b"-._~".contains(&c);
        for run in text.as_bytes().split(|byte| !word(*byte)) {
            for window in run.windows(43) {
                let hash = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(window));
                assert!(
                    !self.code_challenges.contains(&hash),
                    "{place} holds the code verifier"
                );
            }
        }
    }

    #[track_caller]
    fn values_are_not_in(&self, place: &str, text: &str) {
        for (name, value) in &self.values {
            assert!(value.len() > 15, "{name} is not a secret: {value}");
            assert!(!text.contains(value), "{place} holds the {name}:\n{text}");
        }
    }
}

/// Whether a JWT is in it, or a part of one: an object in base64url. All of them begin with the same letters, and so do
/// random ids by chance, which are no objects.
fn holds_a_token(text: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    text.match_indices("eyJ").any(|(start, _)| {
        let part = &text[start..];
        let length = part.find(|c| !word(c)).unwrap_or(part.len());
        let decoded = BASE64_URL_SAFE_NO_PAD.decode(&part[..length]);
        let decoded = decoded.unwrap_or_default();
        let mut objects = serde_json::Deserializer::from_slice(&decoded).into_iter::<Object>();
        matches!(objects.next(), Some(Ok(_)))
    })
}

type Object = serde_json::Map<String, serde_json::Value>;

#[test]
fn a_token_is_told_from_a_random_id() {
    let header = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256","kid":"1"}"#);
    assert!(holds_a_token(&format!("token: {header}.x.y\n")));
    assert!(holds_a_token(&format!("?id_token_hint={header}")));
    assert!(holds_a_token(&format!("x{header} and no more")));
    for id in [
        "eyJ",
        "eyJ0",
        "qeyJhbGciOiK4xq",
        "/start/uEeZheyJVIyZ4GK_AdrfFJ",
        "",
    ] {
        assert!(!holds_a_token(id), "{id}");
    }
}

/// What `stepup` keeps: its state (receipts, used sign-ins, known accounts) and its cache.
fn kept_files(world: &World) -> Vec<PathBuf> {
    let mut folders = vec![world.path(".local/state"), world.path(".cache")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let list = if path.is_dir() {
                &mut folders
            } else {
                &mut files
            };
            list.push(path);
        }
    }
    files
}

/// Walks the pages with eyes open: everything the person's browser comes to know.
fn walk(world: &World, start_url: &str) -> Secrets {
    let (authorize, callback) = browser::sign_in(world.issuer(), start_url);
    let asked: HashMap<String, String> = Url::parse(&authorize)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect();
    let answer: HashMap<String, String> = Url::parse(&callback)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect();
    assert_eq!(answer["state"], asked["state"]);
    let done = Url::parse(&callback)
        .unwrap()
        .join(&browser::get(&callback, &[]).leads_to());
    // Nobody waits long for the browser that comes back for the outcome.
    if let Ok(page) = browser::try_get(done.unwrap().as_str()) {
        assert_eq!(page.status, 200);
    }
    let credential = world.credential();
    Secrets {
        code_challenges: vec![asked["code_challenge"].clone()],
        values: vec![
            ("state", asked["state"].clone()),
            ("nonce", asked["nonce"].clone()),
            ("code challenge", asked["code_challenge"].clone()),
            ("authorization code", answer["code"].clone()),
            (
                "cookie",
                browser::cookies(&callback)
                    .split('=')
                    .nth(1)
                    .unwrap()
                    .to_owned(),
            ),
            ("API credential", credential),
        ],
    }
}

/// What else than the API credential came to the API as one.
fn step_up_tokens(heard: &str) -> Vec<String> {
    let bearer = |line: &str| {
        let (name, token) = line.split_once(": Bearer ")?;
        (name.eq_ignore_ascii_case("authorization") && token.starts_with("eyJ"))
            .then(|| token.to_owned())
    };
    heard.lines().filter_map(bearer).collect()
}

fn a_whole_run(words: &str, switches: &[&str], code: i32) {
    a_run_of(1, words, switches, code);
}

/// A run in which the person signs in so often.
fn a_run_of(attempts: usize, words: &str, switches: &[&str], code: i32) {
    let world = World::with(switches);
    // The browser's command line and environment, as anybody on the machine may see them.
    let lines = "echo \"$0 $*\" >> argv; env > environment";
    let browser = world.script("browser", lines);
    let proxy = Proxy::before(world.api_url(), "nothing is held");
    world.goes_through(&proxy.url);
    let run = world
        .approve("4211")
        .args("-v")
        .args(words)
        .arg("--browser")
        .arg(browser);
    let running = run.start();
    let url = running.start_url();
    let command_line = std::fs::read(format!("/proc/{}/cmdline", running.id())).unwrap();
    let mut secrets = walk(&world, &url);
    for attempt in 1..attempts {
        let next = running.stderr(|text| {
            let (whole, _) = text.rsplit_once('\n')?;
            let mut lines = whole.lines().filter(|line| line.contains("/start/"));
            Some(lines.nth(attempt)?.trim().to_owned())
        });
        let more = walk(&world, &next);
        secrets.values.extend(more.values);
        secrets.code_challenges.extend(more.code_challenges);
    }
    let outcome = running.ends(code);
    let tokens = step_up_tokens(&proxy.heard());
    assert_eq!(
        tokens.is_empty(),
        code != 0,
        "a token goes to the API where all is well"
    );
    secrets
        .values
        .extend(tokens.into_iter().map(|token| ("step-up token", token)));

    let argv = std::fs::read_to_string(world.path("argv")).unwrap();
    assert!(argv.contains(&url), "{argv}");
    secrets.are_not_in("stdout", &outcome.stdout);
    secrets.are_not_in("stderr", &outcome.stderr);
    secrets.are_not_in("the browser's argv", &argv);
    secrets.are_not_in("our argv", &String::from_utf8_lossy(&command_line));
    for place in ["environment", "log.jsonl", "info.json"] {
        let text = std::fs::read_to_string(world.path(place)).unwrap();
        secrets.are_not_in(place, &text);
    }
    let kept = kept_files(&world);
    assert!(code != 0 || !kept.is_empty(), "a receipt is kept");
    for file in kept {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        secrets.values_are_not_in(&file.display().to_string(), &text);
        if file.parent().unwrap().ends_with("receipts.evidence") {
            // The ID token is what evidence is; nothing else of the sign-in is in it.
            let mut evidence: serde_json::Value = serde_json::from_str(&text).unwrap();
            let members = evidence.as_object_mut().unwrap();
            members.remove("id_token");
            secrets.are_not_in("evidence", &evidence.to_string());
        }
    }
    secrets.are_not_in("the sandbox's output", &world.sandbox.said_so_far());
    // It did say something.
    outcome.says("POST").says("/token -> ");
}

#[test]
fn an_approval_gives_no_secret_away() {
    a_whole_run("-o json", &[], 0);
}

#[test]
fn an_approval_for_people_gives_no_secret_away() {
    a_whole_run("", &[], 0);
}

#[test]
fn an_unmet_demand_gives_no_secret_away() {
    a_whole_run("-o json", &["acr=lower"], 3);
}

#[test]
fn an_untrusted_token_gives_no_secret_away() {
    for switch in [
        "nonce=wrong",
        "signature=bad",
        "at_hash=wrong",
        "id_token=duplicate-acr",
    ] {
        a_whole_run("-o json", &[switch], 5);
    }
}

#[test]
fn a_refused_code_gives_no_secret_away() {
    a_run_of(2, "-o json", &["token_error=invalid_grant"], 1);
}

#[test]
fn an_unreadable_token_answer_gives_no_secret_away() {
    a_whole_run("-o json", &["token=type-dpop"], 1);
}

#[test]
fn a_lost_approval_gives_no_secret_away() {
    a_whole_run("-o json", &["approve=500-after-commit"], 0);
}

/// A server may send back what it was sent: nothing of it is shown, and nothing is kept.
#[test]
fn what_a_server_repeats_is_not_shown() {
    let world = World::with(&["hostile_text=credential"]);
    let credential = world.credential();
    // Its number is not one any more.
    let id = world.api().id("4211");
    let approved = world.approve(&id).args("-o json").signing_in_with("key");
    let shown = format!("task show {id}");
    let others = ["task list --all -o json", &shown, "receipt list"];
    let others = others.map(|words| world.stepup(words));
    for run in [approved].into_iter().chain(others) {
        let outcome = run.run();
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        outcome.exits(0);
        assert!(
            !said.contains(&credential) && said.contains("(hidden)"),
            "{said}"
        );
    }
    let log = world.config().join("receipts.jsonl");
    let log = std::fs::read_to_string(log).unwrap();
    assert!(
        log.contains("(hidden)") && !log.contains(&credential),
        "{log}"
    );
}

/// The code and its verifier, in the description of an error.
#[test]
fn what_a_provider_repeats_is_not_shown() {
    let world = World::with(&["token=echo"]);
    let outcome = world.approve("4211").signing_in_with("key").exits(1);
    outcome.says("code=(hidden)&code_verifier=(hidden)");
    world.api().saw_no_approval();
}
