//! The flags of `stepup policy`: which steps require step-up, and with which provider.

use clap::{Args, Subcommand};

/// `stepup policy`.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// List policies and how many of their steps require step-up
    List,
    /// Show one policy's steps
    Show(PolicyShow),
    /// Make an approval step require step-up with a provider
    RequireStepUp(RequireStepUp),
    /// Let an approval step do without step-up
    DropStepUp(DropStepUp),
}

/// `stepup policy show`.
#[derive(Args, Clone, Debug)]
pub(crate) struct PolicyShow {
    /// The policy: its 27-character id, or its name if no other has it
    pub(crate) policy: String,
}

/// Which step, and whether to ask first.
#[derive(Args, Clone, Debug)]
pub(crate) struct PolicyStepChoice {
    /// The policy: its 27-character id, or its name if no other has it
    pub(crate) policy: String,
    /// The step's number, as `policy show` counts
    #[arg(long, value_name = "N")]
    pub(crate) step: usize,
    /// Which steps: `grant`, `revoke`, `certify`, or another name that the policy has (default: its type's)
    #[arg(long, value_name = "NAME")]
    pub(crate) of: Option<String>,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

/// `stepup policy require-step-up`.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Example:\n  stepup policy require-step-up \"Prod access\" --step 1 \\\n    --provider \"Okta, phishing-resistant\""
)]
pub(crate) struct RequireStepUp {
    /// The step.
    #[command(flatten)]
    pub(crate) choice: PolicyStepChoice,
    /// The API's step-up provider: its id, or its name (see `stepup provider remote list`)
    /// [default: chosen on the terminal]
    #[arg(long, value_name = "PROVIDER")]
    pub(crate) provider: Option<String>,
}

/// `stepup policy drop-step-up`.
#[derive(Args, Clone, Debug)]
pub(crate) struct DropStepUp {
    /// The step.
    #[command(flatten)]
    pub(crate) choice: PolicyStepChoice,
}
