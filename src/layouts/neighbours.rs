//! What rows are by the rows around them: lines that repeat an action, parents by their refs, labelled values, and what is no row. Takes no cells.

use std::collections::{HashMap, HashSet};

use super::{
    content::{ColumnContent, MOST_JUDGED},
    kpi_copies,
    outline::{Heading, Outline},
    ref_path::RefPath,
    set_aside::is_example,
    words::{is_total, opening},
};
use crate::{
    model::{Role, TableKind, is_date_format},
    workbook::{RawCell, RawRow, RawSheet},
};

/// How many rows below the headings may tell how to fill the columns in.
const MOST_GUIDANCE: usize = 3;
/// The longest label of a value, in bytes.
const LONGEST_LABEL: usize = 40;
/// How many rows below the last may be none of the table's.
const MOST_FOOTERS: usize = 8;
/// The most labelled values in one row.
const MOST_PAIRS: usize = 4;

/// Why a row within a table is none of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Aside {
    /// It tells how to fill the columns in.
    Guidance,
    /// It shows by an example how to fill the columns in.
    Example,
    /// It holds a ref that was typed ahead, and nothing else.
    Numbered,
    /// It stands below the last row, and is none of the same sort.
    Footer,
    /// It holds an indicator as it stood in another period than the latest.
    Earlier,
    /// It holds only what was filled down: unticked boxes, formulas, a first choice.
    FilledDown,
}

/// What the rows of a table are by those around them, by their sheet rows.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    pub asides: HashMap<u32, Aside>,
    /// They say the ref and the name of the row above again.
    pub repeats: HashSet<u32>,
    /// They say what the rows below them, by refs, indents or an outline, are about.
    pub parents: HashSet<u32>,
    /// They hold labelled values, such as `Project sponsor:`.
    pub fields: HashSet<u32>,
}

/// A row as far as its neighbours are asked.
struct Seen<'grid> {
    row: &'grid RawRow,
    reference: &'grid str,
    /// The steps of its ref, where it is one.
    path: Option<RefPath>,
    name: &'grid str,
    bold: bool,
    /// How far the name is set in.
    indent: usize,
    /// Whether a merge from above covers its name.
    covered: bool,
}

impl Seen<'_> {
    fn is_nameless(&self) -> bool {
        self.name.is_empty() && !self.covered
    }
}

impl Neighbours {
    /// Looks at the rows of a table; `covers` tells whether a merge from above covers the name in a row.
    pub(super) fn of(grid: &RawSheet, outline: &Outline, name: u16, covers: impl Fn(u32) -> bool) -> Self {
        let named = outline.columns.iter().find(|heading| heading.column == name);
        let is_named = named.is_some_and(|heading| matches!(heading.role, Some(Role::Action | Role::Kpi | Role::Risk)));
        if !is_named || outline.kind == TableKind::History {
            return Self { asides: guidance(grid, outline).collect(), ..Self::default() };
        }
        let table = Context { outline, name, reference: outline.column_of(Role::Ref).filter(|reference| *reference != name) };
        let from = grid.rows.partition_point(|row| row.row < outline.body());
        let rows: Vec<Seen<'_>> = grid.rows[from..]
            .iter()
            .take_while(|row| row.row <= outline.last.0)
            .filter(|row| table.own(row).next().is_some())
            .map(|row| (row, table.reference.map_or("", |column| row.text(column).trim())))
            .map(|(row, reference)| Seen {
                row,
                reference,
                path: RefPath::of(reference),
                name: row.text(name).trim(),
                bold: row.cell(name).is_some_and(|cell| cell.bold),
                indent: indent(grid, row, name),
                covered: covers(row.row),
            })
            .collect();
        let mut found = Self { asides: guidance(grid, outline).collect(), ..Self::default() };
        found.asides.extend(kpi_copies::earlier_rows(grid, outline).into_iter().map(|row| (row, Aside::Earlier)));
        let labels = table.repeated_labels(&rows);
        let tail = table.tail(&rows);
        for at in 0..rows.len() {
            let number = rows[at].row.row;
            if found.asides.contains_key(&number) {
                continue;
            }
            if let Some(aside) = table.aside(&rows, at) {
                found.asides.insert(number, aside);
            } else if at >= tail {
                found.asides.insert(number, Aside::Footer);
            } else if table.is_field(&rows, at, &labels) {
                found.fields.insert(number);
            } else if table.repeats(&rows, at, &found) {
                found.repeats.insert(number);
            } else if table.is_parent(&rows, at) {
                found.parents.insert(number);
            }
        }
        found
    }
}

/// The table whose rows are looked at.
struct Context<'a> {
    outline: &'a Outline,
    name: u16,
    reference: Option<u16>,
}

