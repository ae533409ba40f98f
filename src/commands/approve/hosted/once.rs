//! A sign-in that the API shows counts once here too, wherever it shows when it happened (B9.20).

use crate::adapters::access_api::HostedProvider;
use crate::ceremony::sign_ins;
use crate::commands::approve::submission::Submission;
use crate::domain::refusal::Rejection;
use crate::domain::sign_in::{SignIn, Uses};
use crate::domain::transaction::HostedProof;
use crate::error::Error;
use crate::meaning::rejection;

/// Takes the sign-in as used, before leg 2 carries it to the API.
pub(super) fn claim(
    submission: &Submission<'_>,
    provider: Option<&HostedProvider>,
    proof: &HostedProof,
) -> Result<Uses, Error> {
    let sign_in = sign_in(provider, proof);
    let check = sign_ins::replay_check(submission.context, &sign_in);
    let name = provider.map_or("", |provider| provider.name.as_str());
    let once = sign_in.once(check.earlier());
    once.map_err(|used| rejection(Rejection::Unmet(used), name))?;
    Ok(sign_ins::used(submission.context, check))
}

/// Counts the sign-in with which the API approved by itself. Nothing can be refused any more; what is wrong is told.
pub(super) fn claim_settled(
    submission: &Submission<'_>,
    provider: Option<&HostedProvider>,
    proof: &HostedProof,
) -> Uses {
    let (context, sign_in) = (submission.context, sign_in(provider, proof));
    let check = sign_ins::replay_check(context, &sign_in);
    if let Err(used) = sign_in.once(check.earlier()) {
        let terminal = &context.terminal;
        terminal.warn(format_args!("the API approved all the same: {used}"));
    }
    sign_ins::used(context, check)
}

fn sign_in(provider: Option<&HostedProvider>, proof: &HostedProof) -> SignIn {
    let transaction = proof.transaction();
    let issuer = provider.map(|provider| provider.issuer.clone());
    SignIn {
        issuer: issuer.unwrap_or_else(|| transaction.provider_id.clone()),
        // The provider's own name of the person is not shown.
        subject: transaction.user_id.clone(),
        at: transaction
            .claims
            .auth_time
            .present()
            .copied()
            .filter(|at| *at != 0),
    }
}
