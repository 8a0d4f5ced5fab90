//! What Excel's own sheets and cells can hold, as Microsoft states it ("Excel specifications and limits"). Checks nothing.

/// Rows of a sheet.
pub const MOST_ROWS: u32 = 1_048_576;
/// Columns of a sheet.
pub const MOST_COLUMNS: u32 = 16_384;
/// Characters of a sheet's name.
pub const LONGEST_SHEET_NAME: usize = 31;
/// Characters of a cell's text.
pub const LONGEST_TEXT: usize = 32_767;
/// Characters of a text within a formula, of a list of choices written out, of a property and of an alternative text.
pub const LONGEST_LITERAL: usize = 255;
/// Different cell styles of a workbook.
pub const MOST_STYLES: usize = 65_490;
