//! What a tolerance cell allows, read by its unit and the target's. Says where that cannot be told, and guesses nothing.

mod said;

use self::said::{Measure, Said, Side, TIMES, shortened, singular};
use super::figures::figure_of;
use super::text::words;
use crate::model::{Cell, Figure, Polarity, Shortfall, Unit, in_plain_form};

/// What owners write where no tolerance applies.
const NOT_APPLICABLE: [&str; 10] = ["n/a", "na", "n.a", "n.a.", "not applicable", "none", "none set", "-", "–", "—"];
/// What owners write where nothing is allowed.
const NOTHING: [&str; 5] = ["nil", "zero", "zero tolerance", "no tolerance", "no variance"];
/// Words of a heading under which the figure itself may stand at which a KPI turns red.
const LEVELS: [&str; 8] = ["floor", "limit", "threshold", "thresholds", "trigger", "intervention", "range", "if"];
/// Words of a unit that say no more than that figures are numbers, in the singular.
const NUMBERS: [&str; 15] =
    ["number", "no", "nr", "num", "count", "integer", "numeric", "ratio", "rate", "score", "index", "average", "mean", "total", "figure"];
/// A bare number up to this may be a share: 0.05 for 5 %.
const SHARE: f64 = 0.25;

/// What a tolerance cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tolerance {
    /// Nothing, so the usual rule holds.
    Blank,
    /// That none applies, so that what misses its target has no rating.
    NotApplicable,
    /// How much is allowed, and how its words were read where they leave that open.
    Told { amount: f64, shortfall: Shortfall, how: &'static str },
    /// Something that cannot be told: it `is not one amount`.
    Unclear(&'static str),
}

/// What stands beside a tolerance and decides how it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'a> {
    pub heading: &'a str,
    pub target: Option<&'a Cell>,
    /// What the figures are counted in, where a column says it: `days`, `%`.
    pub unit: &'a str,
    /// The KPI's wording, which may name its unit.
    pub kpi: &'a str,
    /// Which way is better, worked out.
    pub polarity: Polarity,
}

/// A target that a tolerance can be held against.
struct Target {
    amount: f64,
    is_percent: bool,
    /// Whether it is a plain number that counts per cent: 90 in a row of `%`.
    counts_percent: bool,
    /// The words of its unit in the singular; none where no unit is told.
    units: Vec<String>,
    /// By how much its numbers are shortened: 1,000 for `£k`.
    shortened: f64,
    is_money: bool,
}

/// What a tolerance cell allows.
pub(super) fn read(cell: &Cell, beside: &Beside<'_>) -> Tolerance {
    let text = in_plain_form(&cell.text);
    if text.is_empty() {
        return Tolerance::Blank;
    } else if NOT_APPLICABLE.contains(&&*text) {
        return Tolerance::NotApplicable;
    } else if NOTHING.contains(&&*text) {
        return Tolerance::Told { amount: 0.0, shortfall: Shortfall::Relative, how: "" };
    }
    let Some(mut said) = Said::of(cell) else { return Tolerance::Unclear("is not one amount") };
    if said.measure == Measure::Bare {
        said.measure = Measure::of_heading(beside.heading).unwrap_or(Measure::Bare);
    }
    let Some(target) = Target::of(beside) else {
        // Such a KPI has no rating whatever is allowed.
        return Tolerance::Told { amount: said.number, shortfall: Shortfall::Points, how: "" };
    };
    if !said.is_distance && words(beside.heading).iter().any(|word| LEVELS.contains(&&**word)) {
        match level(&said, &target, beside) {
            Some(told) => return told,
            None if own_amount(&said, &target, beside).is_ok_and(|own| own > target.amount.abs() / 4.0) => {
                return Tolerance::Unclear(TWO_WAYS);
            }
            None => {}
        }
    }
    distance(&said, &target, beside).unwrap_or_else(Tolerance::Unclear)
}

