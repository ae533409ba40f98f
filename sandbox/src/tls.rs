//! TLS in front of the servers (`--tls`), as clients require it that know no plain http. An authority is made for this
//! run, for names of this machine only; its key is forgotten once it has signed, so whoever trusts its file trusts
//! nothing else.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use jiff::{SignedDuration, Timestamp, civil};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CidrSubnet, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose, NameConstraints,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection};

use super::basics::locked;

/// The names under which the servers are reached.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Days before and after the start of a run for which its certificates are valid; some clients take no long ones.
const DAYS: i64 = 30;

/// What the servers show, and the authority that signed it.
pub(crate) struct Authority {
    /// Its certificate, for those who are to trust it.
    pub(crate) pem: String,
    config: Arc<ServerConfig>,
}

impl Authority {
    /// An authority of its own, and the servers' certificate.
    pub(crate) fn new() -> io::Result<Self> {
        let authority = CertifiedIssuer::self_signed(authority()?, made(KeyPair::generate())?);
        let authority = made(authority)?;
        let key = made(KeyPair::generate())?;
        let mut server = made(CertificateParams::new(NAMES.map(str::to_owned)))?;
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        for_this_run(&mut server, "stepup sandbox");
        let server = made(server.signed_by(&key, &authority))?;
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![server.der().clone()], private)
            .map_err(io::Error::other)?;
        Ok(Self {
            pem: authority.pem(),
            config: Arc::new(config),
        })
    }
}

fn authority() -> io::Result<CertificateParams> {
    let mut params = made(CertificateParams::new([]))?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::V4([127, 0, 0, 0], [255, 0, 0, 0])),
            GeneralSubtree::IpAddress(CidrSubnet::V6(Ipv6Addr::LOCALHOST.octets(), [255; 16])),
        ],
        excluded_subtrees: Vec::new(),
    });
    for_this_run(&mut params, "stepup sandbox, authority of one run");
    Ok(params)
}

fn for_this_run(params: &mut CertificateParams, name: &str) {
    let day = |days: i64| {
        let moment = Timestamp::now() + SignedDuration::from_hours(24 * days);
        let date: civil::Date = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
        let part = |number: i8| u8::try_from(number).unwrap_or(1);
        rcgen::date_time_ymd(date.year().into(), part(date.month()), part(date.day()))
    };
    (params.not_before, params.not_after) = (day(-DAYS), day(DAYS));
    params.distinguished_name.push(DnType::CommonName, name);
}

fn made<T>(result: Result<T, rcgen::Error>) -> io::Result<T> {
    result.map_err(io::Error::other)
}

/// Takes TLS off what comes to a listener, and hands it to a server behind.
pub(crate) struct Front {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
    accepting: JoinHandle<()>,
}

impl Front {
    /// Begins to accept; and the listener of the server behind, on loopback.
    pub(crate) fn start(
        listener: TcpListener,
        authority: &Authority,
    ) -> io::Result<(Self, TcpListener)> {
        let behind = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (address, target) = (listener.local_addr()?, behind.local_addr()?);
        let stopped = Arc::new(AtomicBool::new(false));
        let (config, over) = (Arc::clone(&authority.config), Arc::clone(&stopped));
        let accepting = thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let config = Arc::clone(&config);
                // A client that goes away, or does not like the certificate, is not our trouble.
                thread::spawn(move || relay(config, client, target));
            }
        });
        let front = Self {
            address,
            stopped,
            accepting,
        };
        Ok((front, behind))
    }

    pub(crate) fn stop(self) {
        self.stopped.store(true, Ordering::Relaxed);
        // A visit, so that it looks.
        if TcpStream::connect(self.address).is_ok() {
            let _ = self.accepting.join();
        }
    }
}

/// One connection, until either side ends it.
fn relay(config: Arc<ServerConfig>, mut client: TcpStream, target: SocketAddr) -> io::Result<()> {
    let mut tls = ServerConnection::new(config).map_err(io::Error::other)?;
    while tls.is_handshaking() {
        tls.complete_io(&mut client)?;
    }
    let server = TcpStream::connect(target)?;
    // Small writes wait for nobody's acknowledgement.
    server.set_nodelay(true)?;
    client.set_nodelay(true)?;
    let tls = Mutex::new(tls);
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = answers(&tls, &server, &client);
            client.shutdown(Shutdown::Both)
        });
        let _ = requests(&tls, &client, &server);
        let _ = server.shutdown(Shutdown::Both);
    });
    Ok(())
}

/// From the client to the server behind.
fn requests(
    tls: &Mutex<ServerConnection>,
    mut client: &TcpStream,
    mut server: &TcpStream,
) -> io::Result<()> {
    let mut sealed = [0; 4 * 1024];
    loop {
        // Some of the first request may have come with the handshake.
        server.write_all(&opened(&mut locked(tls))?)?;
        let mut sealed = match client.read(&mut sealed)? {
            0 => return Ok(()),
            read => sealed.get(..read).unwrap_or_default(),
        };
        while !sealed.is_empty() {
            let mut tls = locked(tls);
            tls.read_tls(&mut sealed)?;
            let plain = opened(&mut tls)?;
            while tls.wants_write() {
                tls.write_tls(&mut client)?;
            }
            drop(tls);
            server.write_all(&plain)?;
        }
    }
}

/// What has come so far.
fn opened(tls: &mut ServerConnection) -> io::Result<Vec<u8>> {
    let state = tls.process_new_packets().map_err(io::Error::other)?;
    let mut plain = vec![0; state.plaintext_bytes_to_read()];
    tls.reader().read_exact(&mut plain)?;
    Ok(plain)
}

/// From the server behind to the client.
fn answers(
    tls: &Mutex<ServerConnection>,
    mut server: &TcpStream,
    mut client: &TcpStream,
) -> io::Result<()> {
    let mut plain = [0; 16 * 1024];
    loop {
        let read = server.read(&mut plain)?;
        let mut tls = locked(tls);
        if read == 0 {
            tls.send_close_notify();
        } else {
            tls.writer()
                .write_all(plain.get(..read).unwrap_or_default())?;
        }
        while tls.wants_write() {
            tls.write_tls(&mut client)?;
        }
        if read == 0 {
            return Ok(());
        }
    }
}
