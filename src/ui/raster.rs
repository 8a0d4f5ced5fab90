//! Triangles to pixels on the processor: windows, charts' pictures and the pictures of the tests. Shows nothing itself.

mod area;
mod blend;
mod figures;
mod glyph;
mod triangle;

use std::collections::HashMap;

use eframe::egui::{
    Color32, ColorImage, ImageData, TextureId, TexturesDelta,
    epaint::{ClippedPrimitive, ImageDelta},
};

pub(super) use area::Area;
pub(super) use figures::Figures;

/// The textures that passes have made.
pub(super) type Textures = HashMap<TextureId, ColorImage>;

/// The part of a texture that a pass has made or changed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patch {
    pub texture: TextureId,
    /// In texels.
    pub area: Area,
}

/// Keeps the textures that a pass has made or changed, and tells what of them is new.
pub(super) fn take_textures(textures: &mut Textures, delta: &mut TexturesDelta) -> Vec<Patch> {
    let mut patches = Vec::new();
    for (id, deltas) in &delta.set {
        for ImageDelta { image: ImageData::Color(image), pos, .. } in deltas {
            let held = textures.get_mut(id).filter(|held| pos.is_some_and(|at| fits(held, image, at)));
            if let (Some(at), Some(held)) = (pos, held) {
                patch(held, image, *at);
                patches.push(Patch { texture: *id, area: Area::at(*at, image.size) });
            } else {
                textures.insert(*id, ColorImage::clone(image));
                patches.push(Patch { texture: *id, area: Area::EVERYWHERE });
            }
        }
    }
    // What is taken must be said to be taken.
    delta.clear();
    patches
}

fn fits(held: &ColorImage, image: &ColorImage, [left, top]: [usize; 2]) -> bool {
    left + image.size[0] <= held.size[0] && top + image.size[1] <= held.size[1]
}

/// Copies an image into a larger one.
fn patch(held: &mut ColorImage, image: &ColorImage, [left, top]: [usize; 2]) {
    let [width, height] = image.size;
    for row in 0..height {
        let start = (top + row) * held.size[0] + left;
        held.pixels[start..start + width].copy_from_slice(&image.pixels[row * width..(row + 1) * width]);
    }
}

/// Draws meshes over a background.
#[must_use]
pub(super) fn draw(
    primitives: &[ClippedPrimitive],
    textures: &Textures,
    size: [usize; 2],
    pixels_per_point: f32,
    background: Color32,
) -> ColorImage {
    let mut picture = ColorImage::filled(size, background);
    Figures::of(primitives, textures, size, pixels_per_point, &[]).draw(&mut picture, Area::of(size));
    picture
}

#[cfg(test)]
mod tests;
