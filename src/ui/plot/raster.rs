//! Triangles to pixels on the processor: enough of it for charts, which are flat colours and glyphs.

use std::collections::HashMap;

use eframe::egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex};
use eframe::egui::{Color32, ColorImage, ImageData, Pos2, TextureId, TexturesDelta};

/// Keeps the textures that a pass has made or changed.
pub(crate) fn take_textures(textures: &mut HashMap<TextureId, ColorImage>, delta: &mut TexturesDelta) {
    for (id, deltas) in &delta.set {
        for delta in deltas {
            let ImageData::Color(image) = &delta.image;
            match (delta.pos, textures.get_mut(id)) {
                (Some(at), Some(held)) => patch(held, image, at),
                _ => {
                    textures.insert(*id, ColorImage::clone(image));
                }
            }
        }
    }
    // What is taken must be said to be taken.
    delta.clear();
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
pub(crate) fn draw(
    primitives: &[ClippedPrimitive],
    textures: &HashMap<TextureId, ColorImage>,
    size: [usize; 2],
    pixels_per_point: f32,
    background: Color32,
) -> ColorImage {
    let mut picture = ColorImage::filled(size, background);
    for ClippedPrimitive { clip_rect, primitive } in primitives {
        let Primitive::Mesh(mesh) = primitive else { continue };
        let Some(texture) = textures.get(&mesh.texture_id) else { continue };
        let side = |point: f32, most: usize| (point * pixels_per_point).round().clamp(0.0, most as f32) as usize;
        let clip = Clip {
            left: side(clip_rect.min.x, size[0]),
            top: side(clip_rect.min.y, size[1]),
            right: side(clip_rect.max.x, size[0]),
            bottom: side(clip_rect.max.y, size[1]),
        };
        draw_mesh(&mut picture, mesh, texture, &clip, pixels_per_point);
    }
    picture
}

/// In pixels; the far sides are not included.
struct Clip {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

fn draw_mesh(picture: &mut ColorImage, mesh: &Mesh, texture: &ColorImage, clip: &Clip, pixels_per_point: f32) {
    for corners in mesh.indices.chunks_exact(3) {
        let mut corners = [corners[0], corners[1], corners[2]].map(|at| {
            let vertex = mesh.vertices[at as usize];
            Vertex { pos: (vertex.pos.to_vec2() * pixels_per_point).to_pos2(), ..vertex }
        });
        if cross(corners[0].pos, corners[1].pos, corners[2].pos) < 0.0 {
            corners.swap(1, 2);
        }
        draw_triangle(picture, &corners, texture, clip);
    }
}

/// Twice the area of a triangle; above 0 when its corners run clockwise on the screen.
fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn draw_triangle(picture: &mut ColorImage, corners: &[Vertex; 3], texture: &ColorImage, clip: &Clip) {
    let [a, b, c] = corners.map(|corner| corner.pos);
    let area = cross(a, b, c);
    if area.is_nan() || area <= 0.0 {
        return;
    }
    let least = |sides: [f32; 3], from: usize| (sides[0].min(sides[1]).min(sides[2]).floor().max(0.0) as usize).max(from);
    let most = |sides: [f32; 3], to: usize| (sides[0].max(sides[1]).max(sides[2]).ceil().max(0.0) as usize).min(to);
    // A pixel on an edge that two triangles share belongs to one of them only.
    let edge = |from: Pos2, to: Pos2| (to.y < from.y) || (to.y == from.y && to.x > from.x);
    let owned = [edge(b, c), edge(c, a), edge(a, b)];
    for y in least([a.y, b.y, c.y], clip.top)..most([a.y, b.y, c.y], clip.bottom) {
        for x in least([a.x, b.x, c.x], clip.left)..most([a.x, b.x, c.x], clip.right) {
            let at = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
            let weights = [cross(b, c, at), cross(c, a, at), cross(a, b, at)];
            if weights.iter().zip(owned).all(|(&weight, owned)| weight > 0.0 || (owned && weight == 0.0)) {
                let source = shade(corners, weights.map(|weight| weight / area), texture);
                let pixel = &mut picture.pixels[y * picture.size[0] + x];
                *pixel = over(source, *pixel);
            }
        }
    }
}

/// The colour of a pixel: its corners' colours by weight, times the texture's nearest texel.
fn shade(corners: &[Vertex; 3], weights: [f32; 3], texture: &ColorImage) -> Color32 {
    let mix = |part: fn(&Vertex) -> f32| corners.iter().zip(weights).map(|(corner, weight)| part(corner) * weight).sum::<f32>();
    let texel = |place: f32, side: usize| ((place * side as f32).max(0.0) as usize).min(side.saturating_sub(1));
    let column = texel(mix(|corner| corner.uv.x), texture.size[0]);
    let row = texel(mix(|corner| corner.uv.y), texture.size[1]);
    let grain = texture.pixels[row * texture.size[0] + column].to_array();
    let colour = [
        mix(|v| f32::from(v.color.r())),
        mix(|v| f32::from(v.color.g())),
        mix(|v| f32::from(v.color.b())),
        mix(|v| f32::from(v.color.a())),
    ];
    let channel = |at: usize| (colour[at] * f32::from(grain[at]) / 255.0).round().clamp(0.0, 255.0) as u8;
    Color32::from_rgba_premultiplied(channel(0), channel(1), channel(2), channel(3))
}

/// One premultiplied colour over another.
fn over(source: Color32, below: Color32) -> Color32 {
    let rest = 255 - u32::from(source.a());
    let channel = |source: u8, below: u8| (u32::from(source) + (u32::from(below) * rest + 127) / 255).min(255) as u8;
    Color32::from_rgba_premultiplied(
        channel(source.r(), below.r()),
        channel(source.g(), below.g()),
        channel(source.b(), below.b()),
        channel(source.a(), below.a()),
    )
}
