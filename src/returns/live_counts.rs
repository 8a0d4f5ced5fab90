//! Counts of statuses that were formulas count the return's own rows again, by formulas where they can. Leaves other formulas as they were read.

use std::collections::HashMap;

use super::{
    counting::{self, Counting, Counts, Part, Scope},
    parts,
    placement::Placed,
};
use crate::{
    insight,
    model::{Cell, Document, Field, RowKind, Status, Stored, Table, TableId, TableKind, column_letters, says_count, show_number},
    workbook::{Content, Page},
};

/// More lines of counts than this are no summary, and each is counted through the whole plan.
const MOST_LINES: usize = 200;
/// How far a share that its owner rounded may be from the one worked out.
const ROUNDED: f64 = 0.0051;
/// What stands after a number that can be neither counted nor worked out anew.
const AS_BEFORE: &str = "(as last worked out)";

/// How many cells of a document that were counts by formulas are counted anew in its return.
#[must_use]
pub fn counted_anew(document: &Document) -> usize {
    let counting = Counting::unplaced(document);
    let anew = |live: &&Live| !matches!(live.gives, Gives::AsBefore);
    let in_tables: usize = tables(document).map(|table| live_cells(document, table, &counting).iter().filter(anew).count()).sum();
    let above = |table: &Table| {
        let lines = || table.fields.iter().chain(table.summary.iter().flat_map(|summary| &summary.lines));
        let told = |(number, part): (usize, parts::Part<'_>)| {
            let counts = counting.on_sheet(table.id, number);
            let anew = |field: &&Field| field_now(field, &counts).is_some();
            if part.first { lines().filter(anew).count() } else { part.fields.iter().filter(anew).count() }
        };
        parts::parts(table).into_iter().enumerate().map(told).sum::<usize>()
    };
    in_tables + document.of_kind(TableKind::Plan).map(above).sum::<usize>()
}

/// Counts the cells of a return's tables anew that were counts by formulas in the workbook they were read from.
pub(crate) fn recalculate(pages: &mut [Page<'_>], document: &Document, placed: &[Placed<'_>], counting: &Counting<'_>) {
    for table in tables(document) {
        let Some(placed) = placed.iter().find(|placed| placed.part.table.id == table.id) else { continue };
        let Some(page) = pages.iter_mut().find(|page| page.name == placed.sheet) else { continue };
        for live in live_cells(document, table, counting) {
            set(page, placed, live);
        }
    }
    for (at, part) in placed.iter().enumerate().filter(|(_, placed)| placed.part.table.kind == TableKind::Plan && !placed.part.first) {
        let number = placed[..at].iter().filter(|before| before.part.table.id == part.part.table.id).count();
        let Some(page) = pages.iter_mut().find(|page| page.name == part.sheet) else { continue };
        let counts = counting.on_sheet(part.part.table.id, number);
        for (row, field) in part.placement.fields.iter().zip(parts::shown(part.part.fields)) {
            let at = page.cells.binary_search_by_key(&(*row, 1), |cell| (cell.row, cell.column));
            if let (Ok(at), Some(now)) = (at, field_now(field, &counts)) {
                page.cells[at].content = now;
            }
        }
    }
}

/// What a labelled count above a plan says today: `Complete`, `Total actions`, `% complete`, or a text such as `5 (-3)`. None where it
/// is none, or was typed.
pub(crate) fn field_now<'doc>(field: &Field, counts: &Counts) -> Option<Content<'doc>> {
    let cell = Some(&field.cell).filter(|cell| cell.formula)?;
    let status = Status::parse(&field.label);
    let Some(stored) = cell.stored() else {
        let (status, count, delta) = insight::stated_in(field)?;
        let now = counts.lines.get(status);
        let change = insight::signed(now) - insight::signed(count);
        return Some(Content::Owned(delta.map_or_else(|| now.to_string(), |delta| format!("{now} ({:+})", delta + change))));
    };
    let stored = |now: f64| Stored { number: now, format: stored.format.clone() };
    if let Some(status) = status {
        let now = stored(counts.lines.get(status) as f64);
        return Some(match counts.formula(status) {
            Some(formula) => Content::Formula { formula: formula.to_owned(), now },
            None => Content::Stored(now),
        });
    }
    if let Some(status) = share_of(&field.label) {
        let share = counts.lines.get(status) as f64 / counts.lines.total().max(1) as f64;
        return Some(Content::Stored(stored(share * scale(cell)?)));
    }
    (says_count(&field.label) && is_count(cell)).then(|| Content::Stored(stored(counts.actions as f64)))
}

