//! The figures at which a KPI is green, amber and red, where its owner states them in columns of their own or in one cell.

use super::figures::{figure_of, in_one_unit, show_figure, show_target};
use super::rating::Rating;
use super::text::words;
use crate::model::{Bound, Cell, Figure, Polarity, Role, Row, Table, Unit, in_plain_form, kinds::Kind};

/// The colours of thresholds by their words.
const COLOURS: [(&str, Rating); 4] = [("green", Rating::Green), ("amber", Rating::Amber), ("yellow", Rating::Amber), ("red", Rating::Red)];

/// Their first letters, where they stand for them.
const LETTERS: [(&str, Rating); 3] = [("g", Rating::Green), ("a", Rating::Amber), ("r", Rating::Red)];

/// The columns of a table that state thresholds.
#[derive(Clone, Debug, Default)]
pub(super) struct ThresholdColumns(Vec<(usize, Option<Rating>)>);

/// The thresholds of one KPI.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Thresholds {
    green: Option<Figure>,
    amber: Option<Figure>,
    red: Option<Figure>,
}

impl ThresholdColumns {
    pub(super) fn of(table: &Table) -> Self {
        let columns = table.columns.iter().enumerate().filter(|(_, column)| column.role == Some(Role::Tolerance));
        Self(columns.map(|(at, column)| (at, colour(&column.heading))).collect())
    }

    /// What a row states; `None` where that is no set of thresholds but a tolerance.
    pub(super) fn read(&self, row: &Row) -> Option<Thresholds> {
        let mut thresholds = Thresholds::default();
        for &(at, colour) in &self.0 {
            let Some(cell) = row.cells.get(at).filter(|cell| !cell.is_blank()) else { continue };
            match colour {
                Some(colour) => thresholds.set(colour, figure_of(cell)),
                None => thresholds.read_all(cell),
            }
        }
        // A figure under red alone is told as a tolerance.
        let bounded = |figure: &Option<Figure>| matches!(figure, Some(Figure::Limit { .. } | Figure::Range { .. }));
        let coloured = [&thresholds.green, &thresholds.amber, &thresholds.red];
        let stated = coloured.iter().filter(|figure| figure.is_some()).count();
        (stated >= 2 && (thresholds.green.is_some() || coloured.iter().any(|figure| bounded(figure)))).then_some(thresholds)
    }
}

/// The colour that a heading names, where it names one.
fn colour(heading: &str) -> Option<Rating> {
    let words = words(heading);
    let mut named = COLOURS.iter().filter(|(word, _)| words.iter().any(|held| held == word));
    let first = named.next()?;
    named.next().is_none().then_some(first.1)
}

impl Thresholds {
    fn set(&mut self, colour: Rating, figure: Option<Figure>) {
        match colour {
            Rating::Green => self.green = figure,
            Rating::Amber => self.amber = figure,
            Rating::Red => self.red = figure,
            Rating::Grey => {}
        }
    }

    /// `Green ≥90%, Amber 85-90%, Red <85%` in one cell.
    fn read_all(&mut self, cell: &Cell) {
        let text = in_plain_form(&cell.text);
        let place = |(word, colour): &(&str, Rating)| {
            let apart =
                |at: &usize| !text[..*at].ends_with(char::is_alphanumeric) && !text[at + word.len()..].starts_with(char::is_alphanumeric);
            text.match_indices(word).map(|(at, _)| at).find(apart).map(|at| (at, at + word.len(), *colour))
        };
        let mut found: Vec<(usize, usize, Rating)> = COLOURS.iter().filter_map(place).collect();
        if found.is_empty() {
            found = LETTERS.iter().filter_map(place).collect();
        }
        found.sort_unstable_by_key(|(at, ..)| *at);
        for (index, &(at, end, colour)) in found.iter().enumerate() {
            let next = found.get(index + 1).map_or(text.len(), |(next, ..)| *next);
            let (before, after) = (&text[if index == 0 { 0 } else { found[index - 1].1 }..at], &text[end..next]);
            let trim = |part: &str| {
                part.trim_matches(|c: char| matches!(c, ' ' | ':' | '=' | ',' | ';' | '|' | '/' | '(' | ')' | '-' | '–')).to_owned()
            };
            let figure = [trim(after), trim(before)].iter().find_map(|part| figure_of(&Kind::Figure.enter(part)));
            self.set(colour, figure);
        }
    }

    /// Which way is better, by where green lies.
    pub(super) fn polarity(&self) -> Option<Polarity> {
        let of_limit = |figure: Option<Figure>, green: bool| match figure? {
            Figure::Limit { bound, .. } if bound.is_ceiling() == green => Some(Polarity::LowerIsBetter),
            Figure::Limit { .. } => Some(Polarity::HigherIsBetter),
            _ => None,
        };
        let middle = |figure: Option<Figure>| match figure? {
            Figure::Range { low, high, .. } => Some((low + high) / 2.0),
            other => other.amount(),
        };
        let compared = || {
            let (green, other) = (middle(self.green)?, middle(self.amber).or_else(|| middle(self.red))?);
            Some(if green < other { Polarity::LowerIsBetter } else { Polarity::HigherIsBetter })
        };
        of_limit(self.green, true).or_else(|| of_limit(self.red, false)).or_else(compared)
    }

