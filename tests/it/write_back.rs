//! Edits written into an owner's own workbook: what was edited is there, and nothing else is different.

mod approaches;
mod columns;
mod laws;
mod shared_formulas;
mod update;
