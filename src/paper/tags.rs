//! The tree of a PDF's tags: what each part is, in the order it is read. Draws nothing.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{BBox, Identifier, ListNumbering, TableHeaderScope, Tag, TagGroup, TagTree};

/// A tag by its place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TagRef(usize);

/// What a part of a paper is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Heading(u8, String),
    Paragraph,
    List {
        bulleted: bool,
    },
    Item,
    Label,
    Body,
    Table(String),
    TableHead,
    TableBody,
    Row,
    /// A cell that heads columns, as many as it spans.
    ColumnHead,
    /// A cell that heads its row, as wide as so many columns.
    RowHead(usize),
    Cell,
    /// A drawing, with what it shows.
    Figure(String),
}

struct Node {
    kind: Kind,
    children: Vec<Child>,
    frame: Option<BBox>,
}

enum Child {
    Tag(TagRef),
    Content(Identifier),
}

/// The tags of a paper so far.
#[derive(Default)]
pub(super) struct Tags {
    nodes: Vec<Node>,
    roots: Vec<TagRef>,
}

impl Tags {
    /// Adds a tag within another, or to the paper itself.
    pub(super) fn add(&mut self, within: Option<TagRef>, kind: Kind) -> TagRef {
        let tag = TagRef(self.nodes.len());
        self.nodes.push(Node { kind, children: Vec::new(), frame: None });
        match within {
            Some(parent) => self.nodes[parent.0].children.push(Child::Tag(tag)),
            None => self.roots.push(tag),
        }
        tag
    }

    /// Says that something that was drawn belongs to a tag.
    pub(super) fn hold(&mut self, tag: TagRef, content: Identifier) {
        self.nodes[tag.0].children.push(Child::Content(content));
    }

    /// Says where a drawing stands.
    pub(super) fn frame(&mut self, tag: TagRef, frame: BBox) {
        self.nodes[tag.0].frame = Some(frame);
    }

    /// The tree as it is written.
    pub(super) fn tree(&self) -> TagTree {
        let mut tree = TagTree::new();
        for root in &self.roots {
            tree.push(self.group(*root));
        }
        tree
    }

    fn group(&self, tag: TagRef) -> TagGroup {
        let node = &self.nodes[tag.0];
        let mut group = node.group();
        for child in &node.children {
            match child {
                Child::Tag(tag) => group.push(self.group(*tag)),
                Child::Content(content) => group.push(*content),
            }
        }
        group
    }
}

impl Node {
    fn group(&self) -> TagGroup {
        match &self.kind {
            Kind::Heading(level, title) => {
                let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
                TagGroup::new(Tag::Hn(level, Some(title.clone())))
            }
            Kind::Paragraph => TagGroup::new(Tag::P),
            Kind::List { bulleted: true } => TagGroup::new(Tag::L(ListNumbering::Disc)),
            Kind::List { bulleted: false } => TagGroup::new(Tag::L(ListNumbering::None)),
            Kind::Item => TagGroup::new(Tag::LI),
            Kind::Label => TagGroup::new(Tag::Lbl),
            Kind::Body => TagGroup::new(Tag::LBody),
            Kind::Table(summary) => TagGroup::new(Tag::Table.with_summary(Some(summary.clone()))),
            Kind::TableHead => TagGroup::new(Tag::THead),
            Kind::TableBody => TagGroup::new(Tag::TBody),
            Kind::Row => TagGroup::new(Tag::TR),
            Kind::ColumnHead => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
            Kind::RowHead(span) => {
                let span = u32::try_from(*span).ok().filter(|span| *span > 1).and_then(NonZeroU32::new);
                TagGroup::new(Tag::TH(TableHeaderScope::Row).with_col_span(span))
            }
            Kind::Cell => TagGroup::new(Tag::TD),
            Kind::Figure(alt) => TagGroup::new(Tag::Figure(Some(alt.clone())).with_bbox(self.frame)),
        }
    }
}
