//! Pages to the bytes of an .xlsx workbook. Decides nothing about what stands where; never touches a file.

mod charts;
mod finish;
mod large;
#[cfg(test)]
mod large_tests;
mod library;
mod printing;
mod shared;
mod splice;
mod tables;

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle,
    DocProperties, Format, FormatAlign, FormatBorder, FormatUnderline, Formula, Note, Url, Workbook, Worksheet, XlsxError,
};
use thiserror::Error;

use self::{large::LargePage, shared::SharedTexts};
use super::escaped::coded;
use super::package::with_label;
use super::packed::PackError;
use super::page::{Area, Banded, Coloured, Content, Look, MadeFor, Page, PageCell, Properties};
use super::row_heights::{RowHeight, row_heights};
use crate::model::{General, column_letters, excel::LONGEST_LITERAL, kinds::Side, place_of};

/// How many rows are written between two looks at whether to go on.
const ROWS_A_STEP: usize = 256;
/// The line around filled and headed cells.
const BORDER: u32 = 0x00A6_A6A6;

/// Why no workbook was written.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SaveError {
    #[error("The return was cancelled.")]
    Cancelled,
    #[error("{place} holds {characters} characters, and Excel holds at most 32,767 in a cell. Shorten it, then export again.")]
    TooLong { place: String, characters: usize },
    #[error(
        "{place} is past the last cell of an Excel sheet (1,048,576 rows, 16,384 columns). Split the table over two sheets, then export again."
    )]
    PastTheEnd { place: String },
    #[error(
        "The sheet {sheet} could not be written to an Excel workbook. Give it another name and look at its longest texts, then export again."
    )]
    Sheet { sheet: String },
    #[error("This return is of paper only. Export it as a PDF.")]
    PaperOnly,
    #[error("The workbook could not be put together. Save the document, and report this with it.")]
    Workbook,
}

/// Writes pages as a workbook. `progress` is told the rows written so far, and cancels by answering `false`.
///
/// # Errors
/// When a text or a table is larger than Excel holds, or when it is cancelled.
pub fn save(pages: &[Page<'_>], properties: &Properties, progress: &mut (dyn FnMut(usize) -> bool + Send)) -> Result<Vec<u8>, SaveError> {
    saved(pages, properties, large::LARGE, progress)
}

/// The same, where a page is large from so many cells on.
fn saved(
    pages: &[Page<'_>],
    properties: &Properties,
    large: usize,
    progress: &mut (dyn FnMut(usize) -> bool + Send),
) -> Result<Vec<u8>, SaveError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&document_properties(properties));
    let mut steps = Steps { progress, rows: 0, cancelled: false };
    let (mut texts, mut larges) = (SharedTexts::default(), Vec::new());
    let heights: Vec<Vec<RowHeight>> = pages.iter().map(row_heights).collect();
    let mut given = Given::default();
    for (place, page) in pages.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        if page.made_for != MadeFor::Publication {
            printing::set_margins(sheet, properties);
        }
        let large = LargePage::plan(place, page, large, &charted(pages, page), &mut texts);
        write_page(sheet, (page, &heights[place]), large.as_ref(), &mut given, &mut steps)?;
        larges.extend(large);
    }
    let mut output = Output { bytes: Vec::new(), steps };
    let written = workbook.save_to_writer(&mut output);
    let Output { bytes, mut steps } = output;
    if steps.cancelled {
        return Err(SaveError::Cancelled);
    }
    let failed = |what: &str| {
        log::error!("a workbook could not be put together: {what}");
        SaveError::Workbook
    };
    written.map_err(|error| failed(&kind_of(&error)))?;
    let rows = steps.rows;
    let go_on = &mut |more: usize| {
        steps.rows = rows + more;
        steps.tell().is_ok()
    };
    let bytes = splice::with_rows(bytes, &larges, (texts, &heights), go_on).map_err(|error| match error {
        PackError::Stopped => SaveError::Cancelled,
        PackError::Failed => failed("its large pages"),
    })?;
    let is_large = |place: usize| larges.iter().any(|large| large.place == place);
    let small: Vec<&[RowHeight]> = heights.iter().enumerate().map(|(at, held)| if is_large(at) { &[] } else { &held[..] }).collect();
    let bytes = finish::finished(&bytes, &small).map_err(|_| failed("its heights"))?;
    // The library knows the document's properties alone; a label has a part of its own too.
    with_label(bytes, &properties.labels).map_err(|_| failed("its label"))
}

