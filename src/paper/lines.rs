//! A text in lines of a width, by the real widths of its glyphs. Places no line on a page.

use std::ops::Range;

use krilla::text::KrillaGlyph;
use unicode_bidi::{BidiInfo, Level};

use super::{
    fonts::Weight,
    shaping::{Letters, Run, Shaped, Shaper},
    words::{clean, is_leftward, words},
};

/// The height of a line as a part of its size, in the bundled faces and in others, which reach further.
const LEADING: f32 = 1.3;
const TALL_LEADING: f32 = 1.6;

/// How a text is set. The size is in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    pub size: f32,
    pub letters: Letters,
}

impl Type {
    pub(super) const fn regular(size: f32) -> Self {
        Self { size, letters: Letters { weight: Weight::Regular, tabular: false } }
    }

    pub(super) const fn strong(size: f32) -> Self {
        Self { size, letters: Letters { weight: Weight::Semibold, tabular: false } }
    }

    /// The same with figures that line up.
    pub(super) const fn tabular(self) -> Self {
        Self { letters: Letters { tabular: true, ..self.letters }, ..self }
    }
}

/// A line of text. Lengths are in points.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub runs: Vec<Run>,
    pub size: f32,
    pub width: f32,
    pub height: f32,
    /// The text in the order it is read, where that is not the order it is drawn in.
    pub actual: Option<String>,
    /// Whether it keeps to the right, as a paragraph does that is written from there.
    pub leftward: bool,
}

/// Breaks a text into lines. A blank text is one line with a space, so that there is always something to read.
pub(super) fn broken(shaper: &mut Shaper, text: &str, set: Type, width: f32) -> Vec<Line> {
    let text = clean(text);
    let text = text.trim_end();
    let mut lines = Vec::new();
    let last = text.matches('\n').count();
    for (number, hard) in text.split('\n').enumerate() {
        // What follows on a line of its own is another word.
        let hard = if number < last { format!("{} ", hard.trim_end()) } else { hard.trim_end().to_owned() };
        break_line(shaper, &hard, set, width, &mut lines);
    }
    lines
}

/// How wide a text is whose lines are not broken, at most `most`.
pub(super) fn natural_width(shaper: &mut Shaper, text: &str, set: Type, most: f32) -> f32 {
    let mut widest: f32 = 0.0;
    for hard in clean(text).split('\n') {
        let mut width = 0.0;
        for word in words(hard.trim_end()) {
            width += shaper.word(&hard[word.whole], set.letters).width * set.size;
            if width >= most {
                return most;
            }
        }
        widest = widest.max(width);
    }
    widest
}

/// How wide the widest word of a text is, at most `most`.
pub(super) fn widest_word(shaper: &mut Shaper, text: &str, set: Type, most: f32) -> f32 {
    let text = clean(text);
    let mut widest: f32 = 0.0;
    for hard in text.split('\n') {
        for word in words(hard) {
            widest = widest.max(shaper.word(&hard[word.word], set.letters).width * set.size);
            if widest >= most {
                return most;
            }
        }
    }
    widest
}

/// One line that is shortened with an ellipsis where it is wider than `most`.
pub(super) fn shortened(shaper: &mut Shaper, text: &str, set: Type, most: f32) -> Line {
    let text = clean(text).replace('\n', " ");
    let text = text.trim();
    let mut lines = broken(shaper, text, set, f32::MAX);
    let whole = lines.swap_remove(0);
    if whole.width <= most {
        return whole;
    }
    let room = most - shaper.word("…", set.letters).width * set.size;
    let mut kept = String::new();
    let mut width = 0.0;
    for c in text.chars() {
        width += shaper.word(c.encode_utf8(&mut [0; 4]), set.letters).width * set.size;
        if width > room {
            break;
        }
        kept.push(c);
    }
    let kept = format!("{}…", kept.trim_end());
    let mut lines = broken(shaper, &kept, set, f32::MAX);
    Line { actual: Some(text.to_owned()), ..lines.swap_remove(0) }
}

fn break_line(shaper: &mut Shaper, hard: &str, set: Type, width: f32, lines: &mut Vec<Line>) {
    let leftward = is_leftward(hard);
    let info = leftward.then(|| BidiInfo::new(hard, None));
    let room = width / set.size;
    let mut line = Builder::new(hard);
    for word in words(hard) {
        let ink = shaper.word(&hard[word.word.clone()], set.letters);
        if line.width + ink.width > room && !line.is_empty() {
            lines.push(line.take(shaper, set, info.as_ref()));
        }
        if ink.width <= room {
            let whole = shaper.word(&hard[word.whole.clone()], set.letters);
            line.add(&word.whole, &whole, ink.width);
            continue;
        }
        // A word longer than a line is broken where a glyph ends.
        let pieces = pieces(&ink, &hard[word.word.clone()], room);
        let last = pieces.len() - 1;
        for (number, piece) in pieces.into_iter().enumerate() {
            let start = word.word.start + piece.start;
            let end = if number == last { word.whole.end } else { word.word.start + piece.end };
            let part = shaper.word(&hard[start..end], set.letters);
            let ink = shaper.word(hard[start..end].trim_end(), set.letters);
            line.add(&(start..end), &part, ink.width);
            if number < last {
                lines.push(line.take(shaper, set, info.as_ref()));
            }
        }
    }
    if line.is_empty() {
        let space = shaper.word(" ", set.letters);
        line.runs.extend(space.runs.iter().cloned());
    }
    lines.push(line.take(shaper, set, info.as_ref()));
}

