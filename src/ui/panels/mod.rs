//! The parts of the window around the grid, one file each.

pub mod charts;
pub mod details;
pub mod filter;
mod judged;
pub mod lock_banner;
pub mod menu;
pub mod notes;
pub mod renumber;
pub mod sidebar;
pub mod status_bar;
pub mod summary;
pub mod table_title;
pub mod toolbar;
