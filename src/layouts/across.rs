//! A table of indicators that lies on its side, a row a period and a column an indicator: found as such, and turned before it is read.

use std::collections::HashSet;

use super::{
    evidence::Reason,
    header::Label,
    heading_text::plain,
    indicators::colour,
    order::order,
    outline::{Heading, Outline, grid_of},
    roles::name_columns,
    words::{Subject, is_period, is_total, role_of},
};
use crate::{
    model::{Cell, Role, Row, RowKind, Status, Table, TableKind, Value, is_date_format, kinds::parse_when},
    notes::{Code, Note, Place, Severity},
    workbook::{RawCell, RawRow, RawSheet},
};

/// How many rows and columns such a table has at most, and how far down a sheet it ends.
const ROWS: u32 = 250;
const COLUMNS: u16 = 200;
const DEEPEST: u32 = 60_000;
/// Up to how many periods need nothing else to say that the columns are indicators.
const FEW: usize = 60;
/// How many of the rows above the first period may hold names.
const ABOVE: usize = 6;
/// Words of rows that sum periods up.
const SUMS: [&str; 12] =
    ["average", "mean", "median", "overall", "cumulative", "ytd", "baseline", "outturn", "previous", "last year", "benchmark", "forecast"];
/// How many rows of a table that is kept as it stands are looked at.
const SAMPLE: usize = 60;
/// Words in the first cell of a row that holds the targets.
const TARGETS: [&str; 6] = ["target", "targets", "annual target", "goal", "baseline", "standard"];
/// Words that a heading over one of several figures of an indicator begins or ends with.
const OF_ONE: [&str; 10] = ["target", "targets", "actual", "actuals", "planned", "forecast", "variance", "rag", "status", "rating"];
/// Words that call a table one of indicators.
const CALLED: [&str; 8] = ["kpi", "indicator", "performance", "scorecard", "dashboard", "measure", "metric", "target"];

/// Marks the tables of a workbook that lie on their side.
pub(super) fn mark(outlines: &mut [Outline], grids: &[RawSheet]) {
    for outline in outlines.iter_mut().filter(|outline| outline.key.is_none()) {
        let Some(grid) = grid_of(outline, grids) else { continue };
        match Side::of(grid, outline).filter(|side| side.is_of_indicators(grid, outline)) {
            Some(side) => side.lay(grid, outline),
            None if is_named_by_times(grid, outline) => keep(outline),
            None => {}
        }
    }
}

/// Whether the indicators of a table would be called by its periods.
fn is_named_by_times(grid: &RawSheet, outline: &Outline) -> bool {
    let Some(name) = outline.column_of(Role::Kpi).filter(|_| outline.kind == TableKind::Kpi) else { return false };
    let from = grid.rows.partition_point(|row| row.row < outline.body());
    let rows = grid.rows[from..].iter().take_while(|row| row.row <= outline.last.0).take(ROWS as usize);
    let (times, other): (Vec<&RawCell>, Vec<&RawCell>) = rows.filter_map(|row| row.cell(name)).partition(|cell| is_time(cell));
    times.len() >= 2 && other.len() <= 2 && other.iter().all(|cell| is_line(&cell.text))
}

/// Keeps a table of periods as it stands, as none of its rows is an indicator.
fn keep(outline: &mut Outline) {
    outline.kind = TableKind::Register;
    for heading in outline.columns.iter_mut().filter(|heading| !heading.is_chosen()) {
        *heading = Heading { words: std::mem::take(&mut heading.words), ..side_heading(heading.column, None) };
    }
}

/// The same for one table that its owner calls one of indicators.
pub(super) fn mark_one(grid: &RawSheet, outline: &mut Outline) {
    outline.turned.clear();
    if let Some(side) = Side::of(grid, outline).filter(|_| outline.kind == TableKind::Kpi) {
        side.lay(grid, outline);
    }
}

/// What stands where in a table on its side.
struct Side {
    /// The column of the periods.
    periods: u16,
    /// The row of the indicators' names.
    names: u32,
    /// The first row, which may stand above the outline's headings.
    first: u32,
    /// The rows that are read, with what each is called and whether that is a time.
    lines: Vec<(u32, String, bool)>,
    indicators: Vec<u16>,
}

