//! What a board is told by exception: what has problems, is overdue or slipped, each with reason, corrective action and new date, or without.

use std::{collections::HashMap, ops::Range};

use jiff::civil::Date;

use super::{
    Changes, Insight, KpiStanding, Overdue, Slip,
    changes::newest_comment,
    freeze::entries,
    log,
    rating::Rating,
    tense,
    text::{sentences, words},
};
use crate::{
    model::{Cell, Document, Role, RowId, Status, Table, TableId, TableKind, When, in_plain_form, kinds::parse_when},
    notes::Place,
};

/// One action, or one KPI, that a board is told of.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    pub place: Place,
    /// The plan or the KPI table it is of.
    pub table: String,
    pub reference: String,
    pub words: String,
    pub lead: String,
    pub status: Option<Status>,
    /// The rating of a KPI.
    pub rating: Option<Rating>,
    /// Why it is told of: `Major problems`, `Overdue since 31 March 2026`, `End 3 months later`.
    pub why: Vec<String>,
    pub reason: Said,
    pub corrective: Said,
    pub new_date: Said,
    /// What is still missing; empty where all is said, or nothing need be.
    pub missing: Vec<Missing>,
}

/// What an owner says, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// In a column for it.
    Column(String),
    /// In the comment, out of which it is taken.
    Comment(String),
    #[default]
    Nowhere,
}

/// What an exception lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Reason,
    Corrective,
    NewDate,
}

impl Missing {
    /// What is missing, in words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Corrective => "corrective action",
            Self::NewDate => "new date",
        }
    }
}

impl Said {
    /// What is said; what was taken out of the comment says so. Empty where nothing is.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Column(text) => text.clone(),
            Self::Comment(text) => format!("{text} (from the comment)"),
            Self::Nowhere => String::new(),
        }
    }

    fn is_nowhere(&self) -> bool {
        matches!(self, Self::Nowhere)
    }
}

/// The exceptions of a document: the actions in the order of the plan, then the KPIs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exceptions {
    pub actions: Vec<Exception>,
    pub kpis: Vec<Exception>,
}

impl Exceptions {
    /// Those that lack something, in order.
    pub fn unfinished(&self) -> impl Iterator<Item = &Exception> {
        self.actions.iter().chain(&self.kpis).filter(|exception| !exception.missing.is_empty())
    }
}

/// Words of headings over a reason, over what is done about it and over the date it is promised for now. The last of a list are the weaker.
const REASONS: [&str; 7] = ["reason", "explanation", "explanatory", "cause", "why", "variance commentary", "rationale"];
const CORRECTIVE: [&str; 14] = [
    "corrective",
    "remedial",
    "recovery",
    "rectif",
    "path to green",
    "route to green",
    "return to green",
    "get to green",
    "get well",
    "mitigat",
    "action taken",
    "actions taken",
    "next step",
    "improvement action",
];
const NEW_DATES: [&str; 9] =
    ["new date", "new end", "revised", "forecast", "expected", "re-dated", "rescheduled", "extended to", "projected"];

/// The exceptions of a document. `changes` are those since the baseline, by which what slipped is known.
#[must_use]
pub fn exceptions(document: &Document, insight: &Insight, kpis: &[KpiStanding], changes: Option<&Changes>) -> Exceptions {
    let mut exceptions = Exceptions::default();
    let slips = changes.map(Changes::slips).unwrap_or_default();
    // Of an action with several lines the first that is late.
    let overdue = insight.overdue.iter().rev().filter_map(|late| Some((late.place.table.zip(late.place.row)?, late)));
    let overdue: HashMap<(TableId, RowId), &Overdue> = overdue.collect();
    for table in document.of_kind(TableKind::Plan) {
        let columns = Columns::of(table);
        let day = insight.plan(table.id).and_then(|plan| plan.judged).map(|judged| judged.day);
        for (at, rows) in entries(table) {
            let id = |row: usize| (table.id, table.rows[row].id);
            let status = rows.clone().filter_map(|row| table.status_of(&table.rows[row])).max_by_key(|status| super::badness(*status));
            let is_open = status.is_none_or(Status::can_be_overdue);
            let slip = slips.get(&id(at)).copied();
            let late = rows.clone().find_map(|row| overdue.get(&id(row)));
            let problem = status.filter(|status| status.is_problem());
            if problem.is_none() && late.is_none() && (slip.is_none() || !is_open) {
                continue;
            }
            let since = late.map(|late| format!("Overdue since {}", late.end.strftime("%-d %B %Y")));
            let slipped = slip.map(|slip| format!("End {}", slip.words()));
            let why = problem.map(|status| status.word().to_owned()).into_iter().chain(since).chain(slipped).collect();
            let told = columns.told(table, rows, (late.is_some(), slip, day));
            let needs = Needs { all: status == Some(Status::MajorProblems), date: late.is_some() };
            exceptions.actions.push(exception(table, at, (status, why), told, needs));
        }
    }
    exceptions.kpis = kpis.iter().filter_map(|kpi| of_kpi(document, kpi)).collect();
    exceptions
}

