//! The relying-party modules of the OpenID Foundation's conformance suite that apply to a native client of
//! the code flow.

use crate::provider::Endpoint::{Authorize, Discovery, Token};
use crate::provider::Script;
use crate::world::{UNTRUSTED, World};

/// Everything is right, so the client finishes.
#[test]
fn oidcc_client_test() {
    World::with(Script::honest()).approve().accepted();
}

#[test]
fn oidcc_client_test_invalid_iss() {
    World::with(Script::honest().id_token(|token| token.append_one("iss")))
        .approve()
        .refused(UNTRUSTED, "the ID token was issued by", Token);
}

#[test]
fn discovery_x() {
    let _ = (Authorize, Discovery);
}
