//! The time of a frame at 1920x1080, layout and tessellation, with a screen reader listening: the grid alone, then the window.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use eframe::egui::{Context, Event, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Ui, Vec2};
use jiff::civil::date;
use plandesk::{
    app::{
        command::{Command, Cursor, EditCommand, FileCommand, ViewCommand},
        state::State,
    },
    edit::Change,
    model::{Cell, ColumnId, Document, Role, RowId, TableKind},
    store::{Appearance, Folder, TableView},
    ui::{
        Files, Window,
        grid::{GridView, Marks, Shown},
        theme::{self, Theme},
    },
};

use crate::{
    made::{Dress, Words, write_alone},
    verdict,
};

const FRAMES: usize = 200;
const BOUND: Duration = Duration::from_millis(3);
const EDIT_BOUND: Duration = Duration::from_millis(1);
/// From the end of the import to the first painted row.
const FIRST_BOUND: Duration = Duration::from_millis(300);

/// From the click that opens a workbook of `SMALL` actions to its first painted row.
const SMALL_BOUND: Duration = Duration::from_millis(100);
const SMALL: usize = 500;

/// What else is measured in the window that is open.
pub(crate) type Then = fn(&mut Rig, &mut Window, &mut Places) -> bool;

/// Measures frames of a plan; false when one is over its bound.
pub(crate) fn measure(file: &[u8], then: Then) -> bool {
    let document = crate::read(file);
    let grid = grid(&document);
    drop(document);
    grid & window(file, then)
}

/// Opens a workbook of an everyday size in a window that stands; false when that is over its bound.
pub(crate) fn small() -> bool {
    let folder = tempfile::tempdir().expect("a folder for the plan");
    let path = folder.path().join("plan.xlsx");
    std::fs::write(&path, write_alone(&Words(7).plan(SMALL), Dress::AsReturn)).expect("the plan can be written");
    let opened = || {
        let mut rig = Rig::new();
        let mut window = Window::new(&rig.ctx, Folder::nowhere(), Files::Given(Default::default(), None), Vec::new());
        for _ in 0..20 {
            rig.frame(Vec::new(), |ui| window.draw(ui));
        }
        let begun = Instant::now();
        window.state.run(Command::File(FileCommand::OpenFiles(vec![path.clone()])));
        while window.state.tasks.job().is_some() {
            rig.frame(Vec::new(), |ui| window.draw(ui));
        }
        rig.frame(Vec::new(), |ui| window.draw(ui));
        let taken = begun.elapsed();
        assert!(window.state.table().is_some_and(|table| table.rows.len() >= SMALL), "the plan is open");
        taken
    };
    print("open", "500 actions, from the click to the first painted row", (0..15).map(|_| opened()).collect(), Some(SMALL_BOUND))
}

/// What the user does in each frame.
#[derive(Clone, Copy, Debug)]
enum Doing {
    Nothing,
    Wheel,
    Jump,
}

const ALL: [(Doing, &str); 3] = [(Doing::Nothing, "idle"), (Doing::Wheel, "wheel"), (Doing::Jump, "jump")];

impl Doing {
    fn events(self) -> Vec<Event> {
        match self {
            Self::Nothing | Self::Jump => Vec::new(),
            Self::Wheel => vec![Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta: Vec2::new(0.0, -3.0),
                phase: TouchPhase::Move,
                source: eframe::egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            }],
        }
    }
}

/// A context without a window.
pub(crate) struct Rig {
    ctx: Context,
    time: f64,
}

impl Rig {
    fn new() -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        Self { ctx, time: 0.0 }
    }

    /// Draws a frame and tells how long it took.
    pub(crate) fn frame(&mut self, events: Vec<Event>, mut draw: impl FnMut(&mut Ui)) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1920.0, 1080.0))),
            time: Some(self.time),
            predicted_dt: 1.0 / 60.0,
            focused: true,
            events,
            ..RawInput::default()
        };
        let begun = Instant::now();
        let mut out = self.ctx.run_ui(input, |ui| draw(ui));
        let shapes = std::mem::take(&mut out.shapes);
        let drawn = self.ctx.tessellate(shapes, out.pixels_per_point);
        let taken = begun.elapsed();
        // What is taken must be said to be taken, which a build that is not optimised insists on.
        out.textures_delta.clear();
        drop((drawn, out));
        taken
    }
}

