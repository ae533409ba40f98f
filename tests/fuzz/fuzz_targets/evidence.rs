//! Documents around one that holds. What is trusted is what the provider of that one signed, whose key nobody has.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use stepup::internals::is_trusted_evidence;

const KEYS: &[u8] = include_bytes!("evidence.keys.json");

static SIGNED: LazyLock<Value> = LazyLock::new(|| {
    let seed = include_bytes!("../corpus/evidence/good");
    assert!(is_trusted_evidence(seed, KEYS));
    serde_json::from_slice(seed).unwrap()
});

fuzz_target!(|bytes: &[u8]| {
    let signed = &*SIGNED;
    if is_trusted_evidence(bytes, KEYS) {
        let document: Value = serde_json::from_slice(bytes).unwrap();
        for member in ["statement", "terms"] {
            assert_eq!(document[member], signed[member]);
        }
        for member in ["statement", "task", "approver", "proof", "subject"] {
            let (got, wanted) = (&document["receipt"][member], &signed["receipt"][member]);
            if member != "proof" {
                assert_eq!(got, wanted);
            } else {
                assert_eq!(got["acr"], wanted["acr"]);
            }
        }
    }
});
