//! The checks that a form makes by its own formulas: which cells they are, what they say, and where a failed one is explained. Fixes nothing.

use std::collections::BTreeSet;

use super::{
    labels::{Around, Labels, plain_label},
    open_cells::is_placeholder,
};
use crate::{
    model::{in_plain_form, place_of},
    workbook::patch::form::{Form, FormCell, FormValue, ValidationKind},
};

/// How far to the right and to the left of a check its explanation may stand.
const BESIDE: u32 = 8;
/// The most checks of a form, and the most formulas of a sheet that are looked at for them.
const MOST: usize = 5_000;
const MOST_FORMULAS: usize = 50_000;

/// What a form says where a check is not met, as a whole text.
const FAILED: [&str; 27] = [
    "fail",
    "failed",
    "fails",
    "error",
    "errors",
    "no",
    "incomplete",
    "not complete",
    "not completed",
    "invalid",
    "not valid",
    "breach",
    "breached",
    "false",
    "missing",
    "x",
    "✗",
    "✘",
    "☒",
    "check",
    "warning",
    "not met",
    "not balanced",
    "unbalanced",
    "does not balance",
    "query",
    "problem",
];
/// The same within a longer text.
const FAILING: [&str; 33] = [
    "over limit",
    "too high",
    "too low",
    "out of range",
    "cannot be negative",
    "not been started",
    "have not been",
    "not all ",
    "please ",
    "must ",
    "error",
    "fail",
    "incomplete",
    "not complete",
    "missing",
    "exceed",
    "breach",
    "do not match",
    "does not match",
    "does not equal",
    "not equal",
    "should ",
    "cannot",
    "invalid",
    "<<<",
    "required",
    "warning",
    "too many",
    "too long",
    "over the limit",
    "explain",
    "not balance",
    "inconsistent",
];
/// Within a longer text, that all is well.
const WELL: [&str; 8] = ["complete", "no error", "are valid", "is valid", "passed", "is correct", "are correct", "no action"];
/// What it says where one is met.
const PASSED: [&str; 19] = [
    "",
    "ok",
    "okay",
    "pass",
    "passed",
    "yes",
    "complete",
    "completed",
    "valid",
    "true",
    "✓",
    "✔",
    "☑",
    "met",
    "balanced",
    "no errors",
    "n/a",
    "no error",
    "none",
];
/// What is said where a yes, a no, a colour or a number is a check and not an answer.
const ASKS: [&str; 9] = ["check", "valid", "complete", "pass", "balance", "reconcil", "error", "breach", "compliant"];
/// Headings of the cells where a failed check is explained.
const EXPLAINS: [&str; 10] =
    ["explain", "explanation", "breach reason", "reason", "justification", "justify", "comment", "why ", "narrative", "rationale"];

/// How a check stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    NotMet,
    /// Its formula could not be worked out here, with the reason.
    Untold(String),
}

/// A check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    pub place: String,
    /// What it is about, in the form's own words.
    pub label: String,
    /// What it says now.
    pub says: String,
    pub verdict: Verdict,
    /// The open cell in which it is explained, where there is one: its place, and what stands there.
    pub explained_in: Option<(String, String)>,
    /// Whether that cell is there for all checks that have none of their own.
    pub shares_it: bool,
    pub(super) sheet: usize,
    pub(super) cell: (u32, u32),
}

/// The checks of a form as it stands.
pub(super) fn all(form: &Form, open: &[BTreeSet<(u32, u32)>]) -> Vec<Check> {
    let mut found = Vec::new();
    for (at, sheet) in form.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden) {
        let around = Around { form, at, sheet, open: &open[at] };
        let formulas = sheet.cells.iter().filter(|(_, cell)| cell.formula.is_some()).take(MOST_FORMULAS);
        for (place, cell) in formulas {
            let Some(formula) = cell.formula.as_deref().filter(|_| sheet.first_of(*place) == *place && !sheet.is_hidden(*place)) else {
                continue;
            };
            let labels = around.of(*place);
            let Some(verdict) = verdict(form, cell, formula, &labels) else { continue };
            if found.len() >= MOST {
                return found;
            }
            found.push(Check {
                place: place_of(&sheet.name, place.0, place.1),
                label: labels.name(),
                says: form.shown(cell),
                verdict,
                explained_in: explanation(&around, *place),
                shares_it: false,
                sheet: at,
                cell: *place,
            });
        }
    }
    found
}

