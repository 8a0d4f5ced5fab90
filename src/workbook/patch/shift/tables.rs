//! Excel tables: their ranges and the formulas of their columns. Refuses what would change their columns or leave them without rows.

use super::{
    Axis, CannotShift,
    address::{Area, area},
    adjust::Manner,
    decoded::Decoded,
    frames::{Frames, Job, Visitor},
    markup::{Tag, Walk},
    sheet::{filter_column, widened},
};

/// A table's part.
///
/// # Errors
/// When it cannot be read, or the table would be cut.
pub(super) fn shifted(mut job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    job.walk(false, &mut TablePart::default())?;
    Ok(job)
}

#[derive(Default)]
struct TablePart {
    name: String,
    filter: Option<((u32, u32), (u32, u32))>,
}

impl<'a> Visitor<'a> for TablePart {
    fn open(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, _: &mut Walk<'a>, tag: Tag<'a>) -> Result<bool, CannotShift> {
        if tag.name == "table" {
            let name = tag.value("displayName").or_else(|| tag.value("name")).unwrap_or_default();
            self.name = Decoded::of(name, 0).text.into_owned();
        }
        if !job.context.own {
            return Ok(false);
        }
        let range = tag.get("ref").and_then(|range| Some((range, area(range.value)?)));
        match (tag.name, range) {
            ("table", Some((range, old))) => {
                let new = self.moved(job, &tag, &old)?;
                if new != old {
                    job.set(&range, &new.written());
                }
            }
            ("autoFilter", Some((range, old))) => match widened(job, &range) {
                Some(new) => self.filter = Some((old.columns, new.columns)),
                None => frames.remove_current(),
            },
            ("sortState" | "sortCondition", Some((range, _))) if widened(job, &range).is_none() => frames.remove_current(),
            ("filterColumn", _) => filter_column(job, frames, &tag, self.filter),
            _ => {}
        }
        Ok(false)
    }

    fn close(&mut self, job: &mut Job<'a>, _: &mut Frames<'a>, tag: Tag<'a>, content: (usize, usize)) -> Result<(), CannotShift> {
        if matches!(tag.name, "calculatedColumnFormula" | "totalsRowFormula") {
            let place = format!("a column of the table {}", self.name);
            job.formula(content, Manner::Formula, &|| place.clone())?;
        }
        Ok(())
    }
}

impl TablePart {
    /// Where a table goes.
    fn moved(&self, job: &Job<'_>, tag: &Tag<'_>, old: &Area) -> Result<Area, CannotShift> {
        let shift = job.context.shift;
        let refused = |why| CannotShift::Table { name: self.name.clone(), why };
        let (first, last) = job.along(old);
        if shift.axis == Axis::Columns {
            let step = shift.uniform(first, last).ok_or_else(|| refused("would have a column put in, taken out or moved"))?;
            let moved = |at: u32| u32::try_from(i64::from(at) + step).ok().filter(|at| *at < shift.axis.limit());
            let new = moved(first).zip(moved(last)).ok_or(CannotShift::Full { axis: shift.axis })?;
            return Ok(job.with_stretch(old, new));
        }
        let height = last - first + 1;
        let headings = tag.number("headerRowCount").unwrap_or(1).min(height);
        let totals = tag.number("totalsRowCount").unwrap_or(0).min(height - headings);
        let new = if totals == 0 { shift.widened(first, last) } else { shift.range(first, last) };
        let new = new.ok_or_else(|| refused("would be gone"))?;
        if (0..headings).any(|at| shift.place(first + at) != Some(new.0 + at)) {
            return Err(refused("would lose its heading"));
        }
        if (0..totals).any(|at| shift.place(last - at) != new.1.checked_sub(at)) {
            return Err(refused("would lose its totals"));
        }
        // One that has no rows yet shows an empty one.
        if height > headings + totals && new.1 - new.0 < headings + totals {
            return Err(refused("would lose all its rows"));
        }
        Ok(job.with_stretch(old, new))
    }
}
