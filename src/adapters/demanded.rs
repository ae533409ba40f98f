//! What an answer demands of the person who asked.

use openidconnect::http::Response;

use super::http::challenge_lines;
use crate::domain::challenge::Demand;
use crate::domain::www_authenticate::{self, MalformedChallenge};

/// The step-up that an answer demands, if it does (RFC 9470 §3, B1.19).
pub(crate) fn demand_of(answer: &Response<Vec<u8>>) -> Result<Option<Demand>, MalformedChallenge> {
    let lines = challenge_lines(answer);
    let lines = lines.iter().map(AsRef::as_ref);
    www_authenticate::demand_of(answer.status().as_u16(), lines, answer.body())
}

/// The sign-in that a 401 to an anonymous request asks for (B1.21).
pub(crate) fn token_demand_of(
    answer: &Response<Vec<u8>>,
) -> Result<Option<Demand>, MalformedChallenge> {
    let lines = challenge_lines(answer);
    www_authenticate::token_demand(lines.iter().map(AsRef::as_ref))
}
