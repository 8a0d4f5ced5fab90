//! How much of a workbook is taken before it is refused. States numbers and why; never reads anything.
//!
//! A failed allocation ends the program, and cannot be caught, so every limit stands before the allocation it bounds. Together
//! they keep a hostile file within 300 MB; a plan of 100,000 actions is 13.6 MB zipped and 83 MB unpacked.

/// Entries of the zip. A workbook has some 30 to 300 parts; one picture a row makes thousands.
pub const MAX_ENTRIES: usize = 20_000;

/// Bytes of a part's name; its length has two bytes in a zip.
pub const MAX_PART_NAME: usize = 1_000;

/// Unpacked bytes of one part: twice the largest of a plan of 100,000 actions, the list of its texts.
pub const MAX_PART: u64 = 96 << 20;

/// Unpacked bytes of the parts that are read, together. What is not read, such as pictures, is not unpacked and not counted.
pub const MAX_TOTAL: u64 = 144 << 20;

/// Unpacked bytes of a part that only describes others, such as the styles: these are small, and are read into larger things.
pub const MAX_SMALL_PART: u64 = 16 << 20;

/// How many times larger a part may unpack, once it is as large as `RATIO_FROM`. Rows of blank styled cells reach 100; a bomb
/// reaches 1,000.
pub const MAX_RATIO: u64 = 250;
pub const RATIO_FROM: u64 = 16 << 20;

/// Cells of a workbook: a plan of 100,000 actions has 800,000, and each takes about 80 bytes in a grid.
pub const MAX_CELLS: usize = 2_000_000;

/// Filled rows of a workbook, each of which takes about 500 bytes beside its cells before it is shown.
pub const MAX_ROWS: usize = 400_000;

/// Merged ranges of a workbook, counted by the columns they reach over.
pub const MAX_MERGES: usize = 1_000_000;

/// Notes, comments and links on the cells of a workbook, and the bytes of their words.
pub const MAX_ATTACHED: usize = 50_000;
pub const MAX_ATTACHED_TEXT: usize = 16 << 20;

/// Ranges that a workbook's lists of choices hold in, and the choices of all lists.
pub const MAX_OFFERED: usize = 20_000;
pub const MAX_CHOICES: usize = 100_000;

/// Conditional formats of a workbook, counted by their ranges.
pub const MAX_RULES: usize = 100_000;

/// Names that a workbook gives to ranges.
pub const MAX_NAMES: usize = 100_000;

/// Rows of a workbook that are hidden.
pub const MAX_HIDDEN: usize = 2_000_000;

/// Cells that the repeats in a sheet of an OpenDocument spreadsheet come to, with the blank ones beside filled ones; twice as many in all.
pub const MAX_LAID_OUT: usize = 1_000_000;

/// Characters of all cells together, counting a shared text once for each cell that shows it: 45 million in a plan of 100,000
/// actions.
pub const MAX_TEXT: usize = 80 << 20;

/// Bytes of one cell's text. Excel's cells hold 32,767 characters.
pub const MAX_CELL_TEXT: usize = 1 << 20;

/// Different texts of a workbook.
pub const MAX_STRINGS: usize = 2_000_000;

/// Sheets of a workbook. A year of weekly sheets is 52.
pub const MAX_SHEETS: usize = 1_000;

/// Characters of a sheet's name, which is repeated in every note about it. Excel allows 31.
pub const MAX_NAME: usize = 255;

/// Cell formats, fonts, fills or borders. Excel stops at 65,490.
pub const MAX_STYLES: usize = 66_000;

/// Elements inside one another. Excel's deepest are about 20.
pub const MAX_DEPTH: usize = 1_000;

/// Bytes of an .xls file's workbook stream.
pub const MAX_STREAM: usize = 32 << 20;

/// Bytes of a zipped workbook within a compound file, which is held twice while it is deciphered.
pub const MAX_ENCRYPTED: usize = 64 << 20;
