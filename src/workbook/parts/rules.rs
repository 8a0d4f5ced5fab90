//! Conditional formats: which of a sheet's cells they paint. Kinds that are not known paint nothing.

use std::collections::HashMap;

use super::{
    formula::{Formula, FormulaValue, Operator},
    icons::Icons,
    styles::Repaint,
    xml::Element,
};
use crate::workbook::{Merge, Painted, RawCell, RawSheet, comparison::Comparison};

/// The most tests of one sheet's cells; past them the rest keeps its own fills.
const MOST_TESTS: usize = 3_000_000;
/// How many ranges are passed over in the time of one test.
const PASSED_OVER: usize = 16;
/// The most rules that show lights, each of which looks at every number of the sheet.
const MOST_LIGHTS: usize = 20;

/// One rule and the ranges it holds in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub ranges: Vec<Merge>,
    pub priority: i64,
    pub stops: bool,
    /// The number of its format.
    pub format: Option<usize>,
    pub test: Test,
}

/// When a rule holds for a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    Compares(Comparison, Formula),
    Between(bool, Formula, Formula),
    /// Whether the cell's text has a text, in lower case, somewhere.
    Has(bool, String),
    Begins(String),
    Ends(String),
    Blank(bool),
    Holds(Formula),
    /// Holds for every number, and shows it as a light.
    Lights(Icons),
}

/// A rule as it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    kind: String,
    operator: String,
    text: Option<String>,
    priority: i64,
    stops: bool,
    format: Option<usize>,
    pub formulas: Vec<String>,
    pub icons: Option<Icons>,
}

impl Written {
    /// What a `cfRule` element states.
    pub(crate) fn of(element: &Element<'_>) -> Self {
        Self {
            kind: element.get("type").unwrap_or_default(),
            operator: element.get("operator").unwrap_or_default(),
            text: element.get("text"),
            priority: element.number("priority").unwrap_or(i64::MAX),
            stops: element.is("stopIfTrue"),
            format: element.number("dxfId"),
            formulas: Vec::new(),
            icons: None,
        }
    }

    /// The rule, when its kind is known.
    pub(crate) fn read(&self, ranges: &[Merge]) -> Option<Rule> {
        let anchor = ranges.first()?.first;
        let formula = |at: usize| Formula::read(self.formulas.get(at)?, anchor);
        let text = || self.text.as_deref().map(str::to_lowercase).filter(|text| !text.is_empty());
        let or_formula = |test: Option<Test>| test.or_else(|| formula(0).map(Test::Holds));
        let test = match self.kind.as_str() {
            "cellIs" => match self.operator.as_str() {
                "between" | "notBetween" => Test::Between(self.operator == "between", formula(0)?, formula(1)?),
                operator => Test::Compares(comparison_of(operator)?, formula(0)?),
            },
            "containsText" => or_formula(text().map(|text| Test::Has(true, text)))?,
            "notContainsText" => or_formula(text().map(|text| Test::Has(false, text)))?,
            "beginsWith" => or_formula(text().map(Test::Begins))?,
            "endsWith" => or_formula(text().map(Test::Ends))?,
            "containsBlanks" => Test::Blank(true),
            "notContainsBlanks" => Test::Blank(false),
            "expression" => Test::Holds(formula(0)?),
            "iconSet" => Test::Lights(self.icons.clone()?),
            _ => return None,
        };
        Some(Rule { ranges: ranges.to_vec(), priority: self.priority, stops: self.stops, format: self.format, test })
    }
}

fn comparison_of(name: &str) -> Option<Comparison> {
    Some(match name {
        "equal" => Comparison::Equal,
        "notEqual" => Comparison::Unequal,
        "lessThan" => Comparison::Less,
        "lessThanOrEqual" => Comparison::LessOrEqual,
        "greaterThan" => Comparison::Greater,
        "greaterThanOrEqual" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

impl Test {
    fn holds(&self, at: (u32, u32), cells: &dyn Fn(u32, u32) -> FormulaValue) -> bool {
        let own = || cells(at.0, at.1);
        let text = || own().text().to_lowercase();
        match self {
            Self::Compares(comparison, with) => Operator::Compare(*comparison).of(&own(), &with.value(at, cells)).is_true(),
            Self::Between(inside, from, to) => {
                let (own, from, to) = (own(), from.value(at, cells), to.value(at, cells));
                let is = |comparison: Comparison, with: &FormulaValue| Operator::Compare(comparison).of(&own, with).is_true();
                let within = is(Comparison::GreaterOrEqual, &from) && is(Comparison::LessOrEqual, &to);
                own != FormulaValue::Error && within == *inside
            }
            Self::Has(has, wanted) => text().contains(wanted.as_str()) == *has,
            Self::Begins(start) => text().starts_with(start.as_str()),
            Self::Ends(end) => text().ends_with(end.as_str()),
            Self::Blank(blank) => text().trim().is_empty() == *blank,
            Self::Holds(formula) => formula.value(at, cells).is_true(),
            Self::Lights(_) => matches!(own(), FormulaValue::Number(_)),
        }
    }
}

/// What a rule does to the cells it holds for.
enum Paint {
    /// Paints a cell, and gives its letters a colour.
    Format(Repaint, Option<u32>),
    /// Shows a number as a light, by the least and the greatest of its range.
    Light(Icons, (f64, f64)),
}

/// The least and the greatest number in ranges.
fn span(grid: &RawSheet, ranges: &[Merge]) -> (f64, f64) {
    let cells = grid.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.row, cell)));
    let inside = cells.filter(|(row, cell)| ranges.iter().any(|range| within(range, (*row, cell.column))));
    let numbers = inside.filter_map(|(_, cell)| Some(cell.stored.as_ref()?.number));
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), number| (least.min(number), most.max(number)))
}

