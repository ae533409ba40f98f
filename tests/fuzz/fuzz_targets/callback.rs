//! The query or form body of the authorization response. Only our state makes it an answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stepup::internals::CallbackParameters;

fuzz_target!(|query: &[u8]| {
    if let Some(Ok(answer)) = CallbackParameters::answering(query, "st") {
        assert_eq!(answer.state, "st");
        assert!(answer.code.is_none_or(|code| !code.is_empty()));
    }
    assert!(CallbackParameters::answering(query, "").is_none());
});
