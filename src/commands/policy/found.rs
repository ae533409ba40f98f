//! Which policy is meant.

use crate::adapters::access_api::AccessApi;
use crate::adapters::access_api::policies::PolicyDocument;
use crate::commands::shared::administration::{named, refused, row, with_id};
use crate::commands::shared::missing::Missing;
use crate::context::Context;
use crate::domain::policy::Policy;
use crate::domain::step_up_provider::StepUpProvider;
use crate::error::Error;

pub(super) fn all(api: &AccessApi) -> Result<Vec<Policy>, Error> {
    let all = api.policies().map_err(refused)?;
    Ok(all.iter().map(PolicyDocument::policy).collect())
}

/// The providers that may have names for what its steps require; none where the API shows none.
pub(super) fn providers_of(api: &AccessApi, policy: &Policy) -> Vec<StepUpProvider> {
    // Names are decoration: who may read providers is not publicly known.
    if policy.step_ups() > 0 {
        api.providers().unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// The policy of this id or name.
pub(super) fn find(api: &AccessApi, wanted: &str) -> Result<PolicyDocument, Error> {
    if let Some(found) = with_id(wanted, |id| api.policy(id))? {
        return Ok(found);
    }
    let policy = named(all(api)?, "policies", wanted, |one: &Policy| {
        (&one.id, &one.display_name)
    })?;
    // A row of a list may be less than the policy itself.
    api.policy(&policy.id).map_err(refused)
}

const POLICY: Missing<'static> = Missing {
    what: "policy",
    instead: "nothing was changed; give its id or its name (`stepup policy list` shows them)",
};

/// The policy of this id or name, or the one that is chosen.
pub(super) fn meant(
    context: &Context,
    api: &AccessApi,
    wanted: Option<&str>,
) -> Result<PolicyDocument, Error> {
    if let Some(wanted) = wanted {
        return find(api, wanted);
    }
    let line = |one: &Policy| row(&one.display_name, &one.kind, &one.id);
    let policy = POLICY.chosen(context, || all(api), line)?;
    api.policy(&policy.id).map_err(refused)
}
