//! KPI tables in the forms owners write: what each KPI is rated and what its rating says.

use plandesk::{
    app::open::{Opened, open_bytes},
    insight::{Aim, AsOf, Insight, Rating},
    model::{Role, TableKind, Value},
    notes::Code,
};

fn opened(text: &str) -> Opened {
    open_bytes("kpis.csv", text.as_bytes(), &|_| true).unwrap()
}

/// The rating of each KPI of the only table, with why.
fn rated(text: &str) -> Vec<(String, Rating, String)> {
    let opened = opened(text);
    let insight = Insight::of(&opened.document, AsOf::default());
    let table = &opened.document.tables[0];
    assert_eq!(table.kind, TableKind::Kpi, "{text}");
    let rows = table.rows.iter().filter_map(|row| Some((table.name_of(row), insight.rating(table.id, row.id)?)));
    rows.map(|(name, rated)| (name, rated.rating, rated.why.clone())).collect()
}

fn check(text: &str, expected: &[(&str, Rating, &str)]) {
    let rated = rated(text);
    assert_eq!(rated.len(), expected.len(), "{rated:?}");
    for ((name, rating, why), (wanted, wanted_rating, says)) in rated.iter().zip(expected) {
        assert_eq!((&**name, *rating), (*wanted, *wanted_rating), "{why}");
        assert!(why.contains(says), "{name}: {why}");
    }
}

use Rating::{Amber, Green, Grey, Red};

#[test]
fn targets_are_limits_bands_money_and_units() {
    check(
        "No;Indicator;Target;Latest\n\
         L1;Days to mend a lamp;≤ 12 days;9 days\n\
         L2;Gates left open;no more than 4;7\n\
         L3;Keys returned;95% or more;93%\n\
         L4;Share of empty plots;8% to 12%;15%\n\
         L5;Rent taken;£1.5m;£1.6m\n\
         L6;Weeks of queue;20 days;3 weeks\n",
        &[
            ("L1", Green, "betters the target of at most 12 days"),
            ("L2", Red, "more than the 10% allowed"),
            ("L3", Amber, "at least 95%"),
            ("L4", Red, "is outside the target of 8% to 12%"),
            ("L5", Green, "£1.6m betters the target of £1.5m"),
            ("L6", Grey, "The units differ"),
        ],
    );
}

#[test]
fn which_way_is_better_is_never_assumed_in_silence() {
    check(
        "No;Indicator;Target;Latest;RAG\n\
         D1;Widgets counted;20;28;\n\
         D2;Complaints about noise;20;28;\n\
         D3;Pages printed;20;12;Green\n\
         D4;Fires lit (fewer is better);20;12;Red\n",
        &[
            ("D1", Green, "higher is assumed to be better"),
            ("D2", Red, "lower is better, as its name says “complaints”"),
            ("D3", Green, "lower is better, as its owner's rating says"),
            ("D4", Green, "lower is better, as its words “fewer is better” say"),
        ],
    );
    let opened = opened("No;Indicator;Target;Latest;RAG\nD4;Fires lit (fewer is better);20;12;Red\n");
    let notes = Insight::of(&opened.document, AsOf::default()).notes;
    assert_eq!(notes.iter().filter(|note| note.code == Code::RatingConflict).count(), 1, "{notes:?}");
}

#[test]
fn the_latest_period_is_current_with_its_own_target_and_rating() {
    check(
        "No;Indicator;Target;Q1;Q2;Q3;Q4\nP1;Benches painted;90;88;93;;\nP2;Paths swept;90;95;91;84;\n",
        &[("P1", Green, "of Q2, the latest filled"), ("P2", Amber, "of Q3")],
    );
    check(
        "No;Indicator;Q1 target;Q1 actual;Q2 target;Q2 actual\nP1;Benches painted;90;95;120;110\nP2;Paths swept;90;95;120;\n",
        &[("P1", Amber, "120"), ("P2", Green, "of Q1 actual")],
    );
    check(
        "No;Indicator;2024/25;2025/26;Target\nT1;Members;80%;84%;Increase\nT2;Sites kept;9;9;Maintain\n",
        &[("T1", Green, "the 80% of 2024/25"), ("T2", Green, "which it is to hold")],
    );
}

