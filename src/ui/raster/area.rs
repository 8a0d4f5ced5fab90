//! Rectangles of whole pixels. Draws nothing.

/// A rectangle of pixels; its far sides are not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Area {
    /// What reaches beyond every picture.
    pub(crate) const EVERYWHERE: Self = Self { left: i32::MIN, top: i32::MIN, right: i32::MAX, bottom: i32::MAX };

    /// The whole of a picture of this size.
    #[must_use]
    pub(crate) fn of(size: [usize; 2]) -> Self {
        Self::at([0, 0], size)
    }

    /// A part of a picture.
    #[must_use]
    pub(crate) fn at(place: [usize; 2], size: [usize; 2]) -> Self {
        let [left, top, right, bottom] = [place[0], place[1], place[0] + size[0], place[1] + size[1]].map(whole);
        Self { left, top, right, bottom }
    }

    /// What it shares with another.
    #[must_use]
    pub(crate) fn within(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// Whether no pixel is in it.
    #[must_use]
    pub(crate) fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    /// How many pixels a row of it has.
    #[must_use]
    pub(crate) fn width(self) -> usize {
        usize::try_from(self.right.saturating_sub(self.left)).unwrap_or(0)
    }

    /// How many rows it has.
    #[must_use]
    pub(crate) fn height(self) -> usize {
        usize::try_from(self.bottom.saturating_sub(self.top)).unwrap_or(0)
    }

    /// Where the pixels of one of its rows are in a picture of this width. The area is within that picture.
    #[must_use]
    pub(crate) fn row(self, y: i32, width: usize) -> std::ops::Range<usize> {
        let start = usize::try_from(y).unwrap_or(0) * width + usize::try_from(self.left).unwrap_or(0);
        start..start + self.width()
    }
}

fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
