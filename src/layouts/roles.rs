//! What each column of a table is, by its heading and by what stands in it. Says how sure it is and why.

use super::{
    content::{ColumnContent, MOST_JUDGED},
    evidence::{against, by_content, is_past},
    header::{Label, names_statuses, plain_role, spoken_role},
    outline::Heading,
    status_legend::Codes,
    words::{Subject, is_comparator, is_other, is_period, lower_part, plain, role_of, spelt_out},
};
use crate::{
    model::{Role, Status, TableKind},
    workbook::RawSheet,
};

/// Names the columns of a table. `rows` are its first and last sheet row below the header.
pub fn name_columns(grid: &RawSheet, labels: &[Label], kind: TableKind, subject: Option<Subject>, rows: (u32, u32)) -> Vec<Heading> {
    let (labels, rest) = labels.split_at(labels.len().min(MOST_JUDGED));
    let mut columns: Vec<(Heading, ColumnContent)> = labels
        .iter()
        .map(|label| {
            let content = ColumnContent::of(grid, label.column, rows);
            (by_heading(label, kind, subject, &content), content)
        })
        .collect();
    if kind == TableKind::History {
        name_history(&mut columns, names_statuses(labels));
    } else {
        let codes = Codes::around(grid, rows, columns_of(labels));
        let coded = |column: u16| {
            let cells = grid.rows.iter().filter(|row| (rows.0..=rows.1).contains(&row.row)).take(60).filter_map(|row| row.cell(column));
            cells.filter(|cell| codes.knows(&cell.text)).count()
        };
        name_statuses(&mut columns, kind, &coded);
        name_blanks(&mut columns, kind);
        name_rest(&mut columns, subject);
        part_names(&mut columns);
        part_actions(&mut columns, kind);
        part_outcomes(&mut columns, kind);
        promote(&mut columns, kind, subject);
        name_leads(&mut columns, kind);
        name_latest(&mut columns, kind);
        settle_repeats(&mut columns);
    }
    let unjudged = |label: &Label| Heading {
        column: label.column,
        words: label.words().into(),
        role: None,
        surety: 0.5,
        why: "It stands far to the right, where columns are kept as they are".into(),
        key: None,
    };
    columns.into_iter().map(|(heading, _)| heading).chain(rest.iter().map(unjudged)).collect()
}

/// The upper of two headings, alone.
fn parent(label: &Label) -> Label {
    Label { column: label.column, parent: "".into(), child: label.parent.clone() }
}

/// The first and last column of a table.
fn columns_of(labels: &[Label]) -> (u16, u16) {
    (labels.first().map_or(0, |label| label.column), labels.last().map_or(0, |label| label.column))
}