/// The tables that may hold counts.
fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.tables.iter().filter(|table| matches!(table.kind, TableKind::Register | TableKind::History))
}

/// A cell that is counted anew.
struct Live {
    at: At,
    gives: Gives,
    now: f64,
}

/// A cell of a table, by positions.
type At = (usize, usize);

/// What stands in a cell that is counted anew.
enum Gives {
    Formula(String),
    Number,
    Sum(Vec<At>),
    Share {
        part: At,
        of: Vec<At>,
        scale: f64,
    },
    /// It could not be counted: the number that was read, with words that say so.
    AsBefore,
}

/// A column of counts beside statuses, or a row of them below statuses.
struct Line {
    /// Its heading, or what its row begins with.
    label: String,
    /// Those below or beside a status.
    counts: Vec<(At, Status, f64)>,
    /// Its other numbers, with their labels: totals and shares.
    others: Vec<(At, String, f64)>,
    /// How many times a share its numbers are, where they are shares: 1, or 100.
    scale: Option<f64>,
    whole_numbers: bool,
}

/// The numbers that formulas gave, line by line.
fn lines(table: &Table) -> Vec<Line> {
    let headed: Vec<Option<Status>> = table.columns.iter().map(|column| Status::parse(&column.heading)).collect();
    let given = |&(row, column): &At| table.rows[row].cells.get(column).and_then(|cell| Some((cell, formula_number(cell)?)));
    let rows = || (0..table.rows.len()).filter(|&at| table.rows[at].kind != RowKind::Section);
    let across = rows().any(|row| (0..headed.len()).any(|column| headed[column].is_some() && given(&(row, column)).is_some()));
    let first = |row: usize, before: usize| table.rows[row].cells.iter().take(before).find(|cell| !cell.is_blank());
    let line = |label: String, cells: &mut dyn Iterator<Item = At>| {
        let mut line = Line { label, counts: Vec::new(), others: Vec::new(), scale: Some(1.0), whole_numbers: true };
        for at in cells {
            let Some((cell, number)) = given(&at) else { continue };
            let (row, column) = at;
            let (label, status) = if across {
                (table.heading(column), headed[column])
            } else {
                let label = first(row, column);
                let status = label.and_then(|label| label.status().or_else(|| Status::parse(&label.text)));
                (label.map_or_else(String::new, |cell| cell.text.to_string()), status.filter(|_| table.rows[row].kind == RowKind::Entry))
            };
            if let Some(status) = status {
                line.whole_numbers &= is_count(cell);
                line.scale = line.scale.and(scale(cell));
                line.counts.push((at, status, number));
            } else {
                line.others.push((at, label, number));
            }
        }
        line
    };
    if across {
        let label = |row: usize| {
            first(row, usize::MAX).filter(|cell| cell.amount().is_none()).map_or_else(String::new, |cell| cell.text.to_string())
        };
        rows().map(|row| line(label(row), &mut (0..headed.len()).map(|column| (row, column)))).collect()
    } else {
        let columns = 0..table.columns.len();
        columns.map(|column| line(table.heading(column), &mut rows().map(|row| (row, column)))).collect()
    }
}

fn formula_number(cell: &Cell) -> Option<f64> {
    cell.amount().filter(|_| cell.formula && cell.format.is_some())
}

