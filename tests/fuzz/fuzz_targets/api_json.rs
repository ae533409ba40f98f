//! Answers of the API.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stepup::internals::read_answer;

fuzz_target!(|body: &[u8]| read_answer(body));
