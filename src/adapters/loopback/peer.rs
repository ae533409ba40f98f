//! Who is at the other end of a loopback connection, as far as the system tells: another user of this machine has
//! no business at the listener. Linux only so far; elsewhere everybody counts as ours.

#[cfg(target_os = "linux")]
mod linux;

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    /// This user, root, or nobody that the system can name.
    Ours,
    /// This other user of the machine.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only Linux tells")
    )]
    OtherUser(u32),
    /// It has closed its end, so that nothing can be said of it, nor to it.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only Linux tells")
    )]
    Gone,
}

#[cfg(not(target_os = "linux"))]
impl Peer {
    /// The other end of a connection.
    pub(super) fn of(_: &std::net::TcpStream) -> Self {
        Self::Ours
    }
}
