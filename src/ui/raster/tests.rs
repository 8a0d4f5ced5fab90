//! The quick ways of drawing against the slow one: pixel by pixel, each triangle by itself.

use eframe::egui::{
    Mesh, Pos2, Rect, Vec2,
    epaint::{Primitive, Vertex},
    pos2,
};
use proptest::prelude::*;

use super::*;

const SIZE: [usize; 2] = [48, 40];
/// How far a channel may be off: the slow way rounds elsewhere.
const MOST_DIFFERENCE: u8 = 1;

/// A texture of letters: white in its first texel, as egui's is, and grey of every kind.
fn texture() -> ColorImage {
    let grey = |at: usize| Color32::from_white_alpha((at * 37 % 256) as u8);
    ColorImage::new([32, 32], (0..32 * 32).map(|at| if at == 0 { Color32::WHITE } else { grey(at) }).collect())
}

fn textures() -> Textures {
    std::iter::once((TextureId::default(), texture())).collect()
}

/// Where a vertex is, exactly.
fn exact(place: f32) -> i64 {
    (f64::from(place) * 256.0).round() as i64
}

fn cross(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Draws each triangle by looking at every pixel.
fn slow(primitives: &[ClippedPrimitive], background: Color32) -> ColorImage {
    let (texture, mut picture) = (texture(), ColorImage::filled(SIZE, background));
    for ClippedPrimitive { clip_rect, primitive } in primitives {
        let Primitive::Mesh(mesh) = primitive else { continue };
        for corners in mesh.indices.chunks_exact(3) {
            let mut corners = [corners[0], corners[1], corners[2]].map(|at| mesh.vertices[at as usize]);
            let place = |vertex: Vertex| [exact(vertex.pos.x), exact(vertex.pos.y)];
            if cross(place(corners[0]), place(corners[1]), place(corners[2])) < 0 {
                corners.swap(1, 2);
            }
            for y in 0..SIZE[1] {
                for x in 0..SIZE[0] {
                    if clip_rect.round().contains(pos2(x as f32 + 0.5, y as f32 + 0.5)) {
                        let pixel = &mut picture.pixels[y * SIZE[0] + x];
                        slow_pixel(
                            pixel,
                            &corners,
                            corners.map(place),
                            [x, y].map(|place| i64::try_from(place).unwrap() * 256 + 128),
                            &texture,
                        );
                    }
                }
            }
        }
    }
    picture
}

fn slow_pixel(pixel: &mut Color32, corners: &[Vertex; 3], [a, b, c]: [[i64; 2]; 3], at: [i64; 2], texture: &ColorImage) {
    let area = cross(a, b, c);
    let owned = |from: [i64; 2], to: [i64; 2]| to[1] < from[1] || (to[1] == from[1] && to[0] > from[0]);
    let weights = [cross(b, c, at), cross(c, a, at), cross(a, b, at)];
    let owned = [owned(b, c), owned(c, a), owned(a, b)];
    if area == 0 || weights.iter().zip(owned).any(|(weight, owned)| *weight < 0 || (*weight == 0 && !owned)) {
        return;
    }
    let mix = |part: &dyn Fn(&Vertex) -> f64| {
        corners.iter().zip(weights).map(|(corner, weight)| part(corner) * weight as f64 / area as f64).sum::<f64>()
    };
    let texel = |place: f64, side: usize| ((place * side as f64).max(0.0) as usize).min(side - 1);
    let column = texel(mix(&|corner| f64::from(corner.uv.x)), texture.size[0]);
    let row = texel(mix(&|corner| f64::from(corner.uv.y)), texture.size[1]);
    let grain = texture.pixels[row * texture.size[0] + column].to_array();
    let source: [f64; 4] = std::array::from_fn(|channel| {
        mix(&|corner| f64::from(corner.color.to_array()[channel])).round() * f64::from(grain[channel]) / 255.0
    });
    let below = pixel.to_array();
    let [r, g, b, a] = std::array::from_fn(|channel| {
        (source[channel].round() + f64::from(below[channel]) * (255.0 - source[3].round()) / 255.0).round().clamp(0.0, 255.0) as u8
    });
    *pixel = Color32::from_rgba_premultiplied(r, g, b, a);
}

fn colour() -> impl Strategy<Value = Color32> {
    prop_oneof![
        any::<[u8; 3]>().prop_map(|[r, g, b]| Color32::from_rgb(r, g, b)),
        any::<[u8; 4]>().prop_map(|[r, g, b, a]| Color32::from_rgba_unmultiplied(r, g, b, a)),
    ]
}

fn place() -> impl Strategy<Value = Pos2> {
    prop_oneof![
        (-20.0..70.0_f32, -20.0..60.0_f32).prop_map(|(x, y)| pos2(x, y)),
        // On pixels and on their middles, where it matters to which of two triangles one belongs.
        (-20..140, -20..120).prop_map(|(x, y)| pos2(x as f32 / 2.0, y as f32 / 2.0)),
    ]
}

/// A fan of triangles of one colour or of several.
fn fan() -> impl Strategy<Value = Mesh> {
    (proptest::collection::vec((place(), colour()), 3..7), any::<bool>()).prop_map(|(corners, is_plain)| {
        let mut mesh = Mesh::default();
        let first = corners[0].1;
        for (pos, colour) in &corners {
            mesh.vertices.push(Vertex { pos: *pos, uv: Pos2::ZERO, color: if is_plain { first } else { *colour } });
        }
        for at in 2..corners.len() as u32 {
            mesh.add_triangle(0, at - 1, at);
        }
        mesh
    })
}

fn rectangle() -> impl Strategy<Value = Mesh> {
    (place(), place(), colour()).prop_map(|(one, other, colour)| {
        let mut mesh = Mesh::default();
        mesh.add_rect_with_uv(Rect::from_two_pos(one, other), Rect::ZERO, colour);
        mesh
    })
}

/// A letter, on pixels as egui lays them.
fn letter() -> impl Strategy<Value = Mesh> {
    ((-10..50, -10..40), (1..20_u8, 1..20_u8), (0..12_u8, 1..12_u8), colour()).prop_map(|((x, y), (width, height), (u, v), colour)| {
        let size = Vec2::new(f32::from(width), f32::from(height));
        let uv = Rect::from_min_size(pos2(f32::from(u), f32::from(v)) / 32.0, size / 32.0);
        let mut mesh = Mesh::default();
        mesh.add_rect_with_uv(Rect::from_min_size(pos2(x as f32, y as f32), size), uv, colour);
        mesh
    })
}

fn primitives() -> impl Strategy<Value = Vec<ClippedPrimitive>> {
    let clip =
        prop_oneof![Just(Rect::EVERYTHING), (place(), place()).prop_map(|(one, other)| Rect::from_two_pos(one.round(), other.round())),];
    let primitive = (clip, prop_oneof![fan(), rectangle(), letter()])
        .prop_map(|(clip_rect, mesh)| ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) });
    proptest::collection::vec(primitive, 1..8)
}

