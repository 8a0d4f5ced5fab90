//! Clicks and keys that arrive in one frame, as on a busy machine: each acts on what the one before it left.

use eframe::egui::{PointerButton, Pos2, vec2};

use super::*;

/// The events of a click, as the system sends them.
fn click_at(pos: Pos2) -> Vec<Event> {
    vec![Event::PointerMoved(pos), button(pos, true), button(pos, false)]
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// A key pressed and let go.
fn stroke(modifiers: Modifiers, key: Key) -> Vec<Event> {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    vec![event(true), event(false)]
}

/// A text typed letter by letter.
fn typed(text: &str) -> Vec<Event> {
    let letter = |letter: char| {
        let key = Key::from_name(&letter.to_uppercase().to_string()).unwrap_or(Key::A);
        let [down, up] =
            [true, false].map(|pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE });
        vec![down, Event::Text(letter.to_string()), up]
    };
    text.chars().flat_map(letter).collect()
}

fn center(gui: &Gui, label: &str) -> Pos2 {
    gui.get_by_label(label).rect().center()
}

/// A cell that is clicked, by its label, with what is typed into it and what it then holds.
struct Case {
    label: &'static str,
    /// Where the cursor is before, in 1.1.1.
    before: Role,
    /// The ref of its row, and its column; `None` for the words of an approach, by place.
    at: (&'static str, Option<Role>, usize),
    typed: &'static str,
    entered: &'static str,
}

/// One cell of every kind in the plan: text, date, status, ref, the words of a group, and those of an approach.
const CELLS: [Case; 7] = [
    case("Lead officer, 1.1.2: Community Life Manager", Role::Lead, ("1.1.2", Some(Role::Lead), 0), "Tess Pike", "Tess Pike"),
    case("End, 1.1.2: Sep-18", Role::End, ("1.1.2", Some(Role::End), 0), "dec-19", "Dec-19"),
    case("RAG Status, 1.1.2: In Progress", Role::Status, ("1.1.2", Some(Role::Status), 0), "compl", "Complete"),
    case("Ref, 1.1.2: 1.1.2", Role::Ref, ("1.1.2", Some(Role::Ref), 0), "1.1.9", "1.1.9"),
    case("Action, 1.1: Shared hobbies", Role::Action, ("1.1", Some(Role::Action), 0), "Hobbies", "Hobbies"),
    case("Approach: Street by Street", Role::Action, ("", None, 0), "Door to door", "Door to door"),
    case("Objective: Help neighbours", Role::Action, ("", None, 1), "Meet", "Meet"),
];

const fn case(
    label: &'static str,
    before: Role,
    at: (&'static str, Option<Role>, usize),
    typed: &'static str,
    entered: &'static str,
) -> Case {
    Case { label, before, at, typed, entered }
}

/// A window whose cursor is in 1.1.1, and the place of a case's cell on screen and in the table.
fn begun(case: &Case) -> (Gui, Pos2, (usize, usize)) {
    let mut gui = window();
    go(&mut gui, "1.1.1", case.before);
    let pos = gui.get_by_label_contains(case.label).rect().center();
    let (reference, role, field) = case.at;
    let row = if role.is_some() { position(plan(&gui), reference).unwrap() } else { 0 };
    let column = role.map_or(field, |role| plan(&gui).role_position(role).unwrap());
    (gui, pos, (row, column))
}

fn value(gui: &Gui, (row, column): (usize, usize)) -> String {
    let row = &plan(gui).rows[row];
    row.cells.get(column).unwrap_or_else(|| &row.fields[column].cell).text.to_string()
}

/// What stands in the clicked cell after a click and what follows it in one frame; no other cell may have changed.
fn after(case: &Case, then: Vec<Event>) -> String {
    let (mut gui, pos, at) = begun(case);
    let before = gui.state().state.workspace.document().clone();
    in_one_frame(&mut gui, [click_at(pos), then].concat());
    assert!(differing(gui.state().state.workspace.document(), &before) <= 1, "{}: another cell was changed", case.label);
    value(&gui, at)
}

/// How many cells and words differ between two documents of as many rows.
fn differing(now: &plandesk::model::Document, then: &plandesk::model::Document) -> usize {
    let texts = |document: &plandesk::model::Document| -> Vec<String> {
        let rows = document.tables.iter().flat_map(|table| &table.rows);
        rows.flat_map(|row| row.cells.iter().chain(row.fields.iter().map(|field| &field.cell))).map(|cell| cell.text.to_string()).collect()
    };
    let (now, then) = (texts(now), texts(then));
    assert_eq!(now.len(), then.len());
    now.iter().zip(&then).filter(|(a, b)| a != b).count()
}

#[test]
fn delete_in_the_frame_of_a_click_empties_what_was_clicked() {
    for case in &CELLS {
        assert_eq!(after(case, stroke(Modifiers::NONE, Key::Delete)), "", "{}", case.label);
    }
}

#[test]
fn a_paste_in_the_frame_of_a_click_goes_where_was_clicked() {
    for case in &CELLS {
        let text = if case.before == Role::Status { "Complete" } else { case.entered };
        assert_eq!(after(case, vec![Event::Paste(text.to_owned())]), text, "{}", case.label);
    }
}

#[test]
fn a_text_in_the_frame_of_a_click_is_typed_whole_where_was_clicked() {
    for case in &CELLS {
        let then = [typed(case.typed), stroke(Modifiers::NONE, Key::Enter)].concat();
        assert_eq!(after(case, then), case.entered, "{}", case.label);
    }
}

#[test]
fn f2_in_the_frame_of_a_click_opens_what_was_clicked() {
    for case in &CELLS {
        let (gui, _, at) = begun(case);
        let old = value(&gui, at);
        let keys = if case.before == Role::Status {
            [stroke(Modifiers::NONE, Key::ArrowDown), stroke(Modifiers::NONE, Key::Enter)].concat()
        } else {
            [stroke(Modifiers::NONE, Key::End), typed("2"), stroke(Modifiers::NONE, Key::Enter)].concat()
        };
        let expected = if case.before == Role::Status { "Complete".to_owned() } else { format!("{old}2") };
        assert_eq!(after(case, [stroke(Modifiers::NONE, Key::F2), keys].concat()), expected, "{}", case.label);
    }
}

#[test]
fn copying_and_arrows_in_the_frame_of_a_click_begin_at_what_was_clicked() {
    for case in &CELLS {
        let (mut gui, pos, at) = begun(case);
        let old = value(&gui, at);
        gui.input_mut().events.extend([click_at(pos), vec![Event::Copy]].concat());
        let mut copied = String::new();
        for _ in 0..4 {
            gui.step();
            for command in &gui.output().platform_output.commands {
                if let eframe::egui::OutputCommand::CopyText(text) = command {
                    copied.clone_from(text);
                }
            }
        }
        assert_eq!(copied, old, "{}", case.label);
    }
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Ref);
    let pos = center(&gui, "Lead officer, 1.1.2: Community Life Manager");
    in_one_frame(&mut gui, [click_at(pos), stroke(Modifiers::NONE, Key::ArrowRight), stroke(Modifiers::NONE, Key::Delete)].concat());
    assert_eq!((cell(&gui, "1.1.2", Role::Status), here(&gui)), (String::new(), "RAG Status, 1.1.2".to_owned()));
}

#[test]
fn a_figure_typed_in_the_frame_of_a_click_is_whole() {
    for in_a_frame in 1..=9 {
        let mut gui = window();
        click(&mut gui, "KPIs 2023-24 13");
        go(&mut gui, "2", Role::Current);
        let before = gui.state().state.workspace.document().clone();
        let pos = gui.get_by_label_contains("Current Performance, 3: ").rect().center();
        let events = [click_at(pos), typed("87%"), stroke(Modifiers::NONE, Key::Enter)].concat();
        for some in events.chunks(in_a_frame) {
            gui.input_mut().events.extend(some.to_vec());
            gui.step();
        }
        gui.run();
        let table = gui.state().state.table().unwrap();
        let text = |table: &Table, reference: &str| {
            table.cell(&table.rows[position(table, reference).unwrap()], Role::Current).unwrap().text.clone()
        };
        assert_eq!(&*text(table, "3"), "87%", "{in_a_frame} events in a frame");
        assert_eq!(text(table, "2"), text(before.table(table.id).unwrap(), "2"));
    }
}

#[test]
fn a_merged_cell_clicked_at_its_last_line_is_the_one_that_is_typed_in() {
    let mut gui = window();
    go(&mut gui, "1.2.1", Role::Lead);
    press(&mut gui, &[Key::ArrowDown]);
    assert_eq!(here(&gui), "Lead officer, 1.2.2");
    let rect = gui.get_by_label_contains("Lead officer, 1.2.1: ").rect();
    let low = rect.center_bottom() - vec2(0.0, 4.0);
    in_one_frame(&mut gui, [click_at(low), typed("Wilf"), stroke(Modifiers::NONE, Key::Enter)].concat());
    assert_eq!(cell(&gui, "1.2.1", Role::Lead), "Wilf");
}

#[test]
fn a_dragged_selection_is_what_the_key_in_its_frame_acts_on() {
    let act = |gui: &mut Gui, released: bool, then: Vec<Event>| {
        click(gui, "Ref, 1.1.1: 1.1.1");
        let from = center(gui, "Lead officer, 1.1.1: Community Life Manager");
        let to = center(gui, "RAG Status, 1.1.2: In Progress");
        let moves = [0.2, 0.5, 0.9, 1.0].map(|part| Event::PointerMoved(from.lerp(to, part)));
        let release = if released { vec![button(to, false)] } else { Vec::new() };
        in_one_frame(gui, [vec![Event::PointerMoved(from), button(from, true)], moves.to_vec(), release, then].concat());
    };
    let all = |gui: &Gui| {
        [("1.1.1", Role::Lead), ("1.1.1", Role::Status), ("1.1.2", Role::Lead), ("1.1.2", Role::Status)]
            .map(|(row, role)| cell(gui, row, role))
    };
    for released in [true, false] {
        let mut gui = window();
        act(&mut gui, released, stroke(Modifiers::NONE, Key::Delete));
        assert_eq!(all(&gui), [""; 4], "released: {released}");
        assert_eq!(cell(&gui, "1.1.1", Role::Ref), "1.1.1");
        assert!(sees(&gui, "Clear 4 cells"));
    }
    let mut gui = window();
    act(&mut gui, true, vec![Event::Paste("Complete".to_owned())]);
    assert_eq!(all(&gui), ["Complete"; 4]);
    let mut gui = window();
    act(&mut gui, true, [typed("Wilf"), stroke(Modifiers::COMMAND, Key::Enter)].concat());
    assert_eq!((cell(&gui, "1.1.1", Role::Lead), cell(&gui, "1.1.2", Role::Lead)), ("Wilf".to_owned(), "Wilf".to_owned()));
    let mut gui = window();
    act(&mut gui, true, [stroke(Modifiers::NONE, Key::F2), typed("!"), stroke(Modifiers::NONE, Key::Enter)].concat());
    assert_eq!((cell(&gui, "1.1.1", Role::Lead).as_str(), here(&gui).as_str()), ("Community Life Manager!", "Lead officer, 1.1.2"));
}

#[test]
fn a_press_selects_before_the_button_is_let_go() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    let pos = center(&gui, "Lead officer, 1.1.2: Community Life Manager");
    for events in [vec![Event::PointerMoved(pos)], vec![button(pos, true)], stroke(Modifiers::NONE, Key::Delete), vec![button(pos, false)]]
    {
        gui.input_mut().events.extend(events);
        gui.step();
    }
    gui.run();
    assert_eq!((cell(&gui, "1.1.1", Role::Lead).as_str(), cell(&gui, "1.1.2", Role::Lead).as_str()), ("Community Life Manager", ""));
    // What is typed before the button is let go is not lost with it.
    let pos = center(&gui, "Lead officer, 1.1.1: Community Life Manager");
    for events in [vec![Event::PointerMoved(pos), button(pos, true)], typed("87"), vec![button(pos, false)], typed("%")] {
        gui.input_mut().events.extend(events);
        gui.step();
    }
    press(&mut gui, &[Key::Enter]);
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "87%");
}

