//! The questions that are asked of a return before it goes, each answered from the plan with the places that say no. Asks nobody.

use std::collections::BTreeMap;

use super::{Changes, Missing, Report, unshown_claims};
use crate::{
    model::TableKind,
    notes::{Code, Note, Place, Severity},
};

/// One question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    AddsUp,
    RedsAreExplained,
    OverdueHasNewDates,
    KpisHaveFigures,
    OfficersAnswered,
    HiddenLeftOut,
    Marked,
    ClaimsAreShown,
}

impl Question {
    /// Every question, in the order they are asked.
    pub const ALL: [Self; 8] = [
        Self::AddsUp,
        Self::RedsAreExplained,
        Self::OverdueHasNewDates,
        Self::KpisHaveFigures,
        Self::OfficersAnswered,
        Self::HiddenLeftOut,
        Self::Marked,
        Self::ClaimsAreShown,
    ];

    /// Its name in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AddsUp => "adds_up",
            Self::RedsAreExplained => "reds_are_explained",
            Self::OverdueHasNewDates => "overdue_has_new_dates",
            Self::KpisHaveFigures => "kpis_have_figures",
            Self::OfficersAnswered => "officers_answered",
            Self::HiddenLeftOut => "hidden_left_out",
            Self::Marked => "marked",
            Self::ClaimsAreShown => "claims_are_shown",
        }
    }

    /// The question in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::AddsUp => "Does everything add up?",
            Self::RedsAreExplained => "Has every red a reason, a corrective action and a date?",
            Self::OverdueHasNewDates => "Has everything overdue a new date?",
            Self::KpisHaveFigures => "Has every KPI a figure?",
            Self::OfficersAnswered => "Is there news of every open action since the last return?",
            Self::HiddenLeftOut => "Is what the workbook hides left out?",
            Self::Marked => "Does it carry a protective marking?",
            Self::ClaimsAreShown => "Do figures and dates show what comments claim?",
        }
    }
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub question: Question,
    pub answer: Answer,
    /// What says no, and where.
    pub gaps: Vec<Gap>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    /// It cannot be told, and why.
    Unknown(&'static str),
}

/// One thing that says no.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    pub words: String,
    pub place: Option<Place>,
}

/// What of a document is hidden in its workbook, and whether the return has it in nevertheless.
#[derive(Clone, Copy, Debug)]
pub struct Hidden<'a> {
    pub is_in: bool,
    pub what: &'a [String],
}

/// Every question answered. `report` is what the return says, `notes` what does not add up.
#[must_use]
pub fn checklist(report: &Report<'_>, notes: &[Note], hidden: Hidden<'_>) -> Vec<Check> {
    let has_kpis = report.document.of_kind(TableKind::Kpi).next().is_some();
    let check = |question: Question| {
        let (unknown, gaps) = match question {
            Question::AddsUp => (None, conflicts(notes)),
            Question::RedsAreExplained => (None, lacking(report, &[Missing::Reason, Missing::Corrective])),
            Question::OverdueHasNewDates => {
                let unknown =
                    (!report.insight.plans.is_empty() && report.insight.judged_when().is_none()).then_some("No day is known to judge at.");
                (unknown, lacking(report, &[Missing::NewDate]))
            }
            Question::KpisHaveFigures => ((!has_kpis).then_some("There are no KPIs."), without_figure(report)),
            Question::OfficersAnswered => match &report.changes {
                None => (Some("No earlier return is chosen to tell by."), Vec::new()),
                Some(changes) => (None, unanswered(changes)),
            },
            Question::HiddenLeftOut => {
                let gap = |what: &String| Gap { words: format!("In it, although hidden in the workbook: {what}"), place: None };
                (None, hidden.what.iter().filter(|_| hidden.is_in).map(gap).collect())
            }
            Question::Marked => {
                let words = "It carries no marking, such as OFFICIAL or OFFICIAL-SENSITIVE.".to_owned();
                let unmarked = report.document.marking.as_ref().is_none_or(|marking| marking.words().is_empty());
                (None, unmarked.then_some(Gap { words, place: None }).into_iter().collect())
            }
            Question::ClaimsAreShown => {
                let claims = unshown_claims(report.document, &report.insight, &report.kpis, report.changes.as_ref());
                (None, claims.into_iter().map(|claim| Gap { words: claim.words, place: Some(claim.place) }).collect())
            }
        };
        let answer = match (unknown, gaps.is_empty()) {
            (_, false) => Answer::No,
            (Some(why), true) => Answer::Unknown(why),
            (None, true) => Answer::Yes,
        };
        Check { question, answer, gaps }
    };
    Question::ALL.map(check).into()
}

fn conflicts(notes: &[Note]) -> Vec<Gap> {
    // What is overdue has a question of its own.
    let warns = notes.iter().filter(|note| matches!(note.severity, Severity::Warning | Severity::Problem) && note.code != Code::Overdue);
    warns.map(|note| Gap { words: note.message.clone(), place: Some(note.place.clone()) }).collect()
}

