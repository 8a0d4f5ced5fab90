//! How formulas and conditions compare, and the signs by which they say so. Knows no values.

use std::cmp::Ordering;

/// A comparison of two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Comparisons as they are written, longer ones first.
pub(crate) const COMPARISONS: [(&str, Comparison); 6] = [
    ("<>", Comparison::Unequal),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("=", Comparison::Equal),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

impl Comparison {
    /// The comparison whose sign a text begins with, and what follows the sign.
    pub(crate) fn leading(text: &str) -> Option<(Self, &str)> {
        COMPARISONS.into_iter().find_map(|(sign, comparison)| Some((comparison, text.strip_prefix(sign)?)))
    }

    /// Whether it holds for two values that stand in an order.
    pub(crate) fn takes(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    /// Whether it asks which of two values is the greater, and not only whether they are the same.
    pub(crate) fn is_by_order(self) -> bool {
        !matches!(self, Self::Equal | Self::Unequal)
    }
}
