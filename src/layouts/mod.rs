//! From sheets to tables: `outline` says where each stands and what its columns are, `read` takes them out; the rest becomes notes.

mod across;
mod assignment;
mod banners;
mod blocks;
mod cards;
mod colours;
mod column_rules;
mod columns;
mod content;
mod copies;
mod correct;
mod cover;
mod date_order;
mod decimal_comma;
mod doubts;
mod dress;
mod edit_distance;
mod evidence;
mod facts;
mod figure_facts;
mod find;
mod header;
mod heading_rows;
mod heading_text;
mod hidden;
mod indicators;
mod join;
mod kpi_copies;
mod manual_tables;
mod mapping;
mod marking;
mod neighbours;
mod order;
mod outline;
mod outside;
mod painted;
mod periods;
mod preamble;
mod read;
mod ref_path;
mod return_index;
mod roles;
mod rows;
mod rules;
mod scale_sheet;
mod scales;
mod scores;
mod set_aside;
mod status_legend;
mod status_signs;
mod strikethrough;
mod words;

use std::collections::{HashMap, HashSet};

use hidden::Hides;

use crate::{
    model::{LooseText, Marking, Role, Table, TableId, TableKind},
    notes::{Code, Note, Noted, Place, Severity},
    workbook::RawSheet,
};

pub use correct::rename;
pub use evidence::{Evidence, Reason};
pub use manual_tables::{draw, end, make_room};
pub use mapping::{Correction, Mapping};
pub use outline::{Heading, LeftOut, Outline, Sameness};

/// How many tables a document may have lost before its return was written; an id beyond that was never given.
const MOST_TABLES_GONE: u32 = 1000;

/// The most tables of a workbook that are looked for; what stands in others is kept in notes.
const MOST_TABLES: usize = 2_000;

/// The rows within tables that are none of theirs, by sheet and row.
type Asides = HashMap<String, HashMap<u32, neighbours::Aside>>;

/// Where the filled cells of a workbook ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounted {
    pub cells: usize,
    /// In rows and headings.
    pub in_tables: usize,
    /// In titles, header fields, summaries and sections' words.
    pub in_fields: usize,
    pub in_notes: usize,
    /// Nowhere; anything but 0 is a fault of the program.
    pub unread: usize,
}

impl Accounted {
    /// Adds the cells of another workbook.
    pub fn add(&mut self, other: Self) {
        self.cells += other.cells;
        self.in_tables += other.in_tables;
        self.in_fields += other.in_fields;
        self.in_notes += other.in_notes;
        self.unread += other.unread;
    }
}

/// What was made of a workbook's sheets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    pub tables: Vec<Table>,
    pub notes: Vec<Note>,
    pub accounted: Accounted,
    /// What stands outside the tables; a note names each row of it, or several together.
    pub loose: Vec<LooseText>,
    pub marking: Option<Marking>,
}

/// Where the tables of a workbook stand and what their columns are, in the order of its sheets.
#[must_use]
pub fn outline(grids: &[RawSheet]) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = grids.iter().filter(|grid| !is_added(grid)).flat_map(find::tables).take(MOST_TABLES).collect();
    cards::leave_out(&mut outlines, grids);
    across::mark(&mut outlines, grids);
    kpi_copies::mark(&mut outlines, grids);
    copies::mark(&mut outlines, grids);
    join::mark(&mut outlines, grids);
    return_index::apply(grids, &mut outlines);
    // A return holds what its owner took in.
    outlines.iter_mut().filter(|outline| outline.key.is_some()).for_each(|outline| outline.left_out = None);
    outlines
}

/// Reads the sheets of a workbook as outlined. Every filled cell ends in a table, a field or a note.
#[must_use]
pub fn read(grids: Vec<RawSheet>, outlines: &[Outline]) -> Reading {
    let mut reader = Reader::default();
    let without_value: usize = grids.iter().map(|grid| grid.without_value).sum();
    reader.reading.accounted.cells = grids.iter().map(|grid| grid.filled() + grid.without_value + grid.unread).sum();
    reader.reading.accounted.in_notes = without_value;
    let colours = colours::Colours::of(&grids);
    if let Some((marking, note)) = marking::find(&grids, outlines) {
        reader.reading.marking = Some(marking);
        reader.reading.notes.push(note);
    }
    // What a return adds says something of the tables, so it is read after them.
    let (added, grids): (Vec<RawSheet>, Vec<RawSheet>) = grids.into_iter().partition(is_added);
    let mut left = Vec::new();
    for mut grid in grids {
        reader.read_sheet(&mut grid, outlines, &colours);
        left.push(grid);
    }
    reader.add_tracker();
    let Reader { mut reading, asides, .. } = reader;
    let mut noted = Noted::default();
    reading.loose.reserve_exact(left.iter().map(RawSheet::filled).sum());
    for mut grid in left {
        read_labels(&mut grid, &mut reading);
        outside::leave(grid, &asides, &mut reading, &mut noted);
    }
    number_tables(&mut reading.tables);
    for mut grid in added {
        let before = grid.filled();
        if return_index::recognise(&grid) {
            grid.rows.clear();
        } else if cover::recognise(&grid) {
            cover::read(&mut grid, &mut reading.tables);
        } else if scale_sheet::recognise(&grid) {
            scale_sheet::read(&mut grid, &mut reading.tables);
        } else {
            rules::read(&mut grid, &mut reading.tables);
        }
        reading.accounted.in_fields += before - grid.filled();
        outside::leave(grid, &asides, &mut reading, &mut noted);
    }
    reading.notes.extend(noted.finish());
    let known = reading.accounted.in_tables + reading.accounted.in_fields + reading.accounted.in_notes;
    reading.accounted.unread = reading.accounted.cells.saturating_sub(known);
    reading
}

