//! Which way is better for a KPI where no rule or column says it: from its name, its owner's own ratings or its baseline.

use super::figures::figure_of;
use super::kpi_columns::Reading;
use super::owner_rating;
use super::rating::Rating;
use crate::model::{Cell, Figure, Polarity, in_plain_form};

/// Words that say which way is good, wherever they stand.
const SAID: [(&str, Polarity); 22] = [
    ("lower is better", Polarity::LowerIsBetter),
    ("lower is good", Polarity::LowerIsBetter),
    ("lower the better", Polarity::LowerIsBetter),
    ("low is good", Polarity::LowerIsBetter),
    ("low is better", Polarity::LowerIsBetter),
    ("less is better", Polarity::LowerIsBetter),
    ("fewer is better", Polarity::LowerIsBetter),
    ("fewer the better", Polarity::LowerIsBetter),
    ("smaller is better", Polarity::LowerIsBetter),
    ("smaller the better", Polarity::LowerIsBetter),
    ("aim to minimise", Polarity::LowerIsBetter),
    ("aim to reduce", Polarity::LowerIsBetter),
    ("good is low", Polarity::LowerIsBetter),
    ("higher is better", Polarity::HigherIsBetter),
    ("higher is good", Polarity::HigherIsBetter),
    ("higher the better", Polarity::HigherIsBetter),
    ("high is good", Polarity::HigherIsBetter),
    ("more is better", Polarity::HigherIsBetter),
    ("bigger is better", Polarity::HigherIsBetter),
    ("aim to maximise", Polarity::HigherIsBetter),
    ("aim to increase", Polarity::HigherIsBetter),
    ("good is high", Polarity::HigherIsBetter),
];
/// What a name begins with, where it says what is to become of its figure.
const VERBS: [(&str, Polarity); 12] = [
    ("reduce", Polarity::LowerIsBetter),
    ("reducing", Polarity::LowerIsBetter),
    ("decrease", Polarity::LowerIsBetter),
    ("minimise", Polarity::LowerIsBetter),
    ("fewer", Polarity::LowerIsBetter),
    ("lower", Polarity::LowerIsBetter),
    ("increase", Polarity::HigherIsBetter),
    ("increasing", Polarity::HigherIsBetter),
    ("improve", Polarity::HigherIsBetter),
    ("maximise", Polarity::HigherIsBetter),
    ("grow", Polarity::HigherIsBetter),
    ("raise", Polarity::HigherIsBetter),
];
/// Words for what went well, of which more is better even of a bad thing: complaints answered in time.
const WELL: [&str; 42] = [
    "on time",
    "in time",
    "within",
    "on target",
    "satisfaction",
    "satisfied",
    "answered",
    "resolved",
    "responded",
    "responses",
    "acknowledged",
    "investigated",
    "removed",
    "cleared",
    "recovered",
    "collected",
    "recycled",
    "recycling",
    "composted",
    "prevented",
    "prevention",
    "relieved",
    "reduction",
    "savings",
    "saved",
    "achieved",
    "achieving",
    "completed",
    "compliant",
    "compliance",
    "attendance",
    "uptake",
    "take up",
    "take-up",
    "success",
    "successful",
    "paid promptly",
    "rated good",
    "good or outstanding",
    "employment rate",
    "trained",
    "improved",
];
/// Words for what is bad, of which less is better.
const BADLY: [&str; 72] = [
    "complaint",
    "complaints",
    "sickness",
    "absence",
    "absences",
    "absenteeism",
    "days lost",
    "missed",
    "arrears",
    "overdue",
    "backlog",
    "fly-tipping",
    "fly tipping",
    "flytipping",
    "fly-tips",
    "fly tips",
    "accidents",
    "injuries",
    "injury",
    "deaths",
    "death",
    "killed",
    "casualties",
    "crime",
    "crimes",
    "burglary",
    "burglaries",
    "robbery",
    "robberies",
    "violence",
    "anti-social",
    "antisocial",
    "emissions",
    "errors",
    "error rate",
    "breaches",
    "breach",
    "failures",
    "faults",
    "defects",
    "vacancy rate",
    "vacancies",
    "void",
    "voids",
    "temporary accommodation",
    "homeless",
    "homelessness",
    "rough sleepers",
    "sleeping rough",
    "waiting time",
    "waiting times",
    "average wait",
    "time taken",
    "turnaround",
    "abandoned",
    "abandonment",
    "overspend",
    "bad debt",
    "debt",
    "debts",
    "unemployment",
    "poverty",
    "reoffending",
    "re-offending",
    "evictions",
    "exclusions",
    "delayed",
    "delays",
    "mortality",
    "obesity",
    "landfill",
    "residual waste",
];
/// Words for how long a thing takes.
const TAKING: [&str; 16] = [
    "time to",
    "days to",
    "weeks to",
    "hours to",
    "minutes to",
    "seconds to",
    "days taken",
    "weeks taken",
    "hours taken",
    "average time",
    "average days",
    "average number of days",
    "call waiting",
    "wait for",
    "length of stay",
    "response time",
];

