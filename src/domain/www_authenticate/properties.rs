//! Challenges as servers write them and as nobody should.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const TOKEN: &str = "[a-z0-9!#$%&'*+.^_`|~-]{1,8}";

fn challenge() -> impl Strategy<Value = AuthChallenge> {
    (TOKEN, vec((TOKEN, "[ -~\u{a0}-\u{ff}]{0,12}"), 0..5))
        .prop_map(|(scheme, parameters)| AuthChallenge { scheme, parameters })
}

/// RFC 9110 §11.6.1, with each value quoted and escaped, or bare where it may be.
fn written(challenge: &AuthChallenge, bare: bool, space: &str) -> String {
    let parameter = |(name, value): &(String, String)| {
        let token = !value.is_empty() && value.chars().all(is_token);
        if bare && token {
            return format!("{name}{space}={space}{value}");
        }
        let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
        format!("{name}{space}={space}\"{escaped}\"")
    };
    let parameters: Vec<String> = challenge.parameters.iter().map(parameter).collect();
    format!(
        "{} {}",
        challenge.scheme,
        parameters.join(&format!("{space},{space}"))
    )
}

proptest! {
    #[test]
    fn any_line_is_read_without_a_panic(line in any::<String>()) {
        let _ = step_up_demand([line.as_str()]);
    }

    #[test]
    fn lines_of_the_grammars_own_pieces_are_read_without_a_panic(
        pieces in vec("Bearer|DPoP|error|=|\"|\\\\|,| |acr_values|max_age|insufficient_user_authentication|é", 0..30),
    ) {
        let _ = step_up_demand([pieces.concat().as_str()]);
    }

    #[test]
    fn what_was_written_is_read_in_order(
        challenges in vec(challenge(), 0..4),
        bare in any::<bool>(),
        space in "[ \t]{0,2}",
    ) {
        let lines: Vec<String> =
            challenges.iter().map(|one| written(one, bare, &space)).collect();
        let header = parse(&lines.join(", "));
        prop_assert!(header.quotes_match);
        prop_assert_eq!(header.challenges, challenges);
    }

    #[test]
    fn a_demand_survives_whatever_stands_around_it(
        before in vec(challenge(), 0..3),
        after in vec(challenge(), 0..3),
        acr_values in vec("[!#-\\[\\]-~]{1,12}", 0..16),
        max_age in proptest::option::of(any::<u64>()),
    ) {
        // Another challenge that demands step-up would rightly come first.
        prop_assume!(!before.iter().any(AuthChallenge::is_step_up));
        let mut parameters = vec![
            ("error".to_owned(), "insufficient_user_authentication".to_owned()),
            ("acr_values".to_owned(), acr_values.join(" ")),
        ];
        parameters.extend(max_age.map(|age| ("max_age".to_owned(), age.to_string())));
        let ours = AuthChallenge { scheme: "bearer".to_owned(), parameters };
        let all: Vec<_> = before.into_iter().chain([ours]).chain(after).collect();
        let line: Vec<String> = all.iter().map(|one| written(one, false, "")).collect();
        let demand = step_up_demand([line.join(", ").as_str()]).unwrap().unwrap();
        prop_assert_eq!(demand.acr_values, acr_values);
        prop_assert_eq!(demand.max_age, max_age);
    }
}
