//! The receipt and the statement have the members that `docs/receipt.md` names, and no others.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::domain::person::Approver;
use crate::domain::statement::{Action, Named};
use crate::domain::task::GrantDuration;

/// The first column of the table under this heading of `docs/receipt.md`.
pub(crate) fn documented(heading: &str) -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/receipt.md");
    let page = std::fs::read_to_string(path).unwrap();
    let section = page.split_once(&format!("\n{heading}\n")).unwrap().1;
    let section = section.split("\n#").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let cells = rows.map(|row| row.split(" | ").next().unwrap().replace('`', ""));
    let names = cells.flat_map(|cell| cell.split(", ").map(str::to_owned).collect::<Vec<_>>());
    names.collect()
}

/// Every member's path, except within these.
fn members(value: &Value, within: &str, closed: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let path = format!("{within}{name}");
        if !closed.contains(&path.as_str()) {
            found.append(&mut members(value, &format!("{path}."), closed));
        }
        found.insert(path);
    }
    found
}

/// A receipt in which nothing is left out, as `nothing_is_left_out` sees.
fn everything() -> ApprovalReceipt {
    let named = |id: &str| {
        Some(Named {
            id: id.into(),
            name: None,
        })
    };
    let task = Task::default();
    let mut statement = Statement::of("https://api.example", &task, "step", Action::Approve);
    statement.app = named("app");
    statement.entitlement = named("entitlement");
    statement.resource = named("resource");
    statement.account_name = Some("ada".into());
    statement.duration = GrantDuration::NoEnd;
    let made = StepUpRecord {
        ceremony: Ceremony::Hosted,
        requirement: RequirementRecord {
            provider: "okta".into(),
            acr_values: vec!["phr".into()],
            max_age: Some(300),
        },
        proof: Some(ProofRecord {
            issuer: "https://id.example".into(),
            subject: "sub".into(),
            acr: None,
            acrs: vec!["c1".into()],
            amr: Vec::new(),
            auth_time: None,
            uses: None,
        }),
        subject: SubjectMatch::Same,
        caveats: Vec::new(),
        transaction: Some(TransactionRecord::unread("x")),
        authorization_details: Some(DetailsRecord {
            kind: "stepup_approval".into(),
            added: serde_json::Map::new(),
            signed: false,
        }),
    };
    let me = Approver {
        display_name: Some("Mira".into()),
        ..Approver::default()
    };
    ApprovalReceipt::of(
        &task,
        &statement,
        "me",
        PeopleRecord::of([("me".to_owned(), me)]),
        Some(made),
        ApprovalRecord::SEEN,
        &task,
    )
}

/// Whoever adds a member is led here by the compiler: what may be left out of a document is in [`everything`].
#[test]
fn nothing_is_left_out() {
    let ApprovalReceipt {
        schema: _,
        outcome: _,
        task: _,
        statement:
            Some(Statement {
                resource: Some(_),
                account_name: Some(_),
                ..
            }),
        statement_after: Some(_),
        context_sha256: Some(_),
        approver: _,
        people,
        ceremony: Some(_),
        requirement: Some(_),
        proof:
            Some(ProofRecord {
                issuer: _,
                subject: _,
                acr: _,
                acrs,
                amr: _,
                auth_time: _,
                uses: _,
            }),
        subject: Some(_),
        caveats: _,
        authorization_details: Some(_),
        transaction: Some(_),
        approval: _,
        task_state: _,
    } = everything()
    else {
        panic!("{:?}", everything());
    };
    assert!(!people.is_empty() && !acrs.is_empty());
}

#[test]
fn the_members_are_those_of_the_documentation() {
    let receipt = serde_json::to_value(everything()).unwrap();
    let closed = ["statement", "statement_after", "people"];
    assert_eq!(members(&receipt, "", &closed), documented("## Members"));
    let statement = members(
        &receipt["statement"],
        "",
        &["app", "entitlement", "resource", "duration"],
    );
    assert_eq!(statement, documented("### The statement"));
}

/// Whoever adds a caveat is led here by the compiler.
#[test]
fn the_caveats_are_those_of_the_documentation() {
    let all = [
        Caveat::FreshnessOnly,
        Caveat::WeakValue,
        Caveat::RankedHigher,
        Caveat::ReuseNotChecked,
        Caveat::AccountNotChecked,
        Caveat::EmailUnattested,
        Caveat::EmailUnverified,
        Caveat::TenantPolicy,
        Caveat::WithoutStepUp,
        Caveat::OtherStepUp,
    ];
    let word = |caveat: Caveat| match caveat {
        Caveat::FreshnessOnly
        | Caveat::WeakValue
        | Caveat::RankedHigher
        | Caveat::ReuseNotChecked
        | Caveat::AccountNotChecked
        | Caveat::EmailUnattested
        | Caveat::EmailUnverified
        | Caveat::TenantPolicy
        | Caveat::WithoutStepUp
        | Caveat::OtherStepUp => serde_json::to_value(caveat).unwrap(),
    };
    let words = all.map(|caveat| word(caveat).as_str().unwrap().to_owned());
    assert_eq!(BTreeSet::from(words), documented("### Caveats"));
}

#[test]
fn the_facts_that_are_left_to_the_api_are_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/receipt.md");
    let page = std::fs::read_to_string(path).unwrap();
    let mut rows = page.lines();
    let row = rows.find(|line| line.starts_with("| `transaction.left_to_the_api`"));
    let listed = row.unwrap().split_once(": ").unwrap().1;
    let listed: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    let facts = serde_json::to_value(Fact::ALL).unwrap();
    assert_eq!(serde_json::to_value(listed).unwrap(), facts);
}
