//! The rule a KPI is rated by: the one set for it, otherwise what its owner's own columns say. Reads cells, never judges figures.

use super::direction;
use super::figures::figure_of;
use super::kpi_columns::{KpiColumns, Reading};
use super::rating::{ASSUMED, resolve};
use super::text::quoted;
use super::thresholds::ThresholdColumns;
use super::tolerance::{self, Beside, Tolerance};
use crate::model::{Arrow, Cell, Column, Figure, Polarity, Role, Row, RowKind, Rule, Table, TableKind, Value, in_plain_form};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// Words of a KPI's name that say its numbers are per cent.
const PERCENT: [&str; 4] = ["percentage of", "percentage", "per cent", "proportion of"];
/// How many rows a cell is looked for above those it reaches down over.
const MOST_MERGED: usize = 1000;

/// The columns of a table that say how its KPIs are rated, and what they are read beside.
pub(super) struct Stated<'table> {
    table: &'table Table,
    polarity: Option<usize>,
    tolerance: Option<usize>,
    pub columns: KpiColumns<'table>,
    pub thresholds: ThresholdColumns,
}

/// A rule with what to say of where it comes from.
#[derive(Clone)]
pub(super) struct Sourced {
    pub rule: Rule,
    /// `; lower is better, as its “Good is” column says`, that it is assumed, or nothing.
    pub direction: String,
    /// `; “Tolerance” says 5`, or nothing.
    pub because: String,
    /// Whether something says that its bare numbers are per cent.
    pub percent: bool,
    /// Why the tolerance does not say how far a KPI may miss its target.
    pub doubt: Option<Doubt>,
    /// Whether it was set for this KPI.
    pub set: bool,
}

/// What keeps a tolerance from being used.
#[derive(Clone)]
pub(super) enum Doubt {
    /// Its owner says that none applies.
    NotApplicable { heading: String },
    /// It cannot be told: where it stands, its words, and what is wrong with them.
    Unclear { column: usize, text: String, why: &'static str },
}

/// The rule a KPI is rated by: its own, otherwise the one its owner's columns state.
#[must_use]
pub fn rule_of(table: &Table, row: &Row) -> Rule {
    table.rules.get(&row.id).copied().unwrap_or_else(|| by_columns(table, row).rule)
}

/// The rule a KPI has without one set for it; `None` where its owner's tolerance does not make one.
#[must_use]
pub fn stated_rule(table: &Table, row: &Row) -> Option<Rule> {
    let sourced = by_columns(table, row);
    sourced.doubt.is_none().then_some(sourced.rule)
}

fn by_columns(table: &Table, row: &Row) -> Sourced {
    let stated = Stated::of(table);
    let reading = stated.columns.read(row);
    stated.by_columns(row, &reading)
}

/// Adds a note for each tolerance of a KPI that cannot be told.
pub(super) fn unclear_tolerances(table: &Table, notes: &mut Noted) {
    if table.kind != TableKind::Kpi {
        return;
    }
    let stated = Stated::of(table);
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry) {
        let reading = stated.columns.read(row);
        let Some(Doubt::Unclear { column, text, why }) = stated.rule(row, &reading).doubt else { continue };
        if stated.thresholds.read(row).is_some() {
            continue;
        }
        let message = format!("The tolerance “{text}” of {} {why}, so it is not rated", table.name_of(row));
        let hint = "Write it with its unit, such as 5% or 2 points, or set its rule in the details";
        notes.push(Note::new(Severity::Warning, Code::ToleranceUnclear, Place::cell(table, at, column), message, hint));
    }
}

impl<'table> Stated<'table> {
    pub(super) fn of(table: &'table Table) -> Self {
        // Of an amber and a red threshold, red's says how far amber goes.
        let red = |column: &&Column| column.heading.to_lowercase().contains("red");
        let tolerances = || table.columns.iter().filter(|column| column.role == Some(Role::Tolerance));
        let tolerance = tolerances().find(red).or_else(|| tolerances().next()).and_then(|column| table.column_position(column.id));
        let (columns, thresholds) = (KpiColumns::of(table), ThresholdColumns::of(table));
        Self { table, polarity: table.role_position(Role::Polarity), tolerance, columns, thresholds }
    }

    /// The rule of a row, and why it is that.
    pub(super) fn rule(&self, row: &Row, reading: &Reading<'_>) -> Sourced {
        match self.table.rules.get(&row.id) {
            Some(&rule) => {
                let mut sourced = Sourced {
                    rule,
                    direction: String::new(),
                    because: String::new(),
                    percent: self.is_percent(row, reading),
                    doubt: None,
                    set: true,
                };
                if rule.polarity == Polarity::FromTarget {
                    self.tell(&mut sourced, row, reading);
                }
                sourced
            }
            None => self.by_columns(row, reading),
        }
    }

