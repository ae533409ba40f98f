//! The one door for text from outside: files, stdin and documents of servers. Windows' own tools write a byte order
//! mark, or UTF-16; both are read as what they mean, and what is neither is not text.

use std::borrow::Cow;
use std::io::{self, Read};

const UTF_8: &[u8] = b"\xef\xbb\xbf";
const UTF_16_LITTLE: &[u8] = b"\xff\xfe";
const UTF_16_BIG: &[u8] = b"\xfe\xff";

/// Neither UTF-8 nor, by its mark, UTF-16. What came is not repeated: it may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not text")]
pub(crate) struct NotText;

/// The text of these bytes, without a byte order mark.
pub(crate) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, NotText> {
    if let Some(rest) = bytes.strip_prefix(UTF_8) {
        return utf_8(rest);
    }
    if let Some(rest) = bytes.strip_prefix(UTF_16_LITTLE) {
        return utf_16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(UTF_16_BIG) {
        return utf_16(rest, u16::from_be_bytes);
    }
    utf_8(bytes)
}

/// Text of a document that a server sent: without the mark, and otherwise as it is, for a parser to say what is wrong.
pub(crate) fn document(bytes: &[u8]) -> Cow<'_, [u8]> {
    match decoded(bytes) {
        Ok(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
        Ok(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
        Err(_) => Cow::Borrowed(bytes),
    }
}

/// JSON whose strings have half a character in them (`\ud83d` alone, as a cut title has it), with the replacement
/// character in its place; `None` where there is nothing to replace. No parser here would read the document otherwise.
pub(crate) fn without_half_characters(json: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(json.len());
    let mut replaced = false;
    let mut rest = json;
    while let [byte, after @ ..] = rest {
        if *byte != b'\\' {
            whole.push(*byte);
            rest = after;
            continue;
        }
        let (taken, is_half) = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, false),
            (Some(0xd800..=0xdfff), _) => (6, true),
            (Some(_), _) => (6, false),
            // Another escape, of which a backslash is one.
            (None, _) => (2, false),
        };
        let (escape, after) = rest.split_at(taken.min(rest.len()));
        whole.extend_from_slice(if is_half { b"\\ufffd" } else { escape });
        replaced |= is_half;
        rest = after;
    }
    replaced.then_some(whole)
}

/// The unit of UTF-16 that these bytes begin with, if they begin with an escape for one.
fn unit(json: &[u8]) -> Option<u16> {
    let digits = json.strip_prefix(b"\\u")?.get(..4)?;
    let digits = std::str::from_utf8(digits).ok()?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

/// The text that this reader has, up to so many bytes.
pub(crate) fn read(from: impl Read, limit: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    from.take(limit).read_to_end(&mut bytes)?;
    match decoded(&bytes) {
        Ok(text) => Ok(text.into_owned()),
        Err(not_text) => Err(io::Error::new(io::ErrorKind::InvalidData, not_text)),
    }
}

fn utf_8(bytes: &[u8]) -> Result<Cow<'_, str>, NotText> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotText)?;
    Ok(Cow::Borrowed(text))
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, NotText> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(NotText);
    }
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map(Cow::Owned).map_err(|_| NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_character_hides_nothing_else() {
        for (json, read) in [
            (r#"["a\ud83d"]"#, Some("a\u{fffd}")),
            (r#"["\udd11b"]"#, Some("\u{fffd}b")),
            (r#"["\ud83d\ud83d\udd11"]"#, Some("\u{fffd}\u{1f511}")),
            (r#"["\ud83dA"]"#, Some("\u{fffd}A")),
            (r#"["\ud83d\udd11"]"#, None),
            (r#"["\\ud83d"]"#, None),
            (r#"["\ud8"]"#, None),
            ("[\"\\", None),
        ] {
            let whole = without_half_characters(json.as_bytes());
            let parsed = whole.map(|json| serde_json::from_slice::<[String; 1]>(&json).unwrap());
            assert_eq!(parsed.as_ref().map(|[text]| text.as_str()), read, "{json}");
        }
    }

    #[test]
    fn a_document_loses_its_mark_and_nothing_else() {
        assert_eq!(document(b"\xef\xbb\xbf{}").as_ref(), b"{}");
        assert_eq!(document(b"\xff\xfe{\0}\0").as_ref(), b"{}");
        assert_eq!(document(b"{\xff}").as_ref(), b"{\xff}");
    }

    #[test]
    fn text_is_read_in_the_way_that_its_mark_says() {
        let text = "4211\r\n\u{e9}\u{1f511}";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little = units.iter().flat_map(|unit| unit.to_le_bytes());
        let big = units.iter().flat_map(|unit| unit.to_be_bytes());
        for bytes in [
            text.as_bytes().to_owned(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [0xff, 0xfe].into_iter().chain(little).collect(),
            [0xfe, 0xff].into_iter().chain(big).collect(),
        ] {
            assert_eq!(read(bytes.as_slice(), 1000).unwrap(), text, "{bytes:x?}");
        }
        assert_eq!(read(&b""[..], 9).unwrap(), "");
    }

    #[test]
    fn what_is_no_text_is_an_error_and_not_repeated() {
        for bytes in [
            &b"s3cret\xff"[..],
            b"\xff\xfea",
            b"\xff\xfe\x00\xd8",
            b"\xef\xbb\xbf\xff",
        ] {
            let error = read(bytes, 100).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            assert_eq!(error.to_string(), "it is not text");
        }
    }
}