impl Side {
    fn of(grid: &RawSheet, outline: &Outline) -> Option<Self> {
        let (left, right) = (outline.first.1, outline.last.1);
        let tall = outline.last.0.saturating_sub(outline.first.0);
        if !matches!(outline.kind, TableKind::Register | TableKind::Kpi)
            || tall > ROWS
            || right.saturating_sub(left) > COLUMNS
            || outline.last.0 > DEEPEST
        {
            return None;
        }
        let rows = rows_of(grid, outline);
        let periods = (left..=right.min(left + 1)).find(|&column| is_of_times(&rows, column))?;
        let start = rows.iter().position(|row| row.cell(periods).is_some_and(is_time))?;
        // Beside months, a year may stand once for several.
        let year = |row: &RawRow| row.cell(left).filter(|_| left < periods).map(|cell| cell.text.trim().to_owned());
        let mut above = String::new();
        let mut lines = Vec::new();
        let (mut times, mut other) = (HashSet::new(), 0);
        let names = names_row(&rows[..start], periods)?;
        for row in &rows {
            let text = row.text(periods).trim();
            let is_time = row.cell(periods).is_some_and(is_time);
            above = year(row).unwrap_or(above);
            let beside = if is_time && !above.is_empty() && order(&format!("{text} {above}")).is_some() { &*above } else { "" };
            let called = format!("{text} {beside}").trim().to_owned();
            // A text that stands alone below is said of the table.
            let lone = row.cells.iter().filter(|cell| (left..=right).contains(&cell.column)).nth(1).is_none();
            if lone && !is_time {
                continue;
            }
            if is_time && !times.insert(called.clone()) {
                return None;
            }
            other += usize::from(!is_time && row.row > names && !is_line(text));
            lines.push((row.row, called, is_time));
        }
        let aims = lines.iter().any(|(_, text, _)| role_of(text, Some(Subject::Kpi)).is_some_and(|(role, _)| role == Role::Target));
        let indicators = indicators(&rows, (periods, right), names);
        let first = rows.first()?.row;
        (times.len() >= if aims { 2 } else { 3 } && other == 0).then_some(())?;
        Some(Self { periods, names, first, lines, indicators: indicators? })
    }

    /// Whether something says that the columns are indicators: a row of targets, the words above them, or months and quarters.
    fn is_of_indicators(&self, grid: &RawSheet, outline: &Outline) -> bool {
        let said = |text: &str| {
            let text = plain(text);
            text.len() <= 120 && CALLED.iter().any(|word| text.contains(word))
        };
        let from = grid.rows.partition_point(|row| row.row < outline.above);
        let over = grid.rows[from..].iter().take_while(|row| row.row <= self.names).take(ABOVE * 2);
        let called = said(&grid.sheet) || over.flat_map(|row| &row.cells).any(|cell| cell.column <= self.periods && said(&cell.text));
        let part =
            |text: &str| text.bytes().any(|byte| byte.is_ascii_alphabetic()) || text.bytes().filter(|byte| *byte == b'/').count() == 2;
        let times = || self.lines.iter().filter(|(.., is_time)| *is_time).map(|(_, text, _)| text);
        let aimed = self.lines.iter().any(|(row, text, is_time)| {
            let role = role_of(text, Some(Subject::Kpi)).map(|(role, _)| role);
            !is_time && *row != self.names && matches!(role, Some(Role::Target | Role::Polarity | Role::Unit | Role::Tolerance))
        });
        // A log of days or of meetings holds more than figures.
        let headed = |row: &RawRow| (self.periods + 1..=outline.last.1).filter(|column| row.cell(*column).is_some()).count();
        let whole = || grid.position(self.names).is_some_and(|at| headed(&grid.rows[at]) == self.indicators.len());
        called || aimed || (whole() && times().count() <= FEW && times().all(|text| part(text)))
    }

