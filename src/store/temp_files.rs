//! What a program that was ended while it wrote has left: the files of whole-or-nothing writing. Knows them by their names; touches no other.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{Folder, file_lock, identity::number_of};

/// Where it is remembered which folders were written to.
const NAME: &str = "written.json";
/// So many folders are remembered.
const MOST: usize = 50;
const PREFIX: &str = ".plandesk-";
const SUFFIX: &str = ".tmp";
/// Where no lock tells whether a file is still being written, one so old is not.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// A number that no other has, and its checksum, so that a name with one in it is ours and nobody else's.
pub(super) fn new_number() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_nanos());
    let process = u64::from(std::process::id()).to_le_bytes();
    let count = COUNT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    let number = format!("{:016x}", number_of(now.to_le_bytes().into_iter().chain(process).chain(count)));
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

/// Takes away what was left in a folder. What another window is writing now stays.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let left = entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_ours));
    for path in left.map(|entry| entry.path()).filter(|path| is_abandoned(path)) {
        let _ = fs::remove_file(path);
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
}
