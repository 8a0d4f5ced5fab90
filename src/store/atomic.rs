//! Writes a file whole or not at all: a new file beside it, synced, then renamed over it. Never leaves half a file behind.

use std::{
    ffi::OsStr,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;
use thiserror::Error;

use super::{
    Fingerprint, LockOwner, Owner, disk, owner,
    paths::shortened,
    read::held_by,
    taking_place::{OwnSystem, Untaken, is_held, take_place},
    temp_files::{self, new_name},
};

/// Why a file could not be written. The file that was there is untouched, and but for one case under its own name.
#[derive(Debug, Error)]
pub enum WriteError {
    #[error("{}: its folder does not exist. Choose another folder.", shortened(.0))]
    NoFolder(PathBuf),
    #[error("{}: there is a folder of that name. Choose another name.", shortened(.0))]
    IsFolder(PathBuf),
    #[error("{}: it is not an ordinary file, so nothing is written to it. Choose another name.", shortened(.0))]
    NotAFile(PathBuf),
    #[error("{}: the name cannot be used for a file. Choose another name.", shortened(.0))]
    BadName(PathBuf),
    #[error("{}: the file is read-only. Save under another name.", shortened(.0))]
    ReadOnly(PathBuf),
    #[error("{}: you do not have permission to save there. Choose another folder.", shortened(.0))]
    NoPermission(PathBuf),
    #[error("{}: the disk is full. Free some space or choose another disk, then save again.", shortened(.0))]
    DiskFull(PathBuf),
    #[error("{}: {}. Close it there, then save again, or save under another name.", shortened(.file), held_by(.owner.as_ref()))]
    Held { file: PathBuf, owner: Option<Owner> },
    #[error("{}: {holder}. Close it there, then save again, or save under another name.", shortened(.file))]
    OpenElsewhere { file: PathBuf, holder: LockOwner },
    #[error("{}: it could not be saved, and what it was is now called {}. Give that its name back, then save again.", shortened(.file), shortened(.kept))]
    Aside { file: PathBuf, kept: PathBuf },
    #[error("{}: nothing was saved, as no copy of the workbook as it was can be kept. {cause}", shortened(.file))]
    NoCopy { file: PathBuf, cause: Box<WriteError> },
    #[error("{}: it could not be saved ({cause}). Save to another folder.", shortened(.file))]
    Failed { file: PathBuf, cause: io::Error },
}

/// Who may read a file that was not there before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Audience {
    /// Whoever the user's own mask allows, as with any document.
    Usual,
    /// The user alone, from the moment it is made.
    Private,
}

/// Writes the bytes to a file, replacing what was there only once all of them are on the disk.
///
/// # Errors
/// When the folder, the name or the disk does not allow it, or something else than a file stands there; what was there is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_for(path, bytes, Audience::Usual, &mut || Ok(()))
}

/// Why a file that may have been changed by others was not written.
#[derive(Debug, Error)]
pub enum Unwritten {
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Somebody else has written it since.
    #[error("the file was changed since")]
    Changed(Fingerprint),
    /// It was moved, renamed or deleted.
    #[error("the file is gone")]
    Gone,
}

/// Writes the bytes to a file as `write` does, if it still is what is known of it, or holds these very bytes. It is looked at again once
/// all is written and only the name is left to be taken. Returns what it then is.
///
/// # Errors
/// As `write`, and where the file is another or gone.
pub fn write_unless_changed(path: &Path, bytes: &[u8], known: Option<&Fingerprint>) -> Result<Fingerprint, Unwritten> {
    let new = Fingerprint::of(path, bytes);
    let mut seen: Option<Fingerprint> = None;
    let mut refused = None;
    let mut look = || {
        let Some(known) = known else { return Ok(()) };
        // What was compared a moment ago and has kept its size and time is not read twice.
        if seen.as_ref().is_some_and(|seen| seen.looks_same(path)) {
            return Ok(());
        }
        let now = match Fingerprint::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                refused = Some(Unwritten::Gone);
                return Err(error);
            }
            read => read?,
        };
        if !now.holds_same(known) && !now.holds_same(&new) {
            refused = Some(Unwritten::Changed(now));
            return Err(ErrorKind::Other.into());
        }
        seen = Some(now);
        Ok(())
    };
    let done = look().map_err(|error| explain_reading(path, error)).and_then(|()| write_for(path, bytes, Audience::Usual, &mut look));
    match (refused, done) {
        (Some(refused), _) => Err(refused),
        (None, Err(error)) => Err(error.into()),
        (None, Ok(())) => Ok(Fingerprint::of(path, bytes)),
    }
}

