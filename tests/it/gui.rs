//! The real window, driven by keys and pointer through its accessibility tree.

mod access;
mod access_keys;
mod adding;
mod cells;
mod closing;
mod commands;
mod details;
mod editors;
mod find;
mod forms;
mod habits;
mod help;
mod import;
mod keys;
mod leaving;
mod lists;
mod names;
mod notes;
mod on_disk;
mod open;
mod order;
mod passwords;
mod recovery;
mod save;
mod save_back;
mod selection;
mod structure;
mod values;
mod view_settings;
mod views;

use std::{
    collections::VecDeque,
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use eframe::egui::{Context, DroppedFile, Event, Id, Key, Modifiers, Ui, UiBuilder, Vec2, accesskit, vec2};
use egui_kittest::{
    Harness,
    kittest::{By, NodeT, Queryable},
};
use plandesk::{
    app::command::{Command, Cursor, EditCommand, FileCommand, HelpCommand, ImportCommand, PublishCommand, RowCommand, View, ViewCommand},
    model::{Role, Table, TableKind, Value},
    store::Folder,
    ui::{Files, Window},
};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.xlsx");
const RECOMMENDATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/recommendations.xlsx");
/// A link to the first of them, in the sample: the end of 1.1.2.
const OVERDUE: &str = "10 lines are past their end date";

/// How long something is waited for, and how long at most before it is looked at again.
const LONGEST: Duration = Duration::from_secs(60);
const MOMENT: Duration = Duration::from_millis(20);

type Gui = Harness<'static, Opened>;

/// The window in a test, which is made once there is a context to make it in.
struct Opened(Option<Window>);

impl Deref for Opened {
    type Target = Window;

    fn deref(&self) -> &Window {
        self.0.as_ref().expect("the first pass makes the window")
    }
}

impl DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut Window {
        self.0.as_mut().expect("the first pass makes the window")
    }
}

/// A window of a size in points, drawn over all of it as the program draws it.
fn built(size: Vec2, scale: f32, make: impl FnOnce(&Context) -> Window + 'static) -> Gui {
    let mut make = Some(make);
    let test = std::thread::current();
    let draw = move |ui: &mut Ui, opened: &mut Opened| {
        let ctx = ui.ctx().clone();
        if opened.0.is_none() {
            let test = test.clone();
            ctx.set_request_repaint_callback(move |_| test.unpark());
        }
        let window = opened.0.get_or_insert_with(|| make.take().expect("a window is made once")(&ctx));
        let all = UiBuilder::new().max_rect(ctx.content_rect());
        let mut whole = Ui::new(ctx.clone(), Id::unique("whole window"), all);
        window.hear_starts(&ctx);
        window.draw(&mut whole);
    };
    let mut gui = Harness::builder().with_size(size).with_pixels_per_point(scale).with_max_steps(40).build_ui_state(draw, Opened(None));
    gui.run();
    gui
}

/// A file as the desktop drops it on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the program reads files by itself".to_owned())
    }
}

/// Drops files on the window.
fn give(gui: &mut Gui, paths: &[&Path]) {
    for path in paths {
        gui.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
    }
}

/// Drops files on the window and waits until they are read.
fn drop_on(gui: &mut Gui, paths: &[&Path]) {
    give(gui, paths);
    settle(gui);
}

/// A window that remembers in a folder, is answered with paths and opens files at its start.
fn window_of(folder: Folder, answers: Vec<PathBuf>, open: Vec<PathBuf>) -> Gui {
    let files = Files::Given(VecDeque::from(answers), None);
    built(vec2(1280.0, 720.0), 1.0, |ctx| Window::new(ctx, folder, files, open))
}

/// A window with the sample.
fn window() -> Gui {
    window_of(Folder::nowhere(), Vec::new(), Vec::new())
}

/// Writes the return where the next answer says.
fn export(gui: &mut Gui) {
    ctrl(gui, Key::E);
    click(gui, "Write the return…");
    settle(gui);
}

/// Draws on until something is so. In between it rests until the window is to be drawn again, and a moment at most.
fn until(gui: &mut Gui, what: &str, is_so: impl Fn(&Gui) -> bool) {
    let end = Instant::now() + LONGEST;
    gui.step();
    while !is_so(gui) {
        assert!(Instant::now() < end, "{what}");
        std::thread::park_timeout(MOMENT);
        gui.step();
    }
}

