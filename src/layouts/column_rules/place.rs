//! What a column is beside the others: what they claim to be, where it stands among them, what is still missing. Decides nothing.

use super::{cells::by_content, heading::named, rule::Rule};
use crate::{
    layouts::{
        evidence::{Evidence, Reason},
        facts::{ColumnFacts, TableFacts},
        heading_text::lower_part,
        words::{Subject, is_comparator, is_other, is_period},
    },
    model::{Role, Status, TableKind},
};

/// What beats the known words of a heading.
const OVER_HEADING: f32 = 12.0;
/// The columns that name the rows of a table.
const NAMES: [Role; 3] = [Role::Kpi, Role::Risk, Role::Action];

pub(super) const RULES: &[Rule] = &[
    ticked,
    statuses,
    coloured,
    unheaded,
    held,
    numbers_rows,
    shared,
    behind,
    numbers_named,
    beside_actions,
    outcomes,
    stand_in,
    second_name,
    teams_lead,
    latest_actual,
    first_figures,
    earlier_current,
    previous_status,
    people,
    marks,
];

/// One column a status, each ticked where it applies. Letters alone head statuses only where red, amber and green are all among them: those
/// of weekdays head days.
fn ticked(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let is_letter = |column: &ColumnFacts| lower_part(&column.words).trim().chars().nth(1).is_none();
    let rated = || ["R", "A", "G"].iter().all(|letter| table.columns.iter().any(|column| lower_part(&column.words).trim() == *letter));
    let ticked = |column: &ColumnFacts| {
        let content = &column.content;
        let status = Status::parse(lower_part(&column.words)).filter(|_| content.mostly(content.marks, 0.8) || content.filled == 0);
        status.filter(|_| !is_letter(column) || rated())
    };
    let Some(own) = ticked(&table.columns[at]).filter(|_| table.is_plan()) else { return };
    if table.columns.iter().filter_map(ticked).any(|other| other != own) {
        found.push(Evidence::also(Role::Status, OVER_HEADING, Reason::Ticked));
    }
}

/// Whether a column that is headed as statuses holds any.
fn states(column: &ColumnFacts) -> bool {
    let content = &column.content;
    column.claim == Some(Role::Status) && (content.filled == 0 || content.statuses + content.painted + column.coded > 0)
}

/// Statuses where no heading says which column holds them.
fn statuses(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let content = &column.content;
    if !table.is_plan() || table.columns.iter().any(states) {
        return;
    }
    let free =
        !matches!(column.claim, Some(Role::Action | Role::Priority | Role::Start | Role::End | Role::Status)) && !is_other(&column.words);
    let says = content.mostly(content.statuses, 0.75) || (at > 0 && content.mostly(column.coded, 0.75));
    if free && content.filled >= 2 && content.long == 0 && says {
        found.push(Evidence::also(Role::Status, OVER_HEADING, Reason::Statuses));
    }
    // Cells that hold nothing but the colours of statuses.
    let bare = content.filled * 3 <= content.coloured && content.hues >= 2;
    if bare && column.claim.is_none_or(|role| matches!(role, Role::Comment | Role::Budget | Role::End)) {
        found.push(Evidence::also(Role::Status, OVER_HEADING, Reason::StatusColours));
    }
}

/// Words in the colours of statuses are read by their colours.
fn coloured(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let content = &column.content;
    // The colours of teams and services tell these apart.
    let free = matches!(column.claim, None | Some(Role::Comment)) && !is_other(&column.words);
    if table.is_plan() && free && !table.columns.iter().any(states) && content.hues >= 2 && content.mostly(content.coloured, 0.7) {
        found.push(Evidence::once(Role::Status, OVER_HEADING, Reason::StatusColours));
    }
}

