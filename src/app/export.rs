//! A document to the bytes and the name of its return. Writes no file.

use std::{borrow::Cow, path::Path};

use super::file_extension::PictureKind;
use crate::{
    insight::{AsOf, Report, told_of},
    model::{Document, FrozenReturn, Overridden},
    paper::{self, PaperError},
    publish,
    returns::{self, Template},
    workbook::{
        self, SaveError,
        accessibility::{Accessibility, accessibility},
    },
};

/// Characters that no file system everywhere takes in a name.
const FORBIDDEN: &[char] = &['<', '>', ':', '"', '/', '\\', '|', '?', '*'];

/// What Windows keeps for itself, whatever its case and ending; with COM0 to COM9 and LPT0 to LPT9.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// The longest part of a name taken from the document, in characters.
const LONGEST: usize = 80;

/// What is wished of a return.
#[derive(Clone, Copy, Debug)]
pub struct Wished<'a> {
    pub template: &'static Template,
    /// Whether what its owner hid is in it.
    pub with_hidden: bool,
    pub as_of: AsOf,
    /// The earlier return that it is held against.
    pub baseline: Option<&'a FrozenReturn>,
    /// The questions that were passed over, each with why.
    pub overridden: &'a [Overridden],
}

impl Default for Wished<'_> {
    /// The usual return, compared with none, without what is hidden, judged at no day of its own.
    fn default() -> Self {
        Self { template: returns::board(), with_hidden: false, as_of: AsOf::default(), baseline: None, overridden: &[] }
    }
}

impl Wished<'_> {
    /// What is said of a document; `seen` is what of the whole leaves the program.
    pub(super) fn report<'doc>(&self, whole: &Document, seen: &'doc Document) -> Report<'doc> {
        let baseline = self.baseline.map(|baseline| told_of(baseline, self.with_hidden, whole, seen));
        Report { overridden: self.overridden.to_vec(), ..Report::of(seen, self.as_of, baseline.as_deref()) }
    }
}

/// What a return is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Workbook,
    Pdf,
}

impl Format {
    /// Every one, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Workbook, Self::Pdf];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Workbook => "Excel workbook",
            Self::Pdf => "PDF",
        }
    }

    /// What the name of a file says.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let pdf = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
        if pdf { Self::Pdf } else { Self::Workbook }
    }
}

/// A return as the bytes of a workbook. `progress` is told how many rows are written and returns false to cancel.
///
/// # Errors
/// When it is more than a workbook holds, or was cancelled.
pub fn export(document: &Document, wished: Wished<'_>, progress: &mut (dyn FnMut(usize) -> bool + Send)) -> Result<Vec<u8>, SaveError> {
    let seen = if wished.with_hidden { Cow::Borrowed(document) } else { publish::seen(document) };
    if !progress(0) {
        return Err(SaveError::Cancelled);
    }
    let report = wished.report(document, &seen);
    let (pages, properties) = (wished.template.pages)(&report);
    workbook::save(&pages, &properties, progress)
}

/// A return on paper as the bytes of a PDF. `progress` is told how much is done, 0 to 1, and returns false to cancel.
///
/// # Errors
/// When it was cancelled, or does not pass as an accessible PDF.
pub fn export_pdf(document: &Document, wished: Wished<'_>, progress: &mut dyn FnMut(f32) -> bool) -> Result<Vec<u8>, PaperError> {
    let seen = if wished.with_hidden { Cow::Borrowed(document) } else { publish::seen(document) };
    if !progress(0.0) {
        return Err(PaperError::Cancelled);
    }
    let report = wished.report(document, &seen);
    if !progress(0.1) {
        return Err(PaperError::Cancelled);
    }
    paper::pdf(&(wished.template.paper)(&report), &mut |done| progress(0.1 + done * 0.9))
}

/// Heads what is said of whether everyone can read a return.
pub(super) const ACCESSIBILITY: &str = "Accessibility";

/// Whether a return is to be published, and so is checked.
pub(super) fn is_checked(template: &Template) -> bool {
    *template == *returns::publication()
}

