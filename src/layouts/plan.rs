//! Action plans: approaches or recommendations, each with its header row, groups, actions and the lines that continue them.

use std::collections::{HashMap, HashSet};

use super::{
    Layout,
    columns::{self, Extent},
    headings::{Opening, opening, role_of, same_heading},
    preamble::{self, value_field},
};
use crate::{
    model::{Cell, Column, Field, Role, Row, RowId, RowKind, Table, TableKind, kinds::Kind},
    workbook::{Grid, GridRow, Merge},
};

/// A plan of actions.
pub const LAYOUT: Layout = Layout { name: "plan", recognise, read };

fn recognise(grid: &Grid) -> bool {
    grid.rows.iter().any(is_header)
}

/// Whether a row heads the columns of a plan.
fn is_header(row: &GridRow) -> bool {
    if !(2..=40).contains(&row.cells.len()) {
        return false;
    }
    let roles: Vec<Role> = row.cells.iter().filter_map(|cell| role_of(&cell.text)).collect();
    let about = [Role::Start, Role::End, Role::Lead, Role::Status, Role::Measure, Role::Comment];
    roles.contains(&Role::Action) && !roles.contains(&Role::Kpi) && about.iter().any(|role| roles.contains(role))
}

fn opens(row: &GridRow) -> Option<(Opening, &str, &str)> {
    row.first().filter(|_| row.cells.len() <= 2).and_then(|cell| opening(&cell.text))
}

fn read(grid: &mut Grid) -> Vec<Table> {
    let header = grid.rows.iter().position(is_header).expect("the layout recognised a header row");
    let start = grid.rows[..header].iter().position(|row| opens(row).is_some()).unwrap_or(header);
    let columns = columns::columns(grid, Some(header), header + 1..grid.rows.len(), Extent::Headed, columns::no_role);
    let preamble = preamble::read(grid, start);
    let rows = Body::new(grid, &columns).read(start);
    vec![Table { title: preamble.title, fields: preamble.fields, summary: preamble.summary, ..Table::new(TableKind::Plan, columns, rows) }]
}

/// The rows of a plan while they are read.
struct Body<'a> {
    columns: &'a [Column],
    reference: Option<u16>,
    action: Option<u16>,
    /// The deepest ref: 1.1.1 is 3.
    depth: usize,
    /// Cells covered by a merge from a row above.
    covered: HashSet<(u32, u16)>,
    /// The last row of the merges that begin in a row.
    reach: HashMap<u32, u32>,
    /// The last row of the merges that began so far.
    reached: u32,
    grid: &'a mut Grid,
    rows: Vec<Row>,
}

impl<'a> Body<'a> {
    fn new(grid: &'a mut Grid, columns: &'a [Column]) -> Self {
        let place = |role| columns.iter().find(|column| column.role == Some(role)).map(|column| column.source as u16);
        let (reference, action) = (place(Role::Ref), place(Role::Action));
        let depth = reference.map_or(0, |at| grid.rows.iter().map(|row| depth(row.text(at))).max().unwrap_or(0));
        let (mut covered, mut reach) = (HashSet::new(), HashMap::new());
        let last = columns.last().map_or(0, |column| column.source as u16);
        for &Merge { first, last: end } in grid.merges.iter().filter(|merge| merge.last.0 > merge.first.0) {
            let ends = reach.entry(first.0).or_insert(end.0);
            *ends = end.0.max(*ends);
            for row in first.0 + 1..=end.0.min(first.0 + 1000) {
                covered.extend((first.1..=end.1.min(last)).map(|column| (row, column)));
            }
        }
        Self { columns, reference, action, depth, covered, reach, reached: 0, rows: Vec::with_capacity(grid.rows.len()), grid }
    }

    fn read(mut self, start: usize) -> Vec<Row> {
        let mut at = start;
        while at < self.grid.rows.len() {
            at += self.read_row(at);
        }
        self.rows
    }

    /// Whether a row says the headings again, as each approach's block does.
    fn repeats_header(&self, row: &GridRow) -> bool {
        let heading = |column: u16| self.columns.iter().find(|c| c.source == u32::from(column)).map(|c| &*c.heading);
        row.cells.len() >= 2 && row.cells.iter().all(|cell| heading(cell.column).is_some_and(|heading| same_heading(heading, &cell.text)))
    }

