//! The log: a text file of bounded size in the program's folder. Takes lines from the program and warnings from what draws its window.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use log::{Level, LevelFilter, Metadata, Record};

use super::Folder;

/// Opened by its ending in every system's editor.
const NAME: &str = "plandesk.log.txt";
const OLDER: &str = "plandesk.log.old.txt";

/// A log that is larger makes way for a new one; one older is kept.
const LARGEST: u64 = 1 << 20;

/// Whose warnings are worth having: of the window and what draws it. Whatever else is linked in may speak of what a workbook holds.
const HEARD: [&str; 6] = ["wgpu", "naga", "winit", "eframe", "egui", "accesskit"];

/// Where the log is, whether or not anything was written yet.
#[must_use]
pub fn log_path(folder: &Folder) -> Option<PathBuf> {
    folder.path(NAME)
}

/// Whether the library of file dialogs has told that it can show none.
static NO_DIALOG: AtomicBool = AtomicBool::new(false);

/// Whether no file dialog can be had here. The library answers as if the user had cancelled and only tells in its log: nothing on this
/// desktop shows one, and the program it then turns to is not there either.
#[must_use]
pub fn no_file_dialog() -> bool {
    NO_DIALOG.load(Ordering::Relaxed)
}

/// Begins to write what is logged into the folder. Without a folder nothing is kept.
pub fn start_log(folder: &Folder) {
    let sink = Sink { folder: folder.made().map(Path::to_owned), file: Mutex::new(None) };
    if log::set_boxed_logger(Box::new(sink)).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}

struct Sink {
    folder: Option<PathBuf>,
    file: Mutex<Option<Bounded>>,
}

impl log::Log for Sink {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let of = metadata.target();
        of.starts_with("plandesk") || metadata.level() <= Level::Warn && HEARD.iter().any(|heard| of.starts_with(heard))
    }

    fn log(&self, record: &Record<'_>) {
        if record.target().starts_with("rfd") && record.level() == Level::Error && record.args().to_string().contains("zenity") {
            NO_DIALOG.store(true, Ordering::Relaxed);
        }
        let Some(folder) = self.folder.as_deref().filter(|_| self.enabled(record.metadata())) else { return };
        let now = jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S").to_string();
        let of = record.target().split("::").next().unwrap_or_default();
        let words = record.args().to_string().replace('\n', "\n    ");
        let line = format!("{now} [{}] {} {of}: {words}\n", std::process::id(), record.level());
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if file.is_none() {
            *file = Bounded::open(folder).ok();
        }
        if let Some(open) = &mut *file
            && (open.write(line.as_bytes()).is_err() || open.length > LARGEST)
        {
            // It is opened anew with the next line, which also puts a full one aside.
            *file = None;
        }
    }

    fn flush(&self) {}
}

/// A file that knows its length. Another window may write to it too, so it is appended to.
struct Bounded {
    file: File,
    length: u64,
}

impl Bounded {
    fn open(folder: &Path) -> std::io::Result<Self> {
        let path = folder.join(NAME);
        if std::fs::metadata(&path).is_ok_and(|about| about.len() > LARGEST) {
            // Where another window holds it, it grows on until that one is closed.
            let _ = std::fs::rename(&path, folder.join(OLDER));
        }
        let file = super::private::append(&path)?;
        let length = file.metadata()?.len();
        Ok(Self { file, length })
    }

    fn write(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.file.write_all(line)?;
        self.length += line.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use log::Log;

    fn say(sink: &Sink, level: Level, of: &str, words: &str) {
        sink.log(&Record::builder().level(level).target(of).args(format_args!("{words}")).build());
    }

    #[test]
    fn only_what_concerns_the_window_is_written_and_old_lines_make_way() {
        let temporary = tempfile::tempdir().unwrap();
        let sink = Sink { folder: Some(temporary.path().into()), file: Mutex::new(None) };
        say(&sink, Level::Info, "plandesk::ui", "drawn by Vulkan");
        say(&sink, Level::Warn, "wgpu_hal::vulkan", "a driver is old");
        say(&sink, Level::Info, "wgpu_core", "chatter");
        say(&sink, Level::Error, "calamine", "cell “Dear Mrs Pike”");
        let read = |name: &str| std::fs::read_to_string(temporary.path().join(name)).unwrap();
        let text = read(NAME);
        assert!(text.contains("INFO plandesk: drawn by Vulkan") && text.contains("WARN wgpu_hal: a driver is old"), "{text}");
        assert!(!text.contains("chatter") && !text.contains("Pike"));
        assert!(!no_file_dialog());
        say(&sink, Level::Error, "rfd::backend::xdg_desktop_portal", "Failed to pick files with zenity: No such file or directory");
        assert!(no_file_dialog() && !read(NAME).contains("zenity"));
        let long = "x".repeat(100_000);
        (0..30).for_each(|_| say(&sink, Level::Info, "plandesk", &long));
        let size = |name: &str| std::fs::metadata(temporary.path().join(name)).unwrap().len();
        assert!(size(NAME) <= LARGEST + 200_000 && size(OLDER) <= LARGEST + 200_000);
        assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 2);
    }
}
