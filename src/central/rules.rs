//! Whether a cell's validation takes a value, and in words what it takes. Changes no value.

use crate::{
    model::{General, show_number},
    workbook::patch::form::{Bounds, Choices, FormValue, Validation, ValidationKind},
};

/// What a validation goes by in one cell.
pub(super) type Given = (Choices, Option<Choices>);

/// Why a validation does not take a value; nothing where it does.
pub(super) fn refused(rule: &Validation, given: &Given, value: &FormValue, text: &str) -> Option<String> {
    let untold = |why: &str| format!("its rule could not be worked out here ({why})");
    match rule.kind {
        ValidationKind::Any => None,
        ValidationKind::List => match &given.0 {
            Err(why) => Some(format!("its list could not be worked out here ({why})")),
            Ok(choices) => (!choices.iter().any(|choice| same(choice, value))).then(|| "it is none of its list".to_owned()),
        },
        ValidationKind::Custom => match &given.0 {
            Err(why) => Some(untold(why)),
            Ok(values) => {
                let holds = matches!(values.first(), Some(FormValue::Truth(true)))
                    || matches!(values.first(), Some(FormValue::Number(number)) if *number != 0.0);
                (!holds).then(|| said(rule, format!("its own rule does not hold: ={}", rule.first.trim_start_matches('='))))
            }
        },
        ValidationKind::TextLength => bounded(rule, given, text.encode_utf16().count() as f64, "characters", &untold),
        ValidationKind::Whole => match value {
            FormValue::Number(number) if number.fract() == 0.0 => bounded(rule, given, *number, "", &untold),
            _ => Some(said(rule, "it takes a whole number".to_owned())),
        },
        ValidationKind::Decimal => match value {
            FormValue::Number(number) => bounded(rule, given, *number, "", &untold),
            _ => Some(said(rule, "it takes a number".to_owned())),
        },
        ValidationKind::Date | ValidationKind::Time => match value {
            FormValue::Number(number) => bounded(rule, given, *number, "", &untold),
            _ => Some(said(rule, if rule.kind == ValidationKind::Date { "it takes a day" } else { "it takes a time" }.to_owned())),
        },
    }
}

/// The rule in its makers' words, where they have some.
fn said(rule: &Validation, otherwise: String) -> String {
    let words = rule.error.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { otherwise } else { format!("{otherwise}; the form says “{words}”") }
}

fn bounded(rule: &Validation, given: &Given, number: f64, counted: &str, untold: &dyn Fn(&str) -> String) -> Option<String> {
    let of = |choices: &Choices| match choices {
        Err(why) => Err(why.clone()),
        Ok(values) => match values.first() {
            Some(FormValue::Number(number)) => Ok(*number),
            None | Some(FormValue::Blank) => Ok(0.0),
            Some(_) => Err("a bound is no number".to_owned()),
        },
    };
    let first = match of(&given.0) {
        Ok(first) => first,
        Err(why) => return Some(untold(&why)),
    };
    let second = match given.1.as_ref().map_or(Ok(first), of) {
        Ok(second) => second,
        Err(why) => return Some(untold(&why)),
    };
    let fits = match rule.bounds {
        Bounds::Between => (first..=second).contains(&number),
        Bounds::NotBetween => !(first..=second).contains(&number),
        Bounds::Equal => number == first,
        Bounds::NotEqual => number != first,
        Bounds::Less => number < first,
        Bounds::LessOrEqual => number <= first,
        Bounds::Greater => number > first,
        Bounds::GreaterOrEqual => number >= first,
    };
    if fits {
        return None;
    }
    let format = if rule.kind == ValidationKind::Date { "dd/mm/yyyy" } else { General };
    let [first, second] = [first, second].map(|bound| show_number(bound, format));
    let takes = match rule.bounds {
        Bounds::Between => format!("from {first} to {second}"),
        Bounds::NotBetween => format!("below {first} or above {second}"),
        Bounds::Equal => first,
        Bounds::NotEqual => format!("anything but {first}"),
        Bounds::Less => format!("less than {first}"),
        Bounds::LessOrEqual => format!("at most {first}"),
        Bounds::Greater => format!("more than {first}"),
        Bounds::GreaterOrEqual => format!("at least {first}"),
    };
    let counted = if counted.is_empty() { String::new() } else { format!(" {counted}, and this has {}", show_number(number, General)) };
    Some(said(rule, format!("it takes {takes}{counted}")))
}

fn same(choice: &FormValue, value: &FormValue) -> bool {
    match (choice, value) {
        (FormValue::Text(choice), FormValue::Text(value)) => choice.trim() == value.trim(),
        // A list that is written out holds texts, and numbers typed from it are numbers.
        (FormValue::Text(choice), FormValue::Number(value)) => choice.trim().parse() == Ok(*value),
        (choice, value) => choice == value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: ValidationKind, bounds: Bounds, first: f64, second: Option<f64>, value: &FormValue, text: &str) -> Option<String> {
        let rule = Validation { kind, bounds, ..Validation::default() };
        let number = |number: f64| Ok(vec![FormValue::Number(number)]);
        refused(&rule, &(number(first), second.map(number)), value, text)
    }

    #[test]
    fn bounds_are_kept_and_said() {
        let number = FormValue::Number;
        assert_eq!(of(ValidationKind::Whole, Bounds::Between, 0.0, Some(100.0), &number(57.0), "57"), None);
        let said = |refused: Option<String>| refused.unwrap_or_default();
        assert_eq!(said(of(ValidationKind::Whole, Bounds::Between, 0.0, Some(100.0), &number(157.0), "157")), "it takes from 0 to 100");
        assert_eq!(said(of(ValidationKind::Whole, Bounds::GreaterOrEqual, 0.0, None, &number(1.5), "1.5")), "it takes a whole number");
        assert_eq!(
            said(of(ValidationKind::Decimal, Bounds::Greater, 0.0, None, &FormValue::Text("n/a".into()), "n/a")),
            "it takes a number"
        );
        assert_eq!(
            said(of(ValidationKind::TextLength, Bounds::LessOrEqual, 5.0, None, &FormValue::Text("longer".into()), "longer")),
            "it takes at most 5 characters, and this has 6"
        );
        let date = of(ValidationKind::Date, Bounds::GreaterOrEqual, 46_000.0, None, &number(45_000.0), "");
        assert_eq!(said(date), "it takes at least 09/12/2025");
        let custom = |value| {
            refused(
                &Validation { kind: ValidationKind::Custom, first: "A1>2".into(), ..Validation::default() },
                &(Ok(vec![value]), None),
                &number(1.0),
                "1",
            )
        };
        assert_eq!(custom(FormValue::Truth(true)), None);
        assert_eq!(said(custom(FormValue::Truth(false))), "its own rule does not hold: =A1>2");
    }
}
