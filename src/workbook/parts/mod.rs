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
mod styles;
mod surroundings;
mod xml;

pub use book::{Book, macros, notes_about, relations};
pub use colours::{Colour, Colours, PALETTE, WHITE, hex};
pub use comments::attached;
pub use filter::{Comparison, Criterion, Filter, Filters, Listed, part, recheck};
pub use label::{label, labelled, properties};
pub use page_texts::page_texts;
pub use refs::{range, split_sheet};
pub use rules::paint;
pub use styles::{RawLook, Styles, built_in};
pub use surroundings::{Surroundings, offered};
pub use xml::{Element, XmlStep, walk, walk_while};
