//! The styles part: the number format, fill and weight of each cell style, what its font says, and the fills of conditional formats. Never names a meaning.

use std::{collections::HashMap, sync::Arc};

use super::{
    colours::{Colour, Colours, WHITE, hex},
    xml::{Element, XmlStep, walk},
};
use crate::{
    model::General,
    workbook::{Font, SymbolFont},
};

/// How a cell looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawLook {
    pub format: Arc<str>,
    /// 0xRRGGBB; none for white.
    pub fill: Option<u32>,
    pub bold: bool,
    pub font: Font,
    /// How far its text is set in.
    pub indent: u8,
}

impl Default for RawLook {
    fn default() -> Self {
        Self { format: General.into(), fill: None, bold: false, font: Font::default(), indent: 0 }
    }
}

/// What a conditional format does to a cell's fill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Repaint {
    #[default]
    Keep,
    /// Paints it over; without a colour for white.
    With(Option<u32>),
}

/// The styles of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Styles {
    /// By the number that cells give.
    pub looks: Vec<RawLook>,
    /// By the number that conditional formats give.
    pub repaints: Vec<Repaint>,
    /// The colours that conditional formats give letters, by the same number.
    pub inks: Vec<Option<u32>>,
}

/// A fill as it is written.
#[derive(Clone, Copy, Debug, Default)]
struct Fill {
    pattern: Pattern,
    front: Option<Colour>,
    back: Option<Colour>,
    given: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pattern {
    #[default]
    Unsaid,
    None,
    Solid,
    Lines,
}

impl Fill {
    fn see(&mut self, element: &Element<'_>) {
        match element.name() {
            "patternFill" => {
                self.given = true;
                self.pattern = match element.get("patternType").as_deref() {
                    None => Pattern::Unsaid,
                    Some("none") => Pattern::None,
                    Some("solid") => Pattern::Solid,
                    Some(_) => Pattern::Lines,
                };
            }
            "gradientFill" => (self.given, self.pattern) = (true, Pattern::Solid),
            "fgColor" | "color" => self.front = Colour::of(element),
            "bgColor" => self.back = Colour::of(element),
            _ => {}
        }
    }

    /// What a cell filled so looks like; none for white.
    fn of_cell(&self, colours: &Colours) -> Option<u32> {
        let colour = match self.pattern {
            Pattern::Unsaid | Pattern::None => None,
            Pattern::Solid => self.front.or(self.back),
            Pattern::Lines => self.back,
        };
        colour.and_then(|colour| colours.resolve(colour)).filter(|rgb| *rgb != WHITE)
    }

    /// What a conditional format with it does: it writes the fill of a solid pattern as its background.
    fn of_rule(&self, colours: &Colours) -> Repaint {
        match self.pattern {
            _ if !self.given => Repaint::Keep,
            Pattern::None => Repaint::With(None),
            _ => match self.back.or(self.front).and_then(|colour| colours.resolve(colour)) {
                Some(rgb) => Repaint::With(Some(rgb).filter(|rgb| *rgb != WHITE)),
                None => Repaint::Keep,
            },
        }
    }
}

/// A font as it is written.
#[derive(Clone, Copy, Debug, Default)]
struct WrittenFont {
    bold: bool,
    struck: bool,
    colour: Option<Colour>,
    symbols: Option<SymbolFont>,
}

impl WrittenFont {
    fn see(&mut self, element: &Element<'_>) {
        let on = || element.get("val").is_none_or(|value| value != "0" && value != "false");
        match element.name() {
            "b" => self.bold = on(),
            "strike" => self.struck = on(),
            "color" => self.colour = Colour::of(element),
            "name" => self.symbols = element.get("val").and_then(|name| SymbolFont::of(&name)),
            _ => {}
        }
    }

