//! What a user's hands do in the window of a large plan, each with the frame that shows it: typing, pasting, sorting, filtering.

use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, Modifiers};
use plandesk::{
    app::{
        command::{CellCommand, Command, EditCommand, ViewCommand},
        find::Query,
        state::State,
    },
    model::{Role, Status, TableKind},
    store::Filter,
    ui::Window,
};

use crate::frames::{Places, Rig, print, settle};

const TYPING_BOUND: Duration = Duration::from_millis(8);
const PASTE_BOUND: Duration = Duration::from_millis(100);
/// For sorting, filtering and finding.
const LOOK_BOUND: Duration = Duration::from_millis(150);

/// Rows and columns of what is pasted: 10,000 cells.
const PASTED: (usize, usize) = (1_250, 8);
const TIMES: usize = 15;

/// Measures all of them; false when one is over its bound.
pub(crate) fn measure(rig: &mut Rig, window: &mut Window, places: &mut Places) -> bool {
    let mut within = typing(rig, window, places);
    within &= pastes(rig, window, places);
    within &= sorts(rig, window);
    within &= filters(rig, window);
    within & finds(&window.state)
}

/// Does something and draws the frame that shows it.
fn shown(rig: &mut Rig, window: &mut Window, command: Command) -> Duration {
    let begun = Instant::now();
    window.state.run(command);
    let done = begun.elapsed();
    done + rig.frame(Vec::new(), |ui| window.draw(ui))
}

/// Letters typed into a long comment, a frame each.
fn typing(rig: &mut Rig, window: &mut Window, places: &mut Places) -> bool {
    window.state.run(Command::View(ViewCommand::Select(places.cursor())));
    settle(rig, window);
    let key = Event::Key { key: Key::F2, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    for events in [vec![key], Vec::new(), Vec::new()] {
        rig.frame(events, |ui| window.draw(ui));
    }
    let times = "the quick brown fox jumps over the lazy dog ".chars().cycle().take(100);
    let times = times.map(|letter| rig.frame(vec![Event::Text(letter.to_string())], |ui| window.draw(ui))).collect();
    let within = print("typing", "a letter in an editor", times, Some(TYPING_BOUND));
    let escape = Event::Key { key: Key::Escape, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    rig.frame(vec![escape], |ui| window.draw(ui));
    within
}

fn pastes(rig: &mut Rig, window: &mut Window, places: &mut Places) -> bool {
    let (rows, columns) = PASTED;
    let line: Vec<String> = (0..columns).map(|column| if column == 0 { "9.9".to_owned() } else { places.words.text(6) }).collect();
    let text = vec![line.join("\t"); rows].join("\n");
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let mut cursor = places.cursor();
        cursor.column = window.state.table().and_then(|table| table.columns.first()).map(|column| column.id);
        window.state.run(Command::View(ViewCommand::Select(cursor)));
        settle(rig, window);
        times.push(shown(rig, window, Command::Cells(CellCommand::Paste(text.clone()))));
        window.state.run(Command::Edit(EditCommand::Undo));
        settle(rig, window);
    }
    print("paste", "10,000 cells", times, Some(PASTE_BOUND))
}

fn sorts(rig: &mut Rig, window: &mut Window) -> bool {
    let plan = window.state.workspace.document().of_kind(TableKind::Plan).next().expect("the plan is open");
    let columns: Vec<_> = [Role::Lead, Role::Comment, Role::End, Role::Status].map(|role| plan.role_position(role)).into();
    let columns: Vec<_> = columns.into_iter().flatten().map(|at| plan.columns[at].id).collect();
    let mut times = Vec::new();
    for column in columns.into_iter().cycle().take(TIMES) {
        times.push(shown(rig, window, Command::View(ViewCommand::Sort(column, false))));
        window.state.run(Command::Edit(EditCommand::Undo));
        settle(rig, window);
    }
    print("sort", "by a column", times, Some(LOOK_BOUND))
}

fn filters(rig: &mut Rig, window: &mut Window) -> bool {
    let usual = Filter::default;
    let filters = [
        Filter { statuses: [Some(Status::Complete)].into(), ..usual() },
        Filter { lead: "Officer 12".to_owned(), ..usual() },
        Filter { overdue: true, ..usual() },
        Filter { changed: true, ..usual() },
        Filter { text: "partners".to_owned(), ..usual() },
        Filter { text: "zebra".to_owned(), ..usual() },
    ];
    let times = filters
        .iter()
        .cycle()
        .take(3 * filters.len())
        .map(|filter| shown(rig, window, Command::View(ViewCommand::SetFilter(filter.clone()))));
    let within = print("filter", "all rows", times.collect(), Some(LOOK_BOUND));
    window.state.run(Command::View(ViewCommand::ClearFilter));
    within
}

/// Words looked for in the whole plan: rare ones, frequent ones, and some that are nowhere.
fn finds(state: &State) -> bool {
    let Some(table) = state.table() else { return false };
    let times = ["partners", "the review of", "Officer 12", "e", "zebra"].iter().cycle().take(25).map(|words| {
        let query = Query { text: (*words).to_owned(), ..Query::default() };
        let begun = Instant::now();
        std::hint::black_box(query.pattern().map(|pattern| pattern.places(table)));
        begun.elapsed()
    });
    print("find", "all cells", times.collect(), Some(LOOK_BOUND))
}
