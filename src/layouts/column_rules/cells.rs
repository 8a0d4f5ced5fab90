//! What stands in a column against what its heading says, and for what no heading says. Looks at one column at a time.

use super::{
    heading::{is_past, named},
    rule::Rule,
};
use crate::{
    layouts::{
        content::ColumnContent,
        evidence::{Evidence, Reason},
        facts::TableFacts,
        words::Subject,
    },
    model::Role,
};

/// How much what stands in a column speaks against its heading.
const AGAINST: f32 = 20.0;

pub(super) const RULES: &[Rule] = &[against_heading];

/// Another role than the heading's, and why.
type Verdict = (Option<Role>, Reason);

/// Where the cells are of another kind than the heading's role asks for.
fn against_heading(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let Some((role, _)) = column.spoken else { return };
    let role = named(table, role);
    let Some((other, reason)) = against(role, &column.said, &column.plain, table.subject, &column.content) else { return };
    if other != Some(role) {
        found.push(Evidence::against(role, AGAINST, reason));
    }
    found.push(Evidence { role: other, weight: 7.5, reason, repeats: true });
}

/// Another role than the heading's, where the content shows it. `said` is the lower of two headings, `words` both.
fn against(role: Role, said: &str, words: &str, subject: Option<Subject>, content: &ColumnContent) -> Option<Verdict> {
    if role == Role::Current && subject != Some(Subject::Kpi) {
        let money = content.money > 0 && content.money * 2 > content.filled;
        return Some(if money { (Some(Role::Budget), Reason::Money) } else { (None, Reason::NoIndicators) });
    }
    if content.filled < 2 {
        return None;
    }
    let found = match subject {
        Some(Subject::Plan) => in_plan(role, said, content).or_else(|| against_in_plan(role, words, content)),
        Some(Subject::Kpi) => in_kpi(role, said, content),
        Some(Subject::Risk) => {
            (role == Role::Impact && content.numbers + content.levels == 0 && content.mostly(content.long + content.short, 0.6))
                .then_some((Some(Role::Description), Reason::LongTexts))
        }
        None => None,
    };
    let themes = || {
        let words = content.levels == 0 && content.numbers == 0 && content.mostly(content.long + content.short, 0.6);
        (role == Role::Priority && words).then_some((Some(Role::Theme), Reason::PriorityWords))
    };
    let figures = || {
        let figures = content.mostly(content.numbers, 0.8) && content.dates * 2 < content.filled;
        (matches!(role, Role::Description | Role::Lead) && figures).then_some((None, Reason::Figures))
    };
    let people = || {
        let named = content.money + content.numbers == 0 && content.mostly(content.people, 0.4);
        (role == Role::Budget && named).then_some((None, Reason::NoMoney))
    };
    let texts = content.mostly(content.long + content.short, 0.6) && !content.mostly(content.refs, 0.3);
    let long_ref = || (role == Role::Ref && texts && said.split(' ').count() > 2).then_some((None, Reason::Texts));
    found.or_else(themes).or_else(figures).or_else(people).or_else(long_ref)
}

fn in_plan(role: Role, said: &str, content: &ColumnContent) -> Option<Verdict> {
    let words = content.mostly(content.long + content.short, 0.6);
    let states = content.mostly(content.statuses, 0.7);
    Some(match role {
        Role::Comment | Role::Status if content.mostly(content.percents, 0.6) => (Some(Role::Progress), Reason::Percentages),
        Role::Comment | Role::Progress if said.contains("progress") && states => (Some(Role::Status), Reason::Statuses),
        Role::Risk if content.mostly(content.levels + content.numbers, 0.8) => (Some(Role::Priority), Reason::Levels),
        Role::Score if states => (Some(Role::Status), Reason::Statuses),
        Role::Status if content.statuses == 0 && content.mostly(content.dates, 0.7) => (Some(Role::End), Reason::Dates),
        Role::Status if content.statuses == 0 && content.mostly(content.long, 0.7) && !said.contains("rag") => {
            (Some(Role::Comment), Reason::LongTextsNoStatus)
        }
        Role::Status
            if content.statuses + content.coloured == 0
                && words
                && content.levels == 0
                && !said.contains("rag")
                && !said.contains("stat") =>
        {
            (None, Reason::WordsNoStatus)
        }
        Role::Target if content.mostly(content.dates, 0.5) => (Some(Role::End), Reason::Dates),
        Role::Target if words => (Some(Role::Measure), Reason::WordsNoDates),
        Role::End if said.contains("target") && content.dates * 5 < content.filled && content.mostly(content.long + content.short, 0.5) => {
            (Some(Role::Measure), Reason::WordsNoDates)
        }
        Role::Measure if content.mostly(content.dates, 0.7) => (Some(Role::End), Reason::Dates),
        Role::Ref if said.starts_with("item") && words => (Some(Role::Action), Reason::WordsNoReference),
        _ => return None,
    })
}

