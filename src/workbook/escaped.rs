//! A text as a part of a workbook writes it. Reads none.

use quick_xml::escape::escape;

use super::parts::character_number;

/// A text as a part writes it: what XML cannot hold by its number, as Excel does, and what looks like such a number likewise.
pub(super) fn escaped(text: &str) -> String {
    escape(coded(text)).into_owned()
}

/// The same before its marks are escaped.
pub(super) fn coded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '\t' => plain.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => plain.push_str(&format!("_x{:04X}_", c as u32)),
            '_' if character_number(&text[at..]).is_some() => plain.push_str("_x005F_"),
            c => plain.push(c),
        }
    }
    plain
}

/// Writes a text behind others; most need nothing escaped and are copied.
pub(super) fn push_escaped(text: &str, into: &mut Vec<u8>) {
    if text.bytes().any(|byte| MAY_NEED_IT[usize::from(byte)]) {
        into.extend_from_slice(escaped(text).as_bytes());
    } else {
        into.extend_from_slice(text.as_bytes());
    }
}

/// Whether a text that a byte stands in may need something escaped: all that do hold one of these. 0xEF begins U+FFFE and U+FFFF.
const MAY_NEED_IT: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut at = 0;
    while at < 0x20 {
        bytes[at] = at != b'\n' as usize && at != b'\t' as usize;
        at += 1;
    }
    bytes[b'&' as usize] = true;
    bytes[b'<' as usize] = true;
    bytes[b'>' as usize] = true;
    bytes[b'_' as usize] = true;
    bytes[0xEF] = true;
    bytes
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_text_needs_nothing_escaped() {
        for (text, expected) in [
            ("plain: it's £5, “so”\n\tand more", "plain: it's £5, “so”\n\tand more"),
            ("R&D <b>", "R&amp;D &lt;b&gt;"),
            ("a\rb\u{1}", "a_x000D_b_x0001_"),
            ("_x0041_ a_b _xyz_", "_x005F_x0041_ a_b _xyz_"),
            ("\u{fffe}\u{feff}", "_xFFFE_\u{feff}"),
        ] {
            let mut pushed = Vec::new();
            push_escaped(text, &mut pushed);
            assert_eq!(String::from_utf8(pushed).unwrap(), expected);
        }
        for byte in 0..0x80_u8 {
            let text = char::from(byte).to_string();
            let mut pushed = Vec::new();
            push_escaped(&text, &mut pushed);
            // A quotation mark may stand as it is between two tags.
            let quoted = matches!(byte, b'"' | b'\'');
            assert!(quoted || pushed == escaped(&text).as_bytes(), "{byte}");
        }
    }
}
