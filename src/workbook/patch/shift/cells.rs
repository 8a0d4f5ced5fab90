//! The rows and cells of a sheet: their addresses, their order and their formulas. Leaves what they show.

use std::collections::HashMap;

use super::{
    Axis, CannotShift, Placed, SaidWhat,
    address::{Area, area, cell_name, column_name, corner},
    adjust::{Manner, displaced},
    decoded::{Decoded, escaped_content},
    frames::Job,
    markup::{Step, Tag, Walk},
    new_lines::{Templates, new_cell},
    shared::{Cursor, Groups},
};

/// A row, with the space before it, or a new one.
struct Piece {
    place: u32,
    start: usize,
    end: usize,
    text: Option<String>,
    /// Where its address can be put in, if it has none.
    unnumbered: Option<usize>,
}

/// The rows in their new order, which take the place of a stretch of the part.
pub(super) struct Rebuilt {
    start: usize,
    end: usize,
    pieces: Vec<Piece>,
}

/// A cell of the row that is being read.
struct RowCell<'a> {
    place: Option<u32>,
    column: u32,
    tag: Tag<'a>,
    start: usize,
    end: usize,
    addressed: bool,
    filled: bool,
}

/// The cells of one sheet.
pub(super) struct Cells<'a> {
    groups: Groups<'a>,
    cursor: Cursor,
    templates: Templates<'a>,
    pieces: Vec<Piece>,
    /// The cells of the row, where columns move.
    row_cells: Vec<RowCell<'a>>,
    /// Where the opening tag of the row ends.
    row_start: usize,
    /// Whether the sheet is the one that moves.
    moved: bool,
    dropped: bool,
}

impl<'a> Cells<'a> {
    /// Looks over a sheet before its cells are walked over.
    ///
    /// # Errors
    /// When the markup is broken.
    pub(super) fn new(job: &Job<'a>) -> Result<Self, CannotShift> {
        Ok(Self {
            groups: Groups::find(job.source, &job.context)?,
            cursor: Cursor::default(),
            templates: Templates::new(job.context.shift),
            pieces: Vec::new(),
            row_cells: Vec::new(),
            row_start: 0,
            moved: job.context.own,
            dropped: false,
        })
    }

    /// Walks over all rows, up to the end of the element that holds them.
    ///
    /// # Errors
    /// When the markup is broken, or something in a cell is in the way.
    pub(super) fn walk(&mut self, job: &mut Job<'a>, walk: &mut Walk<'a>, data: Tag<'a>) -> Result<Option<Rebuilt>, CannotShift> {
        let mut start = data.end;
        loop {
            match walk.next()? {
                Step::Open(tag) if tag.name == "row" => {
                    let end = self.row(job, walk, tag, start)?;
                    start = end;
                }
                Step::Open(_) => {}
                Step::Close { name: "sheetData", .. } => return Ok(self.rebuilt(job, data.end, start)),
                Step::Close { .. } => {}
                Step::Done => return Err(CannotShift::Unreadable("it ends too early".to_owned())),
            }
        }
    }

    /// Reads a row, before which a space begins at `start`, and returns where it ends.
    fn row(&mut self, job: &mut Job<'a>, walk: &mut Walk<'a>, tag: Tag<'a>, start: usize) -> Result<usize, CannotShift> {
        self.cursor.row(&tag, job.source);
        let shift = job.context.shift;
        let (row, by_cell) = (self.cursor.row, self.cursor.by_cell);
        let rows = self.moved && shift.axis == Axis::Rows;
        let place = if rows { shift.place_unbounded(row) } else { Some(row) };
        let number = tag.get("r");
        if rows && self.templates.wants(row) {
            self.templates.row(row, &tag);
        }
        if let (Some(place), Some(number)) = (place.filter(|place| *place != row), number) {
            job.patch.replace_with_number(number.start, number.end, place + 1);
        }
        let mark = job.patch.mark();
        self.row_cells.clear();
        self.row_start = tag.end;
        let (mut end, mut content_end, mut filled) = (tag.end, tag.end, false);
        let mut open = !tag.empty;
        while open {
            match walk.next()? {
                Step::Open(cell) if cell.name == "c" => filled |= self.cell(job, walk, cell, place)?,
                Step::Open(_) => {}
                Step::Close { name: "row", start, end: behind } => {
                    (content_end, end, open) = (start, behind, false);
                }
                Step::Close { .. } => {}
                Step::Done => return Err(CannotShift::Unreadable("a row does not end".to_owned())),
            }
        }
        if self.moved && !rows {
            self.columns_of_row(job, &tag, mark, content_end)?;
        }
        if rows {
            let fits = place.filter(|place| *place < Axis::Rows.limit());
            if place.is_some() && fits.is_none() && filled {
                return Err(CannotShift::Full { axis: Axis::Rows });
            }
            match fits {
                Some(place) => {
                    let unnumbered = if number.is_none() && !by_cell { Some(tag.behind_name()) } else { None };
                    self.pieces.push(Piece { place, start, end, text: None, unnumbered });
                }
                None => self.dropped = true,
            }
        }
        Ok(end)
    }

