//! Every KPI of a table against its target at a glance, each row on a scale of its own so that the targets line up.

use super::marks::marks_between;
use super::{Chart, ChartData, Subject};
use crate::insight::{Aim, Histories, History, Insight, Rated, Rating, figure_of, show_figure};
use crate::model::{Arrow, Cell, ColumnId, Document, Figure, Polarity, Role, Row, RowId, RowKind, Table, TableKind};

/// The registered chart.
pub(super) const CHART: Chart = Chart {
    name: "bullet",
    label: "Current against target",
    of_kind: TableKind::Kpi,
    of_row: false,
    of: |document, insight, subject: Subject| {
        let table = document.table(subject.table).filter(|table| table.kind == TableKind::Kpi)?;
        Some(ChartData::Bullet(BulletChart::of(document, table, insight)))
    },
};

/// How far along its scale a target stands where more is better, leaving room to better it.
const TARGET_OF_MORE: f64 = 0.75;
/// The same where less is better or the value is to be held, leaving room on the wrong side.
const TARGET_OF_LESS: f64 = 0.5;

/// All KPIs of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct BulletChart {
    pub title: String,
    pub rows: Vec<BulletRow>,
}

/// One KPI.
#[derive(Clone, Debug, PartialEq)]
pub struct BulletRow {
    pub row: RowId,
    /// Its number; empty where the table has none.
    pub number: String,
    /// Its wording.
    pub label: String,
    /// As its owner wrote them.
    pub current: String,
    pub target: String,
    pub rating: Rating,
    pub why: String,
    /// The figure before the current one.
    pub before: Option<Before>,
    pub mark: Mark,
}

/// The figure of the period before.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// As its owner headed it and wrote it.
    pub period: String,
    pub text: String,
    /// Where it stands on the row's scale; `None` where it is past its end.
    pub place: Option<f64>,
}

/// What is drawn for a KPI. Places run from 0 to 1 along the row's own scale.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A bar from `zero` to `current`, a tick at `target` where it is held against one amount, coloured bands behind, and round amounts
    /// of the scale with their places.
    Plotted { zero: f64, current: f64, target: Option<f64>, bands: Vec<Band>, past_end: bool, scale: Vec<(f64, String)> },
    /// The current value is a direction without an amount.
    Direction(Arrow),
    /// Nothing can be plotted; the row's `why` says the reason.
    Blank,
}

/// A stretch of the scale with one rating.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    pub from: f64,
    pub to: f64,
    pub rating: Rating,
}

impl BulletChart {
    /// The chart of a KPI table.
    #[must_use]
    pub fn of(document: &Document, table: &Table, insight: &Insight) -> Self {
        let histories = Histories::of(document, insight);
        let names = [Role::Ref, Role::Kpi].map(|role| table.role_position(role));
        let entries = table.rows.iter().filter(|row| row.kind == RowKind::Entry);
        let rows = entries.filter_map(|row| {
            let history = histories.unrated(table.id, row.id)?;
            Some(bullet(table, row, names, insight.rating(table.id, row.id)?, &history))
        });
        let rows = rows.collect();
        Self { title: format!("{}: current against target", table.name), rows }
    }

    /// Every figure of it as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        self.rows.iter().map(|row| row.text() + "\n").collect()
    }
}

impl BulletRow {
    /// The row in words: what it is, its figures and its rating.
    #[must_use]
    pub fn text(&self) -> String {
        let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
        let name = [&*self.number, &*self.label].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let (current, target) = (or_none(&self.current), or_none(&self.target));
        let before = self.before.as_ref().map_or_else(String::new, |before| format!(". Before: {} ({})", before.text, before.period));
        format!("{name}: current {current}, target {target}, {}. {}{before}", self.rating.word().to_lowercase(), self.why)
    }
}