/// A column's role by its heading, unless what stands in it speaks against that.
fn by_heading(label: &Label, kind: TableKind, subject: Option<Subject>, content: &ColumnContent) -> Heading {
    let words = label.words();
    let heading = |role: Option<Role>, surety: f32, why: &str| Heading {
        column: label.column,
        words: words.as_str().into(),
        role,
        surety,
        why: why.into(),
        key: None,
    };
    if subject == Some(Subject::Kpi)
        && let Some(role) = period_role(label, content)
    {
        return heading(role, 0.9, "Its heading names a period");
    }
    let plan = subject == Some(Subject::Plan);
    if plan && words.contains('£') && content.mostly(content.numbers + content.money, 0.4) {
        return heading(Some(Role::Budget), 0.85, "Its heading is in pounds");
    }
    if !label.child.is_empty() && is_other(&label.parent) {
        return heading(None, 0.6, "What stands over its heading is known as the owner's own");
    }
    if plan && words.starts_with('%') && content.mostly(content.percents + content.numbers, 0.6) {
        return heading(Some(Role::Progress), 0.85, "It is headed in per cent");
    }
    let Some((role, surety)) = spoken_role(label, subject) else {
        let counted = kind == TableKind::Kpi && is_period(&label.child);
        return if counted {
            heading(Some(Role::Period), 0.9, "Its heading names a period")
        } else {
            heading(None, 0.5, "Its heading is none of the known words")
        };
    };
    if subject == Some(Subject::Kpi) && surety < 0.9 && is_comparator(&words) {
        return heading(None, 0.6, "It is what the indicator is compared with");
    }
    // What a plan measures its actions by may be called an indicator.
    let role = if plan && role == Role::Kpi { Role::Measure } else { role };
    let said = spelt_out(if label.child.is_empty() { &label.parent } else { &label.child });
    let against = against(role, &said, &plain(&words), subject, content);
    if let Some((role, why)) = against {
        return heading(role, 0.75, why);
    }
    // Under RAG, what is rated may be called anything.
    if plan
        && !label.parent.is_empty()
        && content.filled == 0
        && content.hues >= 2
        && plain_role(&parent(label), subject) == Some(Role::Status)
    {
        return heading(Some(Role::Status), 0.8, "Its cells are in the colours of statuses");
    }
    if matches!(role, Role::Period) && subject != Some(Subject::Kpi) {
        return heading(None, 0.6, "It names a period in a table of no indicators");
    }
    if role == Role::End && surety < 0.9 && is_past(&said) {
        return heading(None, 0.6, "It says when something was done");
    }
    // A saving of carbon is no sum of money.
    let uncosted = role == Role::Budget && ["co2", "carbon", "kwh", "tonne"].iter().any(|unit| words.to_lowercase().contains(unit));
    if uncosted && content.money == 0 {
        return heading(None, 0.6, "It holds no amounts of money");
    }
    let why = if surety >= 0.9 { "Its heading says so" } else { "Its heading contains words that say so" };
    heading(Some(role), surety, why)
}

/// Under a period, the value read is the period's.
fn period_role(label: &Label, content: &ColumnContent) -> Option<Option<Role>> {
    if is_period(&label.parent) && !label.child.is_empty() {
        return match role_of(&label.child, Some(Subject::Kpi)).map(|(role, _)| role) {
            Some(Role::Current | Role::Kpi) => Some(Some(Role::Period)),
            Some(Role::Target) => Some(Some(Role::Target)),
            Some(Role::Rating | Role::Trend | Role::Comment | Role::Status) => None,
            _ if is_period(&label.child) || content.mostly(content.numbers + content.percents, 0.6) => Some(Some(Role::Period)),
            _ => None,
        };
    }
    is_period(if label.child.is_empty() { &label.parent } else { &label.child }).then_some(Some(Role::Period))
}

/// The columns of a plan that hold statuses, where no heading says which they are; `coded` counts the cells that hold codes of a key.
fn name_statuses(columns: &mut [(Heading, ColumnContent)], kind: TableKind, coded: &dyn Fn(u16) -> usize) {
    let stated = |(heading, content): &(Heading, ColumnContent)| {
        heading.role == Some(Role::Status) && (content.filled == 0 || content.statuses + content.painted + coded(heading.column) > 0)
    };
    if kind != TableKind::Plan {
        return;
    }
    name_ticked(columns);
    if columns.iter().any(stated) {
        return;
    }
    for (at, (heading, content)) in columns.iter_mut().enumerate() {
        let free = !matches!(heading.role, Some(Role::Action | Role::Priority | Role::Start | Role::End | Role::Status))
            && !is_other(&heading.words);
        let says = content.mostly(content.statuses, 0.75) || (at > 0 && content.mostly(coded(heading.column), 0.75));
        if free && content.filled >= 2 && content.long == 0 && says {
            (heading.role, heading.surety, heading.why) = (Some(Role::Status), 0.75, "It holds statuses".into());
        }
    }
    // Cells that hold nothing but the colours of statuses.
    for (heading, content) in columns.iter_mut() {
        let bare = content.filled * 3 <= content.coloured && content.hues >= 2;
        if bare && heading.role.is_none_or(|role| matches!(role, Role::Comment | Role::Budget | Role::End)) {
            (heading.role, heading.surety, heading.why) = (Some(Role::Status), 0.7, "Its cells are in the colours of statuses".into());
        }
    }
    // Words in the colours of statuses are read by their colours.
    let has = columns.iter().any(|(heading, _)| heading.role == Some(Role::Status));
    let coloured = |(heading, content): &&mut (Heading, ColumnContent)| {
        matches!(heading.role, None | Some(Role::Comment)) && content.hues >= 2 && content.mostly(content.coloured, 0.7)
    };
    if let Some((heading, _)) = columns.iter_mut().find(coloured).filter(|_| !has) {
        (heading.role, heading.surety, heading.why) = (Some(Role::Status), 0.7, "Its cells are in the colours of statuses".into());
    }
}

