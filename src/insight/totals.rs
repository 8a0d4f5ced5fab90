//! Totals that are not the sum of what stands above them, as notes. Silent where it is not plain what was added up.

use std::collections::HashMap;

use super::text::words;
use crate::model::{Cell, Role, Row, RowKind, Table, TableKind, Unit, Value, is_date_format};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// Words of a total row that is no sum.
const NO_SUMS: [&str; 26] = [
    "average",
    "averages",
    "avg",
    "mean",
    "median",
    "maximum",
    "minimum",
    "max",
    "min",
    "target",
    "percentage",
    "cent",
    "rate",
    "overall",
    "count",
    "score",
    "scores",
    "weighted",
    "net",
    "balance",
    "remaining",
    "variance",
    "difference",
    "ratio",
    "index",
    "per",
];
/// Words of a heading over numbers that nobody adds up.
const NOT_ADDED: [&str; 33] = [
    "average",
    "avg",
    "mean",
    "median",
    "rate",
    "ratio",
    "score",
    "scores",
    "rating",
    "index",
    "per",
    "percentage",
    "cent",
    "year",
    "date",
    "id",
    "ref",
    "reference",
    "code",
    "priority",
    "rank",
    "weight",
    "weighting",
    "price",
    "phone",
    "telephone",
    "age",
    "likelihood",
    "impact",
    "probability",
    "severity",
    "version",
    "progress",
];
/// What the name of a total row is made of that is the total of all the rows, whatever they count.
const PLAIN_TOTALS: [&str; 10] = ["total", "totals", "grand", "sum", "all", "subtotal", "sub", "overall", "cyfanswm", "of"];

/// Adds a note for each total of a table that its column does not bear out.
pub(super) fn collect(table: &Table, notes: &mut Noted) {
    let totals: Vec<usize> = (0..table.rows.len()).filter(|&at| is_total(table, &table.rows[at])).collect();
    if totals.is_empty() {
        return;
    }
    // What each total row says in each column, and whether that adds up.
    let mut judged: Vec<(usize, Verdict)> = Vec::new();
    for column in (0..table.columns.len()).filter(|&column| is_added(table, column)) {
        let mut column = Column { table, column, earlier: 0.0, earlier_any: false };
        let mut from = 0;
        for &at in &totals {
            judged.extend(column.judge(&totals, from, at).map(|verdict| (at, verdict)));
            from = at + 1;
        }
    }
    let mut fitting: HashMap<usize, usize> = HashMap::new();
    let mut wrong: HashMap<usize, usize> = HashMap::new();
    for (at, verdict) in &judged {
        *if matches!(verdict, Verdict::Fits) { &mut fitting } else { &mut wrong }.entry(*at).or_insert(0) += 1;
    }
    for (at, verdict) in judged {
        let (fits, others) = (fitting.get(&at).copied().unwrap_or(0), wrong.get(&at).copied().unwrap_or(0));
        // A row in which nothing adds up is no row of sums; one wrong number alone may be a wrong sum.
        let is_row_of_sums =
            fits >= others || (fits == 0 && others == 1 && (table.kind != TableKind::Kpi || is_plain_total(&table.rows[at])));
        if let Verdict::Wrong(note) = verdict
            && is_row_of_sums
        {
            notes.push(*note);
        }
    }
}

/// Whether a row holds sums: told by its kind, or in a history, whose rows are all read alike, by its first word.
fn is_total(table: &Table, row: &Row) -> bool {
    let first = || row.cells.first().is_some_and(|cell| cell.text.trim_start().to_lowercase().starts_with("total"));
    row.kind == RowKind::Total || (table.kind == TableKind::History && row.is_line() && first())
}

/// Whether a row is named as the total of all rows rather than of one thing.
fn is_plain_total(row: &Row) -> bool {
    let named = row.cells.iter().find(|cell| !cell.is_blank() && number(cell).is_none());
    named.is_none_or(|cell| words(&cell.text).iter().all(|word| PLAIN_TOTALS.contains(&&**word)))
}

/// Whether the numbers of a column may be added up.
fn is_added(table: &Table, column: usize) -> bool {
    let column = &table.columns[column];
    let never = matches!(
        column.role,
        Some(
            Role::Ref
                | Role::Likelihood
                | Role::Impact
                | Role::Score
                | Role::Progress
                | Role::Priority
                | Role::Start
                | Role::End
                | Role::Unit
        )
    );
    let heading = words(&column.heading);
    !never && (table.kind == TableKind::History || !heading.iter().any(|word| NOT_ADDED.contains(&&**word)))
}

/// What a number in a total row is.
enum Verdict {
    /// The sum of what stands above or below it.
    Fits,
    Wrong(Box<Note>),
}

/// One column with the totals read so far.
struct Column<'table> {
    table: &'table Table,
    column: usize,
    /// The sum of the totals above, for a grand total.
    earlier: f64,
    earlier_any: bool,
}

