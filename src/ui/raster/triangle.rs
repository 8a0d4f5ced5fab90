//! One triangle of any kind: exact to a 256th of a pixel, so that two which share an edge leave no gap and draw nothing twice.

use eframe::egui::{Color32, ColorImage};

use super::{Area, blend};

/// The parts of a pixel that places are told in.
pub(super) const PARTS: i64 = 256;

/// A corner of a triangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Corner {
    /// In 256ths of a pixel.
    pub(super) x: i64,
    pub(super) y: i64,
    /// In texels.
    pub(super) u: f32,
    pub(super) v: f32,
    pub(super) colour: Color32,
}

/// A triangle whose corners run clockwise on the screen.
#[derive(Clone, Debug)]
pub(super) struct Triangle<'a> {
    corners: [Corner; 3],
    /// Twice what it covers.
    area: i64,
    /// Its colour, where it has one alone.
    plain: Option<Color32>,
    texture: &'a ColorImage,
}

/// Twice the area of a triangle; above 0 when its corners run clockwise on the screen.
fn cross(a: (i64, i64), b: (i64, i64), c: (i64, i64)) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// The first pixel whose middle is at or beyond a place in 256ths of a pixel.
pub(super) fn first_pixel(place: i64) -> i32 {
    let pixel = -((PARTS / 2 - place).div_euclid(PARTS));
    i32::try_from(pixel).unwrap_or(if pixel < 0 { i32::MIN } else { i32::MAX })
}

impl<'a> Triangle<'a> {
    /// The triangle of three corners; `None` of those that cover nothing or show nothing.
    pub(super) fn new(mut corners: [Corner; 3], texture: &'a ColorImage) -> Option<Self> {
        let at = |corner: Corner| (corner.x, corner.y);
        let mut area = cross(at(corners[0]), at(corners[1]), at(corners[2]));
        if area < 0 {
            corners.swap(1, 2);
            area = -area;
        }
        let [a, b, c] = corners;
        let is_plain = [b, c].iter().all(|corner| (corner.colour, corner.u, corner.v) == (a.colour, a.u, a.v));
        let plain = is_plain.then(|| blend::through(a.colour, texel(texture, a.u, a.v)));
        let is_seen = area > 0 && plain != Some(Color32::TRANSPARENT) && corners.iter().any(|c| c.colour != Color32::TRANSPARENT);
        is_seen.then_some(Self { corners, area, plain, texture })
    }

    /// The pixels it may touch.
    pub(super) fn bounds(&self) -> Area {
        let [a, b, c] = self.corners;
        Area {
            left: first_pixel(a.x.min(b.x).min(c.x)),
            top: first_pixel(a.y.min(b.y).min(c.y)),
            right: first_pixel(a.x.max(b.x).max(c.x)),
            bottom: first_pixel(a.y.max(b.y).max(c.y)),
        }
    }

    /// Draws what of it is in an area of a picture.
    pub(super) fn draw(&self, picture: &mut ColorImage, area: Area) {
        let [a, b, c] = self.corners;
        let edges = [Edge::new(b, c), Edge::new(c, a), Edge::new(a, b)];
        let width = picture.size[0];
        for y in area.top..area.bottom {
            let row = edges.each_ref().map(|edge| edge.row(y));
            let (mut left, mut right) = (i64::from(area.left), i64::from(area.right));
            for (edge, &start) in edges.iter().zip(&row) {
                (left, right) = edge.narrowed(start, left, right);
            }
            let (Ok(left), Ok(right)) = (i32::try_from(left), i32::try_from(right)) else { continue };
            if left >= right {
                continue;
            }
            let pixels = &mut picture.pixels[Area { left, right, ..area }.row(y, width)];
            match self.plain {
                Some(colour) => blend::fill(pixels, colour),
                None => self.shade(pixels, left, &edges, &row),
            }
        }
    }

    /// Draws the pixels of a row, each in its own colour.
    fn shade(&self, pixels: &mut [Color32], left: i32, edges: &[Edge; 3], row: &[i64; 3]) {
        let mut at: [i64; 3] = std::array::from_fn(|edge| row[edge] + edges[edge].step * i64::from(left));
        let whole = 1.0 / self.area as f32;
        for pixel in pixels {
            let weights = at.map(|weight| weight as f32 * whole);
            *pixel = blend::over(self.colour(weights), *pixel);
            for (weight, edge) in at.iter_mut().zip(edges) {
                *weight += edge.step;
            }
        }
    }

    /// The colour of a pixel: its corners' colours by weight, times the texture's nearest texel.
    fn colour(&self, weights: [f32; 3]) -> Color32 {
        let [a, b, c] = &self.corners;
        let mix = |part: fn(&Corner) -> f32| part(a) * weights[0] + part(b) * weights[1] + part(c) * weights[2];
        let channel = |part: fn(&Corner) -> f32| (mix(part) + 0.5).clamp(0.0, 255.0) as u8;
        let colour = Color32::from_rgba_premultiplied(
            channel(|corner| f32::from(corner.colour.r())),
            channel(|corner| f32::from(corner.colour.g())),
            channel(|corner| f32::from(corner.colour.b())),
            channel(|corner| f32::from(corner.colour.a())),
        );
        blend::through(colour, texel(self.texture, mix(|corner| corner.u), mix(|corner| corner.v)))
    }
}

/// The texel at a place, or the nearest there is.
fn texel(texture: &ColorImage, u: f32, v: f32) -> Color32 {
    let side = |place: f32, side: usize| (place.max(0.0) as usize).min(side.saturating_sub(1));
    let at = side(v, texture.size[1]) * texture.size[0] + side(u, texture.size[0]);
    texture.pixels.get(at).copied().unwrap_or(Color32::WHITE)
}

/// A side of a triangle: how far within it a pixel's middle is, as a number that is 0 on the edge.
struct Edge {
    from: Corner,
    across: i64,
    down: i64,
    /// What a pixel further to the right adds.
    step: i64,
    /// Whether a pixel on the edge belongs to this triangle, and so not to the one on its other side.
    owned: bool,
}

impl Edge {
    fn new(from: Corner, to: Corner) -> Self {
        let (across, down) = (to.x - from.x, to.y - from.y);
        Self { from, across, down, step: -down * PARTS, owned: down < 0 || (down == 0 && across > 0) }
    }

    /// Its number at the middle of a row's pixel 0.
    fn row(&self, y: i32) -> i64 {
        let y = i64::from(y) * PARTS + PARTS / 2;
        self.across * (y - self.from.y) - self.down * (PARTS / 2 - self.from.x)
    }

    /// The pixels of a row that are within the edge, of those given.
    fn narrowed(&self, start: i64, left: i64, right: i64) -> (i64, i64) {
        let start = if self.owned { start } else { start - 1 };
        match self.step {
            0 if start < 0 => (right, right),
            0 => (left, right),
            step if step > 0 => (left.max(-start.div_euclid(step)), right),
            step => (left, right.min(start.div_euclid(-step) + 1)),
        }
    }
}