    fn of_cell(&self, colours: &Colours) -> Font {
        Font::new(self.colour.and_then(|colour| colours.resolve(colour)), self.struck).of_symbols(self.symbols)
    }
}

/// What was met in a styles part so far.
#[derive(Default)]
struct Met {
    formats: HashMap<u32, Arc<str>>,
    fonts: Vec<WrittenFont>,
    fills: Vec<Fill>,
    /// The number format, font and fill of each style.
    styles: Vec<[usize; 3]>,
    /// How far the text of each is set in.
    indents: Vec<u8>,
    rule_fills: Vec<Fill>,
    rule_inks: Vec<Option<Colour>>,
    in_rule_font: bool,
    palette: Vec<u32>,
}

impl Met {
    fn see(&mut self, section: &str, element: &Element<'_>) {
        match (section, element.name()) {
            ("numFmts", "numFmt") => {
                if let (Some(id), Some(code)) = (element.number("numFmtId"), element.get("formatCode")) {
                    self.formats.insert(id, code.into());
                }
            }
            ("fonts", "font") => self.fonts.push(WrittenFont::default()),
            ("fonts", _) => self.fonts.last_mut().into_iter().for_each(|font| font.see(element)),
            ("fills", "fill") => self.fills.push(Fill::default()),
            ("fills", _) => self.fills.last_mut().into_iter().for_each(|fill| fill.see(element)),
            ("cellXfs", "xf") => {
                self.styles.push(["numFmtId", "fontId", "fillId"].map(|name| element.number(name).unwrap_or(0)));
                self.indents.push(0);
            }
            ("cellXfs", "alignment") => {
                let indent = element.number::<u8>("indent").unwrap_or(0);
                self.indents.last_mut().into_iter().for_each(|last| *last = indent);
            }
            ("dxfs", "dxf") => {
                self.rule_fills.push(Fill::default());
                self.rule_inks.push(None);
                self.in_rule_font = false;
            }
            ("dxfs", name @ ("font" | "fill" | "border")) => self.in_rule_font = name == "font",
            ("dxfs", "color") if self.in_rule_font => self.rule_inks.last_mut().into_iter().for_each(|ink| *ink = Colour::of(element)),
            ("dxfs", "patternFill" | "gradientFill" | "fgColor" | "bgColor") => {
                self.rule_fills.last_mut().into_iter().for_each(|fill| fill.see(element));
            }
            ("indexedColors", "rgbColor") => self.palette.extend(element.get("rgb").and_then(|rgb| hex(&rgb))),
            _ => {}
        }
    }
}

impl Styles {
    /// Reads a styles part; its colours are those of a theme.
    pub(crate) fn read(part: &[u8], mut colours: Colours) -> Self {
        const SECTIONS: [&str; 6] = ["numFmts", "fonts", "fills", "cellXfs", "dxfs", "indexedColors"];
        let (mut met, mut section) = (Met::default(), "");
        walk(part, |step| match step {
            XmlStep::Open(element) => match SECTIONS.iter().find(|name| **name == element.name()) {
                Some(name) if section.is_empty() => section = name,
                _ => met.see(section, &element),
            },
            XmlStep::Close(name) if name == section => section = "",
            _ => {}
        });
        for (own, given) in colours.palette.iter_mut().zip(&met.palette) {
            *own = *given;
        }
        let look = |([format, font, fill], indent): (&[usize; 3], &u8)| RawLook {
            format: met.formats.get(&(*format as u32)).cloned().unwrap_or_else(|| built_in(*format).into()),
            fill: met.fills.get(*fill).and_then(|fill| fill.of_cell(&colours)),
            bold: met.fonts.get(*font).is_some_and(|font| font.bold),
            font: met.fonts.get(*font).map(|font| font.of_cell(&colours)).unwrap_or_default(),
            indent: *indent,
        };
        Self {
            looks: met.styles.iter().zip(&met.indents).map(look).collect(),
            repaints: met.rule_fills.iter().map(|fill| fill.of_rule(&colours)).collect(),
            inks: met.rule_inks.iter().map(|ink| ink.and_then(|ink| colours.resolve(ink))).collect(),
        }
    }
}

/// Excel's built-in number formats; those that follow the user's region are the UK's.
pub(crate) fn built_in(id: usize) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 => "£#,##0;-£#,##0",
        6 => "£#,##0;[Red]-£#,##0",
        7 => "£#,##0.00;-£#,##0.00",
        8 => "£#,##0.00;[Red]-£#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => "dd/mm/yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 | 55 => "hh:mm",
        21 | 33 | 56 => "hh:mm:ss",
        22 => "dd/mm/yyyy hh:mm",
        37 => "#,##0;-#,##0",
        38 => "#,##0;[Red]-#,##0",
        39 => "#,##0.00;-#,##0.00",
        40 => "#,##0.00;[Red]-#,##0.00",
        41 => "_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-",
        42 => "_-£* #,##0_-;-£* #,##0_-;_-£* \"-\"_-;_-@_-",
        43 => "_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-",
        44 => "_-£* #,##0.00_-;-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => General,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_and_repaints_are_read() {
        let part = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"0 &quot;days&quot;\"/></numFmts>\
            <fonts><font/><font><b/><strike/><color rgb=\"FF00B050\"/><name val=\"Wingdings\"/></font><font><b val=\"0\"/></font></fonts>\
            <fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
            <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF00B050\"/><bgColor indexed=\"64\"/></patternFill></fill>\
            <fill><patternFill patternType=\"solid\"><fgColor theme=\"0\"/></patternFill></fill>\
            <fill><patternFill patternType=\"solid\"><fgColor indexed=\"8\"/></patternFill></fill></fills>\
            <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
            <cellXfs><xf/><xf numFmtId=\"170\" fontId=\"1\" fillId=\"2\"><alignment/></xf><xf numFmtId=\"14\" fontId=\"2\" fillId=\"3\"/>\
            <xf numFmtId=\"44\" fillId=\"1\"/><xf fillId=\"4\"/></cellXfs>\
            <dxfs><dxf><font><color rgb=\"FF9C0006\"/></font><fill><patternFill><bgColor rgb=\"FFFFC7CE\"/></patternFill></fill></dxf>\
            <dxf><font><b/></font></dxf><dxf><fill><patternFill patternType=\"none\"/></fill></dxf></dxfs>\
            <colors><indexedColors><rgbColor rgb=\"00000000\"/><rgbColor rgb=\"00FFFFFF\"/><rgbColor/><rgbColor/><rgbColor/><rgbColor/>\
            </indexedColors></colors></styleSheet>";
        let styles = Styles::read(part.as_bytes(), Colours::default());
        let looks: Vec<(&str, Option<u32>, bool)> = styles.looks.iter().map(|look| (&*look.format, look.fill, look.bold)).collect();
        let money = "_-£* #,##0.00_-;-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-";
        let expected = [
            (General, None, false),
            ("0 \"days\"", Some(0x00_B050), true),
            ("dd/mm/yyyy", None, false),
            (money, None, false),
            (General, Some(0), false),
        ];
        assert_eq!(looks, expected);
        let font = styles.looks[1].font;
        assert_eq!((font.colour(), font.is_struck(), &*font.drawn("\u{fc}".into())), (Some(0x00_B050), true, "✓"));
        assert_eq!(styles.looks[2].font, Font::default());
        assert_eq!(styles.repaints, [Repaint::With(Some(0xFF_C7CE)), Repaint::Keep, Repaint::With(None)]);
        assert_eq!(styles.inks, [Some(0x9C_0006), None, None]);
    }
}
