//! Filters of a sheet and its tables: which hidden rows they keep out of sight, told from those hidden by hand. Shows and hides nothing.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{refs::range, styles::Repaint, xml::Element};
use crate::{
    model::{date_from_serial, is_date_format},
    workbook::{Merge, RawCell, RawSheet},
};

/// The most filters of a sheet, and the most columns of one, that are looked at.
const MOST_FILTERS: usize = 200;
const MOST_COLUMNS: usize = 64;
/// The most values that a column's filter lists.
const MOST_VALUES: usize = 20_000;
/// How much of a text is compared with a pattern, in characters.
const LONGEST: usize = 1000;

/// A filter over a range, whose first row is its headings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filter {
    pub range: Merge,
    /// What rows must meet, by the column counted from the range's first.
    pub columns: Vec<(u16, Criterion)>,
}

/// What a row must meet in a column to stay in sight.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Criterion {
    Listed(Listed),
    /// All of them, or any.
    Compared(bool, Vec<(Comparison, String)>),
    AtLeast(f64),
    AtMost(f64),
    /// Above a number, or below it.
    Beyond(bool, f64),
    /// From a number up to but not to another.
    Within(f64, f64),
    /// In months of any year, the first and the last.
    InMonths(i8, i8),
    /// By the colour of the cell; none for no colour.
    Painted(Option<u32>),
    /// By something that is not read: the colour of its words, its icon.
    Untold,
}

/// Values that are ticked in a filter's list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Listed {
    pub blank: bool,
    /// In lower case.
    pub texts: HashSet<String>,
    /// Years, months or days.
    pub days: HashSet<(i16, i8, i8)>,
    /// Whether a time of day is ticked, which is not told from others of its day.
    pub times: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// The filters of a sheet part or a table part while it is read.
#[derive(Debug, Default)]
pub(crate) struct Filters {
    pub found: Vec<Filter>,
    column: Option<u16>,
    /// Within the views that people saved, which have filters of their own.
    aside: bool,
}

impl Filters {
    /// Sees an element begin. `fill` gives the colour of a numbered format.
    pub(crate) fn open(&mut self, element: &Element<'_>, repaints: &[Repaint]) {
        match element.name() {
            "customSheetViews" => self.aside = true,
            _ if self.aside => {}
            "autoFilter" => {
                let range = element.get("ref").and_then(|text| range(&text)).filter(|_| self.found.len() < MOST_FILTERS);
                self.found.extend(range.map(|range| Filter { range, columns: Vec::new() }));
            }
            "filterColumn" => self.column = element.number("colId"),
            "filters" => self.put(Criterion::Listed(Listed { blank: element.is("blank"), ..Listed::default() })),
            "filter" => self.list(|listed| {
                listed.texts.extend(element.get("val").map(|value| value.trim().to_lowercase()));
            }),
            "dateGroupItem" => self.list(|listed| date_group(listed, element)),
            "customFilters" => self.put(Criterion::Compared(element.is("and"), Vec::new())),
            "customFilter" => {
                let compared = (comparison(element.get("operator").as_deref()), element.get("val").unwrap_or_default());
                if let Some(Criterion::Compared(_, with)) = self.last()
                    && with.len() < 2
                {
                    with.push(compared);
                }
            }
            "top10" => {
                let top = element.get("top").is_none_or(|top| top == "1" || top == "true");
                self.put(match element.number("filterVal") {
                    Some(least) if top => Criterion::AtLeast(least),
                    Some(most) => Criterion::AtMost(most),
                    None => Criterion::Untold,
                });
            }
            "dynamicFilter" => self.put(dynamic(element)),
            "colorFilter" => {
                let by_fill = element.get("cellColor").is_none_or(|by| by == "1" || by == "true");
                let repaint = element.number::<usize>("dxfId").and_then(|at| repaints.get(at));
                self.put(match repaint {
                    Some(Repaint::With(fill)) if by_fill => Criterion::Painted(*fill),
                    None if by_fill => Criterion::Painted(None),
                    _ => Criterion::Untold,
                });
            }
            "iconFilter" => self.put(Criterion::Untold),
            _ => {}
        }
    }

