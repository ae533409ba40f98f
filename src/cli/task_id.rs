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

/// Several tasks in one word, with commas or in quotes.
fn are_several(text: &str) -> bool {
    let words = text.split([',', ' ']).filter(|word| !word.is_empty());
    let known: Vec<bool> = words
        .map(|word| TaskReference::parse(word).is_some())
        .collect();
    known.len() > 1 && !known.contains(&false)
}
