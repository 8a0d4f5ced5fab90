//! Owns the working out of a formula's tree in its cell; what each function gives is with the functions.

use super::Stored;
use super::areas::Area;
use super::functions::{Function, Work};
use super::sheets::Sheets;
use super::tokens::Operator;
use super::tree::Node;
use super::value::{self, Fault, Grid, Stop, Value, View, kept};
use super::values::Place;
use crate::workbook::comparison::Comparison;

/// How many values an array may have.
const MOST_IN_GRID: u64 = 2_000_000;
/// A cell holds no longer text than this.
pub(super) const LONGEST_TEXT: usize = 32_767;
/// Why a formula with ranges in place of values is not worked out.
const MANY: &str = "it calculates with many cells where one value is meant";

/// What a part of a formula gives.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// An argument that is left out.
    Missing,
    Value(Value),
    Area(Area),
    Grid(Grid),
}

/// What a function gives.
pub(super) type Outcome = Result<Operand, Stop>;

impl Operand {
    /// How many rows and columns it has.
    pub(super) fn size(&self) -> (u64, u64) {
        match self {
            Self::Missing | Self::Value(_) => (1, 1),
            Self::Area(area) => (area.rows(), area.columns()),
            Self::Grid(grid) => (grid.rows as u64, grid.columns as u64),
        }
    }

    fn is_many(&self) -> bool {
        self.size() != (1, 1)
    }
}

/// Works out one formula.
pub(super) struct Evaluator<'e, 'a> {
    pub(super) sheets: &'e Sheets<'a>,
    pub(super) place: Place,
    /// Whether it was entered as an array formula.
    pub(super) entered: bool,
}

/// A formula's value in its cell, or why it has none.
pub(super) fn evaluate(sheets: &Sheets<'_>, tree: &Node, place: Place, entered: bool) -> Result<Stored, String> {
    let on = Evaluator { sheets, place, entered };
    let found = on.settled(tree, entered).and_then(|operand| match entered && operand.is_many() {
        true => kept("it gives more than one value"),
        false => on.single(operand),
    });
    match found {
        Err(Stop::Kept(why)) => Err(why),
        Err(Stop::Fault(fault)) | Ok(Value::Error(fault)) => match fault.written() {
            Some(written) => Ok(Stored::Error(written.to_string())),
            None => Err("it meets an error that is not known here".to_string()),
        },
        // A formula that gives a blank cell shows 0.
        Ok(Value::Blank) => Ok(Stored::Number(0.0)),
        Ok(Value::Number(number)) if !number.is_finite() => Ok(Stored::Error("#NUM!".to_string())),
        // Excel has no negative zero.
        Ok(Value::Number(number)) => Ok(Stored::Number(if number == 0.0 { 0.0 } else { number })),
        Ok(Value::Truth(truth)) => Ok(Stored::Truth(truth)),
        Ok(Value::Text(text)) if text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT => {
            Err("its text would be longer than a cell holds".to_string())
        }
        Ok(Value::Text(text)) => Ok(Stored::Text(text)),
    }
}

impl Evaluator<'_, '_> {
    pub(super) fn date_1904(&self) -> bool {
        self.sheets.around.book.date_1904
    }

    /// A value taken for a number.
    pub(super) fn number(&self, value: &Value) -> Result<f64, Stop> {
        value.number(self.date_1904())
    }

    /// What a part gives, an error being a value. `array` says that ranges in place of one value mean all their cells.
    pub(super) fn settled(&self, node: &Node, array: bool) -> Outcome {
        match self.operand(node, array) {
            Err(Stop::Fault(fault)) => Ok(Operand::Value(Value::Error(fault))),
            other => other,
        }
    }

