//! What each column of a table is, by its heading and by what stands in it. Says how sure it is and why.

use super::{
    content::Content,
    header::{Label, spoken_role},
    outline::Heading,
    words::{Subject, is_period, plain, role_of},
};
use crate::{
    model::{Role, Status, TableKind},
    workbook::Grid,
};

/// Names the columns of a table. `rows` are its first and last sheet row below the header.
pub fn name_columns(grid: &Grid, labels: &[Label], kind: TableKind, subject: Option<Subject>, rows: (u32, u32)) -> Vec<Heading> {
    let mut columns: Vec<(Heading, Content)> = labels
        .iter()
        .map(|label| {
            let content = Content::of(grid, label.column, rows);
            (by_heading(label, kind, subject, &content), content)
        })
        .collect();
    if kind == TableKind::History {
        name_history(&mut columns);
    } else {
        name_blanks(&mut columns, kind);
        part_actions(&mut columns, kind);
        promote(&mut columns, kind, subject);
        name_leads(&mut columns, kind);
        name_latest(&mut columns, kind);
        settle_repeats(&mut columns);
    }
    columns.into_iter().map(|(heading, _)| heading).collect()
}

/// A column's role by its heading, unless what stands in it speaks against that.
fn by_heading(label: &Label, kind: TableKind, subject: Option<Subject>, content: &Content) -> Heading {
    let words = label.words();
    let heading = |role: Option<Role>, surety: f32, why: &str| Heading {
        column: label.column,
        words: words.as_str().into(),
        role,
        surety,
        why: why.into(),
    };
    if subject == Some(Subject::Kpi)
        && let Some(role) = period_role(label)
    {
        return heading(role, 0.9, "Its heading names a period");
    }
    let plan = subject == Some(Subject::Plan);
    if plan && words.contains('£') && content.mostly(content.numbers + content.money, 0.4) {
        return heading(Some(Role::Budget), 0.85, "Its heading is in pounds");
    }
    let Some((role, surety)) = spoken_role(label, subject) else {
        let counted = kind == TableKind::Kpi && is_period(&label.child);
        return if counted {
            heading(Some(Role::Period), 0.9, "Its heading names a period")
        } else {
            heading(None, 0.5, "Its heading is none of the known words")
        };
    };
    let said = plain(if label.child.is_empty() { &label.parent } else { &label.child });
    let against =
        against(role, &said, subject, content).or_else(|| if plan { against_in_plan(role, &plain(&words), content) } else { None });
    if let Some((role, why)) = against {
        return heading(role, 0.75, why);
    }
    let why = if surety >= 0.9 { "Its heading says so" } else { "Its heading contains words that say so" };
    heading(Some(role), surety, why)
}

/// Under a period, the value read is the period's; its target is the owner's own column.
fn period_role(label: &Label) -> Option<Option<Role>> {
    if is_period(&label.parent) && !label.child.is_empty() {
        return match role_of(&label.child, Some(Subject::Kpi)).map(|(role, _)| role) {
            Some(Role::Current | Role::Kpi) => Some(Some(Role::Period)),
            Some(Role::Target) => Some(Some(Role::Target)),
            _ if is_period(&label.child) => Some(Some(Role::Period)),
            _ => None,
        };
    }
    is_period(if label.child.is_empty() { &label.parent } else { &label.child }).then_some(Some(Role::Period))
}