/// The rows of a plan that a cursor is set to.
pub(crate) struct Places {
    table: plandesk::model::TableId,
    rows: Vec<RowId>,
    column: ColumnId,
    pub words: Words,
}

impl Places {
    fn of(document: &Document) -> Self {
        let table = document.of_kind(TableKind::Plan).next().expect("the plan was read");
        let column = table.columns[table.role_position(Role::Comment).expect("it has comments")].id;
        Self { table: table.id, rows: table.rows.iter().map(|row| row.id).collect(), column, words: Words(5) }
    }

    pub(crate) fn cursor(&mut self) -> Cursor {
        let row = self.rows[self.words.number(self.rows.len())];
        Cursor { table: self.table, row, column: Some(self.column) }
    }
}

fn grid(document: &Document) -> bool {
    let mut rig = Rig::new();
    theme::install(&rig.ctx);
    let mut view = GridView::default();
    let mut places = Places::of(document);
    let (marks, ratings, closed) = (Marks::new(), HashMap::new(), std::collections::BTreeSet::new());
    let table = document.table(places.table).expect("the plan is there");
    let mut cursor = None;
    let mut draw = |rig: &mut Rig, cursor, events| {
        rig.frame(events, |ui| {
            let (looked_at, zoom, compact) = (&TableView::default(), 1.0, false);
            let (selection, pattern, out_of_sight, closed) = (None, None, &[][..], &closed);
            let (marks, ratings) = (&marks, &ratings);
            let shown = Shown {
                document,
                table,
                revision: 1,
                cursor,
                selection,
                pattern,
                zoom,
                compact,
                view: looked_at,
                marks,
                ratings,
                out_of_sight,
                closed,
                why_not: &|_| None,
            };
            let theme = Theme::of(ui.ctx(), Appearance::Light);
            view.show(ui, &theme, &shown);
        })
    };
    let first = draw(&mut rig, None, vec![Event::PointerMoved(Pos2::new(900.0, 600.0))]);
    println!("grid      first frame {}", millis(first));
    let mut within = true;
    for (doing, name) in ALL {
        cursor = Some(places.cursor()).or(cursor);
        for _ in 0..20 {
            draw(&mut rig, cursor, Vec::new());
        }
        let times = (0..FRAMES).map(|_| {
            if matches!(doing, Doing::Jump) {
                cursor = Some(places.cursor());
            }
            draw(&mut rig, cursor, doing.events())
        });
        within &= print("grid", name, times.collect(), Some(BOUND));
    }
    within
}

/// The whole window: the grid with every overdue line marked, the notes beside it, and edits as its user makes them.
fn window(file: &[u8], then: Then) -> bool {
    let folder = tempfile::tempdir().expect("a folder for the plan");
    let path = folder.path().join("plan.xlsx");
    std::fs::write(&path, file).expect("the plan can be written");
    let mut rig = Rig::new();
    let files = Files::Given(Default::default(), None);
    let mut window = Window::new(&rig.ctx, Folder::nowhere(), files, vec![path]);
    let mut first = Duration::ZERO;
    while window.state.tasks.job().is_some() {
        first = rig.frame(Vec::new(), |ui| window.draw(ui));
    }
    // The frame that took the document in, and the one that may show it.
    first += rig.frame(Vec::new(), |ui| window.draw(ui));
    let mut within = print("open", "to the first painted row", vec![first], Some(FIRST_BOUND));
    window.state.run(Command::View(ViewCommand::SetAsOf(Some(date(2018, 6, 1)))));
    settle(&mut rig, &mut window);
    println!(
        "window    {} notes, {} lines past their end",
        window.state.workspace.notes().count(),
        window.state.workspace.insight().overdue.len()
    );
    let mut places = Places::of(window.state.workspace.document());
    rig.frame(vec![Event::PointerMoved(Pos2::new(900.0, 600.0))], |ui| window.draw(ui));
    for (doing, name) in ALL {
        window.state.run(Command::View(ViewCommand::Select(places.cursor())));
        for _ in 0..20 {
            rig.frame(Vec::new(), |ui| window.draw(ui));
        }
        let times = (0..FRAMES).map(|_| {
            if matches!(doing, Doing::Jump) {
                window.state.run(Command::View(ViewCommand::Select(places.cursor())));
            }
            rig.frame(doing.events(), |ui| window.draw(ui))
        });
        within &= print("window", name, times.collect(), Some(BOUND));
    }
    within &= timeline(&mut rig, &mut window);
    within & edits(&mut rig, &mut window, &mut places) & then(&mut rig, &mut window, &mut places)
}

