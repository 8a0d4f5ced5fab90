//! What does not add up between a plan, its summary, its tracker and its dates, as notes. Says it, never mends it.

use jiff::civil::Date;

use super::tracker::{changes_between, signed};
use super::{Basis, Insight, Overdue, PlanStanding, Tally, Tracker};
use super::{
    comments, completion_dates, dates, doubts, kpis, lines, owner_rating, rating, refs, repeated_passages, status_checks, status_conflicts,
    summaries, totals, truncated,
};
use crate::model::kinds::parse_when;
use crate::model::{Document, Role, Status, Table, TableKind, When, place_of};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// What does not add up in a document, judged by a day or by its own review dates.
#[cfg(test)]
#[must_use]
pub(super) fn notes(document: &Document, as_of: super::AsOf) -> Vec<Note> {
    Insight::of(document, as_of).notes
}

/// The notes of a document whose figures are known already.
pub(super) fn notes_from(document: &Document, insight: &Insight) -> Vec<Note> {
    let mut notes = Noted::default();
    let mut late = insight.overdue.iter().peekable();
    for table in &document.tables {
        if let Some(plan) = insight.plan(table.id) {
            notes.extend(summary_counts(table, plan));
            let tracker = insight.trackers.iter().find(|tracker| tracker.plans == [table.id]);
            let changes = tracker.and_then(|tracker| Some((tracker, summary_changes(table, plan, tracker)?)));
            notes.extend(changes.map(|(tracker, note)| Note { also: previous_column(document, plan, tracker), ..note }));
            notes.extend(review_date_unread(table, plan));
        }
        doubts::collect(table, &mut notes);
        refs::collect(table, &mut notes);
        dates::collect(table, &mut notes);
        while let Some(line) = late.next_if(|line| line.place.table == Some(table.id)) {
            notes.push(overdue_note(table, line, insight));
        }
        if let Some(plan) = insight.plan(table.id) {
            let lines = lines::lines(table);
            status_checks::collect(table, &lines, plan.judged, &insight.overdue, &mut notes);
            completion_dates::collect(table, &lines, plan.judged, &mut notes);
            status_conflicts::collect(table, &mut notes);
            comments::collect(table, &lines, &mut notes);
            repeated_passages::collect(table, &mut notes);
        }
        rating::unclear_tolerances(table, &mut notes);
        owner_rating::conflicts(table, |row| insight.rating(table.id, row), &mut notes);
        totals::collect(table, &mut notes);
        if let Some(tracker) = insight.trackers.iter().find(|tracker| tracker.table == table.id) {
            tracker_totals(table, tracker, &mut notes);
            notes.extend(tracker_counts(table, tracker, insight));
        }
    }
    summaries::collect(document, insight, &mut notes);
    truncated::collect(document, &mut notes);
    kpis::collect(document, &mut notes);
    notes.finish()
}

/// Each stated count that is not the counted one, unless all of them count actions instead of lines.
fn summary_counts(table: &Table, plan: &PlanStanding) -> Vec<Note> {
    let fits = |tally: &Tally| plan.stated.iter().all(|stated| stated.count == tally.get(stated.status));
    if fits(&plan.counts.lines) || fits(&plan.counts.actions) {
        return Vec::new();
    }
    let wrong = plan.stated.iter().filter(|stated| stated.count != plan.counts.lines.get(stated.status));
    let note = wrong.map(|stated| {
        let counted = plan.counts.lines.get(stated.status);
        let message = format!("The summary says {} {}; the plan has {}", stated.count, stated.status.word().to_lowercase(), lines(counted));
        Note::new(Severity::Warning, Code::SummaryCount, summary_place(table, stated.line), message, "Count again, or correct the plan")
    });
    note.collect()
}

