//! Sheet names that Excel takes: an owner's own name is kept wherever it can be.

use crate::model::excel::LONGEST_SHEET_NAME;

/// The sheet names given out so far.
#[derive(Default)]
pub(crate) struct Names {
    given: Vec<String>,
}

impl Names {
    /// A valid name that no other sheet has, as near to the wanted one as can be.
    pub(crate) fn give(&mut self, wanted: &str) -> String {
        let wanted = valid(wanted);
        let with = |number: usize| if number == 1 { wanted.clone() } else { numbered(&wanted, number) };
        let free = |name: &String| !self.given.contains(&name.to_lowercase());
        let name = (1..).map(with).find(free).expect("there are more numbers than sheets");
        self.given.push(name.to_lowercase());
        name
    }
}

/// A name without what Excel refuses: some characters, a quote at either end, too great a length, `History`.
fn valid(wanted: &str) -> String {
    let allowed = |c: char| if matches!(c, '*' | '?' | ':' | '[' | ']' | '\\' | '/') || c.is_control() { ' ' } else { c };
    let clean: String = wanted.chars().map(allowed).collect();
    let name = cut(&clean, LONGEST_SHEET_NAME);
    let name = if name == clean && clean == wanted { name.trim_matches('\'') } else { name.trim().trim_matches('\'') };
    match name {
        "" => "Sheet".to_owned(),
        // Excel keeps this name for itself.
        name if name.eq_ignore_ascii_case("history") => format!("{name} table"),
        name => name.to_owned(),
    }
}

fn numbered(name: &str, number: usize) -> String {
    let end = format!(" ({number})");
    format!("{}{end}", cut(name, LONGEST_SHEET_NAME - end.len()).trim_end())
}

/// The beginning of a text that fits a length in UTF-16 units.
fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_valid_and_unique() {
        let mut names = Names::default();
        for (wanted, given) in [
            ("Action Plan", "Action Plan"),
            ("action plan", "action plan (2)"),
            ("KPIs 2023/24", "KPIs 2023 24"),
            ("", "Sheet"),
            ("'quoted'", "quoted"),
            ("History", "History table"),
            ("A name of many more than thirty-one letters", "A name of many more than thirty"),
            ("A name of many more than thirty-one words", "A name of many more than th (2)"),
            ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"),
        ] {
            assert_eq!(names.give(wanted), given);
        }
    }
}
