//! Strips put on pages: what fits where, with headings kept to what they head. Draws nothing.

use super::{
    PaperError, Progress,
    strips::{Item, Owner, Strip},
};

/// A page, with what is drawn on it. Places are from its upper left corner.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub items: Vec<Item>,
}

/// Where a heading stands.
#[derive(Debug)]
pub(super) struct Bookmark {
    pub level: u8,
    pub text: String,
    pub page: usize,
    pub y: f32,
}

/// The room on a page, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub left: f32,
    pub top: f32,
    pub height: f32,
}

/// Puts strips on pages.
pub(super) fn placed(strips: Vec<Strip>, room: Room, progress: Progress<'_>) -> Result<(Vec<Page>, Vec<Bookmark>), PaperError> {
    let mut pages = vec![Page::default()];
    let mut bookmarks = Vec::new();
    let mut y = 0.0;
    let needed = needed(&strips, room.height);
    let total = strips.len().max(1) as f32;
    for (at, (strip, needed)) in strips.into_iter().zip(needed).enumerate() {
        if at % 64 == 0 && !progress(at as f32 / total) {
            return Err(PaperError::Cancelled);
        }
        let begun = y > 0.0;
        let gap = if begun { strip.gap } else { 0.0 };
        if begun && (strip.breaks || y + gap + needed > room.height + 0.01) {
            pages.push(Page::default());
            y = 0.0;
            if let Some(header) = &strip.header {
                put(&mut pages, (**header).clone(), room, &mut y, true);
            }
        } else {
            y += gap;
        }
        for (level, text, down) in &strip.bookmarks {
            bookmarks.push(Bookmark { level: *level, text: text.clone(), page: pages.len() - 1, y: room.top + y + down });
        }
        put(&mut pages, strip, room, &mut y, false);
    }
    Ok((pages, bookmarks))
}

/// How much room each strip asks for: its own, and that of those it is kept to, as far as a page has it.
fn needed(strips: &[Strip], height: f32) -> Vec<f32> {
    let mut needed = vec![0.0; strips.len()];
    let mut below = 0.0;
    for (at, strip) in strips.iter().enumerate().rev() {
        let chain = if strip.keeps && below > 0.0 { strip.height + below } else { strip.height };
        // A chain longer than a page is let go.
        needed[at] = if chain > height { strip.height } else { chain };
        below = if strip.breaks { 0.0 } else { needed[at] + strip.gap };
    }
    needed
}

fn put(pages: &mut [Page], strip: Strip, room: Room, y: &mut f32, repeated: bool) {
    let Some(page) = pages.last_mut() else { return };
    let moved = strip.items.into_iter().map(|item| item.moved(room.left, room.top + *y));
    page.items.extend(moved.map(|item| if repeated { Item { owner: Owner::Layout, ..item } } else { item }));
    *y += strip.height;
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    fn heights(strips: Vec<Strip>) -> usize {
        let room = Room { left: 0.0, top: 0.0, height: 100.0 };
        placed(strips, room, &mut |_| true).map_or(0, |(pages, _)| pages.len())
    }

    fn strip(height: f32) -> Strip {
        Strip { height, ..Strip::default() }
    }

    #[test]
    fn a_heading_goes_with_what_it_heads() {
        let heading = || Strip { keeps: true, ..strip(10.0) };
        assert_eq!(heights(vec![strip(50.0), heading(), strip(40.0)]), 1);
        let room = Room { left: 0.0, top: 0.0, height: 100.0 };
        let titled = Strip { bookmarks: vec![(2, "KPIs".to_owned(), 0.0)], ..heading() };
        let (pages, marks) = placed(vec![strip(60.0), titled, strip(40.0)], room, &mut |_| true).unwrap();
        assert_eq!((pages.len(), marks[0].page), (2, 1));
    }

    #[test]
    fn a_header_row_is_repeated_where_its_table_goes_on() {
        let item = Item {
            owner: Owner::Footer,
            x: 0.0,
            y: 0.0,
            ink: super::super::strips::Ink::Stroke { points: Vec::new(), colour: crate::paper::Colour(0), width: 1.0 },
        };
        let header = Rc::new(Strip { height: 20.0, items: vec![item], ..Strip::default() });
        let rows = (0..4).map(|_| Strip { header: Some(Rc::clone(&header)), ..strip(40.0) }).collect();
        let room = Room { left: 0.0, top: 0.0, height: 100.0 };
        let (pages, _) = placed(rows, room, &mut |_| true).unwrap();
        assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [0, 1]);
        assert!(placed(vec![strip(1.0)], room, &mut |_| false).is_err());
    }
}
