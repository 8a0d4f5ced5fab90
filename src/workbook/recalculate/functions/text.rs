//! Owns the functions of texts; it never reads a number out of one but where the function says so.

use super::{Function, MANY, formats, given, mixed, number, number_or, of_number, of_text, of_truth, plain, ranges, text};
use crate::workbook::recalculate::conditions::{Pattern, lower_letter};
use crate::workbook::recalculate::evaluate::{Evaluator, LONGEST_TEXT, Operand, Outcome};
use crate::workbook::recalculate::value::{Fault, Stop, Value, kept};

pub(super) const FUNCTIONS: &[Function] = &[
    plain("LEFT", 1, 2, |on, arguments| {
        let count = count_or_one(on, arguments)?;
        of_text(letters(arguments, 0)?.into_iter().take(count).collect())
    }),
    plain("RIGHT", 1, 2, |on, arguments| {
        let (letters, count) = (letters(arguments, 0)?, count_or_one(on, arguments)?);
        let from = letters.len().saturating_sub(count);
        of_text(letters.into_iter().skip(from).collect())
    }),
    plain("MID", 3, 3, |on, arguments| {
        let (from, count) = (number(on, arguments, 1)?.trunc(), number(on, arguments, 2)?.trunc());
        if from < 1.0 || count < 0.0 {
            return Err(Fault::Value.into());
        }
        of_text(letters(arguments, 0)?.into_iter().skip(from as usize - 1).take(count as usize).collect())
    }),
    plain("LEN", 1, 1, |_, arguments| of_number(text(arguments, 0)?.encode_utf16().count() as f64)),
    plain("TRIM", 1, 1, |_, arguments| {
        of_text(text(arguments, 0)?.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    }),
    plain("CLEAN", 1, 1, |_, arguments| of_text(text(arguments, 0)?.chars().filter(|letter| *letter >= ' ').collect())),
    plain("UPPER", 1, 1, |_, arguments| of_text(text(arguments, 0)?.to_uppercase())),
    plain("LOWER", 1, 1, |_, arguments| of_text(text(arguments, 0)?.to_lowercase())),
    plain("PROPER", 1, 1, |_, arguments| of_text(capitalised(&text(arguments, 0)?))),
    plain("EXACT", 2, 2, |_, arguments| of_truth(text(arguments, 0)? == text(arguments, 1)?)),
    plain("FIND", 2, 3, |on, arguments| find(on, arguments, false)),
    plain("SEARCH", 2, 3, |on, arguments| find(on, arguments, true)),
    plain("SUBSTITUTE", 3, 4, substitute),
    plain("REPLACE", 4, 4, |on, arguments| {
        let (from, count) = (number(on, arguments, 1)?.trunc(), number(on, arguments, 2)?.trunc());
        if from < 1.0 || count < 0.0 {
            return Err(Fault::Value.into());
        }
        let letters = letters(arguments, 0)?;
        let start = (from as usize - 1).min(letters.len());
        let end = start.saturating_add(count as usize).min(letters.len());
        let mut replaced: String = letters.iter().take(start).collect();
        replaced.push_str(&text(arguments, 3)?);
        replaced.extend(letters.iter().skip(end));
        of_text(replaced)
    }),
    plain("REPT", 2, 2, |on, arguments| {
        let (text, times) = (text(arguments, 0)?, number(on, arguments, 1)?.trunc());
        if times < 0.0 || times * text.encode_utf16().count() as f64 > LONGEST_TEXT as f64 {
            return Err(Fault::Value.into());
        }
        of_text(if text.is_empty() { text } else { text.repeat(times as usize) })
    }),
    ranges("CONCATENATE", 1, MANY, |on, arguments| {
        let one = |argument: &Operand| on.single(argument.clone())?.text();
        join(arguments.iter().map(one))
    }),
    ranges("CONCAT", 1, MANY, |on, arguments| join(texts(on, arguments)?.into_iter().map(Ok))),
    mixed(
        "TEXTJOIN",
        3,
        MANY,
        |at| at < 2,
        |on, arguments| {
            let (between, skip) = (text(arguments, 0)?, given(arguments, 1).truth()?);
            let texts = texts(on, arguments.get(2..).unwrap_or_default())?;
            let mut joined = String::new();
            for (at, text) in texts.iter().filter(|text| !(skip && text.is_empty())).enumerate() {
                if at > 0 {
                    joined.push_str(&between);
                }
                joined.push_str(text);
                if joined.len() > 4 * LONGEST_TEXT {
                    break;
                }
            }
            of_text(joined)
        },
    ),
    plain("VALUE", 1, 1, |on, arguments| match given(arguments, 0) {
        Value::Truth(_) => Err(Fault::Value.into()),
        other => of_number(on.number(other)?),
    }),
    plain("TEXT", 2, 2, |on, arguments| {
        let format = text(arguments, 1)?;
        let number = match given(arguments, 0) {
            Value::Truth(truth) => return of_text(if *truth { "TRUE" } else { "FALSE" }.to_string()),
            other => match on.number(other) {
                Err(Stop::Fault(Fault::Value)) if matches!(other, Value::Text(_)) => {
                    // Text is written as it is, which is sure for the plain formats only.
                    formats::written(0.0, &format, false)?;
                    return Ok(Operand::Value(other.clone()));
                }
                number => number?,
            },
        };
        of_text(formats::written(number, &format, on.date_1904())?)
    }),
    plain("CHAR", 1, 1, |on, arguments| match number(on, arguments, 0)?.trunc() {
        code if code == 9.0 || code == 10.0 || code == 13.0 || (32.0..127.0).contains(&code) => of_text(char::from(code as u8).to_string()),
        code if (1.0..256.0).contains(&code) => kept("it writes a character that is not plain"),
        _ => Err(Fault::Value.into()),
    }),
];

/// The letters of a text, each of which Excel counts as one.
fn letters(arguments: &[Operand], at: usize) -> Result<Vec<char>, Stop> {
    counted(&text(arguments, at)?)
}

fn counted(text: &str) -> Result<Vec<char>, Stop> {
    match text.chars().any(|letter| u32::from(letter) > 0xFFFF) {
        true => kept("it counts characters of which some are two to Excel"),
        false => Ok(text.chars().collect()),
    }
}

fn count_or_one(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Result<usize, Stop> {
    match number_or(on, arguments, 1, 1.0)?.trunc() {
        below if below < 0.0 => Err(Fault::Value.into()),
        count => Ok(count as usize),
    }
}

fn capitalised(text: &str) -> String {
    let mut capital = true;
    let mut made = String::with_capacity(text.len());
    for letter in text.chars() {
        match capital {
            true => made.extend(letter.to_uppercase()),
            false => made.extend(letter.to_lowercase()),
        }
        capital = !letter.is_alphabetic();
    }
    made
}

fn find(on: &Evaluator<'_, '_>, arguments: &[Operand], loosely: bool) -> Outcome {
    let (sought, within) = (text(arguments, 0)?, text(arguments, 1)?);
    let from = number_or(on, arguments, 2, 1.0)?.trunc();
    let mut letters = counted(&within)?;
    if from < 1.0 || from > letters.len() as f64 + 1.0 {
        return Err(Fault::Value.into());
    }
    let from = from as usize - 1;
    if loosely && sought.replace("~*", "").replace("~?", "").replace("~~", "").contains('~') {
        return kept("it searches for a tilde");
    }
    let pattern = if loosely { Pattern::read(&sought) } else { None };
    let found = match pattern {
        Some(pattern) => {
            on.sheets.step(letters.len().saturating_mul(16))?;
            pattern.found_in(&within, from)
        }
        None => {
            let mut sought: Vec<char> = sought.chars().collect();
            if loosely {
                letters.iter_mut().chain(&mut sought).for_each(|letter| *letter = lower_letter(*letter));
            }
            let length = sought.len();
            (from..=letters.len()).find(|&at| letters.get(at..at + length).is_some_and(|part| part == sought))
        }
    };
    found.map_or(Err(Fault::Value.into()), |at| of_number(at as f64 + 1.0))
}

fn substitute(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let (within, old, new) = (text(arguments, 0)?, text(arguments, 1)?, text(arguments, 2)?);
    let which = match arguments.get(3) {
        None => None,
        Some(_) => Some(number(on, arguments, 3)?.trunc()),
    };
    if which.is_some_and(|which| which < 1.0) {
        return Err(Fault::Value.into());
    }
    if old.is_empty() {
        return of_text(within);
    }
    let mut made = String::new();
    let mut rest = within.as_str();
    let mut count = 0.0;
    while let Some((before, after)) = rest.split_once(old.as_str()) {
        count += 1.0;
        made.push_str(before);
        made.push_str(if which.is_none_or(|which| which == count) { &new } else { &old });
        rest = after;
        if made.len() > 4 * LONGEST_TEXT {
            break;
        }
    }
    made.push_str(rest);
    of_text(made)
}

fn join(texts: impl Iterator<Item = Result<String, Stop>>) -> Outcome {
    let mut joined = String::new();
    for text in texts {
        joined.push_str(&text?);
        if joined.len() > 4 * LONGEST_TEXT {
            break;
        }
    }
    of_text(joined)
}

/// All values of some operands as texts, row by row.
fn texts(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Result<Vec<String>, Stop> {
    let mut texts = Vec::new();
    for argument in arguments {
        let grid = on.grid(argument.clone())?;
        for value in &grid.cells {
            texts.push(value.text()?);
        }
    }
    Ok(texts)
}