/// Waits until no job is under way.
fn settle(gui: &mut Gui) {
    gui.run();
    until(gui, "the job ends", |gui| gui.state().state.tasks.job().is_none());
    gui.run();
}

fn press(gui: &mut Gui, keys: &[Key]) {
    for key in keys {
        gui.key_press(*key);
        gui.run();
    }
}

fn held(gui: &mut Gui, modifiers: Modifiers, key: Key) {
    gui.key_press_modifiers(modifiers, key);
    gui.run();
}

fn ctrl(gui: &mut Gui, key: Key) {
    held(gui, Modifiers::COMMAND, key);
}

fn ctrl_shift(gui: &mut Gui, key: Key) {
    held(gui, Modifiers::COMMAND | Modifiers::SHIFT, key);
}

fn alt_shift(gui: &mut Gui, key: Key) {
    held(gui, Modifiers::ALT | Modifiers::SHIFT, key);
}

fn shift(gui: &mut Gui, key: Key) {
    held(gui, Modifiers::SHIFT, key);
}

fn type_text(gui: &mut Gui, text: &str) {
    gui.event(Event::Text(text.to_owned()));
    gui.run();
}

/// Several events in one frame, as when a frame takes long.
fn in_one_frame(gui: &mut Gui, events: Vec<Event>) {
    gui.input_mut().events.extend(events);
    gui.step();
    gui.run();
}

fn down(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

fn click(gui: &mut Gui, label: &str) {
    gui.get_by_label(label).click();
    gui.run();
}

fn click_containing(gui: &mut Gui, words: &str) {
    gui.get_by_label_contains(words).scroll_to_me();
    gui.run();
    gui.get_by_label_contains(words).click();
    gui.run();
}

/// Clicks the first of what is called so.
fn click_first(gui: &mut Gui, label: &str) {
    gui.query_all_by_label(label).next().unwrap().scroll_to_me();
    gui.run();
    gui.query_all_by_label(label).next().unwrap().click();
    gui.run();
}

fn choose_deep(gui: &mut Gui, menu: &str, within: &str, entry: &str) {
    click(gui, menu);
    click_containing(gui, within);
    click(gui, entry);
}

/// Chooses from a menu.
fn choose(gui: &mut Gui, menu: &str, entry: &str) {
    click(gui, menu);
    click_containing(gui, entry);
}

fn sees(gui: &Gui, label: &str) -> bool {
    gui.query_all_by_label(label).next().is_some()
}

fn sees_part(gui: &Gui, words: &str) -> bool {
    gui.query_all_by_label_contains(words).next().is_some()
}

/// The name of the cell the cursor is drawn in, without its value; nothing when none is.
fn here(gui: &Gui) -> String {
    let grid = gui.query_all_by_role(accesskit::Role::Grid).next();
    let label = grid.and_then(|node| node.accesskit_node().active_descendant()).and_then(|node| node.label());
    label.map_or_else(String::new, |label| label.split_once(": ").map_or(&*label, |(name, _)| name).to_owned())
}

/// What the keyboard is in.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime, and a predicate of all")]
fn in_focus(gui: &Gui) -> Option<egui_kittest::Node<'_>> {
    gui.query_all(By::new().predicate(|node| node.is_focused())).next()
}

/// The cells that are drawn as selected, without their values.
fn selected(gui: &Gui) -> Vec<String> {
    let cells = gui.query_all_by_role(accesskit::Role::GridCell).filter(|node| node.accesskit_node().is_selected() == Some(true));
    let name = |label: String| label.split_once(": ").map_or(label.clone(), |(name, _)| name.to_owned());
    cells.filter_map(|node| node.accesskit_node().label()).map(name).collect()
}