fn in_kpi(role: Role, said: &str, content: &ColumnContent) -> Option<Verdict> {
    let figures = content.numbers + content.percents;
    Some(match role {
        Role::Comment if content.mostly(content.percents, 0.6) && said.contains("progress") => (Some(Role::Progress), Reason::Percentages),
        Role::Priority if content.mostly(figures, 0.8) => (None, Reason::Figures),
        Role::Rating | Role::Current if said == "performance" => {
            let role = if content.mostly(figures, 0.4) { Role::Current } else { Role::Rating };
            (Some(role), Reason::HeadedAndHeld)
        }
        Role::Target if said == "aim" && content.mostly(content.ways, 0.8) => (Some(Role::Polarity), Reason::Ways),
        Role::Period if content.mostly(content.arrows, 0.6) => (Some(Role::Trend), Reason::Travel),
        Role::Kpi if content.long == 0 && content.mostly(content.refs, 0.8) => (Some(Role::Ref), Reason::References),
        Role::Rating if content.statuses == 0 && content.mostly(content.long, 0.6) => (Some(Role::Comment), Reason::LongTextsNoRating),
        Role::Rating if content.statuses == 0 && content.painted == 0 && content.mostly(figures, 0.7) => {
            (Some(Role::Current), Reason::FiguresNoRating)
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
            (target.then_some(Role::Target), Reason::Numbers)
        }
        Role::Start | Role::End | Role::Status | Role::Ref => return None,
        _ if filled && content.mostly(content.dates, 0.8) && words.contains("introduced") => (Some(Role::Start), Reason::Dates),
        _ if filled && content.mostly(content.dates, 0.8) && timed => (Some(Role::End), Reason::Dates),
        Role::Budget | Role::Lead | Role::Measure | Role::Score | Role::Progress
            if filled && stated && content.mostly(content.statuses, 0.7) =>
        {
            (Some(Role::Status), Reason::Statuses)
        }
        _ => return None,
    })
}

/// The role of a column of a plan or of indicators that its heading does not tell, by what stands in it.
pub(super) fn by_content(words: &str, subject: Subject, content: &ColumnContent) -> Option<(Role, Reason)> {
    if content.filled < 2 {
        return None;
    }
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    match subject {
        Subject::Plan | Subject::Risk if content.mostly(content.dates, 0.7) => {
            let past = is_past(words);
            let starts = says(&["start", "from", "begin", "commence"]);
            (!past).then_some((if starts { Role::Start } else { Role::End }, Reason::Dates))
        }
        Subject::Plan | Subject::Risk if content.mostly(content.people, 0.6) => Some((Role::Lead, Reason::People)),
        Subject::Plan if content.mostly(content.money, 0.6) => Some((Role::Budget, Reason::Money)),
        Subject::Kpi if content.mostly(content.arrows, 0.7) => Some((Role::Trend, Reason::Arrows)),
        Subject::Kpi if content.mostly(content.ways, 0.8) => Some((Role::Polarity, Reason::Ways)),
        Subject::Kpi if content.mostly(content.statuses, 0.7) => Some((Role::Rating, Reason::Ratings)),
        Subject::Plan | Subject::Kpi | Subject::Risk => None,
    }
}
