//! What a plan holds of a status, in all or in part: how many there are now, and the formula that counts them in a return.

use std::{collections::HashMap, ops::Range};

use super::{parts::parts, placement::Placed};
use crate::{
    insight::{self, Tally},
    model::{Cell, Document, Role, Row, RowKind, Status, Table, TableId, TableKind, Value, column_letters, excel::LONGEST_LITERAL},
};

/// More words than this are not counted by a formula, which would be too long to read.
const MOST_WORDS: usize = 12;
/// A formula above this is not readable; Excel takes 8,192 characters.
const LONGEST_FORMULA: usize = 2_000;

/// The plans of a document, and where they stand in a return where that is known.
pub(crate) struct Counting<'doc> {
    plans: HashMap<TableId, Vec<Stand<'doc>>>,
}

/// The part of a plan that stands on one sheet of a return.
struct Stand<'doc> {
    table: &'doc Table,
    sheet: String,
    rows: Range<usize>,
    /// The sheet row of each row of the table; empty where it is not laid out.
    lines: Vec<u32>,
}

/// What of some plans is counted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scope {
    pub plans: Vec<TableId>,
    pub part: Part,
}

/// Which rows of the plans are counted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Whole,
    /// Those that hold a text in a column: a department, a lead, a priority.
    Holding {
        text: Box<str>,
        columns: Vec<(TableId, usize)>,
    },
    /// Those below a section's or a group's heading.
    Below(Box<str>),
}

/// How much a scope holds now, and the formulas that count it.
pub(crate) struct Counts {
    pub lines: Tally,
    pub actions: usize,
    /// One a status, in the order of `Status::ALL`; none where it would not count what this program counts.
    formulas: [Option<String>; 7],
}

impl Counts {
    /// The formula that counts a status.
    pub(crate) fn formula(&self, status: Status) -> Option<&str> {
        self.formulas[status as usize].as_deref()
    }
}

impl<'doc> Counting<'doc> {
    /// The plans as they stand in a return.
    pub(crate) fn of(placed: &[Placed<'doc>]) -> Self {
        let mut plans: HashMap<TableId, Vec<Stand<'doc>>> = HashMap::new();
        for placed in placed.iter().filter(|placed| placed.part.table.kind == TableKind::Plan) {
            let (table, rows) = (placed.part.table, placed.part.rows.clone());
            let stand = Stand { table, sheet: placed.sheet.clone(), rows, lines: placed.placement.rows.clone() };
            plans.entry(table.id).or_default().push(stand);
        }
        Self { plans }
    }

    /// The plans of a document that is not laid out: what can be counted, not where.
    pub(crate) fn unplaced(document: &'doc Document) -> Self {
        let stands = |table: &'doc Table| {
            let rows = parts(table).into_iter().map(|part| part.rows);
            rows.map(|rows| Stand { table, sheet: String::new(), rows, lines: Vec::new() }).collect()
        };
        Self { plans: document.of_kind(TableKind::Plan).map(|table| (table.id, stands(table))).collect() }
    }

    /// The counts of a whole plan.
    pub(crate) fn whole(&self, plan: TableId) -> Counts {
        self.counts(&Scope { plans: vec![plan], part: Part::Whole })
    }

    /// The counts of all plans.
    pub(super) fn all(&self) -> Counts {
        let mut plans: Vec<TableId> = self.plans.keys().copied().collect();
        plans.sort_unstable();
        self.counts(&Scope { plans, part: Part::Whole })
    }

    /// The counts of the part of a plan that stands on one of its sheets, the first being 0.
    pub(crate) fn on_sheet(&self, plan: TableId, number: usize) -> Counts {
        Self::count(self.stands(&[plan]).skip(number).take(1), &Part::Whole)
    }

    /// The counts of a scope.
    pub(crate) fn counts(&self, scope: &Scope) -> Counts {
        Self::count(self.stands(&scope.plans), &scope.part)
    }

