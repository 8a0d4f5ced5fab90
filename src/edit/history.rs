//! Undo and redo: steps of inverse changes, each one thing its user did.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Change, apply};
use crate::model::{Document, RowId, TableId};

/// One thing its user did, as the changes that take it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What was done, for the menu: `Edit 1.1.2 comment`.
    pub name: String,
    pub(super) changes: Vec<Change>,
}

/// What can be undone and redone, and which state is the saved one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// How many steps were done when last saved; `None` when that state can no longer be reached.
    saved_at: Option<usize>,
    /// What happened since this was asked for last, where anybody asks.
    #[serde(skip)]
    events: Option<Vec<Event>>,
}

/// Something that happened to a history and its document, as a journal keeps it: the same events make the same of both again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A step was made.
    Made {
        name: String,
        changes: Vec<Change>,
    },
    Undone,
    Redone,
    /// The state there is now is the saved one.
    Saved,
    /// No state is.
    Unsaved,
}

impl History {
    /// A history whose document is as saved.
    #[must_use]
    pub fn saved() -> Self {
        Self { saved_at: Some(0), ..Self::default() }
    }

    /// Makes changes as one step. Does nothing when none of them finds its place.
    pub fn make(&mut self, document: &mut Document, name: impl Into<String>, changes: Vec<Change>) {
        let name = name.into();
        let event = self.events.is_some().then(|| Event::Made { name: name.clone(), changes: changes.clone() });
        let mut inverse: Vec<Change> = changes.into_iter().filter_map(|change| apply(document, change)).collect();
        if inverse.is_empty() {
            return;
        }
        event.into_iter().for_each(|event| self.happened(event));
        inverse.reverse();
        if self.saved_at.is_some_and(|at| at > self.done.len()) {
            self.saved_at = None;
        }
        self.undone.clear();
        self.done.push(Step { name, changes: inverse });
    }

    /// Begins to note what happens, or ceases to.
    pub fn note_events(&mut self, noted: bool) {
        self.events = noted.then(Vec::new);
    }

    /// What happened since this was asked last.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.events.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Makes happen again what happened before.
    pub fn replay(&mut self, document: &mut Document, event: Event) {
        match event {
            Event::Made { name, changes } => self.make(document, name, changes),
            Event::Undone => drop(self.undo(document)),
            Event::Redone => drop(self.redo(document)),
            Event::Saved => self.mark_saved(),
            Event::Unsaved => self.mark_unsaved(),
        }
    }

    fn happened(&mut self, event: Event) {
        if let Some(events) = &mut self.events {
            events.push(event);
        }
    }

    /// How many steps are done.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.done.len()
    }

    /// The rows of a table that the steps put in, moved or wrote into.
    #[must_use]
    pub fn rows_changed(&self, table: TableId) -> HashSet<RowId> {
        let changes = self.done.iter().flat_map(|step| &step.changes);
        changes.filter_map(Change::row).filter(|(held, _)| *held == table).map(|(_, row)| row).collect()
    }

    /// The steps that are done, in order.
    #[must_use]
    pub fn done(&self) -> &[Step] {
        &self.done
    }

    /// The document as it was when it was last saved; nothing where that state can no longer be reached.
    #[must_use]
    pub fn saved_document(&self, document: &Document) -> Option<Document> {
        let at = self.saved_at?;
        let (mut history, mut document) = (Self { events: None, ..self.clone() }, document.clone());
        while history.depth() > at {
            history.undo(&mut document)?;
        }
        while history.depth() < at {
            history.redo(&mut document)?;
        }
        Some(document)
    }

    /// Takes the last step back; returns its name.
    pub fn undo(&mut self, document: &mut Document) -> Option<String> {
        let name = turn(&mut self.done, &mut self.undone, document)?;
        self.happened(Event::Undone);
        Some(name)
    }

    /// Makes the last step taken back again; returns its name.
    pub fn redo(&mut self, document: &mut Document) -> Option<String> {
        let name = turn(&mut self.undone, &mut self.done, document)?;
        self.happened(Event::Redone);
        Some(name)
    }

    /// The step that undo would take back.
    #[must_use]
    pub fn next_undo(&self) -> Option<&Step> {
        self.done.last()
    }

    /// The step that redo would make again.
    #[must_use]
    pub fn next_redo(&self) -> Option<&Step> {
        self.undone.last()
    }

    /// Remembers the present state as saved.
    pub fn mark_saved(&mut self) {
        self.saved_at = Some(self.done.len());
        self.happened(Event::Saved);
    }

    /// Remembers that no state is saved, as when saving failed.
    pub fn mark_unsaved(&mut self) {
        self.saved_at = None;
        self.happened(Event::Unsaved);
    }

    /// Whether the document differs from what was saved.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.saved_at != Some(self.done.len())
    }
}

/// Applies the last step of one stack and puts its inverse on the other.
fn turn(from: &mut Vec<Step>, to: &mut Vec<Step>, document: &mut Document) -> Option<String> {
    let step = from.pop()?;
    let mut inverse: Vec<Change> = step.changes.into_iter().filter_map(|change| apply(document, change)).collect();
    inverse.reverse();
    to.push(Step { name: step.name.clone(), changes: inverse });
    Some(step.name)
}