/// Whether a number can be a count: whole, and shown as neither a share nor money.
fn is_count(cell: &Cell) -> bool {
    let shown = cell.format.as_deref().is_none_or(|format| !format.contains(['%', '£', '$', '€']));
    shown && cell.amount().is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
}

/// How many times a share a cell's number is, where it is a share: 1 where it is stored as one, 100 where it only says so many per cent.
fn scale(cell: &Cell) -> Option<f64> {
    let per_cent = cell.format.as_deref().is_some_and(|format| format.contains('%'));
    match cell.amount()? {
        number if !(0.0..=100.0).contains(&number) => None,
        _ if per_cent => Some(1.0),
        number => Some(if number > 1.0 { 100.0 } else { 1.0 }),
    }
}

fn live_cells(document: &Document, table: &Table, counting: &Counting<'_>) -> Vec<Live> {
    let mut lines = lines(table);
    // A status twice is no list of counts.
    lines.retain(|line| {
        let twice = |at: usize| line.counts[..at].iter().any(|(_, before, _)| *before == line.counts[at].1);
        !line.counts.is_empty() && !(0..line.counts.len()).any(twice)
    });
    let rated = counting::rated(document);
    let plans = match table.kind {
        // What an earlier period held is history, however it was worked out.
        TableKind::History => {
            let Some(tracker) = insight::trackers(document).into_iter().find(|tracker| tracker.table == table.id) else {
                return Vec::new();
            };
            let last = tracker.periods.last().map(|period| period.column);
            lines.retain(|line| line.counts.iter().all(|((_, column), ..)| Some(*column) == last));
            lines.iter_mut().for_each(|line| line.label = String::new());
            tracker.plans
        }
        TableKind::Plan | TableKind::Kpi | TableKind::Register => plans_of(document, table, rated.clone()),
    };
    if lines.len() > MOST_LINES {
        return Vec::new();
    }
    let whole = Scope { plans: plans.clone(), part: Part::Whole };
    let all = counting.counts(&whole);
    let near = |line: &Line| {
        let sum: f64 = line.counts.iter().map(|(.., number)| number).sum();
        let close = |count: usize| (sum - count as f64).abs() <= (count as f64 * 0.2).max(2.0);
        close(all.lines.total()) || close(all.actions)
    };
    let counted: Vec<bool> = lines.iter().map(|line| line.whole_numbers).collect();
    let alone = counted.iter().filter(|counted| **counted).count() == 1;
    let mut live = Vec::new();
    let mut done: Vec<&Line> = Vec::new();
    for line in lines.iter().zip(&counted).filter(|(_, counted)| **counted).map(|(line, _)| line) {
        let scope = scope((document, &rated), counting, &whole, line);
        let scope =
            scope.or_else(|| (alone && line.counts.len() > 1 && (line.label.trim().is_empty() || near(line))).then(|| whole.clone()));
        match scope {
            Some(scope) => live.extend(counts_anew(line, &counting.counts(&scope))),
            None if line.counts.len() > 1 && within(line, all.lines.total().max(all.actions)) => live.extend(as_before(line)),
            None => continue,
        }
        done.push(line);
    }
    for line in lines.iter().zip(&counted).filter(|(_, counted)| !**counted).map(|(line, _)| line) {
        live.extend(shares_anew(line, &done, &live, &all));
    }
    live
}

/// The plans that a table of counts is of: the one its name or its sheet names, the only one on its sheet, or all that have statuses.
fn plans_of(document: &Document, table: &Table, plans: Vec<TableId>) -> Vec<TableId> {
    let held = || plans.iter().filter_map(|id| document.table(*id));
    let beside: Vec<TableId> = held().filter(|plan| plan.sheet == table.sheet).map(|plan| plan.id).collect();
    if beside.len() == 1 { beside } else { plans }
}

