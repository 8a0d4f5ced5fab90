//! The first window of a user: a later start gives its files to it instead of opening another. Waits for nothing longer than a moment.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

#[cfg(unix)]
use interprocess::local_socket::GenericFilePath;
#[cfg(not(unix))]
use interprocess::local_socket::GenericNamespaced;
use interprocess::local_socket::{Listener, ListenerOptions, Name, Stream, prelude::*};

use super::{Folder, private};

const LOCK: &str = "window.lock";
/// Whose window is the first.
const PROCESS: &str = "window.pid";
#[cfg(unix)]
const SOCKET: &str = "window.sock";

/// How long a first window that is just starting is waited for, and how long one that may hang.
const PATIENCE: Duration = Duration::from_millis(1500);
/// More than this is no list of files.
const LONGEST: u64 = 1 << 20;
/// More files than this are no start of a user's.
const MOST_FILES: usize = 1000;
/// How many starts are heard at once.
const MOST_AT_ONCE: usize = 16;
const TAKEN: &str = "taken";

/// What a start found.
#[derive(Debug)]
pub enum Start {
    /// No other window is open; this one is the first for as long as this is kept.
    First(First),
    /// The first window has taken the files.
    Taken,
    /// There is another window that cannot be reached, or no folder to know it by.
    Alone,
}

/// The mark of the first window. The system takes it away when the process ends, however it does.
#[derive(Debug)]
pub struct First {
    _lock: File,
}

/// Looks for the first window and gives it the files; becomes the first where there is none. `heard` is then called with the files of
/// each later start, on a thread of its own, and says whether the window has taken them.
#[must_use]
pub fn start(folder: &Folder, files: &[PathBuf], heard: impl Fn(Vec<PathBuf>) -> bool + Send + Sync + 'static) -> Start {
    let Some(place) = folder.made() else { return Start::Alone };
    let Ok(lock) = private::append(&place.join(LOCK)) else { return Start::Alone };
    if lock.try_lock().is_ok() {
        return match listen(folder, heard) {
            Ok(()) => Start::First(First { _lock: lock }),
            Err(error) => {
                log::warn!("other starts cannot reach this window: {error}");
                Start::Alone
            }
        };
    }
    let files: Vec<PathBuf> = files.iter().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())).collect();
    if give(folder, &files) { Start::Taken } else { Start::Alone }
}

fn listen(folder: &Folder, heard: impl Fn(Vec<PathBuf>) -> bool + Send + Sync + 'static) -> std::io::Result<()> {
    let place = folder.place().ok_or(std::io::ErrorKind::NotFound)?;
    let process = std::process::id().to_string();
    // One that is there is of a process that ended: this one has the lock.
    #[cfg(unix)]
    let _ = std::fs::remove_file(place.join(SOCKET));
    let listener = ListenerOptions::new().name(name(place, &process)?).create_sync()?;
    folder.put_text(PROCESS, &process);
    std::thread::Builder::new().name("other starts".to_owned()).spawn(move || hear(&listener, heard)).map(|_| ())
}