/// A column without a heading, by what stands in it.
fn unheaded(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let content = &column.content;
    if !column.is_unheaded() || !(content.filled >= 2 || content.painted >= 3) {
        return;
    }
    let (plan, headless) = (table.is_plan(), table.is_headless());
    let mut says = |role: Role, weight: f32| found.push(Evidence::once(role, weight, Reason::Unheaded));
    if at == 0 && content.mostly(content.refs, 0.5) && (plan || table.kind == TableKind::Kpi) {
        says(Role::Ref, 6.5);
    }
    if !plan {
        return;
    }
    if content.mostly(content.statuses, 0.7) || (content.filled == 0 && content.painted >= 3) {
        says(Role::Status, 6.3);
        return;
    }
    if content.mostly(content.dates, if headless { 0.6 } else { 0.7 }) {
        let later = table.columns[at + 1..].iter().any(|other| other.content.mostly(other.content.dates, 0.6));
        let before = table.columns[..at].iter().any(|other| other.content.mostly(other.content.dates, 0.6));
        says(if headless && later && !before { Role::Start } else { Role::End }, 6.2);
        return;
    }
    let wordy = |share: f32| column.is_wordy(share);
    if wordy(0.6) && content.statuses == 0 {
        says(Role::Action, 6.0);
    }
    if headless {
        if content.mostly(content.short, 0.5) && content.long == 0 {
            says(Role::Lead, 5.2);
        }
        let stated = table.columns[..at].iter().any(|other| other.content.mostly(other.content.statuses, 0.7));
        if stated && wordy(0.5) {
            says(Role::Comment, 5.4);
        }
        if wordy(0.5) {
            says(Role::Measure, 5.0);
        }
    }
}

/// Whether a column's heading leaves open what it is.
fn is_open(column: &ColumnFacts) -> bool {
    column.claim.is_none() && !column.is_unheaded() && !is_other(&column.words)
}

/// What stands in a column whose heading leaves it open.
fn held(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let (Some(subject), true) = (table.subject, is_open(column)) else { return };
    if let Some((role, reason)) = by_content(&column.plain, subject, &column.content) {
        found.push(Evidence { role: Some(role), weight: 7.0, reason, repeats: role == Role::End });
    }
}

fn numbers_rows(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let content = &column.content;
    if at == 0
        && table.subject.is_some()
        && is_open(column)
        && content.filled >= 3
        && content.mostly(content.refs, 0.9)
        && content.shared == 0
    {
        found.push(Evidence::once(Role::Ref, 7.0, Reason::NumbersRows));
    }
}

/// Before the actions stands what several of them share.
fn shared(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let content = &column.content;
    let before = table.first_of(&[Role::Action]).is_some_and(|place| at < place);
    let wordy = column.is_wordy(0.6) && content.people * 3 < content.filled;
    if table.subject == Some(Subject::Plan) && is_open(column) && before && wordy && is_shared(column) {
        found.push(Evidence::once(Role::Theme, 6.8, Reason::Shared));
    }
}

fn is_shared(column: &ColumnFacts) -> bool {
    column.content.shared >= 2 && column.content.mostly(column.content.shared, 0.3)
}

/// Behind the statuses or figures stands what is said of them.
fn behind(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let content = &column.content;
    let said = content.filled >= 2 && content.words >= content.filled * 7 / 2 && column.is_wordy(0.6);
    if !said || !is_open(column) {
        return;
    }
    let after = |roles: &[Role]| table.first_of(roles).is_some_and(|place| at > place);
    let reason = match table.subject {
        Some(Subject::Plan) if after(&[Role::Status]) => Reason::BehindStatuses,
        Some(Subject::Kpi) if after(&[Role::Current, Role::Period, Role::Target, Role::Rating]) => Reason::BehindFigures,
        _ => return,
    };
    found.push(Evidence::once(Role::Comment, 6.7, reason));
}

/// Of two columns that are headed as the names of the rows, the one that numbers them is their reference.
fn numbers_named(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let Some(role) = column.claim.filter(|role| NAMES.contains(role)) else { return };
    let wordy = table.claiming(role).any(|other| table.columns[other].is_wordy(0.3));
    if wordy && !column.is_wordy(0.3) && column.content.mostly(column.content.refs, 0.5) {
        found.push(Evidence::against(role, 20.0, Reason::NumbersNamed));
        found.push(Evidence::once(Role::Ref, 8.0, Reason::NumbersNamed));
    }
}