/// The stated changes, when they fit no column of the tracker.
fn summary_changes(table: &Table, plan: &PlanStanding, tracker: &Tracker) -> Option<Note> {
    let first = plan.stated.iter().find(|stated| stated.delta.is_some())?;
    // A line without brackets did not change.
    let before = |stated: &super::Stated| (stated.status as usize, signed(stated.count) - stated.delta.unwrap_or(0));
    let implied: Vec<(usize, i64)> = plan.stated.iter().map(before).collect();
    let fits = |tally: &Tally| implied.iter().all(|&(at, count)| signed(tally.get(Status::ALL[at])) == count);
    if tracker.periods.iter().any(|period| fits(&period.counts)) {
        return None;
    }
    let mut all = [0; Status::ALL.len()];
    implied.iter().for_each(|&(at, count)| all[at] = count);
    let since = plan.deltas.as_ref();
    // What is on hold or cancelled is told where there is any.
    let told = Status::ALL.into_iter().filter(|status| {
        let at = *status as usize;
        !status.is_stopped() || all[at] != 0 || since.is_some_and(|deltas| deltas.changes[at] != 0)
    });
    let told: Vec<Status> = told.collect();
    let joined = |text: &dyn Fn(Status) -> String| told.iter().map(|&status| text(status)).collect::<Vec<_>>().join("/");
    let against = since.map_or_else(String::new, |deltas| {
        format!("; against {} the changes are {}", deltas.since, joined(&|status| change(deltas.get(status))))
    });
    let implied = joined(&|status| all[status as usize].to_string());
    let message = format!("The summary's changes fit no column of the tracker: they imply {implied}{against}");
    let order: Vec<String> = told.iter().map(|status| status.word().to_lowercase().replace(" problems", "")).collect();
    let hint = format!("The order is {}. Take the changes from the tracker's previous column", order.join(", "));
    let hint = hint.as_str();
    Some(Note::new(Severity::Warning, Code::SummaryChanges, summary_place(table, first.line), message, hint))
}

/// A review date that cannot be told, and what the plan's ends are judged at instead.
fn review_date_unread(table: &Table, plan: &PlanStanding) -> Option<Note> {
    let field = table.review_field().filter(|field| !field.cell.is_blank() && table.review_date().is_none())?;
    let place = field.source.map_or_else(|| Place::table(table), |(row, column)| field_place(table, row, column));
    let instead = match plan.judged {
        Some(judged) => format!("so ends are judged {}", judged.when()),
        None => "so nothing is called overdue by it".to_owned(),
    };
    let message = format!("The review date “{}” is not a date that can be told, {instead}", field.cell.text);
    Some(Note::new(Severity::Info, Code::ReviewDateUnclear, place, message, "Type it as a day or a month, such as Jan-19"))
}

fn overdue_note(table: &Table, line: &Overdue, insight: &Insight) -> Note {
    let status = line.status.map_or("has no status", |status| match status {
        Status::NotStarted => "is not started",
        Status::MajorProblems => "has major problems",
        Status::MinorProblems => "has minor problems",
        Status::InProgress => "is in progress",
        Status::Complete => "is complete",
        Status::OnHold => "is on hold",
        Status::Cancelled => "is cancelled",
    });
    let when = insight.plan(table.id).and_then(|plan| plan.judged).map_or_else(String::new, |judged| format!(" {},", judged.when()));
    let message = format!("{} is past its end, {},{when} and {status}", line.name, line.end_text);
    let note = Note::new(Severity::Warning, Code::Overdue, line.place.clone(), message, "Update its status, or agree a new end");
    let status =
        line.place.row.and_then(|row| table.position(row)).zip(table.role_position(Role::Status)).filter(|_| line.status.is_some());
    Note { also: status.map(|(row, column)| Place::cell(table, row, column)), ..note }
}

/// Where lines appeared in or vanished from the tracker.
fn tracker_totals(table: &Table, tracker: &Tracker, notes: &mut Noted) {
    for pair in tracker.periods.windows(2) {
        let [before, after] = [&pair[0], &pair[1]].map(|period| period.counts.total());
        if before == after {
            continue;
        }
        let verb = if after > before { "appeared" } else { "went" };
        let message =
            format!("The tracker's total goes from {before} to {after} at {}: {} {verb}", pair[1].heading, lines(after.abs_diff(before)));
        let [before, place] = [&pair[0], &pair[1]].map(|period| tracker_place(table, tracker, period.column));
        let note = Note::new(Severity::Info, Code::TrackerTotal, place, message, "Say in the return what was added or taken out");
        notes.push(note.and(before));
    }
}

/// The tracker's last column, when it is meant for the present and holds other counts.
fn tracker_counts(table: &Table, tracker: &Tracker, insight: &Insight) -> Option<Note> {
    let last = tracker.periods.last()?;
    // A column for a period before the review is history: the present has simply moved on. Today says nothing of when a review is.
    let ended = parse_when(&last.heading).and_then(When::last_day);
    let reviewed = review_of(tracker, insight);
    if tracker.plans.is_empty() || reviewed.zip(ended).is_some_and(|(day, ended)| ended < day) {
        return None;
    }
    let present = insight.present(tracker);
    if last.counts == present || last.counts == actions(insight, tracker) {
        return None;
    }
    let off = Status::ALL.into_iter().zip(changes_between(&last.counts, &present)).filter(|&(_, change)| change != 0);
    let off: Vec<String> = off
        .map(|(status, _)| format!("{} {} against {}", status.word().to_lowercase(), last.counts.get(status), present.get(status)))
        .collect();
    let message = format!("The tracker's last column, {}, differs from the plan's lines: {}", last.heading, off.join(", "));
    let place = tracker_place(table, tracker, last.column);
    Some(Note::new(Severity::Warning, Code::TrackerCounts, place, message, "Bring the column up to date, or add one for this period"))
}

