//! Compact JWS, and JSON that names no member twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use stepup::internals::{UnverifiedJws, parse_json};

fuzz_target!(|text: &[u8]| {
    if let Ok(value) = parse_json(text) {
        assert_eq!(serde_json::from_slice::<Value>(text).unwrap(), value);
    }
    if let Ok(token) = std::str::from_utf8(text) {
        let _ = UnverifiedJws::parse(token);
    }
});
