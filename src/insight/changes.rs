//! What changed since a frozen return: counts, actions added, dropped, moved or slipped, and KPIs. Compares, never edits.

use std::collections::HashMap;

use super::{
    AsOf, Insight, Slip, Tally, freeze,
    kpi_standing::kpi_ratings,
    lines::columns_of,
    log,
    matching::{Known, pairs},
    rating::Rating,
    signed_by::signed_by,
};
use crate::{
    model::{Document, FrozenAction, FrozenKpi, FrozenReturn, Role, RowId, RowKind, Status, Table, TableId, TableKind},
    notes::Place,
};

/// Everything that changed since a return.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// What it is compared with: `Q2 2026/27, as at 30 September 2026`.
    pub since: String,
    /// The lines by status then and now.
    pub before: Tally,
    pub now: Tally,
    /// How many lines were past their end then, where that was judged, and now.
    pub overdue_before: Option<usize>,
    pub overdue_now: usize,
    /// How many KPIs had each rating then and have it now, in the order of `Rating::ALL`.
    pub ratings_before: [usize; 4],
    pub ratings_now: [usize; 4],
    /// What changed of the actions, in the order of the plan; what was dropped comes last.
    pub actions: Vec<ActionChange>,
    /// What changed of the KPIs.
    pub kpis: Vec<KpiChange>,
    /// The open actions of which nothing changed, neither their status nor their end nor their comment: each with its lead.
    pub unanswered: Vec<Unanswered>,
}

/// An action that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionChange {
    /// Where it stands; `None` where it was dropped.
    pub place: Option<Place>,
    /// The plan it is of.
    pub plan: String,
    pub reference: String,
    pub words: String,
    pub lead: String,
    pub what: What,
    /// What its comment says last, where it says something else than then.
    pub reason: String,
    /// Who wrote that, where the comment says so.
    pub by: String,
}

/// What became of an action.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Added,
    Dropped {
        /// How its lines stood.
        status: String,
    },
    Changed(Box<Changed>),
}

/// How an action that is still there is not as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changed {
    /// The statuses of its lines in words, then and now.
    pub status: Option<(String, String)>,
    /// Whether its status is now one of problems that it was not before.
    pub is_worse: bool,
    pub slip: Option<Slip>,
    pub reference: Option<(String, String)>,
    pub words: Option<(String, String)>,
    pub lead: Option<(String, String)>,
}

/// A KPI that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiChange {
    pub place: Option<Place>,
    pub reference: String,
    pub name: String,
    pub what: KpiWhat,
}

/// What became of a KPI.
#[derive(Clone, Debug, PartialEq)]
pub enum KpiWhat {
    Added,
    Dropped,
    Changed {
        /// Its figure then and now.
        current: Option<(String, String)>,
        target: Option<(String, String)>,
        rating: Option<(Rating, Rating)>,
    },
}

/// An open action of which nothing changed since the return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    pub place: Place,
    pub name: String,
    pub lead: String,
}

impl Changes {
    /// The changes of the counts of lines, in the order of `Status::ALL`.
    #[must_use]
    pub fn deltas(&self) -> [i64; 7] {
        super::changes_between(&self.before, &self.now)
    }

    /// How many actions were added, dropped, moved to another status, and slipped.
    #[must_use]
    pub fn totals(&self) -> [usize; 4] {
        let count = |is: fn(&What) -> bool| self.actions.iter().filter(|action| is(&action.what)).count();
        [
            count(|what| matches!(what, What::Added)),
            count(|what| matches!(what, What::Dropped { .. })),
            count(|what| matches!(what, What::Changed(changed) if changed.status.is_some())),
            count(|what| matches!(what, What::Changed(changed) if changed.slip.as_ref().is_some_and(Slip::is_later))),
        ]
    }

    /// The actions that end later than they did, each with by how much.
    #[must_use]
    pub fn slips(&self) -> HashMap<(TableId, RowId), &Slip> {
        let row = |action: &ActionChange| action.place.as_ref().and_then(|place| place.table.zip(place.row));
        let slips = self.actions.iter().filter_map(|action| match &action.what {
            What::Changed(changed) => Some((row(action)?, changed.slip.as_ref().filter(|slip| slip.is_later())?)),
            What::Added | What::Dropped { .. } => None,
        });
        slips.collect()
    }
}