/// One column a status, each ticked where it applies.
fn name_ticked(columns: &mut [(Heading, ColumnContent)]) {
    let ticked = |(heading, content): &(Heading, ColumnContent)| {
        Status::parse(lower_part(&heading.words)).filter(|_| content.mostly(content.marks, 0.8) || content.filled == 0)
    };
    let mut statuses: Vec<Status> = columns.iter().filter_map(ticked).collect();
    statuses.sort_unstable();
    statuses.dedup();
    if statuses.len() < 2 {
        return;
    }
    for column in columns.iter_mut() {
        if ticked(column).is_some() {
            let heading = &mut column.0;
            (heading.role, heading.surety, heading.why) = (Some(Role::Status), 0.9, "It is ticked where that is the status".into());
        }
    }
}

/// Columns whose headings say nothing, by what stands in them.
fn name_rest(columns: &mut [(Heading, ColumnContent)], subject: Option<Subject>) {
    let Some(subject) = subject else { return };
    for at in 0..columns.len() {
        let (heading, content) = &columns[at];
        if heading.role.is_some() || heading.words.is_empty() || is_other(&heading.words) {
            continue;
        }
        let place = by_place(columns, at, subject);
        let Some((role, why)) = by_content(&plain(&heading.words), subject, content).or(place) else { continue };
        let has = columns.iter().any(|(heading, _)| heading.role == Some(role));
        if !has || role == Role::End {
            let heading = &mut columns[at].0;
            (heading.role, heading.surety, heading.why) = (Some(role), if has { 0.8 } else { 0.7 }, why.into());
        }
    }
}

/// What a column of words is by where it stands: before the actions what several of them share, behind the figures or statuses what is
/// said of them.
fn by_place(columns: &[(Heading, ColumnContent)], at: usize, subject: Subject) -> Option<(Role, &'static str)> {
    let content = &columns[at].1;
    let first = |wanted: &[Role]| columns.iter().position(|(heading, _)| heading.role.is_some_and(|role| wanted.contains(&role)));
    let before = |wanted: &[Role]| first(wanted).is_some_and(|place| at < place);
    let behind = |wanted: &[Role]| first(wanted).is_some_and(|place| at > place);
    let wordy = content.mostly(content.long + content.short, 0.6) && content.people * 3 < content.filled;
    let said = content.filled >= 2 && content.words >= content.filled * 7 / 2 && content.mostly(content.long + content.short, 0.6);
    if at == 0 && content.filled >= 3 && content.mostly(content.refs, 0.9) && content.shared == 0 {
        return Some((Role::Ref, "It numbers the rows"));
    }
    match subject {
        Subject::Plan if wordy && before(&[Role::Action]) && content.shared >= 2 && content.mostly(content.shared, 0.3) => {
            Some((Role::Theme, "Several actions share what it says"))
        }
        Subject::Plan if said && behind(&[Role::Status]) => Some((Role::Comment, "It holds long texts behind the statuses")),
        Subject::Kpi if said && behind(&[Role::Current, Role::Period, Role::Target, Role::Rating]) => {
            Some((Role::Comment, "It holds long texts behind the figures"))
        }
        Subject::Plan | Subject::Kpi | Subject::Risk => None,
    }
}