/// The same where a file that was taken away meanwhile is not missed: it is made anew.
///
/// # Errors
/// As `write`, and where the file is another.
pub fn replace_unless_changed(path: &Path, bytes: &[u8], known: Option<&Fingerprint>) -> Result<Fingerprint, Unwritten> {
    match write_unless_changed(path, bytes, known) {
        Err(Unwritten::Gone) => {
            write(path, bytes)?;
            Ok(Fingerprint::of(path, bytes))
        }
        done => done,
    }
}

/// The same for a file that only its user may read.
///
/// # Errors
/// As `write`.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_for(path, bytes, Audience::Private, &mut || Ok(()))
}

/// Writes a file, unless what looks at the one that is there, last of all, fails.
fn write_for(path: &Path, bytes: &[u8], audience: Audience, look: &mut dyn FnMut() -> io::Result<()>) -> Result<(), WriteError> {
    let failed = |cause| explain(path, cause);
    let target = resolved(path);
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(WriteError::IsFolder(path.into()));
    }
    // Renaming over a device or a named pipe, or writing into one, is never meant.
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return Err(WriteError::NotAFile(path.into()));
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(WriteError::ReadOnly(path.into()));
    }
    if target.file_name().is_none() {
        return Err(WriteError::BadName(path.into()));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_document = audience == Audience::Usual;
    // What replaces a file is never open to more people than that file is.
    let audience = if old.is_some() { Audience::Private } else { audience };
    temp_files::sweep(folder);
    let mut beside = disk::call(folder, || new_beside(&target, folder, audience)).map_err(failed)?;
    // So that another window does not take it for one that was left.
    let _ = beside.as_file().try_lock();
    disk::write_all(folder, &mut beside, bytes).map_err(failed)?;
    if let Some(old) = old {
        keep_rights(beside.as_file(), &old);
    }
    disk::call(folder, || beside.as_file().sync_all()).map_err(failed)?;
    if !disk::holds(folder, beside.as_file_mut(), bytes).map_err(failed)? {
        return Err(failed(io::Error::other("what was written could not be read back")));
    }
    take_place(beside, &target, is_document, look, &mut OwnSystem).map_err(|untaken| match untaken {
        Untaken::Refused(cause) => explain_replacing(path, cause),
        Untaken::Aside(kept) => WriteError::Aside { file: path.into(), kept },
    })?;
    sync_folder(folder);
    // Nobody is told of a file that is not there.
    let there = fs::metadata(&target).map_err(failed)?.len() == bytes.len() as u64;
    if there { Ok(()) } else { Err(failed(io::Error::other("what was written is not what is there"))) }
}

/// How many links are followed to a file that is not there yet.
const MOST_LINKS: usize = 40;

/// The file a link leads to, so that saving keeps the link, even to a file that is not there; otherwise the path itself.
fn resolved(path: &Path) -> PathBuf {
    if let Ok(whole) = fs::canonicalize(path) {
        return if path.is_symlink() { whole } else { path.into() };
    }
    let mut target = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().unwrap_or(Path::new("")).join(next);
    }
    target
}

/// Gives a new file the owner, group and rights of the one it replaces, as far as the system lets its user.
fn keep_rights(new: &fs::File, old: &fs::Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let now = new.metadata().ok().map(|now| (now.uid(), now.gid()));
        if now.is_some_and(|now| now != (old.uid(), old.gid())) && fchown(new, Some(old.uid()), Some(old.gid())).is_err() {
            let _ = fchown(new, None, Some(old.gid()));
        }
    }
    // A file system without permissions refuses this; the file is no worse for it.
    let _ = new.set_permissions(old.permissions());
}

