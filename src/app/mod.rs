//! What a user can do, and the doing of it: commands, state and background work. Draws nothing.

pub mod about;
pub mod arrangement;
pub mod calls;
mod cells;
mod columns;
pub mod command;
pub mod export;
pub mod faults;
pub mod find;
pub mod headless;
pub mod import;
pub mod jobs;
mod keeping;
mod looks;
mod mentions;
mod noted;
mod numbering;
mod offered;
pub mod open;
pub mod range;
pub mod report;
mod returned;
mod review;
pub mod rows;
mod run;
mod seek;
mod sight;
mod sort;
pub mod state;
pub mod structure;
pub mod update;

pub use self::cells::Copied;
pub use crate::store::{Appearance, Folder, Frozen, Renderer, Settings, TableView, TextSize, log_path, renderer, single, start_log};

/// The sample plan in the binary, a workbook as an owner keeps it.
pub const SAMPLE: &[u8] = include_bytes!("../../assets/sample.xlsx");
