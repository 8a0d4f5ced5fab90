//! The rows of a table out of its sheet: what each is, and its cells. Every cell it does not take stays in the sheet.

use std::collections::{HashMap, HashSet};

use super::{
    banners::{Banner, banners, full_looks},
    columns,
    hidden::Hides,
    neighbours::{Aside, Neighbours},
    outline::Outline,
    preamble::{pairs, value_field},
    ref_path::depth,
    return_index::is_stated,
    set_aside::is_total_alone,
    status_legend::is_sign_line,
    strikethrough,
    words::{is_total, opening, same_heading},
};
use crate::{
    model::{Cell, Column, Field, Role, Row, RowId, RowKind, TableKind, kinds::Kind},
    workbook::{Merge, RawCell, RawRow, RawSheet, keys::Part},
};

/// How many rows down a merge is followed.
const DEEPEST: u32 = 1000;
/// How many rows are asked how deep refs go.
const LOOKED: usize = 2000;
/// How far beyond the number of rows a key's id may be: so many times, and so many more.
const FARTHEST: usize = 4;
const SPARE: usize = 4096;
/// What a section without a word for itself is called.
const SECTION: &str = "Section";

/// The rows taken out of a sheet.
pub(super) struct Taken {
    pub rows: Vec<Row>,
    /// How many cells became sections' words.
    pub in_fields: usize,
    /// The sheet rows within the table that are none of its rows, and why.
    pub asides: HashMap<u32, Aside>,
}

/// Takes the rows of a table out of its sheet; `known` is what is known of them.
pub(super) fn read(grid: &mut RawSheet, outline: &Outline, columns: &[Column], known: Known) -> Taken {
    let mut body = Body::new(grid, outline, columns, known);
    let mut at = body.grid.rows.partition_point(|row| row.row < outline.first.0);
    while body.grid.rows.get(at).is_some_and(|row| row.row <= outline.last.0) {
        at += body.read_row(at);
    }
    Taken { rows: body.rows, in_fields: body.in_fields, asides: body.known.neighbours.asides }
}

/// The rows that merges cover below their first, by their columns. No two merges overlap, so that they are in order.
#[derive(Default)]
struct Covered(HashMap<u16, Vec<(u32, u32)>>);

impl Covered {
    fn holds(&self, row: u32, column: u16) -> bool {
        let Some(runs) = self.0.get(&column) else { return false };
        let after = runs.partition_point(|(first, _)| *first <= row);
        after.checked_sub(1).is_some_and(|at| row <= runs[at].1)
    }
}

/// What the rows of a table are by those around them, found before any is taken out.
pub(super) struct Known {
    reference: Option<u16>,
    /// The column entries are called by.
    name: u16,
    /// The deepest ref: 1.1.1 is 3.
    depth: usize,
    banners: HashMap<u32, Banner>,
    /// How the names of full rows look.
    looks: Vec<(bool, Option<u32>)>,
    /// The cells that merges from rows above cover.
    covered: Covered,
    /// The last row of the merges that begin in a row where entries are named.
    reach: HashMap<u32, u32>,
    neighbours: Neighbours,
    /// The rows of a plan without statuses that are struck through, which no status could say: they stay in the sheet.
    struck: HashSet<u32>,
    hides: Hides,
    /// How many rows there are at most.
    most: usize,
}

/// The rows of a table while they are read.
struct Body<'a> {
    outline: &'a Outline,
    columns: &'a [Column],
    known: Known,
    reached: u32,
    grid: &'a mut RawSheet,
    rows: Vec<Row>,
    /// The ids of keyed rows read so far; those of rows without a key begin above all of them.
    used: HashSet<RowId>,
    first_new: u32,
    next: u32,
    in_fields: usize,
}

