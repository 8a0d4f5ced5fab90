//! What is said before a return is written or a table is printed, and the choice to have in it what is hidden. Writes no file itself.

use std::{borrow::Cow, path::PathBuf, sync::Arc};

pub use super::leaving::{Leaving, Prepared, Purpose};

use super::{
    annotations::go_to,
    as_of, baseline,
    command::{Command, Compare, PublishCommand},
    export::{Format, return_name},
    exporting::export_to,
    file_extension::{Written, is_bare},
    open::{OpenError, open_files, shown},
    printing::print,
    state::{Ask, Done, Prompts, Remembered, Tasks, ViewState, Workspace},
    write_as::{write_as, write_instead},
};
use crate::{
    insight::{Answer, Insight, Question, Rated},
    model::{Document, FrozenReturn, Overridden, Role, listed},
    publish::{self, Account, Publication, publish},
    returns::{self, counted_anew, long_rows},
    store,
};

/// The figures of what is in sight of others. A KPI whose numbers are is rated as here, also where the column of its tolerance is
/// hidden.
#[must_use]
pub fn figures_of_others(workspace: &Workspace, view: &ViewState, seen: &Document) -> Insight {
    let mut insight = Insight::of(seen, as_of(view.as_of));
    for ((id, row), rated) in &mut insight.ratings {
        let column = |document: &Document, role| {
            let table = document.table(*id)?;
            table.role_position(role).map(|at| table.columns[at].id)
        };
        let shown = [Role::Current, Role::Target].into_iter().all(|role| column(seen, role) == column(&workspace.document, role));
        // What it is held against must be in sight too, as the figure of an earlier period.
        let same = |whole: &&Rated| shown && (whole.current, whole.target, whole.aim) == (rated.current, rated.target, rated.aim);
        if let Some(whole) = workspace.insight.rating(*id, *row).filter(same) {
            rated.clone_from(whole);
        }
    }
    insight
}

/// Does what a command says with a return, a page to print or a picture.
pub(super) fn run(
    workspace: &mut Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &mut Remembered,
    command: PublishCommand,
) {
    match command {
        PublishCommand::Export => ask_about(workspace, view, prompts, tasks, remembered, Purpose::Return),
        PublishCommand::ExportPdf => {
            ask_about(workspace, view, prompts, tasks, remembered, Purpose::Return);
            prompts.leaving.iter_mut().for_each(|leaving| leaving.format = Format::Pdf);
        }
        PublishCommand::ExportElsewhere(name) => prompts.ask_elsewhere(Ask::WhereToExport(name)),
        PublishCommand::ExportTo(path) => {
            let what = written(if is_bare(&path) { prompts.format() } else { Format::of(&path) });
            write_as(workspace, view, prompts, tasks, remembered, (what, path));
        }
        PublishCommand::ExportInstead(path) => {
            // What was chosen stays chosen, for the sake of another name.
            if prompts.leaving.as_ref().is_some_and(|leaving| leaving.purpose == Purpose::Return) {
                prompts.ask = Some(Ask::ToWrite);
            } else {
                ask_about(workspace, view, prompts, tasks, remembered, Purpose::Return);
            }
            if let Some(leaving) = &mut prompts.leaving {
                (leaving.format, leaving.to) = (Format::of(&path), Some(path.clone()));
            }
        }
        PublishCommand::WithHidden(with) => prompts.leaving.iter_mut().for_each(|leaving| leaving.with_hidden = with),
        PublishCommand::ChooseReturn(template) => prompts.leaving.iter_mut().for_each(|leaving| leaving.template = template),
        PublishCommand::ChooseFormat(format) => prompts.leaving.iter_mut().for_each(|leaving| {
            leaving.format = format;
            // A name that was chosen for the other kind is asked for again.
            leaving.to = leaving.to.take().filter(|to| Format::of(to) == format);
        }),
        PublishCommand::CompareWith(Compare::OlderWorkbook) => prompts.ask = Some(Ask::OlderWorkbook),
        PublishCommand::CompareWith(what) => compare_with(prompts, what),
        PublishCommand::CompareWithFile(path) => read_baseline(tasks, prompts, remembered, path),
        PublishCommand::BackToReturn => prompts.ask = prompts.leaving.is_some().then_some(Ask::ToWrite),
        PublishCommand::PassOver(question, reason) => pass_over(prompts, question, &reason),
        PublishCommand::GoToGap(place) => {
            (prompts.ask, prompts.leaving) = (None, None);
            go_to(workspace, view, prompts, remembered, &place);
        }
        PublishCommand::WriteReturn => write_return(workspace, view, prompts, tasks, remembered),
        PublishCommand::Replace(path) => {
            prompts.ask = None;
            export_to(workspace, view, prompts, tasks, remembered, (path, true));
        }
        PublishCommand::Print if hides(workspace, view) => ask_about(workspace, view, prompts, tasks, remembered, Purpose::Print),
        PublishCommand::Print => print(workspace, view, prompts, tasks, remembered, false),
        PublishCommand::PrintPage => {
            prompts.ask = None;
            let with = prompts.with_hidden();
            print(workspace, view, prompts, tasks, remembered, with);
        }
        PublishCommand::SavePicture(kind, name, picture) => {
            prompts.picture = (kind, picture);
            prompts.ask = Some(Ask::WhereToSavePicture(kind, name));
        }
        PublishCommand::PictureTo(path) => {
            let what = Written::Picture(prompts.picture.0);
            write_as(workspace, view, prompts, tasks, remembered, (what, path));
        }
        PublishCommand::PictureInstead(path) => {
            let what = Written::Picture(prompts.picture.0);
            write_instead(workspace, view, prompts, tasks, remembered, (what, path));
        }
    }
}

