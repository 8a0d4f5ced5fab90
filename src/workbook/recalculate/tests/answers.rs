//! Formulas with the answers that Excel gives.

use super::*;

/// A formula and Excel's answer, written as `cell` reads it.
const ANSWERS: &[(&str, &str)] = &[
    // Counting
    ("COUNTIF(E2:E7,\"Green\")", "3"),
    ("COUNTIF(E:E,\"green\")", "3"),
    ("COUNTIF(Statuses,\"<>Green\")", "3"),
    ("COUNTIF(C2:C7,\"<>\")", "5"),
    ("COUNTIF(C2:C7,\"\")", "1"),
    ("COUNTIF(C2:C7,\"<>Omar\")", "4"),
    ("COUNTIF(F2:F7,\">=\"&F3)", "2"),
    ("COUNTIF(F2:F7,\">0\")", "3"),
    ("COUNTIF(F2:F7,20)", "1"),
    ("COUNTIF(F2:F7,\"7\")", "1"),
    ("COUNTIF(D2:D7,\"<\"&DATE(2024,6,15))", "3"),
    ("COUNTIF(D2:D7,\">\"&TODAY())", "2"),
    ("COUNTIF(B2:B7,\"Re*\")", "2"),
    ("COUNTIF(B2:B7,\"*plan*\")", "1"),
    ("COUNTIF(B2:B7,\"*~*\")", "1"),
    ("COUNTIF(B2:B7,\"Audit~?\")", "1"),
    ("COUNTIF(B2:B7,\"?????\")", "1"),
    ("COUNTIF(C2:C7,\"JANE\")", "2"),
    ("COUNTIF(G2:G7,TRUE)", "1"),
    ("COUNTIF(G2:G7,0)", "1"),
    ("COUNTIF(Plan!$E$2:$E$7,'Look up''s'!A1)", "3"),
    ("COUNTIFS(E2:E7,\"Green\",C2:C7,\"Omar\")", "2"),
    ("COUNTIFS(E:E,\"green\",F:F,\">5\")", "2"),
    ("COUNTIFS(D2:D7,\">=\"&DATE(2024,1,1),D2:D7,\"<\"&DATE(2024,3,1))", "2"),
    ("COUNTIFS(C2:C7,\"<>\",E2:E7,\"<>Complete\",D2:D7,\"<\"&TODAY())", "3"),
    ("COUNT(F2:F7)", "4"),
    ("COUNT(D2:D7)", "5"),
    ("COUNTA(A2:A7)", "6"),
    ("COUNTA(G2:G7)", "5"),
    ("COUNTA(C2:C7)", "5"),
    ("COUNTA(E:E)", "7"),
    ("COUNTBLANK(C2:C7)", "1"),
    ("COUNTBLANK(G2:G7)", "2"),
    ("COUNTBLANK(C2:C12)", "6"),
    // Adding
    ("SUM(F2:F7)", "55.5"),
    ("SUM(F:F)", "55.5"),
    ("SUM(A2:A4,10,F2)", "26"),
    ("SUM(\"3\",TRUE,1)", "5"),
    ("SUM(G2:G7)", "#N/A"),
    ("SUMIF(E2:E7,\"green\",F2:F7)", "40.5"),
    ("SUMIF(F2:F7,\">0\")", "60.5"),
    ("SUMIF(E:E,\"Red\",F:F)", "-5"),
    ("SUMIF(E2:E7,\"green\",F2)", "40.5"),
    ("SUMIFS(F2:F7,E2:E7,\"Green\",C2:C7,\"J*\")", "10"),
    ("SUMIFS(F:F,C:C,\"<>Omar\",A:A,\"<=4\")", "25"),
    ("COUNTIFS(E:E,\"green\",C:C,\"<>Omar\")", "1"),
    ("COUNTIF(E:E,\"<>\")", "7"),
    ("SUMPRODUCT((E2:E7=\"Green\")*1)", "3"),
    ("SUMPRODUCT(--(E2:E7=\"Green\"),--(C2:C7=\"Omar\"))", "2"),
    ("SUMPRODUCT(A2:A7,A2:A7)", "91"),
    ("SUMPRODUCT((C2:C7=\"jane\")*(D2:D7<45300))", "1"),
    ("SUMPRODUCT(A2:A4*F2:F4)", "141.5"),
    ("SUMPRODUCT(1/COUNTIF(E2:E7,E2:E7))", "4"),
    ("SUMPRODUCT(--ISNUMBER(SEARCH(\"plan\",B2:B7)))", "1"),
    ("SUMPRODUCT(--(MONTH(A2:A7)=1),A2:A7)", "21"),
    ("SUMPRODUCT((LEFT(B2:B7,2)=\"Re\")*A2:A7)", "3"),
    ("SUMPRODUCT(LEN(C2:C7))", "18"),
    ("SUMPRODUCT((E2:E7<>\"\")/COUNTIF(E2:E7,E2:E7&\"\"))", "4"),
    ("SUMPRODUCT(COUNTIF(E2:E7,{\"green\",\"red\"}))", "4"),
    ("SUMPRODUCT(SUMIF(E2:E7,{\"green\";\"red\"},F2:F7))", "35.5"),
    ("SUMPRODUCT(ROUND(F2:F4,0))", "61"),
    ("MATCH(1,INDEX((E2:E7=\"Green\")*(C2:C7=\"Omar\"),0),0)", "3"),
    // Mean, least, greatest
    ("AVERAGE(F2:F7)", "13.875"),
    ("AVERAGE(C2:C7)", "#DIV/0!"),
    ("AVERAGEIF(E2:E7,\"Green\",F2:F7)", "20.25"),
    ("AVERAGEIF(E2:E7,\"Nothing\",F2:F7)", "#DIV/0!"),
    ("AVERAGEIFS(F2:F7,A2:A7,\">1\",A2:A7,\"<4\")", "25.25"),
    ("MIN(F2:F7)", "-5"),
    ("MAX(D2:D7)", "45689"),
    ("MAX(C2:C7)", "0"),
    ("MAXIFS(F2:F7,C2:C7,\"Jane\")", "20"),
    ("MINIFS(F2:F7,C2:C7,\"Jane\")", "10"),
    ("LARGE(F2:F7,2)", "20"),
    ("SMALL(F2:F7,1)", "-5"),
    ("MEDIAN(F2:F7)", "15"),
    ("RANK(F2,F2:F7)", "3"),
    ("SUBTOTAL(9,F2:F7)", "55.5"),
    ("SUBTOTAL(103,E2:E7)", "6"),
    // Logic
    ("IF(E2=\"green\",\"on track\",\"late\")", "on track"),
    ("IF(C6=\"\",\"nobody\",C6)", "nobody"),
    ("IF(C6=0,1,2)", "1"),
    ("IF(F6>5,1)", "FALSE"),
    ("IF(D2<TODAY(),\"Overdue\",\"\")", "Overdue"),
    ("IF(D6<TODAY(),\"Overdue\",\"\")", "'"),
    ("IF(D5<TODAY(),\"Overdue\",\"Not\")", "Not"),
    ("IF(AND(D2<TODAY(),E2<>\"Complete\"),\"Late\",\"Fine\")", "Late"),
    ("IFS(F2>20,\"high\",F2>5,\"middle\",TRUE,\"low\")", "middle"),
    ("IFS(F2>20,\"high\")", "#N/A"),
    ("AND(E2:E2=\"Green\",TRUE)", "TRUE"),
    ("OR(F2>100,NOT(FALSE))", "TRUE"),
    ("XOR(TRUE,TRUE)", "FALSE"),
    ("IFERROR(1/0,\"none\")", "none"),
    ("IFERROR(VLOOKUP(\"Blue\",'Look up''s'!A:B,2,FALSE),0)", "0"),
    ("IFNA(MATCH(\"x\",E2:E7,0),\"no\")", "no"),
    ("_xlfn.SWITCH(E2,\"Red\",1,\"Green\",2,3)", "2"),
    ("CHOOSE(2,\"a\",\"b\")", "b"),
    ("ISBLANK(C6)", "TRUE"),
    ("ISBLANK(G3)", "FALSE"),
    ("ISNUMBER(D5)", "FALSE"),
    ("ISTEXT(D5)", "TRUE"),
    ("ISERROR(G7)", "TRUE"),
    ("ISNA(G7)", "TRUE"),
    ("G7+1", "#N/A"),
    ("1/0", "#DIV/0!"),
    ("D5+1", "#VALUE!"),
    ("F7+1", "8"),
    ("C6+1", "1"),
    ("C6", "0"),
    ("C6&\"\"", "'"),
    ("\"a\"=\"A\"", "TRUE"),
    ("EXACT(\"a\",\"A\")", "FALSE"),
    ("\"b\">\"A\"", "TRUE"),
    ("\"1\">5", "TRUE"),
    ("TRUE>\"z\"", "TRUE"),
    ("-2^2", "4"),
    ("2^3^2", "64"),
    ("50%*10", "5"),
    ("1+2&3", "'33"),
    // Looking up
    ("VLOOKUP(E2,'Look up''s'!$A$1:$C$3,3,FALSE)", "10"),
    ("VLOOKUP(\"AMBER\",'Look up''s'!A:C,2,0)", "2"),
    ("VLOOKUP(\"Blue\",'Look up''s'!A:C,2,0)", "#N/A"),
    ("VLOOKUP(\"Am*\",'Look up''s'!A:C,2,FALSE)", "2"),
    ("VLOOKUP(2.5,'Look up''s'!B1:C3,2,TRUE)", "20"),
    ("VLOOKUP(2.5,'Look up''s'!B1:C3,2)", "20"),
    ("VLOOKUP(\"Green\",'Look up''s'!A1:C3,9,FALSE)", "#REF!"),
    ("HLOOKUP(\"Status\",A1:G7,3,FALSE)", "Amber"),
    ("INDEX(F2:F7,MATCH(\"Amber\",E2:E7,0))", "20"),
    ("INDEX(A1:G7,3,2)", "Repair roofs"),
    ("INDEX(B:B,4)", "Publish the plan*"),
    ("INDEX(F2:F7,99)", "#REF!"),
    ("MATCH(4,A2:A7,1)", "4"),
    ("MATCH(\"Re*\",B2:B7,0)", "1"),
    ("MATCH(\"zzz\",E2:E7,0)", "#N/A"),
    ("SUM(INDEX(F:F,2):INDEX(F:F,4))", "60.5"),
    ("_xlfn.XLOOKUP(\"amber\",E2:E7,B2:B7)", "Repair roofs"),
    ("_xlfn.XLOOKUP(\"none\",E2:E7,B2:B7,\"not found\")", "not found"),
    ("LOOKUP(2.5,A2:A7,E2:E7)", "Amber"),
    ("SUM(OFFSET(F1,1,0,3,1))", "60.5"),
    ("INDIRECT(\"Plan!F\"&3)", "20"),
    ("COUNTIF(INDIRECT(\"'Look up''s'!A1:A3\"),\"Red\")", "1"),
    ("ROW()", "20"),
    ("ROW(A5)", "5"),
    ("ROWS(A2:A7)", "6"),
    ("COLUMN()", "10"),
    ("COLUMNS(A1:C1)", "3"),
    // Dates
    ("TODAY()", "45458"),
    ("DATE(2024,2,29)", "45351"),
    ("DATE(2024,14,1)", "45689"),
    ("DATE(2024,3,0)", "45351"),
    ("YEAR(D2)", "2024"),
    ("MONTH(D3)", "2"),
    ("DAY(D6)", "31"),
    ("YEAR(D5)", "#VALUE!"),
    ("DATEDIF(D2,D6,\"m\")", "11"),
    ("DATEDIF(D2,D7,\"y\")", "1"),
    ("DATEDIF(D2,D3,\"d\")", "31"),
    ("DATEDIF(D7,D2,\"d\")", "#NUM!"),
    ("DATEDIF(DATE(2023,1,31),DATE(2024,3,1),\"ym\")", "1"),
    ("D6-TODAY()", "199"),
    ("EDATE(D2,1)", "45323"),
    ("EDATE(DATE(2024,1,31),1)", "45351"),
    ("EOMONTH(D2,0)", "45322"),
    ("WEEKDAY(D2)", "2"),
    ("WEEKDAY(D2,2)", "1"),
    ("WEEKNUM(D3)", "5"),
    ("ISOWEEKNUM(D6)", "1"),
    ("NETWORKDAYS(D2,D3)", "24"),
    ("WORKDAY(D2,10)", "45306"),
    ("DAYS(D3,D2)", "31"),
    ("YEARFRAC(D2,D3)", "0.0833333333333333"),
    ("DATEVALUE(\"2024-01-01\")", "45292"),
    ("TIME(12,0,0)", "0.5"),
    ("HOUR(0.75)", "18"),
    // Text
    ("TEXT(D2,\"dd/mm/yyyy\")", "'01/01/2024"),
    ("TEXT(D2,\"d mmm yyyy\")", "1 Jan 2024"),
    ("TEXT(D2,\"mmmm yy\")", "January 24"),
    ("TEXT(D2,\"dddd\")", "Monday"),
    ("TEXT(0.256,\"0%\")", "26%"),
    ("TEXT(0.256,\"0.0%\")", "25.6%"),
    ("TEXT(1234.5,\"#,##0.00\")", "'1,234.50"),
    ("TEXT(1234.5,\"£#,##0\")", "£1,235"),
    ("TEXT(7,\"000\")", "'007"),
    ("TEXT(\"abc\",\"0\")", "abc"),
    ("LEFT(B2,6)", "Review"),
    ("RIGHT(B3,5)", "roofs"),
    ("MID(B2,8,8)", "lettings"),
    ("LEN(B2)", "22"),
    ("TRIM(\"  a   b \")", "a b"),
    ("UPPER(C2)", "JANE"),
    ("LOWER(E4)", "green"),
    ("PROPER(\"jane o'neil\")", "Jane O'Neil"),
    ("SUBSTITUTE(B3,\"roofs\",\"walls\")", "Repair walls"),
    ("REPLACE(\"abcdef\",2,3,\"X\")", "aXef"),
    ("FIND(\"p\",B3)", "3"),
    ("SEARCH(\"P\",B3)", "3"),
    ("FIND(\"P\",B3)", "#VALUE!"),
    ("C2&\" \"&E2", "Jane Green"),
    ("\"Total: \"&SUM(F2:F7)", "Total: 55.5"),
    ("CONCATENATE(A2,\"-\",C2)", "1-Jane"),
    ("_xlfn.CONCAT(C2:C4)", "JanejaneOmar"),
    ("_xlfn.TEXTJOIN(\", \",TRUE,C2:C7)", "Jane, jane, Omar, Li, Omar"),
    ("VALUE(\"12.5\")", "12.5"),
    ("VALUE(\"5%\")", "0.05"),
    ("REPT(\"█\",3)", "███"),
    ("1E+20&\"\"", "'100000000000000000000"),
    // Numbers
    ("\"a\"&CHAR(10)&\"b\"", "a\nb"),
    ("ROUND(2.5,0)", "3"),
    ("ROUND(-2.5,0)", "-3"),
    ("ROUND(2.345,2)", "2.35"),
    ("ROUND(1234,-2)", "1200"),
    ("ROUND(1.005,2)", "1.01"),
    ("ROUNDUP(2.1,0)", "3"),
    ("ROUNDDOWN(-2.9,0)", "-2"),
    ("INT(-2.5)", "-3"),
    ("MOD(-3,2)", "1"),
    ("ABS(F5)", "5"),
    ("SQRT(16)", "4"),
    ("SQRT(-1)", "#NUM!"),
    ("PRODUCT(A2:A5)", "24"),
    ("POWER(2,10)", "1024"),
    // Names, tables
    ("Target*10", "2"),
    ("Here", "10"),
    ("Greens", "3"),
    ("SUM(Moving)", "55.5"),
    ("SUM(Actions[Cost (£)])", "400"),
    ("SUM(Actions[[#All],[Cost (£)]])", "800"),
    ("COUNTIF(Actions[Done?],\"yes\")", "2"),
    ("SUMIFS(Actions[Cost (£)],Actions[Done?],\"Yes\")", "149.5"),
    ("Actions[[#Totals],[Cost (£)]]", "400"),
    ("ROWS(Actions)", "3"),
    ("INDEX(Actions[#Headers],2)", "Cost (£)"),
    ("VLOOKUP(\"Parks\",Actions,2,FALSE)", "250.5"),
    ("SUM(Actions[[#Data],[Item]:[Cost (£)]])", "400"),
    ("SUM(Actions)", "400"),
    // What another program, used before, did not answer.
    ("COUNTIF(G2:G7,\"#N/A\")", "1"),
    ("COUNTIF(G2:G7,G7)", "1"),
    ("SUMIF(E2:E7,\"green\",G2:G7)", "#N/A"),
    ("SUMIF(E2:E7,\"red\",G2:G7)", "0"),
    ("COUNTIF(E:E,\"<>Green\")", "1048573"),
    ("COUNTIF(C2:C9,\"<>Omar\")", "6"),
    ("COUNTBLANK(E:E)", "1048569"),
    ("ROWS(A:A)", "1048576"),
    ("COUNTIFS(C:C,\"\",A:A,\"\")", "1048569"),
    ("VLOOKUP(1/0,A2:B7,2,FALSE)", "#DIV/0!"),
    ("0.1+0.2&\"\"", "'0.3"),
    ("1/3&\"\"", "'0.333333333333333"),
    ("0.1+0.2=0.3", "TRUE"),
    ("0.5-0.4-0.1", "0"),
    ("LOOKUP(2,1/(C2:C7=\"Omar\"),A2:A7)", "6"),
    ("SUMPRODUCT(MAX((C2:C7=\"Omar\")*A2:A7))", "6"),
    ("SUMPRODUCT(--(D2:D7<TODAY()),--(E2:E7<>\"Complete\"))", "3"),
    ("CEILING(4.2,0.1)", "4.2"),
    ("CEILING(7,5)", "10"),
    ("FLOOR(-7,-5)", "-5"),
    ("FLOOR(-7,5)", "-10"),
    ("TRUNC(-2.567,2)", "-2.56"),
    ("SIGN(-3)", "-1"),
    ("0^0", "#NUM!"),
    ("DATE(9999,12,32)", "#NUM!"),
    ("DATE(1900,2,29)", "60"),
    ("WEEKDAY(1)", "1"),
    ("NETWORKDAYS(D2,D3,D2:D3)", "22"),
    ("NETWORKDAYS(D3,D2)", "-24"),
    ("EXACT(1234567890123456,1234567890123457)", "TRUE"),
    ("CHOOSE(TRUE,\"a\",\"b\")", "a"),
    ("INDEX(A1:G7,-1,1)", "#VALUE!"),
    ("IF(FALSE,1/0,2)", "2"),
    ("IF(1/0,1,2)", "#DIV/0!"),
    ("HYPERLINK(\"http://example.org\",\"shown\")", "shown"),
    ("_xlfn.XLOOKUP(\"Omar\",C2:C7,A2:A7,,0,-1)", "6"),
    ("MATCH(\"OMAR\",C2:C7,0)", "3"),
    ("SUM(A2:A7)/COUNT(A2:A7)", "3.5"),
    ("SUM((A2:A4):A7)", "21"),
    ("-A2^2", "1"),
    ("2-A2%", "1.99"),
    ("\"a\"\"b\"&1", "a\"b1"),
    ("SUM(#REF!)", "#REF!"),
    ("MEDIAN(A2:A7)", "3.5"),
    ("RANK(F3,F2:F7,1)", "3"),
    ("AVERAGEIF(F2:F7,\">0\")", "20.1666666666666667"),
    ("SUBTOTAL(109,F2:F7)", "55.5"),
    ("TEXT(D2,\"ddd d mmm\")", "Mon 1 Jan"),
    ("VALUE(\"2024-01-01\")", "45292"),
    ("XOR(TRUE,FALSE,TRUE,TRUE)", "TRUE"),
    ("ROW(A5:A9)", "5"),
    ("IFERROR(C6,\"x\")&\"\"", "'"),
];

