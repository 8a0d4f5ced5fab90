//! The headings over a table, in one row or more, and what kind of table they head. Looks no further down than the row below.

use super::{
    content::{MOST_JUDGED, is_mark},
    heading_rows::may_be_heading,
    indicators::heads_indicators,
    words::{self, Subject, is_period, role_of},
};
use crate::{
    model::{Role, Status, TableKind},
    workbook::{RawCell, RawRow, RawSheet},
};

/// One heading, over one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub column: u16,
    /// The upper of two rows, where a heading stands in two.
    pub parent: Box<str>,
    pub child: Box<str>,
}

impl Label {
    /// As shown: `Timescale: Start`.
    pub(super) fn words(&self) -> String {
        let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        match (&*self.parent, &*self.child) {
            ("", child) => child.trim().to_owned(),
            (parent, "") => parent.trim().to_owned(),
            (parent, child) => format!("{}: {}", clean(parent).trim_end_matches(':'), clean(child)),
        }
    }
}

/// The headings of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Sheet rows, zero-based, both included.
    pub first: u32,
    pub last: u32,
    pub labels: Vec<Label>,
}

impl Header {
    /// Whether a row says these headings again, or the upper or lower ones of two rows.
    pub(super) fn is_said_by(&self, row: &RawRow) -> bool {
        let says = |label: &Label, text: &str| words::same_heading(&label.child, text) || words::same_heading(&label.parent, text);
        row.cells.len() >= 2
            && row.cells.iter().all(|cell| self.labels.iter().any(|label| label.column == cell.column && says(label, &cell.text)))
    }
}

/// What a table with these headings holds, and what it is about.
pub(super) fn kind_of(labels: &[Label]) -> (TableKind, Option<Subject>) {
    let labels = &labels[..labels.len().min(MOST_JUDGED)];
    let headed: Vec<(String, Option<Role>)> = labels.iter().map(|label| (label.words(), plain_role(label, None))).collect();
    if heads_indicators(&headed) {
        return (TableKind::Kpi, Some(Subject::Kpi));
    }
    kind_by_roles(labels)
}

