//! An axis: its ends at round amounts, and the marks between.

/// A linear axis with round marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    /// The amounts marked, from `low` to `high`.
    pub marks: Vec<f64>,
}

impl Scale {
    /// The axis that holds all amounts, with about `count` marks. It begins at nothing unless the amounts lie far from it and close together.
    #[must_use]
    pub(super) fn holding(amounts: &[f64], count: usize) -> Self {
        let finite = || amounts.iter().copied().filter(|amount| amount.is_finite());
        let (least, most) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        if least > most {
            return Self { low: 0.0, high: 1.0, marks: vec![0.0, 1.0] };
        }
        let far = least > 0.0 && most > least && (most - least) < least * 0.25;
        let (low, high) = if far { (least - (most - least), most) } else { (least.min(0.0), most.max(0.0)) };
        let span = if high > low { high - low } else { 1.0 };
        let step = round_step(span / count.max(1) as f64);
        let (first, last) = ((low / step + 1e-9).floor(), ((low + span) / step - 1e-9).ceil());
        let marks = (0..=(last - first) as usize).map(|mark| (first + mark as f64) * step).collect();
        Self { low: first * step, high: last * step, marks }
    }

    /// How far along the axis an amount stands, 0 to 1.
    #[must_use]
    pub(super) fn place(&self, amount: f64) -> f32 {
        ((amount - self.low) / (self.high - self.low)).clamp(0.0, 1.0) as f32
    }
}

/// The next 1, 2 or 5 times a power of ten.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|times| times * power).find(|&step| step >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round() {
        for (amounts, low, high, marks) in [
            (&[0.79, 0.9][..], 0.65, 0.9, 6),
            (&[0.2, 0.9], 0.0, 1.0, 6),
            (&[35.0, 33.0, 0.0], 0.0, 40.0, 5),
            (&[0.0], 0.0, 1.0, 6),
            (&[-5.0, 20.0], -5.0, 20.0, 6),
            (&[1.0], 0.0, 1.0, 6),
            (&[], 0.0, 1.0, 2),
        ] {
            let scale = Scale::holding(amounts, 5);
            assert!((scale.low - low).abs() < 1e-6 && (scale.high - high).abs() < 1e-6, "{amounts:?}: {scale:?}");
            assert_eq!(scale.marks.len(), marks, "{amounts:?}: {scale:?}");
        }
    }
}
