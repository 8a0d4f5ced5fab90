//! Formulas made to break a reader.

use super::*;

#[expect(clippy::too_many_lines, reason = "a list")]
fn texts() -> Vec<String> {
    let deep = |open: &str, close: &str, times: usize| format!("{}A1{}", open.repeat(times), close.repeat(times));
    vec![
        String::new(),
        "=".into(),
        deep("(", ")", 10_000),
        deep("(", ")", 99),
        deep("IF(1,", ")", 90),
        deep("IF(1,", ")", 10_000),
        "(".repeat(10_000),
        "-".repeat(20_000) + "A1",
        "-".repeat(200) + "A1",
        "A1^".repeat(5_000) + "A1",
        "A1^".repeat(200) + "A1",
        "A1+".repeat(5_000) + "A1",
        "A1&".repeat(4_000) + "A1",
        "A1,".repeat(2_000),
        "%".repeat(3_000),
        "A1".to_string() + &"%".repeat(3_000),
        "A1:".repeat(3_000) + "A1",
        "\"".repeat(5_001),
        "'".repeat(5_001),
        "{".repeat(5_000),
        "[".repeat(5_000),
        "A1#REF!".into(),
        "SUM(".to_string() + &"A1 ".repeat(900) + ")",
        "x".repeat(1_000_000),
        "\"".to_string() + &"x".repeat(1_000_000) + "\"",
        "REPT(\"x\",1E9)+A1".into(),
        "REPT(REPT(\"x\",30000),30000)&A1".into(),
        "INDEX(A1,-1)".into(),
        "INDEX(A1:A2,1E300,1E300)".into(),
        "OFFSET(A1,1E300,-1E300)".into(),
        "OFFSET(A1,-5,0,-1E9,1E9)".into(),
        "SUM(A:XFD)".into(),
        "SUMPRODUCT(A:XFD*1)".into(),
        "SUMPRODUCT(A:A*1:1)".into(),
        "COUNTIF(A1:XFD1048576,\"*\"&REPT(\"*a\",100))".into(),
        "COUNTIF(A1,REPT(\"*a\",5000)&\"b\")".into(),
        "DATE(1E300,A1,-1E300)".into(),
        "DATEDIF(-1E9,A1+1E300,\"m\")".into(),
        "EDATE(A1,1E300)".into(),
        "WORKDAY(A1,1E15)".into(),
        "NETWORKDAYS(A1,1E15)".into(),
        "TEXT(A1,REPT(\"0\",30000))".into(),
        "TEXT(1E300,\"dd/mm/yyyy\")&A1".into(),
        "TEXT(A1,\"[\")".into(),
        "MID(A1,1E300,1E300)".into(),
        "LEFT(A1,-1)".into(),
        "ROUND(A1,1E300)".into(),
        "ROUND(A1,-1E300)".into(),
        "CHAR(1E300+A1)".into(),
        "SMALL(A1,1E300)".into(),
        "MROUND(A1,0)".into(),
        "MOD(A1,0)".into(),
        "WEEKDAY(A1,1E300)".into(),
        "WEEKNUM(1E300*A1)".into(),
        "YEARFRAC(A1,1E300)".into(),
        "TIME(1E300,A1,1)".into(),
        "SUBSTITUTE(A1,\"\",\"x\",1E300)".into(),
        "FIND(\"\",A1,1E300)".into(),
        "ADDRESS(A1*1E300,1)".into(),
        "INDIRECT(REPT(\"(\",10000)&A1)".into(),
        "INDIRECT(\"A1:XFD1048576\")".into(),
        "INDIRECT(\"R1C1\",FALSE)&A1".into(),
        "CHOOSE(1E300,A1)".into(),
        "A1 B1".into(),
        "A99999999".into(),
        "ZZZZ1+A1".into(),
        "Sheet99!A1+A1".into(),
        "'[x]y'!A1+A1".into(),
        "S:S!A1+A1".into(),
        "T[[#This Row],[x]]+A1".into(),
        "T[".to_string() + &"[x],".repeat(1_000) + "]",
        "LAMBDA(x,x(x))(LAMBDA(x,x(x)))+A1".into(),
        "LET(x,A1,x)".into(),
        "Loop1+A1".into(),
        "Wide+A1".into(),
        "\u{202e}A1\u{0}".into(),
        "🙂🙂🙂(A1)".into(),
    ]
}