    /// What a row opens: its label stands where refs stand, or actions where there are no refs, and continues nothing.
    fn opens<'row>(&self, row: &'row GridRow) -> Option<(Opening, &'row str, &'row str)> {
        let place = row.first()?.column;
        let leads = self.reference.or(self.action).is_none_or(|lead| place <= lead);
        opens(row).filter(|_| leads && !self.covered.contains(&(row.row, place)))
    }

    /// Reads the row at a position; returns how many sheet rows that took.
    fn read_row(&mut self, at: usize) -> usize {
        if let Some((opening, label, words)) = self.opens(&self.grid.rows[at]) {
            let (label, words) = (label.to_owned(), words.to_owned());
            return self.read_opening(at, opening, &label, words);
        }
        if self.repeats_header(&self.grid.rows[at]) {
            self.grid.rows[at].take_all();
            return 1;
        }
        let row = &self.grid.rows[at];
        let (number, kind) = (row.row, self.kind(at));
        let Some(kind) = kind else { return 1 };
        let (covered, line) = (&self.covered, kind == RowKind::Line);
        let cells = columns::cells(&mut self.grid.rows[at], self.columns, |column| line && covered.contains(&(number, column)));
        self.push(kind, number, cells, Vec::new());
        let next = self.grid.rows.get(at + 1).map_or(u32::MAX, |row| row.row);
        self.read_empty_lines(number, next);
        1
    }

    /// Lines with nothing of their own, seen only by the merges that cover them.
    fn read_empty_lines(&mut self, number: u32, next: u32) {
        let reach = self.reach.get(&number).copied().unwrap_or(number).min(number + 1000);
        self.reached = reach.max(self.reached);
        for number in number + 1..=self.reached.min(next.saturating_sub(1)) {
            let covered = |column: &Column| self.covered.contains(&(number, column.source as u16));
            let cells = self.columns.iter().map(|column| if covered(column) { Cell::merged() } else { Cell::default() }).collect();
            self.push(RowKind::Line, number, cells, Vec::new());
        }
    }

    /// What a row of cells is; `None` for one that stands outside the table's columns.
    fn kind(&self, at: usize) -> Option<RowKind> {
        let row = &self.grid.rows[at];
        let within = |column: u16| self.columns.iter().any(|c| c.source == u32::from(column));
        if !row.cells.iter().any(|cell| within(cell.column)) {
            return None;
        }
        let filled = |place: Option<u16>| place.is_some_and(|place| row.cell(place).is_some());
        let only_named = row.cells.iter().all(|cell| [self.reference, self.action].contains(&Some(cell.column)));
        let reference = self.reference.map_or("", |place| row.text(place));
        Some(if !filled(self.reference) && !filled(self.action) {
            if self.rows.last().is_some_and(Row::is_line) { RowKind::Line } else { return None }
        } else if filled(self.reference) && only_named && (1..self.depth).contains(&depth(reference)) {
            RowKind::Group
        } else {
            RowKind::Entry
        })
    }

    /// Reads `Approach:` and its words, or a detail of the section above; the words may stand beside, behind or below the label.
    fn read_opening(&mut self, at: usize, opening: Opening, label: &str, words: String) -> usize {
        let row = &mut self.grid.rows[at];
        let (number, mut cells, mut took) = (row.row, row.take_all().into_iter(), 1);
        let first = cells.next();
        let mut value = cells.next();
        let mut value_row = number;
        if words.is_empty() && value.is_none() {
            let below = self.grid.rows.get_mut(at + 1).filter(|row| row.cells.len() == 1 && opens(row).is_none());
            if let Some(below) = below {
                value_row = below.row;
                value = below.take_all().pop();
                took = 2;
            }
        }
        let field = match (value, first) {
            (Some(value), _) if words.is_empty() => value_field(label, value_row, value, Kind::Paragraph),
            (value, first) => {
                // A second value beside words after the colon stays in the sheet's remains.
                self.grid.rows[at].cells.extend(value);
                let source = first.map(|cell| (number, u32::from(cell.column)));
                Field { label: label.into(), cell: Cell::text(words), source }
            }
        };
        match (opening, self.rows.last_mut()) {
            (Opening::Detail, Some(section)) if section.kind == RowKind::Section => section.fields.push(field),
            _ => self.push(RowKind::Section, number, Vec::new(), vec![field]),
        }
        took
    }

    fn push(&mut self, kind: RowKind, number: u32, cells: Vec<Cell>, fields: Vec<Field>) {
        let id = RowId(self.rows.len() as u32 + 1);
        self.rows.push(Row { id, kind, cells, fields, source: number + 1, ..Row::default() });
    }
}

/// How many numbers a ref has: 1.2.1 has three; 0 when it is not one.
fn depth(reference: &str) -> usize {
    let reference = reference.trim().trim_end_matches('.');
    let numbers = reference.split('.');
    let all = !reference.is_empty() && reference.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if all { numbers.count() } else { 0 }
}
