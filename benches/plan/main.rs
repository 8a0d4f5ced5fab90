//! How fast a plan of 100,000 actions is read, exported, edited and saved back, against the libraries alone in the same run.
//!
//! `cargo bench` runs it; `cargo bench -- 5000` takes a smaller plan, `cargo bench -- growth` only how costs grow. Each figure is a median of
//! runs that take turns with their floor, so that a busy machine slows both. It fails when a ratio or a time is over its bound.

#![expect(clippy::print_stdout, reason = "what is measured is said")]

mod frames;
mod growth;
mod hands;
mod made;
mod peak;
mod saves;

use std::{
    hint::black_box,
    io::Cursor,
    process::ExitCode,
    time::{Duration, Instant},
};

use calamine::{DataRef, Reader, Xlsx};
use plandesk::{
    app::export,
    edit::{Change, History},
    layouts,
    model::{Cell, Document, Role, TableKind},
    store, workbook,
};

use made::{Action, Dress, Words, write_alone, write_fast};

const ACTIONS: usize = 100_000;
const RUNS: usize = 5;
const EDITS: usize = 1_000;

/// At most this many times calamine alone: as long, and a twentieth for what two runs of the same differ by.
const IMPORT_BOUND: f64 = 1.05;
/// At most this many times `rust_xlsxwriter` alone, as it packs by itself and as it packs at the level it names for speed.
const EXPORT_BOUND: f64 = 0.7;
const EXPORT_FAST_BOUND: f64 = 1.0;
const EDIT_BOUND: Duration = Duration::from_millis(1);

fn main() -> ExitCode {
    if peak::answered() {
        return ExitCode::SUCCESS;
    }
    if std::env::args().any(|argument| argument == "growth") {
        return if growth::measure() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let actions = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ACTIONS);
    let plan: Vec<Action> = Words(7).plan(actions);
    let file = write_alone(&plan, Dress::AsReturn);
    println!("A plan of {actions} actions, 8 columns, {:.1} MB; medians of {RUNS} runs taking turns.", megabytes(&file));

    let mut within = true;
    let import = Pair::measure(|| black_box(read_alone(&file)), || black_box(read(&file)));
    within &= import.print("import", "calamine alone reading every cell", IMPORT_BOUND);

    within &= peak::measure(&file);

    within &= saves::measure(&file);

    let mut document = read(&file);
    assert_eq!(document.of_kind(TableKind::Plan).map(|table| table.rows.len()).sum::<usize>(), actions, "every action is read");
    let export = Pair::measure(|| black_box(write_alone(&plan, Dress::AsReturn).len()), || black_box(exported(&document).len()));
    within &= export.print("export", "rust_xlsxwriter alone writing the same cells", EXPORT_BOUND);
    let fast = Pair::measure(|| black_box(write_fast(&plan).len()), || black_box(exported(&document).len()));
    within &= fast.print("export", "the same packed at its fast level, as a return is", EXPORT_FAST_BOUND);
    let [ours, alone, alone_fast] = [&exported(&document), &file, &write_fast(&plan)].map(|file| megabytes(file));
    println!("          {ours:.1} MB against {alone:.1} MB and {alone_fast:.1} MB");
    peak::measure_export(&file);
    let plain = median(|| write_alone(&plan, Dress::Plain).len());
    println!(
        "          {:.2} times {} for the cells without borders and fills",
        export.ours.as_secs_f64() / plain.as_secs_f64(),
        seconds(plain)
    );

    let saved = store::encode(&document, &[]).expect("the document is JSON");
    let own = Pair::measure(
        || black_box(store::encode(&document, &[]).expect("the document is JSON").len()),
        || black_box(store::decode(&saved).expect("it was just written").0.tables.len()),
    );
    println!("save      {} to .plandesk ({:.1} MB), {} to open it again", seconds(own.floor), saved.len() as f64 / 1e6, seconds(own.ours));

    within &= print_edits(edits(&mut document));
    drop(document);
    within &= frames::measure(&file, hands::measure);
    within &= frames::small();
    drop(file);
    within &= growth::measure();
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The floor of the import: every cell through the library's streaming reader, and nothing made of it.
fn read_alone(file: &[u8]) -> usize {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).expect("it is a workbook");
    let mut characters = 0;
    for sheet in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&sheet).expect("the sheet is there");
        while let Some(cell) = cells.next_cell().expect("the cells are sound") {
            characters += match cell.get_value() {
                DataRef::SharedString(text) => text.len(),
                DataRef::String(text) => text.len(),
                _ => 1,
            };
        }
    }
    characters
}

