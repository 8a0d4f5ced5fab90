//! The find bar: going from one found cell to the next, and replacing.

use super::*;

#[test]
fn words_are_found_in_turn_and_counted() {
    let mut gui = window();
    ctrl(&mut gui, Key::F);
    type_text(&mut gui, "community life");
    let count = gui.state().state.view.finding().unwrap().found.len();
    assert!(count > 2 && sees(&gui, &format!("1 of {count}")), "{count}");
    let first = here(&gui);
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, &format!("2 of {count}")));
    assert_ne!(here(&gui), first);
    shift(&mut gui, Key::Enter);
    assert_eq!(here(&gui), first);
    shift(&mut gui, Key::Enter);
    assert!(sees(&gui, &format!("{count} of {count}")), "around the beginning");
    press(&mut gui, &[Key::F3]);
    assert!(sees(&gui, &format!("1 of {count}")));
    click(&mut gui, "Match case");
    assert!(sees(&gui, "Not found"));
    click(&mut gui, "Match case");
    click(&mut gui, "Whole cell");
    assert!(sees(&gui, "Not found"));
    gui.get_by_role_and_label(accesskit::Role::TextInput, "Find").focus();
    gui.run();
    press(&mut gui, &[Key::Escape]);
    assert!(!sees(&gui, "Whole cell"));
    assert!(gui.ctx.memory(|memory| memory.has_focus(plandesk::ui::grid::id())), "the keyboard is in the grid again");
}

#[test]
fn words_are_replaced_one_by_one_or_all_as_one_step() {
    let mut gui = window();
    let before = gui.state().state.workspace.document().clone();
    ctrl(&mut gui, Key::H);
    type_text(&mut gui, "Manager");
    let count = gui.state().state.view.finding().unwrap().found.len();
    assert!(count > 2, "{count}");
    press(&mut gui, &[Key::Tab]);
    gui.get_by_role_and_label(accesskit::Role::TextInput, "Replace with").focus();
    gui.run();
    type_text(&mut gui, "Lead");
    click(&mut gui, "Replace this one");
    assert!(sees(&gui, &format!("1 of {}", count - 1)));
    click(&mut gui, "Replace all");
    assert!(sees(&gui, "Not found") && sees(&gui, &format!("Replace “Manager” in {} cells", count - 1)));
    assert_eq!(cell(&gui, "1.1.1", Role::Lead), "Community Life Lead");
    go(&mut gui, "1.1.1", Role::Lead);
    let grid = plandesk::ui::grid::id();
    gui.ctx.memory_mut(|memory| memory.request_focus(grid));
    gui.run();
    ctrl(&mut gui, Key::Z);
    ctrl(&mut gui, Key::Z);
    assert!(*gui.state().state.workspace.document() == before);
}
