//! Where columns stand: which are frozen, how wide each is drawn, and what is in view.

use crate::{
    model::{Role, Table, TableKind, kinds::Kind},
    store::{Frozen, TableView},
};

/// The narrowest a column can be made, in points.
pub(super) const NARROWEST: f32 = 48.0;
/// The room at the left of every row, where it is selected and dragged, in points.
const GUTTER: f32 = 24.0;
/// What is left at least for the columns that scroll, in points.
const SCROLLED: f32 = 160.0;

/// The columns of a table as drawn.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct GridColumns {
    /// Where each column begins from the left of the table, unscrolled, in points; and where the last ends.
    lefts: Vec<f32>,
    /// How many columns on the left stay in view.
    pub frozen: usize,
}

impl GridColumns {
    /// Lays columns out, enlarged by `zoom`; room to spare goes to the columns of words.
    pub(super) fn of(table: &Table, view: &TableView, room: f32, zoom: f32) -> Self {
        let shown = || table.columns.iter().filter(|column| !view.hides(column));
        let gutter = (GUTTER * zoom).max(GUTTER).floor();
        let wide: f32 = gutter + shown().map(|column| column.width * zoom).sum::<f32>();
        let wordy = |kind: Kind| kind == Kind::Paragraph;
        let words: f32 = shown().filter(|column| wordy(column.kind)).map(|column| column.width * zoom).sum();
        let spare = if words > 0.0 { (room - wide).max(0.0) / words } else { 0.0 };
        let mut left = gutter;
        let mut lefts = vec![left];
        for column in &table.columns {
            if !view.hides(column) {
                let stretch = if wordy(column.kind) { column.width * zoom * spare } else { 0.0 };
                left += (column.width * zoom + stretch).floor().max(NARROWEST * zoom);
            }
            lefts.push(left);
        }
        let head = match table.kind {
            TableKind::History => table.role_position(Role::Status),
            TableKind::Plan | TableKind::Kpi | TableKind::Register => table.role_position(Role::Ref),
        };
        let usual = head.filter(|&at| at < 2).map_or(0, |at| at + 1);
        let mut frozen = match &view.frozen {
            Frozen::Usual => usual,
            Frozen::Off => 0,
            Frozen::To(key) => table.columns.iter().position(|column| key.is(column)).map_or(usual, |at| at + 1),
        };
        // A narrow window lets go of what would leave no room to scroll in.
        while frozen > 0 && lefts[frozen] > (room - SCROLLED).max(0.0) {
            frozen -= 1;
        }
        Self { lefts, frozen }
    }

    pub(super) fn left(&self, at: usize) -> f32 {
        self.lefts[at]
    }

    pub(super) fn width(&self, at: usize) -> f32 {
        self.lefts[at + 1] - self.lefts[at]
    }

    pub(super) fn len(&self) -> usize {
        self.lefts.len() - 1
    }

    /// Whether a column is in sight rather than put away.
    pub(super) fn is_shown(&self, at: usize) -> bool {
        self.width(at) > 0.0
    }

    /// The first column in sight.
    pub(super) fn first(&self) -> usize {
        (0..self.len()).find(|&at| self.is_shown(at)).unwrap_or(0)
    }

    /// The last column in sight.
    pub(super) fn last(&self) -> usize {
        (0..self.len()).rfind(|&at| self.is_shown(at)).unwrap_or(0)
    }

    /// The width of the room at the left of every row.
    pub(super) fn gutter(&self) -> f32 {
        self.lefts.first().copied().unwrap_or(0.0)
    }

    /// The width of all columns, with the room before them.
    pub(super) fn total(&self) -> f32 {
        self.lefts.last().copied().unwrap_or(0.0)
    }

    /// The width of the frozen columns, with the room before them.
    pub(super) fn frozen_width(&self) -> f32 {
        self.lefts[self.frozen]
    }
}
