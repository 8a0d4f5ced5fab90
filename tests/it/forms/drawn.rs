//! Forms as central bodies send them, drawn here in our own words, and the plan they are filled from.

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula, Workbook, Worksheet,
};

/// How a form's open cells look.
pub(crate) fn open() -> Format {
    Format::new().set_unlocked().set_background_color(Color::RGB(0xFF_FFCC))
}

fn bold() -> Format {
    Format::new().set_bold()
}

fn texts(sheet: &mut Worksheet, cells: &[(u32, u16, &str)]) {
    for (row, column, text) in cells {
        sheet.write(*row, *column, *text).unwrap();
    }
}

/// A plan with budgets, statuses of every colour, long words and KPIs.
pub(crate) fn plan() -> Vec<u8> {
    drawn_plan(None)
}

/// The same, with the row of 1.3 hidden.
pub(crate) fn plan_with_hidden_row() -> Vec<u8> {
    drawn_plan(Some(7))
}

fn drawn_plan(hidden: Option<u32>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Plan").unwrap();
    texts(
        sheet,
        &[(0, 0, "Warm Homes Plan"), (1, 0, "Owner:"), (1, 1, "Ines Okafor"), (2, 0, "Lead authority:"), (2, 1, "Mereshire Council")],
    );
    for (column, heading) in (0..).zip(["Ref", "Action", "Lead officer", "End date", "RAG status", "Budget (£)", "Comment"]) {
        sheet.write_with_format(4, column, heading, &bold()).unwrap();
    }
    let long = "word ".repeat(260);
    let rows: [(&str, &str, &str, u32, &str, f64, &str); 5] = [
        ("1.1", "Insulate the terraces", "A. Byrne", 46_112, "Green", 125_400.0, "Half the street is done"),
        ("1.2", "Replace the boilers", "B. Chen", 46_203, "Amber", 61_499.0, "Parts are late"),
        ("1.3", "Open the advice line", "C. Diaz", 46_295, "Red", 8_750.0, "No staff yet"),
        ("2.1", "Train the fitters", "D. Eze", 46_386, "Complete", 14_000.0, "All twelve passed"),
        ("2.2", "Report to the board", "E. Fox", 46_477, "Not started", 0.0, long.trim()),
    ];
    let (day, pounds) = (Format::new().set_num_format("dd/mm/yyyy"), Format::new().set_num_format("£#,##0"));
    for (row, (reference, action, lead, end, status, budget, comment)) in (5..).zip(rows) {
        texts(sheet, &[(row, 0, reference), (row, 1, action), (row, 2, lead), (row, 4, status), (row, 6, comment)]);
        sheet.write_with_format(row, 3, f64::from(end), &day).unwrap();
        sheet.write_with_format(row, 5, budget, &pounds).unwrap();
    }
    hidden.into_iter().for_each(|row| _ = sheet.set_row_hidden(row).unwrap());
    let sheet = workbook.add_worksheet().set_name("KPIs").unwrap();
    for (column, heading) in (0..).zip(["Ref", "KPI", "Current", "Target"]) {
        sheet.write_with_format(0, column, heading, &bold()).unwrap();
    }
    let percent = Format::new().set_num_format("0%");
    for (row, (reference, name, current, target)) in
        (1..).zip([("KPI1", "Homes at band C or better", 0.79, 0.9), ("KPI2", "Calls answered in a day", 0.95, 0.9)])
    {
        texts(sheet, &[(row, 0, reference), (row, 1, name)]);
        sheet.write_with_format(row, 2, current, &percent).unwrap();
        sheet.write_with_format(row, 3, target, &percent).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// A formula with the value it has while the form is blank.
fn formula(sheet: &mut Worksheet, row: u32, column: u16, text: &str, result: &str) {
    sheet.write_formula(row, column, Formula::new(text).set_result(result)).unwrap();
}

/// A finance return: locked, in £000, with a sheet of validations of which each failed one wants a reason.
pub(crate) fn finance_return() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Spend").unwrap();
    texts(
        sheet,
        &[(0, 0, "Enter all figures in £000. Do not change the structure of this return."), (3, 1, "Gross spend"), (3, 2, "Last year")],
    );
    for (row, name) in (4..).zip(["Insulation", "Boilers", "Advice line"]) {
        sheet.write(row, 0, name).unwrap();
        sheet.write_blank(row, 1, &open().set_num_format("#,##0")).unwrap();
        sheet.write(row, 2, 60.0).unwrap();
        let rule = DataValidation::new()
            .allow_whole_number(DataValidationRule::Between(0, 1_000_000))
            .set_error_message("Whole thousands of pounds")
            .unwrap();
        sheet.add_data_validation(row, 1, row, 1, &rule).unwrap();
    }
    sheet.write(7, 0, "Total").unwrap();
    sheet.write_formula(7, 1, Formula::new("SUM(B5:B7)").set_result("0")).unwrap();
    sheet.protect_with_password("kept");
    let sheet = workbook.add_worksheet().set_name("Validations").unwrap();
    for (column, heading) in (0..).zip(["Rule", "Result", "Breach reason"]) {
        sheet.write_with_format(1, column, heading, &bold()).unwrap();
    }
    for (row, (rule, text, result)) in (2..).zip([
        ("Insulation is within half of last year", "IF(ABS(Spend!B5-Spend!C5)<=Spend!C5/2,\"Pass\",\"Fail\")", "Fail"),
        ("Boilers are within half of last year", "IF(ABS(Spend!B6-Spend!C6)<=Spend!C6/2,\"Pass\",\"Fail\")", "Fail"),
    ]) {
        sheet.write(row, 0, rule).unwrap();
        formula(sheet, row, 1, text, result);
        sheet.write_blank(row, 2, &open()).unwrap();
    }
    let (red, amber) =
        (Format::new().set_background_color(Color::RGB(0xFF_C7CE)), Format::new().set_background_color(Color::RGB(0xFF_EB9C)));
    let rule = |text: &str, format: &Format| ConditionalFormatFormula::new().set_rule(text).set_format(format.clone());
    sheet.add_conditional_format(2, 1, 3, 1, &rule("=AND($B3=\"Fail\",$C3<>\"\")", &amber)).unwrap();
    sheet.add_conditional_format(2, 1, 3, 1, &rule("=$B3=\"Fail\"", &red)).unwrap();
    sheet.protect();
    workbook.save_to_buffer().unwrap()
}

/// A return with a name of its own, ticks, a sign-off and a day.
pub(crate) fn named_return() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Guidance").unwrap();
    texts(
        sheet,
        &[
            (0, 0, "Please attach and name the spreadsheet as follows"),
            (1, 0, "Filename: WHF3MI_RRR_MMYY (where RRR is your authority's code), such as WHF3MI_007_0825"),
            (3, 0, "Your return must be signed off by your Section 151 officer"),
        ],
    );
    sheet.protect();
    let sheet = workbook.add_worksheet().set_name("Governance").unwrap();
    texts(
        sheet,
        &[
            (1, 0, "Lead authority"),
            (2, 0, "Date of return"),
            (3, 0, "Section 151 officer: tick to confirm"),
            (4, 0, "Number of actions complete"),
            (5, 0, "Number of actions"),
        ],
    );
    for row in 1..=5 {
        let format = if row == 2 { open().set_num_format("dd/mm/yyyy") } else { open() };
        sheet.write_blank(row, 1, &format).unwrap();
    }
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2020, 1, 1).unwrap();
    sheet.add_data_validation(2, 1, 2, 1, &DataValidation::new().allow_date(DataValidationRule::GreaterThan(day))).unwrap();
    sheet.add_data_validation(3, 1, 3, 1, &DataValidation::new().allow_list_strings(&["✓"]).unwrap()).unwrap();
    for row in [4, 5] {
        sheet
            .add_data_validation(row, 1, row, 1, &DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)))
            .unwrap();
    }
    formula(sheet, 7, 1, "IF(B6<B5,\"Error: more are complete than there are\",\"\")", "");
    texts(sheet, &[(7, 0, "Check")]);
    sheet.protect();
    workbook.save_to_buffer().unwrap()
}