/// Which way is better, and the words that say why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub polarity: Polarity,
    pub because: String,
}

/// Which way is better for a KPI by its name and what is said of it, its owner's ratings, or its baseline; `None` where nothing says.
pub(super) fn tell(names: [&str; 2], unit: &str, reading: &Reading<'_>) -> Option<Told> {
    by_name(names, unit).or_else(|| by_ratings(reading)).or_else(|| by_baseline(reading))
}

fn told(polarity: Polarity, source: &str) -> Told {
    let good = if polarity == Polarity::LowerIsBetter { "lower" } else { "higher" };
    Told { polarity, because: format!("; {good} is better, as {source}") }
}

fn by_name(names: [&str; 2], unit: &str) -> Option<Told> {
    let [name, beside] = names.map(in_plain_form);
    for text in [&name, &beside] {
        if let Some((words, polarity)) = SAID.iter().find(|(words, _)| text.contains(words)) {
            return Some(told(*polarity, &format!("its words “{words}” say")));
        }
    }
    let spaced = format!(" {} ", words_of(&name));
    let has = |word: &&&str| spaced.contains(&format!(" {word} "));
    let share = name.contains('%') || name.contains("per cent") || name.contains("percentage") || unit.trim() == "%";
    let first = VERBS.iter().find(|(verb, _)| name.strip_prefix(verb).is_some_and(|after| after.starts_with(' ')));
    let well = WELL.iter().find(has);
    // `Reduce waste by 10%` counts what was saved.
    if let Some((verb, polarity)) = first.filter(|_| well.is_none() && !name.contains(" by ")) {
        return Some(told(*polarity, &format!("its name says “{verb}”")));
    }
    let denied = spaced.contains(" not ");
    let badly = BADLY.iter().chain(&TAKING).find(has);
    match (well, badly) {
        (Some(word), None) if !denied => Some(told(Polarity::HigherIsBetter, &format!("its name says “{word}”"))),
        // Of bad things well handled the share is to rise, and their number says nothing.
        (Some(word), Some(_)) if share && !denied => Some(told(Polarity::HigherIsBetter, &format!("its name says “{word}”"))),
        (None, Some(word)) => Some(told(Polarity::LowerIsBetter, &format!("its name says “{word}”"))),
        _ => None,
    }
}

/// A name's words with single spaces, hyphens within them kept.
fn words_of(name: &str) -> String {
    let words = name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')));
    words.map(|word| word.trim_matches(['-', '\'', '’'])).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Which way is better by what its owner rates it: green below its target, or red above it.
fn by_ratings(reading: &Reading<'_>) -> Option<Told> {
    let (current, target) = (amount(reading.current?.1)?, amount(reading.target?.1)?);
    let polarity = match owner_rating::of(&reading.rating?.1.text)? {
        Rating::Grey => return None,
        _ if current == target => return None,
        // Green is on the right side of the target, anything else on the wrong one.
        rating if (rating == Rating::Green) == (current > target) => Polarity::HigherIsBetter,
        Rating::Green | Rating::Amber | Rating::Red => Polarity::LowerIsBetter,
    };
    Some(told(polarity, "its owner's rating says"))
}

/// A target below where a KPI began is to be come down to.
fn by_baseline(reading: &Reading<'_>) -> Option<Told> {
    let (start, target) = (amount(reading.baseline?.1)?, amount(reading.target?.1)?);
    let polarity = match start.partial_cmp(&target)? {
        std::cmp::Ordering::Greater => Polarity::LowerIsBetter,
        std::cmp::Ordering::Less => Polarity::HigherIsBetter,
        std::cmp::Ordering::Equal => return None,
    };
    Some(told(polarity, &format!("its target is {} its baseline", if start > target { "below" } else { "above" })))
}

fn amount(cell: &Cell) -> Option<f64> {
    match figure_of(cell)? {
        Figure::Amount { amount, arrow: None, .. } => Some(amount),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_a_direction_only_where_it_truly_does() {
        use Polarity::{HigherIsBetter as Higher, LowerIsBetter as Lower};
        for (name, unit, expected) in [
            ("Average days to re-let a home (lower is better)", "", Some(Lower)),
            ("Complaints received", "", Some(Lower)),
            ("Complaints answered in time", "%", Some(Higher)),
            ("% of missed bins collected within a day", "", Some(Higher)),
            ("Staff sickness days per FTE", "", Some(Lower)),
            ("Reduce household waste", "", Some(Lower)),
            ("Reduce waste by this share", "", None),
            ("Reduction in energy use", "", Some(Higher)),
            ("Increase visits to libraries", "", Some(Higher)),
            ("Average time to answer a call", "", Some(Lower)),
            ("Resident satisfaction", "%", Some(Higher)),
            ("Number of visits", "", None),
            ("Invoices paid", "%", None),
            ("Planning appeals", "", None),
            ("Inspections not completed", "", None),
        ] {
            let told = by_name([name, ""], unit).map(|told| told.polarity);
            assert_eq!(told, expected, "{name}");
        }
    }
}
