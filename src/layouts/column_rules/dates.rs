//! Which of several dates decides: the last end that was agreed, not the original, the review or the day of completion.

use super::rule::Rule;
use crate::{
    layouts::{
        evidence::{Evidence, Reason},
        facts::TableFacts,
        words::Subject,
    },
    model::Role,
};

/// What beats the known words of a heading.
const OVER_HEADING: f32 = 20.0;

pub(super) const RULES: &[Rule] = &[ends];

/// What a date of a plan says of its action, by the words of its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// When the action was done.
    Done,
    /// When it is looked at again, or was.
    Review,
    /// The end that was agreed first.
    Original,
    /// An end that was agreed later.
    Revised,
    /// An end.
    End,
}

/// Words of headings, in the order they are looked for; the first that is said tells.
const WORDS: [(Says, &[&str]); 4] = [
    (
        Says::Done,
        &[
            "actual completion",
            "actual end",
            "actual finish",
            "actual date",
            "actual close",
            "actual delivery",
            "actual implementation",
            "actual resolution",
            "actual res",
            "closure date",
            "date of closure",
            "date completed",
            "date closed",
            "date resolved",
            "date achieved",
            "date done",
            "date implemented",
            "date delivered",
            "date finished",
            "completed on",
            "completed date",
            "closed on",
            "closed date",
            "resolved on",
            "resolved date",
            "resolution date",
            "implemented on",
            "finished on",
            "delivered on",
            "achieved on",
            "done on",
            "signed off on",
            "completed at",
            "closed at",
            "resolved",
        ],
    ),
    (Says::Review, &["review", "reviewed", "next update", "last update", "last updated", "updated", "monitoring date", "next check"]),
    (Says::Original, &["original", "originally", "initial", "baseline", "first agreed", "old"]),
    (
        Says::Revised,
        &[
            "revised",
            "revision",
            "new",
            "extended",
            "extension",
            "amended",
            "updated deadline",
            "rescheduled",
            "changed to",
            "current",
            "latest",
            "reprofiled",
        ],
    ),
];

/// Whether words are said whole in a heading.
fn says(plain: &str, words: &str) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    plain.match_indices(words).any(|(at, _)| apart(plain[..at].chars().next_back()) && apart(plain[at + words.len()..].chars().next()))
}

/// Words for what was done, which alone head its date, or behind `date`: `Completed`, `Date action closed`.
const PAST: [&str; 9] = ["completed", "closed", "finished", "done", "achieved", "delivered", "implemented", "met", "resolved"];

fn said(plain: &str) -> Says {
    if PAST.iter().any(|past| plain == *past || plain.strip_suffix(past).is_some_and(|before| before.starts_with("date "))) {
        return Says::Done;
    }
    WORDS.iter().find(|(_, list)| list.iter().any(|words| says(plain, words))).map_or(Says::End, |(says, _)| *says)
}

/// The columns of a plan that hold ends, and what each says.
fn ends(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    if table.subject != Some(Subject::Plan) || table.columns[at].claim != Some(Role::End) {
        return;
    }
    let all: Vec<(usize, Says)> = table.claiming(Role::End).map(|at| (at, said(&table.columns[at].plain))).collect();
    let own = all.iter().find(|(place, _)| *place == at).map_or(Says::End, |(_, says)| *says);
    let mut other = |role: Option<Role>, reason: Reason| {
        found.push(Evidence::against(Role::End, OVER_HEADING, reason));
        found.push(Evidence { role, weight: 9.0, reason, repeats: true });
    };
    // A plan with one date alone ends there, whatever it is called, unless that is a review.
    let alone = all.iter().all(|(place, says)| *place == at || matches!(says, Says::Review | Says::Done));
    match own {
        Says::Review => other(None, Reason::Reviewed),
        Says::Done if !alone => other(Some(Role::Completed), Reason::Completed),
        Says::Original | Says::Revised | Says::End | Says::Done if alone => {}
        _ => {
            let decides = all.iter().rfind(|(_, says)| *says == Says::Revised).or_else(|| all.iter().rfind(|(_, says)| *says == Says::End));
            let revises = all.iter().any(|(_, says)| matches!(says, Says::Revised | Says::Original));
            if revises && decides.is_some_and(|(place, _)| *place != at) {
                other(Some(Role::EarlierEnd), Reason::Original);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_dates_say_what_they_are() {
        for (heading, expected) in [
            ("target date", Says::End),
            ("revised target date", Says::Revised),
            ("original due date", Says::Original),
            ("baseline finish", Says::Original),
            ("next review", Says::Review),
            ("actual completion date", Says::Done),
            ("date completed", Says::Done),
            ("date action closed", Says::Done),
            ("finished", Says::Done),
            ("to be completed", Says::End),
            ("completed by", Says::End),
            ("renewal date", Says::End),
            ("2nd revised date", Says::Revised),
        ] {
            assert_eq!(said(heading), expected, "{heading}");
        }
    }
}
