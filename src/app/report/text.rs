//! What `check` says, for people: short sections, plain sentences, one line a thing.

use std::fmt::Write as _;

use super::all_notes;
use crate::insight::{Deltas, Insight, Overdue, PlanStanding, Rating, StatusCounts};
use crate::model::{Document, Role, RowKind, Status, Table, TableKind, harmless};
use crate::notes::{Code, Note, Severity};

/// What was read, counted, rated and noticed.
#[must_use]
pub fn text(document: &Document, notes: &[Note], insight: &Insight) -> String {
    let mut out = String::new();
    put(&mut out, document.name());
    if let Some(marking) = &document.marking {
        put(&mut out, &format!("marked {}", marking.told()));
    }
    section(&mut out, "Read", document.tables.iter().map(|table| read(table, insight)));
    if insight.counts.line_count > 0 {
        section(&mut out, "Status of lines", statuses(insight));
    }
    if let Some(deltas) = deltas(insight) {
        put(&mut out, &format!("  changes are since {}", deltas.since));
    }
    section(&mut out, "KPIs", document.of_kind(TableKind::Kpi).flat_map(|table| ratings(table, insight)));
    for group in insight.overdue_by_day(document) {
        let none = group.late.is_empty().then(|| "Nothing".to_owned());
        section(&mut out, &group.title, group.late.into_iter().map(late_line).chain(none));
    }
    let notes = all_notes(notes, insight);
    section(&mut out, "Notes", notes.into_iter().filter(|note| note.code != Code::Overdue).map(note_line));
    out
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        put(out, "");
        put(out, title);
    }
    for line in lines {
        put(out, &format!("  {line}"));
    }
}

fn put(out: &mut String, line: &str) {
    writeln!(out, "{}", harmless(line)).expect("a string takes what is written to it");
}

fn read(table: &Table, insight: &Insight) -> String {
    let rows = table.rows.iter().filter(|row| row.is_line()).count();
    let holds = match table.kind {
        TableKind::Plan => {
            let counts = insight.plan(table.id).map_or_else(StatusCounts::default, |plan| plan.counts);
            format!("plan, {} in {}", number(counts.action_count, "action"), number(counts.line_count, "line"))
        }
        TableKind::Kpi => number(table.rows.iter().filter(|row| row.kind == RowKind::Entry).count(), "KPI"),
        TableKind::History => {
            let periods = insight.trackers.iter().find(|tracker| tracker.table == table.id).map_or(0, |tracker| tracker.periods.len());
            format!("history, {}", number(periods, "period"))
        }
        TableKind::Register => number(rows, "row"),
    };
    let sheet = if table.sheet == table.name { String::new() } else { format!(" (sheet {})", table.sheet) };
    format!("{}{sheet}: {holds}{}", table.name, insight.hidden_words(table.id))
}

fn statuses(insight: &Insight) -> impl Iterator<Item = String> {
    let deltas = deltas(insight).map(|deltas| deltas.changes);
    let counts = insight.counts;
    let lines = counts.lines.listed().map(move |(status, count)| {
        let change = deltas.map(|deltas| deltas[status as usize]).filter(|&change| change != 0);
        let change = change.map_or_else(String::new, |change| format!(" ({change:+})"));
        format!("{:<15}{count:>5}{change}", status.word())
    });
    let without = (counts.without_status > 0).then(|| format!("{:<15}{:>5}", "No status", counts.without_status));
    lines.chain(without)
}

/// The changes of the only plan; the counts of several are not compared with the tracker of one.
fn deltas(insight: &Insight) -> Option<&Deltas> {
    match &insight.plans[..] {
        [PlanStanding { deltas, .. }] => deltas.as_ref(),
        _ => None,
    }
}

fn ratings<'a>(table: &'a Table, insight: &'a Insight) -> impl Iterator<Item = String> + 'a {
    let entries = table.rows.iter().filter(|row| row.kind == RowKind::Entry);
    entries.filter_map(|row| {
        let rated = insight.rating(table.id, row.id)?;
        let name = match table.cell(row, Role::Ref).filter(|cell| !cell.is_blank()) {
            Some(number) => format!("{} {}", table.name, number.text),
            None => table.name_of(row),
        };
        let word = match rated.rating {
            Rating::Green => "Green",
            Rating::Amber => "Amber",
            Rating::Red => "Red",
            Rating::Grey => "Grey",
        };
        Some(format!("{word:<6}{name}: {}", rated.why))
    })
}

fn late_line(late: &Overdue) -> String {
    let status = late.status.map_or("no status", Status::word);
    format!("{}: ended {}, {}", late.name, late.end_text, status.to_lowercase())
}

