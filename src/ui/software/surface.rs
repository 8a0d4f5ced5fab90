//! The way of a picture into a window, of which the system keeps a copy or two. Draws nothing.

use std::{collections::VecDeque, num::NonZeroU32, sync::Arc};

use eframe::egui::{Color32, ColorImage};
use egui_winit::winit::{event_loop::OwnedDisplayHandle, window::Window};
use softbuffer::{Context, Rect, SoftBufferError};

use crate::ui::raster::Area;

/// An older copy than this is drawn wholly.
const OLDEST: usize = 4;

/// What a window shows.
pub(super) struct Surface {
    surface: softbuffer::Surface<OwnedDisplayHandle, Arc<Window>>,
    /// What was damaged in the frames before, the last first.
    damaged: VecDeque<Vec<Area>>,
    size: [usize; 2],
}

impl Surface {
    /// What a window is to show.
    ///
    /// # Errors
    /// Where the system has no way to show a picture.
    pub(super) fn new(display: OwnedDisplayHandle, window: Arc<Window>) -> Result<Self, SoftBufferError> {
        let surface = softbuffer::Surface::new(&Context::new(display)?, window)?;
        Ok(Self { surface, damaged: VecDeque::new(), size: [0, 0] })
    }

    /// Shows a picture, of which these areas are damaged.
    ///
    /// # Errors
    /// Where the system does not take it.
    pub(super) fn show(&mut self, picture: &ColorImage, damage: Vec<Area>) -> Result<(), SoftBufferError> {
        let [width, height] = picture.size.map(|side| u32::try_from(side).ok().and_then(NonZeroU32::new));
        let (Some(width), Some(height)) = (width, height) else { return Ok(()) };
        if self.size != picture.size {
            self.surface.resize(width, height)?;
            self.size = picture.size;
            self.damaged.clear();
        }
        let mut buffer = self.surface.buffer_mut()?;
        let missed = usize::from(buffer.age()).checked_sub(1);
        match missed.filter(|missed| *missed <= self.damaged.len()) {
            Some(missed) => {
                let older = self.damaged.iter().take(missed).flatten();
                damage.iter().chain(older).for_each(|area| copy(&mut buffer, picture, *area));
            }
            None => copy(&mut buffer, picture, Area::of(picture.size)),
        }
        let shown: Vec<Rect> = damage.iter().filter_map(|area| rect(*area)).collect();
        buffer.present_with_damage(&shown)?;
        self.damaged.push_front(damage);
        self.damaged.truncate(OLDEST);
        Ok(())
    }
}

fn rect(area: Area) -> Option<Rect> {
    let side = |length: usize| u32::try_from(length).ok().and_then(NonZeroU32::new);
    let [x, y] = [area.left, area.top].map(i32::unsigned_abs);
    Some(Rect { x, y, width: side(area.width())?, height: side(area.height())? })
}

/// Copies an area, in the order of channels that windows have.
fn copy(buffer: &mut [u32], picture: &ColorImage, area: Area) {
    let width = picture.size[0];
    for y in area.top..area.bottom {
        let row = area.row(y, width);
        for (shown, pixel) in buffer[row.clone()].iter_mut().zip(&picture.pixels[row]) {
            let [red, green, blue, _] = Color32::to_array(pixel);
            *shown = u32::from_be_bytes([0, red, green, blue]);
        }
    }
}
