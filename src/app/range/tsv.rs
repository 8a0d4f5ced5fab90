//! Cells as text the way worksheets put them on the clipboard: tabs, lines, and quotes around what holds either.

/// Rows of texts, perhaps of different lengths.
pub type Block = Vec<Vec<String>>;

/// Writes rows. One cell alone is plain text, unless it would be read as several.
#[must_use]
pub fn write(rows: &Block) -> String {
    let alone = matches!(&rows[..], [row] if row.len() == 1);
    let lines: Vec<String> = rows.iter().map(|row| row.iter().map(|text| quoted(text, alone)).collect::<Vec<_>>().join("\t")).collect();
    let end = if alone { "" } else { "\n" };
    format!("{}{end}", lines.join("\n"))
}

/// Reads rows. A single text without tabs and lines is one cell.
#[must_use]
pub fn read(text: &str) -> Block {
    let text = text.replace("\r\n", "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
    loop {
        let (value, after) = unquoted(rest).unwrap_or_else(|| {
            let end = rest.find(['\t', '\n']).unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        });
        row.push(value);
        match after.chars().next() {
            Some('\t') => rest = &after[1..],
            Some(_) => {
                rows.push(std::mem::take(&mut row));
                rest = &after[1..];
            }
            None => break,
        }
    }
    rows.push(row);
    rows
}

/// A text with quotes around it where a worksheet needs them.
fn quoted(text: &str, alone: bool) -> String {
    // A lone text with line breaks is meant for wherever it is pasted.
    if !alone && (text.contains(['\t', '\n']) || text.starts_with('"')) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The quoted value a text begins with, and what comes after it. Quotes that hold nothing that needs them are its owner's.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut from = 0;
    let end = loop {
        let at = from + inner[from..].find('"')?;
        if inner[at + 1..].starts_with('"') {
            from = at + 2;
        } else {
            break at;
        }
    };
    let after = &inner[end + 1..];
    let value = &inner[..end];
    let ends = after.is_empty() || after.starts_with(['\t', '\n']);
    (ends && value.contains(['\t', '\n', '"'])).then(|| (value.replace("\"\"", "\""), after))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    #[test]
    fn what_excel_copies_is_read() {
        for (text, rows) in [
            ("a\tb\nc\td\n", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("\"two\nlines\"\tsay \"hi\"\r\n", vec![vec!["two\nlines", "say \"hi\""]]),
            ("\"he said \"\"no\"\"\"\n", vec![vec!["he said \"no\""]]),
            ("\"Hello\" he said", vec![vec!["\"Hello\" he said"]]),
            ("\"unclosed\nx", vec![vec!["\"unclosed"], vec!["x"]]),
            ("a\n\n", vec![vec!["a"], vec![""]]),
            ("", vec![vec![""]]),
            ("a\tb\nc", vec![vec!["a", "b"], vec!["c"]]),
        ] {
            assert_eq!(read(text), rows, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in vec(vec("[ab\"\t\n]{0,4}", 2..4), 1..4)) {
            prop_assert_eq!(read(&write(&rows)), rows);
        }
    }
}
