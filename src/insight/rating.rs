//! How a KPI's current value stands against its target, by a rule that is data, and why in one line. Never guesses: what cannot be compared is grey.

use super::rule::{Doubt, Sourced, Stated};
use crate::model::{Arrow, Cell, Figure, Polarity, Role, RowId, RowKind, Rule, Shortfall, Table, TableKind, Unit, Value};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// A KPI's rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    Green,
    Amber,
    Red,
    /// Not comparable.
    Grey,
}

impl Rating {
    /// Every rating, best first.
    pub const ALL: [Self; 4] = [Self::Green, Self::Amber, Self::Red, Self::Grey];

    /// Its name in the JSON of `check`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Grey => "grey",
        }
    }

    /// The word shown for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "On target",
            Self::Amber => "Near target",
            Self::Red => "Off target",
            Self::Grey => "Not rated",
        }
    }
}

/// A rating with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    pub rating: Rating,
    /// One plain line.
    pub why: String,
    /// Which way is better, worked out; `FromTarget` only where nothing says.
    pub polarity: Polarity,
    /// The largest shortfall that is amber, in the target's own amounts; `None` when not comparable.
    pub allowed: Option<f64>,
}

/// So that 90 % against 100 % falls exactly 10 % short, whatever the binary fractions.
const EPSILON: f64 = 1e-9;

/// Rates one KPI.
#[must_use]
pub fn rate(rule: &Rule, current: Option<Figure>, target: Option<Figure>) -> Rated {
    let polarity = resolve(rule.polarity, current, target);
    let grey = |why: String| Rated { rating: Rating::Grey, why, polarity, allowed: None };
    match comparable(current, target) {
        Err(why) => grey(why),
        Ok(pair) => judge(rule, polarity, &pair),
    }
}

/// The rating of each KPI of a table, in row order; nothing for tables of another kind.
#[must_use]
pub fn ratings(table: &Table) -> Vec<(RowId, Rated)> {
    if table.kind != TableKind::Kpi {
        return Vec::new();
    }
    let at = |role| table.role_position(role);
    let (current, target) = (at(Role::Current), at(Role::Target));
    let stated = Stated::of(table);
    let rated = table.rows.iter().filter(|row| row.kind == RowKind::Entry).map(|row| {
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at));
        let Sourced { rule, because, doubt } = stated.rule(row);
        let rated = rate_cells(&rule, cell(current), cell(target));
        let rated = match doubt {
            _ if rated.allowed.is_none() => rated,
            Some(doubt) => doubted(&doubt, rated),
            None => Rated { why: rated.why + &because, ..rated },
        };
        (row.id, rated)
    });
    rated.collect()
}

/// What a rating becomes where its tolerance does not say how far a KPI may miss its target.
fn doubted(doubt: &Doubt, rated: Rated) -> Rated {
    let why = match doubt {
        // What meets its target needs no tolerance.
        Doubt::NotApplicable { .. } if rated.rating == Rating::Green => return rated,
        Doubt::NotApplicable { heading } => format!("It misses its target, and “{heading}” says that no tolerance applies"),
        Doubt::Unclear { text, why, .. } => format!("The tolerance “{text}” {why}, so nothing says how far it may miss its target"),
    };
    Rated { rating: Rating::Grey, why, allowed: None, ..rated }
}

/// Adds a note for each tolerance of a KPI that cannot be told.
pub(super) fn unclear_tolerances(table: &Table, notes: &mut Noted) {
    if table.kind != TableKind::Kpi {
        return;
    }
    let stated = Stated::of(table);
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry) {
        let Some(Doubt::Unclear { column, text, why }) = stated.rule(row).doubt else { continue };
        let message = format!("The tolerance “{text}” of {} {why}, so it is not rated", table.name_of(row));
        let hint = "Write it with its unit, such as 5% or 2 points, or set its rule in the details";
        notes.push(Note::new(Severity::Warning, Code::ToleranceUnclear, Place::cell(table, at, column), message, hint));
    }
}

