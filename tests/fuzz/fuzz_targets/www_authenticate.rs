//! The API's challenge. What is accepted keeps its bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stepup::internals::step_up_demand;

fuzz_target!(|line: &str| {
    if let Ok(Some(demand)) = step_up_demand([line]) {
        assert!(demand.acr_values.len() <= 16);
        for acr in demand.acr_values {
            assert!(acr.len() <= 256 && acr.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
});