/// Gives the tables ids: those of a return keep theirs, each once; the others come after them.
fn number_tables(tables: &mut [Table]) {
    let mut used = HashSet::new();
    let most = tables.len() as u32 + MOST_TABLES_GONE;
    for table in tables.iter_mut() {
        if table.id.0 > most || !used.insert(table.id) {
            table.id = TableId(0);
        }
    }
    let mut next = used.iter().map(|id| id.0).max().unwrap_or(0);
    for table in tables.iter_mut().filter(|table| table.id.0 == 0) {
        next += 1;
        table.id = TableId(next);
    }
}

/// Whether a sheet is one that a return adds to its tables.
fn is_added(grid: &RawSheet) -> bool {
    cover::recognise(grid) || rules::recognise(grid) || scale_sheet::recognise(grid) || return_index::recognise(grid)
}

/// A workbook while its sheets are read.
#[derive(Default)]
struct Reader<'outlines> {
    reading: Reading,
    asides: Asides,
    /// The outlines of the tables read so far.
    kept: Vec<&'outlines Outline>,
    /// The tables that hold again what others hold.
    left_out: Vec<(Table, &'outlines LeftOut)>,
}

impl<'outlines> Reader<'outlines> {
    /// Reads the tables of one sheet.
    fn read_sheet(&mut self, grid: &mut RawSheet, outlines: &'outlines [Outline], colours: &colours::Colours) {
        let own: Vec<&Outline> = outlines.iter().filter(|outline| outline.sheet == grid.sheet).collect();
        let is_copy = !own.is_empty() && own.iter().all(|outline| outline.left_out.is_some());
        if grid.hidden.sheet && !is_copy {
            self.reading.notes.push(hidden::sheet_note(grid));
        }
        self.reading.notes.extend(cards::note(grid, &own));
        let codes = status_legend::Codes::of(grid, &own);
        let mut tables = Vec::new();
        for &outline in &own {
            let shares = |other: &&&Outline| **other != outline && other.first.0 <= outline.last.0 && outline.first.0 <= other.last.0;
            let beside = own.iter().any(|other| shares(&other));
            let mut accounted = Accounted::default();
            let paints = dress::Paints::of(grid, outline);
            let read::Read { mut table, word_colours, notes, asides } = read::read(grid, outline, beside, colours, &mut accounted);
            read_codes(&mut table, &codes);
            table.dress = paints.of_table(&table);
            // A return says itself what its statuses are.
            if outline.key.is_none() {
                scales::settle(&mut table, &codes, &word_colours);
            }
            if let Some(left_out) = &outline.left_out {
                self.reading.accounted.in_notes += accounted.in_tables + accounted.in_fields;
                self.reading.notes.push(copy_note(left_out, outline, grid));
                self.left_out.push((table, left_out));
                continue;
            }
            self.reading.accounted.add(accounted);
            self.asides.entry(grid.sheet.clone()).or_default().extend(asides);
            table.id = outline.key.unwrap_or(TableId(0));
            table.given_rows.raise(outline.given.0);
            table.given_columns.raise(outline.given.1);
            self.reading.notes.extend(notes);
            self.reading.notes.extend(doubts::notes(grid, outline));
            tables.push((table, outline));
        }
        if is_copy {
            // What else stands on it was said of the copy.
            self.reading.accounted.in_notes += grid.filled();
            grid.rows.clear();
            grid.attached.clear();
        }
        grid.rows.retain(|row| !row.is_blank());
        name_tables(&mut tables, &grid.sheet);
        tables.into_iter().for_each(|(table, outline)| self.take(table, outline));
    }

