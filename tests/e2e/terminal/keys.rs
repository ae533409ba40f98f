//! The keys while somebody is waited for: open again, copy, paste, quit. And that the
//! terminal is afterwards what it was before, however the wait ends.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::browser;
use crate::process::{BIN, Running, person};
use crate::sandbox::hosted::Hosted;
use crate::world::World;

const KEYS: &str = "keys: o open, c copy, p paste, q quit";

/// `approve 4211` between two looks at the terminal's modes; the shell runs its jobs as for a person.
fn approve(world: &World, flags: &str) -> Running {
    let command = format!("{} approve 4211 --yes {flags}", shell_words::quote(BIN));
    let line = format!("set -m; stty -g; {command}; echo \"[$?]\"; stty -g");
    world.shell_on_a_terminal(&line).start()
}

/// With a browser that does nothing.
fn waiting(world: &World) -> Running {
    let running = approve(world, "--browser true");
    running.prints(", q quit\r\n");
    running
}

/// What was shown in all, once the exit code and the terminal are as they have to be.
#[track_caller]
fn ended(running: Running, code: &str) -> String {
    let shown = running.end().stdout.clone();
    let modes = modes(&shown);
    assert!(shown.contains(&format!("[{code}]")), "{shown}");
    assert!(modes.len() >= 2, "{shown}");
    assert!(modes.iter().all(|one| *one == modes[0]), "{shown}");
    shown
}

/// What `stty -g` printed, each time.
fn modes(shown: &str) -> Vec<&str> {
    let known = |c: char| c.is_ascii_hexdigit() || c == ':';
    let modes = |word: &&str| word.matches(':').count() > 10 && word.chars().all(known);
    shown.split_whitespace().filter(modes).collect()
}

/// What the terminal was asked to copy (OSC 52).
fn copied(running: &Running) -> String {
    let text = running.stdout(|text| {
        let (_, rest) = text.split_once("\u{1b}]52;c;")?;
        Some(rest.split_once('\u{7}')?.0.to_owned())
    });
    String::from_utf8(BASE64.decode(text).unwrap()).unwrap()
}

/// A browser that shows nothing at first, and in which the person signs in when it is opened again.
fn second_time_lucky(world: &World) -> String {
    let lines = format!(
        "test -e opened && exec {} \"$1\"; touch opened; echo opened > /dev/tty",
        person("key")
    );
    let browser = world.script("browser", &lines);
    format!("--browser {}", browser.display())
}

#[test]
fn o_opens_the_address_again() {
    let world = World::new();
    let mut running = approve(&world, &second_time_lucky(&world));
    running.prints(KEYS);
    running.prints("opened");
    running.types("o");
    running.prints("opening the URL again");
    ended(running, "0");
    world.api().saw_one_approval("4211");
}

#[test]
fn c_copies_the_address_and_no_secret() {
    let world = World::new();
    let mut running = waiting(&world);
    running.types("c");
    // The start page's address: state and nonce are not in it.
    assert_eq!(copied(&running), running.start_url_on_terminal());
    running.types("q");
    ended(running, "6");
    world.api().saw_no_approval();
}

#[test]
fn p_says_how_to_paste_and_what_is_pasted_is_no_key() {
    let world = World::new();
    let mut running = waiting(&world);
    running.types("p");
    running.prints("press Enter (hidden)");
    let (_, callback) = browser::sign_in(world.issuer(), &running.start_url_on_terminal());
    running.types(&format!("{callback}\r"));
    let shown = ended(running, "0");
    assert!(!shown.contains("code="), "{shown}");
    world.api().saw_one_approval("4211");
}

