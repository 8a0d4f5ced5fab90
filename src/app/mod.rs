//! What a user can do, and the doing of it: commands, state and background work. Draws nothing.

pub mod command;
pub mod export;
pub mod headless;
pub mod import;
pub mod jobs;
mod looks;
mod noted;
mod offered;
pub mod open;
pub mod report;
mod review;
pub mod rows;
mod run;
pub mod state;

pub use crate::store::{Appearance, Folder, Frozen, Settings, TableView, TextSize};

/// The sample plan in the binary, a workbook as an owner keeps it.
pub const SAMPLE: &[u8] = include_bytes!("../../assets/sample.xlsx");