/// Columns without a heading, and tables without any, by what stands in them.
fn name_blanks(columns: &mut [(Heading, ColumnContent)], kind: TableKind) {
    let plan = kind == TableKind::Plan;
    let blank = |columns: &[(Heading, ColumnContent)], at: usize| columns[at].0.words.is_empty() && columns[at].0.role.is_none();
    let headless = columns.iter().all(|(heading, _)| heading.words.is_empty());
    for at in 0..columns.len() {
        if !blank(columns, at) {
            continue;
        }
        let has = |role: Role| columns.iter().any(|(heading, _)| heading.role == Some(role));
        let content = columns[at].1;
        let enough = content.filled >= 2 || content.painted >= 3;
        let role = match () {
            () if !enough => None,
            () if at == 0 && !has(Role::Ref) && content.mostly(content.refs, 0.5) && (plan || kind == TableKind::Kpi) => Some(Role::Ref),
            () if plan && !has(Role::Status) && content.mostly(content.statuses, 0.7) => Some(Role::Status),
            () if plan && !has(Role::Status) && content.filled == 0 && content.painted >= 3 => Some(Role::Status),
            () if plan && headless && content.mostly(content.dates, 0.6) => {
                Some(if has(Role::Start) || !two_dates(columns, at) { Role::End } else { Role::Start })
            }
            () if plan && !has(Role::End) && content.mostly(content.dates, 0.7) => Some(Role::End),
            () if plan && !has(Role::Action) && content.mostly(content.long + content.short, 0.6) && content.statuses == 0 => {
                Some(Role::Action)
            }
            () if plan && headless && !has(Role::Lead) && content.mostly(content.short, 0.5) && content.long == 0 => Some(Role::Lead),
            () if plan && headless && has(Role::Status) && !has(Role::Comment) && content.mostly(content.long + content.short, 0.5) => {
                Some(Role::Comment)
            }
            () if plan && headless && !has(Role::Measure) && content.mostly(content.long + content.short, 0.5) => Some(Role::Measure),
            () => None,
        };
        if role.is_some() {
            (columns[at].0.role, columns[at].0.surety, columns[at].0.why) =
                (role, 0.6, "It has no heading; what stands in it says so".into());
        }
    }
}

/// Whether another column of dates follows.
fn two_dates(columns: &[(Heading, ColumnContent)], at: usize) -> bool {
    columns[at + 1..].iter().any(|(_, content)| content.mostly(content.dates, 0.6))
}

/// Of two columns that are headed as the names of the rows, the one that numbers them is their reference.
fn part_names(columns: &mut [(Heading, ColumnContent)]) {
    for role in [Role::Kpi, Role::Risk, Role::Action] {
        let names = |content: &ColumnContent| content.mostly(content.long + content.short, 0.3);
        let wordy = columns.iter().any(|(heading, content)| heading.role == Some(role) && names(content));
        let has = columns.iter().any(|(heading, _)| heading.role == Some(Role::Ref));
        for (heading, content) in columns.iter_mut().filter(|(heading, _)| heading.role == Some(role) && wordy) {
            if !names(content) && content.mostly(content.refs, 0.5) {
                let why = "It numbers what another column names";
                (heading.role, heading.surety, heading.why) = (if has { None } else { Some(Role::Ref) }, 0.8, why.into());
            }
        }
    }
}

/// Beside a column that is headed an action, a recommendation, request or item is what that action answers; milestones measure it.
fn part_actions(columns: &mut [(Heading, ColumnContent)], kind: TableKind) {
    let acts = |heading: &Heading| heading.role == Some(Role::Action);
    let said = |heading: &Heading| plain(&heading.words);
    let measures = |words: &str| words.contains("milestone") || words.contains("deliverable");
    let named = columns.iter().filter(|(heading, _)| acts(heading)).map(|(heading, _)| said(heading));
    let named: Vec<String> = named.collect();
    if kind != TableKind::Plan || named.len() < 2 {
        return;
    }
    let proper = |words: &str| {
        words.contains("action")
            || (!words.contains("recommendation") && !measures(words) && !named.iter().any(|other| other.contains("action")))
    };
    if !named.iter().any(|words| proper(words)) {
        return;
    }
    for (heading, _) in columns.iter_mut().filter(|(heading, _)| acts(heading)) {
        let words = said(heading);
        if proper(&words) {
            continue;
        }
        let (role, why) = if measures(&words) {
            (Role::Measure, "It stands beside another column of actions")
        } else {
            (Role::Theme, "It is what the actions of another column answer")
        };
        (heading.role, heading.surety, heading.why) = (Some(role), 0.85, why.into());
    }
}

