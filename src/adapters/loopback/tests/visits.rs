//! Whose sign-in an answer is: visits, their cookies, and other browsers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::super::{Begun, LoopbackEvent, Pasted, RedirectTarget};
use super::browser::{PROVIDER, SOON, genuine, state, target};
use super::{Reply, World};

/// A visit with these cookies; the answer, and the cookie that came with it.
fn visit(world: &World, cookies: &str) -> (Reply, String) {
    let reply = with_cookies(world, &world.start, cookies);
    let cookie = reply.header("Set-Cookie").unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    (reply, cookie)
}

fn with_cookies(world: &World, target: &str, cookies: &str) -> Reply {
    world.request("GET", target, &format!("Cookie: {cookies}\r\n"))
}

fn answer(visit: usize, query: &str) -> String {
    format!("/callback/okta?{query}&state={}", state(visit))
}

/// One browser only, as where nobody can be asked.
fn for_one_browser() -> (World, Arc<AtomicUsize>) {
    let visits = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&visits);
    let world = World::beginning(&target(), false, move || {
        Some(Begun {
            address: PROVIDER.into(),
            state: Some(state(count.fetch_add(1, Ordering::Relaxed))),
        })
    });
    (world, visits)
}

/// The events so far.
fn heard(world: &World) -> Vec<LoopbackEvent> {
    std::iter::from_fn(|| world.waiting.next(Duration::ZERO)).collect()
}

#[test]
fn a_callback_counts_with_the_cookie_of_its_own_visit_only() {
    let world = World::new();
    let (_, first) = visit(&world, "");
    let (_, second) = visit(&world, &first);
    let value = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let name = |cookie: &str| cookie.split_once('=').unwrap().0.to_owned();
    for cookies in [
        String::new(),
        second.clone(),
        name(&first),
        format!("{}=", name(&first)),
        format!("{}={}", name(&first), value(&second)),
        format!("{first}x"),
        format!("x{first}"),
        format!("x={first}"),
    ] {
        let reply = with_cookies(&world, &answer(0, "code=C"), &cookies);
        assert_eq!(reply.status, 403, "{cookies}");
        assert_eq!(reply.header("Location"), None);
    }
    let events = heard(&world);
    let [LoopbackEvent::Opened, LoopbackEvent::Hint(hint)] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert!(
        hint.contains("in another browser than it began in"),
        "{hint}"
    );
    let reply = with_cookies(
        &world,
        &answer(0, "code=C"),
        &format!("a=b; {second};{first} ; c=d"),
    );
    assert_eq!(reply.status, 303);
    let forgotten = format!(
        "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
        name(&first)
    );
    assert_eq!(reply.header("Set-Cookie"), Some(forgotten.as_str()));
    assert_eq!(world.callback().state, state(0));
}

#[test]
fn a_cookie_beside_one_that_is_not_ascii_counts() {
    let world = World::new();
    let (_, cookie) = visit(&world, "");
    assert_eq!(
        with_cookies(&world, &answer(0, "code=C"), &format!("é={{ü}}; {cookie}")).status,
        303
    );
}

#[test]
fn the_cookie_is_for_this_host_and_no_script_and_its_name_is_unique() {
    let world = World::new();
    let reply = world.get(&world.start);
    let cookie = reply.header("Set-Cookie").unwrap();
    assert!(cookie.starts_with("stepup-"), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400"),
        "{cookie}"
    );
    let (_, other) = visit(&world, "");
    assert_ne!(cookie.split('=').next(), other.split('=').next());
}

#[test]
fn after_the_result_nothing_of_another_browser_is_heard() {
    let world = World::new();
    let (_, first) = visit(&world, "");
    let (_, second) = visit(&world, "");
    assert_eq!(
        with_cookies(&world, &answer(0, "code=C"), &first).status,
        303
    );
    for query in ["error=access_denied", "code=D"] {
        let late = with_cookies(&world, &answer(1, query), &second);
        assert_eq!((late.status, late.header("Location")), (409, None));
    }
    let events = heard(&world);
    assert!(
        matches!(
            events.as_slice(),
            [
                LoopbackEvent::Opened,
                LoopbackEvent::AnotherBrowser,
                LoopbackEvent::Callback(_)
            ]
        ),
        "{events:?}"
    );
}

