//! `provider test` at each provider of the documents, with the preset of its name: every check is a line,
//! the exit code is that of the worst, and a failure names the provider's own setting to change.

use serde_json::Value;

use crate::process::Outcome;
use crate::world::World;

/// What the ceremony checks, in its order, between the metadata and the assurance.
const CEREMONY: &str = "redirect, browser leg, state, iss, code exchange, ID token, issuer claim, audience, \
    signature, times, nonce, at_hash, sub";

/// One provider.
struct Provider {
    name: &'static str,
    /// What meets the strongest of the values that its entry lists.
    factor: &'static str,
    /// Lines for the entry beside those that the sandbox writes.
    entry: &'static str,
    /// What its metadata have to say.
    metadata: &'static str,
    /// The claim that answers the demand, how it is graded, and what it says.
    assurance: (&'static str, &'static str, &'static str),
    /// The negative control: how it is graded, and how it begins.
    negative: (&'static str, &'static str),
    failures: &'static [Failure],
}

/// One way to fail.
struct Failure {
    /// How the sandbox misbehaves, if it does.
    switch: &'static str,
    /// Lines for the entry.
    entry: &'static str,
    factor: &'static str,
    check: &'static str,
    code: i32,
    /// What the hint names.
    setting: &'static str,
}

/// Ways to fail, one a line: switch, lines for the entry, factor => check, exit code, setting.
macro_rules! failures {
    ($($switch:literal, $entry:literal, $factor:literal => $check:literal $code:literal, $setting:literal;)*) => {
        &[$(Failure {
            switch: $switch, entry: $entry, factor: $factor, check: $check, code: $code, setting: $setting,
        }),*]
    };
}

pub(crate) fn test(world: &World, args: &str, factor: &str) -> Outcome {
    let run = world.stepup("provider test -o json").arg(world.entry());
    let outcome = run.args(args).run_with(factor);
    assert_eq!(world.api().approval_requests(), 0);
    world.api().saw_no_approval();
    outcome
}

pub(crate) fn world(name: &str, switches: &[&str], entry: &str) -> World {
    let world = World::imitating(name, switches);
    world.add_to_entry(entry);
    world
}

/// Check, result, words and hint of each line.
pub(crate) fn lines(outcome: &Outcome) -> Vec<[String; 4]> {
    let document = outcome.stdout_json();
    let lines = document["checks"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    lines
        .map(|line| ["check", "result", "says", "hint"].map(|name| text(&line[name])))
        .collect()
}

#[track_caller]
fn never_tested(world: &World) {
    let list = world.stepup("provider list -o json").run().stdout_json();
    assert!(list["entries"][0]["last_test"].is_null(), "{list:#}");
}

#[track_caller]
pub(crate) fn last_test_passed(world: &World, passed: bool) {
    let list = world.stepup("provider list -o json").run().stdout_json();
    assert_eq!(list["entries"][0]["last_test"]["passed"], passed);
    let result = if passed { "passed " } else { "failed " };
    world.stepup("provider list").exits(0).prints(result);
}

impl Provider {
    fn is_tested(&self) {
        self.meets();
        for failure in self.failures {
            self.fails(failure);
        }
    }

    fn meets(&self) {
        let world = world(self.name, &[], self.entry);
        let outcome = test(&world, "--negative", self.factor);
        outcome.exits(0);
        assert_eq!(outcome.stdout_json()["result"], "ok");
        let found = lines(&outcome);
        let (claim, grade, says) = self.assurance;
        let checks: Vec<&str> = found.iter().map(|[check, ..]| check.as_str()).collect();
        let wanted = format!(
            "discovery, issuer, endpoints, {}, keys, {CEREMONY}, {claim}, amr, auth_time, clocks, person, \
             access token, negative control",
            self.metadata
        );
        assert_eq!(checks.join(", "), wanted, "{}", self.name);
        for [check, result, said, hint] in &found {
            let expected = match check.as_str() {
                "negative control" => self.negative.0,
                check if check == claim => grade,
                _ => "ok",
            };
            assert_eq!(result, expected, "{} {check}: {said}", self.name);
            assert_eq!(result == "warn", !hint.is_empty(), "{check}: {hint}");
        }
        let said = |check: &str| {
            let mut lines = found.iter();
            lines.find(|[name, ..]| name == check).unwrap()[2].clone()
        };
        assert!(said(claim).contains(says), "{}", said(claim));
        let control = said("negative control");
        assert!(control.starts_with(self.negative.1), "{control}");
        last_test_passed(&world, true);
    }

    fn fails(&self, failure: &Failure) {
        let Failure {
            switch,
            entry,
            factor,
            ..
        } = failure;
        let switches: &[&str] = if switch.is_empty() { &[] } else { &[switch] };
        let world = world(self.name, switches, &format!("{}\n{entry}", self.entry));
        let outcome = test(&world, "--timeout 3s", factor);
        let told = format!("{} {switch} {entry} {factor}: {outcome}", self.name);
        assert_eq!(outcome.code, Some(failure.code), "{told}");
        outcome.exits(failure.code);
        assert_eq!(outcome.stdout_json()["result"], "fail");
        let lines = lines(&outcome);
        let failed = lines.iter().find(|[_, result, ..]| result == "fail");
        let [found, _, _, hint] = failed.unwrap_or_else(|| panic!("{told}"));
        assert_eq!(found, failure.check, "{told}");
        assert!(hint.contains(failure.setting), "{hint}\n{told}");
        // A sign-in that nobody finished is no test.
        match failure.code {
            6 => never_tested(&world),
            _ => last_test_passed(&world, false),
        }
    }
}

const OKTA: Provider = Provider {
    name: "okta",
    factor: "code",
    entry: "",
    metadata: "pkce, response type, signatures, client, pushed requests, answers",
    assurance: (
        "acr",
        "ok",
        "wanted `urn:okta:loa:2fa:any`, got `urn:okta:loa:2fa:any`",
    ),
    // providers.md A1: unsupported values are ignored in silence.
    negative: ("ok", "ignored: "),
    failures: failures! {
        "", "", "password" => "browser leg" 3, "sign in with a stronger factor, or enrol one";
        "assurance=ignored", "", "password" => "acr" 3, "Okta ignores a value that it does not know";
        "session=sticky", "", "code" => "auth_time" 3, "`fresh_max_age`";
        "", "par = \"never\"\nredirect_path = \"/elsewhere\"", "code" => "browser leg" 6, "`Sign-in redirect URIs`";
        "policy=not-assigned", "", "code" => "browser leg" 2, "assign you to the application in Okta";
    },
};

#[test]
fn okta() {
    OKTA.is_tested();
}

#[test]
fn okta_custom() {
    Provider {
        name: "okta-custom",
        failures: failures! {
            "policy=no-match", "", "code" => "browser leg" 2, "access policy with a rule for this client";
        },
        ..OKTA
    }
    .is_tested();
}

#[test]
fn okta_classic() {
    Provider {
        name: "okta-classic",
        // A2: zero leaves a good session as it is.
        failures: failures! {
            "session=earlier", "prompt = \"none-at-all\"\nfresh_max_age = 0\nskew = 60", "code" => "auth_time" 3, "Classic: 1";
        },
        ..OKTA
    }
    .is_tested();
}

/// Nothing can be asked for, so that nothing can be ignored; what is proven is labelled.
#[test]
fn entra_oidc() {
    Provider {
        name: "entra-oidc",
        factor: "code",
        entry: "",
        metadata: "pkce, response type, signatures, answers",
        assurance: ("acr", "warn", "freshness only"),
        negative: ("manual", "there is none"),
        failures: failures! {
            "", "", "password" => "browser leg" 3, "enrol or complete it in the browser";
            "auth_time=old", "", "code" => "auth_time" 3, "Sign-in frequency";
            "", "redirect_host = \"127.0.0.1\"", "code" => "browser leg" 6, "Mobile and desktop applications";
        },
    }
    .is_tested();
}

/// A4, row 4: a context that no policy protects is granted to everybody, which is what the control shows.
#[test]
fn entra_acrs() {
    Provider {
        name: "entra-acrs",
        factor: "code",
        entry: "",
        metadata: "pkce, response type, signatures, answers",
        assurance: (
            "acrs",
            "warn",
            "wanted `c1`, got `c1`, `c99`; tenant policy: ",
        ),
        negative: ("warn", "granted: the context `c98`"),
        failures: failures! {
            // No policy and no context by that name.
            "assurance=ignored", "", "code" => "acrs" 3, "`Publish to apps`";
            "", "", "password" => "browser leg" 7, "Conditional Access policy blocked";
        },
    }
    .is_tested();
}

#[test]
fn auth0() {
    Provider {
        name: "auth0",
        factor: "code",
        entry: "",
        metadata: "pkce, response type, signatures, client, answers",
        assurance: (
            "acr",
            "ok",
            "got `http://schemas.openid.net/pape/policies/2007/06/multi-factor`",
        ),
        negative: ("ok", "ignored: "),
        failures: failures! {
            // Without the Action.
            "assurance=ignored", "", "code" => "acr" 3, "an Action that calls for MFA";
            // Nobody has to pass MFA again.
            "session=sticky", "", "code" => "acr" 3, "also for people who passed MFA earlier";
            "", "redirect_path = \"/elsewhere\"", "code" => "browser leg" 6, "`Allowed Callback URLs`";
        },
    }
    .is_tested();
}

#[test]
fn keycloak() {
    Provider {
        name: "keycloak",
        factor: "code",
        entry: "",
        metadata: "pkce, response type, signatures, client, acr values, pushed requests, answers",
        assurance: ("acr", "ok", "wanted `gold`, got `gold`"),
        negative: ("ok", "ignored: "),
        failures: failures! {
            // A lower level as a success.
            "", "", "password" => "acr" 3, "`ACR to LoA Mapping` of the realm or client";
            // `"0"` for a level that is too old.
            "session=sticky", "", "code" => "acr" 3, "browser flow";
            // Essential, and not reached: a page that never calls back.
            "", "request = \"claims\"", "password" => "browser leg" 6, "an essential value that was not reached";
        },
    }
    .is_tested();
}

#[test]
fn pingone() {
    Provider {
        name: "pingone",
        factor: "code",
        entry: "",
        metadata: "pkce, response type, signatures, client, pushed requests, answers",
        assurance: ("acr", "ok", "wanted `Multi_Factor`, got `Multi_Factor`"),
        // The default policy runs, and says its own name.
        negative: ("ok", "downgraded in silence: "),
        failures: failures! {
            "", "", "password" => "acr" 3, "assign the sign-on policy of exactly that name";
            "session=sticky", "", "code" => "auth_time" 3, "`prompt=login`";
        },
    }
    .is_tested();
}

#[test]
fn generic() {
    Provider {
        name: "generic",
        factor: "key",
        entry: "",
        metadata: "pkce, response type, signatures, client, acr values, answers",
        assurance: ("acr", "ok", "wanted `phrh`, got `phrh`"),
        negative: ("ok", "downgraded in silence: "),
        failures: failures! {
            "acr=zero", "", "code" => "acr" 3, "whether the provider knows the value";
            "auth_time=none", "", "key" => "auth_time" 3, "returns `auth_time`";
            "subject=other", "", "key" => "person" 5, "use a private window";
            "jwks=500", "", "code" => "keys" 1, "try again later";
            "jwks=empty", "", "code" => "keys" 1, "publish the signing keys";
        },
    }
    .is_tested();
}

/// Refused by the preset, before anybody is asked anything; without one the tokens prove nothing.
#[test]
fn a8_google() {
    let refused = world("google", &[], "");
    let outcome = test(&refused, "", "key");
    outcome.exits(2).says("Google cannot do step-up");
    outcome.fails_in_json("usage");
    let log = refused.api().log();
    assert!(log.iter().all(|line| line.server != "provider"), "{log:#?}");

    let plain = world("google", &[], "");
    plain.drop_preset();
    let outcome = test(&plain, "--negative", "key");
    let found = lines(outcome.exits(3));
    let failed: Vec<&str> = found
        .iter()
        .filter(|[_, result, ..]| result == "fail")
        .map(|[check, ..]| check.as_str())
        .collect();
    assert_eq!(failed, ["acr", "auth_time"]);
    last_test_passed(&plain, false);
}
