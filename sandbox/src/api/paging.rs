//! Lists in pages (c1.md 3.6).

use super::refusal::Refusal;
use crate::keys::{decode, encode};

/// One page and the token of the next: 25 rows unless asked otherwise, never under 10 nor over 100.
pub(super) fn page<'a, T>(
    rows: &'a [T],
    size: Option<i64>,
    token: Option<&str>,
) -> Result<(&'a [T], String), Refusal> {
    let size = match size.unwrap_or(0) {
        0 => 25,
        size => usize::try_from(size.clamp(10, 100)).unwrap_or(25),
    };
    let start = match token.filter(|token| !token.is_empty()) {
        None => 0,
        Some(token) => decode(token)
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| text.parse::<usize>().ok())
            .ok_or_else(|| Refusal::invalid("invalid page token"))?,
    };
    let rest = rows.get(start..).unwrap_or_default();
    let shown = rest.get(..size).unwrap_or(rest);
    let more = rest.len() > shown.len();
    let next = if more {
        encode((start + size).to_string().as_bytes())
    } else {
        String::new()
    };
    Ok((shown, next))
}
