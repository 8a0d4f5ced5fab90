//! Workbook bytes in and out: `open` reads them into grids, `save` writes pages. Takes and gives bytes, never paths.

mod grid;
pub mod legacy;
pub mod marks;
mod open;
pub mod package;
mod page;
mod parts;
mod password;
mod save;
mod sheet_part;

pub use grid::{Attached, Grid, GridCell, GridRow, Hidden, Merge, Offered, Painted};
pub use open::{OpenError, open, pasted};
pub use page::{Area, Choices, Content, Look, Page, PageCell, PageChart, PageChartKind, Properties, Series};
use save::kind_of;
pub use save::{SaveError, save};
