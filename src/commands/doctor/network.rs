//! The API: name, TLS, clock, credential. The name, the TLS and the clock of providers too.

use url::{Host, Url};

use super::check::Check;
use crate::adapters::http::{Http, HttpError};
use crate::adapters::probe;
use crate::adapters::proxy::{Proxies, Proxy};
use crate::adapters::terminal::span;
use crate::commands::shared::metadata::{Finding, Grade};
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::session::Session;

/// Seconds; less is a matter of slow answers.
const DRIFT: u64 = 5;

pub(super) fn api(context: &Context, session: &Session, http: &Http) -> Vec<Check> {
    let url = session.profile.api_url.clone();
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut checks = Vec::from_iter(name(&host, url.clone()));
    checks.push(reached(&host, url.to_string(), http.clone(), &url, 60));
    checks.push(match session.sign_in(context) {
        Ok(signed_in) => {
            let place = signed_in.place;
            let api = signed_in.api;
            Check::new("credential", Some(&host), move || {
                vec![match api.identity() {
                    Ok(_) => Finding::ok("credential", format!("the API takes the one in {place}")),
                    Err(error) => Finding::failed("credential", &Error::from(error)),
                }]
            })
        }
        Err(error) => {
            let finding = Finding::failed("credential", &error);
            Check::new("credential", Some(&host), move || vec![finding])
        }
    });
    checks
}

/// Whether the host has an address, unless it is one itself. Behind a proxy that looks up names it would know, and not
/// this machine.
pub(super) fn name(subject: &str, url: Url) -> Option<Check> {
    if !matches!(url.host(), Some(Host::Domain(_))) {
        return None;
    }
    let proxies = Proxies::of_environment().unwrap_or_default();
    let left_to_it = proxies.for_url(&url).is_some_and(Proxy::resolves);
    Some(Check::new("dns", Some(subject), move || {
        let host = url.host_str().unwrap_or_default();
        if left_to_it {
            return vec![Finding::ok("dns", format!("`{host}` is left to the proxy"))];
        }
        vec![match probe::addresses(&url) {
            Ok(0) => nowhere(host, "no address"),
            Ok(_) => Finding::ok("dns", format!("`{host}` has an address")),
            Err(error) => nowhere(host, &error.to_string()),
        }]
    }))
}

fn nowhere(host: &str, why: &str) -> Finding {
    Finding::new(
        "dns",
        Grade::Fail,
        format!("`{host}` could not be found: {why}"),
    )
    .hint("check the spelling in the configuration, and the network")
}

/// Whether it answers, how its connection is secured, and what its clock says.
pub(super) fn reached(subject: &str, address: String, http: Http, url: &Url, skew: u64) -> Check {
    let secured = url.scheme() == "https";
    Check::new("connection", Some(subject), move || {
        let ahead = match probe::clock_ahead(&http, &address) {
            Ok(ahead) => ahead,
            Err(error) => {
                let check = match error {
                    HttpError::Tls { .. } => "tls",
                    _ => "connection",
                };
                return vec![Finding::failed(check, &Error::from(error))];
            }
        };
        let tls = if secured {
            "the certificate chain is trusted"
        } else {
            "none, on loopback"
        };
        vec![Finding::ok("tls", tls), clock(ahead, skew)]
    })
}

/// A clock that is off makes every check of times fail in odd ways.
fn clock(ahead: Option<i64>, skew: u64) -> Finding {
    let Some(ahead) = ahead else {
        return Finding::new("clock", Grade::Warn, "the server does not send its time")
            .hint("compare this machine's clock with another one");
    };
    let off = ahead.unsigned_abs();
    let direction = if ahead > 0 { "behind" } else { "ahead of" };
    let time = span(std::time::Duration::from_secs(off));
    let says = format!("this machine's is {time} {direction} the server's");
    if off <= DRIFT {
        return Finding::ok("clock", "agrees with the server's");
    }
    let (grade, hint) = if off > skew {
        (
            Grade::Fail,
            "set this machine's clock, or sign-ins may not verify",
        )
    } else {
        (
            Grade::Warn,
            "that is tolerated; set this machine's clock all the same",
        )
    };
    Finding::new("clock", grade, says)
        .hint(hint)
        .kind(ErrorKind::Usage)
}
