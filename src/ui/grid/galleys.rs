//! Texts of cells as laid out. egui keeps what the last frame used, which is what is in view.

use std::sync::Arc;

use eframe::egui::{Align, Color32, FontId, Galley, TextFormat, Ui, text::LayoutJob};

/// The line height of texts in cells, in points.
pub const LINE: f32 = 19.0;

/// A text wrapped at a width in points, coloured when painted.
pub fn galley(ui: &Ui, text: &str, font: FontId, side: Align, width: f32) -> Arc<Galley> {
    let format = TextFormat { font_id: font, color: Color32::PLACEHOLDER, line_height: Some(LINE), ..TextFormat::default() };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    job.halign = side;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
