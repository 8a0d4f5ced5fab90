//! Where copied cells go: the system's clipboard as text and as a table, or as text alone where it takes no more.

use eframe::egui::Context;

use super::queue::Queue;
use crate::app::Copied;

/// The system's clipboard where it is asked for tables too; by itself egui puts text on it.
#[derive(Default)]
pub(super) struct Clipboard(Option<arboard::Clipboard>);

impl std::fmt::Debug for Clipboard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Clipboard").field(&self.0.is_some()).finish()
    }
}

impl Clipboard {
    /// The system's, where there is one.
    pub(super) fn of_system() -> Self {
        Self(arboard::Clipboard::new().ok())
    }

    /// Puts cells on it.
    pub(super) fn put(&mut self, ctx: &Context, copied: &Copied) {
        Queue::note_copied(ctx, &copied.text);
        let both = self.0.as_mut().map(|clipboard| clipboard.set().html(&copied.html, Some(&copied.text)));
        if !matches!(both, Some(Ok(()))) {
            ctx.copy_text(copied.text.clone());
        }
    }
}
