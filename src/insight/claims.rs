//! Comments that claim a movement, such as “improved” or “on track”, which the figures or dates do not show. Prefers silence to doubt.

use std::collections::HashSet;

use super::{
    Changes, Insight, KpiStanding, Travel, What,
    changes::newest_comment,
    freeze::entries,
    rating::Rating,
    text::{quoted, sentences, words},
};
use crate::{
    model::{Document, RowId, Status, TableId, TableKind},
    notes::Place,
};

/// A claim that nothing shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub place: Place,
    /// What is claimed and what is shown instead: `KPI 3 says “improved since May”, and its figure is worse than before`.
    pub words: String,
}

/// What a comment claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Claimed {
    Better,
    Worse,
    OnTrack,
    Met,
}

/// Phrases that claim something, each of words as they follow one another.
const PHRASES: [(&str, Claimed); 31] = [
    ("improved", Claimed::Better),
    ("improving", Claimed::Better),
    ("improves", Claimed::Better),
    ("better than last", Claimed::Better),
    ("better than the previous", Claimed::Better),
    ("best performance", Claimed::Better),
    ("performing better", Claimed::Better),
    ("upward trend", Claimed::Better),
    ("positive trend", Claimed::Better),
    ("positive direction", Claimed::Better),
    ("worsened", Claimed::Worse),
    ("worsening", Claimed::Worse),
    ("deteriorated", Claimed::Worse),
    ("deteriorating", Claimed::Worse),
    ("got worse", Claimed::Worse),
    ("worse than last", Claimed::Worse),
    ("on track", Claimed::OnTrack),
    ("on schedule", Claimed::OnTrack),
    ("on course", Claimed::OnTrack),
    ("on plan", Claimed::OnTrack),
    ("to plan", Claimed::OnTrack),
    ("to schedule", Claimed::OnTrack),
    ("ahead of schedule", Claimed::OnTrack),
    ("on target", Claimed::Met),
    ("above target", Claimed::Met),
    ("target met", Claimed::Met),
    ("target achieved", Claimed::Met),
    ("target exceeded", Claimed::Met),
    ("exceeded target", Claimed::Met),
    ("met the target", Claimed::Met),
    ("met our target", Claimed::Met),
];
/// Words up to four before a phrase after which it is no claim of what is.
const UNSAID: [&str; 36] = [
    "not", "no", "never", "if", "unless", "will", "would", "could", "should", "may", "might", "to", "back", "expect", "expected",
    "expects", "hope", "hoped", "aim", "aims", "plan", "plans", "need", "needs", "needed", "until", "without", "isn't", "longer", "little",
    "further", "more", "for", "so", "request", "actions",
];
/// How many words before a phrase are looked at.
const BEFORE: usize = 4;

/// The first claim of each kind in a comment, with the sentence it stands in.
fn claims(comment: &str) -> Vec<(Claimed, &str)> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for sentence in sentences(comment) {
        let words = words(sentence);
        for (phrase, claimed) in PHRASES {
            let length = phrase.split(' ').count();
            let at = (0..words.len()).find(|&at| phrase.split(' ').eq(words[at..].iter().take(length).map(String::as_str)));
            // The words of a phrase such as `to plan` may be among those that unsay.
            let unsaid = |at: usize| words[at.saturating_sub(BEFORE)..at].iter().any(|word| UNSAID.contains(&word.as_str()));
            if at.is_some_and(|at| !unsaid(at)) && seen.insert(claimed) {
                found.push((claimed, sentence));
            }
        }
    }
    found
}

