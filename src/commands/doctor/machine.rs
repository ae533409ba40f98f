//! What can be said without a network: the configuration, a proxy, loopback, the browser.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::check::Check;
use crate::adapters::browser::Opener;
use crate::adapters::credentials::{CredentialError, CredentialName, Credentials};
use crate::adapters::http::HttpError;
use crate::adapters::proxy::Proxies;
use crate::adapters::sanitize::sanitize;
use crate::adapters::{probe, programs, surroundings};
use crate::ceremony::browse;
use crate::cli::Browsing;
use crate::commands::shared::metadata::{Finding, Grade};
use crate::config::{Config, RedirectHost};
use crate::context::Context;
use crate::environment;
use crate::error::{Error, ErrorKind};

/// The checks, and the configuration if it can be read.
pub(super) fn checks(context: &Context) -> (Vec<Check>, Option<Config>) {
    let loaded = Config::load(context.global.config.as_deref());
    let (found, config) = match loaded {
        Ok(config) => (configuration(&config), Some(config)),
        Err(error) => (Finding::failed("config", &Error::from(error)), None),
    };
    let localhost = config.as_ref().is_some_and(|config| {
        let mut entries = config.providers.values();
        entries.any(|entry| entry.redirect_host == RedirectHost::Localhost)
    });
    let port = config.as_ref().and_then(|config| {
        let mut entries = config.providers.values();
        entries.find_map(|entry| entry.ports.first().copied())
    });
    let one = |finding: Finding| {
        let check = finding.check;
        Check::new(check, None, move || vec![finding])
    };
    let checks = vec![
        one(found),
        one(proxy()),
        one(browser(context, port)),
        Check::new("loopback", None, move || vec![ipv4(), ipv6(localhost)]),
    ];
    (checks, config)
}

fn configuration(config: &Config) -> Finding {
    let (profiles, entries) = (config.profiles.len(), config.providers.len());
    match &config.path {
        Some(path) => {
            let says = format!(
                "`{}`: profiles: {profiles}, provider entries: {entries}",
                path.display()
            );
            Finding::ok("config", says)
        }
        None => Finding::new("config", Grade::Warn, "there is none")
            .hint("`stepup login TENANT` makes a profile, `stepup provider add` a provider entry"),
    }
}

/// What decides for requests is asked.
fn proxy() -> Finding {
    let proxies = match Proxies::of_environment() {
        Ok(proxies) => proxies,
        Err(error) => return Finding::failed("proxy", &Error::from(HttpError::from(error))),
    };
    match proxies.proxy() {
        Some(proxy) => Finding::ok(
            "proxy",
            format!(
                "`{}` sends https through `{proxy}`; loopback and what `NO_PROXY` names are spared",
                proxy.variable
            ),
        ),
        None => Finding::ok("proxy", "none is set for https"),
    }
}

fn browser(context: &Context, port: Option<u16>) -> Finding {
    let browsing = match Browsing::of_settings(&context.global) {
        Ok(browsing) => browsing,
        Err(why) => {
            return Finding::new("browser", Grade::Fail, sanitize(&why))
                .hint("change the setting or its variable; `stepup config list --origin` shows where each comes from")
                .kind(ErrorKind::Usage);
        }
    };
    for (chosen, setting) in [
        (browsing.remote, "remote"),
        (browsing.own.no_browser, "no_browser"),
    ] {
        if chosen {
            let says =
                format!("none is opened, the URL is printed, as the setting `{setting}` says");
            return Finding::ok("browser", says);
        }
    }
    match browse::opener(&browsing) {
        Ok(Opener::System) => Finding::ok("browser", "the system's own will be opened"),
        Ok(Opener::Commands(commands)) => named(&commands, browsing.own.browser.is_some()),
        Ok(Opener::None) => {
            let why = Opener::obstacle(environment::variable).unwrap_or("none was found");
            let says = format!("none is opened by itself: {why}");
            let otherwise = if Opener::has_a_screen(environment::variable) {
                let command = format!("`stepup config set browser {}`", installed());
                format!("name one that can be opened here: {command}")
            } else {
                // No graphical browser can be opened here, whatever its name.
                "sign in on another machine, and paste the answer here: `stepup config set remote true`".to_owned()
            };
            let hint = format!("{}; or {otherwise}", elsewhere(port));
            Finding::new("browser", Grade::Warn, says).hint(hint)
        }
        Err(error) => Finding::failed("browser", &error),
    }
}