/// The plan's timeline below the grid, with the pointer in it.
fn timeline(rig: &mut Rig, window: &mut Window) -> bool {
    window.state.run(Command::View(ViewCommand::ToggleCharts));
    let first = rig.frame(vec![Event::PointerMoved(Pos2::new(1300.0, 900.0))], |ui| window.draw(ui));
    print("timeline", "first frame", vec![first], None);
    let mut within = true;
    for (doing, name) in [(Doing::Nothing, "idle"), (Doing::Wheel, "wheel")] {
        for _ in 0..20 {
            rig.frame(Vec::new(), |ui| window.draw(ui));
        }
        let times = (0..FRAMES).map(|_| rig.frame(doing.events(), |ui| window.draw(ui)));
        within &= print("timeline", name, times.collect(), Some(BOUND));
    }
    window.state.run(Command::View(ViewCommand::ToggleCharts));
    rig.frame(vec![Event::PointerMoved(Pos2::new(900.0, 600.0))], |ui| window.draw(ui));
    within
}

/// Edits at the pace of a quick typist, each with the frame that shows it; then one after the other.
fn edits(rig: &mut Rig, window: &mut Window, places: &mut Places) -> bool {
    let (mut paced, mut after, mut quick) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..20 {
        let cursor = places.cursor();
        window.state.run(Command::View(ViewCommand::Select(cursor)));
        settle(rig, window);
        paced.push(edit(&mut window.state, cursor, places));
        after.push(rig.frame(Vec::new(), |ui| window.draw(ui)));
    }
    for _ in 0..FRAMES {
        quick.push(edit(&mut window.state, places.cursor(), places));
        rig.frame(Vec::new(), |ui| window.draw(ui));
    }
    let within = print("edit", "in the window", paced, Some(EDIT_BOUND));
    print("edit", "the frame after", after, None);
    within & print("edit", "every frame", quick, Some(EDIT_BOUND))
}

fn edit(state: &mut State, cursor: Cursor, places: &mut Places) -> Duration {
    let cell = Cell::text(places.words.text(38));
    let change = Change::SetCell { table: cursor.table, row: cursor.row, column: places.column, cell };
    let begun = Instant::now();
    state.run(Command::Edit(EditCommand::Make("Edit a comment".to_owned(), vec![change])));
    begun.elapsed()
}

/// Draws frames until the figures are up to date.
pub(crate) fn settle(rig: &mut Rig, window: &mut Window) {
    window.state.refresh();
    while !window.state.is_up_to_date() {
        std::thread::park_timeout(Duration::from_millis(5));
        window.state.poll();
    }
    for _ in 0..3 {
        rig.frame(Vec::new(), |ui| window.draw(ui));
    }
}

/// Prints the times of something; false when the middle one is over its bound.
pub(crate) fn print(what: &str, name: &str, mut times: Vec<Duration>, bound: Option<Duration>) -> bool {
    times.sort();
    let (middle, slow, slowest) = (times[times.len() / 2], times[times.len() * 95 / 100], times[times.len() - 1]);
    // The slowest frames are the machine's, and the bound is on the one in the middle.
    let within = bound.is_none_or(|bound| middle < bound);
    let said = bound.map_or_else(String::new, |bound| format!(" (bound {} ms): {}", bound.as_millis(), verdict(within)));
    println!("{what:<9} {name}: {}, 95 of 100 under {}, slowest {}{said}", millis(middle), millis(slow), millis(slowest));
    within
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
