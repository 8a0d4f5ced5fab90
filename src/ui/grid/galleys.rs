//! Texts of cells as laid out. egui keeps what the last frame used, which is what is in view.

use std::sync::Arc;

use eframe::egui::{Align, Color32, FontId, Galley, TextFormat, Ui, text::LayoutJob};

/// The line height of texts in cells, in points.
pub(super) const LINE: f32 = 19.0;

/// More lines of a text are not laid out, as each letter takes memory while it is in view; Excel shows 27 of them at most.
const MOST_LINES: usize = 300;

/// How texts are fitted in: how much they are enlarged, and how many lines of each are shown at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    pub scale: f32,
    pub lines: usize,
}

impl Default for Fit {
    fn default() -> Self {
        Self { scale: 1.0, lines: usize::MAX }
    }
}

/// A text wrapped at a width in points, coloured when painted; its last line ends in an ellipsis where more would follow.
pub(super) fn galley(ui: &Ui, text: &str, mut font: FontId, side: Align, width: f32, fit: Fit) -> Arc<Galley> {
    font.size *= fit.scale;
    let format = TextFormat { font_id: font, color: Color32::PLACEHOLDER, line_height: Some(LINE * fit.scale), ..TextFormat::default() };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    job.wrap.max_rows = fit.lines.min(MOST_LINES);
    job.halign = side;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