impl ActionChange {
    /// What became of it, in words: `Complete, was In progress; end 3 months later`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let changed = match &self.what {
            What::Added => return "Added".to_owned(),
            What::Dropped { status } if status.is_empty() => return "Dropped".to_owned(),
            What::Dropped { status } => return format!("Dropped, was {status}"),
            What::Changed(changed) => changed,
        };
        let none = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
        let status = changed.status.as_ref().map(|(before, now)| format!("{}, was {}", none(now), none(before)));
        let slip = changed.slip.as_ref().map(|slip| match slip.is_later() || slip.is.is_some() && slip.was.is_some() {
            true => format!("end {}", slip.words()),
            false => format!("end {}, was {}", none(&slip.now), none(&slip.before)),
        });
        let reference = changed.reference.as_ref().map(|(before, now)| format!("ref {}, was {}", none(now), none(before)));
        let lead = changed.lead.as_ref().map(|(before, now)| format!("lead {}, was {}", none(now), none(before)));
        let words = changed.words.as_ref().map(|(before, _)| format!("reworded, was “{before}”"));
        [status, slip, lead, reference, words].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// What changed since a return. `insight` is of the document as it is now, which is what leaves the program: without what its owner hid.
#[must_use]
pub fn changes(baseline: &FrozenReturn, document: &Document, insight: &Insight) -> Changes {
    let now = freeze(document, insight, AsOf::default(), "");
    let mut changes = Changes {
        since: baseline.title(),
        now: insight.counts.lines,
        overdue_before: baseline.plans.iter().try_fold(0, |sum, plan| Some(sum + plan.overdue?)),
        overdue_now: insight.overdue.len(),
        ratings_now: kpi_ratings(insight),
        ..Changes::default()
    };
    for plan in &baseline.plans {
        Status::ALL.into_iter().zip(plan.lines).for_each(|(status, count)| changes.before.add(status, count));
    }
    for rating in baseline.kpis.iter().filter_map(|kpi| Rating::from_code(&kpi.rating)) {
        changes.ratings_before[rating as usize] += 1;
    }
    compare_actions(baseline, document, &now, &mut changes);
    changes.kpis = compare_kpis(baseline, document, &now);
    changes
}

/// An action with the plan it is of.
type Of<'plan> = (&'plan str, TableId, &'plan FrozenAction);

fn all(state: &FrozenReturn) -> Vec<Of<'_>> {
    state.plans.iter().flat_map(|plan| plan.actions.iter().map(|action| (&*plan.name, plan.table, action))).collect()
}

fn compare_actions(baseline: &FrozenReturn, document: &Document, now: &FrozenReturn, changes: &mut Changes) {
    let (before, now) = (all(baseline), all(now));
    let known =
        |(_, table, action): &Of<'_>| Known::new(baseline.has_ids.then_some((table.0, action.row.0)), &action.reference, &action.words);
    let pairs = pairs(&before.iter().map(known).collect::<Vec<_>>(), &now.iter().map(known).collect::<Vec<_>>());
    let mut kept = vec![false; before.len()];
    for ((plan, table, action), pair) in now.iter().zip(&pairs) {
        let Some((table, at)) = document.table(*table).and_then(|table| Some((table, table.position(action.row)?))) else { continue };
        let what = match pair.map(|at| (at, before[at].2)) {
            None => Some(What::Added),
            Some((held, old)) => {
                kept[held] = true;
                let changed = changed(old, action);
                if changed == Changed::default() && old.comments == action.comments && is_open(action) {
                    let name = if action.reference.is_empty() { action.words.to_string() } else { action.reference.to_string() };
                    changes.unanswered.push(Unanswered { place: Place::row(table, at), name, lead: action.lead.to_string() });
                }
                (changed != Changed::default()).then(|| What::Changed(Box::new(changed)))
            }
        };
        let Some(what) = what else { continue };
        let is_new = pair.is_none_or(|held| before[held].2.comments != action.comments);
        let reason = if is_new { newest_comment(table, at) } else { String::new() };
        changes.actions.push(ActionChange {
            place: Some(Place::row(table, at)),
            plan: (*plan).to_owned(),
            reference: action.reference.to_string(),
            words: action.words.to_string(),
            lead: action.lead.to_string(),
            what,
            by: signed_by(&reason).unwrap_or_default().to_owned(),
            reason,
        });
    }
    let dropped = before.iter().zip(kept).filter(|(_, kept)| !kept).map(|((plan, _, action), _)| ActionChange {
        place: None,
        plan: (*plan).to_owned(),
        reference: action.reference.to_string(),
        words: action.words.to_string(),
        lead: action.lead.to_string(),
        what: What::Dropped { status: status_words(&action.statuses) },
        reason: String::new(),
        by: String::new(),
    });
    changes.actions.extend(dropped);
}