impl Column<'_> {
    fn judge(&mut self, totals: &[usize], from: usize, at: usize) -> Option<Verdict> {
        let row = &self.table.rows[at];
        let cell = row.cells.get(self.column)?;
        let (stated, unit) = number(cell)?;
        let (earlier, earlier_any) = (self.earlier, self.earlier_any);
        (self.earlier, self.earlier_any) = (earlier + stated, true);
        let no_sum = |text: &str| text.contains('%') || words(text).iter().any(|word| NO_SUMS.contains(&word.as_str()));
        let named = row.cells.iter().any(|cell| number(cell).is_none() && no_sum(&cell.text));
        if named {
            return None;
        }
        let near = self.sum(from..at, totals);
        let all = self.sum(0..at, totals);
        // Totals at the top of a table are of what stands below.
        let (near, all) = if all.as_ref().is_some_and(|all| all.count == 0) {
            let end = totals.iter().copied().find(|&next| next > at).unwrap_or(self.table.rows.len());
            (self.sum(at + 1..end, totals), self.sum(at + 1..self.table.rows.len(), totals))
        } else {
            (near, all)
        };
        // A cell that is no number leaves open what was counted.
        let sums = [near?, all?];
        let sum = sums.iter().find(|sum| sum.count > 1)?;
        let fits = |held: f64, room: f64| (held - stated).abs() <= room;
        let rounded = if sum.decimals > 0 { step(decimals_of(&cell.text) + unit_decimals(unit)) / 2.0 } else { 0.0 };
        if sums.iter().any(|sum| sum.fits(stated, rounded)) || (earlier_any && fits(earlier, sum.room.max(1e-6))) {
            return Some(Verdict::Fits);
        }
        if sums.iter().any(|sum| sum.is_another(stated, rounded)) {
            return None;
        }
        let heading = self.table.heading(self.column);
        let shown = |amount: f64| super::figures::show_figure(amount, unit);
        let message = format!("The total of {heading} says {}; its {} numbers add up to {}", cell.text, sum.count, shown(sum.total));
        let place = Place::cell(self.table, at, self.column);
        let note = Note::new(Severity::Warning, Code::TotalMismatch, place, message, "Add up again, or see whether a row is missing");
        Some(Verdict::Wrong(Box::new(note.and(Place::cell(self.table, sum.first, self.column)))))
    }

    /// What the entries of some rows add up to; `None` when a filled cell is no number.
    fn sum(&self, rows: std::ops::Range<usize>, totals: &[usize]) -> Option<Sum> {
        let mut sum = Sum { least: f64::INFINITY, most: f64::NEG_INFINITY, first: rows.start, ..Sum::default() };
        let mut money = self.table.columns[self.column].role == Some(Role::Budget);
        let mut amounts = Vec::new();
        for at in rows {
            let row = &self.table.rows[at];
            let Some(cell) = row.cells.get(self.column).filter(|_| row.is_line() && totals.binary_search(&at).is_err()) else { continue };
            if cell.is_blank() || cell.value == Value::Merged {
                continue;
            }
            let (amount, unit) = number(cell)?;
            if amounts.is_empty() {
                sum.first = at;
            }
            amounts.push(amount);
            (sum.least, sum.most) = (sum.least.min(amount), sum.most.max(amount));
            sum.decimals = sum.decimals.max(decimals_of(&cell.text) + unit_decimals(unit));
            money |= cell.text.contains(['£', '$', '€']);
        }
        (sum.total, sum.count) = (amounts.iter().sum(), amounts.len());
        // Each figure may be rounded, and so may their total; counts are not.
        let parts = f64::from(u32::try_from(sum.count + 1).unwrap_or(u32::MAX));
        sum.room = if sum.decimals > 0 || money { 0.5 * step(sum.decimals) * parts } else { 1e-6 };
        sum.without_subtotals =
            [without_subtotals(amounts.iter().copied(), sum.room), without_subtotals(amounts.iter().rev().copied(), sum.room)];
        Some(sum)
    }
}

/// The sum of some numbers where each that is the sum of the run before it stands for that run.
fn without_subtotals(amounts: impl Iterator<Item = f64>, room: f64) -> f64 {
    let (mut closed, mut run, mut count) = (0.0, 0.0, 0_usize);
    for amount in amounts {
        if count >= 2 && (amount - run).abs() <= room {
            closed += run;
            (run, count) = (0.0, 0);
        } else {
            (run, count) = (run + amount, count + 1);
        }
    }
    closed + run
}

/// What some cells add up to.
#[derive(Default)]
struct Sum {
    total: f64,
    count: usize,
    /// How many decimals they are shown with.
    decimals: usize,
    least: f64,
    most: f64,
    /// The row of the first.
    first: usize,
    /// How far rounding may lead away.
    room: f64,
    /// What they add up to where some are subtotals of those above them, or of those below.
    without_subtotals: [f64; 2],
}

