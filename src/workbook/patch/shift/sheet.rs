//! A worksheet and everything in it beside its cells that knows rows or columns. Leaves the cells to `cells`.

use super::{
    Axis, CannotShift,
    address::{Area, area, cell, cell_name},
    adjust::Manner,
    anchors::Anchor,
    cells::{Cells, Rebuilt},
    columns::Columns,
    frames::{Frames, Job, Visitor},
    markup::{Attribute, Tag, Walk},
    rules::Rules,
    view::View,
};

/// The worksheet whose rows or columns move.
///
/// # Errors
/// When it cannot be read, or something in it is in the way.
pub(super) fn moved(mut job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    let mut sheet = Sheet::new(&job)?;
    job.walk(false, &mut sheet)?;
    if let Some(rebuilt) = sheet.rebuilt {
        job.whole = Some(rebuilt.written(&mut job));
    }
    Ok(job)
}

/// Another worksheet, whose formulas may refer to the one that moves.
///
/// # Errors
/// When it cannot be read, or a reference goes through several sheets.
pub(super) fn other(mut job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    // Nothing refers to another sheet without a `!`, but for the sources of a consolidation.
    if job.source.contains('!') || job.source.contains("dataRef") {
        let mut sheet = Sheet::new(&job)?;
        job.walk(false, &mut sheet)?;
    }
    Ok(job)
}

struct Sheet<'a> {
    cells: Cells<'a>,
    rules: Rules<'a>,
    columns: Columns<'a>,
    view: View,
    anchor: Option<Anchor>,
    rebuilt: Option<Rebuilt>,
    /// The merged cells of rows that are copied, as they are written for the copies.
    merges: Vec<String>,
    /// Where the columns of the filter that is open begin, before and after.
    filter: Option<((u32, u32), (u32, u32))>,
}

impl<'a> Sheet<'a> {
    fn new(job: &Job<'a>) -> Result<Self, CannotShift> {
        Ok(Self {
            cells: Cells::new(job)?,
            rules: Rules::default(),
            columns: Columns::default(),
            view: View::default(),
            anchor: None,
            rebuilt: None,
            merges: Vec::new(),
            filter: None,
        })
    }
}

impl<'a> Visitor<'a> for Sheet<'a> {
    fn open(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, walk: &mut Walk<'a>, tag: Tag<'a>) -> Result<bool, CannotShift> {
        match tag.name {
            "sheetData" if !tag.empty => {
                self.rebuilt = self.cells.walk(job, walk, tag)?;
                return Ok(true);
            }
            "conditionalFormatting" | "dataValidation" => {
                self.rules.open(tag);
                return Ok(false);
            }
            "cfvo" => self.rules.attribute(&tag, "val"),
            "controlPr" => {
                let named = |job: &Job<'_>| format!("a control of {}", job.context.sheet);
                let place = named(job);
                for name in ["linkedCell", "listFillRange"] {
                    job.formula_in(&tag, name, &|| place.clone())?;
                }
            }
            "hyperlink" if !tag.is_related() => {
                let place = format!("a link of {}", job.context.sheet);
                job.formula_in(&tag, "location", &|| place.clone())?;
            }
            "dataRef" => data_ref(job, frames, &tag),
            _ => {}
        }
        if job.context.own {
            self.open_moved(job, frames, &tag)?;
        }
        Ok(false)
    }

    fn close(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, tag: Tag<'a>, content: (usize, usize)) -> Result<(), CannotShift> {
        match tag.name {
            "conditionalFormatting" | "dataValidation" => return self.rules.close(job, frames),
            "formula" | "formula1" | "formula2" | "f" if frames.current().is_some_and(|frame| frame.children == 0) => {
                if content.0 == content.1 || self.rules.formula(content) {
                    return Ok(());
                }
                let place = format!("{} of {}", word_for(frames.parent_name()), job.context.sheet);
                let lost = job.formula(content, Manner::Formula, &|| place.clone())?;
                if lost && frames.parent_name().starts_with("sparkline") {
                    frames.remove_current();
                }
            }
            "sqref" if !self.rules.sqref(content) && job.context.own => ranges_in_content(job, frames, content),
            _ => {}
        }
        if job.context.own {
            self.close_moved(job, frames, &tag, content)?;
        }
        Ok(())
    }
}