    /// Sees an element end.
    pub(crate) fn close(&mut self, name: &str) {
        match name {
            "customSheetViews" => self.aside = false,
            "filterColumn" => self.column = None,
            _ => {}
        }
    }

    fn put(&mut self, criterion: Criterion) {
        if let (Some(column), Some(filter)) = (self.column, self.found.last_mut())
            && filter.columns.len() < MOST_COLUMNS
        {
            filter.columns.push((column, criterion));
        }
    }

    fn last(&mut self) -> Option<&mut Criterion> {
        self.column?;
        self.found.last_mut()?.columns.last_mut().map(|(_, criterion)| criterion)
    }

    fn list(&mut self, add: impl FnOnce(&mut Listed)) {
        if let Some(Criterion::Listed(listed)) = self.last()
            && listed.texts.len() + listed.days.len() < MOST_VALUES
        {
            add(listed);
        }
    }
}

/// A year, a month or a day that is ticked; what it leaves out is 0.
fn date_group(listed: &mut Listed, element: &Element<'_>) {
    let part = |name: &str| element.number::<i16>(name).unwrap_or(0);
    let (year, month, day) = (part("year"), part("month") as i8, part("day") as i8);
    match element.get("dateTimeGrouping").as_deref() {
        Some("year") => drop(listed.days.insert((year, 0, 0))),
        Some("month") => drop(listed.days.insert((year, month, 0))),
        grouping => {
            listed.times |= grouping != Some("day");
            listed.days.insert((year, month, day));
        }
    }
}

fn comparison(operator: Option<&str>) -> Comparison {
    match operator {
        Some("notEqual") => Comparison::NotEqual,
        Some("greaterThan") => Comparison::Greater,
        Some("greaterThanOrEqual") => Comparison::GreaterOrEqual,
        Some("lessThan") => Comparison::Less,
        Some("lessThanOrEqual") => Comparison::LessOrEqual,
        _ => Comparison::Equal,
    }
}

/// A filter that follows the values or the calendar, by what Excel worked out when it was set.
fn dynamic(element: &Element<'_>) -> Criterion {
    let kind = element.get("type").unwrap_or_default();
    let numbered = |letter: char| kind.strip_prefix(letter).and_then(|rest| rest.parse::<i8>().ok());
    let (value, most) = (element.number::<f64>("val"), element.number::<f64>("maxVal"));
    match (numbered('M'), numbered('Q'), value, most) {
        (Some(month), ..) => Criterion::InMonths(month, month),
        (_, Some(quarter), ..) => Criterion::InMonths(quarter.saturating_mul(3).saturating_sub(2), quarter.saturating_mul(3)),
        (.., Some(value), _) if kind == "aboveAverage" => Criterion::Beyond(true, value),
        (.., Some(value), _) if kind == "belowAverage" => Criterion::Beyond(false, value),
        (.., Some(from), Some(to)) => Criterion::Within(from, to),
        _ => Criterion::Untold,
    }
}

/// Parts the hidden rows of a sheet: those that a filter keeps out of sight, and those hidden by hand.
pub(crate) fn part(grid: &mut RawSheet, filters: &[Filter]) {
    let active: Vec<&Filter> = filters.iter().filter(|filter| !filter.columns.is_empty()).collect();
    if active.is_empty() || grid.hidden.rows.is_empty() {
        return;
    }
    let rows = std::mem::take(&mut grid.hidden.rows);
    let (mut by_hand, mut filtered, mut untold) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let over = active.iter().filter(|filter| filter.range.first.0 < row && row <= filter.range.last.0);
        let fails: Vec<Option<bool>> = over.map(|filter| filter.hides(grid, row)).collect();
        if fails.contains(&Some(true)) {
            filtered.push(row);
        } else {
            untold.extend(fails.contains(&None).then_some(row));
            by_hand.push(row);
        }
    }
    (grid.hidden.rows, grid.hidden.filtered, grid.hidden.untold) = (by_hand, filtered, untold);
}