    /// A KPI's wording.
    pub(super) fn name<'row>(&'row self, row: &'row Row) -> &'row str {
        self.table.role_position(Role::Kpi).and_then(|at| self.held(row, at)).map_or("", |cell| &*cell.text)
    }

    fn by_columns(&self, row: &Row, reading: &Reading<'_>) -> Sourced {
        let mut sourced = Sourced {
            rule: Rule::default(),
            direction: String::new(),
            because: String::new(),
            percent: self.is_percent(row, reading),
            doubt: None,
            set: false,
        };
        if let Some((at, polarity)) = self.polarity.and_then(|at| Some((at, Polarity::parse(&self.held(row, at)?.text)?))) {
            sourced.rule.polarity = polarity;
            let good = match polarity {
                Polarity::LowerIsBetter => "lower is better",
                Polarity::Maintain => "it is to be held",
                Polarity::HigherIsBetter | Polarity::FromTarget => "higher is better",
            };
            sourced.direction = format!("; {good}, as its “{}” column says", self.table.heading(at));
        } else {
            self.tell(&mut sourced, row, reading);
        }
        if let Some((at, cell)) = self.tolerance.and_then(|at| Some((at, self.held(row, at)?))) {
            self.allow(&mut sourced, row, reading, at, cell);
        }
        sourced
    }

    /// Which way is better by other things than rules and columns, where its target leaves that open.
    fn tell(&self, sourced: &mut Sourced, row: &Row, reading: &Reading<'_>) {
        let open = match reading.target.and_then(|(_, cell)| figure_of(cell)) {
            Some(Figure::Amount { arrow: None, .. } | Figure::Direction(Arrow::Level)) => true,
            Some(
                Figure::Amount { .. } | Figure::Limit { .. } | Figure::Range { .. } | Figure::Direction(_) | Figure::New | Figure::Several,
            )
            | None => false,
        };
        if !open {
            return;
        }
        let text = |role| self.table.role_position(role).and_then(|at| self.held(row, at)).map_or("", |cell| &*cell.text);
        if let Some(told) = direction::tell([self.name(row), text(Role::Description)], text(Role::Unit), reading) {
            (sourced.rule.polarity, sourced.direction) = (told.polarity, told.because);
        } else if !matches!(reading.target.and_then(|(_, cell)| cell.amount()), Some(0.0)) {
            ASSUMED.clone_into(&mut sourced.direction);
        }
    }

    /// Whether something says that a KPI's bare numbers are per cent: its unit, its wording or the headings over them.
    fn is_percent(&self, row: &Row, reading: &Reading<'_>) -> bool {
        let unit = self
            .table
            .role_position(Role::Unit)
            .and_then(|at| self.held(row, at))
            .map_or_else(String::new, |cell| in_plain_form(&cell.text));
        let name = in_plain_form(self.name(row));
        let headed = [reading.current, reading.target].into_iter().flatten().any(|(at, _)| self.table.columns[at].heading.contains('%'));
        ["%", "percentage", "percent", "per cent", "pct", "% age"]
            .iter()
            .any(|word| unit == *word || (unit.starts_with(word) && !unit.contains("point")))
            || headed
            || name.contains('%')
            || PERCENT.iter().any(|words| name.contains(words))
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
    fn allow(&self, sourced: &mut Sourced, row: &Row, reading: &Reading<'_>, at: usize, cell: &Cell) {
        let heading = self.table.heading(at);
        let held = |role| self.held(row, self.table.role_position(role)?);
        let text = |role| held(role).map_or("", |cell| &*cell.text);
        let [current, target] = [reading.current, reading.target].map(|held| held.map(|(_, cell)| cell));
        let target = target.or_else(|| held(Role::Target));
        let beside = Beside {
            heading: &heading,
            target,
            unit: text(Role::Unit),
            kpi: text(Role::Kpi),
            polarity: resolve(sourced.rule.polarity, current.and_then(figure_of), target.and_then(figure_of)),
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

#[cfg(test)]
mod tests {
    use super::super::{rating::ratings, seed};
    use super::*;
    use crate::model::{Column, ColumnId, kinds::Kind};

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
        assert_eq!(why(&table), "101% betters the target of 100%; higher is assumed to be better");
        assert_eq!(stated_rule(&table, &table.rows[1]).map(|rule| rule.polarity), Some(Polarity::LowerIsBetter));
        assert_eq!(rule_of(&table, &table.rows[1]), Rule::default());
    }
}
