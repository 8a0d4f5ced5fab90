//! The texts that cells share, without those parts of them that are struck through. A text that is struck through as a whole stays.

use memchr::memmem;
use quick_xml::{Reader, events::Event};

use super::xml::{XmlStep, walk};

/// The list of texts without what is struck through beside other words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unstruck {
    pub bytes: Vec<u8>,
    /// How many texts were changed,
    pub texts: usize,
    /// and what was taken out of the first of them.
    pub first: String,
}

/// One run of a text: where it stands, whether it is struck through and whether it holds words.
struct Run {
    from: usize,
    to: usize,
    struck: bool,
    worded: bool,
}

/// Takes what is struck through out of the list of texts; `None` where there is none beside other words.
pub(crate) fn unstruck(part: &[u8]) -> Option<Unstruck> {
    let mut strikes = memmem::find_iter(part, b"strike");
    if !strikes.any(|at| matches!(part[..at].last(), Some(b'<' | b':'))) {
        return None;
    }
    let mut found = Unstruck { bytes: Vec::with_capacity(part.len()), texts: 0, first: String::new() };
    let mut kept = 0;
    let mut runs: Vec<Run> = Vec::new();
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut buffer = Vec::new();
    let mut in_text = false;
    loop {
        buffer.clear();
        let from = reader.buffer_position() as usize;
        let event = reader.read_event_into(&mut buffer);
        let to = reader.buffer_position() as usize;
        let open = runs.last_mut().filter(|run| run.to == 0);
        match event {
            Ok(Event::Start(element) | Event::Empty(element)) => match (element.local_name().as_ref(), open) {
                ("si", _) => runs.clear(),
                ("r", _) => runs.push(Run { from, to: 0, struck: false, worded: false }),
                ("t", _) => in_text = true,
                ("strike", Some(run)) => {
                    let off = element.attributes().with_checks(false).flatten().any(|held| matches!(&*held.value, "0" | "false"));
                    run.struck = !off;
                }
                _ => {}
            },
            Ok(Event::Text(text)) => {
                let worded = in_text && !text.trim().is_empty();
                open.into_iter().for_each(|run| run.worded |= worded);
            }
            Ok(Event::GeneralRef(_) | Event::CData(_)) => open.into_iter().for_each(|run| run.worded |= in_text),
            Ok(Event::End(element)) => match (element.local_name().as_ref(), open) {
                ("t", _) => in_text = false,
                ("r", Some(run)) => run.to = to,
                ("si", _) => found.take_out(part, &mut kept, &runs),
                _ => {}
            },
            Ok(Event::Eof) => break,
            Err(_) => return None,
            Ok(_) => {}
        }
    }
    found.bytes.extend_from_slice(part.get(kept..)?);
    (found.texts > 0).then_some(found)
}

impl Unstruck {
    /// Takes the runs of one text that are struck through out of it, where others say something.
    fn take_out(&mut self, part: &[u8], kept: &mut usize, runs: &[Run]) {
        let says = |struck: bool| runs.iter().any(|run| run.struck == struck && run.worded);
        if !says(true) || !says(false) {
            return;
        }
        self.texts += 1;
        for run in runs.iter().filter(|run| run.struck && run.to > run.from) {
            if run.from < *kept {
                continue;
            }
            self.bytes.extend_from_slice(&part[*kept..run.from]);
            *kept = run.to.min(part.len());
            if self.texts == 1 {
                walk(&part[run.from..*kept], |step| {
                    if let XmlStep::Text(text) = step {
                        self.first.push_str(text);
                    }
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &str) -> Option<(String, usize, String)> {
        let found = unstruck(format!("<sst>{texts}</sst>").as_bytes())?;
        Some((String::from_utf8(found.bytes).unwrap(), found.texts, found.first))
    }

    #[test]
    fn what_is_struck_through_beside_other_words_is_taken_out() {
        let old = "<r><rPr><strike/></rPr><t>Old </t></r>";
        let new = "<r><t>new &amp; better</t></r>";
        assert_eq!(
            read(&format!("<si><t>a</t></si><si>{old}{new}</si>")),
            Some((format!("<sst><si><t>a</t></si><si>{new}</si></sst>"), 1, "Old ".to_owned()))
        );
        assert_eq!(read(&format!("<si>{old}</si>")), None, "all of it");
        assert_eq!(read(&format!("<si>{old}<r><t> </t></r></si>")), None, "nothing but a space is left");
        assert_eq!(read(&format!("<si>{}{new}</si>", old.replace("<strike/>", "<strike val=\"0\"/>"))), None);
        assert_eq!(read("<si><t>a</t></si>"), None);
    }
}
