//! A central body's form read, and filled into bytes, with all that is to be told of it. Touches no file.

use std::collections::HashSet;

use super::report::{AskedName, CheckTold, FillReport, Leftover, WrittenInput};
use crate::{
    app::{allowed, today},
    central::{Explained, Filling, FormMapping, NotWritten, Plan, Template, Unmet, Verdict, fitted, propose},
    insight::{AsOf, Insight},
    model::{Document, place_of},
    notes::Note,
    publish::publish,
    workbook::{
        self,
        patch::{self, Allowed, PatchError, form::Form},
    },
};

/// What of a plan fills a form: what may leave it, and the figures of that.
#[derive(Debug)]
pub(in crate::app) struct Published {
    document: Document,
    insight: Insight,
    /// What was left out, and what else is to be known of it.
    pub said: Vec<String>,
}

impl Published {
    /// What of a document may leave it, as it stands at a day.
    pub(in crate::app) fn of(document: &Document, notes: &[Note], with_hidden: bool, as_of: AsOf) -> Self {
        let publication = publish(document, notes, with_hidden);
        let mut said: Vec<String> = Vec::new();
        for (title, lines) in publication.account.sections() {
            said.push(format!("{title}: {}", lines.join("; ")));
        }
        if let Some(marking) = &publication.document.marking {
            said.push(format!("The plan is marked {}, and the form does not carry that marking: handle it as marked.", marking.words()));
        }
        let insight = Insight::of(&publication.document, as_of);
        Self { document: publication.document.into_owned(), insight, said }
    }

    pub(in crate::app) fn plan(&self) -> Plan<'_> {
        Plan { document: &self.document, insight: &self.insight, today: today() }
    }
}

/// Reads a form from the bytes of its workbook.
///
/// # Errors
/// When it is no workbook that can be filled in place.
pub(in crate::app) fn read_form(bytes: &[u8], progress: &dyn Fn() -> bool) -> Result<Template, PatchError> {
    Ok(Template::of(Form::read(bytes, allowed().today, progress)?))
}

/// What fills a form: as it was filled before, where one of the mappings fits, else what is certain.
pub(in crate::app) fn mapping_for(template: &Template, known: &[FormMapping], plan: &Plan<'_>) -> (FormMapping, bool) {
    match known.iter().find(|mapping| fitted(mapping, template)) {
        Some(mapping) => (with_new_inputs(mapping.clone(), &propose(template, plan)), true),
        None => (propose(template, plan), false),
    }
}

/// A remembered mapping with the inputs that it does not know, which wait for their owner.
fn with_new_inputs(mut mapping: FormMapping, proposed: &FormMapping) -> FormMapping {
    let unknown: Vec<_> = proposed.cells.iter().filter(|cell| mapping.cell(&cell.cell).is_none()).cloned().collect();
    mapping.cells.extend(unknown.into_iter().map(|cell| crate::central::MappedCell { from: None, proposed: false, ..cell }));
    mapping
}

/// Fills a form.
pub(in crate::app) fn fill_form(
    template: &Template,
    mapping: &FormMapping,
    plan: &Plan<'_>,
    progress: &dyn Fn() -> bool,
) -> (Filling, FillReport) {
    let filling = Filling::of(template, mapping, plan, progress);
    let report = report(template, mapping, plan, &filling);
    (filling, report)
}

