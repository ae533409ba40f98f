//! The configuration file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stepup::internals::read_configuration;

fuzz_target!(|text: &[u8]| read_configuration(text));
