//! No browser on this machine: the answer is pasted back, and where we are is noticed.

use crate::browser;
use crate::process::{BIN, Running};
use crate::world::World;

/// The provider's address, as `--remote` prints it.
fn address(running: &Running) -> String {
    running.stderr(|text| {
        let (_, rest) = text.split_once("on any machine:\n  ")?;
        Some(rest.split_once('\n')?.0.to_owned())
    })
}

fn remote(world: &World) -> Running {
    let run = world.approve("4211").args("--remote -o json");
    run.with_open_stdin().start()
}

#[test]
fn an_answer_that_is_posted_cannot_be_pasted() {
    let world = World::new();
    world.add_to_entry("response_mode = \"form_post\"");
    let outcome = world.approve("4211").args("--remote").exits(2);
    outcome
        .says("there is no URL to paste back")
        .hints("--no-browser");
    world.api().saw_no_approval();
}

#[test]
fn without_anything_to_paste_into_it_is_refused_at_once() {
    let world = World::new();
    let outcome = world.approve("4211").args("--remote").exits(2);
    outcome
        .says("`--remote` needs a terminal to paste the answer into")
        .hints("nothing was approved");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

/// The callback that the browser on the other machine ends at, and cannot reach.
fn sign_in_elsewhere(world: &World, address: &str) -> String {
    browser::sign_in_at(world.issuer(), address)
}

#[test]
fn the_pasted_address_approves() {
    let world = World::new();
    let mut running = remote(&world);
    let callback = sign_in_elsewhere(&world, &address(&running));
    running.types(&format!("{callback}\n"));
    let receipt = running.end().exits(0).stdout_json();
    assert_eq!(receipt["proof"]["acr"], "phr");
    world.api().saw_one_approval("4211");
}

#[test]
fn b2_13_a_pasted_address_that_is_not_this_attempts_is_not_taken() {
    let world = World::new();
    let mut running = remote(&world);
    let callback = sign_in_elsewhere(&world, &address(&running));
    let mut other = url::Url::parse(&callback).unwrap();
    other.set_port(Some(other.port().unwrap() ^ 1)).unwrap();
    let forged = callback.replace("state=", "state=x");
    let junk = ["hello", "https://acme.example/?code=1&state=2", &forged];
    for text in junk.into_iter().chain([other.as_str()]) {
        running.types(&format!("{text}\n"));
    }
    running.stderr(|text| {
        let refused = text.matches("not the URL this attempt waits for").count();
        (refused == 4).then_some(())
    });
    world.api().never_saw("/token");
    // The genuine one still works, broken by a terminal or not.
    let (left, right) = callback.split_at(40);
    running.types(&format!("{left} {right}\n"));
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn b4_1_a_pasted_answer_of_another_issuer_is_untrusted() {
    let world = World::with(&["response_iss=wrong"]);
    let mut running = remote(&world);
    let callback = sign_in_elsewhere(&world, &address(&running));
    running.types(&format!("{callback}\n"));
    running.end().exits(5);
    world.api().saw_no_approval();
}

/// The addresses among what was printed, first to last.
fn addresses(said: &str) -> Vec<String> {
    let lines = said.split_inclusive('\n');
    let whole = lines.filter_map(|line| line.strip_prefix("  http")?.strip_suffix('\n'));
    whole.map(|line| format!("http{line}")).collect()
}

/// B6.5: what the provider has forgotten is pushed again, as the same attempt, and nobody has to type anything.
#[test]
fn b6_5_an_address_that_the_provider_has_forgotten_is_replaced() {
    let world = World::with(&["par=required", "par_lifetime_s=2"]);
    let mut running = remote(&world);
    let first = address(&running);
    running.says("forgotten the URL above");
    let gone = browser::get(&first, &[]);
    assert_eq!(gone.status, 400, "{gone:?}");
    // On a busy machine one more may have passed; the newest is tried until it is in time.
    let callback = running.stderr(|text| {
        let newest = addresses(text).pop().filter(|newest| *newest != first)?;
        let page = browser::get(&newest, &[]);
        (page.status == 200).then(|| {
            let provider = format!("{}/sign-in", world.issuer());
            browser::fill_in(&page, &provider, "key").leads_to()
        })
    });
    running.types(&format!("{callback}\n"));
    let receipt = running.end().exits(0).stdout_json();
    assert_eq!(receipt["proof"]["acr"], "phr");
    world.api().saw_one_approval("4211");
}

/// The person may be signing in: no new address is no end, and an answer counts as before.
#[test]
fn b6_5_a_provider_that_takes_no_second_request_is_said_and_waited_for() {
    let world = World::with(&["par=once", "par_lifetime_s=3"]);
    let mut running = remote(&world);
    let callback = sign_in_elsewhere(&world, &address(&running));
    running.says("run the command again: the provider answered the pushed request with HTTP 500");
    running.types(&format!("{callback}\n"));
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn on_a_terminal_what_is_pasted_is_not_shown_and_the_terminal_is_given_back() {
    let world = World::new();
    let words = "approve 4211 --yes --no-browser; stty -a";
    let mut running = world.on_a_terminal(words).start();
    running.prints("(hidden)");
    let start = running.start_url_on_terminal();
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    running.types(&format!("{callback}\r"));
    let shown = running.stdout(|text| {
        let (shown, modes) = text.split_once("speed ")?;
        (modes.contains("iexten") && modes.contains(" echo ") && modes.contains("icanon"))
            .then(|| shown.to_owned())
    });
    let code = url::Url::parse(&callback).unwrap();
    let code = code.query_pairs().find(|(name, _)| name == "code").unwrap();
    assert!(!shown.contains(code.1.as_ref()), "{shown}");
    assert!(shown.contains("task 4211"), "{shown}");
    let _ = running.end();
    world.api().saw_one_approval("4211");
}

/// On a terminal by SSH, without a display.
fn by_ssh(world: &World) -> Running {
    let command = format!("{} approve 4211 --yes", shell_words::quote(BIN));
    let run = world.shell_on_a_terminal(&command);
    run.env("SSH_CONNECTION", "192.0.2.7 50022 198.51.100.4 22")
        .start()
}

fn remote_url_on_terminal(running: &Running) -> String {
    running.stdout(|text| {
        let (_, rest) = text.split_once("on any machine:\r\n  ")?;
        Some(rest.split_once('\r')?.0.to_owned())
    })
}

const ELSEWHERE: &str = "Is your browser on another machine?";

#[test]
fn by_ssh_one_question_leads_to_the_way_that_works() {
    let world = World::new();
    let mut running = by_ssh(&world);
    running.prints(ELSEWHERE);
    running.types("\r");
    let address = remote_url_on_terminal(&running);
    running.prints("p paste");
    // The address itself is understood, and so is the page where it ends.
    running.types(&format!("{address}\r"));
    running.prints("that is the URL to open");
    let callback = sign_in_elsewhere(&world, &address);
    running.types(&format!("{callback}\r"));
    let _ = running.end();
    world.api().saw_one_approval("4211");
}

#[test]
fn the_start_address_that_is_pasted_by_mistake_is_understood() {
    let world = World::new();
    let mut running = by_ssh(&world);
    running.prints(ELSEWHERE);
    running.types("n\r");
    let start = running.start_url_on_terminal();
    running.prints("p paste");
    running.types(&format!("{start}\r"));
    running.stdout(|text| {
        let (_, said) = text.split_once("that is the URL where the sign-in begins")?;
        said.contains("`--remote`").then_some(())
    });
    running.types("q");
    let _ = running.end();
    world.api().saw_no_approval();
}

#[test]
fn where_the_browser_is_can_be_said_for_good() {
    let world = World::new();
    for (answer, setting) in [("n\r", "no_browser"), ("\r", "remote")] {
        let mut running = by_ssh(&world);
        running.prints(ELSEWHERE);
        running.types(answer);
        let hint = format!("`stepup config set {setting} true`");
        running.stdout(|shown| {
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            shown.contains(&hint).then_some(())
        });
        running.prints("q quit");
        running.types("q");
        let _ = running.end();
        let set = hint.trim_matches('`').strip_prefix("stepup ").unwrap();
        world.stepup(set).exits(0);
        let mut running = by_ssh(&world);
        running.prints("q quit");
        assert!(!running.said_so_far().contains(ELSEWHERE));
        running.types("q");
        let _ = running.end();
        let unset = format!("config unset {setting}");
        world.stepup(&unset).exits(0);
    }
}

/// Where the browser is does not change from task to task. Escape is no answer: both ways are told.
#[test]
fn where_the_browser_is_is_asked_once_in_a_run() {
    for (answer, way) in [("\r", "on any machine:"), ("\u{1b}", "use `--remote`, or")] {
        let world = World::new();
        let command = format!("{} approve 4211 4217 --yes", shell_words::quote(BIN));
        let run = world.shell_on_a_terminal(&command);
        let mut running = run
            .env("SSH_CONNECTION", "192.0.2.7 50022 198.51.100.4 22")
            .start();
        running.prints(ELSEWHERE);
        running.types(answer);
        running.prints(way);
        running.prints("q quit");
        let callback = if answer == "\r" {
            sign_in_elsewhere(&world, &remote_url_on_terminal(&running))
        } else {
            let start = running.start_url_on_terminal();
            browser::sign_in(world.issuer(), &start).1
        };
        running.types(&format!("{callback}\r"));
        running.stdout(|shown| {
            let (_, second) = shown
                .split_once("of 2: task 4217: Grant")?
                .1
                .split_once(way)?;
            second.contains("q quit").then_some(())
        });
        running.types("q");
        let seen = running.end().left_on_the_terminal();
        assert_eq!(seen.matches(ELSEWHERE).count(), 1, "{seen}");
        world.api().saw_one_approval("4211");
    }
}

/// After "no" nothing is advised for a browser that is elsewhere, but how to have the one here opened.
#[test]
fn the_advice_after_no_is_for_a_browser_on_this_machine() {
    let world = World::new();
    let command = format!("{} approve 4211 --yes", shell_words::quote(BIN));
    for (variable, question) in [
        ("SSH_CONNECTION", ELSEWHERE),
        ("container", "Is your browser outside this container?"),
    ] {
        let run = world.shell_on_a_terminal(&command);
        let mut running = run.env(variable, "192.0.2.7 50022 198.51.100.4 22").start();
        running.prints(question);
        running.types("n\r");
        running.prints("`--browser COMMAND`");
        running.prints("q quit");
        let said = running.said_so_far();
        assert!(
            !said.contains("--remote") && !said.contains("ssh -N"),
            "{said}"
        );
        running.types("q");
        let _ = running.end();
    }
    world.api().saw_no_approval();
}

/// `--remote` is refused there.
#[test]
fn an_answer_that_is_posted_is_not_advised_to_be_pasted() {
    let world = World::new();
    world.add_to_entry("response_mode = \"form_post\"");
    let running = world
        .approve("4211")
        .env("SSH_CONNECTION", "192.0.2.7 50022 198.51.100.4 22")
        .start();
    running.says("ssh -N -L");
    let start = running.start_url();
    world.sign_in(&start, "key").exits(0);
    running.end().exits(0).does_not_say("--remote");
}

#[test]
fn who_chose_a_way_is_not_asked_where_the_browser_is() {
    let world = World::new();
    for flag in ["--no-browser", "--remote", "--browser true"] {
        let command = format!("{} approve 4211 --yes {flag}", shell_words::quote(BIN));
        let run = world.shell_on_a_terminal(&command);
        let mut running = run.env("SSH_CONNECTION", "a 1 b 22").start();
        running.prints("q quit");
        assert!(!running.said_so_far().contains(ELSEWHERE), "{flag}");
        running.types("q");
        let _ = running.end();
    }
    world.api().saw_no_approval();
}

#[test]
fn by_ssh_the_tunnel_is_named() {
    let world = World::new();
    let running = world
        .approve("4211")
        .env("SSH_CONNECTION", "192.0.2.7 50022 198.51.100.4 22")
        .env("USER", "mira")
        .start();
    let start = url::Url::parse(&running.start_url()).unwrap();
    let port = start.port().unwrap();
    let tunnel = format!("  ssh -N -L {port}:127.0.0.1:{port} mira@198.51.100.4\n");
    running.says(&tunnel);
    // As the browser at the other end of the tunnel does.
    world.sign_in(start.as_str(), "key").exits(0);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn b2_6_ctrl_c_gives_the_keyboard_back() {
    let world = World::new();
    // The shell survives the key that ends the command.
    let line = format!(
        "trap : INT; {} approve 4211 --yes --no-browser; stty -a",
        shell_words::quote(BIN)
    );
    let mut running = world.shell_on_a_terminal(&line).start();
    running.prints("(hidden)");
    running.prints("waiting for you");
    running.types("\u{3}");
    running.stdout(|text| {
        let (said, modes) = text.split_once("speed ")?;
        let given_back = modes.contains(" echo ") && modes.contains("icanon");
        (said.contains("nothing was submitted") && given_back).then_some(())
    });
    let _ = running.end();
    world.api().saw_no_approval();
}
