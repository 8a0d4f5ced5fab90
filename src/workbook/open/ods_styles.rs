//! The styles of an OpenDocument spreadsheet as cells need them: fills, weights, and number formats in Excel's words. Reads no cell.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    model::General,
    workbook::{
        Font, SymbolFont,
        package::MAX_STYLES,
        parts::{Element, RawLook, WHITE, XmlStep, hex, walk},
    },
};

/// How many styles may stand behind one another.
const DEEPEST: usize = 16;

/// The styles by their names.
#[derive(Debug)]
pub(crate) struct Styles {
    cells: HashMap<String, Style>,
    hidden_tables: HashSet<String>,
    formats: HashMap<String, Arc<str>>,
    /// The format of what has none.
    general: Arc<str>,
}

/// A style as it is written; what it does not say, the one behind it says.
#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    /// None in it for no colour.
    fill: Option<Fill>,
    bold: Option<bool>,
    struck: Option<bool>,
    colour: Option<u32>,
    symbols: Option<SymbolFont>,
    format: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fill {
    Clear,
    Of(u32),
}

impl Default for Styles {
    fn default() -> Self {
        Self { cells: HashMap::new(), hidden_tables: HashSet::new(), formats: HashMap::new(), general: General.into() }
    }
}

impl Styles {
    /// Reads the styles of parts.
    pub(crate) fn read(parts: &[&[u8]]) -> Self {
        let mut styles = Self::default();
        for part in parts {
            let (mut name, mut format): (Option<String>, Option<(String, Format)>) = (None, None);
            walk(part, |step| match step {
                XmlStep::Open(element) => match element.name() {
                    "style" => {
                        name = element.get("name");
                        let style =
                            Style { parent: element.get("parent-style-name"), format: element.get("data-style-name"), ..Style::default() };
                        if styles.cells.len() < MAX_STYLES {
                            styles.cells.extend(name.clone().map(|name| (name, style)));
                        }
                    }
                    kind @ ("number-style" | "percentage-style" | "currency-style" | "date-style" | "time-style" | "text-style") => {
                        let elapsed = kind == "time-style" && element.get("truncate-on-overflow").is_some_and(|cut| cut == "false");
                        format = element.get("name").map(|name| (name, Format { elapsed, ..Format::default() }));
                    }
                    piece => match &mut format {
                        Some((_, format)) => format.open(piece, &element),
                        None => styles.property(name.as_deref(), &element),
                    },
                },
                XmlStep::Text(text) => format.iter_mut().for_each(|(_, format)| format.text(text)),
                XmlStep::Close("style") => name = None,
                XmlStep::Close("number-style" | "percentage-style" | "currency-style" | "date-style" | "time-style" | "text-style") => {
                    if styles.formats.len() < MAX_STYLES {
                        styles.formats.extend(format.take().map(|(name, format)| (name, format.code.into())));
                    }
                }
                XmlStep::Close(_) => format.iter_mut().for_each(|(_, format)| format.in_text = false),
            });
        }
        styles
    }

    fn property(&mut self, name: Option<&str>, element: &Element<'_>) {
        let Some(name) = name else { return };
        let style = self.cells.get_mut(name);
        match element.name() {
            "table-cell-properties" => {
                let fill = element.get("background-color").and_then(|colour| match colour.as_str() {
                    "transparent" => Some(Fill::Clear),
                    colour => hex(colour).map(Fill::Of),
                });
                style.into_iter().for_each(|style| style.fill = fill);
            }
            "text-properties" => {
                let bold =
                    element.get("font-weight").map(|weight| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600));
                let struck = element.get("text-line-through-style").map(|line| line != "none");
                let colour = element.get("color").and_then(|colour| hex(&colour));
                let name = element.get("font-name").or_else(|| element.get("font-family"));
                let symbols = name.and_then(|name| SymbolFont::of(name.trim_matches('\'')));
                style
                    .into_iter()
                    .for_each(|style| (style.bold, style.struck, style.colour, style.symbols) = (bold, struck, colour, symbols));
            }
            "table-properties" if element.get("display").is_some_and(|display| display == "false") => {
                self.hidden_tables.insert(name.to_owned());
            }
            _ => {}
        }
    }

    /// Whether a table with a style is not shown.
    pub(crate) fn is_hidden(&self, style: &str) -> bool {
        self.hidden_tables.contains(style)
    }

    /// How a cell with a style looks.
    pub(crate) fn look(&self, style: &str) -> RawLook {
        let (mut fill, mut bold, mut format) = (None, None, None);
        let (mut struck, mut colour, mut symbols) = (None, None, None);
        let mut next = Some(style);
        for _ in 0..DEEPEST {
            let Some(style) = next.and_then(|name| self.cells.get(name)) else { break };
            fill = fill.or(style.fill);
            bold = bold.or(style.bold);
            struck = struck.or(style.struck);
            colour = colour.or(style.colour);
            symbols = symbols.or(style.symbols);
            format = format.or(style.format.as_deref());
            next = style.parent.as_deref();
        }
        let format = format.and_then(|name| self.formats.get(name)).filter(|code| !code.is_empty());
        RawLook {
            format: Arc::clone(format.unwrap_or(&self.general)),
            fill: match fill {
                Some(Fill::Of(rgb)) if rgb != WHITE => Some(rgb),
                _ => None,
            },
            bold: bold.unwrap_or(false),
            font: Font::new(colour, struck.unwrap_or(false)).of_symbols(symbols),
            ..RawLook::default()
        }
    }
}

