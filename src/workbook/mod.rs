//! Workbook bytes in and out: `open` reads them into grids, `save` writes pages. Takes and gives bytes, never paths.

pub mod accessibility;
mod chunks;
mod comparison;
mod font;
pub mod keys;
pub mod legacy;
mod merges;
mod open;
mod origin;
pub mod package;
mod page;
mod parts;
mod password;
pub mod patch;
mod raw_sheet;
mod recalculate;
mod save;
pub mod sentinels;
mod sheet_part;
mod transpose;

pub use font::{Font, SymbolFont};
pub use open::{OpenError, open, open_locked, pasted};
pub use origin::{Origin, origin};
pub use page::{Area, Choices, Coloured, Content, Look, Page, PageCell, PageChart, PageChartKind, Properties, Series};
pub use parts::cell_at;
pub use password::{Unlocked, locked, unlocked};
pub use raw_sheet::{Attached, Hidden, Merge, Offered, Painted, RawCell, RawRow, RawSheet};
pub use save::{SaveError, save};
