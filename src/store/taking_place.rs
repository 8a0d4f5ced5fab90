//! How a file that is whole takes its place: on Windows what it replaces hands its rights and streams on. Never leaves neither of them.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::NamedTempFile;

use super::{disk, temp_files};

/// How long is waited before each further try on Windows, 2.5 seconds in all: virus scanners and programs that keep folders in step let
/// go of a file by themselves.
const PAUSES: [Duration; 6] = [
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(750),
    Duration::from_millis(1000),
];
/// So many of them for what is remembered beside the program, which is no document and is often written by the window itself.
const FOR_OWN: usize = 2;
/// So many for taking away what was replaced.
const FOR_ASIDE: usize = 3;
/// The Windows errors for a file another program holds: access denied, a sharing violation, and as the system's own call puts it: neither
/// file has moved.
const HELD: [i32; 4] = [5, 32, 1175, NOT_MOVED];
const NOT_MOVED: i32 = 1176;
/// The Windows error for a file that was moved aside, in whose place nothing came.
const MOVED_ASIDE: i32 = 1177;
/// The Windows errors of file systems that do not offer to replace a file.
const NOT_OFFERED: [i32; 4] = [1, 50, 87, 120];
/// The stream in which Windows keeps that a file came from elsewhere.
const MARK: &str = ":Zone.Identifier";
/// The longest of those that is taken over.
const LONGEST_MARK: usize = 4096;

/// What is asked of the system. Tests answer in its place.
pub(super) trait System {
    /// Whether it is Windows, or is to be taken for it.
    fn is_windows(&self) -> bool;
    /// Puts a new file in the place of another, which from then on is aside; its rights, streams and times go over to the new one.
    fn replace(&mut self, target: &Path, new: &Path, aside: &Path) -> io::Result<()>;
    fn rest(&mut self, pause: Duration);
}

/// The system the program runs on.
pub(super) struct OwnSystem;

impl System for OwnSystem {
    fn is_windows(&self) -> bool {
        cfg!(windows)
    }

    #[cfg(windows)]
    fn replace(&mut self, target: &Path, new: &Path, aside: &Path) -> io::Result<()> {
        let (Some(target), Some(new), Some(aside)) = (target.to_str(), new.to_str(), aside.to_str()) else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        // On many shares nobody may set rights: then the file has those of its folder, as from any other program.
        let replaced = winsafe::ReplaceFile(target, new, Some(aside), winsafe::co::REPLACEFILE::IGNORE_MERGE_ERRORS);
        replaced.map_err(|error| io::Error::from_raw_os_error(error.raw().cast_signed()))
    }

    #[cfg(not(windows))]
    fn replace(&mut self, _: &Path, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn rest(&mut self, pause: Duration) {
        #[expect(clippy::disallowed_methods, reason = "another program tells nobody that it lets go of a file")]
        std::thread::sleep(pause);
    }
}

/// Why a file did not take its place.
#[derive(Debug)]
pub(super) enum Untaken {
    /// What is there is as it was.
    Refused(io::Error),
    /// What was there is whole, under this name, and could not be given its own back.
    Aside(PathBuf),
}

/// Gives a new file its name, in place of what has it. `look` looks at that one last, before each try. What is remembered beside the
/// program and what is new is renamed; a document that is there is replaced.
pub(super) fn take_place(
    new: NamedTempFile,
    target: &Path,
    is_document: bool,
    look: &mut dyn FnMut() -> io::Result<()>,
    system: &mut dyn System,
) -> Result<(), Untaken> {
    let aside = temp_files::aside_of(target).filter(|_| is_document && system.is_windows() && target.exists());
    let Some(aside) = aside else {
        let pauses = if is_document { &PAUSES[..] } else { &PAUSES[..FOR_OWN] };
        return rename(new, target, pauses, look, system).map_err(Untaken::Refused);
    };
    // The system's call is made of a file that nobody has open.
    let new = new.into_temp_path();
    let Err(error) = patiently(&PAUSES, look, system, &mut |system| replace(target, &new, &aside, system)) else {
        keep_mark(&aside, target);
        take_away(&aside, system);
        return Ok(());
    };
    match error.raw_os_error() {
        Some(MOVED_ASIDE) => Err(Untaken::Aside(aside)),
        Some(code) if !NOT_OFFERED.contains(&code) => Err(Untaken::Refused(error)),
        None if error.kind() != io::ErrorKind::Unsupported => Err(Untaken::Refused(error)),
        _ => {
            keep_mark(target, &new);
            let mut new = Some(new);
            let renamed = patiently(&PAUSES, look, system, &mut |_| {
                disk::call(target, || {
                    let path = new.take().expect("a try that failed gives it back");
                    path.persist(target).map_err(|refused| {
                        new = Some(refused.path);
                        refused.error
                    })
                })
            });
            renamed.map_err(Untaken::Refused)
        }
    }
}

/// Whether an error is that of a file which another program holds.
pub(super) fn is_held(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| HELD.contains(&code))
}