/// Every claim of a document's comments that nothing shows: of its KPIs first, then of its actions.
#[must_use]
pub fn unshown_claims(document: &Document, insight: &Insight, kpis: &[KpiStanding], changes: Option<&Changes>) -> Vec<Claim> {
    let mut all = Vec::new();
    for kpi in kpis.iter().filter(|kpi| !kpi.comment.is_empty()) {
        let told = claims(&kpi.comment).into_iter().find_map(|(claimed, sentence)| Some((sentence, kpi_shows(kpi, claimed)?)));
        if let Some((sentence, shown)) = told {
            let words = format!("{} says “{}”, and {shown}", kpi.title(), quoted(sentence));
            all.push(Claim { place: kpi.place.clone(), words });
        }
    }
    let late: HashSet<(TableId, RowId)> = insight.overdue.iter().filter_map(|late| late.place.table.zip(late.place.row)).collect();
    let slips = changes.map(Changes::slips).unwrap_or_default();
    let worse: HashSet<(TableId, RowId)> = changes.map(worse).unwrap_or_default();
    for table in document.of_kind(TableKind::Plan) {
        for (at, rows) in entries(table) {
            let id = |row: usize| (table.id, table.rows[row].id);
            let comment = newest_comment(table, at);
            let claimed = claims(&comment);
            if claimed.is_empty() {
                continue;
            }
            let statuses: Vec<Status> = rows.clone().filter_map(|row| table.status_of(&table.rows[row])).collect();
            let problem = statuses.iter().find(|status| status.is_problem());
            let is_late = rows.clone().any(|row| late.contains(&id(row)));
            let told = claimed.into_iter().find_map(|(claimed, sentence)| {
                let shown = match claimed {
                    Claimed::OnTrack | Claimed::Met if is_late => "its end has passed".to_owned(),
                    Claimed::OnTrack | Claimed::Met => match (problem, slips.get(&id(at))) {
                        (Some(status), _) => format!("its status is {}", status.word()),
                        (None, Some(slip)) => format!("its end is {}", slip.words()),
                        (None, None) => return None,
                    },
                    Claimed::Better if worse.contains(&id(at)) => "its status is worse than it was".to_owned(),
                    Claimed::Better | Claimed::Worse => return None,
                };
                Some((sentence, shown))
            });
            if let Some((sentence, shown)) = told {
                let words = format!("{} says “{}”, and {shown}", table.name_of(&table.rows[at]), quoted(sentence));
                all.push(Claim { place: Place::row(table, at), words });
            }
        }
    }
    all
}

/// The actions whose status is now one of problems that it was not before.
fn worse(changes: &Changes) -> HashSet<(TableId, RowId)> {
    let is_worse = |what: &What| matches!(what, What::Changed(changed) if changed.is_worse);
    let worse = changes.actions.iter().filter(|action| is_worse(&action.what));
    worse.filter_map(|action| action.place.as_ref().and_then(|place| place.table.zip(place.row))).collect()
}

/// What a KPI shows instead of what is claimed; `None` where it shows that, or may.
fn kpi_shows(kpi: &KpiStanding, claimed: Claimed) -> Option<String> {
    let shown = match (claimed, kpi.travel) {
        (Claimed::Better, Travel::Worse) => format!("its figure went from {} to {}, which is worse", kpi.previous, kpi.current),
        (Claimed::Worse, Travel::Better) => format!("its figure went from {} to {}, which is better", kpi.previous, kpi.current),
        (Claimed::Better | Claimed::Worse, Travel::Same) => format!("its figure is {} as before", kpi.current),
        (Claimed::OnTrack | Claimed::Met, _) => match kpi.rated.rating {
            Rating::Red | Rating::Amber => format!("it is {}: {}", kpi.rated.rating.word().to_lowercase(), kpi.rated.why),
            Rating::Green | Rating::Grey => return None,
        },
        (Claimed::Better | Claimed::Worse, Travel::Better | Travel::Worse | Travel::Moved | Travel::Unknown) => return None,
    };
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::super::{AsOf, seed};
    use super::*;

    #[test]
    fn a_claim_is_told_from_a_wish() {
        for (comment, expected) in [
            ("Performance has improved since May.", &[Claimed::Better][..]),
            ("We expect this to improve. On track.", &[Claimed::OnTrack]),
            ("This is not on track.", &[]),
            ("Work will be on target by March", &[]),
            ("Recruitment is going to plan", &[Claimed::OnTrack]),
            ("An improvement plan is needed to get back on track", &[]),
            ("The figure has worsened; the target met last year is out of reach", &[Claimed::Worse, Claimed::Met]),
            ("", &[]),
        ] {
            assert_eq!(claims(comment).into_iter().map(|(claimed, _)| claimed).collect::<Vec<_>>(), expected, "{comment}");
        }
    }

    #[test]
    fn an_action_that_is_late_or_red_is_not_on_track() {
        let document = Document::of(vec![seed::plan_of(&[
            ["1", "Dig", "", "31/03/2026", "In progress", "On track."],
            ["2", "Mend", "", "31/12/2026", "Major problems", "Work is on schedule"],
            ["3", "Paint", "", "31/12/2026", "In progress", "On track"],
            ["4", "Plant", "", "31/03/2026", "In progress", "No longer on track"],
        ])]);
        let as_of = AsOf { given: "2026-06-30".parse().ok(), today: None };
        let told = unshown_claims(&document, &Insight::of(&document, as_of), &[], None);
        assert_eq!(
            told.iter().map(|claim| &*claim.words).collect::<Vec<_>>(),
            ["1 says “On track”, and its end has passed", "2 says “Work is on schedule”, and its status is Major problems"]
        );
    }
}
