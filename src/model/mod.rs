//! What a plan is: documents, tables, rows, cells and the kinds of column. Imports nothing else of ours and touches no file.
#![expect(unreachable_pub, reason = "it is not yet said here what is for this crate alone")]

mod cell;
pub mod choice;
mod document;
mod ends;
pub mod excel;
mod figure;
mod given;
mod harmless;
mod hiding;
pub mod kinds;
mod marking;
mod number_format;
mod place;
mod row_status;
mod rows;
mod rule;
mod scale;
mod status;
mod table;
mod table_places;
mod when;
mod words;

pub use cell::{Cell, Stored, Value};
pub use document::{Addresses, Document, LooseText};
pub use figure::{Arrow, Bound, Currency, Figure, TimeUnit, Unit};
pub use given::Given;
pub use harmless::{harmless, harmless_lines, is_harmful};
pub use hiding::Hiding;
pub use marking::{LABEL, Label, Marking, Named, Stands};
pub use number_format::{General, NumberFormat, date_from_serial, is_date_format, serial_from_date, show_number};
pub use place::{column_letters, listed, place_of, row_numbers};
pub use rows::Rows;
pub use rule::{Polarity, Rule, Shortfall};
pub use scale::{Meaning, Scale, Step, Unknown, is_word, says_none};
pub use status::Status;
pub use table::{Column, ColumnId, Field, OTHER, Remark, Role, Row, RowId, RowKind, Summary, Table, TableId, TableKind};
pub use when::{Grain, When};
pub use words::{in_plain_form, says_count};
