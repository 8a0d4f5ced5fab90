//! Laid-out texts of the cells in view. egui's own cache forgets what one frame did not draw; this one keeps a little longer.

use std::{collections::HashMap, sync::Arc};

use eframe::egui::{Align, Color32, FontId, Galley, TextFormat, Ui, text::LayoutJob};

use crate::model::RowId;

/// The line height of texts in cells, in points.
pub const LINE: f32 = 19.0;

/// How many galleys are kept before old ones are dropped.
const MOST: usize = 4000;
/// How many frames an unused galley is kept.
const KEEP: u64 = 120;

/// Where a text stands: a row, and a number for its column or field.
pub type TextPlace = (RowId, u32);

/// The texts laid out lately.
#[derive(Debug, Default)]
pub struct Galleys {
    kept: HashMap<TextPlace, (Arc<Galley>, f32, u64)>,
    frame: u64,
    scale: f32,
}

impl Galleys {
    /// Begins a frame: drops what was not used for a while, and everything when the scale changed.
    pub fn begin(&mut self, scale: f32) {
        self.frame += 1;
        if (self.scale - scale).abs() > f32::EPSILON {
            self.kept.clear();
            self.scale = scale;
        }
        if self.kept.len() > MOST {
            let oldest = self.frame.saturating_sub(KEEP);
            self.kept.retain(|_, (_, _, used)| *used > oldest);
        }
    }

    /// The galley of a text wrapped at a width in points, coloured when painted.
    pub fn get(&mut self, ui: &Ui, place: TextPlace, text: &str, font: FontId, side: Align, width: f32) -> Arc<Galley> {
        if let Some((galley, at, used)) = self.kept.get_mut(&place)
            && *at == width
            && galley.text() == text
        {
            *used = self.frame;
            return galley.clone();
        }
        let format = TextFormat { font_id: font, color: Color32::PLACEHOLDER, line_height: Some(LINE), ..TextFormat::default() };
        let mut job = LayoutJob::single_section(text.to_owned(), format);
        job.wrap.max_width = width;
        job.halign = side;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        self.kept.insert(place, (galley.clone(), width, self.frame));
        galley
    }
}
