//! The parts of the window around the grid, one file each.

pub(super) mod charts;
pub(super) mod details;
pub(super) mod filter;
mod judged;
pub(super) mod lock_banner;
pub(super) mod menu;
pub(super) mod notes;
pub(super) mod renumber;
pub(super) mod sidebar;
pub(super) mod status_bar;
pub(super) mod summary;
pub(super) mod table_title;
pub(super) mod toolbar;
