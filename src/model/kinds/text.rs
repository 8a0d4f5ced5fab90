//! Words and refs: kept exactly as they are, numbers among them by their stored value.

use super::super::{Stored, Value};

/// Reads words: a stored number stays a number, so that it is written back as one.
pub(super) fn value(stored: Option<&Stored>) -> Value {
    stored.map_or(Value::Text, |stored| Value::Number(stored.number))
}