fn most_difference(one: &ColorImage, other: &ColorImage) -> u8 {
    let channels = one.pixels.iter().zip(&other.pixels).flat_map(|(one, other)| one.to_array().into_iter().zip(other.to_array()));
    channels.map(|(one, other)| one.abs_diff(other)).max().unwrap_or(0)
}

proptest! {
    #[test]
    fn the_quick_ways_draw_what_the_slow_one_draws(primitives in primitives(), background in colour()) {
        let quick = draw(&primitives, &textures(), SIZE, 1.0, background);
        let slow = slow(&primitives, background);
        // Each of them may round once.
        prop_assert!(most_difference(&quick, &slow) <= MOST_DIFFERENCE * primitives.len() as u8 * 4);
    }

    #[test]
    fn a_picture_drawn_in_parts_is_the_same(primitives in primitives(), x in 0..48_i32, y in 0..40_i32) {
        let textures = textures();
        let whole = draw(&primitives, &textures, SIZE, 1.0, Color32::BLACK);
        let mut parted = ColorImage::filled(SIZE, Color32::BLACK);
        let figures = Figures::of(&primitives, &textures, SIZE, 1.0, &[]);
        for (left, right) in [(0, x), (x, 48)] {
            for (top, bottom) in [(0, y), (y, 40)] {
                figures.draw(&mut parted, Area { left, top, right, bottom });
            }
        }
        prop_assert!(parted.pixels == whole.pixels);
    }
}

#[test]
fn rectangles_and_letters_are_known_and_all_else_is_triangles() {
    let mut mesh = Mesh::default();
    let square = |x: f32| Rect::from_min_size(pos2(x, 3.0), Vec2::splat(8.0));
    mesh.add_colored_rect(square(2.0), Color32::RED);
    mesh.add_rect_with_uv(square(20.0), Rect::from_min_size(pos2(0.25, 0.25), Vec2::splat(0.25)), Color32::RED);
    mesh.add_triangle(0, 1, 6);
    let primitives = [ClippedPrimitive { clip_rect: Rect::EVERYTHING, primitive: Primitive::Mesh(mesh) }];
    let textures = textures();
    let figures = Figures::of(&primitives, &textures, SIZE, 1.0, &[]);
    let kinds: Vec<String> = figures.iter().map(|figure| format!("{figure:?}")).collect();
    assert_eq!(kinds.len(), 3, "{kinds:?}");
    assert!(kinds[0].contains("Plain") && kinds[1].contains("Glyph") && kinds[2].contains("Triangle"), "{kinds:?}");
}

#[test]
fn whatever_a_mesh_holds_nothing_is_drawn_beyond_the_picture() {
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30, 0.0, 12.0];
    for (at, x) in odd.into_iter().enumerate() {
        let mut mesh = Mesh::default();
        for (step, y) in odd.into_iter().enumerate() {
            let colour = if step % 2 == 0 { Color32::RED } else { Color32::from_black_alpha(90) };
            mesh.vertices.push(Vertex { pos: pos2(odd[(at + step) % odd.len()], y), uv: pos2(x, y), color: colour });
        }
        for a in 0..6 {
            mesh.add_triangle(a, (a + 1) % 7, (a * 3 + 2) % 7);
        }
        mesh.indices.extend([900, 1, 2]);
        let clip_rect = Rect::from_min_max(pos2(x, x), pos2(f32::INFINITY, f32::NAN));
        for clip_rect in [Rect::EVERYTHING, clip_rect] {
            let primitives = [ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh.clone()) }];
            assert_eq!(draw(&primitives, &textures(), SIZE, 1.5, Color32::BLACK).size, SIZE);
        }
    }
}
