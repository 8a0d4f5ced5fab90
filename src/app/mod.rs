//! What a user can do, and the doing of it: commands, state and background work. Draws nothing.

pub mod about;
mod annotations;
pub mod arrangement;
mod autosave;
mod availability;
mod baseline;
pub mod below;
mod blank;
mod cells;
pub mod check;
pub mod close_file;
pub mod close_period;
pub mod closing;
mod closing_return;
mod columns;
pub mod command;
mod conflict;
mod cursor;
pub mod deleting;
mod direction;
#[cfg(test)]
mod disk_tests;
mod editing;
pub mod export;
mod exporting;
pub mod faults;
pub mod file_extension;
pub mod fill_template;
pub mod find;
mod find_commands;
mod forms;
mod frozen_returns;
pub mod headless;
mod headless_error;
pub mod import;
pub mod instance_inbox;
pub mod jobs;
mod journaling;
mod kept_beside;
mod last_return;
mod leaving;
mod mentions;
pub mod move_end;
mod numbering;
pub mod on_disk;
pub mod open;
mod open_error;
mod opening;
mod overwrite;
mod own_file;
pub mod passwords;
mod preparing;
pub mod preview;
mod printing;
pub mod publishing;
pub mod range;
pub mod receipt;
mod recent;
mod recovery;
mod refresh;
pub mod report;
mod return_file;
mod review;
pub mod rows;
mod run;
mod save_back;
mod saving;
pub mod scales;
mod sort;
pub mod source_file;
pub mod state;
pub mod structure;
pub mod summary_counts;
mod unlocking;
pub mod update;
pub mod update_file;
mod view_settings;
mod visibility;
mod workbook_conflict;
mod write_as;
pub mod write_back;

pub use self::{autosave::replay::Replayed, range::Copied};

use jiff::civil::Date;

use crate::{insight::AsOf, workbook};

/// The days a document is judged at by this clock: the one given, otherwise its review dates and today.
#[must_use]
pub fn as_of(given: Option<Date>) -> AsOf {
    AsOf { given, today: Some(today()) }
}

/// Today where the user is.
#[must_use]
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// What a save may do unasked.
pub(in crate::app) fn allowed() -> workbook::patch::Allowed {
    let today = today();
    let date = (i32::from(today.year()), u32::from(today.month().unsigned_abs()), u32::from(today.day().unsigned_abs()));
    workbook::patch::Allowed { today: date, ..workbook::patch::Allowed::default() }
}

/// The sample plan in the binary, a workbook as an owner keeps it.
pub const SAMPLE: &[u8] = include_bytes!("../../assets/sample.xlsx");