/// Takes over that a file came from elsewhere, so that Excel goes on opening it with care. Only on Windows is there anything to take over.
pub(super) fn keep_mark(from: &Path, to: &Path) {
    let mark = |path: &Path| {
        let mut name = path.as_os_str().to_owned();
        name.push(MARK);
        PathBuf::from(name)
    };
    if let Ok(bytes) = fs::read(mark(from))
        && bytes.len() <= LONGEST_MARK
        && !mark(to).exists()
    {
        let _ = fs::write(mark(to), bytes);
    }
}

/// Tries something until it is done, fails for another reason than that others hold a file, or has been tried often enough.
fn patiently(
    pauses: &[Duration],
    look: &mut dyn FnMut() -> io::Result<()>,
    system: &mut dyn System,
    act: &mut dyn FnMut(&mut dyn System) -> io::Result<()>,
) -> io::Result<()> {
    let mut pauses = pauses.iter();
    loop {
        let Err(error) = look().and_then(|()| act(system)) else { return Ok(()) };
        let Some(pause) = pauses.next().filter(|_| system.is_windows() && is_held(&error)) else { return Err(error) };
        system.rest(*pause);
    }
}

fn rename(
    new: NamedTempFile,
    target: &Path,
    pauses: &[Duration],
    look: &mut dyn FnMut() -> io::Result<()>,
    system: &mut dyn System,
) -> io::Result<()> {
    let mut new = Some(new);
    patiently(pauses, look, system, &mut |_| {
        disk::call(target, || {
            let file = new.take().expect("a try that failed gives it back");
            let persisted = file.persist(target).map(drop);
            persisted.map_err(|refused| {
                new = Some(refused.file);
                refused.error
            })
        })
    })
}

/// Replaces a file once. Where it was moved aside and nothing came in its place, it gets its name back.
fn replace(target: &Path, new: &Path, aside: &Path, system: &mut dyn System) -> io::Result<()> {
    match disk::call(target, || system.replace(target, new, aside)) {
        Err(error) if error.raw_os_error() == Some(MOVED_ASIDE) => put_right(target, new, aside, system),
        done => done,
    }
}

/// Ends what the system left half done: the old file has its name again, which is as if nothing had moved, or the new one has it.
fn put_right(target: &Path, new: &Path, aside: &Path, system: &mut dyn System) -> io::Result<()> {
    let mut pauses = PAUSES.iter();
    loop {
        if target.exists() || disk::call(target, || fs::rename(aside, target)).is_ok() {
            return Err(io::Error::from_raw_os_error(NOT_MOVED));
        }
        if disk::call(target, || fs::rename(new, target)).is_ok() {
            return Ok(());
        }
        let Some(pause) = pauses.next() else { return Err(io::Error::from_raw_os_error(MOVED_ASIDE)) };
        system.rest(*pause);
    }
}