/// Why a number is not taken for a distance.
const TWO_WAYS: &str = "may be what is allowed or the figure at which it is red";
const OTHER_UNIT: &str = "is not in the unit of its target";

/// How far from the target a figure may be.
fn distance(said: &Said, target: &Target, beside: &Beside<'_>) -> Result<Tolerance, &'static str> {
    let wrong = match beside.polarity {
        Polarity::LowerIsBetter => Some(Side::Below),
        Polarity::HigherIsBetter | Polarity::FromTarget => Some(Side::Above),
        Polarity::Maintain => None,
    };
    if said.side.is_some_and(|side| wrong.is_none_or(|wrong| side == wrong)) {
        return Err("is not on the side on which its target is missed");
    }
    if said.measure == Measure::Bare && said.number > 0.0 && said.number <= SHARE && target.is_coarse() {
        return Err("may be a share or an amount");
    }
    let open = matches!(said.measure, Measure::Bare | Measure::Percent) && !said.is_distance;
    let own = own_amount(said, target, beside)?;
    // Nobody allows a KPI to miss most of its target: such a number is the figure itself.
    let most = if beside.polarity == Polarity::LowerIsBetter { 1.0 } else { 0.5 };
    if open && target.amount != 0.0 && own > target.amount.abs() * most {
        return Err(TWO_WAYS);
    }
    let (amount, shortfall) = match said.measure {
        // A share of nothing is judged in points, and none of it needs no points.
        Measure::Percent if target.amount != 0.0 || said.number == 0.0 => (said.number, Shortfall::Relative),
        _ if target.is_percent => (own * 100.0, Shortfall::Points),
        _ => (own, Shortfall::Points),
    };
    let how = match said.measure {
        Measure::Percent => "read as a share of the target",
        _ if target.is_percent => "read as points",
        Measure::Bare => "read in the unit of the target",
        Measure::PercentPoints | Measure::Points | Measure::Money(_) | Measure::Unit(_) => "",
    };
    Ok(Tolerance::Told { amount, shortfall, how })
}

/// An amount in the target's own: of 90 %, 5 points and 5.56 % are 0.05.
fn own_amount(said: &Said, target: &Target, beside: &Beside<'_>) -> Result<f64, &'static str> {
    let number = said.number;
    match &said.measure {
        Measure::Percent if target.amount == 0.0 && !target.is_percent && number != 0.0 => Err("is a share of a target of nothing"),
        // A share of nothing is judged in points.
        Measure::Percent if target.amount == 0.0 => Ok(number / 100.0),
        Measure::Percent => Ok(target.amount.abs() * number / 100.0),
        Measure::Bare | Measure::PercentPoints | Measure::Points if target.is_percent => Ok(number / 100.0),
        Measure::Bare => Ok(number),
        Measure::PercentPoints if target.counts_percent || (target.is_number() && target.amount.abs() <= 100.0) => Ok(number),
        Measure::Points if target.counts_percent || target.is_number() || target.is_counted_in("point", beside) => Ok(number),
        Measure::Money(shortened) if !target.is_percent && (target.is_money || target.is_number()) => {
            Ok(number * shortened / target.shortened)
        }
        Measure::Unit(unit) if !target.is_percent && target.is_counted_in(unit, beside) => Ok(number),
        Measure::PercentPoints | Measure::Points | Measure::Money(_) | Measure::Unit(_) => Err(OTHER_UNIT),
    }
}

/// The figure itself at which a KPI turns red, as `85%` under “Floor standard”; `None` where it can be none.
fn level(said: &Said, target: &Target, beside: &Beside<'_>) -> Option<Tolerance> {
    let level = match (&said.measure, target.is_percent) {
        (Measure::Percent, true) => said.number / 100.0,
        (Measure::Bare, true) if said.number >= 1.0 => said.number / 100.0,
        (Measure::Percent, false) if target.counts_percent => said.number,
        (Measure::Percent | Measure::PercentPoints | Measure::Points, _) | (_, true) => return None,
        (Measure::Bare | Measure::Money(_) | Measure::Unit(_), false) => own_amount(said, target, beside).ok()?,
    };
    let (least, most, how) = match beside.polarity {
        Polarity::HigherIsBetter | Polarity::FromTarget => (target.amount / 2.0, target.amount, "below which it is red"),
        Polarity::LowerIsBetter => (target.amount, target.amount * 2.0, "above which it is red"),
        Polarity::Maintain => return None,
    };
    let amount = (target.amount - level).abs() * if target.is_percent { 100.0 } else { 1.0 };
    (least..=most).contains(&level).then_some(Tolerance::Told { amount, shortfall: Shortfall::Points, how })
}

impl Target {
    fn of(beside: &Beside<'_>) -> Option<Self> {
        let cell = beside.target?;
        let (Figure::Amount { amount, unit, .. } | Figure::Limit { amount, unit, .. }) = figure_of(cell)? else { return None };
        let stated = in_plain_form(beside.unit);
        // A number format may name the unit: `24 days`, `£1,200k`.
        let shown = in_plain_form(&cell.text);
        let behind = shown.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_start_matches(|c: char| !c.is_alphabetic() && c != '%');
        let own = if stated.is_empty() { behind.trim() } else { &*stated };
        let is_money = own.starts_with(['£', '€', '$']) || shown.starts_with(['£', '€', '$']);
        let short = shortened(own.trim_start_matches(['£', '€', '$']))
            .filter(|_| is_money)
            .or_else(|| shortened(behind).filter(|_| cell.format.is_some()));
        let counts_percent =
            matches!(Measure::of(own), Some(Measure::Percent)) || own.starts_with("percentage") || own.starts_with("per cent");
        let units = words(own).iter().map(|word| singular(word)).collect();
        Some(Self { amount, is_percent: unit == Unit::Percent, counts_percent, units, shortened: short.unwrap_or(1.0), is_money })
    }

    /// Whether it is written without parts of one, beside which a number such as 0.1 may be a share.
    fn is_coarse(&self) -> bool {
        let written = self.amount * if self.is_percent { 100.0 } else { 1.0 };
        written != 0.0 && (written - written.round()).abs() < 1e-6
    }

    /// Whether nothing says what its numbers count.
    fn is_number(&self) -> bool {
        !self.is_money && !self.counts_percent && self.units.iter().all(|unit| NUMBERS.contains(&&**unit))
    }

    /// Whether its numbers may count what a word names.
    fn is_counted_in(&self, unit: &str, beside: &Beside<'_>) -> bool {
        if !self.is_number() {
            return self.units.iter().any(|word| word == unit);
        }
        let named: Vec<String> = words(beside.kpi).iter().map(|word| singular(word)).collect();
        // Weeks in its wording are not days.
        let other_time = named.iter().any(|word| TIMES.contains(&&**word));
        named.iter().any(|word| word == unit) || (TIMES.contains(&unit) && !other_time)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AsOf, Rating, conflicts::notes, rating::ratings, seed};
    use super::*;
    use crate::model::{Column, ColumnId, Document, Role, Table, kinds::Kind};
    use crate::notes::Code;

    /// A KPI beside its tolerance: heading, tolerance, current value, target, unit and which way is good.
    type Given<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

    fn table((heading, tolerance, current, target, unit, good): Given<'_>) -> Table {
        let mut table = seed::kpis();
        table.rows.truncate(1);
        let columns = [(heading, Role::Tolerance, tolerance), ("Unit", Role::Unit, unit), ("Good is", Role::Polarity, good)];
        for ((heading, role, text), id) in columns.into_iter().zip(5..) {
            table.columns.push(Column { id: ColumnId(id), heading: heading.into(), role: Some(role), ..Column::default() });
            table.rows[0].cells.push(Cell::text(text));
        }
        table.rows[0].cells[2] = Kind::Figure.enter(current);
        table.rows[0].cells[3] = Kind::Figure.enter(target);
        table
    }

    fn rated(given: Given<'_>) -> (Rating, String) {
        let rated = ratings(&table(given)).remove(0).1;
        (rated.rating, rated.why)
    }

    /// The words of the note on a tolerance, if there is one.
    fn noted(given: Given<'_>) -> Option<String> {
        let mut document = Document::default();
        document.append(vec![table(given)]);
        notes(&document, AsOf::default()).into_iter().find(|note| note.code == Code::ToleranceUnclear).map(|note| note.message)
    }

    #[test]
    fn a_tolerance_is_read_by_its_unit_and_the_targets() {
        use Rating::{Amber, Green, Red};
        for (given, rating, how) in [
            // In the target's own unit.
            (("Tolerance", "20", "400", "420", "", ""), Amber, "says 20, read in the unit of the target"),
            (("Tolerance", "20", "399", "420", "", ""), Red, "says 20, read in the unit of the target"),
            (("Tolerance", "0.5 days", "8.5", "8", "days", "Lower"), Amber, "says 0.5 days"),
            (("Tolerance", "0.5 days", "8.6", "8", "days", "Lower"), Red, "says 0.5 days"),
            (("Tolerance", "0.5 days", "8.4", "8", "", "Lower"), Amber, "says 0.5 days"),
            (("Tolerance", "1 working day", "9", "8", "Days", "Lower"), Amber, "says 1 working day"),
            (("Tolerance", "±2", "97", "99", "", "Maintain"), Amber, "says ±2, read in the unit of the target"),
            (("Tolerance", "+/- 3", "95", "99", "", "Maintain"), Red, "says +/- 3, read in the unit of the target"),
            (("Tolerance", "£500", "11600", "12000", "£", ""), Amber, "says £500"),
            (("Tolerance", "£5k", "1196", "1200", "£k", ""), Amber, "says £5k"),
            (("Tolerance", "£5k", "1194", "1200", "£000", ""), Red, "says £5k"),
            (("Tolerance", "2", "4", "2", "", "Lower"), Amber, "says 2, read in the unit of the target"),
            (("Tolerance (days)", "2", "26", "24", "days", "Lower"), Amber, "says 2"),
            (("Tolerance", "0.5 days", "8.5", "8", "Days (average)", "Lower"), Amber, "says 0.5 days"),
            (("Tolerance", "5 points", "67", "70", "Score", ""), Amber, "says 5 points"),
            // In points.
            (("Tolerance", "5", "85%", "90%", "", ""), Amber, "says 5, read as points"),
            (("Tolerance", "5", "84%", "90%", "", ""), Red, "says 5, read as points"),
            (("Tolerance", "5pp", "85%", "90%", "", ""), Amber, "says 5pp, read as points"),
            (("Tolerance", "2 percentage points", "87%", "90%", "", ""), Red, "says 2 percentage points, read as points"),
            (("Tolerance", "±2", "88%", "90%", "", ""), Amber, "says ±2, read as points"),
            (("Tolerance", "0.2", "99.3%", "99.5%", "", ""), Amber, "says 0.2, read as points"),
            (("Tolerance", "-5", "85%", "90%", "", "Higher"), Amber, "says -5, read as points"),
            (("Tolerance", "5pp", "85", "90", "%", ""), Amber, "says 5pp"),
            (("Tolerance", "5", "85", "90", "%", ""), Amber, "says 5, read in the unit of the target"),
            // As a share of the target.
            (("Tolerance", "5%", "85%", "90%", "", ""), Red, "says 5%, read as a share of the target"),
            (("Tolerance", "10 per cent", "378", "420", "", ""), Amber, "says 10 per cent, read as a share of the target"),
            (("Tolerance %", "10", "378", "420", "", ""), Amber, "says 10, read as a share of the target"),
            (("Tolerance", "within 5% of target", "400", "420", "", ""), Amber, "says within 5% of target, read as a share of the target"),
            // The figure itself.
            (("Floor standard", "85%", "86%", "90%", "", ""), Amber, "says 85%, below which it is red"),
            (("Red threshold", "30", "31", "24", "days", "Lower"), Red, "says 30, above which it is red"),
            (("Threshold", "5%", "87%", "90%", "", ""), Amber, "says 5%, read as a share of the target"),
            // Nothing, or nothing said.
            (("Tolerance", "0", "419", "420", "", ""), Red, "says 0, read in the unit of the target"),
            (("Tolerance", "zero tolerance", "419", "420", "", ""), Red, "says zero tolerance"),
            (("Tolerance", "", "400", "420", "", ""), Amber, "is blank, so the usual 10% is allowed"),
            (("Tolerance", "20", "420", "420", "", ""), Green, "says 20, read in the unit of the target"),
        ] {
            let (found, why) = rated(given);
            let of_column = why.split(&format!("“{}” ", given.0)).nth(1).map(|how| how.split(';').next().unwrap_or(""));
            assert_eq!((found, of_column, noted(given)), (rating, Some(how), None), "{given:?}: {why}");
        }
    }

    #[test]
    fn a_tolerance_that_cannot_be_told_is_a_note_and_no_rating() {
        for (given, why) in [
            (("Tolerance", "a bit", "400", "420", "", ""), "is not one amount"),
            (("Tolerance", "5-10%", "400", "420", "", ""), "is not one amount"),
            (("Tolerance", "TBC", "400", "420", "", ""), "is not one amount"),
            (("Tolerance", "2 days", "85%", "90%", "", ""), "is not in the unit of its target"),
            (("Tolerance", "2 days", "6", "5", "weeks", "Lower"), "is not in the unit of its target"),
            (("Tolerance", "£500", "85%", "90%", "", ""), "is not in the unit of its target"),
            (("Tolerance", "5pp", "400", "420", "", ""), "is not in the unit of its target"),
            (("Tolerance", "0.05", "85%", "90%", "", ""), "may be a share or an amount"),
            (("Tolerance", "0.05", "400", "420", "", ""), "may be a share or an amount"),
            (("Tolerance", "85%", "80%", "90%", "", ""), TWO_WAYS),
            (("Tolerance", "400", "390", "420", "", ""), TWO_WAYS),
            (("Threshold", "30%", "80%", "90%", "", ""), TWO_WAYS),
            (("Tolerance", "+5%", "80%", "90%", "", "Higher"), "is not on the side on which its target is missed"),
            (("Tolerance", "10%", "3", "0", "", "Lower"), "is a share of a target of nothing"),
        ] {
            let (rating, said) = rated(given);
            assert_eq!(rating, Rating::Grey, "{given:?}: {said}");
            assert_eq!(said, format!("The tolerance “{}” {why}, so nothing says how far it may miss its target", given.1));
            assert_eq!(noted(given), Some(format!("The tolerance “{}” of 1 {why}, so it is not rated", given.1)));
        }
    }

    #[test]
    fn where_no_tolerance_applies_what_meets_its_target_is_rated() {
        let given = |current| ("Tolerance", "n/a", current, "420", "", "");
        assert_eq!(rated(given("421")).0, Rating::Green);
        let (rating, why) = rated(given("419"));
        assert_eq!((rating, &*why), (Rating::Grey, "It misses its target, and “Tolerance” says that no tolerance applies"));
        assert_eq!(noted(given("419")), None);
    }

    #[test]
    fn a_tolerance_holds_for_the_rows_it_reaches_down_over() {
        let mut table = table(("Tolerance", "20", "400", "420", "", ""));
        let second = crate::model::Row { id: crate::model::RowId(2), ..table.rows[0].clone() };
        table.rows.push(second);
        table.rows[1].cells[4] = Cell::merged();
        let rated: Vec<Rating> = ratings(&table).iter().map(|(_, rated)| rated.rating).collect();
        assert_eq!(rated, [Rating::Amber, Rating::Amber]);
        assert!(ratings(&table)[1].1.why.contains("says 20"), "{}", ratings(&table)[1].1.why);
    }
}