#[test]
fn a_target_of_the_year_is_held_against_the_part_that_is_gone() {
    check(
        "No;Indicator;Annual target;Q1;Q2;Q3;Q4;Total\nY1;Bulbs planted;400;95;110;;;205\nY2;Calls taken %;90%;88%;92%;;;90%\n",
        &[("Y1", Green, "2 of its 4 quarters"), ("Y2", Green, "the target is of the year")],
    );
}

#[test]
fn thresholds_of_each_colour_decide() {
    check(
        "No;Indicator;Green;Amber;Red;Latest\nT1;Forms back;≥ 90%;80% - 89%;< 80%;84%\nT2;Days to reply;≤ 10;11 - 15;> 15;19\n",
        &[("T1", Amber, "is amber"), ("T2", Red, "is red")],
    );
}

#[test]
fn a_figure_and_its_thresholds_are_drawn_in_one_unit() {
    let opened = opened(
        "No;Indicator;Unit;Green;Amber;Red;Latest\nT1;Forms back;%;≥ 90;80 - 89;< 80;0.84\nT2;Keys back;%;≥ 95;90 - 94;< 90;93.1%\n",
    );
    let insight = Insight::of(&opened.document, AsOf::default());
    let table = &opened.document.tables[0];
    let drawn = table.rows.iter().filter_map(|row| insight.rating(table.id, row.id)).map(|rated| (rated.rating, rated.amount, rated.aim));
    assert_eq!(drawn.collect::<Vec<_>>(), [(Amber, Some(84.0), Some(Aim::At(90.0))), (Amber, Some(0.931), Some(Aim::At(0.95)))]);
}

#[test]
fn a_target_of_nothing_allows_no_share_of_it() {
    check(
        "No;Indicator;Target;Latest\nZ1;Falls from ladders;0;1\nZ2;Lost keys;0;0\n",
        &[("Z1", Red, "of nothing"), ("Z2", Green, "meets")],
    );
}

#[test]
fn unit_columns_join_figures() {
    check(
        "No;Indicator;Unit;Target;Latest\nU1;Letters sent;%;95;93.1%\nU2;Letters kept;%;85;0.85\n",
        &[("U1", Amber, "93.1% falls short"), ("U2", Green, "meets")],
    );
}

#[test]
fn decimal_commas_are_told_by_one_of_them() {
    let opened = opened("No;Indicator;Target;Latest\nC1;Cost;€ 1.200,50;€ 1.310,00\nC2;Queue;12,5;11,25\n");
    let table = &opened.document.tables[0];
    let amounts = |role: Role| table.rows.iter().filter_map(|row| table.cell(row, role)?.amount()).collect::<Vec<_>>();
    assert_eq!((amounts(Role::Target), amounts(Role::Current)), (vec![1200.5, 12.5], vec![1310.0, 11.25]));
}

#[test]
fn scores_have_their_words_beside_them() {
    let opened = opened("ID;Risk;Likelihood;Impact;Score;Owner\nR1;Fire;4 - Likely;Severe (5);20 (High);Al\nR2;Frost;3x4;;12;Bo\n");
    let table = &opened.document.tables[0];
    let value = |row: usize, role: Role| table.cell(&table.rows[row], role).map(|cell| cell.value);
    assert_eq!([Role::Likelihood, Role::Impact, Role::Score].map(|role| value(0, role)), [4.0, 5.0, 20.0].map(|n| Some(Value::Number(n))));
    assert_eq!(value(1, Role::Likelihood), Some(Value::Number(3.0)));
}

#[test]
fn key_results_are_indicators() {
    check(
        "Objective;Key result;Start value;Current value;Target value\nFewer queues;Minutes in line;40;12;10\nWarm halls;Halls heated;5;9;8\n",
        &[("Minutes in line", Red, "its target is below its baseline"), ("Halls heated", Green, "betters")],
    );
}

/// The headings of the only table with their roles, and its rows with their places.
fn shape(opened: &Opened) -> (Vec<String>, Vec<String>) {
    let table = &opened.document.tables[0];
    let columns = table.columns.iter().map(|column| format!("{}={}", column.heading, column.role.map_or("other", Role::code)));
    let rows = table.rows.iter().map(|row| format!("{} {}", table.place(row, None), table.name_of(row)));
    (columns.collect(), rows.collect())
}

