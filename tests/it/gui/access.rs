//! For those who see little, hear the window, or have no pointer: what is named, how large it is, and what the keyboard reaches.

use std::collections::BTreeSet;

use eframe::egui::Shape;

use super::*;

/// The least width and height of what is pressed or typed in, in points.
const LEAST: f32 = 24.0;

#[test]
fn every_cell_in_view_tells_its_column_row_value_status_and_note() {
    let mut gui = window();
    let cells: Vec<_> = gui.query_all_by_role(accesskit::Role::GridCell).filter_map(|node| node.accesskit_node().label()).collect();
    assert!(cells.len() > 15);
    let table = plan(&gui);
    for label in &cells {
        let (name, value) = label.split_once(": ").expect(label);
        assert!(!value.is_empty());
        let of_section = table.rows.iter().flat_map(|row| &row.fields).any(|field| *field.label == *name);
        let of_row = name.split_once(", ").is_some_and(|(heading, row)| {
            (0..table.columns.len()).any(|at| table.heading(at) == heading) && row.starts_with(|first: char| first.is_ascii_digit())
        });
        assert!(of_section || of_row, "{label}");
    }
    let about = |gui: &Gui, label: &str| gui.get_by_label_contains(label).accesskit_node().description().unwrap_or_default();
    assert_eq!(about(&gui, "Lead officer, 1.1.2: "), "Status: In progress");
    assert_eq!(about(&gui, "RAG Status, 1.1.2: In Progress"), "", "it is the status itself");
    press(&mut gui, &[Key::F7]);
    let noted = here(&gui);
    assert!(about(&gui, &format!("{noted}: ")).contains("Note: "), "{noted}");
}

/// What is pressed or typed in, by role.
fn is_control(role: accesskit::Role) -> bool {
    use accesskit::Role::{
        Button, CheckBox, ComboBox, ListBoxOption, MenuItem, MultilineTextInput, RadioButton, Slider, SpinButton, Switch, TextInput,
    };
    matches!(
        role,
        Button
            | CheckBox
            | ComboBox
            | ListBoxOption
            | MenuItem
            | MultilineTextInput
            | RadioButton
            | Slider
            | SpinButton
            | Switch
            | TextInput
    )
}

/// The controls in the accessibility tree, with where they are.
fn controls(gui: &Gui) -> Vec<(String, eframe::egui::Rect)> {
    let found = gui.query_all(By::new().predicate(|node| is_control(node.role())));
    let named = |node: egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label().or(node.value()).unwrap_or_default();
        (format!("{:?} {label}", node.accesskit_node().role()), node.rect())
    };
    found.map(named).collect()
}

/// Holds that every control is large enough, and that each has a name.
fn large_enough(gui: &Gui, place: &str) {
    let controls = controls(gui);
    assert!(!controls.is_empty());
    let window = gui.ctx.content_rect();
    // What a list or the grid shows in part is scrolled to.
    let grid = gui.query_by_role(accesskit::Role::Grid).map(|node| node.rect());
    let in_part = |rect: &eframe::egui::Rect| grid.is_some_and(|grid| rect.bottom() >= grid.bottom() - 0.5 && rect.top() > grid.top());
    for (name, rect) in controls.iter().filter(|(_, rect)| window.contains_rect(*rect) && !in_part(rect)) {
        assert!(
            rect.width() >= LEAST - 0.5 && rect.height() >= LEAST - 0.5,
            "{place}: {name} is {:.1} x {:.1}",
            rect.width(),
            rect.height()
        );
    }
    for (name, _) in controls {
        assert!(name.split_once(' ').is_some_and(|(_, label)| !label.trim().is_empty()), "{place}: a {name}without a name");
    }
}

