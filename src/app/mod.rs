//! What a user can do, and the doing of it: commands, state and background work. Draws nothing.

pub mod command;
pub mod export;
pub mod headless;
pub mod import;
pub mod jobs;
mod mentions;
mod numbering;
pub mod open;
pub mod report;
mod review;
pub mod rows;
mod run;
pub mod state;
pub mod structure;
pub mod update;

pub use crate::store::Folder;

/// The sample plan in the binary, a workbook as an owner keeps it.
pub const SAMPLE: &[u8] = include_bytes!("../../assets/sample.xlsx");
