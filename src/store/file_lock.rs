//! Who has a document open in this program: a small file beside it, locked for as long as it is open. Never touches the document itself.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};

/// Named as other programs name theirs, which clients that keep folders in step leave alone.
const PREFIX: &str = "~$";
/// How often whoever has a document open says so anew, for folders in which no lock reaches another computer.
const BEAT: Duration = Duration::from_secs(30);
/// One of another computer that has not said so for this long is gone.
const STALE: Duration = Duration::from_secs(150);
/// More than such a file ever holds.
const MOST_BYTES: u64 = 4096;
/// How often a file that its owner takes away just now is tried again.
const TRIES: u32 = 4;
const MOMENT: Duration = Duration::from_millis(20);

/// Whoever has a document open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockOwner {
    /// What tells the file from those of other programs.
    plandesk: u64,
    /// The name of the account.
    pub name: String,
    pub computer: String,
}

impl LockOwner {
    fn this() -> Self {
        Self { plandesk: 1, name: from_system(&["USERNAME", "USER", "LOGNAME"]).unwrap_or_default(), computer: computer() }
    }

    fn is_here(&self) -> bool {
        self.computer == Self::this().computer
    }
}

/// What the system tells under one of these names.
fn from_system(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}

/// The name of this computer; empty where the system tells none.
pub(super) fn computer() -> String {
    let host = || fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| fs::read_to_string("/etc/hostname")).ok();
    let computer = from_system(&["COMPUTERNAME"]).or_else(host).or_else(|| from_system(&["HOSTNAME"])).unwrap_or_default();
    computer.trim().to_owned()
}

impl std::fmt::Display for LockOwner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&*self.name, &*self.computer) {
            _ if *self == Self::this() => write!(formatter, "another window of plandesk on this computer has it open"),
            ("", "") => write!(formatter, "somebody has it open in plandesk"),
            ("", computer) => write!(formatter, "somebody has it open in plandesk on {computer}"),
            (name, "") => write!(formatter, "{name} has it open in plandesk"),
            (name, computer) => write!(formatter, "{name} has it open in plandesk on {computer}"),
        }
    }
}

/// A document that this window has open, so that others know. Others are told so until this is dropped, or the process ends.
#[derive(Debug)]
pub struct FileLock {
    document: PathBuf,
    beside: PathBuf,
    /// Open for as long as it is held.
    lock: Option<File>,
    beating: Option<(Sender<()>, JoinHandle<()>)>,
}

impl FileLock {
    /// Locks a document. Nothing where its folder allows no file beside it.
    ///
    /// # Errors
    /// Whoever has it open, where that is another window.
    pub fn take(document: &Path) -> Result<Option<Self>, LockOwner> {
        let document = document.canonicalize().unwrap_or_else(|_| document.into());
        let Some(beside) = beside(&document) else { return Ok(None) };
        for attempt in 1..=TRIES {
            match open(&beside) {
                Opened::Ours(file) => {
                    // On a network folder another computer's lock may not be seen here; its word is.
                    if let Some(holder) = told(&file).filter(|holder| !holder.is_here() && is_fresh(&file)) {
                        return Err(holder);
                    }
                    // It may have been taken away between the opening and the lock.
                    if !is_still(&file, &beside) {
                        continue;
                    }
                    if let Some(lock) = Self::begin(&document, &beside, file) {
                        return Ok(Some(lock));
                    }
                    // One that another user left cannot be written, but often be taken away.
                    if fs::remove_file(&beside).is_err() {
                        return Ok(None);
                    }
                }
                Opened::Theirs(holder) if attempt == TRIES => return Err(holder),
                // It may only be looked at by a start that takes away what was left.
                #[expect(clippy::disallowed_methods, reason = "another process tells nobody that it lets go")]
                Opened::Theirs(_) => std::thread::sleep(MOMENT),
                Opened::Impossible => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Writes down who holds it; nothing where that cannot be written.
    fn begin(document: &Path, beside: &Path, mut file: File) -> Option<Self> {
        let bytes = serde_json::to_vec(&LockOwner::this()).ok()?;
        file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| file.write_all(&bytes)).ok()?;
        let beating = file.try_clone().ok().and_then(|file| {
            let (sender, receiver) = channel::<()>();
            let beat = move || {
                while receiver.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                    let _ = file.set_modified(SystemTime::now());
                }
            };
            Some((sender, std::thread::Builder::new().name("document held".to_owned()).spawn(beat).ok()?))
        });
        Some(Self { document: document.into(), beside: beside.into(), lock: Some(file), beating })
    }

    /// Whether it is of this document.
    #[must_use]
    pub fn is_of(&self, document: &Path) -> bool {
        self.document == document || document.canonicalize().is_ok_and(|document| document == self.document)
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.beating.take() {
            drop(sender);
            let _ = thread.join();
        }
        // What is open cannot be removed on Windows; elsewhere it must not be free before it is gone.
        if cfg!(windows) {
            self.lock = None;
        }
        let _ = fs::remove_file(&self.beside);
    }
}

/// Takes away what windows that were ended have left beside documents in a folder.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let document = name.to_str().and_then(|name| name.strip_prefix(PREFIX)).filter(|name| is_document(name));
        // Taking it and letting it go again removes it.
        if let Some(document) = document
            && let Opened::Ours(file) = open(&entry.path())
            && told(&file).is_some_and(|holder| holder.is_here() || !is_fresh(&file))
        {
            drop(FileLock::begin(&folder.join(document), &entry.path(), file));
        }
    }
}

