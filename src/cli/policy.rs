//! The flags of `stepup policy`: which steps require step-up, and with which provider.

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::policy::AppGroup;

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// List policies and how many of their steps require step-up
    List,
    /// Show one policy's steps
    Show(PolicyShow),
    /// Make a policy whose approval requires step-up
    Create(PolicyCreate),
    /// Make an approval step require step-up with a provider
    RequireStepUp(RequireStepUp),
    /// Stop requiring step-up for an approval step
    DropStepUp(PolicyStepChoice),
}

#[derive(Args, Clone, Debug)]
pub(crate) struct PolicyShow {
    /// The policy: its 27-character id, or its name if no other has it [default: chosen on the terminal]
    pub(crate) policy: Option<String>,
}

/// Which step, and whether to ask first.
#[derive(Args, Clone, Debug)]
pub(crate) struct PolicyStepChoice {
    /// The policy: its 27-character id, or its name if no other has it [default: chosen on the terminal]
    pub(crate) policy: Option<String>,
    /// The step's number, as `policy show` counts [default: chosen on the terminal]
    #[arg(long, value_name = "N")]
    pub(crate) step: Option<usize>,
    /// Which steps: `grant`, `revoke`, `certify`, or another name that the policy has [default: its type's]
    #[arg(long, value_name = "NAME")]
    pub(crate) of: Option<String>,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup policy create \"Prod access, step-up\" --manager \\\n    --provider \"Okta, phishing-resistant\"\n  stepup policy create \"Prod access, step-up\" --like \"Prod access\" --dry-run\n\nOn a terminal, what is missing is asked for. Nothing uses a new policy until an app, an entitlement or another policy names it."
)]
pub(crate) struct PolicyCreate {
    /// The name that people see
    pub(crate) name: Option<String>,
    /// What it is for [default: grant]
    #[arg(
        long = "type",
        value_name = "TYPE",
        value_enum,
        conflicts_with = "like"
    )]
    pub(crate) kind: Option<PolicyKind>,
    #[command(flatten)]
    pub(crate) approvers: ApproverChoice,
    /// The approval step that is to require step-up, where `--like` brings several (repeatable) [default: each]
    #[arg(long = "step", value_name = "N", value_delimiter = ' ')]
    pub(crate) steps: Vec<usize>,
    /// Require a comment with the approval
    #[arg(long, conflicts_with = "like")]
    pub(crate) require_comment: bool,
    /// The API's step-up provider: its id, or its name (see `stepup provider remote list`)
    /// [default: chosen on the terminal]
    #[arg(long, value_name = "PROVIDER")]
    pub(crate) provider: Option<String>,
    /// A description of the policy
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<String>,
    /// Show what would be sent, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

/// Who approves: one of these. The steps of another policy say it, too.
#[derive(Args, Clone, Debug)]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct ApproverChoice {
    /// This person may approve: an email address, or the API's id (repeatable)
    #[arg(long = "approver", value_name = "PERSON")]
    pub(crate) people: Vec<String>,
    /// The manager of whoever it is for approves
    #[arg(long)]
    pub(crate) manager: bool,
    /// The owners of the app approve
    #[arg(long)]
    pub(crate) app_owners: bool,
    /// The owners of the entitlement approve
    #[arg(long)]
    pub(crate) entitlement_owners: bool,
    /// The owners of the resource approve
    #[arg(long)]
    pub(crate) resource_owners: bool,
    /// The members of this group approve
    #[arg(long, value_name = "APP_ID/GROUP_ID", value_parser = AppGroup::parse)]
    pub(crate) group: Option<AppGroup>,
    /// Take the steps of this policy, its id or its name
    #[arg(long, value_name = "POLICY")]
    pub(crate) like: Option<String>,
}

/// What a policy is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyKind {
    /// Requests for access
    #[default]
    Grant,
    /// Requests to take access away
    Revoke,
    /// Access reviews
    Certify,
}

impl PolicyKind {
    /// The API's word for it, in lower case.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Revoke => "revoke",
            Self::Certify => "certify",
        }
    }
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Example:\n  stepup policy require-step-up \"Prod access\" --step 1 \\\n    --provider \"Okta, phishing-resistant\""
)]
pub(crate) struct RequireStepUp {
    #[command(flatten)]
    pub(crate) choice: PolicyStepChoice,
    /// The API's step-up provider: its id, or its name (see `stepup provider remote list`)
    /// [default: chosen on the terminal]
    #[arg(long, value_name = "PROVIDER")]
    pub(crate) provider: Option<String>,
}