    /// The one value of an operand: of a range, the cell in the formula's own row or column.
    pub(super) fn single(&self, operand: Operand) -> Result<Value, Stop> {
        match operand {
            Operand::Missing => Ok(Value::Blank),
            Operand::Value(value) => Ok(value),
            Operand::Area(area) => {
                let (sheet, row, column) = self.place;
                let at = if area.rows() == 1 && area.columns() == 1 {
                    (area.first_row, area.first_column)
                } else if area.columns() == 1
                    && (area.first_row..=area.last_row).contains(&row)
                    && (area.sheet, area.first_column) != (sheet, column)
                {
                    (row, area.first_column)
                } else if area.rows() == 1
                    && (area.first_column..=area.last_column).contains(&column)
                    && (area.sheet, area.first_row) != (sheet, row)
                {
                    (area.first_row, column)
                } else {
                    return kept(MANY);
                };
                Ok(self.sheets.cell((area.sheet, at.0, at.1)))
            }
            Operand::Grid(mut grid) => match grid.cells.len() {
                1 => Ok(grid.cells.swap_remove(0)),
                _ => kept(MANY),
            },
        }
    }

    /// All values of an operand.
    pub(super) fn grid(&self, operand: Operand) -> Result<Grid, Stop> {
        match operand {
            Operand::Grid(grid) => Ok(grid),
            Operand::Missing => Ok(Grid { rows: 1, columns: 1, cells: vec![Value::Blank] }),
            Operand::Value(value) => Ok(Grid { rows: 1, columns: 1, cells: vec![value] }),
            Operand::Area(area) => self.grid_of(&area, &|view| Ok(view.owned())),
        }
    }