/// Whether everyone can read a return that is to be published, told from its bytes; nothing of the others, or where that was cancelled.
/// `wanted` is asked now and then, and returns false to cancel.
#[must_use]
pub fn accessibility_of(template: &Template, bytes: &[u8], wanted: &dyn Fn() -> bool) -> Option<Accessibility> {
    is_checked(template).then(|| accessibility(bytes, wanted).ok()).flatten()
}

/// The file name a return is offered under: `Good Neighbours Plan return.xlsx`, `Good Neighbours Plan exceptions.pdf`.
#[must_use]
pub fn return_name(document: &Document, template: &Template, format: Format) -> String {
    let ending = match format {
        Format::Workbook => "xlsx",
        Format::Pdf => "pdf",
    };
    format!("{} {}.{ending}", file_stem(document), template.file)
}

/// The file name that the return of a period is offered under: `Good Neighbours Plan Q3 2026-27 return.xlsx`.
#[must_use]
pub fn closing_name(document: &Document, template: &Template, period: &str) -> String {
    let period = legal_stem(&period.replace('/', "-")).map_or_else(String::new, |period| format!(" {period}"));
    format!("{}{period} {}.xlsx", file_stem(document), template.file)
}

/// A document's name with only what a file name may hold.
#[must_use]
pub fn file_stem(document: &Document) -> String {
    legal_stem(document.name()).unwrap_or_else(|| "Untitled plan".to_owned())
}

/// The name a chart's picture is offered under.
#[must_use]
pub fn picture_name(title: &str, kind: PictureKind) -> String {
    format!("{}.{}", legal_stem(title).unwrap_or_else(|| "Chart".to_owned()), kind.ending())
}

/// Words as the stem of a file name that Windows takes too; `None` where nothing is left of them.
fn legal_stem(words: &str) -> Option<String> {
    let allowed = |c: char| if c.is_control() || is_format(c) || FORBIDDEN.contains(&c) { ' ' } else { c };
    let words: String = words.chars().map(allowed).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = words.chars().take(LONGEST).collect();
    let stem = cut.trim_matches(['.', ' ']);
    // A device's name stays one whatever ending stands behind it.
    let device = stem.split('.').next().unwrap_or("").trim();
    let numbered = |name: &str| {
        let rest = device.to_ascii_uppercase();
        rest.strip_prefix(name)
            .is_some_and(|rest| matches!(rest, "¹" | "²" | "³") || rest.parse::<u8>().is_ok_and(|number| number < 10 && rest.len() == 1))
    };
    let is_device = DEVICES.iter().any(|name| device.eq_ignore_ascii_case(name)) || numbered("COM") || numbered("LPT");
    match stem {
        "" => None,
        stem if is_device => Some(stem.replacen(device, &format!("{device}_"), 1)),
        stem => Some(stem.to_owned()),
    }
}

/// Whether a character only steers how others are shown, such as one that turns the direction of writing.
fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Table, TableKind};

    #[test]
    fn a_picture_is_named_as_its_chart_where_windows_takes_that() {
        for (title, expected) in [
            ("Homes < 20 °C: share / all?", "Homes 20 °C share all.png"),
            ("Visits 50%...", "Visits 50%.png"),
            ("con", "con_.png"),
            ("Nul. rate", "Nul_. rate.png"),
            ("lpt1", "lpt1_.png"),
            ("Company", "Company.png"),
            ("a\u{202e}b\tc", "a b c.png"),
            ("?", "Chart.png"),
        ] {
            assert_eq!(picture_name(title, PictureKind::Png), expected);
        }
        assert!(picture_name(&"long ".repeat(90), PictureKind::Svg).chars().count() <= LONGEST + 4);
    }

    #[test]
    fn names_hold_only_what_a_file_name_may() {
        for (name, expected) in [
            ("Good Neighbours Plan", "Good Neighbours Plan return.xlsx"),
            ("Plan 2017/18: “care”\nand more", "Plan 2017 18 “care” and more return.xlsx"),
            ("../..", "Untitled plan return.xlsx"),
        ] {
            let table = Table { name: name.into(), ..Table::new(TableKind::Plan, Vec::new(), Vec::new()) };
            assert_eq!(return_name(&Document::of(vec![table]), returns::board(), Format::Workbook), expected);
        }
    }
}
