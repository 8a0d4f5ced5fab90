//! A value of a plan as a cell of a form takes it: a word of its list, thousands of pounds, a day, a share. Checks no bounds.

use super::{
    figure::{Worth, WorthValue},
    labels::plain_label,
    template::{Input, Takes},
};
use crate::{
    insight::Rating,
    model::{General, Status, in_plain_form, is_date_format, show_number},
    workbook::patch::{
        NewContent,
        form::{Form, FormValue},
    },
};

/// What is to be written into a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Converted {
    pub content: NewContent,
    /// The same as the form's formulas see it.
    pub value: FormValue,
    pub text: String,
    pub said: Vec<String>,
}

/// Why a cell does not take a value, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotTaken {
    /// What the cell takes.
    pub rule: String,
    pub advice: String,
}

fn not_taken(rule: impl Into<String>, advice: &str) -> NotTaken {
    NotTaken { rule: rule.into(), advice: advice.to_owned() }
}

/// What of a value is written into a cell. `choices` are those of its list, where it has one that could be told.
///
/// # Errors
/// When the cell takes no such value.
pub(super) fn convert(form: &Form, input: &Input, worth: &Worth, choices: Option<&[FormValue]>) -> Result<Converted, NotTaken> {
    let mut said = worth.said.clone();
    if worth.value == WorthValue::Nothing {
        return Err(not_taken("there is nothing in the plan to write", "Fill it in the plan, or give the words here."));
    }
    if let Some(choices) = choices.filter(|_| input.takes == Takes::Choice) {
        let (value, more) = choice(worth, choices)?;
        said.extend(more);
        return Ok(of_value(input, value, said));
    }
    match input.takes {
        Takes::Day => day(form, input, worth, said),
        // Only its number format says that it takes a number, as of a telephone number.
        Takes::Number if !input.ruled && worth.value == WorthValue::Words && as_number(&worth.text).is_none() => {
            Ok(of_text(worth.text.clone(), said))
        }
        Takes::Number => number(input, worth, &mut said).map(|number| of_number(input, number, said)),
        Takes::Anything if matches!(worth.value, WorthValue::Day(_)) && is_date_format(&input.format) => day(form, input, worth, said),
        Takes::Anything
            if matches!(worth.value, WorthValue::Number(_) | WorthValue::Share(_) | WorthValue::Pounds(_) | WorthValue::Thousands(_)) =>
        {
            number(input, worth, &mut said).map(|number| of_number(input, number, said))
        }
        // As Excel takes what is typed; a number that begins with 0 or + is a code or a telephone number.
        Takes::Anything
            if worth.value == WorthValue::Words && !worth.text.trim().starts_with(['+', '.']) && !has_leading_nought(&worth.text) =>
        {
            Ok(as_number(&worth.text)
                .map_or_else(|| of_text(worth.text.clone(), said.clone()), |number| of_number(input, number, said.clone())))
        }
        Takes::Anything | Takes::Words | Takes::Choice => {
            // What a day stands in for matters only where a day is written.
            if matches!(worth.value, WorthValue::Day(_)) {
                said.clear();
            }
            Ok(of_text(worth.text.clone(), said))
        }
    }
}

fn of_text(text: String, said: Vec<String>) -> Converted {
    Converted { content: NewContent::Text(text.clone()), value: FormValue::Text(text.clone()), text, said }
}

fn of_number(input: &Input, number: f64, said: Vec<String>) -> Converted {
    let format = if is_date_format(&input.format) { General.into() } else { input.format.clone() };
    let text = show_number(number, &format);
    Converted { content: NewContent::Number { number, format }, value: FormValue::Number(number), text, said }
}

/// A choice of a list, as it stands there.
fn of_value(input: &Input, value: FormValue, said: Vec<String>) -> Converted {
    match value {
        FormValue::Number(number) => of_number(input, number, said),
        FormValue::Truth(truth) => Converted {
            content: NewContent::Truth(truth),
            value: FormValue::Truth(truth),
            text: if truth { "TRUE" } else { "FALSE" }.to_owned(),
            said,
        },
        FormValue::Text(text) | FormValue::Error(text) => of_text(text, said),
        FormValue::Blank => of_text(String::new(), said),
    }
}

fn day(form: &Form, input: &Input, worth: &Worth, said: Vec<String>) -> Result<Converted, NotTaken> {
    let days = match worth.value {
        WorthValue::Day(days) => days,
        WorthValue::Words | WorthValue::Status(_) => {
            let read = crate::model::kinds::Kind::Date.enter(&worth.text).when();
            let day = match read {
                Some(crate::model::When::On { date, grain: crate::model::Grain::Day }) => Some(crate::model::serial_from_date(date)),
                _ => None,
            };
            day.ok_or_else(|| not_taken("the cell takes a day", "Give the day, such as 31/03/2026."))?
        }
        _ => return Err(not_taken("the cell takes a day", "Give the day, such as 31/03/2026.")),
    };
    let format = if is_date_format(&input.format) { input.format.clone() } else { "dd/mm/yyyy".into() };
    let text = show_number(days, &format);
    Ok(Converted { content: NewContent::Number { number: days, format }, value: FormValue::Number(form.serial(days)), text, said })
}

