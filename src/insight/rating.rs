//! How a KPI's current value stands against its target, by a rule that is data, and why in one line. Never guesses: what cannot be compared is grey.

use super::earlier::Earlier;
use super::figures::{decimals, figure_of, in_one_unit, show_figure, show_target};
use super::kpi_columns::Reading;
use super::part_of_year::{Measured, measure};
use super::rule::{Doubt, Sourced, Stated};
use crate::model::{Arrow, Bound, Cell, ColumnId, Figure, Polarity, Row, RowId, RowKind, Rule, Shortfall, Table, TableKind, Unit};

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

/// What a KPI's current value is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// One amount: a target, a limit, or the figure before.
    At(f64),
    /// A band from its lower to its upper end.
    Within(f64, f64),
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
    /// The current value and what it is held against, in one unit, where there are such.
    pub amount: Option<f64>,
    pub aim: Option<Aim>,
    /// The column of the current value.
    pub current: Option<ColumnId>,
    /// The column of the target.
    pub target: Option<ColumnId>,
    /// Whether its owner's own thresholds decide.
    pub by_thresholds: bool,
}

impl Rated {
    fn new(rating: Rating, why: String, polarity: Polarity) -> Self {
        Self { rating, why, polarity, allowed: None, amount: None, aim: None, current: None, target: None, by_thresholds: false }
    }
}

/// So that 90 % against 100 % falls exactly 10 % short, whatever the binary fractions.
const EPSILON: f64 = 1e-9;

/// The figures of a KPI.
#[derive(Clone, Copy, Debug, Default)]
struct Figures<'a> {
    current: Option<Figure>,
    target: Option<Figure>,
    /// The figure before, with its heading.
    previous: Option<(Figure, &'a str)>,
}

/// Rates one KPI.
fn rate(rule: &Rule, figures: Figures<'_>) -> Rated {
    let polarity = resolve(rule.polarity, figures.current, figures.target);
    if let Some(why) = meets_by_limit(polarity, figures) {
        return Rated::new(Rating::Green, why, polarity);
    }
    match comparable(rule, figures) {
        Err(why) => Rated { amount: figures.current.and_then(Figure::amount), ..Rated::new(Rating::Grey, why, polarity) },
        Ok((pair, polarity)) => judge(rule, polarity, &pair),
    }
}

/// The rating of each KPI of a table, in row order; nothing for tables of another kind.
#[cfg(test)]
#[must_use]
pub(super) fn ratings(table: &Table) -> Vec<(RowId, Rated)> {
    ratings_beside(table, &Earlier::default())
}

/// The same beside what its KPIs stood at in earlier years.
pub(super) fn ratings_beside(table: &Table, earlier: &Earlier) -> Vec<(RowId, Rated)> {
    if table.kind != TableKind::Kpi {
        return Vec::new();
    }
    let stated = Stated::of(table);
    let rated = |row: &Row| {
        let reading = stated.columns.read(row);
        (row.id, rate_reading(table, &stated, earlier, row, &reading, stated.rule(row, &reading)))
    };
    table.rows.iter().filter(|row| row.kind == RowKind::Entry).map(rated).collect()
}