fn is_document(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case(super::ENDING))
}

enum Opened {
    Ours(File),
    Theirs(LockOwner),
    Impossible,
}

fn beside(document: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(PREFIX);
    name.push(document.file_name()?);
    Some(document.with_file_name(name))
}

/// Opens the file and locks it.
fn open(beside: &Path) -> Opened {
    if !super::private::is_ordinary(beside) {
        return Opened::Impossible;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    // Others may read who it is, and not write: a lock of its bytes would keep them from reading too.
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 1);
    match options.open(beside) {
        Ok(file) if cfg!(windows) => ours(file),
        Ok(file) => locked(beside, file),
        #[cfg(windows)]
        Err(error) if error.raw_os_error() == Some(32) => Opened::Theirs(who(beside)),
        // One that another user left.
        Err(_) if !cfg!(windows) => File::open(beside).map_or(Opened::Impossible, |file| locked(beside, file)),
        Err(_) => Opened::Impossible,
    }
}

fn locked(beside: &Path, file: File) -> Opened {
    match file.try_lock() {
        Ok(()) => ours(file),
        Err(fs::TryLockError::WouldBlock) => Opened::Theirs(who(beside)),
        // Where there are no locks, its own word is all there is.
        Err(fs::TryLockError::Error(_)) => match told(&file).filter(|_| is_fresh(&file)) {
            Some(holder) => Opened::Theirs(holder),
            None => ours(file),
        },
    }
}

/// A file that something else has left under this name is nobody's word, and stays as it is.
fn ours(file: File) -> Opened {
    let empty = file.metadata().is_ok_and(|about| about.len() == 0);
    if empty || told(&file).is_some() { Opened::Ours(file) } else { Opened::Impossible }
}

fn who(beside: &Path) -> LockOwner {
    let nobody = || LockOwner { plandesk: 1, name: String::new(), computer: String::new() };
    File::open(beside).ok().and_then(|file| told(&file)).unwrap_or_else(nobody)
}

fn told(mut file: &File) -> Option<LockOwner> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    let holder: LockOwner = serde_json::from_slice(&bytes).ok()?;
    let said = |text: String| text.chars().filter(|letter| !letter.is_control()).take(60).collect();
    Some(LockOwner { name: said(holder.name), computer: said(holder.computer), ..holder })
}

fn is_fresh(file: &File) -> bool {
    let Some(time) = file.metadata().and_then(|about| about.modified()).ok() else { return false };
    // A server's clock may be ahead of this one.
    SystemTime::now().duration_since(time).unwrap_or_else(|ahead| ahead.duration()) < STALE
}

/// Whether the file is still the one of that name.
fn is_still(file: &File, beside: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let of = |about: fs::Metadata| (about.dev(), about.ino());
        file.metadata().ok().map(of) == fs::metadata(beside).ok().map(of)
    }
    #[cfg(not(unix))]
    {
        let _ = (file, beside);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_has_it_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("Plan.plandesk");
        fs::write(&document, "x").unwrap();
        let first = FileLock::take(&document).unwrap().unwrap();
        assert!(first.is_of(&document));
        let holder = FileLock::take(&document).unwrap_err();
        assert_eq!(holder.to_string(), "another window of plandesk on this computer has it open");
        #[cfg(unix)]
        {
            let link = folder.path().join("link.plandesk");
            std::os::unix::fs::symlink(&document, &link).unwrap();
            assert!(FileLock::take(&link).is_err(), "by another name too");
            fs::remove_file(link).unwrap();
        }
        drop(first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(FileLock::take(&document).unwrap().is_some());
    }

    fn left(document: &Path, computer: &str, age: u64) -> PathBuf {
        let path = beside(document).unwrap();
        let holder = LockOwner { plandesk: 1, name: "Jane".to_owned(), computer: computer.to_owned() };
        fs::write(&path, serde_json::to_vec(&holder).unwrap()).unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
        path
    }

    #[test]
    fn what_a_window_that_was_ended_left_keeps_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("Plan.plandesk");
        fs::write(&document, "x").unwrap();
        left(&document, &LockOwner::this().computer, 0);
        assert!(FileLock::take(&document).unwrap().is_some(), "of this computer: no lock, nobody");
        left(&document, "PC-12", 600);
        assert!(FileLock::take(&document).unwrap().is_some(), "of another one, silent for long");
        left(&document, "PC-12", 20);
        let holder = FileLock::take(&document).unwrap_err();
        assert_eq!(holder.to_string(), "Jane has it open in plandesk on PC-12");
        sweep(folder.path());
        assert!(beside(&document).unwrap().exists());
        let path = left(&document, &LockOwner::this().computer, 0);
        sweep(folder.path());
        assert!(!path.exists());
    }

    #[test]
    fn what_another_program_put_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("Plan.plandesk");
        let path = beside(&document).unwrap();
        fs::write(&path, "\u{4}Jane").unwrap();
        assert!(FileLock::take(&document).unwrap().is_none());
        assert_eq!(fs::read(&path).unwrap(), "\u{4}Jane".as_bytes());
        assert!(FileLock::take(&folder.path().join("none/Plan.plandesk")).unwrap().is_none());
    }
}
