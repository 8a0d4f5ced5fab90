//! Colours as workbooks write them: plain, by theme, by palette, tinted. Never decides what a colour means.

use super::xml::{Element, XmlStep, walk};

/// Excel's palette for indexed colours.
pub(crate) const PALETTE: [u32; 64] = [
    0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00,
    0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x80_0000, 0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080,
    0x99_99FF, 0x99_3366, 0xFF_FFCC, 0xCC_FFFF, 0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF, 0x00_0080, 0xFF_00FF, 0xFF_FF00, 0x00_FFFF,
    0x80_0080, 0x80_0000, 0x00_8080, 0x00_00FF, 0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99, 0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99,
    0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900, 0xFF_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300,
    0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
];
/// Office's theme, in the order that cells count its colours.
const OFFICE: [u32; 12] =
    [0xFF_FFFF, 0x00_0000, 0xEE_ECE1, 0x1F_497D, 0x4F_81BD, 0xC0_504D, 0x9B_BB59, 0x80_64A2, 0x4B_ACC6, 0xF7_9646, 0x00_00FF, 0x80_0080];
const SLOTS: [&str; 12] =
    ["lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"];

pub(crate) const WHITE: u32 = 0xFF_FFFF;

/// A colour as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Colour {
    base: Base,
    /// From -1, black, to 1, white.
    tint: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Base {
    Plain(u32),
    Theme(usize),
    Indexed(usize),
}

impl Colour {
    /// The colour that an element such as `fgColor` states.
    pub(crate) fn of(element: &Element<'_>) -> Option<Self> {
        let base = match (element.get("rgb"), element.number("theme"), element.number("indexed")) {
            (Some(rgb), ..) => Base::Plain(hex(&rgb)?),
            (None, Some(theme), _) => Base::Theme(theme),
            (None, None, Some(index)) => Base::Indexed(index),
            (None, None, None) => return None,
        };
        Some(Self { base, tint: element.number("tint").unwrap_or(0.0) })
    }

    /// A colour of a theme.
    pub(crate) fn theme(slot: usize, tint: f64) -> Self {
        Self { base: Base::Theme(slot), tint }
    }

    /// A colour of the palette.
    pub(crate) fn indexed(index: usize) -> Self {
        Self { base: Base::Indexed(index), tint: 0.0 }
    }

    /// A colour by its parts.
    pub(crate) fn plain(rgb: u32, tint: f64) -> Self {
        Self { base: Base::Plain(rgb), tint }
    }
}

/// The last six digits of a hexadecimal colour; what stands before them, its opacity, is not shown by Excel.
pub(crate) fn hex(text: &str) -> Option<u32> {
    let text = text.trim_start_matches('#');
    text.get(text.len().checked_sub(6)?..).and_then(|digits| u32::from_str_radix(digits, 16).ok())
}

/// What a workbook's colours are taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Colours {
    pub theme: [u32; 12],
    pub palette: Vec<u32>,
}

impl Default for Colours {
    fn default() -> Self {
        Self { theme: OFFICE, palette: PALETTE.to_vec() }
    }
}

impl Colours {
    /// Takes the colours of a theme part.
    pub(crate) fn read_theme(&mut self, part: &[u8]) {
        let (mut inside, mut slot) = (false, None);
        walk(part, |step| match step {
            XmlStep::Open(element) if element.name() == "clrScheme" => inside = true,
            XmlStep::Close("clrScheme") => inside = false,
            XmlStep::Open(element) if inside => {
                if let Some(at) = SLOTS.iter().position(|name| *name == element.name()) {
                    slot = Some(at);
                } else if let Some(at) = slot
                    && let Some(rgb) = element.get("lastClr").or_else(|| element.get("val")).and_then(|value| hex(&value))
                {
                    self.theme[at] = rgb;
                    slot = None;
                }
            }
            _ => {}
        });
    }

    /// What a colour looks like; `None` for one that is no colour of its own.
    pub(crate) fn resolve(&self, colour: Colour) -> Option<u32> {
        let base = match colour.base {
            Base::Plain(rgb) => rgb,
            Base::Theme(at) => *self.theme.get(at)?,
            // 64 and 65 are the system's own.
            Base::Indexed(at) => *self.palette.get(at)?,
        };
        Some(if colour.tint == 0.0 { base } else { tinted(base, colour.tint) })
    }
}

/// A colour made darker or lighter, keeping its hue.
fn tinted(rgb: u32, tint: f64) -> u32 {
    let [_, red, green, blue] = rgb.to_be_bytes().map(|part| f64::from(part) / 255.0);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let light = f64::midpoint(most, least);
    let spread = most - least;
    let saturation = match spread {
        0.0 => 0.0,
        _ if light > 0.5 => spread / (2.0 - most - least),
        _ => spread / (most + least),
    };
    let hue = if spread == 0.0 {
        0.0
    } else if most == red {
        ((green - blue) / spread).rem_euclid(6.0)
    } else if most == green {
        (blue - red) / spread + 2.0
    } else {
        (red - green) / spread + 4.0
    };
    let light = (if tint < 0.0 { light * (1.0 + tint) } else { light * (1.0 - tint) + tint }).clamp(0.0, 1.0);
    let chroma = (1.0 - (2.0 * light - 1.0).abs()) * saturation;
    let channel = |shift: f64| {
        let along = (hue + shift).rem_euclid(6.0);
        let share = (along.min(4.0 - along)).clamp(0.0, 1.0);
        ((light - chroma / 2.0 + chroma * share) * 255.0).round() as u32
    };
    channel(2.0) << 16 | channel(0.0) << 8 | channel(4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_resolve_as_excel_shows_them() {
        let colours = Colours::default();
        for (colour, shown) in [
            (Colour::plain(0xFF_0000, 0.0), Some(0xFF_0000)),
            // Accent 3 of Office, 40 % and 60 % lighter, 25 % darker.
            (Colour::theme(6, 0.399_975_585_192_419_2), Some(0xC4_D79B)),
            (Colour::theme(6, 0.599_993_896_298_104_8), Some(0xD8_E4BC)),
            (Colour::theme(6, -0.249_977_111_117_893_3), Some(0x76_933C)),
            (Colour::theme(0, -0.149_998_474_074_526_2), Some(0xD9_D9D9)),
            (Colour::indexed(10), Some(0xFF_0000)),
            (Colour::indexed(64), None),
            (Colour::theme(99, 0.0), None),
        ] {
            let found = colours.resolve(colour);
            let near = |a: u32, b: u32| a.to_be_bytes().iter().zip(b.to_be_bytes()).all(|(a, b)| a.abs_diff(b) <= 1);
            let same = match (found, shown) {
                (Some(found), Some(shown)) => near(found, shown),
                (found, shown) => found == shown,
            };
            assert!(same, "{colour:?}: {found:06X?}");
        }
    }

    #[test]
    fn a_theme_names_its_colours_in_its_own_order() {
        let mut colours = Colours::default();
        colours.read_theme(
            b"<a:theme><a:clrScheme><a:dk1><a:sysClr val=\"windowText\" lastClr=\"010101\"/></a:dk1><a:lt1><a:srgbClr val=\"FEFEFE\"/></a:lt1>\
              <a:accent1><a:srgbClr val=\"00B050\"/></a:accent1></a:clrScheme></a:theme>",
        );
        assert_eq!((colours.theme[0], colours.theme[1], colours.theme[4], colours.theme[5]), (0xFE_FEFE, 0x01_0101, 0x00_B050, OFFICE[5]));
    }
}
