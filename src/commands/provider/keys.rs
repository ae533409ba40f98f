//! `stepup provider keys`: the keys of a provider as they are now, for an archive. A provider takes its old keys away,
//! and evidence of that day is verified with the keys of that day.

use jiff::Timestamp;
use serde_json::json;

use super::entry::meant;
use crate::adapters::terminal::ignore_broken_pipe;
use crate::ceremony::registration::http_for;
use crate::cli::EntryName;
use crate::config::Config;
use crate::context::Context;
use crate::error::Error;
use crate::oidc::discovery;
use crate::oidc::keys::Keys;
use crate::oidc::public_key::public_members;

/// Prints a JWK set (RFC 7517 §5), with members beside it that say whose it is.
pub(super) fn run(context: &Context, args: &EntryName) -> Result<(), Error> {
    let config = Config::load(context.global.config.as_deref())?;
    let entry = meant(context, &config, args.name.as_deref())?;
    let http = http_for(&context.http, entry)?;
    let metadata = discovery::discover(&http, &entry.issuer)?;
    let url = metadata.jwks_uri().as_str();
    let keys = Keys::published(&http, url)?;
    let document = json!({
        "schema": "stepup.provider-keys/1",
        "issuer": entry.issuer,
        "jwks_uri": url,
        "fetched_at": Timestamp::now().as_second(),
        "keys": keys.iter().map(public_members).collect::<Vec<_>>(),
    });
    let printed = context.terminal.next_document(&document);
    printed.or_else(ignore_broken_pipe("the keys were fetched"))
}