/// The figure a cell states: its own, or its plain number.
#[must_use]
pub fn figure_of(cell: &Cell) -> Option<Figure> {
    match cell.value {
        Value::Figure(figure) => Some(figure),
        Value::Number(amount) => {
            let percent = cell.format.as_deref().is_some_and(|format| format.contains('%'));
            Some(Figure::Amount { amount, unit: if percent { Unit::Percent } else { Unit::Plain }, arrow: None })
        }
        Value::Blank | Value::Merged | Value::Text | Value::When(_) | Value::Status(_) => None,
    }
}

/// An amount as words: `79%`, `5.56%`, `64.43`.
#[must_use]
pub fn show_figure(amount: f64, unit: Unit) -> String {
    match unit {
        Unit::Percent => format!("{}%", decimals(amount * 100.0)),
        Unit::Plain => decimals(amount),
    }
}

fn rate_cells(rule: &Rule, current: Option<&Cell>, target: Option<&Cell>) -> Rated {
    let mut rated = rate(rule, current.and_then(figure_of), target.and_then(figure_of));
    for (cell, what) in [(target, "target"), (current, "current value")] {
        if let Some(cell) = cell.filter(|cell| !cell.is_blank() && figure_of(cell).is_none()) {
            rated.why = format!("The {what} “{}” is not a figure", cell.text);
        }
    }
    rated
}

/// Which way is better: what the rule says, or what the target says.
pub(super) fn resolve(polarity: Polarity, current: Option<Figure>, target: Option<Figure>) -> Polarity {
    if polarity != Polarity::FromTarget {
        return polarity;
    }
    match (target, current) {
        // Movements the same way are compared by size: the more, the better.
        (Some(Figure::Amount { arrow: Some(_), .. }), Some(Figure::Amount { arrow: Some(_), .. })) => Polarity::HigherIsBetter,
        (Some(Figure::Amount { arrow: Some(Arrow::Down), .. } | Figure::Direction(Arrow::Down)), _) => Polarity::LowerIsBetter,
        (Some(Figure::Amount { arrow: Some(Arrow::Level), .. } | Figure::Direction(Arrow::Level)), _) => Polarity::Maintain,
        (Some(Figure::Amount { amount: 0.0, arrow: None, .. }), _) => Polarity::LowerIsBetter,
        (Some(Figure::Amount { .. } | Figure::Direction(Arrow::Up)), _) => Polarity::HigherIsBetter,
        (Some(Figure::New | Figure::Several) | None, _) => Polarity::FromTarget,
    }
}

/// Two amounts that can be compared.
struct Pair {
    current: f64,
    target: f64,
    unit: Unit,
    /// `a fall of` or `a rise of`, where both are movements.
    movement: Option<(&'static str, &'static str)>,
}

impl Pair {
    fn show(&self, amount: f64) -> String {
        show_figure(amount, self.unit)
    }
}

/// The two amounts, or why they cannot be compared.
fn comparable(current: Option<Figure>, target: Option<Figure>) -> Result<Pair, String> {
    let (current, unit, current_arrow) = match current {
        Some(Figure::Amount { amount, unit, arrow }) => (amount, unit, arrow),
        Some(Figure::Direction(_)) => return Err("The current value is a direction, not a number".into()),
        Some(Figure::New) => return Err("There is no figure yet: the KPI is new".into()),
        Some(Figure::Several) => return Err("The current value holds several figures".into()),
        None => return Err("There is no current value".into()),
    };
    let (target, target_unit, target_arrow) = match target {
        Some(Figure::Amount { amount, unit, arrow }) => (amount, unit, arrow),
        Some(Figure::Direction(arrow)) => return Err(format!("The target is a direction ({}), not a number", direction(arrow))),
        Some(Figure::New) => return Err("There is no target yet: the KPI is new".into()),
        Some(Figure::Several) => return Err("The target holds several figures".into()),
        None => return Err("There is no target to compare with".into()),
    };
    if unit != target_unit {
        let (current, target) = (show_figure(current, unit), show_figure(target, target_unit));
        return Err(format!("The units differ: {current} against {target}"));
    }
    let movement = |arrow| match arrow {
        Arrow::Up => Some("a rise of"),
        Arrow::Down => Some("a fall of"),
        Arrow::Level => None,
    };
    Ok(match (current_arrow.and_then(movement), target_arrow.and_then(movement)) {
        // The wrong way counts as less than no movement.
        (Some(made), Some(wanted)) => {
            Pair { current: if made == wanted { current } else { -current }, target, unit, movement: Some((made, wanted)) }
        }
        // An arrow on the target alone says which way is better.
        (None, _) => Pair { current, target, unit, movement: None },
        (Some(_), None) => return Err("The current value is a movement and the target a level".into()),
    })
}

