//! What else arrives at the listener while the person signs in.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use url::Url;

use crate::browser::Plan;
use crate::process::program;
use crate::provider::read_json;
use crate::world::{Outcome, World};

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";
const LIMIT: Duration = Duration::from_secs(60);

/// The first bytes of any TLS 1.2 or 1.3 client.
const CLIENT_HELLO: [u8; 11] = [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3];

#[test]
fn a_browser_that_insists_on_https_is_explained_and_the_login_completes() {
    let world = World::new();
    let run = world.start("4213", &["--no-browser"]);
    let address = run.stderr_line(|line| line.contains("/start/").then(|| line.trim().to_owned()));
    knock(&Url::parse(&address).unwrap());
    run.stderr_line(|line| {
        line.contains("a browser tried https on the http port")
            .then_some(())
    });

    // HTTPS-only mode as its setting stores it; Chromium spares loopback, other browsers do not.
    let profile = world.home().join("https-only");
    std::fs::create_dir_all(profile.join("Default")).unwrap();
    let preferences =
        json!({ "https_only_mode_enabled": true, "https_first_balanced_mode_enabled": true });
    std::fs::write(profile.join("Default/Preferences"), preferences.to_string()).unwrap();
    let plan = world.write(Plan::of(["password", "totp", "result"]).in_profile(&profile));
    let words = plan.words();
    let browser = program(&words[0], world.home());
    let browser = browser.words(&words[1..]).arg(&address).run();
    assert_eq!(browser.code, Some(0), "{browser}");

    let mut outcome = Outcome::of(run);
    outcome.report.0 = read_json(&plan.report);
    outcome.is_approved_with(TWO_FACTORS);
    let kept = read_json(&profile.join("Default/Preferences"));
    assert_eq!(
        kept["https_only_mode_enabled"], true,
        "Chromium threw the setting away"
    );
    world.approved(&["4213"]);
}

fn knock(listener: &Url) {
    let port = listener.port().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.write_all(&CLIENT_HELLO).unwrap();
    let mut answer = Vec::new();
    // Closed, one way or the other: nothing of ours speaks TLS.
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
}

#[test]
fn a_foreign_page_that_posts_a_made_up_answer_changes_nothing() {
    for (mode, refused_and_taken) in [
        ("query", ["POST 405", "GET 303"]),
        ("form_post", ["POST 400", "POST 303"]),
    ] {
        let world = World::with("stepup-cli", &format!("response_mode = \"{mode}\""));
        let forged = json!({ "do": "forge", "path": "/callback/interop" });
        let plan = Plan::of([
            forged,
            "first-tab".into(),
            "password".into(),
            "totp".into(),
            "result".into(),
        ]);
        let outcome = world.approve("4213", plan);
        outcome.is_approved_with(TWO_FACTORS);
        outcome.report.ends_at_a_clean_address();
        assert_eq!(outcome.report.callbacks(), refused_and_taken);
        world.approved(&["4213"]);
    }
}
