//! Finds the references in a formula. Changes none and works nothing out.

use super::address::{Corner, corner};

/// Which sheet a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// None: the sheet the formula stands on.
    Own,
    Sheet(String),
    /// The first and the last of several neighbours.
    Several(String, String),
    /// One of another workbook, or one that is gone.
    Elsewhere,
}

/// A reference: a cell, or a range with a second corner.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub start: usize,
    pub end: usize,
    pub whose: Whose,
    pub from: Corner,
    pub to: Option<Corner>,
}

/// Every reference of a formula, in order.
pub(super) fn references(text: &str) -> Vec<Reference> {
    let mut scan = Scan { text, bytes: text.as_bytes(), at: 0, found: Vec::new() };
    while scan.at < scan.bytes.len() {
        scan.step();
    }
    scan.found
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    found: Vec<Reference>,
}

fn in_a_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'\\' | b'?' | b'$') || byte >= 0x80
}

impl Scan<'_> {
    fn step(&mut self) {
        match self.bytes[self.at] {
            b'"' => self.at = self.behind_quotes(self.at, b'"'),
            b'\'' => self.quoted_sheet(),
            b'[' => self.bracket(),
            b'#' => self.error(),
            byte if in_a_name(byte) => self.word(),
            _ => self.at += 1,
        }
    }

    /// The place behind a text in quotes, in which a doubled quote stands for itself.
    fn behind_quotes(&self, from: usize, quote: u8) -> usize {
        let mut at = from + 1;
        while at < self.bytes.len() {
            if self.bytes[at] == quote {
                if self.bytes.get(at + 1) != Some(&quote) {
                    return at + 1;
                }
                at += 1;
            }
            at += 1;
        }
        self.bytes.len()
    }

    /// The place behind a bracket and what stands in it, in which an apostrophe takes the next character for itself.
    fn behind_bracket(&self, from: usize) -> usize {
        let (mut depth, mut at) = (0usize, from);
        while at < self.bytes.len() {
            match self.bytes[at] {
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'\'' => at += 1,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                return at.min(self.bytes.len());
            }
        }
        self.bytes.len()
    }

    fn behind_word(&self, from: usize) -> usize {
        self.bytes[from..].iter().position(|byte| !in_a_name(*byte)).map_or(self.bytes.len(), |length| from + length)
    }

    /// `'My Plan'!A1`, `'[1]Plan'!A1` or `'One:Three'!A1`.
    fn quoted_sheet(&mut self) {
        let start = self.at;
        let end = self.behind_quotes(start, b'\'');
        self.at = end;
        if self.bytes.get(end) != Some(&b'!') || end < start + 2 {
            return;
        }
        let name = self.text.get(start + 1..end - 1).unwrap_or_default().replace("''", "'");
        let whose = match name.split_once(':') {
            _ if name.contains('[') => own_or_elsewhere(&name),
            Some((first, last)) => Whose::Several(first.to_owned(), last.to_owned()),
            None => Whose::Sheet(name),
        };
        self.qualified(start, end, whose);
    }

    /// `[1]Plan!A1`, or a part of a structured reference.
    fn bracket(&mut self) {
        let start = self.at;
        self.at = self.behind_bracket(start);
        let end = self.behind_word(self.at);
        if end > self.at && self.bytes.get(end) == Some(&b'!') {
            let whose = own_or_elsewhere(self.text.get(start..end).unwrap_or_default());
            self.qualified(start, end, whose);
        } else if end > self.at && self.bytes.get(end) == Some(&b':') {
            let last = self.behind_word(end + 1);
            if last > end + 1 && self.bytes.get(last) == Some(&b'!') {
                self.qualified(start, last, Whose::Elsewhere);
            }
        }
    }

    /// `#N/A`, `#REF!`, or `#REF!A1`, whose sheet is gone.
    fn error(&mut self) {
        let start = self.at;
        self.at += 1;
        for known in ["#REF!", "#NULL!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#N/A"] {
            if self.text[start..].starts_with(known) {
                self.at = start + known.len();
                if known == "#REF!" && self.bytes.get(self.at).copied().is_some_and(in_a_name) {
                    self.qualified(start, self.at - 1, Whose::Elsewhere);
                }
                return;
            }
        }
    }

    /// A word that a name, a function, a sheet or a reference begins with.
    fn word(&mut self) {
        let start = self.at;
        let end = self.behind_word(start);
        self.at = end;
        match self.bytes.get(end) {
            Some(b'!') => {
                let sheet = self.text[start..end].to_owned();
                self.qualified(start, end, Whose::Sheet(sheet));
            }
            Some(b'(') => {}
            Some(b'[') => self.at = self.behind_bracket(end),
            Some(b':') => {
                let last = self.behind_word(end + 1);
                if last > end + 1 && self.bytes.get(last) == Some(&b'!') {
                    // `Plan!A1:Plan!B2` comes here only behind a sheet's name, where no second name is looked for.
                    let whose = Whose::Several(self.text[start..end].to_owned(), self.text[end + 1..last].to_owned());
                    self.qualified(start, last, whose);
                } else {
                    self.reference(start, start, Whose::Own);
                }
            }
            _ => self.reference(start, start, Whose::Own),
        }
    }

    /// What stands behind a sheet's name, which ends at the `!` at `mark`.
    fn qualified(&mut self, start: usize, mark: usize, whose: Whose) {
        self.at = mark + 1;
        self.reference(start, mark + 1, whose);
    }

    /// A reference whose first corner begins at `from`, if one does.
    fn reference(&mut self, start: usize, from: usize, whose: Whose) {
        let end = self.behind_word(from);
        self.at = end.max(from);
        if end == from || matches!(self.bytes.get(end), Some(b'(' | b'[' | b'!')) {
            return;
        }
        let Some(first) = corner(&self.bytes[from..end], from) else { return };
        let mut found = Reference { start, end, whose, from: first, to: None };
        if self.bytes.get(end) == Some(&b':')
            && let Some((second, behind)) = self.second_corner(end + 1, &found.whose)
            && first.row.is_some() == second.row.is_some()
            && first.column.is_some() == second.column.is_some()
        {
            (found.to, found.end) = (Some(second), behind);
            self.at = behind;
        }
        if found.to.is_some() || (first.row.is_some() && first.column.is_some()) {
            self.found.push(found);
        }
    }

    /// The corner behind a colon, before which its sheet may be named again.
    fn second_corner(&self, from: usize, whose: &Whose) -> Option<(Corner, usize)> {
        let mut from = from;
        if let Whose::Sheet(sheet) = whose {
            let end = match self.bytes.get(from)? {
                b'\'' => self.behind_quotes(from, b'\''),
                _ => self.behind_word(from),
            };
            if self.bytes.get(end) == Some(&b'!') {
                let name = self.text.get(from..end)?;
                let name = name.strip_prefix('\'').and_then(|name| name.strip_suffix('\'')).unwrap_or(name).replace("''", "'");
                if !name.eq_ignore_ascii_case(sheet) {
                    return None;
                }
                from = end + 1;
            }
        }
        let end = self.behind_word(from);
        if matches!(self.bytes.get(end), Some(b'(' | b'[' | b'!')) {
            return None;
        }
        Some((corner(self.bytes.get(from..end)?, from)?, end))
    }
}

