//! plandesk: opens the workbook a plan is kept in, says what does not add up, and writes the return.
//!
//! The modules are listed in the order data goes through them; ARCHITECTURE.md is the map.

pub mod app;
pub mod charts;
pub mod edit;
pub mod insight;
pub mod layouts;
pub mod model;
pub mod notes;
pub mod paper;
pub mod publish;
pub mod returns;
pub mod store;
#[cfg(feature = "window")]
pub mod ui;
pub mod workbook;
pub mod writeback;
