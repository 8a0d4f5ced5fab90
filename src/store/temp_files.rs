//! What a program that was ended while it wrote has left: the files of whole-or-nothing writing. Knows them by their names; touches no other.

use std::{
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{Folder, file_lock};
use crate::model::stable_hash;

/// Where it is remembered which folders were written to.
const NAME: &str = "written.json";
/// So many folders are remembered.
const MOST: usize = 50;
const PREFIX: &str = ".plandesk-";
const SUFFIX: &str = ".tmp";
/// The longest name of a file on Windows, in its own letters.
const LONGEST: usize = 255;
/// Where no lock tells whether a file is still being written, one so old is not.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// A number that no other has, and its checksum, so that a name with one in it is ours and nobody else's.
pub(super) fn new_number() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_nanos());
    let process = u64::from(std::process::id()).to_le_bytes();
    let count = COUNT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    let number = format!("{:016x}", stable_hash(now.to_le_bytes().into_iter().chain(process).chain(count)));
    format!("{number}{}", checked(&number))
}

/// Whether a text is one of those numbers.
pub(super) fn is_number(text: &str) -> bool {
    text.split_at_checked(16).is_some_and(|(number, sum)| checked(number) == sum)
}

fn checked(number: &str) -> String {
    format!("{:08x}", crc32fast::hash(number.as_bytes()))
}

/// The name of a file that is written before it takes another's place.
pub(super) fn new_name() -> String {
    format!("{PREFIX}{}{SUFFIX}", new_number())
}

/// Whether a name is one of those.
fn is_ours(name: &str) -> bool {
    name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).is_some_and(is_number)
}

/// Where a file stands aside while another takes its place: beside it, under a name that tells its own, if there is room for that.
pub(super) fn aside_of(file: &Path) -> Option<PathBuf> {
    let name = file.file_name()?.to_str()?;
    let begin = format!("{PREFIX}{}-", new_number());
    let room = begin.len() + name.encode_utf16().count() <= LONGEST;
    Some(file.with_file_name(if room { begin + name } else { begin }))
}

/// The name of the file that a name of one that stands aside tells.
fn aside_for(name: &str) -> Option<&str> {
    let (number, rest) = name.strip_prefix(PREFIX)?.split_at_checked(24)?;
    rest.strip_prefix('-').filter(|name| is_number(number) && !name.is_empty())
}

/// Takes away what was left in a folder, and gives a file that was left standing aside its name back. What another window is writing now
/// stays.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if is_ours(name) && is_abandoned(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        } else if let Some(own) = aside_for(name) {
            let _ = end_aside(&entry.path(), &folder.join(own));
        }
    }
}

/// Gives a file that stands aside its name back; where that was taken by what is no older, which was to replace it, it goes.
fn end_aside(aside: &Path, own: &Path) -> std::io::Result<()> {
    let about = fs::symlink_metadata(aside)?;
    match fs::symlink_metadata(own) {
        _ if !about.is_file() => Ok(()),
        Ok(new) if new.is_file() && new.modified()? >= about.modified()? => fs::remove_file(aside),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => fs::rename(aside, own),
        Err(error) => Err(error),
    }
}

fn is_abandoned(path: &Path) -> bool {
    let Ok(about) = fs::symlink_metadata(path) else { return false };
    if !about.is_file() || !is_own(&about) {
        return false;
    }
    let old = || about.modified().ok().and_then(|time| time.elapsed().ok()).is_some_and(|age| age >= OLD);
    match File::open(path).map(|file| file.try_lock()) {
        Ok(Ok(())) => true,
        Ok(Err(TryLockError::WouldBlock)) => false,
        Ok(Err(TryLockError::Error(_))) | Err(_) => old(),
    }
}

/// Whether a file is of this user, where the system tells.
fn is_own(about: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let user = dirs::home_dir().and_then(|home| fs::metadata(home).ok()).map(|home| home.uid());
        user.is_none_or(|user| user == about.uid())
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        true
    }
}

/// Remembers that a file is about to be written or held, so that the next start knows where to look.
pub fn note_folder(folder: &Folder, file: &Path) {
    let Some(parent) = file.parent().filter(|parent| !parent.as_os_str().is_empty()) else { return };
    let mut known: Vec<PathBuf> = folder.load(NAME);
    if known.first().is_some_and(|first| first == parent) {
        return;
    }
    known.retain(|path| path != parent);
    known.insert(0, parent.into());
    known.truncate(MOST);
    // A folder that is not remembered is looked through at the next save into it.
    let _ = folder.save(NAME, &known);
}

/// Takes away what earlier runs left in the folders they wrote to, and in the program's own.
pub fn sweep_at_start(folder: &Folder) {
    folder.place().into_iter().for_each(sweep);
    for path in folder.load::<Vec<PathBuf>>(NAME) {
        sweep(&path);
        file_lock::sweep(&path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_abandoned_files_of_ours_go() {
        let temporary = tempfile::tempdir().unwrap();
        let at = |name: &str| temporary.path().join(name);
        let (left, busy) = (new_name(), new_name());
        assert_ne!(left, busy);
        let others = [".plandesk-notes.tmp", ".plandesk-0123456789abcdef01234567.tmp", "plan.plandesk", ".tmpAbC123", &busy];
        for name in others.into_iter().chain([&*left]) {
            fs::write(at(name), "x").unwrap();
        }
        fs::create_dir(at(&new_name())).unwrap();
        let writing = File::open(at(&busy)).unwrap();
        writing.try_lock().unwrap();
        sweep(temporary.path());
        assert!(!at(&left).exists());
        assert!(others.iter().all(|name| at(name).exists()));
        drop(writing);
        let folder = Folder::at(&at("config"));
        note_folder(&folder, &at("plan.plandesk"));
        sweep_at_start(&folder);
        assert!(!at(&busy).exists() && at(".plandesk-notes.tmp").exists());
    }

    #[test]
    fn what_stands_aside_gets_its_name_back_or_goes_once_it_was_replaced() {
        let temporary = tempfile::tempdir().unwrap();
        let plan = temporary.path().join("Plan für 2026.xlsx");
        let aside = || aside_of(&plan).unwrap();
        let (left, later) = (aside(), aside());
        assert_eq!(aside_for(&left.file_name().unwrap().to_string_lossy()), Some("Plan für 2026.xlsx"));
        fs::write(&left, "as it was").unwrap();
        sweep(temporary.path());
        assert!(!left.exists() && fs::read(&plan).unwrap() == b"as it was");
        fs::rename(&plan, &later).unwrap();
        fs::write(&plan, "newer").unwrap();
        sweep(temporary.path());
        assert!(!later.exists() && fs::read(&plan).unwrap() == b"newer");
        // What is older did not replace it.
        let newest = aside();
        fs::write(&newest, "newest").unwrap();
        File::options().write(true).open(&plan).unwrap().set_modified(UNIX_EPOCH).unwrap();
        for name in ["Plan.xlsx", ".plandesk-0123456789abcdef01234567-Plan.xlsx"] {
            fs::write(temporary.path().join(name), "x").unwrap();
        }
        sweep(temporary.path());
        assert_eq!((fs::read_dir(temporary.path()).unwrap().count(), newest.exists()), (4, true));
        let long = aside_of(&plan.with_file_name("é".repeat(230))).unwrap();
        assert_eq!(aside_for(&long.file_name().unwrap().to_string_lossy()), None);
    }
}