/// What a line counts, by its label: a plan, everything, or a part of the plans.
fn scope((document, rated): (&Document, &[TableId]), counting: &Counting<'_>, whole: &Scope, line: &Line) -> Option<Scope> {
    let label = line.label.trim();
    if says_count(label) {
        return Some(whole.clone());
    }
    let named =
        |plan: &&Table| !label.is_empty() && [&plan.name, &plan.sheet].iter().any(|name| name.to_lowercase() == label.to_lowercase());
    let mut plans = rated.iter().filter_map(|id| document.table(*id)).filter(named);
    if let (Some(plan), None) = (plans.next(), plans.next()) {
        return Some(Scope { plans: vec![plan.id], part: Part::Whole });
    }
    Some(Scope { plans: whole.plans.clone(), part: counting.part_named(&whole.plans, label)? })
}

/// Whether a line's numbers could be counts of so many.
fn within(line: &Line, most: usize) -> bool {
    line.counts.iter().map(|(.., number)| number).sum::<f64>() <= most as f64 * 1.2 + 2.0
}

/// The counts of a line, its total and its shares.
fn counts_anew(line: &Line, counts: &Counts) -> Vec<Live> {
    let mut live: Vec<Live> = Vec::new();
    for &(at, status, _) in &line.counts {
        let gives = counts.formula(status).map_or(Gives::Number, |formula| Gives::Formula(formula.to_owned()));
        live.push(Live { at, gives, now: counts.lines.get(status) as f64 });
    }
    let before: f64 = line.counts.iter().map(|(.., number)| number).sum();
    let after: f64 = live.iter().map(|live| live.now).sum();
    let parts: Vec<At> = line.counts.iter().map(|(at, ..)| *at).collect();
    let mut of = (before, after, parts.clone());
    for (at, label, number) in &line.others {
        if share_of(label).is_some() {
            continue;
        }
        if parts.len() > 1 && (number - before).abs() < 1e-9 {
            live.push(Live { at: *at, gives: Gives::Sum(parts.clone()), now: after });
            of = (before, after, vec![*at]);
        } else if says_count(label) && number.fract() == 0.0 {
            live.push(Live { at: *at, gives: Gives::Number, now: counts.actions as f64 });
            of = (*number, counts.actions as f64, vec![*at]);
        }
    }
    for (at, label, number) in &line.others {
        let Some(status) = share_of(label) else { continue };
        let Some(&(part, _, held)) = line.counts.iter().find(|(_, held, _)| *held == status) else { continue };
        live.extend(share_anew((*at, *number), (part, held, counts.lines.get(status) as f64), &of));
    }
    live
}

/// A share of a whole, worked out anew where it was that share before. `part` and `whole` are each what was held before and is now.
fn share_anew((at, number): (At, f64), (part, held, now): (At, f64, f64), whole: &(f64, f64, Vec<At>)) -> Option<Live> {
    let (before, after, of) = whole;
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let scale = [1.0, 100.0].into_iter().find(|scale| (number / scale - share(held, *before)).abs() < ROUNDED)?;
    Some(Live { at, gives: Gives::Share { part, of: of.clone(), scale }, now: share(now, *after) * scale })
}

