//! The notes pane, the summary, and the way from both to a cell.

use plandesk::notes::Code;

use super::*;

#[test]
fn a_click_on_a_note_goes_to_its_cell() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::M);
    assert!(sees_part(&gui, "Notes ("));
    let note = gui.state().state.workspace.notes().find(|note| note.message.contains("goes from 33 to 35")).unwrap().message.clone();
    click_containing(&mut gui, &format!("Note: {note}"));
    assert_eq!(here(&gui), "May 18, Not Started");
    click_containing(&mut gui, "Good Neighbours Plan 34");
    // On its very words too.
    click(&mut gui, &note);
    assert_eq!(here(&gui), "May 18, Not Started");
    assert!(sees(&gui, "7 periods"));
    ctrl_shift(&mut gui, Key::M);
    assert!(!sees_part(&gui, "Notes ("));
}

#[test]
fn a_click_on_a_notes_other_address_goes_there() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::M);
    let note = gui.state().state.workspace.notes().find(|note| note.code == Code::RepeatedPassage).unwrap().clone();
    click_containing(&mut gui, &format!("Note: {}", note.message));
    assert_eq!(here(&gui), "Comment, 3.4.1");
    click_containing(&mut gui, &format!("Also: {}", note.also.unwrap().address));
    assert_eq!(here(&gui), "Comment, 2.2.1");
}

#[test]
fn every_note_of_the_sample_and_of_a_fixture_leads_to_its_table() {
    for open in [Vec::new(), vec![PathBuf::from(RECOMMENDATIONS)]] {
        let mut gui = window_of(Folder::nowhere(), Vec::new(), open);
        settle(&mut gui);
        ctrl_shift(&mut gui, Key::M);
        let notes: Vec<_> = gui.state().state.workspace.notes().cloned().collect();
        assert!(!notes.is_empty());
        for note in notes {
            click_first(&mut gui, &format!("Note: {} {}", note.message, note.place.address));
            assert_eq!(gui.state().state.table_id(), note.place.table, "{}", note.message);
            assert_ne!(here(&gui), "", "{}", note.message);
            if let Some(also) = note.also {
                click_first(&mut gui, &format!("Also: {}", also.address));
                assert_eq!(gui.state().state.table_id(), also.table, "{}", note.message);
                assert_ne!(here(&gui), "", "{}", note.message);
            }
        }
    }
}

#[test]
fn the_overdue_link_goes_to_the_first_overdue_line() {
    let mut gui = window();
    click(&mut gui, OVERDUE);
    assert_eq!(here(&gui), "End, 1.1.2");
}

#[test]
fn the_summary_shows_counts_changes_and_what_differs() {
    let mut gui = window();
    click(&mut gui, "Summary");
    for words in ["34 actions, 35 status lines", "Since Oct 18", "Stated in the plan", "Overdue at the plan's review date, 31 January 2019"]
    {
        assert!(sees(&gui, words), "{words}");
    }
    for stated in ["5 (−3)  differs", "1 (−1)", "15 (−9)  differs", "14 (+11)  differs"] {
        assert!(sees(&gui, stated), "{stated}");
    }
    for rated in ["On target 2", "Near target 3", "Not rated 3", "Not rated 8"] {
        assert!(sees(&gui, rated), "{rated}");
    }
    let late = ["1.1.2", "1.3.1", "1.3.2", "1.3.3", "2.2.1", "2.4.2", "3.1.3", "3.3.3", "3.4.1", "4.3.1"];
    for reference in late {
        assert!(sees_part(&gui, &format!("{reference}  ended ")), "{reference}");
    }
    click_containing(&mut gui, "1.3.2  ended Dec-17, in progress");
    assert_eq!(here(&gui), "End, 1.3.2");
}

#[test]
fn another_review_date_changes_what_is_overdue() {
    let mut gui = window();
    click(&mut gui, "Summary");
    type_in_field(&mut gui, "Jan-19", "Jan-18");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Overdue at the plan's review date, 31 January 2018"));
    assert!(sees_part(&gui, "1.3.2  ended ") && !sees_part(&gui, "1.1.2  ended "));
    click(&mut gui, "Good Neighbours Plan 34");
    assert!(sees(&gui, "1 line is past its end date"));
    ctrl(&mut gui, Key::Z);
    assert!(sees(&gui, "10 lines are past their end date"));
}

#[test]
fn the_date_is_said_where_overdue_is_counted_and_can_be_changed_there() {
    let mut gui = window();
    assert!(sees(&gui, "at the plan's review date, 31 January 2019: change"));
    click(&mut gui, "at the plan's review date, 31 January 2019: change");
    assert!(sees_part(&gui, "What is overdue is judged at the plan's review date, 31 January 2019."));
    ctrl(&mut gui, Key::A);
    type_text(&mut gui, "Jan-18");
    press(&mut gui, &[Key::Enter]);
    assert!(
        sees(&gui, "1 line is past its end date") && sees(&gui, "at the date given, 31 January 2018: change"),
        "a month is judged at its last day"
    );
    click(&mut gui, "at the date given, 31 January 2018: change");
    ctrl(&mut gui, Key::A);
    type_text(&mut gui, "some day");
    assert!(sees(&gui, "not a date yet"));
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "at the date given, 31 January 2018: change"), "what is no date changes nothing");
    click(&mut gui, "at the date given, 31 January 2018: change");
    click(&mut gui, "Use review dates");
    assert!(sees(&gui, "10 lines are past their end date") && sees(&gui, "at the plan's review date, 31 January 2019: change"));
}

#[test]
fn the_notes_and_the_filter_say_the_date() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::M);
    assert!(sees(&gui, "Ends are judged at the plan's review date, 31 January 2019: change"));
    assert!(sees_part(&gui, "1.1.2 is past its end, Sep-18, at the plan's review date, 31 January 2019, and is in progress"));
    ctrl_shift(&mut gui, Key::M);
    ctrl_shift(&mut gui, Key::L);
    click(&mut gui, "Overdue");
    assert!(sees(&gui, "· overdue at the plan's review date, 31 January 2019: change"));
}

#[test]
fn plans_of_several_review_dates_are_each_judged_at_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let plan = |name: &str, review: &str| {
        let path = folder.path().join(name);
        let text = format!("Review date:,{review}\n\nRef,Action,End,Status\n1,Build a shed,31/03/2018,In progress\n");
        std::fs::write(&path, text).unwrap();
        path
    };
    let files = vec![plan("north.csv", "Jan-18"), plan("south.csv", "30/06/2018"), plan("west.csv", "")];
    let mut gui = window_of(Folder::nowhere(), Vec::new(), files);
    settle(&mut gui);
    let today = jiff::Zoned::now().date().strftime("%-d %B %Y").to_string();
    click(&mut gui, "Summary");
    for words in ["Overdue in north at the plan's review date, 31 January 2018", "Overdue in south at the plan's review date, 30 June 2018"]
    {
        assert!(sees(&gui, words), "{words}");
    }
    assert!(sees(&gui, &format!("Overdue in west today, {today}")));
    assert!(sees(&gui, "No unfinished line is past its end date."), "north's end is still to come");
    ctrl_shift(&mut gui, Key::M);
    assert!(sees(&gui, "Ends are judged at a date of its own for each plan: change"));
}
