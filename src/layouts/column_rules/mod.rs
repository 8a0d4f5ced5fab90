//! The rules that tell what a column is: tables of functions, each of which says its piece of evidence. Decides nothing.

mod cells;
mod charts;
mod dates;
mod heading;
mod indicators;
mod place;
mod rule;

use super::{
    evidence::{Evidence, weight},
    facts::TableFacts,
};
use crate::model::Role;

use rule::Rule;

pub(super) use place::naming_role;

/// What a heading and the cells under it say by themselves.
const ALONE: [&[Rule]; 2] = [heading::RULES, cells::RULES];

/// What they say beside what the other columns claim to be.
const TOGETHER: [&[Rule]; 4] = [place::RULES, dates::RULES, charts::RULES, indicators::RULES];

/// What speaks for and against each role of each column; the claims of the columns are set on the way.
pub(super) fn gather(table: &mut TableFacts) -> Vec<Vec<Evidence>> {
    let all = |table: &TableFacts, at: usize, rules: &[&[Rule]], found: &mut Vec<Evidence>| {
        rules.iter().flat_map(|rules| rules.iter()).for_each(|rule| rule(table, at, found));
    };
    let mut evidence: Vec<Vec<Evidence>> = (0..table.columns.len())
        .map(|at| {
            let mut found = Vec::new();
            all(table, at, &ALONE, &mut found);
            found
        })
        .collect();
    for (column, found) in table.columns.iter_mut().zip(&evidence) {
        column.claim = claim(found);
    }
    for (at, found) in evidence.iter_mut().enumerate() {
        all(table, at, &TOGETHER, found);
    }
    evidence
}

/// The role that most speaks for by itself, unless more speaks for none.
fn claim(evidence: &[Evidence]) -> Option<Role> {
    let mut best = (None, weight(evidence, None));
    for one in evidence.iter().filter(|one| one.role.is_some()) {
        let weight = weight(evidence, one.role);
        if weight > best.1 {
            best = (one.role, weight);
        }
    }
    best.0
}