    /// Reads a cell of a row that goes to `row_place`, and tells whether anything stands in it.
    fn cell(&mut self, job: &mut Job<'a>, walk: &mut Walk<'a>, tag: Tag<'a>, row_place: Option<u32>) -> Result<bool, CannotShift> {
        let address = tag.get("r");
        let stated = self.cursor.cell(address.map(|address| address.value));
        let (row, column) = (self.cursor.row, self.cursor.column);
        let shift = job.context.shift;
        let columns = self.moved && shift.axis == Axis::Columns;
        let column_place = if columns { shift.place_unbounded(column) } else { Some(column) };
        if let (Some(address), Some((stated_row, _)), true) = (address, stated, self.moved) {
            let row_place = if stated_row == row || columns { row_place } else { shift.place(stated_row).or(row_place) };
            if let (Some(row_place), Some(column_place)) = (row_place, column_place) {
                let corner = corner(address.value.as_bytes(), address.start);
                let spot = corner.and_then(|corner| shift.axis.of(corner.row, corner.column));
                match spot {
                    Some(spot) if columns && spot.at != column_place => {
                        job.patch.replace(spot.start, spot.end, &column_name(column_place));
                    }
                    Some(spot) if !columns && spot.at != row_place => {
                        job.patch.replace_with_number(spot.start, spot.end, row_place + 1);
                    }
                    Some(_) | None => {}
                }
            }
        }
        let place = row_place.zip(column_place);
        let (mut end, mut content_end, mut filled, mut formula) = (tag.end, tag.end, false, None);
        let mut open = !tag.empty;
        while open {
            match walk.next()? {
                Step::Open(inner) => {
                    filled |= inner.name != "extLst";
                    if inner.name == "f" && inner.empty {
                        self.formula(job, inner, (inner.end, inner.end, inner.end), place)?;
                    } else if inner.name == "f" {
                        formula = Some(inner);
                    }
                }
                Step::Close { name: "c", start, end: behind } => {
                    (content_end, end, open) = (start, behind, false);
                }
                Step::Close { name: "f", start, end } => {
                    if let Some(tag) = formula.take() {
                        self.formula(job, tag, (tag.end, start, end), place)?;
                    }
                }
                Step::Close { .. } => {}
                Step::Done => return Err(CannotShift::Unreadable("a cell does not end".to_owned())),
            }
        }
        if self.moved && !columns && self.templates.wants(row) {
            self.templates.cell(row, column, &tag, job.raw((tag.end, content_end)));
        }
        if columns {
            // The space before a cell goes with it.
            let start = self.row_cells.last().map_or(self.row_start, |cell| cell.end);
            let addressed = stated.is_some();
            self.row_cells.push(RowCell { place: column_place, column, tag, start, end, addressed, filled });
        }
        Ok(filled)
    }