impl<'a> Sheet<'a> {
    /// An element of the sheet whose rows or columns move.
    fn open_moved(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, tag: &Tag<'a>) -> Result<(), CannotShift> {
        match tag.name {
            "sheetView" | "customSheetView" => self.view.view(job, tag),
            "pane" => self.view.pane(job, tag),
            "selection" => self.view.selection(job, tag),
            "dimension" => {
                if let Some(range) = tag.get("ref") {
                    widened(job, &range);
                }
            }
            "mergeCell" => {
                self.merges.extend(copied_merges(job, tag));
                merge(job, frames, tag)?;
            }
            "autoFilter" => {
                if let Some(range) = tag.get("ref") {
                    let old = area(range.value);
                    match widened(job, &range) {
                        Some(new) => self.filter = old.zip(Some(new)).map(|(old, new)| (old.columns, new.columns)),
                        None => frames.remove_current(),
                    }
                }
            }
            "filterColumn" => filter_column(job, frames, tag, self.filter),
            "sortState" | "sortCondition" => {
                if let Some(range) = tag.get("ref")
                    && widened(job, &range).is_none()
                {
                    frames.remove_current();
                }
            }
            "brk" => page_break(job, frames, tag),
            "col" => self.columns.col(*tag),
            "cellWatch" | "inputCells" => {
                if let Some(address) = tag.get("r") {
                    address_moved(job, frames, &address);
                }
            }
            "webPublishItem" => {
                if let Some(range) = tag.get("sourceRef") {
                    single_range(job, frames, &range);
                }
            }
            "anchor" => self.anchor = Some(Anchor::of_control(tag)),
            "dataRef" => {}
            _ => {
                if let Some(range) = tag.get("sqref") {
                    ranges_moved(job, frames, &range);
                } else if let Some(range) = tag.get("ref") {
                    single_range(job, frames, &range);
                }
            }
        }
        Ok(())
    }

    fn close_moved(
        &mut self,
        job: &mut Job<'a>,
        frames: &mut Frames<'a>,
        tag: &Tag<'a>,
        content: (usize, usize),
    ) -> Result<(), CannotShift> {
        match tag.name {
            "cols" => self.columns.close(job)?,
            "mergeCells" => {
                let merges = std::mem::take(&mut self.merges);
                if let Some(list) = frames.current().filter(|_| !merges.is_empty()) {
                    list.added += merges.len() as u32;
                    job.patch.replace(content.1, content.1, &merges.concat());
                }
            }
            "autoFilter" => self.filter = None,
            "anchor" => {
                if let Some(anchor) = self.anchor.take() {
                    anchor.moved(job);
                }
            }
            name => {
                if let Some(anchor) = &mut self.anchor {
                    anchor.see(name, content, job.raw(content));
                }
            }
        }
        Ok(())
    }
}

/// What the owner calls the place of a formula in an element.
fn word_for(element: &str) -> &'static str {
    match element {
        "sparkline" | "sparklineGroup" => "a sparkline",
        _ => "a setting",
    }
}

/// Moves one range that takes in what is new directly below it, and returns where it goes, if anywhere.
pub(super) fn widened(job: &mut Job<'_>, range: &Attribute<'_>) -> Option<Area> {
    let Some(old) = area(range.value) else { return Some(Area::of_cell(0, 0)) };
    let stretch = job.along(&old);
    let (first, last) = job.context.shift.widened(stretch.0, stretch.1)?;
    let new = job.with_stretch(&old, (first, last));
    if new != old {
        job.set(range, &new.written());
    }
    Some(new)
}

/// Moves one range; its element goes with it.
fn single_range(job: &mut Job<'_>, frames: &mut Frames<'_>, range: &Attribute<'_>) {
    let Some(old) = area(range.value) else { return };
    let stretch = job.along(&old);
    match job.context.shift.range(stretch.0, stretch.1) {
        Some(new) if new != stretch => {
            let new = job.with_stretch(&old, new);
            job.set(range, &new.written());
        }
        Some(_) => {}
        None => frames.remove_current(),
    }
}

/// Moves one cell's address; its element goes with it.
pub(super) fn address_moved(job: &mut Job<'_>, frames: &mut Frames<'_>, address: &Attribute<'_>) {
    let Some((row, column)) = cell(address.value) else { return };
    match job.cell(row, column) {
        Some(new) if new != (row, column) => job.set(address, &cell_name(new.0, new.1)),
        Some(_) => {}
        None => frames.remove_current(),
    }
}

/// Moves a list of ranges; its element goes when none is left.
fn ranges_moved(job: &mut Job<'_>, frames: &mut Frames<'_>, ranges: &Attribute<'_>) {
    if let Some(moved) = super::rules::list_moved(job, ranges.value) {
        if moved.is_empty() {
            frames.remove_current();
        } else {
            job.set(ranges, &moved);
        }
    }
}

