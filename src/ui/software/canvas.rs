//! The window's picture, kept from frame to frame: finds what of it is damaged, and draws that again. Shows it nowhere.

use eframe::egui::{Color32, ColorImage, TexturesDelta, epaint::ClippedPrimitive};

use crate::ui::raster::{Area, Figures, Textures, take_textures};

/// A tile's size in pixels.
const TILE: [i32; 2] = [64, 32];
/// Of more damaged rectangles than this each row of tiles makes one: every rectangle looks at every figure.
const MOST_RECTANGLES: usize = 24;

/// The picture, and by what its tiles are told from those of the next frame.
#[derive(Debug)]
pub(super) struct Canvas {
    picture: ColorImage,
    background: Color32,
    tiles: Vec<u64>,
    textures: Textures,
}

impl Canvas {
    /// A picture with nothing in it yet.
    #[must_use]
    pub(super) fn new(background: Color32) -> Self {
        Self { picture: ColorImage::filled([0, 0], background), background, tiles: Vec::new(), textures: Textures::new() }
    }

    /// What was drawn.
    #[must_use]
    pub(super) fn picture(&self) -> &ColorImage {
        &self.picture
    }

    /// Draws what differs from the frame before, and tells where that is.
    pub(super) fn draw(
        &mut self,
        primitives: &[ClippedPrimitive],
        delta: &mut TexturesDelta,
        size: [usize; 2],
        pixels_per_point: f32,
    ) -> Vec<Area> {
        let freed = delta.free.clone();
        let patches = take_textures(&mut self.textures, delta);
        let figures = Figures::of(primitives, &self.textures, size, pixels_per_point, &patches);
        let grid = Grid::of(size);
        let (tiles, mut damaged) = grid.tiles(&figures);
        if self.picture.size == size {
            for (damaged, (now, before)) in damaged.iter_mut().zip(tiles.iter().zip(&self.tiles)) {
                *damaged |= now != before;
            }
        } else {
            self.picture = ColorImage::filled(size, self.background);
            damaged.fill(true);
        }
        let damage = grid.rectangles(&damaged);
        for area in &damage {
            for y in area.top..area.bottom {
                self.picture.pixels[area.row(y, size[0])].fill(self.background);
            }
            figures.draw(&mut self.picture, *area);
        }
        self.tiles = tiles;
        self.textures.retain(|id, _| !freed.contains(id));
        damage
    }
}

/// The tiles of a picture.
struct Grid {
    size: [usize; 2],
    columns: usize,
    rows: usize,
}

impl Grid {
    fn of(size: [usize; 2]) -> Self {
        let count = |side: usize, tile: i32| side.div_ceil(tile.unsigned_abs() as usize);
        Self { size, columns: count(size[0], TILE[0]), rows: count(size[1], TILE[1]) }
    }

    /// A number for each tile by which what is drawn there is known again, and whether it is new whatever that number is.
    fn tiles(&self, figures: &Figures<'_>) -> (Vec<u64>, Vec<bool>) {
        let mut tiles = vec![0_u64; self.columns * self.rows];
        let mut damaged = vec![false; tiles.len()];
        for figure in figures.iter() {
            let bounds = figure.bounds;
            let columns = (bounds.left / TILE[0]) as usize..=((bounds.right - 1) / TILE[0]) as usize;
            for row in (bounds.top / TILE[1]) as usize..=((bounds.bottom - 1) / TILE[1]) as usize {
                let tiles = &mut tiles[row * self.columns..][columns.clone()];
                for tile in tiles {
                    // What comes later is drawn over what came before, so that their order counts.
                    *tile = (tile.rotate_left(5) ^ figure.hash).wrapping_mul(0x9FB2_1C65_1E98_DF25);
                }
                if figure.is_new {
                    damaged[row * self.columns..][columns.clone()].fill(true);
                }
            }
        }
        (tiles, damaged)
    }

    /// The damaged tiles as few rectangles.
    fn rectangles(&self, damaged: &[bool]) -> Vec<Area> {
        let mut found: Vec<Area> = Vec::new();
        for (row, tiles) in damaged.chunks(self.columns.max(1)).enumerate() {
            let mut column = 0;
            while let Some(start) = tiles[column..].iter().position(|damaged| *damaged) {
                let from = column + start;
                let length = tiles[from..].iter().take_while(|damaged| **damaged).count();
                column = from + length;
                self.add(&mut found, [from, column], row);
            }
        }
        if found.len() > MOST_RECTANGLES {
            let mut wide: Vec<Area> = Vec::new();
            for (row, tiles) in damaged.chunks(self.columns.max(1)).enumerate() {
                if let Some(from) = tiles.iter().position(|damaged| *damaged) {
                    let to = tiles.iter().rposition(|damaged| *damaged).unwrap_or(from) + 1;
                    self.add(&mut wide, [from, to], row);
                }
            }
            found = wide;
        }
        found
    }

    /// Adds tiles of a row, to a rectangle that they go on where there is one.
    fn add(&self, found: &mut Vec<Area>, [from, to]: [usize; 2], row: usize) {
        let [width, height] = TILE.map(|side| side.unsigned_abs() as usize);
        let tiles = Area::at([from * width, row * height], [(to - from) * width, height]).within(Area::of(self.size));
        let above = found.iter_mut().find(|area| area.bottom == tiles.top && (area.left, area.right) == (tiles.left, tiles.right));
        match above {
            Some(above) => above.bottom = tiles.bottom,
            None => found.push(tiles),
        }
    }
}