/// Beside a column that is headed an action, a recommendation, request or item is what that action answers; milestones measure it.
fn beside_actions(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let said = |at: usize| &*table.columns[at].plain;
    if !table.is_plan() || table.columns[at].claim != Some(Role::Action) || table.claiming(Role::Action).count() < 2 {
        return;
    }
    let measures = |words: &str| words.contains("milestone") || words.contains("deliverable");
    let any_action = table.claiming(Role::Action).any(|at| said(at).contains("action"));
    let proper = |words: &str| words.contains("action") || (!words.contains("recommendation") && !measures(words) && !any_action);
    if proper(said(at)) || !table.claiming(Role::Action).any(|at| proper(said(at))) {
        return;
    }
    let (role, reason) = if measures(said(at)) { (Role::Measure, Reason::BesideActions) } else { (Role::Theme, Reason::Answered) };
    found.push(Evidence::against(Role::Action, 20.0, reason));
    found.push(Evidence::also(role, 8.5, reason));
}

/// An outcome that several actions share and that stands before them is what they are for.
fn outcomes(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let before = table.is_plan() && table.first_of(&[Role::Action]).is_some_and(|place| at < place);
    if before && column.claim == Some(Role::Measure) && is_shared(column) && column.plain.contains("outcome") {
        found.push(Evidence::also(Role::Theme, OVER_HEADING, Reason::Shared));
    }
}

/// The role that names the rows of a table.
pub(crate) fn naming_role(table: &TableFacts) -> Option<Role> {
    match (table.kind, table.subject) {
        (TableKind::Plan, _) => Some(Role::Action),
        (TableKind::Kpi, _) => Some(Role::Kpi),
        (_, Some(Subject::Risk)) => Some(Role::Risk),
        _ => None,
    }
}

/// Where no heading says which column names the rows, the wordiest that may stand in does.
fn stand_in(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let Some(wanted) = naming_role(table).filter(|role| !table.claims(*role)) else { return };
    let stand_ins: &[Role] = match wanted {
        Role::Action => &[Role::Description, Role::Theme, Role::Measure, Role::Kpi],
        Role::Kpi => &[Role::Measure, Role::Description, Role::Theme, Role::Action, Role::Target],
        _ => &[Role::Description, Role::Theme, Role::Action],
    };
    let wordy = column.content.filled == 0 || column.is_wordy(0.3);
    // What somebody responds to a finding with is what is done about it.
    let responds =
        wanted == Role::Action && column.claim == Some(Role::Comment) && column.plain.contains("response") && column.is_wordy(0.3);
    // `Issue ID` stands beside `Issue description`.
    let noun = |column: &ColumnFacts| column.plain.split(' ').next().map(str::to_owned).filter(|word| word.len() > 2);
    let numbered = table.claiming(Role::Ref).filter_map(|at| noun(&table.columns[at])).any(|word| Some(word) == noun(column));
    let average = column.average().min(30.0) / 10.0 + if numbered { 4.0 } else { 0.0 };
    let weight = match column.claim {
        _ if responds => 20.0,
        Some(role) if stand_ins.contains(&role) && wordy => 12.0 + average,
        None if column.content.filled > 0 && wordy && !column.is_unheaded() => 1.0,
        _ => return,
    };
    found.push(Evidence::once(wanted, weight, Reason::NamesRows));
}

/// What else is headed as the names of the rows: the words of an inspector stand before the action that answers them.
fn second_name(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let Some(role) = column.claim.filter(|role| NAMES.contains(role)) else { return };
    if table.claiming(role).count() < 2 || !column.is_wordy(0.6) {
        return;
    }
    let before = table.claiming(Role::Action).any(|place| place > at);
    found.push(Evidence::also(if before { Role::Theme } else { Role::Description }, 1.5, Reason::OtherNamesRows));
}

