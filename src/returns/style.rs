//! How the cells of a return look: a small fixed set, each colour with its word. Knows no plan.

use crate::{
    insight::Rating,
    model::{Status, kinds::Side},
    paper::{Colour, Palette},
    workbook::Look,
};

/// Text on a dark fill.
const WHITE: u32 = 0x00FF_FFFF;
/// The fill of header rows and of sections.
const HEADER: u32 = 0x001F_3864;
const SECTION: u32 = 0x00D9_E2F3;
const GROUP: u32 = 0x00F2_F2F2;
const LINK: u32 = 0x000B_5CAD;
const QUIET: u32 = 0x0059_5959;

/// A look by its purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// A cell of a table.
    Body,
    /// A date, a figure or a status of a table.
    Centre,
    /// A table's header row.
    Header,
    /// A banner, over all columns.
    Title,
    /// What a sheet is, in its first cell alone: it runs on over the cells beside it.
    Heading,
    /// An approach's title and its label.
    Section,
    /// An approach's objective and its label.
    Detail,
    /// A heading above actions.
    Group,
    /// A label on the cover.
    Label,
    /// A value on the cover.
    Value,
    /// A remark in small print.
    Remark,
    /// A text that stands outside the tables.
    Loose,
    /// A name that leads to a sheet.
    Link,
    Status(Status),
    /// The rating of a KPI.
    Rating(Rating),
}

/// How many styles there are before the statuses.
const PLAIN: usize = 13;

impl Style {
    /// Its place among the looks of a page.
    pub(crate) fn look(self) -> usize {
        match self {
            Self::Body => 0,
            Self::Centre => 1,
            Self::Header => 2,
            Self::Title => 3,
            Self::Section => 4,
            Self::Detail => 5,
            Self::Group => 6,
            Self::Label => 7,
            Self::Value => 8,
            Self::Remark => 9,
            Self::Loose => 10,
            Self::Link => 11,
            Self::Heading => 12,
            Self::Status(status) => PLAIN + status as usize,
            Self::Rating(rating) => PLAIN + Status::ALL.len() + rating as usize,
        }
    }
}

/// The looks of a page, in the order of their places.
pub(crate) fn looks() -> Vec<Look> {
    let wrap = Look { wrap: true, ..Look::default() };
    let body = Look { border: true, side: Some(Side::Left), ..wrap.clone() };
    let mut looks = vec![
        body.clone(),
        Look { side: Some(Side::Centre), ..body.clone() },
        Look { bold: true, colour: Some(WHITE), fill: Some(HEADER), ..body.clone() },
        Look { bold: true, size: 16, ..wrap.clone() },
        Look { bold: true, size: 12, fill: Some(SECTION), ..body.clone() },
        Look { fill: Some(SECTION), ..body.clone() },
        Look { bold: true, fill: Some(GROUP), ..body.clone() },
        Look { bold: true, ..body.clone() },
        body.clone(),
        Look { colour: Some(QUIET), size: 10, ..Look::default() },
        wrap.clone(),
        Look { colour: Some(LINK), underline: true, ..body.clone() },
        Look { bold: true, size: 16, ..Look::default() },
    ];
    looks.extend(Status::ALL.map(|status| {
        let colour = (status == Status::MajorProblems).then_some(WHITE);
        Look { side: Some(Side::Centre), bold: colour.is_some(), colour, fill: Some(fill(status)), ..body.clone() }
    }));
    looks.extend(Rating::ALL.map(|rating| {
        let colour = (rating == Rating::Red).then_some(WHITE);
        Look { side: Some(Side::Centre), bold: colour.is_some(), colour, fill: Some(rating_fill(rating)), ..body.clone() }
    }));
    looks
}

/// The colour of a rating, in cells and in charts.
pub(super) fn rating_fill(rating: Rating) -> u32 {
    match rating {
        Rating::Green => fill(Status::InProgress),
        Rating::Amber => fill(Status::MinorProblems),
        Rating::Red => fill(Status::MajorProblems),
        Rating::Grey => fill(Status::Cancelled),
    }
}

/// The colour of a status, in cells and in charts.
#[must_use]
pub fn fill(status: Status) -> u32 {
    match status {
        Status::NotStarted => 0x00BF_BFBF,
        Status::MajorProblems => 0x00FF_0000,
        Status::MinorProblems => 0x00FF_C000,
        Status::InProgress => 0x0092_D050,
        Status::Complete => 0x0000_B0F0,
        Status::OnHold => 0x00CC_C0DA,
        Status::Cancelled => 0x00D9_D9D9,
    }
}

/// The colours of pages of paper.
pub(super) const PAPER: Palette = Palette {
    text: Colour(0x001B_2430),
    muted: Colour(0x0056_6273),
    accent: Colour(0x000B_5CAD),
    hairline: Colour(0x00D9_DEE5),
    panel: Colour(0x00F4_F6F8),
};
/// The tick of a target.
pub(super) const TARGET: Colour = Colour(0x001B_2430);
/// Letters on a strong colour.
pub(super) const ON_MARK: Colour = Colour(WHITE);

/// The strong colour of a status on paper, and the quiet one behind its word.
pub(super) fn tone(status: Status) -> (Colour, Colour) {
    let (mark, fill) = match status {
        Status::NotStarted => (0x005F_6B7A, 0x00E9_ECEF),
        Status::MajorProblems => (0x00B3_261E, 0x00FB_DDDA),
        Status::MinorProblems => (0x008A_5300, 0x00FF_E9BF),
        Status::InProgress => (0x001C_7433, 0x00DB_F1DF),
        Status::Complete => (0x000B_5CAD, 0x00D9_E9FA),
        Status::OnHold => (0x006B_4C9A, 0x00EC_E4F6),
        Status::Cancelled => (0x003C_4550, 0x00CF_D5DB),
    };
    (Colour(mark), Colour(fill))
}

/// The same of a rating.
pub(super) fn rating_tone(rating: Rating) -> (Colour, Colour) {
    match rating {
        Rating::Green => tone(Status::InProgress),
        Rating::Amber => tone(Status::MinorProblems),
        Rating::Red => tone(Status::MajorProblems),
        Rating::Grey => tone(Status::NotStarted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_own_fill() {
        let looks = looks();
        assert_eq!(looks.len(), PLAIN + Status::ALL.len() + Rating::ALL.len());
        for status in Status::ALL {
            assert_eq!(looks[Style::Status(status).look()].fill, Some(fill(status)));
        }
    }
}