/// How many tables and charts the workbook has so far, as each has a name of its own.
#[derive(Default)]
struct Given {
    tables: usize,
    charts: usize,
}

/// The cells of a page that charts draw, on it or on others.
fn charted(pages: &[Page<'_>], page: &Page<'_>) -> Vec<Area> {
    let charts = pages.iter().flat_map(|on| on.charts.iter().map(move |chart| (chart.data_sheet.as_ref().unwrap_or(&on.name), chart)));
    let of_page = charts.filter(|(sheet, _)| **sheet == page.name);
    of_page.flat_map(|(_, chart)| &chart.series).flat_map(|series| [series.categories, series.values]).collect()
}

/// The rows written, and whether to go on.
struct Steps<'hook> {
    progress: &'hook mut (dyn FnMut(usize) -> bool + Send),
    rows: usize,
    cancelled: bool,
}

impl Steps<'_> {
    /// Tells how many rows are written; fails when it is cancelled.
    fn tell(&mut self) -> Result<(), SaveError> {
        self.cancelled = self.cancelled || !(self.progress)(self.rows);
        if self.cancelled { Err(SaveError::Cancelled) } else { Ok(()) }
    }
}

/// The bytes of the workbook; stops taking them when it is cancelled.
struct Output<'hook> {
    bytes: Vec<u8>,
    steps: Steps<'hook>,
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.steps.cancelled {
            // It is told once; what still comes to close the archive is let pass, or the library complains on the terminal.
            return Ok(bytes.len());
        }
        self.steps.tell().map_err(std::io::Error::other)?;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn document_properties(properties: &Properties) -> DocProperties {
    let custom = properties.custom.iter().filter(|(name, _)| !name.is_empty());
    let own = custom.fold(DocProperties::new(), |own, (name, value)| own.set_custom_property(plain(name), plain(value)));
    own.set_title(plain(&properties.title))
        .set_subject(plain(&properties.subject))
        .set_author(plain(&properties.author))
        .set_comment(plain(&properties.comment))
}

/// A text fit for a property: on one line, without control characters, not too long, and never read as a formula.
fn plain(text: &str) -> String {
    plain_to(text, LONGEST_LITERAL)
}

/// A description fit for a chart: cut at a word where it is too long, with an ellipsis.
fn shortened(text: &str) -> String {
    let whole = plain_to(text, usize::MAX);
    if whole.encode_utf16().count() <= LONGEST_LITERAL {
        return whole;
    }
    let mut cut = String::new();
    for word in whole.split(' ') {
        if cut.encode_utf16().count() + word.encode_utf16().count() + 2 > LONGEST_LITERAL {
            break;
        }
        cut.push_str(word);
        cut.push(' ');
    }
    if cut.is_empty() {
        cut = plain_to(&whole, LONGEST_LITERAL / 2);
    }
    format!("{}…", cut.trim_end_matches([' ', ',', ';', '.']))
}

fn plain_to(text: &str, most: usize) -> String {
    let text = text.trim_start_matches(['=', ' ']);
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect()
}

/// Why a sheet is not written; what the library says of it is for the log.
fn unwritten(page: &Page<'_>, error: &XlsxError) -> SaveError {
    log::error!("a sheet could not be written: {}", kind_of(error));
    SaveError::Sheet { sheet: page.name.clone() }
}

