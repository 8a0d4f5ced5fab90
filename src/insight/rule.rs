//! The rule a KPI is rated by: the one set for it, otherwise what its owner's own columns say. Reads cells, never judges figures.

use super::rating::{figure_of, resolve};
use super::text::quoted;
use super::tolerance::{self, Beside, Tolerance};
use crate::model::{Cell, Column, Polarity, Role, Row, Rule, Table, Value};

/// Words of a polarity column, in lower case, the longer first where one begins with another.
const POLARITIES: &[(&str, Polarity)] = &[
    ("higher is better", Polarity::HigherIsBetter),
    ("high is good", Polarity::HigherIsBetter),
    ("bigger is better", Polarity::HigherIsBetter),
    ("more is better", Polarity::HigherIsBetter),
    ("higher", Polarity::HigherIsBetter),
    ("high", Polarity::HigherIsBetter),
    ("bigger", Polarity::HigherIsBetter),
    ("more", Polarity::HigherIsBetter),
    ("increase", Polarity::HigherIsBetter),
    ("maximise", Polarity::HigherIsBetter),
    ("up is good", Polarity::HigherIsBetter),
    ("up", Polarity::HigherIsBetter),
    ("h", Polarity::HigherIsBetter),
    ("positive", Polarity::HigherIsBetter),
    ("+", Polarity::HigherIsBetter),
    ("↑ good", Polarity::HigherIsBetter),
    ("↑ is good", Polarity::HigherIsBetter),
    ("↑", Polarity::HigherIsBetter),
    ("▲", Polarity::HigherIsBetter),
    ("lower is better", Polarity::LowerIsBetter),
    ("low is good", Polarity::LowerIsBetter),
    ("smaller is better", Polarity::LowerIsBetter),
    ("less is better", Polarity::LowerIsBetter),
    ("fewer is better", Polarity::LowerIsBetter),
    ("lower", Polarity::LowerIsBetter),
    ("low", Polarity::LowerIsBetter),
    ("smaller", Polarity::LowerIsBetter),
    ("less", Polarity::LowerIsBetter),
    ("fewer", Polarity::LowerIsBetter),
    ("decrease", Polarity::LowerIsBetter),
    ("reduce", Polarity::LowerIsBetter),
    ("minimise", Polarity::LowerIsBetter),
    ("down is good", Polarity::LowerIsBetter),
    ("down", Polarity::LowerIsBetter),
    ("l", Polarity::LowerIsBetter),
    ("negative", Polarity::LowerIsBetter),
    ("-", Polarity::LowerIsBetter),
    ("↓ good", Polarity::LowerIsBetter),
    ("↓ is good", Polarity::LowerIsBetter),
    ("↓", Polarity::LowerIsBetter),
    ("▼", Polarity::LowerIsBetter),
    ("maintain", Polarity::Maintain),
    ("hold", Polarity::Maintain),
    ("stable", Polarity::Maintain),
    ("on target", Polarity::Maintain),
    ("plan is best", Polarity::Maintain),
    ("within range", Polarity::Maintain),
    ("m", Polarity::Maintain),
    ("↔", Polarity::Maintain),
    ("→", Polarity::Maintain),
];
/// How many rows a cell is looked for above those it reaches down over.
const MOST_MERGED: usize = 1000;

/// The columns of a table that say how its KPIs are rated, and what they are read beside.
pub(super) struct Stated<'table> {
    table: &'table Table,
    polarity: Option<usize>,
    tolerance: Option<usize>,
}

/// A rule with what to say of where it comes from.
pub(super) struct Sourced {
    pub rule: Rule,
    /// `; lower is better, as its “Good is” column says`, or nothing.
    pub because: String,
    /// Why the tolerance does not say how far a KPI may miss its target.
    pub doubt: Option<Doubt>,
}

/// What keeps a tolerance from being used.
pub(super) enum Doubt {
    /// Its owner says that none applies.
    NotApplicable { heading: String },
    /// It cannot be told: where it stands, its words, and what is wrong with them.
    Unclear { column: usize, text: String, why: &'static str },
}

/// The rule a KPI is rated by: its own, otherwise the one its owner's columns state.
#[must_use]
pub fn rule_of(table: &Table, row: &Row) -> Rule {
    table.rules.get(&row.id).copied().unwrap_or_else(|| Stated::of(table).by_columns(row).rule)
}

/// The rule a KPI has without one set for it; `None` where its owner's tolerance does not make one.
#[must_use]
pub fn stated_rule(table: &Table, row: &Row) -> Option<Rule> {
    let sourced = Stated::of(table).by_columns(row);
    sourced.doubt.is_none().then_some(sourced.rule)
}

impl<'table> Stated<'table> {
    pub(super) fn of(table: &'table Table) -> Self {
        // Of an amber and a red threshold, red's says how far amber goes.
        let red = |column: &&Column| column.heading.to_lowercase().contains("red");
        let tolerances = || table.columns.iter().filter(|column| column.role == Some(Role::Tolerance));
        let tolerance = tolerances().find(red).or_else(|| tolerances().next()).and_then(|column| table.column_position(column.id));
        Self { table, polarity: table.role_position(Role::Polarity), tolerance }
    }

    /// The rule of a row, and why it is that.
    pub(super) fn rule(&self, row: &Row) -> Sourced {
        match self.table.rules.get(&row.id) {
            Some(&rule) => Sourced { rule, because: String::new(), doubt: None },
            None => self.by_columns(row),
        }
    }

