//! Scores of risks that are written as a product: `3x4` is 3 where its likelihood is asked for, 4 for its impact and 12 as a score.

use crate::model::{Role, Table, Value};

/// What of a product a column asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    First,
    Second,
    Product,
}

/// Words of a heading and the part they ask for.
const ASKED: [(&str, Part); 8] = [
    ("likelihood", Part::First),
    ("probability", Part::First),
    ("impact", Part::Second),
    ("severity", Part::Second),
    ("consequence", Part::Second),
    ("score", Part::Product),
    ("rating", Part::Product),
    ("risk level", Part::Product),
];

/// Reads the products in the columns of scores.
pub(super) fn settle(table: &mut Table) {
    let parts: Vec<(usize, Part)> =
        table.columns.iter().enumerate().filter_map(|(at, column)| Some((at, part_of(column.role, &column.heading)?))).collect();
    for row in table.rows.iter_mut() {
        for &(at, part) in &parts {
            let Some(cell) = row.cells.get_mut(at).filter(|cell| cell.value == Value::Text) else { continue };
            let Some((first, second)) = product(&cell.text) else { continue };
            cell.value = Value::Number(match part {
                Part::First => first,
                Part::Second => second,
                Part::Product => first * second,
            });
        }
    }
}

fn part_of(role: Option<Role>, heading: &str) -> Option<Part> {
    match role {
        Some(Role::Likelihood) => Some(Part::First),
        Some(Role::Impact) => Some(Part::Second),
        Some(Role::Score) => Some(Part::Product),
        Some(_) => None,
        None => {
            let heading = heading.to_lowercase();
            // `Likelihood x impact` asks for both.
            let asked: Vec<Part> = ASKED.iter().filter(|(word, _)| heading.contains(word)).map(|(_, part)| *part).collect();
            match asked[..] {
                [] => None,
                [part] => Some(part),
                _ => Some(Part::Product),
            }
        }
    }
}

/// The two factors of `3x4`, `3 × 4 = 12` or `L3 x I4`.
fn product(text: &str) -> Option<(f64, f64)> {
    let text = text.split('=').next().unwrap_or("").trim();
    let (first, second) = text.split_once(['x', 'X', '×', '*'])?;
    let factor = |text: &str, letter: char| -> Option<f64> {
        let text = text.trim();
        let text = text.strip_prefix([letter, letter.to_ascii_lowercase()]).unwrap_or(text).trim();
        let number: u8 = text.parse().ok()?;
        (1..=10).contains(&number).then(|| f64::from(number))
    };
    Some((factor(first, 'L')?, factor(second, 'I')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_has_two_factors() {
        for (text, factors) in [
            ("3x4", Some((3.0, 4.0))),
            ("2 × 5 = 10", Some((2.0, 5.0))),
            ("L3 x I4", Some((3.0, 4.0))),
            ("x", None),
            ("3x", None),
            ("300x4", None),
            ("4 extra", None),
        ] {
            assert_eq!(product(text), factors, "{text}");
        }
        assert_eq!(part_of(None, "Residual impact"), Some(Part::Second));
        assert_eq!(part_of(None, "Likelihood x impact"), Some(Part::Product));
        assert_eq!(part_of(None, "Owner"), None);
    }
}