/// A template without locks: yellow is for what is typed, as its key says, and a checker says what is missing.
pub(crate) fn coloured_template() -> Vec<u8> {
    let (yellow, grey) =
        (Format::new().set_background_color(Color::RGB(0xFF_FF99)), Format::new().set_background_color(Color::RGB(0xD9_D9D9)));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Guide").unwrap();
    sheet.write_with_format(2, 1, "Data needs inputting in the cell", &yellow).unwrap();
    sheet.write_with_format(3, 1, "Pre-populated cells", &grey).unwrap();
    let sheet = workbook.add_worksheet().set_name("Metrics").unwrap();
    for (column, heading) in (1..).zip(["Indicator", "Target", "Current", "RAG rating"]) {
        sheet.write_with_format(2, column, heading, &bold()).unwrap();
    }
    for (row, name) in (3..).zip(["Homes at band C or better", "Calls answered in a day"]) {
        sheet.write_with_format(row, 1, name, &grey).unwrap();
        sheet.write_with_format(row, 2, 0.5, &grey.clone().set_num_format("0%")).unwrap();
        sheet.write_blank(row, 3, &yellow.clone().set_num_format("0.0%")).unwrap();
        sheet.write_blank(row, 4, &yellow).unwrap();
    }
    sheet.add_data_validation(3, 4, 4, 4, &DataValidation::new().allow_list_formula(Formula::new("Lists!$A$1:$A$4"))).unwrap();
    let sheet = workbook.add_worksheet().set_name("Checklist").unwrap();
    for (column, heading) in (0..).zip(["Question", "Cell reference", "Checker"]) {
        sheet.write_with_format(0, column, heading, &bold()).unwrap();
    }
    texts(sheet, &[(1, 0, "Current value of both indicators"), (1, 1, "D4:D5"), (2, 0, "Rating of both indicators"), (2, 1, "E4:E5")]);
    formula(sheet, 1, 2, "IF(COUNT(Metrics!D4:D5)=2,\"Yes\",\"No\")", "No");
    formula(sheet, 2, 2, "IF(COUNTA(Metrics!E4:E5)=2,\"Yes\",\"No\")", "No");
    formula(sheet, 4, 2, "IF(COUNTIF(C2:C3,\"Yes\")=2,\"Complete Template\",\"Incomplete Template\")", "Incomplete Template");
    let sheet = workbook.add_worksheet().set_name("Lists").unwrap();
    texts(sheet, &[(0, 0, "Red"), (1, 0, "Amber"), (2, 0, "Green"), (3, 0, "Not rated")]);
    sheet.set_hidden(true);
    workbook.save_to_buffer().unwrap()
}

