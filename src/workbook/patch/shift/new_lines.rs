//! Rows and cells that are new: with the styles of those they are like, and where they are copies with what those hold. Moves nothing.

use std::collections::{HashMap, HashSet};

use super::{
    Axis, Placed, Shift,
    address::cell_name,
    markup::{Step, Tag, Walk},
};

/// The attributes that a new row takes from the one it is like.
const TAKEN: [&str; 5] = ["ht", "customHeight", "s", "customFormat", "outlineLevel"];

/// A row that new ones are like.
#[derive(Default)]
struct Template<'a> {
    full: &'a str,
    attributes: String,
    /// The cells that have a style or are copied.
    cells: Vec<TemplateCell<'a>>,
}

struct TemplateCell<'a> {
    column: u32,
    /// The name of its element.
    full: &'a str,
    style: Option<&'a str>,
    /// Its type and what it holds, where that is copied.
    held: Option<(Option<&'a str>, String)>,
}

/// The rows that new ones are like, as they are met.
pub(super) struct Templates<'a> {
    wanted: HashSet<u32>,
    copied: HashSet<u32>,
    found: HashMap<u32, Template<'a>>,
}

impl<'a> Templates<'a> {
    pub(super) fn new(shift: &Shift) -> Self {
        let likes = shift.order.iter().filter_map(|placed| if let Placed::New { like } = placed { *like } else { None });
        let wanted = if shift.axis == Axis::Rows { likes.collect() } else { HashSet::new() };
        Self { wanted, copied: shift.copies().map(|(_, of, _)| of).collect(), found: HashMap::new() }
    }

    /// Whether new rows are like this one.
    pub(super) fn wants(&self, row: u32) -> bool {
        !self.wanted.is_empty() && self.wanted.contains(&row)
    }

    pub(super) fn row(&mut self, row: u32, tag: &Tag<'a>) {
        let mut template = Template { full: tag.full, ..Template::default() };
        for attribute in tag.attributes().filter(|attribute| TAKEN.contains(&attribute.name)) {
            let quote = if attribute.value.contains('"') { '\'' } else { '"' };
            template.attributes.push_str(&format!(" {}={quote}{}{quote}", attribute.name, attribute.value));
        }
        self.found.insert(row, template);
    }

    /// Takes in a cell, whose content is `raw`.
    pub(super) fn cell(&mut self, row: u32, column: u32, tag: &Tag<'a>, raw: &'a str) {
        let Some(template) = self.found.get_mut(&row) else { return };
        let style = tag.value("s");
        // What is told by another part of the workbook is not copied.
        let plain = self.copied.contains(&row) && tag.value("vm").is_none() && tag.value("cm").is_none();
        let kind = tag.value("t");
        let held = if plain { held(raw, kind) } else { None }.map(|held| (kind, held));
        if style.is_some() || held.is_some() {
            template.cells.push(TemplateCell { column, full: tag.full, style, held });
        }
    }

    /// A new row at a place, like another; between some columns it holds what that does.
    pub(super) fn written(&self, like: u32, place: u32, copied: Option<(u32, u32)>) -> Option<String> {
        let template = self.found.get(&like)?;
        let mut cells = String::new();
        for cell in &template.cells {
            let held = cell.held.as_ref().filter(|_| copied.is_some_and(|(first, last)| (first..=last).contains(&cell.column)));
            match (held, cell.style) {
                (Some((kind, held)), style) => {
                    let attribute =
                        |name: &str, value: Option<&str>| value.map_or_else(String::new, |value| format!(" {name}=\"{value}\""));
                    let (full, address) = (cell.full, cell_name(place, cell.column));
                    let (style, kind) = (attribute("s", style), attribute("t", *kind));
                    cells.push_str(&format!("<{full} r=\"{address}\"{style}{kind}>{held}</{full}>"));
                }
                (None, Some(style)) => cells.push_str(&new_cell(cell.full, place, cell.column, style)),
                (None, None) => {}
            }
        }
        let (full, attributes) = (template.full, &template.attributes);
        let row = format!("<{full} r=\"{}\"{attributes}", place + 1);
        Some(if cells.is_empty() { format!("{row}/>") } else { format!("{row}>{cells}</{full}>") })
    }
}

/// What of a cell's content a copy of it holds: its value or its text. The formula stays away, and with it a number, which is of its row.
fn held(raw: &str, kind: Option<&str>) -> Option<String> {
    let mut walk = Walk::new(raw, true);
    let (mut depth, mut formula, mut from, mut held) = (0, false, 0, None);
    loop {
        match walk.next().ok()? {
            Step::Open(tag) => {
                formula |= depth == 0 && tag.name == "f";
                if tag.empty {
                    continue;
                }
                if depth == 0 {
                    from = tag.start;
                }
                depth += 1;
            }
            Step::Close { name, end, .. } => {
                depth -= 1;
                if depth == 0 && matches!(name, "v" | "is") {
                    held = raw.get(from..end).map(str::to_owned);
                }
            }
            Step::Done => return held.filter(|_| !formula || kind == Some("str")),
        }
    }
}

/// An empty cell with a style.
pub(super) fn new_cell(full: &str, row: u32, column: u32, style: &str) -> String {
    format!("<{full} r=\"{}\" s=\"{style}\"/>", cell_name(row, column))
}
