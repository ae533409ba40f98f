//! TLS as an administrator meets it: a certificate of a private authority is refused, and accepted once its
//! file is named; another host's certificate never is.
#![allow(clippy::unwrap_used, missing_docs)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use openidconnect::http::Request;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use stepup::internals::{Http, HttpError};

/// An https server on loopback whose certificate, for `name`, is signed by an authority of its own.
struct Server {
    port: u16,
    ca_file: PathBuf,
    _folder: tempfile::TempDir,
}

fn server(name: &str) -> Server {
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new([name.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, authority.pem()).unwrap();

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let config = Arc::new(config);
        for stream in listener.incoming().flatten() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            answer(rustls::StreamOwned::new(connection, stream));
        }
    });
    Server {
        port,
        ca_file,
        _folder: folder,
    }
}

fn answer(mut stream: impl Read + Write) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            // The client went away: it did not like the certificate.
            _ => return,
        }
    }
    let _ =
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
}

fn get(http: &Http, port: u16) -> Result<u16, HttpError> {
    let request = Request::get(format!("https://localhost:{port}/"))
        .body(Vec::new())
        .unwrap();
    http.send(request).map(|answer| answer.status().as_u16())
}

fn http() -> Http {
    Http::new(Duration::from_secs(10))
}

#[test]
fn a_private_authority_is_refused_until_its_file_is_named() {
    let server = server("localhost");
    assert!(matches!(
        get(&http(), server.port),
        Err(HttpError::Tls { .. })
    ));
    let trusting = http().trusting(&server.ca_file).unwrap();
    assert_eq!(get(&trusting, server.port).unwrap(), 200);
}

#[test]
fn a_certificate_for_another_host_is_refused_whoever_signed_it() {
    let server = server("elsewhere.example");
    let trusting = http().trusting(&server.ca_file).unwrap();
    assert!(matches!(
        get(&trusting, server.port),
        Err(HttpError::Tls { .. })
    ));
}

#[test]
fn a_server_without_tls_is_a_tls_error_and_no_hang() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    assert!(matches!(
        get(&http(), port),
        Err(HttpError::Tls { .. } | HttpError::Broken { .. })
    ));
}

#[test]
fn a_file_that_holds_no_certificate_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "not a certificate").unwrap();
    for path in [empty, folder.path().join("missing.pem")] {
        let Err(error) = http().trusting(&path) else {
            panic!("{} was accepted", path.display());
        };
        assert!(
            error.to_string().contains(&path.display().to_string()),
            "{error}"
        );
    }
}
