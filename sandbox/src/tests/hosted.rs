//! The hosted ceremony beside the one with challenges.

use super::*;

#[test]
fn a_token_that_a_client_obtained_itself_approves_nothing() {
    let mut world = World::with(&["ceremony=hosted"]);
    let (token, _) = world.sign_in("key", &[("acr_values", "phr")]);
    for number in [4211, 4212] {
        let got = world.approve(number, &token);
        assert_eq!(got.status, 401, "{}", got.text);
        assert_eq!(got.header("www-authenticate"), "");
        assert!(world.is_open(number));
    }
}

#[test]
fn its_pages_are_there_in_the_hosted_ceremony_only() {
    let world = World::new();
    for path in ["/step-up?ticket=x", "/auth/callback?state=x"] {
        let got = world.get(path);
        assert!(
            got.text.contains("the API is under <code>/api/v1</code>"),
            "{path}"
        );
    }
    let test = format!("/api/v1/step-up/providers/{}/test", "a".repeat(27));
    assert_eq!(world.post(&test, &json!({})).status, 404);
}
