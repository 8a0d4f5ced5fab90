//! The parts of a zipped workbook beside its cells: what is read from them for a grid. Never follows what points outside.

mod book;
mod colours;
mod comments;
mod formula;
mod icons;
mod refs;
mod rules;
mod styles;
mod surroundings;
mod xml;

pub use book::{Book, macros, notes_about, relations};
pub use colours::{Colour, Colours, PALETTE, WHITE, hex};
pub use comments::attached;
pub use rules::paint;
pub use styles::{Look, Styles, built_in};
pub use surroundings::{Surroundings, offered};
pub use xml::{Element, Step, walk};