/// The number that a cell takes of a value, in the unit it asks for.
fn number(input: &Input, worth: &Worth, said: &mut Vec<String>) -> Result<f64, NotTaken> {
    let in_percent = input.format.contains('%');
    let thousands = |pounds: f64, said: &mut Vec<String>| {
        let rounded = (pounds / 1000.0).round();
        let from = if input.thousands { "its label asks for £000" } else { "the form asks for money in £000" };
        said.push(format!("{} is {} thousand pounds; {from}", worth.text, show_number(rounded, "#,##0")));
        rounded
    };
    Ok(match worth.value {
        WorthValue::Share(share) if in_percent => share,
        WorthValue::Share(share) if !input.percent => {
            said.push("neither the cell nor its label says per cent: 1 stands for all".to_owned());
            share
        }
        WorthValue::Share(share) => share * 100.0,
        WorthValue::Number(number) if in_percent && number.abs() > 1.0 => {
            said.push(format!("{} was taken as per cent, as the cell shows per cent", worth.text));
            number / 100.0
        }
        WorthValue::Pounds(pounds) if input.thousands || input.sheet_thousands => thousands(pounds, said),
        WorthValue::Thousands(number) if input.thousands || input.sheet_thousands => {
            if number.fract() != 0.0 {
                said.push(format!("{} was rounded to whole £000", worth.text));
            }
            number.round()
        }
        WorthValue::Thousands(number) => {
            said.push("the plan counts it in £000, and the form does not ask for that: it was written in pounds".to_owned());
            number * 1000.0
        }
        WorthValue::Number(number) | WorthValue::Pounds(number) => {
            if input.thousands && matches!(worth.value, WorthValue::Number(_)) {
                said.push("its label asks for £000, and the plan does not say that this is money: it was written as it is".to_owned());
            }
            number
        }
        WorthValue::Words => as_number(&worth.text).ok_or_else(|| not_taken("the cell takes a number", "Give the number alone."))?,
        WorthValue::Nothing | WorthValue::Day(_) | WorthValue::Status(_) | WorthValue::Rating(_) => {
            return Err(not_taken("the cell takes a number", "Choose another value of the plan for it."));
        }
    })
}

/// Whether a text begins with a 0 that a number would lose.
fn has_leading_nought(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('0') && text[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// The number that words are.
fn as_number(words: &str) -> Option<f64> {
    let words = words.trim().trim_start_matches('£').trim_start();
    // A comma parts thousands; `1,2` is a list.
    let whole = words.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = groups.clone().next().is_none() || ((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3));
    is_grouped.then(|| words.replace(',', ""))?.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn shown(choice: &FormValue) -> String {
    match choice {
        FormValue::Blank => String::new(),
        FormValue::Number(number) => show_number(*number, General),
        FormValue::Text(text) | FormValue::Error(text) => text.clone(),
        FormValue::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
    }
}

/// The choice of a list that a value is, by its words, its status, its rating or its number.
fn choice(worth: &Worth, choices: &[FormValue]) -> Result<(FormValue, Option<String>), NotTaken> {
    let words: Vec<String> = choices.iter().map(shown).collect();
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut found = (0..words.len()).filter(|at| fits(&words[*at]));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let wanted = in_plain_form(&worth.text);
    let same = || words.iter().position(|word| in_plain_form(word) == wanted);
    let alike = || only(&|word| !wanted.is_empty() && plain_label(word) == plain_label(&worth.text));
    let numbered = || match worth.value {
        WorthValue::Number(number) => only(&|word| leading_number(word) == Some(number)),
        _ => None,
    };
    let by_meaning = || match worth.value {
        WorthValue::Status(status) => of_status(status, &words),
        WorthValue::Rating(rating) => of_rating(rating, &words).map(|at| (at, None)),
        // A word of a plan may stand for a status too.
        WorthValue::Words => Status::of_word(&worth.text).and_then(|status| of_status(status, &words)),
        _ => None,
    };
    let found = same().or_else(alike).map(|at| (at, None)).or_else(by_meaning).or_else(|| numbered().map(|at| (at, None)));
    found.map(|(at, said)| (choices[at].clone(), said)).ok_or_else(|| {
        let some: Vec<&str> = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).take(12).collect();
        let more = if words.len() > 12 { " and others" } else { "" };
        not_taken(format!("its list offers {}{more}", some.join(", ")), "Choose one of the list, or map another value.")
    })
}

/// The number that a choice begins with: `3 - Medium impact`.
fn leading_number(word: &str) -> Option<f64> {
    let digits: String = word.trim().chars().take_while(char::is_ascii_digit).collect();
    let rest = word.trim()[digits.len()..].trim_start();
    (rest.is_empty() || rest.starts_with(['-', '–', '.', ')', ':'])).then(|| digits.parse().ok()).flatten()
}

/// The choice that stands for a status: one by its own words first, then the plain colour of it.
fn of_status(status: Status, words: &[String]) -> Option<(usize, Option<String>)> {
    let meaning: Vec<(usize, bool)> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| Status::parse(word) == Some(status) || Status::parse(bare(word)) == Some(status))
        .map(|(at, word)| (at, is_colour(word)))
        .collect();
    let one = |colour: bool| {
        let mut found = meaning.iter().filter(|(_, is)| *is == colour).map(|(at, _)| *at);
        let first = found.next()?;
        let plain = |at: &usize| Status::of_word(&words[*at]) == Some(status);
        let all: Vec<usize> = std::iter::once(first).chain(found).collect();
        if all.len() == 1 {
            Some(first)
        } else {
            all.iter().find(|at| plain(at)).copied().filter(|_| all.iter().filter(|at| plain(at)).count() == 1)
        }
    };
    if let Some(at) = one(false).or_else(|| one(true)) {
        return Some((at, None));
    }
    // A list of colours alone has none for what is done: it is on track.
    let green = words.iter().position(|word| matches!(&*in_plain_form(word), "green" | "g")).filter(|_| status == Status::Complete);
    green.map(|at| (at, Some("the list has no word for what is complete, so it is green".to_owned())))
}

fn of_rating(rating: Rating, words: &[String]) -> Option<usize> {
    let meant: &[&str] = match rating {
        Rating::Green => &["green", "g", "on target", "on track", "met", "achieved"],
        Rating::Amber => &["amber", "a", "near target", "at risk", "slightly below target"],
        Rating::Red => &["red", "r", "off target", "off track", "not met", "below target"],
        Rating::Grey => &["grey", "gray", "not rated", "n/a", "no data", "not applicable"],
    };
    meant.iter().find_map(|meant| words.iter().position(|word| in_plain_form(bare(word)) == *meant))
}

/// A choice without what stands before its word: `Project complete`, `3. Amber`.
fn bare(word: &str) -> &str {
    let word = word.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '-' | '–' | ':' | ' '));
    ["Project ", "project ", "Action ", "Activity "].iter().find_map(|start| word.strip_prefix(start)).unwrap_or(word)
}

