use serde_json::json;

use super::super::metadata::{Metadata, document};
use super::super::registration::Registration;
use super::*;
use crate::adapters::http::Http;
use crate::domain::challenge::Purpose;
use crate::domain::requirement::AcrRequirement;

fn party(change: &Value, registration: Registration) -> RelyingParty {
    let base = "https://idp.example";
    let mut more = json!({
        "backchannel_authentication_endpoint": format!("{base}/bc"),
        "backchannel_token_delivery_modes_supported": ["ping", "poll"],
    });
    let members = more.as_object_mut().unwrap();
    members.extend(change.as_object().unwrap().clone());
    let document = document(base, &more);
    let metadata: Metadata = serde_json::from_value(document).unwrap();
    let http = Http::new(Duration::from_secs(1));
    RelyingParty::known(&http, registration, metadata).unwrap()
}

fn registration(backchannel: Backchannel) -> Registration {
    Registration {
        backchannel,
        scopes: vec!["email".into()],
        ..Registration::of("https://idp.example", "c")
    }
}

fn challenge(request: RequestStyle) -> Challenge {
    Challenge {
        scopes: vec!["approve".into()],
        ..Challenge::of(
            Purpose::Test,
            AcrRequirement {
                acr_values: vec!["phr".into(), "gold".into()],
                request,
                ..AcrRequirement::default()
            },
        )
    }
}

fn sent(backchannel: Backchannel, request: RequestStyle, limit: u64) -> Vec<(String, String)> {
    let asking = Asking {
        login_hint: "mira",
        binding_message: "stepup-4211-K7QP",
        limit: Duration::from_secs(limit),
        started: 0,
        person: None,
    };
    party(&json!({}), registration(backchannel)).request(&challenge(request), &asking)
}

#[test]
fn b13_1_b13_3_what_a_request_says() {
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    let common = [
        ("scope", "openid email approve"),
        ("login_hint", "mira"),
        ("binding_message", "stepup-4211-K7QP"),
    ];
    let core = sent(Backchannel::CORE, RequestStyle::AcrValues, 120);
    let own = [("requested_expiry", "125"), ("acr_values", "phr gold")];
    assert_eq!(core, pairs(&[&common[..], &own].concat()));
    // providers.md A10: Okta's own name for the time, its limit, and nothing about acr.
    let okta = Backchannel {
        expiry: "request_expiry",
        longest: 300,
        acr_values: false,
    };
    let own = [("request_expiry", "300")];
    for style in [RequestStyle::AcrValues, RequestStyle::EssentialClaims] {
        assert_eq!(sent(okta, style, 600), pairs(&[&common[..], &own].concat()));
    }
    let zero = sent(okta, RequestStyle::FreshnessOnly, 0);
    assert!(zero.contains(&("request_expiry".into(), "5".into())));
    let essential = sent(Backchannel::CORE, RequestStyle::EssentialClaims, 1);
    let names: Vec<&str> = essential.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"claims") && !names.contains(&"acr_values"));
}

/// B9.19: the claim that will be compared is asked for, where the provider lets us ask.
#[test]
fn b13_3_the_claim_of_the_person_is_asked_for() {
    let asked = |person| {
        let asking = Asking {
            login_hint: "mira",
            binding_message: "stepup-4211-K7QP",
            limit: Duration::from_secs(120),
            started: 0,
            person,
        };
        let takes_claims = json!({"claims_parameter_supported": true});
        let party = party(&takes_claims, registration(Backchannel::CORE));
        let sent = party.request(&challenge(RequestStyle::AcrValues), &asking);
        let claims = sent.into_iter().find(|(name, _)| name == "claims");
        claims.map(|(_, value)| value).unwrap_or_default()
    };
    assert!(asked(Some(SubjectRule::Email)).contains("\"email_verified\""));
    assert_eq!(asked(None), "");
}

#[test]
fn the_person_may_have_been_asked_wherever_the_request_may_have_arrived() {
    let host = || "idp.example".to_owned();
    let reason = String::new;
    for (error, may) in [
        (HttpError::HostNotFound(host()).into(), false),
        (
            HttpError::Connect {
                host: host(),
                reason: reason(),
            }
            .into(),
            false,
        ),
        (
            HttpError::Tls {
                host: host(),
                reason: reason(),
            }
            .into(),
            true,
        ),
        (
            HttpError::Timeout {
                host: host(),
                seconds: 1,
            }
            .into(),
            true,
        ),
        (
            HttpError::Broken {
                host: host(),
                reason: reason(),
            }
            .into(),
            true,
        ),
        (BackchannelError::NoEndpoint, false),
        (BackchannelError::Declined(None), false),
        (BackchannelError::Status(502), true),
        (BackchannelError::Unreadable("x"), true),
        (
            BackchannelError::TooShort {
                interval: 2,
                limit: 1,
            },
            true,
        ),
    ] {
        assert_eq!(error.may_have_rung(), may, "{error:?}");
    }
}

