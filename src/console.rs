//! The streams that the program's words go to and, on Windows, the terminal it was started from. Says nothing itself.

use std::io::Write;

/// Where results go, and where complaints go.
pub(crate) struct Streams {
    pub out: Box<dyn Write>,
    pub err: Box<dyn Write>,
}

/// The streams the program was started with.
#[cfg(not(windows))]
pub(crate) fn streams() -> Streams {
    Streams { out: Box::new(std::io::stdout().lock()), err: Box::new(std::io::stderr()) }
}

/// The streams the program was started with and, where there are none, the terminal it was started from: Windows gives a program
/// with a window no terminal. Called once, and by nothing that stays: a program ends with the terminal it has joined.
#[cfg(windows)]
pub(crate) fn streams() -> Streams {
    let (out, err) = (kept(std::io::stdout()), kept(std::io::stderr()));
    // It fails where there is no terminal to join: then nobody reads.
    let _ = winsafe::AttachConsole(winsafe::PidParent::Parent);
    Streams { out: chosen(out, std::io::stdout()), err: chosen(err, std::io::stderr()) }
}

/// A stream that leads somewhere, which joining a terminal may put out of reach.
#[cfg(windows)]
fn kept(stream: impl std::os::windows::io::AsHandle + std::os::windows::io::AsRawHandle) -> Option<std::fs::File> {
    if stream.as_raw_handle().is_null() {
        return None;
    }
    stream.as_handle().try_clone_to_owned().ok().map(std::fs::File::from)
}

/// The stream that was kept; but a terminal is written to by the library, which shows it every letter.
#[cfg(windows)]
fn chosen(kept: Option<std::fs::File>, stream: impl Write + 'static) -> Box<dyn Write> {
    use std::io::IsTerminal;
    match kept.filter(|file| !file.is_terminal()) {
        Some(file) => Box::new(file),
        None => Box::new(stream),
    }
}
