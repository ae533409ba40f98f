//! Short stories that run the real binary against the real sandbox over real sockets. A file a kind of
//! scenario; every refusal ends with `saw_no_approval`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::needless_pass_by_value,
    missing_docs,
    reason = "a test may stop where it stands"
)]

mod approve;
mod backchannel;
mod backchannel_entries;
mod belonging;
mod browser;
mod canary;
mod causes;
mod children;
mod client_secrets;
mod clocks;
mod columns;
mod config;
mod credentials;
mod demo;
mod deny;
mod dialects;
mod doctor;
mod dpop;
mod elsewhere;
mod entries;
mod entry_settings;
mod error_map;
mod failed;
mod federation;
mod gateways;
mod hosted;
mod hosted_api;
mod hosted_checks;
mod hosted_receipts;
mod hosted_switches;
mod hostile;
mod incomplete;
mod keys;
mod negative_control;
mod no_proof;
mod once;
mod once_more;
mod output;
mod paging;
mod patience;
mod person;
mod personalities;
mod personality_errors;
mod personality_looks;
mod personality_modes;
mod policy;
mod presets;
mod probes;
mod process;
mod promises;
mod provider_personalities;
mod provider_remote;
mod provider_remote_test;
mod provider_test;
mod proxied;
mod proxy;
mod pushed;
mod receipts;
mod refused;
mod remote;
mod request;
mod request_elsewhere;
mod request_person;
mod request_refused;
mod request_tls;
mod roundtrips;
mod settings;
mod several;
mod sign_in;
mod start_page;
mod statement;
mod switches;
mod tasks;
mod typed_early;
mod unknowns;
mod unmet;
mod unread_challenge;
mod untrusted;
mod variables;
mod watch;
mod workloads;
mod world;

#[test]
fn no_file_was_forgotten() {
    let source = include_str!("main.rs");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") {
            let line = format!("\nmod {module};\n");
            assert!(source.contains(&line), "{name} is in no `mod` line");
        }
    }
}
