//! Owns the reading of a formula into a tree, with names and tables replaced by what they stand for; it never works anything out.

use std::iter::Peekable;

use super::areas::{Area, LAST_COLUMN, LAST_ROW};
use super::functions::{self, Function};
use super::surroundings::Surroundings;
use super::tokens::{Cells, Operator, SheetName, Token, Tokens};
use super::value::{Fault, Grid, Value};
use super::values::Place;

/// Excel allows 8,192 characters; of the longest that is four bytes each.
const MOST_BYTES: usize = 32 * 1024;
/// Excel allows 64 levels of functions; brackets count as well here.
const MOST_NESTED: u32 = 100;
/// How many parts a formula may have with the names that it uses written out.
const MOST_PARTS: u32 = 20_000;
/// How deep names may use names.
const MOST_NAMES_DEEP: u32 = 12;
/// How tall a tree may be, a long sum being as tall as it has parts.
const MOST_TALL: u32 = 1500;

/// A formula, or a part of one.
#[derive(Debug)]
pub(super) enum Node {
    Value(Value),
    /// An argument that is left out.
    Missing,
    Area(Area),
    Grid(Grid),
    Minus(Box<Node>),
    Percent(Box<Node>),
    /// One cell of a range, by where the formula stands.
    Single(Box<Node>),
    Pair(Operator, Box<Node>, Box<Node>),
    /// The range from one reference to another.
    Between(Box<Node>, Box<Node>),
    Call(&'static Function, Vec<Node>),
}

impl Node {
    /// The cells that are added up because others are compared that are more or fewer than the formula names.
    pub(super) fn stretched(&self, found: &mut Vec<Area>) {
        match self {
            Self::Value(_) | Self::Missing | Self::Area(_) | Self::Grid(_) => {}
            Self::Minus(inner) | Self::Percent(inner) | Self::Single(inner) => inner.stretched(found),
            Self::Pair(_, one, two) | Self::Between(one, two) => {
                one.stretched(found);
                two.stretched(found);
            }
            Self::Call(function, arguments) => {
                if let ("SUMIF" | "AVERAGEIF", [Self::Area(compared), _, Self::Area(added)]) = (function.name, arguments.as_slice()) {
                    found.push(functions::stretched(added, compared));
                }
                arguments.iter().for_each(|argument| argument.stretched(found));
            }
        }
    }
}

/// A part and how tall it is.
type Grown = Result<(Node, u32), String>;

/// Reads a formula that stands in a cell; an error says why it is not worked out.
pub(super) fn read(text: &str, place: Place, around: &Surroundings<'_>) -> Result<Node, String> {
    let mut shared = Shared { around, place, parts: 0, named: 0, nested: 0 };
    shared.formula(text, false).map(|grown| grown.0)
}

fn unknown<T>() -> Result<T, String> {
    Err("it is written in a way that is not known here".to_string())
}

/// The cells that a reference means.
pub(super) fn area(around: &Surroundings<'_>, here: usize, sheet: Option<&SheetName<'_>>, cells: &Cells) -> Result<Area, String> {
    let sheet = match sheet {
        None => here,
        Some(name) => {
            let name = name.plain();
            around.sheet(&name).ok_or_else(|| format!("it reads a sheet that is not there, {name:?}"))?
        }
    };
    let rows = cells.rows.map_or((0, LAST_ROW), |(first, last)| (first.at, last.at));
    let columns = cells.columns.map_or((0, LAST_COLUMN), |(first, last)| (first.at, last.at));
    Ok(Area {
        sheet,
        first_row: rows.0.min(rows.1),
        last_row: rows.0.max(rows.1),
        first_column: columns.0.min(columns.1),
        last_column: columns.0.max(columns.1),
    })
}

/// Whether a reference means the same cells wherever it stands.
pub(super) fn is_fixed(cells: &Cells) -> bool {
    let fixed = |ends: Option<(super::tokens::End, super::tokens::End)>| ends.is_none_or(|(first, last)| first.fixed && last.fixed);
    fixed(cells.rows) && fixed(cells.columns)
}

/// What the reading of a formula and of the names in it have in common.
struct Shared<'s> {
    around: &'s Surroundings<'s>,
    place: Place,
    parts: u32,
    named: u32,
    nested: u32,
}