fn is_colour(word: &str) -> bool {
    in_plain_form(word)
        .split(|c: char| !c.is_alphabetic())
        .any(|part| matches!(part, "red" | "amber" | "green" | "blue" | "r" | "a" | "g" | "b"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(worth: WorthValue, text: &str, choices: &[&str]) -> Option<String> {
        let worth = Worth { value: worth, text: text.to_owned(), said: Vec::new() };
        let choices: Vec<FormValue> = choices.iter().map(|word| FormValue::Text((*word).to_owned())).collect();
        choice(&worth, &choices).ok().map(|(value, _)| shown(&value))
    }

    #[test]
    fn a_status_finds_its_word_in_a_list() {
        let rag = ["Green", "Amber/Green", "Amber", "Amber/Red", "Red"];
        let of = |status, choices: &[&str]| chosen(WorthValue::Status(status), "their own word", choices);
        assert_eq!(of(Status::MinorProblems, &rag).as_deref(), Some("Amber"));
        assert_eq!(of(Status::MajorProblems, &rag).as_deref(), Some("Red"));
        assert_eq!(of(Status::InProgress, &rag).as_deref(), Some("Green"));
        assert_eq!(of(Status::Complete, &rag).as_deref(), Some("Green"));
        assert_eq!(of(Status::NotStarted, &rag), None);
        let words = ["Please select an option", "Not started", "In progress", "On hold", "Project complete", "Project cancelled"];
        assert_eq!(of(Status::Complete, &words).as_deref(), Some("Project complete"));
        assert_eq!(of(Status::Cancelled, &words).as_deref(), Some("Project cancelled"));
        assert_eq!(of(Status::MinorProblems, &["R", "A", "G"]).as_deref(), Some("A"));
        assert_eq!(of(Status::Complete, &["Blue - complete", "Green - on track", "Red"]).as_deref(), Some("Blue - complete"));
    }

    #[test]
    fn other_values_find_theirs() {
        let impact = ["1- Marginal impact", "2 - Low impact", "3 - Medium impact"];
        assert_eq!(chosen(WorthValue::Number(3.0), "3", &impact).as_deref(), Some("3 - Medium impact"));
        assert_eq!(chosen(WorthValue::Rating(Rating::Amber), "Near target", &["Red", "Amber", "Green"]).as_deref(), Some("Amber"));
        assert_eq!(chosen(WorthValue::Words, "yes", &["Yes", "No"]).as_deref(), Some("Yes"));
        assert_eq!(chosen(WorthValue::Words, "perhaps", &["Yes", "No"]), None);
    }
}