    /// Writes into an outline what its columns and its rows are.
    fn lay(self, grid: &RawSheet, outline: &mut Outline) {
        outline.kind = TableKind::Kpi;
        outline.first.0 = outline.first.0.min(self.first);
        outline.above = outline.above.min(outline.first.0);
        let head = self.lines.iter().take_while(|(row, _, is_time)| *row <= self.names && !is_time).map(|(row, ..)| *row);
        outline.header = Some((outline.first.0, head.max().unwrap_or(self.names)));
        let name = |column: u16| grid.position(self.names).map_or("", |at| grid.rows[at].text(column)).trim();
        for column in outline.first.1..=outline.last.1 {
            if outline.columns.iter().all(|heading| heading.column != column) && !name(column).is_empty() {
                outline.columns.push(Heading { words: name(column).into(), ..side_heading(column, None) });
            }
        }
        outline.columns.sort_by_key(|heading| heading.column);
        for heading in outline.columns.iter_mut().filter(|heading| !heading.is_chosen()) {
            let role = if heading.column <= self.periods {
                Some(Role::Period)
            } else {
                self.indicators.contains(&heading.column).then_some(Role::Kpi)
            };
            let words = std::mem::take(&mut heading.words);
            let words = if name(heading.column).is_empty() { words } else { name(heading.column).into() };
            *heading = Heading { words, ..side_heading(heading.column, role) };
        }
        let indicators = outline.columns.iter().filter(|heading| heading.role == Some(Role::Kpi));
        let Some(last) = indicators.map(|heading| heading.column).max() else { return };
        let label = |(row, text, _): &(u32, String, bool)| {
            let own = *row == self.names && role_of(text, Some(Subject::Kpi)).is_none_or(|(role, _)| role != Role::Kpi);
            Label { column: *row as u16, parent: "".into(), child: if own { "KPI" } else { text }.into() }
        };
        let labels: Vec<Label> = self.lines.iter().map(label).collect();
        let lines: Vec<u32> = self.lines.iter().map(|(row, ..)| *row).collect();
        let turned = grid.turned(&lines, &columns_read(outline));
        let rows = (u32::from(self.periods) + 1, u32::from(last));
        let mut headings = name_columns(&turned, &labels, TableKind::Kpi, Some(Subject::Kpi), rows);
        for (heading, (.., is_time)) in headings.iter_mut().zip(&self.lines) {
            let (own, periods) = (u32::from(heading.column) == self.names, heading.role == Some(Role::Period));
            let role = if own { Some(Role::Kpi) } else { Some(Role::Period).filter(|_| *is_time) };
            if role.is_some() && !(periods && *is_time) {
                (heading.role, heading.surety, heading.why, heading.rival) = (role, 0.9, Reason::Across, None);
            }
        }
        outline.turned = headings;
    }
}

fn side_heading(column: u16, role: Option<Role>) -> Heading {
    let why = Reason::Across;
    Heading { column, words: "".into(), role, surety: 0.9, why, rival: None, evidence: Vec::new(), key: None }
}

/// The rows of a table, with those wide ones directly above it.
fn rows_of<'grid>(grid: &'grid RawSheet, outline: &Outline) -> Vec<&'grid RawRow> {
    let within = |row: &RawRow| row.cells.iter().filter(|cell| (outline.first.1..=outline.last.1).contains(&cell.column)).count();
    let mut from = grid.rows.partition_point(|row| row.row < outline.first.0);
    let nearest = from.saturating_sub(ABOVE);
    while let Some(above) = from.checked_sub(1).map(|above| &grid.rows[above])
        && from > nearest
        && above.row >= outline.above
        && grid.rows.get(from).is_some_and(|first| above.row + 1 == first.row)
        && within(above) >= 3
    {
        from -= 1;
    }
    grid.rows[from..].iter().take_while(|row| row.row <= outline.last.0).filter(|row| within(row) > 0).collect()
}

/// Whether a cell names a time: a month, a quarter, a date, `Week 3`.
fn is_time(cell: &RawCell) -> bool {
    let text = cell.text.trim();
    let dated = cell.stored.as_ref().is_some_and(|stored| is_date_format(&stored.format));
    let bare = || text.bytes().all(|byte| byte.is_ascii_digit());
    dated
        || is_period(text)
        || (text.len() <= 30
            && !bare()
            && role_of(text, Some(Subject::Kpi)).is_none()
            && (parse_when(text).is_some() || order(text).is_some()))
}

/// Whether a column holds times one below the other.
fn is_of_times(rows: &[&RawRow], column: u16) -> bool {
    let filled: Vec<&RawCell> = rows.iter().filter_map(|row| row.cell(column)).collect();
    let times = filled.iter().filter(|cell| is_time(cell)).count();
    times >= 2 && filled.windows(2).any(|pair| is_time(pair[0]) && is_time(pair[1]) && pair[0].text != pair[1].text)
}

/// Whether a text is words rather than a figure with its unit.
fn is_worded(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && !text.trim_start().starts_with(['<', '>', '≤', '≥']) && (letters >= 6 || !text.bytes().any(|b| b.is_ascii_digit()))
}

/// Whether the words of a row say what of the indicators stands in it, as headings do.
fn is_line(text: &str) -> bool {
    let words = plain(text);
    text.is_empty()
        || is_total(text)
        || colour(text).is_some()
        || SUMS.iter().any(|sum| words.contains(sum))
        || role_of(text, Some(Subject::Kpi)).is_some()
}

