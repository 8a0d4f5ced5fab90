//! Counts that were formulas, as formulas again over the statuses of the return itself. What was no count of statuses stays as it was read.

use std::collections::HashMap;

use super::board::Placed;
use crate::{
    insight::{self, Tally},
    model::{Cell, Document, Role, RowKind, Status, Stored, Table, TableId, TableKind, column_letters},
    workbook::{Content, Page},
};

/// More words than this are not counted by a formula, which would be too long to read.
const MOST_WORDS: usize = 12;

/// Where the statuses of the plans stand in a return, and what they are called there.
pub struct Counting<'doc> {
    plans: HashMap<TableId, Plan<'doc>>,
}

/// The status column of one plan.
struct Plan<'doc> {
    /// Its cells, sheet by sheet.
    ranges: Vec<String>,
    /// The words of each status as they are written.
    words: Vec<(Status, Vec<&'doc str>)>,
    counts: Tally,
}

impl<'doc> Counting<'doc> {
    pub fn of(placed: &[Placed<'doc>]) -> Self {
        let mut plans: HashMap<TableId, Plan<'doc>> = HashMap::new();
        for placed in placed.iter().filter(|placed| placed.part.table.kind == TableKind::Plan) {
            let (table, rows) = (placed.part.table, placed.part.rows.clone());
            let Some(column) = table.role_position(Role::Status).filter(|_| !rows.is_empty()) else { continue };
            let letters = column_letters(column as u32);
            let (first, last) = (placed.spot.rows[rows.start], placed.spot.rows[rows.end - 1]);
            let plan = plans.entry(table.id).or_insert_with(|| Plan {
                ranges: Vec::new(),
                words: words(table, column),
                counts: insight::counts(table).lines,
            });
            plan.ranges.push(format!("{}!${letters}${}:${letters}${}", quoted(&placed.sheet), first + 1, last + 1));
        }
        Self { plans }
    }

    /// The statuses of a document that is not laid out: what can be counted, not where.
    fn unplaced(document: &'doc Document) -> Self {
        let plan = |table: &'doc Table| {
            let words = words(table, table.role_position(Role::Status)?);
            Some((table.id, Plan { ranges: vec![String::new()], words, counts: insight::counts(table).lines }))
        };
        Self { plans: document.of_kind(TableKind::Plan).filter_map(plan).collect() }
    }

    /// The formula that counts a status in some plans and what it gives now; none where it would not count what this program counts.
    pub fn formula(&self, plans: &[TableId], status: Status) -> Option<(String, usize)> {
        let (mut terms, mut now) = (Vec::new(), 0);
        for plan in plans {
            let plan = self.plans.get(plan)?;
            let (_, words) = plan.words.iter().find(|(held, _)| *held == status)?;
            now += plan.counts.get(status);
            for range in &plan.ranges {
                terms.extend(words.iter().map(|word| format!("COUNTIF({range},{})", criterion(word))));
            }
        }
        (!terms.is_empty()).then(|| (format!("={}", terms.join("+")), now))
    }
}

/// The words of each status in a column, where counting them gives the plan's count of it.
fn words(table: &Table, column: usize) -> Vec<(Status, Vec<&str>)> {
    let counts = insight::counts(table).lines;
    let cells = || table.rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_blank());
    let mut by_status: HashMap<Status, Vec<&str>> = HashMap::new();
    for cell in cells() {
        if let Some(status) = cell.status() {
            let held = by_status.entry(status).or_default();
            if held.len() <= MOST_WORDS && !held.iter().any(|word| same(word, &cell.text)) {
                held.push(&cell.text);
            }
        }
    }
    let mut all = Vec::new();
    for status in Status::ALL {
        let mut words = by_status.remove(&status).unwrap_or_default();
        let counted = cells().filter(|cell| words.iter().any(|word| same(word, &cell.text))).count();
        if counted != counts.get(status) || words.len() > MOST_WORDS {
            continue;
        }
        // What is chosen from the list counts as well.
        if !words.iter().any(|word| same(word, status.word())) {
            words.push(status.word());
        }
        all.push((status, words));
    }
    all
}

