//! The frozen returns of a workbook, kept in a file beside it: `Plan.xlsx.returns.json`. What is damaged or newer is told and never written.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Fingerprint, Folder, Unwritten, atomic::write_unless_changed, identity, private, write, write_private};
use crate::model::FrozenReturn;

/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;
/// The most bytes of such a file.
const MOST: usize = 50_000_000;
/// How often a file that others write at the same time is looked at anew.
const TRIES: usize = 4;

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    plandesk_returns: u64,
    returns: Vec<Entry>,
}

/// A frozen return, and what else it is of than the workbook it stands beside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    /// The names of the other workbooks that were open with it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    with: Vec<String>,
    #[serde(flatten)]
    frozen: FrozenReturn,
}

/// Why the returns beside a workbook could not be read, in words that follow the name of their file.
#[derive(Debug, Error)]
pub enum BesideError {
    #[error("it was written by a newer plandesk (format {0}). Update this one to see the returns in it")]
    Newer(u64),
    #[error("it is damaged. Bring back an earlier copy of it, or move it elsewhere to begin anew")]
    Damaged,
    #[error("it could not be read ({0})")]
    Unread(std::io::Error),
    #[error("it would be larger than 50 MB. Delete old returns first")]
    TooLarge,
}

/// What was read of the frozen returns of some workbooks.
#[derive(Debug, Default)]
pub struct ReadBeside {
    pub returns: Vec<FrozenReturn>,
    /// The file that could not be read, and why; it is left alone.
    pub refused: Option<(PathBuf, BesideError)>,
}

/// Where frozen returns were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptReturns {
    /// Beside the workbook.
    Beside(PathBuf),
    /// In the program's own folder, for this reason.
    InFolder(String),
}

/// The file that the frozen returns of workbooks are kept in: beside the first of them by name.
#[must_use]
pub fn beside_path(workbooks: &[PathBuf]) -> Option<PathBuf> {
    let first = workbooks.iter().min()?;
    let mut name = first.file_name()?.to_owned();
    name.push(".returns.json");
    Some(first.with_file_name(name))
}

/// The frozen returns of the workbooks that are open together: those beside them, and those in the program's folder.
#[must_use]
pub fn read_beside(workbooks: &[PathBuf], folder: &Folder) -> ReadBeside {
    let (Some(path), with) = (beside_path(workbooks), others(workbooks)) else { return ReadBeside::default() };
    let mut read = ReadBeside::default();
    let of_these = |entries: Vec<Entry>| entries.into_iter().filter(|entry| entry.with == with).map(|entry| entry.frozen);
    match read_file(&path) {
        Ok((entries, _)) => read.returns.extend(of_these(entries)),
        Err(why) => read.refused = Some((path, why)),
    }
    for frozen in
        in_folder(workbooks, folder).and_then(|path| read_file(&path).ok()).map_or(Vec::new(), |(entries, _)| of_these(entries).collect())
    {
        if !read.returns.contains(&frozen) {
            read.returns.push(frozen);
        }
    }
    read
}

/// Keeps the frozen returns of workbooks. `before` are those that were read or kept last: what others have put there since stays, and what
/// is no longer in `now` goes.
///
/// # Errors
/// When they can be kept nowhere.
pub fn keep_beside(workbooks: &[PathBuf], folder: &Folder, before: &[FrozenReturn], now: &[FrozenReturn]) -> Result<KeptReturns, String> {
    let Some(path) = beside_path(workbooks) else { return Err("The returns are of no workbook that they could be kept beside".to_owned()) };
    let with = others(workbooks);
    let why = match keep_in(&path, &with, before, now, false) {
        Ok(()) => {
            // What was kept in the program's folder while this one could not be written is here now.
            in_folder(workbooks, folder).into_iter().for_each(|path| let_go(&path, &with));
            return Ok(KeptReturns::Beside(path));
        }
        Err(why) => why,
    };
    log::warn!("frozen returns could not be kept beside their workbook: {why}");
    let own = in_folder(workbooks, folder).filter(|_| folder.made().is_some());
    match own.map(|own| keep_in(&own, &with, before, now, true)) {
        Some(Ok(())) => Ok(KeptReturns::InFolder(why)),
        Some(Err(_)) | None => Err(why),
    }
}

