//! `stepup request` to a server whose TLS breaks after it has read the request.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::elsewhere::lists;
use crate::world::World;

/// An https server on loopback that answers a request with bytes that are no TLS; its origin. The certificate of
/// its authority is written to this file.
fn answering_in_the_clear(ca_file: &Path) -> String {
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    std::fs::write(ca_file, authority.pem()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = certificate.signed_by(&key, &authority).unwrap();
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n == 1) {
                head.push(byte[0]);
            }
            let _ = stream.sock.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        }
    });
    format!("https://localhost:{port}")
}

#[test]
fn a_tls_failure_after_the_request_leaves_open_whether_it_was_done() {
    let world = World::new();
    let ca_file = world.path("ca.pem");
    let origin = answering_in_the_clear(&ca_file);
    lists(&world, &origin);
    let post = || {
        world
            .stepup("request POST --yes")
            .arg(format!("{origin}/x"))
    };
    let outcome = post().env("SSL_CERT_FILE", &ca_file).exits(1);
    outcome
        .says("the TLS connection to")
        .hints("it is unknown whether the server did it; look before you send it again");

    // Nobody listens: nothing can have been done.
    let free = TcpListener::bind("127.0.0.1:0").map(|socket| socket.local_addr());
    let unused = format!("http://{}", free.unwrap().unwrap());
    lists(&world, &unused);
    let outcome = world
        .stepup("request POST --yes")
        .arg(format!("{unused}/x"))
        .run();
    outcome.exits(1).does_not_say("it is unknown");
}