/// A number format while it is put together.
#[derive(Debug, Default)]
struct Format {
    code: String,
    in_text: bool,
    elapsed: bool,
}

impl Format {
    fn open(&mut self, piece: &str, element: &Element<'_>) {
        let long = element.get("style").is_some_and(|style| style == "long");
        let either = |yes: &'static str, no: &'static str| if long { yes } else { no };
        let code = match piece {
            "text" | "currency-symbol" => {
                self.in_text = true;
                return;
            }
            "day" => either("dd", "d"),
            "day-of-week" => either("dddd", "ddd"),
            "month" if element.get("textual").is_some_and(|textual| textual == "true") => either("mmmm", "mmm"),
            "month" => either("mm", "m"),
            "year" => either("yyyy", "yy"),
            "hours" if self.elapsed => "[h]",
            "hours" => either("hh", "h"),
            "minutes" => either("mm", "m"),
            "seconds" => either("ss", "s"),
            "am-pm" => "AM/PM",
            "text-content" => "@",
            "fraction" => "# ?/?",
            "number" | "scientific-number" => {
                self.code.push_str(&number(piece, element));
                return;
            }
            _ => return,
        };
        self.code.push_str(code);
    }

    fn text(&mut self, text: &str) {
        if !self.in_text {
            return;
        }
        if text.chars().all(|c| matches!(c, '/' | '-' | ':' | '.' | ',' | ' ' | '%' | '£' | '$' | '€' | '(' | ')' | '+')) {
            self.code.push_str(text);
        } else {
            self.code.push_str(&format!("\"{}\"", text.replace('"', "")));
        }
    }
}

/// The digits of a number as a format writes them.
fn number(piece: &str, element: &Element<'_>) -> String {
    let Some(places) = element.number::<usize>("decimal-places").map(|places| places.min(30)) else { return General.to_owned() };
    let whole = if element.get("grouping").is_some_and(|grouping| grouping == "true") { "#,##0" } else { "0" };
    let fraction = if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
    format!("{whole}{fraction}{}", if piece == "number" { "" } else { "E+00" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_comes_from_a_style_and_those_behind_it() {
        let part = "<s><number:date-style style:name=\"N1\"><number:day number:style=\"long\"/><number:text>/</number:text>\
            <number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/></number:date-style>\
            <number:percentage-style style:name=\"N2\"><number:number number:decimal-places=\"1\"/><number:text>%</number:text></number:percentage-style>\
            <number:currency-style style:name=\"N3\"><number:currency-symbol>£</number:currency-symbol>\
            <number:number number:decimal-places=\"2\" number:grouping=\"true\"/></number:currency-style>\
            <style:style style:name=\"Red\"><style:table-cell-properties fo:background-color=\"#ff0000\"/><style:text-properties fo:font-weight=\"bold\"/></style:style>\
            <style:style style:name=\"ce1\" style:parent-style-name=\"Red\" style:data-style-name=\"N1\"/>\
            <style:style style:name=\"ce2\" style:parent-style-name=\"Red\" style:data-style-name=\"N2\">\
            <style:table-cell-properties fo:background-color=\"transparent\"/></style:style>\
            <style:style style:name=\"ce3\" style:data-style-name=\"N3\"/>\
            <style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style></s>";
        let styles = Styles::read(&[part.as_bytes()]);
        let look = |format: &str, fill, bold| RawLook { format: format.into(), fill, bold, ..RawLook::default() };
        assert_eq!(styles.look("ce1"), look("dd/mm/yyyy", Some(0xFF_0000), true));
        assert_eq!(styles.look("ce2"), look("0.0%", None, true));
        assert_eq!(styles.look("ce3"), look("£#,##0.00", None, false));
        assert_eq!(styles.look("none"), RawLook::default());
        assert!(styles.is_hidden("ta2") && !styles.is_hidden("ta1"));
    }
}