/// Whether a spreadsheet program counts two texts as one.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// A text as the criterion of a COUNTIF that only this text meets.
fn criterion(word: &str) -> String {
    let plain: String = word.chars().flat_map(|c| if matches!(c, '*' | '?' | '~') { vec!['~', c] } else { vec![c] }).collect();
    let plain = if plain.starts_with(['=', '<', '>']) { format!("={plain}") } else { plain };
    format!("\"{}\"", plain.replace('"', "\"\""))
}

/// The name of a sheet in a formula.
fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// How many cells of a document that were counts by formulas are formulas again in its return.
#[must_use]
pub fn counted_anew(document: &Document) -> usize {
    let counting = Counting::unplaced(document);
    tables(document).map(|(table, tracked)| live_cells(document, table, tracked.as_deref(), &counting).len()).sum()
}

/// Makes the counts in a return's tables formulas again that were formulas in the workbook they were read from.
pub fn revive(pages: &mut [Page<'_>], document: &Document, placed: &[Placed<'_>], counting: &Counting<'_>) {
    for (table, tracked) in tables(document) {
        let Some(placed) = placed.iter().find(|placed| placed.part.table.id == table.id) else { continue };
        let Some(page) = pages.iter_mut().find(|page| page.name == placed.sheet) else { continue };
        for live in live_cells(document, table, tracked.as_deref(), counting) {
            set(page, placed, live);
        }
    }
}

/// The tables that may hold counts, with the plans that a tracker counts.
fn tables(document: &Document) -> impl Iterator<Item = (&Table, Option<Vec<TableId>>)> {
    let trackers = insight::trackers(document);
    let counts = document.tables.iter().filter(|table| matches!(table.kind, TableKind::Register | TableKind::History));
    counts.map(move |table| (table, trackers.iter().find(|tracker| tracker.table == table.id).map(|tracker| tracker.plans.clone())))
}

/// A cell that is a formula again.
struct Live {
    row: usize,
    column: usize,
    gives: Gives,
    now: f64,
}

/// What a formula gives, by rows of its own column.
enum Gives {
    Count(String),
    Sum(Vec<usize>),
    Share { line: usize, of: Vec<usize> },
}

fn live_cells(document: &Document, table: &Table, tracked: Option<&[TableId]>, counting: &Counting<'_>) -> Vec<Live> {
    let rated = document.of_kind(TableKind::Plan).filter(|plan| plan.role_position(Role::Status).is_some());
    let plans: Vec<TableId> = rated.map(|plan| plan.id).collect();
    let of = |column: usize| {
        let counted = tracked.map_or_else(|| scope(document, table, column, &plans), <[TableId]>::to_vec);
        live_column(table, column, &counted, counting)
    };
    (0..table.columns.len()).flat_map(of).collect()
}

/// Which plans a column of counts is of: those whose counts it holds, those its heading names, or all of them.
fn scope(document: &Document, table: &Table, column: usize, plans: &[TableId]) -> Vec<TableId> {
    let lines = labelled(table, column);
    let holds = |plans: &[TableId]| {
        let count =
            |status| plans.iter().filter_map(|id| document.table(*id)).map(|plan| insight::counts(plan).lines.get(status)).sum::<usize>();
        !lines.is_empty() && lines.iter().all(|&(_, status, number)| (number - count(status) as f64).abs() < 0.5)
    };
    let heading = table.heading(column).to_lowercase();
    let named = |id: &&TableId| document.table(**id).is_some_and(|plan| plan.name.to_lowercase() == heading);
    let alone = || plans.iter().find(|id| holds(&[**id]));
    if plans.len() > 1
        && !holds(plans)
        && let Some(only) = plans.iter().find(named).or_else(alone)
    {
        return vec![*only];
    }
    plans.to_vec()
}

/// The rows of a table that state a status and hold a formula's number in a column.
fn labelled(table: &Table, column: usize) -> Vec<(usize, Status, f64)> {
    let rows = table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry);
    rows.filter_map(|(at, row)| {
        let number = formula_number(row.cells.get(column)?)?;
        let label = row.cells.iter().take(column).find(|cell| !cell.is_blank())?;
        Some((at, label.status().or_else(|| Status::parse(&label.text))?, number))
    })
    .collect()
}

