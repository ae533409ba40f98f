//! The configuration file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stepup::config::Config;

fuzz_target!(|text: &[u8]| Config::fuzz(text));
