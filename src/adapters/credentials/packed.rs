//! Secrets as few bytes, for Windows' Credential Manager: it takes 2560. A key in PEM is kept as what its letters stand
//! for (DER), so that an RSA key of 4096 bits fits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// The first byte: text follows as it is.
const TEXT: u8 = 1;

/// The first byte: a label's length, the label and DER follow.
const PEM: u8 = 2;

/// The columns of PEM (RFC 7468 section 2).
const COLUMNS: usize = 64;

/// The secret's bytes. What is PEM exactly as we would write it is made shorter; everything else stays as it is.
pub(super) fn packed(secret: &str) -> Vec<u8> {
    as_der(secret)
        .filter(|packed| unpacked(packed).is_some_and(|back| back == secret))
        .unwrap_or_else(|| [&[TEXT], secret.as_bytes()].concat())
}

/// What [`packed`] took in. `None` for bytes that are not its: a password is UTF-16 there, and begins with neither.
pub(super) fn unpacked(bytes: &[u8]) -> Option<String> {
    match bytes.split_first()? {
        (&TEXT, text) => String::from_utf8(text.to_owned()).ok(),
        (&PEM, [length, rest @ ..]) => {
            let (label, der) = rest.split_at_checked(usize::from(*length))?;
            Some(as_pem(std::str::from_utf8(label).ok()?, der))
        }
        _ => None,
    }
}

fn as_der(secret: &str) -> Option<Vec<u8>> {
    let (label, rest) = secret.strip_prefix("-----BEGIN ")?.split_once("-----\n")?;
    let (body, _) = rest.split_once("-----END ")?;
    let der = BASE64.decode(body.replace('\n', "")).ok()?;
    let length = u8::try_from(label.len()).ok()?;
    Some([&[PEM, length], label.as_bytes(), &der].concat())
}

fn as_pem(label: &str, der: &[u8]) -> String {
    let mut pem = format!("-----BEGIN {label}-----\n");
    let mut body = BASE64.encode(der);
    while !body.is_empty() {
        let rest = body.split_off(COLUMNS.min(body.len()));
        pem.extend([&body, "\n"]);
        body = rest;
    }
    pem + "-----END " + label + "-----\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Credential Manager takes.
    const MOST: usize = 2560;

    #[test]
    fn a_large_rsa_key_fits_and_comes_back() {
        for length in [0, 1, 47, 48, 49, 2375] {
            let pem = as_pem("PRIVATE KEY", &vec![0x5a; length]);
            let bytes = packed(&pem);
            assert_eq!(unpacked(&bytes).unwrap(), pem);
            assert_eq!(bytes.len(), 2 + "PRIVATE KEY".len() + length);
            assert!(bytes.len() <= MOST);
        }
    }

    #[test]
    fn everything_else_comes_back_as_it_was() {
        let pem = as_pem("PRIVATE KEY", b"key");
        let others = [
            String::new(),
            "a token".into(),
            "\u{e9}\n".into(),
            "a".repeat(2000),
            format!("{pem}more"),
            pem.trim_end().to_owned(),
            pem.replace('\n', "\r\n"),
            pem.replace("END PRIVATE", "END PUBLIC"),
            "-----BEGIN X-----\n!\n-----END X-----\n".into(),
        ];
        for secret in others {
            let bytes = packed(&secret);
            assert_eq!(bytes.len(), secret.len() + 1, "{secret}");
            assert_eq!(unpacked(&bytes).unwrap(), secret);
        }
    }

    #[test]
    fn a_password_from_before_is_told_from_it() {
        let password: Vec<u8> = "token".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [&password[..], b"", b"\x02", b"\x02\x09abc", b"\x01\xff"] {
            assert_eq!(unpacked(bytes), None);
        }
    }
}
