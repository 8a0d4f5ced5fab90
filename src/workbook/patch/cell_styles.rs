//! The cell styles of a workbook, added to where no style of its owner's is what is needed. Those there are keep their numbers.

use std::{collections::HashMap, ops::Range};

use quick_xml::{Reader, events::Event};

use super::tag::Tag;
use crate::{model::excel::MOST_STYLES, workbook::parts::built_in};

/// The first number of formats that are a workbook's own.
const FIRST_OWN_FORMAT: usize = 164;

/// The styles part with what is added to it.
pub(super) struct CellStyles {
    part: String,
    /// The whole of each `xf` of cells, those that were added too.
    styles: Vec<String>,
    /// How many there were.
    before: usize,
    /// The number formats by their numbers, those that were added too.
    formats: HashMap<usize, String>,
    added_formats: Vec<(usize, String)>,
    /// The whole of each fill, those that were added too.
    fills: Vec<String>,
    fills_before: usize,
    fonts: Vec<String>,
    sections: HashMap<&'static str, Section>,
}

/// A list of the part: its start tag, and where its content ends.
#[derive(Clone, Debug)]
struct Section {
    tag: Range<usize>,
    end: usize,
}

const SECTIONS: [&str; 4] = ["numFmts", "fonts", "fills", "cellXfs"];

