//! Which rows head a table, in one row or two, and what their headings say. Looks no further down than the row below.

use super::{
    content::MOST_JUDGED,
    words::{self, Subject, is_period, known, role_of},
};
use crate::{
    model::{Role, Status, TableKind, is_date_format},
    workbook::{RawCell, RawRow, RawSheet},
};

/// A row has headings up to this many cells.
const WIDEST: usize = 120;
/// The longest heading, in characters.
const LONGEST: usize = 160;

/// One heading, over one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub column: u16,
    /// The upper of two rows, where a heading stands in two.
    pub parent: Box<str>,
    pub child: Box<str>,
}

impl Label {
    /// As shown: `Timescale: Start`.
    pub fn words(&self) -> String {
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
pub struct Header {
    /// Sheet rows, zero-based, both included.
    pub first: u32,
    pub last: u32,
    pub labels: Vec<Label>,
}

impl Header {
    /// Whether a row says these headings again, or the upper or lower ones of two rows.
    pub fn is_said_by(&self, row: &RawRow) -> bool {
        let says = |label: &Label, text: &str| words::same_heading(&label.child, text) || words::same_heading(&label.parent, text);
        row.cells.len() >= 2
            && row.cells.iter().all(|cell| self.labels.iter().any(|label| label.column == cell.column && says(label, &cell.text)))
    }
}

/// What a table with these headings holds, and what it is about.
pub fn kind_of(labels: &[Label]) -> (TableKind, Option<Subject>) {
    let labels = &labels[..labels.len().min(MOST_JUDGED)];
    // Counts of statuses, a row a period.
    let acts = labels.iter().any(|label| matches!(plain_role(label, None), Some(Role::Action | Role::Lead | Role::End | Role::Comment)));
    if !acts && labels.len() <= 10 && names_statuses(labels) {
        return (TableKind::History, None);
    }
    let timeless = |label: &&Label| !is_period(&label.child);
    let mut roles: Vec<Role> = labels.iter().filter(timeless).filter_map(|label| plain_role(label, None)).collect();
    // How likely it is stands beside what is done about it, or how severe it would be, in a risk register alone.
    let says = |words: &[&str]| labels.iter().any(|label| words.contains(&&*words::plain(&label.words())));
    if roles.contains(&Role::Likelihood) && (roles.contains(&Role::Mitigation) || says(&["severity", "consequence"])) {
        roles.push(Role::Impact);
    }
    let has = |role: Role| roles.contains(&role);
    let count = |wanted: &[Role]| wanted.iter().filter(|role| has(**role)).count();
    let periods = labels.iter().filter(|label| is_period(&label.parent) || is_period(&label.child)).count();
    let measured = has(Role::Current) || has(Role::Target) || periods >= 2 || has(Role::Rating);
    let about = count(&[Role::Start, Role::End, Role::Lead, Role::Status, Role::Measure, Role::Comment, Role::Progress, Role::Priority]);
    let recommends = labels.iter().any(|label| words::plain(&label.words()).contains("recommendation"));
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
    let named = has(Role::Action) || (planned && has(Role::Kpi)) || count(&[Role::Measure, Role::Description, Role::Theme, Role::Kpi]) > 0;
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

/// Whether headings name statuses, as those of a tracker with a row a period do.
pub fn names_statuses(labels: &[Label]) -> bool {
    labels.iter().skip(1).filter(|label| label.child.len() > 1 && Status::parse(&label.child).is_some()).count() >= 3
}

/// Whether a column names the rows.
fn named_at_all(roles: &[Role]) -> bool {
    const NAMES: [Role; 6] = [Role::Kpi, Role::Measure, Role::Action, Role::Description, Role::Theme, Role::Risk];
    roles.iter().any(|role| NAMES.contains(role))
}

/// The role of a heading by its words: the lower row's first, then both together, then the upper row's.
pub fn plain_role(label: &Label, subject: Option<Subject>) -> Option<Role> {
    spoken_role(label, subject).map(|(role, _)| role)
}

/// The same, with how sure it is.
pub fn spoken_role(label: &Label, subject: Option<Subject>) -> Option<(Role, words::Surety)> {
    if label.parent.is_empty() || label.child.is_empty() {
        return role_of(if label.child.is_empty() { &label.parent } else { &label.child }, subject);
    }
    let rated = || matches!(role_of(&label.parent, subject), Some((Role::Status | Role::Rating | Role::Target, _)));
    if words::is_other(&label.child) && !rated() {
        return None;
    }
    // `Impact: Total` is the impact.
    let parent = role_of(&label.parent, subject).filter(|(role, _)| matches!(role, Role::Impact | Role::Likelihood));
    if let Some(parent) = parent.filter(|_| matches!(&*words::plain(&label.child), "total" | "score" | "rating" | "value" | "level")) {
        return Some(parent);
    }
    let both = || role_of(&format!("{} {}", label.parent, label.child), subject);
    let child = role_of(&label.child, subject).filter(|(_, surety)| *surety > 0.7);
    child.or_else(both).or_else(|| role_of(&label.child, subject)).or_else(|| role_of(&label.parent, subject))
}

/// How many distinct roles a row's cells name, when it may be a row of headings; 0 when it is none. `mending` forgives typing errors.
pub fn headings_in(row: &RawRow, mending: bool) -> usize {
    // Every row is asked: one that begins with 1.2.1 is told at once.
    let numbered = row
        .cells
        .first()
        .is_some_and(|cell| cell.text.contains('.') && cell.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    if numbered || !(2..=WIDEST).contains(&row.cells.len()) || !row.cells.iter().all(may_be_heading) {
        return 0;
    }
    let text = |cell: &&RawCell| cell.stored.is_none();
    // `Complete` heads a column now and then, and fills one often.
    let stated = |cell: &&RawCell| Status::parse(&cell.text).is_none();
    let mut roles: Vec<Role> = row.cells.iter().filter(text).filter(stated).filter_map(|cell| known(&cell.text)).collect();
    let exact = distinct(&mut roles);
    if exact == 0 && !mending {
        return 0;
    }
    let least = if mending { 0.55 } else { 0.6 };
    let loose = row.cells.iter().filter(text).filter_map(|cell| role_of(&cell.text, None).filter(|(_, surety)| *surety >= least));
    let mut roles: Vec<Role> = loose.map(|(role, _)| role).chain(roles).collect();
    let periods = row.cells.iter().filter(|cell| is_period(&cell.text)).count();
    let named = roles.len() + periods;
    let all = distinct(&mut roles) + usize::from(periods > 0);
    // Words of a plan's own text may be headings elsewhere, so most of the row must be.
    if named * 5 >= row.cells.len() * 2 && (exact >= 1 || mending) { all.max(exact) } else { 0 }
}

fn distinct(roles: &mut Vec<Role>) -> usize {
    roles.sort_unstable();
    roles.dedup();
    roles.len()
}

/// Whether a cell could be a heading: short words, a year, or a date that names a period.
fn may_be_heading(cell: &RawCell) -> bool {
    match &cell.stored {
        None => {
            let short = cell.text.len() <= LONGEST || (cell.text.len() <= LONGEST * 2 && cell.text.chars().count() <= LONGEST);
            short && !cell.text.ends_with(". ")
        }
        Some(stored) => {
            (1990.0..2100.0).contains(&stored.number)
                || (is_date_format(&stored.format) && !stored.format.contains(['d', 'D']))
                || stored.number.fract() == 0.0 && stored.number < 60.0
        }
    }
}

/// The header that begins in or around a row: two rows where headings stand over others.
pub fn header_at(grid: &RawSheet, at: usize) -> Header {
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
    // Without merges: the lower row names what stands in the gaps of the upper one.
    let gaps = children.cells.iter().filter(|cell| parents.cell(cell.column).is_none()).count();
    let fits = |cell: &RawCell| named(cell) && cell.column > parents.cells[0].column;
    gaps > 0
        && parents.cells.len() >= 3
        && children.cells.len() >= 2
        && children.cells.len() < parents.cells.len() + gaps
        && children.cells.iter().all(fits)
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