/// The exceptions that lack any of some things.
fn lacking(report: &Report<'_>, what: &[Missing]) -> Vec<Gap> {
    let all = report.exceptions.actions.iter().chain(&report.exceptions.kpis);
    let lacks = |missing: &[Missing]| -> Vec<&'static str> {
        missing.iter().filter(|missing| what.contains(missing)).map(|missing| missing.word()).collect()
    };
    all.map(|exception| (exception, lacks(&exception.missing)))
        .filter(|(_, lacks)| !lacks.is_empty())
        .map(|(exception, lacks)| {
            let name = if exception.reference.is_empty() { &exception.words } else { &exception.reference };
            Gap {
                words: format!("{name} ({}) has no {}", exception.why.join(", "), lacks.join(" and no ")),
                place: Some(exception.place.clone()),
            }
        })
        .collect()
}

fn without_figure(report: &Report<'_>) -> Vec<Gap> {
    let none = |text: &str| !text.chars().any(|c| c.is_ascii_digit());
    let gap = |words: String, place: &Place| Gap { words, place: Some(place.clone()) };
    let kpis = report.kpis.iter().filter(|kpi| kpi.amount.is_none() && none(&kpi.current));
    kpis.map(|kpi| match &*kpi.current {
        "" => gap(format!("{} has no figure", kpi.title()), &kpi.place),
        text => gap(format!("{} says “{text}”, which is no figure", kpi.title()), &kpi.place),
    })
    .collect()
}

/// The officers with open actions of which nothing changed, each with these.
fn unanswered(changes: &Changes) -> Vec<Gap> {
    let mut of_lead: BTreeMap<&str, Vec<&super::Unanswered>> = BTreeMap::new();
    changes.unanswered.iter().for_each(|action| of_lead.entry(&action.lead).or_default().push(action));
    let gap = |(lead, actions): (&str, Vec<&super::Unanswered>)| {
        let names: Vec<&str> = actions.iter().take(8).map(|action| &*action.name).collect();
        let more = if actions.len() > names.len() { format!(" and {} more", actions.len() - names.len()) } else { String::new() };
        let who = if lead.is_empty() { "Nobody named as lead" } else { lead };
        let words = format!("{who}: nothing changed in {}{more} since {}", names.join(", "), changes.since);
        Gap { words, place: actions.first().map(|action| action.place.clone()) }
    };
    of_lead.into_iter().map(gap).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{AsOf, seed};
    use super::*;
    use crate::model::{Document, FrozenReturn};

    fn answers(document: &Document, baseline: Option<&FrozenReturn>, is_in: bool) -> Vec<(Question, Answer, usize)> {
        let as_of = AsOf { given: "2026-06-30".parse().ok(), today: None };
        let report = Report::of(document, as_of, baseline);
        let notes = super::super::Insight::of(document, as_of).notes;
        let checks = checklist(&report, &notes, Hidden { is_in, what: &["row 4 of “Plan”".to_owned()] });
        checks.into_iter().map(|check| (check.question, check.answer, check.gaps.len())).collect()
    }

    #[test]
    fn each_question_is_answered_from_the_plan() {
        let document = Document::of(vec![seed::plan_of(&[
            ["1", "Dig", "", "31/03/2026", "Major problems", ""],
            ["2", "Mend", "", "31/12/2026", "In progress", "Going well"],
        ])]);
        let unknown = "No earlier return is chosen to tell by.";
        assert_eq!(
            answers(&document, None, false),
            [
                (Question::AddsUp, Answer::Yes, 0),
                (Question::RedsAreExplained, Answer::No, 1),
                (Question::OverdueHasNewDates, Answer::No, 1),
                (Question::KpisHaveFigures, Answer::Unknown("There are no KPIs."), 0),
                (Question::OfficersAnswered, Answer::Unknown(unknown), 0),
                (Question::HiddenLeftOut, Answer::Yes, 0),
                (Question::Marked, Answer::No, 1),
                (Question::ClaimsAreShown, Answer::Yes, 0),
            ]
        );
        let as_of = AsOf { given: "2026-03-31".parse().ok(), today: None };
        let frozen = super::super::freeze(&document, &super::super::Insight::of(&document, as_of), as_of, "Q4");
        let asked = answers(&document, Some(&frozen), true);
        assert_eq!((asked[4].1, asked[4].2), (Answer::No, 1), "both actions are of nobody");
        assert_eq!(asked[5].1, Answer::No);
    }

    #[test]
    fn every_question_has_a_name_of_its_own() {
        let mut codes = Question::ALL.map(Question::code).to_vec();
        codes.dedup();
        assert_eq!(codes.len(), Question::ALL.len());
        assert!(Question::ALL.iter().all(|question| question.words().ends_with('?')));
    }
}