    fn count<'a>(stands: impl Iterator<Item = &'a Stand<'doc>>, part: &Part) -> Counts
    where
        'doc: 'a,
    {
        let mut counts = Counts { lines: Tally::default(), actions: 0, formulas: [const { None }; 7] };
        let mut terms = [const { Some(Vec::new()) }; 7];
        for stand in stands {
            let Some(held) = stand.held_by(part) else { continue };
            let mut lines = Tally::default();
            for at in held.rows.iter().cloned().flatten() {
                let row = &stand.table.rows[at];
                let meets = || held.beside.is_none_or(|(column, text)| same(stand.text(at, column).trim(), text));
                if row.is_line() && meets() {
                    counts.actions += usize::from(row.kind == RowKind::Entry);
                    stand.table.status_of(row).into_iter().for_each(|status| lines.add(status, 1));
                }
            }
            for (status, count) in lines.iter() {
                counts.lines.add(status, count);
                let of_status = stand.terms(&held, status, count);
                let terms = &mut terms[status as usize];
                *terms = terms.take().zip(of_status).map(|(terms, more)| [terms, more].concat());
            }
        }
        let formula = |terms: Vec<String>| Some(format!("={}", terms.join("+"))).filter(|text| text.len() <= LONGEST_FORMULA);
        counts.formulas = terms.map(|terms| terms.filter(|terms| !terms.is_empty()).and_then(formula));
        counts
    }

    /// The part of some plans that a label names, if it names one.
    pub(crate) fn part_named(&self, plans: &[TableId], label: &str) -> Option<Part> {
        let label = label.trim();
        if label.is_empty() {
            return None;
        }
        let column = |plan: &TableId| self.plans.get(plan)?.iter().find_map(|stand| stand.column_of(label));
        let columns: Vec<(TableId, usize)> = plans.iter().filter_map(|plan| Some((*plan, column(plan)?))).collect();
        if !columns.is_empty() {
            return Some(Part::Holding { text: label.into(), columns });
        }
        self.stands(plans).any(|stand| !stand.below(label).is_empty()).then(|| Part::Below(label.into()))
    }

    fn stands(&self, plans: &[TableId]) -> impl Iterator<Item = &Stand<'doc>> {
        plans.iter().filter_map(|plan| self.plans.get(plan)).flatten()
    }
}

/// The rows of a plan that a scope reaches over, and what they must hold in a column.
struct Held<'part> {
    rows: Vec<Range<usize>>,
    beside: Option<(usize, &'part str)>,
}

