//! What the programs that we start get to know, and whoever finds what ours left.

#[cfg(target_os = "linux")]
use crate::process::BIN;
use crate::world::World;

/// What nobody but us and C1's own tools should have.
const SECRETS: [&str; 6] = [
    "CONE_CLIENT_SECRET",
    "CONDUCTORONE_ACCESS_TOKEN",
    "CONDUCTORONE_OIDC_TOKEN",
    "CONDUCTORONE_CLIENT_SECRET",
    "C1I_CLIENT_SECRET",
    "TFC_WORKLOAD_IDENTITY_TOKEN",
];

/// However the browser is named, it inherits the rest of the environment and none of the secrets.
#[test]
fn no_browser_inherits_a_secret() {
    for way in ["--browser", "$BROWSER", "the system's"] {
        let world = World::new();
        let lines = format!(
            "env > seen.part; mv seen.part seen; exec {} \"$1\"",
            crate::process::person("key")
        );
        let browser = world.script("xdg-open", &lines);
        world.script("x-www-browser", &lines);
        // It knows no default of this machine's own.
        world.script("xdg-settings", "exit 1");
        let path = std::env::var("PATH").unwrap();
        let mut run = world
            .approve("4211")
            .env("DISPLAY", ":0")
            .env("PATH", format!("{}:{path}", world.home.path().display()))
            .env("STEPUP_API_TOKEN", world.credential());
        for name in SECRETS {
            run = run.env(name, "s3cret-canary");
        }
        run = match way {
            "--browser" => run.arg("--browser").arg(&browser),
            "$BROWSER" => run.env("BROWSER", &browser),
            _ => run,
        };
        run.exits(0);
        let seen = std::fs::read_to_string(world.path("seen")).unwrap();
        assert!(seen.contains("DISPLAY=:0"), "{way}: {seen}");
        assert!(!seen.contains("s3cret-canary"), "{way}: {seen}");
        assert!(!seen.contains(&world.credential()), "{way}: {seen}");
        world.api().saw_one_approval("4211");
    }
}

#[test]
fn a_system_without_a_browser_says_so_and_goes_on() {
    let world = World::new();
    let run = world.approve("4211").env("DISPLAY", ":0").env("PATH", "");
    let running = run.start();
    let start = running.start_url();
    running.says("no browser could be opened");
    world.sign_in(&start, "key").exits(0);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

/// `$BROWSER` is read as `--browser` is, and what it names is the only browser: where that fails no other opens.
#[test]
fn a_browser_that_the_environment_names_is_opened_and_no_other() {
    let named = |world: &World, browser: &str| {
        world.script("xdg-open", "touch other");
        world.script("x-www-browser", "touch other");
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", world.home.path().display());
        let run = world.approve("4211").env("DISPLAY", ":0");
        run.env("PATH", path).env("BROWSER", browser)
    };

    let world = World::new();
    let own = world.script(
        "my browser",
        &format!("exec {} \"$2\"", crate::process::person("key")),
    );
    let run = named(&world, &format!("'{}' --new %s", own.display()));
    run.exits(0);
    world.api().saw_one_approval("4211");
    assert!(!world.path("other").exists());

    for (browser, says) in [
        ("sh -c 'exit 3'", "`sh` ended with exit status: 3"),
        (
            "/no/such/browser",
            "`/no/such/browser` could not be started",
        ),
    ] {
        let world = World::new();
        let running = named(&world, browser).start();
        running.says(says);
        world.sign_in(&running.start_url(), "key").exits(0);
        running.end().exits(0);
        assert!(!world.path("other").exists(), "{browser}");
    }

    let world = World::new();
    let outcome = named(&world, "firefox 'x").exits(2);
    outcome.says("not a command line").hints("`BROWSER`");
    assert!(!world.path("other").exists());
    world.api().saw_no_approval();
}

/// It is no way to open anything else.
#[test]
fn the_hidden_command_opens_web_pages_only() {
    let world = World::new();
    for url in ["file:///etc/passwd", "javascript:alert(1)", "--version"] {
        let outcome = world.stepup("open-page").arg(url).exits(2);
        outcome.says("only http and https");
    }
    let help = world.stepup("--help").run();
    assert!(!help.exits(0).stdout.contains("open-page"), "{help}");
}

/// Whatever ends the program: the credential is in its memory, and a token may be.
#[cfg(target_os = "linux")]
#[test]
fn no_image_of_the_memory_is_left() {
    let world = World::new();
    let browser = world.script("browser", "kill -ABRT $PPID");
    let browser = browser.display();
    let line = format!(
        "ulimit -c unlimited; \"$BIN\" approve 4211 --yes --browser {browser}; echo \"[$?]\""
    );
    let running = world.shell_on_a_terminal(&line).env("BIN", BIN).start();
    let shown = running.end().stdout.clone();
    assert!(shown.contains("[134]"), "{shown}");
    // So a shell says that there is an image (`WCOREDUMP`), wherever the system keeps it.
    assert!(!shown.contains("core dumped"), "{shown}");
    world.api().saw_no_approval();
}