/// What must be said of an exception: of a red all of it, of what is overdue when it will be done.
struct Needs {
    all: bool,
    date: bool,
}

fn exception(table: &Table, at: usize, (status, why): (Option<Status>, Vec<String>), told: [Said; 3], needs: Needs) -> Exception {
    let text = |role: Role| table.cell(&table.rows[at], role).map_or_else(String::new, |cell| cell.text.trim().to_owned());
    let [reason, corrective, new_date] = told;
    let missing = [
        (Missing::Reason, needs.all && reason.is_nowhere()),
        (Missing::Corrective, needs.all && corrective.is_nowhere()),
        (Missing::NewDate, (needs.all || needs.date) && new_date.is_nowhere()),
    ];
    Exception {
        place: Place::row(table, at),
        table: table.title().to_owned(),
        reference: text(Role::Ref),
        words: Some(text(Role::Action)).filter(|words| !words.is_empty()).unwrap_or_else(|| table.name_of(&table.rows[at])),
        lead: text(Role::Lead),
        status,
        rating: None,
        why,
        reason,
        corrective,
        new_date,
        missing: missing.into_iter().filter(|(_, is)| *is).map(|(missing, _)| missing).collect(),
    }
}

fn of_kpi(document: &Document, kpi: &KpiStanding) -> Option<Exception> {
    let rating = kpi.rated.rating;
    matches!(rating, Rating::Red | Rating::Amber).then_some(())?;
    let table = document.table(kpi.place.table?)?;
    let at = table.position(kpi.place.row?)?;
    let [reason, corrective, _] = Columns::of(table).told(table, at..at + 1, (false, None, None));
    let red = rating == Rating::Red;
    let missing = [(Missing::Reason, red && reason.is_nowhere()), (Missing::Corrective, red && corrective.is_nowhere())];
    let lead = table.cell(&table.rows[at], Role::Lead).map_or_else(String::new, |cell| cell.text.trim().to_owned());
    Some(Exception {
        place: kpi.place.clone(),
        table: kpi.table.clone(),
        reference: kpi.reference.clone(),
        words: kpi.name.clone(),
        lead,
        status: None,
        rating: Some(rating),
        why: vec![format!("{}: {}", rating.word(), kpi.rated.why)],
        reason,
        corrective,
        new_date: Said::Nowhere,
        missing: missing.into_iter().filter(|(_, is)| *is).map(|(missing, _)| missing).collect(),
    })
}