/// The same by the roles that headings name, none of which is an indicator's beyond doubt.
fn kind_by_roles(labels: &[Label]) -> (TableKind, Option<Subject>) {
    // Counts of statuses, a row a period.
    let acts = labels.iter().any(|label| matches!(plain_role(label, None), Some(Role::Action | Role::Lead | Role::End | Role::Comment)));
    if !acts && labels.len() <= 10 && names_statuses(labels) {
        return (TableKind::History, None);
    }
    let timeless = |label: &&Label| !is_period(&label.child);
    let mut roles: Vec<Role> = labels.iter().filter(timeless).filter_map(|label| plain_role(label, None)).collect();
    // How likely it is stands beside what is done about it, or how severe it would be, in a risk register alone.
    let says = |words: &[&str]| labels.iter().any(|label| words.contains(&&*super::heading_text::plain(&label.words())));
    if roles.contains(&Role::Likelihood) && (roles.contains(&Role::Mitigation) || says(&["severity", "consequence"])) {
        roles.push(Role::Impact);
    }
    let has = |role: Role| roles.contains(&role);
    let count = |wanted: &[Role]| wanted.iter().filter(|role| has(**role)).count();
    let periods = labels.iter().filter(|label| is_period(&label.parent) || is_period(&label.child)).count();
    let measured = has(Role::Current) || has(Role::Target) || periods >= 2 || has(Role::Rating);
    let about = count(&[Role::Start, Role::End, Role::Lead, Role::Status, Role::Measure, Role::Comment, Role::Progress, Role::Priority]);
    // What is recommended or committed to is to be done.
    let recommends = labels.iter().any(|label| {
        let words = super::heading_text::plain(&label.words());
        words.contains("recommendation") || words.contains("commitment")
    });
    let place = |role: Role| labels.iter().position(|label| plain_role(label, None) == Some(role));
    // An action with a date is a plan's, whatever indicator stands beside it.
    let acts_first = has(Role::Action) && (has(Role::End) || has(Role::Start)) && place(Role::Action) < place(Role::Kpi);
    if (has(Role::Likelihood) && has(Role::Impact))
        || (has(Role::Risk)
            && !has(Role::Action)
            && !recommends
            && count(&[Role::Likelihood, Role::Impact, Role::Score, Role::Mitigation]) > 0)
        || (has(Role::Risk) && !recommends && count(&[Role::Likelihood, Role::Impact, Role::Score]) > 0)
    {
        return (TableKind::Register, Some(Subject::Risk));
    }
    // What is due, led and reported on is a plan, though it names an indicator.
    let told = count(&[Role::Lead, Role::Status, Role::Budget, Role::Comment, Role::Progress]);
    let planned = has(Role::End)
        && told >= if has(Role::Target) { 3 } else { 2 }
        && periods < 2
        && labels.first().is_none_or(|label| plain_role(label, None) != Some(Role::Kpi));
    // Rows of figures by period, which nobody leads and nothing ends.
    let figures = !has(Role::Status) || has(Role::Target) || has(Role::Current);
    let leads = named_at_all(&roles) || place(Role::Target) == Some(0);
    if periods >= 3 && !has(Role::End) && !has(Role::Lead) && figures && leads && !(has(Role::Action) && has(Role::Status)) {
        return (TableKind::Kpi, Some(Subject::Kpi));
    }
    let rated =
        !has(Role::Action) && !has(Role::End) && !has(Role::Lead) && !has(Role::Budget) && has(Role::Status) && place(Role::Kpi) <= Some(1);
    if has(Role::Kpi) && !acts_first && !planned && (measured || rated || count(&[Role::Unit, Role::Polarity, Role::Trend]) > 0) {
        return (TableKind::Kpi, Some(Subject::Kpi));
    }
    if place(Role::Measure) <= Some(1) && measures(&roles, periods) {
        return (TableKind::Kpi, Some(Subject::Kpi));
    }
    // A sentence may speak of doing without being about actions.
    let acts =
        labels.iter().filter_map(|label| spoken_role(label, None)).any(|(role, surety)| role == Role::Action && surety != words::HINTED);
    if (acts || recommends) && about > 0 {
        return (TableKind::Plan, Some(Subject::Plan));
    }
    // Two periods of what is measured, and nobody to do anything.
    let unled = !has(Role::Action) && !has(Role::End) && !has(Role::Lead) && !has(Role::Status);
    if periods >= 2 && unled && (has(Role::Measure) || has(Role::Kpi)) {
        return (TableKind::Kpi, Some(Subject::Kpi));
    }
    let named = has(Role::Action)
        || (planned && has(Role::Kpi))
        || count(&[Role::Measure, Role::Description, Role::Theme, Role::Kpi]) > 0
        || says(&["name", "title"]);
    let counted = has(Role::Target) && (has(Role::Current) || periods > 0);
    if named && (counted || periods >= 3) && (!has(Role::Status) || periods > 1) && !has(Role::End) {
        return (TableKind::Kpi, Some(Subject::Kpi));
    }
    // Without an action, what is said of the rows must be what is said of actions.
    let about = count(&[Role::End, Role::Lead, Role::Comment, Role::Measure]);
    if named && ((has(Role::Status) || has(Role::Progress)) && about >= 1 || about >= 3) {
        return (TableKind::Plan, Some(Subject::Plan));
    }
    (TableKind::Register, None)
}

/// Whether what is measured against a target, with a figure, neither begins nor ends: an indicator, though somebody may answer for it.
fn measures(roles: &[Role], periods: usize) -> bool {
    let has = |role: Role| roles.contains(&role);
    let figured = has(Role::Target) && (has(Role::Current) || (periods > 0 && !has(Role::Lead)));
    has(Role::Measure) && figured && ![Role::Kpi, Role::Action, Role::End, Role::Start].into_iter().any(has)
}

/// Whether headings name statuses, as those of a tracker with a row a period do.
pub(super) fn names_statuses(labels: &[Label]) -> bool {
    labels.iter().skip(1).filter(|label| label.child.len() > 1 && Status::parse(&label.child).is_some()).count() >= 3
}

/// Whether a column names the rows.
fn named_at_all(roles: &[Role]) -> bool {
    const NAMES: [Role; 6] = [Role::Kpi, Role::Measure, Role::Action, Role::Description, Role::Theme, Role::Risk];
    roles.iter().any(|role| NAMES.contains(role))
}

