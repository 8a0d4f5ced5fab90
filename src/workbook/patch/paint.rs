//! The fill of a cell whose owner paints each status by hand: as other cells of the status are. Leaves what a rule of Excel paints.

use std::{collections::HashMap, sync::Arc};

use super::{cell_styles::CellStyles, facts::SheetFacts};

/// How the cells of a column are painted by what they state.
#[derive(Clone, Debug, PartialEq)]
pub struct Paint {
    /// Cells of the column, and of the key, by their zero-based rows and columns, each with a number for what it states.
    pub cells: Arc<Vec<(u32, u32, usize)>>,
    /// The number for what the cell is to state; none where it states nothing.
    pub states: Option<usize>,
    /// The colour for it, 0xRRGGBB, where no other cell states it.
    pub colour: Option<u32>,
}

/// The fill of each statement of a column with a style that has it, by the list of its cells.
#[derive(Default)]
pub(super) struct Fills(HashMap<usize, HashMap<usize, (Option<usize>, usize)>>);

impl Paint {
    /// The cells it looks at.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u32, u32)> {
        self.cells.iter().map(|(row, column, _)| (*row, *column))
    }

    /// The style of a cell, painted for what it is to state; the same where the column is not painted by hand.
    pub(super) fn style(&self, own: usize, facts: &SheetFacts, styles: &mut CellStyles, known: &mut Fills) -> usize {
        let fills = known.0.entry(Arc::as_ptr(&self.cells) as usize).or_insert_with(|| self.fills(facts, styles));
        let mut different: Vec<Option<usize>> = fills.values().map(|(fill, _)| *fill).collect();
        different.sort_unstable();
        different.dedup();
        // One status of its own in one colour may be a column that is painted as a whole.
        if !different.iter().any(Option::is_some) || different.len() < 2 {
            return own;
        }
        match self.states.and_then(|states| fills.get(&states)) {
            Some((Some(_), like)) => styles.painted_like(own, *like),
            Some((None, _)) => styles.unpainted(own),
            None => match self.colour.filter(|_| self.states.is_some()) {
                Some(colour) => styles.painted(own, colour),
                None => styles.unpainted(own),
            },
        }
    }

    /// The fill that most cells of each statement have, and a style that has it. One whose cells differ has none.
    fn fills(&self, facts: &SheetFacts, styles: &CellStyles) -> HashMap<usize, (Option<usize>, usize)> {
        let mut counts: HashMap<usize, HashMap<Option<usize>, (usize, usize)>> = HashMap::new();
        for (row, column, states) in self.cells.iter().filter(|(row, column, _)| !facts.is_conditional((*row, *column))) {
            let style = facts.style((*row, *column));
            let counted = counts.entry(*states).or_default().entry(styles.fill(style)).or_insert((0, style));
            counted.0 += 1;
        }
        let most = |(states, counts): (usize, HashMap<Option<usize>, (usize, usize)>)| {
            let all: usize = counts.values().map(|(count, _)| count).sum();
            let (fill, (count, style)) = counts.into_iter().max_by_key(|(fill, (count, _))| (*count, *fill))?;
            (count * 3 >= all * 2).then_some((states, (fill, style)))
        };
        counts.into_iter().filter_map(most).collect()
    }
}
