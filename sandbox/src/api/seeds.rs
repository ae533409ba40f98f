//! The tasks a fresh sandbox starts with. Ids are new each time; numbers are fixed, so that examples can
//! name them.

use jiff::{SignedDuration, Timestamp};

use super::policies;
use super::provider::{ProviderSettings, StepUpProvider};
use super::requirement::Requirement;
use super::task::{AuditEntryKind, Decision, Kind, More, Reassignment, Step, Task, TaskOutcome};
use super::world::World;
use crate::basics::new_id;
use crate::people::People;
use crate::provider::Demands;

impl World {
    /// A fresh world with `extra` more plain tasks, whose steps demand what the provider can be asked for; one of
    /// Microsoft's is registered in Microsoft's way.
    pub(crate) fn fresh(extra: u64, every_type: bool, demands: Demands, microsoft: bool) -> Self {
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
        let mut tasks = seed.examples(&mine, phr.as_ref(), second.as_ref(), hardware);
        if every_type {
            tasks.extend(seed.every_type(&mine, phr.as_ref()));
        }
        for number in 0..extra {
            tasks.push(seed.extra(5000 + number, mine(None)));
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
            reassignment: Reassignment::default(),
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
            more: More::default(),
        };
        task.note(&requester.id, AuditEntryKind::Created);
        // It was made some time ago, and so says its trail.
        for event in &mut task.events {
            event.at = task.created_at;
        }
        task
    }

    fn extra(&self, number: u64, step: Step) -> Task {
        let reason = "joins the team";
        self.task(number, "extra", ("reader", "Wiki"), reason, vec![step])
    }

    /// A task for each way in which a step is approved, or not.
    fn examples(
        &self,
        mine: &impl Fn(Option<Requirement>) -> Step,
        phr: Option<&Requirement>,
        second: Option<&Requirement>,
        hardware: Option<Requirement>,
    ) -> Vec<Task> {
        let with_reason = Step {
            needs_reason: true,
            ..mine(phr.cloned())
        };

        vec![
            self.task(
                4211,
                "phr",
                ("prod-admin", "AWS"),
                "on-call rotation, INC-88",
                vec![mine(phr.cloned())],
            ),
            self.task(
                4212,
                "plain",
                ("viewer", "Grafana"),
                "reads the dashboards of the checkout team",
                vec![mine(None)],
            ),
            self.task(
                4213,
                "2fa",
                ("deploy", "Kubernetes"),
                "release manager this week",
                vec![mine(second.cloned())],
            ),
            self.task(
                4214,
                "phr-comment",
                ("owner", "GitHub"),
                "moves the organisation to a new plan",
                vec![with_reason],
            ),
            self.task(
                4215,
                "not-yours",
                ("billing", "Stripe"),
                "refund for ticket 311",
                vec![self.step(&self.people.other.id, phr.cloned())],
            ),
            self.closed(
                4216,
                "closed",
                ("editor", "Notion"),
                "writes the handbook",
                vec![mine(None)],
            ),
            self.task(
                4217,
                "two-steps",
                ("root", "Vault"),
                "rotates the signing keys",
                vec![mine(second.cloned()), mine(phr.cloned())],
            ),
            self.task(
                4218,
                "phrh-phr",
                ("break-glass", "Okta"),
                "locked-out administrator, INC-91",
                vec![mine(hardware)],
            ),
        ]
    }

    /// A task of each type, with titles in the form that C1 documents: without the app's name.
    fn every_type(
        &self,
        mine: &impl Fn(Option<Requirement>) -> Step,
        phr: Option<&Requirement>,
    ) -> Vec<Task> {
        let review = new_id();
        let name = self.people.requester.name.as_str();
        let make = |number, kind: Kind, verb: &str, access: (&str, &str), reason| {
            let step = mine(phr.cloned());
            let title = match access.0 {
                "" => format!("{verb} {name}"),
                access => format!("{verb} {name} {access}"),
            };
            let task = self.task(number, kind.name(), access, reason, vec![step]);
            Task {
                title,
                kind,
                ..task
            }
        };
        let mut grant = make(
            4220,
            Kind::Grant,
            "Grant",
            ("admin", "Payroll"),
            "month-end close",
        );
        grant.more = self.everything_of_a_grant();
        let mut revoke = make(4221, Kind::Revoke, "Revoke", ("root", "Vault"), "");
        revoke.more.review_id.clone_from(&review);
        revoke.more.resource = Some((new_id(), "production".to_owned()));
        let mut certify = make(4222, Kind::Certify, "Certify", ("viewer", "Grafana"), "");
        certify.more.review_id = review;
        vec![
            grant,
            revoke,
            certify,
            make(
                4223,
                Kind::Offboarding,
                "Offboard",
                ("", ""),
                "last day is Friday",
            ),
            make(
                4224,
                Kind::Action,
                "Rotate keys for",
                ("rotate", "Vault"),
                "leaked in a log",
            ),
            make(
                4225,
                Kind::Finding,
                "Review finding of",
                ("unused", "AWS"),
                "not used for a year",
            ),
        ]
    }

    /// What a task for an access may have beside it.
    fn everything_of_a_grant(&self) -> More {
        More {
            answers: vec![
                ("Ticket".to_owned(), "FIN-204".to_owned()),
                ("Which ledgers?".to_owned(), "EU and US".to_owned()),
            ],
            recommendation: "REVIEW".to_owned(),
            insights: vec![(new_id(), "nobody else in the group has it".to_owned())],
            due_at: Some(Timestamp::now() + SignedDuration::from_hours(3)),
            also: vec![self.people.other.id.clone()],
            ..More::default()
        }
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
