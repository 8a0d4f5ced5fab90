//! Markup in another encoding than UTF-8, as UTF-8. Reads no element.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a part its declaration reaches.
const DECLARATION: usize = 256;

/// The text of a part, without the declaration of its encoding; `None` where it is UTF-8 already.
pub(crate) fn to_utf8(part: &[u8]) -> Option<Vec<u8>> {
    let text = encoding(part)?.decode_with_bom_removal(part).0;
    let rest = text.trim_start();
    let declared = rest.starts_with("<?xml").then(|| rest.find("?>")).flatten();
    Some(declared.map_or(rest, |end| &rest[end + 2..]).as_bytes().to_vec())
}

/// The encoding of a part: by its mark, by the zeros beside its first letter, or as it declares; `None` for UTF-8.
fn encoding(part: &[u8]) -> Option<&'static Encoding> {
    match part {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some(UTF_16BE),
        _ => {
            let start = String::from_utf8_lossy(&part[..part.len().min(DECLARATION)]);
            let declaration = start.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
            let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
            let label = value.get(1..)?.split(['"', '\'']).next()?;
            // Some programs declare UTF-16 over a text in UTF-8, whose letters have no zeros beside them.
            let wide = |encoding: &&'static Encoding| [UTF_8, UTF_16LE, UTF_16BE].contains(encoding);
            Encoding::for_label(label.as_bytes()).filter(|encoding| !wide(encoding) && !part.is_ascii())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_becomes_utf8() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\u{e9}\u{20ac}</a>";
        let wide = |mark: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> { format!("{mark}{text}").encode_utf16().flat_map(order).collect() };
        for bytes in
            [wide("\u{feff}", u16::to_le_bytes), wide("", u16::to_le_bytes), wide("\u{feff}", u16::to_be_bytes), wide("", u16::to_be_bytes)]
        {
            assert_eq!(to_utf8(&bytes).unwrap(), "<a>\u{e9}\u{20ac}</a>".as_bytes());
        }
        assert_eq!(to_utf8(b"<?xml version='1.0' encoding = 'windows-1252'?><a>\x80</a>").unwrap(), "<a>\u{20ac}</a>".as_bytes());
        assert_eq!(
            [text, "<a>\u{e9}</a>", "<?xml version=\"1.0\"?><a/>", ""].map(|text| to_utf8(text.as_bytes())),
            [None, None, None, None]
        );
    }
}
