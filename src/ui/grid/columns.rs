//! Where columns stand: which are frozen, how wide each is drawn, and what is in view.

use crate::model::{Role, Table, TableKind, kinds::Kind};

/// The narrowest a column can be made, in points.
pub const NARROWEST: f32 = 48.0;

/// The columns of a table as drawn.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Columns {
    /// Where each column begins from the left of the table, unscrolled, in points; and where the last ends.
    lefts: Vec<f32>,
    /// How many columns on the left stay in view.
    pub frozen: usize,
}

impl Columns {
    /// Lays columns out; room to spare goes to the columns of words.
    pub fn of(table: &Table, room: f32) -> Self {
        let wide: f32 = table.columns.iter().map(|column| column.width).sum();
        let wordy = |kind: Kind| kind == Kind::Paragraph;
        let words: f32 = table.columns.iter().filter(|column| wordy(column.kind)).map(|column| column.width).sum();
        let spare = if words > 0.0 { (room - wide).max(0.0) / words } else { 0.0 };
        let mut left = 0.0;
        let mut lefts = vec![0.0];
        for column in &table.columns {
            let stretch = if wordy(column.kind) { column.width * spare } else { 0.0 };
            left += (column.width + stretch).floor().max(NARROWEST);
            lefts.push(left);
        }
        let head = match table.kind {
            TableKind::History => table.role_position(Role::Status),
            TableKind::Plan | TableKind::Kpi | TableKind::Register => table.role_position(Role::Ref),
        };
        Self { lefts, frozen: head.filter(|&at| at < 2).map_or(0, |at| at + 1) }
    }

    pub fn left(&self, at: usize) -> f32 {
        self.lefts[at]
    }

    pub fn width(&self, at: usize) -> f32 {
        self.lefts[at + 1] - self.lefts[at]
    }

    pub fn len(&self) -> usize {
        self.lefts.len() - 1
    }

    /// The width of all columns.
    pub fn total(&self) -> f32 {
        self.lefts.last().copied().unwrap_or(0.0)
    }

    /// The width of the frozen columns.
    pub fn frozen_width(&self) -> f32 {
        self.lefts[self.frozen]
    }
}
