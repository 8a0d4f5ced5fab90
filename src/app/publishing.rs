//! What is said before a return is written or a table is printed, and the choice to have in it what is hidden. Writes no file itself.

use std::{borrow::Cow, path::PathBuf};

pub use super::leaving::{Leaving, Purpose};

use super::{
    as_of,
    command::{Command, FileCommand, View},
    export::return_name,
    file_extension::Written,
    open::shown,
    state::{Ask, State},
};
use crate::{
    insight::Insight,
    model::{Document, Marking, Role, listed},
    publish::{self, Account, Publication, publish},
    returns::counted_anew,
    store,
};

impl State {
    /// The document without what its owner hid in the workbook.
    #[must_use]
    pub fn in_sight_of_others(&self) -> Cow<'_, Document> {
        publish::seen(&self.workspace.document)
    }

    /// The figures of what is in sight of others. A KPI whose numbers are is rated as here, also where the column of its tolerance is
    /// hidden.
    #[must_use]
    pub fn figures_of_others(&self, seen: &Document) -> Insight {
        let mut insight = Insight::of(seen, as_of(self.view.as_of));
        for ((id, row), rated) in &mut insight.ratings {
            let column = |document: &Document, role| {
                let table = document.table(*id)?;
                table.role_position(role).map(|at| table.columns[at].id)
            };
            let shown = [Role::Current, Role::Target].into_iter().all(|role| column(seen, role) == column(&self.workspace.document, role));
            if let Some(whole) = self.workspace.insight.rating(*id, *row).filter(|_| shown) {
                rated.clone_from(whole);
            }
        }
        insight
    }

    /// The words of the document's protective marking; empty where it has none.
    #[must_use]
    pub fn marking(&self) -> String {
        self.workspace.document.marking.as_ref().map_or_else(String::new, Marking::words)
    }

    /// Prints what is in view; asks first where some of it is hidden in the workbook.
    pub(super) fn ask_or_print(&mut self) {
        if self.view_hides() {
            self.ask_about(Purpose::Print);
        } else {
            self.print(false);
        }
    }

    /// Prints what was asked about.
    pub(super) fn print_page(&mut self) {
        self.prompts.ask = None;
        let with = self.with_hidden();
        self.print(with);
    }

    /// Writes the return that was asked about where that is chosen already; asks where otherwise.
    pub(super) fn write_return(&mut self) {
        match self.prompts.leaving.as_mut().and_then(|leaving| leaving.to.take()) {
            Some(path) => self.write_instead(Written::Return, path),
            None => {
                let with = self.with_hidden();
                let name = if with { return_name(&self.workspace.document) } else { return_name(&self.in_sight_of_others()) };
                self.prompts.ask = Some(Ask::WhereToExport(name));
            }
        }
    }

    /// Says what is in the return before it is written where that is chosen already.
    pub(super) fn ask_about_return_to(&mut self, path: PathBuf) {
        self.ask_about(Purpose::Return);
        self.prompts.leaving.iter_mut().for_each(|leaving| leaving.to = Some(path.clone()));
    }

    /// Whether what was asked about is to hold what is hidden.
    pub(super) fn with_hidden(&self) -> bool {
        self.prompts.leaving.as_ref().is_some_and(|leaving| leaving.with_hidden)
    }

    /// Says what is in something before it is written.
    pub(super) fn ask_about(&mut self, purpose: Purpose) {
        if self.is_busy() {
            return;
        }
        let shown = match (purpose, self.view.shown) {
            (Purpose::Print, View::Table(id)) => {
                let tables = self.workspace.document.table(id).cloned().into_iter().collect();
                Cow::Owned(Document { tables, marking: self.workspace.document.marking.clone(), ..Document::default() })
            }
            _ => Cow::Borrowed(&*self.workspace.document),
        };
        let accounts = [false, true].map(|with| {
            let Publication { document, account } = publish(&shown, &self.workspace.read_notes, with);
            match purpose {
                Purpose::Return => account.with_counts(counted_anew(&document)),
                // On paper every cell is a value.
                Purpose::Print => Account { formulas: 0, dropped: publish::Dropped::default(), ..account },
            }
        });
        let put_away = if purpose == Purpose::Return { self.put_away() } else { Vec::new() };
        self.prompts.leaving = Some(Leaving { purpose, with_hidden: false, to: None, accounts, put_away });
        self.prompts.ask = Some(Ask::ToWrite);
    }

    /// The columns and rows that only this window keeps out of sight.
    fn put_away(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for table in &self.workspace.document.tables {
            let view = self.view_of(table);
            let away = (0..table.columns.len()).filter(|&at| view.hides(&table.columns[at]) && !table.columns[at].hidden);
            let away: Vec<String> = away.map(|at| format!("“{}”", table.heading(at))).collect();
            if !away.is_empty() {
                lines.push(format!("{} of “{}”", listed(&away), table.name));
            }
            if self.view.arrangements.get(&table.id).is_some_and(|arrangement| !arrangement.filter.is_open()) {
                lines.push(format!("the rows of “{}” that its filter here does not show", table.name));
            }
        }
        lines
    }

    /// Whether anything of what is in view is hidden in the workbook.
    fn view_hides(&self) -> bool {
        match self.table() {
            Some(table) => publish::has_hidden(table),
            None => self.workspace.document.tables.iter().any(publish::has_hidden),
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
    Command::File(FileCommand::ExportElsewhere(store::another_name(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{
            command::ViewCommand,
            jobs::Wake,
            open::{Opened, open_sample},
            state::Done,
        },
        model::{Column, RowKind, TableKind},
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
        let Some(Done::Printed(Ok(page))) = state.tasks.job.take().and_then(crate::app::jobs::Job::wait) else {
            unreachable!("a page is written")
        };
        std::fs::read_to_string(page.path()).unwrap()
    }

    #[test]
    fn a_printed_page_has_nothing_hidden_unless_that_is_chosen() {
        let mut state = state();
        state.run(Command::File(FileCommand::Print));
        assert_eq!(state.prompts.ask, Some(Ask::ToWrite));
        assert!(!state.prompts.leaving.as_ref().unwrap().with_hidden && state.prompts.leaving.as_ref().unwrap().has_choice());
        let page = printed(&mut state, Command::File(FileCommand::PrintPage));
        assert!(!page.contains("Secret") && page.contains("RAG Status"));
        state.run(Command::File(FileCommand::Print));
        state.run(Command::File(FileCommand::WithHidden(true)));
        let page = printed(&mut state, Command::File(FileCommand::PrintPage));
        assert!(page.contains("Secret talks") && page.contains("Secret lead"));
        state.run(Command::View(ViewCommand::Show(View::Summary)));
        state.run(Command::File(FileCommand::Print));
        assert!(!printed(&mut state, Command::File(FileCommand::PrintPage)).contains("Secret"));
    }

    #[test]
    fn a_kpi_is_rated_alike_where_its_tolerance_is_hidden_and_by_no_target_that_is() {
        let mut document = open_sample().document;
        let kpis = document.tables.iter_mut().find(|table| table.kind == TableKind::Kpi).unwrap();
        let (id, target) = (kpis.id, kpis.role_position(Role::Target).unwrap());
        let tolerance = Column {
            id: kpis.next_column_id(),
            heading: "Tolerance".into(),
            role: Some(Role::Tolerance),
            kind: Role::Tolerance.kind(),
            hidden: true,
            ..Column::default()
        };
        for row in kpis.rows.iter_mut() {
            row.cells.push(tolerance.kind.enter("40%"));
        }
        kpis.columns.push(tolerance);
        let counts = |document: &Document| {
            let mut state = State::new(Folder::nowhere(), Wake::default());
            state.take(Opened { document: document.clone(), ..Opened::default() }, None, "plan".to_owned());
            let seen = state.in_sight_of_others();
            let usual = Insight::of(&seen, crate::insight::AsOf::default()).rating_counts(id);
            (state.workspace.insight.rating_counts(id), state.figures_of_others(&seen).rating_counts(id), usual)
        };
        let (here, theirs, usual) = counts(&document);
        assert_eq!(here, theirs);
        assert_ne!(here, usual, "the tolerance matters");
        document.tables.iter_mut().find(|table| table.id == id).unwrap().columns[target].hidden = true;
        let [green, amber, red, _] = counts(&document).1;
        assert_eq!((green, amber, red), (0, 0, 0), "nothing tells what the target was");
    }

    #[test]
    fn rows_the_window_keeps_out_of_sight_are_not_printed_beside_hidden_ones() {
        let mut state = state();
        let filter = crate::app::arrangement::Filter { text: "1.2.1".to_owned(), ..Default::default() };
        state.run(Command::View(ViewCommand::SetFilter(filter)));
        state.run(Command::File(FileCommand::Print));
        let page = printed(&mut state, Command::File(FileCommand::PrintPage));
        assert!(page.contains(">1.2.1<") && !page.contains(">1.1.1<") && !page.contains(">1.2.2<") && !page.contains("Secret"));
    }
}
