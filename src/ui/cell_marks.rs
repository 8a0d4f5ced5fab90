//! What the notes and the ratings say of a table's cells, gathered once for each change of the figures and not each frame.

use std::{collections::HashMap, sync::Arc};

use super::grid::Marks;
use crate::{
    app::state::State,
    insight::{Insight, Rating},
    model::{ColumnId, RowId, Table, TableId},
};

/// What was gathered last, and of what.
#[derive(Debug, Default)]
pub(super) struct CellMarks {
    of: Option<(Arc<Insight>, TableId)>,
    pub marks: Marks,
    /// Each KPI's rating, with the column of its current value.
    pub ratings: HashMap<RowId, (Rating, Option<ColumnId>)>,
}

impl CellMarks {
    /// Gathers anew when the figures or the table in view are others.
    pub(super) fn update(&mut self, state: &State, table: &Table) {
        if self.of.as_ref().is_some_and(|(insight, id)| Arc::ptr_eq(insight, state.workspace.insight()) && *id == table.id) {
            return;
        }
        self.of = Some((Arc::clone(state.workspace.insight()), table.id));
        self.marks = marks(state, table);
        let of_table = state.workspace.insight().ratings.iter().filter(|((held, _), _)| *held == table.id);
        self.ratings = of_table.map(|((_, row), rated)| (*row, (rated.rating, rated.current))).collect();
    }
}

/// The notes on a table's cells, each cell's as one text.
fn marks(state: &State, table: &Table) -> Marks {
    let mut marks = Marks::new();
    for noted in state.workspace.noted(table) {
        let mark = marks.entry((noted.row, noted.column)).or_insert_with(|| (noted.severity, String::new()));
        mark.0 = mark.0.max(noted.severity);
        if !mark.1.is_empty() {
            mark.1.push('\n');
        }
        mark.1.push_str(noted.words);
    }
    marks
}