/// The column a table's entries are called by.
pub(super) fn name_column(outline: &Outline) -> u16 {
    let roles: &[Role] = match outline.kind {
        TableKind::Plan => &[Role::Action],
        TableKind::Kpi => &[Role::Kpi],
        TableKind::History => &[Role::Status],
        TableKind::Register => &[Role::Risk, Role::Action, Role::Kpi],
    };
    let named = roles.iter().find_map(|role| outline.column_of(*role));
    named.or_else(|| outline.columns.first().map(|heading| heading.column)).unwrap_or(0)
}

impl Known {
    /// Looks at the rows of a table.
    pub(super) fn of(grid: &RawSheet, outline: &Outline, columns: &[Column]) -> Self {
        let reference = outline.column_of(Role::Ref);
        let name = name_column(outline);
        let rows = || {
            let from = grid.rows.partition_point(|row| row.row < outline.body());
            grid.rows[from..].iter().take_while(|row| row.row <= outline.last.0)
        };
        let depth = reference.map_or(0, |at| rows().take(LOOKED).map(|row| depth(row.text(at))).max().unwrap_or(0));
        let banners = if outline.kind == TableKind::History { HashMap::new() } else { banners(grid, outline, name) };
        let (mut covered, mut reach) = (Covered::default(), HashMap::new());
        let (left, right) = (outline.first.1, outline.last.1);
        for &Merge { first, last } in
            grid.merges.iter().filter(|merge| merge.last.0 > merge.first.0 && merge.first.1 <= right && merge.last.1 >= left)
        {
            let within = |column: u16| (first.1..=last.1).contains(&column);
            if within(name) || reference.is_some_and(within) {
                let ends = reach.entry(first.0).or_insert(last.0);
                *ends = last.0.max(*ends);
            }
            let rows = (first.0 + 1, last.0.min(first.0 + DEEPEST));
            (first.1.max(left)..=last.1.min(right)).for_each(|column| covered.0.entry(column).or_default().push(rows));
        }
        let neighbours = Neighbours::of(grid, outline, name, |row| covered.holds(row, name));
        let stated = |column: &Column| column.role == Some(Role::Status);
        let leaves = outline.kind == TableKind::Plan && !columns.iter().any(stated);
        Self {
            reference,
            name,
            depth,
            banners,
            looks: full_looks(grid, outline, name),
            reach,
            neighbours,
            struck: if leaves { strikethrough::rows(grid, outline, name).collect() } else { HashSet::new() },
            hides: Hides::of(grid),
            most: rows().count(),
            covered,
        }
    }
}

impl<'a> Body<'a> {
    fn new(grid: &'a mut RawSheet, outline: &'a Outline, columns: &'a [Column], known: Known) -> Self {
        let keyed = outline.key.and_then(|key| {
            let ids = grid.keys.of(key).filter_map(|(_, part)| if let Part::Row(_, id) = part { Some(id.0) } else { None });
            ids.chain([outline.given.0]).max()
        });
        let most = known.most;
        // Ids far beyond the rows there are were never given by this program.
        let next = keyed.filter(|id| *id as usize <= most.saturating_mul(FARTHEST) + SPARE).map_or(1, |id| id + 1);
        Self {
            outline,
            columns,
            known,
            reached: outline.body().saturating_sub(1),
            grid,
            rows: Vec::with_capacity(most),
            used: HashSet::new(),
            first_new: next,
            next,
            in_fields: 0,
        }
    }

    /// The table's column at a place of the sheet; its columns stand in the order of their places.
    fn column(&self, place: u16) -> Option<&Column> {
        let at = self.columns.binary_search_by_key(&u32::from(place), |column| column.source).ok()?;
        Some(&self.columns[at])
    }

    fn within(&self, column: u16) -> bool {
        (self.outline.first.1..=self.outline.last.1).contains(&column)
    }

    /// Takes the cells of a row that stand within the table.
    fn take(&mut self, at: usize) -> Vec<RawCell> {
        self.grid.rows[at].take_within((self.outline.first.1, self.outline.last.1))
    }

