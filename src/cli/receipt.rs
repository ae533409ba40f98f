//! The flags of `stepup receipt`.

use clap::builder::FalseyValueParser;
use clap::{Args, Subcommand};

/// `stepup receipt`.
#[derive(Debug, Subcommand)]
pub(crate) enum ReceiptCommand {
    /// List the receipts of this machine, newest first
    List(ReceiptList),
    /// Show one receipt
    Show(ReceiptShow),
    /// Check that the log is unchanged and that the API still says the same
    Verify(ReceiptVerify),
}

/// `stepup receipt list`.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReceiptList {
    /// Stop after this many
    #[arg(long, short = 'L', value_name = "N", env = "STEPUP_LIMIT")]
    pub(crate) limit: Option<usize>,
}

/// `stepup receipt show`.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReceiptShow {
    /// Which one: its number in the list, or `last`
    #[arg(value_name = "N", default_value = "last", value_parser = which)]
    pub(crate) receipt: Which,
}

/// `stepup receipt verify`.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The whole log is always checked for changed, removed and inserted lines. This detects accidents, not changes by somebody who can write the log: no key protects it. One receipt, or with `--all` each of them, is then compared with its task and its trail as the API shows them now.\n\nExamples:\n  stepup receipt verify\n  stepup receipt verify 12\n  stepup receipt verify --all -o json"
)]
pub(crate) struct ReceiptVerify {
    /// Which one: its number in the list, or `last`
    #[arg(value_name = "N", default_value = "last", value_parser = which)]
    pub(crate) receipt: Which,
    /// Every receipt of the log
    #[arg(long, short, env = "STEPUP_ALL", value_parser = FalseyValueParser::new(), conflicts_with = "receipt")]
    pub(crate) all: bool,
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