#[test]
fn a_provider_that_cannot_be_polled_is_refused() {
    let endpoint = |change: &Value| endpoint(&party(change, registration(Backchannel::CORE)));
    assert!(endpoint(&json!({})).is_ok());
    let silent = json!({"backchannel_token_delivery_modes_supported": null});
    assert!(endpoint(&silent).is_ok());
    for modes in [json!(["ping"]), json!(["ping", "push"]), json!([])] {
        let only = json!({"backchannel_token_delivery_modes_supported": modes});
        assert!(matches!(endpoint(&only), Err(BackchannelError::NoPoll(_))));
    }
    let none = json!({"backchannel_authentication_endpoint": null});
    assert!(matches!(endpoint(&none), Err(BackchannelError::NoEndpoint)));
}

#[test]
fn b13_5_the_answer_is_read_strictly() {
    let read = |change: &Value| {
        let mut body = json!({"auth_req_id": "1c266114-a1be", "expires_in": 120, "interval": 2});
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let read = Accepted::read(body.as_object(), Duration::from_secs(300));
        read.map(|read| (read.interval.as_secs(), read.lifetime.as_secs()))
    };
    for (change, interval, lifetime) in [
        (json!({}), 2, 120),
        (json!({"interval": null}), 5, 120),
        (json!({"interval": 0}), 1, 120),
        (json!({"interval": 31}), 31, 120),
        (json!({"interval": 120}), 120, 120),
        (json!({"expires_in": u64::MAX}), 2, 300),
        (json!({"unknown": [1]}), 2, 120),
        (json!({"auth_req_id": "x".repeat(LONGEST)}), 2, 120),
    ] {
        assert_eq!(read(&change).unwrap(), (interval, lifetime), "{change}");
    }
    for change in [
        json!({"auth_req_id": null}),
        json!({"auth_req_id": ""}),
        json!({"auth_req_id": 7}),
        json!({"auth_req_id": "a b"}),
        json!({"auth_req_id": "x".repeat(LONGEST + 1)}),
        json!({"expires_in": null}),
        json!({"expires_in": 0}),
        json!({"expires_in": -1}),
        json!({"expires_in": "120"}),
        json!({"interval": "5"}),
        json!({"interval": -5}),
        json!({"interval": 1.5}),
    ] {
        let refused = read(&change);
        assert!(
            matches!(refused, Err(BackchannelError::Unreadable(_))),
            "{change}"
        );
    }
    assert!(matches!(
        Accepted::read(None, Duration::from_secs(300)),
        Err(BackchannelError::Unreadable(_))
    ));
    // No poll could come in time, and nobody waits for nothing.
    for interval in [121, u64::MAX] {
        assert!(matches!(
            read(&json!({"interval": interval})),
            Err(BackchannelError::TooShort { limit: 120, .. })
        ));
    }
}

#[test]
fn b13_6_b13_7_what_the_errors_of_a_poll_mean() {
    let refused = |status, code: &str| {
        meaning(TokenRequestError::Refused {
            status,
            code: code.into(),
            description: None,
        })
    };
    assert!(matches!(
        refused(400, "authorization_pending"),
        Ok(Poll::Pending)
    ));
    for (status, code) in [
        (400, "slow_down"),
        (429, "E0000047"),
        (503, "temporarily_unavailable"),
        (500, "access_denied"),
    ] {
        assert!(matches!(refused(status, code), Ok(Poll::Later)), "{code}");
    }
    for code in [
        "invalid_grant",
        "unauthorized_client",
        "invalid_request",
        "server_error",
    ] {
        let ended = refused(400, code);
        assert!(
            matches!(ended, Err(BackchannelError::Ended { .. })),
            "{code}"
        );
    }
    let declined = refused(400, "access_denied");
    assert!(matches!(declined, Err(BackchannelError::Declined(None))));
    let expired = refused(400, "expired_token");
    assert!(matches!(expired, Err(BackchannelError::Expired)));
    let unreadable = |status| {
        meaning(TokenRequestError::Unreadable {
            status,
            reason: String::new(),
        })
    };
    for busy in [429, 500, 502] {
        assert!(matches!(unreadable(busy), Ok(Poll::Later)), "{busy}");
    }
    assert!(unreadable(200).is_err() && unreadable(400).is_err());
}
