//! What is said before a return is written or a table is printed, and the choice to have in it what is hidden. Writes no file itself.

use std::{borrow::Cow, path::PathBuf};

use super::{
    command::{Command, View},
    endings::Written,
    export::return_name,
    open::shown,
    state::{Ask, State},
};
use crate::{
    model::{Document, Marking},
    publish::{self, Account, Publication, publish},
    returns::counted_anew,
    store,
};

/// What is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Return,
    /// The page of what is in view.
    Print,
}

/// What is said of something before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub purpose: Purpose,
    /// Whether what is hidden in the workbook is in it.
    pub with_hidden: bool,
    /// Where it goes, if that is chosen already.
    to: Option<PathBuf>,
    /// Without and with what is hidden.
    accounts: [Account; 2],
}

impl Leaving {
    /// What is said of it as it is chosen.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.accounts[usize::from(self.with_hidden)]
    }

    /// Whether there is something hidden to choose.
    #[must_use]
    pub fn has_choice(&self) -> bool {
        self.accounts[0].has_choice
    }

    /// Whether nothing would be in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.account().tables.is_empty()
    }
}

impl State {
    /// The document without what its owner hid in the workbook.
    #[must_use]
    pub fn in_sight_of_others(&self) -> Cow<'_, Document> {
        publish::seen(&self.document)
    }

    /// The words of the document's protective marking; empty where it has none.
    #[must_use]
    pub fn marking(&self) -> String {
        self.document.marking.as_ref().map_or_else(String::new, Marking::words)
    }

    /// Does what a command of writing a return or printing says.
    pub(super) fn run_publishing(&mut self, command: Command) {
        match command {
            Command::ExportReturn => self.ask_about(Purpose::Return),
            Command::Print if self.view_hides() => self.ask_about(Purpose::Print),
            Command::Print => self.print(false),
            Command::WithHidden(with) => self.leaving.iter_mut().for_each(|leaving| leaving.with_hidden = with),
            Command::WriteReturn if self.leaving.as_ref().is_some_and(|leaving| leaving.to.is_some()) => {
                if let Some(path) = self.leaving.as_mut().and_then(|leaving| leaving.to.take()) {
                    self.write_instead(Written::Return, path);
                }
            }
            Command::WriteReturn => {
                let with = self.with_hidden();
                let name = if with { return_name(&self.document) } else { return_name(&self.in_sight_of_others()) };
                self.ask = Some(Ask::WhereToExport(name));
            }
            Command::PrintPage => {
                self.ask = None;
                let with = self.with_hidden();
                self.print(with);
            }
            Command::ExportElsewhere(name) => self.ask_elsewhere(Ask::WhereToExport(name)),
            Command::ExportTo(path) => self.write_as(Written::Return, path),
            Command::WriteInstead(_, path) => {
                self.ask_about(Purpose::Return);
                self.leaving.iter_mut().for_each(|leaving| leaving.to = Some(path.clone()));
            }
            Command::Replace(path) => {
                self.ask = None;
                self.export_to(path, true);
            }
            _ => {}
        }
    }

    /// Whether what was asked about is to hold what is hidden.
    pub(super) fn with_hidden(&self) -> bool {
        self.leaving.as_ref().is_some_and(|leaving| leaving.with_hidden)
    }

    fn ask_about(&mut self, purpose: Purpose) {
        if self.is_busy() {
            return;
        }
        let shown = match (purpose, self.view) {
            (Purpose::Print, View::Table(id)) => {
                let tables = self.document.table(id).cloned().into_iter().collect();
                Cow::Owned(Document { tables, marking: self.document.marking.clone(), ..Document::default() })
            }
            _ => Cow::Borrowed(&*self.document),
        };
        let accounts = [false, true].map(|with| {
            let Publication { document, account } = publish(&shown, &self.read_notes, with);
            match purpose {
                Purpose::Return => account.with_counts(counted_anew(&document)),
                // On paper every cell is a value.
                Purpose::Print => Account { formulas: 0, dropped: publish::Dropped::default(), ..account },
            }
        });
        self.leaving = Some(Leaving { purpose, with_hidden: false, to: None, accounts });
        self.ask = Some(Ask::ToWrite);
    }

    /// Whether anything of what is in view is hidden in the workbook.
    fn view_hides(&self) -> bool {
        match self.table() {
            Some(table) => publish::has_hidden(table),
            None => self.document.tables.iter().any(publish::has_hidden),
        }
    }
}

/// What is asked about a file that would be lost.
#[must_use]
pub fn replace_words(path: &std::path::Path, why: &str) -> String {
    format!("{}: {why}. What is in it would be lost.", shown(path))
}

/// The way out of losing a file: another name.
#[must_use]
pub fn another_place(path: &std::path::Path) -> Command {
    Command::ExportElsewhere(store::another_name(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{jobs::Wake, open::open_sample, state::Done},
        model::{Role, RowKind, TableKind},
        store::Folder,
    };

    /// The sample with its second action and its column of leads hidden, in view.
    fn state() -> State {
        let mut opened = open_sample();
        let plan = opened.document.tables.iter_mut().find(|table| table.kind == TableKind::Plan).unwrap();
        let at = (0..plan.rows.len()).filter(|&at| plan.rows[at].kind == RowKind::Entry).nth(1).unwrap();
        plan.rows[at].hidden = true;
        plan.rows[at].cells[1].text = "Secret talks".into();
        let lead = plan.columns.iter_mut().find(|column| column.role == Some(Role::Lead)).unwrap();
        (lead.hidden, lead.heading) = (true, "Secret lead".into());
        let mut state = State::new(Folder::nowhere(), Wake::default());
        state.take(opened, None, "plan".to_owned());
        state
    }

    /// What a command that prints writes.
    fn printed(state: &mut State, command: Command) -> String {
        state.run(command);
        let Some(Done::Printed(Ok(page))) = state.job.take().and_then(crate::app::jobs::Job::wait) else {
            unreachable!("a page is written")
        };
        std::fs::read_to_string(page.path()).unwrap()
    }

    #[test]
    fn a_printed_page_has_nothing_hidden_unless_that_is_chosen() {
        let mut state = state();
        state.run(Command::Print);
        assert_eq!(state.ask, Some(Ask::ToWrite));
        assert!(!state.leaving.as_ref().unwrap().with_hidden && state.leaving.as_ref().unwrap().has_choice());
        let page = printed(&mut state, Command::PrintPage);
        assert!(!page.contains("Secret") && page.contains("RAG Status"));
        state.run(Command::Print);
        state.run(Command::WithHidden(true));
        let page = printed(&mut state, Command::PrintPage);
        assert!(page.contains("Secret talks") && page.contains("Secret lead"));
        state.run(Command::Show(View::Summary));
        state.run(Command::Print);
        assert!(!printed(&mut state, Command::PrintPage).contains("Secret"));
    }

    #[test]
    fn rows_the_window_keeps_out_of_sight_are_not_printed_beside_hidden_ones() {
        let mut state = state();
        let filter = crate::app::arrangement::Filter { text: "1.2.1".to_owned(), ..Default::default() };
        state.run(Command::SetFilter(filter));
        state.run(Command::Print);
        let page = printed(&mut state, Command::PrintPage);
        assert!(page.contains(">1.2.1<") && !page.contains(">1.1.1<") && !page.contains(">1.2.2<") && !page.contains("Secret"));
    }
}
