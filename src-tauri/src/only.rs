//! One window for each clinic: a second start on the same data folder brings the first one's window forward and ends.
//!
//! The two find each other by a local socket. It needs no session bus, and knows the clinic rather than the program.

use std::env;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Write};
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How long the first one has for an answer; one that hangs keeps nobody from working.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a start is among those on the same data folder.
pub(crate) enum Start {
    /// The first; whoever comes later knocks here.
    First(UnixListener),
    /// One that later ones cannot find, where the system offers no socket or another one hangs.
    Alone,
    /// A later one; the first has shown its window.
    Later,
}

/// Finds out whether a window is open on a data folder, and has it come forward.
pub(crate) fn start_on(folder: &Path) -> Start {
    let Ok(place) = place_of(folder) else {
        return Start::Alone;
    };
    if knock(&place).is_ok() {
        return Start::Later;
    }
    UnixListener::bind_addr(&place).map_or(Start::Alone, Start::First)
}

/// Has the window come forward whenever somebody knocks.
pub(crate) fn listen(listener: UnixListener, show: impl Fn() + Send + 'static) {
    thread::spawn(move || {
        for mut knock in listener.incoming().filter_map(Result::ok) {
            show();
            // Whoever knocked may have lost patience meanwhile.
            let _ = knock.write_all(b"!");
        }
    });
}

/// Asks the first one to show its window, and waits until it has.
fn knock(place: &SocketAddr) -> io::Result<()> {
    let mut stream = UnixStream::connect_addr(place)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.read_exact(&mut [0])
}

/// The name that starts of one user on one folder share; it is gone when its program is.
#[cfg(target_os = "linux")]
fn place_of(folder: &Path) -> io::Result<SocketAddr> {
    use std::os::linux::net::SocketAddrExt;
    SocketAddr::from_abstract_name(name_of(folder))
}

/// Elsewhere the name is a file, and what a program left that ended badly is nobody's.
#[cfg(not(target_os = "linux"))]
fn place_of(folder: &Path) -> io::Result<SocketAddr> {
    let file = env::temp_dir().join(name_of(folder));
    let place = SocketAddr::from_pathname(&file)?;
    let is_left =
        UnixStream::connect_addr(&place).is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
    if is_left {
        std::fs::remove_file(&file)?;
    }
    Ok(place)
}

fn name_of(folder: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    folder
        .canonicalize()
        .as_deref()
        .unwrap_or(folder)
        .hash(&mut hasher);
    env::var_os("USER").hash(&mut hasher);
    format!("ordo-{:016x}.sock", hasher.finish())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn a_second_start_on_a_folder_shows_the_first_and_another_folder_is_its_own() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let Start::First(listener) = start_on(folder.path()) else {
            panic!("nobody else is on the folder");
        };
        let shown = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&shown);
        listen(listener, move || {
            count.fetch_add(1, Ordering::SeqCst);
        });
        assert!(matches!(start_on(folder.path()), Start::Later));
        assert!(matches!(start_on(folder.path()), Start::Later));
        assert_eq!(shown.load(Ordering::SeqCst), 2);
        assert!(matches!(start_on(other.path()), Start::First(_)));
    }

    #[test]
    fn one_that_does_not_answer_keeps_nobody_from_working() {
        let folder = tempfile::tempdir().unwrap();
        let Start::First(_mute) = start_on(folder.path()) else {
            panic!("nobody else is on the folder");
        };
        assert!(matches!(start_on(folder.path()), Start::Alone));
    }
}