/// Takes rows that meet every filter over them out of those that a file says are out of sight by one: they are hidden by hand.
pub(crate) fn recheck(grid: &mut RawSheet, filters: &[Filter]) {
    let meets = |row: u32| {
        let mut over = filters.iter().filter(|filter| filter.range.first.0 < row && row <= filter.range.last.0).peekable();
        over.peek().is_some() && over.all(|filter| !filter.columns.is_empty() && filter.hides(grid, row) == Some(false))
    };
    let (by_hand, filtered): (Vec<u32>, Vec<u32>) = grid.hidden.filtered.iter().partition(|row| meets(**row));
    grid.hidden.filtered = filtered;
    grid.hidden.rows.extend(by_hand);
    grid.hidden.rows.sort_unstable();
}

impl Filter {
    /// Whether a row does not meet it; none where that cannot be told.
    fn hides(&self, grid: &RawSheet, row: u32) -> Option<bool> {
        let cells = grid.position(row).map(|at| &grid.rows[at]);
        let mut told = true;
        for (column, criterion) in &self.columns {
            let Some(column) = self.range.first.1.checked_add(*column) else { continue };
            let cell = cells.and_then(|row| row.cell(column));
            let painted = || {
                let at = grid.painted.binary_search_by_key(&(row, column), |painted| (painted.row, painted.column)).ok()?;
                Some(grid.painted[at].fill)
            };
            match criterion.is_met(cell, painted) {
                Some(false) => return Some(true),
                Some(true) => {}
                None => told = false,
            }
        }
        told.then_some(false)
    }
}

impl Criterion {
    fn is_met(&self, cell: Option<&RawCell>, painted: impl FnOnce() -> Option<u32>) -> Option<bool> {
        let number = || cell.and_then(|cell| cell.stored.as_ref()).map(|stored| stored.number);
        let dated = || {
            let stored = cell?.stored.as_ref().filter(|stored| is_date_format(&stored.format))?;
            date_from_serial(stored.number)
        };
        match self {
            Self::Listed(listed) => listed.has(cell, dated()),
            Self::Compared(all, with) => {
                let mut met = with.iter().map(|(comparison, value)| comparison.holds(cell, value));
                Some(if *all { met.all(|met| met) } else { met.any(|met| met) })
            }
            Self::AtLeast(least) => Some(number().is_some_and(|number| number >= *least)),
            Self::AtMost(most) => Some(number().is_some_and(|number| number <= *most)),
            Self::Beyond(above, value) => Some(number().is_some_and(|number| if *above { number > *value } else { number < *value })),
            Self::Within(from, to) => Some(number().is_some_and(|number| (*from..*to).contains(&number))),
            Self::InMonths(from, to) => Some(dated().is_some_and(|day: Date| (*from..=*to).contains(&day.month()))),
            Self::Painted(fill) => Some(cell.map_or_else(painted, |cell| cell.fill) == *fill),
            Self::Untold => None,
        }
    }
}

impl Listed {
    fn has(&self, cell: Option<&RawCell>, dated: Option<Date>) -> Option<bool> {
        let Some(cell) = cell else { return Some(self.blank) };
        if let Some(day) = dated {
            let (year, month, day) = (day.year(), day.month(), day.day());
            let within = [(year, 0, 0), (year, month, 0)].iter().any(|group| self.days.contains(group));
            if within || (self.days.contains(&(year, month, day)) && !self.times) {
                return Some(true);
            }
            if self.days.contains(&(year, month, day)) {
                return None;
            }
        }
        let text = cell.text.trim().to_lowercase();
        let number = cell.stored.as_ref().map(|stored| stored.number);
        Some(self.texts.contains(&text) || number.is_some_and(|number| self.texts.contains(&number.to_string())))
    }
}

impl Comparison {
    fn holds(self, cell: Option<&RawCell>, value: &str) -> bool {
        let value = value.trim();
        let blank = cell.is_none();
        match (self, value.parse::<f64>()) {
            (Self::Equal, _) if value.is_empty() => blank,
            (Self::NotEqual, _) if value.is_empty() => !blank,
            (Self::Equal, _) => cell.is_some_and(|cell| is(cell, value)),
            (Self::NotEqual, _) => !cell.is_some_and(|cell| is(cell, value)),
            (_, Ok(value)) => {
                let number = cell.and_then(|cell| cell.stored.as_ref()).map(|stored| stored.number);
                number.is_some_and(|number| self.orders(number.partial_cmp(&value)))
            }
            (_, Err(_)) => cell.is_some_and(|cell| {
                let (text, value) = (cell.text.to_lowercase(), value.to_lowercase());
                cell.stored.is_none() && self.orders(Some(text.cmp(&value)))
            }),
        }
    }

