//! `stepup request` that ends before anything is sent, or before it is sent again: whatever is wrong with the
//! sign-in, the API sees the first request alone.

use super::challenged::{ECHO, request, seen, statuses};
use super::elsewhere::lists;
use crate::elsewhere::Elsewhere;
use crate::process::Run;
use crate::world::World;

/// Stories, one a line: switches, how the person signs in => exit code, kind, reason.
macro_rules! stories {
    ($($name:ident: $switches:expr, $factor:literal => $code:literal $kind:literal $reason:literal;)*) => {
        $(#[test] fn $name() { refused(&$switches, $factor, $code, $kind, $reason); })*
    };
}

stories! {
    b9_16_a_sign_in_that_is_too_weak: [], "password" => 3 "unmet" "needed `phr`, got `urn:okta:loa:1fa:pwd`";
    b9_20_a_sign_in_that_is_too_old: ["auth_time=old"], "key" => 3 "unmet" "authentication was not fresh";
    b9_19_another_person: ["subject=other"], "key" => 5 "untrusted" "another person signed in";
    b9_13_a_signature_that_is_not_authentic: ["signature=bad"], "key" => 5 "untrusted" "signature";
    b9_13_a_nonce_of_another_request: ["nonce=wrong"], "key" => 5 "untrusted" "nonce";
    b5_4_an_answer_of_somebody_else: ["response_iss=wrong"], "key" => 5 "untrusted" "the answer came from";
    b1_12_a_provider_that_says_no: ["authorize_error=unmet_authentication_requirements"], "key"
        => 3 "unmet" "unmet_authentication_requirements";
}

#[track_caller]
fn refused(switches: &[&str], factor: &str, code: i32, kind: &str, reason: &str) {
    let world = World::with(switches);
    let outcome = request(&world, "GET", "/protected/echo?acr_values=phr")
        .args("-o json")
        .run_with(factor);
    outcome.fails(code, kind, reason);
    assert_eq!(statuses(&world).len(), 1);
    world.api().saw_no_approval();
}

#[test]
fn b1_15_a_value_that_the_entry_does_not_list() {
    let world = World::new();
    let outcome = request(&world, "GET", "/protected/echo?acr_values=gold").run_with("key");
    outcome.exits(2).says("requires acr `gold`");
    world.api().never_saw("/authorize");
}

#[test]
fn b1_4_a_challenge_that_cannot_be_read() {
    let world = World::new();
    let many = vec!["a"; 17].join("+");
    let outcome =
        request(&world, "GET", &format!("/protected/echo?acr_values={many}")).run_with("key");
    outcome.exits(1).says("challenge cannot be followed");
    world.api().never_saw("/authorize");
}

#[test]
fn a_person_who_does_not_confirm() {
    let world = World::new();
    let outcome = request(&world, "DELETE", "/protected/echo?acr_values=phr")
        .signing_in_with("key")
        .exits(2);
    outcome.says("needs your confirmation").hints("--yes");
    let mut running = world
        .on_a_terminal(&format!(
            "request DELETE '{}/protected/echo?acr_values=phr'",
            world.api_url()
        ))
        .start();
    running.prints("sign in for this request?");
    running.types("n\r");
    running.ends(6);
    assert_eq!(statuses(&world), [401, 401]);
    world.api().never_saw("/authorize");
}

#[track_caller]
fn usage(world: &World, method: &str, url: &str, words: &[&str], reason: &str) {
    let run = world.stepup("request").arg(method).arg(url);
    let outcome = words.iter().fold(run, Run::arg).exits(2);
    outcome.says(reason).does_not_say("s3cret");
    assert_eq!(world.api().log().len(), 0);
}

#[test]
fn what_the_machinery_sets_and_what_is_secret() {
    let world = World::new();
    let url = format!("{}{ECHO}", world.api_url());
    for (header, reason) in rows! {
        "Authorization: Bearer s3cret", "`authorization` is not yours to set";
        "dpop: s3cret", "`dpop` is not yours to set";
        "Host: s3cret.example", "`host` is not yours to set";
        "Content-Length: 7", "`content-length` is not yours to set";
        "Transfer-Encoding: chunked", "`transfer-encoding` is not yours";
        "Cookie: s3cret", "`cookie` may hold a secret";
        "X-Api-Key: s3cret", "`x-api-key` may hold a secret";
        "X-Auth-Token: s3cret", "`x-auth-token` may hold a secret";
        "s3cret", "a header is not `NAME: VALUE`";
        "X: a\u{1}s3cret", "characters that no header may have";
        "@nowhere.txt", "the header file `nowhere.txt` could not be read";
    } {
        usage(&world, "GET", &url, &["-H", header], reason);
    }
    std::fs::write(world.path("h.txt"), "Authorization: s3cret\n").unwrap();
    usage(
        &world,
        "GET",
        &url,
        &["-H", "@h.txt"],
        "`authorization` is not yours",
    );
    usage(
        &world,
        "GET",
        &url,
        &["-d", "@nowhere"],
        "the body file `nowhere`",
    );
    usage(
        &world,
        "GET",
        &url,
        &["-d", "@-", "-H", "@-"],
        "stdin can be read for one thing",
    );
}

#[test]
fn a_secret_header_may_come_from_a_file() {
    let world = World::new();
    std::fs::write(world.path("h.txt"), "X-Api-Key: s3cret\n\nX-Other: 1\n").unwrap();
    let outcome = request(&world, "GET", ECHO).args("-H @h.txt").run();
    let headers = seen(outcome.exits(0))["headers"].clone();
    let has = |name: &str| headers.as_array().unwrap().iter().any(|one| one == name);
    assert!(has("x-api-key") && has("x-other"), "{headers}");
}

#[test]
fn methods_and_addresses_that_no_credential_goes_with() {
    let world = World::new();
    let url = format!("{}{ECHO}", world.api_url());
    usage(
        &world,
        "TRACE",
        &url,
        &[],
        "`TRACE` is not sent with a credential",
    );
    usage(
        &world,
        "CONNECT",
        &url,
        &[],
        "`CONNECT` is not sent with a credential",
    );
    usage(&world, "G ET", &url, &[], "is not an HTTP method");
    usage(&world, "GET", "s3cret", &[], "the URL cannot be read");
    let with_password = url.replace("http://", "http://me:s3cret@");
    usage(
        &world,
        "GET",
        &with_password,
        &[],
        "the URL holds a user name or a password",
    );
    usage(
        &world,
        "GET",
        "http://other.example/?s3cret",
        &[],
        "the URL is not https",
    );
}

#[test]
fn an_approval_is_made_with_approve() {
    let world = World::new();
    let id = world.api().id("4211");
    let spellings = [
        "action/approve",
        "action/approve-with-step-up",
        "action/%61pprove",
        "action//approve/",
        "action%2Fapprove",
        "%2factio%6e%2Fapprove%2f",
        "action/Approve;v=1",
    ];
    // The API of a profile that is not in use, and of none: an origin that an entry lists.
    let at = Elsewhere::answering(&[]);
    lists(&world, &at.origin);
    for server in [world.api_url(), &at.origin] {
        for action in spellings {
            let url = format!("{server}/api/v1/tasks/{id}/{action}");
            usage(
                &world,
                "POST",
                &url,
                &["--yes"],
                "nobody would have seen what is approved",
            );
        }
    }
    assert_eq!(at.seen(), [""; 0]);
    world.api().saw_no_approval();
}

#[test]
fn a_head_request_has_no_body() {
    let world = World::new();
    let url = format!("{}{ECHO}", world.api_url());
    usage(
        &world,
        "head",
        &url,
        &["-d", "x"],
        "a HEAD request has no body",
    );
}

#[test]
fn a11_the_factors_api_however_it_is_written() {
    let world = World::new();
    for path in ["users/me/%66actors", "users%2Fme%2Ffactors", "%61uthn"] {
        let url = format!("{}/api/v1/{path}", world.api_url());
        usage(&world, "POST", &url, &["--yes"], "the URL is not used");
    }
}

#[test]
fn an_api_with_a_path_is_no_other_path_of_its_host() {
    let world = World::new();
    let config = world.config_text();
    let api = format!("api_url = \"{}", world.api_url());
    assert!(config.contains(&api), "{config}");
    world.write_config(&config.replace(&api, &format!("{api}/tenant-a")));
    for path in ["/tenant-b/x", "/tenant-ab", "/", "/tenant-a/../tenant-b"] {
        let url = format!("{}{path}", world.api_url());
        usage(&world, "GET", &url, &[], "is not configured");
    }
}