/// Gives the checks without a cell of their own the one in which the form asks for all explanations, where it has one.
pub(super) fn share(checks: &mut [Check], general: Option<&(String, String)>) {
    for check in checks.iter_mut().filter(|check| check.explained_in.is_none()) {
        (check.explained_in, check.shares_it) = (general.cloned(), general.is_some());
    }
}

/// Whether the words around an input ask in it for the explanations of all checks that are not met.
pub(super) fn asks_for_all(labels: &Labels) -> bool {
    let mut all = labels.left.iter().take(1).chain(&labels.above);
    all.any(|words| {
        let plain = in_plain_form(words);
        let of_checks = ["check", "validation", "breach", "error", "warning"].iter().any(|word| plain.contains(word));
        of_checks && ["explain", "explanation", "reason", "justif"].iter().any(|word| plain.contains(word))
    })
}

/// How a formula's cell stands, where it is a check.
fn verdict(form: &Form, cell: &FormCell, formula: &str, labels: &Labels) -> Option<Verdict> {
    let asks = || labels.all().any(asks_for_check);
    let results = results(formula);
    // Where all that it may say is of something amiss, it is guidance and checks nothing.
    let amiss = |text: &str| is_failed(text) || (text.len() > 6 && is_failing(text));
    let failing = results.iter().any(|text| amiss(text)) && (results.len() == 1 || results.iter().any(|text| !amiss(text)));
    let about_blanks = || {
        let plain = formula.to_ascii_uppercase();
        ["ISBLANK", "COUNTA", "COUNTBLANK", "LEN(", "=\"\"", "<>\"\""].iter().any(|part| plain.contains(part))
    };
    let only_plain_words = results.iter().all(|text| matches!(&*in_plain_form(text), "yes" | "no" | "" | "n/a" | "x" | "check" | "query"));
    let coloured = results.iter().any(|text| matches!(&*in_plain_form(text), "red" | "amber"));
    let is_check = if failing {
        // A yes or no may be any answer.
        !only_plain_words || asks() || about_blanks() || results.iter().any(|text| in_plain_form(text) == "check")
    } else {
        match &cell.value {
            FormValue::Truth(_) => asks(),
            FormValue::Number(_) => is_zero_check(labels),
            FormValue::Text(_) => coloured && asks(),
            FormValue::Blank => results.is_empty() && cell.untold.is_some() && asks(),
            FormValue::Error(_) => asks(),
        }
    };
    if !is_check {
        return None;
    }
    if let Some(why) = &cell.untold {
        return Some(Verdict::Untold(why.clone()));
    }
    let met = match &cell.value {
        FormValue::Blank => true,
        FormValue::Truth(truth) => *truth,
        FormValue::Error(_) => false,
        FormValue::Number(number) => failing || number.abs() < 1e-6,
        FormValue::Text(_) => {
            let text = in_plain_form(&form.shown(cell));
            let says_fail = results.iter().filter(|literal| amiss(literal)).any(|literal| {
                let literal = in_plain_form(literal);
                // A short word may stand within any other.
                if literal.len() > 6 {
                    text.contains(&literal)
                } else {
                    text == literal || text.split_whitespace().next() == Some(&literal)
                }
            });
            !(says_fail || is_failed(&text) || matches!(&*text, "red" | "amber")) || PASSED.contains(&&*text)
        }
    };
    Some(if met { Verdict::Met } else { Verdict::NotMet })
}

fn is_failed(text: &str) -> bool {
    let plain = in_plain_form(text);
    FAILED.contains(&plain.trim_matches(|c: char| matches!(c, '!' | '.' | '*' | ':')))
}

/// Whether a longer text says that something is amiss: one that says that all is well may speak of what is required, too.
fn is_failing(text: &str) -> bool {
    let plain = in_plain_form(text);
    let well = WELL.iter().any(|part| plain.contains(part)) && !["not ", "incomplete", "n't "].iter().any(|part| plain.contains(part));
    !is_placeholder(text) && !well && FAILING.iter().any(|part| plain.contains(part))
}

fn asks_for_check(words: &str) -> bool {
    let plain = in_plain_form(words);
    plain.len() <= 120 && ASKS.iter().any(|word| plain.contains(word))
}

/// Whether a number is to be nothing: `Check (should be 0)`, `Difference`.
fn is_zero_check(labels: &Labels) -> bool {
    let names = labels.left.first().into_iter().chain(labels.above.first());
    names.map(|words| in_plain_form(words)).any(|plain| {
        let zero = ["should be 0", "should be zero", "must be 0", "must be zero", "should equal zero", "should equal 0"];
        plain.len() <= 120
            && (zero.iter().any(|words| plain.contains(words))
                || matches!(&*plain_label(&plain), "check" | "check total" | "balance check"))
    })
}