/// The role of a heading by its words: the lower row's first, then both together, then the upper row's.
pub(super) fn plain_role(label: &Label, subject: Option<Subject>) -> Option<Role> {
    spoken_role(label, subject).map(|(role, _)| role)
}

/// The same, with how sure it is.
pub(super) fn spoken_role(label: &Label, subject: Option<Subject>) -> Option<(Role, words::Surety)> {
    if label.parent.is_empty() || label.child.is_empty() {
        return role_of(if label.child.is_empty() { &label.parent } else { &label.child }, subject);
    }
    let rated = || matches!(role_of(&label.parent, subject), Some((Role::Status | Role::Rating | Role::Target, _)));
    if words::is_other(&label.child) && !rated() {
        return None;
    }
    // `Impact: Total` is the impact.
    let parent = role_of(&label.parent, subject).filter(|(role, _)| matches!(role, Role::Impact | Role::Likelihood));
    if let Some(parent) =
        parent.filter(|_| matches!(&*super::heading_text::plain(&label.child), "total" | "score" | "rating" | "value" | "level"))
    {
        return Some(parent);
    }
    let both = || role_of(&format!("{} {}", label.parent, label.child), subject);
    let child = role_of(&label.child, subject).filter(|(_, surety)| *surety > 0.7);
    child.or_else(both).or_else(|| role_of(&label.child, subject)).or_else(|| role_of(&label.parent, subject))
}

/// The header that begins in or around a row: two rows where headings stand over others.
pub(super) fn header_at(grid: &RawSheet, at: usize) -> Header {
    let row = &grid.rows[at];
    let above = at.checked_sub(1).map(|above| &grid.rows[above]).filter(|above| above.row + 1 == row.row);
    if let Some(parents) = above.filter(|parents| is_parent_of(grid, parents, row)) {
        return two_rows(grid, parents, row);
    }
    let next = |at: usize| grid.rows.get(at + 1).filter(|below| below.row == grid.rows[at].row + 1);
    if let Some(children) = next(at).filter(|children| is_parent_of(grid, row, children)) {
        let two = two_rows(grid, row, children);
        let third = next(at + 1).filter(|third| is_parent_of(grid, children, third));
        return third.map_or_else(|| two.clone(), |third| three_rows(&two, &two_rows(grid, children, third)));
    }
    let label = |cell: &RawCell| Label { column: cell.column, parent: "".into(), child: cell.text.clone() };
    Header { first: row.row, last: row.row, labels: row.cells.iter().map(label).collect() }
}

/// The last column a cell reaches over in its row.
fn reach(grid: &RawSheet, row: u32, column: u16) -> u16 {
    grid.merge_at(row, column).map_or(column, |merge| merge.last.1)
}

/// Whether a row holds headings over those of the row below it.
fn is_parent_of(grid: &RawSheet, parents: &RawRow, children: &RawRow) -> bool {
    if children.cells.is_empty() || !children.cells.iter().chain(&parents.cells).all(may_be_heading) {
        return false;
    }
    let spans: Vec<(u16, u16)> = parents.cells.iter().map(|cell| (cell.column, reach(grid, parents.row, cell.column))).collect();
    let widest = spans.iter().filter(|(first, last)| last > first).count();
    let width = children.cells.last().map_or(0, |last| last.column) - children.cells[0].column;
    if widest > 0 {
        // A banner over the whole table is its title.
        let banner = spans.len() == 1 && ((spans[0].1 - spans[0].0 >= width && width > 1) || spans[0].0 <= children.cells[0].column);
        let under = |cell: &RawCell| spans.iter().any(|(first, last)| last > first && (*first..=*last).contains(&cell.column));
        let beneath = children.cells.iter().filter(|cell| under(cell)).count();
        // What stands under a plain heading belongs to the body, unless the headings all stand below.
        // All in bold, or words over a row of numbers, it is a row of headings all the same.
        let third = grid.position(children.row + 1).map(|at| &grid.rows[at]);
        let over = third.map_or(0, |third| {
            children.cells.iter().filter(|cell| third.cell(cell.column).is_some_and(|below| below.stored.is_some())).count()
        });
        let labelled = parents.cells.iter().any(|cell| cell.text.chars().count() > 60 || words::opening(&cell.text).is_some());
        let heads = !labelled
            && parents.cells.len() >= 2
            && children.cells.iter().all(|cell| cell.stored.is_none() && cell.text.chars().count() <= 40)
            && (children.cells.iter().all(|cell| cell.bold) || over >= 3);
        let plain = |cell: &RawCell| parents.cell(cell.column).is_some() && !under(cell) && !heads;
        return !banner
            && beneath >= 2
            && !children.cells.iter().any(plain)
            && children.cells.iter().all(|cell| named(cell) || cell.text.chars().count() <= 40);
    }
    if names_over_marks(grid, parents, children) {
        return true;
    }
    // Without merges: the lower row names what stands in the gaps of the upper one.
    let gaps = children.cells.iter().filter(|cell| parents.cell(cell.column).is_none()).count();
    let fits = |cell: &RawCell| named(cell) && cell.column > parents.cells[0].column;
    gaps > 0
        && parents.cells.len() >= 3
        && children.cells.len() >= 2
        && children.cells.len() < parents.cells.len() + gaps
        && children.cells.iter().all(fits)
}

