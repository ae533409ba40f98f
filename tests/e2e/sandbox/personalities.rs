//! The sandbox as somebody (`--as NAME`): what becomes of an approval with each documented provider. The
//! matrix of providers and situations; the rows of the error map are in `errors`, what each looks like from outside
//! in `looks`.

use crate::world::World;

/// What happens at the provider. Task 4213 demands two factors, as each provider spells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// Two factors.
    Meets,
    /// A security key.
    Exceeds,
    /// A password.
    FallsShort,
    /// The provider does not act on the demand, and the person uses a password.
    Ignores,
    /// The person declines.
    Refuses,
    /// The entry lets an earlier sign-in count, and there is one.
    ReusesSession,
    /// The sign-in is old, though a fresh one was asked for.
    Stale,
    WrongPerson,
    PolicyBlock,
}
use Case::*;

/// A cell: what happens, the exit code, and a part of what is said.
type Row = (Case, i32, &'static str);

impl Case {
    /// The switches of it, at this provider.
    fn switches(self, name: &str) -> &'static [&'static str] {
        match self {
            Meets | Exceeds | FallsShort | Refuses => &[],
            Ignores => &["assurance=ignored"],
            ReusesSession => &["session=earlier"],
            // A token whose life is counted from such a sign-in has expired already (providers.md A3).
            Stale if name.starts_with("entra") => &["auth_time=old"],
            Stale => &["session=sticky"],
            WrongPerson => &["subject=other"],
            PolicyBlock => &["policy=block"],
        }
    }

    fn factor(self) -> &'static str {
        match self {
            Exceeds => "key",
            FallsShort | Ignores => "password",
            Refuses => "decline",
            _ => "code",
        }
    }
}

#[track_caller]
fn cell(name: &str, (case, code, said): Row) {
    let world = World::imitating(name, case.switches(name));
    if name == "google" {
        world.drop_preset();
    }
    if case == ReusesSession {
        world.add_to_entry("freshness = \"as-challenged\"");
    }
    let outcome = world.approve("4213").run_with(case.factor());
    assert_eq!(outcome.code, Some(code), "{name} {case:?}: {outcome}");
    outcome.exits(code).says(said);
    if case == ReusesSession {
        world.api().never_saw("/sign-in");
    }
    if code == 0 {
        world.api().saw_one_approval("4213");
    } else {
        world.api().saw_no_approval();
    }
}

/// What comes of each case at most providers.
const USUAL: [Row; 9] = [
    (Meets, 0, ""),
    (Exceeds, 0, ""),
    (FallsShort, 3, UNMET),
    (Ignores, 3, NO_ACR),
    (Refuses, 6, DENIED),
    (ReusesSession, 0, ""),
    (Stale, 3, NOT_FRESH),
    (WrongPerson, 5, ANOTHER),
    (PolicyBlock, 6, DENIED),
];

/// One provider's line of the matrix, by what is not as usual there.
#[track_caller]
fn line(name: &str, others: &[Row]) {
    for usual in USUAL {
        let other = others.iter().find(|(case, ..)| *case == usual.0);
        cell(name, *other.unwrap_or(&usual));
    }
}

const UNMET: &str = "the browser came back with `unmet_authentication_requirements`";
const DENIED: &str = "the browser came back with `access_denied`";
const ANOTHER: &str = "another person signed in";
const NO_ACR: &str = "got no acr at all";
const NOT_FRESH: &str = "not fresh: wanted a sign-in during this attempt";
const PASSWORD: &str = "needed `urn:okta:loa:2fa:any`, got `urn:okta:loa:1fa:pwd`";

#[test]
fn generic() {
    let others = [(FallsShort, 3, PASSWORD), (Ignores, 3, PASSWORD)];
    line("generic", &others);
}

fn as_okta(name: &str) {
    let others = [(Ignores, 3, PASSWORD), (PolicyBlock, 7, "denied by policy")];
    line(name, &others);
}

#[test]
fn okta() {
    as_okta("okta");
}

#[test]
fn okta_custom() {
    as_okta("okta-custom");
}

#[test]
fn okta_classic() {
    as_okta("okta-classic");
}

/// Freshness is all that is proven. That the policy fired shows only where it was not met.
#[test]
fn entra_oidc() {
    let others = [
        (FallsShort, 3, "AADSTS50076"),
        // No policy at all, and nothing in the token tells. The receipt says what was proven.
        (Ignores, 0, ""),
        (Refuses, 6, "AADSTS65004"),
        (PolicyBlock, 7, "AADSTS53003"),
    ];
    line("entra-oidc", &others);
}

#[test]
fn entra_acrs() {
    let others = [
        (FallsShort, 7, "AADSTS53003"),
        (Ignores, 3, "not strong enough"),
        (Refuses, 6, "AADSTS65004"),
        (PolicyBlock, 7, "AADSTS53003"),
    ];
    line("entra-acrs", &others);
}

/// A session spares MFA, and without MFA in this transaction nothing is claimed.
#[test]
fn auth0() {
    let others = [
        (FallsShort, 6, DENIED),
        (ReusesSession, 3, NO_ACR),
        (Stale, 3, NO_ACR),
        (PolicyBlock, 6, "denied by an Action"),
    ];
    line("auth0", &others);
}