/// Paints a grid's cells by its rules.
pub(crate) fn paint(grid: &mut RawSheet, mut rules: Vec<Rule>, repaints: &[Repaint], inks: &[Option<u32>]) {
    rules.sort_by_key(|rule| rule.priority);
    let last_column = grid.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or(0);
    let repaint = |rule: &Rule| rule.format.and_then(|format| repaints.get(format).copied()).unwrap_or_default();
    let ink = |rule: &Rule| rule.format.and_then(|format| inks.get(format).copied()).flatten();
    let mut lit = 0;
    let mut lights = |rule: &Rule| match &rule.test {
        Test::Lights(icons) if lit < MOST_LIGHTS && rule.ranges.len() <= MOST_LIGHTS => {
            lit += 1;
            Some((icons.clone(), span(grid, &rule.ranges)))
        }
        _ => None,
    };
    let rules: Vec<(&Rule, Paint)> = rules
        .iter()
        .map(|rule| (rule, lights(rule).map_or_else(|| Paint::Format(repaint(rule), ink(rule)), |(icons, span)| Paint::Light(icons, span))))
        .collect();
    if rules.iter().all(|(_, paint)| matches!(paint, Paint::Format(Repaint::Keep, None))) {
        return;
    }
    let ranges: usize = rules.iter().map(|(rule, _)| rule.ranges.len()).sum();
    let mut tests = 0;
    let mut painted: HashMap<(u32, u16), Option<u32>> = HashMap::new();
    let mut inked: HashMap<(u32, u16), u32> = HashMap::new();
    'rows: for row in &grid.rows {
        tests += ranges / PASSED_OVER;
        let here: Vec<&(&Rule, Paint)> =
            rules.iter().filter(|(rule, _)| rule.ranges.iter().any(|range| (range.first.0..=range.last.0).contains(&row.row))).collect();
        if here.is_empty() {
            continue;
        }
        let of_row: usize = here.iter().map(|(rule, _)| rule.ranges.len()).sum();
        let columns = here.iter().flat_map(|(rule, _)| &rule.ranges);
        let (from, to) = columns.fold((u16::MAX, 0), |(from, to), range| (from.min(range.first.1), to.max(range.last.1)));
        for column in from..=to.min(last_column) {
            let at = (row.row, column);
            tests += of_row / PASSED_OVER;
            for (rule, paint) in here.iter().filter(|(rule, _)| rule.ranges.iter().any(|range| within(range, at))) {
                tests += 1;
                if tests > MOST_TESTS {
                    break 'rows;
                }
                if rule.test.holds((row.row, u32::from(column)), &|row, column| known(grid, row, column)) {
                    // The first rule that paints wins.
                    if let Paint::Format(_, Some(ink)) = paint {
                        inked.entry(at).or_insert(*ink);
                    }
                    let fill = match paint {
                        Paint::Format(Repaint::Keep, _) => None,
                        Paint::Format(Repaint::With(fill), _) => Some(*fill),
                        Paint::Light(icons, span) => {
                            let shown = number(grid, at).and_then(|number| icons.colour(number, *span));
                            inked.extend(shown.filter(|_| icons.points()).map(|ink| (at, ink)));
                            shown.filter(|_| !icons.points()).map(Some)
                        }
                    };
                    painted.extend(fill.map(|fill| (at, fill)));
                    if rule.stops || fill.is_some() {
                        break;
                    }
                }
            }
        }
    }
    apply(grid, painted);
    for row in grid.rows.iter_mut().filter(|_| !inked.is_empty()) {
        for cell in &mut row.cells {
            if let Some(ink) = inked.get(&(row.row, cell.column)) {
                cell.font = cell.font.in_colour(*ink);
            }
        }
    }
}

fn within(range: &Merge, (row, column): (u32, u16)) -> bool {
    (range.first.0..=range.last.0).contains(&row) && (range.first.1..=range.last.1).contains(&column)
}

/// The number in a cell of a grid.
fn number(grid: &RawSheet, (row, column): (u32, u16)) -> Option<f64> {
    Some(grid.rows[grid.position(row)?].cell(column)?.stored.as_ref()?.number)
}