/// When the plans a tracker counts are reviewed, the last of them where they differ.
fn review_of(tracker: &Tracker, insight: &Insight) -> Option<Date> {
    let counted = insight.plans.iter().filter(|plan| tracker.plans.contains(&plan.table));
    counted.filter_map(|plan| plan.judged).filter(|judged| judged.basis != Basis::Today).map(|judged| judged.day).max()
}

/// The actions of the plans a tracker counts.
fn actions(insight: &Insight, tracker: &Tracker) -> Tally {
    let mut sum = Tally::default();
    for plan in insight.plans.iter().filter(|plan| tracker.plans.contains(&plan.table)) {
        plan.counts.actions.iter().for_each(|(status, count)| sum.add(status, count));
    }
    sum
}

fn tracker_place(table: &Table, tracker: &Tracker, column: usize) -> Place {
    debug_assert_eq!(table.kind, TableKind::History);
    tracker.rows.iter().flatten().min().map_or_else(|| Place::table(table), |&row| Place::cell(table, row, column))
}

/// The tracker's column that a plan's changes are counted from.
fn previous_column(document: &Document, plan: &PlanStanding, tracker: &Tracker) -> Option<Place> {
    let since = &plan.deltas.as_ref()?.since;
    let period = tracker.periods.iter().rev().find(|period| period.heading == *since)?;
    Some(tracker_place(document.table(tracker.table)?, tracker, period.column))
}

fn summary_place(table: &Table, line: usize) -> Place {
    let source = table.summary.as_ref().and_then(|summary| summary.lines.get(line)).and_then(|line| line.source);
    source.map_or_else(|| Place::table(table), |(row, column)| field_place(table, row, column))
}

fn field_place(table: &Table, row: u32, column: u32) -> Place {
    Place { address: place_of(&table.sheet, row, column), ..Place::table(table) }
}

fn lines(count: usize) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

