//! The texts in a page's header or footer as Excel writes them, without its codes for places, fonts and fields. Knows no marking.

/// The texts of a header or footer: one for each place on the line and each line in it.
pub(crate) fn page_texts(written: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut rest = written.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\r' => texts.push(String::new()),
            '&' => match rest.next() {
                Some('&') => add(&mut texts, '&'),
                Some('L' | 'C' | 'R' | 'l' | 'c' | 'r') => texts.push(String::new()),
                // A font and its weight.
                Some('"') => while rest.next().is_some_and(|c| c != '"') {},
                // A colour, or a theme's colour with its tint.
                Some('K' | 'k') => {
                    for _ in 0..6 {
                        rest.next_if(|c| c.is_ascii_hexdigit() || matches!(c, '+' | '-'));
                    }
                }
                Some(digit) if digit.is_ascii_digit() => while rest.next_if(char::is_ascii_digit).is_some() {},
                // A switch such as bold, or a field such as the page's number, which stands for no words of its owner.
                Some('P' | 'N' | 'D' | 'T' | 'Z' | 'F' | 'A' | 'G') => add(&mut texts, ' '),
                _ => {}
            },
            c => add(&mut texts, c),
        }
    }
    let trimmed = texts.into_iter().map(|text| text.trim().to_owned());
    trimmed.filter(|text| !text.is_empty()).collect()
}

fn add(texts: &mut [String], c: char) {
    texts.last_mut().into_iter().for_each(|text| text.push(c));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_left_out_and_places_are_parted() {
        for (written, texts) in [
            ("&COFFICIAL-SENSITIVE", &["OFFICIAL-SENSITIVE"][..]),
            ("&L&\"Arial,Bold\"&12&K FF0000OFFICIAL", &["FF0000OFFICIAL"]),
            ("&L&\"Arial,Bold\"&12&KFF0000OFFICIAL&CR&&D Board\nJune&RPage &P of &N", &["OFFICIAL", "R&D Board", "June", "Page   of"]),
            ("&C&B&UOFFICIAL&B", &["OFFICIAL"]),
            ("&A", &[]),
            ("", &[]),
            ("Confidential&", &["Confidential"]),
        ] {
            assert_eq!(page_texts(written), texts, "{written}");
        }
    }
}