    /// A formula whose content and end stand at the bytes given, in a cell that goes to `place`.
    fn formula(
        &mut self,
        job: &mut Job<'a>,
        tag: Tag<'a>,
        (from, to, end): (usize, usize, usize),
        place: Option<(u32, u32)>,
    ) -> Result<(), CannotShift> {
        let kind = tag.value("t");
        if self.moved && matches!(kind, Some("array" | "dataTable")) {
            check_block(job, &tag, kind == Some("array"))?;
        }
        let Some((row, column)) = place else { return Ok(()) };
        let place = |job: &Job<'_>| job.named(&cell_name(row, column));
        if kind == Some("shared")
            && let Some(group) = tag.value("si").and_then(|number| self.groups.of(number, tag.start, self.cursor.row, self.cursor.column))
            && group.unshare
        {
            let own = Decoded::of(job.raw((from, to)), from);
            let text = if own.text.trim().is_empty() {
                let away = |at: u32, from: u32| i64::from(at) - i64::from(from);
                displaced(&group.text, away(self.cursor.row, group.row), away(self.cursor.column, group.column))
            } else {
                own.text.into_owned()
            };
            let adjusted = job.context.adjust(&text, Manner::Formula)?;
            let text = adjusted.text(&text);
            job.patch.replace(tag.start, end, &unshared(&tag, &text));
            if adjusted.broken || adjusted.ends_above {
                let what = if adjusted.broken { SaidWhat::Broken } else { SaidWhat::EndsAbove };
                job.say(place(job), what, text);
            }
            return Ok(());
        }
        if self.moved {
            for name in ["ref", "r1", "r2"] {
                if let Some(attribute) = tag.get(name) {
                    let moved = area(attribute.value).and_then(|old| {
                        let stretch = job.along(&old);
                        Some(job.with_stretch(&old, job.context.shift.range(stretch.0, stretch.1)?)).filter(|new| *new != old)
                    });
                    if let Some(moved) = moved {
                        job.patch.replace(attribute.start, attribute.end, &moved.written());
                    }
                }
            }
        }
        if from < to {
            let sheet = job.context.sheet;
            job.formula((from, to), Manner::Formula, &|| format!("{sheet}!{}", cell_name(row, column)))?;
        }
        Ok(())
    }

    /// Puts the cells of a row into their new order, where columns move.
    fn columns_of_row(&mut self, job: &mut Job<'a>, tag: &Tag<'a>, mark: usize, content_end: usize) -> Result<(), CannotShift> {
        let shift = job.context.shift;
        if let Some((spans, old)) = tag.get("spans").and_then(|spans| Some((spans, spans_of(spans.value)?)))
            && let Some((first, last)) = shift.widened(old.0, old.1)
        {
            job.set(&spans, &format!("{}:{}", first + 1, last + 1));
        }
        let limit = Axis::Columns.limit();
        if self.row_cells.iter().any(|cell| cell.filled && cell.place.is_some_and(|place| place >= limit)) {
            return Err(CannotShift::Full { axis: Axis::Columns });
        }
        let row = self.cursor.row;
        let mut pieces: Vec<(u32, Option<String>, usize)> = Vec::new();
        for (at, cell) in self.row_cells.iter().enumerate() {
            if let Some(place) = cell.place.filter(|place| *place < limit) {
                pieces.push((place, None, at));
            }
        }
        for (place, placed) in (shift.first..).zip(&shift.order) {
            if let Placed::New { like: Some(like) } = placed
                && let Ok(at) = self.row_cells.binary_search_by_key(like, |cell| cell.column)
                && let Some(style) = self.row_cells[at].tag.value("s")
            {
                pieces.push((place, Some(new_cell(self.row_cells[at].tag.full, row, place, style)), at));
            }
        }
        let as_before = pieces.len() == self.row_cells.len() && pieces.is_sorted_by_key(|(place, _, _)| *place);
        pieces.sort_by_key(|(place, _, _)| *place);
        let mut implied = 0;
        for (place, text, at) in &pieces {
            let cell = &self.row_cells[*at];
            if text.is_none() && !cell.addressed && *place != implied && cell.tag.get("r").is_none() {
                let at = cell.tag.behind_name();
                job.patch.replace(at, at, &format!(" r=\"{}\"", cell_name(row, *place)));
            }
            implied = place + 1;
        }
        if as_before {
            return Ok(());
        }
        let Some(start) = self.row_cells.first().map(|cell| cell.start) else { return Ok(()) };
        let end = self.row_cells.last().map_or(content_end, |cell| cell.end);
        let mut edits = job.patch.split(mark);
        edits.sort();
        let mut text = String::with_capacity(end - start);
        for (_, new, at) in &pieces {
            match new {
                Some(new) => text.push_str(new),
                None => edits.render(job.source, self.row_cells[*at].start, self.row_cells[*at].end, &mut text),
            }
        }
        if let Some(spans) = tag.get("spans") {
            // The row's own tag stands before its cells.
            let mut own = String::new();
            edits.render(job.source, spans.start, spans.end, &mut own);
            job.set(&spans, &own);
        }
        job.patch.replace(start, end, &text);
        Ok(())
    }

