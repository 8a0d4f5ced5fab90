//! What stands in a column against what its heading says. Looks at one column at a time.

use super::{content::ColumnContent, words::Subject};
use crate::model::Role;

/// Another role than the heading's, and why.
pub type Verdict = (Option<Role>, &'static str);

/// Another role than the heading's, where the content shows it. `said` is the lower of two headings, `words` both.
pub fn against(role: Role, said: &str, words: &str, subject: Option<Subject>, content: &ColumnContent) -> Option<Verdict> {
    if role == Role::Current && subject != Some(Subject::Kpi) {
        let money = content.money > 0 && content.money * 2 > content.filled;
        return Some(if money { (Some(Role::Budget), "It holds amounts of money") } else { (None, "It is no table of indicators") });
    }
    if content.filled < 2 {
        return None;
    }
    let found = match subject {
        Some(Subject::Plan) => in_plan(role, said, content).or_else(|| against_in_plan(role, words, content)),
        Some(Subject::Kpi) => in_kpi(role, said, content),
        Some(Subject::Risk) => {
            (role == Role::Impact && content.numbers + content.levels == 0 && content.mostly(content.long + content.short, 0.6))
                .then_some((Some(Role::Description), "It is headed impact and holds long texts"))
        }
        None => None,
    };
    let themes = || {
        let words = content.levels == 0 && content.numbers == 0 && content.mostly(content.long + content.short, 0.6);
        (role == Role::Priority && words).then_some((Some(Role::Theme), "It is headed priority and holds words"))
    };
    let figures = || {
        let figures = content.mostly(content.numbers, 0.8) && content.dates * 2 < content.filled;
        (matches!(role, Role::Description | Role::Lead) && figures).then_some((None, "It holds figures"))
    };
    let texts = content.mostly(content.long + content.short, 0.6) && !content.mostly(content.refs, 0.3);
    let long_ref =
        || (role == Role::Ref && texts && said.split(' ').count() > 2).then_some((None, "It is headed as a reference and holds texts"));
    found.or_else(themes).or_else(figures).or_else(long_ref)
}

fn in_plan(role: Role, said: &str, content: &ColumnContent) -> Option<Verdict> {
    let words = content.mostly(content.long + content.short, 0.6);
    let states = content.mostly(content.statuses, 0.7);
    Some(match role {
        Role::Comment | Role::Status if content.mostly(content.percents, 0.6) => (Some(Role::Progress), "It holds percentages"),
        Role::Comment | Role::Progress if said.contains("progress") && states => {
            (Some(Role::Status), "It is headed progress and holds statuses")
        }
        Role::Risk if content.mostly(content.levels + content.numbers, 0.8) => (Some(Role::Priority), "It holds levels rather than words"),
        Role::Score if states => (Some(Role::Status), "It holds statuses"),
        Role::Status if content.statuses == 0 && content.mostly(content.dates, 0.7) => (Some(Role::End), "It holds dates"),
        Role::Status if content.statuses == 0 && content.mostly(content.long, 0.7) && !said.contains("rag") => {
            (Some(Role::Comment), "It holds long texts rather than statuses")
        }
        Role::Status
            if content.statuses + content.coloured == 0
                && words
                && content.levels == 0
                && !said.contains("rag")
                && !said.contains("stat") =>
        {
            (None, "It holds words rather than statuses")
        }
        Role::Target if content.mostly(content.dates, 0.5) => (Some(Role::End), "It is headed target and holds dates"),
        Role::Target if words => (Some(Role::Measure), "It is headed target and holds words"),
        Role::End if said.contains("target") && content.dates * 5 < content.filled && content.mostly(content.long + content.short, 0.5) => {
            (Some(Role::Measure), "It is headed target and holds words")
        }
        Role::Measure if content.mostly(content.dates, 0.7) => (Some(Role::End), "It holds dates"),
        Role::Ref if said.starts_with("item") && words => (Some(Role::Action), "It holds words rather than references"),
        _ => return None,
    })
}

fn in_kpi(role: Role, said: &str, content: &ColumnContent) -> Option<Verdict> {
    let figures = content.numbers + content.percents;
    Some(match role {
        Role::Comment if content.mostly(content.percents, 0.6) && said.contains("progress") => {
            (Some(Role::Progress), "It is headed progress and holds percentages")
        }
        Role::Priority if content.mostly(figures, 0.8) => (None, "It holds figures"),
        Role::Rating | Role::Current if said == "performance" => {
            let role = if content.mostly(figures, 0.4) { Role::Current } else { Role::Rating };
            (Some(role), "Its heading and what it holds say so")
        }
        Role::Target if said == "aim" && content.mostly(content.ways, 0.8) => (Some(Role::Polarity), "It says which way is good"),
        Role::Period if content.mostly(content.arrows, 0.6) => (Some(Role::Trend), "It says whether it got better"),
        Role::Kpi if content.long == 0 && content.mostly(content.refs, 0.8) => (Some(Role::Ref), "It holds references"),
        Role::Rating if content.statuses == 0 && content.mostly(content.long, 0.6) => {
            (Some(Role::Comment), "It holds long texts rather than ratings")
        }
        Role::Rating if content.statuses == 0 && content.painted == 0 && content.mostly(figures, 0.7) => {
            (Some(Role::Current), "It holds figures rather than ratings")
        }
        _ => return None,
    })
}

/// The same for a plan, whatever the role: what is mostly dates is a date, what is mostly statuses a status.
fn against_in_plan(role: Role, words: &str, content: &ColumnContent) -> Option<Verdict> {
    let (filled, stated) = (content.filled >= 2, words.contains("rag") || words.contains("status"));
    let timed = ["date", "when", "due", "deadline", "target", "by", "finish", "complet"].iter().any(|word| words.contains(word));
    Some(match role {
        Role::Status | Role::End | Role::Start
            if filled
                && content.dates == 0
                && content.statuses == 0
                && content.percents == 0
                && content.mostly(content.numbers, 0.8)
                && content.hues < 2
                && !stated =>
        {
            let target = role == Role::End && words.contains("target");
            (target.then_some(Role::Target), "It holds numbers")
        }
        Role::Start | Role::End | Role::Status | Role::Ref => return None,
        _ if filled && content.mostly(content.dates, 0.8) && words.contains("introduced") => (Some(Role::Start), "It holds dates"),
        _ if filled && content.mostly(content.dates, 0.8) && timed => (Some(Role::End), "It holds dates"),
        Role::Budget | Role::Lead | Role::Measure | Role::Score | Role::Progress
            if filled && stated && content.mostly(content.statuses, 0.7) =>
        {
            (Some(Role::Status), "It holds statuses")
        }
        _ => return None,
    })
}

/// Words for what was done once, which is no part of a row's own time.
const PAST: [&str; 16] = [
    "committee",
    "report",
    "raised",
    "issued",
    "reported",
    "identified",
    "received",
    "added",
    "created",
    "last",
    "updated",
    "reviewed",
    "logged",
    "approved",
    "met",
    "meeting",
];

/// Whether a heading says when something was done or said of a row.
pub fn is_past(words: &str) -> bool {
    words.split([' ', '/']).any(|word| PAST.contains(&word))
}

/// The role of a column of a plan or of indicators that its heading does not tell, by what stands in it.
pub fn by_content(words: &str, subject: Subject, content: &ColumnContent) -> Option<(Role, &'static str)> {
    if content.filled < 2 {
        return None;
    }
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    match subject {
        Subject::Plan | Subject::Risk if content.mostly(content.dates, 0.7) => {
            let past = is_past(words);
            let starts = says(&["start", "from", "begin", "commence"]);
            (!past).then_some((if starts { Role::Start } else { Role::End }, "It holds dates"))
        }
        Subject::Plan | Subject::Risk if content.mostly(content.people, 0.6) => Some((Role::Lead, "It holds names or posts")),
        Subject::Plan if content.mostly(content.money, 0.6) => Some((Role::Budget, "It holds amounts of money")),
        Subject::Kpi if content.mostly(content.arrows, 0.7) => Some((Role::Trend, "It holds arrows")),
        Subject::Kpi if content.mostly(content.ways, 0.8) => Some((Role::Polarity, "It says which way is good")),
        Subject::Kpi if content.mostly(content.statuses, 0.7) => Some((Role::Rating, "It holds ratings")),
        Subject::Plan | Subject::Kpi | Subject::Risk => None,
    }
}
