//! Replacements of byte ranges of a part. Every other byte stays as it is.

/// One replaced range; its new text stands in the patch.
#[derive(Clone, Copy, Debug)]
struct Edit {
    start: usize,
    end: usize,
    from: usize,
    to: usize,
}

/// Replacements of one part, in any order. Of two that overlap, the one that begins first and reaches farthest counts.
#[derive(Debug, Default)]
pub(super) struct Patch {
    edits: Vec<Edit>,
    texts: String,
    sorted: bool,
}

impl Patch {
    pub(super) fn replace(&mut self, start: usize, end: usize, text: &str) {
        let from = self.texts.len();
        self.texts.push_str(text);
        self.edits.push(Edit { start, end, from, to: self.texts.len() });
        self.sorted = false;
    }

    /// The same with a number, which stands in most cells that move.
    pub(super) fn replace_with_number(&mut self, start: usize, end: usize, number: u32) {
        let (mut digits, mut at, mut rest) = ([0u8; 10], 10, number);
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.replace(start, end, std::str::from_utf8(&digits[at..]).unwrap_or_default());
    }

    pub(super) fn remove(&mut self, start: usize, end: usize) {
        self.replace(start, end, "");
    }

    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// How many there are, to take out those that come later.
    pub(super) fn mark(&self) -> usize {
        self.edits.len()
    }

    /// Takes out those behind a mark.
    pub(super) fn split(&mut self, mark: usize) -> Self {
        let edits = self.edits.split_off(mark.min(self.edits.len()));
        let mut part = Self::default();
        for edit in edits {
            part.replace(edit.start, edit.end, &self.texts[edit.from..edit.to]);
        }
        part
    }

    pub(super) fn sort(&mut self) {
        if !self.sorted {
            self.edits.sort_by_key(|edit| (edit.start, usize::MAX - edit.end));
            self.sorted = true;
        }
    }

    /// Writes a range of the part with its replacements, which must have been sorted. One that reaches out of the range is cut.
    pub(super) fn render(&self, source: &str, start: usize, end: usize, out: &mut String) {
        let mut at = start;
        let first = self.edits.partition_point(|edit| edit.start < start);
        for edit in &self.edits[first..] {
            if edit.start >= end && (edit.start > end || end < source.len()) {
                break;
            }
            if edit.start < at {
                continue;
            }
            out.push_str(source.get(at..edit.start).unwrap_or_default());
            out.push_str(&self.texts[edit.from..edit.to]);
            at = edit.end.min(end).max(edit.start);
        }
        out.push_str(source.get(at..end).unwrap_or_default());
    }

    /// The whole part.
    pub(super) fn applied(mut self, source: &str) -> String {
        self.sort();
        let mut out = String::with_capacity(source.len() + self.texts.len());
        self.render(source, 0, source.len(), &mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_replaced_stays() {
        let mut patch = Patch::default();
        patch.replace(6, 7, "X");
        patch.remove(2, 4);
        patch.replace(2, 3, "never");
        patch.replace_with_number(9, 9, 1_048_576);
        assert_eq!(patch.applied("0123456789"), "0145X781048576".to_owned() + "9");
    }
}