/// The value of a cell of a grid.
fn known(grid: &RawSheet, row: u32, column: u32) -> FormulaValue {
    let cell = grid.position(row).and_then(|at| grid.rows[at].cell(u16::try_from(column).ok()?));
    match cell {
        None => FormulaValue::Blank,
        Some(RawCell { stored: Some(stored), .. }) => FormulaValue::Number(stored.number),
        Some(RawCell { text, .. }) => match &**text {
            "TRUE" => FormulaValue::Truth(true),
            "FALSE" => FormulaValue::Truth(false),
            text if text.starts_with('#') && text.ends_with(['!', '?', 'A']) => FormulaValue::Error,
            text => FormulaValue::Text(text.to_owned()),
        },
    }
}

/// Puts the new fills on cells, and on blank cells beside them.
fn apply(grid: &mut RawSheet, mut fills: HashMap<(u32, u16), Option<u32>>) {
    for row in &mut grid.rows {
        for cell in &mut row.cells {
            if let Some(fill) = fills.remove(&(row.row, cell.column)) {
                cell.fill = fill;
            }
        }
    }
    grid.painted.retain(|painted| !fills.contains_key(&(painted.row, painted.column)));
    let blank = fills.into_iter().filter_map(|((row, column), fill)| Some(Painted { row, column, fill: fill? }));
    grid.painted.extend(blank);
    grid.painted.sort_by_key(|painted| (painted.row, painted.column));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{General, Stored},
        workbook::RawRow,
    };

    fn grid() -> RawSheet {
        let cell = |column, text: &str| RawCell { column, text: text.into(), ..RawCell::default() };
        let number = |column, number: f64| RawCell { stored: Some(Stored { number, format: General.into() }), ..cell(column, "n") };
        let row = |row, cells| RawRow { row, cells };
        RawSheet {
            rows: vec![row(1, vec![cell(0, "Off track"), number(1, 5.0)]), row(2, vec![cell(0, "On track"), number(1, 50.0)])],
            ..RawSheet::default()
        }
    }

    fn written(kind: &str, operator: &str, text: Option<&str>, formulas: &[&str]) -> Written {
        let formulas = formulas.iter().map(|formula| (*formula).to_owned()).collect();
        let text = text.map(str::to_owned);
        Written { kind: kind.into(), operator: operator.into(), text, priority: 1, stops: false, format: Some(0), formulas, icons: None }
    }

    fn fills(grid: &RawSheet) -> Vec<Option<u32>> {
        grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.fill)).collect()
    }

    #[test]
    fn each_known_kind_paints_its_cells() {
        let red = Some(0xFF_0000);
        let column = |column| Merge { first: (1, column), last: (9, column) };
        for (rule, at, expected) in [
            (written("cellIs", "lessThan", None, &["10"]), 1, [None, red, None, None]),
            (written("cellIs", "between", None, &["40", "60"]), 1, [None, None, None, red]),
            (written("cellIs", "notBetween", None, &["40", "60"]), 1, [None, red, None, None]),
            (written("cellIs", "equal", None, &["\"off track\""]), 0, [red, None, None, None]),
            (written("cellIs", "notEqual", None, &["\"off track\""]), 0, [None, None, red, None]),
            (written("containsText", "", Some("OFF"), &["x"]), 0, [red, None, None, None]),
            (written("notContainsText", "", Some("OFF"), &[]), 0, [None, None, red, None]),
            (written("beginsWith", "", Some("on"), &[]), 0, [None, None, red, None]),
            (written("endsWith", "", Some("track"), &[]), 0, [red, None, red, None]),
            (written("notContainsBlanks", "", None, &[]), 0, [red, None, red, None]),
            (written("expression", "", None, &["$B2>10"]), 0, [None, None, red, None]),
            (written("containsText", "", None, &["NOT(ISERROR(SEARCH($A$2,A2)))"]), 0, [red, None, None, None]),
        ] {
            let mut grid = grid();
            paint(&mut grid, vec![rule.read(&[column(at)]).unwrap()], &[Repaint::With(red)], &[]);
            assert_eq!(fills(&grid), expected, "{rule:?}");
        }
        assert_eq!(written("iconSet", "", None, &[]).read(&[column(0)]), None, "a set of which nothing is known");
        assert_eq!(written("colorScale", "", None, &[]).read(&[column(0)]), None);
        assert_eq!(written("expression", "", None, &["TODAY()>1"]).read(&[column(0)]), None);
    }

    #[test]
    fn the_first_rule_wins_and_one_may_stop_the_rest() {
        let mut rules: Vec<Rule> = ["$B2>1", "$B2>10", "$A2=\"On track\""]
            .iter()
            .map(|formula| written("expression", "", None, &[formula]).read(&[Merge { first: (1, 0), last: (9, 2) }]).unwrap())
            .collect();
        (rules[0].priority, rules[0].format) = (3, Some(1));
        (rules[1].priority, rules[1].format, rules[1].stops) = (1, None, true);
        (rules[2].priority, rules[2].format) = (2, Some(0));
        let mut grid = grid();
        grid.painted = vec![Painted { row: 1, column: 2, fill: 7 }];
        paint(&mut grid, rules, &[Repaint::With(Some(1)), Repaint::With(Some(2))], &[]);
        assert_eq!(fills(&grid), [Some(2), Some(2), None, None]);
        assert_eq!(grid.painted, [Painted { row: 1, column: 2, fill: 7 }], "past the last filled column");
    }
}