fn read(file: &[u8]) -> Document {
    let (grids, _) = workbook::open("plan.xlsx", file, &|_| true).expect("it is a workbook");
    let outlines = layouts::outline(&grids);
    let tables = layouts::read(grids, &outlines).tables;
    Document::of(tables)
}

/// The usual return of a document.
pub(crate) fn exported(document: &Document) -> Vec<u8> {
    export::export(document, export::Wished::default(), &mut |_| true).expect("the plan fits a workbook")
}

fn megabytes(file: &[u8]) -> f64 {
    file.len() as f64 / 1e6
}

/// The times of single cell edits all over the plan, in rising order.
fn edits(document: &mut Document) -> Vec<Duration> {
    let mut history = History::saved();
    let table = document.of_kind(TableKind::Plan).next().expect("the plan was read");
    let (id, rows) = (table.id, table.rows.iter().map(|row| row.id).collect::<Vec<_>>());
    let column = table.columns[table.role_position(Role::Comment).expect("it has comments")].id;
    let mut words = Words(11);
    let mut times: Vec<Duration> = (0..EDITS)
        .map(|_| {
            let (row, cell) = (rows[words.number(rows.len())], Cell::text(words.text(38)));
            let begun = Instant::now();
            history.make(document, "Edit a comment", vec![Change::SetCell { table: id, row, column, cell }]);
            begun.elapsed()
        })
        .collect();
    times.sort();
    times
}

fn print_edits(times: Vec<Duration>) -> bool {
    let (middle, slowest) = (times[times.len() / 2], times[times.len() - 1]);
    // The slowest of a thousand is the machine's, not the program's, so the bound is on the hundredth slowest.
    let slow = times[times.len() * 99 / 100];
    let within = slow < EDIT_BOUND;
    let micros = |time: Duration| format!("{:.1} µs", time.as_secs_f64() * 1e6);
    println!(
        "edit      {} a cell, 99 of 100 under {}, slowest {} (bound {}): {}",
        micros(middle),
        micros(slow),
        micros(slowest),
        micros(EDIT_BOUND),
        verdict(within)
    );
    within
}

/// Medians of two things that take turns.
struct Pair {
    floor: Duration,
    ours: Duration,
    ratio: f64,
}

impl Pair {
    fn measure<A, B>(mut floor: impl FnMut() -> A, mut ours: impl FnMut() -> B) -> Self {
        let mut runs: Vec<(Duration, Duration)> = (0..RUNS).map(|_| (time(&mut floor), time(&mut ours))).collect();
        let mut ratios: Vec<f64> = runs.iter().map(|(floor, ours)| ours.as_secs_f64() / floor.as_secs_f64()).collect();
        ratios.sort_by(f64::total_cmp);
        runs.sort_by_key(|run| run.0);
        let floor = runs[RUNS / 2].0;
        runs.sort_by_key(|run| run.1);
        Self { floor, ours: runs[RUNS / 2].1, ratio: ratios[RUNS / 2] }
    }

    fn print(&self, what: &str, floor: &str, bound: f64) -> bool {
        let within = self.ratio <= bound;
        let (ours, alone) = (seconds(self.ours), seconds(self.floor));
        println!("{what:<9} {ours} against {alone} for {floor}: ratio {:.2} (bound {bound:.2}): {}", self.ratio, verdict(within));
        within
    }
}

/// The median time of something.
fn median<T>(mut what: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| time(&mut what)).collect();
    times.sort();
    times[RUNS / 2]
}

/// How long something takes, with what it makes dropped outside the time.
fn time<T>(what: &mut impl FnMut() -> T) -> Duration {
    let begun = Instant::now();
    let made = what();
    let taken = begun.elapsed();
    drop(made);
    taken
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn verdict(within: bool) -> &'static str {
    if within { "within" } else { "OVER" }
}