/// Whether an action is still to be done.
fn is_open(action: &FrozenAction) -> bool {
    action.statuses.is_empty() || action.statuses.iter().any(|status| status.can_be_overdue())
}

fn changed(before: &FrozenAction, now: &FrozenAction) -> Changed {
    let differs = |before: &str, now: &str| (before != now).then(|| (before.to_owned(), now.to_owned()));
    let same_end = match (before.ends_on, now.ends_on) {
        (Some(was), Some(is)) => was == is,
        (None, None) => before.end.eq_ignore_ascii_case(&now.end),
        _ => false,
    };
    let slip = || Slip { before: before.end.to_string(), now: now.end.to_string(), was: before.ends_on, is: now.ends_on };
    let problems = |action: &FrozenAction| action.statuses.iter().filter(|status| status.is_problem()).map(|s| super::badness(*s)).max();
    Changed {
        status: (before.statuses != now.statuses).then(|| (status_words(&before.statuses), status_words(&now.statuses))),
        is_worse: problems(now) > problems(before),
        slip: (!same_end).then(slip),
        reference: differs(before.reference.trim_end_matches('.'), now.reference.trim_end_matches('.')),
        words: differs(&before.words, &now.words),
        lead: differs(&before.lead, &now.lead),
    }
}

/// The statuses of the lines of an action, each once where they are one.
fn status_words(statuses: &[Status]) -> String {
    match statuses {
        [first, rest @ ..] if rest.iter().all(|status| status == first) => first.word().to_owned(),
        all => all.iter().map(|status| status.word()).collect::<Vec<_>>().join(" / "),
    }
}

/// What the comments of an action say last.
pub(super) fn newest_comment(table: &Table, entry: usize) -> String {
    let below = (entry + 1..table.rows.len()).take_while(|at| table.rows[*at].kind == RowKind::Line).count();
    let columns = columns_of(table, Role::Comment);
    let cells = (entry..entry + 1 + below).flat_map(|row| columns.iter().filter_map(move |&column| table.rows[row].cells.get(column)));
    let entries = cells.flat_map(|cell| log::entries(&cell.text));
    let newest = entries.filter(|entry| !entry.text.trim().is_empty()).max_by_key(|entry| entry.date);
    newest.map_or_else(String::new, |entry| entry.text.trim().to_owned())
}

fn compare_kpis(baseline: &FrozenReturn, document: &Document, now: &FrozenReturn) -> Vec<KpiChange> {
    let known = |kpi: &FrozenKpi| Known::new(baseline.has_ids.then_some((kpi.table.0, kpi.row.0)), &kpi.reference, &kpi.name);
    let pairs = pairs(&baseline.kpis.iter().map(known).collect::<Vec<_>>(), &now.kpis.iter().map(known).collect::<Vec<_>>());
    let mut kept = vec![false; baseline.kpis.len()];
    let mut changes = Vec::new();
    let differs = |before: &str, now: &str| (before != now).then(|| (before.to_owned(), now.to_owned()));
    for (kpi, pair) in now.kpis.iter().zip(pairs) {
        let place = document.of_kind(TableKind::Kpi).find(|table| table.id == kpi.table);
        let place = place.and_then(|table| Some(Place::row(table, table.position(kpi.row)?)));
        let what = match pair {
            None => KpiWhat::Added,
            Some(at) => {
                kept[at] = true;
                let old = &baseline.kpis[at];
                let ratings = Rating::from_code(&old.rating).zip(Rating::from_code(&kpi.rating));
                let current = differs(&old.current, &kpi.current);
                let target = differs(&old.target, &kpi.target);
                let rating = ratings.filter(|(before, now)| before != now);
                if current.is_none() && target.is_none() && rating.is_none() {
                    continue;
                }
                KpiWhat::Changed { current, target, rating }
            }
        };
        changes.push(KpiChange { place, reference: kpi.reference.to_string(), name: kpi.name.to_string(), what });
    }
    let dropped = baseline.kpis.iter().zip(kept).filter(|(_, kept)| !kept).map(|(kpi, _)| KpiChange {
        place: None,
        reference: kpi.reference.to_string(),
        name: kpi.name.to_string(),
        what: KpiWhat::Dropped,
    });
    changes.extend(dropped);
    changes
}

