//! Statistical process control of a KPI's figures: centre, limits, signals of special cause and what they mean. Reads no document.
//!
//! The rules are those of NHS England's *Making Data Count* (charts of single values and their moving ranges, as in its Excel tool): the centre is the mean, the limits stand
//! 2.66 times the mean moving range from it, and no moving range is screened out. Of the signals a point gives, the order that decides is
//! that of the tool's port to R, `NHSRplotthedots`: outside a limit, trend, two of three near a limit, shift.

use crate::model::Polarity;

/// From this many figures on the limits stand; with fewer they are trial limits, which move with each further figure.
pub const FULL_LIMITS: usize = 12;
/// With fewer figures than this there are no limits: a trend and a shift take seven, and six moving ranges tell little.
pub const LEAST_FIGURES: usize = 7;

/// How far the limits stand from the mean, in mean moving ranges: 3 standard deviations, each 1/1.128 of a mean moving range.
const LIMIT: f64 = 2.66;
/// How many points in a row make a trend or a shift.
const IN_A_ROW: usize = 7;

/// Which side of the mean, or which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    High,
    Low,
}

/// A rule by which a point shows special cause, the one that decides first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpcRule {
    /// Beyond a limit.
    Outside,
    /// One of seven points in a row, each higher than the one before, or each lower.
    Trend,
    /// One of two points of three in a row that lie in the outer third before a limit, all three on that side of the mean. A point
    /// beyond the limit is none of the two.
    TwoOfThree,
    /// One of seven points in a row on one side of the mean.
    Shift,
}

impl SpcRule {
    /// What a point does that meets it.
    #[must_use]
    pub fn words(self, side: Side) -> &'static str {
        match (self, side) {
            (Self::Outside, Side::High) => "above the upper limit",
            (Self::Outside, Side::Low) => "below the lower limit",
            (Self::Trend, Side::High) => "one of seven or more rising in a row",
            (Self::Trend, Side::Low) => "one of seven or more falling in a row",
            (Self::TwoOfThree, Side::High) => "one of two in three near the upper limit",
            (Self::TwoOfThree, Side::Low) => "one of two in three near the lower limit",
            (Self::Shift, Side::High) => "one of seven or more in a row above the mean",
            (Self::Shift, Side::Low) => "one of seven or more in a row below the mean",
        }
    }
}

/// A sign of special cause at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    pub rule: SpcRule,
    pub side: Side,
}

/// What variation means: the seven icons of *Making Data Count*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variation {
    Common,
    ImprovingHigh,
    ImprovingLow,
    ConcerningHigh,
    ConcerningLow,
    NeutralHigh,
    NeutralLow,
}

impl Variation {
    /// Every meaning, in the order of the icons.
    pub const ALL: [Self; 7] = [
        Self::Common,
        Self::ImprovingHigh,
        Self::ImprovingLow,
        Self::ConcerningHigh,
        Self::ConcerningLow,
        Self::NeutralHigh,
        Self::NeutralLow,
    ];

    /// What it means, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Common => "Common cause: no significant change",
            Self::ImprovingHigh => "Special cause, improving: figures are higher",
            Self::ImprovingLow => "Special cause, improving: figures are lower",
            Self::ConcerningHigh => "Special cause, concerning: figures are higher",
            Self::ConcerningLow => "Special cause, concerning: figures are lower",
            Self::NeutralHigh => "Special cause, higher: neither way is better",
            Self::NeutralLow => "Special cause, lower: neither way is better",
        }
    }

    /// What a signal means where one way is better, or neither.
    fn of(signal: Option<&Signal>, polarity: Polarity) -> Self {
        let Some(signal) = signal else { return Self::Common };
        match (polarity, signal.side) {
            (Polarity::HigherIsBetter, Side::High) => Self::ImprovingHigh,
            (Polarity::HigherIsBetter, Side::Low) => Self::ConcerningLow,
            (Polarity::LowerIsBetter, Side::High) => Self::ConcerningHigh,
            (Polarity::LowerIsBetter, Side::Low) => Self::ImprovingLow,
            (Polarity::Maintain | Polarity::FromTarget, Side::High) => Self::NeutralHigh,
            (Polarity::Maintain | Polarity::FromTarget, Side::Low) => Self::NeutralLow,
        }
    }
}