/// Another role than the heading's, where the content shows it.
fn against(role: Role, said: &str, subject: Option<Subject>, content: &Content) -> Option<(Option<Role>, &'static str)> {
    let filled = content.filled >= 2;
    Some(match role {
        Role::Comment if filled && content.mostly(content.percents, 0.6) && said.contains("progress") => {
            (Some(Role::Progress), "It is headed progress and holds percentages")
        }
        Role::Comment | Role::Progress
            if filled && subject == Some(Subject::Plan) && said.contains("progress") && content.mostly(content.statuses, 0.7) =>
        {
            (Some(Role::Status), "It is headed progress and holds statuses")
        }
        Role::Status if filled && subject == Some(Subject::Plan) && content.mostly(content.percents, 0.6) => {
            (Some(Role::Progress), "It holds percentages")
        }
        Role::Status if filled && subject == Some(Subject::Plan) && content.mostly(content.dates, 0.7) && content.statuses == 0 => {
            (Some(Role::End), "It holds dates")
        }
        Role::Status
            if filled
                && subject == Some(Subject::Plan)
                && content.mostly(content.long, 0.7)
                && content.statuses == 0
                && !said.contains("rag") =>
        {
            (Some(Role::Comment), "It holds long texts rather than statuses")
        }
        Role::Target if filled && subject == Some(Subject::Plan) => match () {
            () if content.mostly(content.dates, 0.5) => (Some(Role::End), "It is headed target and holds dates"),
            () if content.mostly(content.long + content.short, 0.6) => (Some(Role::Measure), "It is headed target and holds words"),
            () => return None,
        },
        Role::End
            if filled
                && said.contains("target")
                && subject == Some(Subject::Plan)
                && content.dates == 0
                && content.mostly(content.long + content.short, 0.7) =>
        {
            (Some(Role::Measure), "It is headed target and holds words")
        }
        Role::Measure if subject == Some(Subject::Plan) && filled && content.mostly(content.dates, 0.7) => {
            (Some(Role::End), "It holds dates")
        }
        Role::Priority
            if filled
                && subject == Some(Subject::Plan)
                && content.levels == 0
                && content.numbers == 0
                && content.mostly(content.long + content.short, 0.6) =>
        {
            (Some(Role::Theme), "It is headed priority and holds words")
        }
        Role::Impact if filled && subject == Some(Subject::Risk) && content.mostly(content.long, 0.5) => {
            (Some(Role::Description), "It is headed impact and holds long texts")
        }
        Role::Rating | Role::Current if subject == Some(Subject::Kpi) && said == "performance" && filled => {
            let numeric = content.mostly(content.numbers + content.percents, 0.4);
            (Some(if numeric { Role::Current } else { Role::Rating }), "Its heading and what it holds say so")
        }
        Role::Kpi if filled && subject == Some(Subject::Kpi) && content.long == 0 && content.mostly(content.refs, 0.8) => {
            (Some(Role::Ref), "It holds references")
        }
        Role::Rating if filled && subject == Some(Subject::Kpi) && content.statuses == 0 && content.mostly(content.long, 0.6) => {
            (Some(Role::Comment), "It holds long texts rather than ratings")
        }
        Role::Rating
            if filled
                && subject == Some(Subject::Kpi)
                && content.statuses == 0
                && content.painted == 0
                && content.mostly(content.numbers + content.percents, 0.7) =>
        {
            (Some(Role::Current), "It holds figures rather than ratings")
        }
        Role::Score if filled && subject == Some(Subject::Plan) && content.mostly(content.statuses, 0.7) => {
            (Some(Role::Status), "It holds statuses")
        }
        Role::Current if subject != Some(Subject::Kpi) => (content.money * 2 > content.filled)
            .then_some(Role::Budget)
            .map_or((None, "It is no table of indicators"), |role| (Some(role), "It holds amounts of money")),
        Role::Ref
            if filled
                && subject == Some(Subject::Plan)
                && said.starts_with("item")
                && content.mostly(content.long + content.short, 0.6) =>
        {
            (Some(Role::Action), "It holds words rather than references")
        }
        Role::Ref if filled && content.mostly(content.long, 0.6) => (None, "It is headed as a reference and holds long texts"),
        _ => return None,
    })
}

/// The same for a plan, whatever the role: what is mostly dates is a date, what is mostly statuses a status.
fn against_in_plan(role: Role, words: &str, content: &Content) -> Option<(Option<Role>, &'static str)> {
    let (filled, stated) = (content.filled >= 2, words.contains("rag") || words.contains("status"));
    let timed = ["date", "when", "due", "deadline", "target", "by", "finish", "complet"].iter().any(|word| words.contains(word));
    Some(match role {
        Role::Status | Role::End | Role::Start
            if filled
                && content.dates == 0
                && content.statuses == 0
                && content.percents == 0
                && content.mostly(content.numbers, 0.8)
                && !stated =>
        {
            (None, "It holds numbers")
        }
        Role::Start | Role::End | Role::Status | Role::Ref => return None,
        _ if filled && content.mostly(content.dates, 0.8) && timed => (Some(Role::End), "It holds dates"),
        Role::Budget | Role::Lead | Role::Measure | Role::Score | Role::Progress
            if filled && stated && content.mostly(content.statuses, 0.7) =>
        {
            (Some(Role::Status), "It holds statuses")
        }
        _ => return None,
    })
}

