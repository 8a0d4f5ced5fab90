//! Closing a period: what is asked, and what is recorded and frozen once its return is written. Writes no return itself.

use std::path::Path;

use super::{
    closing::{Closed, Closing, Grounds, Purpose},
    closing_return::close_to,
    command::{Command, PeriodCommand},
    editing::edit,
    export::closing_name,
    file_extension::Written,
    frozen_returns,
    on_disk::refuse,
    open::shown,
    own_file::Unwritten,
    state::{Ask, Prompts, Remembered, Tasks, ViewState, Workspace},
    today,
    write_as::{write_as, write_instead},
};
use crate::{edit::Change, model::listed, store};

/// Does what a command says with a period or with the returns that were frozen.
pub(super) fn run(
    workspace: &mut Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &mut Remembered,
    command: PeriodCommand,
) {
    match command {
        PeriodCommand::Close => {
            if !tasks.is_busy(prompts) {
                ask(workspace, prompts, Purpose::Close);
            }
        }
        PeriodCommand::AskToRecord => {
            if let Some(table) = view.table_id(&workspace.document) {
                ask(workspace, prompts, Purpose::Record(table));
            }
        }
        PeriodCommand::Choose(draft) => {
            let grounds = grounds(workspace);
            prompts.closing.iter_mut().for_each(|closing| **closing = closing.with(grounds, (*draft).clone()));
        }
        PeriodCommand::Record => record(workspace, prompts),
        PeriodCommand::Write => {
            if let Some(closing) = prompts.closing.as_ref().filter(|closing| closing.why_not().is_none()) {
                let name = closing_name(&workspace.in_sight_of_others(), closing.draft.template, &closing.draft.name);
                prompts.ask = Some(Ask::WhereToClose(name));
            }
        }
        PeriodCommand::WriteElsewhere(name) => prompts.ask_elsewhere(Ask::WhereToClose(name)),
        PeriodCommand::WriteTo(path) => write_as(workspace, view, prompts, tasks, remembered, (Written::ClosingReturn, path)),
        PeriodCommand::WriteInstead(path) => write_instead(workspace, view, prompts, tasks, remembered, (Written::ClosingReturn, path)),
        PeriodCommand::Replace(path) => {
            prompts.ask = None;
            close_to(workspace, prompts, tasks, remembered, (path, true));
        }
        PeriodCommand::ShowFrozen => prompts.ask = Some(Ask::FrozenReturns),
        PeriodCommand::Rename(at, name) => frozen_returns::rename(workspace, prompts, at, &name),
        PeriodCommand::Delete(at) => frozen_returns::delete(workspace, prompts, at),
        PeriodCommand::CompareWith(at) => frozen_returns::compare_with(workspace, prompts, remembered, at),
    }
}

fn grounds(workspace: &Workspace) -> Grounds<'_> {
    Grounds { document: &workspace.document, insight: &workspace.insight, today: today(), in_workbook: workspace.is_saved_back() }
}

fn ask(workspace: &Workspace, prompts: &mut Prompts, purpose: Purpose) {
    prompts.closing = Some(Box::new(Closing::of(grounds(workspace), purpose)));
    prompts.ask = Some(Ask::Closing);
}

/// Records the period in the one table it was asked of.
fn record(workspace: &mut Workspace, prompts: &mut Prompts) {
    let Some(closing) = prompts.closing.take().filter(|closing| closing.why_not().is_none()) else { return };
    prompts.ask = None;
    let headings: Vec<&str> = closing.recordings().map(|recording| &*recording.heading).collect();
    let (name, changes) = (format!("Record {}", headings.join(", ")), closing.changes(&workspace.document));
    edit(workspace, prompts, name, changes);
}

/// Takes in what writing the return ended in: once it is written, the period is recorded and the return frozen, as one step.
pub(super) fn end_close(
    workspace: &mut Workspace,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    (path, closing): (&Path, Box<Closing>),
    result: Result<Option<Box<Closed>>, Unwritten>,
) {
    let closed = match result {
        Ok(Some(closed)) => closed,
        Ok(None) => {
            prompts.closing = None;
            return prompts.say("Closing the period was cancelled; nothing was written or recorded");
        }
        Err(why) => {
            // It can be tried again in another place.
            prompts.closing = Some(closing);
            return refuse(prompts, why, Command::Period(PeriodCommand::WriteElsewhere(store::another_name(path))));
        }
    };
    prompts.closing = None;
    let name = closed.frozen.name.to_string();
    let recorded: Vec<String> = closing.recordings().map(|recording| format!("“{}”", recording.name)).collect();
    let mut changes = closing.changes(&workspace.document);
    let goes_home = workspace.is_saved_back() && !changes.is_empty();
    let mut frozen = workspace.document.frozen.clone();
    frozen.push(closed.frozen);
    changes.push(Change::SetFrozen(frozen));
    edit(workspace, prompts, format!("Close {name}"), changes);
    if remembered.returned.set(&remembered.folder, workspace.document.name(), closed.rows).is_err() {
        log::warn!("what the return holds could not be kept: the filter Changed goes by the one before");
    }
    let recorded = if recorded.is_empty() { String::new() } else { format!("; recorded in {}", listed(&recorded)) };
    let next = match (goes_home, &workspace.path) {
        (true, _) => "; Save (Ctrl+S) writes it into the workbook",
        (false, Some(_)) => "; Save (Ctrl+S) keeps it in the document",
        (false, None) => "",
    };
    prompts.say(format!("Closed {name}: the return is in {}{recorded}{next}", shown(path)));
}
