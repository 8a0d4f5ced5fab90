//! Working out what a return will be before it is written: its sheets and the answers to what is asked of it, beside the window.

use std::sync::Arc;

use super::{
    as_of,
    export::Wished,
    jobs::{Job, Outcome},
    leaving::{Choice, Prepared, Preparing, Purpose},
    preview::preview,
    state::{Ask, Prompts, Tasks, ViewState, Workspace},
};
use crate::{
    insight::{Hidden, Report, checklist},
    model::Document,
    notes::Note,
    paper,
    publish::publish,
};

/// Takes in what was prepared, and begins anew where something else was chosen since.
pub(super) fn refresh(workspace: &Workspace, view: &ViewState, prompts: &mut Prompts, tasks: &mut Tasks) {
    let wanted = match &mut prompts.leaving {
        Some(leaving) if leaving.purpose == Purpose::Return && prompts.ask == Some(Ask::ToWrite) => leaving,
        _ => {
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
    let (document, notes) = (Arc::clone(&workspace.document), workspace.read_notes.clone());
    let (template, with_hidden, baseline) = (wanted.template, wanted.with_hidden, wanted.baseline.clone());
    let as_of = as_of(view.as_of);
    let job = Job::start("Preparing the return".to_owned(), tasks.wake.clone(), move |_| {
        prepare(&document, &notes, Wished { template, with_hidden, as_of, baseline: baseline.as_deref(), ..Wished::default() })
    });
    tasks.preparing = Some(Preparing { of: choice, job: job.only_reading() });
}

/// What a return will be. `read_notes` are those of the reading.
fn prepare(document: &Document, read_notes: &[Note], wished: Wished<'_>) -> Prepared {
    let published = publish(document, read_notes, wished.with_hidden);
    let report = Report::of(&published.document, wished.as_of, wished.baseline);
    let notes: Vec<Note> = read_notes.iter().chain(&report.insight.notes).cloned().collect();
    let hidden = Hidden { is_in: wished.with_hidden, what: &published.account.hidden };
    let checks = checklist(&report, &notes, hidden);
    let sheets = wished.template.pages.map_or_else(Vec::new, |pages| preview(&pages(&report).0));
    let (contents, pages) = paper::contents(&(wished.template.paper)(&report), &mut |_| true).unwrap_or_default();
    Prepared { sheets, contents, pages, checks }
}
