//! The numerals owners list measures by: `i)`, `(b)`, `3.`. Knows only which comes next.

/// The first twenty in Roman numerals; no measure has more.
const ROMAN: [&str; 20] =
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"];

/// What the line after a numbered line begins with; `None` when it is not numbered.
#[must_use]
pub(super) fn next(line: &str) -> Option<String> {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    let open = if text.starts_with('(') { "(" } else { "" };
    let text = &text[open.len()..];
    let (numeral, rest) = text.split_at(text.find(|c: char| !c.is_ascii_alphanumeric())?);
    let close = rest.chars().next().filter(|mark| matches!(mark, ')' | '.'))?;
    // `e.g.` and `3.5` are no numerals: those have a space behind them.
    rest[1..].starts_with(' ').then_some(())?;
    Some(format!("{indent}{open}{}{close} ", after(numeral)?))
}

/// The numeral after another, in the same letters.
fn after(numeral: &str) -> Option<String> {
    if let Ok(number) = numeral.parse::<u32>() {
        return Some((number.checked_add(1)?).to_string());
    }
    let lower = numeral.to_lowercase();
    let next = match (ROMAN.iter().position(|roman| *roman == lower), lower.as_bytes()) {
        (Some(at), _) => (*ROMAN.get(at + 1)?).to_owned(),
        (None, [letter @ b'a'..=b'y']) => char::from(letter + 1).to_string(),
        _ => return None,
    };
    // `I)` begins many a list that goes on with `ii)`.
    let capitals = numeral == numeral.to_uppercase() && (numeral.len() > 1 || lower != "i");
    Some(if capitals { next.to_uppercase() } else { next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_with_the_next_numeral() {
        for (line, expected) in [
            ("i) Share of tenants", Some("ii) ")),
            ("I) Repairs signed off", Some("ii) ")),
            ("viii) x", Some("ix) ")),
            ("II) x", Some("III) ")),
            ("  (a) x", Some("  (b) ")),
            ("9. x", Some("10. ")),
            ("e.g. x", None),
            ("3.5 per cent", None),
            ("Share of tenants (i) ", None),
            ("", None),
        ] {
            assert_eq!(next(line).as_deref(), expected, "{line}");
        }
    }
}
