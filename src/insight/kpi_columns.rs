//! Which cells of a KPI’s row are its current value, its target, the figure before and its owner’s rating, by period too.

use super::figures::figure_of;
use super::text::words;
use crate::model::{Cell, Figure, Role, Row, Table, When, in_plain_form, kinds::parse_when};

/// Words of a heading that say what of a period stands in a column, not which period.
const PARTS: [&str; 28] = [
    "actual",
    "actuals",
    "target",
    "targets",
    "rag",
    "rating",
    "status",
    "value",
    "result",
    "results",
    "outturn",
    "performance",
    "figure",
    "score",
    "achieved",
    "plan",
    "planned",
    "trend",
    "direction",
    "current",
    "reported",
    "data",
    "the",
    "for",
    "of",
    "in",
    "to",
    "goal",
];
/// Words of a heading over the figure that a KPI began with.
const BASELINES: [&str; 8] =
    ["baseline", "base line", "start value", "starting value", "start", "starting point", "starting position", "initial value"];
/// What a heading begins with over the figures of a period before the others.
const BEFORE: [&str; 7] = ["previous", "prev", "prior", "last", "same", "corresponding", "baseline"];
/// Words of a heading over what a whole year is to bring.
const OF_A_YEAR: [&str; 5] = ["annual", "annually", "yearly", "year", "12"];

/// The columns of a table that hold figures of its KPIs.
pub(super) struct KpiColumns<'table> {
    table: &'table Table,
    current: Option<usize>,
    /// The target of no period of its own.
    target: Option<usize>,
    rating: Option<usize>,
    baseline: Option<usize>,
    /// The columns headed by a period, the earliest first.
    periods: Vec<PeriodColumn>,
}

/// A column of figures of one period, with the target and the rating of that period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PeriodColumn {
    pub column: usize,
    pub target: Option<usize>,
    pub rating: Option<usize>,
}