/// The browser that a setting or a variable names: the first that can be started is opened.
fn named(commands: &[Vec<String>], by_setting: bool) -> Finding {
    let named_by = if by_setting {
        "the setting `browser`"
    } else {
        "the variable `BROWSER`"
    };
    let mut names = commands.iter().filter_map(|words| words.first());
    if let Some(program) = names.clone().find(|name| programs::found(name).is_some()) {
        let says = format!("`{program}` will be opened, as {named_by} says");
        return Finding::ok("browser", says);
    }
    let program = names.next().map(String::as_str).unwrap_or_default();
    let says =
        format!("`{program}`, which {named_by} names, is not installed or not on the `PATH`");
    Finding::new("browser", Grade::Warn, says).hint(
        "the URL is printed all the same; name another one: `stepup config set browser COMMAND`",
    )
}

/// Names that browsers are installed by.
const BROWSERS: [&str; 7] = [
    "firefox",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "microsoft-edge",
    "brave-browser",
    "epiphany",
];

/// A browser of this machine, as an example of what can be named.
fn installed() -> &'static str {
    let mut known = BROWSERS.into_iter();
    known
        .find(|name| programs::found(name).is_some())
        .unwrap_or("COMMAND")
}

/// Whether the store of secrets can be read. No failure by itself: what cannot be had from it fails on its
/// own line, and with a credential for one run nothing is needed from it.
pub(super) fn store(credentials: Credentials, name: CredentialName) -> Check {
    const NAME: &str = "store";
    Check::new(NAME, None, move || {
        vec![match credentials.require(&name) {
            Ok(_) => Finding::ok(NAME, format!("{} can be read", credentials.place())),
            Err(CredentialError::NotStored { .. }) => {
                let says = format!(
                    "{} can be used, and holds no API credential yet",
                    credentials.place()
                );
                Finding::ok(NAME, says)
            }
            Err(error) => Finding {
                grade: Grade::Warn,
                ..Finding::failed(NAME, &Error::from(error))
            },
        }]
    })
}

/// How a browser elsewhere reaches us. The command is exact only where the port is known beforehand.
fn elsewhere(port: Option<u16>) -> String {
    let exists = |path: &str| std::path::Path::new(path).exists();
    let advice = surroundings::advice(
        port.unwrap_or_default(),
        true,
        environment::variable,
        exists,
    );
    let Some(advice) = advice else {
        return "the URL is printed instead; open it in a browser of this machine".to_owned();
    };
    match (advice.command, port) {
        (None, _) => advice.sentence,
        (Some(command), Some(_)) => format!("{} `{command}`", advice.sentence),
        (Some(_), None) => format!(
            "{}; fix the port with `stepup provider edit --port` to know it beforehand",
            advice.sentence.trim_end_matches(':')
        ),
    }
}

fn ipv4() -> Finding {
    match probe::can_listen(Ipv4Addr::LOCALHOST.into(), 0) {
        Ok(()) => Finding::ok("loopback v4", "127.0.0.1 can be listened on"),
        Err(error) => Finding::new(
            "loopback v4",
            Grade::Fail,
            format!("127.0.0.1 cannot be listened on: {error}"),
        )
        .hint("the provider's answer arrives there; a sandbox or a firewall of this machine is in the way"),
    }
}

/// A browser may resolve `localhost` to either family.
fn ipv6(localhost: bool) -> Finding {
    match probe::can_listen(Ipv6Addr::LOCALHOST.into(), 0) {
        Ok(()) => Finding::ok("loopback v6", "[::1] can be listened on"),
        Err(error) if localhost => Finding::new(
            "loopback v6",
            Grade::Warn,
            format!("[::1] cannot be listened on: {error}"),
        )
        .hint("a browser that resolves `localhost` to IPv6 first tries 127.0.0.1 second"),
        Err(error) => Finding::ok("loopback v6", format!("not here ({error}), and not needed")),
    }
}
