//! Words to the glyphs that draw them, each word worked out once. Breaks no lines.

use std::{collections::HashMap, ops::Range, rc::Rc};

use harfrust::{Direction, Feature, ShapeOptions, Tag, UnicodeBuffer};
use krilla::text::{GlyphId, KrillaGlyph};

use super::fonts::{FaceId, Fonts, Weight};

/// The most words that are kept.
const MOST_KEPT: usize = 50_000;
/// The longest word that is kept, in bytes.
const LONGEST_KEPT: usize = 60;
/// What stands for a character that no font has.
const MISSING: &str = "\u{fffd}";

/// How text is set, apart from its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Letters {
    pub weight: Weight,
    /// Whether all figures are of one width, so that they line up.
    pub tabular: bool,
}

/// Glyphs of one font. Lengths are parts of the size.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub face: FaceId,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    pub width: f32,
}

/// A text as glyphs, from left to right.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    pub runs: Vec<Run>,
    pub width: f32,
}

/// Shapes text, and keeps what it shaped.
pub(super) struct Shaper {
    pub fonts: Fonts,
    kept: HashMap<(Letters, Box<str>), Rc<Shaped>>,
    /// How many characters were met that no font has.
    pub missing: usize,
}

impl Shaper {
    pub(super) fn new() -> Self {
        Self { fonts: Fonts::new(), kept: HashMap::new(), missing: 0 }
    }

    /// A word that is written from left to right.
    pub(super) fn word(&mut self, text: &str, letters: Letters) -> Rc<Shaped> {
        let key = (letters, text.into());
        if let Some(known) = self.kept.get(&key) {
            return Rc::clone(known);
        }
        let shaped = Rc::new(self.shape(text, letters, false));
        if text.len() <= LONGEST_KEPT {
            if self.kept.len() >= MOST_KEPT {
                self.kept.clear();
            }
            self.kept.insert(key, Rc::clone(&shaped));
        }
        shaped
    }

    /// A text of one direction.
    pub(super) fn shape(&mut self, text: &str, letters: Letters, leftward: bool) -> Shaped {
        let bundled = Fonts::bundled(letters.weight);
        let whole = self.run(text, bundled, letters.tabular, leftward);
        let lacking = lacking(&whole);
        if lacking.is_empty() {
            let width = whole.width;
            return Shaped { runs: vec![whole], width };
        }
        let mut runs: Vec<Run> = Vec::new();
        for (range, lacks) in parted(text, &lacking) {
            let piece = &text[range];
            if lacks {
                self.others(piece, letters, leftward, &mut runs);
            } else {
                runs.push(self.run(piece, bundled, letters.tabular, leftward));
            }
        }
        if leftward {
            runs.reverse();
        }
        let width = runs.iter().map(|run| run.width).sum();
        Shaped { runs, width }
    }

    /// A text in fonts of the system, with a sign in place of what none of them has.
    fn others(&mut self, text: &str, letters: Letters, leftward: bool, runs: &mut Vec<Run>) {
        let mut from = 0;
        let mut before: Option<Option<FaceId>> = None;
        let mut stretches: Vec<(Range<usize>, Option<FaceId>)> = Vec::new();
        for (at, c) in text.char_indices() {
            // What only joins or varies others is drawn by the font of what it joins.
            let id = match before {
                Some(id) if joins(c) => id,
                _ => self.fonts.with(c),
            };
            if let Some(last) = before
                && last != id
            {
                stretches.push((from..at, last));
                from = at;
            }
            before = Some(id);
        }
        if let Some(last) = before {
            stretches.push((from..text.len(), last));
        }
        for (range, id) in stretches {
            let piece = &text[range];
            let found = id.map(|id| self.run(piece, id, false, leftward)).filter(|run| lacking(run).is_empty());
            match found {
                Some(run) => runs.push(run),
                None => runs.push(self.missing(piece, letters)),
            }
        }
    }

    /// A sign for each character that no font has; whoever copies or hears the text still gets the character.
    fn missing(&mut self, text: &str, letters: Letters) -> Run {
        let sign = self.run(MISSING, Fonts::bundled(letters.weight), false, false);
        let mut run = Run { face: sign.face, text: text.to_owned(), glyphs: Vec::new(), width: 0.0 };
        for (at, c) in text.char_indices().filter(|(_, c)| !joins(*c)) {
            self.missing += 1;
            let rest = text[at + c.len_utf8()..].chars().take_while(|c| joins(*c)).map(char::len_utf8).sum::<usize>();
            run.glyphs.extend(sign.glyphs.iter().map(|glyph| KrillaGlyph { text_range: at..at + c.len_utf8() + rest, ..glyph.clone() }));
            run.width += sign.width;
        }
        run
    }

    /// A text in one font; a character it lacks has the glyph 0.
    fn run(&self, text: &str, id: FaceId, tabular: bool, leftward: bool) -> Run {
        let mut run = Run { face: id, text: text.to_owned(), glyphs: Vec::new(), width: 0.0 };
        let face = self.fonts.face(id);
        let Some(tables) = face.tables() else { return run };
        let shaper = face.shaper.shaper(&tables).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if leftward { Direction::RightToLeft } else { Direction::LeftToRight });
        let figures = [Feature::new(Tag::new(b"tnum"), 1, ..)];
        let features: &[Feature] = if tabular { &figures } else { &[] };
        let glyphs = shaper.shape(buffer, ShapeOptions::new().features(features));
        let units = shaper.units_per_em().max(1) as f32;
        let mut starts: Vec<usize> = glyphs.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        starts.push(text.len());
        for (info, place) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
            let start = info.cluster as usize;
            let next = starts.binary_search(&start).map_or(starts.len() - 1, |at| at + 1);
            let part = |length: i32| length as f32 / units;
            let range = start..starts.get(next).copied().unwrap_or(text.len()).max(start);
            run.width += part(place.x_advance);
            let (x, y) = (part(place.x_offset), part(place.y_offset));
            run.glyphs.push(KrillaGlyph::new(GlyphId::new(info.glyph_id), part(place.x_advance), x, y, part(place.y_advance), range, None));
        }
        run
    }
}

/// The stretches of a run's text that its font lacks, in order and apart from one another.
fn lacking(run: &Run) -> Vec<Range<usize>> {
    let mut lacking: Vec<Range<usize>> =
        run.glyphs.iter().filter(|glyph| glyph.glyph_id.to_u32() == 0).map(|glyph| glyph.text_range.clone()).collect();
    lacking.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in lacking {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// A text in the stretches that a font has and lacks, in order.
fn parted(text: &str, lacking: &[Range<usize>]) -> Vec<(Range<usize>, bool)> {
    let mut parts = Vec::new();
    let mut from = 0;
    for range in lacking {
        if from < range.start {
            parts.push((from..range.start, false));
        }
        parts.push((range.clone(), true));
        from = range.end;
    }
    if from < text.len() {
        parts.push((from..text.len(), false));
    }
    parts
}

/// Whether a character only joins or varies the one before it.
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{20e3}')
        || matches!(c, '\u{300}'..='\u{36f}')
}
