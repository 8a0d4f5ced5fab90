//! Conditional formats and data validations: their ranges, and formulas that are told from the first cell of these. Leaves their looks.

use super::{
    CannotShift,
    address::{Area, area, cell_name},
    adjust::{Base, Manner},
    decoded::Decoded,
    frames::{Frames, Job},
    markup::{Attribute, Tag},
};

/// The most ranges that one list may come to.
const MOST_RANGES: usize = 100_000;

/// A conditional format or a validation that is open.
struct Rule<'a> {
    ranges: Option<Attribute<'a>>,
    /// Where its ranges stand as a text, in the newer kind.
    content: Option<(usize, usize)>,
    formulas: Vec<(usize, usize)>,
}

/// Those that are open.
#[derive(Default)]
pub(super) struct Rules<'a>(Vec<Rule<'a>>);

impl<'a> Rules<'a> {
    pub(super) fn open(&mut self, tag: Tag<'a>) {
        self.0.push(Rule { ranges: tag.get("sqref"), content: None, formulas: Vec::new() });
    }

    /// Takes a formula in, if it belongs to a rule.
    pub(super) fn formula(&mut self, content: (usize, usize)) -> bool {
        self.0.last_mut().is_some_and(|rule| {
            rule.formulas.push(content);
            true
        })
    }

    /// The same for one in an attribute.
    pub(super) fn attribute(&mut self, tag: &Tag<'_>, name: &str) {
        if let Some(attribute) = tag.get(name) {
            self.formula((attribute.start, attribute.end));
        }
    }

    /// Takes ranges in, if they belong to a rule.
    pub(super) fn sqref(&mut self, content: (usize, usize)) -> bool {
        self.0.last_mut().is_some_and(|rule| {
            rule.content = Some(content);
            true
        })
    }

    /// A rule ends: now its ranges are known, and so is what its formulas refer to.
    pub(super) fn close(&mut self, job: &mut Job<'_>, frames: &mut Frames<'_>) -> Result<(), CannotShift> {
        let Some(rule) = self.0.pop() else { return Ok(()) };
        let stated = rule.ranges.map(|ranges| (ranges.start, ranges.end)).or(rule.content);
        let old = stated.map(|stated| areas(job.raw(stated))).unwrap_or_default();
        let mut new = old.clone();
        if job.context.own {
            new = images(job, &old);
            if new.is_empty() && !old.is_empty() {
                frames.remove_current();
                return Ok(());
            }
            if new.len() > MOST_RANGES {
                return Err(CannotShift::TooMany { what: "ranges in one list" });
            }
            if let Some((start, end)) = stated.filter(|_| new != old) {
                job.patch.replace(start, end, &written(&new));
            }
        }
        let first = |areas: &[Area]| {
            let row = areas.iter().map(|area| area.rows.0).min();
            row.zip(areas.iter().map(|area| area.columns.0).min()).unwrap_or((0, 0))
        };
        let stretches = || old.iter().map(|area| job.along(area));
        let reach = (stretches().map(|(low, _)| low).min().unwrap_or(0), stretches().map(|(_, high)| high).max().unwrap_or(0));
        let base = Base { old: first(&old), new: first(&new), reach };
        let place = format!("a rule at {}", job.named(&cell_name(base.new.0, base.new.1)));
        for formula in rule.formulas {
            job.formula(formula, Manner::Rule(&base), &|| place.clone())?;
        }
        Ok(())
    }
}

/// The ranges of a list; none where one of them is no range.
fn areas(list: &str) -> Vec<Area> {
    let decoded = Decoded::of(list, 0);
    decoded.text.split_whitespace().map(area).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// Where the cells of ranges go.
fn images(job: &Job<'_>, old: &[Area]) -> Vec<Area> {
    let mut new = Vec::with_capacity(old.len());
    for area in old {
        let (first, last) = job.along(area);
        for stretch in job.context.shift.images(first, last) {
            new.push(job.with_stretch(area, stretch));
        }
    }
    new
}

fn written(areas: &[Area]) -> String {
    areas.iter().map(Area::written).collect::<Vec<_>>().join(" ")
}

/// A list of ranges after the move, if it differs. It is empty when nothing is left.
pub(super) fn list_moved(job: &Job<'_>, list: &str) -> Option<String> {
    let old = areas(list);
    let new = images(job, &old);
    (new != old).then(|| written(&new))
}
