//! Accepts connections, one thread each and 128 at most. When all are taken, the oldest one without a complete
//! request is closed, so that a browser's idle connections cannot block the callback.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Most connections at a time. A browser opens six, and the limit on open files is far above.
const SEATS: usize = 128;

/// A thread reads a head and writes a page.
const STACK: usize = 256 * 1024;

/// How long to wait for a connection to close when the system has no file left for `accept`.
const PAUSE: Duration = Duration::from_millis(10);

/// How long closing may take before it is left to the end of the process.
const CLOSING: Duration = Duration::from_secs(1);

/// The open doors. Dropping it closes them.
pub(super) struct Doorman {
    room: Arc<Room>,
    addresses: Vec<SocketAddr>,
    /// Hears the end of the last accepting thread, as a disconnection.
    ended: Receiver<()>,
}

/// A connection in its own thread; dropping it closes it.
pub(super) struct Guest {
    room: Arc<Room>,
    number: u64,
    stream: Arc<TcpStream>,
}

#[derive(Default)]
struct Room {
    seats: Mutex<Seats>,
    closing: Condvar,
}

#[derive(Default)]
struct Seats {
    closing: bool,
    arrived: u64,
    /// Sorted by whether the request is complete, then by age: the first one is closed when room is needed.
    taken: BTreeMap<(bool, u64), Arc<TcpStream>>,
}

impl Doorman {
    /// Accepts on every listener, and calls `serve` for each guest in the guest's own thread.
    pub(super) fn open<F>(doors: Vec<TcpListener>, serve: F) -> io::Result<Self>
    where
        F: Fn(&Guest) + Send + Sync + 'static,
    {
        let (running, ended) = mpsc::channel();
        let mut doorman = Self {
            room: Arc::default(),
            addresses: Vec::new(),
            ended,
        };
        let serve = Arc::new(serve);
        for door in doors {
            doorman.addresses.push(door.local_addr()?);
            let (room, serve, running) = (
                Arc::clone(&doorman.room),
                Arc::clone(&serve),
                running.clone(),
            );
            thread::Builder::new()
                .name("loopback".into())
                .stack_size(STACK)
                .spawn(move || attend(&door, &room, &serve, running))?;
        }
        Ok(doorman)
    }
}

impl Drop for Doorman {
    /// Stops accepting, waits until that is so, and closes every connection.
    fn drop(&mut self) {
        self.room.lock().closing = true;
        self.room.closing.notify_all();
        for address in &self.addresses {
            // A connection of our own, to end the `accept` that is under way.
            let _ = TcpStream::connect_timeout(address, CLOSING);
        }
        let _ = self.ended.recv_timeout(CLOSING);
        let guests = std::mem::take(&mut self.room.lock().taken);
        for guest in guests.values() {
            let _ = guest.shutdown(Shutdown::Both);
        }
    }
}

fn attend<F>(door: &TcpListener, room: &Arc<Room>, serve: &Arc<F>, _running: Sender<()>)
where
    F: Fn(&Guest) + Send + Sync + 'static,
{
    loop {
        let arrival = door.accept();
        if room.lock().closing {
            return;
        }
        match arrival {
            Ok((stream, _)) => {
                let (guest, serve) = (room.seat(stream), Arc::clone(serve));
                // Without a thread the connection is dropped, and so closed.
                let _ = thread::Builder::new()
                    .name("loopback guest".into())
                    .stack_size(STACK)
                    .spawn(move || serve(&guest));
            }
            Err(error) if is_theirs(&error) => {}
            // Out of files or memory, and it may last: close one, wait a little, and go on.
            Err(_) => room.make_room(),
        }
    }
}

/// The peer's trouble, not ours.
fn is_theirs(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::Interrupted
    )
}

impl Room {
    fn seat(self: &Arc<Self>, stream: TcpStream) -> Guest {
        let _ = stream.set_nodelay(true);
        let stream = Arc::new(stream);
        let mut seats = self.lock();
        if seats.taken.len() >= SEATS {
            seats.show_out_first();
        }
        seats.arrived += 1;
        let number = seats.arrived;
        seats.taken.insert((false, number), Arc::clone(&stream));
        Guest {
            room: Arc::clone(self),
            number,
            stream,
        }
    }

    fn make_room(&self) {
        let mut seats = self.lock();
        seats.show_out_first();
        let _ = self
            .closing
            .wait_timeout_while(seats, PAUSE, |seats| !seats.closing);
    }

    fn lock(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seats {
    fn show_out_first(&mut self) {
        if let Some((_, stream)) = self.taken.pop_first() {
            // Ends the read that its thread is waiting in.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Guest {
    /// The connection.
    pub(super) fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// The request is complete: from now on others are closed first.
    pub(super) fn has_spoken(&self) {
        let mut seats = self.room.lock();
        if let Some(stream) = seats.taken.remove(&(false, self.number)) {
            seats.taken.insert((true, self.number), stream);
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut seats = self.room.lock();
        seats.taken.remove(&(false, self.number));
        seats.taken.remove(&(true, self.number));
    }
}
