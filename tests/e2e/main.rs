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

#[macro_use(rows)]
extern crate stepup_harness;

/// `approve` and `deny`: what is shown, asked for and sent, and what is told of it.
mod approve {
    mod approved;
    mod belonging;
    mod deny;
    mod dialects;
    mod dpop;
    mod pushed;
    mod refused;
    mod rich_requests;
    pub(crate) mod roundtrips;
    mod several;
    mod shorter;
    mod statement;
    mod unknown;
    mod unread_challenge;
    mod what;
}

/// Whether what the provider answers is proof, and each way in which it is none.
mod proof {
    mod causes;
    mod clocks;
    mod failed;
    mod incomplete;
    mod no_proof;
    mod once;
    mod once_more;
    mod person;
    mod unmet;
    mod untrusted;
}

/// The hosted ceremony: the API runs the step-up.
mod hosted {
    mod ceremony;
    mod evidence;
    mod meanwhile;
    mod mutations;
    mod qr;
    mod receipts;
    mod unknowns;
}

/// The backchannel ceremony (OpenID CIBA): no browser on this machine.
mod backchannel {
    pub(crate) mod ceremony;
    mod entries;
}

/// The page and the callback on loopback, and the answer that is pasted instead.
mod listener {
    mod probes;
    mod remote;
    mod start_page;
}

/// `request`: any HTTP request, challenged on the way.
mod request {
    mod azure;
    pub(crate) mod challenged;
    mod elsewhere;
    mod microsoft;
    mod person;
    mod refused;
    mod tls;
}

/// `task list|show|watch|reassign|escalate`.
mod task {
    mod handover;
    mod paging;
    mod shown;
    mod watch;
    mod web;
}

/// What people type first, by the names that they know, and what they are told where it is wrong.
mod people {
    mod mistakes;
    mod names;
    mod screens;
    mod widths;
}

/// `provider`: the entries of this machine, and `provider test`.
mod provider {
    mod client_secrets;
    mod entries;
    mod entry_settings;
    mod negative_control;
    mod parameters;
    mod personalities;
    mod presets;
    mod reauthentication;
    mod tested;
}

/// `policy` and `provider remote`: what the organisation's administrators do.
mod administration {
    pub(crate) mod columns;
    mod policy;
    mod policy_create;
    mod remote_providers;
    mod remote_test;
}

/// `login`, and what may approve in its place.
mod login {
    mod credentials;
    mod federation;
    mod sign_in;
}

/// The configuration and its variables, and `doctor`.
mod config {
    mod doctor;
    mod file;
    mod settings;
    mod variables;
}

/// Proxies, gateways, and servers that do not work.
mod network {
    mod bad_data;
    mod broken;
    mod gateways;
    mod patience;
    mod proxied;
}

/// What is printed and kept, and what never is.
mod output {
    mod canary;
    mod children;
    mod documents;
    mod evidence;
    mod manual;
    mod receipts;
    mod transcript;
}

/// What is typed.
mod terminal {
    mod completion;
    mod keys;
    mod panics;
    mod picker;
    mod silence;
    mod typed_early;
    mod wakeups;
}

/// The sandbox and `demo`, and the sandbox asked by HTTP without the tool.
mod sandbox {
    mod by_name;
    mod catalogue;
    mod demo;
    mod errors;
    mod filters;
    pub(crate) mod hosted;
    mod hosted_checks;
    mod hosted_switches;
    mod looks;
    mod modes;
    mod personalities;
    mod switches;
    mod tls;
    mod workloads;
}

/// That the tables beside this folder are whole, and name stories that exist.
mod plan {
    mod documents;
    mod error_map;
    mod promises;
    pub(crate) mod stories;
}

mod browser;
mod elsewhere;
mod process;
mod proxy;
mod world;
