//! Where step-up is really in force: said of a policy that is shown, and before one is changed.

use serde::Serialize;

use crate::adapters::access_api::AccessApi;
use crate::adapters::access_api::policies::PolicyDocument;
use crate::adapters::sanitize::{sanitize, short};
use crate::context::Context;
use crate::domain::policy::{End, Policy, Way};

/// A way as scripts see it.
#[derive(Serialize)]
pub(super) struct WayRow {
    when: Vec<String>,
    policy_id: Option<String>,
    of: Option<String>,
    step_up_steps: Vec<usize>,
    /// False where a policy could not be read, has no such steps or leads back to itself, and of the rest where there is too much.
    known: bool,
}

impl WayRow {
    pub(super) fn of(way: &Way) -> Self {
        let mut row = Self {
            when: way.when.clone(),
            policy_id: None,
            of: None,
            step_up_steps: Vec::new(),
            known: false,
        };
        match &way.end {
            End::Steps {
                policy_id,
                sequence,
                step_ups,
                ..
            } => {
                row.policy_id = Some(policy_id.clone());
                row.of = Some(sequence.clone());
                row.step_up_steps.clone_from(step_ups);
                row.known = true;
            }
            End::NoSteps { sequence, .. } => row.of = Some(sequence.clone()),
            End::Unread(id) | End::Circle(id) => row.policy_id = Some(id.clone()),
            End::More => {}
        }
        row
    }
}

/// The policies that it may point at; none where it points nowhere. That they cannot be read is said of each.
pub(super) fn others(api: &AccessApi, policy: &Policy) -> Vec<Policy> {
    if !policy.points_elsewhere() {
        return Vec::new();
    }
    let all = api.policies().unwrap_or_default();
    all.iter().map(PolicyDocument::policy).collect()
}

/// What tasks get, where that is not simply the policy's own steps.
pub(super) fn lines(policy: &Policy, others: &[Policy]) -> Vec<String> {
    if policy.baseline.is_none() && policy.rules.is_empty() {
        return Vec::new();
    }
    let mut lines = vec!["  in force for new tasks".to_owned()];
    let ways = policy.ways(others);
    lines.extend(
        ways.iter()
            .map(|way| format!("    {}", in_words(policy, way))),
    );
    let unused = policy.sequences.iter().map(|(name, _)| name.as_str());
    let unused: Vec<&str> = unused.filter(|name| !policy.uses(name, others)).collect();
    if !unused.is_empty() {
        let names = sanitize(&unused.join(", "));
        lines.push(format!("    nothing leads to its own steps of: {names}"));
    }
    lines
}

fn in_words(policy: &Policy, way: &Way) -> String {
    let when = match way.when.as_slice() {
        [] => "always".to_owned(),
        when => sanitize(&when.join(", ")),
    };
    let end = match &way.end {
        End::Steps {
            policy_id,
            policy: name,
            sequence,
            step_ups,
        } => {
            let whose = if *policy_id == policy.id {
                "its own".to_owned()
            } else {
                format!("`{}`", short(name))
            };
            let step_up = match step_ups.as_slice() {
                [] => "no step requires step-up".to_owned(),
                steps => {
                    let steps: Vec<String> = steps.iter().map(usize::to_string).collect();
                    format!("step-up in step {}", steps.join(", "))
                }
            };
            format!("{whose} steps of {}: {step_up}", short(sequence))
        }
        End::NoSteps { policy, sequence } => {
            format!("`{}` has no steps of `{}`", short(policy), short(sequence))
        }
        End::Unread(id) => format!("the policy {}, which could not be read", short(id)),
        End::Circle(id) => format!("back to {}: the policies point at each other", short(id)),
        End::More => return "there are more ways, which are not shown".to_owned(),
    };
    format!("{when}: {end}")
}

/// Before a change of these steps: which tasks get them, if any.
pub(super) fn say(context: &Context, policy: &Policy, sequence: &str, others: &[Policy]) {
    let terminal = &context.terminal;
    if !policy.uses(sequence, others) {
        terminal.warn(format_args!(
            "these steps are not in force: neither the baseline of `{}` nor a rule leads to them; `stepup policy show {}` shows the steps that tasks get",
            policy.display_name, policy.id
        ));
    }
    let users = others
        .iter()
        .filter(|other| other.id != policy.id)
        .filter(|other| other.leads_to(&policy.id, sequence, others));
    let users: Vec<String> = users
        .map(|one| format!("`{}`", short(&one.display_name)))
        .collect();
    if !users.is_empty() {
        terminal.say(format_args!("  also in force for: {}", users.join(", ")));
    }
}
