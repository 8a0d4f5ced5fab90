//! The rule a KPI is rated by: the one set for it, otherwise what its owner's own columns say. Reads cells, never judges figures.

use crate::model::{Cell, Polarity, Role, Row, Rule, Shortfall, Table};

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
/// Endings of a tolerance, in lower case, and what it is measured in; the longer first.
const MEASURES: &[(&str, Shortfall)] = &[
    ("percentage points", Shortfall::Points),
    ("percentage point", Shortfall::Points),
    ("% points", Shortfall::Points),
    ("points", Shortfall::Points),
    ("point", Shortfall::Points),
    ("ppts", Shortfall::Points),
    ("ppt", Shortfall::Points),
    ("pts", Shortfall::Points),
    ("pp", Shortfall::Points),
    ("per cent", Shortfall::Relative),
    ("percent", Shortfall::Relative),
    ("%", Shortfall::Relative),
];
/// What may stand before a tolerance's number.
const LEADS: &[&str] = &["within", "up to", "±", "+/-", "+/−", "+ or -", "plus or minus", "<=", "≤"];

/// The columns of a table that say how its KPIs are rated.
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
}

/// The rule a KPI is rated by: its own, otherwise the one its owner's columns state.
#[must_use]
pub fn rule_of(table: &Table, row: &Row) -> Rule {
    table.rules.get(&row.id).copied().unwrap_or_else(|| stated_rule(table, row))
}

/// The rule a KPI has without one set for it.
#[must_use]
pub fn stated_rule(table: &Table, row: &Row) -> Rule {
    Stated::of(table).by_columns(row).rule
}

impl<'table> Stated<'table> {
    pub(super) fn of(table: &'table Table) -> Self {
        Self { table, polarity: table.role_position(Role::Polarity), tolerance: table.role_position(Role::Tolerance) }
    }

    /// The rule of a row, and why it is that.
    pub(super) fn rule(&self, row: &Row) -> Sourced {
        match self.table.rules.get(&row.id) {
            Some(&rule) => Sourced { rule, because: String::new() },
            None => self.by_columns(row),
        }
    }

    fn by_columns(&self, row: &Row) -> Sourced {
        let mut sourced = Sourced { rule: Rule::default(), because: String::new() };
        if let Some((at, polarity)) = self.polarity.and_then(|at| Some((at, polarity(row.cells.get(at)?)?))) {
            sourced.rule.polarity = polarity;
            let good = match polarity {
                Polarity::LowerIsBetter => "lower is better",
                Polarity::Maintain => "it is to be held",
                Polarity::HigherIsBetter | Polarity::FromTarget => "higher is better",
            };
            sourced.because = format!("; {good}, as its “{}” column says", self.table.heading(at));
        }
        if let Some((at, (tolerance, shortfall))) = self.tolerance.and_then(|at| Some((at, tolerance(row.cells.get(at)?)?))) {
            (sourced.rule.tolerance, sourced.rule.shortfall) = (tolerance, shortfall);
            sourced.because += &format!("; “{}” says what is allowed", self.table.heading(at));
        }
        sourced
    }
}

/// Which way is better, as a cell says it.
fn polarity(cell: &Cell) -> Option<Polarity> {
    let text = cell.text.trim().trim_end_matches('.').to_lowercase();
    let text = text.split(['(', ',']).next().unwrap_or("").trim();
    POLARITIES.iter().find(|(words, _)| text == *words).map(|&(_, polarity)| polarity)
}

/// The tolerance of a cell: `5%`, `10`, `±2 points`, `2pp`. A plain number is per cent, as the usual rule's is; one below 1 may be a share and is not guessed.
fn tolerance(cell: &Cell) -> Option<(f64, Shortfall)> {
    let text = cell.text.trim().to_lowercase();
    let text = LEADS.iter().find_map(|lead| text.strip_prefix(lead)).unwrap_or(&text).trim();
    let measured = MEASURES.iter().find_map(|&(ending, shortfall)| Some((text.strip_suffix(ending)?.trim(), Some(shortfall))));
    let (number, shortfall) = measured.unwrap_or((text, None));
    let number: f64 = number.trim_end_matches('%').trim().parse().ok()?;
    let told = (0.0..=100.0).contains(&number) && (shortfall.is_some() || number >= 1.0 || number == 0.0);
    told.then_some((number, shortfall.unwrap_or(Shortfall::Relative)))
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
        for (text, expected) in [
            ("5%", Some((5.0, Shortfall::Relative))),
            ("10", Some((10.0, Shortfall::Relative))),
            ("±2 points", Some((2.0, Shortfall::Points))),
            ("2pp", Some((2.0, Shortfall::Points))),
            ("2 % points", Some((2.0, Shortfall::Points))),
            ("within 7.5 per cent", Some((7.5, Shortfall::Relative))),
            ("0", Some((0.0, Shortfall::Relative))),
            ("0.05", None),
            ("5-10%", None),
            ("-5%", None),
            ("none", None),
        ] {
            assert_eq!(tolerance(&Cell::text(text)), expected, "{text}");
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
        assert_eq!(why(&table), format!("{reason}; lower is better, as its “Good is” column says; “Tolerance” says what is allowed"));
        assert_eq!(ratings(&table)[7].1.why, "The target is a direction (up), not a number");
        table.rules.insert(table.rows[1].id, Rule::default());
        assert_eq!(why(&table), "101% betters the target of 100%");
        assert_eq!(stated_rule(&table, &table.rows[1]).polarity, Polarity::LowerIsBetter);
        assert_eq!(rule_of(&table, &table.rows[1]), Rule::default());
    }
}