/// The rating of what is read of a KPI's row, as it stands now or stood in a period.
pub(super) fn rate_reading(
    table: &Table,
    stated: &Stated<'_>,
    earlier: &Earlier,
    row: &Row,
    reading: &Reading<'_>,
    sourced: Sourced,
) -> Rated {
    let Sourced { rule, because, direction, percent, doubt, set } = sourced;
    let thresholds = stated.thresholds.read(row).filter(|_| !set);
    let [current, target, previous] = [reading.current, reading.target, reading.previous].map(|held| held.map(|(_, cell)| cell));
    let id = |held: Option<(usize, &Cell)>| held.and_then(|(at, _)| table.columns.get(at)).map(|column| column.id);
    let placed = |rated: Rated| Rated { current: id(reading.current), target: id(reading.target), ..rated };
    let of_period = || match reading.current {
        Some((at, _)) if reading.by_period => format!("; of {}, the latest filled", table.heading(at)),
        _ => String::new(),
    };
    let by_thresholds = thresholds.as_ref().zip(current.and_then(figure_of)).and_then(|(thresholds, figure)| {
        let (rating, why) = thresholds.rate(figure, percent)?;
        let target = thresholds.target();
        let (held, aim) = target.map_or((figure, None), |target| {
            let (held, target) = in_one_unit(figure, target, percent);
            (held, aim_of(target))
        });
        let rated = Rated::new(rating, why + &of_period(), thresholds.polarity()?);
        Some(Rated { amount: held.amount(), aim, allowed: Some(0.0), by_thresholds: true, ..rated })
    });
    if let Some(rated) = by_thresholds {
        return placed(rated);
    }
    let heading = reading.previous.map(|(at, _)| table.heading(at)).unwrap_or_default();
    let mut figures = Figures {
        current: current.and_then(figure_of),
        target: target.and_then(figure_of),
        previous: previous.and_then(figure_of).map(|figure| (figure, &*heading)).or_else(|| earlier.before(table, stated.name(row))),
    };
    if let (Some(current), Some(target)) = (figures.current, figures.target) {
        let (current, target) = in_one_unit(current, target, percent);
        (figures.current, figures.target) = (Some(current), Some(target));
    }
    let name = stated.name(row);
    let mut said = of_period();
    if let (Some(current), Some(target)) = (figures.current, figures.target) {
        match measure(table, &stated.columns, reading, name, current, target) {
            Measured::Whole(what) => said += what,
            Measured::Part { current, target, because } => {
                (figures.current, figures.target) = (Some(current), Some(target));
                said = because;
            }
            Measured::Unclear(why) => return placed(Rated::new(Rating::Grey, why, resolve(rule.polarity, Some(current), Some(target)))),
        }
    }
    let rated = rate(&rule, figures);
    let rated = unread(rated, current, target);
    placed(match doubt {
        _ if rated.allowed.is_none() => rated,
        Some(doubt) => doubted(&doubt, rated),
        None => {
            let met = rated.amount.is_some() && rated.amount.map(Aim::At) == rated.aim;
            let direction = if met && direction == ASSUMED { "" } else { &direction };
            Rated { why: format!("{}{said}{direction}{because}", rated.why), ..rated }
        }
    })
}

/// What is said of a rating where nothing tells which way is better.
pub(super) const ASSUMED: &str = "; higher is assumed to be better";