#[test]
fn what_a_browser_fetches_by_itself_is_no_visit() {
    let (world, begun) = for_one_browser();
    for header in [
        "Sec-Purpose: prefetch",
        "sec-purpose: prefetch;prerender",
        "Sec-Purpose: prefetch; anonymous-client-ip",
        "Purpose: prefetch",
        "X-Moz: prefetch",
        "X-Purpose: preview",
        "Sec-Purpose: Prefetch",
        "Sec-Purpose: anonymous-client-ip; prefetch ;prerender",
    ] {
        let reply = world.request("GET", &world.start, &format!("{header}\r\n"));
        assert_eq!(reply.status, 503, "{header}");
        assert_eq!(
            (reply.header("Location"), reply.header("Set-Cookie")),
            (None, None)
        );
    }
    assert_eq!(begun.load(Ordering::Relaxed), 0);
    world.nothing_was_heard();
    assert_eq!(world.get(&world.start).status, 302);
}

#[test]
fn a_visit_that_could_not_begin_is_remembered_as_this_browsers() {
    let attempts = AtomicUsize::new(0);
    let world = World::beginning(&target(), false, move || {
        let second = attempts.fetch_add(1, Ordering::Relaxed) > 0;
        second.then(|| Begun {
            address: PROVIDER.into(),
            state: Some(state(0)),
        })
    });
    let (reply, cookie) = visit(&world, "");
    assert_eq!(reply.status, 502);
    assert_eq!(with_cookies(&world, &world.start, &cookie).status, 302);
}

#[test]
fn what_is_posted_or_pasted_needs_no_cookie() {
    let form_post = RedirectTarget {
        form_post: true,
        ..target()
    };
    let world = World::with(&form_post);
    visit(&world, "");
    let form = format!("code=C&state={}", state(0));
    assert_eq!(
        world
            .post_form("/callback/okta", &form.replace("visit", "x"))
            .status,
        400
    );
    assert_eq!(world.post_form("/callback/okta", &form).status, 303);

    let world = World::new();
    visit(&world, "");
    let paste = world.waiting.paste();
    let pasted = |target: &str| paste(&format!("http://127.0.0.1:{}{target}", world.port));
    assert_eq!(
        pasted(&answer(1, "code=C")),
        Pasted::OtherAnswer,
        "no visit has this state"
    );
    assert_eq!(pasted(&answer(0, "code=C")), Pasted::Answer);
    assert_eq!(pasted(&answer(0, "code=D")), Pasted::NotOurs, "once");
    assert!(matches!(
        world.waiting.next(SOON),
        Some(LoopbackEvent::Opened)
    ));
    assert_eq!(world.callback().code.as_deref(), Some("C"));
    world.nothing_was_heard();
}

#[test]
fn only_the_address_of_this_callback_can_be_pasted() {
    let world = World::new();
    let (port, answer) = (world.port, genuine("code=C"));
    let paste = world.waiting.paste();
    for address in [
        String::new(),
        answer.clone(),
        format!("127.0.0.1:{port}{answer}"),
        format!("https://127.0.0.1:{port}{answer}"),
        format!("http://127.0.0.1{answer}"),
        format!("http://127.0.0.1:{}{answer}", port ^ 1),
        format!("http://localhost:{port}{answer}"),
        format!("http://evil.example:{port}{answer}"),
        format!("http://127.0.0.1:{port}{}", answer.replace("okta", "other")),
    ] {
        assert_eq!(paste(&address), Pasted::NotOurs, "{address}");
    }
    let in_fragment = format!("http://127.0.0.1:{port}{}", answer.replace('?', "#"));
    assert_eq!(paste(&in_fragment), Pasted::OtherAnswer);
    world.nothing_was_heard();
    // As a terminal breaks a long line.
    let (start, end) = answer.split_at(20);
    let broken = format!(" http://127.0.0.1:{port}{start}\n  {end}\n");
    assert_eq!(paste(&broken), Pasted::Answer);
    assert_eq!(world.callback().code.as_deref(), Some("C"));
}