/// `[0]Plan` is a sheet of this workbook, any other bracket that of another.
fn own_or_elsewhere(name: &str) -> Whose {
    match name.strip_prefix("[0]") {
        Some(own) if !own.contains(['[', ':']) => Whose::Sheet(own.to_owned()),
        _ => Whose::Elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let named = |whose: &Whose| match whose {
            Whose::Own => String::new(),
            Whose::Sheet(name) => format!("<{name}>"),
            Whose::Several(one, two) => format!("<{one}|{two}>"),
            Whose::Elsewhere => "<?>".to_owned(),
        };
        references(text).iter().map(|reference| format!("{}{}", named(&reference.whose), &text[reference.start..reference.end])).collect()
    }

    #[test]
    fn references_are_told_from_names_functions_and_texts() {
        for (text, expected) in [
            ("A1+$B$2", &["A1", "$B$2"][..]),
            ("SUM(A1:B2,C:C,3:5,$3:$5)", &["A1:B2", "C:C", "3:5", "$3:$5"]),
            ("LOG10(A1)+A1B+XFE1+A1048577+_A1+A1.x+é1", &["A1"]),
            ("\"A1 \"\"B2\"\" \"&C3", &["C3"]),
            ("Plan!A1+'My Plan'!A1:B2+'It''s'!C3", &["<Plan>Plan!A1", "<My Plan>'My Plan'!A1:B2", "<It's>'It''s'!C3"]),
            ("[1]Plan!A1+'[1]Plan'!A1+[1]A:B!C1", &["<?>[1]Plan!A1", "<?>'[1]Plan'!A1", "<?>[1]A:B!C1"]),
            ("SUM(One:Three!A1)+SUM('One:Three'!A1:B2)", &["<One|Three>One:Three!A1", "<One|Three>'One:Three'!A1:B2"]),
            ("Table1[Col A1]+Table1[[#This Row],['[A1]]+[@A1]", &[]),
            ("#REF!A1+#REF!+B2+#DIV/0!", &["<?>#REF!A1", "B2"]),
            ("Plan!A1:Plan!B2", &["<Plan>Plan!A1:Plan!B2"]),
            ("A1:INDEX(B:B,3)", &["A1", "B:B"]),
            ("1E5+1.5+100+A1%", &["A1"]),
            ("TRUE+Plan!Name+_xlpm.a1", &[]),
            ("OFFSET(A1,1,1):B2", &["A1", "B2"]),
            ("a1:b2", &["a1:b2"]),
            ("$1:2", &["$1:2"]),
            ("A1#", &["A1"]),
            ("'unclosed", &[]),
            ("[", &[]),
            ("Plan!", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
