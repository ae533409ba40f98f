//! Configurations that nobody would write.

use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Lines that are nearly right, which come further than random text.
fn line() -> impl Strategy<Value = String> {
    let key = "default_profile|store|api_url|provider|issuer|client_id|acr_values|max_age|ports|skew|\
        redirect_path|prompt|preset|rank|accept_stronger|allow_weak|request|subject|freshness|token|[a-z]{1,4}|\"[^\"\\\\]*\"";
    let value = "\"(okta|entra-acrs|auth0|google)\"|\\[\"(phr|c1)\"\\]|false|\"\\PC{0,8}\"|\"https://[a-z.]{0,6}\"|\"http://127.0.0.1\"|\"file\"|\"work\"|[0-9]{1,20}|\
        \\[\\]|\\[1, \"a\"\\]|\\{\\}|true|1979-05-27|0x[0-9a-f]+|nan";
    prop_oneof![
        "\\[(profiles|providers)(\\.(work|okta|\\PC{0,5}))?\\]",
        (key, value).prop_map(|(key, value)| format!("{key} = {value}")),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in any::<Vec<u8>>()) {
        let _ = Config::parse(Path::new("config.toml"), &bytes);
    }

    #[test]
    fn nearly_right_lines_are_read_without_a_panic_and_refused_at_a_line_that_is_there(
        lines in vec(line(), 0..10),
    ) {
        let text = lines.join("\n");
        match Config::parse(Path::new("config.toml"), text.as_bytes()) {
            Ok(config) => prop_assert!(config.profiles.values().all(|profile| crate::adapters::http::is_acceptable(&profile.api_url))),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
