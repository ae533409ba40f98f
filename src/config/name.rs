//! What a profile and a provider entry may be called.

/// Names go into prompts, paths (`/callback/<name>`) and credential names (`api/<name>`).
pub(crate) fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
}

/// What is said of a name that nothing has: of one that nothing can have, why.
pub(super) fn nothing_has(what: &str, name: &str) -> String {
    if is_name(name) {
        format!("there is no {what} `{name}`")
    } else {
        format!("`{name}` is not a name of a {what}: {RULE}")
    }
}

pub(super) const RULE: &str = "names are 1 to 64 of `a-z`, `0-9`, `_` and `-`";
