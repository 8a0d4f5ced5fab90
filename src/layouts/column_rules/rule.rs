//! What a rule is. Holds no rule.

use crate::layouts::{evidence::Evidence, facts::TableFacts};

/// A rule: what it finds of a column, given its table.
pub(super) type Rule = fn(&TableFacts, usize, &mut Vec<Evidence>);
