//! The simple formulas that conditional formats use, read and worked out. What it does not know it does not guess.

use super::refs;
use crate::workbook::comparison::{COMPARISONS, Comparison};

/// The deepest nesting that is read.
const DEEPEST: usize = 40;

/// A value in a formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FormulaValue {
    Blank,
    Number(f64),
    Text(String),
    Truth(bool),
    Error,
}

impl FormulaValue {
    pub(crate) fn is_true(&self) -> bool {
        match self {
            Self::Truth(truth) => *truth,
            Self::Number(number) => *number != 0.0,
            Self::Blank | Self::Text(_) | Self::Error => false,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Self::Blank => Some(0.0),
            Self::Number(number) => Some(*number),
            Self::Truth(truth) => Some(f64::from(u8::from(*truth))),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Error => None,
        }
    }

    pub(crate) fn text(&self) -> String {
        match self {
            Self::Blank | Self::Error => String::new(),
            Self::Number(number) => format!("{number}"),
            Self::Text(text) => text.clone(),
            Self::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    /// How it compares with another, as Excel orders values: numbers, then texts, then truths.
    pub(crate) fn compare(&self, other: &Self) -> Option<std::cmp::Ordering> {
        let class = |value: &Self| match value {
            Self::Blank | Self::Number(_) => Some(0),
            Self::Text(_) => Some(1),
            Self::Truth(_) => Some(2),
            Self::Error => None,
        };
        match (self, other) {
            (Self::Blank, Self::Text(text)) => Some("".cmp(text.as_str())),
            (Self::Text(text), Self::Blank) => Some(text.as_str().cmp("")),
            (Self::Blank, Self::Truth(truth)) => Some(false.cmp(truth)),
            (Self::Truth(truth), Self::Blank) => Some(truth.cmp(&false)),
            (Self::Text(one), Self::Text(two)) => Some(one.to_lowercase().cmp(&two.to_lowercase())),
            (Self::Truth(one), Self::Truth(two)) => Some(one.cmp(two)),
            _ => match class(self)?.cmp(&class(other)?) {
                std::cmp::Ordering::Equal => self.number()?.partial_cmp(&other.number()?),
                unequal => Some(unequal),
            },
        }
    }
}

/// A formula, with its references as steps from the cell it was written for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Formula {
    Plain(FormulaValue),
    Cell(RefPart, RefPart),
    Pair(Operator, Box<Formula>, Box<Formula>),
    Minus(Box<Formula>),
    Call(Function, Vec<Formula>),
}

/// One half of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefPart {
    Fixed(u32),
    Away(i64),
}