fn judge(rule: &Rule, polarity: Polarity, pair: &Pair) -> Rated {
    let polarity = if pair.movement.is_some() && polarity != Polarity::Maintain { Polarity::HigherIsBetter } else { polarity };
    let difference = pair.current - pair.target;
    let shortfall = match polarity {
        Polarity::LowerIsBetter => difference,
        Polarity::Maintain => difference.abs(),
        Polarity::HigherIsBetter | Polarity::FromTarget => -difference,
    };
    // A share of nothing is undefined: nothing is judged in points.
    let in_points = rule.shortfall == Shortfall::Points || pair.target == 0.0;
    let one = match (in_points, pair.unit) {
        (false, _) => pair.target.abs() / 100.0,
        (true, Unit::Percent) => 0.01,
        (true, Unit::Plain) => 1.0,
    };
    let short = shortfall / one;
    let rating = if short <= EPSILON {
        Rating::Green
    } else if short <= rule.tolerance + EPSILON {
        Rating::Amber
    } else {
        Rating::Red
    };
    let why = reason(rating, polarity, pair, short, rule.tolerance, in_points);
    Rated { rating, why, polarity, allowed: Some(rule.tolerance * one) }
}

/// The one line that says why.
fn reason(rating: Rating, polarity: Polarity, pair: &Pair, short: f64, tolerance: f64, in_points: bool) -> String {
    let (current, target) = match pair.movement {
        Some((made, wanted)) => (format!("{made} {}", pair.show(pair.current.abs())), format!("{wanted} {}", pair.show(pair.target))),
        None => (pair.show(pair.current), pair.show(pair.target)),
    };
    if rating == Rating::Green {
        let verb = if short < -EPSILON { "betters" } else { "meets" };
        return capital(&format!("{current} {verb} the target of {target}"));
    }
    let verb = match polarity {
        Polarity::LowerIsBetter => "is over",
        Polarity::Maintain => "is away from",
        Polarity::HigherIsBetter | Polarity::FromTarget => "falls short of",
    };
    let measured = |amount: f64| match (in_points, pair.unit, decimals(amount)) {
        (false, _, number) => format!("{number}%"),
        // Numbers are told in their own unit, which no word need name.
        (true, Unit::Plain, number) => number,
        (true, Unit::Percent, number) if number == "1" => "1 point".to_owned(),
        (true, Unit::Percent, number) => format!("{number} points"),
    };
    let limit = if rating == Rating::Amber { "within" } else { "more than" };
    let share = if in_points { "" } else { " of it" };
    capital(&format!("{current} {verb} the target of {target} by {}{share}, {limit} the {} allowed", measured(short), measured(tolerance)))
}

fn direction(arrow: Arrow) -> &'static str {
    match arrow {
        Arrow::Up => "up",
        Arrow::Down => "down",
        Arrow::Level => "maintain",
    }
}