#[test]
fn formulas_give_the_answers_of_excel() {
    let book = plan();
    let mut wrong = Vec::new();
    for (formula, expected) in ANSWERS {
        let expected = match *expected {
            "'" => Stored::Text(String::new()),
            written => cell(0, 0, written).value,
        };
        let found = answer(&book, formula);
        let right = match (&found, &expected) {
            (Ok(Stored::Number(found)), Stored::Number(expected)) => (found - expected).abs() < 1e-12 * expected.abs().max(1.0),
            (Ok(found), expected) => found == expected,
            (Err(_), _) => false,
        };
        if !right {
            wrong.push(format!("{formula}\n    should be {expected:?}\n    but is   {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), ANSWERS.len(), wrong.join("\n"));
}

/// Where Excel's answer is not sure, or depends on the computer, there is none.
#[test]
fn what_is_not_sure_is_refused() {
    let book = plan();
    for formula in [
        "COUNTIF(F2:F7,\">\"&C6)",
        "COUNTIF(F2:F7,\"<>7\")",
        "COUNTIF(D2:D7,\"1/2/2024\")",
        "_xlfn.XLOOKUP(3.5,A2:A7,B2:B7,,-1)",
        "MATCH(4,F2:F7,1)",
        "TEXT(D2,\"[$-F800]dddd\")",
        "\"1/2/2024\"+0",
        "VALUE(\"23€\")",
        "\"a-b\"<\"ab\"",
        "E2:E7&\"\"",
        "SUM(LEN(B2:B7))",
        "IF(E2:E7=\"Green\",1,0)",
        "SUMPRODUCT(IF(E2:E7=\"Green\",1,0))",
        "A2:A7 B2:B7",
        "SUM((A2:A7,B2:B7))",
        "SEARCH(\"~\",B2)",
    ] {
        assert!(answer(&book, formula).is_err(), "{formula} gives {:?}", answer(&book, formula));
    }
    let mut book = plan();
    book.sheets[0].hidden = None;
    assert!(answer(&book, "SUBTOTAL(9,F2:F7)").is_err());
    book.sheets[0].hidden = Some(vec![3]);
    assert!(answer(&book, "SUBTOTAL(109,F2:F7)").is_err());
}

#[test]
fn array_formulas_in_their_own_cell_go_cell_by_cell() {
    let book = plan();
    for (formula, expected) in [
        ("SUM(IF(E2:E7=\"Green\",A2:A7))", "10"),
        ("SUM((E2:E7=\"green\")*(C2:C7=\"Omar\"))", "2"),
        ("MAX(IF(C2:C7=\"Omar\",A2:A7))", "6"),
        ("SUM(LEN(C2:C7))", "18"),
        ("SUM(1/COUNTIF(E2:E7,E2:E7))", "4"),
        ("INDEX(B2:B7,MATCH(1,(E2:E7=\"Green\")*(C2:C7=\"Omar\"),0))", "Publish the plan*"),
        ("SUM(IFERROR(F2:F7/A2:A7,0))", "30.0833333333333333"),
        // Text is more than any number, but it is not the least of them.
        ("MIN(IF(F2:F7>0,F2:F7))", "10"),
        ("SUM(--(YEAR(D2:D4)=2024))", "3"),
    ] {
        let expected = cell(0, 0, expected).value;
        match (answer_in(&book, formula, (0, 19, 9), true), &expected) {
            (Ok(Stored::Number(found)), Stored::Number(expected)) => assert!((found - expected).abs() < 1e-12, "{formula} gives {found}"),
            (found, expected) => assert_eq!(found.as_ref(), Ok(expected), "{formula}"),
        }
    }
    assert!(answer_in(&book, "A2:A7*2", (0, 19, 9), true).is_err());
}

#[test]
fn one_cell_of_a_range_is_taken_by_where_the_formula_stands() {
    let book = plan();
    let at = |formula: &str, row: u32, column: u32| answer_in(&book, formula, (0, row, column), false);
    assert_eq!(at("A2:A7*2", 3, 9), Ok(Stored::Number(6.0)));
    assert_eq!(at("IF(E:E=\"Green\",1,0)", 1, 9), Ok(Stored::Number(1.0)));
    assert_eq!(at("A1:G1", 30, 4), Ok(Stored::Text("Status".into())));
}

#[test]
fn an_index_finds_what_looking_at_every_cell_finds() {
    let words = ["Green", "green", "7", "07", "", "x*", "Amber", "TRUE", "1.5"];
    let mut rows = Vec::new();
    let mut seed = 11_u32;
    for _ in 0..300 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        rows.push(match (seed >> 10) % 5 {
            0 => format!("{}", (seed >> 20) % 9),
            1 => format!("'{}", words[(seed >> 20) as usize % words.len()]),
            2 => ["TRUE", "FALSE", "#N/A", ""][(seed >> 20) as usize % 4].to_string(),
            3 => String::new(),
            _ => words[(seed >> 20) as usize % words.len()].to_string(),
        });
    }
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let book = Book { sheets: vec![sheet("S", &rows)], today: (2024, 1, 1), ..Book::default() };
    let (around, values) = (surroundings::Surroundings::new(&book), values::Values::new(&book));
    for condition in ["green", "<>green", "7", "<>Red", "", "=", "<>", ">3", "<=4", "x*", "x~*", "*e*", "TRUE", "#N/A", ">b", "<>*e*", "0"]
    {
        for formula in [
            format!("COUNTIF(A1:A300,\"{condition}\")"),
            format!("COUNTIF(A:A,\"{condition}\")"),
            format!("COUNTIFS(A1:A300,\"{condition}\",A1:A300,\"<>8\")"),
            format!("SUMIF(A1:A300,\"{condition}\")"),
            format!("IFERROR(MATCH(\"{condition}\",A1:A300,0),0)"),
        ] {
            let tree = tree::read(&formula, (0, 0, 5), &around).unwrap();
            let sheets = sheets::Sheets::new(&around, &values, values::Over::default(), Arc::default());
            let found: Vec<_> = (0..3).map(|_| evaluate::evaluate(&sheets, &tree, (0, 0, 5), false)).collect();
            assert!(found.iter().all(|other| *other == found[0]), "{formula} {found:?}");
        }
    }
}

#[test]
fn the_1904_system_is_heeded() {
    let book = Book { date_1904: true, ..plan() };
    let number = |formula: &str| match answer(&book, formula) {
        Ok(Stored::Number(number)) => number,
        other => panic!("{formula} gave {other:?}"),
    };
    assert_eq!(number("DATE(2024,1,1)"), 43_830.0);
    assert_eq!(number("TODAY()"), 45_458.0 - 1462.0);
    assert_eq!(number("YEAR(43830)"), 2024.0);
    assert_eq!(number("COUNTIF(A2:A7,\"<\"&DATE(1904,1,4))"), 2.0);
    assert_eq!(answer(&book, "TEXT(43830,\"dd/mm/yyyy\")"), Ok(Stored::Text("01/01/2024".into())));
}
