//! Blocks to strips and strips to pages, with what stands around each page. Draws nothing.

use super::{
    PaperError, Progress,
    blocks::{Block, Colour, Look, Orientation, Palette, Paper},
    lines::{Line, Type, broken, natural_width, shortened},
    pages::{Bookmark, Page, Room, placed},
    shaping::Shaper,
    strips::{Ink, Item, Owner, Strip},
    tags::{Kind, Tags},
};

/// The size of plain text, and of what is smaller.
pub(super) const PLAIN: f32 = 10.0;
pub(super) const SMALL: f32 = 9.0;
/// The size of what stands around a page, and of its marking.
const AROUND: f32 = 8.5;
const MARKING: f32 = 10.0;
/// From the edge of the paper to what stands around a page.
const EDGE: f32 = 20.0;
/// The most lines of a paragraph that stay together.
const TOGETHER: usize = 12;
/// The most paragraphs between a heading and a table that stay with both, and one.
const MOST_BETWEEN: usize = 4;
/// The most lines of a name that stands beside what belongs to it.
const MOST_BESIDE: usize = 6;
/// The lines of a longer paragraph that stay together.
const LINES_A_STRIP: usize = 4;

/// A paper on its way to pages.
pub(super) struct Layout<'paper> {
    pub paper: &'paper Paper,
    pub shaper: Shaper,
    pub tags: Tags,
    pub room: Room,
    /// The level of the heading before.
    level: u8,
    marking: Vec<Line>,
    pages: Vec<Page>,
    bookmarks: Vec<Bookmark>,
}

/// A paper as pages.
pub(super) struct Laid<'paper> {
    pub paper: &'paper Paper,
    pub shaper: Shaper,
    pub tags: Tags,
    pub pages: Vec<Page>,
    pub bookmarks: Vec<Bookmark>,
}

/// How a heading of each level is set: its size, and the space above it.
const HEADINGS: [(f32, f32); 4] = [(20.0, 0.0), (14.0, 20.0), (11.5, 14.0), (10.0, 10.0)];

impl<'paper> Layout<'paper> {
    pub(super) fn of(paper: &'paper Paper) -> Self {
        let mut shaper = Shaper::new();
        let width = paper.orientation.width();
        let marking = if paper.marking.trim().is_empty() {
            Vec::new()
        } else {
            broken(&mut shaper, paper.marking.trim(), Type::strong(MARKING), width)
        };
        let marked: f32 = marking.iter().map(|line| line.height).sum();
        let around = EDGE + marked + AROUND * 1.3 + 10.0;
        let room = Room { left: Orientation::SIDE, top: around, height: paper.page_size().1 - 2.0 * around };
        let tags = Tags::default();
        Self { paper, shaper, tags, room, level: 0, marking, pages: Vec::new(), bookmarks: Vec::new() }
    }

    /// Lays out all of it.
    pub(super) fn lay_all(&mut self, progress: Progress<'_>) -> Result<(), PaperError> {
        let paper = self.paper;
        let width = paper.orientation.width();
        let mut strips = Vec::new();
        let count = paper.blocks.len().max(1) as f32;
        for (at, block) in paper.blocks.iter().enumerate() {
            let from = at as f32 / count * 0.9;
            if !progress(from) {
                return Err(PaperError::Cancelled);
            }
            let mut laid = self.block(block, width, &mut |done| progress(from + done / count * 0.9))?;
            keep_to_next(&paper.blocks, at, &mut laid);
            strips.extend(laid);
        }
        if self.shaper.missing > 0 {
            strips.extend(self.said_missing(width)?);
        }
        let (mut pages, bookmarks) = placed(strips, self.room, &mut |done| progress(0.9 + done * 0.1))?;
        self.surround(&mut pages);
        (self.pages, self.bookmarks) = (pages, bookmarks);
        Ok(())
    }

