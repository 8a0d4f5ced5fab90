//! The widths and styles of columns, when columns move. Invents none.

use super::{
    Axis, CannotShift,
    frames::Job,
    markup::{Attribute, Tag},
    patch::Patch,
};

/// The most stretches of columns that a sheet may come to.
const MOST: usize = 40_000;

/// One `col` element.
struct Stretch<'a> {
    tag: Tag<'a>,
    min: Attribute<'a>,
    max: Attribute<'a>,
    columns: (u32, u32),
}

/// The columns of the `cols` element that is open.
#[derive(Default)]
pub(super) struct Columns<'a>(Vec<Stretch<'a>>);

impl<'a> Columns<'a> {
    pub(super) fn col(&mut self, tag: Tag<'a>) {
        let number = |name| tag.get(name).and_then(|end| Some((end, end.value.trim().parse::<u32>().ok()?.checked_sub(1)?)));
        if let (Some((min, first)), Some((max, last))) = (number("min"), number("max"))
            && first <= last
            && last < Axis::Columns.limit()
        {
            self.0.push(Stretch { tag, min, max, columns: (first, last) });
        }
    }

    /// The element ends: puts its columns into their new order.
    pub(super) fn close(&mut self, job: &mut Job<'a>) -> Result<(), CannotShift> {
        let stretches = std::mem::take(&mut self.0);
        if job.context.shift.axis != Axis::Columns {
            return Ok(());
        }
        let mut new: Vec<((u32, u32), usize)> = Vec::new();
        for (at, stretch) in stretches.iter().enumerate() {
            // A new column that is like none has the width of the one before it.
            new.extend(job.context.shift.images(stretch.columns.0, stretch.columns.1).into_iter().map(|image| (image, at)));
            if new.len() > MOST {
                return Err(CannotShift::TooMany { what: "columns with a width" });
            }
        }
        new.sort_by_key(|(image, _)| *image);
        let old = stretches.iter().enumerate().map(|(at, stretch)| (stretch.columns, at));
        if new.iter().copied().eq(old) {
            return Ok(());
        }
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return Ok(()) };
        let (start, end) = (first.tag.start, behind(job.source, &last.tag));
        let mut text = String::new();
        // What stands between two, which is space.
        let space =
            stretches.get(1).and_then(|second| job.source.get(behind(job.source, &first.tag)..second.tag.start)).unwrap_or_default();
        for (image, at) in &new {
            let stretch = &stretches[*at];
            if !text.is_empty() {
                text.push_str(space);
            }
            let mut patch = Patch::default();
            patch.replace_with_number(stretch.min.start, stretch.min.end, image.0 + 1);
            patch.replace_with_number(stretch.max.start, stretch.max.end, image.1 + 1);
            patch.sort();
            patch.render(job.source, stretch.tag.start, behind(job.source, &stretch.tag), &mut text);
        }
        if new.is_empty() {
            // An empty list may not stand.
            let from = job.source[..start].rfind('<').unwrap_or(start);
            let to = job.source[end..].find('>').map_or(end, |at| end + at + 1);
            job.patch.remove(from, to);
        } else {
            job.patch.replace(start, end, &text);
        }
        Ok(())
    }
}

/// Where an element without content ends.
fn behind(source: &str, tag: &Tag<'_>) -> usize {
    if tag.empty { tag.end } else { source[tag.end..].find('>').map_or(tag.end, |at| tag.end + at + 1) }
}