impl Context<'_> {
    /// The cells of a row in the table's columns.
    fn own<'row>(&self, row: &'row RawRow) -> impl Iterator<Item = &'row RawCell> + use<'row> {
        let (first, last) = (self.outline.first.1, self.outline.last.1);
        row.cells.iter().filter(move |cell| (first..=last).contains(&cell.column))
    }

    fn role(&self, column: u16) -> Option<Role> {
        let at = self.outline.columns.binary_search_by_key(&column, |heading: &Heading| heading.column).ok()?;
        self.outline.columns[at].role
    }

    fn aside(&self, rows: &[Seen<'_>], at: usize) -> Option<Aside> {
        let seen = &rows[at];
        if self.own(seen.row).take_while(|cell| cell.column <= self.name).any(|cell| is_example(&cell.text)) {
            return Some(Aside::Example);
        }
        if !seen.is_nameless() {
            return None;
        }
        let mut own = self.own(seen.row).filter(|cell| Some(cell.column) != self.reference).peekable();
        let only_ref = own.peek().is_none();
        let filled = own.all(|cell| is_unticked(cell) || self.is_filled_down(rows, at, cell));
        match seen.reference {
            _ if !filled => None,
            "" => Some(Aside::FilledDown),
            // A word alone in place of a ref heads what is below it.
            _ if !only_ref || seen.path.is_some() => Some(Aside::Numbered),
            _ => None,
        }
    }

    /// Whether a cell is the same as the one above or below it, in a row that has no name either.
    fn is_filled_down(&self, rows: &[Seen<'_>], at: usize, cell: &RawCell) -> bool {
        // Sums may be equal.
        if self.role(cell.column) == Some(Role::Budget) {
            return false;
        }
        let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|near| rows.get(near));
        let nameless = near.filter(|near| near.is_nameless() && near.row.row.abs_diff(rows[at].row.row) == 1);
        nameless.filter_map(|near| near.row.cell(cell.column)).any(|near| near.text == cell.text || (near.formula && cell.formula))
    }

    /// Whether a row is a continuation that says its action again.
    fn repeats(&self, rows: &[Seen<'_>], at: usize, found: &Neighbours) -> bool {
        let Some(above) = at.checked_sub(1).map(|above| &rows[above]) else { return false };
        let kept = matches!(self.outline.kind, TableKind::Plan | TableKind::Register);
        let seen = &rows[at];
        kept && !seen.reference.is_empty()
            && !seen.name.is_empty()
            && same(above.reference, seen.reference)
            && same(above.name, seen.name)
            && !found.asides.contains_key(&above.row.row)
            && !found.fields.contains(&above.row.row)
    }

    /// Whether a row says what the rows below it are about: their refs go on from its own, or they are set in below it; and it says no more
    /// than a name, or stands in bold over others that do not.
    fn is_parent(&self, rows: &[Seen<'_>], at: usize) -> bool {
        let (seen, Some(below)) = (&rows[at], rows.get(at + 1)) else { return false };
        let names = |cell: &RawCell| {
            let beside = matches!(self.role(cell.column), Some(Role::Theme | Role::Lead | Role::Description | Role::Budget) | None);
            cell.column == self.name || Some(cell.column) == self.reference || (beside && cell.stored.is_none())
        };
        let states = |seen: &Seen<'_>| self.own(seen.row).any(|cell| self.role(cell.column) == Some(Role::Status));
        let heads = seen.bold && !below.bold;
        let by_ref = seen.path.as_ref().zip(below.path.as_ref()).is_some_and(|(path, below)| path.is_over(below));
        let set_in = seen.indent < below.indent && !seen.name.is_empty() && !below.name.is_empty();
        let kept = self.outline.kind == TableKind::Plan;
        (by_ref && (heads || self.own(seen.row).all(names)))
            || (kept && set_in && (heads || self.own(seen.row).all(names) || (states(below) && !states(seen))))
    }

    /// The position of the first of the last rows that are none of the table's: they have a text in place of a ref where all others have one,
    /// or a number where the others have words, and neither a status nor a date.
    fn tail(&self, rows: &[Seen<'_>]) -> usize {
        let Some(reference) = self.reference else { return rows.len() };
        let refs = rows.iter().filter(|seen| seen.path.is_some()).count();
        let is_footer = |seen: &Seen<'_>| {
            let typed = |cell: &RawCell| matches!(self.role(cell.column), Some(Role::Status | Role::Start | Role::End));
            let texts = seen.row.cell(reference).is_some() && seen.path.is_none();
            let counts = |cell: &RawCell| {
                let words = matches!(self.role(cell.column), Some(Role::Lead | Role::Comment | Role::Measure | Role::Description));
                words && cell.stored.as_ref().is_some_and(|stored| !is_date_format(&stored.format))
            };
            let few = self.own(seen.row).count() <= 3;
            let counted = seen.reference.is_empty() && self.own(seen.row).any(counts);
            let heads = self.own(seen.row).any(|cell| cell.bold || is_total(&cell.text));
            few && !heads && !seen.covered && !self.own(seen.row).any(typed) && (texts || counted)
        };
        let footers = rows.iter().rev().take(MOST_FOOTERS).take_while(|seen| is_footer(seen)).count();
        let others = rows.len() - footers;
        if refs >= 3.max(others * 4 / 5) { others } else { rows.len() }
    }

    /// Labels that stand in place of a ref again and again, each with one value beside it.
    fn repeated_labels<'grid>(&self, rows: &[Seen<'grid>]) -> HashSet<&'grid str> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let (mut refs, mut others) = (0, 0);
        for seen in rows.iter().filter(|seen| !seen.reference.is_empty()) {
            if seen.path.is_some() {
                refs += 1;
            } else if seen.reference.len() <= LONGEST_LABEL && self.own(seen.row).count() == 2 {
                *counts.entry(seen.reference).or_default() += 1;
            } else {
                others += 1;
            }
        }
        let told = refs > others;
        counts.into_iter().filter(|(_, count)| told && *count > 1).map(|(label, _)| label).collect()
    }

    /// Whether a row holds labels with their values beside them, or such a label alone beside other such rows.
    fn is_field(&self, rows: &[Seen<'_>], at: usize, labels: &HashSet<&str>) -> bool {
        let is_labelled = |at: usize| {
            let row = rows[at].row;
            let mut own = self.own(row);
            let leads = own.next().is_some_and(|first| first.column <= self.name && is_label(first));
            let pairs = self.own(row).take(MOST_PAIRS * 2 + 1).enumerate().all(|(place, cell)| place % 2 == 1 || is_label(cell));
            leads && pairs && self.own(row).count() <= MOST_PAIRS * 2
        };
        let has_value = |at: usize| self.own(rows[at].row).nth(1).is_some();
        let beside = |at: usize, near: usize| rows[near].row.row.abs_diff(rows[at].row.row) == 1 && is_labelled(near) && has_value(near);
        if self.own(rows[at].row).count() == 2 && labels.contains(rows[at].reference) {
            return true;
        }
        is_labelled(at)
            && (has_value(at) || at.checked_sub(1).is_some_and(|above| beside(at, above)) || (at + 1 < rows.len() && beside(at, at + 1)))
    }
}