fn note_line(note: &Note) -> String {
    let severity = match note.severity {
        Severity::Info => "",
        Severity::Warning => "Warning: ",
        Severity::Problem => "Problem: ",
    };
    let also = note.also.as_ref().map_or_else(String::new, |also| format!(" and {}", also.address));
    let more = if note.cells.len() > 1 { format!(" and {} more", note.cells.len() - 1) } else { String::new() };
    let place = if note.place.address.is_empty() { String::new() } else { format!("{}{also}{more}: ", note.place.address) };
    format!("{place}{severity}{}", note.message)
}

fn number(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::insight::{AsOf, seed};

    fn check(document: &Document, expected: Expect) {
        expected.assert_eq(&text(document, &[], &Insight::of(document, AsOf::default())));
    }

    #[test]
    fn the_seed_is_told_plainly() {
        check(
            &seed::document(),
            expect![[r#"
                Good Neighbours Plan

                Read
                  Action Plan: plan, 34 actions in 35 lines
                  Progress Tracker: history, 7 periods
                  KPIs 2023-24: 13 KPIs
                  KPIs 2021-22: 8 KPIs

                Status of lines
                  Not started        5
                  Major problems     0
                  Minor problems     1 (-1)
                  In progress       15 (-1)
                  Complete          14 (+2)
                  changes are since Oct 18

                KPIs
                  Green KPIs 2023-24 1: 0% meets the target of 0%
                  Amber KPIs 2023-24 2: 90% falls short of the target of 100% by 10% of it, within the 10% allowed; higher is assumed to be better
                  Red   KPIs 2023-24 3: 79% falls short of the target of 90% by 12.22% of it, more than the 10% allowed; higher is assumed to be better
                  Red   KPIs 2023-24 4: 88% falls short of the target of 100% by 12% of it, more than the 10% allowed; higher is assumed to be better
                  Amber KPIs 2023-24 5: 95% falls short of the target of 100% by 5% of it, within the 10% allowed; higher is assumed to be better
                  Green KPIs 2023-24 6: 100% meets the target of 100%; higher is better, as its name says “on time”
                  Grey  KPIs 2023-24 7: There is no figure yet: the KPI is new
                  Grey  KPIs 2023-24 8: The target is a direction (up), not a number
                  Red   KPIs 2023-24 9: A fall of 9% falls short of the target of a fall of 20% by 55% of it, more than the 10% allowed
                  Red   KPIs 2023-24 10: 84% falls short of the target of 100% by 16% of it, more than the 10% allowed; higher is assumed to be better
                  Grey  KPIs 2023-24 11: There is no figure yet: the KPI is new
                  Red   KPIs 2023-24 12: 70% falls short of the target of 100% by 30% of it, more than the 10% allowed; higher is assumed to be better
                  Amber KPIs 2023-24 13: 85% falls short of the target of 90% by 5.56% of it, within the 10% allowed; higher is assumed to be better
                  Grey  Every school is good: The target is a direction (maintain), not a number
                  Grey  Share of EHC plans on time: The target is a direction (maintain), not a number
                  Grey  Family help plans still open: >12 months >24 months: The current value holds several figures
                  Grey  People sleeping outdoors (count and share): The target is a direction (down), not a number
                  Grey  How people rate their lives: The current value holds several figures
                  Grey  Adults at risk: The target is a direction (maintain), not a number
                  Grey  Mean energy score: The target is a direction (up), not a number
                  Grey  Fire risk assessments: The target is a direction (maintain), not a number

                Overdue at the plan's review date, 31 January 2019
                  1.1.2: ended Sep-18, in progress
                  1.3.1: ended Aug-18, not started
                  1.3.2: ended Dec-17, in progress
                  1.3.3: ended Apr-18, in progress
                  2.2.1: ended Jul-18, in progress
                  2.4.2: ended Dec-18, minor problems
                  3.1.3: ended Aug-18, in progress
                  3.3.3: ended Jul-18, in progress
                  3.4.1: ended Jan-18, in progress
                  4.3.1: ended Aug-18, not started

                Notes
                  Action Plan!C9 and Progress Tracker!G18: Warning: The summary's changes fit no column of the tracker: they imply 8/0/2/24/3; against Oct 18 the changes are 0/0/-1/-1/+2
                  Action Plan!E38 and Action Plan!C38: 2.3.2 was to start Aug-17 and is not started at the plan's review date, 31 January 2019
                  Action Plan!E44 and Action Plan!C44: 2.4.1 was to start Aug-17 and is not started at the plan's review date, 31 January 2019
                  Action Plan!D51 and Action Plan!E51: 3.1.5 is complete, though its end is On-going
                  Action Plan!D55 and Action Plan!E55: 3.2.3 is complete, though its end is On-going
                  Action Plan!E56 and Action Plan!C56: 3.2.4 was to start Jul-17 and is not started at the plan's review date, 31 January 2019
                  Progress Tracker!E18 and Progress Tracker!D18: The tracker's total goes from 33 to 35 at May 18: 2 lines appeared
            "#]],
        );
        check(
            &Document::default(),
            expect![[r#"
            Untitled plan
        "#]],
        );
    }
}
