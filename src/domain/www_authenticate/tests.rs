use super::*;

fn found(lines: &[&str]) -> Option<Demand> {
    step_up_demand(lines.iter().copied()).unwrap()
}

fn values(line: &str) -> Vec<String> {
    found(&[line]).unwrap().acr_values
}

const STEP_UP: &str = r#"error="insufficient_user_authentication""#;

#[test]
fn b1_1_bearer_and_dpop_in_any_case_and_no_other_scheme() {
    for (scheme, recognised) in [
        ("Bearer", true),
        ("bEARER", true),
        ("DPoP", true),
        ("dpop", true),
        ("Basic", false),
    ] {
        assert_eq!(
            found(&[&format!("{scheme} {STEP_UP}")]).is_some(),
            recognised,
            "{scheme}"
        );
    }
    assert_eq!(found(&[r#"Bearer error="invalid_token""#]), None);
    assert_eq!(found(&["Bearer"]), None);
    assert_eq!(found(&[""]), None);
}

#[test]
fn b1_19_oktas_older_name_is_a_step_up_challenge_too() {
    let line =
        r#"Bearer error="insufficient_authentication_context", acr_values="phr", max_age=60"#;
    let demand = found(&[line]).unwrap();
    assert_eq!(demand.acr_values, ["phr"]);
    assert_eq!(demand.max_age, Some(60));
    assert!(!demand.contexts);
}

#[test]
fn b1_19_a_403_is_a_challenge_under_the_older_name_only() {
    let named = |error: &str| format!(r#"Bearer error="{error}", acr_values="phr""#);
    for (status, error, recognised) in [
        (401, "insufficient_authentication_context", true),
        (403, "insufficient_authentication_context", true),
        (400, "insufficient_authentication_context", false),
        (200, "insufficient_authentication_context", false),
        (401, "insufficient_user_authentication", true),
        (403, "insufficient_user_authentication", false),
        (403, "insufficient_claims", false),
        (403, "insufficient_scope", false),
    ] {
        let demand = demand_of(status, [named(error).as_str()], b"").unwrap();
        assert_eq!(demand.is_some(), recognised, "{status} {error}");
    }
}

#[test]
fn b7_6_only_a_dpop_challenge_asks_for_a_nonce() {
    for (line, asks) in [
        (r#"DPoP error="use_dpop_nonce""#, true),
        ("Bearer realm=x, dpop error=use_dpop_nonce", true),
        (r#"Bearer error="use_dpop_nonce""#, false),
        (r#"DPoP error="invalid_dpop_proof""#, false),
        ("", false),
    ] {
        assert_eq!(asks_for_a_nonce(line), asks, "{line}");
    }
}

#[test]
fn b7_10_a_dpop_challenge_asks_for_a_bound_token() {
    for (scheme, dpop) in [("DPoP", true), ("Bearer", false)] {
        let demand = found(&[&format!("{scheme} {STEP_UP}, acr_values=phr")]);
        assert_eq!(demand.unwrap().dpop, dpop);
    }
}

#[test]
fn a_resource_metadata_that_is_no_address_is_refused() {
    let line = |value: &str| format!("Bearer {STEP_UP}, resource_metadata=\"{value}\"");
    let good = "https://api.example/.well-known/oauth-protected-resource";
    let demand = found(&[&line(good)]).unwrap();
    assert_eq!(demand.resource_metadata.as_deref(), Some(good));
    for bad in ["", "https://a b", &"x".repeat(2049)] {
        assert_eq!(
            step_up_demand([line(bad).as_str()]),
            Err(MalformedChallenge::ResourceMetadata)
        );
    }
}

#[test]
fn b1_2_several_challenges_and_lines_quoted_commas_and_escapes() {
    let line = format!(
        r#"Basic realm="a, Bearer b", , Bearer realm="say \"hi\", you",{STEP_UP} , acr_values="phr", Negotiate abc=="#
    );
    assert_eq!(values(&line), ["phr"]);
    let parsed = parse(&line).challenges;
    assert_eq!(parsed[0].parameter("realm"), Some("a, Bearer b"));
    assert_eq!(parsed[1].parameter("realm"), Some(r#"say "hi", you"#));
    let lines = [
        "Basic realm=x",
        &format!("Bearer {STEP_UP}, acr_values=phr"),
    ];
    assert_eq!(found(&lines).unwrap().acr_values, ["phr"]);
}

#[test]
fn b1_3_order_is_kept() {
    let line = format!(r#"Bearer {STEP_UP}, acr_values="phrh  phr urn:x""#);
    assert_eq!(values(&line), ["phrh", "phr", "urn:x"]);
}

#[test]
fn b1_4_max_age_is_a_whole_number_quoted_or_not() {
    for (text, expected) in [
        ("max_age=5", Ok(Some(5))),
        ("max_age=\"5\"", Ok(Some(5))),
        ("max_age = 0", Ok(Some(0))),
        ("max_age=-1", Err("-1")),
        ("max_age=\"\"", Err("")),
        ("max_age=1.5", Err("1.5")),
        ("max_age=\"+5\"", Err("+5")),
        ("max_age=99999999999999999999", Err("99999999999999999999")),
    ] {
        let line = format!("Bearer {STEP_UP}, {text}");
        let got = step_up_demand([line.as_str()]).map(|demand| demand.unwrap().max_age);
        let expected = expected.map_err(|text| MalformedChallenge::MaxAge(text.into()));
        assert_eq!(got, expected, "{text}");
    }
}

#[test]
fn b1_5_a_challenge_without_acr_or_age_is_still_one() {
    assert_eq!(
        found(&[&format!("Bearer {STEP_UP}")]),
        Some(Demand::default())
    );
}

#[test]
fn b1_7_scope_is_taken_along() {
    let line = format!(r#"Bearer {STEP_UP}, scope="approve read""#);
    assert_eq!(found(&[&line]).unwrap().scopes, ["approve", "read"]);
}

#[test]
fn b1_13_floods_and_odd_characters_are_refused() {
    let many = "x ".repeat(17);
    let long = "x".repeat(257);
    for junk in [many.as_str(), long.as_str(), "pär", "a\tb"] {
        let line = format!("Bearer {STEP_UP}, acr_values=\"{junk}\"");
        assert!(
            matches!(
                step_up_demand([line.as_str()]),
                Err(MalformedChallenge::AcrValues(_))
            ),
            "{junk}"
        );
    }
}

#[test]
fn b1_13_the_most_that_is_accepted() {
    let many = vec!["x".repeat(256); 16];
    let line = format!("Bearer {STEP_UP}, acr_values=\"{}\"", many.join(" "));
    assert_eq!(values(&line), many);
}

#[test]
fn b1_22_a_header_too_long_to_be_read_is_told_unless_another_line_holds_the_challenge() {
    let header = |length: usize| {
        let line = format!("Bearer {STEP_UP}, realm=\"");
        format!("{line}{}\"", "x".repeat(length - line.len() - 1))
    };
    assert!(found(&[&header(MAX_HEADER)]).is_some());
    assert_eq!(MAX_HEADER, 16_384);
    let long = header(MAX_HEADER + 1);
    let refused = Err(MalformedChallenge::TooLong(MAX_HEADER + 1));
    for lines in [&[long.as_str()][..], &["Bearer", &long], &[&long, "Basic"]] {
        assert_eq!(step_up_demand(lines.iter().copied()), refused);
        assert_eq!(demand_of(403, lines.iter().copied(), b""), refused);
        assert_eq!(demand_of(400, lines.iter().copied(), b""), Ok(None));
    }
    let short = format!("Bearer {STEP_UP}");
    assert!(found(&[&long, &short]).is_some() && found(&[&short, &long]).is_some());
}

#[test]
fn b1_22_quotes_that_do_not_match_may_hide_a_challenge() {
    for line in [
        r#"Bearer realm="api"#,
        r#"Bearer realm="api\""#,
        r#"Bearer realm="api, error="insufficient_user_authentication""#,
        r#"Bearer realm="a"b, acr_values=phr"#,
        r#"Bearer "realm=api"#,
    ] {
        let refused = Err(MalformedChallenge::Unreadable);
        for lines in [&[line][..], &["Basic", line], &[line, "Basic"]] {
            assert_eq!(step_up_demand(lines.iter().copied()), refused, "{line}");
            assert_eq!(
                demand_of(403, lines.iter().copied(), b""),
                refused,
                "{line}"
            );
            assert_eq!(
                demand_of(400, lines.iter().copied(), b""),
                Ok(None),
                "{line}"
            );
        }
        let good = format!("Bearer {STEP_UP}");
        assert!(found(&[line, &good]).is_some() && found(&[&good, line]).is_some());
    }
}

/// A credential that was refused is renewed, however carelessly the server writes.
#[test]
fn b1_22_what_is_readable_enough_is_no_challenge() {
    for line in [
        "Bearer",
        "Bearer realm=https://api.example/",
        "Negotiate a/b+c==",
        r#"Bearer realm="a \"b\"""#,
        r#"Bearer realm="a" charset="UTF-8""#,
        r#"Bearer error="invalid_token", error_description="the token "a" has expired""#,
    ] {
        assert_eq!(found(&[line]), None, "{line}");
    }
}

#[test]
fn a_repeated_parameter_is_refused() {
    let line = format!("Bearer {STEP_UP}, acr_values=a, acr_values=b");
    assert_eq!(
        step_up_demand([line.as_str()]),
        Err(MalformedChallenge::Repeated("acr_values".into()))
    );
}

#[test]
fn junk_neither_panics_nor_loops() {
    for junk in [
        "=",
        "\"",
        "Bearer =",
        "Bearer x=\"",
        "\\",
        ",,,",
        "é",
        "Bearer \u{0}",
    ] {
        let _ = parse(junk);
    }
}

#[test]
fn b7_6_only_one_sound_nonce_is_taken() {
    let nonce = |values: &[&str]| sound_nonce(values.iter().map(|value| value.as_bytes()));
    assert_eq!(nonce(&["abc"]).as_deref(), Some("abc"));
    assert!(nonce(&[&"x".repeat(1024)]).is_some());
    let long = "x".repeat(1025);
    for bad in [&[][..], &["a", "b"], &[""], &["a b"], &["\u{e9}"], &[&long]] {
        assert_eq!(nonce(bad), None, "{bad:?}");
    }
}

#[test]
fn b1_20_pims_challenge_is_in_the_body_of_a_400_and_of_nothing_else() {
    let body = br#"{"error":{"code":"RoleAssignmentRequestAcrsValidationFailed","message":"&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D"}}"#;
    let demanded = |status| demand_of(status, [], body).unwrap();
    let demand = demanded(400).unwrap();
    assert_eq!(
        (demand.acr_values.as_slice(), demand.contexts),
        (&["c1".to_owned()][..], true)
    );
    assert!(!demand.token_only);
    for status in [200, 401, 403, 409, 500] {
        assert_eq!(demanded(status), None, "{status}");
    }
}

#[test]
fn b1_19_a_token_that_is_too_old_is_a_demand_for_another() {
    use base64::Engine;
    let claims = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;
    let claims = base64::prelude::BASE64_STANDARD.encode(claims);
    let line = format!(r#"Bearer error="insufficient_claims", claims="{claims}""#);
    let demand = found(&[&line]).unwrap();
    assert_eq!(demand.not_before, Some(1_604_106_651));
    assert!(demand.token_only && demand.acr_values.is_empty() && !demand.contexts);
}

#[test]
fn b1_21_an_anonymous_request_is_told_that_a_token_is_wanted() {
    let wanted = |lines: &[&str]| token_demand(lines.iter().copied()).unwrap();
    // As Azure Resource Manager, Microsoft Graph, an RFC 9728 server and a careless one answer.
    for lines in [
        &[
            r#"Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="missing""#,
        ][..],
        &[
            r#"Bearer realm="", authorization_uri="https://login.example/", client_id="00000003-0000-0000-c000-000000000000""#,
        ],
        &["Negotiate", "Basic realm=x, bearer"],
        &[],
    ] {
        let demand = wanted(lines).unwrap();
        assert!(
            demand.token_only && demand.acr_values.is_empty(),
            "{lines:?}"
        );
    }
    let metadata =
        wanted(&[r#"DPoP algs="ES256", resource_metadata="https://a.example/m", scope="a b""#]);
    let metadata = metadata.unwrap();
    assert_eq!(
        metadata.resource_metadata.as_deref(),
        Some("https://a.example/m")
    );
    assert_eq!((metadata.scopes.len(), metadata.dpop), (2, true));
    for lines in [&["Basic realm=x"][..], &["Negotiate", "NTLM"]] {
        assert_eq!(wanted(lines), None, "{lines:?}");
    }
}