/// What kind of fault a library tells, for the log: its words may hold what stands in a cell.
fn kind_of(error: &impl std::fmt::Debug) -> String {
    format!("{error:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// Writes one page: merges first, since they blank the cells they cover.
fn write_page(
    sheet: &mut Worksheet,
    (page, heights): (&Page<'_>, &[RowHeight]),
    large: Option<&LargePage<'_>>,
    given: &mut Given,
    steps: &mut Steps<'_>,
) -> Result<(), SaveError> {
    let mut formats = Formats::new(&page.looks);
    let failed = |error: XlsxError| unwritten(page, &error);
    sheet.set_name(&page.name).map_err(failed)?;
    for (column, width) in (0..).zip(&page.widths) {
        sheet.set_column_width(column, *width).map_err(failed)?;
    }
    for &row in &page.hidden_rows {
        sheet.set_row_hidden(row).map_err(failed)?;
    }
    for &column in &page.hidden_columns {
        sheet.set_column_hidden(column).map_err(failed)?;
    }
    write_merges(sheet, page, &formats).map_err(failed)?;
    tables::add_tables(sheet, page, &mut given.tables).map_err(failed)?;
    match large {
        Some(large) => write_cells(sheet, page, large.by_library(), &mut formats)?,
        None => write_rows(sheet, page, &mut formats, steps)?,
    }
    steps.tell()?;
    set_up(sheet, page).map_err(failed)?;
    printing::set_paper(sheet, page, heights).map_err(failed)?;
    sheet.set_hidden(page.hidden);
    for chart in &page.charts {
        given.charts += 1;
        let native = charts::native_chart(page, chart, given.charts);
        sheet.insert_chart_with_offset(chart.row, chart.column, &native, chart.left, 0).map_err(failed)?;
    }
    Ok(())
}

fn write_rows(sheet: &mut Worksheet, page: &Page<'_>, formats: &mut Formats<'_>, steps: &mut Steps<'_>) -> Result<(), SaveError> {
    for (at, row) in page.cells.chunk_by(|a, b| a.row == b.row).enumerate() {
        if at % ROWS_A_STEP == 0 {
            steps.tell()?;
        }
        write_cells(sheet, page, row.iter(), formats)?;
        steps.rows += 1;
    }
    Ok(())
}

fn write_cells<'page>(
    sheet: &mut Worksheet,
    page: &Page<'_>,
    mut cells: impl Iterator<Item = &'page PageCell<'page>>,
    formats: &mut Formats<'_>,
) -> Result<(), SaveError> {
    cells.try_for_each(|cell| write_cell(sheet, cell, formats).map_err(|error| cell_error(page, cell, &error)))
}

fn write_merges(sheet: &mut Worksheet, page: &Page<'_>, formats: &Formats<'_>) -> Result<(), XlsxError> {
    for area in apart(&page.merges) {
        let at = page.cells.partition_point(|cell| (cell.row, cell.column) < (area.first_row, area.first_column));
        let first = page.cells.get(at).filter(|cell| (cell.row, cell.column) == (area.first_row, area.first_column));
        let format = first.map_or(&formats.none, |cell| &formats.plain[cell.look]);
        sheet.merge_range(area.first_row, area.first_column, area.last_row, area.last_column, "", format)?;
    }
    Ok(())
}

/// The merges of more than one cell, from the top, without those that share a cell with one before: Excel takes no two such merges.
fn apart(merges: &[Area]) -> Vec<Area> {
    let mut merges: Vec<Area> =
        merges.iter().filter(|area| area.first_row != area.last_row || area.first_column != area.last_column).copied().collect();
    merges.sort_by_key(|area| (area.first_row, area.first_column));
    // The first row of each column that is free of the merges so far.
    let mut free: Vec<u32> = Vec::new();
    merges.retain(|area| {
        let columns = usize::from(area.first_column)..usize::from(area.last_column) + 1;
        if free.len() < columns.end {
            free.resize(columns.end, 0);
        }
        let fits = free[columns.clone()].iter().all(|free| *free <= area.first_row);
        if fits {
            free[columns].fill(area.last_row + 1);
        }
        fits
    });
    merges
}

fn write_cell(sheet: &mut Worksheet, cell: &PageCell<'_>, formats: &mut Formats<'_>) -> Result<(), XlsxError> {
    let (row, column) = (cell.row, cell.column);
    match &cell.content {
        Content::Text(text) => write_text(sheet, cell, text, formats)?,
        Content::Owned(text) => write_text(sheet, cell, text, formats)?,
        Content::Link { text, sheet: to } => {
            let link = Url::new(format!("internal:'{}'!A1", to.replace('\'', "''"))).set_text(text.as_str());
            sheet.write_url_with_format(row, column, link, formats.of_text(cell.look, text))?
        }
        Content::Stored(stored) => {
            sheet.write_number_with_format(row, column, stored.number, formats.of_number(cell.look, &stored.format))?
        }
        Content::Formula { formula, now } => {
            let formula = Formula::new(formula).set_result(now.number.to_string());
            sheet.write_formula_with_format(row, column, formula, formats.of_number(cell.look, &now.format))?
        }
        Content::Blank => sheet.write_blank(row, column, &formats.plain[cell.look])?,
    };
    Ok(())
}

fn write_text<'sheet>(
    sheet: &'sheet mut Worksheet,
    cell: &PageCell<'_>,
    text: &str,
    formats: &Formats<'_>,
) -> Result<&'sheet mut Worksheet, XlsxError> {
    let format = formats.of_text(cell.look, text);
    if text.starts_with("<r>") && text.ends_with("</r>") {
        // The library takes it for a text with fonts in it, and would write it as it stands.
        return sheet.write_rich_string_with_format(cell.row, cell.column, &[(&formats.none, &coded(text))], format);
    }
    sheet.write_string_with_format(cell.row, cell.column, text, format)
}