/// Lets go of the reasons for questions that are answered with yes by now.
fn drop_settled(prompts: &mut Prompts) {
    let Some(leaving) = &mut prompts.leaving else { return };
    let Some(prepared) = leaving.prepared.clone() else { return };
    let is_no = |code: &str| prepared.checks.iter().any(|check| check.question.code() == code && check.answer == Answer::No);
    leaving.overridden.retain(|held| is_no(&held.check));
}

/// Writes the return that was asked about where that is chosen already; asks where otherwise.
fn write_return(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered) {
    drop_settled(prompts);
    match prompts.leaving.as_mut().and_then(|leaving| leaving.to.take()) {
        Some(path) => write_instead(workspace, view, prompts, tasks, remembered, (written(Format::of(&path)), path)),
        None => {
            let (template, format) = (prompts.template(), prompts.format());
            let seen = || workspace.in_sight_of_others();
            let name = if prompts.with_hidden() {
                return_name(&workspace.document, template, format)
            } else {
                return_name(&seen(), template, format)
            };
            prompts.ask = Some(Ask::WhereToExport(name));
        }
    }
}

/// What a return of a format is among what is written.
fn written(format: Format) -> Written {
    match format {
        Format::Workbook => Written::Return,
        Format::Pdf => Written::Pdf,
    }
}

/// Says what is in something before it is written.
fn ask_about(workspace: &Workspace, view: &ViewState, prompts: &mut Prompts, tasks: &Tasks, remembered: &Remembered, purpose: Purpose) {
    if tasks.is_busy(prompts) {
        return;
    }
    let shown = match (purpose, view.table(&workspace.document)) {
        (Purpose::Print, Some(table)) => {
            let (tables, marking) = (vec![table.clone()], workspace.document.marking.clone());
            Cow::Owned(Document { tables, marking, ..Document::default() })
        }
        (Purpose::Print, None) | (Purpose::Return, _) => Cow::Borrowed(&*workspace.document),
    };
    let accounts = [false, true].map(|with| {
        let Publication { document, account } = publish(&shown, &workspace.read_notes, with);
        match purpose {
            Purpose::Return => account.with_counts(counted_anew(&document)).with_long_rows(long_rows(&document)),
            // On paper every cell is a value.
            Purpose::Print => Account { formulas: 0, dropped: publish::Dropped::default(), ..account },
        }
    });
    let put_away = if purpose == Purpose::Return { put_away(workspace, view, remembered) } else { Vec::new() };
    let baselines: Vec<Arc<FrozenReturn>> = workspace.document.frozen.iter().rev().cloned().map(Arc::new).collect();
    prompts.leaving = Some(Leaving {
        purpose,
        with_hidden: false,
        template: returns::board(),
        format: Format::default(),
        baseline: remembered.baseline_of(&workspace.document).cloned().map(Arc::new),
        baselines,
        overridden: Vec::new(),
        prepared: None,
        to: None,
        accounts,
        put_away,
    });
    prompts.ask = Some(Ask::ToWrite);
}

/// Holds what is about to be written against another return, or none.
fn compare_with(prompts: &mut Prompts, what: Compare) {
    let Some(leaving) = &mut prompts.leaving else { return };
    leaving.baseline = match what {
        Compare::Frozen(at) => leaving.baselines.get(at).cloned(),
        Compare::Nothing | Compare::OlderWorkbook => None,
    };
}

/// Reads the older workbook that a return is to be held against.
fn read_baseline(tasks: &mut Tasks, prompts: &mut Prompts, remembered: &Remembered, path: PathBuf) {
    if tasks.is_busy(prompts) {
        return;
    }
    let (mappings, with_hidden) = (remembered.mappings.all().to_vec(), prompts.with_hidden());
    tasks.start_reading(format!("Reading {}", shown(&path)), move |progress| {
        let opened = open_files(std::slice::from_ref(&path), &mappings, &|done| progress.report(done));
        Done::Baseline(opened.map(|opened| Box::new(baseline::of_opened(&opened, &path, with_hidden))))
    });
}