impl Sum {
    /// Whether a stated total is this sum.
    fn fits(&self, stated: f64, rounded: f64) -> bool {
        let is = |total: f64| (total - stated).abs() <= self.room + rounded;
        is(self.total) || self.without_subtotals.into_iter().any(is)
    }

    /// Whether a stated total is plainly another thing than a sum: within what its parts are it is some average, the least or the most
    /// of them, and it may be how many there are.
    fn is_another(&self, stated: f64, rounded: f64) -> bool {
        let room = self.room + rounded;
        let within = self.least >= 0.0 && stated <= self.most + room;
        let count = f64::from(u32::try_from(self.count).unwrap_or(u32::MAX));
        within || (stated - count).abs() <= 1e-9 || (self.least <= stated && stated <= self.most)
    }
}

/// A cell's number and what it is counted in.
fn number(cell: &Cell) -> Option<(f64, Unit)> {
    // Words beside a number may mean anything, and a date is no number.
    let is_plain = match &cell.format {
        Some(format) => !is_date_format(format),
        None => !cell.text.chars().any(char::is_alphabetic),
    };
    if !is_plain {
        return None;
    }
    match super::figures::figure_of(cell)? {
        crate::model::Figure::Amount { amount, unit, arrow: None } => Some((amount, unit)),
        _ => None,
    }
}

/// The last decimal of a number that has some.
fn step(decimals: usize) -> f64 {
    10f64.powi(-i32::try_from(decimals).unwrap_or(0))
}

/// A percentage is stored as a share.
fn unit_decimals(unit: Unit) -> usize {
    if unit == Unit::Percent { 2 } else { 0 }
}

/// How many decimals a number is shown with.
fn decimals_of(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;
    use crate::model::kinds::Kind;

    /// One column of figures, one a row; `=` before a figure makes its row a total, after an optional name.
    fn said(figures: &str) -> String {
        let mut table = seed::kpis();
        table.rows.clear();
        for part in figures.split(' ') {
            let (name, figure, kind) = match part.split_once('=') {
                Some(("", figure)) => ("Total", figure, RowKind::Total),
                Some((name, figure)) => (name, figure, RowKind::Total),
                None => ("A thing", part, RowKind::Entry),
            };
            let figure = if figure == "_" { "" } else { figure };
            let cells = vec![Cell::default(), Cell::text(name), Kind::Figure.enter(figure), Cell::default()];
            table.rows.push(Row { id: table.next_row_id(), kind, cells, source: table.rows.len() as u32 + 1, ..Row::default() });
        }
        let mut notes = Noted::default();
        collect(&table, &mut notes);
        notes.iter().map(|note| format!("{} {}", note.place.address, note.message)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn totals_are_added_up() {
        let wrong = "KPIs 2023-24!C4 The total of Current Performance says 7; its 3 numbers add up to 6";
        for (figures, expected) in [
            ("1 2 3 =6", ""),
            ("1 2 3 =7", wrong),
            ("1 _ 5 =6", ""),
            ("1 x 5 =9", ""),
            ("1 2 =3 4 5 =9 =12", ""),
            ("1 2 =3 4 5 =12", ""),
            ("=6 1 2 3", ""),
            ("1.04 2.04 3.04 =6.1", ""),
            ("10% 20% 60% =30%", ""),
            ("10% 20% 70% =100%", ""),
            ("10% 20% 60% =95%", "KPIs 2023-24!C4 The total of Current Performance says 95%; its 3 numbers add up to 90%"),
            ("1 2 3 Average=2", ""),
            ("1 =4", ""),
            ("1 2 3 =x", ""),
            // Averages, the most of them, how many there are, and what less than the most can only be.
            ("3 2 4 1 =2.5", ""),
            ("3 2 4 1 =4", ""),
            ("30 20 40 =35", ""),
            // Subtotals that are read as entries, below their parts or above them.
            ("10 20 30 5 6 11 =41", ""),
            ("30 10 20 11 5 6 =41", ""),
            ("10 20 30 5 6 11 =42", "KPIs 2023-24!C7 The total of Current Performance says 42; its 6 numbers add up to 82"),
        ] {
            assert_eq!(said(figures), expected, "{figures}");
        }
    }

    #[test]
    fn a_total_of_a_history_is_held_against_its_statuses() {
        let mut table = seed::tracker();
        let total = |numbers: [&str; 8]| numbers.map(|text| if text == "Total" { Cell::text(text) } else { Kind::Number.enter(text) });
        let row =
            Row { id: table.next_row_id(), cells: total(["Total", "33", "33", "34", "35", "35", "35", "35"]).into(), ..Row::default() };
        table.rows.push(Row { source: 30, ..row });
        let mut notes = Noted::default();
        collect(&table, &mut notes);
        let notes: Vec<String> = notes.iter().map(|note| format!("{} {}", note.place.address, note.message)).collect();
        assert_eq!(notes, ["Progress Tracker!D30 The total of Feb 18 says 34; its 5 numbers add up to 33"]);
    }
}
