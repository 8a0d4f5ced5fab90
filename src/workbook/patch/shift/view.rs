//! What a sheet's views are scrolled to and what is selected in them. Panes stay where they are.

use super::{
    Axis,
    address::{Area, area, cell, cell_name},
    frames::Job,
    markup::Tag,
};

/// The view that is open.
#[derive(Default)]
pub(super) struct View {
    /// The first row and column in sight, before the change.
    top: (u32, u32),
}

impl View {
    pub(super) fn view(&mut self, job: &mut Job<'_>, tag: &Tag<'_>) {
        let Some((attribute, top)) = tag.get("topLeftCell").and_then(|top| Some((top, cell(top.value)?))) else {
            self.top = (0, 0);
            return;
        };
        self.top = top;
        let new = followed(job, top);
        // A sheet that was scrolled to its beginning shows what comes before it now.
        let new = job.context.shift.axis.of((if top.0 == 0 { 0 } else { new.0 }, new.1), (new.0, if top.1 == 0 { 0 } else { new.1 }));
        if new != top {
            job.set(&attribute, &cell_name(new.0, new.1));
        }
    }

    /// The pane behind what is frozen.
    pub(super) fn pane(&mut self, job: &mut Job<'_>, tag: &Tag<'_>) {
        let Some((attribute, old)) = tag.get("topLeftCell").and_then(|top| Some((top, cell(top.value)?))) else { return };
        let mut new = followed(job, old);
        if tag.value("state").is_some_and(|state| state.starts_with("frozen")) {
            let split = |name: &str| tag.value(name).and_then(|split| split.trim().parse::<f64>().ok()).map_or(0, |split| split as u32);
            let first = (self.top.0.saturating_add(split("ySplit")), self.top.1.saturating_add(split("xSplit")));
            let along = |cell: (u32, u32)| job.context.shift.axis.of(cell.0, cell.1);
            // Not scrolled, it shows what stands there now; scrolled, never what is frozen.
            if along(old) <= along(first) || along(new) < along(first) {
                new = match job.context.shift.axis {
                    Axis::Rows => (if old.0 <= first.0 { old.0 } else { first.0 }, new.1),
                    Axis::Columns => (new.0, if old.1 <= first.1 { old.1 } else { first.1 }),
                };
            }
        }
        if new != old {
            job.set(&attribute, &cell_name(new.0, new.1));
        }
    }

    pub(super) fn selection(&mut self, job: &mut Job<'_>, tag: &Tag<'_>) {
        if let Some((attribute, old)) = tag.get("activeCell").and_then(|active| Some((active, cell(active.value)?))) {
            let new = followed(job, old);
            if new != old {
                job.set(&attribute, &cell_name(new.0, new.1));
            }
        }
        let Some(list) = tag.get("sqref") else { return };
        let Some(old) = list.value.split_whitespace().map(area).collect::<Option<Vec<_>>>() else { return };
        // None goes away, as `activeCellId` counts them.
        let moved = |area: &Area| {
            let (first, last) = job.along(area);
            let near = || (job.context.shift.near(first), job.context.shift.near(first));
            job.with_stretch(area, job.context.shift.range(first, last).unwrap_or_else(near))
        };
        let new: Vec<Area> = old.iter().map(moved).collect();
        if new != old {
            job.set(&list, &new.iter().map(Area::written).collect::<Vec<_>>().join(" "));
        }
    }
}

/// Where a cell goes or, when it is deleted, the next one that stays.
fn followed(job: &Job<'_>, (row, column): (u32, u32)) -> (u32, u32) {
    match job.context.shift.axis {
        Axis::Rows => (job.context.shift.near(row), column),
        Axis::Columns => (row, job.context.shift.near(column)),
    }
}
