//! Keys whose strength is not established verify nothing (B9.27): short ones, ones that are not written as they
//! must be, and ones with which everybody can sign. Each signature here is a good one.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::keys::{Alg, Key, encode};
use crate::script::Endpoint::Token;
use crate::script::Script;
use crate::world::{Outcome, UNTRUSTED, World};

const UNKNOWN: &str = "the ID token is signed with a key that the provider does not publish";

/// The provider publishes this key only, with this `n`, and signs with it.
fn published(key: Key, n: impl Fn(&[u8]) -> String + Send + Sync + 'static) -> Outcome {
    let script = Script::honest()
        .key_set(move |keys, _| {
            let mut jwk = key.jwk();
            jwk["n"] = n(&key.modulus()).into();
            *keys = vec![jwk];
        })
        .id_token(move |token| {
            token.header.insert("kid".into(), key.id().into());
            token.sign_with(Alg::RS256, key);
        });
    World::with(script).approve()
}

/// The same number for lenient readers: the bits behind the last byte are not zero (RFC 4648 §3.5).
fn with_stray_bits(modulus: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = encode(modulus);
    let last = text.pop().unwrap();
    let place = ALPHABET
        .iter()
        .position(|letter| char::from(*letter) == last);
    text.push(char::from(ALPHABET[place.unwrap() + 1]));
    text
}

/// RFC 7518 §3.3: 2048 bits at least.
#[test]
fn a_weak_rsa_key_is_no_key() {
    for key in [Key::TinyRsa, Key::WeakRsa, Key::ShortRsa] {
        published(key, |modulus| encode(modulus)).refused(UNTRUSTED, &too_weak(key), Token);
    }
}

/// A weak modulus does not become strong by leading zeros.
#[test]
fn a_padded_weak_rsa_key_is_no_key() {
    let padded = |modulus: &[u8]| encode([&[0; 128], modulus].concat());
    published(Key::WeakRsa, padded).refused(UNTRUSTED, &too_weak(Key::WeakRsa), Token);
}

/// Its size is told, so that nobody looks for a key that is there.
fn too_weak(key: Key) -> String {
    let modulus = key.modulus();
    let bits = modulus.len() * 8 - modulus[0].leading_zeros() as usize;
    format!("signed with a key that is too weak: {bits} bits, at least 2048 are required")
}

/// Whoever cannot read a modulus does not know how long it is.
#[test]
fn an_rsa_modulus_that_is_not_strict_base64url_is_no_key() {
    for key in [Key::TinyRsa, Key::WeakRsa, Key::Rsa] {
        published(key, with_stray_bits).refused(UNTRUSTED, UNKNOWN, Token);
    }
    let spellings: [fn(&[u8]) -> String; 3] = [
        |modulus| format!("{}=", encode(modulus)),
        |modulus| format!(" {}", encode(modulus)),
        |modulus| BASE64_STANDARD.encode(modulus),
    ];
    for written in spellings {
        published(Key::Rsa, written).refused(UNTRUSTED, UNKNOWN, Token);
    }
}

/// The provider publishes a key with this member changed, and whoever sees it signs by `sign`.
fn signed_by_anybody(
    alg: Alg,
    member: &'static str,
    value: impl AsRef<[u8]>,
    sign: impl Fn(&[u8]) -> Vec<u8> + Send + Sync + 'static,
) -> Outcome {
    let value = encode(value);
    let script = Script::honest()
        .signing(alg)
        .key_set(move |keys, _| {
            let mut jwk = alg.key().jwk();
            jwk[member] = value.as_str().into();
            *keys = vec![jwk];
        })
        .grant(move |grant| {
            let token = grant["id_token"].as_str().unwrap();
            let (message, _) = token.rsplit_once('.').unwrap();
            grant["id_token"] = format!("{message}.{}", encode(sign(message.as_bytes()))).into();
        });
    World::with(script)
        .entry(&format!("id_token_algs = [\"{}\"]", alg.name()))
        .approve()
}

/// What a signature of this message is before the private key is applied (RFC 8017 §9.2).
fn padded_digest(message: &[u8]) -> Vec<u8> {
    const SHA256: [u8; 19] = [
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x20,
    ];
    let ending = [&SHA256[..], &Sha256::digest(message)].concat();
    let filling = vec![0xff; 256 - ending.len() - 3];
    [vec![0, 1], filling, vec![0], ending].concat()
}

/// With the exponent 1 the padded digest is its own signature; an even one has no private half.
#[test]
fn an_rsa_exponent_with_which_everybody_signs_is_no_key() {
    for exponent in [&[1][..], &[0, 0, 1], &[0], &[2], &[1, 0, 0]] {
        signed_by_anybody(Alg::RS256, "e", exponent, padded_digest)
            .refused(UNTRUSTED, UNKNOWN, Token);
    }
}

/// The neutral point verifies "R = the neutral point, s = 0" over any message, where the check is not strict
/// (RFC 8032 §5.1.7); so do, now and then, the other points of small order.
#[test]
fn an_ed25519_key_of_small_order_is_no_key() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut order_2 = [0xff; 32];
    (order_2[0], order_2[31]) = (0xec, 0x7f);
    for point in [neutral, [0; 32], order_2] {
        let signature = [neutral, [0; 32]].concat();
        signed_by_anybody(Alg::EdDSA, "x", point, move |_| signature.clone())
            .refused(UNTRUSTED, UNKNOWN, Token);
    }
}

/// A point that is not on the curve, and coordinates of another length (RFC 7518 §6.2.1.2).
#[test]
fn an_ec_key_off_the_curve_is_no_key() {
    for (alg, size) in [(Alg::ES256, 32), (Alg::ES384, 48), (Alg::ES512, 66)] {
        for x in [vec![0; size], vec![0; size - 1], vec![0; size + 1], vec![]] {
            signed_by_anybody(alg, "x", x, move |_| vec![1; 2 * size])
                .refused(UNTRUSTED, UNKNOWN, Token);
        }
    }
}
