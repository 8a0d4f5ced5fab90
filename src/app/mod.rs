//! What a user can do, and the doing of it: commands, state and background work. Draws nothing.

pub mod about;
pub mod arrangement;
mod blank;
pub mod calls;
mod cells;
mod columns;
pub mod command;
pub mod deleting;
pub mod endings;
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
mod print;
pub mod range;
pub mod report;
mod returned;
mod review;
pub mod rows;
mod run;
mod saving;
mod seek;
mod sight;
mod sort;
pub mod state;
pub mod structure;
pub mod update;

pub use self::cells::Copied;
pub use crate::store::{
    Appearance, Folder, Frozen, Renderer, Settings, TableView, TextSize, WindowPlace, first_folder, log_path, no_file_dialog, renderer,
    shortened, single, start_log,
};

/// The sample plan in the binary, a workbook as an owner keeps it.
pub const SAMPLE: &[u8] = include_bytes!("../../assets/sample.xlsx");
