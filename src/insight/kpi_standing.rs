//! How each KPI stands: its figure, target and the figure before in words, its rating, and whether it moved for the better. Rates nothing anew.

use super::{
    Insight,
    earlier::Earlier,
    figures::{figure_of, in_one_unit, show_figure},
    kpi_columns::KpiColumns,
    lines::columns_of,
    log,
    rating::{ASSUMED, Rated, Rating},
};
use crate::{
    model::{Cell, Document, Figure, Polarity, Role, Row, RowKind, Sign, Table, TableKind, Unit},
    notes::Place,
};

/// One KPI as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiStanding {
    /// The cell of its figure; its row where it has none.
    pub place: Place,
    /// The name of its table.
    pub table: String,
    pub reference: String,
    pub name: String,
    /// Its figure, its target and the figure before as they are written; empty where there is none.
    pub current: String,
    pub target: String,
    pub previous: String,
    /// What the figure before is headed by: `Q1 2026/27`, `Baseline`.
    pub since: String,
    /// Its figure, target and the figure before as numbers in one unit, where they are such.
    pub amount: Option<f64>,
    pub target_amount: Option<f64>,
    pub previous_amount: Option<f64>,
    pub unit: Unit,
    pub rated: Rated,
    pub travel: Travel,
    /// What its comment says last; empty where it says nothing.
    pub comment: String,
}

/// How a figure moved since the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travel {
    Better,
    Worse,
    Same,
    /// It moved, and nothing says which way is better.
    Moved,
    /// There is no figure before to hold it against.
    Unknown,
}

impl Travel {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "Better",
            Self::Worse => "Worse",
            Self::Same => "No change",
            Self::Moved => "Moved",
            Self::Unknown => "",
        }
    }
}

impl KpiStanding {
    /// An arrow for where the figure went, and the word for whether that is good: `▲ Better`. Empty where nothing is known.
    #[must_use]
    pub fn travel_words(&self) -> String {
        let arrow = match (self.amount, self.previous_amount) {
            (Some(now), Some(before)) if self.travel != Travel::Same && now > before => "▲",
            (Some(now), Some(before)) if self.travel != Travel::Same && now < before => "▼",
            (Some(_), Some(_)) => "▬",
            _ => return String::new(),
        };
        format!("{arrow} {}", self.travel.word())
    }

    /// What it is called in a list: its ref and its name.
    #[must_use]
    pub fn title(&self) -> String {
        match (&*self.reference, &*self.name) {
            ("", name) => name.to_owned(),
            (reference, "") => reference.to_owned(),
            (reference, name) => format!("{reference}: {name}"),
        }
    }
}

/// Figures nearer than this are the same.
const SAME: f64 = 1e-9;

/// Every KPI of a document, in its order.
#[must_use]
pub fn kpi_standings(document: &Document, insight: &Insight) -> Vec<KpiStanding> {
    let earlier = Earlier::of(document);
    let mut standings = Vec::new();
    for table in document.of_kind(TableKind::Kpi) {
        let columns = KpiColumns::of(table);
        let comments = columns_of(table, Role::Comment);
        for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry) {
            let Some(rated) = insight.rating(table.id, row.id) else { continue };
            standings.push(standing(table, (at, row), (&columns, &earlier, &comments), rated));
        }
    }
    standings
}