    /// Calls for every value of an operand; of an area, for those that are not blank.
    pub(super) fn each(&self, operand: &Operand, found: &mut dyn FnMut(View<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        match operand {
            Operand::Missing => found(View::Blank),
            Operand::Value(value) => found(value.view()),
            Operand::Area(area) => self.sheets.each(area, &mut |_, _, view| found(view)),
            Operand::Grid(grid) => grid.cells.iter().try_for_each(|value| found(value.view())),
        }
    }

    pub(super) fn operand(&self, node: &Node, array: bool) -> Outcome {
        match node {
            Node::Value(value) => Ok(Operand::Value(value.clone())),
            Node::Missing => Ok(Operand::Missing),
            Node::Area(area) => Ok(Operand::Area(*area)),
            Node::Grid(grid) => Ok(Operand::Grid(grid.clone())),
            Node::Minus(inner) => {
                let inner = self.settled(inner, array)?;
                self.one_by_one(inner, array, &|value| Ok(Value::Number(-self.number(value)?)))
            }
            Node::Percent(inner) => {
                let inner = self.settled(inner, array)?;
                self.one_by_one(inner, array, &|value| Ok(Value::Number(self.number(value)? / 100.0)))
            }
            Node::Single(inner) => self.settled(inner, false).and_then(|operand| self.single(operand)).map(Operand::Value),
            Node::Pair(operator, left, right) => self.pair(*operator, left, right, array),
            Node::Between(first, last) => match (self.operand(first, array)?, self.operand(last, array)?) {
                (Operand::Area(first), Operand::Area(last)) => match first.with(&last) {
                    Some(area) => Ok(Operand::Area(area)),
                    None => kept("it reads a range that starts on one sheet and ends on another"),
                },
                (Operand::Value(Value::Error(fault)), _) | (_, Operand::Value(Value::Error(fault))) => Err(fault.into()),
                _ => kept("it is written in a way that is not known here"),
            },
            Node::Call(function, arguments) => self.call(function, arguments, array),
        }
    }

    /// Applies something to one value, or in an array to every one.
    fn one_by_one(&self, operand: Operand, array: bool, work: &dyn Fn(&Value) -> Result<Value, Stop>) -> Outcome {
        if !(array && operand.is_many()) {
            return work(&self.single(operand)?).map(Operand::Value);
        }
        let grid = self.grid(operand)?;
        self.sheets.step(grid.cells.len())?;
        let cells = grid.cells.iter().map(|value| caught(work(value))).collect::<Result<_, _>>()?;
        Ok(Operand::Grid(Grid { cells, ..grid }))
    }

    fn pair(&self, operator: Operator, left: &Node, right: &Node, array: bool) -> Outcome {
        // A long sum leans to the left: its parts are worked out one after the other, not one within the other.
        let mut chain = vec![(operator, right)];
        let mut first = left;
        while let Node::Pair(operator, left, right) = first {
            chain.push((*operator, right));
            first = left;
        }
        let mut found = self.settled(first, array)?;
        for (operator, right) in chain.into_iter().rev() {
            let right = self.settled(right, array)?;
            found = if array && (found.is_many() || right.is_many()) {
                Operand::Grid(self.pairs(operator, found, right)?)
            } else {
                let (one, two) = (self.single(found)?, self.single(right)?);
                Operand::Value(caught(self.apply(operator, &one, &two))?)
            };
        }
        Ok(found)
    }

    fn pairs(&self, operator: Operator, left: Operand, right: Operand) -> Result<Grid, Stop> {
        if let (Operand::Area(area), Operand::Value(value)) = (&left, &right)
            && let Operator::Compare(comparison) = operator
        {
            return self.grid_of(area, &|cell| caught(compare(comparison, cell, value.view())));
        }
        let (left, right) = (self.grid(left)?, self.grid(right)?);
        let (rows, columns) = (left.rows.max(right.rows), left.columns.max(right.columns));
        self.room(rows, columns)?;
        let mut cells = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                cells.push(caught(self.apply(operator, left.at(row, column), right.at(row, column)))?);
            }
        }
        Ok(Grid { rows, columns, cells })
    }

    /// What is made of every cell of an area, without copying what the cells hold.
    fn grid_of(&self, area: &Area, make: &dyn Fn(View<'_>) -> Result<Value, Stop>) -> Result<Grid, Stop> {
        let used = self.sheets.around.used(area);
        let (rows, columns) = (used.rows() as usize, used.columns() as usize);
        self.room(rows, columns)?;
        let mut cells = vec![make(View::Blank)?; rows * columns];
        self.sheets.each(&used, &mut |row, column, view| {
            let at = (row - used.first_row) as usize * columns + (column - used.first_column) as usize;
            if let Some(cell) = cells.get_mut(at) {
                *cell = make(view)?;
            }
            Ok(())
        })?;
        Ok(Grid { rows, columns, cells })
    }

    /// Whether there is room for an array.
    pub(super) fn room(&self, rows: usize, columns: usize) -> Result<(), Stop> {
        if (rows as u64).saturating_mul(columns as u64) > MOST_IN_GRID {
            return kept("it calculates with too many cells at once");
        }
        self.sheets.step(rows * columns)
    }

    /// What an operator makes of two values.
    fn apply(&self, operator: Operator, one: &Value, two: &Value) -> Result<Value, Stop> {
        if let Value::Error(fault) = one {
            return Err((*fault).into());
        }
        if let Value::Error(fault) = two {
            return Err((*fault).into());
        }
        let numbers = || Ok::<_, Stop>((self.number(one)?, self.number(two)?));
        match operator {
            Operator::Join => {
                let mut text = one.text()?;
                text.push_str(&two.text()?);
                short(text)
            }
            Operator::Plus => numbers().and_then(|(one, two)| sum(one, two)),
            Operator::Minus => numbers().and_then(|(one, two)| sum(one, -two)),
            Operator::Times => numbers().and_then(|(one, two)| finite(one * two)),
            Operator::Over => match numbers()? {
                (_, 0.0) => Err(Fault::Divided.into()),
                (one, two) => finite(one / two),
            },
            Operator::Power => numbers().and_then(|(one, two)| power(one, two)),
            Operator::Compare(comparison) => compare(comparison, one.view(), two.view()),
        }
    }

    fn call(&self, function: &Function, arguments: &[Node], array: bool) -> Outcome {
        self.sheets.step(1)?;
        let (one, work) = match function.work {
            Work::Own(work) => return work(self, arguments, array),
            Work::Given(one, work) => (one, work),
        };
        let mut given = Vec::with_capacity(arguments.len());
        let mut many = Vec::new();
        for (at, argument) in arguments.iter().enumerate() {
            let inside = array || takes_arrays(function.name, at);
            let operand = self.settled(argument, inside)?;
            given.push(if !one(at) || matches!(operand, Operand::Missing) {
                operand
            } else if array && operand.is_many() {
                many.push((at, self.grid(operand)?));
                Operand::Missing
            } else {
                Operand::Value(self.single(operand)?)
            });
        }
        if many.is_empty() {
            return work(self, &given);
        }
        let rows = many.iter().map(|(_, grid)| grid.rows).max().unwrap_or(0);
        let columns = many.iter().map(|(_, grid)| grid.columns).max().unwrap_or(0);
        self.room(rows, columns)?;
        let mut cells = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                for (at, grid) in &many {
                    given[*at] = Operand::Value(grid.at(row, column).clone());
                }
                cells.push(caught(work(self, &given).and_then(|operand| self.single(operand)))?);
            }
        }
        Ok(Operand::Grid(Grid { rows, columns, cells }))
    }
}

