//! Tables as strips, a row each, with rows that are too tall in pieces. Chooses no page.

use std::{collections::VecDeque, rc::Rc};

use super::{
    PaperError, Progress,
    blocks::{Cell, Colour, Row, Signed, Table},
    layout::Layout,
    lines::{Line, Type, broken, shortened},
    strips::{Ink, Item, Owner, Strip},
    tags::{Kind, TagRef},
};
use crate::model::kinds::Side;

/// Beside and above the text of a cell.
pub(super) const PADDING: (f32, f32) = (5.0, 3.5);
/// A sign and the space behind it.
pub(super) const SIGN: f32 = 13.0;
/// The most lines of a column's heading.
const HEADING_LINES: usize = 6;
/// A row taller than this part of a page is broken, into pieces of so many points.
const TALLEST: f32 = 0.4;
const PIECE: f32 = 80.0;
/// How many rows are laid out between two looks at whether it was cancelled.
pub(super) const ROWS_A_LOOK: usize = 32;

/// What all rows of a table share.
struct Frame<'table> {
    table: &'table Table,
    /// From left to right, in points.
    widths: Vec<f32>,
    size: f32,
    body: TagRef,
}

/// A cell on its way to a strip.
struct Open {
    x: f32,
    width: f32,
    side: Side,
    lines: VecDeque<Line>,
    sign: Option<Signed>,
    fill: Option<Colour>,
    tag: TagRef,
}