#[test]
fn row_selectors_and_headings_select_before_the_key_after_them() {
    let mut gui = window();
    click(&mut gui, "Ref, 1.1.1: 1.1.1");
    let pos = center(&gui, "Move 1.1.2");
    in_one_frame(&mut gui, [click_at(pos), stroke(Modifiers::NONE, Key::Delete)].concat());
    assert!(position(plan(&gui), "1.1.2").is_none() && position(plan(&gui), "1.1.1").is_some(), "the row's cells are emptied");
    ctrl(&mut gui, Key::Z);
    in_one_frame(&mut gui, [click_at(pos), stroke(Modifiers::COMMAND, Key::Minus)].concat());
    assert!(position(plan(&gui), "1.1.2").is_none() && position(plan(&gui), "1.1.1").is_some());
    ctrl(&mut gui, Key::Z);
    let pos = center(&gui, "Lead officer");
    in_one_frame(&mut gui, [click_at(pos), vec![Event::Paste("Wilf".to_owned())]].concat());
    assert_eq!((cell(&gui, "1.1.1", Role::Lead), cell(&gui, "4.3.1", Role::Lead)), ("Wilf".to_owned(), "Wilf".to_owned()));
}

#[test]
fn a_click_elsewhere_keeps_what_is_typed_and_the_key_after_it_acts_there() {
    let ends: [(&str, Vec<Event>, &str); 3] = [
        ("Lead officer, 1.1.2: Community Life Manager", stroke(Modifiers::NONE, Key::Delete), ""),
        ("Lead officer, 1.1.2: Community Life Manager", vec![Event::Paste("Wilf".to_owned())], "Wilf"),
        ("Lead officer, 1.1.2: Community Life Manager", [typed("Wilf"), stroke(Modifiers::NONE, Key::Enter)].concat(), "Wilf"),
    ];
    for (label, then, expected) in ends {
        let mut gui = window();
        go(&mut gui, "1.1.1", Role::Lead);
        type_text(&mut gui, "Tess");
        let pos = center(&gui, label);
        in_one_frame(&mut gui, [typed(" Pike"), click_at(pos), then].concat());
        assert_eq!((cell(&gui, "1.1.1", Role::Lead).as_str(), cell(&gui, "1.1.2", Role::Lead).as_str()), ("Tess Pike", expected));
        // From the list of statuses too.
        let mut gui = window();
        go(&mut gui, "1.1.2", Role::Status);
        type_text(&mut gui, "amb");
        let pos = center(&gui, "Lead officer, 1.1.1: Community Life Manager");
        in_one_frame(&mut gui, [click_at(pos), stroke(Modifiers::NONE, Key::Delete)].concat());
        assert_eq!((cell(&gui, "1.1.2", Role::Status).as_str(), cell(&gui, "1.1.1", Role::Lead).as_str()), ("Minor Problem", ""));
    }
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    type_text(&mut gui, "Tess");
    let pos = center(&gui, "Move 1.1.2");
    in_one_frame(&mut gui, [click_at(pos), stroke(Modifiers::COMMAND, Key::Minus)].concat());
    assert!(position(plan(&gui), "1.1.2").is_none(), "the row that was clicked is deleted");
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Tess");
}