/// Whether the target can be relied on: the three icons of *Making Data Count*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assurance {
    Passing,
    HitAndMiss,
    Failing,
}

impl Assurance {
    /// Every meaning, best first.
    pub const ALL: [Self; 3] = [Self::Passing, Self::HitAndMiss, Self::Failing];

    /// What it means, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Passing => "Consistently passing: the target lies outside the limits, on the safe side",
            Self::HitAndMiss => "Hit and miss: the target lies within the limits",
            Self::Failing => "Consistently failing: the target lies outside the limits, out of reach",
        }
    }
}

/// The control chart of a run of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Spc {
    pub mean: f64,
    pub lower: f64,
    pub upper: f64,
    /// Two thirds of the way from the mean to each limit.
    pub near_lower: f64,
    pub near_upper: f64,
    /// What shows special cause at each figure, the signal that decides first; nothing for common cause.
    pub signals: Vec<Vec<Signal>>,
    /// What the latest figure means.
    pub variation: Variation,
    /// Whether the latest target can be relied on; `None` without a target or without a better way.
    pub assurance: Option<Assurance>,
    /// Whether the figures are too few for limits that stand.
    pub is_trial: bool,
    polarity: Polarity,
}

impl Spc {
    /// The chart of figures, oldest first, which way is better and the latest target. `None` where they are fewer than
    /// [`LEAST_FIGURES`].
    #[must_use]
    pub fn of(figures: &[f64], polarity: Polarity, target: Option<f64>) -> Option<Self> {
        if figures.len() < LEAST_FIGURES {
            return None;
        }
        let mean = figures.iter().sum::<f64>() / figures.len() as f64;
        let ranges: f64 = figures.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
        let reach = LIMIT * ranges / (figures.len() - 1) as f64;
        let mut spc = Self {
            mean,
            lower: mean - reach,
            upper: mean + reach,
            near_lower: mean - reach * 2.0 / 3.0,
            near_upper: mean + reach * 2.0 / 3.0,
            signals: vec![Vec::new(); figures.len()],
            variation: Variation::Common,
            assurance: None,
            is_trial: figures.len() < FULL_LIMITS,
            polarity,
        };
        spc.signals = spc.find(figures);
        spc.variation = spc.variation_at(figures.len() - 1);
        spc.assurance = target.and_then(|target| spc.assure(target));
        Some(spc)
    }

    /// What one figure means.
    #[must_use]
    pub fn variation_at(&self, at: usize) -> Variation {
        Variation::of(self.signals.get(at).and_then(|signals| signals.first()), self.polarity)
    }

    /// Which side of a level a figure lies on; neither where they differ by no more than rounding.
    fn side(&self, figure: f64, level: f64) -> Option<Side> {
        let rounding = 1e-9 * figure.abs().max(level.abs()).max(self.upper - self.lower);
        if (figure - level).abs() <= rounding {
            None
        } else if figure > level {
            Some(Side::High)
        } else {
            Some(Side::Low)
        }
    }

