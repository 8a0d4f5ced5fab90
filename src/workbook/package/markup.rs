//! Bounds on markup, found by counting its angle brackets. Reads no meaning into it.

use quick_xml::{Reader, events::Event};

use super::{MAX_CELL_TEXT, MAX_DEPTH, OpenError, strange};

/// From how many tags on a part is looked at closely. Each open tag takes 16 bytes in a reader, so fewer do no harm.
const CLOSELY_FROM: usize = 4_000_000;

/// How many tags stand in a part, or a few more.
pub(crate) fn tags(part: &[u8]) -> usize {
    // Counting in bytes, a short stretch at a time, is what the compiler turns into wide instructions.
    let stretch = |stretch: &[u8]| usize::from(stretch.iter().map(|byte| u8::from(*byte == b'<')).sum::<u8>());
    part.chunks(255).map(stretch).sum()
}

/// The names of the opening tags, without prefixes, each with the bytes up to the next tag.
pub(crate) fn openings(part: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let pieces = part.split(|byte| *byte == b'<').skip(1);
    pieces.filter(|piece| !matches!(piece.first(), None | Some(b'/' | b'!' | b'?'))).map(|piece| {
        let end = piece.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>')).unwrap_or(piece.len());
        let name = &piece[..end];
        let local = name.iter().position(|byte| *byte == b':').map_or(name, |colon| &name[colon + 1..]);
        (local, piece)
    })
}

/// Where a comment, an instruction, a declaration or raw text ends that begins at a bracket; nothing where it has no end.
pub(crate) fn after_aside(part: &[u8], start: usize) -> Option<usize> {
    let rest = part.get(start..)?;
    let (from, end): (usize, &[u8]) = match rest {
        [b'<', b'!', b'-', b'-', ..] => (4, b"-->"),
        [b'<', b'?', ..] => (2, b"?>"),
        rest if rest.starts_with(b"<![CDATA[") => (9, b"]]>"),
        _ => (2, b">"),
    };
    Some(start + from + memchr::memmem::find(rest.get(from..)?, end)? + end.len())
}

/// Refuses a part that declares entities, which may grow without end or lead out of the file. No spreadsheet program writes any.
pub(crate) fn check_entities(part: &[u8]) -> Result<(), OpenError> {
    if memchr::memmem::find(part, b"<!DOCTYPE").is_some() {
        return Err(strange("a part of it declares entities of its own"));
    }
    Ok(())
}

/// Refuses a part with a text that a reader would copy again and again: a stretch of it that no tag stands in.
pub(crate) fn check_texts(part: &[u8]) -> Result<(), OpenError> {
    if part.chunks_exact(MAX_CELL_TEXT).any(|stretch| !stretch.contains(&b'<')) {
        return Err(strange("a text in it is far too long"));
    }
    Ok(())
}

/// Refuses a part whose elements stand too deep in one another: a reader keeps the name of each open one.
pub(crate) fn check_depth(part: &[u8]) -> Result<(), OpenError> {
    if tags(part) < CLOSELY_FROM {
        return Ok(());
    }
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let (mut buffer, mut depth) = (Vec::new(), 0usize);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            // What cannot be read on is for the reader to name.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        if depth > MAX_DEPTH {
            return Err(strange(&format!("it has more than {MAX_DEPTH} elements inside one another")));
        }
    }
}