/// What went wrong with a cell, in words that name its place.
fn cell_error(page: &Page<'_>, cell: &PageCell<'_>, error: &XlsxError) -> SaveError {
    let place = place_of(&page.name, cell.row, u32::from(cell.column));
    match error {
        XlsxError::MaxStringLengthExceeded => {
            let text = match &cell.content {
                Content::Text(text) => text,
                Content::Owned(text) | Content::Link { text, .. } => text.as_str(),
                Content::Stored(_) | Content::Formula { .. } | Content::Blank => "",
            };
            SaveError::TooLong { place, characters: text.encode_utf16().count() }
        }
        XlsxError::RowColumnLimitError => SaveError::PastTheEnd { place },
        error => unwritten(page, error),
    }
}

/// The formats of a page, made once each.
struct Formats<'page> {
    looks: &'page [Look],
    none: Format,
    plain: Vec<Format>,
    /// For texts that Excel would take for a formula when they are edited.
    quoted: Vec<Format>,
    numbers: HashMap<(usize, Arc<str>), Format>,
}

impl<'page> Formats<'page> {
    fn new(looks: &'page [Look]) -> Self {
        let plain: Vec<Format> = looks.iter().map(format_of).collect();
        let quoted = plain.iter().map(|format| format.clone().set_quote_prefix()).collect();
        Self { looks, none: Format::new(), plain, quoted, numbers: HashMap::new() }
    }

    fn of_text(&self, look: usize, text: &str) -> &Format {
        if needs_quoting(text) { &self.quoted[look] } else { &self.plain[look] }
    }

    fn of_number(&mut self, look: usize, format: &Arc<str>) -> &Format {
        self.numbers.entry((look, Arc::clone(format))).or_insert_with(|| {
            let base = format_of(&self.looks[look]);
            if &**format == General { base } else { base.set_num_format(format.replace(char::is_control, "")) }
        })
    }
}

/// Whether Excel would take a text for a formula when it is edited.
fn needs_quoting(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@'])
}

fn format_of(look: &Look) -> Format {
    let mut format = Format::new().set_align(FormatAlign::Top);
    if look.bold {
        format = format.set_bold();
    }
    if look.underline {
        format = format.set_underline(FormatUnderline::Single);
    }
    if look.size > 0 {
        format = format.set_font_size(look.size);
    }
    if let Some(colour) = look.colour {
        format = format.set_font_color(Color::RGB(colour));
    }
    if let Some(fill) = look.fill {
        format = format.set_background_color(Color::RGB(fill));
    }
    if look.wrap {
        format = format.set_text_wrap();
    }
    if let Some(side) = look.side {
        format = format.set_align(match side {
            Side::Left => FormatAlign::Left,
            Side::Centre => FormatAlign::Center,
            Side::Right => FormatAlign::Right,
        });
    }
    if look.border {
        format = format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(BORDER));
    }
    format
}

/// Everything of a page that is not a cell: lists, colours, panes, filter and notes.
fn set_up(sheet: &mut Worksheet, page: &Page<'_>) -> Result<(), XlsxError> {
    for Coloured { area, words, look } in &page.coloured {
        let formula = words_formula(*area, words);
        let rule = ConditionalFormatFormula::new().set_rule(Formula::new(formula)).set_format(painted(&page.looks[*look]));
        sheet.add_conditional_format(area.first_row, area.first_column, area.last_row, area.last_column, &rule)?;
    }
    for Banded { area, from, to, look } in &page.banded {
        let rule =
            ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::Between(*from, *to)).set_format(painted(&page.looks[*look]));
        sheet.add_conditional_format(area.first_row, area.first_column, area.last_row, area.last_column, &rule)?;
    }
    for choices in &page.choices {
        // Only warns: an owner's own word is kept, and said to be none of the list.
        let list = DataValidation::new()
            .allow_list_strings(&choices.values)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not in the list")?
            .set_error_message("The usual words are in the list. Keep this one all the same?")?;
        let Area { first_row, first_column, last_row, last_column } = choices.area;
        sheet.add_data_validation(first_row, first_column, last_row, last_column, &list)?;
    }
    if let Some((row, column)) = page.freeze {
        sheet.set_freeze_panes(row, column)?;
    }
    if let Some(Area { first_row, first_column, last_row, last_column }) = page.autofilter {
        sheet.autofilter(first_row, first_column, last_row, last_column)?;
    }
    for remark in &page.remarks {
        let note = Note::new(remark.text).add_author_prefix(false).set_width(280).set_height(90);
        sheet.insert_note(remark.row, remark.column, &note)?;
    }
    Ok(())
}