impl Shared<'_> {
    /// Reads a whole text; that of a name may only have references with dollar signs.
    fn formula(&mut self, text: &str, of_name: bool) -> Grown {
        if text.len() > MOST_BYTES {
            return Err("it is longer than a formula may be".to_string());
        }
        let mut parser = Parser { tokens: Tokens::new(text).peekable(), shared: self, of_name };
        let formula = parser.expression(0)?;
        match parser.tokens.next() {
            None => Ok(formula),
            Some(Ok(Token::Comma)) => Err("it reads several ranges in one bracket".to_string()),
            Some(_) => unknown(),
        }
    }

    fn name(&mut self, sheet: Option<&SheetName<'_>>, name: &str) -> Grown {
        let scope = match sheet {
            None => self.place.0,
            Some(sheet) => {
                let sheet = sheet.plain();
                self.around.sheet(&sheet).ok_or_else(|| format!("it reads a sheet that is not there, {sheet:?}"))?
            }
        };
        let Some(formula) = self.around.name(scope, name) else {
            if sheet.is_none() && self.around.has_table(name) {
                return self.around.table(name, "", self.place).map(|area| (Node::Area(area), 1));
            }
            return Err(format!("it names {name:?}, which the workbook does not define"));
        };
        if self.named >= MOST_NAMES_DEEP {
            return Err(format!("the name {name:?} is defined by itself, or through too many others"));
        }
        self.named += 1;
        let read = self.formula(formula, true);
        self.named -= 1;
        read.map_err(|why| if why.contains("the name") { why } else { format!("of the name {name:?}: {why}") })
    }
}

struct Parser<'p, 't, 's> {
    tokens: Peekable<Tokens<'t>>,
    shared: &'p mut Shared<'s>,
    of_name: bool,
}

/// How tightly an operator binds.
fn rank(operator: Operator) -> u8 {
    match operator {
        Operator::Compare(_) => 1,
        Operator::Join => 2,
        Operator::Plus | Operator::Minus => 3,
        Operator::Times | Operator::Over => 4,
        Operator::Power => 5,
    }
}

fn tall(height: u32) -> Result<u32, String> {
    match height < MOST_TALL {
        true => Ok(height + 1),
        false => Err("it is too large with its names written out".to_string()),
    }
}

