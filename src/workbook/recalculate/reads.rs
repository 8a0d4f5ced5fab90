//! Owns the finding of what a formula can read, by its references alone; it never reads it into a tree, which takes longer.

use std::collections::HashMap;

use super::areas::Area;
use super::functions;
use super::surroundings::Surroundings;
use super::tokens::{Token, Tokens};
use super::tree;
use super::values::Place;

/// How deep names may use names.
const MOST_NAMES_DEEP: u32 = 12;

/// What a look over a formula's text finds.
#[derive(Clone, Debug, Default)]
pub(super) struct Reads {
    /// Every rectangle that it can read, as far as its text says.
    pub(super) areas: Vec<Area>,
    /// Whether it can read others that only working it out shows.
    pub(super) dynamic: bool,
    /// Whether it asks for today's date.
    pub(super) today: bool,
    /// Whether it adds up cells as many as others, however many it names.
    pub(super) stretches: bool,
    /// Whether it leaves out other subtotals.
    pub(super) subtotal: bool,
    /// Whether it has a range between references that are worked out.
    between: bool,
}

/// Looks over formulas, remembering what names stand for.
pub(super) struct Finder<'a> {
    around: &'a Surroundings<'a>,
    names: HashMap<(usize, &'a str), Reads>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(around: &'a Surroundings<'a>) -> Self {
        Self { around, names: HashMap::new() }
    }

    /// What the formula in a cell can read.
    pub(super) fn reads(&mut self, text: &str, place: Place) -> Reads {
        let mut found = Reads::default();
        self.look(text, place, 0, &mut found);
        if found.between {
            let mut whole: Vec<Area> = Vec::new();
            for area in &found.areas {
                match whole.iter_mut().find(|other| other.sheet == area.sheet) {
                    Some(other) => *other = other.with(area).unwrap_or(*other),
                    None => whole.push(*area),
                }
            }
            found.areas.extend(whole);
        }
        found
    }

    /// A formula that cannot be read may depend on anything.
    fn anything(&self, found: &mut Reads) {
        found.areas = (0..self.around.book.sheets.len()).map(Area::whole).collect();
    }

    fn look(&mut self, text: &str, place: Place, deep: u32, found: &mut Reads) {
        for token in Tokens::new(text) {
            match token {
                Err(_) | Ok(Token::Through) => self.anything(found),
                Ok(Token::Cells(sheet, cells)) => {
                    if deep > 0 && !tree::is_fixed(&cells) {
                        self.anything(found);
                    } else if let Ok(area) = tree::area(self.around, place.0, sheet.as_ref(), &cells) {
                        found.areas.push(area);
                    }
                }
                Ok(Token::Table(name, inside)) => {
                    if let Ok(area) = self.around.table(name, inside, place) {
                        found.areas.push(area);
                    }
                }
                Ok(Token::Name(sheet, name)) => {
                    let scope = sheet.map_or(Some(place.0), |sheet| self.around.sheet(&sheet.plain()));
                    self.name(name, scope.unwrap_or(place.0), place, deep, found);
                }
                Ok(Token::Function(name)) => function(name, found),
                Ok(Token::Colon) => found.between = true,
                Ok(_) => {}
            }
        }
    }

    fn name(&mut self, name: &str, scope: usize, place: Place, deep: u32, found: &mut Reads) {
        let Some(formula) = self.around.name(scope, name) else {
            if let Ok(area) = self.around.table(name, "", place) {
                found.areas.push(area);
            }
            return;
        };
        // References without a sheet mean the sheet that uses the name; tables without a name are not used in names.
        let known = match self.names.get(&(place.0, formula)) {
            Some(known) => known.clone(),
            None => {
                let mut reads = Reads::default();
                match deep < MOST_NAMES_DEEP {
                    true => self.look(formula, place, deep + 1, &mut reads),
                    false => self.anything(&mut reads),
                }
                reads.areas.sort_unstable_by_key(|area| (area.sheet, area.first_row, area.first_column, area.last_row, area.last_column));
                reads.areas.dedup();
                self.names.insert((place.0, formula), reads.clone());
                reads
            }
        };
        found.areas.extend(known.areas);
        found.dynamic |= known.dynamic;
        found.today |= known.today;
        found.stretches |= known.stretches;
        found.subtotal |= known.subtotal;
        found.between |= known.between;
    }
}

fn function(name: &str, found: &mut Reads) {
    // Nearly all functions are told by their first letter alone.
    if !name.starts_with(['T', 't', 'O', 'o', 'I', 'i', 'S', 's', 'A', 'a', '_']) {
        return;
    }
    match functions::plain_name(name).as_str() {
        "TODAY" => found.today = true,
        "OFFSET" | "INDIRECT" => found.dynamic = true,
        "SUBTOTAL" => found.subtotal = true,
        "SUMIF" | "AVERAGEIF" => found.stretches = true,
        _ => {}
    }
}