fn hear(listener: &Listener, heard: impl Fn(Vec<PathBuf>) -> bool + Send + Sync + 'static) {
    let heard = Arc::new(heard);
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().filter_map(Result::ok) {
        // More at once are no starts of a user's; they are let go unheard, and such a start opens a window of its own.
        if open.fetch_add(1, Ordering::SeqCst) >= MOST_AT_ONCE {
            open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (heard, open) = (heard.clone(), open.clone());
        // One that connects and says nothing keeps nobody else waiting.
        let thread = std::thread::Builder::new().name("another start".to_owned()).spawn(move || {
            let _ = answer(stream, &*heard);
            open.fetch_sub(1, Ordering::SeqCst);
        });
        if thread.is_err() {
            log::warn!("another start could not be heard");
        }
    }
}

/// Takes the files of one start and tells it so. A start that says nothing within a moment is not heard.
fn answer(stream: Stream, heard: &(dyn Fn(Vec<PathBuf>) -> bool + Send + Sync)) -> std::io::Result<()> {
    // Not every kind of socket has time limits; how many are open is limited all the same.
    let _ = stream.set_recv_timeout(Some(PATIENCE)).and(stream.set_send_timeout(Some(PATIENCE)));
    let mut stream = BufReader::new(stream);
    let mut line: Vec<u8> = Vec::new();
    let begun = Instant::now();
    // Byte by byte it could go on for ever, each within its moment.
    while line.last() != Some(&b'\n') {
        let read = stream.fill_buf()?;
        let end = read.iter().position(|byte| *byte == b'\n').map_or(read.len(), |at| at + 1);
        if end == 0 || (line.len() + end) as u64 > LONGEST || begun.elapsed() > PATIENCE * 2 {
            return Err(std::io::ErrorKind::InvalidData.into());
        }
        line.extend_from_slice(&read[..end]);
        stream.consume(end);
    }
    let files: Vec<PathBuf> = serde_json::from_slice(&line)?;
    if files.len() <= MOST_FILES && heard(files) {
        writeln!(stream.get_mut(), "{TAKEN}")?;
    }
    Ok(())
}

/// Whether the first window took the files. It is asked on another thread, as a connection to one that hangs has no end of its own.
fn give(folder: &Folder, files: &[PathBuf]) -> bool {
    let (Some(place), Ok(line)) = (folder.place(), serde_json::to_string(files)) else { return false };
    let (place, (sender, answer)) = (place.to_owned(), channel());
    std::thread::spawn(move || {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let said = say(&place, &line);
            if said.is_ok() {
                let _ = sender.send(());
                return;
            }
            #[expect(clippy::disallowed_methods, reason = "another process tells nobody that it hears again")]
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    match answer.recv_timeout(PATIENCE) {
        Ok(()) => true,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => false,
    }
}

fn say(place: &Path, line: &str) -> std::io::Result<()> {
    let process = String::from_utf8(private::read(&place.join(PROCESS))?).map_err(std::io::Error::other)?;
    let mut stream = BufReader::new(Stream::connect(name(place, &process)?)?);
    writeln!(stream.get_mut(), "{line}")?;
    let mut answer = String::new();
    (&mut stream).take(64).read_line(&mut answer)?;
    if answer.trim() == TAKEN { Ok(()) } else { Err(std::io::ErrorKind::InvalidData.into()) }
}

/// What the first window listens at: a socket in its user's own folder; on Windows a pipe, which only its user can write to.
fn name(place: &Path, process: &str) -> std::io::Result<Name<'static>> {
    #[cfg(unix)]
    {
        let _ = process;
        place.join(SOCKET).to_fs_name::<GenericFilePath>()
    }
    #[cfg(not(unix))]
    {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut folder = DefaultHasher::new();
        place.hash(&mut folder);
        format!("plandesk-{}-{:x}", process.trim(), folder.finish()).to_ns_name::<GenericNamespaced>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_start_gives_its_files_to_the_first_and_takes_its_place_once_it_is_gone() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let (sender, heard) = channel();
        let Start::First(first) = start(&folder, &[], move |files| sender.send(files).is_ok()) else { unreachable!("it is alone") };
        assert!(matches!(start(&folder, &[PathBuf::from("a plan.xlsx")], |_| true), Start::Taken));
        let files = heard.recv_timeout(Duration::from_secs(5)).unwrap();
        assert!(files[0].is_absolute() && files[0].ends_with("a plan.xlsx"), "{files:?}");
        assert!(matches!(start(&folder, &[], |_| true), Start::Taken));
        assert!(heard.recv_timeout(Duration::from_secs(5)).unwrap().is_empty());
        drop(first);
        assert!(matches!(start(&folder, &[], |_| true), Start::First(_)), "what it listened at is still there");
    }

    #[test]
    fn connections_that_say_nothing_or_too_much_end_and_others_are_heard() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let (sender, heard) = channel();
        let Start::First(_first) = start(&folder, &[], move |files| sender.send(files).is_ok()) else { unreachable!("it is alone") };
        let place = temporary.path();
        let connect = || Stream::connect(name(place, &std::process::id().to_string()).unwrap()).unwrap();
        let silent: Vec<Stream> = (0..MOST_AT_ONCE + 4).map(|_| connect()).collect();
        let begun = Instant::now();
        // Once the silent ones are let go, a start is heard again.
        while !matches!(start(&folder, &[PathBuf::from("a.xlsx")], |_| true), Start::Taken) {
            assert!(begun.elapsed() < PATIENCE * 20, "the silent ones were never let go");
        }
        assert!(heard.recv_timeout(Duration::from_secs(5)).unwrap()[0].ends_with("a.xlsx"));
        drop(silent);
        let mut long = connect();
        let chunk = vec![b'x'; 1 << 16];
        let written = (0..64).take_while(|_| long.write_all(&chunk).is_ok()).count();
        assert!(written < 64, "{written}");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_place_of_the_lock_stops_no_start() {
        let temporary = tempfile::tempdir().unwrap();
        assert!(std::process::Command::new("mkfifo").arg(temporary.path().join(LOCK)).status().unwrap().success());
        assert!(matches!(start(&Folder::at(temporary.path()), &[], |_| true), Start::Alone));
    }

    #[test]
    fn a_first_window_that_hangs_keeps_nobody_waiting() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let lock = File::create(temporary.path().join(LOCK)).unwrap();
        lock.try_lock().unwrap();
        let begun = Instant::now();
        assert!(matches!(start(&folder, &[], |_| true), Start::Alone));
        let listener = ListenerOptions::new().name(name(temporary.path(), "1").unwrap()).create_sync().unwrap();
        folder.put_text(PROCESS, "1");
        assert!(matches!(start(&folder, &[], |_| true), Start::Alone), "it is reached, and never answers");
        drop(listener);
        assert!(begun.elapsed() < PATIENCE * 20, "each is let go");
        assert!(matches!(start(&Folder::nowhere(), &[], |_| true), Start::Alone));
    }
}
