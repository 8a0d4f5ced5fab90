//! A document for paper: headings, tables and figures to the pages of a tagged PDF. Knows no plan, reads no clock and writes no file.

mod blocks;
mod columns;
mod figures;
mod fonts;
mod layout;
mod lines;
mod pages;
#[cfg(test)]
pub(crate) mod read_back;
mod shaping;
mod strips;
mod system_fonts;
mod tables;
mod tags;
mod widths;
mod words;
mod write;

pub use blocks::{Block, Cell, Colour, Column, Drawing, Figure, Look, Orientation, Palette, Paper, Row, Shape, Signed, Table, Tile, Width};

use layout::Layout;

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("it was cancelled")]
    Cancelled,
    /// What was laid out does not pass as an accessible PDF, or a font could not be put into it.
    #[error("the PDF could not be made ({0})")]
    Refused(String),
}

/// Hears how much is done, 0 to 1, and answers false to stop.
pub type Progress<'a> = &'a mut dyn FnMut(f32) -> bool;

/// The pages of a paper as the bytes of a PDF 1.7 file that was held to PDF/UA-1.
///
/// # Errors
/// When it was cancelled, or does not pass as PDF/UA-1.
pub fn pdf(paper: &Paper, progress: Progress<'_>) -> Result<Vec<u8>, PaperError> {
    let mut layout = Layout::of(paper);
    layout.lay_all(&mut |done| progress(done * 0.6))?;
    write::bytes(layout.finish(), &mut |done| progress(0.6 + done * 0.4))
}

/// Whether a PDF was written by this program from the document of an identity, and nobody added to it since.
#[must_use]
pub fn is_own(bytes: &[u8], identity: &str) -> bool {
    write::is_own(bytes, identity)
}

/// The headings of a paper with the page of each from 1, and how many pages it takes.
///
/// # Errors
/// When it was cancelled.
pub fn contents(paper: &Paper, progress: Progress<'_>) -> Result<(Vec<(String, usize)>, usize), PaperError> {
    let mut layout = Layout::of(paper);
    layout.lay_all(progress)?;
    let laid = layout.finish();
    let headings = laid.bookmarks.into_iter().map(|mark| (mark.text, mark.page + 1));
    Ok((headings.collect(), laid.pages.len()))
}

/// How many pages a paper takes.
///
/// # Errors
/// When it was cancelled.
pub fn page_count(paper: &Paper, progress: Progress<'_>) -> Result<usize, PaperError> {
    let mut layout = Layout::of(paper);
    layout.lay_all(progress)?;
    Ok(layout.finish().pages.len())
}

#[cfg(test)]
mod tests;
