//! The request log: one JSON line a request, so that tests can count round trips, see connections
//! reused, and prove that nothing was approved.
//!
//! Paths only: queries, headers and bodies may hold secrets and are never written there. The record, which
//! is kept only where it is asked for by name, has the API's bodies: it is what the sandbox is compared
//! with C1's published description by.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use serde_json::{Value, json};

use super::basics::locked;
use super::connection::Head;
use super::http::{Call, Reply};

/// Where the lines go, if anywhere.
pub(crate) struct Log {
    file: Option<Mutex<File>>,
    record: Option<Mutex<File>>,
}

impl Log {
    /// Opens log and record for appending, readable by their owner only.
    pub(crate) fn open(path: Option<&Path>, record: Option<&Path>) -> io::Result<Self> {
        let open = |path: &Path| {
            let mut options = OpenOptions::new();
            options.append(true).create(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            options.open(path)
        };
        Ok(Self {
            file: path.map(open).transpose()?.map(Mutex::new),
            record: record.map(open).transpose()?.map(Mutex::new),
        })
    }

    /// Records one exchange of the API with its bodies.
    pub(crate) fn exchange(&self, call: &Call, reply: &Reply) {
        let Some(record) = &self.record else { return };
        if !call.path.starts_with("/api/v1/") {
            return;
        }
        let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
        let line = json!({
            "method": call.method,
            "path": call.path,
            "agent": call.header("user-agent"),
            "request": json(&call.body),
            "status": reply.status,
            "answer": json(&reply.body),
        });
        let _ = locked(record).write_all(format!("{line}\n").as_bytes());
    }

    /// Writes one line.
    pub(crate) fn request(
        &self,
        server: &str,
        head: &Head,
        client: SocketAddr,
        reply: &Reply,
        started: Instant,
    ) {
        let Some(file) = &self.file else { return };
        let path = head.target.split('?').next().unwrap_or_default();
        let mut line = json!({
            "time": jiff::Timestamp::now().to_string(),
            "server": server,
            "method": head.method,
            "path": path,
            "status": reply.status,
            // The client's port is the same for as long as the connection lives.
            "connection": client.port(),
            "ms": u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        });
        if let (Some(task), Some(fields)) = (&reply.approved, line.as_object_mut()) {
            fields.insert("approved".into(), task.clone().into());
        }
        // One write a line keeps lines whole; a full disk must not stop the sandbox.
        let _ = locked(file).write_all(format!("{line}\n").as_bytes());
    }
}
