//! The negative control of `provider test` where it does not end with "ignored": each provider's own is in
//! `personalities`.

use super::personalities::{last_test_passed, lines, test, world};

/// B12.1: refused at the redirect, or on a page of the provider's own.
#[test]
fn a_value_that_is_refused_is_named_so() {
    for (name, factor, result, says) in [
        (
            "generic",
            "key",
            "ok",
            "refused: the provider answers `unmet_authentication_requirements`",
        ),
        ("keycloak", "code", "manual", "nobody came back"),
    ] {
        let world = world(name, &[], "request = \"claims\"");
        let outcome = test(&world, "--negative --timeout 3s", factor);
        let found = lines(outcome.exits(0));
        let [check, graded, said, _] = found.last().unwrap();
        assert_eq!([check, graded], ["negative control", result], "{name}");
        assert!(said.starts_with(says), "{said}");
    }
}

/// Whoever repeats what he is asked for proves nothing, and only the control shows it.
#[test]
fn a_provider_that_repeats_the_value_is_found_out() {
    for name in ["generic", "keycloak", "pingone"] {
        let world = world(name, &["assurance=echoed"], "");
        test(&world, "", "password").exits(0);
        let outcome = test(&world, "--negative", "password");
        outcome.exits(3).hints("its acr proves nothing");
        let found = lines(&outcome);
        let [check, result, said, _] = found.last().unwrap();
        assert_eq!([check, result], ["negative control", "fail"], "{name}");
        assert!(said.starts_with("repeated: "), "{said}");
        last_test_passed(&world, false);
    }
}