#[test]
fn what_is_pressed_is_large_enough_and_named_everywhere() {
    let mut gui = window();
    large_enough(&gui, "the plan");
    for menu in ["File", "Edit", "Row", "View", "Help"] {
        click(&mut gui, menu);
        large_enough(&gui, menu);
        press(&mut gui, &[Key::Escape]);
    }
    ctrl_shift(&mut gui, Key::M);
    large_enough(&gui, "the notes");
    show_table(&mut gui, "KPIs 2023-24");
    press(&mut gui, &[Key::ArrowDown, Key::ArrowDown]);
    ctrl_shift(&mut gui, Key::D);
    large_enough(&gui, "the KPIs with their details");
    click(&mut gui, "Summary");
    large_enough(&gui, "the summary");
    ctrl_shift(&mut gui, Key::P);
    large_enough(&gui, "the palette");
    press(&mut gui, &[Key::Escape, Key::F1]);
    large_enough(&gui, "the shortcuts");
    press(&mut gui, &[Key::Escape]);
    gui.state_mut().state.run(Command::Help(HelpCommand::Fail("The file is gone.".to_owned())));
    gui.run();
    large_enough(&gui, "a failure");
    press(&mut gui, &[Key::Escape]);
    go(&mut gui, "1.1.1", Role::Lead);
    press(&mut gui, &[Key::Delete]);
    ctrl(&mut gui, Key::Q);
    large_enough(&gui, "the question of unsaved work");
    press(&mut gui, &[Key::Escape]);
    ctrl(&mut gui, Key::I);
    settle(&mut gui);
    large_enough(&gui, "the import");
}

/// What the keyboard is in.
fn focused(gui: &Gui) -> String {
    let node = in_focus(gui);
    node.map_or_else(String::new, |node| {
        let label = node.accesskit_node().label().or(node.value()).unwrap_or_default();
        format!("{:?} {label}", node.accesskit_node().role())
    })
}

/// Whether a ring, or for a link an underline, is drawn around what the keyboard is in.
fn is_ringed(gui: &Gui) -> bool {
    let place = in_focus(gui).map(|node| node.rect()).unwrap();
    let accent = plandesk::ui::theme::LIGHT.accent;
    gui.output().shapes.iter().any(|clipped| match &clipped.shape {
        Shape::Rect(rect) => {
            let near = (rect.rect.min - place.min).abs().max_elem() < 8.0 && (rect.rect.max - place.max).abs().max_elem() < 8.0;
            near && rect.stroke.color == accent && rect.stroke.width >= 2.0
        }
        Shape::Text(text) => text.underline.width > 0.0 && place.intersects(text.visual_bounding_rect()),
        _ => false,
    })
}

/// Everything that Tab leads to from the grid until it comes round.
fn reached(gui: &mut Gui) -> Vec<String> {
    let mut reached = Vec::new();
    press(gui, &[Key::F6]);
    for _ in 0..200 {
        let name = focused(gui);
        if reached.first() == Some(&name) && reached.len() > 3 {
            break;
        }
        // In the grid the ring is around the cell.
        assert!(name.starts_with("Grid") || is_ringed(gui), "no ring around {name}");
        reached.push(name);
        press(gui, &[if gui.ctx.memory(|memory| memory.has_focus(plandesk::ui::grid::id())) { Key::F6 } else { Key::Tab }]);
    }
    reached
}

#[test]
fn the_keyboard_reaches_everything_in_the_window() {
    let mut gui = window();
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    ctrl_shift(&mut gui, Key::M);
    let reached = reached(&mut gui);
    assert!(reached.iter().all(|name| !name.trim().is_empty()), "{reached:?}");
    let wanted = [
        "Button File",
        "Button Edit",
        "Button Row",
        "Button View",
        "Button Help",
        "Button Open",
        "Button Save",
        "Button Add row below",
        "Button Delete row",
        "Button Export return",
        "Button Details pane",
        "Button Notes pane",
        "Button Summary",
        "Button Good Neighbours Plan 34",
        "Button KPIs 2023-24 13",
        "Link 10 lines are past their end date",
    ];
    for name in wanted {
        assert!(reached.iter().any(|found| found == name), "{name} is not among {reached:#?}");
    }
    assert!(reached.iter().any(|name| name.starts_with("Grid ")), "the grid itself");
    assert!(reached.iter().any(|name| name.starts_with("Link Note: ")), "the notes");
    let controls: BTreeSet<String> = controls(&gui).into_iter().map(|(name, _)| name).collect();
    let enabled = |name: &str| {
        let label = name.split_once(' ').map_or("", |(_, label)| label);
        gui.query_all_by_label(label).any(|node| !node.accesskit_node().is_disabled())
    };
    // What the pointer does at the edge of a row has keys in the grid: Alt+Shift+Left, and Alt+Shift+Up and Down.
    let has_keys = |name: &str| name.starts_with("Button Close ") || name.starts_with("Button Move ");
    let missed: Vec<_> = controls.iter().filter(|name| enabled(name) && !has_keys(name) && !reached.contains(name)).collect();
    assert!(missed.is_empty(), "not reached: {missed:?}");
}