    fn orders(self, order: Option<std::cmp::Ordering>) -> bool {
        order.is_some_and(|order| match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
        })
    }
}

/// Whether a cell is a value, which may hold `*` and `?`.
fn is(cell: &RawCell, value: &str) -> bool {
    let number = cell.stored.as_ref().map(|stored| stored.number);
    if let (Some(number), Ok(value)) = (number, value.parse::<f64>()) {
        return (number - value).abs() <= 1e-9 * value.abs().max(1.0);
    }
    let lower = |text: &str| text.trim().to_lowercase().chars().take(LONGEST).collect::<Vec<char>>();
    fits(&lower(&cell.text), &lower(value))
}

/// Whether a text fits a pattern with `*` for any letters, `?` for one, and `~` before one that stands for itself.
fn fits(text: &[char], pattern: &[char]) -> bool {
    let (mut at, mut in_pattern) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        let escaped = pattern.get(in_pattern) == Some(&'~') && in_pattern + 1 < pattern.len();
        let wanted = if escaped { pattern.get(in_pattern + 1) } else { pattern.get(in_pattern) };
        match wanted {
            Some('*') if !escaped => {
                star = Some((at, in_pattern));
                in_pattern += 1;
            }
            Some(c) if *c == text[at] || (*c == '?' && !escaped) => {
                at += 1;
                in_pattern += 1 + usize::from(escaped);
            }
            _ => match &mut star {
                Some((from, before)) => {
                    *from += 1;
                    (at, in_pattern) = (*from, *before + 1);
                }
                None => return false,
            },
        }
    }
    pattern[in_pattern..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::{
        super::xml::{XmlStep, walk},
        *,
    };
    use crate::{
        model::Stored,
        workbook::{Painted, RawRow},
    };

    fn read(part: &str) -> Vec<Filter> {
        let mut filters = Filters::default();
        walk(part.as_bytes(), |step| match step {
            XmlStep::Open(element) => filters.open(&element, &[Repaint::With(Some(0x00FF_0000)), Repaint::Keep]),
            XmlStep::Close(name) => filters.close(name),
            XmlStep::Text(_) => {}
        });
        filters.found
    }

    /// A status, a date and a share in each row below the headings; every row is hidden.
    fn grid() -> RawSheet {
        let text = |column, text: &str| RawCell { column, text: text.into(), ..RawCell::default() };
        let number = |column, number, shown: &str, format: &str| RawCell {
            stored: Some(Stored { number, format: format.into() }),
            ..text(column, shown)
        };
        let row = |row, status: &str, day: f64, share: f64| {
            let cells = [text(0, status), number(1, day, "01/04/2026", "dd/mm/yyyy"), number(2, share, "50%", "0%")];
            RawRow { row, cells: cells.into_iter().filter(|cell| !cell.text.is_empty()).collect() }
        };
        // 1 April 2026 is day 46113.
        let mut rows = vec![row(1, "Complete", 46113.0, 0.5), row(2, "In progress", 46200.0, 0.2), row(3, "", 46500.0, 0.9)];
        rows[0].cells[0].fill = Some(0x00FF_0000);
        let mut grid = RawSheet { rows, painted: vec![Painted { row: 3, column: 0, fill: 0x00FF_0000 }], ..RawSheet::default() };
        grid.hidden.rows = vec![0, 1, 2, 3, 9];
        grid
    }

    #[test]
    fn what_is_said_to_be_filtered_and_meets_the_filter_is_hidden_by_hand() {
        let mut grid = grid();
        (grid.hidden.rows, grid.hidden.filtered) = (vec![3], vec![1, 2, 9]);
        let filter =
            "<autoFilter ref=\"A1:C5\"><filterColumn colId=\"0\"><filters><filter val=\"Complete\"/></filters></filterColumn></autoFilter>";
        recheck(&mut grid, &read(filter));
        assert_eq!((grid.hidden.rows, grid.hidden.filtered), (vec![1, 3], vec![2, 9]));
    }

    /// The rows of that grid that a filter keeps out of sight.
    fn filtered(column: u16, criterion: &str) -> Vec<u32> {
        let part = format!("<autoFilter ref=\"A1:C5\"><filterColumn colId=\"{column}\">{criterion}</filterColumn></autoFilter>");
        let mut grid = grid();
        super::part(&mut grid, &read(&part));
        assert_eq!(grid.hidden.rows.len() + grid.hidden.filtered.len(), 5, "none is lost");
        assert!(grid.hidden.rows.contains(&0) && grid.hidden.rows.contains(&9), "neither the headings nor what is below");
        grid.hidden.filtered
    }

    #[test]
    fn rows_that_fail_a_filter_are_told_from_those_hidden_by_hand() {
        for (column, criterion, expected) in [
            (0, "<filters><filter val=\"complete\"/></filters>", &[2, 3][..]),
            (0, "<filters blank=\"1\"><filter val=\"In progress\"/></filters>", &[1]),
            (0, "<customFilters><customFilter val=\"*prog?ess\"/></customFilters>", &[1, 3]),
            (0, "<customFilters><customFilter operator=\"notEqual\" val=\" \"/></customFilters>", &[3]),
            (0, "<customFilters><customFilter operator=\"greaterThan\" val=\"d\"/></customFilters>", &[1, 3]),
            (0, "<colorFilter dxfId=\"0\"/>", &[2]),
            (1, "<filters><dateGroupItem year=\"2026\" dateTimeGrouping=\"year\"/></filters>", &[3]),
            (1, "<filters><dateGroupItem year=\"2026\" month=\"4\" day=\"1\" dateTimeGrouping=\"day\"/></filters>", &[2, 3]),
            (1, "<dynamicFilter type=\"M4\"/>", &[2]),
            (1, "<dynamicFilter type=\"thisQuarter\" val=\"46113\" maxVal=\"46200\"/>", &[2, 3]),
            (
                2,
                "<customFilters and=\"1\"><customFilter operator=\"greaterThanOrEqual\" val=\"0.5\"/><customFilter operator=\"lessThan\" val=\"0.9\"/></customFilters>",
                &[2, 3],
            ),
            (2, "<filters><filter val=\"0.2\"/></filters>", &[1, 3]),
            (2, "<top10 val=\"1\" filterVal=\"0.9\"/>", &[1, 2]),
            (2, "<dynamicFilter type=\"aboveAverage\" val=\"0.53\"/>", &[1, 2]),
            (2, "<iconFilter iconSet=\"3Arrows\"/>", &[]),
            (2, "", &[]),
        ] {
            assert_eq!(filtered(column, criterion), expected, "{criterion}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_hidden_by_hand_and_said() {
        let mut grid = grid();
        part(
            &mut grid,
            &read("<autoFilter ref=\"A1:C4\"><filterColumn colId=\"0\"><colorFilter dxfId=\"1\"/></filterColumn></autoFilter>"),
        );
        assert_eq!((grid.hidden.rows, grid.hidden.untold), (vec![0, 1, 2, 3, 9], vec![1, 2, 3]));
        let mut saved = tests::grid();
        part(
            &mut saved,
            &read(
                "<customSheetViews><autoFilter ref=\"A1:C4\"><filterColumn colId=\"0\"><filters blank=\"1\"/></filterColumn></autoFilter></customSheetViews>",
            ),
        );
        assert!(saved.hidden.filtered.is_empty(), "a view that somebody saved hides nothing now");
    }

    #[test]
    fn patterns_are_followed_without_going_astray() {
        let fits = |text: &str, pattern: &str| fits(&text.chars().collect::<Vec<_>>(), &pattern.chars().collect::<Vec<_>>());
        assert!(fits("in progress", "in*ss") && fits("what?", "what~?") && fits("", "*") && fits("aab", "*ab"));
        assert!(!fits("whatx", "what~?") && !fits("abc", "ab") && !fits("ab", "abc"));
        let long = "a".repeat(LONGEST);
        assert!(!fits(&long, &"*a".repeat(400).replace("aa", "b").chars().chain("c".chars()).collect::<String>()));
    }
}
