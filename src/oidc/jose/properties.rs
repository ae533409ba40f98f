//! Tokens and JSON from anywhere.

use proptest::prelude::*;

use super::*;
use crate::arbitrary;

proptest! {
    #[test]
    fn any_text_is_taken_apart_without_a_panic(token in any::<String>(), dotted in "[A-Za-z0-9_.-]*") {
        let _ = UnverifiedJws::parse(&token);
        let _ = UnverifiedJws::parse(&dotted);
    }

    #[test]
    fn json_without_duplicates_is_read_as_everybody_reads_it(value in arbitrary::json(".{0,4}")) {
        let text = value.to_string();
        let plain: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(parse_json(text.as_bytes()).unwrap(), plain);
    }

    #[test]
    fn b9_22_a_member_given_twice_is_refused_wherever_it_stands(
        (one, two) in (arbitrary::json("[a-c]"), arbitrary::json("[a-c]")),
        name in ".{0,4}",
        depth in 0..4_usize,
    ) {
        let name = Value::from(name);
        let twice = format!("{{{name}:{one},\"between\":0,{name}:{two}}}");
        let text = (0..depth).fold(twice, |inner, _| format!("[0,{{\"x\":{inner}}}]"));
        // It may have been named like the member between.
        prop_assert!(parse_json(text.as_bytes()).is_err(), "{text}");
    }

    #[test]
    fn bytes_that_are_no_json_are_refused_without_a_panic(bytes in any::<Vec<u8>>()) {
        let ours = parse_json(&bytes).is_ok();
        prop_assert!(!ours || serde_json::from_slice::<Value>(&bytes).is_ok());
    }
}