/// What a target is on a scale.
fn aim_of(figure: Figure) -> Option<Aim> {
    match figure {
        Figure::Amount { amount, .. } | Figure::Limit { amount, .. } => Some(Aim::At(amount)),
        Figure::Range { low, high, .. } => Some(Aim::Within(low, high)),
        Figure::Direction(_) | Figure::New | Figure::Several => None,
    }
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

/// Says so where a cell states no figure.
fn unread(mut rated: Rated, current: Option<&Cell>, target: Option<&Cell>) -> Rated {
    for (cell, what) in [(target, "target"), (current, "current value")] {
        if let Some(cell) = cell.filter(|cell| !cell.is_blank() && figure_of(cell).is_none()) {
            rated.why = format!("The {what} “{}” is not a figure", cell.text);
        }
    }
    rated
}

/// Which way is better: what the rule says, or what the target says.
pub(super) fn resolve(polarity: Polarity, current: Option<Figure>, target: Option<Figure>) -> Polarity {
    match target {
        Some(Figure::Limit { bound, .. }) => {
            return if bound.is_ceiling() { Polarity::LowerIsBetter } else { Polarity::HigherIsBetter };
        }
        _ if polarity != Polarity::FromTarget => return polarity,
        _ => {}
    }
    match (target, current) {
        // Movements the same way are compared by size: the more, the better.
        (Some(Figure::Amount { arrow: Some(_), .. }), Some(Figure::Amount { arrow: Some(_), .. })) => Polarity::HigherIsBetter,
        (Some(Figure::Amount { arrow: Some(Arrow::Down), .. } | Figure::Direction(Arrow::Down)), _) => Polarity::LowerIsBetter,
        (Some(Figure::Amount { arrow: Some(Arrow::Level), .. } | Figure::Direction(Arrow::Level) | Figure::Range { .. }), _) => {
            Polarity::Maintain
        }
        (Some(Figure::Amount { amount: 0.0, arrow: None, .. }), _) => Polarity::LowerIsBetter,
        (Some(Figure::Amount { .. } | Figure::Direction(Arrow::Up) | Figure::Limit { .. }), _) => Polarity::HigherIsBetter,
        (Some(Figure::New | Figure::Several) | None, _) => Polarity::FromTarget,
    }
}

/// Why a current value that is only known to lie on one side of a limit meets its target: fewer than 5 are at most 10.
fn meets_by_limit(polarity: Polarity, figures: Figures<'_>) -> Option<String> {
    let Some(Figure::Limit { amount, unit, bound }) = figures.current else { return None };
    let target = figures.target?;
    let aim = target.amount().filter(|_| unit.joins(target.unit().unwrap_or(unit)))?;
    let meets = match polarity {
        Polarity::LowerIsBetter => bound.is_ceiling() && amount <= aim,
        Polarity::HigherIsBetter => !bound.is_ceiling() && amount >= aim,
        Polarity::FromTarget | Polarity::Maintain => false,
    };
    let shown = show_target(Figure::Limit { amount, unit, bound }, unit);
    meets.then(|| capital(&format!("{shown} meets the target of {}", show_target(target, unit))))
}

/// Two figures that can be compared.
struct Pair {
    current: f64,
    aim: Aim,
    /// Whether only the far side of the amount will do.
    strict: bool,
    unit: Unit,
    /// What the aim is called: `the target of 90%`, `the 88% of Q2`.
    named: String,
    /// `a fall of` or `a rise of`, where both are movements.
    movement: Option<&'static str>,
}

impl Pair {
    fn show(&self, amount: f64) -> String {
        show_figure(amount, self.unit)
    }

    /// The amount that a shortfall is counted from, and how far short the current value falls.
    fn shortfall(&self, polarity: Polarity) -> (f64, f64) {
        match self.aim {
            Aim::At(target) => {
                let difference = self.current - target;
                let short = match polarity {
                    Polarity::LowerIsBetter => difference,
                    Polarity::Maintain => difference.abs(),
                    Polarity::HigherIsBetter | Polarity::FromTarget => -difference,
                };
                (target, short)
            }
            Aim::Within(low, high) => {
                let (below, above) = (low - self.current, self.current - high);
                match polarity {
                    Polarity::HigherIsBetter => (low, below),
                    Polarity::LowerIsBetter => (high, above),
                    Polarity::Maintain | Polarity::FromTarget if below > above => (low, below),
                    Polarity::Maintain | Polarity::FromTarget => (high, above),
                }
            }
        }
    }
}

/// The current value as one amount, or why it is none.
fn current_amount(current: Option<Figure>) -> Result<(f64, Unit, Option<Arrow>), &'static str> {
    match current {
        Some(Figure::Amount { amount, unit, arrow }) => Ok((amount, unit, arrow)),
        Some(Figure::Direction(_)) => Err("The current value is a direction, not a number"),
        Some(Figure::Limit { .. }) => Err("The current value is a limit, not one number"),
        Some(Figure::Range { .. }) => Err("The current value is a range, not one number"),
        Some(Figure::New) => Err("There is no figure yet: the KPI is new"),
        Some(Figure::Several) => Err("The current value holds several figures"),
        None => Err("There is no current value"),
    }
}

/// The two figures and which way is better, or why they cannot be compared.
fn comparable(rule: &Rule, figures: Figures<'_>) -> Result<(Pair, Polarity), String> {
    let (current, unit, made) = current_amount(figures.current)?;
    let target = match figures.target {
        Some(Figure::Direction(arrow)) => return since(rule, arrow, (current, unit), figures.previous),
        Some(Figure::New) => return Err("There is no target yet: the KPI is new".into()),
        Some(Figure::Several) => return Err("The target holds several figures".into()),
        None => return Err("There is no target to compare with".into()),
        Some(target @ (Figure::Amount { .. } | Figure::Limit { .. } | Figure::Range { .. })) => target,
    };
    let (Some(aim), Some(target_unit)) = (aim_of(target), target.unit()) else { return Err("There is no target to compare with".into()) };
    if !unit.joins(target_unit) {
        let (current, target) = (show_figure(current, unit), show_target(target, target_unit));
        return Err(format!("The units differ: {current} against {target}"));
    }
    let unit = if unit == Unit::Plain { target_unit } else { unit };
    let movement = |arrow| match arrow {
        Arrow::Up => Some("a rise of"),
        Arrow::Down => Some("a fall of"),
        Arrow::Level => None,
    };
    let wanted = match target {
        Figure::Amount { arrow, .. } => arrow.and_then(movement),
        _ => None,
    };
    let strict = matches!(target, Figure::Limit { bound: Bound::Below | Bound::Above, .. });
    let polarity = resolve(rule.polarity, figures.current, figures.target);
    let named = format!("the target of {}", show_target(target, unit));
    let pair = Pair { current, aim, strict, unit, named, movement: None };
    Ok(match (made.and_then(movement), wanted) {
        // The wrong way counts as less than no movement.
        (Some(made), Some(wanted)) => {
            let named = format!("the target of {wanted} {}", show_target(target, unit));
            let polarity = if polarity == Polarity::Maintain { polarity } else { Polarity::HigherIsBetter };
            (Pair { current: if made == wanted { current } else { -current }, movement: Some(made), named, ..pair }, polarity)
        }
        // An arrow on the target alone says which way is better.
        (None, _) => (pair, polarity),
        (Some(_), None) => return Err("The current value is a movement and the target a level".into()),
    })
}