fn standing(
    table: &Table,
    (at, row): (usize, &Row),
    (columns, earlier, comments): (&KpiColumns<'_>, &Earlier, &[usize]),
    rated: &Rated,
) -> KpiStanding {
    let reading = columns.read(row);
    let words = |role: Role| table.cell(row, role).map_or_else(String::new, |cell| cell.text.trim().to_owned());
    let text = |held: Option<(usize, &Cell)>| held.map_or_else(String::new, |(_, cell)| cell.text.trim().to_owned());
    let name = words(Role::Kpi);
    let percent = name.contains('%') || name.to_lowercase().contains("per cent") || name.to_lowercase().contains("percentage");
    let figure = |held: Option<(usize, &Cell)>| held.and_then(|(_, cell)| figure_of(cell));
    let current = figure(reading.current);
    let before = reading.previous.filter(|(column, _)| Some(*column) != reading.current.map(|(at, _)| at));
    let (previous, since, previous_text) = match before {
        Some((column, cell)) => (figure_of(cell), table.heading(column), cell.text.trim().to_owned()),
        None => match earlier.before(table, &name) {
            Some((figure, years)) => (Some(figure), years.to_owned(), shown(figure)),
            None => (None, String::new(), String::new()),
        },
    };
    let beside = |other: Option<Figure>| Some(in_one_unit(current?, other?, percent));
    let target = beside(figure(reading.target));
    let amount = rated.amount.or_else(|| current.and_then(Figure::amount));
    let previous_amount = beside(previous).and_then(|(now, before)| {
        let (now, before) = (now.amount()?, before.amount()?);
        // The pair is brought to one unit, which is the target's where the amount was brought to that.
        Some(amount.filter(|_| now.abs() > SAME).map_or(before, |amount| before * amount / now))
    });
    let comment = comments.iter().filter_map(|&column| row.cells.get(column)).rfind(|cell| !cell.is_blank());
    KpiStanding {
        place: reading.current.map_or_else(|| Place::row(table, at), |(column, _)| Place::cell(table, at, column)),
        table: table.name.clone(),
        reference: words(Role::Ref),
        name: if name.is_empty() { table.name_of(row) } else { name },
        current: text(reading.current),
        target: text(reading.target),
        previous: previous_text,
        since,
        amount,
        target_amount: target.and_then(|(_, target)| target.amount()),
        previous_amount,
        unit: current.and_then(|figure| target.map_or(figure, |(current, _)| current).unit()).unwrap_or(Unit::Plain),
        rated: rated.clone(),
        travel: travel(amount, previous_amount, rated),
        comment: comment.map_or_else(String::new, |cell| log::newest(&cell.text).trim().to_owned()),
    }
}

fn shown(figure: Figure) -> String {
    figure.amount().map_or_else(String::new, |amount| show_figure(amount, figure.unit().unwrap_or(Unit::Plain)))
}

fn travel(now: Option<f64>, before: Option<f64>, rated: &Rated) -> Travel {
    let (Some(now), Some(before)) = (now, before) else { return Travel::Unknown };
    if (now - before).abs() <= SAME * before.abs().max(1.0) {
        return Travel::Same;
    }
    if rated.why.contains(ASSUMED) {
        return Travel::Moved;
    }
    match rated.polarity {
        Polarity::HigherIsBetter if now > before => Travel::Better,
        Polarity::LowerIsBetter if now < before => Travel::Better,
        Polarity::HigherIsBetter | Polarity::LowerIsBetter => Travel::Worse,
        // To be kept as it is, or nothing says.
        _ => Travel::Moved,
    }
}

/// How many have each rating, in the order of `Rating::ALL`.
#[must_use]
pub fn kpi_ratings(insight: &Insight) -> [usize; 4] {
    let mut counts = [0; 4];
    insight.ratings.values().for_each(|rated| counts[rated.rating as usize] += 1);
    counts
}

impl Rating {
    /// Its shape, which tells it without colour.
    #[must_use]
    pub fn sign(self) -> Sign {
        match self {
            Self::Green => Sign::Tick,
            Self::Amber => Sign::Diamond,
            Self::Red => Sign::Triangle,
            Self::Grey => Sign::HollowCircle,
        }
    }

    /// The rating of a code, as it is kept in files.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rating| rating.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AsOf, seed};
    use super::*;

    #[test]
    fn a_kpi_of_an_earlier_year_gives_the_figure_before() {
        let document = seed::document();
        let standings = kpi_standings(&document, &Insight::of(&document, AsOf::default()));
        assert_eq!(standings.len(), 21);
        let plans = standings.iter().find(|kpi| kpi.name == "Share of EHC plans on time").expect("the KPI");
        assert_eq!((&*plans.current, &*plans.previous, &*plans.since), ("100%", "98%", "2021-22"));
        assert_eq!((plans.travel, plans.travel_words()), (Travel::Better, "▲ Better".to_owned()));
        assert_eq!((plans.title(), plans.rated.rating), ("6: Share of EHC plans on time".to_owned(), Rating::Green));
        assert_eq!(standings[0].travel_words(), "");
    }
}