fn bullet(table: &Table, row: &Row, [number, label]: [Option<usize>; 2], rated: &Rated, history: &History) -> BulletRow {
    let text = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map_or_else(String::new, |cell: &Cell| cell.text.replace('\n', " "));
    let at = |column: Option<ColumnId>, role| column.and_then(|column| table.column_position(column)).or_else(|| table.role_position(role));
    let current = at(rated.current, Role::Current);
    let last = history.figures.iter().rposition(|figure| figure.current);
    let before = match last {
        Some(last) => last.checked_sub(1).map(|at| &history.figures[at]),
        None => history.figures.last(),
    };
    // What is plotted may count otherwise than its cell does: per cent as a share, quarters added up.
    let times = last.and_then(|last| rated.amount.map(|amount| amount / history.figures[last].amount));
    let times = times.filter(|times| times.is_finite() && *times != 0.0).unwrap_or(1.0);
    let previous = before.map(|before| before.amount * times).filter(|amount| amount.is_finite());
    let figure = current.and_then(|at| row.cells.get(at)).and_then(figure_of);
    let mark = match (rated.amount, figure) {
        (None, Some(Figure::Direction(arrow))) => Mark::Direction(arrow),
        (None, _) => Mark::Blank,
        (Some(amount), _) => plot(rated, amount, history, times, previous),
    };
    let place = previous.and_then(|amount| extent(rated, history, previous).and_then(|(low, high)| within(amount, low, high)));
    let why = match history.direction {
        Some(_) if rated.rating == Rating::Grey && rated.amount.is_some() && before.is_none() => {
            format!("{}; the figure of the period before is missing, which it would be held against", rated.why)
        }
        _ => rated.why.clone(),
    };
    BulletRow {
        row: row.id,
        number: text(number),
        label: text(label),
        current: text(current),
        target: text(at(rated.target, Role::Target)),
        rating: rated.rating,
        why,
        before: before.map(|before| Before { period: before.period.clone(), text: before.text.clone(), place }),
        mark,
    }
}

/// The amounts at both ends of a row's scale; `None` where nothing is plotted.
fn extent(rated: &Rated, history: &History, previous: Option<f64>) -> Option<(f64, f64)> {
    let current = rated.amount?;
    let Some(aim) = rated.aim.filter(|_| history.direction.is_none()) else {
        let held = previous.unwrap_or(current);
        let (low, high) = (current.min(held).min(0.0), current.max(held).max(0.0));
        return Some((low, low + ((high - low) / TARGET_OF_MORE).max(f64::MIN_POSITIVE)));
    };
    let target = match aim {
        Aim::At(target) => target,
        Aim::Within(low, high) => {
            if rated.polarity == Polarity::HigherIsBetter {
                low
            } else {
                high
            }
        }
    };
    Some(scale(current, target, rated.allowed.unwrap_or(0.0), rated.polarity))
}

/// Where an amount stands on a scale, 0 to 1; `None` past its ends.
fn within(amount: f64, low: f64, high: f64) -> Option<f64> {
    Some((amount - low) / (high - low)).filter(|place| (0.0..=1.0).contains(place))
}

fn plot(rated: &Rated, current: f64, history: &History, times: f64, previous: Option<f64>) -> Mark {
    let Some((low, high)) = extent(rated, history, previous) else { return Mark::Blank };
    let place = |amount: f64| ((amount - low) / (high - low)).clamp(0.0, 1.0);
    let unit = history.unit;
    let round = marks_between(low / times, high / times, 4).into_iter();
    let mut scale: Vec<(f64, String)> = round.map(|amount| (place(amount * times), show_figure(amount, unit))).collect();
    // Amounts that differ by less than is shown are one.
    scale.dedup_by(|one, other| one.1 == other.1);
    // A direction has no bands: it is held against the figure before, which is drawn.
    let Some(aim) = rated.aim.filter(|_| history.direction.is_none()) else {
        return Mark::Plotted { zero: place(0.0), current: place(current), target: None, bands: Vec::new(), past_end: false, scale };
    };
    let allowed = rated.allowed.unwrap_or(0.0);
    let (below, above) = match aim {
        Aim::At(target) => (target, target),
        Aim::Within(low, high) => (low, high),
    };
    let band = |from: f64, to: f64, rating| Band { from: place(from), to: place(to), rating };
    let bands = match rated.polarity {
        Polarity::LowerIsBetter => {
            vec![band(low, above, Rating::Green), band(above, above + allowed, Rating::Amber), band(above + allowed, high, Rating::Red)]
        }
        Polarity::Maintain => vec![
            band(low, below - allowed, Rating::Red),
            band(below - allowed, below, Rating::Amber),
            band(below, above, Rating::Green),
            band(above, above + allowed, Rating::Amber),
            band(above + allowed, high, Rating::Red),
        ],
        Polarity::HigherIsBetter | Polarity::FromTarget => {
            vec![band(low, below - allowed, Rating::Red), band(below - allowed, below, Rating::Amber), band(below, high, Rating::Green)]
        }
    };
    let mut joined: Vec<Band> = Vec::new();
    for band in bands.into_iter().filter(|band| band.to > band.from) {
        match joined.last_mut() {
            Some(last) if last.rating == band.rating => last.to = band.to,
            _ => joined.push(band),
        }
    }
    let tick = match aim {
        Aim::At(target) => Some(place(target)),
        Aim::Within(..) => None,
    };
    Mark::Plotted { zero: place(0.0), current: place(current), target: tick, bands: joined, past_end: current > high, scale }
}

