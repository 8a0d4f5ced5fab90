//! What is to be drawn, sorted by how: plain rectangles, letters, and triangles of any kind. Knows of no frame before this one.

use std::hash::{Hash, Hasher};

use eframe::egui::{
    Color32, ColorImage, Rect,
    epaint::{ClippedPrimitive, Mesh, Primitive, Vertex},
};

use super::{
    Area, Patch, Textures, blend,
    glyph::Glyph,
    triangle::{Corner, PARTS, Triangle},
};

/// Farther than this from a picture a corner is brought nearer, so that no product overflows.
const FARTHEST: f32 = (1 << 28) as f32;

/// What is drawn in a frame, in its order.
#[derive(Debug)]
pub(crate) struct Figures<'a> {
    figures: Vec<Figure>,
    glyphs: Vec<Glyph<'a>>,
    triangles: Vec<Triangle<'a>>,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    /// The pixels it may touch.
    pub bounds: Area,
    /// By what it is told from another.
    pub hash: u64,
    /// Whether its texture is not what it was a frame ago.
    pub is_new: bool,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Plain(Color32),
    Glyph(usize),
    Triangle(usize),
}

impl<'a> Figures<'a> {
    /// What meshes show in a picture of this size; `patches` tells what of the textures is new.
    #[must_use]
    pub(crate) fn of(
        primitives: &[ClippedPrimitive],
        textures: &'a Textures,
        size: [usize; 2],
        pixels_per_point: f32,
        patches: &[Patch],
    ) -> Self {
        let mut found = Self { figures: Vec::new(), glyphs: Vec::new(), triangles: Vec::new() };
        let mut corners = Vec::new();
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(texture) = textures.get(&mesh.texture_id) else { continue };
            let clip = clip(*clip_rect, pixels_per_point).within(Area::of(size));
            if clip.is_empty() {
                continue;
            }
            corners.clear();
            corners.extend(mesh.vertices.iter().map(|vertex| corner(vertex, texture, pixels_per_point)));
            let patched: Vec<Area> = patches.iter().filter(|patch| patch.texture == mesh.texture_id).map(|patch| patch.area).collect();
            found.add(&Part { mesh, corners: &corners, texture, clip, patched: &patched });
        }
        found
    }

    /// Each of them, in the order in which they are drawn.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Figure> {
        self.figures.iter()
    }

    /// Draws what of them is in an area of a picture.
    pub(crate) fn draw(&self, picture: &mut ColorImage, area: Area) {
        let width = picture.size[0];
        let area = area.within(Area::of(picture.size));
        for figure in &self.figures {
            let area = figure.bounds.within(area);
            if area.is_empty() {
                continue;
            }
            match figure.kind {
                Kind::Plain(colour) => (area.top..area.bottom).for_each(|y| blend::fill(&mut picture.pixels[area.row(y, width)], colour)),
                Kind::Glyph(at) => self.glyphs[at].draw(picture, area),
                Kind::Triangle(at) => self.triangles[at].draw(picture, area),
            }
        }
    }

    fn add(&mut self, part: &Part<'_, 'a>) {
        let mut triangles = part.mesh.indices.as_chunks::<3>().0;
        while let [first, rest @ ..] = triangles {
            triangles = rest;
            if let Some((second, after)) = rest.split_first()
                && let Some((from, to)) = rectangle(part.corners, *first, *second)
            {
                triangles = after;
                self.add_rectangle(part, from, to);
            } else {
                self.add_triangle(part, first.map(|at| part.corner(at)));
            }
        }
    }

    fn add_rectangle(&mut self, part: &Part<'_, 'a>, from: Corner, to: Corner) {
        let glyph = Glyph::new(from, to, part.texture);
        let bounds = glyph.bounds().within(part.clip);
        if bounds.is_empty() || from.colour == Color32::TRANSPARENT {
            return;
        }
        if (from.u, from.v) != (to.u, to.v) {
            self.glyphs.push(glyph);
            self.push(part, bounds, Kind::Glyph(self.glyphs.len() - 1), &[from, to]);
        } else if let Some(Kind::Plain(colour)) = part.plain(from)
            && colour != Color32::TRANSPARENT
        {
            self.push(part, bounds, Kind::Plain(colour), &[from, to]);
        }
    }

    fn add_triangle(&mut self, part: &Part<'_, 'a>, corners: [Corner; 3]) {
        let Some(triangle) = Triangle::new(corners, part.texture) else { return };
        let bounds = triangle.bounds().within(part.clip);
        if !bounds.is_empty() {
            self.triangles.push(triangle);
            self.push(part, bounds, Kind::Triangle(self.triangles.len() - 1), &corners);
        }
    }

    fn push(&mut self, part: &Part<'_, 'a>, bounds: Area, kind: Kind, corners: &[Corner]) {
        let mut hash = Mixing::default();
        part.mesh.texture_id.hash(&mut hash);
        hash.write_u64(place(bounds.left, bounds.top));
        hash.write_u64(place(bounds.right, bounds.bottom));
        for corner in corners {
            hash.write_u64(place(corner.x as i32, corner.y as i32));
            hash.write_u64((u64::from(corner.u.to_bits()) << 32) | u64::from(corner.v.to_bits()));
            hash.write_u32(u32::from_le_bytes(corner.colour.to_array()));
        }
        let is_new = !part.patched.is_empty() && part.patched.iter().any(|patch| !patch.within(texels(corners)).is_empty());
        self.figures.push(Figure { bounds, hash: hash.finish(), is_new, kind });
    }
}

