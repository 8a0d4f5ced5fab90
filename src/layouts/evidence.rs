//! What stands in a column against what its heading says. Looks at one column at a time.

use super::{content::Content, words::Subject};
use crate::model::Role;

/// Another role than the heading's, where the content shows it.
pub fn against(role: Role, said: &str, subject: Option<Subject>, content: &Content) -> Option<(Option<Role>, &'static str)> {
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
pub fn against_in_plan(role: Role, words: &str, content: &Content) -> Option<(Option<Role>, &'static str)> {
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

/// The role of a column of a plan or of indicators that its heading does not tell, by what stands in it.
pub fn by_content(words: &str, subject: Subject, content: &Content) -> Option<(Role, &'static str)> {
    if content.filled < 2 {
        return None;
    }
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    match subject {
        Subject::Plan | Subject::Risk if content.mostly(content.dates, 0.7) => {
            // When something was said of a row is no part of its time.
            let past = says(&[
                "raised",
                "issued",
                "reported",
                "identified",
                "received",
                "added",
                "created",
                "last",
                "updated",
                "logged",
                "approved",
                "met",
                "meeting",
            ]);
            let starts = says(&["start", "from", "begin", "commence", "open"]);
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
