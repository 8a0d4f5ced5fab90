//! Recomputes the values of formulas that depend on edited cells; it never guesses, and names what it leaves as it was.

mod answers;
mod areas;
mod calendar;
mod conditions;
mod evaluate;
mod functions;
mod numbers;
mod reads;
mod sheets;
mod surroundings;
mod tokens;
mod tree;
mod value;
mod values;
mod walk;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// A cell's value as stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Stored {
    /// Nothing.
    #[default]
    Blank,
    /// A number; a date is its serial in the book's own date system.
    Number(f64),
    /// Text.
    Text(String),
    /// TRUE or FALSE.
    Truth(bool),
    /// An error as Excel writes it, such as `#N/A`.
    Error(String),
}

/// One cell of a sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct SheetCell {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
    /// Its formula without "=", a shared one already expanded.
    pub formula: Option<String>,
    /// Where its formula was entered as an array formula: how many rows and columns it fills (its `ref`); (1, 1) is its own
    /// cell alone.
    pub fills: Option<(u32, u32)>,
    /// Its value; of a formula, the cached one.
    pub value: Stored,
}

/// One sheet's cells, best in order of row and column.
#[derive(Clone, Debug, Default)]
pub(crate) struct SheetCells {
    /// The sheet's name.
    pub name: String,
    /// Its cells that are not empty.
    pub cells: Vec<SheetCell>,
    /// Its rows that are hidden, by a filter or by hand; nothing where that is not known, so that SUBTOTAL is left alone.
    pub hidden: Option<Vec<u32>>,
}

/// Where a table lies and what its columns are called.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableArea {
    /// The name that formulas use (`displayName`).
    pub name: String,
    /// Which sheet it is on.
    pub sheet: usize,
    /// First and last row of the whole table, headings and totals within it; zero-based.
    pub rows: (u32, u32),
    /// First and last column, zero-based.
    pub columns: (u32, u32),
    /// How many rows at its top are headings: 0 or 1.
    pub heading_rows: u32,
    /// How many rows at its foot are totals: 0 or 1.
    pub total_rows: u32,
    /// The columns' names from the left, as the file has them.
    pub headings: Vec<String>,
}

/// A workbook as formulas see it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    /// Sheets in the order of the workbook.
    pub sheets: Vec<SheetCells>,
    /// Defined names: the name, the sheet it is for where not all, and its formula without "=".
    pub names: Vec<(String, Option<usize>, String)>,
    /// Tables of all sheets.
    pub tables: Vec<TableArea>,
    /// Whether day 0 is 1 January 1904.
    pub date_1904: bool,
    /// Today's year, month and day.
    pub today: (i32, u32, u32),
}

/// What came of recomputing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Recalculated {
    /// Formulas whose value changed: sheet, row, column and the new value; in order of those.
    pub changed: Vec<(usize, u32, u32, Stored)>,
    /// Formulas that depend on an edited cell and have the value that they would be given.
    pub held: Vec<(usize, u32, u32)>,
    /// Formulas that depend on an edited cell and kept what they had: sheet, row, column and why; in order of those.
    pub kept: Vec<(usize, u32, u32, String)>,
}

/// The stack of the thread that evaluates. A tree may be `tree::MOST_TALL` high, at a few kB a level in an unoptimised build.
const STACK: usize = 64 * 1024 * 1024;
/// How often `progress` is asked.
const ASKED_EVERY: Duration = Duration::from_millis(20);

/// A formula that stands in no cell, and where it is asked: sheet, row and column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub place: (usize, u32, u32),
    pub formula: String,
}

/// Recomputes the formulas that depend on edited cells, directly or through others.
///
/// The book holds the new values; `edited` says which cells changed and what each held before. A formula is recomputed
/// only where evaluating it with the values before gives what it had; every other one is in `kept`, with the reason.
/// Where `progress` answers false, the work stops, and what was not done is in `kept`.
#[must_use]
pub(crate) fn recalculate(book: &Book, edited: &[(usize, u32, u32, Stored)], progress: &dyn Fn() -> bool) -> Recalculated {
    apart(|stop| walk::walk(book, edited, stop), progress, |why| walk::nothing_done(book, why))
}

/// What formulas give where they are asked, with the values that the book holds: a value, or those of a range that are not blank; or why
/// one cannot be worked out here.
#[must_use]
pub(crate) fn answers(book: &Book, asked: &[Asked], progress: &dyn Fn() -> bool) -> Vec<Result<Vec<Stored>, String>> {
    apart(|stop| answers::all(book, asked, stop), progress, |why| vec![Err(why.to_string()); asked.len()])
}

/// Works on a thread with a stack for the tallest formulas; where it cannot, `failed` is told why.
fn apart<T: Send>(work: impl FnOnce(&Arc<AtomicBool>) -> T + Send, progress: &dyn Fn() -> bool, failed: impl FnOnce(&str) -> T) -> T {
    let stop = Arc::new(AtomicBool::new(false));
    let (done, answer) = mpsc::channel();
    std::thread::scope(|scope| {
        let flag = Arc::clone(&stop);
        let work = move || {
            // Whoever waits may have gone: then there is nobody to tell.
            let _ = done.send(work(&flag));
        };
        let thread = std::thread::Builder::new().name("recalculate".into()).stack_size(STACK);
        let Ok(thread) = thread.spawn_scoped(scope, work) else {
            return failed("the computer could not start the calculation");
        };
        loop {
            match answer.recv_timeout(ASKED_EVERY) {
                Ok(answer) => return answer,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    if !progress() {
                        stop.store(true, Ordering::Relaxed);
                    }
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    // It panicked, which joining takes note of; otherwise the scope would panic as well.
                    let _ = thread.join();
                    return failed("the calculation failed");
                }
            }
        }
    })
}