/// A progress report with drop-downs and limits in words, and a table that a plan's actions fill.
pub(crate) fn progress_report() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Progress").unwrap();
    texts(
        sheet,
        &[
            (1, 0, "Overall RAG rating"),
            (2, 0, "Trend"),
            (3, 0, "Summary of progress (maximum 250 words)"),
            (4, 0, "Forward look (200 words suggested)"),
            (5, 0, "Share of actions complete"),
            (6, 0, "Short title"),
        ],
    );
    for row in 1..=6 {
        let format = if row == 5 { open().set_num_format("0%") } else { open() };
        match row {
            1 | 2 => sheet.write_with_format(row, 1, "< Select >", &format).unwrap(),
            _ => sheet.write_blank(row, 1, &format).unwrap(),
        };
    }
    sheet.add_data_validation(1, 1, 1, 1, &DataValidation::new().allow_list_strings(&["Red", "Amber", "Green"]).unwrap()).unwrap();
    sheet
        .add_data_validation(2, 1, 2, 1, &DataValidation::new().allow_list_strings(&["Improving", "Stable", "Worsening"]).unwrap())
        .unwrap();
    let short = DataValidation::new().allow_custom(Formula::new("LEN(B7)<=20")).set_error_message("Twenty characters").unwrap();
    sheet.add_data_validation(6, 1, 6, 1, &short).unwrap();
    for (column, heading) in (0..).zip(["Action", "Lead officer", "RAG", "End date", "Commentary (100 words max)", "Budget (£000)"]) {
        sheet.write_with_format(9, column, heading, &bold()).unwrap();
    }
    for row in 10..14 {
        for column in 0..6 {
            let format = match column {
                3 => open().set_num_format("dd/mm/yyyy"),
                5 => open().set_num_format("#,##0"),
                _ => open(),
            };
            sheet.write_blank(row, column, &format).unwrap();
        }
    }
    sheet.add_data_validation(10, 2, 13, 2, &DataValidation::new().allow_list_strings(&["R", "A", "G", "B"]).unwrap()).unwrap();
    let most =
        DataValidation::new().allow_decimal_number(DataValidationRule::LessThan(100.0)).set_error_style(DataValidationErrorStyle::Warning);
    sheet.add_data_validation(10, 5, 13, 5, &most).unwrap();
    sheet.protect();
    workbook.save_to_buffer().unwrap()
}

/// A form as a program writes it that works out no formulas: each has the value 0.
pub(crate) fn never_worked_out() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Return").unwrap();
    texts(sheet, &[(0, 0, "Number of actions"), (1, 0, "of which complete"), (2, 0, "Check"), (3, 0, "If not, please explain")]);
    sheet.write_blank(0, 1, &open()).unwrap();
    sheet.write_blank(1, 1, &open()).unwrap();
    sheet.write_formula(2, 1, "IF(B1>B2+2,\"FAIL\",\"OK\")").unwrap();
    sheet.write_blank(3, 1, &open()).unwrap();
    sheet.protect();
    workbook.save_to_buffer().unwrap()
}

/// A questionnaire whose checks share one box for what explains them.
pub(crate) fn questionnaire() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Questions").unwrap();
    texts(sheet, &[(1, 0, "Name :"), (2, 0, "Visits this year"), (2, 2, "900"), (3, 0, "Loans this year")]);
    for row in 1..=3 {
        sheet.write_blank(row, 1, &open()).unwrap();
    }
    sheet.write(2, 2, 900.0).unwrap();
    formula(
        sheet,
        2,
        3,
        "IF(B3<C3,\"Visits are lower than last year. Please check.\",\"\")",
        "Visits are lower than last year. Please check.",
    );
    formula(sheet, 3, 3, "IF(B4<B3,\"Error: fewer loans than visits\",\"\")", "");
    texts(sheet, &[(6, 0, "If there are validation checks that you cannot pass, please explain in the box below")]);
    sheet.write_blank(7, 0, &open()).unwrap();
    sheet.protect();
    workbook.save_to_buffer().unwrap()
}

/// A form of so many questions below each other.
pub(crate) fn long_form(questions: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Long").unwrap();
    for row in 0..questions {
        sheet.write(row, 0, format!("Question {}", row + 1)).unwrap();
        sheet.write_blank(row, 1, &open()).unwrap();
    }
    sheet.protect();
    workbook.save_to_buffer().unwrap()
}
