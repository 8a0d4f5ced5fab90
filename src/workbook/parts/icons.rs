//! Sets of icons such as lights and arrows, read as the colours they stand for. Sets without colours show no status and are left out.

use super::xml::Element;

/// Red, amber and green as Excel draws its lights.
const RED: u32 = 0xF8_696B;
const AMBER: u32 = 0xFF_EB84;
const GREEN: u32 = 0x63_BE7B;

/// The colours of the sets, from the icon of the least values to that of the greatest.
const SETS: [(&str, &[u32]); 13] = [
    ("3TrafficLights1", &[RED, AMBER, GREEN]),
    ("3TrafficLights2", &[RED, AMBER, GREEN]),
    ("3Signs", &[RED, AMBER, GREEN]),
    ("3Symbols", &[RED, AMBER, GREEN]),
    ("3Symbols2", &[RED, AMBER, GREEN]),
    ("3Flags", &[RED, AMBER, GREEN]),
    ("3Arrows", &[RED, AMBER, GREEN]),
    ("3Triangles", &[RED, AMBER, GREEN]),
    ("4Arrows", &[RED, AMBER, AMBER, GREEN]),
    ("4TrafficLights", &[0x00_0001, RED, AMBER, GREEN]),
    ("5Arrows", &[RED, AMBER, AMBER, AMBER, GREEN]),
    // Grey arrows point as the coloured ones do.
    ("3ArrowsGray", &[RED, AMBER, GREEN]),
    ("4ArrowsGray", &[RED, AMBER, AMBER, GREEN]),
];

/// From which value on an icon is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum From {
    Number(f64),
    /// A share of the way from the least value to the greatest, 0 to 1.
    Share(f64),
}

/// A set of icons over a range of numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Icons {
    /// From the icon of the least values to that of the greatest.
    colours: &'static [u32],
    points: bool,
    reversed: bool,
    from: Vec<From>,
}

impl Icons {
    /// What an `iconSet` element states; `None` for a set whose icons are no status.
    pub(crate) fn of(element: &Element<'_>) -> Option<Self> {
        let set = element.get("iconSet").unwrap_or_else(|| SETS[0].0.to_owned());
        let (_, colours) = SETS.iter().find(|(name, _)| *name == set)?;
        Some(Self {
            colours,
            points: set.contains("Arrows") || set.contains("Triangles"),
            reversed: element.is("reverse"),
            from: Vec::new(),
        })
    }

    /// Whether its icons are arrows, which are a status only where one is looked for, and a trend elsewhere.
    pub(crate) fn points(&self) -> bool {
        self.points
    }

    /// Takes in what a `cfvo` element states.
    pub(crate) fn threshold(&mut self, element: &Element<'_>) {
        let value: Option<f64> = element.get("val").and_then(|value| value.trim().parse().ok());
        let from = match (element.get("type").as_deref(), value) {
            (Some("num"), Some(value)) => From::Number(value),
            (Some("percent" | "percentile"), Some(value)) => From::Share(value / 100.0),
            // The least value, the greatest, or a formula that is not worked out.
            _ => From::Share(if self.from.is_empty() { 0.0 } else { f64::INFINITY }),
        };
        self.from.push(from);
    }

    /// The colour shown for a number, where the numbers of the range reach from `least` to `most`.
    pub(crate) fn colour(&self, number: f64, (least, most): (f64, f64)) -> Option<u32> {
        let reached = |from: &From| match from {
            From::Number(from) => number >= *from,
            From::Share(share) => number >= least + share * (most - least),
        };
        let [_, later @ ..] = &self.from[..] else { return None };
        if later.len() + 1 != self.colours.len() {
            return None;
        }
        let icon = later.iter().filter(|from| reached(from)).count();
        self.colours.get(if self.reversed { later.len() - icon } else { icon }).copied()
    }
}
