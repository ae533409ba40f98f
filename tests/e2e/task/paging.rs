//! Lists: read to the end, mine and open only, one document.

use crate::world::World;

#[test]
fn a_long_list_is_read_to_its_end() {
    let world = World::with(&["extra_tasks=120"]);
    let outcome = world.stepup("task list").run();
    // 120, and the six of the sandbox that are open and mine.
    assert_eq!(outcome.exits(0).stdout.lines().count(), 126, "{outcome}");
    for (number, listed) in [
        ("4211", true),
        ("4215", false),
        ("4216", false),
        ("5119", true),
    ] {
        let found = outcome.stdout.lines().any(|line| line.starts_with(number));
        assert_eq!(found, listed, "{number}");
    }
    let pages = world.api().asked("/api/v1/search/tasks");
    assert_eq!(pages, 2, "a hundred at a time");
}

#[test]
fn a_long_list_in_json_is_one_document() {
    let world = World::with(&["extra_tasks=120"]);
    let document = world.stepup("task list -o json").exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.tasks/1");
    let tasks = document["tasks"].as_array().unwrap();
    assert_eq!(tasks.len(), 126);
    let first = &tasks[0];
    assert_eq!(first["numeric_id"], "4211");
    assert_eq!(first["step_up"], true);
    assert_eq!(first["comment_required"], false);
    assert_eq!(first["state"], "open");
    let pages = world.api().asked("/api/v1/search/tasks");
    assert_eq!(pages, 2, "the names come with the tasks");
}

/// The same members say the same in a list and of one task.
#[test]
fn a_list_in_json_has_the_names_that_one_task_has() {
    let world = World::new();
    let all = world.stepup("task list --all -o json").run().stdout_json();
    let one = |number: &str| {
        let shown = world.stepup(&format!("task show {number} -o json")).run();
        shown.exits(0).stdout_json()["task"].clone()
    };
    let task = |number: &str| {
        let mut tasks = all["tasks"].as_array().unwrap().iter();
        tasks
            .find(|task| task["numeric_id"] == number)
            .unwrap()
            .clone()
    };
    let (listed, shown) = (task("4211"), one("4211"));
    for (member, value) in listed.as_object().unwrap() {
        assert_eq!(*value, shown[member], "{member}");
    }
    assert_eq!(listed["app"]["name"], "AWS");
    assert_eq!(listed["entitlement"]["name"], "prod-admin");
    assert_eq!(listed["account"]["name"], "ada.novak");
    assert_eq!(listed["subject"]["name"], "Ada Novak");
    assert_eq!(listed["requested_by"]["email"], "ada.novak@sandbox.example");
    let offered = |number: &str| task(number)["actions"].to_string().contains("APPROVE");
    assert!(offered("4211") && !offered("4215"));
}

#[test]
fn a_limit_ends_the_list_and_the_reading() {
    let world = World::with(&["extra_tasks=120"]);
    let outcome = world.stepup("task list --limit 7").run();
    assert_eq!(outcome.exits(0).stdout.lines().count(), 7);
    let document = world
        .stepup("task list -L 60 -o json")
        .exits(0)
        .stdout_json();
    assert_eq!(document["tasks"].as_array().unwrap().len(), 60);
    let pages = world.api().asked("/api/v1/search/tasks");
    assert_eq!(pages, 1 + 1);
}