impl Layout<'_> {
    pub(super) fn table(&mut self, table: &Table, width: f32, progress: Progress<'_>) -> Result<Vec<Strip>, PaperError> {
        if table.columns.is_empty() {
            return Ok(Vec::new());
        }
        let size = if table.columns.len() <= 8 { 9.0 } else { 8.0 };
        let widths = self.widths(table, size, width, progress)?;
        let tag = self.tags.add(None, Kind::Table(table.summary.clone()));
        let head = self.tags.add(Some(tag), Kind::TableHead);
        let header = self.header(table, &widths, size, head);
        let body = self.tags.add(Some(tag), Kind::TableBody);
        let frame = Frame { table, widths, size, body };
        let repeated = Rc::new(Strip { gap: 0.0, keeps: false, ..header.clone() });
        let mut strips = vec![header];
        let count = table.rows.len().max(1) as f32;
        for (at, row) in table.rows.iter().enumerate() {
            if at % ROWS_A_LOOK == 0 && !progress(0.5 + at as f32 / count * 0.5) {
                return Err(PaperError::Cancelled);
            }
            let laid = match row {
                Row::Cells(cells) => self.row(&frame, cells),
                Row::Band(text) => self.band(&frame, text),
            };
            strips.extend(laid.into_iter().map(|strip| Strip { header: Some(Rc::clone(&repeated)), ..strip }));
        }
        Ok(strips)
    }

    fn header(&mut self, table: &Table, widths: &[f32], size: f32, head: TagRef) -> Strip {
        let palette = self.palette();
        let row = self.tags.add(Some(head), Kind::Row);
        let set = Type::strong(size);
        let mut texts = Vec::new();
        let mut height: f32 = 0.0;
        let mut x = 0.0;
        for (column, &width) in table.columns.iter().zip(widths) {
            let tag = self.tags.add(Some(row), Kind::ColumnHead);
            let room = width - 2.0 * PADDING.0;
            let mut lines = broken(&mut self.shaper, &column.heading, set, room);
            if lines.len() > HEADING_LINES {
                // Of a heading as long as a page the beginning is shown, and all of it read out.
                lines.truncate(HEADING_LINES - 1);
                let mut last = shortened(&mut self.shaper, "…", set, room);
                last.actual = Some(column.heading.clone());
                lines.push(last);
            }
            height = height.max(lines.iter().map(|line| line.height).sum());
            texts.push((x, width, column.side, lines, tag));
            x += width;
        }
        let whole: f32 = widths.iter().sum();
        let height = height + 2.0 * PADDING.1;
        let mut strip = Strip { height, gap: 8.0, keeps: true, ..Strip::default() };
        strip.items.push(Item { owner: Owner::Layout, x: 0.0, y: 0.0, ink: Ink::Rect { width: whole, height, fill: palette.panel } });
        strip.items.push(rule(whole, height, palette.muted, 1.0));
        for (x, width, side, lines, tag) in texts {
            let mut y = height - PADDING.1 - lines.iter().map(|line| line.height).sum::<f32>();
            for line in lines {
                let (left, tall) = (x + within(side, &line, width), line.height);
                strip.items.push(Item { owner: Owner::Tag(tag), x: left, y, ink: Ink::Text { line, colour: palette.text } });
                y += tall;
            }
        }
        strip
    }

    fn band(&mut self, frame: &Frame<'_>, text: &str) -> Vec<Strip> {
        let palette = self.palette();
        let row = self.tags.add(Some(frame.body), Kind::Row);
        let tag = self.tags.add(Some(row), Kind::RowHead(frame.table.columns.len()));
        let whole: f32 = frame.widths.iter().sum();
        let lines = broken(&mut self.shaper, text, Type::strong(frame.size), whole - 2.0 * PADDING.0);
        let open = Open { x: 0.0, width: whole, side: Side::Left, lines: lines.into(), sign: None, fill: None, tag };
        let mut strips = self.pieces(whole, vec![open]);
        for strip in &mut strips {
            let ink = Ink::Rect { width: whole, height: strip.height, fill: palette.panel };
            strip.items.insert(0, Item { owner: Owner::Layout, x: 0.0, y: 0.0, ink });
        }
        if let Some(last) = strips.last_mut() {
            last.keeps = true;
        }
        strips
    }

    fn row(&mut self, frame: &Frame<'_>, cells: &[Cell]) -> Vec<Strip> {
        let row = self.tags.add(Some(frame.body), Kind::Row);
        let blank = Cell::default();
        let mut open = Vec::new();
        let mut x = 0.0;
        for (at, (column, &width)) in frame.table.columns.iter().zip(&frame.widths).enumerate() {
            let cell = cells.get(at).unwrap_or(&blank);
            let kind = if column.names_row { Kind::RowHead(1) } else { Kind::Cell };
            let tag = self.tags.add(Some(row), kind);
            let sign = if cell.sign.is_some() { SIGN } else { 0.0 };
            let set = if cell.strong { Type::strong(frame.size) } else { Type::regular(frame.size) };
            let room = (width - 2.0 * PADDING.0 - sign).max(frame.size);
            let lines = broken(&mut self.shaper, &cell.text, set.tabular(), room);
            open.push(Open { x, width, side: column.side, lines: lines.into(), sign: cell.sign, fill: cell.fill, tag });
            x += width;
        }
        self.pieces(frame.widths.iter().sum(), open)
    }

    /// A row as one strip or, where it is tall, as several.
    fn pieces(&self, whole: f32, mut open: Vec<Open>) -> Vec<Strip> {
        let tall = |open: &[Open]| open.iter().map(|cell| cell.lines.iter().map(|line| line.height).sum()).fold(0.0, f32::max);
        let most = if tall(&open) + 2.0 * PADDING.1 > self.room.height * TALLEST { PIECE } else { f32::MAX };
        let palette = self.palette();
        let mut strips: Vec<Strip> = Vec::new();
        loop {
            let first = strips.is_empty();
            let mut strip = Strip { height: if first { PADDING.1 } else { 0.0 }, ..Strip::default() };
            let (mut texts, mut fills) = (Vec::new(), Vec::new());
            let begin = strip.height;
            for cell in &mut open {
                let mut y = begin;
                let sign = cell.sign.map_or(0.0, |_| SIGN);
                if let Some(signed) = cell.sign.filter(|_| first) {
                    let middle = cell.lines.front().map_or(0.0, |line| line.height / 2.0);
                    let x = cell.x + PADDING.0 + 4.5;
                    texts.push(Item { owner: Owner::Tag(cell.tag), x, y: y + middle, ink: Ink::Sign { radius: 4.0, signed } });
                }
                while let Some(line) = cell.lines.front() {
                    if y > begin && y + line.height > begin + most {
                        break;
                    }
                    let Some(line) = cell.lines.pop_front() else { break };
                    let x = cell.x + sign + within(cell.side, &line, cell.width - sign);
                    let height = line.height;
                    texts.push(Item { owner: Owner::Tag(cell.tag), x, y, ink: Ink::Text { line, colour: palette.text } });
                    y += height;
                }
                strip.height = strip.height.max(y);
                if let Some(fill) = cell.fill.filter(|_| y > begin) {
                    // Behind its words, and no further down where others say more.
                    let ink = Ink::Rect { width: cell.width - 2.0, height: y - begin + 3.0, fill };
                    fills.push(Item { owner: Owner::Layout, x: cell.x + 1.0, y: begin - 1.5, ink });
                }
            }
            let ended = open.iter().all(|cell| cell.lines.is_empty());
            strip.height += if ended { PADDING.1 } else { 0.0 };
            let height = strip.height;
            strip.items.extend(fills);
            if ended {
                strip.items.push(rule(whole, height, palette.hairline, 0.6));
            }
            strip.items.extend(texts);
            strips.push(strip);
            if ended {
                return strips;
            }
        }
    }
}

/// How far from a column's left edge a line begins.
fn within(side: Side, line: &Line, width: f32) -> f32 {
    let side = if line.leftward { Side::Right } else { side };
    match side {
        Side::Left => PADDING.0,
        Side::Centre => (width - line.width) / 2.0,
        Side::Right => width - PADDING.0 - line.width,
    }
}

fn rule(width: f32, y: f32, colour: Colour, weight: f32) -> Item {
    let ink = Ink::Stroke { points: vec![(0.0, 0.0), (width, 0.0)], colour, width: weight };
    Item { owner: Owner::Layout, x: 0.0, y, ink }
}
