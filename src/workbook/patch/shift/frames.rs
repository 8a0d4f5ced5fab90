//! The walk over a part with the elements that are open, and the taking out of elements and of lists that are left empty.

use super::{
    CannotShift, Said, SaidWhat, Shifted,
    address::Area,
    adjust::{Context, Manner},
    decoded::Decoded,
    markup::{Attribute, Step, Tag, Walk},
    patch::Patch,
};

/// Lists that may not stand empty: when everything in them is taken out, they go too.
const LISTS: [&str; 19] = [
    "mergeCells",
    "hyperlinks",
    "dataValidations",
    "rowBreaks",
    "colBreaks",
    "ignoredErrors",
    "protectedRanges",
    "cellWatches",
    "sparklines",
    "sparklineGroups",
    "conditionalFormattings",
    "definedNames",
    "dataRefs",
    "ext",
    "extLst",
    "singleXmlCells",
    "scenario",
    "scenarios",
    "cols",
];

/// The attributes that count the children of a list.
const COUNTS: [&str; 2] = ["count", "manualBreakCount"];

/// The deepest that elements may stand in one another.
const DEEPEST: usize = 2_000;

/// The most that is told of one part.
const MOST_SAID: usize = 1_000;

/// A part that is being changed.
pub(super) struct Job<'a> {
    pub source: &'a str,
    pub context: Context<'a>,
    pub patch: Patch,
    pub said: Vec<Said>,
    pub unsaid: usize,
    /// The whole part, where it was put together anew.
    pub whole: Option<String>,
}

/// An element that is open.
pub(super) struct Frame<'a> {
    pub tag: Tag<'a>,
    pub children: u32,
    pub gone: u32,
    /// How many elements are put in before its end.
    pub added: u32,
    /// Whether it is to be taken out.
    pub remove: bool,
}

/// The elements that are open, the innermost last.
#[derive(Default)]
pub(super) struct Frames<'a>(Vec<Frame<'a>>);

/// What sees the elements of a part.
pub(super) trait Visitor<'a> {
    /// An element begins; it is the innermost. Whoever walks over it to its end says so.
    fn open(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, walk: &mut Walk<'a>, tag: Tag<'a>) -> Result<bool, CannotShift>;

    /// An element ends, whose content stands between two bytes; it is still the innermost.
    fn close(&mut self, job: &mut Job<'a>, frames: &mut Frames<'a>, tag: Tag<'a>, content: (usize, usize)) -> Result<(), CannotShift>;
}

impl<'a> Job<'a> {
    pub(super) fn new(source: &'a str, context: Context<'a>) -> Self {
        Self { source, context, patch: Patch::default(), said: Vec::new(), unsaid: 0, whole: None }
    }

    /// Walks over all elements.
    ///
    /// # Errors
    /// When the markup is broken, or when the visitor refuses.
    pub(super) fn walk(&mut self, lenient: bool, visitor: &mut dyn Visitor<'a>) -> Result<(), CannotShift> {
        let mut walk = Walk::new(self.source, lenient);
        let mut frames = Frames::default();
        loop {
            match walk.next()? {
                Step::Open(tag) => {
                    if let Some(parent) = frames.0.last_mut() {
                        parent.children += 1;
                    }
                    if frames.0.len() >= DEEPEST {
                        return Err(CannotShift::TooMany { what: "elements inside one another" });
                    }
                    frames.0.push(Frame { tag, children: 0, gone: 0, added: 0, remove: false });
                    let taken = visitor.open(self, &mut frames, &mut walk, tag)?;
                    if taken {
                        frames.0.pop();
                    } else if tag.empty {
                        visitor.close(self, &mut frames, tag, (tag.end, tag.end))?;
                        frames.end(&mut self.patch, tag.end);
                    }
                }
                Step::Close { name, start, end } => {
                    let Some(depth) = frames.0.iter().rposition(|frame| frame.tag.name == name) else { continue };
                    // Old drawings leave elements open.
                    frames.0.truncate(depth + 1);
                    let tag = frames.0[depth].tag;
                    visitor.close(self, &mut frames, tag, (tag.end, start))?;
                    frames.end(&mut self.patch, end);
                }
                Step::Done if frames.0.is_empty() || lenient => return Ok(()),
                Step::Done => return Err(CannotShift::Unreadable("it ends too early".to_owned())),
            }
        }
    }