/// A mesh on its way to being figures.
struct Part<'p, 'a> {
    mesh: &'p Mesh,
    corners: &'p [Corner],
    texture: &'a ColorImage,
    clip: Area,
    patched: &'p [Area],
}

impl Part<'_, '_> {
    fn corner(&self, at: u32) -> Corner {
        self.corners.get(at as usize).copied().unwrap_or_default()
    }

    /// What a corner's colour is through its one texel.
    fn plain(&self, corner: Corner) -> Option<Kind> {
        let row = (corner.v.max(0.0) as usize).min(self.texture.size[1].checked_sub(1)?);
        let column = (corner.u.max(0.0) as usize).min(self.texture.size[0].checked_sub(1)?);
        let grain = self.texture.pixels.get(row * self.texture.size[0] + column)?;
        Some(Kind::Plain(blend::through(corner.colour, *grain)))
    }
}

fn place(x: i32, y: i32) -> u64 {
    (u64::from(x.cast_unsigned()) << 32) | u64::from(y.cast_unsigned())
}

fn corner(vertex: &Vertex, texture: &ColorImage, pixels_per_point: f32) -> Corner {
    let side = |point: f32| (point * pixels_per_point * PARTS as f32).round().clamp(-FARTHEST, FARTHEST) as i64;
    Corner {
        x: side(vertex.pos.x),
        y: side(vertex.pos.y),
        u: vertex.uv.x * texture.size[0] as f32,
        v: vertex.uv.y * texture.size[1] as f32,
        colour: vertex.color,
    }
}

fn clip(rect: Rect, pixels_per_point: f32) -> Area {
    let side = |point: f32| (point * pixels_per_point).round() as i32;
    Area { left: side(rect.min.x), top: side(rect.min.y), right: side(rect.max.x), bottom: side(rect.max.y) }
}

/// The texels that may be seen between corners.
fn texels(corners: &[Corner]) -> Area {
    let mut area = Area { left: i32::MAX, top: i32::MAX, right: i32::MIN, bottom: i32::MIN };
    for corner in corners {
        area.left = area.left.min(corner.u.floor() as i32);
        area.top = area.top.min(corner.v.floor() as i32);
        area.right = area.right.max((corner.u.floor() as i32).saturating_add(1));
        area.bottom = area.bottom.max((corner.v.floor() as i32).saturating_add(1));
    }
    area
}

/// The first and last corner of the upright rectangle in one colour that two triangles make, where they make one.
fn rectangle(corners: &[Corner], one: [u32; 3], other: [u32; 3]) -> Option<(Corner, Corner)> {
    let alone = |of: [u32; 3], with: [u32; 3]| {
        let mut alone = of.into_iter().filter(|at| !with.contains(at));
        Some((alone.next()?, alone.next().is_none()))
    };
    let ((third, true), (fourth, true)) = (alone(one, other)?, alone(other, one)?) else { return None };
    let mut shared = one.into_iter().filter(|at| *at != third);
    let [a, b] = [corners.get(shared.next()? as usize)?, corners.get(shared.next()? as usize)?];
    let [c, d] = [corners.get(third as usize)?, corners.get(fourth as usize)?];
    if a.x == b.x || a.y == b.y || [b, c, d].iter().any(|corner| corner.colour != a.colour) {
        return None;
    }
    // The corners that are not shared stand where the sides of those that are meet, and show what lies there.
    let meets = |corner: &Corner, x: &Corner, y: &Corner| (corner.x, corner.y, corner.u, corner.v) == (x.x, y.y, x.u, y.v);
    if !(meets(c, a, b) && meets(d, b, a) || meets(c, b, a) && meets(d, a, b)) {
        return None;
    }
    let (left, right) = if a.x < b.x { (a, b) } else { (b, a) };
    let (top, bottom) = if a.y < b.y { (a, b) } else { (b, a) };
    let first = Corner { x: left.x, y: top.y, u: left.u, v: top.v, colour: a.colour };
    Some((first, Corner { x: right.x, y: bottom.y, u: right.u, v: bottom.v, colour: a.colour }))
}

/// Tells figures apart in few steps; no one can gain by making two alike.
#[derive(Default)]
struct Mixing(u64);

impl Hasher for Mixing {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number ^ 0x9E37_79B9_7F4A_7C15) * u128::from(0xA076_1D64_78BD_642F_u64);
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
