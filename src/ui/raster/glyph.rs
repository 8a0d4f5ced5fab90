//! A rectangle of a texture in one colour, as letters are: copied row by row. Draws nothing that is turned or shaded.

use eframe::egui::{Color32, ColorImage};

use super::{
    Area, blend,
    triangle::{Corner, PARTS, first_pixel},
};

/// So far from the edge of a texel its neighbour is never taken for it.
const CLEAR: f32 = 0.1;

/// A rectangle of a texture.
#[derive(Clone, Debug)]
pub(super) struct Glyph<'a> {
    first: Corner,
    last: Corner,
    texture: &'a ColorImage,
}

impl<'a> Glyph<'a> {
    /// The rectangle between two corners, the first above and to the left of the last.
    pub(super) fn new(first: Corner, last: Corner, texture: &'a ColorImage) -> Self {
        Self { first, last, texture }
    }

    /// The pixels of it.
    pub(super) fn bounds(&self) -> Area {
        Area {
            left: first_pixel(self.first.x),
            top: first_pixel(self.first.y),
            right: first_pixel(self.last.x),
            bottom: first_pixel(self.last.y),
        }
    }

    /// Draws what of it is in an area of a picture.
    pub(super) fn draw(&self, picture: &mut ColorImage, area: Area) {
        let (first, last) = (self.first, self.last);
        let across = Axis::new((first.x, last.x), (first.u, last.u), self.texture.size[0]);
        let down = Axis::new((first.y, last.y), (first.v, last.v), self.texture.size[1]);
        let width = picture.size[0];
        let texels = self.texture.size[0];
        let run = across.run(area.left, area.width());
        for y in area.top..area.bottom {
            let row = down.texel(y) * texels;
            let pixels = &mut picture.pixels[area.row(y, width)];
            if let Some(start) = run {
                let grains = &self.texture.pixels[row + start..row + start + pixels.len()];
                for (pixel, grain) in pixels.iter_mut().zip(grains) {
                    draw(pixel, *grain, first.colour);
                }
            } else {
                for (pixel, x) in pixels.iter_mut().zip(area.left..) {
                    draw(pixel, self.texture.pixels[row + across.texel(x)], first.colour);
                }
            }
        }
    }
}

fn draw(pixel: &mut Color32, grain: Color32, colour: Color32) {
    if grain != Color32::TRANSPARENT {
        *pixel = blend::over(blend::through(colour, grain), *pixel);
    }
}

/// How pixels and texels lie along one side.
struct Axis {
    start: f32,
    step: f32,
    most: usize,
}

impl Axis {
    fn new((from, to): (i64, i64), (first, last): (f32, f32), side: usize) -> Self {
        let step = (last - first) * PARTS as f32 / (to - from) as f32;
        // Reckoned at the middle of a pixel.
        let start = first + (PARTS / 2 - from) as f32 / PARTS as f32 * step;
        Self { start, step, most: side.saturating_sub(1) }
    }

    fn place(&self, pixel: i32) -> f32 {
        self.start + pixel as f32 * self.step
    }

    fn texel(&self, pixel: i32) -> usize {
        (self.place(pixel).max(0.0) as usize).min(self.most)
    }

    /// The first texel of a row of pixels that has a texel for each, one after the other.
    fn run(&self, from: i32, length: usize) -> Option<usize> {
        let last = from.saturating_add(i32::try_from(length).ok()?).saturating_sub(1);
        let is_clear = |place: f32| (CLEAR..1.0 - CLEAR).contains(&place.fract());
        let start = self.texel(from);
        let fits = self.place(from) >= 0.0 && start + length <= self.most + 1 && self.texel(last) + 1 == start + length;
        (fits && is_clear(self.place(from)) && is_clear(self.place(last))).then_some(start)
    }
}
