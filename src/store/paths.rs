//! Paths as their users know them: a long one shortened, another name for a file, the folder a dialog begins in. Writes nothing.

use std::{
    fs::OpenOptions,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// The longest path that is shown whole, in characters.
const LONGEST: usize = 100;

/// A path as it is shown: one that is very long without its middle, as its beginning and its name tell most.
#[must_use]
pub fn shortened(path: &Path) -> String {
    let whole: Vec<char> = path.to_string_lossy().chars().collect();
    if whole.len() <= LONGEST {
        return whole.into_iter().collect();
    }
    let name = path.file_name().map_or(0, |name| name.to_string_lossy().chars().count());
    // The name stays, with as much of its folders as there is room for.
    let after = (name + 1).max(LONGEST * 2 / 3).min(whole.len());
    let before = LONGEST.saturating_sub(after + 1).max(12).min(whole.len() - after);
    whole[..before].iter().chain(&['…']).chain(&whole[whole.len() - after..]).collect()
}

/// Another name for a file whose own is taken or may not be written: `Plan return (2).xlsx`.
#[must_use]
pub fn another_name(path: &Path) -> String {
    next_name(path, |name| path.with_file_name(name).exists())
}

fn next_name(path: &Path, taken: impl Fn(&str) -> bool) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    let numbered = stem.rsplit_once(" (").and_then(|(stem, rest)| Some((stem, rest.strip_suffix(')')?.parse::<u32>().ok()?)));
    let (stem, number) = numbered.map_or((&*stem, 2), |(stem, number)| (stem, number.saturating_add(1)));
    let name = |number: u32| format!("{stem} ({number}){ending}");
    (number..number.saturating_add(100)).map(name).find(|name| !taken(name)).unwrap_or_else(|| name(number))
}

/// Whether a file that is there may not be written: it is marked so, or its folder or owner does not allow it.
#[must_use]
pub fn is_read_only(path: &Path) -> bool {
    let marked = std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly());
    // Opening it to write changes nothing of it, and tells what rights on a share only tell then.
    let refused = || OpenOptions::new().write(true).open(path).is_err_and(|error| is_refusal(error.kind()));
    marked || refused()
}

fn is_refusal(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// The folder a file dialog begins in: the one used last, or where that is gone the one around it; at first that of the open file; else
/// the user's documents. May wait for a network, so it is asked off the window's thread.
#[must_use]
pub fn first_folder(last: Option<&Path>, open: Option<&Path>) -> Option<PathBuf> {
    choose(last, open, dirs::document_dir(), Path::is_dir)
}

fn choose(last: Option<&Path>, open: Option<&Path>, documents: Option<PathBuf>, is_there: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let of_last = || last.into_iter().chain(last.and_then(Path::parent));
    let of_open = || open.and_then(Path::parent).filter(|_| last.is_none());
    let tried = of_last().chain(of_open()).filter(|folder| !folder.as_os_str().is_empty());
    tried.map(Path::to_path_buf).find(|folder| is_there(folder)).or(documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_shown_without_its_middle_and_with_its_whole_name() {
        for whole in ["plan.xlsx", r"\\council\shared\Ålesund plans\plan 2026.xlsx"] {
            assert_eq!(shortened(Path::new(whole)), whole);
        }
        let path = PathBuf::from(format!("/council/shared/{}/Plan für 2026.xlsx", "a long folder/".repeat(30)));
        let shown = shortened(&path);
        assert!(shown.starts_with("/council/shared/") && shown.ends_with("/Plan für 2026.xlsx") && shown.contains('…'), "{shown}");
        assert!(shown.chars().count() <= LONGEST, "{shown}");
        let name = "é".repeat(240);
        let shown = shortened(Path::new(&format!("/council/shared/plans/{name}")));
        assert!(shown.ends_with(&name) && shown.chars().count() < 260);
    }

    #[test]
    fn another_name_counts_on_past_those_there_are() {
        let next = |path: &str, taken: &[&str]| next_name(Path::new(path), |name| taken.contains(&name));
        assert_eq!(next("a/Plan return.xlsx", &[]), "Plan return (2).xlsx");
        assert_eq!(next("a/Plan return.xlsx", &["Plan return (2).xlsx", "Plan return (3).xlsx"]), "Plan return (4).xlsx");
        assert_eq!(next("a/Plan return (2).xlsx", &[]), "Plan return (3).xlsx");
        assert_eq!(next("Plan (draft).plandesk", &[]), "Plan (draft) (2).plandesk");
        assert_eq!(next("plan", &[]), "plan (2)");
    }

    #[test]
    fn a_dialog_begins_where_the_last_one_ended() {
        let path = |text: &str| Some(PathBuf::from(text));
        let start = |last: Option<&str>, open: Option<&str>, there: &[&str]| {
            choose(last.map(Path::new), open.map(Path::new), path("/docs"), |folder| there.iter().any(|known| Path::new(known) == folder))
        };
        assert_eq!(start(Some("/share/plans"), Some("/home/a.xlsx"), &["/share/plans", "/home"]), path("/share/plans"));
        assert_eq!(start(Some("/share/plans"), None, &["/share"]), path("/share"), "the folder is gone");
        assert_eq!(start(Some("/share/plans"), Some("/home/a.xlsx"), &["/home"]), path("/docs"), "the share is gone");
        assert_eq!(start(None, Some("/home/a.xlsx"), &["/home"]), path("/home"), "the first time");
        assert_eq!(start(None, Some("a.xlsx"), &[""]), path("/docs"));
        assert_eq!(start(None, None, &[]), path("/docs"));
    }

    #[test]
    fn a_file_marked_read_only_is_known_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plan.plandesk");
        assert!(!is_read_only(&file));
        std::fs::write(&file, "{}").unwrap();
        assert!(!is_read_only(&file));
        let mut permissions = std::fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&file, permissions).unwrap();
        assert!(is_read_only(&file));
        assert_eq!(std::fs::read(&file).unwrap(), b"{}");
    }
}
