//! Answers of the API.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stepup::adapters::access_api;

fuzz_target!(|body: &[u8]| access_api::fuzz(body));
