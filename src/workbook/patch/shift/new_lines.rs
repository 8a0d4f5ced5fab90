//! Rows and cells that are new: empty ones with the styles of those they are like. Puts nothing into them.

use std::collections::{HashMap, HashSet};

use super::{Axis, Placed, Shift, address::cell_name, markup::Tag};

/// The attributes that a new row takes from the one it is like.
const TAKEN: [&str; 5] = ["ht", "customHeight", "s", "customFormat", "outlineLevel"];

/// A row that new ones are like.
#[derive(Default)]
struct Template<'a> {
    full: &'a str,
    attributes: String,
    /// The cells that have a style: their column, the name of their element and the style.
    cells: Vec<(u32, &'a str, &'a str)>,
}

/// The rows that new ones are like, as they are met.
pub(super) struct Templates<'a> {
    wanted: HashSet<u32>,
    found: HashMap<u32, Template<'a>>,
}

impl<'a> Templates<'a> {
    pub(super) fn new(shift: &Shift) -> Self {
        let likes = shift.order.iter().filter_map(|placed| if let Placed::New { like } = placed { *like } else { None });
        Self { wanted: if shift.axis == Axis::Rows { likes.collect() } else { HashSet::new() }, found: HashMap::new() }
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

    pub(super) fn cell(&mut self, row: u32, column: u32, tag: &Tag<'a>) {
        if let (Some(template), Some(style)) = (self.found.get_mut(&row), tag.value("s")) {
            template.cells.push((column, tag.full, style));
        }
    }

    /// A new row at a place, like another.
    pub(super) fn written(&self, like: u32, place: u32) -> Option<String> {
        let template = self.found.get(&like)?;
        let mut text = format!("<{} r=\"{}\"{}", template.full, place + 1, template.attributes);
        if template.cells.is_empty() {
            text.push_str("/>");
            return Some(text);
        }
        text.push('>');
        for (column, full, style) in &template.cells {
            text.push_str(&new_cell(full, place, *column, style));
        }
        text.push_str(&format!("</{}>", template.full));
        Some(text)
    }
}

/// An empty cell with a style.
pub(super) fn new_cell(full: &str, row: u32, column: u32, style: &str) -> String {
    format!("<{full} r=\"{}\" s=\"{style}\"/>", cell_name(row, column))
}