/// The columns of a table that are for the reason, for what is done about it and for a new date.
struct Columns {
    reason: Option<usize>,
    corrective: Option<usize>,
    /// Every column that may hold one.
    new_dates: Vec<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        // What a column is in itself is no reason and no corrective action, however it is headed: `Improvement action`.
        let is_free = |at: &usize| {
            matches!(
                table.columns[*at].role,
                None | Some(Role::Comment | Role::Description | Role::Mitigation | Role::Measure | Role::Progress)
            )
        };
        let headings: Vec<String> = table.columns.iter().map(|column| in_plain_form(&column.heading)).collect();
        let headed = |words: &[&str]| {
            let first = |word: &&str| (0..headings.len()).filter(is_free).find(|at| headings[*at].contains(*word));
            words.iter().find_map(first)
        };
        let corrective = headed(&CORRECTIVE).or_else(|| table.role_position(Role::Mitigation));
        let reason = headed(&REASONS).filter(|at| Some(*at) != corrective);
        let is_plain_end = |at: &usize| matches!(table.columns[*at].role, Some(Role::EarlierEnd | Role::Start | Role::Completed));
        let is_new_date = |at: &usize| !is_plain_end(at) && NEW_DATES.iter().any(|word| headings[*at].contains(word));
        Self { reason, corrective, new_dates: (0..headings.len()).filter(is_new_date).collect() }
    }

    /// The reason, the corrective action and the new date of the action in some rows, the first being its own.
    fn told(&self, table: &Table, rows: Range<usize>, (late, slip, day): (bool, Option<&Slip>, Option<Date>)) -> [Said; 3] {
        let said = |column: usize| {
            let cells = rows.clone().filter_map(move |row| table.rows[row].cells.get(column));
            cells.filter(|cell| !cell.is_blank() && says_something(&cell.text))
        };
        let text = |cell: &Cell| Said::Column(cell.text.trim().to_owned());
        let comment = newest_comment(table, rows.start);
        let words = log::entries(&comment).first().map_or(&*comment, log::Logged::words);
        let (coming, been): (Vec<&str>, Vec<&str>) = sentences(words).partition(|sentence| is_of_what_comes(sentence));
        let taken = |sentences: &[&str]| match sentences.join(" ") {
            said if says_something(&said) => Said::Comment(said),
            _ => Said::Nowhere,
        };
        let reason = self.reason.and_then(|column| said(column).next()).map_or_else(|| taken(&been), text);
        let corrective = self.corrective.and_then(|column| said(column).next()).map_or_else(|| taken(&coming), text);
        let after = |date: Option<Date>| date.filter(|date| day.is_none_or(|day| *date >= day));
        let is_ahead = |cell: &&Cell| after(cell.when().and_then(When::last_day)).is_some();
        let stated = self.new_dates.iter().find_map(|&column| said(column).find(is_ahead)).map(text);
        // What has not passed is what is promised now; of several lines the last end.
        let end = || {
            let ends = rows.clone().filter_map(|row| table.end_of(&table.rows[row])).filter(|_| !late);
            let ahead = ends.filter_map(|(_, cell, when)| Some((after(when.last_day())?, cell)));
            ahead.max_by_key(|(day, _)| *day).map(|(_, cell)| text(cell))
        };
        let slipped = || slip.filter(|slip| after(slip.is).is_some()).map(|slip| Said::Column(slip.now.clone()));
        let in_comment = || date_ahead(words, day).map(Said::Comment);
        let new_date = stated.or_else(slipped).or_else(end).or_else(in_comment).unwrap_or_default();
        [reason, corrective, new_date]
    }
}

/// Whether a text says anything: `n/a`, `TBC` and a dash do not.
fn says_something(text: &str) -> bool {
    const NOTHING: [&str; 10] = ["n/a", "na", "none", "nil", "tbc", "tba", "no update", "no change", "as above", "see above"];
    text.chars().any(char::is_alphanumeric) && !NOTHING.contains(&&*in_plain_form(text.trim().trim_end_matches('.')))
}

/// Whether a sentence is of what is still to be done.
fn is_of_what_comes(sentence: &str) -> bool {
    tense::is_to_come(sentence)
        || words(sentence).iter().any(|word| matches!(word.as_str(), "will" | "shall" | "plan" | "plans" | "planned"))
}

/// The first date in a text that is not before a day, as its owner wrote it; at most this many words are asked.
fn date_ahead(text: &str, day: Option<Date>) -> Option<String> {
    const MOST_ASKED: usize = 300;
    let day = day?;
    let words: Vec<&str> = text.split_whitespace().take(MOST_ASKED).collect();
    let asked = |from: usize, length: usize| {
        let said = words.get(from..from + length)?.join(" ");
        let said = said.trim_matches(|c: char| !c.is_alphanumeric());
        let ahead = parse_when(said).and_then(When::last_day).is_some_and(|date| date >= day);
        (ahead && said.bytes().any(|byte| byte.is_ascii_digit())).then(|| said.to_owned())
    };
    (0..words.len()).find_map(|from| [3, 2, 1].into_iter().find_map(|length| asked(from, length)))
}