/// The same for one that is the text of an element. A sparkline has one cell, which no new one joins.
fn ranges_in_content(job: &mut Job<'_>, frames: &mut Frames<'_>, content: (usize, usize)) {
    if frames.parent_name() == "sparkline"
        && let Some((row, column)) = cell(job.raw(content))
    {
        match job.cell(row, column) {
            Some(new) if new != (row, column) => job.patch.replace(content.0, content.1, &cell_name(new.0, new.1)),
            Some(_) => {}
            None => frames.parent().into_iter().for_each(|parent| parent.remove = true),
        }
    } else if let Some(moved) = super::rules::list_moved(job, job.raw(content)) {
        if !moved.is_empty() {
            job.patch.replace(content.0, content.1, &moved);
        } else if let Some(parent) = frames.parent() {
            parent.remove = true;
        }
    }
}

/// Moves a merged cell, as long as what is left of it stands together.
fn merge(job: &mut Job<'_>, frames: &mut Frames<'_>, tag: &Tag<'_>) -> Result<(), CannotShift> {
    let Some((range, old)) = tag.get("ref").and_then(|range| Some((range, area(range.value)?))) else { return Ok(()) };
    let stretch = job.along(&old);
    if !job.context.shift.keeps_together(stretch.0, stretch.1) {
        return Err(CannotShift::Merge { place: job.named(&old.written()) });
    }
    match job.context.shift.range(stretch.0, stretch.1).map(|new| job.with_stretch(&old, new)) {
        Some(new) if new == old => {}
        Some(new) if !new.is_cell() => job.set(&range, &new.written()),
        Some(_) | None => frames.remove_current(),
    }
    Ok(())
}

/// A merged cell that lies wholly within rows that are copied, as it is written for each of the copies.
fn copied_merges(job: &Job<'_>, tag: &Tag<'_>) -> Vec<String> {
    let Some(old) = tag.value("ref").and_then(area) else { return Vec::new() };
    let (first, last) = old.rows;
    let mut merges = Vec::new();
    // How many rows of the merged cell stand above the next copy.
    let (mut above, mut next) = (0, 0);
    for (place, of, columns) in job.context.shift.copies() {
        let within = columns.0 <= old.columns.0 && old.columns.1 <= columns.1;
        above = if within && of == first + above && (above == 0 || place == next) { above + 1 } else { u32::from(within && of == first) };
        next = place + 1;
        if above > last - first {
            let rows = (place - (last - first), place);
            merges.push(format!("<{} ref=\"{}\"/>", tag.full, Area { rows, ..old }.written()));
            above = 0;
        }
    }
    merges
}

/// The column of a filter, counted from the filter's first.
pub(super) fn filter_column(job: &mut Job<'_>, frames: &mut Frames<'_>, tag: &Tag<'_>, filter: Option<((u32, u32), (u32, u32))>) {
    let (Some((old, new)), Axis::Columns) = (filter, job.context.shift.axis) else { return };
    let Some((id, column)) = tag.get("colId").and_then(|id| Some((id, id.value.trim().parse::<u32>().ok()?.checked_add(old.0)?))) else {
        return;
    };
    match job.context.shift.place(column).and_then(|place| place.checked_sub(new.0)).filter(|id| new.0 + id <= new.1) {
        Some(place) => job.set(&id, &place.to_string()),
        None => frames.remove_current(),
    }
}

/// A page break, which stands before the row or column it names and goes with it.
fn page_break(job: &mut Job<'_>, frames: &mut Frames<'_>, tag: &Tag<'_>) {
    let shift = job.context.shift;
    let list = frames.parent_name();
    if list == shift.axis.of("rowBreaks", "colBreaks") {
        let Some((id, at)) = tag.get("id").and_then(|id| Some((id, id.value.trim().parse::<u32>().ok()?))) else { return };
        match shift.place(at).filter(|place| *place > 0) {
            Some(place) if place != at => job.patch.replace_with_number(id.start, id.end, place),
            Some(_) => {}
            None => frames.remove_current(),
        }
    } else if list == shift.axis.of("colBreaks", "rowBreaks") {
        let end = |name| tag.get(name).and_then(|end| Some((end, end.value.trim().parse::<u32>().ok()?)));
        if let (Some((min, first)), Some((max, last))) = (end("min"), end("max"))
            && let Some((low, high)) = shift.range(first, last)
        {
            job.set(&min, &low.to_string());
            job.set(&max, &high.to_string());
        }
    }
}

/// A source of a consolidation, which may name its sheet.
fn data_ref(job: &mut Job<'_>, frames: &mut Frames<'_>, tag: &Tag<'_>) {
    let named = tag.value("sheet").map(|sheet| super::decoded::Decoded::of(sheet, 0).text);
    let moved = match named {
        Some(sheet) => super::adjust::same_name(&sheet, job.context.moved_sheet),
        None => job.context.own && tag.value("name").is_none(),
    };
    if let (true, Some(range), true) = (moved, tag.get("ref"), !tag.is_related()) {
        single_range(job, frames, &range);
    }
}