/// The amounts at both ends of a row's scale. Targets of one polarity stand in one place, unless a value below nothing needs room.
fn scale(current: f64, target: f64, allowed: f64, polarity: Polarity) -> (f64, f64) {
    let at = match polarity {
        Polarity::HigherIsBetter | Polarity::FromTarget => TARGET_OF_MORE,
        Polarity::LowerIsBetter | Polarity::Maintain => TARGET_OF_LESS,
    };
    if target > 0.0 && current >= 0.0 {
        return (0.0, target / at);
    }
    let (low, high) = (current.min(target).min(0.0), current.max(target).max(0.0));
    // Where nothing is held against nothing, one is what there is room for.
    let room = if high > low { allowed.max((high - low) * 0.1) } else { 0.5 };
    // A target of nothing, never undershot, is the end of its scale.
    let below = if low < 0.0 || polarity != Polarity::LowerIsBetter { room } else { 0.0 };
    (low - below, high + room * 2.0)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::insight::{AsOf, seed};
    use crate::model::{Document, Rule, Shortfall};

    fn check(table: Table, expected: Expect) {
        let mut document = Document::default();
        document.append(vec![table]);
        let insight = Insight::of(&document, AsOf::default());
        let chart = BulletChart::of(&document, &document.tables[0], &insight);
        let line = |row: &BulletRow| match &row.mark {
            Mark::Blank => format!("#{} {:?} {} v {} ({})\n", row.number, row.rating, row.current, row.target, row.why),
            Mark::Direction(arrow) => format!("#{} {:?} {arrow:?} ({})\n", row.number, row.rating, row.why),
            Mark::Plotted { zero, current, target, bands, past_end, scale } => {
                let bands: Vec<String> =
                    bands.iter().map(|band| format!("{} {:.2}-{:.2}", band.rating.code(), band.from, band.to)).collect();
                let past = if *past_end { " past the end" } else { "" };
                let tick = target.map_or_else(String::new, |target| format!(" tick {target:.2}"));
                let scale: Vec<String> = scale.iter().map(|(place, text)| format!("{text} at {place:.2}")).collect();
                let before = row.before.as_ref().map_or_else(String::new, |before| format!(" before {:?}", before.place));
                format!(
                    "#{} {zero:.2}-{current:.2}{past}{tick} {:?} [{}] {}{before}\n",
                    row.number,
                    row.rating,
                    bands.join(", "),
                    scale.join(", ")
                )
            }
        };
        expected.assert_eq(&chart.rows.iter().map(line).collect::<String>());
    }

    #[test]
    fn targets_line_up() {
        check(
            seed::kpis(),
            expect![[r#"
                #1 0.00-0.00 tick 0.00 Green [red 0.00-1.00] 0% at 0.00, 50% at 0.50, 100% at 1.00
                #2 0.00-0.68 tick 0.75 Amber [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 50% at 0.38, 100% at 0.75
                #3 0.00-0.66 tick 0.75 Red [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 50% at 0.42, 100% at 0.83
                #4 0.00-0.66 tick 0.75 Red [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 50% at 0.38, 100% at 0.75
                #5 0.00-0.71 tick 0.75 Amber [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 50% at 0.38, 100% at 0.75
                #6 0.00-0.75 tick 0.75 Green [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 50% at 0.38, 100% at 0.75
                #7 Grey new v 90% (There is no figure yet: the KPI is new)
                #8 0.00-0.75 Grey [] 0 at 0.00, 50 at 0.54
                #9 0.00-0.34 tick 0.75 Red [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 10% at 0.38, 20% at 0.75
                #10 0.00-0.63 tick 0.75 Red [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 50% at 0.38, 100% at 0.75
                #11 Grey new v 70% (There is no figure yet: the KPI is new)
                #12 0.00-0.53 tick 0.75 Red [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 50% at 0.38, 100% at 0.75
                #13 0.00-0.71 tick 0.75 Amber [red 0.00-0.68, amber 0.68-0.75, green 0.75-1.00] 0% at 0.00, 50% at 0.42, 100% at 0.83
            "#]],
        );
    }

    #[test]
    fn directions_are_plotted_alone() {
        check(
            seed::older_kpis(),
            expect![[r#"
                # 0.00-0.75 Grey [] 0% at 0.00, 50% at 0.38, 100% at 0.75
                # 0.00-0.75 Grey [] 0% at 0.00, 50% at 0.38, 100% at 0.77
                # Grey 37% 0% v  (The current value holds several figures)
                # 0.00-0.75 Grey [] 0 at 0.00, 20 at 0.38, 40 at 0.75
                # Grey 7.5 (carers) 19.3 (users) (n.b. every 2 years) v Increase (The current value holds several figures)
                # 0.00-0.75 Grey [] 0% at 0.00, 50% at 0.38, 100% at 0.75
                # 0.00-0.75 Grey [] 0 at 0.00, 50 at 0.58
                # 0.00-0.75 Grey [] 0% at 0.00, 50% at 0.38, 100% at 0.75
            "#]],
        );
    }

    #[test]
    fn polarity_is_honoured() {
        let mut table = seed::kpis();
        table.rows.truncate(4);
        for (at, (current, target, polarity)) in [
            ("30", "40", Polarity::LowerIsBetter),
            ("200", "40", Polarity::LowerIsBetter),
            ("38", "40", Polarity::Maintain),
            ("-2", "4", Polarity::HigherIsBetter),
        ]
        .into_iter()
        .enumerate()
        {
            let figure = |text| crate::model::kinds::Kind::Figure.enter(text);
            (table.rows[at].cells[2], table.rows[at].cells[3]) = (figure(current), figure(target));
            table.rules.insert(table.rows[at].id, Rule { polarity, shortfall: Shortfall::Relative, tolerance: 10.0 });
        }
        check(
            table,
            expect![[r#"
                #1 0.00-0.38 tick 0.50 Green [green 0.00-0.50, amber 0.50-0.55, red 0.55-1.00] 0 at 0.00, 20 at 0.25, 40 at 0.50, 60 at 0.75, 80 at 1.00
                #2 0.00-1.00 past the end tick 0.50 Red [green 0.00-0.50, amber 0.50-0.55, red 0.55-1.00] 0 at 0.00, 20 at 0.25, 40 at 0.50, 60 at 0.75, 80 at 1.00
                #3 0.00-0.47 tick 0.50 Amber [red 0.00-0.45, amber 0.45-0.55, red 0.55-1.00] 0 at 0.00, 20 at 0.25, 40 at 0.50, 60 at 0.75, 80 at 1.00
                #4 0.33-0.08 tick 0.85 Red [red 0.00-0.79, amber 0.79-0.85, green 0.85-1.00] -2 at 0.08, 0 at 0.33, 2 at 0.59, 4 at 0.85
            "#]],
        );
    }

    #[test]
    fn a_row_can_be_read_out() {
        let document = seed::document();
        let chart = BulletChart::of(&document, &document.tables[2], &Insight::of(&document, AsOf::default()));
        assert_eq!(
            chart.rows[1].text(),
            "2 Measure 2: current 90%, target 100%, near target. \
             90% falls short of the target of 100% by 10% of it, within the 10% allowed; higher is assumed to be better"
        );
    }
}