/// A line of shares: of the counts in another line of the table, or of the whole plan where there is none.
fn shares_anew(line: &Line, done: &[&Line], live: &[Live], all: &Counts) -> Vec<Live> {
    let Some(scale) = line.scale else { return Vec::new() };
    let now: HashMap<At, f64> = live.iter().map(|live| (live.at, live.now)).collect();
    for counted in done {
        let before: f64 = counted.counts.iter().map(|(.., number)| number).sum();
        let of: Vec<At> = counted.counts.iter().map(|(at, ..)| *at).collect();
        // Where one of them could not be counted, its share cannot be either.
        let Some(after) = of.iter().map(|at| now.get(at).copied()).sum::<Option<f64>>() else { continue };
        let whole = (before, after, of);
        let share = |&(at, status, number): &(At, Status, f64)| {
            let &(part, _, held) = counted.counts.iter().find(|(_, held, _)| *held == status)?;
            share_anew((at, number), (part, held, *now.get(&part)?), &whole)
        };
        if let Some(mut shares) = line.counts.iter().map(share).collect::<Option<Vec<Live>>>() {
            shares.extend(sum_of_shares(line, &shares));
            return shares;
        }
    }
    let sum: f64 = line.counts.iter().map(|(.., number)| number / scale).sum();
    if !done.is_empty() || (sum - 1.0).abs() > 0.03 {
        return Vec::new();
    }
    let share = |&(at, status, _): &(At, Status, f64)| {
        let now = all.lines.get(status) as f64 / all.lines.total().max(1) as f64 * scale;
        Live { at, gives: Gives::Number, now }
    };
    let mut shares: Vec<Live> = line.counts.iter().map(share).collect();
    shares.extend(sum_of_shares(line, &shares));
    shares
}

/// The total below some shares.
fn sum_of_shares(line: &Line, shares: &[Live]) -> Option<Live> {
    let before: f64 = line.counts.iter().map(|(.., number)| number).sum();
    let (at, ..) = line.others.iter().find(|(_, _, number)| (number - before).abs() < 1e-6)?;
    Some(Live {
        at: *at,
        gives: Gives::Sum(shares.iter().map(|share| share.at).collect()),
        now: shares.iter().map(|share| share.now).sum(),
    })
}

/// A line that is a count of something, and it cannot be told of what.
fn as_before(line: &Line) -> impl Iterator<Item = Live> + use<'_> {
    let held = line.counts.iter().map(|&(at, _, number)| (at, number)).chain(line.others.iter().map(|(at, _, number)| (*at, *number)));
    held.map(|(at, now)| Live { at, gives: Gives::AsBefore, now })
}

/// The status that `% complete` and the like is a share of.
fn share_of(label: &str) -> Option<Status> {
    let lower = label.to_lowercase().replace('%', " % ");
    let is_share = |word: &&str| matches!(*word, "%" | "percentage" | "percent" | "proportion" | "share");
    let is_small = |word: &&str| matches!(*word, "per" | "cent" | "of" | "actions");
    let words: Vec<&str> = lower.split_whitespace().collect();
    if !words.iter().any(is_share) && !lower.contains("per cent") {
        return None;
    }
    let rest: Vec<&str> = words.into_iter().filter(|word| !is_share(word) && !is_small(word)).collect();
    Status::parse(&rest.join(" "))
}

/// Puts what is counted anew in place of what was read.
fn set(page: &mut Page<'_>, placed: &Placed<'_>, live: Live) {
    let place = |(row, column): &At| format!("{}{}", column_letters(*column as u32), placed.placement.rows[*row] + 1);
    let sum = |cells: &[At]| cells.iter().map(place).collect::<Vec<_>>().join("+");
    let at = (placed.placement.rows[live.at.0], live.at.1 as u16);
    let Ok(at) = page.cells.binary_search_by_key(&at, |cell| (cell.row, cell.column)) else { return };
    let content = &mut page.cells[at].content;
    let Content::Stored(stored) = content else { return };
    let now = Stored { number: live.now, format: stored.format.clone() };
    let formula = match live.gives {
        Gives::Formula(formula) => formula,
        Gives::Sum(cells) => format!("={}", sum(&cells)),
        Gives::Share { part, ref of, scale } => {
            let whole = if of.len() == 1 { sum(of) } else { format!("({})", sum(of)) };
            let times = if scale > 1.0 { "100*" } else { "" };
            format!("=IF({whole}=0,0,{times}{}/{whole})", place(&part))
        }
        Gives::Number => {
            *content = Content::Stored(now);
            return;
        }
        Gives::AsBefore => {
            *content = Content::Owned(format!("{} {AS_BEFORE}", show_number(live.now, &now.format)));
            return;
        }
    };
    *content = Content::Formula { formula, now };
}