/// How far the name of a row is set in: by its style, by spaces before it, or by an outline.
fn indent(grid: &RawSheet, row: &RawRow, name: u16) -> usize {
    let Some(cell) = row.cell(name) else { return 0 };
    let spaces = cell.text.len() - cell.text.trim_start_matches([' ', '\u{a0}']).len();
    usize::from(cell.indent) + spaces.min(40) + usize::from(grid.level(row.row))
}

/// Whether a text is a label: short, with a colon behind it, and none that opens a section.
fn is_label(cell: &RawCell) -> bool {
    let text = cell.text.trim_end();
    text.ends_with(':') && text.len() <= LONGEST_LABEL && opening(text).is_none() && RefPath::of(text).is_none()
}

/// Whether a cell is a box that nobody ticked.
fn is_unticked(cell: &RawCell) -> bool {
    matches!(&*cell.text, "FALSE" | "False" | "false" | "☐" | "□")
}

fn same(a: &str, b: &str) -> bool {
    a == b || (a.len() == b.len() && a.eq_ignore_ascii_case(b)) || a.split_whitespace().eq(b.split_whitespace())
}

/// The rows directly below the headings that tell how to fill the columns in.
fn guidance<'a>(grid: &'a RawSheet, outline: &'a Outline) -> impl Iterator<Item = (u32, Aside)> + use<'a> {
    let body = outline.body();
    let below = (0u32..).take(MOST_GUIDANCE).map_while(move |down| Some((&grid.rows[grid.position(body + down)?], body + down)));
    below.take_while(move |(row, number)| is_guidance(grid, outline, row, *number)).map(|(_, number)| (number, Aside::Guidance))
}

/// Whether a row tells how to fill the columns in: its texts stand in brackets or say `e.g.`, or none of them is what its column holds
/// further down.
fn is_guidance(grid: &RawSheet, outline: &Outline, row: &RawRow, number: u32) -> bool {
    if outline.header.is_none() {
        return false;
    }
    let cells: Vec<&RawCell> = row.cells.iter().filter(|cell| outline.holds(number, cell.column)).collect();
    let told = |cell: &&&RawCell| {
        let text = cell.text.trim().to_lowercase();
        let starts = ["e.g", "eg ", "please ", "enter ", "select ", "choose ", "insert "];
        (text.starts_with(['(', '[', '<']) && text.ends_with([')', ']', '>'])) || starts.iter().any(|start| text.starts_with(start))
    };
    if cells.len() >= 2 && cells.iter().filter(told).count() * 3 >= cells.len() * 2 {
        return true;
    }
    let below = (number + 1, outline.last.0);
    let mut other = 0;
    for cell in cells.iter().take(MOST_JUDGED) {
        let content = ColumnContent::of(grid, cell.column, below);
        let own = ColumnContent::of(grid, cell.column, (number, number));
        for (of_column, of_cell) in [(content.dates, own.dates), (content.statuses, own.statuses), (content.refs, own.refs)] {
            if content.filled >= 3 && content.mostly(of_column, 0.8) {
                // One cell of what its column holds is enough: most rows are told by their first.
                if of_cell > 0 {
                    return false;
                }
                other += 1;
            }
        }
    }
    other >= 3
}
