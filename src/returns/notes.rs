//! The sheet of notes: at which day a return stands, what it is compared with, and what its figures rest on. Works out none of them.

use super::{sheet::Sheet, style::Style};
use crate::{
    insight::{Basis, Question, Rating, Report, kpi_ratings},
    model::{Role, TableId, TableKind},
    workbook::{Content, Page, sentinels},
};

/// The width of the notes, in characters.
const WIDTH: f64 = 110.0;

/// The sheet.
pub(super) fn page<'doc>(report: &Report<'_>, name: String) -> Page<'doc> {
    let mut sheet = Sheet::new(name);
    sheet.widen(0, WIDTH);
    sheet.text(0, 0, sentinels::NOTES_LINE, Style::Heading);
    sheet.text(1, 0, sentinels::WORKED_OUT, Style::Remark);
    sheet.next = 3;
    for note in notes(report) {
        sheet.put(sheet.next, 0, Content::Owned(note), Style::Value);
        sheet.next += 1;
    }
    sheet.page
}

/// What the figures of a return rest on, a sentence or two each.
pub(super) fn notes(report: &Report<'_>) -> Vec<String> {
    noted(report).into_iter().map(|note| note.words).collect()
}

/// What a note is about, by which a published return refers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// When an action of a plan is overdue.
    Overdue(TableId),
    /// That counts are of lines.
    Lines,
    WithoutStatus,
    /// What changes are held against.
    Since,
    /// That something was taken out of a comment.
    FromComment,
    /// How KPIs are rated, of which it is assumed which way is better, and of which nothing can be said.
    Ratings,
    Assumed,
    NotRated,
    EarlierEnds,
    /// That a question of the checklist was passed over.
    PassedOver,
}

/// A note and what it is about.
pub(super) struct Note {
    pub about: About,
    pub words: String,
}

/// The same with what each is about.
pub(super) fn noted(report: &Report<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |about: About, words: String| notes.push(Note { about, words });
    for plan in &report.insight.plans {
        let Some((judged, table)) = plan.judged.zip(report.document.table(plan.table)) else { continue };
        let what = if report.insight.plans.len() > 1 { format!("Actions of {}", table.title()) } else { "Actions".to_owned() };
        let when = match judged.basis {
            Basis::Today => format!("{}, when this was written, as the plan states no review date", judged.on()),
            Basis::Given | Basis::Plan | Basis::Document => judged.when(),
        };
        note(
            About::Overdue(plan.table),
            format!("{what} are overdue where their end had passed {when}, and they were neither complete, on hold nor cancelled."),
        );
    }
    let counts = &report.insight.counts;
    if counts.lines.total() != counts.action_count && counts.action_count > 0 {
        note(
            About::Lines,
            format!(
                "Counts by status are of lines: {} actions have {} lines with a status, as an action may have several.",
                counts.action_count,
                counts.lines.total()
            ),
        );
    }
    if counts.without_status > 0 {
        note(About::WithoutStatus, format!("Actions that state no status, and so are in no count by status: {}.", counts.without_status));
    }
    match &report.changes {
        Some(changes) => note(About::Since, format!("Changes are since {}.", changes.since)),
        None => note(About::Since, "No earlier return was chosen, so nothing says what changed since.".to_owned()),
    }
    let taken = report.exceptions.actions.iter().chain(&report.exceptions.kpis).any(|exception| {
        [&exception.reason, &exception.corrective, &exception.new_date].iter().any(|said| said.words().ends_with("(from the comment)"))
    });
    if taken {
        note(About::FromComment,
            "Where a plan has no column for the reason, the corrective action or a new date, they are taken from the newest comment, and say so."
                .to_owned(),
        );
    }
    if report.document.of_kind(TableKind::Kpi).next().is_some() {
        note(About::Ratings,
            "KPIs are rated by their own thresholds or tolerance where the table states any; otherwise green at target, amber within a tenth of it, and \
             red beyond. Each rating says why beside it."
                .to_owned(),
        );
        let assumed = report.kpis.iter().filter(|kpi| kpi.rated.why.contains("is assumed")).count();
        if assumed > 0 {
            note(About::Assumed, format!("KPIs of which nothing says which way is better, so that higher is assumed to be: {assumed}."));
        }
        let grey = kpi_ratings(&report.insight)[Rating::Grey as usize];
        if grey > 0 {
            note(About::NotRated, format!("KPIs that cannot be rated, as their figure or target is no number or there is none: {grey}."));
        }
    }
    if report.document.tables.iter().any(|table| table.role_position(Role::EarlierEnd).is_some()) {
        note(About::EarlierEnds, "Of several end dates of an action the last that was agreed decides.".to_owned());
    }
    for passed in &report.overridden {
        let question = Question::ALL.into_iter().find(|question| question.code() == &*passed.check);
        if let Some(question) = question {
            note(About::PassedOver, format!("{} No, and it was passed over: {}", question.words(), passed.reason));
        }
    }
    notes
}
