//! The tasks a fresh sandbox starts with. Ids are new each time; numbers are fixed, so that examples can
//! name them.

use jiff::{SignedDuration, Timestamp};

use super::policies;
use super::providers::{ProviderSettings, StepUpProvider};
use super::step_up::Requirement;
use super::task::{AuditEntryKind, Decision, Kind, Step, Task, TaskOutcome};
use super::world::World;
use crate::basics::new_id;
use crate::people::People;
use crate::provider::Demands;

impl World {
    /// A fresh world with `extra` more plain tasks, whose steps demand what the provider can be asked for; one of
    /// Microsoft's is registered in Microsoft's way.
    pub(crate) fn fresh(extra: u64, demands: Demands, microsoft: bool) -> Self {
        let people = People::new();
        let created_at = Timestamp::now() - SignedDuration::from_hours(1);
        let provider = |name, demanded| {
            let settings = ProviderSettings::asking(demanded, microsoft);
            StepUpProvider::new(name, settings, created_at)
        };
        let strong = provider("Sandbox, phishing-resistant", demands.strong);
        let two = provider("Sandbox, two factors", demands.two);
        let hard = provider("Sandbox, hardware key first", demands.hardware);
        let phr = Some(Requirement::of(&strong, Some(300)));
        let second = Some(Requirement::of(&two, Some(300)));
        let hardware = Some(Requirement::of(&hard, None));
        let seed = Seed {
            people: &people,
            created_at,
        };
        let mine = |requirement| seed.step(&people.approver.id, requirement);
        let with_reason = Step {
            needs_reason: true,
            ..mine(phr.clone())
        };

        let mut tasks = vec![
            seed.task(
                4211,
                "phr",
                ("prod-admin", "AWS"),
                "on-call rotation, INC-88",
                vec![mine(phr.clone())],
            ),
            seed.task(
                4212,
                "plain",
                ("viewer", "Grafana"),
                "reads the dashboards of the checkout team",
                vec![mine(None)],
            ),
            seed.task(
                4213,
                "2fa",
                ("deploy", "Kubernetes"),
                "release manager this week",
                vec![mine(second.clone())],
            ),
            seed.task(
                4214,
                "phr-comment",
                ("owner", "GitHub"),
                "moves the organisation to a new plan",
                vec![with_reason],
            ),
            seed.task(
                4215,
                "not-yours",
                ("billing", "Stripe"),
                "refund for ticket 311",
                vec![seed.step(&people.other.id, phr.clone())],
            ),
            seed.closed(
                4216,
                "closed",
                ("editor", "Notion"),
                "writes the handbook",
                vec![mine(None)],
            ),
            seed.task(
                4217,
                "two-steps",
                ("root", "Vault"),
                "rotates the signing keys",
                vec![mine(second), mine(phr)],
            ),
            seed.task(
                4218,
                "phrh-phr",
                ("break-glass", "Okta"),
                "locked-out administrator, INC-91",
                vec![mine(hardware)],
            ),
        ];
        for number in 0..extra {
            tasks.push(seed.task(
                5000 + number,
                "extra",
                ("reader", "Wiki"),
                "joins the team",
                vec![mine(None)],
            ));
        }
        let policies = policies::behind(&mut tasks, created_at);
        Self {
            people: people.clone(),
            providers: vec![strong, two, hard],
            policies,
            tasks,
            transactions: Vec::new(),
            spent: std::collections::BTreeSet::default(),
            tenant: new_id(),
            created_at,
        }
    }
}

struct Seed<'a> {
    people: &'a People,
    created_at: Timestamp,
}

impl Seed<'_> {
    fn step(&self, approver: &str, requirement: Option<Requirement>) -> Step {
        let _ = self;
        Step {
            id: new_id(),
            approver: approver.to_owned(),
            needs_reason: false,
            needs_denial_reason: false,
            requirement,
            decision: None,
        }
    }

    fn task(
        &self,
        number: u64,
        what: &str,
        (entitlement, app): (&str, &str),
        reason: &str,
        steps: Vec<Step>,
    ) -> Task {
        let requester = &self.people.requester;
        let mut task = Task {
            id: new_id(),
            numeric_id: number,
            title: format!("Grant {entitlement} on {app} to {}", requester.name),
            reason: reason.to_owned(),
            what: what.to_owned(),
            requester: requester.id.clone(),
            policy_id: new_id(),
            policy_name: format!("{app} access"),
            generation: new_id(),
            app_id: new_id(),
            app: app.to_owned(),
            entitlement_id: new_id(),
            entitlement: entitlement.to_owned(),
            app_user_id: new_id(),
            kind: Kind::Grant,
            steps,
            current: 0,
            outcome: TaskOutcome::Open,
            created_at: self.created_at,
            updated_at: self.created_at,
            pending: None,
            events: Vec::new(),
            restarts: Vec::new(),
        };
        task.note(&requester.id, AuditEntryKind::Created);
        task
    }

    fn closed(
        &self,
        number: u64,
        what: &str,
        access: (&str, &str),
        reason: &str,
        steps: Vec<Step>,
    ) -> Task {
        let mut task = self.task(number, what, access, reason, steps);
        for step in &mut task.steps {
            step.decision = Some(Decision {
                approved: true,
                user: step.approver.clone(),
                at: self.created_at,
                transaction: String::new(),
            });
        }
        task.current = task.steps.len();
        task.outcome = TaskOutcome::Granted;
        task.note(&self.people.approver.id, AuditEntryKind::Closed);
        task
    }
}
