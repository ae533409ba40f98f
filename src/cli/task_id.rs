//! What can name a task.

use crate::domain::task_reference::TaskReference;

/// Anything else is refused before anything is done. Whether an address is one of the profile's
/// API is found out when there is a profile.
pub(super) fn task_id(text: &str) -> Result<String, String> {
    match TaskReference::parse(text) {
        Some(_) => Ok(text.to_owned()),
        None if are_several(text) => {
            Err("name several tasks as separate words: `4211 4213`".to_owned())
        }
        None => Err(
            "not a task ID: give the task's number, its 27 letters and digits, or its URL"
                .to_owned(),
        ),
    }
}

/// The task that was meant by a word that names none, as it is typed: what was copied with it is left out.
pub(super) fn meant(text: &str) -> Option<String> {
    let trimmed = text.trim_matches(|c: char| !(c.is_alphanumeric() || c == '#'));
    let named = |text: &str| TaskReference::parse(text).is_some();
    if trimmed != text && named(trimmed) {
        return Some(trimmed.to_owned());
    }
    // A URL of something else holds numbers, too.
    if text.contains("://") {
        return None;
    }
    let last = trimmed.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let digits = last
        .trim_start_matches("task")
        .trim_start_matches(|c: char| !c.is_ascii_digit());
    let before = last.len() - digits.len();
    (before <= "task-#".len() && is_number(digits)).then(|| digits.to_owned())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Several tasks in one word, with commas or in quotes.
fn are_several(text: &str) -> bool {
    let words = text.split([',', ' ']).filter(|word| !word.is_empty());
    let known: Vec<bool> = words
        .map(|word| TaskReference::parse(word).is_some())
        .collect();
    known.len() > 1 && !known.contains(&false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_with_a_task_is_left_out() {
        let url = "https://acme.conductor.one/task/4211";
        for (text, expected) in [
            ("\"4211\"", Some("4211")),
            ("4211.", Some("4211")),
            ("4211,", Some("4211")),
            ("(4211)", Some("4211")),
            ("task-4211", Some("4211")),
            ("TASK#4211", Some("4211")),
            ("T-4211", Some("4211")),
            ("task/4211", Some("4211")),
            ("C:\\tasks\\4211", Some("4211")),
            ("<https://acme.conductor.one/task/4211>", Some(url)),
            ("https://acme.conductor.one/task/4211.", Some(url)),
            ("https://acme.conductor.one/app/4211", None),
            ("hello", None),
            ("7b3f", None),
            ("production-4", None),
            ("", None),
        ] {
            assert_eq!(meant(text).as_deref(), expected, "{text}");
        }
    }
}
