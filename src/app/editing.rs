//! Making edits, taking them back and making them again. Decides nothing about what is edited.

use std::{collections::HashSet, sync::Arc};

use super::{
    command::EditCommand,
    numbering::{self, Misplaced, Scope},
    scales,
    state::{Ask, Prompts, Tasks, ViewState, Workspace},
    summary_counts,
};
use crate::{
    edit::Change,
    model::{ColumnId, RowId, Scale, TableId},
    notes::Note,
};

/// Does what a command of the Edit menu says with the history.
pub(super) fn run(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, command: EditCommand) {
    match command {
        EditCommand::Undo => turn(workspace, view, prompts, "Undone", Workspace::undo),
        EditCommand::Redo => turn(workspace, view, prompts, "Done again", Workspace::redo),
        EditCommand::Make(name, changes) => edit(workspace, prompts, name, changes),
        EditCommand::WriteCounts => write_counts(workspace, view, prompts),
        EditCommand::AskStatuses => prompts.ask = Some(Ask::Statuses),
        EditCommand::SetStatuses(table, column, scale) => {
            prompts.ask = None;
            set_statuses(workspace, prompts, table, column, scale);
        }
    }
}

/// Makes an edit, as one step.
pub(super) fn edit(workspace: &mut Workspace, prompts: &mut Prompts, name: String, changes: Vec<Change>) {
    if workspace.opening {
        // The document that is on its way takes this one's place, and the edit would go with it.
        prompts.say("Another document is being opened; wait for it, or cancel it, to edit this one");
        return;
    }
    prompts.said.clone_from(&name);
    workspace.make(name, changes);
}

/// Makes an edit of a table's rows. Where it leaves refs out of order that were in order, renumbering them is offered.
pub(super) fn restructure(
    workspace: &mut Workspace,
    prompts: &mut Prompts,
    id: TableId,
    name: String,
    changes: Vec<Change>,
    added: Option<RowId>,
) {
    let misplaced = |workspace: &Workspace| workspace.document.table(id).map(numbering::misplaced).unwrap_or_default();
    let before: HashSet<Misplaced> = misplaced(workspace).into_iter().collect();
    edit(workspace, prompts, name, changes);
    let after = misplaced(workspace);
    let newly: Vec<&Misplaced> = after.iter().filter(|row| Some(row.row) != added && !before.contains(row)).collect();
    if let Some(first) = newly.first() {
        let section = first.section.filter(|_| newly.iter().all(|row| row.section == first.section));
        prompts.renumber_offered = Some(Scope { table: id, section });
    } else if after.is_empty() {
        prompts.renumber_offered = None;
    }
}

/// Makes the one step of an import, which brings its notes.
pub(super) fn make_import(
    workspace: &mut Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    (name, changes, notes): (String, Vec<Change>, Vec<Note>),
) {
    workspace.make(name, changes);
    let (depth, notes) = (workspace.history.depth(), Arc::new(notes));
    tasks.autosave.add_notes(depth, &notes);
    workspace.notes_from.insert(depth, notes);
    (view.cursor, prompts.renumber_offered) = (None, None);
    workspace.keep_notes();
}

/// Takes a step back or makes one again, and lets go of what is gone with it.
fn turn(
    workspace: &mut Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    what: &str,
    turn: impl FnOnce(&mut Workspace) -> Option<String>,
) {
    prompts.said = match turn(workspace) {
        Some(name) => format!("{what}: {}", lower_first(&name)),
        None => format!("Nothing to be {}", what.to_lowercase()),
    };
    prompts.renumber_offered = None;
    workspace.keep_notes();
    view.stay_within(&workspace.document);
}

/// Says what the words of a column of statuses stand for, as one step with what that makes of its cells.
fn set_statuses(workspace: &mut Workspace, prompts: &mut Prompts, table: TableId, column: ColumnId, scale: Scale) {
    let Some(held) = workspace.document.table(table) else { return };
    let changes = scales::changes(held, column, scale);
    if changes.is_empty() {
        prompts.say("The statuses are as they were");
    } else {
        edit(workspace, prompts, "Say what statuses stand for".to_owned(), changes);
    }
}

fn write_counts(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts) {
    let Some((table, _)) = view.here(&workspace.document) else { return };
    let Some(standing) = workspace.insight.plan(table.id) else { return };
    let changes = summary_counts::changes(table, standing);
    if changes.is_empty() {
        prompts.say("The summary states what is counted");
    } else {
        edit(workspace, prompts, "Write the counts into the summary".to_owned(), changes);
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