fn formula_number(cell: &Cell) -> Option<f64> {
    cell.amount().filter(|_| cell.formula && cell.format.is_some())
}

fn live_column(table: &Table, column: usize, plans: &[TableId], counting: &Counting<'_>) -> Vec<Live> {
    let lines = labelled(table, column);
    // One status alone, or one twice, is no list of counts.
    let twice = lines.iter().enumerate().any(|(at, (_, status, _))| lines[..at].iter().any(|(_, before, _)| before == status));
    if lines.len() < 2 || twice {
        return Vec::new();
    }
    let mut live: Vec<Live> = Vec::new();
    for &(row, status, _) in &lines {
        if let Some((formula, count)) = counting.formula(plans, status) {
            live.push(Live { row, column, gives: Gives::Count(formula), now: count as f64 });
        }
    }
    let now: HashMap<usize, f64> = live.iter().map(|live| (live.row, live.now)).collect();
    let present = |row: usize, before: f64| now.get(&row).copied().unwrap_or(before);
    let before: f64 = lines.iter().map(|(_, _, before)| before).sum();
    let after: f64 = lines.iter().map(|&(row, _, before)| present(row, before)).sum();
    let rows: Vec<usize> = lines.iter().map(|(row, ..)| *row).collect();
    let mut total = None;
    for (row, held) in table.rows.iter().enumerate().filter(|(row, _)| !rows.contains(row)) {
        let Some(number) = held.cells.get(column).and_then(formula_number) else { continue };
        let label = held.cells.iter().take(column).find(|cell| !cell.is_blank()).map_or("", |cell| &*cell.text);
        if (number - before).abs() < 1e-9 && !label.contains('%') {
            live.push(Live { row, column, gives: Gives::Sum(rows.clone()), now: after });
            total.get_or_insert(row);
        } else if let Some((line, part)) = share_of(label, &lines)
            && before > 0.0
            && (number - part / before).abs() < 1e-9
        {
            let of = total.map_or_else(|| rows.clone(), |total| vec![total]);
            let share = if after > 0.0 { present(line, part) / after } else { 0.0 };
            live.push(Live { row, column, gives: Gives::Share { line, of }, now: share });
        }
    }
    live
}

/// The line that `% complete` and the like is a share of.
fn share_of(label: &str, lines: &[(usize, Status, f64)]) -> Option<(usize, f64)> {
    let lower = label.to_lowercase();
    let words = ["percentage", "per cent", "percent", "proportion", "share", "of"]
        .iter()
        .fold(lower.replace('%', " "), |text, word| text.split_whitespace().filter(|part| part != word).collect::<Vec<_>>().join(" "));
    let status = Status::parse(&words).filter(|_| words != lower)?;
    lines.iter().find(|(_, held, _)| *held == status).map(|&(at, _, before)| (at, before))
}

/// Puts a formula in place of a number that was one.
fn set(page: &mut Page<'_>, placed: &Placed<'_>, live: Live) {
    let place = |row: &usize| format!("{}{}", column_letters(live.column as u32), placed.spot.rows[*row] + 1);
    let sum = |rows: &[usize]| rows.iter().map(place).collect::<Vec<_>>().join("+");
    let formula = match live.gives {
        Gives::Count(formula) => formula,
        Gives::Sum(rows) => format!("={}", sum(&rows)),
        Gives::Share { line, of } => {
            let whole = if of.len() == 1 { sum(&of) } else { format!("({})", sum(&of)) };
            format!("=IF({whole}=0,0,{}/{whole})", place(&line))
        }
    };
    let at = (placed.spot.rows[live.row], live.column as u16);
    let Ok(at) = page.cells.binary_search_by_key(&at, |cell| (cell.row, cell.column)) else { return };
    if let Content::Stored(stored) = &page.cells[at].content {
        let now = Stored { number: live.now, format: stored.format.clone() };
        page.cells[at].content = Content::Formula { formula, now };
    }
}