#[test]
fn no_formula_panics_or_overflows() {
    let texts = texts();
    for cached in [Stored::Blank, Stored::Number(1.0)] {
        let mut cells = vec![cell(0, 0, "1"), cell(0, 1, "2")];
        for (row, text) in (1..).zip(&texts) {
            cells.push(SheetCell { row, column: 7, formula: Some(text.clone()), fills: None, value: cached.clone() });
        }
        cells.push(SheetCell {
            row: u32::MAX,
            column: u32::MAX,
            formula: Some("A1".into()),
            fills: Some((u32::MAX, u32::MAX)),
            value: cached,
        });
        let mut names = vec![("Loop1".into(), None, "Loop2".into()), ("Loop2".into(), None, "Loop1+1".into())];
        // Each name names the one before ten times: written out, ten to the power of thirty parts.
        names.push(("Wide0".into(), None, "1".into()));
        for number in 0..10 {
            let part = format!("Wide{number}+");
            names.push((format!("Wide{}", number + 1), None, part.repeat(10) + "1"));
        }
        names.push(("Wide".into(), None, "Wide10".into()));
        let book = Book {
            sheets: vec![SheetCells { name: "S".into(), cells, hidden: None }],
            names,
            tables: vec![TableArea { rows: (9, 3), columns: (u32::MAX, 0), name: "T".into(), ..TableArea::default() }],
            date_1904: false,
            today: (-1, 77, 99),
        };
        let started = std::time::Instant::now();
        let found = recalculate(&book, &[(0, 0, 0, Stored::Number(0.0))], &|| started.elapsed().as_secs() < 60);
        for kept in found.kept.iter().filter(|kept| kept.3.contains("failed")) {
            println!("{kept:?} {:?}", texts.get(kept.1 as usize - 1).map(|text| text.chars().take(80).collect::<String>()));
        }
        assert!(!found.kept.is_empty());
        println!("{:?}", started.elapsed());
    }
}

#[test]
fn no_formula_takes_long() {
    let cells = vec![cell(0, 0, "1"), cell(0, 1, "2")];
    let book = Book { sheets: vec![SheetCells { name: "S".into(), cells, hidden: None }], today: (2024, 1, 1), ..Book::default() };
    for text in texts() {
        let started = std::time::Instant::now();
        let found = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, || answer(&book, &text)).unwrap().join()
        });
        assert!(found.is_ok());
        let taken = started.elapsed();
        let start: String = text.chars().take(60).collect();
        if taken.as_millis() > 300 {
            println!("{taken:?} {start}");
        }
        assert!(taken.as_secs() < 10, "{taken:?} {start}");
    }
}

/// Pieces that random formulas are put together from.
const PIECES: &[&str] = &[
    "A1",
    "$B$2",
    "A:A",
    "1:1",
    "S!A1",
    "'S'!A1:B2",
    "T[x]",
    "[@x]",
    "(",
    ")",
    "{",
    "}",
    ",",
    ";",
    ":",
    "+",
    "-",
    "*",
    "/",
    "^",
    "&",
    "%",
    "=",
    "<>",
    "<",
    ">=",
    "\"",
    "'",
    "!",
    "[",
    "]",
    "#",
    "#N/A",
    "#REF!",
    "@",
    " ",
    "1",
    "0",
    "1E300",
    "-1",
    "2.5",
    "\"x\"",
    "\"*\"",
    "\"\"",
    "TRUE",
    "Loop",
    "é",
    "🙂",
    "\0",
    "$",
    ".",
    "~",
];

#[test]
fn random_formulas_never_panic() {
    let mut cells = vec![cell(0, 0, "1"), cell(0, 1, "2"), cell(1, 1, "text"), cell(2, 0, "#N/A"), cell(3, 0, "45000.5")];
    cells.push(cell(4, 0, "1E+308"));
    let tables = vec![TableArea {
        name: "T".into(),
        rows: (0, 4),
        columns: (0, 1),
        heading_rows: 1,
        headings: vec!["x".into()],
        ..TableArea::default()
    }];
    let names = vec![("Loop".into(), None, "Loop+1".into())];
    let sheets = vec![SheetCells { name: "S".into(), cells, hidden: Some(Vec::new()) }];
    let book = Book { sheets, names, tables, today: (2024, 1, 1), ..Book::default() };
    let functions: Vec<String> = functions::all_names().map(|name| format!("{name}(")).collect();
    let mut seed = 99_u64;
    let mut next = move |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most
    };
    let (mut answered, mut refused) = (0, 0);
    for round in 0..40_000 {
        let mut text = String::new();
        if round % 2 == 0 {
            // A call with arguments that mostly can be read.
            text.push_str(&functions[next(functions.len())]);
            let count = next(5);
            for at in 0..count {
                let argument = [
                    "A1",
                    "A1:B5",
                    "A:A",
                    "-1",
                    "1E300",
                    "\"x\"",
                    "",
                    "0",
                    "{1,2;3,4}",
                    "#N/A",
                    "A3",
                    "TRUE",
                    "2.5",
                    "T[x]",
                    "1/0",
                    "\"~?*\"",
                ][next(16)];
                text.push_str(if at > 0 { "," } else { "" });
                text.push_str(argument);
            }
            text.push(')');
        } else {
            for _ in 0..next(12) {
                text.push_str(if next(3) == 0 { &functions[next(functions.len())] } else { PIECES[next(PIECES.len())] });
            }
        }
        for array in [false, true] {
            reads::Finder::new(&surroundings::Surroundings::new(&book)).reads(&text, (0, 3, 3));
            match answer_in(&book, &text, (0, 3, 3), array) {
                Ok(_) => answered += 1,
                Err(_) => refused += 1,
            }
        }
    }
    assert!(answered > 10_000 && refused > 10_000, "{answered} {refused}");
}
