//! The ends of an axis at round amounts. Marks none between.

use crate::charts::marks::round_step;

/// A linear axis that ends at round amounts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
}

impl Scale {
    /// The axis that holds all amounts, in about `count` round steps. It begins at nothing unless the amounts lie far from it and close
    /// together.
    #[must_use]
    pub(super) fn holding(amounts: &[f64], count: usize) -> Self {
        let finite = || amounts.iter().copied().filter(|amount| amount.is_finite());
        let (least, most) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        if least > most {
            return Self { low: 0.0, high: 1.0 };
        }
        let far = least > 0.0 && most > least && (most - least) < least * 0.25;
        let (low, high) = if far { (least - (most - least), most) } else { (least.min(0.0), most.max(0.0)) };
        Self::round(low, high, count)
    }

    /// The axis that holds all amounts and little else, wherever they lie.
    #[must_use]
    pub(super) fn close_to(amounts: &[f64], count: usize) -> Self {
        let finite = || amounts.iter().copied().filter(|amount| amount.is_finite());
        let (least, most) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        if least < most { Self::round(least, most, count) } else { Self::holding(amounts, count) }
    }

    fn round(low: f64, high: f64, count: usize) -> Self {
        let span = if high > low { high - low } else { 1.0 };
        let step = round_step(span / count.max(1) as f64);
        let (first, last) = ((low / step + 1e-9).floor(), ((low + span) / step - 1e-9).ceil());
        Self { low: first * step, high: last * step }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_round() {
        for (amounts, low, high) in [
            (&[0.79, 0.9][..], 0.65, 0.9),
            (&[0.2, 0.9], 0.0, 1.0),
            (&[35.0, 33.0, 0.0], 0.0, 40.0),
            (&[0.0], 0.0, 1.0),
            (&[-5.0, 20.0], -5.0, 20.0),
            (&[1.0], 0.0, 1.0),
            (&[], 0.0, 1.0),
        ] {
            let scale = Scale::holding(amounts, 5);
            assert!((scale.low - low).abs() < 1e-6 && (scale.high - high).abs() < 1e-6, "{amounts:?}: {scale:?}");
        }
        assert_eq!(Scale::close_to(&[72.4, 97.0], 4), Scale { low: 70.0, high: 100.0 });
        assert_eq!(Scale::close_to(&[5.0, 5.0], 4), Scale::holding(&[5.0], 4));
    }
}