    /// The rating of a figure, and the line that says why.
    pub(super) fn rate(&self, current: Figure, percent: bool) -> Option<(Rating, String)> {
        let Figure::Amount { unit, .. } = current else { return None };
        let lower = self.polarity()? == Polarity::LowerIsBetter;
        let held = |threshold: Option<Figure>| {
            let (current, threshold) = in_one_unit(current, threshold?, percent);
            let Figure::Amount { amount, unit, .. } = current else { return None };
            unit.joins(threshold.unit()?).then_some(())?;
            contains(threshold, amount, lower)
        };
        let (green, amber, red) = (held(self.green), held(self.amber), held(self.red));
        let bounded = |figure: Option<Figure>| matches!(figure, Some(Figure::Limit { .. } | Figure::Range { .. }));
        let rating = match (green, amber, red) {
            (Some(true), ..) => Rating::Green,
            // A plain number under red is where it begins.
            (_, _, Some(true)) if bounded(self.red) => Rating::Red,
            (_, Some(true), _) => Rating::Amber,
            (_, Some(false), None) => self.beyond(current, percent, lower),
            (_, Some(false), Some(false)) if bounded(self.red) => Rating::Amber,
            (_, Some(false), Some(_)) => Rating::Red,
            (Some(false), None, Some(false)) => Rating::Amber,
            (Some(false), None, Some(true)) => Rating::Red,
            _ => return None,
        };
        let stated = match rating {
            Rating::Green => self.green,
            Rating::Amber => self.amber,
            Rating::Red | Rating::Grey => self.red,
        };
        let Figure::Amount { amount, .. } = current else { return None };
        let name = match rating {
            Rating::Green => "green",
            Rating::Amber => "amber",
            Rating::Red | Rating::Grey => "red",
        };
        let shown = |figure: Figure| show_target(figure, shown_unit(figure.unit().unwrap_or(unit), unit));
        let as_stated = stated
            .map_or_else(|| ", between the others".to_owned(), |figure| format!(", as its owner's threshold of {} says", shown(figure)));
        Some((rating, format!("{} is {name}{as_stated}", show_figure(amount, unit))))
    }

    /// What lies in none of green and amber, where nothing says where red begins.
    fn beyond(&self, current: Figure, percent: bool, lower: bool) -> Rating {
        let edge = |figure: Option<Figure>| {
            let (current, figure) = in_one_unit(current, figure?, percent);
            let edge = match figure {
                Figure::Range { low, high, .. } => {
                    if lower {
                        high
                    } else {
                        low
                    }
                }
                other => other.amount()?,
            };
            Some((current.amount()?, edge))
        };
        match edge(self.amber) {
            Some((amount, edge)) if (lower && amount > edge) || (!lower && amount < edge) => Rating::Red,
            _ => Rating::Amber,
        }
    }

    /// What green asks for, as a target.
    pub(super) fn target(&self) -> Option<Figure> {
        self.green
    }
}

fn shown_unit(own: Unit, other: Unit) -> Unit {
    if own == Unit::Plain { other } else { own }
}

/// Whether an amount is on the right side of a limit or in a band; a plain number is the edge of its colour.
fn contains(threshold: Figure, amount: f64, lower: bool) -> Option<bool> {
    const ROOM: f64 = 1e-9;
    Some(match threshold {
        Figure::Limit { amount: limit, bound, .. } => match bound {
            Bound::AtMost => amount <= limit + ROOM,
            Bound::Below => amount < limit - ROOM,
            Bound::AtLeast => amount >= limit - ROOM,
            Bound::Above => amount > limit + ROOM,
        },
        Figure::Range { low, high, .. } => low - ROOM <= amount && amount <= high + ROOM,
        Figure::Amount { amount: edge, .. } if lower => amount <= edge + ROOM,
        Figure::Amount { amount: edge, .. } => amount >= edge - ROOM,
        Figure::Direction(_) | Figure::New | Figure::Several => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_rated_by_its_owners_thresholds() {
        use Rating::{Amber, Green, Red};
        let figure = |text: &str| figure_of(&Kind::Figure.enter(text));
        for ([green, amber, red], current, expected) in [
            (["≥ 90%", "80% - 89%", "< 80%"], "84%", Some(Amber)),
            (["≥ 90%", "80% - 89%", "< 80%"], "89.5%", Some(Amber)),
            (["≥ 90%", "80% - 89%", "< 80%"], "90%", Some(Green)),
            (["≥ 90%", "80% - 89%", "< 80%"], "79%", Some(Red)),
            (["≤ 20", "21 - 25", "> 25"], "31", Some(Red)),
            (["≤ 20", "21 - 25", "> 25"], "20.5", Some(Amber)),
            (["95", "90", ""], "92", Some(Amber)),
            (["95", "90", ""], "89", Some(Red)),
            (["10", "15", "20"], "12", Some(Amber)),
            (["10", "15", "20"], "8", Some(Green)),
            (["10", "15", "20"], "25", Some(Red)),
            (["90%+", "", "under 80%"], "85%", Some(Amber)),
            (["90%+", "", "under 80%"], "75%", Some(Red)),
        ] {
            let thresholds = Thresholds { green: figure(green), amber: figure(amber), red: figure(red) };
            let found = thresholds.rate(figure(current).unwrap(), false).map(|(rating, _)| rating);
            assert_eq!(found, expected, "{current} by {green}, {amber}, {red}");
        }
    }

    #[test]
    fn thresholds_may_stand_in_one_cell() {
        for text in ["Green ≥90%, Amber 85-90%, Red <85%", "Green: ≥90% / Amber: 85-90% / Red: <85%", "G: ≥90% A: 85-89% R: <85%"] {
            let mut thresholds = Thresholds::default();
            thresholds.read_all(&Cell::text(text));
            let rating = thresholds.rate(figure_of(&Kind::Figure.enter("86%")).unwrap(), false);
            assert_eq!(rating.map(|(rating, _)| rating), Some(Rating::Amber), "{text}");
        }
    }
}