/// Lets go of what is kept of these workbooks in a file of the program's own; of other groups of workbooks it keeps what it has.
fn let_go(path: &Path, with: &[String]) {
    let Ok((mut entries, Some(_))) = read_file(path) else { return };
    entries.retain(|entry| entry.with != with);
    let done = if entries.is_empty() {
        std::fs::remove_file(path)
    } else {
        let bytes = serde_json::to_vec(&Written { plandesk_returns: VERSION, returns: entries });
        bytes.map_err(std::io::Error::other).and_then(|bytes| write_private(path, &bytes).map_err(std::io::Error::other))
    };
    if let Err(why) = done {
        log::warn!("frozen returns that are kept beside their workbook by now are in the program's folder too: {why}");
    }
}

/// Writes them into one file, which others may write as well.
fn keep_in(path: &Path, with: &[String], before: &[FrozenReturn], now: &[FrozenReturn], private: bool) -> Result<(), String> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for _ in 0..TRIES {
        let (held, known) = read_file(path).map_err(|why| format!("{name}: {why}"))?;
        let merged = merged(held, with, before, now);
        let bytes = serde_json::to_vec(&Written { plandesk_returns: VERSION, returns: merged }).map_err(|why| format!("{name}: {why}"))?;
        if bytes.len() > MOST {
            return Err(format!("{name}: {}", BesideError::TooLarge));
        }
        let done = match known {
            Some(known) if !private => write_unless_changed(path, &bytes, Some(&known)).map(drop),
            _ if private => write_private(path, &bytes).map_err(Unwritten::Write),
            _ => write(path, &bytes).map_err(Unwritten::Write),
        };
        match done {
            Ok(()) => return Ok(()),
            Err(Unwritten::Write(why)) => return Err(why.to_string()),
            Err(Unwritten::Changed(_) | Unwritten::Gone) => {}
        }
    }
    Err(format!("{name}: others are writing it"))
}

/// What is in a file after returns were frozen, renamed or deleted here, beside what others did there.
fn merged(held: Vec<Entry>, with: &[String], before: &[FrozenReturn], now: &[FrozenReturn]) -> Vec<Entry> {
    let plain = |all: &[FrozenReturn]| all.iter().map(|frozen| FrozenReturn { has_ids: false, ..frozen.clone() }).collect::<Vec<_>>();
    let (before, now) = (plain(before), plain(now));
    let stays = |entry: &Entry| entry.with != with || !before.contains(&entry.frozen) && !now.contains(&entry.frozen);
    let others = held.into_iter().filter(stays);
    others.chain(now.iter().cloned().map(|frozen| Entry { with: with.to_vec(), frozen })).collect()
}

/// The returns in a file, and what it is; nothing where there is none.
fn read_file(path: &Path) -> Result<(Vec<Entry>, Option<Fingerprint>), BesideError> {
    let bytes = match private::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((Vec::new(), None)),
        Err(error) => return Err(BesideError::Unread(error)),
    };
    let known = Fingerprint::of(path, &bytes);
    let whole: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| BesideError::Damaged)?;
    match whole.get("plandesk_returns").and_then(serde_json::Value::as_u64) {
        Some(version) if version > VERSION => return Err(BesideError::Newer(version)),
        Some(1..) => {}
        Some(0) | None => return Err(BesideError::Damaged),
    }
    let written: Written = serde_json::from_value(whole).map_err(|_| BesideError::Damaged)?;
    Ok((written.returns, Some(known)))
}

/// The names of the workbooks beside the first, in order.
fn others(workbooks: &[PathBuf]) -> Vec<String> {
    let mut sorted: Vec<&PathBuf> = workbooks.iter().collect();
    sorted.sort();
    sorted.into_iter().skip(1).filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect()
}