    /// Takes a table in, or adds its rows to the plan that it goes on from.
    fn take(&mut self, mut table: Table, outline: &'outlines Outline) {
        let before = if outline.joins { self.kept.iter().rposition(|before| join::goes_on(outline, before)) } else { None };
        let Some(at) = before else {
            self.reading.tables.push(table);
            self.kept.push(outline);
            return;
        };
        let plan = &mut self.reading.tables[at];
        if plan.rows.first().is_none_or(|row| row.sheet.is_none()) {
            join::put_under_its_sheet(plan, true);
            if outline.key.is_none() {
                renumber(plan);
            }
        }
        join::put_under_its_sheet(&mut table, false);
        join::append(plan, table, outline.key.is_some());
    }

    /// Adds the tracker of a plan whose earlier periods stand on other sheets, where the workbook has none.
    fn add_tracker(&mut self) {
        let tables = &mut self.reading.tables;
        if tables.iter().any(|table| table.kind == TableKind::History) {
            return;
        }
        let earlier = |of: &str| {
            let held = self.left_out.iter().filter(|(_, left_out)| left_out.why == Sameness::Earlier && left_out.of == of);
            held.map(|(table, _)| table).collect::<Vec<_>>()
        };
        let found = (0..tables.len()).find_map(|at| {
            let earlier = earlier(&tables[at].sheet);
            let wanted = tables[at].kind == TableKind::Plan && !earlier.is_empty();
            Some((at, wanted.then(|| periods::tracker(&tables[at], &earlier)).flatten()?))
        });
        if let Some((at, tracker)) = found {
            tables.insert(at + 1, tracker);
        }
    }
}

/// The note on a table that is left out.
fn copy_note(left_out: &LeftOut, outline: &Outline, grid: &RawSheet) -> Note {
    let severity = if left_out.why == Sameness::Untold { Severity::Warning } else { Severity::Info };
    let what = if left_out.called.is_some() { "KPIs" } else { "actions" };
    let hint = format!("Take it in where the tables are chosen as the workbook is opened, if its {what} are others");
    let place = if left_out.called.is_some() { grid.place(outline.first.0, outline.first.1) } else { grid.sheet.clone() };
    Note::new(severity, Code::CopyLeftOut, Place::address(place), left_out.words(&grid.sheet), &hint)
}

/// Statuses that a plan states in codes.
fn read_codes(table: &mut Table, codes: &status_legend::Codes) {
    if table.kind != TableKind::Plan {
        return;
    }
    for (at, column) in table.columns.iter().enumerate().filter(|(_, column)| column.role == Some(Role::Status)) {
        codes.read(&column.heading, table.rows.iter_mut().filter_map(|row| row.cells.get_mut(at)));
    }
    status_legend::read_ticks(table);
}

/// Numbers rows in their order again, their attached notes with them.
fn renumber(table: &mut Table) {
    let renamed: HashMap<_, _> = table.rows.iter().zip(1..).map(|(row, id)| (row.id, crate::model::RowId(id))).collect();
    table.rows.iter_mut().for_each(|row| row.id = renamed[&row.id]);
    table.remarks.iter_mut().for_each(|remark| remark.row = renamed[&remark.row]);
}

/// A sheet's only table is called as the sheet; one of several by its banner.
fn name_tables(tables: &mut [(Table, &Outline)], sheet: &str) {
    let several = tables.len() > 1;
    for ((table, _), number) in tables.iter_mut().zip(1..) {
        let banner = table.title.as_ref().filter(|_| several).map(|title| title.cell.text.to_string());
        table.name = banner.unwrap_or_else(|| if number == 1 { sheet.to_owned() } else { format!("{sheet} {number}") });
    }
}

/// Gives the labelled values of a sheet without tables to the first plan: its cover.
fn read_labels(grid: &mut RawSheet, reading: &mut Reading) {
    // Told by the sheet alone: a workbook may have a thousand of them and as many tables.
    if !blocks::is_labelled(&grid.rows) {
        return;
    }
    let owned = reading
        .tables
        .iter()
        .any(|table| table.sheet == grid.sheet || table.rows.iter().any(|row| row.sheet.as_deref() == Some(&*grid.sheet)));
    let plan = reading.tables.iter_mut().find(|table| table.kind == TableKind::Plan);
    let (false, Some(plan)) = (owned, plan) else { return };
    let before = grid.filled();
    let hides = Hides::of(grid);
    for row in grid.rows.iter_mut().filter(|row| row.cells.len() >= 2) {
        let fields = preamble::pairs(row.row, row.take_all());
        // Their place is on another sheet than the plan's.
        plan.fields.extend(fields.into_iter().map(|field| crate::model::Field {
            source: None,
            hidden: field.source.is_some_and(|(row, column)| hides.cell(row, column as u16)),
            ..field
        }));
    }
    reading.accounted.in_fields += before - grid.filled();
    grid.rows.retain(|row| !row.is_blank());
}