/// The row of names among those above the first period: the one with the most words, over most of the columns.
fn names_row(rows: &[&RawRow], periods: u16) -> Option<u32> {
    let widest = rows.iter().map(|row| row.cells.iter().filter(|cell| cell.column > periods).count()).max()?;
    let letters = |row: &RawRow| {
        let own: Vec<&RawCell> = row.cells.iter().filter(|cell| cell.column > periods).collect();
        let worded = |cell: &&&RawCell| cell.stored.is_none() && is_worded(&cell.text);
        let role = role_of(row.text(periods), Some(Subject::Kpi)).map(|(role, _)| role);
        let aside = matches!(role, Some(Role::Target | Role::Polarity | Role::Unit | Role::Ref | Role::Lead | Role::Theme | Role::Comment));
        let fits = !aside && own.len() * 3 >= widest * 2 && own.iter().filter(worded).count() * 5 >= own.len() * 4;
        // What describes the indicators names them where nothing else does.
        fits.then(|| (role != Some(Role::Description), own.iter().map(|cell| cell.text.len()).sum::<usize>()))
    };
    let nearest = rows.len().saturating_sub(ABOVE * 2);
    let found = rows[nearest..].iter().filter_map(|row| Some((letters(row)?, row.row)));
    found.max_by_key(|(letters, row)| (*letters, *row)).map(|(_, row)| row)
}

/// The columns of indicators: headed by words, and figures in the rows of periods. `None` where they are too few among the columns, or
/// headed by what is said of an indicator.
fn indicators(rows: &[&RawRow], (periods, right): (u16, u16), names: u32) -> Option<Vec<u16>> {
    let name = |column: u16| rows.iter().find(|row| row.row == names).map_or("", |row| row.text(column)).trim();
    let dated = || rows.iter().filter(|row| row.cell(periods).is_some_and(is_time));
    let headed: Vec<u16> = (periods + 1..=right).filter(|&column| !name(column).is_empty()).collect();
    let measures = |&column: &u16| {
        let cells: Vec<&RawCell> = dated().filter_map(|row| row.cell(column)).collect();
        let figures = cells.iter().filter(|cell| is_figure(cell)).count();
        !cells.is_empty() && figures * 5 >= cells.len() * 4
    };
    let found: Vec<u16> = headed.iter().copied().filter(measures).collect();
    let of_one = |&&column: &&u16| {
        let role = role_of(name(column), Some(Subject::Kpi));
        let words = plain(name(column));
        let ends = [words.split(' ').next(), words.rsplit(' ').next()];
        Status::parse(name(column)).is_some()
            || ends.into_iter().flatten().any(|word| OF_ONE.contains(&word))
            || role.is_some_and(|(role, surety)| match role {
                Role::Target | Role::Current | Role::Rating | Role::Tolerance => surety >= 0.6,
                Role::Kpi | Role::Measure | Role::Action | Role::Theme | Role::Lead => false,
                _ => surety >= 0.9,
            })
    };
    let own: Vec<u16> = found.iter().filter(|column| !of_one(column)).copied().collect();
    (own.len() >= 2 && found.len() * 3 >= headed.len() * 2 && own.len() * 2 > found.len()).then_some(own)
}

/// Whether a cell holds a figure, or that there is none yet.
fn is_figure(cell: &RawCell) -> bool {
    let text = cell.text.trim();
    let dated = cell.stored.as_ref().is_some_and(|stored| is_date_format(&stored.format));
    let begins = |c: char| c.is_ascii_digit() || matches!(c, '£' | '€' | '$' | '-' | '–' | '<' | '>' | '≤' | '≥' | '.');
    let none = || matches!(&*plain(text), "n/a" | "na" | "tbc" | "nil" | "-" | "–" | "not available" | "new");
    !dated && (cell.stored.is_some() || (text.len() <= 20 && text.starts_with(begins)) || none())
}

/// The columns of a table on its side that are read: those of its periods and of its indicators.
fn columns_read(outline: &Outline) -> Vec<u16> {
    let read = |heading: &&Heading| matches!(heading.role, Some(Role::Kpi | Role::Period));
    let mut columns: Vec<u16> = outline.columns.iter().filter(read).map(|heading| heading.column).collect();
    columns.sort_unstable();
    columns
}

/// The column of the periods.
fn column_of_periods(outline: &Outline) -> u16 {
    let first = outline.column_of(Role::Kpi).unwrap_or(u16::MAX);
    let before = |heading: &&Heading| heading.role == Some(Role::Period) && heading.column < first;
    outline.columns.iter().rfind(before).map_or(outline.first.1, |heading| heading.column)
}

