//! What the columns of tables of many kinds are taken for, and which row heads them, in words of our own.

use plandesk::{layouts, model::TableKind, workbook};

/// Reads one sheet of tab-separated lines; gives its first table's kind, its first row of headings and `heading=role` of each column.
fn read(sheet: &str, lines: &[&str]) -> (TableKind, Option<u32>, Vec<String>) {
    let outlines = layouts::outline(&[workbook::pasted(sheet, &lines.join("\n"))]);
    assert!(!outlines.is_empty(), "no table in {lines:?}");
    let outline = &outlines[0];
    let role = |heading: &layouts::Heading| format!("{}={}", heading.words, heading.role.map_or("other", plandesk::model::Role::code));
    (outline.kind, outline.header.map(|(first, _)| first), outline.columns.iter().map(role).collect())
}

#[track_caller]
fn expect(lines: &[&str], kind: TableKind, header: u32, roles: &[&str]) {
    let (found, first, columns) = read("Sheet1", lines);
    assert_eq!((found, first), (kind, Some(header)), "{columns:?}");
    for role in roles {
        assert!(columns.iter().any(|column| column == role), "{role} is not in {columns:?}");
    }
}

#[test]
fn days_head_remarks_and_weeks_head_a_chart() {
    expect(
        &[
            "No\tTask\tWho\tFinish by\tRAG\t31/12/2026",
            "1\tClear the ditch\tAnn Wood\t01/02/2027\tAmber\tTwo of five metres cleared",
            "2\tLay the path\tBob Hill\t01/03/2027\tGreen\tStone has been ordered",
        ],
        TableKind::Plan,
        0,
        &["Task=action", "Who=lead", "Finish by=end", "RAG=status", "31/12/2026=comment"],
    );
    expect(
        &[
            "Activity\tOwner\tBegin\tEnd\tStatus\tWk 1\tWk 2\tWk 3\tWk 4",
            "Survey\tAnn\t05/01/2026\t09/01/2026\tComplete\tx\t\t\t",
            "Build\tBob\t12/01/2026\t30/01/2026\tIn progress\t\tx\tx\tx",
        ],
        TableKind::Plan,
        0,
        &["Activity=action", "Begin=start", "Status=status", "Wk 1=other", "Wk 4=other"],
    );
}

#[test]
fn a_title_in_several_cells_is_no_heading() {
    expect(
        &[
            "Harbour works\t\tDecisions log",
            "",
            "Ref\tDecision\tMade by\tMade on\tWhy\tCost",
            "D1\tMove the slip\tBoard\t01/02/2026\tSilt\t4",
            "D2\tKeep the crane\tBoard\t01/03/2026\tNeeded\t5",
        ],
        TableKind::Register,
        2,
        &["Ref=ref"],
    );
}

#[test]
fn of_several_dates_the_last_agreed_end_decides() {
    expect(
        &[
            "ID\tAction\tLead\tBaseline finish\tRevised finish\tRevised finish 2\tNext review\tDate completed\tStatus",
            "1\tPlant the verge\tAnn Wood\t01/02/2026\t01/05/2026\t01/08/2026\t01/09/2026\t\tIn progress",
            "2\tPaint the fence\tBob Hill\t01/02/2026\t\t\t01/09/2026\t20/01/2026\tComplete",
        ],
        TableKind::Plan,
        0,
        &[
            "Baseline finish=earlier_end",
            "Revised finish=earlier_end",
            "Revised finish 2=end",
            "Next review=other",
            "Date completed=completed",
        ],
    );
    expect(
        &["Action\tOwner\tCompletion date\tStatus", "Dig the pond\tAnn\t01/02/2027\tOpen", "Mow the lawn\tBob\t01/03/2027\tOpen"],
        TableKind::Plan,
        0,
        &["Completion date=end"],
    );
}

#[test]
fn headings_of_databases_and_other_programs_are_words() {
    expect(
        &[
            "TaskID\tTaskName\tTaskOwner\tDueDate\tCurrent_Status\tPercentComplete",
            "T1\tWrite the brief\tAnn Wood\t01/02/2027\tIn progress\t50",
            "T2\tFind a room\tBob Hill\t01/03/2027\tNot started\t0",
        ],
        TableKind::Plan,
        0,
        &["TaskID=ref", "TaskName=action", "TaskOwner=lead", "DueDate=end", "Current_Status=status", "PercentComplete=progress"],
    );
    expect(
        &[
            "ID\tTask Mode\tTask Name\tDuration\tStart\tFinish\tPredecessors\tResource Names",
            "1\tAuto Scheduled\tDraw the plan\t5 days\tMon 05/01/26\tFri 09/01/26\t\tAnn Wood",
            "2\tAuto Scheduled\tAsk the ward\t5 days\tMon 12/01/26\tFri 16/01/26\t1\tBob Hill",
        ],
        TableKind::Plan,
        0,
        &["Task Mode=other", "Task Name=action", "Resource Names=lead", "Finish=end", "Predecessors=other"],
    );
}

#[test]
fn who_did_something_is_a_person_and_an_x_is_no_word() {
    let (kind, _, columns) = read(
        "Log",
        &[
            "Log no\tSource\tShare\tStatus\tClosed by\tClosed on",
            "L-1\tMeter list\t0.5\tChecked\tAnn Wood\t03/02/2026",
            "L-2\tStreet list\t0.9\tChecked\tBob Hill\t04/02/2026",
        ],
    );
    assert_eq!(kind, TableKind::Register, "{columns:?}");
    expect(
        &[
            "Nr\tWhat it involves\tCarried out by\t\t\tStatus",
            "\t\tAnn\tBob\tCem\t",
            "1\tHang the sign\tx\t\tx\tDone",
            "2\tOil the gate\t\tx\t\tOpen",
        ],
        TableKind::Plan,
        0,
        &["What it involves=action", "Status=status"],
    );
}

#[test]
fn a_welsh_plan_is_a_plan() {
    expect(
        &[
            "Rhif\tCamau gweithredu\tSwyddog cyfrifol\tDyddiad targed\tStatws\tSylwadau",
            "1\tTrwsio'r bont\tAnn Wood\t1 Mawrth 2027\tGwyrdd\tMae'r gwaith wedi dechrau",
            "2\tPlannu coed\tBob Hill\t1 Medi 2026\tCoch\tDim cynnydd hyd yma",
        ],
        TableKind::Plan,
        0,
        &["Rhif=ref", "Camau gweithredu=action", "Swyddog cyfrifol=lead", "Dyddiad targed=end", "Statws=status", "Sylwadau=comment"],
    );
}

#[test]
fn a_table_called_by_its_own_noun_is_named_by_it() {
    expect(
        &[
            "Assumption ID\tAssumption description\tImpact if wrong\tOwner\tValidation date\tStatus",
            "A1\tThe lease runs on\tWe would have to move all of the stores at a month's notice\tAnn Wood\t01/02/2027\tOpen",
            "A2\tThe grant is paid\tThe hall would have to wait for another year and another bid\tBob Hill\t01/03/2027\tOpen",
        ],
        TableKind::Plan,
        0,
        &["Assumption ID=ref", "Assumption description=action"],
    );
}

#[test]
fn a_sheet_of_lists_is_no_plan() {
    let lines = ["Theme\tOwner\tStatus\tPriority", "Homes\tHousing\tOpen\tHigh", "Roads\tHighways\tClosed\tLow"];
    assert_eq!(read("Our work", &lines).0, TableKind::Plan);
    assert_eq!(read("Lists", &lines).0, TableKind::Register);
}
