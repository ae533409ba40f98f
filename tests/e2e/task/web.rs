//! `--web`: the task in the web app of the API.

use std::fs;
use std::thread;
use std::time::Duration;

use crate::world::World;

/// What the browser was given, which nobody waits for but us.
fn opened(world: &World) -> String {
    let path = world.path("opened");
    for _ in 0..10_000 {
        if let Ok(text) = fs::read_to_string(&path) {
            fs::remove_file(&path).unwrap();
            return text;
        }
        thread::sleep(Duration::from_millis(1));
    }
    panic!("no browser was opened");
}

#[test]
fn the_task_or_the_app_is_opened_and_its_url_printed_without_asking_the_api() {
    let world = World::new();
    let api = world.info["api_url"].as_str().unwrap();
    let api = api.trim_end_matches('/');
    let browser = world.script("browser", "printf %s \"$1\" > part; mv part opened");
    for (words, url) in [
        ("show 4211", format!("{api}/task/4211")),
        ("show #4211", format!("{api}/task/4211")),
        ("list", format!("{api}/")),
    ] {
        let run = world.stepup("task").args(words).arg("--web");
        run.arg("--no-browser").exits(0).prints(&url);
        let run = world.stepup("task").args(words).args("--web -o json");
        let document = run.arg("--no-browser").exits(0).stdout_json();
        assert_eq!(document["url"], url.as_str());
        assert_eq!(document["schema"], "stepup.web/1");
        // What opens is what was printed.
        let run = world.stepup("task").args(words).args("--web --browser");
        run.arg(&browser).exits(0).prints(&url);
        assert_eq!(opened(&world), url);
    }
    let log = world.api().log();
    assert_eq!(log.len(), 0, "{log:#?}");
}

#[test]
fn a_task_of_another_api_is_not_opened() {
    let world = World::new();
    let run = world.stepup("task show https://elsewhere.example/task/4211 --web --browser false");
    run.exits(2)
        .says("that is the URL of a task of `elsewhere.example`");
}