    /// Whether a row says the headings again, as each approach's block does, or is the header itself.
    fn is_header(&self, row: &RawRow) -> bool {
        if self.outline.header.is_some_and(|(first, last)| (first..=last).contains(&row.row)) {
            return true;
        }
        let says = |cell: &RawCell| {
            self.column(cell.column).is_some_and(|column| {
                let (parent, child) = column.heading.split_once(": ").unwrap_or(("", &column.heading));
                same_heading(&column.heading, &cell.text)
                    || same_heading(child, &cell.text)
                    || (!parent.is_empty() && same_heading(parent, &cell.text))
            })
        };
        let mut own = row.cells.iter().filter(|cell| self.within(cell.column));
        // Most rows are told by their first cell. In a return someone may have renamed one of several that were the same.
        if !(own.next().is_some_and(says) && own.next().is_some_and(says)) {
            return false;
        }
        let (mut said, mut other) = (2, 0);
        own.for_each(|cell| *(if says(cell) { &mut said } else { &mut other }) += 1);
        other == 0 || (other == 1 && said >= 3 && is_stated(self.outline))
    }

    /// Reads the row at a position; returns how many sheet rows that took.
    fn read_row(&mut self, at: usize) -> usize {
        let number = self.grid.rows[at].row;
        let key = self.grid.keys.row(number).filter(|key| Some(key.table) == self.outline.key).map(|key| key.part);
        if key == Some(Part::Header) || self.is_header(&self.grid.rows[at]) {
            self.take(at);
            return 1;
        }
        if let Some(Part::Row(kind, id)) = key {
            return self.read_keyed(at, kind, id);
        }
        if let Some(banner) = self.known.banners.get(&number).copied()
            && !self.is_aside(number)
            && !self.grid.rows[at].first().is_some_and(|cell| self.known.covered.holds(number, cell.column))
        {
            return self.read_banner(at, banner);
        }
        // What stands between a section and its header, and is none of the section's words, is said of the sheet.
        if self.outline.header.is_some_and(|(first, _)| number < first) {
            return 1;
        }
        if self.known.neighbours.fields.contains(&number) {
            self.read_fields(at);
            return 1;
        }
        let Some(kind) = self.kind(at) else { return 1 };
        let id = self.next_id();
        self.read_cells(at, kind, id)
    }

    /// Reads labelled values among the rows: they are said of the section that they stand in, or open one.
    fn read_fields(&mut self, at: usize) {
        let number = self.grid.rows[at].row;
        let cells = self.take(at);
        self.in_fields += cells.len();
        let fields = pairs(number, cells);
        match self.rows.last_mut() {
            Some(section) if section.kind == RowKind::Section => section.fields.extend(fields),
            _ => self.push(RowKind::Section, number, Vec::new(), fields),
        }
    }

    /// Reads a row of cells, and the lines below it that only its merges tell of.
    fn read_cells(&mut self, at: usize, kind: RowKind, id: RowId) -> usize {
        let number = self.grid.rows[at].row;
        let covered = |column: u16| self.known.covered.holds(number, column);
        let cells = columns::cells(&mut self.grid.rows[at], self.columns, covered);
        let cells = if kind == RowKind::Entry { self.filled_down(cells) } else { cells };
        self.push_as(id, kind, number, cells, Vec::new());
        let next = self.grid.rows.get(at + 1).map_or(u32::MAX, |row| row.row);
        self.read_empty_lines(number, next);
        1
    }

    /// Reads a row that a return wrote: it is what its key says, whatever its words are now.
    fn read_keyed(&mut self, at: usize, kind: RowKind, id: RowId) -> usize {
        if kind == RowKind::Section {
            return self.read_keyed_section(at, id);
        }
        // A line whose entry went stands for itself.
        let kind = if kind == RowKind::Line && !self.rows.last().is_some_and(Row::is_line) { RowKind::Entry } else { kind };
        let id = self.id_of(id);
        self.read_cells(at, kind, id)
    }

