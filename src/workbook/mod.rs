//! Workbook bytes in and out: `open` reads them into grids, `save` writes pages. Takes and gives bytes, never paths.

pub mod accessibility;
mod archive;
mod chunks;
mod comparison;
mod escaped;
mod font;
pub mod keys;
pub mod legacy;
mod merges;
mod open;
mod origin;
pub mod package;
mod packed;
mod page;
mod parts;
mod password;
pub mod patch;
mod raw_sheet;
mod recalculate;
mod row_heights;
mod save;
pub mod sentinels;
mod sheet_part;
mod text_width;
mod transpose;
pub mod worked_out;

pub use font::{Font, SymbolFont};
pub use open::{OpenError, open, open_locked, pasted};
pub use origin::{Origin, origin};
pub use page::{
    Area, Banded, Choices, Coloured, Content, Look, MadeFor, Page, PageCell, PageChart, PageChartKind, PageRemark, Properties, Series,
};
pub use parts::cell_at;
pub use password::{Unlocked, locked, unlocked};
pub use raw_sheet::{Attached, Hidden, Merge, Offered, Painted, RawCell, RawRow, RawSheet};
pub(crate) use row_heights::{room, too_high};
pub use save::{SaveError, save};
pub(crate) use text_width::Letters;