impl Stand<'_> {
    fn held_by<'part>(&self, part: &'part Part) -> Option<Held<'part>> {
        Some(match part {
            Part::Whole => Held { rows: vec![self.rows.clone()], beside: None },
            Part::Below(words) => Held { rows: self.below(words), beside: None },
            Part::Holding { text, columns } => {
                let (_, column) = columns.iter().find(|(plan, _)| *plan == self.table.id)?;
                Held { rows: vec![self.rows.clone()], beside: Some((*column, text)) }
            }
        })
    }

    /// The rows below the headings in some words.
    fn below(&self, words: &str) -> Vec<Range<usize>> {
        let rows = &self.table.rows;
        let heads = self.rows.clone().filter(|&at| is_headed(&rows[at], words));
        let end = |at: usize| {
            let ends = |row: &Row| row.kind == RowKind::Section || (row.kind == RowKind::Group && rows[at].kind == RowKind::Group);
            (at + 1..self.rows.end).find(|&below| ends(&rows[below])).unwrap_or(self.rows.end)
        };
        heads.map(|at| at + 1..end(at)).filter(|range| !range.is_empty()).collect()
    }

    /// The column that holds a text: one of names or groups, not of statuses, dates or long words.
    fn column_of(&self, text: &str) -> Option<usize> {
        let may = |role: Option<Role>| matches!(role, None | Some(Role::Theme | Role::Lead | Role::Priority));
        let columns = self.table.columns.iter().enumerate().filter(|(_, column)| may(column.role));
        let holds = |column: usize| self.rows.clone().any(|at| self.table.rows[at].is_line() && same(self.text(at, column).trim(), text));
        columns.map(|(at, _)| at).find(|&column| holds(column))
    }

    /// The text that holds for a line in a column: its own, or that of the cell it is merged with.
    fn text(&self, at: usize, column: usize) -> &str {
        let above = self.table.rows[..=at].iter().rev().take_while(|row| row.is_line()).filter_map(|row| row.cells.get(column));
        above.into_iter().find(|cell| cell.value != Value::Merged).map_or("", |cell| &*cell.text)
    }

    /// The terms of a formula that counts a status in some rows, where they give what was counted.
    fn terms(&self, held: &Held<'_>, status: Status, counted: usize) -> Option<Vec<String>> {
        let column = self.table.role_position(Role::Status)?;
        let words = words(self.table, column, status)?;
        // What the formula would see: each cell's own text, in headings too and not in merged cells.
        let sees = |at: usize, column: usize, word: &str| self.table.rows[at].cells.get(column).is_some_and(|cell| same(word, &cell.text));
        let met = |at: &usize| {
            words.iter().any(|word| sees(*at, column, word)) && held.beside.is_none_or(|(column, text)| sees(*at, column, text))
        };
        let fits = words.iter().copied().chain(held.beside.map(|(_, text)| text)).all(|word| word.chars().count() <= LONGEST_LITERAL);
        if !fits || held.rows.iter().cloned().flatten().filter(met).count() != counted {
            return None;
        }
        let term = |range: &Range<usize>, word: &str| {
            let (cells, criterion) = (self.reference(column, range), criterion(word));
            match held.beside {
                None => format!("COUNTIF({cells},{criterion})"),
                Some((beside, text)) => {
                    format!("COUNTIFS({cells},{criterion},{},{})", self.reference(beside, range), self::criterion(text))
                }
            }
        };
        let ranges = held.rows.iter().filter(|range| !range.is_empty());
        Some(ranges.flat_map(|range| words.iter().map(|word| term(range, word)).collect::<Vec<_>>()).collect())
    }

    /// The cells of a column in some rows, as a formula names them.
    fn reference(&self, column: usize, range: &Range<usize>) -> String {
        let letters = column_letters(column as u32);
        let line = |at: usize| self.lines.get(at).map_or(at as u32, |line| *line) + 1;
        format!("{}!${letters}${}:${letters}${}", quoted(&self.sheet), line(range.start), line(range.end - 1))
    }
}

/// Whether a row is a heading in these words.
fn is_headed(row: &Row, words: &str) -> bool {
    match row.kind {
        RowKind::Section => row.fields.first().is_some_and(|field| same(field.cell.text.trim(), words)),
        RowKind::Group => row.cells.iter().any(|cell| same(cell.text.trim(), words)),
        RowKind::Entry | RowKind::Line | RowKind::Total => false,
    }
}

/// The words of a status in a column, and the one that the list of choices offers; none where they are too many.
fn words(table: &Table, column: usize, status: Status) -> Option<Vec<&str>> {
    let mut words: Vec<&str> = Vec::new();
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    for cell in cells.filter(|cell: &&Cell| !cell.is_blank() && cell.status() == Some(status)) {
        if !words.iter().any(|word| same(word, &cell.text)) {
            words.push(&cell.text);
        }
        if words.len() > MOST_WORDS {
            return None;
        }
    }
    if !words.iter().any(|word| same(word, status.word())) {
        words.push(status.word());
    }
    Some(words)
}

/// Whether a spreadsheet program counts two texts as one.
fn same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    one == other || one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
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

/// The plans whose statuses are counted: those with a column of statuses where any has one.
pub(crate) fn rated(document: &Document) -> Vec<TableId> {
    let plans = || document.of_kind(TableKind::Plan);
    let has = |plan: &&Table| plan.role_position(Role::Status).is_some();
    let any = plans().any(|plan| has(&plan));
    let counts = |plan: &&Table| if any { has(plan) } else { insight::counts(plan).lines.total() > 0 };
    plans().filter(counts).map(|plan| plan.id).collect()
}