/// The stretches of a word that fit into a line each, at least a glyph.
fn pieces(shaped: &Shaped, text: &str, room: f32) -> Vec<Range<usize>> {
    let mut clusters: Vec<(usize, f32)> = Vec::new();
    let mut base = 0;
    for run in &shaped.runs {
        clusters.extend(run.glyphs.iter().map(|glyph| (base + glyph.text_range.start, glyph.x_advance)));
        base += run.text.len();
    }
    clusters.sort_by_key(|(at, _)| *at);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let (mut from, mut width) = (0, 0.0);
    for (at, advance) in clusters {
        // Shaped apart, a piece may be a trifle wider than its part of the whole.
        if width + advance > room * 0.98 && at > from && text.is_char_boundary(at) {
            pieces.push(from..at);
            (from, width) = (at, 0.0);
        }
        width += advance;
    }
    pieces.push(from..text.len());
    pieces
}

/// The line that is being filled. Widths are parts of the size.
struct Builder<'text> {
    hard: &'text str,
    range: Option<Range<usize>>,
    runs: Vec<Run>,
    /// With the spaces at its end.
    width: f32,
    /// Without them.
    ink: f32,
}

impl<'text> Builder<'text> {
    fn new(hard: &'text str) -> Self {
        Self { hard, range: None, runs: Vec::new(), width: 0.0, ink: 0.0 }
    }

    fn is_empty(&self) -> bool {
        self.range.is_none()
    }

    fn add(&mut self, range: &Range<usize>, shaped: &Shaped, ink: f32) {
        let from = self.range.as_ref().map_or(range.start, |held| held.start);
        self.range = Some(from..range.end);
        self.ink = self.width + ink;
        self.width += shaped.width;
        for run in &shaped.runs {
            append(&mut self.runs, run);
        }
    }

    fn take(&mut self, shaper: &mut Shaper, set: Type, info: Option<&BidiInfo<'_>>) -> Line {
        let built = std::mem::replace(self, Self::new(self.hard));
        let (mut runs, mut actual, mut leftward) = (built.runs, None, false);
        if let (Some(info), Some(range)) = (info, built.range)
            && let Some(paragraph) = info.paragraphs.first()
        {
            runs = reordered(shaper, set, info, paragraph, range.clone());
            leftward = paragraph.level.is_rtl();
            actual = Some(self.hard[range].to_owned());
        }
        let tall = runs.iter().any(|run| !run.face.is_bundled());
        let height = set.size * if tall { TALL_LEADING } else { LEADING };
        Line { runs, size: set.size, width: built.ink * set.size, height, actual, leftward }
    }
}

/// A line of text of both directions, as it is drawn from left to right.
fn reordered(
    shaper: &mut Shaper,
    set: Type,
    info: &BidiInfo<'_>,
    paragraph: &unicode_bidi::ParagraphInfo,
    range: Range<usize>,
) -> Vec<Run> {
    let end = range.start + info.text[range.clone()].trim_end().len();
    let (levels, visual): (Vec<Level>, Vec<Range<usize>>) = info.visual_runs(paragraph, range.start..end.max(range.start));
    let mut runs = Vec::new();
    for run in visual {
        let leftward = levels.get(run.start).is_some_and(Level::is_rtl);
        for run in shaper.shape(&info.text[run], set.letters, leftward).runs {
            runs.push(run);
        }
    }
    if runs.is_empty() {
        runs.extend(shaper.word(" ", set.letters).runs.iter().cloned());
    }
    runs
}

/// Adds a run behind others, to the last where it is of the same font.
fn append(runs: &mut Vec<Run>, run: &Run) {
    match runs.last_mut() {
        Some(last) if last.face == run.face => {
            let by = last.text.len();
            last.text.push_str(&run.text);
            let moved =
                |glyph: &KrillaGlyph| KrillaGlyph { text_range: glyph.text_range.start + by..glyph.text_range.end + by, ..glyph.clone() };
            last.glyphs.extend(run.glyphs.iter().map(moved));
            last.width += run.width;
        }
        _ => runs.push(run.clone()),
    }
}

/// The words of a text, for a test.
#[cfg(test)]
fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: Type = Type::regular(10.0);

    fn lines(text: &str, width: f32) -> Vec<Line> {
        broken(&mut Shaper::new(), text, SET, width)
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_no_word_is_lost() {
        let long = "unbreakable".repeat(400);
        for text in ["Review the plan with every service by the end of the year", &long, "a\n\nb", "10-12 weeks", "ffi fi fl office"] {
            for width in [30.0, 62.0, 200.0] {
                let lines = lines(text, width);
                let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
                assert!(widest <= width + 0.01, "{widest} > {width}: {text:.20}");
                let kept: String = texts(&lines).concat();
                assert_eq!(kept.split_whitespace().collect::<String>(), text.split_whitespace().collect::<String>());
            }
        }
    }

    #[test]
    fn a_blank_text_is_a_line_with_a_space() {
        for text in ["", "  ", "\n"] {
            assert_eq!(texts(&lines(text, 100.0)), [" "], "{text:?}");
        }
        assert_eq!(lines("one\n\ntwo", 100.0).len(), 3);
    }

    #[test]
    fn what_is_written_from_the_right_is_read_in_its_own_order() {
        let lines = lines("خطة العمل 2024", 300.0);
        assert!(lines[0].leftward);
        assert_eq!(lines[0].actual.as_deref(), Some("خطة العمل 2024"));
    }

    #[test]
    fn what_is_shortened_says_so_and_fits() {
        let mut shaper = Shaper::new();
        let line = shortened(&mut shaper, "Share of referrals that were answered within a day", SET, 80.0);
        assert!(line.width <= 80.0);
        assert!(texts(&[line])[0].ends_with('…'));
        let short = shortened(&mut shaper, "Share", SET, 80.0);
        assert_eq!(texts(&[short]), ["Share"]);
    }
}
