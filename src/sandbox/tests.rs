//! Stories over real sockets.
