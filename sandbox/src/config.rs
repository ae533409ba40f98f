//! The private configuration folder of a running sandbox: `stepup --config FOLDER` and everything works.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use super::auth::LOGIN_CLIENT;
use super::basics::random;
use super::files::{private_folder, write_private};

pub(crate) struct FolderContents<'a> {
    pub(crate) api_url: &'a str,
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) entry: &'a str,
    /// More of the provider entry, whole lines.
    pub(crate) lines: &'a str,
    /// The issuer is somebody else's.
    pub(crate) elsewhere: bool,
    /// The certificate that those of the servers are signed with, as PEM.
    pub(crate) authority: Option<&'a str>,
    pub(crate) provider_ids: &'a [String],
    /// Names and secrets of `credentials.json`.
    pub(crate) secrets: BTreeMap<String, &'a str>,
}

/// A configuration folder; one we made ourselves goes away with the sandbox.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    ours: bool,
}

impl Folder {
    /// The folder asked for, or a fresh private one.
    pub(crate) fn open(wanted: Option<PathBuf>) -> io::Result<Self> {
        let ours = wanted.is_none();
        let fresh = || std::env::temp_dir().join(format!("stepup-sandbox-{}", random(16)));
        let path = wanted.unwrap_or_else(fresh);
        private_folder(&path)?;
        Ok(Self { path, ours })
    }

    /// Where the certificate of the authority is, if there is one.
    pub(crate) fn ca_file(&self) -> PathBuf {
        self.path.join("ca.pem")
    }

    /// Writes `config.toml`, `credentials.json` and perhaps `ca.pem`, each 0600 and at once.
    pub(crate) fn write(&self, contents: &FolderContents) -> io::Result<()> {
        let secrets = serde_json::to_vec_pretty(&contents.secrets)?;
        write_private(&self.path.join("credentials.json"), &secrets)?;
        if let Some(pem) = contents.authority {
            write_private(&self.ca_file(), pem.as_bytes())?;
        }
        write_private(&self.path.join("config.toml"), toml(contents).as_bytes())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.ours {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

fn toml(contents: &FolderContents) -> String {
    // An issuer elsewhere has to be told whom its access tokens are for.
    let resource = if contents.elsewhere {
        format!("resource = {}\n", quoted(contents.api_url))
    } else if contents.authority.is_some() {
        "ca_file = \"ca.pem\"\n".to_owned()
    } else {
        String::new()
    };
    format!(
        "# Written by `stepup sandbox`, for this run of it.\n\
         default_profile = \"sandbox\"\n\
         store = \"file\"\n\
         receipt_log = \"receipts.jsonl\"\n\
         [profiles.sandbox]\n\
         api_url = \"{api_url}\"\n\
         provider = \"{entry}\"\n\
         login_client_id = \"{LOGIN_CLIENT}\"\n\
         [providers.{entry}]\n\
         issuer = {issuer}\n\
         client_id = {client_id}\n\
         {resource}\
         {lines}\
         c1_provider_ids = [\"{ids}\"]\n",
        api_url = contents.api_url,
        issuer = quoted(contents.issuer),
        client_id = quoted(contents.client_id),
        entry = contents.entry,
        lines = contents.lines,
        ids = contents.provider_ids.join("\", \""),
    )
}

/// A TOML string; what comes from the command line may hold anything.
fn quoted(text: &str) -> toml::Value {
    toml::Value::from(text)
}
