//! How an owner's workbook paints the headings of a table. Holds colours only, and decides nothing by them.

use serde::{Deserialize, Serialize};

/// A ground with the colour of the letters on it, 0xRRGGBB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paint {
    pub fill: u32,
    /// None for black.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ink: Option<u32>,
}

/// The paints of a table's headings; none where its owner leaves them white, or has the usual ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dress {
    /// Of its header row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Paint>,
    /// Of its sections' titles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Paint>,
    /// Of the headings among its rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Paint>,
}

impl Dress {
    /// What a return has where its owner has no paints: dark blue with white letters, light blue, light grey.
    pub const USUAL: Self = Self {
        header: Some(Paint { fill: 0x001F_3864, ink: Some(0x00FF_FFFF) }),
        section: Some(Paint { fill: 0x00D9_E2F3, ink: None }),
        group: Some(Paint { fill: 0x00F2_F2F2, ink: None }),
    };

    /// Whether its owner has no paints.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The same without what is usual.
    #[must_use]
    pub fn own(self) -> Self {
        let own = |held: Option<Paint>, usual: Option<Paint>| held.filter(|_| held != usual);
        Self {
            header: own(self.header, Self::USUAL.header),
            section: own(self.section, Self::USUAL.section),
            group: own(self.group, Self::USUAL.group),
        }
    }
}
