//! Working out what a return will be before it is written: its sheets and the answers to what is asked of it, beside the window.

use std::sync::Arc;

use super::{
    as_of,
    export::{Wished, accessibility_of, is_checked},
    jobs::{Job, Outcome},
    leaving::{Choice, Prepared, Preparing, Purpose},
    preview::preview,
    state::{Ask, Prompts, Tasks, ViewState, Workspace},
};
use crate::{
    insight::{Hidden, Insight, checklist},
    model::Document,
    notes::Note,
    paper,
    publish::publish,
    workbook,
};

/// Takes in what was prepared, and begins anew where something else was chosen since.
pub(super) fn refresh(workspace: &Workspace, view: &ViewState, prompts: &mut Prompts, tasks: &mut Tasks) {
    let wanted = match &mut prompts.leaving {
        Some(leaving) if leaving.purpose == Purpose::Return && prompts.ask == Some(Ask::ToWrite) => leaving,
        _ => {
            tasks.preparing.iter().for_each(|preparing| preparing.job.progress.cancel());
            tasks.preparing = None;
            return;
        }
    };
    let choice = Choice::of(wanted, workspace.revision);
    if let Some(preparing) = &tasks.preparing
        && preparing.of == choice
    {
        if let Outcome::Done(prepared) = preparing.job.poll() {
            wanted.prepared = Some(Arc::new(prepared));
        }
        return;
    }
    wanted.prepared = None;
    tasks.preparing.iter().for_each(|preparing| preparing.job.progress.cancel());
    let (document, notes) = (Arc::clone(&workspace.document), workspace.read_notes.clone());
    let (template, with_hidden, baseline) = (wanted.template, wanted.with_hidden, wanted.baseline.clone());
    let as_of = as_of(view.as_of);
    let job = Job::start("Preparing the return".to_owned(), tasks.wake.clone(), move |progress| {
        let wished = Wished { template, with_hidden, as_of, baseline: baseline.as_deref(), ..Wished::default() };
        prepare(&document, &notes, wished, &|| progress.report(0.0))
    });
    tasks.preparing = Some(Preparing { of: choice, job: job.only_reading() });
}

/// What a return will be. `read_notes` are those of the reading; `wanted` returns false where it is no longer.
fn prepare(document: &Document, read_notes: &[Note], wished: Wished<'_>, wanted: &(dyn Fn() -> bool + Sync)) -> Prepared {
    let published = publish(document, read_notes, wished.with_hidden);
    let report = wished.report(document, &published.document);
    let found = Insight::of(&published.document, wished.as_of).notes;
    let notes: Vec<Note> = read_notes.iter().cloned().chain(found).collect();
    let hidden = Hidden { is_in: wished.with_hidden, what: &published.account.hidden };
    let checks = checklist(&report, &notes, hidden);
    let (pages, properties) = (wished.template.pages)(&report);
    let accessibility = is_checked(wished.template).then(|| workbook::save(&pages, &properties, &mut |_| wanted()).ok()).flatten();
    let accessibility = accessibility.and_then(|bytes| accessibility_of(wished.template, &bytes, &|| wanted()));
    let laid = paper::contents(&(wished.template.paper)(&report), &mut |_| wanted());
    let (contents, paper_pages) = laid.unwrap_or_default();
    Prepared { sheets: preview(&pages), contents, pages: paper_pages, checks, accessibility }
}
