//! Round amounts to mark on a scale. Draws none of them.

/// The round amounts between two others, about `count` of them.
#[must_use]
pub(crate) fn marks_between(low: f64, high: f64, count: usize) -> Vec<f64> {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 {
        return Vec::new();
    }
    let step = round_step(span / count.max(1) as f64);
    let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    (0..=(last - first).max(-1.0) as usize).map(|mark| (first + mark as f64) * step).filter(|mark| *mark <= high + step * 1e-9).collect()
}

/// The next 1, 2 or 5 times a power of ten.
#[must_use]
pub(crate) fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|times| times * power).find(|&step| step >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_within() {
        for (low, high, count, expected) in [
            (0.0, 120.0, 3, &[0.0, 50.0, 100.0][..]),
            (0.0, 4.0 / 3.0, 3, &[0.0, 0.5, 1.0]),
            (-5.0, 5.0, 2, &[-5.0, 0.0, 5.0]),
            (3.0, 3.0, 3, &[]),
            (0.0, f64::INFINITY, 3, &[]),
        ] {
            assert_eq!(marks_between(low, high, count), expected, "{low} to {high}");
        }
    }
}
