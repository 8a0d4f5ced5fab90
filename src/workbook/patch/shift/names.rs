//! The defined names of a workbook: print areas, titles, filters and what its owner called. Renames none.

use super::{
    CannotShift, SaidWhat,
    adjust::Manner,
    decoded::{Decoded, escaped_content},
    frames::{Frames, Job, Visitor},
    markup::{Tag, Walk},
};

/// What the built-in names begin with.
const BUILT_IN: &str = "_xlnm.";

/// `xl/workbook.xml`.
///
/// # Errors
/// When it cannot be read, or a name goes through several sheets.
pub(super) fn shifted(mut job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    job.walk(false, &mut Names)?;
    Ok(job)
}

struct Names;

impl<'a> Visitor<'a> for Names {
    fn open(&mut self, _: &mut Job<'a>, _: &mut Frames<'a>, _: &mut Walk<'a>, _: Tag<'a>) -> Result<bool, CannotShift> {
        Ok(false)
    }

    fn close(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, tag: Tag<'a>, content: (usize, usize)) -> Result<(), CannotShift> {
        if tag.name != "definedName" {
            return Ok(());
        }
        let name = tag.value("name").unwrap_or_default();
        if name.get(..BUILT_IN.len()).is_some_and(|start| start.eq_ignore_ascii_case(BUILT_IN)) {
            return built_in(job, frames, name, content);
        }
        let place = format!("the name {name}");
        job.formula(content, Manner::Name, &|| place.clone())?;
        Ok(())
    }
}

/// A name such as a print area, of which what is lost is left out, as Excel knows no such area.
fn built_in(job: &mut Job<'_>, frames: &mut Frames<'_>, name: &str, content: (usize, usize)) -> Result<(), CannotShift> {
    let filter = name[BUILT_IN.len()..].eq_ignore_ascii_case("_FilterDatabase");
    let manner = if filter { Manner::Widening } else { Manner::Formula };
    let decoded = Decoded::of(job.raw(content), content.0);
    let (mut kept, mut lost, mut splices, mut ends_above, mut at) = (Vec::new(), false, Vec::new(), false, 0);
    for part in members(&decoded.text) {
        let adjusted = job.context.adjust(part, manner)?;
        if adjusted.broken {
            lost = true;
        } else {
            kept.push(adjusted.text(part));
            ends_above |= adjusted.ends_above;
            splices.extend(adjusted.splices.into_iter().map(|(start, end, text)| (at + start, at + end, text)));
        }
        at += part.len() + 1;
    }
    let place = || format!("the name {name}");
    if kept.is_empty() && lost {
        frames.remove_current();
        job.say(place(), SaidWhat::Broken, String::new());
    } else if lost {
        let text = kept.join(",");
        job.patch.replace(content.0, content.1, &escaped_content(&text));
        job.say(place(), SaidWhat::Broken, text);
    } else {
        for (start, end, text) in &splices {
            let (start, end) = decoded.place(*start, *end);
            job.patch.replace(start, end, text);
        }
        if ends_above {
            job.say(place(), SaidWhat::EndsAbove, kept.join(","));
        }
    }
    Ok(())
}

/// The ranges of a list with commas between them, of which those in quotes count for nothing.
fn members(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |character| {
        quoted ^= character == '\'';
        character == ',' && !quoted
    })
}