    /// The rows in their new order, if it differs from the old.
    fn rebuilt(&mut self, job: &mut Job<'a>, start: usize, end: usize) -> Option<Rebuilt> {
        let shift = job.context.shift;
        if !self.moved || shift.axis != Axis::Rows {
            return None;
        }
        let mut pieces = std::mem::take(&mut self.pieces);
        let old = pieces.len();
        let copies: HashMap<u32, (u32, u32)> = shift.copies().map(|(place, _, columns)| (place, columns)).collect();
        for (place, placed) in (shift.first..Axis::Rows.limit()).zip(&shift.order) {
            if let Placed::New { like: Some(like) } = placed
                && let Some(text) = self.templates.written(*like, place, copies.get(&place).copied())
            {
                pieces.push(Piece { place, start: 0, end: 0, text: Some(text), unnumbered: None });
            }
        }
        let changed = shift.reorders || pieces.len() > old;
        if changed {
            pieces.sort_by_key(|piece| piece.place);
        }
        let mut implied = 0;
        for piece in &pieces {
            if let Some(at) = piece.unnumbered.filter(|_| piece.place != implied) {
                job.patch.replace(at, at, &format!(" r=\"{}\"", piece.place + 1));
            }
            implied = piece.place + 1;
        }
        (changed || self.dropped).then_some(Rebuilt { start, end, pieces })
    }
}

impl Rebuilt {
    /// The whole part with its rows in their new order and its other replacements.
    pub(super) fn written(&self, job: &mut Job<'_>) -> String {
        job.patch.sort();
        let mut out = String::with_capacity(job.source.len() + job.source.len() / 8);
        job.patch.render(job.source, 0, self.start, &mut out);
        for piece in &self.pieces {
            match &piece.text {
                Some(text) => out.push_str(text),
                None => job.patch.render(job.source, piece.start, piece.end, &mut out),
            }
        }
        job.patch.render(job.source, self.end, job.source.len(), &mut out);
        out
    }
}

/// Refuses to cut the range of an array formula or a data table.
fn check_block(job: &Job<'_>, tag: &Tag<'_>, array: bool) -> Result<(), CannotShift> {
    let shift = job.context.shift;
    let refusal = |area: Area| {
        let place = job.named(&area.written());
        if array { CannotShift::ArrayFormula { place } } else { CannotShift::DataTable { place } }
    };
    if let Some(block) = tag.value("ref").and_then(area) {
        let (first, last) = job.along(&block);
        if shift.uniform(first, last).is_none() && shift.range(first, last).is_some() {
            return Err(refusal(block));
        }
        let stays = shift.range(first, last).is_some();
        for input in ["r1", "r2"].iter().filter_map(|name| tag.value(name).and_then(area)) {
            let (first, last) = job.along(&input);
            if !array && stays && shift.range(first, last).is_none() {
                return Err(refusal(block));
            }
        }
    }
    Ok(())
}

/// The element of a formula that is no longer shared.
pub(super) fn unshared(tag: &Tag<'_>, text: &str) -> String {
    let mut out = format!("<{}", tag.full);
    for attribute in tag.attributes().filter(|attribute| !matches!(attribute.name, "t" | "ref" | "si")) {
        let quote = if attribute.value.contains('"') { '\'' } else { '"' };
        out.push_str(&format!(" {}={quote}{}{quote}", attribute.name, attribute.value));
    }
    out.push('>');
    out.push_str(&escaped_content(text));
    out.push_str(&format!("</{}>", tag.full));
    out
}

/// The first and last column of a row's `spans`, zero-based.
fn spans_of(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once(':')?;
    let number = |text: &str| text.trim().parse::<u32>().ok()?.checked_sub(1);
    Some((number(first)?, number(last)?)).filter(|(first, last)| first <= last && *last < Axis::Columns.limit())
}