/// The cells of one KPI, each with its column.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading<'row> {
    pub current: Option<(usize, &'row Cell)>,
    pub target: Option<(usize, &'row Cell)>,
    /// The figure of the period before the current one, or of the beginning.
    pub previous: Option<(usize, &'row Cell)>,
    pub baseline: Option<(usize, &'row Cell)>,
    /// What its owner rates it.
    pub rating: Option<(usize, &'row Cell)>,
    /// The periods that are filled, the earliest first.
    pub filled: Vec<(PeriodColumn, &'row Cell)>,
    /// Whether the current value is that of the latest period filled.
    pub by_period: bool,
}

impl<'table> KpiColumns<'table> {
    pub(super) fn of(table: &'table Table) -> Self {
        let of_role = |role: Role| {
            let columns = table.columns.iter().enumerate().filter(move |(_, column)| column.role == Some(role));
            columns.map(|(at, _)| at).collect::<Vec<usize>>()
        };
        let (targets, ratings) = (of_role(Role::Target), of_role(Role::Rating));
        let columns = of_role(Role::Period);
        let keys: Vec<String> = table.columns.iter().map(|column| key(&column.heading)).collect();
        // A target beside each period belongs to it, whatever its heading says.
        let beside = |of: &[usize], at: usize, every: bool| {
            let found = of.iter().copied().find(|&other| !keys[at].is_empty() && keys[other] == keys[at]);
            let bare = |other: &&usize| keys[**other].is_empty() || keys[**other] == keys[at];
            found.or_else(|| of.iter().filter(bare).copied().find(|&other| other == at + 1 || (every && other + 1 == at)).filter(|_| every))
        };
        let every = targets.len() >= 2 && targets.len() >= columns.len();
        let mut periods: Vec<PeriodColumn> = columns
            .iter()
            .map(|&column| PeriodColumn { column, target: beside(&targets, column, every), rating: following(&ratings, &keys, column) })
            .collect();
        // What is headed as the period before stands before those that are named.
        periods.sort_by_key(|period| !is_before(&table.columns[period.column].heading));
        if is_newest_first(periods.iter().map(|period| &*keys[period.column])) {
            periods.reverse();
        }
        let paired = |at: &usize| periods.iter().any(|period| period.target == Some(*at) || period.rating == Some(*at));
        let own = |of: &[usize]| of.iter().copied().find(|at| !paired(at));
        let is_baseline = |heading: &str| {
            let heading = in_plain_form(heading);
            BASELINES.iter().any(|word| heading == *word || (word.starts_with("base") && heading.starts_with(word)))
        };
        let baseline = table.columns.iter().position(|column| is_baseline(&column.heading) && column.role != Some(Role::Start));
        let rating = own(&ratings);
        let target = own(&targets).or_else(|| targets.first().copied().filter(|_| periods.is_empty()));
        Self { table, current: table.role_position(Role::Current), target, rating, baseline, periods }
    }

    /// The cells of a row.
    pub(super) fn read<'row>(&self, row: &'row Row) -> Reading<'row> {
        let cell = |at: Option<usize>| {
            let at = at?;
            row.cells.get(at).filter(|cell| !cell.is_blank()).map(|cell| (at, cell))
        };
        let filled: Vec<(PeriodColumn, &Cell)> = self
            .periods
            .iter()
            .filter_map(|period| Some((*period, cell(Some(period.column))?.1)))
            .filter(|(_, cell)| is_figure(cell))
            .collect();
        let mut reading =
            Reading { baseline: cell(self.baseline), rating: cell(self.rating), target: cell(self.target), ..Reading::default() };
        reading.current = cell(self.current);
        let last = filled.last().copied();
        match (reading.current, last) {
            (None, Some((period, held))) => {
                reading.by_period = true;
                reading.current = Some((period.column, held));
                reading.target = if period.target.is_some() { cell(period.target) } else { reading.target };
                reading.rating = cell(period.rating).or(reading.rating);
            }
            (Some(_), Some((period, _))) => {
                reading.target = reading.target.or_else(|| cell(period.target));
                reading.rating = reading.rating.or_else(|| cell(period.rating));
            }
            (_, None) => {}
        }
        reading.filled = filled;
        // A current value that says the latest period again is of that period.
        let skipped = usize::from(reading.by_period || Self::is_current_again(&reading));
        let before = reading.filled.len().checked_sub(1 + skipped).map(|at| (reading.filled[at].0.column, reading.filled[at].1));
        reading.previous = before.or(reading.baseline);
        reading
    }

    /// What stood in a row in one of its filled periods: the figure, the target of the period or else of no period, and the figure before.
    /// Says, too, whether the target is that of the period.
    pub(super) fn read_period<'row>(&self, row: &'row Row, whole: &Reading<'row>, at: usize) -> (Reading<'row>, bool) {
        let (period, held) = whole.filled[at];
        let cell = |at: Option<usize>| row.cells.get(at?).filter(|cell| !cell.is_blank()).zip(at).map(|(cell, at)| (at, cell));
        let own = cell(period.target);
        let before = at.checked_sub(1).map(|at| (whole.filled[at].0.column, whole.filled[at].1));
        let reading = Reading {
            current: Some((period.column, held)),
            target: own.or_else(|| cell(self.target)).or(whole.target),
            previous: before.or(whole.baseline),
            baseline: whole.baseline,
            rating: None,
            filled: whole.filled[..=at].to_vec(),
            by_period: false,
        };
        (reading, own.is_some())
    }

    /// Whether the current value says the figure of the latest period again.
    pub(super) fn is_current_again(reading: &Reading<'_>) -> bool {
        let last = reading.filled.last().map(|(_, held)| &held.text);
        reading.filled.len() > 1 && reading.current.is_some_and(|(_, current)| Some(&current.text) == last)
    }

    /// How many columns have a part of a year each: four quarters, or twelve months; nothing where they are no parts of one.
    pub(super) fn parts_of_year(&self) -> Option<usize> {
        let keys: Vec<String> = self.periods.iter().map(|period| key(&self.table.columns[period.column].heading)).collect();
        let all = |is: fn(&str) -> bool| keys.len() >= 2 && keys.iter().all(|key| is(key));
        let parts = if all(is_quarter) {
            4
        } else if all(is_month) {
            12
        } else {
            return None;
        };
        (keys.len() <= parts).then_some(parts)
    }

    /// Whether a target is that of a whole year.
    pub(super) fn is_of_year(&self, target: usize) -> bool {
        let words = words(&self.table.columns[target].heading);
        let said = words.iter().any(|word| OF_A_YEAR.contains(&&**word));
        let year =
            || key(&self.table.columns[target].heading).split(' ').next().is_some_and(|word| word.len() == 4 && word.starts_with("20"));
        let monthly = || words.iter().any(|word| is_quarter(word) || is_month(word) || word == "month" || word == "monthly");
        said && !words.iter().any(|word| word == "monthly") || (year() && self.parts_of_year().is_some() && !monthly())
    }
}

/// The rating directly behind a period, or the one headed by it too.
fn following(ratings: &[usize], keys: &[String], at: usize) -> Option<usize> {
    let named = ratings.iter().copied().find(|&rating| !keys[at].is_empty() && keys[rating] == keys[at]);
    // `Q1, RAG, Q2, RAG`; behind the last of several the one rating there is belongs to the whole.
    let beside = |rating: usize| rating == at + 1 && keys[rating].is_empty() && ratings.len() > 1;
    named.or_else(|| ratings.iter().copied().find(|&rating| beside(rating)))
}

/// What a heading says of its period alone: `q1 2025 26` of `Q1 2025/26: Actual`.
fn key(heading: &str) -> String {
    words(heading).into_iter().filter(|word| !PARTS.contains(&&**word)).collect::<Vec<_>>().join(" ")
}

fn is_quarter(key: &str) -> bool {
    let first = key.split(' ').find(|word| !word.starts_with("20")).unwrap_or("");
    matches!(first, "q1" | "q2" | "q3" | "q4" | "quarter" | "qtr")
}

fn is_month(key: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = |word: &str| word.get(..3).is_some_and(|start| MONTHS.contains(&start));
    key.split(' ').any(word) || key.split(' ').count() == 3 && parse_when(&key.replace(' ', "/")).is_some()
}

/// Whether a heading is of the period before: `Last year`, `Previous quarter`.
fn is_before(heading: &str) -> bool {
    words(heading).first().is_some_and(|word| BEFORE.contains(&&**word))
}

/// Whether periods stand with the newest first.
fn is_newest_first<'a>(keys: impl Iterator<Item = &'a str>) -> bool {
    let order: Vec<(i32, i32)> = keys.filter_map(order).collect();
    order.len() >= 2 && order.windows(2).all(|pair| pair[0] > pair[1])
}

/// Where a period stands in time, as far as its words tell.
fn order(key: &str) -> Option<(i32, i32)> {
    let words = || key.split(' ');
    let number = |text: &str| text.parse::<i32>().ok();
    let year = words().find(|word| word.len() == 4 && word.starts_with("20")).and_then(number);
    let quarter = words().find_map(|word| number(word.strip_prefix('q')?));
    if let Some(quarter) = quarter {
        let year = year.or_else(|| words().find_map(number)).unwrap_or(0);
        return Some((year, quarter));
    }
    if let Some(day) = parse_when(&key.replace(' ', "/")).or_else(|| parse_when(key)).and_then(When::last_day) {
        return Some((i32::from(day.year()), i32::from(day.day_of_year())));
    }
    year.map(|year| (year, 0))
}

/// Whether a cell states a figure rather than that there is none yet.
fn is_figure(cell: &Cell) -> bool {
    matches!(figure_of(cell), Some(Figure::Amount { .. } | Figure::Limit { .. } | Figure::Range { .. } | Figure::Several))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::seed;
    use crate::model::{Column, ColumnId};

    /// The current value, target, figure before and rating of a row under some headings with their roles.
    fn read(columns: &[(&str, Role, &str)]) -> [String; 4] {
        let mut table = seed::kpis();
        table.rows.truncate(1);
        table.columns.truncate(2);
        table.rows[0].cells.truncate(2);
        for (&(heading, role, text), id) in columns.iter().zip(5..) {
            let kind = role.kind();
            table.columns.push(Column { id: ColumnId(id), heading: heading.into(), role: Some(role), kind, ..Column::default() });
            table.rows[0].cells.push(kind.enter(text));
        }
        let columns = KpiColumns::of(&table);
        let read = columns.read(&table.rows[0]);
        [read.current, read.target, read.previous, read.rating].map(|held| held.map_or_else(String::new, |(_, cell)| cell.text.to_string()))
    }

    #[test]
    fn the_latest_period_filled_is_current() {
        use Role::{Current, Period, Rating, Target};
        let target = ("Target", Target, "90");
        assert_eq!(read(&[target, ("Q1", Period, "88"), ("Q2", Period, "91"), ("Q3", Period, "")]), ["91", "90", "88", ""]);
        assert_eq!(read(&[target, ("Q1", Period, "88"), ("Q2", Period, "n/a"), ("Latest", Current, "")]), ["88", "90", "", ""]);
        assert_eq!(read(&[target, ("Q1", Period, "88"), ("Q2", Period, "91"), ("Latest", Current, "91")]), ["91", "90", "88", ""]);
        assert_eq!(read(&[target, ("Sep-25", Period, "93"), ("Aug-25", Period, "91"), ("Jul-25", Period, "90")]), ["93", "90", "91", ""]);
        let pairs = [
            ("Q1 2025/26: Target", Target, "80"),
            ("Q1 2025/26: Actual", Period, "79"),
            ("Q2 2025/26: Target", Target, "85"),
            ("Q2 2025/26: Actual", Period, "84"),
            ("Q3 2025/26: Target", Target, "90"),
            ("Q3 2025/26: Actual", Period, ""),
        ];
        assert_eq!(read(&pairs), ["84", "85", "79", ""]);
        let rated = [target, ("Q1", Period, "88"), ("RAG", Rating, "Amber"), ("Q2", Period, "91"), ("RAG", Rating, "Green")];
        assert_eq!(read(&rated), ["91", "90", "88", "Green"]);
        let named =
            [("Actual Q1", Period, "5"), ("RAG Q1", Rating, "Red"), ("Actual Q2", Period, "6"), ("RAG Q2", Rating, "Green"), target];
        assert_eq!(read(&named), ["6", "90", "5", "Green"]);
    }
}
