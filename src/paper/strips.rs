//! Strips: the parts of a paper that are not broken over pages, each with what is drawn on it. Chooses no page.

use std::rc::Rc;

use super::{
    blocks::{Colour, Signed},
    lines::Line,
    tags::TagRef,
};

/// What a drawn thing belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Owner {
    Tag(TagRef),
    /// A part of a drawing whose tag it is, and its frame within the strip: left, top, width and height.
    Figure(TagRef, [f32; 4]),
    /// What only looks: rules, fills, repeated headings.
    Layout,
    /// What stands at the top or bottom of each page.
    Header,
    Footer,
}

/// A thing that is drawn. Places are in points from the upper left corner of its strip, or of its page.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub owner: Owner,
    pub x: f32,
    pub y: f32,
    pub ink: Ink,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub(super) enum Ink {
    /// A line whose box begins at the item's place.
    Text {
        line: Line,
        colour: Colour,
    },
    Rect {
        width: f32,
        height: f32,
        fill: Colour,
    },
    /// Points from the item's place on.
    Stroke {
        points: Vec<(f32, f32)>,
        colour: Colour,
        width: f32,
    },
    /// A shape around the item's place.
    Sign {
        radius: f32,
        signed: Signed,
    },
}

/// A part of a paper that stands on one page as a whole.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    pub height: f32,
    /// The space above it, unless it begins a page.
    pub gap: f32,
    pub items: Vec<Item>,
    /// Whether it stands on the page of the one below it.
    pub keeps: bool,
    /// Whether it begins a page.
    pub breaks: bool,
    /// What is drawn above it where it begins a page, as the header row of its table.
    pub header: Option<Rc<Strip>>,
    /// The headings that begin in it, with their levels and how far down.
    pub bookmarks: Vec<(u8, String, f32)>,
}

impl Strip {
    /// Puts another's items into this one, further right and down.
    pub(super) fn add(&mut self, other: Self, x: f32, y: f32) {
        self.items.extend(other.items.into_iter().map(|item| item.moved(x, y)));
        self.bookmarks.extend(other.bookmarks.into_iter().map(|(level, text, at)| (level, text, at + y)));
        self.height = self.height.max(y + other.height);
    }
}

impl Item {
    /// The same in another place.
    pub(super) fn moved(mut self, x: f32, y: f32) -> Self {
        self.x += x;
        self.y += y;
        if let Owner::Figure(_, frame) = &mut self.owner {
            frame[0] += x;
            frame[1] += y;
        }
        self
    }
}
