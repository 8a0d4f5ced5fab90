//! Who wrote an entry of a comment, where it says so by initials or a name at its end or after its date. Prefers silence to doubt.

use super::log;

/// The longest name, in words.
const LONGEST: usize = 3;

/// Who signed an entry: `JS` of `12/3/26: Tenders are in (JS)`, `A Khan` of `3 May 2026 - A Khan: on site`.
pub(super) fn signed_by(entry: &str) -> Option<&str> {
    let words = log::entries(entry).first().map_or(entry, log::Logged::words).trim();
    at_end(words).or_else(|| at_start(words))
}

fn at_end(words: &str) -> Option<&str> {
    let words = words.trim_end_matches(['.', ' ']);
    let (opening, inside) = match (words.strip_suffix(')'), words.strip_suffix(']')) {
        (Some(rest), _) => ('(', rest),
        (_, Some(rest)) => ('[', rest),
        _ => {
            return [" - ", " – ", " — "]
                .iter()
                .find_map(|dash| words.rsplit_once(dash))
                .map(|(_, name)| name.trim())
                .filter(|name| is_name(name));
        }
    };
    inside.rsplit_once(opening).map(|(_, name)| name.trim()).filter(|name| is_name(name))
}

fn at_start(words: &str) -> Option<&str> {
    let (name, _) = words.split_once(':')?;
    let name = name.trim().trim_start_matches(['-', '–', '(', '[']).trim_end_matches([')', ']']).trim();
    // A place or a heading stands before a colon as a name does, but hardly begins with one letter.
    let is_short = name.split(' ').next().is_some_and(|first| first.trim_end_matches('.').chars().count() == 1) || !name.contains(' ');
    (is_short && is_name(name)).then_some(name)
}

/// Whether a text is initials (`JS`, `J.S.`) or a name of two or three words that begin with capitals (`A Khan`, `Jo Smith-Lee`).
fn is_name(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !matches!(c, '.' | '/')).collect();
    if (2..=3).contains(&bare.chars().count()) && bare.chars().all(|c| c.is_ascii_uppercase()) {
        return !NO_NAMES.contains(&&*bare);
    }
    let words: Vec<&str> = text.split(' ').collect();
    let capital = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c.is_lowercase() || c.is_uppercase() || matches!(c, '-' | '\'' | '’' | '.'))
    };
    (2..=LONGEST).contains(&words.len())
        && words.iter().all(capital)
        && words.iter().any(|word| word.chars().any(char::is_lowercase))
        && !words.iter().any(|word| NO_NAMES.contains(&&*word.to_uppercase()))
}

/// What stands where a name could and is none.
const NO_NAMES: [&str; 32] = [
    "KPI", "RAG", "TBC", "TBA", "NHS", "GP", "UK", "HR", "IT", "ICT", "CEO", "DFE", "PDF", "SLA", "RFQ", "UPDATE", "NOTE", "STATUS",
    "ACTION", "NEXT", "STEPS", "COMPLETE", "PROGRESS", "BOARD", "COUNCIL", "QUARTER", "STRATEGY", "PLAN", "GROUP", "TEAM", "Q", "EHC",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_signed_by_initials_or_a_name() {
        for (entry, expected) in [
            ("12/3/26: Tenders are in (JS)", Some("JS")),
            ("12/03/2026 - A Khan: on site since Monday", Some("A Khan")),
            ("Now due in June – Jo Smith-Lee", Some("Jo Smith-Lee")),
            ("Work has begun [R.T.]", Some("R.T.")),
            ("MB: surveys were done", Some("MB")),
            ("The scheme was agreed by the board (see KPI)", None),
            ("Update: on track", None),
            ("Next Steps: procure", None),
            ("Delayed (NHS)", None),
            ("Figures come from the Open Data Portal", None),
            ("", None),
        ] {
            assert_eq!(signed_by(entry), expected, "{entry}");
        }
    }
}