    fn by_columns(&self, row: &Row) -> Sourced {
        let mut sourced = Sourced { rule: Rule::default(), because: String::new(), doubt: None };
        if let Some((at, polarity)) = self.polarity.and_then(|at| Some((at, polarity(self.held(row, at)?)?))) {
            sourced.rule.polarity = polarity;
            let good = match polarity {
                Polarity::LowerIsBetter => "lower is better",
                Polarity::Maintain => "it is to be held",
                Polarity::HigherIsBetter | Polarity::FromTarget => "higher is better",
            };
            sourced.because = format!("; {good}, as its “{}” column says", self.table.heading(at));
        }
        if let Some((at, cell)) = self.tolerance.and_then(|at| Some((at, self.held(row, at)?))) {
            self.allow(&mut sourced, row, at, cell);
        }
        sourced
    }

    /// The cell that holds for a row in a column: its own, or the one above that reaches down to it.
    fn held<'row>(&'row self, row: &'row Row, at: usize) -> Option<&'row Cell> {
        let own = row.cells.get(at)?;
        if own.value != Value::Merged {
            return Some(own);
        }
        let above = self.table.rows[..self.table.position(row.id)?].iter().rev().map(|row| row.cells.get(at));
        above.take(MOST_MERGED).map_while(|cell| cell).find(|cell| cell.value != Value::Merged)
    }

    /// Takes what a tolerance cell allows into a rule.
    fn allow(&self, sourced: &mut Sourced, row: &Row, at: usize, cell: &Cell) {
        let heading = self.table.heading(at);
        let held = |role| self.held(row, self.table.role_position(role)?);
        let figure = |role| held(role).and_then(figure_of);
        let text = |role| held(role).map_or("", |cell| &*cell.text);
        let beside = Beside {
            heading: &heading,
            target: held(Role::Target),
            unit: text(Role::Unit),
            kpi: text(Role::Kpi),
            polarity: resolve(sourced.rule.polarity, figure(Role::Current), figure(Role::Target)),
        };
        match tolerance::read(cell, &beside) {
            Tolerance::Blank => {
                sourced.because += &format!("; “{heading}” is blank, so the usual {}% is allowed", Rule::default().tolerance);
            }
            Tolerance::NotApplicable => sourced.doubt = Some(Doubt::NotApplicable { heading }),
            Tolerance::Unclear(why) => sourced.doubt = Some(Doubt::Unclear { column: at, text: quoted(&cell.text), why }),
            Tolerance::Told { amount, shortfall, how } => {
                (sourced.rule.tolerance, sourced.rule.shortfall) = (amount, shortfall);
                let how = if how.is_empty() { String::new() } else { format!(", {how}") };
                sourced.because += &format!("; “{heading}” says {}{how}", cell.text.trim());
            }
        }
    }
}

/// Which way is better, as a cell says it.
fn polarity(cell: &Cell) -> Option<Polarity> {
    let text = cell.text.trim().trim_end_matches('.').to_lowercase();
    let text = text.split(['(', ',']).next().unwrap_or("").trim();
    POLARITIES.iter().find(|(words, _)| text == *words).map(|&(_, polarity)| polarity)
}

#[cfg(test)]
mod tests {
    use super::super::{ratings, seed};
    use super::*;
    use crate::model::{Column, ColumnId, kinds::Kind};

    #[test]
    fn owners_words_for_a_rule_are_read() {
        for (text, expected) in [
            ("Higher", Some(Polarity::HigherIsBetter)),
            ("Bigger is better", Some(Polarity::HigherIsBetter)),
            ("H", Some(Polarity::HigherIsBetter)),
            ("↑ good", Some(Polarity::HigherIsBetter)),
            ("Low (good)", Some(Polarity::LowerIsBetter)),
            ("Smaller is better.", Some(Polarity::LowerIsBetter)),
            ("Decrease", Some(Polarity::LowerIsBetter)),
            ("Maintain", Some(Polarity::Maintain)),
            ("Monthly", None),
            ("", None),
        ] {
            assert_eq!(polarity(&Cell::text(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_kpi_is_rated_by_its_owners_columns_unless_a_rule_is_set() {
        let mut table = seed::kpis();
        let columns = [("Good is", Role::Polarity, "Lower"), ("Tolerance", Role::Tolerance, "2 points")];
        for ((heading, role, text), id) in columns.into_iter().zip(5..) {
            table.columns.push(Column { id: ColumnId(id), heading: heading.into(), role: Some(role), ..Column::default() });
            table.rows.iter_mut().for_each(|row| row.cells.push(Cell::text(text)));
        }
        table.rows[1].cells[2] = Kind::Figure.enter("101%");
        let why = |table: &Table| ratings(table)[1].1.why.clone();
        let reason = "101% is over the target of 100% by 1 point, within the 2 points allowed";
        assert_eq!(
            why(&table),
            format!("{reason}; lower is better, as its “Good is” column says; “Tolerance” says 2 points, read as points")
        );
        assert_eq!(ratings(&table)[7].1.why, "The target is a direction (up), not a number");
        table.rules.insert(table.rows[1].id, Rule::default());
        assert_eq!(why(&table), "101% betters the target of 100%");
        assert_eq!(stated_rule(&table, &table.rows[1]).map(|rule| rule.polarity), Some(Polarity::LowerIsBetter));
        assert_eq!(rule_of(&table, &table.rows[1]), Rule::default());
    }
}