    /// Reads one row of a section's words: a label with a colon, and its words beside it.
    fn read_keyed_section(&mut self, at: usize, id: RowId) -> usize {
        let number = self.grid.rows[at].row;
        let mut cells = self.take(at).into_iter();
        let Some(first) = cells.next() else { return 1 };
        let more: Vec<RawCell> = cells.collect();
        self.in_fields += 1 + more.len();
        let label = first.text.trim().trim_end_matches(':').to_owned();
        let mut more = more.into_iter();
        let field = match more.next() {
            Some(words) => value_field(&label, number, words, Kind::Paragraph),
            None if first.column > self.outline.first.1 => value_field("", number, first, Kind::Paragraph),
            None => {
                Field { label: label.into(), cell: Cell::default(), source: Some((number, u32::from(first.column))), ..Field::default() }
            }
        };
        let fields = [field].into_iter().chain(more.map(|cell| value_field("", number, cell, Kind::Paragraph)));
        match self.rows.last_mut().filter(|last| last.kind == RowKind::Section && last.id == id) {
            Some(section) => section.fields.extend(fields),
            None => {
                let fields = fields.collect();
                let id = self.id_of(id);
                self.push_as(id, RowKind::Section, number, Vec::new(), fields);
            }
        }
        1
    }

    /// The id a row was written with; another where a row before it has it, as one that was copied does.
    fn id_of(&mut self, id: RowId) -> RowId {
        if id.0 < self.first_new && self.used.insert(id) { id } else { self.next_id() }
    }

    fn next_id(&mut self) -> RowId {
        let id = RowId(self.next);
        self.next += 1;
        id
    }

    /// An action under a cell that is merged down over several actions has that cell's words; its sum is counted once.
    fn filled_down(&self, mut cells: Vec<Cell>) -> Vec<Cell> {
        for (at, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| cell.value == crate::model::Value::Merged) {
            let column = &self.columns[at];
            let above = self.rows.iter().rev().find(|row| !row.cells.is_empty()).and_then(|row| row.cells.get(at));
            *cell = match above {
                Some(above) if column.kind != Kind::Number && !matches!(column.role, Some(Role::Ref | Role::Action)) => above.clone(),
                _ => Cell::default(),
            };
        }
        cells
    }

    /// Lines with nothing of their own, seen only by the merges that cover them.
    fn read_empty_lines(&mut self, number: u32, next: u32) {
        let reach = self.known.reach.get(&number).copied().unwrap_or(number).min(number + DEEPEST);
        self.reached = reach.max(self.reached);
        for number in number + 1..=self.reached.min(next.saturating_sub(1)) {
            let covered = |column: &Column| self.known.covered.holds(number, column.source as u16);
            let cells = self.columns.iter().map(|column| if covered(column) { Cell::merged() } else { Cell::default() }).collect();
            self.push(RowKind::Line, number, cells, Vec::new());
        }
    }

