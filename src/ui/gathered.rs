//! What the notes and the ratings say of a table's cells, gathered once for each change of the figures and not each frame.

use std::{collections::HashMap, sync::Arc};

use super::grid::Marks;
use crate::{
    app::state::State,
    insight::{Insight, Rating},
    model::{RowId, Table, TableId},
};

/// What was gathered last, and of what.
#[derive(Debug, Default)]
pub struct Gathered {
    of: Option<(Arc<Insight>, TableId)>,
    pub marks: Marks,
    pub ratings: HashMap<RowId, Rating>,
}

impl Gathered {
    /// Gathers anew when the figures or the table in view are others.
    pub fn update(&mut self, state: &State, table: &Table) {
        if self.of.as_ref().is_some_and(|(insight, id)| Arc::ptr_eq(insight, &state.insight) && *id == table.id) {
            return;
        }
        self.of = Some((Arc::clone(&state.insight), table.id));
        self.marks = marks(state, table.id);
        let of_table = state.insight.ratings.iter().filter(|((held, _), _)| *held == table.id);
        self.ratings = of_table.map(|((_, row), rated)| (*row, rated.rating)).collect();
    }
}

/// The notes on a table's cells.
fn marks(state: &State, table: TableId) -> Marks {
    let mut marks = Marks::new();
    for note in state.insight.notes.iter().chain(&state.read_notes).filter(|note| note.place.table == Some(table)) {
        let Some(row) = note.place.row else { continue };
        let mark = marks.entry((row, note.place.column)).or_insert_with(|| (note.severity, String::new()));
        mark.0 = mark.0.max(note.severity);
        if !mark.1.is_empty() {
            mark.1.push('\n');
        }
        mark.1.push_str(&note.message);
    }
    marks
}
