//! What was perhaps meant by a name that nobody has.

/// The nearest known name, if one is near enough to have been meant.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    known
        .into_iter()
        .map(|known| {
            (
                strsim::jaro_winkler(&name, &known.to_ascii_lowercase()),
                known,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        // Of equals the first, which `max_by` would not give.
        .min_by(|(a, _), (b, _)| b.total_cmp(a))
        .map(|(_, known)| known)
}
