//! Sets of three icons such as traffic lights, read as the colours they stand for. Other sets show no status and are left out.

use super::xml::Element;

/// Red, amber and green as Excel draws its lights.
const LIGHTS: [u32; 3] = [0xF8_696B, 0xFF_EB84, 0x63_BE7B];

/// From which value on an icon is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum From {
    Number(f64),
    /// A share of the way from the least value to the greatest, 0 to 1.
    Share(f64),
}

/// A set of lights over a range of numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Icons {
    reversed: bool,
    from: Vec<From>,
}

impl Icons {
    /// What an `iconSet` element states; `None` for a set that is no traffic light.
    pub(crate) fn of(element: &Element<'_>) -> Option<Self> {
        const SETS: [&str; 6] = ["3TrafficLights1", "3TrafficLights2", "3Signs", "3Symbols", "3Symbols2", "3Flags"];
        let set = element.get("iconSet").unwrap_or_else(|| SETS[0].to_owned());
        SETS.contains(&&*set).then(|| Self { reversed: element.is("reverse"), from: Vec::new() })
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
        let [_, amber, green] = &self.from[..] else { return None };
        let light = usize::from(reached(amber)) + usize::from(reached(green));
        Some(LIGHTS[if self.reversed { 2 - light } else { light }])
    }
}