#[test]
fn several_clicks_and_keys_of_one_frame_keep_their_order() {
    let mut gui = window();
    let (first, second) = (center(&gui, "Lead officer, 1.1.1: Community Life Manager"), center(&gui, "End, 1.1.2: Sep-18"));
    let events = [
        click_at(first),
        typed("Wilf"),
        stroke(Modifiers::NONE, Key::Tab),
        typed("amb"),
        stroke(Modifiers::NONE, Key::Enter),
        click_at(second),
        stroke(Modifiers::NONE, Key::Delete),
        stroke(Modifiers::NONE, Key::ArrowLeft),
        typed("dec-17"),
        stroke(Modifiers::NONE, Key::Enter),
    ];
    in_one_frame(&mut gui, events.concat());
    assert_eq!((cell(&gui, "1.1.1", Role::Lead).as_str(), cell(&gui, "1.1.1", Role::Status).as_str()), ("Wilf", "Minor Problem"));
    assert_eq!((cell(&gui, "1.1.2", Role::End).as_str(), cell(&gui, "1.1.2", Role::Start).as_str()), ("", "Dec-17"));
}

#[test]
fn commands_and_keys_of_one_frame_keep_their_order() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    let down = stroke(Modifiers::NONE, Key::ArrowDown);
    in_one_frame(&mut gui, [down.clone(), stroke(Modifiers::COMMAND, Key::Minus)].concat());
    assert!(position(plan(&gui), "1.1.1").is_some() && position(plan(&gui), "1.1.2").is_none(), "the row below is deleted");
    in_one_frame(&mut gui, [stroke(Modifiers::COMMAND, Key::Z), stroke(Modifiers::COMMAND, Key::Z)].concat());
    go(&mut gui, "1.1.1", Role::Lead);
    let keys = [stroke(Modifiers::NONE, Key::Delete), stroke(Modifiers::NONE, Key::F2), typed("Wilf"), stroke(Modifiers::NONE, Key::Enter)];
    in_one_frame(&mut gui, keys.concat());
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Wilf", "the editor opens on the emptied cell");
    // What is copied in a frame is what is pasted in it, not what was on the clipboard before.
    go(&mut gui, "1.1.1", Role::Lead);
    in_one_frame(&mut gui, [vec![Event::Copy], down, vec![Event::Paste("what was copied before".to_owned())]].concat());
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "Wilf");
}

