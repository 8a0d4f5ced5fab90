//! RAG statuses.

use super::super::{Cell, Status, Stored, Value};

/// Reads a status word.
pub(super) fn value(text: &str, stored: Option<&Stored>) -> Value {
    Status::parse(text).or_else(|| Status::parse_sentence(text)).map_or_else(|| super::text::value(stored), Value::Status)
}

/// Makes a typed status word the usual one; anything else stays text.
pub(super) fn enter(typed: &str) -> Cell {
    match Status::parse(typed) {
        Some(status) => Cell { text: status.word().into(), value: Value::Status(status), ..Cell::default() },
        None => Cell::text(typed),
    }
}
