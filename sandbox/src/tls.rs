//! TLS of the servers (`--tls`), as clients require it that know no plain http. An authority is made for this
//! run, for names of this machine only; its key is forgotten once it has signed, so whoever trusts its file trusts
//! nothing else.

use std::io;
use std::net::Ipv6Addr;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, civil};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CidrSubnet, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose, NameConstraints,
};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The names under which the servers are reached.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Days before and after the start of a run for which its certificates are valid; some clients take no long ones.
const DAYS: i64 = 30;

/// What the servers show, and the authority that signed it.
pub(crate) struct Authority {
    /// Its certificate, for those who are to trust it.
    pub(crate) pem: String,
    pub(crate) config: Arc<ServerConfig>,
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