/// Columns without a heading, and tables without any, by what stands in them.
fn name_blanks(columns: &mut [(Heading, Content)], kind: TableKind) {
    let plan = kind == TableKind::Plan;
    // A heading that says nothing is as good as none to a column of statuses.
    if plan
        && !columns
            .iter()
            .any(|(heading, content)| heading.role == Some(Role::Status) && (content.filled == 0 || content.statuses + content.painted > 0))
    {
        let stated = |(heading, content): &&mut (Heading, Content)| {
            let free =
                heading.role.is_none_or(|role| heading.surety < 0.85 && role != Role::Action) && !super::words::is_other(&heading.words);
            free && content.filled >= 3 && content.mostly(content.statuses, 0.75)
        };
        for (heading, _) in columns.iter_mut().filter(stated) {
            (heading.role, heading.surety, heading.why) = (Some(Role::Status), 0.7, "It holds statuses".into());
        }
    }
    let blank = |columns: &[(Heading, Content)], at: usize| columns[at].0.words.is_empty() && columns[at].0.role.is_none();
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
fn two_dates(columns: &[(Heading, Content)], at: usize) -> bool {
    columns[at + 1..].iter().any(|(_, content)| content.mostly(content.dates, 0.6))
}

/// A recommendation beside the action agreed on it is that action's theme; milestones beside an action measure it.
fn part_actions(columns: &mut [(Heading, Content)], kind: TableKind) {
    let acts = |heading: &Heading| heading.role == Some(Role::Action);
    if kind != TableKind::Plan || columns.iter().filter(|(heading, _)| acts(heading)).count() < 2 {
        return;
    }
    for (words, role, why) in [
        ("recommendation", Role::Theme, "It is what the actions of another column answer"),
        ("milestone", Role::Measure, "It stands beside another column of actions"),
        ("deliverable", Role::Measure, "It stands beside another column of actions"),
    ] {
        let others = columns.iter().any(|(heading, _)| acts(heading) && !plain(&heading.words).contains(words));
        for (heading, _) in columns.iter_mut().filter(|(heading, _)| others && acts(heading) && plain(&heading.words).contains(words)) {
            (heading.role, heading.surety, heading.why) = (Some(role), 0.85, why.into());
        }
    }
}

/// Gives the table the column its entries are called by, where no heading names it.
fn promote(columns: &mut [(Heading, Content)], kind: TableKind, subject: Option<Subject>) {
    let (wanted, stand_ins): (Role, &[Role]) = match (kind, subject) {
        (TableKind::Plan, _) => (Role::Action, &[Role::Description, Role::Theme, Role::Measure, Role::Kpi]),
        (TableKind::Kpi, _) => (Role::Kpi, &[Role::Measure, Role::Description, Role::Theme, Role::Action]),
        (_, Some(Subject::Risk)) => (Role::Risk, &[Role::Description, Role::Theme, Role::Action]),
        _ => return,
    };
    let wordy = |content: &Content| content.filled == 0 || content.mostly(content.long + content.short, 0.3);
    let has = columns.iter().any(|(heading, _)| heading.role == Some(wanted));
    if has {
        return;
    }
    let long = |(_, content): &(Heading, Content)| content.filled > 0 && content.mostly(content.long, 0.4);
    let of = |role: Role, test: &dyn Fn(&(Heading, Content)) -> bool| {
        columns.iter().position(|column| column.0.role == Some(role) && test(column))
    };
    // Sentences name a row better than a few words do.
    let stand_in = stand_ins
        .iter()
        .find_map(|role| of(*role, &long))
        .or_else(|| stand_ins.iter().find_map(|role| of(*role, &|column| wordy(&column.1))));
    let first = || columns.iter().position(|(heading, content)| heading.role.is_none() && content.filled > 0 && wordy(content));
    if let Some(at) = stand_in.or_else(first) {
        let heading = &mut columns[at].0;
        (heading.role, heading.surety, heading.why) = (Some(wanted), 0.7, "No other column names the rows of the table".into());
    }
}

/// Where nobody is named, the directorate or team leads.
fn name_leads(columns: &mut [(Heading, Content)], kind: TableKind) {
    if kind != TableKind::Plan || columns.iter().any(|(heading, _)| heading.role == Some(Role::Lead)) {
        return;
    }
    let team = |heading: &Heading| matches!(&*plain(&heading.words), "directorate" | "service" | "team" | "department");
    if let Some((heading, _)) = columns.iter_mut().find(|(heading, _)| heading.role.is_none() && team(heading)) {
        (heading.role, heading.surety, heading.why) = (Some(Role::Lead), 0.7, "No other column says who leads".into());
    }
}

/// The one actual value of a KPI table is its current one, though its heading names the year.
fn name_latest(columns: &mut [(Heading, Content)], kind: TableKind) {
    let has = columns.iter().any(|(heading, _)| heading.role == Some(Role::Current));
    if kind != TableKind::Kpi || has {
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
}

/// Of several columns of one role, the less sure ones are the owner's own.
fn settle_repeats(columns: &mut [(Heading, Content)]) {
    for at in 0..columns.len() {
        let Some(role) = columns[at].0.role else { continue };
        let best = columns.iter().filter(|(heading, _)| heading.role == Some(role)).map(|(heading, _)| heading.surety).fold(0.0, f32::max);
        // A name is one column's alone; other roles may be played twice by headings that are sure.
        let alone = matches!(role, Role::Ref | Role::Action | Role::Kpi | Role::Risk);
        let first = columns[..at].iter().all(|(heading, _)| heading.role != Some(role) || heading.surety < best);
        let surety = columns[at].0.surety;
        let least = if matches!(role, Role::Status | Role::Theme) { 0.6 } else { 0.8 };
        let keeps = role == Role::Period || (surety >= best && first) || (!alone && surety >= least);
        if !keeps {
            let why = if alone { "Another column names the rows" } else { "Another column plays this role more surely" };
            (columns[at].0.role, columns[at].0.surety, columns[at].0.why) = (None, 0.6, why.into());
        }
    }
}

/// A history's first column names statuses and the others are periods, or the other way about.
fn name_history(columns: &mut [(Heading, Content)]) {
    let lying = columns.iter().skip(1).filter(|(heading, _)| Status::parse(&heading.words).is_some()).count() >= 3;
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