/// The formula that holds where the text of a cell is one of some words: `OR(TRIM($G5)="Complete",TRIM($G5)="Done")`.
fn words_formula(area: Area, words: &[String]) -> String {
    let cell = format!("${}{}", column_letters(u32::from(area.first_column)), area.first_row + 1);
    let tests: Vec<String> = words.iter().map(|word| format!("TRIM({cell})=\"{}\"", word.replace('"', "\"\""))).collect();
    format!("=OR({})", tests.join(","))
}

/// What of a look a conditional format can give.
fn painted(look: &Look) -> Format {
    let mut format = Format::new();
    if look.bold {
        format = format.set_bold();
    }
    if let Some(colour) = look.colour {
        format = format.set_font_color(Color::RGB(colour));
    }
    if let Some(fill) = look.fill {
        format = format.set_background_color(Color::RGB(fill)).set_foreground_color(Color::RGB(fill));
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stored;

    fn page(content: Content<'static>) -> Page<'static> {
        Page {
            name: "Plan".to_owned(),
            looks: vec![Look::default()],
            cells: vec![PageCell { row: 2, column: 1, content, look: 0 }],
            ..Page::default()
        }
    }

    #[test]
    fn a_text_past_excels_limit_names_its_cell() {
        let error = save(&[page(Content::Owned("x".repeat(32_768)))], &Properties::default(), &mut |_| true).expect_err("an error");
        assert_eq!(error, SaveError::TooLong { place: "Plan!B3".to_owned(), characters: 32_768 });
        assert!(save(&[page(Content::Owned("x".repeat(32_767)))], &Properties::default(), &mut |_| true).is_ok());
    }

    #[test]
    fn a_cell_past_the_last_row_names_its_place() {
        let mut far = page(Content::Text("x"));
        far.cells[0].row = 1_048_576;
        let error = save(&[far], &Properties::default(), &mut |_| true).expect_err("an error");
        assert_eq!(error, SaveError::PastTheEnd { place: "Plan!B1048577".to_owned() });
    }

    #[test]
    fn merges_that_share_a_cell_do_not_stop_it() {
        let area = |first_row, last_row| Area { first_row, first_column: 0, last_row, last_column: 1 };
        let mut overlapping = page(Content::Text("x"));
        overlapping.merges = vec![area(4, 6), area(2, 4), Area { last_column: 0, ..area(8, 8) }, area(5, 5), area(9, 10)];
        assert_eq!(apart(&overlapping.merges), [area(2, 4), area(5, 5), area(9, 10)]);
        assert!(save(&[overlapping], &Properties::default(), &mut |_| true).is_ok());
    }

    #[test]
    fn a_description_is_cut_at_a_word() {
        let long = "Homes made warmer: 120 against 150; ".repeat(20);
        let short = shortened(&long);
        assert!(short.encode_utf16().count() <= LONGEST_LITERAL && short.ends_with('…') && long.starts_with(short.trim_end_matches('…')));
        assert_eq!(shortened("Short."), "Short.");
        assert!(shortened(&"😀".repeat(400)).encode_utf16().count() <= LONGEST_LITERAL);
    }

    #[test]
    fn it_stops_when_cancelled() {
        let stored = Stored { number: 1.0, format: General.into() };
        assert_eq!(
            save(&[page(Content::Stored(stored))], &Properties::default(), &mut |_| false).expect_err("an error"),
            SaveError::Cancelled
        );
        let mut told = 0;
        let cancelled_late = save(&[page(Content::Text("x"))], &Properties::default(), &mut |_| {
            told += 1;
            told < 3
        });
        assert_eq!(cancelled_late.expect_err("an error"), SaveError::Cancelled);
    }
}