/// A number with at most two decimals, and none that are nothing.
fn decimals(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;
    use crate::model::kinds::Kind;

    fn check(rule: &Rule, current: &str, target: &str, rating: Rating, why: &str) {
        let read = |text: &str| Kind::Figure.enter(text);
        let rated = rate_cells(rule, Some(&read(current)), Some(&read(target)));
        assert_eq!((rated.rating, &*rated.why), (rating, why), "{current} against {target}");
    }

    #[test]
    fn the_usual_rule_says_why() {
        let rule = Rule::default();
        for (current, target, rating, why) in [
            ("0%", "0%", Rating::Green, "0% meets the target of 0%"),
            ("90%", "100%", Rating::Amber, "90% falls short of the target of 100% by 10% of it, within the 10% allowed"),
            ("79%", "90%", Rating::Red, "79% falls short of the target of 90% by 12.22% of it, more than the 10% allowed"),
            ("88%", "100%", Rating::Red, "88% falls short of the target of 100% by 12% of it, more than the 10% allowed"),
            ("85%", "90%", Rating::Amber, "85% falls short of the target of 90% by 5.56% of it, within the 10% allowed"),
            ("95%", "90%", Rating::Green, "95% betters the target of 90%"),
            ("new", "90%", Rating::Grey, "There is no figure yet: the KPI is new"),
            ("69", "↑", Rating::Grey, "The target is a direction (up), not a number"),
            ("100%", "Maintain", Rating::Grey, "The target is a direction (maintain), not a number"),
            ("37% 0%", "", Rating::Grey, "The current value holds several figures"),
            ("40", "", Rating::Grey, "There is no target to compare with"),
            ("", "40", Rating::Grey, "There is no current value"),
            ("to be agreed", "40", Rating::Grey, "The current value “to be agreed” is not a figure"),
            ("79", "90%", Rating::Grey, "The units differ: 79 against 90%"),
            ("1%", "0%", Rating::Amber, "1% is over the target of 0% by 1 point, within the 10 points allowed"),
            ("12%", "0%", Rating::Red, "12% is over the target of 0% by 12 points, more than the 10 points allowed"),
            (
                "↓ 9%",
                "↓ 20%",
                Rating::Red,
                "A fall of 9% falls short of the target of a fall of 20% by 55% of it, more than the 10% allowed",
            ),
            ("↓ 20%", "↓ 20%", Rating::Green, "A fall of 20% meets the target of a fall of 20%"),
            (
                "↑ 9%",
                "↓ 20%",
                Rating::Red,
                "A rise of 9% falls short of the target of a fall of 20% by 145% of it, more than the 10% allowed",
            ),
            ("25%", "↓ 20%", Rating::Red, "25% is over the target of 20% by 25% of it, more than the 10% allowed"),
            ("-5", "-4", Rating::Red, "-5 falls short of the target of -4 by 25% of it, more than the 10% allowed"),
        ] {
            check(&rule, current, target, rating, why);
        }
    }

    #[test]
    fn a_rule_is_data() {
        let rule = |polarity, shortfall, tolerance| Rule { polarity, shortfall, tolerance };
        let points = rule(Polarity::FromTarget, Shortfall::Points, 5.0);
        check(&points, "85%", "90%", Rating::Amber, "85% falls short of the target of 90% by 5 points, within the 5 points allowed");
        let relative = rule(Polarity::FromTarget, Shortfall::Relative, 5.0);
        check(&relative, "85%", "90%", Rating::Red, "85% falls short of the target of 90% by 5.56% of it, more than the 5% allowed");
        let lower = rule(Polarity::LowerIsBetter, Shortfall::Relative, 10.0);
        check(&lower, "44", "40", Rating::Amber, "44 is over the target of 40 by 10% of it, within the 10% allowed");
        check(&lower, "38", "40", Rating::Green, "38 betters the target of 40");
        let hold = rule(Polarity::Maintain, Shortfall::Relative, 5.0);
        check(&hold, "104", "100", Rating::Amber, "104 is away from the target of 100 by 4% of it, within the 5% allowed");
        check(&hold, "90", "100", Rating::Red, "90 is away from the target of 100 by 10% of it, more than the 5% allowed");
    }

    #[test]
    fn the_seed_tables_are_rated() {
        let codes = |table| ratings(&table).iter().map(|(_, rated)| rated.rating.code()).collect::<Vec<_>>().join(" ");
        assert_eq!(codes(seed::kpis()), "green amber red red amber green grey grey red red grey red amber");
        assert_eq!(codes(seed::older_kpis()), "grey grey grey grey grey grey grey grey");
        assert!(ratings(&seed::plan()).is_empty());
    }
}