#[test]
fn indicators_across_with_periods_down_are_turned() {
    let text = "Month;Lamps mended in a day;Gritting runs;Remarks\nTarget;95%;20;\nOct-26;93%;18;Cold\nNov-26;96%;22;\nDec-26;97%;;\nYTD;95%;40;\n";
    let opened = opened(text);
    assert_eq!(
        shape(&opened),
        (
            ["KPI=kpi", "Target=target", "Oct-26=period", "Nov-26=period", "Dec-26=period", "YTD=current"].map(str::to_owned).to_vec(),
            ["kpis!B1 Lamps mended in a day", "kpis!C1 Gritting runs"].map(str::to_owned).to_vec()
        )
    );
    let table = &opened.document.tables[0];
    assert_eq!(table.place(&table.rows[1], Some(3)), "kpis!C4");
    let found = opened.document.addresses();
    let (_, row, column) = found.cell_at("kpis!C4").unwrap();
    assert_eq!((row, column, &*table.rows[row].cells[column].text), (1, 3, "22"));
    let said: Vec<&str> = opened.notes.iter().map(|note| &*note.place.address).collect();
    assert_eq!(said, ["kpis!A1", "kpis!D1", "kpis!D3"], "the table, and the remarks that are no figures: {:?}", opened.notes);
    assert_eq!(opened.accounted.unread, 0);
}

#[test]
fn turned_indicators_are_rated_by_their_own_rows() {
    check(
        ";Loans;Days a book is out\nUnit;number;days\nGood is;High;Low\nQuarter 1;140;13\nQuarter 2;155;17\nQuarter 3;;\nTarget;150;15\n",
        &[("Loans", Green, "of Quarter 2"), ("Days a book is out", Red, "lower is better, as its “Good is” column says")],
    );
    check(
        "Ref;S1;S2\nIndicator;% of kilns checked;% of glazes tested\nGreen;≥ 90%;≥ 80%\nAmber;80% - 89%;70% - 79%\nRed;< 80%;< 70%\n\
         30/09/2026;91%;60%\n31/10/2026;85%;75%\n30/11/2026;79%;81%\n",
        &[("S1", Red, "31/10/2026"), ("S2", Green, "30/11/2026")].map(|(name, rating, _)| (name, rating, "the latest filled")),
    );
    check(
        "Year;Month;Kilns lit;Pots sold\n2026/27;April;3;40\n;May;4;38\n;June;6;51\n;Annual target;60;600\n",
        &[("Kilns lit", Red, "3 of its 12 months"), ("Pots sold", Red, "")].map(|(name, rating, says)| (name, rating, says)),
    );
}

#[test]
fn measures_with_targets_and_figures_are_indicators_though_rated_and_owned() {
    for (heading, owner) in [("Measure", ""), ("Performance measure", ";Owner")] {
        let held = if owner.is_empty() { "" } else { ";Jo" };
        let text = format!("Ref;{heading}{owner};Target;Actual;RAG\nM1;Kilns lit{held};90;95;Green\nM2;Pots glazed{held};90;70;Red\n");
        check(&text, &[("M1", Green, "betters"), ("M2", Red, "more than the 10%")]);
    }
}

#[test]
fn what_is_no_row_of_indicators_is_not_turned() {
    for text in [
        "Date;Attendance;Apologies;Chair\n01/04/2026;12;2;Ann\n01/05/2026;11;3;Ann\n01/06/2026;13;1;Bob\n",
        "Year;Budget;Spend;Variance\n2023/24;100;90;10\n2024/25;100;95;5\n2025/26;110;120;-10\n",
        "Month;Target;Actual;RAG\nApr;10;9;Amber\nMay;10;11;Green\nJun;10;12;Green\n",
        "Month;Lamps: target;Lamps: actual;Calls: target;Calls: actual\nApr;98;97;90;88\nMay;98;99;90;91\nJun;98;98;90;92\n",
        "Month;What happened;Who\nApr 2026;Opened;Al\nMay 2026;Closed;Bo\nJun 2026;Opened;Al\n",
        "Year;Residents;Homes\n2021;41000;18000\n2022;41200;18100\n2023;41900;18400\n",
    ] {
        let opened = open_bytes("towns.csv", text.as_bytes(), &|_| true).unwrap();
        assert!(opened.document.tables.iter().all(|table| !table.turned && table.kind != TableKind::Kpi), "{text}");
    }
}