impl Exception {
    /// The table and row it is of.
    #[must_use]
    pub fn row(&self) -> Option<(TableId, RowId)> {
        self.place.table.zip(self.place.row)
    }

    /// What it lacks, in words: `No reason, no new date`. Empty where it lacks nothing.
    #[must_use]
    pub fn missing_words(&self) -> String {
        let all: Vec<String> = self.missing.iter().map(|missing| format!("no {}", missing.word())).collect();
        let words = all.join(", ");
        words.strip_prefix('n').map_or_else(String::new, |rest| format!("N{rest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AsOf, freeze, seed};
    use super::*;

    fn told(rows: &[[&str; 6]], day: &str) -> Vec<String> {
        let document = Document::of(vec![seed::plan_of(rows)]);
        let as_of = AsOf { given: day.parse().ok(), today: None };
        let insight = Insight::of(&document, as_of);
        let all = exceptions(&document, &insight, &[], None);
        let line = |one: &Exception| {
            let said = [&one.reason, &one.corrective, &one.new_date].map(Said::words);
            format!("{}: {} | {} | {}", one.reference, one.why.join(", "), said.join(" | "), one.missing_words())
        };
        all.actions.iter().map(line).collect()
    }

    #[test]
    fn a_red_needs_a_reason_a_corrective_action_and_a_new_date() {
        let rows = [
            ["1", "Dig", "", "31/03/2026", "Major problems", ""],
            [
                "2",
                "Mend",
                "",
                "31/03/2026",
                "Major problems",
                "1/4/26: The contractor went bust. A new tender will go out by 30 September 2026.",
            ],
            ["3", "Paint", "", "31/12/2026", "Minor problems", ""],
            ["4", "Plant", "", "31/12/2026", "In progress", ""],
            ["5", "Prune", "", "31/03/2026", "In progress", "TBC"],
            ["6", "Mow", "", "31/03/2026", "On hold", ""],
        ];
        assert_eq!(
            told(&rows, "2026-06-30"),
            [
                "1: Major problems, Overdue since 31 March 2026 |  |  |  | No reason, no corrective action, no new date",
                "2: Major problems, Overdue since 31 March 2026 | The contractor went bust. (from the comment) | \
                 A new tender will go out by 30 September 2026. (from the comment) | 30 September 2026 (from the comment) | ",
                "3: Minor problems |  |  | 31/12/2026 | ",
                "5: Overdue since 31 March 2026 |  |  |  | No new date",
            ]
        );
    }

    #[test]
    fn what_slipped_since_the_baseline_is_told_with_its_new_end() {
        let before = Document::of(vec![seed::plan_of(&[["1", "Dig the pond", "", "31/03/2026", "In progress", ""]])]);
        let now = Document::of(vec![seed::plan_of(&[["1", "Dig the pond", "", "30/09/2026", "In progress", ""]])]);
        let as_of = AsOf { given: "2026-03-01".parse().ok(), today: None };
        let insight = Insight::of(&now, as_of);
        let changes = super::super::changes(&freeze(&before, &Insight::of(&before, as_of), as_of, "Q4"), &now, &insight);
        let all = exceptions(&now, &insight, &[], Some(&changes));
        assert_eq!(all.actions.len(), 1);
        assert_eq!(
            (&*all.actions[0].why, all.actions[0].new_date.words()),
            (&["End 6 months later".to_owned()][..], "30/09/2026".to_owned())
        );
    }

    #[test]
    fn a_kpi_off_its_target_is_an_exception() {
        let document = seed::document();
        let insight = Insight::of(&document, AsOf::default());
        let kpis = super::super::kpi_standings(&document, &insight);
        let all = exceptions(&document, &insight, &kpis, None);
        assert!(all.kpis.iter().all(|kpi| matches!(kpi.rating, Some(Rating::Red | Rating::Amber))) && !all.kpis.is_empty());
        assert_eq!(
            all.kpis.iter().filter(|kpi| kpi.rating == Some(Rating::Red)).filter(|kpi| kpi.missing.len() == 2).count(),
            insight.rating_counts(TableId(3))[2]
        );
    }
}
