//! Parts that know little of rows and columns: comments, charts, form controls and links. Leaves their texts and caches.

use super::{
    CannotShift,
    adjust::Manner,
    frames::{Frames, Job, Visitor},
    markup::{Tag, Walk},
    sheet::address_moved,
};

/// What is done with an element.
#[derive(Clone, Copy)]
enum Does {
    /// The attribute is a cell, with which the element goes.
    Address(&'static str),
    /// The attributes are formulas.
    Formulas(&'static [&'static str]),
    /// Its text is a formula.
    Text,
    /// The attribute is a link, within the workbook where it begins with a `#`.
    Link(&'static str),
}

type Elements = &'static [(&'static str, Does)];

const ADDRESSED: Elements =
    &[("comment", Does::Address("ref")), ("threadedComment", Does::Address("ref")), ("singleXmlCell", Does::Address("r"))];
const CHART: Elements = &[("f", Does::Text), ("sqref", Does::Text)];
const CONTROL: Elements = &[("formControlPr", Does::Formulas(&["fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"]))];
const LINKS: Elements = &[("Relationship", Does::Link("Target"))];

/// Comments, threaded comments and single mapped cells of the moved sheet: they go with their cells.
///
/// # Errors
/// When the part cannot be read.
pub(super) fn addressed(job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    walked(job, ADDRESSED, "a comment")
}

/// A chart.
///
/// # Errors
/// When it cannot be read, or a reference goes through several sheets.
pub(super) fn chart(job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    walked(job, CHART, "a chart")
}

/// The properties of a form control.
///
/// # Errors
/// When they cannot be read, or a reference goes through several sheets.
pub(super) fn control(job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    walked(job, CONTROL, "a form control")
}

/// A `_rels` file.
///
/// # Errors
/// When it cannot be read, or a link goes through several sheets.
pub(super) fn relationships(job: Job<'_>) -> Result<Job<'_>, CannotShift> {
    walked(job, LINKS, "a link")
}

fn walked<'a>(mut job: Job<'a>, elements: Elements, word: &'static str) -> Result<Job<'a>, CannotShift> {
    job.walk(false, &mut Listed { elements, word })?;
    Ok(job)
}

struct Listed {
    elements: Elements,
    word: &'static str,
}

impl Listed {
    fn of(&self, tag: &Tag<'_>) -> Option<Does> {
        self.elements.iter().find(|(name, _)| *name == tag.name).map(|(_, does)| *does)
    }
}

impl<'a> Visitor<'a> for Listed {
    fn open(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, _: &mut Walk<'a>, tag: Tag<'a>) -> Result<bool, CannotShift> {
        let place = || self.word.to_owned();
        match self.of(&tag) {
            Some(Does::Address(name)) => {
                if let Some(address) = tag.get(name) {
                    address_moved(job, frames, &address);
                }
            }
            Some(Does::Formulas(names)) => {
                for name in names {
                    job.formula_in(&tag, name, &place)?;
                }
            }
            Some(Does::Link(name)) => {
                if let Some(target) = tag.get(name).filter(|target| target.value.starts_with('#')) {
                    job.formula((target.start + 1, target.end), Manner::Formula, &place)?;
                }
            }
            Some(Does::Text) | None => {}
        }
        Ok(false)
    }

    fn close(&mut self, job: &mut Job<'a>, _: &mut Frames<'a>, tag: Tag<'a>, content: (usize, usize)) -> Result<(), CannotShift> {
        if let Some(Does::Text) = self.of(&tag) {
            job.formula(content, Manner::Formula, &|| self.word.to_owned())?;
        }
        Ok(())
    }
}