/// Where nobody is named, the directorate or team leads.
fn teams_lead(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let team = matches!(&*column.plain, "directorate" | "service" | "team" | "department");
    if table.is_plan() && team && column.claim.is_none() && !table.claims(Role::Lead) {
        found.push(Evidence::once(Role::Lead, OVER_HEADING, Reason::NobodyElseLeads));
    }
}

/// The one actual value of a KPI table is its current one, though its heading names the year.
fn latest_actual(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    if table.kind != TableKind::Kpi || table.claims(Role::Current) || table.columns[at].claim != Some(Role::Period) {
        return;
    }
    for words in [&["latest", "current", "ytd", "year to date"][..], &["actual", "outturn", "performance", "result"]] {
        let said = |at: &usize| words.iter().any(|word| table.columns[*at].plain.contains(word));
        let named: Vec<usize> = table.claiming(Role::Period).filter(said).collect();
        // An earlier year's outturn stands before this year's quarters.
        let later = |only: usize| table.claiming(Role::Period).any(|other| other > only);
        if let [only] = named[..]
            && !later(only)
        {
            if only == at {
                found.push(Evidence::once(Role::Current, 16.0, Reason::OnlyActual));
            }
            return;
        }
    }
}

/// A council may head its figures with its own name.
fn first_figures(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    if table.kind != TableKind::Kpi || table.claims(Role::Current) || table.claims(Role::Period) {
        return;
    }
    let figures = |column: &ColumnFacts| {
        let content = &column.content;
        is_open(column) && !is_comparator(&column.words) && content.filled >= 2 && content.mostly(content.numbers + content.percents, 0.6)
    };
    if table.columns.iter().position(figures) == Some(at) {
        found.push(Evidence::once(Role::Current, 6.0, Reason::FirstFigures));
    }
}

/// Of several current values whose headings name a period, the last is the current one.
fn earlier_current(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let dated = |at: &usize| table.columns[*at].words.split_whitespace().any(is_period);
    let all: Vec<usize> = table.claiming(Role::Current).filter(dated).collect();
    if table.kind == TableKind::Kpi && all.contains(&at) && all.last() != Some(&at) {
        found.push(Evidence::against(Role::Current, 20.0, Reason::LaterCurrent));
        found.push(Evidence::also(Role::Period, 8.0, Reason::LaterCurrent));
    }
}

/// `RAG (now)` beside `RAG (prev)`: the older one is the owner's own.
fn previous_status(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let words = column.words.to_lowercase();
    let past = ["prev", "last ", "previous"].iter().any(|word| words.contains(word));
    if column.claim == Some(Role::Status) && past && table.claiming(Role::Status).count() > 1 {
        found.push(Evidence::against(Role::Status, 20.0, Reason::OtherSurer));
    }
}

/// What is only ticked says nothing in words.
fn marks(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let ticked = column.content.filled > 0 && column.content.mostly(column.content.marks, 0.9) && column.content.statuses == 0;
    let said = [Role::Comment, Role::Lead, Role::Measure, Role::Description, Role::Theme, Role::Action];
    if let Some(role) = column.claim.filter(|role| ticked && said.contains(role)) {
        found.push(Evidence::against(role, 20.0, Reason::Marks));
    }
}

/// `Resolved by` asks for a person, whatever was resolved.
fn people(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let asks = |verb: &str| column.plain.strip_suffix(" by").is_some_and(|before| before == verb);
    let person = PERSONAL.iter().any(|verb| asks(verb));
    if person && column.content.dates * 2 < column.content.filled.max(1) {
        let role = named(table, Role::Lead);
        NAMES.iter().for_each(|name| found.push(Evidence::against(*name, 20.0, Reason::Person)));
        if table.is_plan() && !table.claims(Role::Lead) {
            found.push(Evidence::once(role, 6.0, Reason::Person));
        }
    }
}

/// Verbs before `by` that ask for a person.
const PERSONAL: [&str; 16] = [
    "resolved",
    "closed",
    "completed",
    "raised",
    "reported",
    "reviewed",
    "approved",
    "logged",
    "identified",
    "checked",
    "verified",
    "signed off",
    "entered",
    "updated",
    "requested",
    "tested",
];
