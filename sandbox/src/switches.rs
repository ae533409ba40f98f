//! Switches: each makes the sandbox misbehave, or answer one of the documented unknowns, in exactly one
//! way (`--set NAME=VALUE`). Without switches the sandbox is honest.
//!
//! Wrong values follow the conformance suite of OIDC where it defines them (`tests/conformance.md`).

mod set;

use std::fmt::Write as _;

pub(crate) use set::Switches;

/// What a switch accepts after the `=`.
enum Takes {
    OneOf(&'static [&'static str]),
    Number,
    Text,
}
use Takes::{Number, OneOf, Text};

/// Every switch: name, values, what it changes.
const TABLE: &[(&str, Takes, &str)] = &[
    (
        "acr",
        OneOf(&[
            "lower",
            "none",
            "zero",
            "number",
            "array",
            "upper",
            "trailing-space",
            "unknown",
            "higher",
        ]),
        "acr of the ID token",
    ),
    (
        "acrs",
        OneOf(&["none", "other", "string"]),
        "acrs of the ID token, where contexts were asked for",
    ),
    (
        "actions",
        OneOf(&["both"]),
        "the actions listed for a step that demands step-up; both: the plain approval too",
    ),
    (
        "alg",
        OneOf(&["RS256", "ES256", "none", "HS256", "RS512", "PS256"]),
        "signature of the ID token",
    ),
    ("amr", OneOf(&["none", "string"]), "amr of the ID token"),
    (
        "api",
        OneOf(&["500", "html", "huge", "redirect", "429", "401", "401-long"]),
        "every answer of the API; 401-long: with a challenge that is more than anybody reads",
    ),
    (
        "api_dpop",
        OneOf(&["nonce", "nonce-always"]),
        "the API wants its nonce in DPoP proofs; nonce-always: and is never satisfied",
    ),
    (
        "api_person",
        OneOf(&["service", "unnamed", "500"]),
        "what the API says the caller is; service: not a person; unnamed: without email and user name; 500: it cannot say",
    ),
    (
        "api_token",
        OneOf(&["dpop", "500", "empty", "forgotten"]),
        "answer to an API key at the API's token endpoint; dpop: its tokens are bound to a proof; forgotten: they are refused",
    ),
    (
        "api_token_lifetime_s",
        Number,
        "seconds an access token of an API key lives (default 600)",
    ),
    (
        "approve",
        OneOf(&[
            "500",
            "500-after-commit",
            "drop",
            "drop-after-commit",
            "redirect-after-commit",
            "always-challenge",
            "404-step-up",
            "429",
        ]),
        "answer to an approval that would be accepted; 404-step-up: no such endpoint; 429: the first one only",
    ),
    (
        "assurance",
        OneOf(&[
            "ignored",
            "unprotected",
            "remembered",
            "opportunistic",
            "echoed",
        ]),
        "what the provider makes of the demand for it; ignored: nothing, as without Auth0's Action or Keycloak's flow; unprotected: no policy of Entra's applies, so that contexts are granted to everybody; remembered: Auth0 spares a remembered browser MFA; opportunistic: Entra's contexts come unasked, too; echoed: the acr is what was asked for first, whatever happened",
    ),
    (
        "at_hash",
        OneOf(&["none", "wrong"]),
        "at_hash of the ID token",
    ),
    (
        "aud",
        OneOf(&["wrong", "array", "extra", "none"]),
        "aud of the ID token",
    ),
    (
        "audit",
        OneOf(&["403", "unknown-event", "no-step-up"]),
        "the trail of a task; unknown-event: with an event of a new kind; no-step-up: without the events of step-ups",
    ),
    (
        "auth_req_id",
        OneOf(&["right", "wrong"]),
        "the backchannel request's id in the ID token (default: not there, as with polls)",
    ),
    (
        "auth_time",
        OneOf(&[
            "old",
            "none",
            "future",
            "float",
            "string",
            "negative",
            "huge",
            "zero",
            "milliseconds",
        ]),
        "auth_time of the ID token",
    ),
    (
        "authorization_details",
        OneOf(&[
            "offered",
            "added",
            "changed",
            "missing",
            "not-array",
            "other-type",
            "twice",
            "refused",
            "signed",
            "signed-other",
        ]),
        "the provider takes rich authorization requests (RFC 9396) of the type `stepup_approval`, shows them, and answers with them; added: with a member more; changed: with a letter more; signed: in the ID token too; signed-other: there with a letter more; refused: none is good enough",
    ),
    (
        "authorize_error",
        Text,
        "every authorization request is answered with this OAuth error code",
    ),
    (
        "authorize_error_description",
        Text,
        "the description sent with authorize_error",
    ),
    (
        "authorize_error_until",
        OneOf(&["login"]),
        "when authorize_error ends; login: at a request with prompt=login",
    ),
    ("azp", OneOf(&["wrong"]), "azp of the ID token"),
    (
        "backchannel",
        OneOf(&[
            "no-endpoint",
            "ping-only",
            "no-id",
            "no-expiry",
            "500",
            "slow-down",
            "expired",
        ]),
        "the backchannel (CIBA); ping-only: cannot be polled; no-id, no-expiry, 500: what its endpoint answers with; slow-down: the first poll is told to slow down; expired: every request is",
    ),
    (
        "backchannel_error",
        Text,
        "every backchannel request is answered with this OAuth error code",
    ),
    (
        "backchannel_hint",
        OneOf(&["username", "json"]),
        "the one form of login_hint that the backchannel understands; json: an object with `username` (default: an address or a user name)",
    ),
    (
        "backchannel_interval_s",
        Number,
        "seconds between polls of a backchannel request (default 5)",
    ),
    (
        "backchannel_lifetime_s",
        Number,
        "seconds a backchannel request may take at most (default 300, or what the client asks for)",
    ),
    (
        "ceremony",
        OneOf(&["hosted"]),
        "how a step-up is done; hosted: the API is the relying party, as C1's public contract has it (default: it sends RFC 9470 challenges)",
    ),
    (
        "challenge",
        OneOf(&[
            "junk",
            "no-acr",
            "fresh",
            "other-max-age",
            "dpop",
            "okta-older",
            "entra",
            "entra-nbf",
            "entra-other",
            "entra-unpadded",
            "long",
        ]),
        "the API's WWW-Authenticate header; no-acr: it does not say how strong; fresh: it requires a new sign-in and nothing more; long: more than anybody reads; dpop: it wants a token bound to a key; okta-older: a 403 under the older name; entra, entra-unpadded: a claims challenge for the context c1, its base64 with or without padding; entra-nbf: one that says that the token is too old; entra-other: one for something else",
    ),
    ("challenge_scope", Text, "the scope of every challenge"),
    (
        "claims",
        OneOf(&["none", "hidden", "wrong-acr", "old"]),
        "hosted: the claims shown of a verified step-up; hidden: others than acr, amr and auth_time; old: with a sign-in of two hours before",
    ),
    (
        "clock",
        OneOf(&["ahead", "behind"]),
        "the API's clock is ten minutes off",
    ),
    (
        "code",
        OneOf(&["expired", "used", "other-verifier"]),
        "what the token endpoint takes every authorization code for",
    ),
    (
        "code_lifetime_s",
        Number,
        "seconds an authorization code lives (default 60)",
    ),
    (
        "comment",
        OneOf(&[
            "500",
            "500-after-commit",
            "drop",
            "drop-after-commit",
            "redirect-after-commit",
        ]),
        "answer to a comment that would be accepted",
    ),
    (
        "credential",
        OneOf(&["revoked", "expired"]),
        "every API key, at the API's token endpoint",
    ),
    (
        "demanded_provider",
        Text,
        "the id of the step-up provider that steps are said to demand, such as one that serves another API",
    ),
    (
        "deny",
        OneOf(&[
            "500",
            "500-after-commit",
            "drop",
            "drop-after-commit",
            "redirect-after-commit",
            "needs-reason",
            "routes-on",
        ]),
        "answer to a denial; needs-reason: every step demands a comment with it; routes-on: the task goes on to another approver",
    ),
    (
        "device",
        OneOf(&["expired", "no-address", "plain-address", "slow-down"]),
        "device sign-in; plain-address: the code is not in the address, and other words are Entra's too; slow-down: the first poll is told to slow down",
    ),
    (
        "device_interval_s",
        Number,
        "seconds between polls of a device sign-in (default 5)",
    ),
    (
        "device_issuer",
        Text,
        "device sign-in is done at this OpenID provider, whose answers are passed on",
    ),
    (
        "device_lifetime_s",
        Number,
        "seconds a device sign-in may take (default 600)",
    ),
    (
        "discovery",
        OneOf(&[
            "500",
            "503",
            "html",
            "huge",
            "redirect",
            "no-s256",
            "http",
            "many-members",
        ]),
        "the discovery document; http: endpoints on a plain http host; many-members: a thousand that nobody knows, almost 1 MiB",
    ),
    (
        "discovery_issuer",
        OneOf(&["wrong", "slash"]),
        "issuer in the discovery document",
    ),
    (
        "dpop",
        OneOf(&[
            "ignored",
            "no-es256",
            "nonce",
            "nonce-always",
            "nonce-each",
            "unbound",
        ]),
        "DPoP at the token endpoint; ignored: tokens are bearer tokens; nonce: the nonce must be in proofs; nonce-always: and is never right; nonce-each: and every answer brings another; unbound: tokens only claim to be bound",
    ),
    (
        "effect_delay_ms",
        Number,
        "time between accepting an action and its effect",
    ),
    (
        "email",
        OneOf(&["none", "other", "null", "list", "userinfo", "claims"]),
        "email of the ID token; none: nor at UserInfo; userinfo: there only; claims: only where the claims parameter asks for it",
    ),
    (
        "email_verified",
        OneOf(&[
            "false",
            "text-true",
            "text-false",
            "False",
            "0",
            "no",
            "null",
            "absent",
        ]),
        "what the provider says of the address, in the ID token and at UserInfo (default true); text-true, text-false: in quotes",
    ),
    ("exp", OneOf(&["past", "none"]), "exp of the ID token"),
    ("extra_tasks", Number, "this many more plain open tasks"),
    (
        "finish",
        OneOf(&["server", "browser"]),
        "hosted: who approves without leg 2; server: the callback; browser: the web app, at the third read of the task after it, or just before a leg 2",
    ),
    (
        "gateway",
        OneOf(&["redirect", "html", "403"]),
        "a web gateway answers every action instead of the API; redirect: with its login host",
    ),
    (
        "handover",
        OneOf(&[
            "500",
            "500-after-commit",
            "drop",
            "drop-after-commit",
            "redirect-after-commit",
            "ignored",
            "provisioning",
        ]),
        "answer to reassign, escalate and update-grant-duration; ignored: accepted, and nothing happens; provisioning: it is too late for another duration",
    ),
    (
        "history",
        OneOf(&["no-step-up", "other-step-up"]),
        "hosted: the step-up that the task names for an approval: none, or another than was used",
    ),
    (
        "hostile_text",
        OneOf(&[
            "osc52",
            "csi",
            "c1",
            "bidi",
            "invisible",
            "padding",
            "credential",
        ]),
        "what stands behind numbers, titles, reasons, names and messages of the API; osc52: a clipboard sequence; csi, c1: cursor and screen, in both spellings; bidi: a change of direction; invisible: characters that nobody sees; padding: a thousand of them with spaces, before the text; credential: the caller's own `Authorization`",
    ),
    (
        "iat",
        OneOf(&["old", "none", "future", "float"]),
        "iat of the ID token",
    ),
    (
        "id_token",
        OneOf(&["garbage", "duplicate-acr"]),
        "the ID token as a whole",
    ),
    (
        "iss",
        OneOf(&["wrong", "v1"]),
        "iss of the ID token; v1: the issuer of Entra's tokens of version 1, and `ver` says so",
    ),
    (
        "issuer",
        Text,
        "the provider's name for itself, such as the address of a proxy in front of it",
    ),
    (
        "jwks",
        OneOf(&["500", "html", "empty", "rotate"]),
        "the key set; rotate: the signing key is published only after a token was issued",
    ),
    ("kid", OneOf(&["unknown", "none"]), "kid of the ID token"),
    (
        "leg1",
        OneOf(&["accepted", "both"]),
        "hosted: leg 1 approves at once; both: it names an action beside the address, and waits for the sign-in all the same",
    ),
    (
        "leg1_comment",
        OneOf(&["kept"]),
        "hosted: the comment of leg 1 is noted too",
    ),
    (
        "leg2",
        OneOf(&["400", "429", "500", "500-after-commit", "drop-after-commit"]),
        "hosted: answer to a leg 2 that would be accepted; 429: the first one only",
    ),
    ("max_age", Number, "max_age of every challenge"),
    (
        "metadata_issuer",
        Text,
        "with resource_metadata: the issuer that the API says it trusts, such as another API's",
    ),
    ("nonce", OneOf(&["wrong", "none"]), "nonce of the ID token"),
    (
        "optional",
        OneOf(&["400"]),
        "what the API answers to questions that an approval can do without: names of things, other people, providers, the trail",
    ),
    (
        "par",
        OneOf(&[
            "offered",
            "required",
            "no-endpoint",
            "refused",
            "500",
            "200",
            "no-uri",
            "expired",
            "once",
        ]),
        "pushed authorization requests (default: not offered); no-endpoint: required and not offered; refused, 500, 200, no-uri, expired: what the endpoint answers with; once: the first is taken, and no other",
    ),
    (
        "par_lifetime_s",
        Number,
        "seconds a pushed request waits for its visit (default 60)",
    ),
    (
        "pending",
        OneOf(&["late"]),
        "hosted: a pending step-up is there only after a browser opened its address",
    ),
    (
        "plain_approve",
        OneOf(&["400", "403", "ignored", "accepted"]),
        "hosted: answer to a plain approval of a step that demands step-up (default 400); ignored: a 200 without effect",
    ),
    (
        "policy",
        OneOf(&[
            "block",
            "device",
            "mfa",
            "no-match",
            "not-assigned",
            "50072",
            "50074",
            "50078",
            "50158",
            "53001",
            "53002",
            "53004",
            "530035",
        ]),
        "a policy of the provider that refuses every sign-in, in its own words; a number: Entra's",
    ),
    (
        "preferred_username",
        OneOf(&["none", "userinfo"]),
        "preferred_username of the ID token; none: nor at UserInfo; userinfo: there only",
    ),
    (
        "provider",
        OneOf(&["deleted"]),
        "the step-up providers that the steps demand",
    ),
    (
        "provider_clock",
        OneOf(&["ahead", "behind"]),
        "the provider's clock is an hour off",
    ),
    (
        "provider_errors",
        Number,
        "authorize_error, policy, token, token_error and code act this often in all (default: always)",
    ),
    (
        "rate",
        OneOf(&["429-once"]),
        "the first request to each address of the API is answered with 429",
    ),
    (
        "redirect_id",
        OneOf(&["yes"]),
        "hosted: the step-up's id is in the address that leg 1 answers with",
    ),
    (
        "redirect_url",
        OneOf(&["plain-http", "script", "none"]),
        "hosted: the address that leg 1 answers with",
    ),
    (
        "resource_metadata",
        OneOf(&[
            "yes",
            "other-resource",
            "other-issuer",
            "elsewhere",
            "plain-http",
            "500",
            "html",
        ]),
        "where the API's challenges say which issuer it trusts (RFC 9728); elsewhere, plain-http: at an address that is not the API's",
    ),
    (
        "response_iss",
        OneOf(&["wrong", "none"]),
        "iss in the authorization response",
    ),
    (
        "response_state",
        OneOf(&["wrong", "none"]),
        "state in the authorization response",
    ),
    (
        "retry_after",
        OneOf(&["none", "seconds", "date"]),
        "the Retry-After of every 429, the API's and the provider's (default seconds: 1; date: in two seconds)",
    ),
    (
        "role",
        OneOf(&["admin", "approver", "providers-only"]),
        "what the caller may administer (default admin); providers-only: and reads no policies",
    ),
    (
        "session",
        OneOf(&[
            "earlier",
            "sticky",
            "until-login",
            "recent",
            "kept",
            "never",
        ]),
        "the browser brings a session with the security key; earlier: of two minutes ago; sticky: of an hour ago, and it answers whatever is demanded; until-login: the same, but for prompt=login; recent: the same as sticky, of seven seconds ago; kept: none at first, but the first sign-in answers whatever is demanded later, from any browser or device; never: none, and no sign-in is new enough for max_age=0, so that it is asked for over and over",
    ),
    (
        "settled",
        OneOf(&["approved", "denied"]),
        "hosted: what another approver does right after leg 1",
    ),
    (
        "signature",
        OneOf(&["bad"]),
        "signature bytes of the ID token",
    ),
    ("slow_api_ms", Number, "delay before each answer of the API"),
    (
        "slow_provider_ms",
        Number,
        "delay before each answer of the provider",
    ),
    (
        "step",
        OneOf(&["hardened", "rotated"]),
        "rotated, hosted: the step is restarted right after leg 1, and has another id since; hardened: a plain approval is refused, and the step demands step-up since",
    ),
    (
        "subject",
        OneOf(&["other", "none", "changing"]),
        "the person in the ID token and at UserInfo; other: sub, name and email of somebody else; changing: the right one, under another sub each time",
    ),
    (
        "task_changes",
        OneOf(&[
            "title",
            "reason",
            "duration",
            "entitlement",
            "account",
            "emergency",
            "subject",
            "requester",
            "comments",
            "long",
            "huge",
            "odd-duration",
            "unknown-type",
            "two-types",
            "other-task",
            "500",
        ]),
        "what a task reads like the next time; long: title and reason of many screens; huge: a title of 200 kB; odd-duration: no duration, and another each time; unknown-type: one that the contract does not name; two-types: a grant and a revocation at once; other-task: another one is answered; 500: it cannot be read",
    ),
    (
        "task_changes_at",
        Number,
        "at which read of each task `task_changes` shows (default 2)",
    ),
    (
        "task_search",
        OneOf(&[
            "403",
            "500-once",
            "more-rows",
            "repeat-token",
            "heavy",
            "odd-row",
        ]),
        "the search for tasks; heavy: each with a description of 100 kB; odd-row: the first has a list for its policy; more-rows: a few more than asked; repeat-token: the first page's token again and again",
    ),
    (
        "tasks",
        OneOf(&["every-type"]),
        "more tasks from the start, 4220 to 4225: one of each type, titled as C1 does, with a form, insights, a deadline",
    ),
    (
        "token",
        OneOf(&[
            "500",
            "echo",
            "html",
            "huge",
            "no-id-token",
            "redirect",
            "429",
            "type-dpop",
        ]),
        "the token endpoint's answer",
    ),
    (
        "token_error",
        Text,
        "every token request is answered with this OAuth error code",
    ),
    (
        "token_lifetime_s",
        Number,
        "seconds a step-up access token lives (default 300)",
    ),
    (
        "too_many",
        Number,
        "this many requests to the API are answered with 429 at first",
    ),
    (
        "transaction_created",
        OneOf(&["none", "old"]),
        "hosted: the time at which a step-up is said to be created; old: an hour earlier",
    ),
    (
        "transaction_expires",
        OneOf(&["none", "junk"]),
        "hosted: the time at which a step-up is said to expire; junk: what is no time",
    ),
    (
        "transaction_get",
        OneOf(&["403", "404"]),
        "hosted: answer to the read of a step-up by its id",
    ),
    (
        "transaction_lifetime_s",
        Number,
        "hosted: seconds a step-up lives (default 600)",
    ),
    (
        "transaction_provider",
        OneOf(&["other", "none"]),
        "hosted: the provider shown of a step-up",
    ),
    (
        "transaction_step",
        OneOf(&["empty", "other"]),
        "hosted: the policy step shown of a step-up",
    ),
    (
        "transaction_task",
        OneOf(&["other"]),
        "hosted: the task shown of a step-up",
    ),
    (
        "transaction_user",
        OneOf(&["other", "empty-pending"]),
        "hosted: the person shown of a step-up; empty-pending: nobody while it is pending",
    ),
    (
        "transactions",
        OneOf(&[
            "400",
            "400-filters",
            "403",
            "403-unless-user",
            "404",
            "501",
            "empty-first",
            "lag",
            "never",
            "unfiltered",
        ]),
        "hosted: the search for step-ups; 400-filters: refuses whatever narrows it; 403-unless-user: allowed only for those of oneself; empty-first, lag: one or two searches behind; never: finds nothing; unfiltered: createdAfter changes nothing",
    ),
    (
        "trusted_issuer",
        Text,
        "an issuer elsewhere whose step-up access tokens approve too, matched to a person by email",
    ),
    (
        "unavailable",
        Number,
        "this many requests to the API are answered with 503 at first",
    ),
    (
        "userinfo",
        OneOf(&[
            "401",
            "403",
            "404",
            "500",
            "html",
            "garbage",
            "other-sub",
            "no-sub",
            "jwt",
            "jwt-bad-signature",
            "jwt-none",
            "jwt-other-audience",
            "jwt-other-issuer",
        ]),
        "UserInfo's answer; jwt: a signed one; jwt-...: one that must not be believed; other-sub: about somebody else",
    ),
    (
        "users",
        OneOf(&["403", "one-address", "unfiltered"]),
        "answers about people; 403: to the read of another, and to a search; one-address: two have the address that is searched for; unfiltered: a search finds everybody",
    ),
    (
        "workload",
        OneOf(&["disabled", "old", "other-issuer"]),
        "an identity that the provider gives at /workload, for the API's token exchange; disabled: its service principal is",
    ),
];

/// Every switch as it is typed, with what it changes; `NAME=` where anything may follow.
pub fn switches() -> Vec<(String, &'static str)> {
    let typed = |(name, takes, about): &(&str, Takes, &'static str)| match takes {
        OneOf(words) => words
            .iter()
            .map(|word| (format!("{name}={word}"), *about))
            .collect(),
        Number | Text => vec![(format!("{name}="), *about)],
    };
    TABLE.iter().flat_map(typed).collect::<Vec<_>>()
}

/// The table of all switches, one a line, for `--help`.
pub fn switch_help() -> String {
    let mut help = String::new();
    for (name, takes, about) in TABLE {
        let _ = writeln!(help, "{name}={takes}\n    {about}");
    }
    help
}