/// Moves the cursor to an action's cell: to its table by a click on the left, and there by keys.
fn go(gui: &mut Gui, reference: &str, role: Role) {
    let tables = &gui.state().state.workspace.document().tables;
    let table = tables.iter().find(|table| position(table, reference).is_some()).unwrap();
    let (id, column) = (table.id, table.role_position(role).unwrap());
    // A cell that is merged over several rows stands in the first of them.
    let row = (0..=position(table, reference).unwrap()).rfind(|&row| table.rows[row].cells[column].value != Value::Merged).unwrap();
    if gui.state().state.table_id() != Some(id) {
        let name = table.name.clone();
        show_table(gui, &name);
    }
    if !in_grid(gui) {
        press(gui, &[Key::F6]);
    }
    assert!(in_grid(gui), "the keyboard is in the grid");
    ctrl(gui, Key::Home);
    go_to_row(gui, row);
    walk(gui, column, [Key::ArrowLeft, Key::ArrowRight], |table, cursor| table.column_position(cursor.column?));
    // A merged cell on the way leads to its first row.
    go_to_row(gui, row);
}

/// Moves the cursor up or down to a row.
fn go_to_row(gui: &mut Gui, row: usize) {
    walk(gui, row, [Key::ArrowUp, Key::ArrowDown], |table, cursor| table.position(cursor.row));
}

/// Presses one of two keys until the cursor is as far on as it is to be: all it would take at once, then what is missing.
fn walk(gui: &mut Gui, to: usize, [back, on]: [Key; 2], far: fn(&Table, Cursor) -> Option<usize>) {
    for more in 0..20 {
        let state = &gui.state().state;
        let at = state.view.cursor().and_then(|cursor| far(state.table().unwrap(), cursor)).unwrap_or(0);
        if at == to {
            return;
        }
        let times = if more == 0 { at.abs_diff(to) } else { 1 };
        in_one_frame(gui, vec![down(if at > to { back } else { on }); times]);
    }
    unreachable!("the keys do not lead there: {}", here(gui));
}

/// Whether the keyboard is in the grid.
fn in_grid(gui: &Gui) -> bool {
    gui.ctx.memory(|memory| memory.has_focus(plandesk::ui::grid::id()))
}

fn plan(gui: &Gui) -> &Table {
    gui.state().state.workspace.document().of_kind(TableKind::Plan).next().unwrap()
}

fn position(table: &Table, reference: &str) -> Option<usize> {
    table.rows.iter().position(|row| table.cell(row, Role::Ref).is_some_and(|cell| &*cell.text == reference))
}

/// The text of an action's cell, by its ref.
fn cell(gui: &Gui, reference: &str, role: Role) -> String {
    let table = plan(gui);
    table.cell(&table.rows[position(table, reference).unwrap()], role).unwrap().text.to_string()
}

/// Shows a table by a click on its name in the list on the left, where a plan stands by its title.
fn show_table(gui: &mut Gui, name: &str) {
    let table = gui.state().state.workspace.document().tables.iter().find(|table| table.name == name).unwrap();
    let id = table.id;
    let title = if table.kind == TableKind::Plan { table.title().to_owned() } else { name.to_owned() };
    table_entry(gui, &title).scroll_to_me();
    gui.run();
    table_entry(gui, &title).click();
    gui.run();
    assert_eq!(gui.state().state.table_id(), Some(id), "{name}");
}

/// A table's entry in the list on the left: its title and how much it holds.
fn table_entry<'gui>(gui: &'gui Gui, title: &'gui str) -> egui_kittest::Node<'gui> {
    gui.get_by(move |node| {
        let label = node.label().unwrap_or_default();
        let count = label.strip_prefix(title).map(str::trim_start);
        node.role() == accesskit::Role::Button && count.is_some_and(|count| !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()))
    })
}

#[test]
fn f6_leads_out_of_the_grid_and_back() {
    let mut gui = window();
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    assert!(in_grid(&gui));
    press(&mut gui, &[Key::F6]);
    assert!(!in_grid(&gui), "the keyboard is elsewhere");
    press(&mut gui, &[Key::Tab]);
    assert!(!in_grid(&gui), "Tab walks through the window");
    press(&mut gui, &[Key::F6]);
    assert!(in_grid(&gui));
}

/// Types over a header field of the summary, by what it holds, and leaves it open.
fn type_in_field(gui: &mut Gui, old: &str, text: &str) {
    let field = gui.get_all_by_role(accesskit::Role::TextInput).find(|node| node.value().as_deref() == Some(old)).unwrap();
    field.click();
    gui.run();
    ctrl(gui, Key::A);
    type_text(gui, text);
}