/// Takes away what was replaced. What cannot be taken away now goes with a later save.
fn take_away(aside: &Path, system: &mut dyn System) {
    for pause in &PAUSES[..FOR_ASIDE] {
        match fs::remove_file(aside) {
            Err(error) if is_held(&error) => system.rest(*pause),
            Ok(()) | Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::store::faults::Fault;

    /// A system that is taken for Windows: it answers as planned, and then does what is asked.
    #[derive(Default)]
    struct Planned {
        answers: Vec<i32>,
        rested: Vec<Duration>,
        /// Done during each rest.
        meanwhile: Option<Box<dyn FnMut()>>,
    }

    impl System for Planned {
        fn is_windows(&self) -> bool {
            true
        }

        fn replace(&mut self, target: &Path, new: &Path, aside: &Path) -> io::Result<()> {
            match (!self.answers.is_empty()).then(|| self.answers.remove(0)) {
                None => fs::rename(target, aside).and_then(|()| fs::rename(new, target)),
                Some(code) => {
                    if code == MOVED_ASIDE {
                        fs::rename(target, aside)?;
                    }
                    Err(io::Error::from_raw_os_error(code))
                }
            }
        }

        fn rest(&mut self, pause: Duration) {
            self.rested.push(pause);
            self.meanwhile.iter_mut().for_each(|act| act());
        }
    }

    /// A workbook and what is to take its place.
    fn prepared() -> (tempfile::TempDir, PathBuf, NamedTempFile) {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("Plan.xlsx");
        fs::write(&target, "old").unwrap();
        let mut new = NamedTempFile::new_in(folder.path()).unwrap();
        new.write_all(b"new").unwrap();
        (folder, target, new)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_others_hold_for_a_moment_is_replaced_once_they_let_go() {
        for held in HELD {
            let (folder, target, new) = prepared();
            let mut system = Planned { answers: vec![held; 3], ..Planned::default() };
            let mut looks = 0;
            let mut look = || {
                looks += 1;
                Ok(())
            };
            take_place(new, &target, true, &mut look, &mut system).unwrap();
            assert_eq!((system.rested.as_slice(), looks), (&PAUSES[..3], 4), "it is looked at before each try");
            assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (b"new".to_vec(), vec!["Plan.xlsx".to_owned()]));
        }
    }

    #[test]
    fn a_file_that_others_keep_stays_as_it_is() {
        let (folder, target, new) = prepared();
        let mut system = Planned { answers: vec![32; 99], ..Planned::default() };
        let Err(Untaken::Refused(error)) = take_place(new, &target, true, &mut || Ok(()), &mut system) else { panic!("it is held") };
        assert!(is_held(&error));
        assert_eq!((system.rested.as_slice(), PAUSES.iter().sum()), (&PAUSES[..], Duration::from_millis(2500)));
        assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (b"old".to_vec(), vec!["Plan.xlsx".to_owned()]));
    }

    #[test]
    fn what_others_save_while_they_hold_it_is_not_replaced() {
        let (folder, target, new) = prepared();
        let theirs = target.clone();
        let meanwhile: Option<Box<dyn FnMut()>> = Some(Box::new(move || fs::write(&theirs, "theirs").unwrap()));
        let mut system = Planned { answers: vec![32], meanwhile, ..Planned::default() };
        let mut look = || if fs::read(&target)? == b"old" { Ok(()) } else { Err(io::Error::other("changed")) };
        assert!(matches!(take_place(new, &target, true, &mut look, &mut system), Err(Untaken::Refused(_))));
        assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (b"theirs".to_vec(), vec!["Plan.xlsx".to_owned()]));
    }

    #[test]
    fn a_file_that_was_moved_aside_gets_its_name_back_and_is_tried_again() {
        let (folder, target, new) = prepared();
        let mut system = Planned { answers: vec![MOVED_ASIDE], ..Planned::default() };
        let mut look = || if target.exists() { Ok(()) } else { Err(io::Error::other("nothing is there")) };
        take_place(new, &target, true, &mut look, &mut system).unwrap();
        assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (b"new".to_vec(), vec!["Plan.xlsx".to_owned()]));
    }

    #[test]
    fn where_the_old_file_cannot_have_its_name_back_the_new_one_takes_it() {
        let (folder, target, new) = prepared();
        let mut system = Planned { answers: vec![MOVED_ASIDE], ..Planned::default() };
        // The second call gives the old one its name back.
        let fault = Fault::plan_code(folder.path(), 2, 32);
        take_place(new, &target, true, &mut || Ok(()), &mut system).unwrap();
        assert!(fault.is_met());
        assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (b"new".to_vec(), vec!["Plan.xlsx".to_owned()]));
    }

    #[test]
    fn where_neither_can_have_the_name_the_old_file_is_kept_and_said_to_be() {
        struct Stuck(PathBuf, usize);
        impl System for Stuck {
            fn is_windows(&self) -> bool {
                true
            }
            fn replace(&mut self, target: &Path, new: &Path, aside: &Path) -> io::Result<()> {
                // The new file is gone, and nothing can be moved to what is no name.
                fs::rename(target, aside)?;
                fs::rename(new, new.with_extension("gone"))?;
                fs::rename(aside, &self.0)?;
                Err(io::Error::from_raw_os_error(MOVED_ASIDE))
            }
            fn rest(&mut self, _: Duration) {
                self.1 += 1;
            }
        }
        let (folder, target, new) = prepared();
        let mut system = Stuck(folder.path().join("elsewhere"), 0);
        let Err(Untaken::Aside(kept)) = take_place(new, &target, true, &mut || Ok(()), &mut system) else { panic!("neither moves") };
        assert_eq!((kept.parent(), system.1), (target.parent(), PAUSES.len()));
        assert!(names(folder.path()).contains(&"elsewhere".to_owned()));
    }

    #[test]
    fn every_other_error_leaves_what_is_there() {
        for code in [2, 13, 112, 1224] {
            let (folder, target, new) = prepared();
            let fault = Fault::plan_code(folder.path(), 1, code);
            let mut system = Planned::default();
            let Err(Untaken::Refused(error)) = take_place(new, &target, true, &mut || Ok(()), &mut system) else { panic!("{code}") };
            assert!(fault.is_met() && system.rested.is_empty() && error.raw_os_error() == Some(code));
            assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (b"old".to_vec(), vec!["Plan.xlsx".to_owned()]));
        }
    }

    #[test]
    fn where_replacing_is_not_offered_it_is_renamed_and_keeps_where_it_came_from() {
        for code in NOT_OFFERED {
            let (_folder, target, new) = prepared();
            // What is a stream on Windows is a file elsewhere.
            let mark = |path: &Path| fs::read(format!("{}{MARK}", path.display())).ok();
            fs::write(format!("{}{MARK}", target.display()), "[ZoneTransfer]\r\nZoneId=3\r\n").unwrap();
            let told = new.path().to_path_buf();
            let mut system = Planned { answers: vec![code], ..Planned::default() };
            take_place(new, &target, true, &mut || Ok(()), &mut system).unwrap();
            assert_eq!(fs::read(&target).unwrap(), b"new");
            let marked = if cfg!(windows) { mark(&target) } else { mark(&told) };
            assert_eq!(marked.as_deref(), Some(&b"[ZoneTransfer]\r\nZoneId=3\r\n"[..]));
        }
    }

    #[test]
    fn what_is_new_or_remembered_is_renamed_and_tried_again_too() {
        for (is_document, there) in [(true, false), (false, true)] {
            let (folder, target, new) = prepared();
            if !there {
                fs::remove_file(&target).unwrap();
            }
            let fault = Fault::plan_code(folder.path(), 1, 5);
            let mut system = Planned { answers: vec![112], ..Planned::default() };
            take_place(new, &target, is_document, &mut || Ok(()), &mut system).unwrap();
            assert!(fault.is_met() && system.rested == PAUSES[..1] && system.answers.len() == 1);
            assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (b"new".to_vec(), vec!["Plan.xlsx".to_owned()]));
        }
    }

    #[cfg(unix)]
    #[test]
    fn other_systems_rename_at_once_or_not_at_all() {
        let (folder, target, new) = prepared();
        let fault = Fault::plan_code(folder.path(), 1, 5);
        assert!(matches!(take_place(new, &target, true, &mut || Ok(()), &mut OwnSystem), Err(Untaken::Refused(_))));
        assert!(fault.is_met());
        assert_eq!((fs::read(&target).unwrap(), names(folder.path())), (b"old".to_vec(), vec!["Plan.xlsx".to_owned()]));
    }

    #[cfg(windows)]
    #[test]
    fn windows_itself_replaces_a_file_and_keeps_its_streams_and_its_time() {
        use std::os::windows::fs::MetadataExt;
        let (folder, target, new) = prepared();
        let mark = format!("{}{MARK}", target.display());
        let marked = fs::write(&mark, "[ZoneTransfer]\r\nZoneId=3\r\n").is_ok();
        let made = fs::metadata(&target).unwrap().creation_time();
        take_place(new, &target, true, &mut || Ok(()), &mut OwnSystem).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert!(!marked || fs::read(&mark).unwrap().starts_with(b"[ZoneTransfer]"));
        assert_eq!(fs::metadata(&target).unwrap().creation_time(), made);
        assert!(names(folder.path()).iter().all(|name| name.starts_with("Plan.xlsx")));
    }
}
