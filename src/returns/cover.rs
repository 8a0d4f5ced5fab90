//! The cover of a return: header fields, the RAG key with counts and changes, what the plan itself states, and the sheets.

use super::{
    counting::{Counting, Counts},
    headline, live_counts, parts,
    placement::Placed,
    sheet::Sheet,
    style::Style,
};
use crate::{
    insight::{self, AsOf, Report, StatusCounts, Tracker},
    model::{Document, Field, General, Marking, Status, Stored, Summary, Table, TableKind, serial_from_date},
    workbook::{Content, Page, keys::Part, sentinels},
};

const LAST_COLUMN: u16 = 5;
/// A change is shown with its sign.
const CHANGE: &str = "+0;-0;0";

/// The page. `others` are the names of the sheets that are worked out, for the contents.
pub(super) fn page<'doc>(
    report: &Report<'doc>,
    (placed, counting): (&[Placed<'doc>], &Counting<'_>),
    others: &[&str],
    name: String,
) -> Page<'doc> {
    let (document, as_of) = (report.document, report.as_of);
    let mut sheet = Sheet::keyed(name, usize::from(LAST_COLUMN) + 1);
    for (column, width) in [30.0, 23.0, 18.0, 26.0, 16.0, 34.0].into_iter().enumerate() {
        sheet.widen(column, width);
    }
    let marking = document.marking.as_ref().map(Marking::words).filter(|words| !words.is_empty());
    let top = u32::from(marking.is_some());
    if let Some(words) = marking {
        sheet.put(0, 0, Content::Owned(words.clone()), Style::Label);
        sheet.merge_across(0, 0, LAST_COLUMN);
    }
    sheet.put(top, 0, Content::Owned(document.name().to_owned()), Style::Title);
    sheet.merge_across(top, 0, LAST_COLUMN);
    sheet.text(top + 1, 0, sentinels::COVER_LINE, Style::Remark);
    if let Some(date) = report.insight.as_of {
        let stored = Stored { number: serial_from_date(date), format: "\"as at \"d mmmm yyyy".into() };
        sheet.put(top + 1, 1, Content::Stored(stored), Style::Remark);
    }
    sheet.next = top + 3;
    headline::lay(&mut sheet, report, &counting.all());
    let trackers = insight::trackers(document);
    for placed in placed.iter().filter(|placed| placed.part.first) {
        let table = placed.part.table;
        if table.kind == TableKind::Plan || !table.fields.is_empty() || table.summary.is_some() {
            // What stands above the first of several sheets is about that sheet.
            let (counts, above) = (counting.whole(table.id), counting.on_sheet(table.id, 0));
            lay_fields(&mut sheet, placed, &above);
            // Only a tracker that counts this plan alone can say how its counts changed.
            let tracker = trackers.iter().find(|tracker| tracker.plans == [table.id]);
            lay_key(&mut sheet, table, (&counts, &above, tracker), past_their_end(document, table, as_of));
        }
    }
    lay_contents(&mut sheet, placed, others);
    sheet.keep_runs_together();
    sheet.page
}

/// The header fields of a table, below its name and its sheet's.
fn lay_fields<'doc>(sheet: &mut Sheet<'doc>, placed: &Placed<'doc>, counts: &Counts) {
    let table = placed.part.table;
    let heads = [(sentinels::BLOCK, &table.name), (sentinels::BLOCK_SHEET, &placed.sheet)];
    for ((label, text), style) in heads.into_iter().zip([Style::Section, Style::Detail]) {
        sheet.text(sheet.next, 0, label, style);
        sheet.put(sheet.next, 1, Content::Owned(text.clone()), style);
        sheet.merge_across(sheet.next, 1, LAST_COLUMN);
        sheet.key(sheet.next, table.id, Part::Above);
        sheet.next += 1;
    }
    for field in parts::shown(&table.fields) {
        sheet.text(sheet.next, 0, &field.label, Style::Label);
        lay_value(sheet, (sheet.next, 1), field, counts, Style::Value);
        sheet.merge_across(sheet.next, 1, LAST_COLUMN);
        sheet.next += 1;
    }
    sheet.next += 1;
}

/// A labelled value: a count that was a formula as it is now, anything else as it stands.
fn lay_value<'doc>(sheet: &mut Sheet<'doc>, (row, column): (u32, u16), field: &'doc Field, counts: &Counts, style: Style) {
    match live_counts::field_now(field, counts) {
        Some(now) => sheet.put(row, column, now, style),
        None => sheet.cell(row, column, &field.cell, style),
    }
}

/// How many lines of a plan are past their end, below words that say when that is judged.
fn past_their_end(document: &Document, table: &Table, as_of: AsOf) -> Option<(String, usize)> {
    let judged = insight::judged(document, table, as_of).filter(|_| table.kind == TableKind::Plan)?;
    // No formula counts it, and the return may be changed, or read on another day.
    Some((format!("Past their end {}", judged.when_written()), insight::overdue(table, judged.day).len()))
}

