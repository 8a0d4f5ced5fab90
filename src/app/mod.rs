//! What a user can do, and the doing of it: commands, state and background work. Draws nothing.

pub mod command;
pub mod export;
pub mod headless;
pub mod open;
pub mod report;
pub mod rows;