/// The bytes of a workbook with what fills it.
///
/// # Errors
/// When it cannot be written, or its writing was called off.
pub(in crate::app) fn write_form(
    (name, bytes): (&str, &[u8]),
    template: &Template,
    mapping: &FormMapping,
    plan: &Plan<'_>,
    signed: bool,
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Result<(Vec<u8>, FillReport), PatchError> {
    let mut filling = Filling::of(template, mapping, plan, &|| progress(0.3));
    let edits = filling.edits(template);
    let patched = patch::patch(bytes, &edits, Allowed { signed, ..allowed() }, &|| progress(0.6))?;
    for (sheet, cell, why) in &patched.refused {
        let edit = &edits[*sheet].cells[*cell];
        filling.refuse(&place_of(&edits[*sheet].sheet, edit.row, edit.column), why.to_string());
    }
    let mut report = report(template, mapping, plan, &filling);
    let placed = |(sheet, row, column, said): (String, u32, u32, String)| (place_of(&sheet, row, column), said);
    report.recalculated = patched.formulas.changed.into_iter().map(placed).collect();
    report.not_recalculated = patched.formulas.kept.into_iter().map(placed).collect();
    (report.changed, report.kept) = (patched.changed, patched.kept);
    report.painted = painted(name, template, (bytes, &patched.bytes), progress)?;
    Ok((patched.bytes, report))
}

fn report(template: &Template, mapping: &FormMapping, plan: &Plan<'_>, filling: &Filling) -> FillReport {
    let left = |all: &[NotWritten]| -> Vec<Leftover> {
        let told = |left: &NotWritten| Leftover {
            place: left.place.clone(),
            label: left.label.clone(),
            value: left.value.clone(),
            rule: left.rule.clone(),
            advice: left.advice.clone(),
        };
        all.iter().map(told).collect()
    };
    let written = filling.planned.iter().map(|planned| WrittenInput {
        place: planned.place.clone(),
        label: planned.label.clone(),
        before: planned.before.clone(),
        after: planned.after.clone(),
        said: planned.said.clone(),
        proposed: planned.proposed,
    });
    FillReport {
        written: written.collect(),
        not_written: left(&filling.not_written),
        warned: left(&filling.warned),
        checks: filling.unmet.iter().map(told).collect(),
        met: filling.checks.0,
        all_checks: filling.checks.1,
        blank: filling.blank.clone(),
        name: template.name.as_ref().map(|pattern| {
            let (name, whole) = pattern.filled(&mapping.file_name, plan.today);
            AskedName {
                pattern: pattern.written.clone(),
                place: pattern.place.clone(),
                name,
                whole,
                asked: pattern.asked().map(str::to_owned).collect(),
            }
        }),
        ..FillReport::default()
    }
}

fn told(unmet: &Unmet) -> CheckTold {
    let Unmet { check, explained } = unmet;
    let (explanation, cell) = match explained {
        Explained::InForm { place, text } => (Some(text.clone()), Some(place.clone())),
        Explained::Beside { text } => (Some(text.clone()), None),
        Explained::Asked { place } => (None, place.clone()),
    };
    let untold = match &check.verdict {
        Verdict::Untold(why) => Some(why.clone()),
        Verdict::Met | Verdict::NotMet => None,
    };
    CheckTold { place: check.place.clone(), label: check.label.clone(), says: check.says.clone(), untold, explanation, cell }
}

/// Cells that the form's own colours warn of now, and did not before it was filled: painted red or amber by a rule, with what stands there.
fn painted(
    name: &str,
    template: &Template,
    (before, after): (&[u8], &[u8]),
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Result<Vec<(String, String)>, PatchError> {
    let warned = |bytes: &[u8]| -> Result<Vec<(String, String)>, PatchError> {
        let (grids, _) = workbook::open(name, bytes, progress)?;
        let mut found = Vec::new();
        for grid in grids.iter().filter(|grid| !grid.hidden.sheet) {
            let blank = grid.painted.iter().map(|cell| (cell.row, cell.column, "", Some(cell.fill)));
            let filled = grid.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.row, cell.column, &*cell.text, cell.fill)));
            for (row, column, text, fill) in blank.chain(filled).filter(|(.., fill)| fill.is_some_and(is_warning)) {
                if found.len() < MOST_PAINTED && template.can_warn(&grid.sheet, (row, u32::from(column)), text, fill) {
                    found.push((place_of(&grid.sheet, row, u32::from(column)), text.to_owned()));
                }
            }
        }
        Ok(found)
    };
    let before: HashSet<(String, String)> = warned(before)?.into_iter().collect();
    Ok(warned(after)?.into_iter().filter(|cell| !before.contains(cell)).collect())
}

/// The most cells that are told of for their colour.
const MOST_PAINTED: usize = 5_000;

/// Whether a colour is a red, an orange or an amber.
fn is_warning(rgb: u32) -> bool {
    let (red, green, blue) = (rgb >> 16, (rgb >> 8) & 0xFF, rgb & 0xFF);
    red >= 0xC0 && red > green + 0x20 && red >= blue + 0x20 && green <= 0xD0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_warning_are_told_from_others() {
        for colour in [0xFF_0000, 0xFF_C7CE, 0xFF_C000, 0xED_7D31] {
            assert!(is_warning(colour), "{colour:06X}");
        }
        for colour in [0xC6_EFCE, 0xFF_FFCC, 0xDD_EBF7, 0xD9_D9D9, 0xFF_F2CC] {
            assert!(!is_warning(colour), "{colour:06X}");
        }
    }
}