#[test]
fn hidden_months_and_notes_on_cells_stay_where_they_are_in_a_turned_table() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("KPIs").unwrap();
    for (row, line) in
        (0..).zip(["Month|Ferries on time|Bikes lent|Pools open", "Apr-26|80|12|3", "May-26|82|14|3", "Jun-26|81|19|2", "Target|90|15|3"])
    {
        for (column, text) in (0..).zip(line.split('|')) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, text).unwrap(),
            };
        }
    }
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(3).unwrap();
    sheet.insert_note(3, 2, &rust_xlsxwriter::Note::new("Two days of storm")).unwrap();
    let opened = open_bytes("kpis.xlsx", &book.save_to_buffer().unwrap(), &|_| true).unwrap();
    let table = &opened.document.tables[0];
    let hidden: Vec<bool> = table.columns.iter().map(|column| column.hidden).collect();
    assert_eq!(hidden, [false, false, true, false, false]);
    assert_eq!(table.rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!((table.remarks[0].row, table.remarks[0].column), (table.rows[1].id, table.columns[3].id));
    let said = |code: Code| opened.notes.iter().find(|note| note.code == code).map(|note| (&*note.place.address, &*note.message)).unwrap();
    let (place, message) = said(Code::HiddenColumns);
    assert!(place == "KPIs!3" && message.starts_with("Hidden in the workbook: the row “May-26”."), "{place} {message}");
    let (place, message) = said(Code::HiddenRows);
    assert!(place == "KPIs!D1" && message.starts_with("Hidden in the workbook: column D."), "{place} {message}");
}

#[test]
fn indicators_repeated_once_a_period_are_counted_once() {
    let table = |figures: [&str; 2]| {
        format!("No;Indicator;Target;Latest\nF1;Boats checked;40;{}\nF2;Days to repair;6;{}\n", figures[0], figures[1])
    };
    let banners = ["Quarter 1 2026/27", "Quarter 2 2026/27", "Quarter 3 2026/27"];
    let text =
        [["35", "8"], ["44", "5"], ["", ""]].iter().zip(banners).map(|(figures, banner)| format!("{banner};;;\n{};;;\n", table(*figures)));
    let opened = opened(&text.collect::<String>());
    let insight = Insight::of(&opened.document, AsOf::default());
    let mut rated: Vec<String> = insight.ratings.values().map(|rated| rated.why.clone()).collect();
    rated.sort_unstable();
    assert_eq!((opened.document.tables.len(), rated.len()), (1, 2), "{rated:?}");
    assert!(rated[0].starts_with("44 betters"), "{rated:?}");
    let said: Vec<&str> = opened.notes.iter().filter(|note| note.code == Code::CopyLeftOut).map(|note| &*note.message).collect();
    assert_eq!(
        said,
        [
            "“Quarter 1 2026/27” holds 2 KPIs of “Quarter 2 2026/27” as they stood earlier, so they are not counted twice.",
            "“Quarter 3 2026/27” holds 2 KPIs of “Quarter 2 2026/27” without figures yet, so they are not counted twice."
        ]
    );
    assert_eq!(opened.accounted.unread, 0);
}

#[test]
fn an_indicator_with_a_row_a_period_is_counted_once() {
    let text = "Indicator;Quarter;Target;Actual\nKilns lit;Q1;9;8\nKilns lit;Q2;9;10\nKilns lit;Q3;9;\nPots sold;Q1;40;44\nPots sold;Q2;40;38\nPots sold;Q3;40;\n";
    check(text, &[("Kilns lit", Green, "10 betters"), ("Pots sold", Amber, "38 falls short")]);
    let opened = opened(text);
    let said: Vec<&str> = opened.notes.iter().map(|note| &*note.message).collect();
    assert!(said.len() == 1 && said[0].starts_with("4 rows hold KPIs as they stood in other periods than the latest"), "{said:?}");
    assert_eq!(opened.accounted.unread, 0);
}
