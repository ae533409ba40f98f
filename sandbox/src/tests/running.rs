//! Starting and stopping: addresses, files, log, state.

use std::net::SocketAddr;

use super::*;
use crate::SandboxError;

#[test]
fn it_listens_on_loopback_only_and_says_when_a_port_is_taken() {
    let start = |listen: SocketAddr| {
        Sandbox::start(Options {
            listen,
            ..Options::default()
        })
        .err()
    };
    assert!(matches!(
        start(([0, 0, 0, 0], 0).into()),
        Some(SandboxError::NotLoopback(_))
    ));
    assert!(matches!(
        start(([127, 0, 0, 1], 65535).into()),
        Some(SandboxError::Port { .. })
    ));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    assert!(matches!(
        start(taken.local_addr().unwrap()),
        Some(SandboxError::Port { .. })
    ));
}

#[test]
fn another_host_name_is_refused() {
    let world = World::new();
    let url = format!("{}/api/v1/tasks/4211", world.sandbox.info().api_url);
    for (host, status) in [
        ("evil.example", 421),
        ("localhost:9", 401),
        ("", 421),
        ("127.0.0.1.evil.example", 421),
    ] {
        let request = Request::get(&url)
            .header("host", host)
            .body(Vec::new())
            .unwrap();
        assert_eq!(world.send(request).status, status, "{host}");
    }
}

#[test]
fn its_files_are_private_and_its_folder_goes_with_it() {
    let world = World::new();
    let folder = world.sandbox.info().config.clone();
    #[cfg(unix)]
    for (path, mode) in [
        (folder.clone(), 0o700),
        (folder.join("config.toml"), 0o600),
        (folder.join("credentials.json"), 0o600),
    ] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
            mode
        );
    }
    world.sandbox.stop();
    assert!(!folder.exists());
}

#[test]
fn the_log_names_paths_and_approvals_and_no_secret() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log");
    let mut world = World::start(Options {
        log: Some(log.clone()),
        ..Options::default()
    });
    let (token, _) = world.sign_in("key", &[("acr_values", "phr")]);
    let id = world.task(4211)["id"].as_str().unwrap().to_owned();
    world.approve(4211, &world.credential);
    world.approve(4211, &token);
    let text = std::fs::read_to_string(log).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let approved: Vec<_> = lines
        .iter()
        .filter_map(|line| line.get("approved"))
        .collect();
    assert_eq!(approved, [&json!(id)]);
    assert!(!text.contains('?') && !text.contains("the-state") && !text.contains(&token));
    assert_eq!(lines[0]["path"], "/authorize");
    // Keep-alive: everything sent to one server went over one connection.
    let ports = |server: &str| {
        let mut ports: Vec<_> = lines
            .iter()
            .filter(|l| l["server"] == server)
            .map(|l| l["connection"].as_u64())
            .collect();
        ports.dedup();
        ports
    };
    assert_eq!((ports("api").len(), ports("provider").len()), (1, 1));
}

#[test]
fn a_state_that_cannot_be_read_is_said_so() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("broken"), "{").unwrap();
    let broken = Options {
        state: Some(home.path().join("broken")),
        ..Options::default()
    };
    assert!(matches!(
        Sandbox::start(broken),
        Err(SandboxError::File { .. })
    ));
}

#[test]
fn requests_are_answered_side_by_side() {
    let world = World::with(&["slow_api_ms=1000"]);
    let started = std::time::Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(world.get("/api/v1/auth/introspect").status, 200));
        }
    });
    assert!(started.elapsed() < Duration::from_millis(3500));
}