impl KpiChange {
    /// What became of it, in words: `79%, was 74%; On target, was Near target`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let none = |text: &str| if text.is_empty() { "no figure".to_owned() } else { text.to_owned() };
        match &self.what {
            KpiWhat::Added => "Added".to_owned(),
            KpiWhat::Dropped => "Dropped".to_owned(),
            KpiWhat::Changed { current, target, rating } => {
                let current = current.as_ref().map(|(before, now)| format!("{}, was {}", none(now), none(before)));
                let target = target.as_ref().map(|(before, now)| format!("target {}, was {}", none(now), none(before)));
                let rating = rating.map(|(before, now)| format!("{}, was {}", now.word(), before.word()));
                [current, target, rating].into_iter().flatten().collect::<Vec<_>>().join("; ")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;
    use crate::model::kinds::Kind;

    const PLAN: [[&str; 6]; 4] = [
        ["1.1", "Open a repair café", "", "31/03/2026", "In progress", ""],
        ["1.2", "Train thirty volunteers", "", "30/06/2026", "In progress", "1/1/26: begun"],
        ["1.3", "Publish the map of warm spaces", "", "30/09/2026", "Not started", ""],
        ["1.4", "Review the grants", "", "On-going", "Complete", ""],
    ];

    fn document(rows: &[[&str; 6]]) -> Document {
        Document::of(vec![seed::plan_of(rows)])
    }

    fn said(changes: &Changes) -> Vec<String> {
        changes.actions.iter().map(|action| format!("{} {}", action.reference, action.in_words())).collect()
    }

    fn between(before: &Document, now: &Document, has_ids: bool) -> Changes {
        let as_of = AsOf { given: Some(jiff::civil::Date::constant(2026, 7, 1)), today: None };
        let frozen = freeze(before, &Insight::of(before, as_of), as_of, "Q1");
        changes(&FrozenReturn { has_ids, ..frozen }, now, &Insight::of(now, as_of))
    }

    #[test]
    fn what_was_added_dropped_moved_and_slipped_is_told() {
        let mut rows = PLAN;
        rows[0][4] = "Complete";
        rows[1] = ["1.2", "Train thirty volunteers", "", "30/09/2026", "Minor problems", "1/1/26: begun\n1/6/26: two trainers left (JS)"];
        rows[3] = ["1.4", "Write the new strategy for parks", "", "", "Not started", ""];
        let (before, now) = (document(&PLAN), document(&rows));
        let changes = between(&before, &now, false);
        assert_eq!(
            said(&changes),
            [
                "1.1 Complete, was In progress",
                "1.2 Minor problems, was In progress; end 3 months later",
                "1.4 Added",
                "1.4 Dropped, was Complete"
            ]
        );
        assert_eq!((changes.totals(), changes.deltas()), ([1, 1, 2, 1], [1, 0, 1, -2, 0, 0, 0]));
        let second = &changes.actions[1];
        assert_eq!((&*second.reason, &*second.by), ("1/6/26: two trainers left (JS)", "JS"));
        assert_eq!(changes.unanswered.iter().map(|action| &*action.name).collect::<Vec<_>>(), ["1.3"]);
        assert_eq!((changes.overdue_before, changes.overdue_now), (Some(2), 0));
        assert!(matches!(&second.what, What::Changed(changed) if changed.is_worse));
    }

    #[test]
    fn a_renumbered_plan_has_no_other_actions() {
        let mut rows = PLAN;
        rows.swap(0, 2);
        for (row, reference) in rows.iter_mut().zip(["2.1", "2.2", "2.3", "2.4"]) {
            row[0] = reference;
        }
        let changes = between(&document(&PLAN), &document(&rows), false);
        assert_eq!(said(&changes), ["2.1 ref 2.1, was 1.3", "2.2 ref 2.2, was 1.2", "2.3 ref 2.3, was 1.1", "2.4 ref 2.4, was 1.4"]);
    }

    #[test]
    fn rows_are_known_by_their_ids_where_they_keep_them() {
        let before = document(&PLAN);
        let mut now = before.clone();
        now.tables[0].rows[1].cells[1] = Kind::Paragraph.enter("Close the depot at Mill Lane");
        assert_eq!(said(&between(&before, &now, true)), ["1.1 reworded, was “Open a repair café”"]);
        assert_eq!(said(&between(&before, &now, false)), ["1.1 Added", "1.1 Dropped, was In progress"]);
    }

    #[test]
    fn kpis_are_compared_by_figure_target_and_rating() {
        let before = Document::of(vec![seed::kpis()]);
        let mut now = before.clone();
        now.tables[0].rows[2].cells[2] = Kind::Figure.enter("91%");
        let changes = between(&before, &now, true);
        assert_eq!(changes.kpis.iter().map(KpiChange::in_words).collect::<Vec<_>>(), ["91%, was 79%; On target, was Off target"]);
        assert_eq!(changes.ratings_now[0], changes.ratings_before[0] + 1);
    }
}
