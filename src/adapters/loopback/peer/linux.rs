//! The kernel's table of TCP sockets (proc(5), `/proc/net/tcp`), which names each socket's user.
//!
//! Root counts as ours: it can read our memory anyway, and relays run as root (WSL, container engines). Under
//! `sudo` the user who called it counts too: theirs is the browser. In containers the table may lack the peer, or
//! show it as the overflow user: then nothing is known, and nobody is refused.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};

use super::Peer;
use crate::environment;

const ROOT: u32 = 0;

impl Peer {
    /// The other end of `stream`.
    pub(in super::super) fn of(stream: &TcpStream) -> Self {
        peer(stream)
    }
}

fn peer(stream: &TcpStream) -> Peer {
    let (Ok(peer), Ok(own)) = (stream.peer_addr(), stream.local_addr()) else {
        return Peer::Gone;
    };
    peer_at(stream, peer, own)
}

/// Who holds the connection between these addresses.
fn peer_at(stream: &TcpStream, peer: SocketAddr, own: SocketAddr) -> Peer {
    match tables(peer, own) {
        // A peer that resets the connection leaves no row, and no peer.
        None if stream.peer_addr().is_err() => Peer::Gone,
        None => Peer::Ours,
        Some(Socket { inode: 0, .. }) => Peer::Gone,
        Some(Socket { uid, .. }) if is_ours(uid) => Peer::Ours,
        Some(Socket { uid, .. }) => Peer::OtherUser(uid),
    }
}

/// A row of the table.
struct Socket {
    uid: u32,
    /// 0 when no process has the socket any more; then its user is gone, too.
    inode: u64,
}

/// The socket that is bound to `local` and connected to `remote`. A dual-stack program reaches an IPv4 address by
/// an IPv6 socket, which is in the other table.
fn tables(local: SocketAddr, remote: SocketAddr) -> Option<Socket> {
    let own = |file: &str, local: String, remote: String| {
        let table = fs::read_to_string(file).ok()?;
        socket(&table, &local, &remote)
    };
    let six = || own("/proc/net/tcp6", in_six(local), in_six(remote));
    match (local, remote) {
        (SocketAddr::V4(l), SocketAddr::V4(r)) => {
            let four = |ip: Ipv4Addr, port| format!("{}:{port:04X}", words(&ip.octets()));
            let (l, r) = (four(*l.ip(), l.port()), four(*r.ip(), r.port()));
            own("/proc/net/tcp", l, r).or_else(six)
        }
        _ => six(),
    }
}

fn in_six(address: SocketAddr) -> String {
    let ip = match address {
        SocketAddr::V4(address) => address.ip().to_ipv6_mapped(),
        SocketAddr::V6(address) => *address.ip(),
    };
    format!("{}:{:04X}", words(&ip.octets()), address.port())
}

/// Addresses are printed as 32-bit words in the machine's own byte order.
fn words(octets: &[u8]) -> String {
    let words = octets.chunks_exact(4);
    let numbers = words.filter_map(|word| Some(u32::from_ne_bytes(word.try_into().ok()?)));
    let words: Vec<String> = numbers.map(|number| format!("{number:08X}")).collect();
    words.concat()
}

/// The row with these addresses. The table has a row for every socket of the machine.
fn socket(table: &str, local: &str, remote: &str) -> Option<Socket> {
    let both = format!(": {local} {remote} ");
    let row = table.lines().find(|row| row.contains(&both))?;
    let fields: Vec<&str> = row.split_ascii_whitespace().collect();
    Some(Socket {
        uid: fields.get(7)?.parse().ok()?,
        inode: fields.get(9)?.parse().ok()?,
    })
}

fn is_ours(uid: u32) -> bool {
    let own = rustix::process::geteuid().as_raw();
    let caller = || environment::variable("SUDO_UID")?.parse().ok();
    uid == own
        || uid == ROOT
        || (own == ROOT && caller() == Some(uid))
        || is_nobody_in_particular(uid)
}

/// Whether this is the user that stands for all those whom this user namespace does not know.
fn is_nobody_in_particular(uid: u32) -> bool {
    let read = |file| fs::read_to_string(file).unwrap_or_default();
    let map = read("/proc/self/uid_map");
    let knows_all = map.split_ascii_whitespace().eq(["0", "0", "4294967295"]);
    !knows_all && read("/proc/sys/kernel/overflowuid").trim().parse() == Ok(uid)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;

    use super::*;

    const TABLE: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
         0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0 100 0 0 10 0\n   \
         1: 0100007F:9C40 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 12 1 0 20 4 0 10 -1\n   \
         2: 0100007F:9C41 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0 3 0\n";

    #[test]
    fn a_row_is_found_by_both_ends() {
        let found =
            |local, remote| socket(TABLE, local, remote).map(|socket| (socket.uid, socket.inode));
        assert_eq!(found("0100007F:9C40", "0100007F:1F90"), Some((1001, 12)));
        assert_eq!(found("0100007F:9C41", "0100007F:1F90"), Some((0, 0)));
        assert_eq!(found("0100007F:1F90", "0100007F:9C40"), None);
        assert_eq!(found("0100007F:9C40", "0100007F:1F91"), None);
    }

    /// What this process's own connection looks like, by each family, and by one in the other's clothes.
    #[test]
    fn our_own_connections_are_found_and_ours() {
        for address in ["127.0.0.1:0", "[::1]:0"] {
            let Ok(listener) = TcpListener::bind(address) else {
                // This machine lacks the family.
                continue;
            };
            let _client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (stream, peer_address) = listener.accept().unwrap();
            let row = tables(peer_address, stream.local_addr().unwrap()).unwrap();
            assert_eq!(row.uid, rustix::process::geteuid().as_raw());
            assert_ne!(row.inode, 0);
            assert_eq!(peer(&stream), Peer::Ours);
        }
    }

    /// It leaves nothing in the table: neither its own row nor ours.
    #[test]
    fn a_connection_that_its_peer_has_reset_is_nobodys() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (stream, _) = listener.accept().unwrap();
        let (peer_address, own) = (stream.peer_addr().unwrap(), stream.local_addr().unwrap());
        // Who closes with something unread resets (RFC 1122 §4.2.2.13).
        (&stream).write_all(b"x").unwrap();
        client.peek(&mut [0]).unwrap();
        drop(client);
        assert!(tables(peer_address, own).is_none());
        assert_eq!(peer_at(&stream, peer_address, own), Peer::Gone);
    }

    #[test]
    fn a_connection_that_its_peer_has_closed_is_nobodys() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        drop(TcpStream::connect(listener.local_addr().unwrap()).unwrap());
        let (stream, _) = listener.accept().unwrap();
        assert_eq!(peer(&stream), Peer::Gone);
    }
}
