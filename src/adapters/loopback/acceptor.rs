//! Accepts connections, one thread each and 128 at most. When all are open, the oldest one without a complete
//! request is closed, so that a browser's idle connections cannot block the callback.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Most connections at a time. A browser opens six, and the limit on open files is far above.
const CAPACITY: usize = 128;

/// A thread reads a head and writes a page.
const STACK: usize = 256 * 1024;

/// How long to wait for a connection to close when the system has no file left for `accept`.
const PAUSE: Duration = Duration::from_millis(10);

/// How long closing may take before it is left to the end of the process.
const CLOSING: Duration = Duration::from_secs(1);

/// The open listeners. Dropping it closes them.
pub(super) struct Acceptor {
    pool: Arc<Pool>,
    addresses: Vec<SocketAddr>,
    /// Hears the end of the last accepting thread, as a disconnection.
    ended: Receiver<()>,
}

/// A connection in its own thread; dropping it closes it.
pub(super) struct Connection {
    pool: Arc<Pool>,
    number: u64,
    stream: Arc<TcpStream>,
}

#[derive(Default)]
struct Pool {
    connections: Mutex<Connections>,
    closing: Condvar,
}

#[derive(Default)]
struct Connections {
    closing: bool,
    arrived: u64,
    /// Sorted by whether the request is complete, then by age: the first one is closed when the pool is full.
    open: BTreeMap<(bool, u64), Arc<TcpStream>>,
}

impl Acceptor {
    /// Accepts on every listener, and calls `serve` for each connection in the connection's own thread.
    pub(super) fn start<F>(listeners: Vec<TcpListener>, serve: F) -> io::Result<Self>
    where
        F: Fn(&Connection) + Send + Sync + 'static,
    {
        let (running, ended) = mpsc::channel();
        let mut acceptor = Self {
            pool: Arc::default(),
            addresses: Vec::new(),
            ended,
        };
        let serve = Arc::new(serve);
        for listener in listeners {
            acceptor.addresses.push(listener.local_addr()?);
            let (pool, serve, running) = (
                Arc::clone(&acceptor.pool),
                Arc::clone(&serve),
                running.clone(),
            );
            thread::Builder::new()
                .name("loopback".into())
                .stack_size(STACK)
                .spawn(move || accept(&listener, &pool, &serve, running))?;
        }
        Ok(acceptor)
    }
}

impl Drop for Acceptor {
    /// Stops accepting, waits until that is so, and closes every connection.
    fn drop(&mut self) {
        self.pool.lock().closing = true;
        self.pool.closing.notify_all();
        for address in &self.addresses {
            // A connection of our own, to end the `accept` that is under way.
            let _ = TcpStream::connect_timeout(address, CLOSING);
        }
        let _ = self.ended.recv_timeout(CLOSING);
        let connections = std::mem::take(&mut self.pool.lock().open);
        for connection in connections.values() {
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
}

fn accept<F>(listener: &TcpListener, pool: &Arc<Pool>, serve: &Arc<F>, _running: Sender<()>)
where
    F: Fn(&Connection) + Send + Sync + 'static,
{
    loop {
        let accepted = listener.accept();
        if pool.lock().closing {
            return;
        }
        match accepted {
            Ok((stream, _)) => {
                let (connection, serve) = (pool.add(stream), Arc::clone(serve));
                // Without a thread the connection is dropped, and so closed.
                let _ = thread::Builder::new()
                    .name("loopback connection".into())
                    .stack_size(STACK)
                    .spawn(move || serve(&connection));
            }
            Err(error) if is_of_the_peer(&error) => {}
            // Out of files or memory, and it may last: close one, wait a little, and go on.
            Err(_) => pool.wait_for_a_file(),
        }
    }
}

/// The peer's trouble, not ours.
fn is_of_the_peer(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::Interrupted
    )
}

impl Pool {
    fn add(self: &Arc<Self>, stream: TcpStream) -> Connection {
        let _ = stream.set_nodelay(true);
        let stream = Arc::new(stream);
        let mut connections = self.lock();
        if connections.open.len() >= CAPACITY {
            connections.close_first();
        }
        connections.arrived += 1;
        let number = connections.arrived;
        connections
            .open
            .insert((false, number), Arc::clone(&stream));
        Connection {
            pool: Arc::clone(self),
            number,
            stream,
        }
    }

    fn wait_for_a_file(&self) {
        let mut connections = self.lock();
        connections.close_first();
        let _ = self
            .closing
            .wait_timeout_while(connections, PAUSE, |connections| !connections.closing);
    }

    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connections {
    fn close_first(&mut self) {
        if let Some((_, stream)) = self.open.pop_first() {
            // Ends the read that its thread is waiting in.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Connection {
    pub(super) fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// The request is complete: from now on others are closed first.
    pub(super) fn mark_request_complete(&self) {
        let mut connections = self.pool.lock();
        if let Some(stream) = connections.open.remove(&(false, self.number)) {
            connections.open.insert((true, self.number), stream);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut connections = self.pool.lock();
        connections.open.remove(&(false, self.number));
        connections.open.remove(&(true, self.number));
    }
}
