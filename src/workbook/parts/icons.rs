//! Sets of icons such as lights and arrows, read as the colours they stand for. Sets without colours show no status and are left out.

use super::xml::Element;

/// Red, amber and green as Excel draws its lights.
const RED: u32 = 0xF8_696B;
const AMBER: u32 = 0xFF_EB84;
const GREEN: u32 = 0x63_BE7B;

/// The colours of the sets, from the icon of the least values to that of the greatest.
const SETS: [(&str, &[u32]); 15] = [
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
    // A star or a box that is filled stands highest.
    ("3Stars", &[RED, AMBER, GREEN]),
    ("5Boxes", &[RED, AMBER, AMBER, AMBER, GREEN]),
];
/// What sets are called whose icons are a status only where one is looked for.
const POINTING: [&str; 4] = ["Arrows", "Triangles", "Stars", "Boxes"];
/// The most icons of a set.
const MOST_ICONS: usize = 5;

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
    /// From the icon of the least values to that of the greatest; none for one without a colour.
    colours: Vec<Option<u32>>,
    points: bool,
    reversed: bool,
    from: Vec<From>,
    /// The type of the value that is being read.
    kind: String,
    /// Whether its icons are of several sets, each of which is named.
    custom: bool,
}

impl Icons {
    /// What an `iconSet` element states; `None` for a set whose icons are no status.
    pub(crate) fn of(element: &Element<'_>) -> Option<Self> {
        let set = element.get("iconSet").unwrap_or_else(|| SETS[0].0.to_owned());
        let custom = element.is("custom");
        let (_, colours) = SETS.iter().find(|(name, _)| *name == set).or(if custom { SETS.first() } else { None })?;
        Some(Self {
            colours: if custom { Vec::new() } else { colours.iter().copied().map(Some).collect() },
            points: !custom && points(&set),
            reversed: element.is("reverse"),
            custom,
            ..Self::default()
        })
    }

    /// Takes in what a `cfIcon` element states: an icon by its set and its place there.
    pub(crate) fn icon(&mut self, element: &Element<'_>) {
        if !self.custom || self.colours.len() >= MOST_ICONS {
            return;
        }
        let set = element.get("iconSet").unwrap_or_default();
        let colours = SETS.iter().find(|(name, _)| *name == set).map(|(_, colours)| *colours);
        let at = element.number::<usize>("iconId");
        self.points |= points(&set);
        self.colours.push(colours.zip(at).and_then(|(colours, at)| colours.get(at).copied()));
    }

    /// Whether its icons are arrows, which are a status only where one is looked for, and a trend elsewhere.
    pub(crate) fn points(&self) -> bool {
        self.points
    }

    /// Takes in what a `cfvo` element states. Its value may stand in it as a text.
    pub(crate) fn threshold(&mut self, element: &Element<'_>) {
        self.kind = element.get("type").unwrap_or_default();
        if self.from.len() <= MOST_ICONS {
            self.from.push(From::Share(if self.from.is_empty() { 0.0 } else { f64::INFINITY }));
        }
        self.value(&element.get("val").unwrap_or_default());
    }

    /// Takes in the value of the threshold that is being read. The least value, the greatest or a formula is not worked out.
    pub(crate) fn value(&mut self, text: &str) {
        let value: Option<f64> = text.trim().parse().ok();
        let from = match (self.kind.as_str(), value) {
            ("num", Some(value)) => From::Number(value),
            ("percent" | "percentile", Some(value)) => From::Share(value / 100.0),
            _ => return,
        };
        self.from.last_mut().into_iter().for_each(|last| *last = from);
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
        self.colours.get(if self.reversed { later.len() - icon } else { icon }).copied().flatten()
    }
}

fn points(set: &str) -> bool {
    POINTING.iter().any(|word| set.contains(word))
}
