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
        PeriodCommand::Back => prompts.ask = prompts.closing.is_some().then_some(Ask::Closing),
        PeriodCommand::WriteElsewhere(name) => prompts.ask_elsewhere(Ask::WhereToClose(name)),
        PeriodCommand::WriteTo(path) => write_as(workspace, view, prompts, tasks, remembered, (Written::ClosingReturn, path)),
        PeriodCommand::WriteInstead(path) => write_instead(workspace, view, prompts, tasks, remembered, (Written::ClosingReturn, path)),
        PeriodCommand::Replace(path) => {
            prompts.ask = None;
            close_to(workspace, prompts, tasks, remembered, (path, true));
        }
        PeriodCommand::ShowFrozen => prompts.ask = Some(Ask::FrozenReturns),
        PeriodCommand::Rename(at, name) => frozen_returns::rename(workspace, prompts, remembered, at, &name),
        PeriodCommand::Delete(at) => frozen_returns::delete(workspace, prompts, at),
        PeriodCommand::CompareWith(at) => frozen_returns::compare_with(workspace, prompts, remembered, at),
    }
}

/// The way out of losing a file: another name.
#[must_use]
pub fn another_place(path: &Path) -> Command {
    Command::Period(PeriodCommand::WriteElsewhere(store::another_name(path)))
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
            return refuse(prompts, why, another_place(path));
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
        (false, None) if workspace.sources.is_empty() => "; save as a plandesk file to keep the frozen return",
        (false, None) => "",
    };
    prompts.say(format!("Closed {name}: the return is in {}{recorded}{next}", shown(path)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{
            jobs::{Job, Wake},
            state::{Done, State},
        },
        model::TableKind,
        store::Folder,
    };

    fn columns(state: &State) -> usize {
        state.workspace.document.of_kind(TableKind::History).next().unwrap().columns.len()
    }

    /// The sample, about to be closed into a file, and what writing its return ends in.
    fn written(path: &Path) -> (State, Done) {
        let mut state = State::new(Folder::nowhere(), Wake::default());
        state.run(Command::Period(PeriodCommand::Close));
        state.run(Command::Period(PeriodCommand::WriteTo(path.to_path_buf())));
        let done = state.tasks.job.take().and_then(Job::wait).unwrap();
        (state, done)
    }

    #[test]
    fn a_period_that_is_called_off_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("return.xlsx");
        let (mut state, done) = written(&path);
        let before = columns(&state);
        let Done::Closed { closing, result, .. } = done else { unreachable!("the return is written") };
        assert!(path.exists() && result.is_ok_and(|closed| closed.is_some()));
        let State { workspace, prompts, remembered, .. } = &mut state;
        end_close(workspace, prompts, remembered, (&path, closing), Ok(None));
        assert!(prompts.closing.is_none() && workspace.document.frozen.is_empty() && workspace.history.next_undo().is_none());
        assert_eq!(columns(&state), before);
        assert!(state.prompts.said.contains("nothing was written or recorded"));
    }

    #[test]
    fn one_that_could_not_be_written_is_kept_for_another_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone/return.xlsx");
        let (mut state, done) = written(&path);
        let Done::Closed { closing, result, .. } = done else { unreachable!("it is tried") };
        let State { workspace, prompts, remembered, .. } = &mut state;
        end_close(workspace, prompts, remembered, (&path, closing), result);
        assert!(prompts.failed.is_some() && prompts.closing.is_some() && workspace.document.frozen.is_empty());
        assert_eq!(prompts.instead, Some(another_place(&path)));
    }

    #[test]
    fn a_return_that_was_frozen_is_never_written_over_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("return.xlsx");
        let (mut state, done) = written(&path);
        let Done::Closed { closing, result, .. } = done else { unreachable!("the return is written") };
        let State { workspace, prompts, remembered, .. } = &mut state;
        end_close(workspace, prompts, remembered, (&path, closing), result);
        assert_eq!((workspace.document.frozen.len(), columns(&state)), (1, 9));
        state.run(Command::Period(PeriodCommand::Close));
        state.run(Command::Period(PeriodCommand::WriteTo(path)));
        let done = state.tasks.job.take().unwrap().wait().unwrap();
        assert!(matches!(done, Done::CloseTaken { why: "it is a return that was frozen for an earlier period", .. }), "{done:?}");
    }
}
