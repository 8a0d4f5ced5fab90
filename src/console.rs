//! The streams the program's words go to, and the terminal they come from on Windows. Never says anything itself.

use std::io::Write;

/// Where results go, and where complaints go.
pub struct Streams {
    pub out: Box<dyn Write>,
    pub err: Box<dyn Write>,
}

/// The streams the program was started with.
#[cfg(not(windows))]
pub fn streams() -> Streams {
    Streams { out: Box::new(std::io::stdout().lock()), err: Box::new(std::io::stderr()) }
}

/// The streams the program was started with and, where there are none, the terminal it was started from: Windows gives a program
/// with a window no terminal. To be called once and only to say something, as a program ends with the terminal it has joined.
#[cfg(windows)]
pub fn streams() -> Streams {
    let (out, err) = (kept(std::io::stdout()), kept(std::io::stderr()));
    // It fails where there is no terminal to join, or none to wait for: then nobody reads.
    let _ = winsafe::AttachConsole(winsafe::PidParent::Parent);
    Streams { out: chosen(out, std::io::stdout()), err: chosen(err, std::io::stderr()) }
}

/// A stream that leads to a file or a pipe, of which joining a terminal would lose sight.
#[cfg(windows)]
fn kept(stream: impl std::os::windows::io::AsHandle + std::os::windows::io::AsRawHandle) -> Option<std::fs::File> {
    if stream.as_raw_handle().is_null() {
        return None;
    }
    stream.as_handle().try_clone_to_owned().ok().map(std::fs::File::from)
}

/// The stream that was kept; a terminal is left to the library, which alone writes every letter of ours to one.
#[cfg(windows)]
fn chosen(kept: Option<std::fs::File>, stream: impl Write + 'static) -> Box<dyn Write> {
    use std::io::IsTerminal;
    match kept.filter(|file| !file.is_terminal()) {
        Some(file) => Box::new(file),
        None => Box::new(stream),
    }
}
