//! Canonical JSON (RFC 8785, JCS): the one text of a document, for hashes that somebody else computes too.

use serde_json::{Number, Value};

/// Largest number that every implementation reads as it is written (RFC 8785 §3.2.2.3, RFC 7493 §2.2).
const LARGEST: u64 = (1 << 53) - 1;

/// Why there is no such text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotCanonical {
    /// A number that is written otherwise by others.
    #[error("the number {0} is not a whole one of at most 53 bits")]
    Number(String),
    /// The writer refuses it.
    #[error("{0}")]
    Unwritable(String),
}

/// The canonical text. Numbers are whole and have at most 53 bits, so that no two readers round one differently.
pub(crate) fn canonical(document: &Value) -> Result<Vec<u8>, NotCanonical> {
    check(document)?;
    serde_json_canonicalizer::to_vec(document)
        .map_err(|error| NotCanonical::Unwritable(error.to_string()))
}

fn check(value: &Value) -> Result<(), NotCanonical> {
    match value {
        Value::Number(number) if !is_exact(number) => Err(NotCanonical::Number(number.to_string())),
        Value::Array(items) => items.iter().try_for_each(check),
        Value::Object(members) => members.values().try_for_each(check),
        _ => Ok(()),
    }
}

fn is_exact(number: &Number) -> bool {
    let size = number.as_i64().map(i64::unsigned_abs);
    size.is_some_and(|size| size <= LARGEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn written(text: &str) -> String {
        let document: Value = serde_json::from_str(text).unwrap();
        String::from_utf8(serde_json_canonicalizer::to_vec(&document).unwrap()).unwrap()
    }

    /// The examples of the sections and of appendix B, by the crate alone: it is the RFC that we rely on.
    #[test]
    fn rfc_8785_is_what_the_crate_writes() {
        // §3.2.2
        let text = r#"{
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
        }"#;
        let expected = concat!(
            r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#,
            r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        );
        assert_eq!(written(text), expected);
        // §3.2.3
        let text = r#"{
            "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
            "\u00f6": "Latin Small Letter O With Diaeresis"
        }"#;
        let document: Value = serde_json::from_str(&written(text)).unwrap();
        let text = written(text);
        let mut order: Vec<(usize, &str)> = document
            .as_object()
            .unwrap()
            .values()
            .map(|value| value.as_str().unwrap())
            .map(|value| (text.find(value).unwrap(), value))
            .collect();
        order.sort_unstable();
        let order: Vec<&str> = order.into_iter().map(|(_, value)| value).collect();
        let expected = [
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ];
        assert_eq!(order, expected);
    }

    #[test]
    fn rfc_8785_appendix_b_is_how_the_crate_writes_numbers() {
        for (bits, text) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            let number = f64::from_bits(bits);
            let written = serde_json_canonicalizer::to_string(&json!(number)).unwrap();
            assert_eq!(written, text, "{bits:x}");
        }
    }

    #[test]
    fn numbers_that_others_read_otherwise_are_refused() {
        let document = |number: Value| json!({ "a": [{ "b": number }] });
        for number in [
            json!(0),
            json!(-1),
            json!(LARGEST),
            json!(-((1_i64 << 53) - 1)),
        ] {
            assert!(canonical(&document(number)).is_ok());
        }
        for number in [
            json!(LARGEST + 1),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(0.5),
            json!(1e300),
        ] {
            let refused = canonical(&document(number.clone())).unwrap_err();
            assert_eq!(refused, NotCanonical::Number(number.to_string()));
        }
    }

    fn document() -> impl Strategy<Value = Value> {
        let number = -((1_i64 << 53) - 1)..=((1_i64 << 53) - 1);
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            number.prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// One text for one document, however it came to us; and it is the document.
        #[test]
        fn the_text_is_the_document_and_there_is_one(document in document()) {
            let text = canonical(&document).unwrap();
            let again: Value = serde_json::from_slice(&text).unwrap();
            prop_assert_eq!(&again, &document);
            let pretty: Value = serde_json::from_str(&serde_json::to_string_pretty(&document).unwrap()).unwrap();
            prop_assert_eq!(canonical(&pretty).unwrap(), text);
        }
    }
}
