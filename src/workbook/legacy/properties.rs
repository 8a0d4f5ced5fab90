//! The properties that an .xls file's owner or a labelling program added, out of their stream. Never reads beyond it.

use encoding_rs::WINDOWS_1252;

use crate::model::Named;

/// The set of added properties, by its number.
const ADDED: [u8; 16] = [0x05, 0xD5, 0xCD, 0xD5, 0x9C, 0x2E, 0x1B, 0x10, 0x93, 0x97, 0x08, 0x00, 0x2B, 0x2C, 0xF9, 0xAE];
/// The most properties that are read, and the longest name or value, in bytes.
const MOST: usize = 500;
const LONGEST: usize = 1000;
/// The code page of texts in two bytes a letter.
const WIDE: u16 = 1200;

/// The names and texts of the added properties.
pub(crate) fn properties(stream: &[u8]) -> Vec<Named> {
    section(stream).and_then(read).unwrap_or_default()
}

fn long(data: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
}

/// The bytes of the set of added properties.
fn section(stream: &[u8]) -> Option<&[u8]> {
    let count = long(stream, 24)?.min(2);
    let at = (0..count).map(|set| 28 + set * 20).find(|at| stream.get(*at..at + 16) == Some(&ADDED))?;
    stream.get(long(stream, at + 16)?..)
}

fn read(section: &[u8]) -> Option<Vec<Named>> {
    let count = long(section, 4)?.min(MOST);
    let places: Vec<(usize, usize)> = (0..count).filter_map(|at| long(section, 8 + at * 8).zip(long(section, 12 + at * 8))).collect();
    let at = |id: usize| places.iter().find(|(own, _)| *own == id).and_then(|(_, at)| section.get(*at..));
    let page = at(1).and_then(|value| Some(u16::from_le_bytes(value.get(4..6)?.try_into().ok()?))).unwrap_or(0);
    let names = names(at(0)?, page == WIDE)?;
    let valued = names.into_iter().filter_map(|(id, name)| Some((name.into(), text(at(id)?, page == WIDE)?.into())));
    Some(valued.collect())
}

/// The names of properties by their numbers.
fn names(dictionary: &[u8], wide: bool) -> Option<Vec<(usize, String)>> {
    let (mut names, mut at) = (Vec::new(), 4);
    for _ in 0..long(dictionary, 0)?.min(MOST) {
        let (Some(id), Some(length)) = (long(dictionary, at), long(dictionary, at + 4)) else { break };
        let size = if wide { length.checked_mul(2)? } else { length };
        let Some(bytes) = at.checked_add(8).and_then(|from| dictionary.get(from..from.checked_add(size)?)) else { break };
        names.push((id, letters(bytes, wide)));
        at += 8 + if wide { size.next_multiple_of(4) } else { size };
    }
    Some(names)
}

/// A value that is a text.
fn text(value: &[u8], wide: bool) -> Option<String> {
    let (kind, length) = (long(value, 0)?, long(value, 4)?);
    let (wide, size) = match kind {
        0x1E => (wide, length),
        0x1F => (true, length.checked_mul(2)?),
        _ => return None,
    };
    Some(letters(value.get(8..8_usize.checked_add(size.min(LONGEST))?)?, wide))
}

/// Letters up to the zero that ends them.
fn letters(bytes: &[u8], wide: bool) -> String {
    let text = if wide {
        let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        // Newer programs write UTF-8, whatever the code page says.
        let narrow = || WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
        std::str::from_utf8(bytes).map_or_else(|_| narrow(), str::to_owned)
    };
    text.split('\0').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_properties_are_read_and_nothing_beyond_the_stream() {
        let long = |number: u32| number.to_le_bytes();
        let mut section = [long(0), long(3), long(0), long(32), long(1), long(64), long(2), long(72)].concat();
        section.extend([long(1), long(2), long(18)].concat());
        section.extend(b"MSIP_Label_1_Name\0");
        section.resize(64, 0);
        section.extend([long(2), long(1252)].concat());
        section.extend([long(0x1E), long(9)].concat());
        section.extend(b"OFFICIAL\0");
        let mut stream = [[0; 24].as_slice(), &long(1)].concat();
        stream.extend([&ADDED[..], &long(48)].concat());
        stream.extend(&section);
        assert_eq!(properties(&stream), [("MSIP_Label_1_Name".into(), "OFFICIAL".into())]);
        for end in 0..stream.len() {
            properties(&stream[..end]);
        }
        let mut odd = stream.clone();
        odd[52..56].copy_from_slice(&[0xFF; 4]);
        assert!(properties(&odd).len() <= MOST);
    }
}
