//! Whether a receipt still agrees with the API's own record: the task's history and its trail. No I/O.

use super::task::Task;
use super::task::audit::AuditEvent;

/// What a receipt claims, as far as the API can contradict it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claimed {
    /// The 27-character id of the task.
    pub(crate) task_id: String,
    pub(crate) policy_step_id: String,
    pub(crate) user_id: String,
    /// The step-up transaction, where the receipt names one.
    pub(crate) transaction_id: Option<String>,
    /// Whether the receipt says that no step-up was demanded.
    pub(crate) without_step_up: bool,
    /// Whether nobody saw what became of the approval, so that nothing is claimed of it.
    pub(crate) outcome_unknown: bool,
    /// In what the task was not what was shown when it was approved, where the receipt says so.
    pub(crate) changed: Option<String>,
}

/// A point in which the API says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Difference {
    /// The task's history has no such step.
    #[error("the task does not show the step as settled")]
    NotSettled,
    /// The step ended otherwise than by an approval.
    #[error("the task shows the step as {outcome}, not as approved")]
    Outcome { outcome: String },
    /// Somebody else approved the step.
    #[error("the receipt says that user `{claimed}` approved, the task says `{shown}`")]
    Person { claimed: String, shown: String },
    /// Another transaction, or none.
    #[error("the receipt names step-up transaction `{claimed}`, the task names {}", shown_or_none(.shown.as_deref()))]
    Transaction {
        claimed: String,
        shown: Option<String>,
    },
    /// The receipt says that no step-up was demanded, and the task names one.
    #[error(
        "the receipt says that no step-up was required, the task names step-up transaction `{0}`"
    )]
    Demanded(String),
    /// The trail lacks the event that belongs to the transaction.
    #[error("the trail has no event for step-up transaction `{0}`")]
    NoEvent(String),
    /// The trail has the event, made by somebody else.
    #[error("the trail says that user `{shown}` made step-up transaction `{transaction_id}`")]
    EventOfAnother {
        transaction_id: String,
        shown: String,
    },
    /// The receipt itself says that the API approved something else than was shown.
    #[error("what was approved is not what was shown: {0}")]
    Changed(String),
}

fn shown_or_none(shown: Option<&str>) -> String {
    shown.map_or_else(|| "none".to_owned(), |id| format!("`{id}`"))
}

/// The transaction that the task's history names for the claimed step.
pub(crate) fn shown_transaction<'a>(claimed: &Claimed, task: &'a Task) -> Option<&'a str> {
    let settled = task.settled(&claimed.policy_step_id)?;
    settled.step_up_transaction_id.as_deref()
}

/// Every difference between the receipt and the API's record, the most telling first. Without a trail
/// (it may not be readable) the history alone is compared.
pub(crate) fn differences(
    claimed: &Claimed,
    task: &Task,
    trail: Option<&[AuditEvent]>,
) -> Vec<Difference> {
    let Some(settled) = task.settled(&claimed.policy_step_id) else {
        return vec![Difference::NotSettled];
    };
    let mut found = Vec::new();
    match settled.approved_by.as_deref() {
        None => found.push(Difference::Outcome {
            outcome: settled.outcome.clone(),
        }),
        Some(shown) if shown != claimed.user_id => found.push(Difference::Person {
            claimed: claimed.user_id.clone(),
            shown: shown.to_owned(),
        }),
        Some(_) => {}
    }
    let shown = settled.step_up_transaction_id.as_deref();
    match (&claimed.transaction_id, shown) {
        (Some(claimed), shown) if shown != Some(claimed) => found.push(Difference::Transaction {
            claimed: claimed.clone(),
            shown: shown.map(str::to_owned),
        }),
        // The one that was sent without a step-up may have been the question for it.
        (None, Some(shown)) if claimed.without_step_up && !claimed.outcome_unknown => {
            found.push(Difference::Demanded(shown.to_owned()));
        }
        _ => {}
    }
    if let (Some(id), Some(trail)) = (shown, trail) {
        found.extend(event_difference(claimed, id, trail));
    }
    found.extend(claimed.changed.clone().map(Difference::Changed));
    found
}