fn change(count: i64) -> String {
    if count > 0 { format!("+{count}") } else { count.to_string() }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::seed;
    use super::*;
    use crate::model::kinds::Kind;
    use crate::model::{Cell, RowKind};

    fn check(document: &Document, expected: Expect) {
        let line = |note: &Note| {
            let also = note.also.as_ref().map_or_else(String::new, |also| format!(" and {}", also.address));
            format!("{:?} {} {}{also}: {}\n", note.severity, note.code, note.place.address, note.message)
        };
        expected.assert_eq(&notes(document, crate::insight::AsOf::default()).iter().map(line).collect::<String>());
    }

    /// The seed with a summary and a tracker that agree, before anything is overdue.
    fn clean() -> Document {
        let mut document = seed::document();
        document.tables[0]
            .summary
            .as_mut()
            .expect("a summary")
            .lines
            .iter_mut()
            .zip(["5 (0)", "0", "1 (-1)", "15 (-1)", "14 (+2)"])
            .for_each(|(line, text)| line.cell = Cell::text(text));
        document.tables[0].fields[2].cell = Kind::Date.enter("15/10/2017");
        for row in document.tables[1].rows.iter_mut() {
            row.cells.drain(1..6);
        }
        document.tables[1].columns.drain(1..6);
        document
    }

    #[test]
    fn a_clean_document_has_no_warnings() {
        check(
            &clean(),
            expect![[r#"
            Info complete_ongoing Action Plan!D51 and Action Plan!E51: 3.1.5 is complete, though its end is On-going
            Info complete_ongoing Action Plan!D55 and Action Plan!E55: 3.2.3 is complete, though its end is On-going
        "#]],
        );
        check(&Document::default(), expect![""]);
    }

    #[test]
    fn the_seed_says_what_does_not_add_up() {
        check(
            &seed::document(),
            expect![[r#"
                Warning summary_changes Action Plan!C9 and Progress Tracker!G18: The summary's changes fit no column of the tracker: they imply 8/0/2/24/3; against Oct 18 the changes are 0/0/-1/-1/+2
                Warning overdue Action Plan!D21 and Action Plan!E21: 1.1.2 is past its end, Sep-18, at the plan's review date, 31 January 2019, and is in progress
                Warning overdue Action Plan!D28 and Action Plan!E28: 1.3.1 is past its end, Aug-18, at the plan's review date, 31 January 2019, and is not started
                Warning overdue Action Plan!D29 and Action Plan!E29: 1.3.2 is past its end, Dec-17, at the plan's review date, 31 January 2019, and is in progress
                Warning overdue Action Plan!D30 and Action Plan!E30: 1.3.3 is past its end, Apr-18, at the plan's review date, 31 January 2019, and is in progress
                Warning overdue Action Plan!D34 and Action Plan!E34: 2.2.1 is past its end, Jul-18, at the plan's review date, 31 January 2019, and is in progress
                Warning overdue Action Plan!D45 and Action Plan!E45: 2.4.2 is past its end, Dec-18, at the plan's review date, 31 January 2019, and has minor problems
                Warning overdue Action Plan!D49 and Action Plan!E49: 3.1.3 is past its end, Aug-18, at the plan's review date, 31 January 2019, and is in progress
                Warning overdue Action Plan!D60 and Action Plan!E60: 3.3.3 is past its end, Jul-18, at the plan's review date, 31 January 2019, and is in progress
                Warning overdue Action Plan!D62 and Action Plan!E62: 3.4.1 is past its end, Jan-18, at the plan's review date, 31 January 2019, and is in progress
                Warning overdue Action Plan!D70 and Action Plan!E70: 4.3.1 is past its end, Aug-18, at the plan's review date, 31 January 2019, and is not started
                Info not_started_late Action Plan!E38 and Action Plan!C38: 2.3.2 was to start Aug-17 and is not started at the plan's review date, 31 January 2019
                Info not_started_late Action Plan!E44 and Action Plan!C44: 2.4.1 was to start Aug-17 and is not started at the plan's review date, 31 January 2019
                Info complete_ongoing Action Plan!D51 and Action Plan!E51: 3.1.5 is complete, though its end is On-going
                Info complete_ongoing Action Plan!D55 and Action Plan!E55: 3.2.3 is complete, though its end is On-going
                Info not_started_late Action Plan!E56 and Action Plan!C56: 3.2.4 was to start Jul-17 and is not started at the plan's review date, 31 January 2019
                Info tracker_total Progress Tracker!E18 and Progress Tracker!D18: The tracker's total goes from 33 to 35 at May 18: 2 lines appeared
            "#]],
        );
    }

    #[test]
    fn counts_that_differ_are_said() {
        let mut document = clean();
        let table = &mut document.tables[0];
        let at = table.rows.iter().position(|row| row.cells.first().is_some_and(|cell| &*cell.text == "3.2.4")).expect("the action");
        table.rows[at].cells[4] = Kind::Status.enter("Complete");
        document.tables[0].rows.retain(|row| row.kind != RowKind::Group);
        check(
            &document,
            expect![[r#"
                Warning summary_count Action Plan!C9: The summary says 5 not started; the plan has 4 lines
                Warning summary_count Action Plan!C13: The summary says 14 complete; the plan has 15 lines
                Info complete_ongoing Action Plan!D51 and Action Plan!E51: 3.1.5 is complete, though its end is On-going
                Info complete_ongoing Action Plan!D55 and Action Plan!E55: 3.2.3 is complete, though its end is On-going
                Info complete_ongoing Action Plan!D56 and Action Plan!E56: 3.2.4 is complete, though its end is On-going
                Warning tracker_counts Progress Tracker!H18: The tracker's last column, Jan-19, differs from the plan's lines: not started 5 against 4, complete 14 against 15
            "#]],
        );
    }

    #[test]
    fn cells_that_cannot_be_told_are_said() {
        let mut document = Document::default();
        let mut plan = seed::plan();
        plan.summary = None;
        plan.rows.truncate(4);
        plan.rows[2].cells[2] = Kind::Date.enter("17/08/2024");
        plan.rows[3].cells[4] = Kind::Status.enter("Wobbling");
        plan.rows[3].cells[3] = Cell::default();
        plan.fields[2].cell = Cell::text("every spring");
        document.append(vec![plan, seed::recommendations()]);
        check(
            &document,
            expect![[r#"
                Info review_date_unclear Action Plan!C6: The review date “every spring” is not a date that can be told, so nothing is called overdue by it
                Warning status_unknown Action Plan!E21: “Wobbling” is not one of the statuses Not started, Major problems, Minor problems, In progress, Complete, On hold, Cancelled
                Warning outside_duration Action Plan!C20: 17/08/2024 of 1.1.1 is after the plan's duration, 2017-2020
                Info status_in_date_column Recommendations!C19: Build a course has the status “Complete” in place of a date
                Info status_in_date_column Recommendations!C20: Appoint a lead has the status “Complete” in place of a date
                Warning date_unclear Recommendations!C22: “December 201” is not a date that can be told
            "#]],
        );
    }
}
