//! Pivot tables: where they stand and where their sources do. Refuses to cut one, and leaves what they show.

use super::{
    Axis, CannotShift, SaidWhat,
    address::area,
    adjust::same_name,
    decoded::Decoded,
    frames::{Frames, Job, Visitor},
    markup::{Tag, Walk},
};

/// The definition of a pivot table's cache.
///
/// # Errors
/// When it cannot be read, or its source would lose its headings.
pub(super) fn cache(mut job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    job.walk(false, &mut Cache)?;
    Ok(job)
}

/// A pivot table on the moved sheet.
///
/// # Errors
/// When it cannot be read or would be cut.
pub(super) fn table(mut job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    job.walk(false, &mut PivotTable::default())?;
    Ok(job)
}

struct Cache;

impl<'a> Visitor<'a> for Cache {
    fn open(&mut self, job: &mut Job<'a>, _: &mut Frames<'a>, _: &mut Walk<'a>, tag: Tag<'a>) -> Result<bool, CannotShift> {
        if !matches!(tag.name, "worksheetSource" | "rangeSet") || tag.is_related() {
            return Ok(false);
        }
        let sheet = tag.value("sheet").map(|sheet| Decoded::of(sheet, 0).text);
        let Some(range) = tag.get("ref").filter(|_| sheet.is_some_and(|sheet| same_name(&sheet, job.context.moved_sheet))) else {
            return Ok(false);
        };
        let Some(old) = area(range.value) else { return Ok(false) };
        let shift = job.context.shift;
        let (first, last) = job.along(&old);
        let refused = || CannotShift::PivotSource { place: format!("{}!{}", job.context.moved_sheet, old.written()) };
        let new = shift.range(first, last).ok_or_else(refused)?;
        if shift.axis == Axis::Rows && shift.place(first) != Some(new.0) {
            return Err(refused());
        }
        let new_area = job.with_stretch(&old, new);
        if new_area != old {
            job.set(&range, &new_area.written());
        }
        if first < last && new.1 + 1 < shift.axis.limit() && shift.is_new(new.1 + 1) {
            job.say("the source of a pivot table".to_owned(), SaidWhat::EndsAbove, new_area.written());
        }
        Ok(false)
    }

    fn close(&mut self, _: &mut Job<'a>, _: &mut Frames<'a>, _: Tag<'a>, _: (usize, usize)) -> Result<(), CannotShift> {
        Ok(())
    }
}

#[derive(Default)]
struct PivotTable {
    name: String,
}

impl<'a> Visitor<'a> for PivotTable {
    fn open(&mut self, job: &mut Job<'a>, _: &mut Frames<'a>, _: &mut Walk<'a>, tag: Tag<'a>) -> Result<bool, CannotShift> {
        if tag.name == "pivotTableDefinition" {
            self.name = Decoded::of(tag.value("name").unwrap_or_default(), 0).text.into_owned();
        }
        if tag.name != "location" {
            return Ok(false);
        }
        let Some((range, old)) = tag.get("ref").and_then(|range| Some((range, area(range.value)?))) else { return Ok(false) };
        let shift = job.context.shift;
        let (first, last) = job.along(&old);
        // The filters of its pages stand above it, with an empty row between.
        let pages = match (shift.axis, tag.number("rowPageCount").filter(|count| *count > 0)) {
            (Axis::Rows, Some(count)) => count.saturating_add(1),
            (Axis::Rows | Axis::Columns, _) => 0,
        };
        let start = first.saturating_sub(pages);
        let step = shift.uniform(start, last).ok_or_else(|| {
            let words = |at: u32| shift.axis.of((at + 1).to_string(), super::address::column_name(at));
            let place = format!("{} {} to {} of {}", shift.axis.words(), words(start), words(last), job.context.sheet);
            CannotShift::PivotTable { name: self.name.clone(), place }
        })?;
        if step != 0 {
            let moved = |at: u32| u32::try_from(i64::from(at) + step).ok().filter(|at| *at < shift.axis.limit());
            let new = moved(first).zip(moved(last)).ok_or(CannotShift::Full { axis: shift.axis })?;
            let new = job.with_stretch(&old, new);
            job.set(&range, &new.written());
        }
        Ok(false)
    }

    fn close(&mut self, _: &mut Job<'a>, _: &mut Frames<'a>, _: Tag<'a>, _: (usize, usize)) -> Result<(), CannotShift> {
        Ok(())
    }
}