/// Takes in the older workbook that a return is to be held against.
pub(super) fn end_reading_baseline(prompts: &mut Prompts, result: Result<Box<FrozenReturn>, OpenError>) {
    prompts.ask = prompts.leaving.is_some().then_some(Ask::ToWrite);
    match (result, &mut prompts.leaving) {
        (Ok(frozen), Some(leaving)) => {
            let frozen = Arc::new(*frozen);
            leaving.baselines.insert(0, Arc::clone(&frozen));
            leaving.baseline = Some(frozen);
        }
        (Ok(_), None) => {}
        (Err(error), _) if error.is_cancelled() => {}
        (Err(error), _) => prompts.fail(error.to_string()),
    }
}

/// Passes a question over for a reason, or no longer.
fn pass_over(prompts: &mut Prompts, question: Question, reason: &str) {
    let Some(leaving) = &mut prompts.leaving else { return };
    leaving.overridden.retain(|held| &*held.check != question.code());
    if !reason.trim().is_empty() {
        leaving.overridden.push(Overridden { check: question.code().into(), reason: reason.into() });
    }
}

/// The columns and rows that only this window keeps out of sight.
fn put_away(workspace: &Workspace, view: &ViewState, remembered: &Remembered) -> Vec<String> {
    let mut lines = Vec::new();
    for table in &workspace.document.tables {
        let looked_at = remembered.view_of(&workspace.document, table);
        let away = (0..table.columns.len()).filter(|&at| looked_at.hides(&table.columns[at]) && !table.columns[at].hidden);
        let away: Vec<String> = away.map(|at| format!("“{}”", table.heading(at))).collect();
        if !away.is_empty() {
            lines.push(format!("{} of “{}”", listed(&away), table.name));
        }
        if view.arrangements.get(&table.id).is_some_and(|arrangement| !arrangement.filter.is_open()) {
            lines.push(format!("the rows of “{}” that its filter here does not show", table.name));
        }
    }
    lines
}

/// Whether anything of what is in view is hidden in the workbook.
fn hides(workspace: &Workspace, view: &ViewState) -> bool {
    match view.table(&workspace.document) {
        Some(table) => publish::has_hidden(table),
        None => workspace.document.tables.iter().any(publish::has_hidden),
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
    Command::Publish(PublishCommand::ExportElsewhere(store::another_name(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{
            command::{View, ViewCommand},
            jobs::Wake,
            open::{Opened, open_sample},
            state::{Done, State},
        },
        model::{Column, RowKind, TableKind},
        paper::read_back,
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
        let Some(Done::Printed(Ok(Some(page)))) = state.tasks.job.take().and_then(crate::app::jobs::Job::wait) else {
            unreachable!("a page is written")
        };
        read_back::Pdf::read(&std::fs::read(page.path()).unwrap()).page_texts().join(" ")
    }

    #[test]
    fn a_printed_page_has_nothing_hidden_unless_that_is_chosen() {
        let mut state = state();
        state.run(Command::Publish(PublishCommand::Print));
        assert_eq!(state.prompts.ask, Some(Ask::ToWrite));
        assert!(!state.prompts.leaving.as_ref().unwrap().with_hidden && state.prompts.leaving.as_ref().unwrap().has_choice());
        let page = printed(&mut state, Command::Publish(PublishCommand::PrintPage));
        assert!(!page.contains("Secret") && page.contains("RAG Status"));
        state.run(Command::Publish(PublishCommand::Print));
        state.run(Command::Publish(PublishCommand::WithHidden(true)));
        let page = printed(&mut state, Command::Publish(PublishCommand::PrintPage));
        assert!(page.contains("Secret talks") && page.contains("Secret lead"));
        state.run(Command::View(ViewCommand::Show(View::Summary)));
        state.run(Command::Publish(PublishCommand::Print));
        assert!(!printed(&mut state, Command::Publish(PublishCommand::PrintPage)).contains("Secret"));
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
            let seen = state.workspace.in_sight_of_others();
            let usual = Insight::of(&seen, crate::insight::AsOf::default()).rating_counts(id);
            (state.workspace.insight.rating_counts(id), figures_of_others(&state.workspace, &state.view, &seen).rating_counts(id), usual)
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
        let filter = store::Filter { text: "1.2.1".to_owned(), ..Default::default() };
        state.run(Command::View(ViewCommand::SetFilter(filter)));
        state.run(Command::Publish(PublishCommand::Print));
        let page = printed(&mut state, Command::Publish(PublishCommand::PrintPage));
        assert!(page.contains("1.2.1") && !page.contains("1.1.1") && !page.contains("1.2.2") && !page.contains("Secret"), "{page}");
    }
}