fn event_difference(claimed: &Claimed, id: &str, trail: &[AuditEvent]) -> Option<Difference> {
    let event = trail.iter().find(|event| event.names(id));
    match event {
        None => Some(Difference::NoEvent(id.to_owned())),
        Some(event) if !event.user_id.is_empty() && event.user_id != claimed.user_id => {
            Some(Difference::EventOfAnother {
                transaction_id: id.to_owned(),
                shown: event.user_id.clone(),
            })
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::SettledStep;
    use crate::domain::task::audit::AuditEventKind;

    fn claimed() -> Claimed {
        Claimed {
            task_id: "t".into(),
            policy_step_id: "s".into(),
            user_id: "me".into(),
            transaction_id: Some("x".into()),
            without_step_up: false,
            outcome_unknown: false,
            changed: None,
        }
    }

    fn task() -> Task {
        let step = SettledStep {
            id: "s".into(),
            approved_by: Some("me".into()),
            outcome: "approved".into(),
            user_id: "me".into(),
            step_up_transaction_id: Some("x".into()),
            ..SettledStep::default()
        };
        Task {
            history: vec![step],
            ..Task::default()
        }
    }

    fn event(transaction: &str, user: &str) -> AuditEvent {
        AuditEvent {
            user_id: user.into(),
            what: AuditEventKind::StepUpApproval {
                transaction_id: transaction.into(),
            },
            ..AuditEvent::default()
        }
    }

    fn with(change: impl FnOnce(&mut SettledStep)) -> Vec<Difference> {
        let mut task = task();
        change(&mut task.history[0]);
        differences(&claimed(), &task, None)
    }

    #[test]
    fn what_agrees_agrees() {
        assert_eq!(differences(&claimed(), &task(), None), []);
        let trail = [event("y", "other"), event("x", "me")];
        assert_eq!(differences(&claimed(), &task(), Some(&trail)), []);
        let local = Claimed {
            transaction_id: None,
            ..claimed()
        };
        assert_eq!(differences(&local, &task(), Some(&trail)), []);
    }

    #[test]
    fn a_receipt_of_something_else_than_was_shown_never_agrees() {
        let changed = Claimed {
            changed: Some("title was `a`, is `b`".into()),
            ..claimed()
        };
        let found = differences(&changed, &task(), None);
        assert_eq!(
            found[0].to_string(),
            "what was approved is not what was shown: title was `a`, is `b`"
        );
    }

    #[test]
    fn what_does_not_is_named() {
        assert_eq!(
            differences(&claimed(), &Task::default(), None),
            [Difference::NotSettled]
        );
        let denied = with(|step| {
            step.approved_by = None;
            step.outcome = "denied".into();
        });
        assert_eq!(
            denied[0].to_string(),
            "the task shows the step as denied, not as approved"
        );
        let other = with(|step| step.approved_by = Some("other".into()));
        assert!(matches!(other[..], [Difference::Person { .. }]));
        let none = with(|step| step.step_up_transaction_id = None);
        assert_eq!(
            none[0].to_string(),
            "the receipt names step-up transaction `x`, the task names none"
        );
        let another = with(|step| step.step_up_transaction_id = Some("y".into()));
        assert!(matches!(another[..], [Difference::Transaction { .. }]));
        let plain = Claimed {
            transaction_id: None,
            without_step_up: true,
            ..claimed()
        };
        assert_eq!(
            differences(&plain, &task(), None),
            [Difference::Demanded("x".into())]
        );
    }

    #[test]
    fn the_trail_has_to_say_the_same() {
        let trail = |events: &[AuditEvent]| differences(&claimed(), &task(), Some(events));
        assert_eq!(trail(&[]), [Difference::NoEvent("x".into())]);
        assert_eq!(
            trail(&[event("y", "me")]),
            [Difference::NoEvent("x".into())]
        );
        assert!(matches!(
            trail(&[event("x", "other")])[..],
            [Difference::EventOfAnother { .. }]
        ));
    }
}