    fn find(&self, figures: &[f64]) -> Vec<Vec<Signal>> {
        let mut found = vec![Vec::new(); figures.len()];
        let sides: Vec<Option<Side>> = figures.iter().map(|&figure| self.side(figure, self.mean)).collect();
        let ways: Vec<Option<Side>> = figures.windows(2).map(|pair| self.side(pair[1], pair[0])).collect();
        let is_above = |figure: f64, level: f64| self.side(figure, level) == Some(Side::High);
        let mut add = |at: usize, rule: SpcRule, side: Side| {
            let signals: &mut Vec<Signal> = &mut found[at];
            // Where one trend turns into the next the later decides.
            signals.retain(|signal| signal.rule != rule || signal.side == side);
            if !signals.contains(&Signal { rule, side }) {
                signals.push(Signal { rule, side });
            }
        };
        for (at, &figure) in figures.iter().enumerate() {
            if is_above(figure, self.upper) {
                add(at, SpcRule::Outside, Side::High);
            } else if is_above(self.lower, figure) {
                add(at, SpcRule::Outside, Side::Low);
            }
        }
        for (from, run) in ways.windows(IN_A_ROW - 1).enumerate() {
            if let Some(way) = run[0].filter(|way| run.iter().all(|other| *other == Some(*way))) {
                (from..from + IN_A_ROW).for_each(|at| add(at, SpcRule::Trend, way));
            }
        }
        for (from, three) in figures.windows(3).enumerate() {
            let Some(side) = sides[from].filter(|side| sides[from..from + 3].iter().all(|other| *other == Some(*side))) else { continue };
            let near = |figure: f64| match side {
                Side::High => is_above(figure, self.near_upper) && !is_above(figure, self.upper),
                Side::Low => is_above(self.near_lower, figure) && !is_above(self.lower, figure),
            };
            let close: Vec<usize> = (0..3).filter(|&at| near(three[at])).map(|at| from + at).collect();
            if close.len() >= 2 {
                close.into_iter().for_each(|at| add(at, SpcRule::TwoOfThree, side));
            }
        }
        for (from, run) in sides.windows(IN_A_ROW).enumerate() {
            if let Some(side) = run[0].filter(|side| run.iter().all(|other| *other == Some(*side))) {
                (from..from + IN_A_ROW).for_each(|at| add(at, SpcRule::Shift, side));
            }
        }
        found.iter_mut().for_each(|signals| signals.sort_by_key(|signal| signal.rule));
        found
    }