#[test]
fn a_double_click_in_one_frame_opens_what_was_clicked() {
    let mut gui = window();
    click(&mut gui, "Ref, 1.1.1: 1.1.1");
    let pos = center(&gui, "Lead officer, 1.1.2: Community Life Manager");
    let events = [click_at(pos), click_at(pos), stroke(Modifiers::NONE, Key::End), typed("!"), stroke(Modifiers::NONE, Key::Enter)];
    in_one_frame(&mut gui, events.concat());
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "Community Life Manager!");
}

#[test]
fn a_first_click_on_a_status_selects_and_a_second_opens_its_list() {
    let mut gui = window();
    go(&mut gui, "1.1.1", Role::Lead);
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    assert!(!sees(&gui, "Choose Complete"));
    gui.run_steps(60);
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    assert!(sees(&gui, "Choose Complete"));
}

#[test]
fn a_drag_that_comes_in_one_frame_moves_fills_and_widens() {
    let drag = |from: Pos2, to: Pos2| {
        let moves = [0.3, 0.7, 1.0].map(|part| Event::PointerMoved(from.lerp(to, part)));
        [vec![Event::PointerMoved(from), button(from, true)], moves.to_vec(), vec![button(to, false)]].concat()
    };
    let mut gui = window();
    let heading = gui.get_by_label("Lead officer").rect();
    in_one_frame(&mut gui, drag(heading.right_center(), heading.right_center() + vec2(60.0, 0.0)));
    assert!((gui.get_by_label("Lead officer").rect().width() - heading.width() - 60.0).abs() < 2.0);
    let end = gui.get_by_label("Ref, 1.1.2: 1.1.2").rect().left_bottom() + vec2(20.0, -4.0);
    let from = center(&gui, "Move 1.1.1");
    in_one_frame(&mut gui, drag(from, end));
    assert!(position(plan(&gui), "1.1.1") > position(plan(&gui), "1.1.2"));
    ctrl(&mut gui, Key::Z);
    click(&mut gui, "Lead officer, 1.1.1: Community Life Manager");
    type_text(&mut gui, "Wilf");
    press(&mut gui, &[Key::Enter, Key::ArrowUp]);
    let handle = center(&gui, "Fill handle");
    let to = center(&gui, "Lead officer, 1.1.2: Community Life Manager");
    in_one_frame(&mut gui, drag(handle, to));
    assert_eq!(cell(&gui, "1.1.2", Role::Lead), "Wilf");
}
