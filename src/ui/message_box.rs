//! Telling a user something when there is no window to tell it in: a box of the system's, and a line where the program was started.

use std::io::Write;

use rfd::{MessageButtons, MessageDialog, MessageLevel};

/// Tells it, and waits until it was read. Where the system has no box to show, the line is all.
pub fn tell(title: &str, words: &str) {
    let _ = writeln!(std::io::stderr(), "plandesk: {}", words.replace('\n', " "));
    let dialog = MessageDialog::new().set_level(MessageLevel::Error).set_buttons(MessageButtons::Ok);
    let _ = dialog.set_title(title).set_description(words).show();
}