/// A current value beside the figure before it, where the target is a direction.
fn since(rule: &Rule, arrow: Arrow, (current, unit): (f64, Unit), previous: Option<(Figure, &str)>) -> Result<(Pair, Polarity), String> {
    let alone = || format!("The target is a direction ({}), not a number", direction(arrow));
    let Some((Figure::Amount { amount, unit: before, arrow: None }, heading)) = previous else { return Err(alone()) };
    if !unit.joins(before) {
        return Err(alone());
    }
    let polarity = match (arrow, rule.polarity) {
        (Arrow::Up, _) | (Arrow::Level, Polarity::FromTarget) => Polarity::HigherIsBetter,
        (Arrow::Down, _) => Polarity::LowerIsBetter,
        (Arrow::Level, polarity) => polarity,
    };
    let wanted = match arrow {
        Arrow::Up => "which it is to rise above",
        Arrow::Down => "which it is to fall below",
        Arrow::Level => "which it is to hold",
    };
    let named = format!("the {} of {heading}, {wanted},", show_figure(amount, unit));
    Ok((Pair { current, aim: Aim::At(amount), strict: arrow != Arrow::Level, unit, named, movement: None }, polarity))
}

fn judge(rule: &Rule, polarity: Polarity, pair: &Pair) -> Rated {
    let (edge, shortfall) = pair.shortfall(polarity);
    // A share of nothing is nothing: it is counted in points, and none is allowed.
    let of_nothing = edge == 0.0 && rule.shortfall == Shortfall::Relative;
    let in_points = rule.shortfall == Shortfall::Points || of_nothing;
    let tolerance = if of_nothing { 0.0 } else { rule.tolerance };
    let one = match (in_points, pair.unit) {
        (false, _) => edge.abs() / 100.0,
        (true, Unit::Percent) => 0.01,
        (true, _) => 1.0,
    };
    let short = shortfall / one;
    let equal = pair.strict && short.abs() <= EPSILON;
    let rating = if short <= EPSILON && !equal {
        Rating::Green
    } else if short <= tolerance + EPSILON && tolerance > 0.0 {
        Rating::Amber
    } else {
        Rating::Red
    };
    let told = Shortage { short, tolerance, in_points, of_nothing };
    let why = if equal {
        capital(&format!("{} only equals {}", pair.show(pair.current), pair.named.trim_end_matches(',')))
    } else {
        told.reason(rating, polarity, pair)
    };
    Rated { allowed: Some(tolerance * one), amount: Some(pair.current), aim: Some(pair.aim), ..Rated::new(rating, why, polarity) }
}

/// How far a value falls short, and how far it may.
struct Shortage {
    short: f64,
    tolerance: f64,
    in_points: bool,
    of_nothing: bool,
}