/// An outcome that several actions share and that stands before them is what they are for.
fn part_outcomes(columns: &mut [(Heading, ColumnContent)], kind: TableKind) {
    let Some(action) = columns.iter().position(|(heading, _)| heading.role == Some(Role::Action)).filter(|_| kind == TableKind::Plan)
    else {
        return;
    };
    for (heading, content) in &mut columns[..action] {
        let shared = content.shared >= 2 && content.mostly(content.shared, 0.3);
        if heading.role == Some(Role::Measure) && shared && plain(&heading.words).contains("outcome") {
            (heading.role, heading.surety, heading.why) = (Some(Role::Theme), 0.8, "Several actions share what it says".into());
        }
    }
}

/// Gives the table the column its entries are called by, where no heading names it.
fn promote(columns: &mut [(Heading, ColumnContent)], kind: TableKind, subject: Option<Subject>) {
    let (wanted, stand_ins): (Role, &[Role]) = match (kind, subject) {
        (TableKind::Plan, _) => (Role::Action, &[Role::Description, Role::Theme, Role::Measure, Role::Kpi]),
        (TableKind::Kpi, _) => (Role::Kpi, &[Role::Measure, Role::Description, Role::Theme, Role::Action, Role::Target]),
        (_, Some(Subject::Risk)) => (Role::Risk, &[Role::Description, Role::Theme, Role::Action]),
        _ => return,
    };
    let wordy = |content: &ColumnContent| content.filled == 0 || content.mostly(content.long + content.short, 0.3);
    let has = columns.iter().any(|(heading, _)| heading.role == Some(wanted));
    if has {
        return;
    }
    // Of the columns that may stand in, the wordiest names the rows.
    let average = |at: usize| columns[at].1.words as f32 / columns[at].1.filled.max(1) as f32;
    let may = |(heading, content): &(Heading, ColumnContent)| heading.role.is_some_and(|role| stand_ins.contains(&role)) && wordy(content);
    let stand_in =
        (0..columns.len()).filter(|&at| may(&columns[at])).reduce(|best, at| if average(at) > average(best) { at } else { best });
    let first = || columns.iter().position(|(heading, content)| heading.role.is_none() && content.filled > 0 && wordy(content));
    // What somebody responds to a finding with is what is done about it.
    let responds =
        |(heading, _): &(Heading, ColumnContent)| heading.role == Some(Role::Comment) && plain(&heading.words).contains("response");
    let response = if wanted == Role::Action { columns.iter().position(responds) } else { None };
    if let Some(at) = response.or(stand_in).or_else(first) {
        let heading = &mut columns[at].0;
        (heading.role, heading.surety, heading.why) = (Some(wanted), 0.7, "No other column names the rows of the table".into());
    }
}

/// Where nobody is named, the directorate or team leads.
fn name_leads(columns: &mut [(Heading, ColumnContent)], kind: TableKind) {
    if kind != TableKind::Plan || columns.iter().any(|(heading, _)| heading.role == Some(Role::Lead)) {
        return;
    }
    let team = |heading: &Heading| matches!(&*plain(&heading.words), "directorate" | "service" | "team" | "department");
    if let Some((heading, _)) = columns.iter_mut().find(|(heading, _)| heading.role.is_none() && team(heading)) {
        (heading.role, heading.surety, heading.why) = (Some(Role::Lead), 0.7, "No other column says who leads".into());
    }
}