/// Whatever it is, it is answered: with what it is not, and what to copy.
#[test]
fn what_is_pasted_and_is_no_answer_is_said_to_be_none() {
    const NOT_IT: &str = "that is not the URL this attempt waits for";
    let world = World::new();
    let mut running = approve(&world, "--browser true --color never");
    running.prints(KEYS);
    running.types("p");
    running.prints("press Enter (hidden)");
    let start = running.start_url_on_terminal();
    let origin = start.split("/start").next().unwrap().to_owned();
    let callback = format!("{origin}/callback/sandbox");
    let codes = format!("{callback}?code=c0de&state=another");
    let provider = format!("{}/authorize?client_id=stepup-cli", world.issuer());
    let rows = [
        ("https://wiki.example/page", NOT_IT),
        (provider.as_str(), NOT_IT),
        (start.as_str(), "that is the URL where the sign-in begins"),
        ("SplxlOBeZQQYbYS6WxSbIA", NOT_IT),
        ("code=SplxlOBeZQQYbYS6WxSbIA", NOT_IT),
        ("", "nothing was pasted"),
        ("127.0.0.1", NOT_IT),
        (
            codes.as_str(),
            "that is not the URL this attempt waits for, but the answer to another sign-in",
        ),
    ];
    for (before, (pasted, said)) in rows.into_iter().enumerate() {
        running.types(&format!("{pasted}\r"));
        let what = [
            "begins with `http://127.0.0.1:",
            "with `--remote`",
            "on which this sign-in ended",
        ];
        running.stdout(|text| {
            let shown = text.replace("\r\n    ", " ");
            let warned: Vec<&str> = shown.split("warning: ").skip(1).collect();
            let answer = warned.get(before)?;
            let whole = answer.starts_with(said) && what.iter().any(|what| answer.contains(what));
            (whole && warned.len() == before + 1).then_some(())
        });
    }
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    running.types(&format!("{callback}\r"));
    let shown = ended(running, "0");
    assert!(
        !shown.contains("Splxl") && !shown.contains("c0de"),
        "{shown}"
    );
    world.api().saw_one_approval("4211");
}

#[test]
fn q_declines() {
    let world = World::new();
    let mut running = waiting(&world);
    running.types("Q");
    let shown = ended(running, "6");
    assert!(shown.contains("you quit before"), "{shown}");
    assert!(shown.contains("nothing was submitted"), "{shown}");
    world.api().never_saw("/token");
    world.api().saw_no_approval();
}

#[test]
fn other_strokes_do_nothing() {
    let world = World::new();
    let mut running = approve(&world, "--browser true --timeout 3s");
    running.prints(KEYS);
    for stroke in ["x", "\u{1b}[A", "\r", " "] {
        running.types(stroke);
    }
    let shown = ended(running, "6");
    assert!(shown.contains("no sign-in was completed"), "{shown}");
    assert!(
        !shown.contains("opening the URL again") && !shown.contains("\u{1b}]52"),
        "{shown}"
    );
    world.api().saw_no_approval();
}

/// Ctrl-Z gives the terminal back before the shell has it; `fg` takes it again.
#[test]
fn ctrl_z_stops_and_the_wait_goes_on_in_the_foreground() {
    let world = World::new();
    let command = format!(
        "{} approve 4211 --yes --browser true",
        shell_words::quote(BIN)
    );
    let line = format!("set -m; stty -g; {command}; echo; stty -g; fg; echo \"[$?]\"; stty -g");
    let mut running = world.shell_on_a_terminal(&line).start();
    running.prints(KEYS);
    running.types("\u{1a}");
    // Said again when the terminal is ours again.
    running.stdout(|text| (text.matches(KEYS).count() == 2).then_some(()));
    let (_, callback) = browser::sign_in(world.issuer(), &running.start_url_on_terminal());
    running.types(&format!("{callback}\r"));
    let shown = ended(running, "0");
    assert_eq!(modes(&shown).len(), 3, "{shown}");
    assert!(!shown.contains("code="), "{shown}");
    world.api().saw_one_approval("4211");
}

/// Ctrl-\ would end the process at once, and the terminal would stay without echo.
#[test]
fn b2_6_ctrl_backslash_is_an_interruption() {
    let hosted = Hosted::new(&[]);
    let local = World::new();
    for (world, truth) in [
        (&local, "nothing was submitted"),
        (&hosted.0, "stepup itself approved nothing"),
    ] {
        let mut running = waiting(world);
        running.types("\u{1c}");
        let shown = ended(running, "130");
        assert!(shown.contains(truth), "{shown}");
        world.api().saw_no_approval();
    }
}