impl Shortage {
    /// The one line that says why.
    fn reason(&self, rating: Rating, polarity: Polarity, pair: &Pair) -> String {
        let current = match pair.movement {
            Some(made) => format!("{made} {}", pair.show(pair.current.abs())),
            None => pair.show(pair.current),
        };
        let named = &pair.named;
        if rating == Rating::Green {
            let verb = match pair.aim {
                Aim::Within(..) => "is within",
                Aim::At(_) if self.short < -EPSILON => "betters",
                Aim::At(_) => "meets",
            };
            return capital(format!("{current} {verb} {named}").trim_end_matches(','));
        }
        let verb = match (pair.aim, polarity) {
            (Aim::Within(..), _) => "is outside",
            (_, Polarity::LowerIsBetter) => "is over",
            (_, Polarity::Maintain) => "is away from",
            (_, Polarity::HigherIsBetter | Polarity::FromTarget) => "falls short of",
        };
        let by = self.measured(self.short, pair.unit);
        let allowed = match rating {
            _ if self.of_nothing => "and of nothing no share is allowed".to_owned(),
            Rating::Amber => format!("within the {} allowed", self.measured(self.tolerance, pair.unit)),
            _ => format!("more than the {} allowed", self.measured(self.tolerance, pair.unit)),
        };
        let share = if self.in_points { "" } else { " of it" };
        capital(&format!("{current} {verb} {named} by {by}{share}, {allowed}"))
    }

    fn measured(&self, amount: f64, unit: Unit) -> String {
        match (self.in_points, unit, decimals(amount)) {
            (false, _, number) => format!("{number}%"),
            (true, Unit::Percent, number) if number == "1" => "1 point".to_owned(),
            (true, Unit::Percent, number) => format!("{number} points"),
            // Numbers are told in their own unit, which no word need name.
            (true, unit, _) => show_figure(amount, unit),
        }
    }
}

fn direction(arrow: Arrow) -> &'static str {
    match arrow {
        Arrow::Up => "up",
        Arrow::Down => "down",
        Arrow::Level => "maintain",
    }
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
        let (current_cell, target_cell) = (read(current), read(target));
        let figures = Figures { current: figure_of(&current_cell), target: figure_of(&target_cell), previous: None };
        let rated = unread(rate(rule, figures), Some(&current_cell), Some(&target_cell));
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
            ("1%", "0%", Rating::Red, "1% is over the target of 0% by 1 point, and of nothing no share is allowed"),
            ("3", "0", Rating::Red, "3 is over the target of 0 by 3, and of nothing no share is allowed"),
            ("8", "≤ 10", Rating::Green, "8 betters the target of at most 10"),
            ("14 days", "≤ 10 days", Rating::Red, "14 days is over the target of at most 10 days by 40% of it, more than the 10% allowed"),
            ("9", "<9", Rating::Amber, "9 only equals the target of less than 9"),
            ("<5", "≤ 10", Rating::Green, "Less than 5 meets the target of at most 10"),
            ("<5", "4", Rating::Grey, "The current value is a limit, not one number"),
            ("88%", "at least 90%", Rating::Amber, "88% falls short of the target of at least 90% by 2.22% of it, within the 10% allowed"),
            ("12%", "10-15%", Rating::Green, "12% is within the target of 10% to 15%"),
            ("11%", "5% to 8%", Rating::Red, "11% is outside the target of 5% to 8% by 37.5% of it, more than the 10% allowed"),
            (
                "£61,000",
                "up to £50,000",
                Rating::Red,
                "£61,000 is over the target of at most £50,000 by 22% of it, more than the 10% allowed",
            ),
            ("18 weeks", "20 days", Rating::Grey, "The units differ: 18 weeks against 20 days"),
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
    fn a_direction_is_held_against_the_figure_before() {
        let read = |text: &str| figure_of(&Kind::Figure.enter(text));
        for (current, target, previous, rating, why) in [
            ("72%", "Increase", "70%", Rating::Green, "72% betters the 70% of Q1, which it is to rise above"),
            ("70%", "Increase", "70%", Rating::Amber, "70% only equals the 70% of Q1, which it is to rise above"),
            (
                "12",
                "Decrease",
                "10",
                Rating::Red,
                "12 is over the 10 of Q1, which it is to fall below, by 20% of it, more than the 10% allowed",
            ),
            ("98%", "Maintain", "98%", Rating::Green, "98% meets the 98% of Q1, which it is to hold"),
            ("69", "Maintain", "70%", Rating::Grey, "The target is a direction (maintain), not a number"),
        ] {
            let previous = read(previous).map(|figure| (figure, "Q1"));
            let rated = rate(&Rule::default(), Figures { current: read(current), target: read(target), previous });
            assert_eq!((rated.rating, &*rated.why), (rating, why), "{current} to {target} from {previous:?}");
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