    pub(super) fn finish(self) -> Laid<'paper> {
        let Self { paper, shaper, tags, pages, bookmarks, .. } = self;
        Laid { paper, shaper, tags, pages, bookmarks }
    }

    pub(super) fn palette(&self) -> &'paper Palette {
        &self.paper.palette
    }

    /// A block as strips of a width.
    pub(super) fn block(&mut self, block: &Block, width: f32, progress: Progress<'_>) -> Result<Vec<Strip>, PaperError> {
        Ok(match block {
            Block::Heading { level, text } => vec![self.heading(*level, text, width)],
            Block::Paragraph { look, text } => self.paragraph(*look, text, width),
            Block::List(points) => self.list(points, width),
            Block::Facts(facts) => self.facts(facts, width),
            Block::Table(table) => self.table(table, width, progress)?,
            Block::Figure(figure) => vec![self.figure(figure)],
            Block::Tiles(tiles) => self.tiles(tiles, width),
            Block::Columns(columns) => self.columns(columns, width, progress)?,
            Block::PageBreak => vec![Strip { breaks: true, ..Strip::default() }],
        })
    }

    fn heading(&mut self, level: u8, text: &str, width: f32) -> Strip {
        let level = level.clamp(1, 4).min(self.level + 1);
        self.level = level;
        let (size, gap) = HEADINGS[usize::from(level) - 1];
        let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let tag = self.tags.add(None, Kind::Heading(level, title.clone()));
        let lines = broken(&mut self.shaper, &title, Type::strong(size), width);
        let colour = self.palette().text;
        let mut strip = text_strip(lines, colour, Owner::Tag(tag), 0.0);
        strip.height += 3.0;
        Strip { gap, keeps: true, bookmarks: vec![(level, title, 0.0)], ..strip }
    }

    fn paragraph(&mut self, look: Look, text: &str, width: f32) -> Vec<Strip> {
        let palette = self.palette();
        let (set, colour) = match look {
            Look::Plain => (Type::regular(PLAIN), palette.text),
            Look::Muted => (Type::regular(SMALL), palette.muted),
            Look::Strong => (Type::strong(PLAIN), palette.text),
        };
        let tag = self.tags.add(None, Kind::Paragraph);
        let lines = broken(&mut self.shaper, text, set, width);
        text_strips(lines, colour, Owner::Tag(tag), 0.0, 5.0)
    }

    fn list(&mut self, points: &[String], width: f32) -> Vec<Strip> {
        let colour = self.palette().text;
        let list = self.tags.add(None, Kind::List { bulleted: true });
        let mut strips = Vec::new();
        for point in points {
            let item = self.tags.add(Some(list), Kind::Item);
            let (label, body) = (self.tags.add(Some(item), Kind::Label), self.tags.add(Some(item), Kind::Body));
            let bullet = broken(&mut self.shaper, "•", Type::regular(PLAIN), width);
            let lines = broken(&mut self.shaper, point, Type::regular(PLAIN), width - 14.0);
            let mut laid = text_strips(lines, colour, Owner::Tag(body), 14.0, 3.0);
            if let Some(first) = laid.first_mut() {
                let dot = text_strip(bullet, colour, Owner::Tag(label), 4.0);
                first.items.splice(0..0, dot.items);
            }
            strips.extend(laid);
        }
        strips
    }

    fn facts(&mut self, facts: &[(String, String)], width: f32) -> Vec<Strip> {
        let palette = self.palette();
        let list = self.tags.add(None, Kind::List { bulleted: false });
        let set = Type::regular(PLAIN);
        let most = width * 0.3;
        let widest = facts.iter().map(|(name, _)| natural_width(&mut self.shaper, name, set, most)).fold(0.0, f32::max);
        let indent = widest + 14.0;
        let mut strips = Vec::new();
        for (name, value) in facts {
            let item = self.tags.add(Some(list), Kind::Item);
            let (label, body) = (self.tags.add(Some(item), Kind::Label), self.tags.add(Some(item), Kind::Body));
            let names = broken(&mut self.shaper, name, set, widest + 1.0);
            let values = broken(&mut self.shaper, value, set, width - indent);
            let mut laid = text_strips(values, palette.text, Owner::Tag(body), indent, 2.0);
            if names.len() > MOST_BESIDE {
                // A name as long as a page stands above what belongs to it.
                strips.extend(text_strips(names, palette.muted, Owner::Tag(label), 0.0, 2.0));
            } else if let Some(first) = laid.first_mut() {
                let named = text_strip(names, palette.muted, Owner::Tag(label), 0.0);
                first.height = first.height.max(named.height);
                first.items.splice(0..0, named.items);
            }
            strips.extend(laid);
        }
        if let Some(first) = strips.first_mut() {
            first.gap = 8.0;
        }
        strips
    }

    /// Says that characters are missing, where any are.
    fn said_missing(&mut self, width: f32) -> Result<Vec<Strip>, PaperError> {
        let count = match self.shaper.missing {
            1 => "1 character is".to_owned(),
            count => format!("{count} characters are"),
        };
        let text = format!(
            "{count} shown as \u{fffd}, because no font of the computer this was made on has them. They are still there for whoever copies \
             the text or has it read out."
        );
        self.block(&Block::Paragraph { look: Look::Muted, text }, width, &mut |_| true)
    }

    /// Puts the marking, the running title and the page number on each page.
    fn surround(&mut self, pages: &mut [Page]) {
        let (width, height) = self.paper.page_size();
        let count = pages.len();
        let muted = self.palette().muted;
        let text = self.palette().text;
        let marked: f32 = self.marking.iter().map(|line| line.height).sum();
        let running = shortened(&mut self.shaper, &self.paper.running, Type::regular(AROUND), self.paper.orientation.width());
        for (at, page) in pages.iter_mut().enumerate() {
            let (mut top, mut bottom) = (EDGE, height - EDGE - marked);
            for line in &self.marking {
                let x = (width - line.width) / 2.0;
                for (owner, y) in [(Owner::Header, top), (Owner::Footer, bottom)] {
                    page.items.push(Item { owner, x, y, ink: Ink::Text { line: line.clone(), colour: text } });
                }
                (top, bottom) = (top + line.height, bottom + line.height);
            }
            if at > 0 {
                page.items.push(Item {
                    owner: Owner::Header,
                    x: Orientation::SIDE,
                    y: EDGE + marked,
                    ink: Ink::Text { line: running.clone(), colour: muted },
                });
            }
            let number = format!("Page {} of {count}", at + 1);
            let number = shortened(&mut self.shaper, &number, Type::regular(AROUND).tabular(), f32::MAX);
            let (x, y) = (width - Orientation::SIDE - number.width, height - EDGE - marked - AROUND * 1.3);
            page.items.push(Item { owner: Owner::Footer, x, y, ink: Ink::Text { line: number, colour: muted } });
        }
    }
}