/// Takes a table on its side out of its sheet, turned, with its outline there.
pub(super) fn take(grid: &mut RawSheet, outline: &Outline) -> (RawSheet, Outline) {
    let lines: Vec<u32> = outline.turned.iter().map(|heading| u32::from(heading.column)).collect();
    let block = grid.take_turned(&lines, &columns_read(outline));
    let left = u32::from(outline.first.1);
    let upright = Outline {
        header: Some((left, u32::from(column_of_periods(outline)))),
        first: (left, lines.first().copied().unwrap_or(0) as u16),
        last: (u32::from(outline.last.1), lines.last().copied().unwrap_or(0) as u16),
        above: left,
        columns: outline.turned.clone(),
        turned: Vec::new(),
        ..outline.clone()
    };
    (block, upright)
}

/// The note on a table that was turned.
pub(super) fn turned_note(table: &Table, outline: &Outline, grid: &RawSheet) -> Note {
    let count = table.rows.iter().filter(|row| row.kind == RowKind::Entry).count();
    let message = format!(
        "The periods of “{}” stand in its rows and its {count} KPIs in its columns, so each of those columns was read as a KPI.",
        table.sheet
    );
    let row = outline.header.map_or(outline.first.0, |(_, last)| last);
    Note::new(Severity::Info, Code::KpisAcross, Place::address(grid.place(row, column_of_periods(outline))), message, "")
}

/// The note on a register that lies so too, but is kept as it stands.
pub(super) fn kept_note(table: &Table) -> Option<Note> {
    if table.kind != TableKind::Register || table.columns.len() < 3 {
        return None;
    }
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.is_line()).take(SAMPLE).collect();
    let first = |row: &&&Row| row.cells.first().is_some_and(|cell| is_period(&cell.text));
    let periods = rows.iter().filter(first).count();
    let aims = rows.iter().filter(|row| row.cells.first().is_some_and(|cell| TARGETS.contains(&&*plain(&cell.text)))).count();
    if periods < 3 || periods + aims < rows.len() {
        return None;
    }
    // Each of the other columns is headed by words and holds numbers.
    let is_number =
        |cell: &&Cell| matches!(cell.value, Value::Number(_) | Value::Figure(_)) || cell.amount().is_some() || has_digits(&cell.text);
    let measures = (1..table.columns.len()).filter(|&at| {
        let cells: Vec<&Cell> = rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_blank()).collect();
        let headed = table.columns[at].heading.chars().any(char::is_alphabetic);
        headed && !cells.is_empty() && cells.iter().filter(|cell| is_number(cell)).count() * 5 >= cells.len() * 4
    });
    let measures = measures.count();
    if measures < 2 || measures * 3 < (table.columns.len() - 1) * 2 {
        return None;
    }
    let message = format!(
        "The {measures} indicators of “{}” stand in its columns and its periods in the rows, so they are not rated as KPIs.",
        table.sheet
    );
    let hint = "Copy the table in Excel and paste it with Paste special > Transpose, so that each KPI has a row.";
    Some(Note::new(Severity::Info, Code::KpisAcross, Place::address(&*table.sheet), message, hint))
}

/// Whether a text is a number with its unit.
fn has_digits(text: &str) -> bool {
    text.len() <= 12 && text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '£' | '-' | '<' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, ColumnId, RowId};

    fn table(headings: &[&str], rows: &[&[&str]]) -> Table {
        let columns =
            headings.iter().zip(1..).map(|(heading, id)| Column { id: ColumnId(id), heading: (*heading).into(), ..Column::default() });
        let row = |(texts, id): (&&[&str], u32)| Row {
            id: RowId(id),
            cells: texts.iter().map(|text| Cell::text(*text)).collect(),
            ..Row::default()
        };
        Table::new(TableKind::Register, columns.collect(), rows.iter().zip(1..).map(row).collect::<Vec<_>>())
    }

    #[test]
    fn periods_down_and_indicators_across_are_said() {
        let rows: [&[&str]; 4] =
            [&["Target", "95%", "10"], &["Apr 2026", "94%", "9"], &["May 2026", "96%", "12"], &["Jun 2026", "97%", "8"]];
        assert!(kept_note(&table(&["Month", "Bins on time", "Days to mend"], &rows)).is_some());
        let rows: [&[&str]; 3] = [&["Apr 2026", "Opened", "Al"], &["May 2026", "Closed", "Bo"], &["Jun 2026", "Opened", "Al"]];
        assert!(kept_note(&table(&["Month", "What happened", "Who"], &rows)).is_none());
    }
}