/// Whether a row of names stands under one heading and the gaps behind it, over nothing but marks: who does what, in a column each.
fn names_over_marks(grid: &RawSheet, parents: &RawRow, children: &RawRow) -> bool {
    const BELOW: usize = 8;
    let cells = &children.cells;
    let beside = cells.windows(2).all(|pair| pair[1].column == pair[0].column + 1);
    let short = cells.iter().all(|cell| cell.stored.is_none() && cell.text.chars().count() <= 24);
    let gaps = cells.iter().skip(1).all(|cell| parents.cell(cell.column).is_none());
    let over = cells.first().is_some_and(|first| parents.cell(first.column).is_some() && first.column > parents.cells[0].column);
    if cells.len() < 2 || !beside || !short || !gaps || !over {
        return false;
    }
    let from = grid.rows.partition_point(|row| row.row <= children.row);
    let below = || grid.rows[from..].iter().take(BELOW).flat_map(|row| cells.iter().filter_map(|cell| row.cell(cell.column)));
    below().next().is_some() && below().all(|cell| is_mark(&cell.text))
}

fn named(cell: &RawCell) -> bool {
    cell.text.len() < 60 && (is_period(&cell.text) || role_of(&cell.text, None).is_some_and(|(_, surety)| surety >= 0.7) || cell.bold)
}

/// Headings in three rows: the upper two together stand over the third.
fn three_rows(upper: &Header, lower: &Header) -> Header {
    let over = |column: u16| upper.labels.iter().rev().find(|label| label.column <= column).map(Label::words);
    let mut labels: Vec<Label> =
        upper.labels.iter().filter(|label| lower.labels.iter().all(|other| other.column != label.column)).cloned().collect();
    labels.extend(lower.labels.iter().map(|label| {
        let parent = over(label.column).unwrap_or_default();
        Label { column: label.column, parent: parent.into(), child: label.child.clone() }
    }));
    labels.sort_by_key(|label| label.column);
    Header { first: upper.first, last: lower.last, labels }
}

fn two_rows(grid: &RawSheet, parents: &RawRow, children: &RawRow) -> Header {
    let mut columns: Vec<u16> = parents.cells.iter().chain(&children.cells).map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let from = grid.merges.partition_point(|merge| merge.first.0 < parents.row);
    let merged = grid.merges[from..].iter().take_while(|merge| merge.first.0 == parents.row).any(|merge| merge.last.1 > merge.first.1);
    let over = |column: u16| {
        let at = parents.cells.iter().rposition(|cell| cell.column <= column)?;
        let cell = &parents.cells[at];
        let within = column <= reach(grid, parents.row, cell.column) || (!merged && children.cell(column).is_some());
        within.then(|| cell.text.clone())
    };
    let label = |column: u16| {
        let (parent, child) = (over(column).unwrap_or_default(), children.cell(column).map_or_else(Box::default, |cell| cell.text.clone()));
        Label { column, parent, child }
    };
    // A column that a wide heading reaches over but nothing stands under has no heading of its own.
    let labels = columns.into_iter().map(label).collect();
    Header { first: parents.row, last: children.row, labels }
}
