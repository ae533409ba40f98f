//! A protected resource beside the access API, for requests of any kind: it demands what its own query says
//! (`acr_values`, `max_age`, `scope`; RFC 9470, RFC 6750), and answers with what it saw.
//!
//! `again=1` demands it again however it is met, `raw=1` answers with the body alone, `status=N` with that status.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use super::presented::Presented;
use super::refusal::Refusal;
use super::requirement::Requirement;
use super::state::{Api, ApiResult, Caller};
use crate::http::{Call, Reply};
use crate::tokens::AccessClaims;

pub(super) const PATH: &str = "/protected/echo";

impl Api {
    /// Any request to the resource.
    pub(super) fn protected(&self, call: &Call) -> ApiResult {
        let caller = self.caller(call)?;
        let demand = Demand::of(call);
        let claims = match caller {
            Caller::Credential(_) if demand.is_nothing() => None,
            Caller::Credential(_) => return Err(self.demand(&demand, "step-up is required")),
            Caller::StepUp(presented) => {
                let met = self.met(&demand, &presented);
                Some(met.map_err(|why| self.demand(&demand, why))?)
            }
        };
        let query = |name| call.query.get(name);
        let status = query("status").and_then(|text| text.parse().ok());
        if query("raw").is_some() {
            let body = call.body.clone();
            return Ok(Reply::new(200, "application/octet-stream", body));
        }
        let seen = json!({
            "method": call.method,
            "content_type": call.header("content-type"),
            "accept": call.header("accept"),
            "headers": call.headers.iter()
                .map(|(name, _)| name.to_ascii_lowercase())
                .collect::<Vec<_>>(),
            "body": BASE64_STANDARD.encode(&call.body),
            "scheme": call.header("authorization").and_then(|text| text.split(' ').next()),
            "acr": claims.as_ref().map(|claims| claims.acr.as_str()),
            "scope": claims.as_ref().map(|claims| claims.scope.as_str()),
            "subject": claims.as_ref().map(|claims| claims.sub.as_str()),
        });
        Ok(Reply::json(status.unwrap_or(200), &seen))
    }

    fn met(&self, demand: &Demand, presented: &Presented) -> Result<AccessClaims, &'static str> {
        let claims = self.tokens.verify(&presented.token)?;
        presented.fits(&claims)?;
        if self.switches.is("challenge", "dpop") && !presented.is_bound() {
            return Err("the token must be bound to a key");
        }
        if let Some(requirement) = &demand.requirement {
            requirement.judge(&claims, demand.max_age, self.by_context())?;
        }
        let granted: Vec<&str> = claims.scope.split(' ').collect();
        if !demand
            .scope
            .split_whitespace()
            .all(|one| granted.contains(&one))
        {
            return Err("the token lacks a scope");
        }
        if demand.again {
            return Err("another authentication is required");
        }
        Ok(claims)
    }

    fn demand(&self, demand: &Demand, why: &str) -> Refusal {
        let requirement = demand.requirement.clone();
        let requirement = requirement.unwrap_or_else(|| Requirement::asked("", None));
        let refusal = requirement.challenge(&self.switches, why);
        if demand.scope.is_empty() {
            refusal
        } else {
            refusal.also(&format!(", scope=\"{}\"", demand.scope))
        }
    }
}

struct Demand {
    requirement: Option<Requirement>,
    max_age: Option<u64>,
    scope: String,
    again: bool,
}

impl Demand {
    fn of(call: &Call) -> Self {
        let acr_values = call.query.get("acr_values");
        let max_age = call.query.get("max_age").and_then(|age| age.parse().ok());
        let named = acr_values.is_some() || max_age.is_some();
        Self {
            requirement: named.then(|| Requirement::asked(acr_values.unwrap_or_default(), max_age)),
            max_age,
            scope: call.query.get("scope").unwrap_or_default().to_owned(),
            again: call.query.get("again").is_some(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.requirement.is_none() && self.scope.is_empty() && !self.again
    }
}
