//! The start page (RFC 8252 §8.9, and whoever else can reach a loopback port): each visit is a sign-in of its own,
//! which only the browser that began it can finish, and the person decides where there was more than one.

use std::collections::HashMap;

use url::Url;

use crate::browser::{self, Window};
use crate::process::Running;
use crate::sandbox::hosted::Hosted;
use crate::world::World;

/// An approval that waits, without a terminal and without a browser.
fn waiting(world: &World) -> (Running, String) {
    let running = world.approve("4211").args("--no-browser").start();
    let start = running.start_url();
    (running, start)
}

/// An approval on a terminal that waits for the browser, and its start URL.
fn waiting_on_a_terminal(world: &World) -> (Running, String) {
    let running = world
        .on_a_terminal("approve 4211 --yes --no-browser")
        .start();
    let start = running.start_url_on_terminal();
    running.prints("waiting for you");
    (running, start)
}

fn parameters(url: &str) -> HashMap<String, String> {
    Url::parse(url)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect()
}

/// An error in place of the code, as whoever knows the state may send it.
fn with_error(callback: &str, error: &str) -> String {
    let mut url = Url::parse(callback).unwrap();
    let state = parameters(callback)["state"].clone();
    url.set_query(Some(&format!("{error}&state={state}")));
    url.into()
}

/// Ctrl-C, and nothing was approved.
fn ends_unapproved(world: &World, running: Running) {
    world.api().never_saw("/token");
    running.signal("INT");
    running.end().exits(130);
    world.api().saw_no_approval();
}

/// As the system itself lists the sockets that listen at the port.
#[cfg(target_os = "linux")]
#[test]
fn the_listener_is_on_loopback_only() {
    let world = World::new();
    let (running, start) = waiting(&world);
    let port = Url::parse(&start).unwrap().port().unwrap();
    let mut listening = Vec::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        for line in std::fs::read_to_string(table).unwrap_or_default().lines() {
            let mut fields = line.split_whitespace().skip(1);
            let (local, state) = (fields.next().unwrap(), fields.nth(1).unwrap());
            if let Some(address) = local.strip_suffix(&format!(":{port:04X}"))
                && state == "0A"
            {
                listening.push(address.to_owned());
            }
        }
    }
    assert!(!listening.is_empty(), "{start}");
    let loopback = ["0100007F", "00000000000000000000000001000000"];
    for address in listening {
        assert!(loopback.contains(&address.as_str()), "{address}");
    }
    ends_unapproved(&world, running);
}

#[test]
fn every_visit_is_a_sign_in_of_its_own() {
    let world = World::new();
    let (running, start) = waiting(&world);
    let visits = [(); 2].map(|()| browser::get(&start, &[]));
    let [one, other] = visits.each_ref().map(|visit| parameters(&visit.leads_to()));
    for secret in ["state", "nonce", "code_challenge"] {
        assert_ne!(one[secret], other[secret], "{secret}");
    }
    let cookies = visits.map(|visit| visit.set_cookie.unwrap());
    for cookie in &cookies {
        assert!(
            cookie.contains("; Path=/; HttpOnly; SameSite=Lax"),
            "{cookie}"
        );
        let pair = cookie.split(';').next().unwrap();
        for secret in [&one["state"], &other["state"], &one["nonce"]] {
            assert!(!pair.contains(secret.as_str()), "{cookie}");
        }
    }
    let name = |cookie: &str| cookie.split('=').next().unwrap().to_owned();
    assert_ne!(name(&cookies[0]), name(&cookies[1]));
    ends_unapproved(&world, running);
}