#[test]
fn keycloak() {
    let silver = "needed `gold`, got `silver`";
    let others = [
        (FallsShort, 3, silver),
        (Ignores, 3, silver),
        (Stale, 3, "needed `gold`, got `0`"),
    ];
    line("keycloak", &others);
}

#[test]
fn pingone() {
    let single = "needed `Multi_Factor`, got `Single_Factor`";
    line("pingone", &[(FallsShort, 3, single), (Ignores, 3, single)]);
}

/// Whatever happens there, it is no proof.
#[test]
fn google() {
    let others = [
        (Meets, 3, NO_ACR),
        (Exceeds, 3, NO_ACR),
        (FallsShort, 3, NO_ACR),
        (ReusesSession, 3, NO_ACR),
        (Stale, 3, NO_ACR),
        (PolicyBlock, 6, "admin_policy_enforced"),
    ];
    line("google", &others);
}

/// The trap of A4, which no client can see: hence the label on the receipt.
#[test]
fn a4_a_context_without_a_policy_is_granted_to_everybody() {
    let world = World::imitating("entra-acrs", &["assurance=unprotected"]);
    let outcome = world.approve("4211").run_with("password");
    outcome.exits(0).prints("verified: contexts c1, c99");
    world.api().saw_one_approval("4211");
}

/// A password, and no policy that asked for more (A3): accepted, and never called more than it is.
#[test]
fn a3_a_sign_in_that_no_policy_looked_at_is_named_freshness_only() {
    let world = World::imitating("entra-oidc", &["assurance=ignored"]);
    let outcome = world.approve("4213").run_with("password");
    outcome.exits(0).prints("freshness only");
    world.api().saw_one_approval("4213");
}

/// The API as the relying party finds the same providers at the same places.
#[test]
fn the_hosted_ceremony_works_with_a_provider_that_has_its_own_places() {
    for name in ["okta-custom", "auth0", "keycloak"] {
        let world = World::imitating(name, &["ceremony=hosted"]);
        world.approve("4213").run_with("code").exits(0);
        world.api().saw_one_approval("4213");

        let world = World::imitating(name, &["ceremony=hosted"]);
        let run = world.approve("4213").args("--timeout 10s");
        let outcome = run.run_with("password");
        assert_ne!(outcome.code, Some(0), "{outcome}");
        world.api().saw_no_approval();
    }
}

#[test]
fn a2_classic_takes_max_age_0_for_nothing_and_the_preset_sends_1() {
    let world = World::imitating("okta-classic", &["session=earlier"]);
    world.add_to_entry("prompt = \"none-at-all\"\nskew = 60");
    let outcome = world.approve("4213").run_with("code");
    outcome.exits(0).does_not_say("sign in once more");
    world.api().saw_one_approval("4213");

    // P4: the session was reused; `prompt=login` mends it.
    let world = World::imitating("okta-classic", &["session=earlier"]);
    world.add_to_entry("prompt = \"none-at-all\"\nskew = 60\nfresh_max_age = 0");
    let outcome = world.approve("4213").run_with("code");
    outcome.exits(0).says(NOT_FRESH).says("sign in once more");
    world.api().saw_one_approval("4213");
}

#[test]
fn a2_classic_ignores_a_value_that_only_identity_engine_has() {
    let world = World::imitating("okta-classic", &[]);
    let config = world.config_text();
    let loose = "acr_values = [\"phr\"]\nskew = 300";
    world.write_config(&config.replace("preset = \"okta-classic\"", loose));
    let outcome = world.approve("4218").signing_in_with("key").exits(3);
    outcome.says("needed `phr`, got `urn:okta:loa:2fa:any`");
    world.api().saw_no_approval();
}

#[test]
fn a5_without_an_audience_the_access_token_is_opaque_and_the_api_cannot_read_it() {
    let world = World::imitating("auth0", &[]);
    let config = world.config_text();
    let audience = config.lines().find(|line| line.starts_with("audience"));
    world.write_config(&config.replace(audience.unwrap(), ""));
    let outcome = world.approve("4213").signing_in_with("code").exits(1);
    outcome
        .says("the API did not accept the step-up token")
        .hints("`audience`");
    world.api().saw_no_approval();
}

#[test]
fn a5_an_id_token_signed_with_a_shared_secret_is_refused() {
    let world = World::imitating("auth0", &["alg=HS256"]);
    let outcome = world.approve("4213").run_with("code");
    outcome.exits(5).says("is signed with `HS256`");
    world.api().saw_no_approval();
}

#[test]
fn a1_dpop_at_okta_takes_a_nonce_and_the_person_notices_nothing() {
    let world = World::imitating("okta", &[]);
    world.add_to_entry("dpop = true");
    world.approve("4213").run_with("code").exits(0);
    world.api().saw_one_approval("4213");
    let log = world.api().log();
    let tokens = log.iter().filter(|line| line.path == "/oauth2/v1/token");
    assert_eq!(tokens.count(), 2);
}
