//! The old drawing of a sheet: where notes and form controls stand, and what controls refer to. Leaves how they look.

use super::{
    CannotShift,
    adjust::Manner,
    anchors::{Follows, Spot, corners},
    frames::{Frames, Job, Visitor},
    markup::{Tag, Walk},
};

/// Elements of a control that are formulas.
const FORMULAS: [&str; 5] = ["FmlaLink", "FmlaRange", "FmlaGroup", "FmlaTxbx", "FmlaPict"];

/// The old drawing of a sheet.
///
/// # Errors
/// When it cannot be read, or a reference goes through several sheets.
pub(super) fn shifted(mut job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    job.walk(true, &mut Vml { shape: None })?;
    Ok(job)
}

/// A shape that is open: where its numbers stand.
#[derive(Default)]
struct Shape {
    note: bool,
    row: Option<(usize, usize)>,
    column: Option<(usize, usize)>,
    anchor: Option<(usize, usize)>,
    stays_put: bool,
    keeps_size: bool,
}

struct Vml {
    shape: Option<Shape>,
}

impl<'a> Visitor<'a> for Vml {
    fn open(&mut self, _: &mut Job<'a>, _: &mut Frames<'a>, _: &mut Walk<'a>, tag: Tag<'a>) -> Result<bool, CannotShift> {
        if tag.name == "ClientData" {
            let note = tag.value("ObjectType").is_some_and(|kind| kind.eq_ignore_ascii_case("Note"));
            self.shape = Some(Shape { note, ..Shape::default() });
        }
        Ok(false)
    }

    fn close(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, tag: Tag<'a>, content: (usize, usize)) -> Result<(), CannotShift> {
        let Some(shape) = &mut self.shape else { return Ok(()) };
        let says = || !matches!(job.raw(content).trim(), "False" | "false" | "f" | "0");
        match tag.name {
            "Row" => shape.row = Some(content),
            "Column" => shape.column = Some(content),
            "Anchor" => shape.anchor = Some(content),
            // Their names say the opposite of what they do.
            "MoveWithCells" => shape.stays_put = says(),
            "SizeWithCells" => shape.keeps_size = says(),
            name if FORMULAS.contains(&name) => {
                let place = format!("a control of {}", job.context.sheet);
                job.formula(content, Manner::Formula, &|| place.clone())?;
            }
            "ClientData" => {
                if let Some(shape) = self.shape.take().filter(|_| job.context.own) {
                    shape.moved(job, frames);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl Shape {
    fn moved(self, job: &mut Job<'_>, frames: &mut Frames<'_>) {
        let shift = job.context.shift;
        let number = |range: (usize, usize)| job.source.get(range.0..range.1)?.trim().parse::<u32>().ok();
        let cell = shift.axis.of(self.row, self.column).and_then(|range| Some((range, number(range)?)));
        if let (true, Some((range, old))) = (self.note, cell.filter(|(_, old)| *old < shift.axis.limit())) {
            match shift.place(old) {
                Some(new) => {
                    if new != old {
                        job.patch.replace_with_number(range.0, range.1, new);
                        self.anchored(job, |at| (i64::from(at) + i64::from(new) - i64::from(old)).max(0) as u32);
                    }
                }
                None => {
                    if let Some(shape) = frames.nearest("shape") {
                        shape.remove = true;
                    }
                }
            }
            return;
        }
        let follows = match (self.stays_put, self.keeps_size) {
            (true, _) => Follows::Nothing,
            (false, true) => Follows::Place,
            (false, false) => Follows::Corners,
        };
        let Some(numbers) = self.anchor.and_then(|range| numbers(job.raw(range))) else { return };
        let spot = |at: usize| Spot { at: numbers[at].0.min(shift.axis.limit() - 1), flush: numbers[at + 1].0 == 0 };
        let (from, to) = shift.axis.of((2, 6), (0, 4));
        let (new_from, new_to) = corners(shift, follows, spot(from), Some(spot(to)));
        let old = [numbers[from].0, numbers[to].0];
        let new = [new_from.at, new_to.map_or(old[1], |to| to.at)];
        let mut which = 0;
        self.anchored(job, |at| {
            which += 1;
            if at == old[which - 1] { new[which - 1] } else { at }
        });
    }

    /// Changes the two numbers of the anchor that stand along the axis.
    fn anchored(&self, job: &mut Job<'_>, mut new: impl FnMut(u32) -> u32) {
        let Some(range) = self.anchor else { return };
        let Some(numbers) = numbers(job.raw(range)) else { return };
        let (from, to) = job.context.shift.axis.of((2, 6), (0, 4));
        for at in [from, to] {
            let (old, start, end) = numbers[at];
            let new = new(old);
            if new != old {
                job.patch.replace_with_number(range.0 + start, range.0 + end, new);
            }
        }
    }
}

/// The eight numbers of an anchor, each with where it stands in the text.
fn numbers(text: &str) -> Option<Vec<(u32, usize, usize)>> {
    let (mut found, mut at) = (Vec::with_capacity(8), 0);
    for piece in text.split(',') {
        let start = at + piece.len() - piece.trim_start().len();
        let trimmed = piece.trim();
        found.push((trimmed.parse::<i64>().ok()?.clamp(0, i64::from(u32::MAX)) as u32, start, start + trimmed.len()));
        at += piece.len() + 1;
    }
    (found.len() == 8).then_some(found)
}
