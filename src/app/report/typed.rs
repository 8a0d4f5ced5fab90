//! A cell's value as JSON: dates, statuses, numbers and figures. Words have none.

use serde_json::{Value as Json, json};

use crate::model::kinds::Kind;
use crate::model::{Arrow, Bound, Cell, Figure, Grain, Unit, Value, When};

/// The typed value of a cell; `None` for words, and for what was not understood.
pub(super) fn value(cell: &Cell) -> Option<Json> {
    match cell.value {
        Value::Blank | Value::Merged | Value::Text => None,
        Value::Number(amount) => Some(number(amount)),
        Value::When(date) => Some(Json::from(when(date, cell.format.is_some()))),
        Value::Status(status) => Some(Json::from(status.code())),
        Value::Figure(held) => Some(figure(held, &cell.text)),
    }
}

/// A number without a needless fraction.
fn number(amount: f64) -> Json {
    if amount.fract() == 0.0 && amount.abs() < 1e15 { Json::from(amount as i64) } else { Json::from(amount) }
}

/// A date as exactly as it is known; one stored as a real date has a day.
fn when(when: When, stored: bool) -> String {
    match when {
        When::On { date, grain } => match grain {
            _ if stored => date.to_string(),
            Grain::Day => date.to_string(),
            Grain::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Grain::Year => format!("{:04}", date.year()),
        },
        When::FinancialYear(first) => format!("{first}-{:02}", (first + 1).rem_euclid(100)),
        When::Span { first, last } => format!("{first}/{last}"),
        When::Ongoing => "ongoing".to_owned(),
    }
}

fn figure(figure: Figure, text: &str) -> Json {
    match figure {
        Figure::Amount { amount, arrow: None, .. } => number(amount),
        Figure::Amount { amount, arrow: Some(arrow), .. } => json!({"number": number(amount), "direction": direction(arrow)}),
        Figure::Limit { amount, bound, .. } => json!({"number": number(amount), "bound": word_of(bound)}),
        Figure::Range { low, high, .. } => json!({"low": number(low), "high": number(high)}),
        Figure::Direction(arrow) => Json::from(direction(arrow)),
        Figure::New => Json::from("new"),
        Figure::Several => several(text),
    }
}

fn word_of(bound: Bound) -> &'static str {
    match bound {
        Bound::AtMost => "at_most",
        Bound::Below => "below",
        Bound::AtLeast => "at_least",
        Bound::Above => "above",
    }
}

fn direction(arrow: Arrow) -> &'static str {
    match arrow {
        Arrow::Up => "up",
        Arrow::Down => "down",
        Arrow::Level => "maintain",
    }
}

/// Each number of a text with the words that follow it, or its first brackets: `7.5 (carers) 19.3 (users)`.
fn several(text: &str) -> Json {
    let mut found: Vec<(f64, String)> = Vec::new();
    for (at, outside) in text.split('(').enumerate() {
        let (inside, words) = if at == 0 { ("", outside) } else { outside.split_once(')').unwrap_or((outside, "")) };
        if let Some((_, label)) = found.last_mut().filter(|(_, label)| label.is_empty()) {
            inside.trim().clone_into(label);
        }
        for word in words.split_whitespace() {
            let word = word.trim_end_matches([',', ';']);
            if let Value::Figure(Figure::Amount { amount, unit: Unit::Plain | Unit::Percent, .. }) = Kind::Figure.value(word, None) {
                found.push((amount, String::new()));
            } else if let Some((_, label)) = found.last_mut() {
                let gap = if label.is_empty() { "" } else { " " };
                label.push_str(gap);
                label.push_str(word);
            }
        }
    }
    found.into_iter().map(|(amount, label)| json!({"label": label, "number": number(amount)})).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_value() {
        let typed = |kind: Kind, text: &str| value(&Cell { value: kind.value(text, None), ..Cell::text(text) });
        for (kind, text, expected) in [
            (Kind::Date, "31/03/2018", json!("2018-03-31")),
            (Kind::Date, "December 2017", json!("2017-12")),
            (Kind::Date, "2021-22", json!("2021-22")),
            (Kind::Date, "1999/2000", json!("1999-00")),
            (Kind::Date, "2019", json!("2019")),
            (Kind::Date, "On-going", json!("ongoing")),
            (Kind::Date, "Q4 2025/26", json!("2026-01-01/2026-03-31")),
            (Kind::Status, "Minor Problem", json!("minor_problems")),
            (Kind::Figure, "79%", json!(0.79)),
            (Kind::Figure, "69", json!(69)),
            (Kind::Figure, "64.43", json!(64.43)),
            (Kind::Figure, "↑", json!("up")),
            (Kind::Figure, "Decrease", json!("down")),
            (Kind::Figure, "Maintain", json!("maintain")),
            (Kind::Figure, "new", json!("new")),
            (Kind::Figure, "≤ 10 days", json!({"number": 10, "bound": "at_most"})),
            (Kind::Figure, "10-15%", json!({"low": 0.1, "high": 0.15})),
            (Kind::Figure, "£1.2m", json!(1_200_000)),
            (Kind::Figure, "↓ 9%", json!({"number": 0.09, "direction": "down"})),
            (Kind::Figure, "37% 0%", json!([{"label": "", "number": 0.37}, {"label": "", "number": 0}])),
            (
                Kind::Figure,
                "7.5 (carers) 19.3 (users) (n.b. every 2 years)",
                json!([{"label": "carers", "number": 7.5}, {"label": "users", "number": 19.3}]),
            ),
        ] {
            assert_eq!(typed(kind, text), Some(expected), "{text}");
        }
        assert_eq!(typed(Kind::Date, "December 201"), None);
        assert_eq!(value(&Kind::Date.enter("Aug-17")), Some(json!("2017-08-01")), "a stored date has a day");
    }
}
