//! Policies as the API shows them (c1.md 3.3): which steps there are, and which of them demand
//! step-up with which provider. No I/O.

mod approvers;
mod in_force;

pub(crate) use approvers::{AppGroup, Approvers};
pub(crate) use in_force::{End, Way};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) id: String,
    pub(crate) display_name: String,
    /// What it is for, such as `grant`: the policy type without its prefix, in lower case. Also the name of
    /// its baseline sequence.
    pub(crate) kind: String,
    /// The sequences of steps by their names; rules choose among them.
    pub(crate) sequences: Vec<(String, Vec<ConfiguredStep>)>,
    /// The policy whose steps are its baseline, if those are not its own.
    pub(crate) baseline: Option<String>,
    /// What goes before the baseline, in this order.
    pub(crate) rules: Vec<PolicyRule>,
}

/// Which steps a task gets if a condition holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PolicyRule {
    /// In C1's expression language (CEL).
    pub(crate) condition: String,
    pub(crate) policy_id: Option<String>,
    pub(crate) sequence: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ConfiguredStep {
    /// `approval`, `provision` or another of the wire's names; empty if none is set.
    pub(crate) kind: String,
    /// Who approves, in a word of the wire such as `users` or `manager`; empty for other steps.
    pub(crate) approvers: String,
    /// Whether an approval needs a comment.
    pub(crate) reason_required: bool,
    pub(crate) step_up_provider_id: Option<String>,
    /// What decides by itself there, in words; nothing where only people do.
    pub(crate) automatic: Option<&'static str>,
}

fn steps(count: usize) -> String {
    match count {
        1 => "1 step".to_owned(),
        many => format!("{many} steps"),
    }
}

/// Why a step cannot be spoken of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoSuchStep {
    /// No sequence of this name, or none chosen among several.
    #[error("the policy has no steps of `{wanted}`; it has steps of: {known}")]
    Sequence { wanted: String, known: String },
    /// Not between one and the last.
    #[error("the policy has no step {number}: it has {}", steps(*count))]
    Number { number: usize, count: usize },
    /// Only approvals demand step-up.
    #[error("step {number} is not an approval step but `{kind}`")]
    NotAnApproval { number: usize, kind: String },
}

impl Policy {
    /// The steps of the sequence of this name, or of the baseline, or of the only one.
    pub(crate) fn sequence(
        &self,
        name: Option<&str>,
    ) -> Result<(&str, &[ConfiguredStep]), NoSuchStep> {
        let wanted = name.unwrap_or(&self.kind);
        let named = self.sequences.iter().find(|(key, _)| key == wanted);
        let only = match self.sequences.as_slice() {
            [one] if name.is_none() => Some(one),
            _ => None,
        };
        if let Some((key, steps)) = named.or(only) {
            return Ok((key, steps));
        }
        let known: Vec<&str> = self.sequences.iter().map(|(key, _)| key.as_str()).collect();
        Err(NoSuchStep::Sequence {
            wanted: wanted.to_owned(),
            known: known.join(", "),
        })
    }

    /// An approval step by its number, counted from one, and the name of its sequence.
    pub(crate) fn approval_step(
        &self,
        sequence: Option<&str>,
        number: usize,
    ) -> Result<(&str, &ConfiguredStep), NoSuchStep> {
        let (key, steps) = self.sequence(sequence)?;
        let step = number.checked_sub(1).and_then(|index| steps.get(index));
        let step = step.ok_or(NoSuchStep::Number {
            number,
            count: steps.len(),
        })?;
        if step.kind != "approval" {
            return Err(NoSuchStep::NotAnApproval {
                number,
                kind: step.kind.clone(),
            });
        }
        Ok((key, step))
    }

    /// The approval steps of this sequence, by their numbers; of all of them without a name.
    pub(crate) fn approval_steps(
        &self,
        sequence: Option<&str>,
    ) -> Vec<(&str, usize, &ConfiguredStep)> {
        let sequences = self.sequences.iter();
        let meant = sequences.filter(|(key, _)| sequence.is_none_or(|name| name == key));
        meant
            .flat_map(|(key, steps)| {
                let numbered = steps.iter().enumerate();
                let approvals = numbered.filter(|(_, step)| step.kind == "approval");
                approvals.map(|(index, step)| (key.as_str(), index + 1, step))
            })
            .collect()
    }

    /// The steps that demand step-up with this provider: name of the sequence and number.
    pub(crate) fn demanding(&self, provider_id: &str) -> Vec<(&str, usize)> {
        let demands =
            |step: &ConfiguredStep| step.step_up_provider_id.as_deref() == Some(provider_id);
        let mut found = Vec::new();
        for (key, steps) in &self.sequences {
            let numbers = steps.iter().enumerate().filter(|(_, step)| demands(step));
            found.extend(numbers.map(|(index, _)| (key.as_str(), index + 1)));
        }
        found
    }

    pub(crate) fn step_ups(&self) -> usize {
        let steps = self.sequences.iter().flat_map(|(_, steps)| steps);
        steps
            .filter(|step| step.step_up_provider_id.is_some())
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(kind: &str, provider: &str) -> ConfiguredStep {
        ConfiguredStep {
            kind: kind.to_owned(),
            step_up_provider_id: Some(provider.to_owned()).filter(|id| !id.is_empty()),
            ..ConfiguredStep::default()
        }
    }

    fn policy() -> Policy {
        let grant = vec![
            step("approval", ""),
            step("approval", "p"),
            step("provision", ""),
        ];
        Policy {
            kind: "grant".to_owned(),
            sequences: vec![
                ("emergency".to_owned(), vec![step("approval", "p")]),
                ("grant".to_owned(), grant),
            ],
            ..Policy::default()
        }
    }

    #[test]
    fn a_step_is_found_by_number_in_the_baseline_or_in_what_is_named() {
        let policy = policy();
        let found = |name, number| policy.approval_step(name, number).map(|(key, _)| key);
        assert_eq!(found(None, 1), Ok("grant"));
        assert_eq!(found(Some("emergency"), 1), Ok("emergency"));
        assert!(matches!(found(None, 0), Err(NoSuchStep::Number { .. })));
        assert!(matches!(found(None, 4), Err(NoSuchStep::Number { .. })));
        assert!(matches!(
            found(None, 3),
            Err(NoSuchStep::NotAnApproval { .. })
        ));
        assert!(matches!(
            found(Some("revoke"), 1),
            Err(NoSuchStep::Sequence { .. })
        ));
    }

    #[test]
    fn the_only_sequence_needs_no_name() {
        let mut policy = policy();
        policy.kind = "access_request".to_owned();
        assert!(policy.sequence(None).is_err());
        policy.sequences.truncate(1);
        assert_eq!(policy.sequence(None).unwrap().0, "emergency");
        assert!(policy.sequence(Some("grant")).is_err());
    }

    #[test]
    fn demands_are_counted_over_all_sequences() {
        let policy = policy();
        assert_eq!(policy.demanding("p"), [("emergency", 1), ("grant", 2)]);
        assert_eq!(policy.demanding("q"), []);
        assert_eq!(policy.step_ups(), 2);
    }
}