/// A new file beside the target, by whose name it is known again should this process be ended.
fn new_beside(target: &Path, folder: &Path, audience: Audience) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let mode = match audience {
        Audience::Usual => 0o666,
        Audience::Private => 0o600,
    };
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = audience;
    let name = new_name();
    match builder.prefix(&name).rand_bytes(0).tempfile_in(folder) {
        Ok(file) => Ok(file),
        // Beside a path as long as the system allows, only one with no longer name than the target's own can be made.
        Err(_) if target.file_name().is_some_and(|own| own.len() < name.len()) => {
            let random = target.file_name().map_or(0, OsStr::len).clamp(2, 7) - 1;
            builder.prefix(".").rand_bytes(random).tempfile_in(folder)
        }
        Err(error) => Err(error),
    }
}

/// Makes the rename itself last. Some file systems do not offer it, and the file is complete either way.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = disk::call(folder, || fs::File::open(folder).and_then(|folder| folder.sync_all()));
    }
}

fn explain_replacing(path: &Path, cause: io::Error) -> WriteError {
    if cfg!(windows) && is_held(&cause) {
        return WriteError::Held { file: path.into(), owner: owner(path) };
    }
    explain(path, cause)
}

/// Why a file could not be compared before it is written: it is there and cannot be read.
fn explain_reading(path: &Path, cause: io::Error) -> WriteError {
    match explain_replacing(path, cause) {
        WriteError::NoFolder(file) | WriteError::IsFolder(file) | WriteError::BadName(file) => WriteError::NotAFile(file),
        error => error,
    }
}