/// The file in the program's folder, for workbooks in a folder that cannot be written.
fn in_folder(workbooks: &[PathBuf], folder: &Folder) -> Option<PathBuf> {
    folder.path(&format!("returns-{}.json", identity(workbooks.iter().min()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frozen(name: &str) -> FrozenReturn {
        FrozenReturn { name: name.into(), ..FrozenReturn::default() }
    }

    fn names(returns: &[FrozenReturn]) -> Vec<&str> {
        returns.iter().map(|frozen| &*frozen.name).collect()
    }

    #[test]
    fn returns_are_kept_beside_their_workbook_and_known_by_its_name() {
        let place = tempfile::tempdir().unwrap();
        let (plan, other) = (place.path().join("Plan.xlsx"), place.path().join("Risks.xlsx"));
        let folder = Folder::at(&place.path().join("config"));
        let one = std::slice::from_ref(&plan);
        assert!(read_beside(one, &folder).returns.is_empty());
        let with_ids = FrozenReturn { has_ids: true, ..frozen("Q1") };
        let kept = keep_beside(one, &folder, &[], &[with_ids]).unwrap();
        assert_eq!(kept, KeptReturns::Beside(place.path().join("Plan.xlsx.returns.json")));
        let read = read_beside(one, &folder);
        assert_eq!((names(&read.returns), read.returns[0].has_ids), (vec!["Q1"], false));
        // Those of several workbooks together are theirs alone.
        let both = [other.clone(), plan.clone()];
        keep_beside(&both, &folder, &[], &[frozen("Both")]).unwrap();
        assert_eq!(names(&read_beside(&[plan.clone(), other], &folder).returns), ["Both"]);
        assert_eq!(names(&read_beside(one, &folder).returns), ["Q1"]);
    }

    #[test]
    fn what_others_froze_meanwhile_stays_and_what_was_deleted_here_goes() {
        let place = tempfile::tempdir().unwrap();
        let plan = [place.path().join("Plan.xlsx")];
        let nowhere = Folder::nowhere();
        keep_beside(&plan, &nowhere, &[], &[frozen("Q1"), frozen("Q2")]).unwrap();
        keep_beside(&plan, &nowhere, &[], &[frozen("Theirs")]).unwrap();
        keep_beside(&plan, &nowhere, &[frozen("Q1"), frozen("Q2")], &[frozen("Second"), frozen("Q3")]).unwrap();
        assert_eq!(names(&read_beside(&plan, &nowhere).returns), ["Theirs", "Second", "Q3"]);
    }

    #[test]
    fn a_file_that_is_damaged_or_newer_is_left_alone_and_the_programs_folder_keeps_them() {
        let place = tempfile::tempdir().unwrap();
        let plan = [place.path().join("Plan.xlsx")];
        let folder = Folder::at(&place.path().join("config"));
        let path = beside_path(&plan).unwrap();
        for (text, said) in [
            ("{\"plandesk_returns\":1,\"returns\":[{\"na", "damaged"),
            ("[]", "damaged"),
            ("{\"plandesk_returns\":2,\"returns\":{}}", "newer"),
        ] {
            std::fs::write(&path, text).unwrap();
            let read = read_beside(&plan, &folder);
            assert!(read.refused.unwrap().1.to_string().contains(said), "{text}");
            let KeptReturns::InFolder(why) = keep_beside(&plan, &folder, &[], &[frozen("Q1")]).unwrap() else { unreachable!("{text}") };
            assert!(why.contains("Plan.xlsx.returns.json") && why.contains(said), "{why}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "it is left alone");
            assert_eq!(names(&read_beside(&plan, &folder).returns), ["Q1"]);
            assert!(keep_beside(&plan, &Folder::nowhere(), &[], &[frozen("Q1")]).is_err());
        }
        std::fs::remove_file(&path).unwrap();
        keep_beside(&plan, &folder, &[frozen("Q1")], &[frozen("Q1"), frozen("Q2")]).unwrap();
        assert_eq!(names(&read_beside(&plan, &Folder::nowhere()).returns), ["Q1", "Q2"], "all of them come home");
    }

    #[test]
    fn returns_of_other_workbooks_stay_in_the_programs_folder() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(&place.path().join("own"));
        folder.made().unwrap();
        let [one, other] = ["A.xlsx", "B.xlsx"].map(|name| place.path().join(name));
        let both = vec![one.clone(), other];
        let own = in_folder(&both, &folder).unwrap();
        for (with, name) in [(others(&both), "of both"), (Vec::new(), "of one")] {
            keep_in(&own, &with, &[], &[frozen(name)], true).unwrap();
        }
        keep_beside(std::slice::from_ref(&one), &folder, &[], &[frozen("of one")]).unwrap();
        let (entries, _) = read_file(&own).unwrap();
        assert_eq!(entries.iter().map(|entry| &*entry.frozen.name).collect::<Vec<_>>(), ["of both"]);
        keep_beside(&both, &folder, &[], &[frozen("of both")]).unwrap();
        assert!(!own.exists());
    }
}