/// The one actual value of a KPI table is its current one, though its heading names the year.
fn name_latest(columns: &mut [(Heading, ColumnContent)], kind: TableKind) {
    let has = columns.iter().any(|(heading, _)| heading.role == Some(Role::Current));
    if kind != TableKind::Kpi {
        return;
    }
    name_dated(columns);
    if has {
        return;
    }
    let said = |heading: &Heading, words: &[&str]| {
        let plain = plain(&heading.words);
        heading.role == Some(Role::Period) && words.iter().any(|word| plain.contains(word))
    };
    for words in [&["latest", "current", "ytd", "year to date"][..], &["actual", "outturn", "performance", "result"]] {
        let named: Vec<usize> = (0..columns.len()).filter(|&at| said(&columns[at].0, words)).collect();
        // An earlier year's outturn stands before this year's quarters.
        let later = |only: usize| columns[only + 1..].iter().any(|(heading, _)| heading.role == Some(Role::Period));
        if let [only] = named[..]
            && !later(only)
        {
            let heading = &mut columns[only].0;
            (heading.role, heading.surety, heading.why) = (Some(Role::Current), 0.8, "It is the only actual value".into());
            return;
        }
    }
    // A council may head its figures with its own name.
    let figures = |(heading, content): &&mut (Heading, ColumnContent)| {
        let free = heading.role.is_none() && !heading.words.is_empty() && !is_other(&heading.words) && !is_comparator(&heading.words);
        free && content.filled >= 2 && content.mostly(content.numbers + content.percents, 0.6)
    };
    let dated = columns.iter().any(|(heading, _)| heading.role == Some(Role::Period));
    if let Some((heading, _)) = columns.iter_mut().find(figures).filter(|_| !dated) {
        (heading.role, heading.surety, heading.why) = (Some(Role::Current), 0.6, "It is the first column of figures".into());
    }
}

/// Of several columns of one role, the less sure ones are the owner's own.
fn settle_repeats(columns: &mut [(Heading, ColumnContent)]) {
    for at in 0..columns.len() {
        let Some(role) = columns[at].0.role else { continue };
        let best = columns.iter().filter(|(heading, _)| heading.role == Some(role)).map(|(heading, _)| heading.surety).fold(0.0, f32::max);
        // A name is one column's alone; other roles may be played twice by headings that are sure.
        let alone = matches!(role, Role::Ref | Role::Action | Role::Kpi | Role::Risk);
        let first = columns[..at].iter().all(|(heading, _)| heading.role != Some(role) || heading.surety < best);
        let surety = columns[at].0.surety;
        let least = 0.6;
        // `RAG (now)` beside `RAG (prev)`: the older one is the owner's own.
        let past =
            role == Role::Status && ["prev", "last ", "previous"].iter().any(|word| columns[at].0.words.to_lowercase().contains(word));
        let keeps = role == Role::Period || (surety >= best && first && !past) || (!alone && surety >= least && !past);
        if !keeps {
            let why = if alone { "Another column names the rows" } else { "Another column plays this role more surely" };
            // The words of an inspector stand before the action that answers them.
            let wordy = columns[at].1.mostly(columns[at].1.long + columns[at].1.short, 0.6);
            let before = columns[at + 1..].iter().any(|(heading, _)| heading.role == Some(Role::Action));
            let role = (alone && role != Role::Ref && wordy).then_some(if before { Role::Theme } else { Role::Description });
            (columns[at].0.role, columns[at].0.surety, columns[at].0.why) = (role, 0.6, why.into());
        }
    }
}

/// Of several current values whose headings name a period, the last is the current one.
fn name_dated(columns: &mut [(Heading, ColumnContent)]) {
    let dated = |heading: &Heading| heading.role == Some(Role::Current) && heading.words.split_whitespace().any(is_period);
    let all: Vec<usize> = (0..columns.len()).filter(|&at| dated(&columns[at].0)).collect();
    if let [earlier @ .., _] = &all[..] {
        for &at in earlier {
            let heading = &mut columns[at].0;
            (heading.role, heading.surety, heading.why) = (Some(Role::Period), 0.8, "A later column holds the current value".into());
        }
    }
}

/// A history's first column names statuses and the others are periods, or the other way about.
fn name_history(columns: &mut [(Heading, ColumnContent)], lying: bool) {
    for (at, (heading, _)) in columns.iter_mut().enumerate() {
        let role = match (at, lying) {
            (0, false) => Some(Role::Status),
            (0, true) => Some(Role::Period),
            (_, false) => is_period(&heading.words).then_some(Role::Period),
            (_, true) => Status::parse(&heading.words).map(|_| Role::Status),
        };
        (heading.role, heading.surety, heading.why) = (role, 0.95, "It is a table of status counts by period".into());
    }
}