impl CellStyles {
    /// Reads a styles part; nothing where it is not sound.
    pub(super) fn read(part: &[u8]) -> Option<Self> {
        // Where it begins with the mark of UTF-8, that is left out: the reader does not count it.
        let text = std::str::from_utf8(part).ok()?.trim_start_matches('\u{feff}');
        let mut styles = Self {
            part: text.to_owned(),
            styles: Vec::new(),
            before: 0,
            formats: HashMap::new(),
            added_formats: Vec::new(),
            fills: Vec::new(),
            fills_before: 0,
            fonts: Vec::new(),
            sections: HashMap::new(),
        };
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        // The section that is open, and within it the child: how deep it is, and where it began.
        let (mut open, mut depth, mut child): (Option<(&'static str, Range<usize>)>, usize, usize) = (None, 0, 0);
        loop {
            let from = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let to = usize::try_from(reader.buffer_position()).ok()?;
            let (opens, closes, name) = match &event {
                Event::Start(start) => (true, false, start.local_name().as_ref().to_owned()),
                Event::Empty(start) => (true, true, start.local_name().as_ref().to_owned()),
                Event::End(end) => (false, true, end.local_name().as_ref().to_owned()),
                Event::Eof => break,
                _ => continue,
            };
            let Some((section, tag)) = &open else {
                // Where nothing follows at once, an empty list has no end of its own.
                if opens
                    && !closes
                    && let Some(section) = SECTIONS.into_iter().find(|section| *section == name)
                    && !styles.sections.contains_key(section)
                {
                    (open, depth) = (Some((section, from..to)), 0);
                }
                continue;
            };
            if opens {
                child = if depth == 0 { from } else { child };
                depth += 1;
            }
            if closes && depth == 0 {
                styles.sections.insert(section, Section { tag: tag.clone(), end: from });
                open = None;
            } else if closes {
                depth -= 1;
                if depth == 0 {
                    let section = *section;
                    styles.met(section, &text[child..to]);
                }
            }
        }
        (styles.before, styles.fills_before) = (styles.styles.len(), styles.fills.len());
        Some(styles)
    }

    fn met(&mut self, section: &str, whole: &str) {
        match section {
            "numFmts" => {
                let tag = first_tag(whole);
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                    self.formats.insert(id, code.into_owned());
                }
            }
            "fonts" => self.fonts.push(whole.to_owned()),
            "fills" => self.fills.push(whole.to_owned()),
            _ => self.styles.push(whole.to_owned()),
        }
    }

    /// The number format of a style.
    pub(super) fn format(&self, style: usize) -> &str {
        let id = self.attribute(style, "numFmtId");
        self.formats.get(&id).map_or_else(|| built_in(id), String::as_str)
    }

    /// Whether a style keeps its cells from being written on a protected sheet.
    pub(super) fn is_locked(&self, style: usize) -> bool {
        let Some(whole) = self.styles.get(style) else { return true };
        let protection = whole.find("protection").and_then(|at| whole[..at].rfind('<'));
        protection.is_none_or(|at| first_tag(&whole[at..]).get("locked").is_none_or(|locked| locked != "0" && locked != "false"))
    }

    /// The fill of a style by its number; none where nothing is painted.
    pub(super) fn fill(&self, style: usize) -> Option<usize> {
        let fill = self.attribute(style, "fillId");
        let whole = self.fills.get(fill)?;
        (whole.contains("\"solid\"") || whole.contains("'solid'") || whole.contains("gradientFill")).then_some(fill)
    }

    /// The style of a cell, painted as another one is: its fill and the colour of its letters.
    pub(super) fn painted_like(&mut self, style: usize, like: usize) -> usize {
        let (fill, font) = (self.attribute(like, "fillId"), self.attribute(like, "fontId"));
        self.with(style, &[("fillId", fill, "applyFill"), ("fontId", font, "applyFont")])
    }

    /// The style of a cell, without a fill.
    pub(super) fn unpainted(&mut self, style: usize) -> usize {
        self.with(style, &[("fillId", 0, "applyFill")])
    }

    /// The style of a cell, painted in a colour, 0xRRGGBB.
    pub(super) fn painted(&mut self, style: usize, colour: u32) -> usize {
        let prefix = self.prefix("fills");
        let wanted = format!(
            "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"FF{colour:06X}\"/>\
             <{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
        );
        let same = |fill: &String| {
            let at = fill.find("fgColor").and_then(|at| fill[..at].rfind('<'));
            fill.contains("solid")
                && at.is_some_and(|at| first_tag(&fill[at..]).get("rgb").is_some_and(|rgb| *rgb == *format!("FF{colour:06X}")))
        };
        let fill = self.fills.iter().position(same).unwrap_or_else(|| {
            self.fills.push(wanted);
            self.fills.len() - 1
        });
        self.with(style, &[("fillId", fill, "applyFill")])
    }

    /// The style of a cell, with another number format.
    pub(super) fn formatted(&mut self, style: usize, format: &str) -> usize {
        let own = |styles: &Self| {
            let mut numbers: Vec<usize> = styles.formats.iter().filter(|(_, code)| *code == format).map(|(id, _)| *id).collect();
            numbers.sort_unstable();
            numbers.first().copied()
        };
        let usual = (1..=49).find(|id| built_in(*id) == format && !self.formats.contains_key(id));
        let id = usual.or_else(|| own(self)).unwrap_or_else(|| {
            let id = self.formats.keys().max().map_or(FIRST_OWN_FORMAT, |most| (most + 1).max(FIRST_OWN_FORMAT));
            self.formats.insert(id, format.to_owned());
            self.added_formats.push((id, format.to_owned()));
            id
        });
        self.with(style, &[("numFmtId", id, "applyNumberFormat")])
    }

    /// Whether another style may still be added.
    pub(super) fn has_room(&self) -> bool {
        self.styles.len() < MOST_STYLES
    }

    /// A style like another but for some attributes, each with the one that says that it holds: one there is, or a new one.
    fn with(&mut self, style: usize, attributes: &[(&str, usize, &str)]) -> usize {
        let Some(whole) = self.styles.get(style) else { return style };
        let end = whole.find('>').map_or(whole.len(), |at| at + 1);
        let (mut tag, rest) = (Tag::new(&whole[..end]), whole[end..].to_owned());
        let is = |tag: &Tag, name: &str, value: usize| tag.number::<usize>(name).unwrap_or(0) == value;
        if attributes.iter().all(|(name, value, _)| is(&tag, name, *value)) {
            return style;
        }
        for (name, value, applies) in attributes {
            if is(&tag, name, *value) {
                continue;
            }
            tag.set(name, &value.to_string());
            tag.set(applies, "1");
        }
        let wanted = format!("{}{rest}", tag.as_str());
        if let Some(at) = self.styles.iter().position(|style| *style == wanted) {
            return at;
        }
        if !self.has_room() {
            return style;
        }
        self.styles.push(wanted);
        self.styles.len() - 1
    }

    fn attribute(&self, style: usize, name: &str) -> usize {
        self.styles.get(style).and_then(|whole| first_tag(whole).number(name)).unwrap_or(0)
    }

    fn prefix(&self, section: &'static str) -> String {
        self.sections.get(section).map_or_else(String::new, |section| first_tag(&self.part[section.tag.clone()]).prefix().to_owned())
    }

    /// The part with what was added; nothing where nothing was.
    pub(super) fn changed(&self) -> Option<Vec<u8>> {
        let mut part = self.part.clone();
        let added_styles = self.styles[self.before..].concat();
        let added_fills = self.fills[self.fills_before..].concat();
        if added_styles.is_empty() && added_fills.is_empty() && self.added_formats.is_empty() {
            return None;
        }
        let prefix = self.prefix("cellXfs");
        let format = |(id, code): &(usize, String)| {
            let mut tag = Tag::new(format!("<{prefix}numFmt numFmtId=\"{id}\"/>"));
            tag.set("formatCode", code);
            tag.as_str().to_owned()
        };
        let added_formats: String = self.added_formats.iter().map(format).collect();
        let mut lists = [("cellXfs", added_styles, self.styles.len()), ("fills", added_fills, self.fills.len())].to_vec();
        match self.sections.get("numFmts") {
            Some(_) => {
                let count = self.count("numFmts") + self.added_formats.len();
                lists.push(("numFmts", added_formats, count));
            }
            // The list of formats comes first.
            None if !added_formats.is_empty() => {
                let fonts = self.part.find("styleSheet").and_then(|at| Some(at + self.part[at..].find('>')? + 1))?;
                let count = self.added_formats.len();
                let list = format!("<{prefix}numFmts count=\"{count}\">{added_formats}</{prefix}numFmts>");
                lists.push(("", list, fonts));
            }
            None => {}
        }
        let place = |(name, _, at): &(&'static str, String, usize)| self.sections.get(name).map_or(*at, |section| section.end);
        // From the end on, so that the places before it hold.
        lists.sort_by_key(|list| std::cmp::Reverse(place(list)));
        for list in lists.iter().filter(|(_, added, _)| !added.is_empty()) {
            let (name, added, count) = list;
            part.insert_str(place(list), added);
            if let Some(section) = self.sections.get(name) {
                let mut tag = Tag::new(&part[section.tag.clone()]);
                if tag.get("count").is_some() {
                    tag.set("count", &count.to_string());
                }
                part.replace_range(section.tag.clone(), tag.as_str());
            }
        }
        Some(part.into_bytes())
    }

    fn count(&self, section: &'static str) -> usize {
        let tag = self.sections.get(section).map(|section| first_tag(&self.part[section.tag.clone()]));
        tag.and_then(|tag| tag.number("count")).unwrap_or(0)
    }
}

/// The start tag that a piece of XML begins with.
fn first_tag(whole: &str) -> Tag {
    Tag::new(&whole[..whole.find('>').map_or(whole.len(), |at| at + 1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = "<styleSheet xmlns=\"m\"><fonts count=\"2\"><font><b/></font><font/></fonts><fills count=\"3\">\
        <fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
        <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF00B050\"/></patternFill></fill></fills>\
        <cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"14\" fontId=\"0\"/>\
        <xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\"><alignment wrapText=\"1\"/><protection locked=\"0\"/></xf>\
        <xf numFmtId=\"14\" fontId=\"1\" fillId=\"2\" applyFill=\"1\" applyFont=\"1\"/></cellXfs><dxfs/></styleSheet>";

    #[test]
    fn a_style_there_is_serves_before_one_is_added() {
        let mut styles = CellStyles::read(PART.as_bytes()).unwrap();
        assert_eq!((styles.format(0), styles.fill(0), styles.fill(1)), ("dd/mm/yyyy", None, Some(2)));
        assert!(styles.is_locked(0) && !styles.is_locked(1) && styles.is_locked(9));
        assert_eq!(styles.painted_like(1, 1), 1);
        assert_eq!(styles.formatted(0, "dd/mm/yyyy"), 0);
        assert_eq!(styles.changed(), None);
        assert_eq!(styles.painted(1, 0x00_B050), 1);
        assert_eq!(styles.unpainted(1), 3);
        assert_eq!(styles.formatted(1, "0 \"days\""), 4);
        assert_eq!(styles.painted(0, 0xFF_0000), 5);
        let after = String::from_utf8(styles.changed().unwrap()).unwrap();
        let again = CellStyles::read(after.as_bytes()).unwrap();
        assert_eq!((again.styles.len(), again.format(4), again.fill(5)), (6, "0 \"days\"", Some(3)));
        assert!(after.contains("<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0 &quot;days&quot;\"/></numFmts><fonts"));
        assert!(after.contains("<cellXfs count=\"6\">") && after.contains("<fills count=\"4\">") && after.contains("<dxfs/>"));
        assert_eq!(again.changed(), None);
    }
}
