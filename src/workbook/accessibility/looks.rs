//! The looks of cells as far as they decide what can be read: fill, letters, size, wrapping, and the contrast of two colours.

use crate::workbook::{
    package::Package,
    parts::{Book, Colour, Colours, Element, WHITE, XmlStep, relations, walk},
};

/// The colour behind a cell that is not filled.
pub(super) const NO_FILL: u32 = WHITE;
/// The size of letters of which nothing is said, in points.
const USUAL_SIZE: f64 = 11.0;
/// Fonts, fills and looks past this number are not remembered; Excel takes 65,490 looks.
const MOST: usize = 70_000;

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LookFacts {
    /// 0xRRGGBB; white where it has none.
    pub fill: u32,
    pub ink: u32,
    /// In points.
    pub size: f64,
    pub bold: bool,
    pub wrap: bool,
    /// Whether its letters are set high.
    pub raised: bool,
}

/// What a rule changes of a look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repainted {
    pub fill: Option<u32>,
    pub ink: Option<u32>,
}

/// The looks of a workbook.
#[derive(Debug, Default)]
pub(super) struct Looks {
    looks: Vec<LookFacts>,
    rules: Vec<Repainted>,
}

const PLAIN: LookFacts = LookFacts { fill: WHITE, ink: 0, size: USUAL_SIZE, bold: false, wrap: false, raised: false };

/// What is met of the part.
#[derive(Default)]
struct Met {
    colours: Colours,
    fonts: Vec<LookFacts>,
    fills: Vec<Option<u32>>,
    looks: Vec<LookFacts>,
    rules: Vec<Repainted>,
    /// The list that is being read, whether a fill is solid, and whether a rule's border is being read.
    list: String,
    solid: bool,
    border: bool,
}

impl Looks {
    pub(super) fn read(package: &Package, book: &Book) -> Self {
        let relations = relations(package, &book.part);
        let part = |kind: &str| relations.iter().find(|relation| relation.kind == kind).and_then(|held| package.part(&held.target));
        let mut met = Met::default();
        if let Some(theme) = part("theme") {
            met.colours.read_theme(theme);
        }
        walk(part("styles").unwrap_or_default(), |step| match step {
            XmlStep::Open(element) => met.open(&element),
            XmlStep::Close(name) if ["fonts", "fills", "cellXfs", "dxfs"].contains(&name) => met.list.clear(),
            XmlStep::Close(_) | XmlStep::Text(_) => {}
        });
        Self { looks: met.looks, rules: met.rules }
    }

    /// The look of a number that cells give.
    pub(super) fn of(&self, at: usize) -> LookFacts {
        self.looks.get(at).copied().unwrap_or(PLAIN)
    }

    /// What the look of a number that rules give changes; none where it changes no colour.
    pub(super) fn repainted(&self, at: usize) -> Option<Repainted> {
        self.rules.get(at).copied().filter(|rule| *rule != Repainted::default())
    }
}

impl Met {
    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        if ["fonts", "fills", "cellXfs", "dxfs"].contains(&name) {
            name.clone_into(&mut self.list);
            return;
        }
        match &*self.list {
            "fonts" => self.font(element),
            "fills" => self.fill(element),
            "cellXfs" => self.look(element),
            "dxfs" => self.rule(element),
            _ => {}
        }
    }

    fn colour(&self, element: &Element<'_>) -> Option<u32> {
        Colour::of(element).and_then(|colour| self.colours.resolve(colour))
    }

    fn font(&mut self, element: &Element<'_>) {
        if element.name() == "font" && self.fonts.len() < MOST {
            self.fonts.push(PLAIN);
        }
        let colour = self.colour(element);
        let Some(font) = self.fonts.last_mut() else { return };
        match element.name() {
            "b" => font.bold = !element.says("val", "0"),
            "sz" => font.size = element.get("val").and_then(|size| size.parse().ok()).unwrap_or(USUAL_SIZE),
            "color" => font.ink = colour.unwrap_or(font.ink),
            "vertAlign" => font.raised = element.says("val", "superscript"),
            _ => {}
        }
    }

    fn fill(&mut self, element: &Element<'_>) {
        let colour = self.colour(element);
        match element.name() {
            "fill" if self.fills.len() < MOST => {
                self.fills.push(None);
                self.solid = false;
            }
            "patternFill" => self.solid = element.get("patternType").is_some_and(|kind| kind != "none" && kind != "gray125"),
            "gradientFill" => self.solid = true,
            "fgColor" | "color" if self.solid => self.fills.last_mut().into_iter().for_each(|fill| *fill = colour),
            _ => {}
        }
    }

    fn look(&mut self, element: &Element<'_>) {
        match element.name() {
            "xf" if self.looks.len() < MOST => {
                let at = |name: &str| element.number::<usize>(name).unwrap_or(0);
                let font = self.fonts.get(at("fontId")).copied().unwrap_or(PLAIN);
                let fill = self.fills.get(at("fillId")).copied().flatten().unwrap_or(WHITE);
                self.looks.push(LookFacts { fill, ..font });
            }
            "alignment" => self.looks.last_mut().into_iter().for_each(|look| look.wrap = element.is("wrapText")),
            _ => {}
        }
    }

    fn rule(&mut self, element: &Element<'_>) {
        let colour = self.colour(element);
        match element.name() {
            "dxf" if self.rules.len() < MOST => {
                self.rules.push(Repainted::default());
                self.border = false;
            }
            "border" => self.border = true,
            // A rule writes the ground of a solid fill as its background.
            "bgColor" => self.rules.last_mut().into_iter().for_each(|rule| rule.fill = colour),
            "fgColor" => self.rules.last_mut().into_iter().for_each(|rule| rule.fill = rule.fill.or(colour)),
            "color" if !self.border => self.rules.last_mut().into_iter().for_each(|rule| rule.ink = rule.ink.or(colour)),
            _ => {}
        }
    }
}

/// The contrast of two colours as the Web Content Accessibility Guidelines define it: from 1 for none to 21.
pub(super) fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(rgb: u32) -> f64 {
    let [_, red, green, blue] = rgb.to_be_bytes().map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        for (one, other, expected) in [(0, WHITE, 21.0), (0x77_7777, WHITE, 4.48), (0x76_7676, WHITE, 4.54), (0xFF_0000, WHITE, 4.0)] {
            assert!((contrast(one, other) - expected).abs() < 0.01, "{one:06X} {}", contrast(one, other));
        }
    }
}