/// What a comparison gives.
fn compare(comparison: Comparison, one: View<'_>, two: View<'_>) -> Result<Value, Stop> {
    if let (View::Error(fault), _) | (_, View::Error(fault)) = (one, two) {
        return Err(fault.into());
    }
    // Whether two values are the same can be told where their order cannot.
    let is = match comparison {
        Comparison::Equal => value::equal(one, two)?,
        Comparison::Unequal => !value::equal(one, two)?,
        by_order => by_order.takes(value::order(one, two)?),
    };
    Ok(Value::Truth(is))
}

/// Whether a function takes arrays at a place among its arguments even where the formula was not entered as one.
fn takes_arrays(name: &str, at: usize) -> bool {
    match name {
        "SUMPRODUCT" => true,
        "LOOKUP" => at > 0,
        "INDEX" => at == 0,
        _ => false,
    }
}

/// An error as the value that it is.
pub(super) fn caught(found: Result<Value, Stop>) -> Result<Value, Stop> {
    match found {
        Err(Stop::Fault(fault)) => Ok(Value::Error(fault)),
        other => other,
    }
}

/// A number, or `#NUM!` where it is too large.
pub(super) fn finite(number: f64) -> Result<Value, Stop> {
    if number.is_finite() { Ok(Value::Number(number)) } else { Err(Fault::Number.into()) }
}

/// A text, where it is not far longer than a cell holds.
pub(super) fn short(text: String) -> Result<Value, Stop> {
    match text.len() > 4 * LONGEST_TEXT {
        true => kept("its text would be longer than a cell holds"),
        false => Ok(Value::Text(text)),
    }
}

/// A sum; what is left of two numbers alike in all digits that Excel keeps is 0, as there.
fn sum(one: f64, two: f64) -> Result<Value, Stop> {
    let sum = one + two;
    let nothing = sum.abs() < one.abs().max(two.abs()) * 1.7e-15;
    finite(if nothing { 0.0 } else { sum })
}

/// A power, `#NUM!` where there is none.
pub(super) fn power(base: f64, exponent: f64) -> Result<Value, Stop> {
    match (base, exponent) {
        (0.0, 0.0) => Err(Fault::Number.into()),
        (0.0, exponent) if exponent < 0.0 => Err(Fault::Divided.into()),
        _ => finite(base.powf(exponent)),
    }
}

/// Why ranges in place of one value are not worked out.
pub(super) fn too_many<T>() -> Result<T, Stop> {
    kept(MANY)
}