/// The RAG key with what is counted now, what is `late` last, and beside it what the plan states.
fn lay_key<'doc>(
    sheet: &mut Sheet<'doc>,
    table: &'doc Table,
    (live, above, tracker): (&Counts, &Counts, Option<&Tracker>),
    late: Option<(String, usize)>,
) {
    let counts = insight::counts(table);
    let change = tracker.and_then(|tracker| insight::deltas(tracker, &counts.lines));
    if let Some(summary) = table.summary.as_ref().filter(|summary| !summary.title.is_empty()) {
        sheet.text(sheet.next, 0, &summary.title, Style::Label);
        sheet.next += 1;
    }
    let row = sheet.next;
    sheet.text(row, 0, sentinels::KEY, Style::Header);
    sheet.text(row, 1, sentinels::LINES_NOW, Style::Header);
    if let Some(change) = &change {
        sheet.put(row, 2, Content::Owned(format!("Change since {}", change.since)), Style::Header);
    }
    if table.summary.is_some() {
        sheet.text(row, 3, sentinels::AS_STATED, Style::Header);
        sheet.text(row, 4, "", Style::Header);
    }
    let ours = key_rows(&counts, late);
    let stated = table.summary.as_ref().map_or_else(Vec::new, beside_key);
    for at in 0..ours.len().max(stated.len()) {
        let row = row + 1 + at as u32;
        if let Some((status, word, count)) = ours.get(at) {
            sheet.put(row, 0, Content::Owned(word.clone()), status.map_or(Style::Label, Style::Status));
            // Counted by formulas, the counts follow what is changed in the return.
            let formula = match status {
                Some(status) => live.formula(*status).map(str::to_owned),
                None => (at == Status::ALL.len()).then(|| format!("=SUM(B{}:B{row})", row + 1 - Status::ALL.len() as u32)),
            };
            let (is_live, count) = (formula.is_some(), *count as f64);
            sheet.put(row, 1, formula.map_or_else(|| number(count, General), |formula| counted(formula, count, General)), Style::Centre);
            if let (Some(change), &Some(status)) = (&change, status) {
                let by = change.get(status) as f64;
                let content = if is_live { counted(format!("=B{}-{}", row + 1, count - by), by, CHANGE) } else { number(by, CHANGE) };
                sheet.put(row, 2, content, Style::Centre);
            }
        }
        if let Some(line) = stated.get(at).copied().flatten() {
            sheet.text(row, 3, &line.label, Style::Body);
            lay_value(sheet, (row, 4), line, above, Style::Centre);
        }
        sheet.next = row + 2;
    }
}

/// The stated lines, each beside its status where they follow the order of the key, one under another otherwise.
fn beside_key(summary: &Summary) -> Vec<Option<&Field>> {
    let lines: Vec<&Field> = summary.lines.iter().filter(|line| !line.label.is_empty() || !line.cell.is_blank()).collect();
    let statuses: Option<Vec<Status>> = lines.iter().map(|line| Status::parse(&line.label)).collect();
    match statuses.filter(|statuses| statuses.is_sorted_by(|a, b| a < b)) {
        Some(statuses) => {
            let stated = |status| statuses.iter().position(|held| *held == status).map(|at| lines[at]);
            Status::ALL.map(stated).into()
        }
        None => lines.into_iter().map(Some).collect(),
    }
}

/// Every table and its sheet, and the sheets that are worked out, each with a link.
fn lay_contents<'doc>(sheet: &mut Sheet<'doc>, placed: &[Placed<'doc>], others: &[&str]) {
    for (column, heading) in (0..).zip(sentinels::CONTENTS).filter(|_| !placed.is_empty()) {
        sheet.text(sheet.next, column, heading, Style::Header);
    }
    for placed in placed {
        sheet.next += 1;
        sheet.put(sheet.next, 0, Content::Link { text: placed.sheet.clone(), sheet: placed.sheet.clone() }, Style::Link);
        sheet.text(sheet.next, 1, &placed.part.table.name, Style::Body);
        sheet.merge_across(sheet.next, 1, LAST_COLUMN);
        sheet.key(sheet.next, placed.part.table.id, Part::Above);
    }
    if placed.is_empty() || others.is_empty() {
        return;
    }
    sheet.next += 2;
    sheet.text(sheet.next, 0, sentinels::ALSO, Style::Header);
    for &name in others {
        sheet.next += 1;
        sheet.put(sheet.next, 0, Content::Link { text: name.to_owned(), sheet: name.to_owned() }, Style::Link);
    }
}

/// A formula with what it gives now.
fn counted<'doc>(formula: String, now: f64, format: &str) -> Content<'doc> {
    Content::Formula { formula, now: Stored { number: now, format: format.into() } }
}

fn number<'doc>(number: f64, format: &str) -> Content<'doc> {
    Content::Stored(Stored { number, format: format.into() })
}

/// The rows of the key: the statuses, the sums, and what is late.
fn key_rows(counts: &StatusCounts, late: Option<(String, usize)>) -> Vec<(Option<Status>, String, usize)> {
    let statuses = counts.lines.iter().map(|(status, count)| (Some(status), status.word().to_owned(), count));
    let sums =
        [("All status lines", counts.lines.total()), ("Actions", counts.action_count), ("Actions without a status", counts.without_status)];
    let sums = sums.map(|(words, count)| (words.to_owned(), count));
    statuses.chain(sums.into_iter().chain(late).map(|(words, count)| (None, words, count))).collect()
}
