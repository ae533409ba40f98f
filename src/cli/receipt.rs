//! The flags of `stepup receipt`.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, Subcommand};

use super::task::limit;
use crate::domain::length_of_time::{Unit, length_of_time};

#[derive(Debug, Subcommand)]
pub(crate) enum ReceiptCommand {
    /// List the receipts of this machine, newest first
    List(ReceiptList),
    /// Show one receipt
    Show(ReceiptShow),
    /// Check that the log is unchanged and that the API agrees with it; or verify evidence, offline
    Verify(ReceiptVerify),
    /// Print the evidence of an approval, for somebody else to verify
    Export(ReceiptExport),
    /// Remove evidence that is old; receipts stay
    Prune(ReceiptPrune),
}

#[derive(Args, Clone, Debug)]
pub(crate) struct ReceiptList {
    /// Maximum number to list
    #[arg(long, short = 'L', value_name = "N", value_parser = limit, env = "STEPUP_LIMIT")]
    pub(crate) limit: Option<usize>,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct ReceiptShow {
    /// Which one: its number in the list, or `last`
    #[arg(value_name = "N", default_value = "last", value_parser = which)]
    pub(crate) receipt: Which,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The whole log is always checked for changed, removed and inserted lines. This detects accidents, not changes by somebody who can write the log: no key protects it. One receipt, or with `--all` each of them, is then compared with its task and its trail as the API shows them now.\n\nWith `--file` nothing of this machine counts: evidence is verified by what is in it and by the keys that you trust. Exit code 0: everything holds, and a key that you trust signed it; 3: who signed it is not established, what was signed is not this approval, or nobody signed it (hosted approvals: the API's word); 5: something does not hold; 2: it is no evidence.\n\nExamples:\n  stepup receipt verify\n  stepup receipt verify 12\n  stepup receipt verify --all -o json\n  stepup receipt verify --file evidence.json --jwks keys.json\n  stepup receipt verify --file - --issuer https://acme.okta.com < month.jsonl"
)]
pub(crate) struct ReceiptVerify {
    /// Which one: its number in the list, or `last`
    #[arg(value_name = "N", default_value = "last", value_parser = which)]
    pub(crate) receipt: Which,
    /// Every receipt of the log
    #[arg(long, short, env = "STEPUP_ALL", value_parser = FalseyValueParser::new(), conflicts_with = "receipt")]
    pub(crate) all: bool,
    /// Verify this evidence instead: one document, or one on each line; `-` is stdin
    #[arg(long, value_name = "FILE", conflicts_with_all = ["receipt", "all"])]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) trust: EvidenceTrust,
}

/// Which keys count in `stepup receipt verify --file`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct EvidenceTrust {
    /// Trust the keys of this JWK set: files, or URLs to fetch
    #[arg(long, value_name = "FILE|URL", num_args = 1.., requires = "file")]
    pub(crate) jwks: Vec<String>,
    /// Only evidence of this issuer; without `--jwks` or `--key` its keys are fetched and trusted
    #[arg(long, value_name = "URL", requires = "file")]
    pub(crate) issuer: Option<String>,
    /// Trust the key with this thumbprint (RFC 7638, SHA-256; repeatable)
    #[arg(
        long = "key",
        value_name = "THUMBPRINT",
        requires = "file",
        allow_hyphen_values = true
    )]
    pub(crate) keys: Vec<String>,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Evidence holds the ID token of the sign-in. As long as that is valid, whoever has it could use it at a service that does not check whom it is for; so it is not printed before, unless you say `--now`. A file that `--file` writes can be read by you alone, and is written at once: hand it on when the token has expired.\n\nExamples:\n  stepup receipt export --file evidence.json\n  stepup receipt export 12\n  stepup receipt export --all --file all.jsonl"
)]
pub(crate) struct ReceiptExport {
    /// Which one: its number in the list, or `last`
    #[arg(value_name = "N", default_value = "last", value_parser = which)]
    pub(crate) receipt: Which,
    /// All evidence, one document on each line
    #[arg(long, short, conflicts_with = "receipt")]
    pub(crate) all: bool,
    /// Print it even while the ID token in it is still valid
    #[arg(long)]
    pub(crate) now: bool,
    /// Write it to this file, which only you can read, instead of stdout
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup receipt prune --older-than 400d\n  stepup receipt prune --older-than 400d --yes"
)]
pub(crate) struct ReceiptPrune {
    /// Remove evidence that was kept longer ago than this: `400d`, `52w`, `12h`
    #[arg(long, value_name = "TIME", value_parser = age)]
    pub(crate) older_than: Duration,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

/// A length of time in hours, days or weeks.
fn age(text: &str) -> Result<Duration, String> {
    length_of_time(text, &[Unit::Hours, Unit::Days, Unit::Weeks])
        .ok_or_else(|| "write it with its unit, like `12h`, `400d` or `52w`".to_owned())
}

/// One receipt of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The newest.
    Last,
    /// The one with this number, from 1.
    Number(usize),
}

fn which(text: &str) -> Result<Which, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(Which::Number(number)),
        _ if text == "last" => Ok(Which::Last),
        _ => Err("give a number of `stepup receipt list`, or `last`".to_owned()),
    }
}