/// Keeps a short paragraph under a heading to what it introduces: a table, a figure or a lesser heading.
fn keep_to_next(blocks: &[Block], at: usize, strips: &mut [Strip]) {
    let is_words = |block: &&Block| matches!(block, Block::Paragraph { .. });
    let above = blocks[..at].iter().rev().take(MOST_BETWEEN).find(|block| !is_words(block));
    let below = blocks[at + 1..].iter().take(MOST_BETWEEN).find(|block| !is_words(block));
    if let (Block::Paragraph { .. }, [only]) = (&blocks[at], strips)
        && matches!((above, below), (Some(Block::Heading { .. }), Some(Block::Table(_) | Block::Figure(_) | Block::Heading { .. })))
    {
        only.keeps = true;
    }
}

/// Lines below one another as one strip.
pub(super) fn text_strip(lines: Vec<Line>, colour: Colour, owner: Owner, x: f32) -> Strip {
    let mut strip = Strip::default();
    for line in lines {
        let height = line.height;
        strip.items.push(Item { owner, x, y: strip.height, ink: Ink::Text { line, colour } });
        strip.height += height;
    }
    strip
}

/// Lines below one another, together where they are few, with a space above them.
fn text_strips(lines: Vec<Line>, colour: Colour, owner: Owner, x: f32, gap: f32) -> Vec<Strip> {
    let together = if lines.len() <= TOGETHER { TOGETHER } else { LINES_A_STRIP };
    let mut strips: Vec<Strip> = lines.chunks(together).map(|lines| text_strip(lines.to_vec(), colour, owner, x)).collect();
    if let Some(first) = strips.first_mut() {
        first.gap = gap;
    }
    strips
}