    /// What stands between two bytes of the part.
    pub(super) fn raw(&self, range: (usize, usize)) -> &'a str {
        self.source.get(range.0..range.1).unwrap_or_default()
    }

    /// Adjusts the formula between two bytes of the part, and tells whether nothing is left of it.
    ///
    /// # Errors
    /// As [`Context::adjust`].
    pub(super) fn formula(&mut self, range: (usize, usize), manner: Manner<'_>, place: &dyn Fn() -> String) -> Result<bool, CannotShift> {
        let raw = self.raw(range);
        let decoded = Decoded::of(raw, range.0);
        let adjusted = self.context.adjust(&decoded.text, manner)?;
        for (start, end, text) in &adjusted.splices {
            let (start, end) = decoded.place(*start, *end);
            self.patch.replace(start, end, text);
        }
        let mut lost = false;
        if adjusted.broken || adjusted.ends_above {
            let text = adjusted.text(&decoded.text);
            lost = adjusted.broken && text.trim().trim_start_matches('=') == "#REF!";
            self.say(place(), if adjusted.broken { SaidWhat::Broken } else { SaidWhat::EndsAbove }, text);
        }
        Ok(lost)
    }

    /// The same for a formula in an attribute.
    ///
    /// # Errors
    /// As [`Context::adjust`].
    pub(super) fn formula_in(&mut self, tag: &Tag<'_>, name: &str, place: &dyn Fn() -> String) -> Result<bool, CannotShift> {
        match tag.get(name) {
            Some(attribute) => self.formula((attribute.start, attribute.end), Manner::Formula, place),
            None => Ok(false),
        }
    }

    pub(super) fn say(&mut self, place: String, what: SaidWhat, formula: String) {
        if self.said.len() < MOST_SAID {
            self.said.push(Said { place, what, formula });
        } else {
            self.unsaid += 1;
        }
    }

    /// Replaces the value of an attribute where it differs.
    pub(super) fn set(&mut self, attribute: &Attribute<'_>, value: &str) {
        if attribute.value != value {
            self.patch.replace(attribute.start, attribute.end, value);
        }
    }

    /// The stretch of an area along the axis of the shift.
    pub(super) fn along(&self, area: &Area) -> (u32, u32) {
        self.context.shift.axis.of(area.rows, area.columns)
    }

    /// An area with another stretch along the axis.
    pub(super) fn with_stretch(&self, area: &Area, stretch: (u32, u32)) -> Area {
        match self.context.shift.axis {
            super::Axis::Rows => Area { rows: stretch, ..*area },
            super::Axis::Columns => Area { columns: stretch, ..*area },
        }
    }

    /// Where one cell goes; `None` when it is deleted.
    pub(super) fn cell(&self, row: u32, column: u32) -> Option<(u32, u32)> {
        let shift = self.context.shift;
        match shift.axis {
            super::Axis::Rows => Some((shift.place(row)?, column)),
            super::Axis::Columns => Some((row, shift.place(column)?)),
        }
    }

    /// A place of the part's sheet, for what is said.
    pub(super) fn named(&self, place: &str) -> String {
        if self.context.sheet.is_empty() { place.to_owned() } else { format!("{}!{place}", self.context.sheet) }
    }
}

impl<'a> Frames<'a> {
    pub(super) fn current(&mut self) -> Option<&mut Frame<'a>> {
        self.0.last_mut()
    }

    /// The element around the innermost.
    pub(super) fn parent(&mut self) -> Option<&mut Frame<'a>> {
        let at = self.0.len().checked_sub(2)?;
        self.0.get_mut(at)
    }

    pub(super) fn parent_name(&self) -> &'a str {
        self.0.len().checked_sub(2).map_or("", |at| self.0[at].tag.name)
    }

    /// The nearest open element of a name.
    pub(super) fn nearest(&mut self, name: &str) -> Option<&mut Frame<'a>> {
        self.0.iter_mut().rev().find(|frame| frame.tag.name == name)
    }

    /// Has the innermost element taken out.
    pub(super) fn remove_current(&mut self) {
        if let Some(frame) = self.current() {
            frame.remove = true;
        }
    }

    /// Ends the innermost element.
    fn end(&mut self, patch: &mut Patch, end: usize) {
        let Some(frame) = self.0.pop() else { return };
        let emptied = frame.gone > 0 && frame.added == 0 && frame.gone == frame.children && LISTS.contains(&frame.tag.name);
        if frame.remove || emptied {
            patch.remove(frame.tag.start, end);
            if let Some(parent) = self.0.last_mut() {
                parent.gone += 1;
                // A group of sparklines has its colours beside them.
                parent.remove |= frame.tag.name == "sparklines";
            }
        } else if frame.gone > 0 || frame.added > 0 {
            for count in COUNTS.iter().filter_map(|name| frame.tag.get(name)) {
                if let Ok(number) = count.value.trim().parse::<u32>() {
                    patch.replace_with_number(count.start, count.end, (number + frame.added).saturating_sub(frame.gone));
                }
            }
        }
    }
}

/// The part as it is after its change.
pub(super) fn finished(job: Job<'_>) -> Shifted {
    let bytes = match job.whole {
        Some(whole) => whole,
        None if job.patch.is_empty() => job.source.to_owned(),
        None => job.patch.applied(job.source),
    };
    Shifted { bytes: bytes.into_bytes(), said: job.said, unsaid: job.unsaid }
}