fn explain(path: &Path, cause: io::Error) -> WriteError {
    let file = path.into();
    match cause.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => WriteError::NoFolder(file),
        ErrorKind::IsADirectory => WriteError::IsFolder(file),
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => WriteError::BadName(file),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => WriteError::NoPermission(file),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => WriteError::DiskFull(file),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => WriteError::Held { owner: owner(path), file },
        _ => WriteError::Failed { file, cause },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(path: &Path) -> String {
        let said = write(path, b"new").unwrap_err().to_string();
        said.strip_prefix(&path.display().to_string()).expect("the file is named first").to_owned()
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.plandesk");
        write(&path, b"first, and longer").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_said_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(refusal(&folder.path().join("none/plan.plandesk")), ": its folder does not exist. Choose another folder.");
        assert_eq!(refusal(folder.path()), ": there is a folder of that name. Choose another name.");
        let locked = folder.path().join("locked.plandesk");
        fs::write(&locked, "old").unwrap();
        let mut permissions = fs::metadata(&locked).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&locked, permissions).unwrap();
        assert_eq!(refusal(&locked), ": the file is read-only. Save under another name.");
        assert_eq!(fs::read(&locked).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_written_first_is_known_by_its_name_or_has_no_longer_one_than_its_target() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "a.png", "Good Neighbours Plan return.xlsx"] {
            let beside = new_beside(&folder.path().join(name), folder.path(), Audience::Usual).unwrap();
            assert_eq!(beside.path().parent(), Some(folder.path()));
            assert!(beside.path().file_name().unwrap().to_string_lossy().starts_with(".plandesk-"));
        }
        // Where no name of that length can be made.
        let nowhere = folder.path().join("none");
        assert!(new_beside(&nowhere.join("a.png"), &nowhere, Audience::Usual).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_path_as_long_as_the_system_allows_is_written() {
        let temporary = tempfile::tempdir().unwrap();
        let mut folder = temporary.path().to_path_buf();
        while folder.as_os_str().len() < 4_000 - 210 {
            folder.push("f".repeat(200));
        }
        folder.push("g".repeat(4_095 - "/a.png".len() - folder.as_os_str().len() - 1));
        fs::create_dir_all(&folder).unwrap();
        for name in ["a.png", "a"] {
            let path = folder.join(name);
            write(&path, b"first").unwrap();
            write(&path, b"second").unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"second");
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
    }

    #[test]
    fn what_others_wrote_meanwhile_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.plandesk");
        let known = write_unless_changed(&path, b"opened", None).unwrap();
        let known = write_unless_changed(&path, b"saved", Some(&known)).unwrap();
        fs::write(&path, "theirs").unwrap();
        let Err(Unwritten::Changed(theirs)) = write_unless_changed(&path, b"mine", Some(&known)) else { panic!("it was changed") };
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert!(write_unless_changed(&path, b"theirs", Some(&known)).is_ok(), "the same is no change");
        write_unless_changed(&path, b"mine", Some(&theirs)).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(matches!(write_unless_changed(&path, b"mine", Some(&theirs)), Err(Unwritten::Gone)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_others_write_while_it_is_written_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.plandesk");
        fs::write(&path, "opened").unwrap();
        let mut late = || {
            fs::write(&path, "theirs")?;
            Err(ErrorKind::Other.into())
        };
        assert!(write_for(&path, b"mine", Audience::Usual, &mut late).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn whoever_holds_a_file_is_named() {
        let owner = Some(Owner { name: "Jane Smith".to_owned(), program: "Excel" });
        let said = WriteError::Held { file: "a.xlsx".into(), owner }.to_string();
        assert_eq!(said, "a.xlsx: Jane Smith has it open in Excel. Close it there, then save again, or save under another name.");
        let said = WriteError::Held { file: "a.xlsx".into(), owner: None }.to_string();
        assert!(said.starts_with("a.xlsx: it is open in another program. "), "{said}");
    }

    #[test]
    fn a_full_disk_and_a_refusal_are_told_apart() {
        let said = |kind: ErrorKind| explain(Path::new("a.plandesk"), kind.into()).to_string();
        assert!(said(ErrorKind::StorageFull).contains("the disk is full"));
        assert!(said(ErrorKind::PermissionDenied).contains("permission"));
        assert!(said(ErrorKind::TimedOut).starts_with("a.plandesk: it could not be saved"));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_device_a_pipe_or_a_link_to_one() {
        use std::os::unix::fs::{FileTypeExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (pipe, link, device) = (folder.path().join("pipe"), folder.path().join("link"), folder.path().join("null"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        symlink(&pipe, &link).unwrap();
        symlink("/dev/null", &device).unwrap();
        for path in [&pipe, &link, &device] {
            assert_eq!(refusal(path), ": it is not an ordinary file, so nothing is written to it. Choose another name.");
        }
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo() && device.is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_its_users_alone_and_a_link_to_nothing_is_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (private, link, target) = (folder.path().join("a"), folder.path().join("link"), folder.path().join("target"));
        write_private(&private, b"x").unwrap();
        assert_eq!(fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
        symlink("target", &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink() && fs::read(&target).unwrap() == b"new");
    }

    #[test]
    fn what_cannot_be_read_back_does_not_take_a_files_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.xlsx");
        fs::write(&path, "old").unwrap();
        for (kind, number) in [(ErrorKind::UnexpectedEof, 4), (ErrorKind::TimedOut, 4)] {
            let fault = disk::faults::Fault::plan(folder.path(), number, kind);
            let said = write(&path, b"new").unwrap_err().to_string();
            assert!(fault.is_met() && said.contains("it could not be saved"), "{said}");
            assert_eq!((fs::read(&path).unwrap(), fs::read_dir(folder.path()).unwrap().count()), (b"old".to_vec(), 1));
        }
    }

    #[cfg(unix)]
    #[test]
    fn another_name_of_the_same_file_keeps_what_it_had() {
        let folder = tempfile::tempdir().unwrap();
        let (plan, snapshot) = (folder.path().join("plan.xlsx"), folder.path().join("snapshot.xlsx"));
        fs::write(&plan, "old").unwrap();
        fs::hard_link(&plan, &snapshot).unwrap();
        write(&plan, b"new").unwrap();
        assert_eq!((fs::read(&plan).unwrap(), fs::read(&snapshot).unwrap()), (b"new".to_vec(), b"old".to_vec()));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("plan.plandesk"), folder.path().join("link.plandesk"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
