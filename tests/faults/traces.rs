//! What a run of `stepup approve` leaves behind.

use std::net::{SocketAddr, TcpStream};

use serde_json::Value;
use stepup_harness::{Outcome, start_url};
use url::Url;

/// The schema of the one document on stdout, if there is one.
pub(crate) fn schema(outcome: &Outcome) -> String {
    let document: Value = serde_json::from_str(&outcome.stdout).unwrap_or_default();
    document["schema"].as_str().unwrap_or_default().to_owned()
}

/// Whether anything listens still where the loopback listener was, if it came to that.
pub(crate) fn leaves_a_listener(outcome: &Outcome) -> bool {
    listener(outcome).is_some_and(|at| TcpStream::connect(at).is_ok())
}

fn listener(outcome: &Outcome) -> Option<SocketAddr> {
    let url: Url = start_url(&outcome.stderr)?.parse().unwrap();
    Some(url.socket_addrs(|| None).unwrap()[0])
}
