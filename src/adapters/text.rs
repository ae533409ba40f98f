//! Text from files and pipes, whatever wrote it: Windows PowerShell 5.1 writes UTF-16, and others put a mark in front of
//! UTF-8.

use std::io::{self, Read};

/// All of it, up to so many bytes.
pub(crate) fn read(from: impl Read, longest: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    from.take(longest).read_to_end(&mut bytes)?;
    decoded(bytes).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it is not text"))
}

/// The text, which its mark says how to read; without one it is UTF-8. `None` if it is not that.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_owned()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