/// The texts in a formula that it may give: not those that it compares with.
pub(super) fn results(formula: &str) -> Vec<String> {
    let calls = ["IF", "IFS", "CHOOSE", "SWITCH", "IFERROR", "IFNA"];
    let upper = formula.to_ascii_uppercase();
    // `COUNTIF` gives no text of its own.
    let is_call = |call: &&str| {
        let call = format!("{call}(");
        let mut found = upper.match_indices(&call).map(|(at, _)| upper[..at].chars().next_back());
        found.any(|before| before.is_none_or(|c| !c.is_alphanumeric()))
    };
    if !calls.iter().any(is_call) {
        return Vec::new();
    }
    let (mut found, mut rest, mut before) = (Vec::new(), formula, None);
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = if rest[at..].starts_with('"') { '"' } else { '\'' };
        let last = rest[..at].chars().rev().find(|c| !c.is_whitespace()).or(before);
        let mut text = String::new();
        let mut inner = &rest[at + 1..];
        loop {
            let Some(end) = inner.find(quote) else { return found };
            text.push_str(&inner[..end]);
            inner = &inner[end + 1..];
            match inner.strip_prefix(quote) {
                Some(more) => {
                    text.push(quote);
                    inner = more;
                }
                None => break,
            }
        }
        let compared = matches!(last, Some('=' | '<' | '>')) || inner.trim_start().starts_with(['=', '<', '>']);
        if quote == '"' && !compared {
            found.push(text);
        }
        (rest, before) = (inner, Some(quote));
    }
    found
}

/// The open cell beside a check in which it is explained: under a heading that says so, or the only one for words beside it.
fn explanation(around: &Around<'_>, place: (u32, u32)) -> Option<(String, String)> {
    let (row, column) = place;
    let right = column + 1..=column + BESIDE;
    let left = (column.saturating_sub(BESIDE)..column).rev();
    let mut seen = BTreeSet::new();
    let cells: Vec<(u32, u32)> = right
        .chain(left)
        .map(|column| around.sheet.first_of((row, column)))
        .filter(|cell| around.open.contains(cell) && seen.insert(*cell))
        .collect();
    let says = |cell: &(u32, u32)| {
        let labels = around.of(*cell);
        let mut names = labels.above.first().into_iter().chain(labels.left.first());
        names.any(|words| EXPLAINS.iter().any(|word| in_plain_form(words).contains(word)))
    };
    let free = |cell: &&(u32, u32)| around.sheet.validation(**cell).is_none_or(|rule| rule.kind == ValidationKind::TextLength);
    let found = cells.iter().find(|cell| says(cell));
    let below = || {
        let cell = around.sheet.first_of((row + 1, column));
        let labels = around.of(cell);
        let asks = labels.left.iter().any(|words| EXPLAINS[..2].iter().any(|word| in_plain_form(words).contains(word)));
        (around.open.contains(&cell) && asks).then_some(cell)
    };
    let cell = found.filter(free).copied().or_else(below)?;
    Some((place_of(&around.sheet.name, cell.0, cell.1), around.form.text(around.at, cell)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_formula_may_say_is_told_from_what_it_compares() {
        assert_eq!(results("IF(B4=\"Please select\",\"<<< Please choose\",\"\")"), ["<<< Please choose", ""]);
        assert_eq!(results("IF(COUNTIF('A \"sheet\"'!D1:D9,\"FAIL\")>0,\"INCOMPLETE\",\"COMPLETE\")"), ["FAIL", "INCOMPLETE", "COMPLETE"]);
        assert_eq!(results("IF(\"x\"=A1,\"say \"\"no\"\"\",\"OK\")"), ["say \"no\"", "OK"]);
        assert!(results("COUNTIF(E5:E9,\"FAIL\")").is_empty());
    }

    #[test]
    fn words_of_failure_are_known() {
        for text in ["FAIL", "Error!", "Incomplete", "✗", "FALSE"] {
            assert!(is_failed(text), "{text}");
        }
        assert!(is_failing("Error: total must equal the sum of its parts") && !is_failing("< Please select >"));
        assert!(!is_failed("Complete") && !is_failed("North") && PASSED.contains(&"ok"));
    }
}
