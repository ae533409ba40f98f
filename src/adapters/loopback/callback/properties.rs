//! The authorization response, as an honest provider sends it and as anybody else does.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use url::form_urlencoded::Serializer;

use super::*;

fn encoded(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Pairs as a hostile page would put them together.
fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        "state|code|iss|error|error_description|STATE|state ",
        ".{0,6}"
    ];
    let value = prop_oneof!["", "right", "righ", "right ", "RIGHT", ".{0,8}"];
    vec((name, value), 0..8)
}

proptest! {
    #[test]
    fn bytes_without_our_state_are_never_an_answer(bytes in vec(any::<u8>(), 0..200)) {
        let answer = CallbackParameters::answering(&bytes, "a-state-of-22-characters");
        prop_assert!(answer.is_none());
    }

    #[test]
    fn an_empty_state_is_answered_by_nothing(bytes in vec(any::<u8>(), 0..60)) {
        prop_assert!(CallbackParameters::answering(&bytes, "").is_none());
    }

    #[test]
    fn what_a_provider_sends_comes_out_as_it_was(
        state in ".{1,40}",
        values in [(); 4].map(|()| option::of(".{1,40}")),
        order in Just([0, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let names = ["code", "iss", "error", "error_description"];
        let mut sent = vec![("state", state.as_str())];
        let present = names.iter().zip(&values);
        sent.extend(present.filter_map(|(name, value)| Some((*name, value.as_deref()?))));
        let mut shuffled: Vec<_> = order.iter().filter_map(|at| sent.get(*at)).copied().collect();
        shuffled.push(("unknown", "x"));
        let answer = CallbackParameters::answering(encoded(&shuffled).as_bytes(), &state);
        let got = answer.unwrap().unwrap();
        prop_assert_eq!(&got.state, &state);
        prop_assert_eq!([got.code, got.iss, got.error, got.error_description], values);
    }

    #[test]
    fn an_answer_carries_exactly_our_state_and_nothing_twice(pairs in pairs()) {
        let borrowed: Vec<_> = pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let answer = CallbackParameters::answering(encoded(&borrowed).as_bytes(), "right");
        let count = |wanted: &str| pairs.iter().filter(|(name, _)| name == wanted).count();
        let ours = pairs.iter().any(|(name, value)| name == "state" && value == "right");
        prop_assert_eq!(answer.is_some(), ours);
        if let Some(answer) = answer {
            prop_assert_eq!(answer.is_err(), ONCE.iter().any(|name| count(name) > 1));
        }
    }
}
