//! The shapes that tell statuses and ratings apart without colour, in the window and on paper. Draws none.

use super::Status;

/// A shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    HollowCircle,
    Triangle,
    Diamond,
    HalfCircle,
    /// A tick in a circle.
    Tick,
    /// Two bars, as for a pause.
    Bars,
    /// A circle struck through.
    Struck,
}

impl Status {
    /// Its shape.
    #[must_use]
    pub fn sign(self) -> Sign {
        match self {
            Self::NotStarted => Sign::HollowCircle,
            Self::MajorProblems => Sign::Triangle,
            Self::MinorProblems => Sign::Diamond,
            Self::InProgress => Sign::HalfCircle,
            Self::Complete => Sign::Tick,
            Self::OnHold => Sign::Bars,
            Self::Cancelled => Sign::Struck,
        }
    }
}