#[test]
fn a_menu_is_walked_by_keys_alone() {
    let mut gui = window();
    press(&mut gui, &[Key::F6]);
    for _ in 0..60 {
        if focused(&gui) == "Button View" {
            break;
        }
        press(&mut gui, &[Key::Tab]);
    }
    press(&mut gui, &[Key::Enter]);
    for _ in 0..30 {
        if focused(&gui).starts_with("Button Compact rows") {
            break;
        }
        press(&mut gui, &[Key::ArrowDown]);
    }
    assert!(focused(&gui).starts_with("Button Compact rows"), "{}", focused(&gui));
    press(&mut gui, &[Key::Enter]);
    assert!(gui.state().state.remembered.settings().compact_rows);
}

/// A window on a screen of 1280 by 720 pixels at a scaling.
fn scaled(scale: f32) -> Gui {
    let files = Files::Given(VecDeque::new(), None);
    built(vec2(1280.0, 720.0) / scale, scale, |ctx| Window::new(ctx, Folder::nowhere(), files, Vec::new()))
}

#[test]
fn nothing_is_cut_off_at_any_scaling() {
    for scale in [1.0, 1.25, 1.5, 1.75, 2.0] {
        let mut gui = scaled(scale);
        go(&mut gui, "1.1.1", Role::Ref);
        let window = gui.ctx.content_rect().expand(0.5);
        let in_view = |gui: &Gui, place: &str| {
            for (name, rect) in controls(gui).into_iter().filter(|(name, _)| !name.contains("Role of column")) {
                assert!(window.left() <= rect.left() && rect.right() <= window.right(), "{place} at {scale}: {name} at {rect} in {window}");
            }
            for name in ["Open", "Export return", "Notes pane", "File", "Help"] {
                let rect = gui.get_by_label(name).rect();
                assert!(window.contains_rect(rect), "{place} at {scale}: {name} at {rect} in {window}");
            }
            let link = gui.get_by_label("10 lines are past their end date").rect();
            assert!(window.contains_rect(link), "{place} at {scale}: the overdue link at {link}");
            let bar = ["Not started 5", "Complete 14", "Not saved", "100 %"].map(|label| (label, gui.get_by_label(label).rect()));
            for (at, (label, rect)) in bar.iter().enumerate() {
                let over = bar[..at].iter().find(|(_, other)| other.shrink(0.5).intersects(rect.shrink(0.5)));
                assert!(window.contains_rect(*rect) && over.is_none(), "{place} at {scale}: {label} at {rect} is over {over:?}");
            }
            let all = controls(gui);
            let tools: Vec<_> = all.iter().filter(|(_, rect)| rect.top() > 20.0 && rect.bottom() < 80.0).collect();
            for (at, (name, rect)) in tools.iter().enumerate() {
                for (other, with) in &tools[..at] {
                    assert!(!rect.shrink(0.5).intersects(with.shrink(0.5)), "{place} at {scale}: {name} is over {other}");
                }
            }
        };
        in_view(&gui, "the plan");
        let grid = gui.get_by_role(accesskit::Role::Grid).rect();
        assert!(grid.width() >= 300.0 && grid.height() >= 150.0, "at {scale} the grid is {grid}");
        ctrl_shift(&mut gui, Key::D);
        in_view(&gui, "with details");
        let grid = gui.get_by_role(accesskit::Role::Grid).rect();
        assert!(grid.width() >= 150.0, "at {scale} with details the grid is {grid}");
        for help in [Command::Help(HelpCommand::ShowPalette), Command::Help(HelpCommand::ShowShortcuts)] {
            gui.state_mut().state.run(help);
            gui.run();
            // A dialog is drawn last.
            let field = gui.query_all_by_role(accesskit::Role::TextInput).last().expect("a field to search in").rect();
            assert!(window.contains_rect(field), "the field at {scale}: {field}");
            press(&mut gui, &[Key::Escape]);
        }
    }
}
