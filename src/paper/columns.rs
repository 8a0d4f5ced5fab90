//! Blocks side by side, and figures in boxes. Chooses no page.

use super::{
    PaperError, Progress,
    blocks::{Block, COLUMN_GAP, Tile, column_width},
    layout::{Layout, SMALL, text_strip},
    lines::{Type, broken},
    strips::{Ink, Item, Owner, Strip},
    tags::{Kind, TagRef},
};

/// The narrowest box of a figure, and the space between two.
const NARROWEST: f32 = 94.0;
const GAP: f32 = 10.0;
/// Within a box.
const PADDING: f32 = 7.0;
/// The size of a box's figure.
const FIGURE: f32 = 17.0;

impl Layout<'_> {
    /// Columns as one strip, or below one another where a page is too short.
    pub(super) fn columns(&mut self, columns: &[Vec<Block>], width: f32, progress: Progress<'_>) -> Result<Vec<Strip>, PaperError> {
        let each = column_width(width, columns.len());
        let mut laid: Vec<Vec<Strip>> = Vec::new();
        for blocks in columns {
            let mut strips = Vec::new();
            for block in blocks {
                strips.extend(self.block(block, each, progress)?);
            }
            laid.push(strips);
        }
        let height = |strips: &[Strip]| -> f32 {
            strips.iter().enumerate().map(|(at, strip)| strip.height + if at == 0 { 0.0 } else { strip.gap }).sum()
        };
        if laid.iter().any(|strips| height(strips) > self.room.height) {
            return Ok(laid.concat());
        }
        let mut whole = Strip { gap: 8.0, ..Strip::default() };
        for (number, strips) in laid.into_iter().enumerate() {
            let x = number as f32 * (each + COLUMN_GAP);
            let mut y = 0.0;
            for (at, strip) in strips.into_iter().enumerate() {
                y += if at == 0 { 0.0 } else { strip.gap };
                let height = strip.height;
                whole.add(strip, x, y);
                y += height;
            }
        }
        Ok(vec![whole])
    }

    /// Boxes side by side, as many in a row as there is room for.
    pub(super) fn tiles(&mut self, tiles: &[Tile], width: f32) -> Vec<Strip> {
        if tiles.is_empty() {
            return Vec::new();
        }
        let fitting = (((width + GAP) / (NARROWEST + GAP)).floor() as usize).clamp(1, tiles.len());
        let rows = tiles.len().div_ceil(fitting);
        let in_row = tiles.len().div_ceil(rows);
        let each = (width - GAP * (in_row as f32 - 1.0)) / in_row as f32;
        let list = self.tags.add(None, Kind::List { bulleted: false });
        let mut strips = Vec::new();
        for row in tiles.chunks(in_row) {
            let laid: Vec<Strip> = row
                .iter()
                .map(|tile| {
                    let item = self.tags.add(Some(list), Kind::Item);
                    let body = self.tags.add(Some(item), Kind::Body);
                    self.tile(tile, each, body)
                })
                .collect();
            let height = laid.iter().map(|strip| strip.height).fold(0.0, f32::max);
            let mut whole = Strip { gap: GAP, height, ..Strip::default() };
            let palette = self.palette();
            for (number, strip) in laid.into_iter().enumerate() {
                let x = number as f32 * (each + GAP);
                let edge = row[number].sign.map_or(palette.hairline, |signed| signed.colour);
                for (width, fill) in [(each, palette.panel), (2.0, edge)] {
                    whole.items.push(Item { owner: Owner::Layout, x, y: 0.0, ink: Ink::Rect { width, height, fill } });
                }
                whole.add(strip, x, 0.0);
            }
            strips.push(whole);
        }
        strips
    }

    fn tile(&mut self, tile: &Tile, width: f32, body: TagRef) -> Strip {
        let owners = [0; 3].map(|_| Owner::Tag(self.tags.add(Some(body), Kind::Paragraph)));
        let palette = self.palette();
        let room = width - 2.0 * PADDING - 2.0;
        let x = PADDING + 2.0;
        let mut strip = Strip { height: PADDING, ..Strip::default() };
        let label = broken(&mut self.shaper, &tile.label, Type::regular(SMALL), room);
        let figure = broken(&mut self.shaper, &tile.figure, Type::strong(FIGURE).tabular(), room);
        let indent = if tile.sign.is_some() { 12.0 } else { 0.0 };
        let about = broken(&mut self.shaper, &tile.about, Type::regular(SMALL), room - indent);
        let y = strip.height;
        strip.add(text_strip(label, palette.muted, owners[0], 0.0), x, y);
        let y = strip.height;
        strip.add(text_strip(figure, palette.text, owners[1], 0.0), x, y);
        let y = strip.height + 1.0;
        if let Some(signed) = tile.sign {
            strip.items.push(Item { owner: owners[2], x: x + 4.0, y: y + SMALL * 0.65, ink: Ink::Sign { radius: 4.0, signed } });
        }
        strip.add(text_strip(about, palette.text, owners[2], indent), x, y);
        strip.height += PADDING;
        strip
    }
}
