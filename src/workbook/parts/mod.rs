//! The parts of a zipped workbook beside its cells: what is read from them for a grid. Never follows what points outside.

mod book;
mod colours;
mod comments;
mod filter;
mod formula;
mod icons;
mod label;
mod page_texts;
mod refs;
mod rules;
mod shared_texts;
mod struck_texts;
mod styles;
mod surroundings;
mod xml;

pub(crate) use book::{Book, BookSheet, macros, notes_about, relations};
pub(crate) use colours::{Colour, Colours, PALETTE, WHITE, hex};
pub(crate) use comments::attached;
pub(crate) use filter::{Comparison, Criterion, Filter, Filters, Listed, part, recheck};
pub(crate) use label::{label, labelled, properties};
pub(crate) use page_texts::page_texts;
pub use refs::cell as cell_at;
pub(crate) use refs::{range, ranges, split_sheet};
pub(crate) use rules::paint;
pub(crate) use shared_texts::{SharedTexts, character_number, rich_text, written_text};
pub(crate) use struck_texts::{Unstruck, unstruck};
pub(crate) use styles::{RawLook, Styles, built_in};
pub(crate) use surroundings::{Surroundings, offered};
pub(crate) use xml::{Element, XmlStep, walk, walk_while};
