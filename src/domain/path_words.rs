//! A URL's path as a server may read it, for those addresses that are refused however they are written.

use percent_encoding::percent_decode_str;
use url::Url;

/// How often something may be encoded, and is decoded.
const DEEPEST: usize = 4;

/// Percent-decoded until nothing is left to decode: a proxy on the way may decode once more than the server.
pub(crate) fn decoded(text: &str) -> String {
    (0..DEEPEST).fold(text.to_owned(), |text, _| {
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    })
}

/// The words between slashes, decoded. A slash that was encoded parts words as well; a word's parameters
/// (`;v=1`) are left out, and so are empty words and single dots.
pub(crate) fn words(url: &Url) -> Vec<String> {
    let segments = url.path_segments().into_iter().flatten();
    let mut words = Vec::new();
    for segment in segments {
        let segment = decoded(segment);
        for word in segment.split(['/', '\\']) {
            let word = word.split(';').next().unwrap_or_default();
            if !word.is_empty() && word != "." {
                words.push(word.to_owned());
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path is no form: `&`, `=` and `+` are letters like others, and what follows them counts.
    #[test]
    fn nothing_hides_behind_the_signs_of_a_form() {
        let url = Url::parse("https://acme.example/x&y%2Faction%2Fapprove/a=b+c").unwrap();
        assert_eq!(words(&url), ["x&y", "action", "approve", "a=b+c"]);
    }

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
            "/%2561/b%252563",
            "/a%252fbc",
            "/a/%252e/bc",
        ] {
            let url = Url::parse(&format!("https://acme.example{path}?d/e")).unwrap();
            assert_eq!(words(&url), ["a", "bc"], "{path}");
        }
    }
}
