//! A URL's path as a server may read it, for those addresses that are refused however they are written.

use url::{Url, form_urlencoded};

/// The words between slashes, decoded once. A slash that was encoded parts words as well; a word's parameters
/// (`;v=1`) are left out, and so are empty words.
pub fn words(url: &Url) -> Vec<String> {
    let segments = url.path_segments().into_iter().flatten();
    let decoded = segments.filter_map(|segment| {
        let mut pairs = form_urlencoded::parse(segment.as_bytes());
        pairs.next().map(|(name, _)| name.into_owned())
    });
    let mut words = Vec::new();
    for segment in decoded {
        for word in segment.split(['/', '\\']) {
            let word = word.split(';').next().unwrap_or_default();
            if !word.is_empty() {
                words.push(word.to_owned());
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_words_however_it_is_written() {
        for path in [
            "/a/bc",
            "/a//bc/",
            "/a%2fbc",
            "/%61/b%63",
            "/a;v=1/bc;w",
            "/a%5Cbc",
            "/x/../a/bc",
            "/x/%2e%2E/a/bc",
        ] {
            let url = Url::parse(&format!("https://acme.example{path}?d/e")).unwrap();
            assert_eq!(words(&url), ["a", "bc"], "{path}");
        }
    }
}