impl RefPart {
    fn from(self, at: u32) -> Option<u32> {
        match self {
            Self::Fixed(at) => Some(at),
            Self::Away(steps) => u32::try_from(i64::from(at) + steps).ok(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Compare(Comparison),
    Join,
    Plus,
    Minus,
    Times,
    Over,
}

impl Operator {
    /// What it makes of two values.
    pub(crate) fn of(self, one: &FormulaValue, two: &FormulaValue) -> FormulaValue {
        if *one == FormulaValue::Error || *two == FormulaValue::Error {
            return FormulaValue::Error;
        }
        let worked_out = |work: fn(f64, f64) -> f64| match (one.number(), two.number()) {
            (Some(one), Some(two)) if work(one, two).is_finite() => FormulaValue::Number(work(one, two)),
            _ => FormulaValue::Error,
        };
        match self {
            Self::Compare(comparison) => one.compare(two).map_or(FormulaValue::Error, |found| FormulaValue::Truth(comparison.takes(found))),
            Self::Join => FormulaValue::Text(one.text() + &two.text()),
            Self::Plus => worked_out(|one, two| one + two),
            Self::Minus => worked_out(|one, two| one - two),
            Self::Times => worked_out(|one, two| one * two),
            Self::Over => worked_out(|one, two| one / two),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Left,
    Right,
    Mid,
    Len,
    Trim,
    Upper,
    Lower,
    Exact,
    Search,
    Find,
    IsNumber,
    IsText,
    IsBlank,
    IsError,
    Not,
    And,
    Or,
    If,
}

const FUNCTIONS: [(&str, Function); 18] = [
    ("LEFT", Function::Left),
    ("RIGHT", Function::Right),
    ("MID", Function::Mid),
    ("LEN", Function::Len),
    ("TRIM", Function::Trim),
    ("UPPER", Function::Upper),
    ("LOWER", Function::Lower),
    ("EXACT", Function::Exact),
    ("SEARCH", Function::Search),
    ("FIND", Function::Find),
    ("ISNUMBER", Function::IsNumber),
    ("ISTEXT", Function::IsText),
    ("ISBLANK", Function::IsBlank),
    ("ISERROR", Function::IsError),
    ("NOT", Function::Not),
    ("AND", Function::And),
    ("OR", Function::Or),
    ("IF", Function::If),
];

/// The value of a cell, by row and column.
pub(crate) type Cells<'a> = dyn Fn(u32, u32) -> FormulaValue + 'a;

impl Formula {
    /// Reads a formula written for the cell `anchor`; `None` when it uses anything that is not known here.
    pub(crate) fn read(text: &str, anchor: (u32, u16)) -> Option<Self> {
        let mut reader = Reader { rest: text.trim().trim_start_matches('='), anchor, depth: 0 };
        let formula = reader.comparison()?;
        reader.skip();
        reader.rest.is_empty().then_some(formula)
    }

    /// Its value for the cell at a row and column.
    pub(crate) fn value(&self, at: (u32, u32), cells: &Cells<'_>) -> FormulaValue {
        match self {
            Self::Plain(known) => known.clone(),
            Self::Cell(row, column) => match (row.from(at.0), column.from(at.1)) {
                (Some(row), Some(column)) => cells(row, column),
                _ => FormulaValue::Error,
            },
            Self::Pair(operator, one, two) => operator.of(&one.value(at, cells), &two.value(at, cells)),
            Self::Minus(of) => of.value(at, cells).number().map_or(FormulaValue::Error, |number| FormulaValue::Number(-number)),
            Self::Call(function, arguments) => call(*function, arguments, at, cells).unwrap_or(FormulaValue::Error),
        }
    }
}

/// What a function gives; `None` for an error.
fn call(function: Function, arguments: &[Formula], at: (u32, u32), cells: &Cells<'_>) -> Option<FormulaValue> {
    let value = |which: usize| arguments.get(which).map(|argument| argument.value(at, cells));
    let text = |which: usize| value(which).filter(|value| *value != FormulaValue::Error).map(|value| value.text());
    let count = |which: usize, otherwise: usize| match value(which) {
        Some(value) => value.number().filter(|number| *number >= 0.0).map(|number| number as usize),
        None => Some(otherwise),
    };
    Some(match function {
        Function::Left => FormulaValue::Text(text(0)?.chars().take(count(1, 1)?).collect()),
        Function::Right => {
            let (text, count) = (text(0)?, count(1, 1)?);
            FormulaValue::Text(text.chars().skip(text.chars().count().saturating_sub(count)).collect())
        }
        Function::Mid => FormulaValue::Text(text(0)?.chars().skip(count(1, 1)?.checked_sub(1)?).take(count(2, 0)?).collect()),
        Function::Len => FormulaValue::Number(text(0)?.chars().count() as f64),
        Function::Trim => FormulaValue::Text(text(0)?.split_whitespace().collect::<Vec<_>>().join(" ")),
        Function::Upper => FormulaValue::Text(text(0)?.to_uppercase()),
        Function::Lower => FormulaValue::Text(text(0)?.to_lowercase()),
        Function::Exact => FormulaValue::Truth(text(0)? == text(1)?),
        Function::Search => place_of(&text(1)?.to_lowercase(), &text(0)?.to_lowercase())?,
        Function::Find => place_of(&text(1)?, &text(0)?)?,
        Function::IsNumber => FormulaValue::Truth(matches!(value(0)?, FormulaValue::Number(_))),
        Function::IsText => FormulaValue::Truth(matches!(value(0)?, FormulaValue::Text(_))),
        Function::IsBlank => FormulaValue::Truth(matches!(value(0)?, FormulaValue::Blank)),
        Function::IsError => FormulaValue::Truth(matches!(value(0)?, FormulaValue::Error)),
        Function::Not => FormulaValue::Truth(!value(0).filter(|value| *value != FormulaValue::Error)?.is_true()),
        Function::And => FormulaValue::Truth(arguments.iter().all(|argument| argument.value(at, cells).is_true())),
        Function::Or => FormulaValue::Truth(arguments.iter().any(|argument| argument.value(at, cells).is_true())),
        Function::If => value(if value(0)?.is_true() { 1 } else { 2 }).unwrap_or(FormulaValue::Truth(false)),
    })
}

/// Where a text stands in another, counted from 1.
fn place_of(text: &str, wanted: &str) -> Option<FormulaValue> {
    text.find(wanted).map(|at| FormulaValue::Number(text[..at].chars().count() as f64 + 1.0))
}

struct Reader<'a> {
    rest: &'a str,
    anchor: (u32, u16),
    depth: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn takes(&mut self, mark: &str) -> bool {
        self.skip();
        self.rest.strip_prefix(mark).map(|rest| self.rest = rest).is_some()
    }

    fn one_of(&mut self, operators: &[(&str, Operator)]) -> Option<Operator> {
        operators.iter().find(|(mark, _)| self.takes(mark)).map(|(_, operator)| *operator)
    }

    /// Reads operands with operators of one rank between them.
    fn rank(&mut self, operators: &[(&str, Operator)], operand: fn(&mut Self) -> Option<Formula>) -> Option<Formula> {
        let mut formula = operand(self)?;
        while let Some(operator) = self.one_of(operators) {
            formula = Formula::Pair(operator, Box::new(formula), Box::new(operand(self)?));
            self.depth += 1;
            if self.depth > DEEPEST {
                return None;
            }
        }
        Some(formula)
    }

    fn comparison(&mut self) -> Option<Formula> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        self.rank(&COMPARISONS.map(|(sign, comparison)| (sign, Operator::Compare(comparison))), Self::join)
    }

    fn join(&mut self) -> Option<Formula> {
        self.rank(&[("&", Operator::Join)], Self::sum)
    }

    fn sum(&mut self) -> Option<Formula> {
        self.rank(&[("+", Operator::Plus), ("-", Operator::Minus)], Self::product)
    }

    fn product(&mut self) -> Option<Formula> {
        self.rank(&[("*", Operator::Times), ("/", Operator::Over)], Self::operand)
    }

    fn operand(&mut self) -> Option<Formula> {
        if self.takes("-") {
            self.depth += 1;
            return if self.depth > DEEPEST { None } else { Some(Formula::Minus(Box::new(self.operand()?))) };
        }
        if self.takes("(") {
            let inner = self.comparison()?;
            return self.takes(")").then_some(inner);
        }
        self.skip();
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        let length = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '$' | '.' | '_'))).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        if let Some((_, function)) = FUNCTIONS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))
            && self.takes("(")
        {
            return self.call(*function);
        }
        // A range, a sheet's name or a percentage after it makes it something else.
        if self.rest.starts_with([':', '!', '(', '[', '%', '^']) {
            return None;
        }
        if let Ok(number) = word.parse::<f64>() {
            return word.starts_with(|c: char| c.is_ascii_digit() || c == '.').then_some(Formula::Plain(FormulaValue::Number(number)));
        }
        match word.to_ascii_uppercase().as_str() {
            "TRUE" => return Some(Formula::Plain(FormulaValue::Truth(true))),
            "FALSE" => return Some(Formula::Plain(FormulaValue::Truth(false))),
            _ => {}
        }
        self.reference(word)
    }

    fn quoted(&mut self) -> Option<Formula> {
        let mut text = String::new();
        let mut characters = self.rest.char_indices().skip(1).peekable();
        while let Some((at, character)) = characters.next() {
            if character != '"' {
                text.push(character);
            } else if characters.peek().is_some_and(|(_, next)| *next == '"') {
                characters.next();
                text.push('"');
            } else {
                self.rest = &self.rest[at + 1..];
                return Some(Formula::Plain(FormulaValue::Text(text)));
            }
        }
        None
    }

    fn call(&mut self, function: Function) -> Option<Formula> {
        let mut arguments = Vec::new();
        if self.takes(")") {
            return Some(Formula::Call(function, arguments));
        }
        loop {
            arguments.push(self.comparison()?);
            if self.takes(")") {
                return Some(Formula::Call(function, arguments));
            }
            if !self.takes(",") {
                return None;
            }
        }
    }

    fn reference(&self, word: &str) -> Option<Formula> {
        let (row, column) = refs::cell(word)?;
        let digits = word.find(|c: char| c.is_ascii_digit())?;
        let step = |at: u32, anchor: u32, fixed: bool| {
            if fixed { RefPart::Fixed(at) } else { RefPart::Away(i64::from(at) - i64::from(anchor)) }
        };
        let row = step(row, self.anchor.0, word[..digits].ends_with('$'));
        Some(Formula::Cell(row, step(u32::from(column), u32::from(self.anchor.1), word.starts_with('$'))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked_out(text: &str, at: (u32, u32)) -> Option<FormulaValue> {
        let cells = |row: u32, column: u32| match (row, column) {
            (4, 6) => FormulaValue::Text("Red".to_owned()),
            (5, 6) => FormulaValue::Text("Not started".to_owned()),
            (6, 6) => FormulaValue::Number(0.5),
            _ => FormulaValue::Blank,
        };
        Formula::read(text, (4, 6)).map(|formula| formula.value(at, &cells))
    }

    #[test]
    fn the_formulas_of_owners_are_worked_out() {
        for (text, at, expected) in [
            ("$G5=\"Red\"", (4, 0), true),
            ("G5=\"red\"", (4, 6), true),
            ("G5=\"Red\"", (5, 6), false),
            ("$G$5=\"Red\"", (90, 6), true),
            ("LEFT(G5,1)=\"R\"", (4, 6), true),
            ("ISNUMBER(SEARCH(\"start\",G5))", (5, 6), true),
            ("ISNUMBER(SEARCH(\"start\",G5))", (4, 6), false),
            ("NOT(ISERROR(SEARCH(\"red\",G5)))", (4, 6), true),
            ("AND(G5>=0.25,G5<0.75)", (6, 6), true),
            ("G5<0.5", (6, 6), false),
            ("LEN(TRIM(G5))=0", (7, 6), true),
            ("OR(G5=\"Amber\",G5=\"Red\")", (4, 6), true),
            ("G5=\"\"", (9, 6), true),
            ("G5&\"!\"=\"Red!\"", (4, 6), true),
            ("-G5+1*2=1.5", (6, 6), true),
        ] {
            assert_eq!(worked_out(text, at), Some(FormulaValue::Truth(expected)), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        for text in ["TODAY()>G5", "COUNTIF(A1:A9,G5)>1", "Sheet2!A1=1", "G5=Statuses", "\"open", "(1", "G5=10%", "Table1[Status]=1"] {
            assert_eq!(worked_out(text, (4, 6)), None, "{text}");
        }
        assert_eq!(worked_out(&"(".repeat(10_000), (4, 6)), None);
        assert_eq!(worked_out(&"-".repeat(10_000), (4, 6)), None);
        assert_eq!(worked_out(&format!("1{}", "+1".repeat(10_000)), (4, 6)), None);
        assert_eq!(worked_out("1/0=1", (4, 6)), Some(FormulaValue::Error));
    }
}