    /// What a row of cells is; `None` for one that stands outside the table's columns or continues nothing.
    fn kind(&self, at: usize) -> Option<RowKind> {
        let row = &self.grid.rows[at];
        let own = || row.cells.iter().filter(|cell| self.column(cell.column).is_some());
        let first = own().next()?;
        if self.is_aside(row.row) || self.known.struck.contains(&row.row) || is_sign_line(row) {
            return None;
        }
        let filled = |column: u16| row.cell(column).is_some();
        let covers = |column: u16| self.known.covered.holds(row.row, column);
        let reference = self.known.reference.map_or("", |place| row.text(place));
        if self.is_remark(row) {
            return None;
        }
        let named = filled(self.known.name) || self.known.reference.is_some_and(filled);
        let is_total = if self.outline.kind == TableKind::Kpi { is_total_alone } else { is_total };
        // `Total: 3 actions` says it in one cell.
        let lone_total =
            |cell: &RawCell| cell.text.split_once(':').is_some_and(|(label, _)| is_total_alone(label)) && cell.text.len() <= 40;
        // What is counted may stand where refs do.
        let leads = |cell: &RawCell| is_total_alone(&cell.text) && self.known.reference.is_some_and(|place| cell.column < place);
        if own().nth(1).is_none() && lone_total(first) {
            return Some(RowKind::Total);
        }
        if own().take(2).any(|cell| cell.stored.is_none() && is_total(&cell.text))
            && own().nth(1).is_some()
            && (depth(reference) == 0 || leads(first))
        {
            return Some(RowKind::Total);
        }
        if self.outline.kind == TableKind::History {
            return Some(RowKind::Entry);
        }
        let continues = self.rows.last().is_some_and(Row::is_line);
        let sum = |cell: &RawCell| {
            let column = self.column(cell.column).filter(|column| column.role == Some(Role::Budget));
            column.is_some() && cell.stored.is_some() && !self.rows.is_empty()
        };
        if !named && row.row == self.outline.last.0 && own().all(sum) {
            return Some(RowKind::Total);
        }
        if !named {
            let lone = own().nth(1).is_none();
            let plain = self.outline.kind == TableKind::Register && self.outline.column_of(Role::Risk).is_none();
            return match () {
                () if plain && !covers(self.known.name) => Some(RowKind::Entry),
                () if lone && row.row == self.outline.last.0 && first.column < self.known.name && !covers(self.known.name) => None,
                () if continues => Some(RowKind::Line),
                () if self.outline.kind == TableKind::Plan && lone => None,
                () => Some(RowKind::Entry),
            };
        }
        let only_named = || own().all(|cell| Some(cell.column) == self.known.reference || cell.column == self.known.name);
        if !reference.is_empty() && only_named() && ((1..self.known.depth).contains(&depth(reference)) || self.stands_out(row)) {
            return Some(RowKind::Group);
        }
        if self.known.neighbours.parents.contains(&row.row) {
            return Some(RowKind::Group);
        }
        if continues && self.known.neighbours.repeats.contains(&row.row) {
            return Some(RowKind::Line);
        }
        // The name alone, under the merged ref of the line above, goes on with it.
        if filled(self.known.name)
            && !filled(self.known.reference.unwrap_or(self.known.name))
            && self.known.reference.is_some_and(covers)
            && continues
            && first.column > self.known.name
        {
            return Some(RowKind::Line);
        }
        Some(RowKind::Entry)
    }

    /// Whether a row is none of the table's by the rows around it.
    fn is_aside(&self, row: u32) -> bool {
        self.known.neighbours.asides.contains_key(&row)
    }

    /// Whether the last row is a sentence alone: in place of a reference, or of a name where every row above has a reference and none a
    /// full stop.
    fn is_remark(&self, row: &RawRow) -> bool {
        let Some(reference) = self.known.reference.filter(|_| row.row == self.outline.last.0) else { return false };
        let mut own = row.cells.iter().filter(|cell| self.within(cell.column));
        let (Some(cell), None) = (own.next(), own.next()) else { return false };
        if cell.column == reference && cell.text.split_whitespace().count() >= 4 && !cell.bold {
            return true;
        }
        let stops = |text: &str| text.trim_end().ends_with('.');
        let sentence = cell.column == self.known.name && stops(&cell.text) && !cell.bold && cell.fill.is_none();
        let at = |place: u16| self.columns.iter().position(|column| column.source == u32::from(place));
        let (Some(reference), Some(name)) = (at(reference), at(self.known.name)) else { return false };
        let entries = || self.rows.iter().filter(|row| row.kind == RowKind::Entry);
        let whole = |row: &Row| !row.cells[reference].is_blank() && !stops(&row.cells[name].text);
        sentence && entries().next().is_some() && entries().all(whole)
    }

    /// Whether the name in a row looks like that of no full row, in bold or in a colour.
    fn stands_out(&self, row: &RawRow) -> bool {
        let look = row.cell(self.known.name).map(|cell| (cell.bold, cell.fill));
        look.is_some_and(|look| (look.0 || look.1.is_some()) && !self.known.looks.is_empty() && !self.known.looks.contains(&look))
    }