    /// Whether every figure within the limits meets a target, none does, or some do.
    fn assure(&self, target: f64) -> Option<Assurance> {
        let (worst, best) = match self.polarity {
            Polarity::HigherIsBetter => (self.lower - target, self.upper - target),
            Polarity::LowerIsBetter => (target - self.upper, target - self.lower),
            Polarity::Maintain | Polarity::FromTarget => return None,
        };
        let rounding = 1e-9 * target.abs().max(self.mean.abs());
        Some(if worst >= -rounding {
            Assurance::Passing
        } else if best < -rounding {
            Assurance::Failing
        } else {
            Assurance::HitAndMiss
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each run of figures with its mean, limits and near limits, and the signal that decides at each point: `O`, `T`, `2` or `S` for
    /// outside, trend, two of three and shift, `+` or `-` for its side. Worked out apart from this code in exact fractions, by trying
    /// every window of points against the words of the rules.
    const VECTORS: &[(&str, &[f64], [f64; 5], &str)] = &[
        (
            "common cause",
            &[50., 52., 49., 51., 48., 50., 53., 49., 51., 50., 52., 48., 50., 51.],
            [50.285714286, 43.942637363, 56.628791209, 46.056996337, 54.514432234],
            ". . . . . . . . . . . . . .",
        ),
        (
            "above the upper limit",
            &[50., 52., 49., 51., 48., 50., 53., 49., 51., 50., 52., 48., 50., 62.],
            [51.071428571, 42.477582418, 59.665274725, 45.342197802, 56.800659341],
            ". . . . . . . . . . . . . O+",
        ),
        (
            "below the lower limit",
            &[50., 52., 49., 51., 48., 50., 53., 49., 51., 50., 52., 48., 38., 50.],
            [49.357142857, 39.126373626, 59.587912088, 42.536630037, 56.177655678],
            ". . . . . . . . . . . . O- .",
        ),
        (
            "a shift up",
            &[48., 46., 49., 47., 45., 48., 46., 52., 54., 53., 51., 54., 52., 53.],
            [49.857142857, 43.514065934, 56.200219780, 45.628424908, 54.085860806],
            "S- S- S- S- S- S- S- S+ S+ S+ S+ S+ S+ S+",
        ),
        (
            "a shift down, parts of it near the limits",
            &[0.92, 0.95, 0.93, 0.96, 0.94, 0.97, 0.91, 0.86, 0.84, 0.87, 0.85, 0.83, 0.86, 0.84],
            [0.895, 0.817246154, 0.972753846, 0.843164103, 0.946835897],
            "S+ 2+ S+ 2+ S+ 2+ S+ S- S- S- S- 2- S- 2-",
        ),
        (
            "six on one side are no shift",
            &[46., 54., 45., 55., 47., 46., 54., 53., 52., 54., 53., 52., 46., 53.],
            [50.714285714, 37.823516484, 63.605054945, 42.120439560, 59.308131868],
            ". . . . . . . . . . . . . .",
        ),
        (
            "a point on the mean breaks a shift",
            &[4., 16., 4., 16., 4., 12., 11., 12., 10., 12., 11., 12., 6.],
            [10.0, -5.516666667, 25.516666667, -0.344444444, 20.344444444],
            ". . . . . . . . . . . . .",
        ),
        (
            "a trend up",
            &[60., 40., 55., 45., 62., 38., 44., 45., 47., 48., 50., 52., 53., 46.],
            [48.928571429, 26.830109890, 71.027032967, 34.196263736, 63.660879121],
            ". . . . . T+ T+ T+ T+ T+ T+ T+ T+ .",
        ),
        (
            "a trend down is one above the mean as well",
            &[40., 60., 45., 55., 38., 62., 56., 55., 53., 52., 50., 48., 47., 54.],
            [51.071428571, 28.972967033, 73.169890110, 36.339120879, 65.803736264],
            ". . . . . T- T- T- T- T- T- T- T- .",
        ),
        (
            "two alike break a trend",
            &[60., 40., 55., 45., 62., 38., 44., 45., 47., 47., 50., 52., 53., 46.],
            [48.857142857, 26.758681319, 70.955604396, 34.124835165, 63.589450549],
            ". . . . . . . . . . . . . .",
        ),
        (
            "two of three near the upper limit",
            &[50., 51., 50., 51., 50., 51., 50., 51., 50., 51., 50., 53.4, 51.5, 53.5],
            [50.957142857, 47.417296703, 54.496989011, 48.597245421, 53.317040293],
            ". . . . . . . . . . . 2+ . 2+",
        ),
        (
            "two of three near the lower limit",
            &[50., 49., 50., 49., 50., 49., 50., 49., 50., 49., 50., 46.8, 46.7, 49.],
            [49.107142857, 45.915142857, 52.299142857, 46.979142857, 51.235142857],
            ". . . . . . . . . . . 2- 2- .",
        ),
        (
            "two of three need the third on their side of the mean",
            &[50., 51., 50., 51., 50., 51., 50., 51., 50., 51., 50., 54.2, 50., 54.3],
            [50.964285714, 46.319516484, 55.609054945, 47.867772894, 54.060798535],
            ". . . . . . . . . . . . . .",
        ),
        (
            "a point beyond the limit is none of two of three",
            &[50., 51., 50., 51., 50., 51., 50., 51., 50., 51., 50., 54.9, 52., 58.],
            [51.421428571, 46.551582418, 56.291274725, 48.174864469, 54.667992674],
            "S- S- S- S- S- S- S- S- S- S- S- . . O+",
        ),
        ("nothing varies", &[0.8; 12], [0.8; 5], ". . . . . . . . . . . ."),
        (
            "where a trend turns, what lies outside decides",
            &[1., 2., 3., 4., 5., 6., 7., 8., 7., 6., 5., 4., 3., 2., 1.],
            [4.266666667, 1.606666667, 6.926666667, 2.493333333, 6.04],
            "O- T+ T+ T+ T+ T+ O+ O+ O+ T- T- T- T- T- O-",
        ),
    ];

    fn deciding(spc: &Spc) -> String {
        let one = |signals: &Vec<Signal>| match signals.first() {
            None => ".".to_owned(),
            Some(signal) => {
                let rule = match signal.rule {
                    SpcRule::Outside => 'O',
                    SpcRule::Trend => 'T',
                    SpcRule::TwoOfThree => '2',
                    SpcRule::Shift => 'S',
                };
                format!("{rule}{}", if signal.side == Side::High { '+' } else { '-' })
            }
        };
        spc.signals.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn limits_and_signals_are_those_worked_out_apart() {
        for (name, figures, levels, signals) in VECTORS {
            let spc = Spc::of(figures, Polarity::HigherIsBetter, None).unwrap();
            let found = [spc.mean, spc.lower, spc.upper, spc.near_lower, spc.near_upper];
            for (found, expected) in found.iter().zip(levels) {
                assert!((found - expected).abs() < 1e-8, "{name}: {found} is to be {expected}");
            }
            assert_eq!(deciding(&spc), *signals, "{name}");
            // Turned over, every signal is on the other side.
            let turned: Vec<f64> = figures.iter().map(|figure| -figure).collect();
            let other = signals.replace('+', "/").replace('-', "+").replace('/', "-");
            assert_eq!(deciding(&Spc::of(&turned, Polarity::LowerIsBetter, None).unwrap()), other, "{name}, turned over");
        }
    }

    #[test]
    fn trial_limits_are_told_and_few_figures_have_none() {
        let figures = [12., 15., 11., 14., 13., 16., 12., 14., 13., 15., 12., 14.];
        for (count, expected) in [(0, None), (6, None), (7, Some(true)), (11, Some(true)), (12, Some(false))] {
            let spc = Spc::of(&figures[..count], Polarity::HigherIsBetter, None);
            assert_eq!(spc.map(|spc| spc.is_trial), expected, "{count}");
        }
        let trial = Spc::of(&figures[..8], Polarity::LowerIsBetter, None).unwrap();
        assert!((trial.lower - 5.775).abs() < 1e-9 && (trial.upper - 20.975).abs() < 1e-9, "{trial:?}");
    }

    #[test]
    fn each_way_has_its_seven_meanings() {
        use Polarity::{FromTarget, HigherIsBetter, LowerIsBetter, Maintain};
        let vector = |name: &str| VECTORS.iter().find(|vector| vector.0 == name).unwrap().1;
        let (common, high) = (vector("common cause"), vector("above the upper limit"));
        let low: Vec<f64> = high.iter().map(|figure| 100.0 - figure).collect();
        for (figures, polarity, expected) in [
            (common, HigherIsBetter, Variation::Common),
            (common, LowerIsBetter, Variation::Common),
            (common, Maintain, Variation::Common),
            (high, HigherIsBetter, Variation::ImprovingHigh),
            (high, LowerIsBetter, Variation::ConcerningHigh),
            (high, Maintain, Variation::NeutralHigh),
            (high, FromTarget, Variation::NeutralHigh),
            (&low, HigherIsBetter, Variation::ConcerningLow),
            (&low, LowerIsBetter, Variation::ImprovingLow),
            (&low, Maintain, Variation::NeutralLow),
        ] {
            assert_eq!(Spc::of(figures, polarity, None).unwrap().variation, expected, "{polarity:?}");
        }
        let falling = vector("a trend down is one above the mean as well");
        let spc = Spc::of(falling, HigherIsBetter, None).unwrap();
        assert_eq!((spc.variation_at(6), spc.variation), (Variation::ConcerningLow, Variation::Common), "the latest decides");
    }

    #[test]
    fn a_target_is_passed_failed_or_hit_and_missed_in_both_ways() {
        use Polarity::{HigherIsBetter, LowerIsBetter, Maintain};
        // Limits of 43.94 and 56.63.
        let figures = VECTORS[0].1;
        for (target, polarity, expected) in [
            (43.0, HigherIsBetter, Some(Assurance::Passing)),
            (50.0, HigherIsBetter, Some(Assurance::HitAndMiss)),
            (57.0, HigherIsBetter, Some(Assurance::Failing)),
            (57.0, LowerIsBetter, Some(Assurance::Passing)),
            (50.0, LowerIsBetter, Some(Assurance::HitAndMiss)),
            (43.0, LowerIsBetter, Some(Assurance::Failing)),
            (50.0, Maintain, None),
        ] {
            assert_eq!(Spc::of(figures, polarity, Some(target)).unwrap().assurance, expected, "{target} {polarity:?}");
        }
        assert_eq!(Spc::of(figures, HigherIsBetter, None).unwrap().assurance, None, "no target");
        // What never varies and stands at its target meets it each time.
        assert_eq!(Spc::of(&[1.0; 12], HigherIsBetter, Some(1.0)).unwrap().assurance, Some(Assurance::Passing));
    }
}