impl Parser<'_, '_, '_> {
    /// Reads operands with operators that bind more tightly than `above` between them.
    fn expression(&mut self, above: u8) -> Grown {
        let (mut left, mut height) = self.signed()?;
        loop {
            let Some(Ok(Token::Operator(operator))) = self.tokens.peek() else { return Ok((left, height)) };
            let operator = *operator;
            if rank(operator) <= above {
                return Ok((left, height));
            }
            self.tokens.next();
            let (right, other) = self.expression(rank(operator))?;
            height = tall(height.max(other))?;
            left = Node::Pair(operator, Box::new(left), Box::new(right));
        }
    }

    /// Reads an operand with the signs before it and the percent signs after it.
    fn signed(&mut self) -> Grown {
        let mut signs = Vec::new();
        while let Some(Ok(token @ (Token::Operator(Operator::Minus | Operator::Plus) | Token::At))) = self.tokens.peek() {
            signs.push(*token);
            self.tokens.next();
            tall(u32::try_from(signs.len()).unwrap_or(u32::MAX))?;
        }
        let (mut node, mut height) = self.ranged()?;
        while let Some(Ok(Token::Percent)) = self.tokens.peek() {
            self.tokens.next();
            height = tall(height)?;
            node = Node::Percent(Box::new(node));
        }
        for sign in signs.iter().rev() {
            node = match sign {
                Token::At => Node::Single(Box::new(node)),
                Token::Operator(Operator::Minus) => Node::Minus(Box::new(node)),
                _ => continue,
            };
            height = tall(height)?;
        }
        Ok((node, height))
    }

    fn ranged(&mut self) -> Grown {
        let (mut node, mut height) = self.operand()?;
        while let Some(Ok(Token::Colon)) = self.tokens.peek() {
            self.tokens.next();
            let (last, other) = self.operand()?;
            height = tall(height.max(other))?;
            node = Node::Between(Box::new(node), Box::new(last));
        }
        Ok((node, height))
    }

    fn operand(&mut self) -> Grown {
        self.shared.parts += 1;
        if self.shared.parts > MOST_PARTS {
            return Err("it is too large with its names written out".to_string());
        }
        let Some(Ok(token)) = self.tokens.next() else { return unknown() };
        let node = match token {
            Token::Number(number) => Node::Value(Value::Number(number)),
            Token::Text(text) => Node::Value(Value::Text(text.replace("\"\"", "\""))),
            Token::Fault(fault) => Node::Value(Value::Error(Fault::read(fault))),
            Token::Cells(sheet, cells) => {
                if self.of_name && !is_fixed(&cells) {
                    return Err("the name means other cells in every cell that uses it".to_string());
                }
                Node::Area(area(self.shared.around, self.shared.place.0, sheet.as_ref(), &cells)?)
            }
            Token::Name(None, name) if name.eq_ignore_ascii_case("true") => Node::Value(Value::Truth(true)),
            Token::Name(None, name) if name.eq_ignore_ascii_case("false") => Node::Value(Value::Truth(false)),
            Token::Name(sheet, name) => return self.shared.name(sheet.as_ref(), name),
            Token::Table(name, inside) => Node::Area(self.shared.around.table(name, inside, self.shared.place)?),
            Token::Function(name) => return self.nested(|parser| parser.call(name)),
            Token::Open => return self.nested(Self::bracket),
            Token::OpenBrace => self.array()?,
            Token::External => return Err("it reads another workbook".to_string()),
            Token::Through => return Err("it reads through several sheets at once".to_string()),
            Token::Spill => return Err("it reads the spilled cells of another formula".to_string()),
            _ => return unknown(),
        };
        if let Some(Ok(Token::Spill)) = self.tokens.peek() {
            return Err("it reads the spilled cells of another formula".to_string());
        }
        Ok((node, 1))
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Grown) -> Grown {
        if self.shared.nested >= MOST_NESTED {
            return Err("its brackets are nested deeper than is worked out here".to_string());
        }
        self.shared.nested += 1;
        let (node, height) = read(self)?;
        self.shared.nested -= 1;
        Ok((node, tall(height)?))
    }

    fn bracket(&mut self) -> Grown {
        let inner = self.expression(0)?;
        match self.tokens.next() {
            Some(Ok(Token::Close)) => Ok(inner),
            Some(Ok(Token::Comma)) => Err("it reads several ranges in one bracket".to_string()),
            _ => unknown(),
        }
    }

    fn call(&mut self, written: &str) -> Grown {
        let name = functions::plain_name(written);
        let Some(function) = functions::find(&name) else {
            return Err(match name.as_str() {
                "NOW" | "RAND" | "RANDBETWEEN" | "RANDARRAY" => format!("{name} gives another value at every calculation"),
                _ => format!("it uses {name}, which is not worked out here"),
            });
        };
        let (mut arguments, mut height) = (Vec::new(), 0);
        if let Some(Ok(Token::Close)) = self.tokens.peek() {
            self.tokens.next();
        } else {
            loop {
                if let Some(Ok(Token::Comma | Token::Close)) = self.tokens.peek() {
                    arguments.push(Node::Missing);
                } else {
                    let (argument, other) = self.expression(0)?;
                    height = height.max(other);
                    arguments.push(argument);
                }
                match self.tokens.next() {
                    Some(Ok(Token::Comma)) => {}
                    Some(Ok(Token::Close)) => break,
                    _ => return unknown(),
                }
            }
        }
        if arguments.len() < function.least || arguments.len() > function.most {
            return unknown();
        }
        Ok((Node::Call(function, arguments), height))
    }

    /// Reads constants in braces.
    fn array(&mut self) -> Result<Node, String> {
        let (mut cells, mut rows, mut columns, mut width) = (Vec::new(), 1, 0, None);
        loop {
            cells.push(self.constant()?);
            columns += 1;
            let token = self.tokens.next();
            if matches!(token, Some(Ok(Token::Comma))) {
                continue;
            }
            if *width.get_or_insert(columns) != columns {
                return unknown();
            }
            match token {
                Some(Ok(Token::Semicolon)) => (rows, columns) = (rows + 1, 0),
                Some(Ok(Token::CloseBrace)) => return Ok(Node::Grid(Grid { rows, columns, cells })),
                _ => return unknown(),
            }
        }
    }

    fn constant(&mut self) -> Result<Value, String> {
        let mut sign = 1.0;
        let mut token = self.tokens.next();
        if let Some(Ok(Token::Operator(operator @ (Operator::Minus | Operator::Plus)))) = token {
            sign = if operator == Operator::Minus { -1.0 } else { 1.0 };
            token = self.tokens.next();
            if !matches!(token, Some(Ok(Token::Number(_)))) {
                return unknown();
            }
        }
        match token {
            Some(Ok(Token::Number(number))) => Ok(Value::Number(sign * number)),
            Some(Ok(Token::Text(text))) => Ok(Value::Text(text.replace("\"\"", "\""))),
            Some(Ok(Token::Fault(fault))) => Ok(Value::Error(Fault::read(fault))),
            Some(Ok(Token::Name(None, name))) if name.eq_ignore_ascii_case("true") => Ok(Value::Truth(true)),
            Some(Ok(Token::Name(None, name))) if name.eq_ignore_ascii_case("false") => Ok(Value::Truth(false)),
            _ => unknown(),
        }
    }
}