    /// Reads a banner and its words, which may stand beside, behind or below its label.
    fn read_banner(&mut self, at: usize, banner: Banner) -> usize {
        let number = self.grid.rows[at].row;
        let taken = self.take(at);
        let count = taken.len();
        let mut cells = taken.into_iter();
        let Some(first) = cells.next() else { return 1 };
        let beside = cells.next();
        if banner == Banner::Group && beside.is_none() && opening(&first.text).is_none() {
            let kind_of = |column: &Column| column.source == u32::from(self.known.name);
            let read = |column: &Column| if kind_of(column) { Cell::text(first.text.clone()) } else { Cell::default() };
            let cells = self.columns.iter().map(read).collect();
            let hidden = self.known.hides.cell(number, first.column);
            self.push(RowKind::Group, number, cells, Vec::new());
            // Its words now stand in the column of names, which may be in sight where they were not.
            self.rows.last_mut().into_iter().for_each(|row| row.hidden = hidden);
            return 1;
        }
        let (field, took, more) = self.words_of(at, first, beside);
        self.in_fields += count + more;
        match (banner, self.rows.last_mut()) {
            (Banner::Detail, Some(section)) if section.kind == RowKind::Section => section.fields.push(field),
            _ => self.push(RowKind::Section, number, Vec::new(), vec![field]),
        }
        took
    }

    /// A banner's label and words; also how many sheet rows and further cells they took.
    fn words_of(&mut self, at: usize, first: RawCell, beside: Option<RawCell>) -> (Field, usize, usize) {
        let number = self.grid.rows[at].row;
        let source = Some((number, u32::from(first.column)));
        let opened = opening(&first.text).map(|(_, label, words)| (label.to_owned(), words.to_owned()));
        match (opened, beside) {
            (None, None) => (Field { label: SECTION.into(), cell: Cell::text(first.text), source, ..Field::default() }, 1, 0),
            (None, Some(value)) => (value_field(&first.text, number, value, Kind::Paragraph), 1, 0),
            (Some((label, words)), Some(value)) if words.is_empty() => (value_field(&label, number, value, Kind::Paragraph), 1, 0),
            (Some((label, words)), Some(value)) => {
                let hidden = self.known.hides.cell(number, value.column);
                let words = format!("{words} {}", value.text);
                (Field { label: label.into(), cell: Cell::text(words), source, hidden }, 1, 0)
            }
            (Some((label, words)), None) if words.is_empty() => match self.value_below(at) {
                Some((row, value)) => (value_field(&label, row, value, Kind::Paragraph), 2, 1),
                None => (Field { label: label.into(), source, ..Field::default() }, 1, 0),
            },
            (Some((label, words)), None) => (Field { label: label.into(), cell: Cell::text(words), source, ..Field::default() }, 1, 0),
        }
    }

    /// A lone text below a label that has no words beside it.
    fn value_below(&mut self, at: usize) -> Option<(u32, RawCell)> {
        let below = self
            .grid
            .rows
            .get(at + 1)
            .filter(|row| row.row <= self.outline.last.0.max(self.outline.header.map_or(0, |(first, _)| first.saturating_sub(1))))?;
        let own: Vec<&RawCell> = below.cells.iter().filter(|cell| self.within(cell.column)).collect();
        let fits = own.len() == 1 && opening(&own[0].text).is_none() && !self.is_header(below);
        let row = below.row;
        if !fits {
            return None;
        }
        Some((row, self.take(at + 1).pop()?))
    }

    fn push(&mut self, kind: RowKind, number: u32, cells: Vec<Cell>, fields: Vec<Field>) {
        let id = self.next_id();
        self.push_as(id, kind, number, cells, fields);
    }

    fn push_as(&mut self, id: RowId, kind: RowKind, number: u32, cells: Vec<Cell>, fields: Vec<Field>) {
        self.rows.push(Row { id, kind, cells, fields, source: number + 1, ..Row::default() });
    }
}