/// The state alone is no longer enough: whoever reads it cannot answer with it.
#[test]
fn b2_13_a_callback_without_the_cookie_of_its_own_visit_is_refused() {
    let world = World::new();
    let (running, start) = waiting(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    let page = Window::default().get(&callback);
    assert_eq!(page.status, 403, "{page:?}");
    assert!(page.body.contains("began in another browser"), "{page:?}");
    running.says("in another browser than it began in");
    // Another visit's cookie, of the same browser, is not its own either.
    let first = browser::cookies(&callback);
    browser::get(&start, &[]);
    let both = browser::cookies(&callback);
    let second = both.strip_prefix(&format!("{first}; ")).unwrap();
    let value = second.split_once('=').unwrap().1;
    let swapped = format!("{}={value}", first.split_once('=').unwrap().0);
    for cookies in [second, swapped.as_str()] {
        let window = Window::holding(&callback, cookies);
        assert_eq!(window.get(&callback).status, 403, "{cookies}");
    }
    world.api().never_saw("/token");
    world.api().saw_no_approval();
    // The browser that began finishes.
    assert_eq!(browser::get(&callback, &[]).status, 303);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

/// An error without the cookie ends nothing.
#[test]
fn an_error_of_somebody_who_only_knows_the_state_ends_nothing() {
    let world = World::new();
    let (running, start) = waiting(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    let forged = with_error(&callback, "error=access_denied&error_description=call+555");
    assert_eq!(Window::default().get(&forged).status, 403);
    world.api().saw_no_approval();
    browser::get(&callback, &[]);
    running.end().exits(0).does_not_say("call 555");
    world.api().saw_one_approval("4211");
}

#[test]
fn a_reload_is_nobody_else_and_the_first_tab_may_finish() {
    for last in [false, true] {
        let world = World::new();
        let (running, start) = waiting(&world);
        let (_, one) = browser::sign_in(world.issuer(), &start);
        let (_, other) = browser::sign_in(world.issuer(), &start);
        let callback = if last { other } else { one };
        let page = browser::get(&callback, &[]);
        assert_eq!(page.status, 303);
        let cookie = page.set_cookie.unwrap();
        assert!(cookie.contains("Max-Age=0"), "{cookie}");
        running.end().exits(0).does_not_say("another browser");
        world.api().saw_one_approval("4211");
    }
}

/// Cookies belong to a host name: `localhost` has its own.
#[test]
fn at_localhost_the_cookie_comes_back_too() {
    let world = World::new();
    world.add_to_entry("redirect_host = \"localhost\"");
    let (running, start) = waiting(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    assert!(callback.starts_with("http://localhost:"), "{callback}");
    assert_eq!(Window::default().get(&callback).status, 403);
    world.api().saw_no_approval();
    assert_eq!(browser::get(&callback, &[]).status, 303);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

/// Nobody can be asked, so only the first browser counts.
#[test]
fn without_a_terminal_a_second_browser_is_refused() {
    let world = World::new();
    let (running, start) = waiting(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    let page = Window::default().get(&start);
    assert_eq!((page.status, page.location), (403, None), "{}", page.body);
    running.says("another browser opened the sign-in page");
    world.api().saw_no_approval();
    browser::get(&callback, &[]);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn without_a_terminal_a_thief_who_comes_first_gets_nothing_but_time() {
    let world = World::new();
    let run = world.approve("4211").args("--no-browser --timeout 4s");
    let running = run.start();
    let start = running.start_url();
    assert_eq!(Window::default().get(&start).status, 302);
    assert_eq!(browser::get(&start, &[]).status, 403);
    running
        .end()
        .exits(6)
        .says("another browser opened the sign-in page");
    world.api().saw_no_approval();
}

/// A private window, or somebody else: told, and then one answer decides.
#[test]
fn on_a_terminal_a_second_browser_is_told_and_the_sign_in_has_to_be_accepted() {
    for (key, code) in [("n\r", 5), ("\r", 5), ("y\r", 0)] {
        let world = World::new();
        let (mut running, start) = waiting_on_a_terminal(&world);
        let private = Window::default();
        let (_, callback) = private.sign_in(world.issuer(), &start);
        browser::sign_in(world.issuer(), &start);
        running.prints("another browser opened the sign-in page");
        assert_eq!(private.get(&callback).status, 303);
        running.prints("accept the sign-in of");
        running.prints("mira.chen@sandbox.example? [y/N]");
        world.api().saw_no_approval();
        running.types(key);
        let outcome = running.ends(code);
        if code == 0 {
            world.api().saw_one_approval("4211");
        } else {
            assert!(outcome.stdout.contains("was not accepted"), "{outcome}");
            world.api().saw_no_approval();
        }
    }
}

/// What was typed before the question is no answer to it.
#[test]
fn a_key_that_was_pressed_before_the_question_does_not_accept() {
    let world = World::new();
    let (mut running, start) = waiting_on_a_terminal(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    Window::default().get(&start);
    running.prints("another browser opened the sign-in page");
    running.types("y\r");
    running.prints("keys: ");
    running.stdout(|text| (text.matches("keys: ").count() == 2).then_some(()));
    browser::get(&callback, &[]);
    running.prints("accept the sign-in of");
    running.types("n\r");
    running.ends(5);
    world.api().saw_no_approval();
}

/// A thief first, the honest person second: the thief's error ends the thief's visit, and its words are nobody's.
#[test]
fn an_error_of_one_browser_ends_its_own_visit_only() {
    for error in [
        "error=access_denied&error_description=call+555",
        "error=access_denied&error=server_error",
        "code=a&code=b",
        "error_description=a&error_description=b",
    ] {
        let world = World::new();
        let (mut running, start) = waiting_on_a_terminal(&world);
        let thief = Window::default();
        let (_, stolen) = thief.sign_in(world.issuer(), &start);
        let (_, callback) = browser::sign_in(world.issuer(), &start);
        running.prints("another browser opened the sign-in page");
        let page = thief.get(&with_error(&stolen, error));
        assert_eq!(page.status, 200, "{page:?}");
        assert!(page.body.contains("This sign-in has ended"), "{page:?}");
        running.prints("one of the sign-ins ended");
        // It is over: not even its genuine answer counts.
        assert_eq!(thief.get(&stolen).status, 400);
        world.api().saw_no_approval();
        assert_eq!(browser::get(&callback, &[]).status, 303);
        running.prints("accept the sign-in of");
        running.types("y\r");
        let outcome = running.ends(0);
        assert!(
            !outcome.stdout.contains("the provider answered"),
            "{outcome}"
        );
        world.api().saw_one_approval("4211");
    }
}

/// Where there is one browser its error ends the wait. Its words may be anybody's, so they are not told as the provider's.
#[test]
fn an_error_of_the_only_browser_is_what_the_browser_brought() {
    let world = World::new();
    let (running, start) = waiting(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    let issuer = world.issuer();
    let error = format!("error=access_denied&error_description=call+555&iss={issuer}");
    let forged = with_error(&callback, &error);
    assert_eq!(browser::get(&forged, &[]).status, 303);
    running
        .end()
        .exits(6)
        .says("the browser came back with `access_denied`: call 555")
        .does_not_say("the provider answered")
        .does_not_say("the provider said");
    world.api().never_saw("/token");
    world.api().saw_no_approval();
}

/// B4.6, where there is one browser: it ends the wait as untrusted.
#[test]
fn b4_6_an_answer_that_says_something_twice_is_untrusted() {
    for (query, name) in rows! {
        "error=access_denied&error=access_denied", "error";
        "error=x&error_description=a&error_description=b", "error_description";
        "code=a&error_description=a&error_description=", "error_description";
    } {
        let world = World::new();
        let (running, start) = waiting(&world);
        let (_, callback) = browser::sign_in(world.issuer(), &start);
        assert_eq!(browser::get(&with_error(&callback, query), &[]).status, 303);
        let reason = format!("the answer has the parameter `{name}` twice");
        running.end().exits(5).says(&reason);
        world.api().never_saw("/token");
        world.api().saw_no_approval();
    }
}

/// A cross-site POST brings no `Lax` cookie: there the state alone decides.
#[test]
fn with_form_post_the_state_alone_decides() {
    let world = World::new();
    world.add_to_entry("response_mode = \"form_post\"");
    let (running, start) = waiting(&world);
    let authorize = browser::get(&start, &[]).leads_to();
    let page = browser::answer(world.issuer(), &authorize, "key");
    let callback = page.body.split("action=\"").nth(1).unwrap();
    let callback = callback.split('"').next().unwrap().to_owned();
    let forged = [("Content-Type", "application/x-www-form-urlencoded")];
    let refused = browser::post(&callback, &forged, "code=x&state=made-up");
    assert_eq!(refused.status, 400, "{refused:?}");
    world.api().saw_no_approval();
    let posted = Window::default().fill_in(&page, &callback, "key");
    assert_eq!(posted.status, 303, "{posted:?}");
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

/// `--remote`: the address was opened in whatever browser, and its answer may find the way back by itself.
#[test]
fn with_remote_the_state_alone_decides() {
    let world = World::new();
    let run = world.approve("4211").args("--remote").with_open_stdin();
    let running = run.start();
    let address = running.stderr(|text| {
        let (_, rest) = text.split_once("on any machine:\n  ")?;
        Some(rest.split_once('\n')?.0.to_owned())
    });
    let callback = browser::sign_in_at(world.issuer(), &address);
    let forged = callback.replace("state=", "state=x");
    assert_eq!(Window::default().get(&forged).status, 400);
    world.api().saw_no_approval();
    assert_eq!(Window::default().get(&callback).status, 303);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

/// What a browser could not bring back by itself is brought by hand.
#[test]
fn an_answer_in_the_wrong_browser_can_be_pasted() {
    let world = World::new();
    let (mut running, start) = waiting_on_a_terminal(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    assert_eq!(Window::default().get(&callback).status, 403);
    running.prints("a sign-in came back in another browser");
    world.api().saw_no_approval();
    running.types(&format!("{callback}\r"));
    running.ends(0);
    world.api().saw_one_approval("4211");
}

/// A page of any other port of this host may set so many that no answer is understood any more.
#[test]
fn an_answer_with_too_many_cookies_is_told_and_can_be_pasted() {
    let world = World::new();
    let (mut running, start) = waiting_on_a_terminal(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    let neighbours = format!("x={}", "y".repeat(70 * 1024));
    let page = Window::holding(&callback, &neighbours).get(&callback);
    assert_eq!(page.status, 431);
    assert!(page.body.contains("too many cookies"), "{page:?}");
    running.prints("a browser sent more cookies");
    world.api().saw_no_approval();
    running.types(&format!("{callback}\r"));
    running.ends(0);
    world.api().saw_one_approval("4211");
}

/// A visit costs the provider a pushed request, so there are not any number of them.
#[test]
fn b6_5_the_start_page_closes_after_sixteen_visits() {
    let world = World::with(&["par=required"]);
    let (running, start) = waiting(&world);
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    for _ in 1..16 {
        assert_eq!(browser::get(&start, &[]).status, 302);
    }
    for _ in 0..2 {
        let page = browser::get(&start, &[]);
        assert_eq!((page.status, page.location), (429, None));
    }
    running.says("was opened too often");
    assert_eq!(world.api().asked("/par"), 16);
    world.api().saw_no_approval();
    browser::get(&callback, &[]);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

/// The API's own page: whoever opens the start page second does not learn where it leads.
#[test]
fn hosted_a_second_browser_is_refused_without_a_terminal() {
    let hosted = Hosted::new(&[]);
    let world = &hosted.0;
    let running = world.approve("4211").args("--browser true").start();
    let start = running.start_url();
    let page = browser::get(&start, &[]).leads_to();
    let refused = Window::default().get(&start);
    assert_eq!((refused.status, refused.location), (403, None));
    assert_eq!(browser::get(&start, &[]).leads_to(), page);
    running.says("another browser opened the sign-in page");
    world.api().saw_no_approval();
    hosted.walk(&page, "key");
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn hosted_a_second_browser_is_told_on_a_terminal() {
    let hosted = Hosted::new(&[]);
    let world = &hosted.0;
    let mut running = world
        .on_a_terminal("approve 4211 --yes --browser true")
        .start();
    let start = running.start_url_on_terminal();
    running.prints("keys: ");
    for window in [Window::default(), Window::default()] {
        assert_eq!(window.get(&start).status, 302);
    }
    running.prints("another browser opened the sign-in page too");
    running.types("q");
    running.ends(6);
    world.api().saw_no_approval();
}

/// A program of another user, which found the address in the process list.
#[cfg(target_os = "linux")]
fn as_another_user(home: &World, target: &str, url: &Url, headers: &str) -> Option<String> {
    use std::io::Write as _;
    use std::process::Command;

    use crate::process::Run;

    let script = format!(
        "exec 3<>/dev/tcp/{target}/{port}; printf 'GET {path} HTTP/1.1\\r\\nHost: {host}:{port}\\r\\n{headers}\\r\\n' >&3; cat <&3",
        host = url.host_str().unwrap(),
        port = url.port().unwrap(),
        path = &url[url::Position::BeforePath..],
    );
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let run = if root {
        Run::of("setpriv", home.home.path())
    } else {
        Run::of("sudo", home.home.path()).args("-n setpriv")
    };
    let run = run.args("--reuid 12345 --regid 12345 --clear-groups bash -c");
    let outcome = run.arg(script).run();
    if !root && outcome.code != Some(0) {
        let named = "skipped: listener::start_page::another_user_of_the_machine_is_refused needs root or sudo\n";
        std::io::stderr().write_all(named.as_bytes()).unwrap();
        return None;
    }
    assert_eq!(outcome.code, Some(0), "{outcome}");
    Some(outcome.stdout.clone())
}

#[cfg(target_os = "linux")]
#[test]
fn another_user_of_the_machine_is_refused() {
    let world = World::new();
    let (running, start) = waiting(&world);
    let url = Url::parse(&start).unwrap();
    // By an IPv4 socket, and by an IPv6 socket in its clothes.
    for target in ["127.0.0.1", "::ffff:127.0.0.1"] {
        let Some(answer) = as_another_user(&world, target, &url, "") else {
            return;
        };
        assert!(answer.starts_with("HTTP/1.0 403 "), "{target}: {answer}");
        assert!(
            !answer.to_ascii_lowercase().contains("\nlocation:"),
            "{answer}"
        );
        assert!(
            !answer.to_ascii_lowercase().contains("set-cookie"),
            "{answer}"
        );
    }
    running.says("(uid 12345)");
    // Not even with everything that the person's browser has.
    let (_, callback) = browser::sign_in(world.issuer(), &start);
    let cookies = format!("Cookie: {}\\r\\n", browser::cookies(&callback));
    let callback_url = Url::parse(&callback).unwrap();
    let answer = as_another_user(&world, "127.0.0.1", &callback_url, &cookies).unwrap();
    assert!(answer.starts_with("HTTP/1.0 403 "), "{answer}");
    world.api().never_saw("/token");
    world.api().saw_no_approval();
    browser::get(&callback, &[]);
    let outcome = running.end();
    outcome.exits(0).does_not_say("another browser");
    assert_eq!(
        outcome.stderr.matches("(uid 12345)").count(),
        1,
        "{outcome}"
    );
    world.api().saw_one_approval("4211");
}
