//! What a chosen file name says of the kind of file, and what can be written where it is of another kind. Writes nothing.

use std::path::{Path, PathBuf};

use super::open_error::shown;
use crate::store::ENDING;

/// Something that is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Document,
    Return,
    /// A return on paper.
    Pdf,
    Picture,
}

/// The endings of other kinds of file; any other dot belongs to a name, as in `Plan v1.2`.
const KINDS: [&str; 24] = [
    ENDING, "xlsx", "xlsm", "xlsb", "xls", "xltx", "xlt", "ods", "csv", "tsv", "txt", "doc", "docx", "odt", "rtf", "pdf", "html", "htm",
    "json", "xml", "zip", "png", "jpg", "jpeg",
];

/// A name of another kind of file than what is to be written, and what can be done instead.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherKind {
    pub words: String,
    /// What can be written, each under its name.
    pub offers: Vec<(Written, PathBuf)>,
}

impl Written {
    fn ending(self) -> &'static str {
        match self {
            Self::Document => ENDING,
            Self::Return => "xlsx",
            Self::Pdf => "pdf",
            Self::Picture => "png",
        }
    }

    /// The name it is written under: one without an ending gets its own.
    ///
    /// # Errors
    /// Where the name says that it is of another kind.
    pub fn named(self, path: PathBuf) -> Result<PathBuf, OtherKind> {
        match kind(&path) {
            None => Ok(with_ending(&path, self.ending())),
            Some(kind) if kind != self.ending() => Err(self.instead(&path, kind)),
            // Some dialogs put their own ending behind the one that was typed.
            Some(_) => match kind(&path.with_extension("")) {
                Some(other) if other != self.ending() => Err(self.instead(&path.with_extension(""), other)),
                _ => Ok(path),
            },
        }
    }

    fn instead(self, path: &Path, kind: &str) -> OtherKind {
        let own = |written: Self| path.with_extension(written.ending());
        let [document, exported, picture] = [Self::Document, Self::Return, Self::Picture].map(|what| (what, own(what)));
        let name = shown(path);
        match self {
            Self::Document => OtherKind {
                words: format!(
                    "“{name}” is not the name of a plandesk file. Only a .{ENDING} file keeps all of the plan: it would be “{}”. \
                     The return for a board is an Excel workbook: it would be “{}”.",
                    shown(&own(Self::Document)),
                    shown(&own(Self::Return)),
                ),
                offers: if kind.starts_with("xl") || kind == "ods" { vec![document, exported] } else { vec![document] },
            },
            Self::Return => OtherKind {
                words: format!("The return is an Excel workbook (.xlsx): it would be “{}”, not “{name}”.", shown(&own(Self::Return))),
                offers: if kind == ENDING { vec![exported, document] } else { vec![exported] },
            },
            Self::Pdf => OtherKind {
                words: format!("The return on paper is a PDF (.pdf): it would be “{}”, not “{name}”.", shown(&own(Self::Pdf))),
                offers: vec![(Self::Pdf, own(Self::Pdf))],
            },
            Self::Picture => OtherKind {
                words: format!("The picture is a PNG: it would be “{}”, not “{name}”.", shown(&own(Self::Picture))),
                offers: vec![picture],
            },
        }
    }
}

/// Whether a name says of no kind of file that it is one.
pub(super) fn is_bare(path: &Path) -> bool {
    kind(path).is_none()
}

/// A name with an ending behind it.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    name.into()
}

/// The ending of a kind of file that a name has, in lower case.
fn kind(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.trim_end().to_lowercase();
    KINDS.into_iter().find(|kind| *kind == ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_an_ending_gets_its_own_and_another_kind_is_told() {
        use Written::{Document, Pdf, Picture, Return};
        for (written, name, expected) in [
            (Document, "plan", Ok("plan.plandesk")),
            (Document, "plan.plandesk", Ok("plan.plandesk")),
            (Document, "PLAN.PLANDESK", Ok("PLAN.PLANDESK")),
            (Document, "Plan v1.2", Ok("Plan v1.2.plandesk")),
            (Document, "plan.xlsx", Err(2)),
            (Document, "plan.XLSX", Err(2)),
            (Document, "plan.xlsx.plandesk", Err(2)),
            (Document, "plan.xls", Err(2)),
            (Document, "plan.csv", Err(1)),
            (Document, "plan.pdf", Err(1)),
            (Return, "plan return", Ok("plan return.xlsx")),
            (Return, "plan.xlsx", Ok("plan.xlsx")),
            (Return, "plan.xls", Err(1)),
            (Return, "plan.plandesk", Err(2)),
            (Pdf, "plan return", Ok("plan return.pdf")),
            (Pdf, "plan.PDF", Ok("plan.PDF")),
            (Pdf, "plan.docx", Err(1)),
            (Picture, "chart", Ok("chart.png")),
            (Picture, "chart.jpg", Err(1)),
        ] {
            let named = written.named(Path::new("folder").join(name)).map_err(|other| other.offers.len());
            assert_eq!(named, expected.map(|name| Path::new("folder").join(name)), "{name}");
        }
    }

    #[test]
    fn what_is_offered_is_named() {
        let Err(other) = Written::Document.named("folder/plan.xlsx".into()) else { unreachable!("it is another kind") };
        let offers = [(Written::Document, "folder/plan.plandesk"), (Written::Return, "folder/plan.xlsx")];
        assert_eq!(other.offers, offers.map(|(what, name)| (what, name.into())));
        assert!(other.words.contains("“plan.plandesk”") && other.words.contains("“plan.xlsx”"), "{}", other.words);
    }
}