/// A letter that begins an address, one that is none, and one that is two bytes.
#[test]
fn a_stray_letter_is_answered_and_the_keys_still_count() {
    let hosted = Hosted::new(&[]);
    let local = World::new();
    for world in [&local, &hosted.0] {
        for stray in ["hx", "x", "\u{439}"] {
            let mut running = approve(world, "--browser true");
            running.prints("keys: ");
            running.types(stray);
            running.stdout(|text| (text.matches("keys: ").count() == 2).then_some(()));
            running.types("q");
            let shown = ended(running, "6");
            assert!(shown.contains("you quit before"), "{shown}");
        }
        world.api().saw_no_approval();
    }
}

#[test]
fn b2_6_a_signal_gives_the_terminal_back() {
    for (signal, code) in [("TERM", "143"), ("HUP", "129"), ("INT", "130")] {
        let world = World::new();
        let browser = world.script("browser", "echo parent $PPID. > /dev/tty");
        let running = approve(&world, &format!("--browser {}", browser.display()));
        running.prints(KEYS);
        running.prints("waiting for you");
        let id = running.stdout(|text| {
            let (_, rest) = text.split_once("parent ")?;
            Some(rest.split_once('.')?.0.to_owned())
        });
        let line = format!("kill -{signal} {id}");
        let killed = std::process::Command::new("sh")
            .args(["-c", &line])
            .status();
        assert!(killed.unwrap().success());
        let shown = ended(running, code);
        assert!(shown.contains("nothing was submitted"), "{shown}");
        world.api().saw_no_approval();
    }
}

#[test]
fn without_a_terminal_or_with_no_input_there_are_no_keys() {
    let world = World::new();
    let mut running = approve(&world, "--browser true --no-input --timeout 3s");
    running.prints("waiting for you");
    running.types("q");
    let shown = ended(running, "6");
    assert!(shown.contains("no sign-in was completed"), "{shown}");
    assert!(!shown.contains("keys:"), "{shown}");

    let run = world.approve("4211").args("--remote --timeout 3s");
    let mut running = run.with_open_stdin().start();
    running.says("on any machine");
    running.types("q\n");
    running
        .end()
        .exits(6)
        .says("that is not the URL this attempt waits for")
        .says("no sign-in was completed")
        .does_not_say("keys:");
    world.api().saw_no_approval();
}

#[test]
fn only_keys_that_do_something_are_named() {
    let world = World::new();
    let keys = |flags: &str, term: &str| {
        let command = format!("{} approve 4211 --yes {flags}", shell_words::quote(BIN));
        let run = world.shell_on_a_terminal(&command).env("TERM", term);
        let mut running = run.start();
        let keys = running.stdout(|text| {
            let (_, rest) = text.split_once("keys: ")?;
            Some(rest.split_once('\r')?.0.to_owned())
        });
        running.types("q");
        let _ = running.end();
        keys
    };
    assert_eq!(keys("--no-browser", "xterm"), "c copy, p paste, q quit");
    assert_eq!(
        keys("--browser true", "dumb"),
        "o open, p paste, q quit",
        "such a terminal understands nothing but text"
    );
    world.api().saw_no_approval();
}

#[test]
fn hosted_the_same_keys_but_nothing_is_pasted() {
    const KEYS: &str = "keys: o open, c copy, q quit\r\n";
    let hosted = Hosted::new(&[]);
    let world = &hosted.0;
    let mut running = approve(world, &second_time_lucky(world));
    running.prints(KEYS);
    running.prints("opened");
    running.types("c");
    let copied = copied(&running);
    assert_eq!(copied, running.start_url_on_terminal());
    assert!(!copied.contains("ticket"), "{copied}");
    running.types("o");
    ended(running, "0");
    world.api().saw_one_approval("4211");
}

#[test]
fn hosted_q_leaves_a_pending_step_up_and_no_approval() {
    let hosted = Hosted::new(&[]);
    let mut running = approve(&hosted.0, "--no-browser");
    running.prints("keys: c copy, r QR code, q quit");
    running.types("q");
    let shown = ended(running, "6");
    assert!(shown.contains("you quit before"), "{shown}");
    assert!(shown.contains("stays pending"), "{shown}");
    hosted.0.api().saw_no_approval();
}
