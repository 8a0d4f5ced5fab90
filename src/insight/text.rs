//! An owner's sentences cut into pieces and words, for the rules that read them. Knows no rule itself.

/// Its sentences: what stands between full stops, semicolons and new lines.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends = |at: usize, c: char| {
            c == '\n' || (matches!(c, '.' | ';' | '!' | '?') && rest[at + 1..].starts_with(|next: char| next.is_whitespace()))
        };
        let end = rest.char_indices().find(|&(at, c)| ends(at, c)).map_or(rest.len(), |(at, _)| at + 1);
        let (sentence, after) = rest.split_at(end);
        rest = after;
        Some(sentence.trim())
    })
    .filter(|sentence| !sentence.is_empty())
}

/// Its words in lower case, without the marks around them.
pub(super) fn words(text: &str) -> Vec<String> {
    let between = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'));
    text.split(between).map(|word| word.trim_matches(['\'', '’'])).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Its first words on one line, for quoting.
pub(super) fn quoted(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST {
        return text.trim_end_matches(['.', ';']).to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// How many characters of a text are quoted.
const MOST: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_stops() {
        let cut: Vec<&str> = sentences("RFQs sent 30.5; choice in July. Done!\nNext: more").collect();
        assert_eq!(cut, ["RFQs sent 30.5;", "choice in July.", "Done!", "Next: more"]);
        assert_eq!(words("The carer's ‘new’ plan, 2018/19."), ["the", "carer's", "new", "plan", "2018", "19"]);
    }
}
