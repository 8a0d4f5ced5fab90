//! The filters of an older Excel workbook: the range that a name gives, and what each column asks of its rows. Hides nothing.

use std::collections::HashSet;

use super::records::characters;
use crate::workbook::{
    Merge,
    parts::{Comparison, Criterion, Filter, Listed},
};

/// The name of a filter's range, as the number it is written by.
const FILTER: u8 = 0x0D;
/// A flag of a name that Excel gives by itself.
const BUILT_IN: u16 = 0x20;
/// A formula that is no more than an area of a sheet.
const AREA: [u8; 3] = [0x3B, 0x5B, 0x7B];

/// What the records of a sheet say of its filter.
#[derive(Debug, Default)]
pub(crate) struct FilterRecords {
    /// Whether any row is out of sight by a filter.
    pub is_on: bool,
    columns: Vec<(u16, Criterion)>,
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

/// The range that a record of a name gives to a sheet's filter, with the number of the sheet.
pub(crate) fn range(data: &[u8]) -> Option<(usize, Merge)> {
    let (flags, letters, formula, sheet) = (word(data, 0)?, *data.get(3)?, usize::from(word(data, 4)?), word(data, 8)?);
    // The name stands behind fourteen bytes and a flag.
    let is_filter = flags & BUILT_IN != 0 && letters == 1 && data.get(15) == Some(&FILTER);
    let formula = data.get(16..16 + formula).filter(|formula| is_filter && AREA.contains(formula.first().unwrap_or(&0)))?;
    let [top, bottom, left, right] = [3, 5, 7, 9].map(|at| word(formula, at));
    let merge = Merge { first: (u32::from(top?), left? & 0xFF), last: (u32::from(bottom?), right? & 0xFF) };
    let valid = merge.first.0 <= merge.last.0 && merge.first.1 <= merge.last.1;
    Some((usize::from(sheet).checked_sub(1)?, merge)).filter(|_| valid)
}

impl FilterRecords {
    /// Sees a record of the sheet.
    pub(crate) fn see(&mut self, kind: u16, data: &[u8]) {
        match kind {
            // FILTERMODE
            0x009B => self.is_on = true,
            // AUTOFILTER
            0x009E => self.columns.extend(word(data, 0).zip(criterion(data))),
            // AutoFilter12, with more than two values or colours
            0x087E => self.columns.extend(word(data, 12).map(|column| (column, Criterion::Untold))),
            _ => {}
        }
    }

    /// The filter over a range; none where no column asks anything.
    pub(crate) fn filter(&self, range: Option<Merge>) -> Option<Filter> {
        let range = range.filter(|_| !self.columns.is_empty())?;
        Some(Filter { range, columns: self.columns.clone() })
    }
}

/// What one column asks.
fn criterion(data: &[u8]) -> Option<Criterion> {
    let flags = word(data, 2)?;
    // The greatest or least so many, which are not told from others.
    if flags & 0x10 != 0 {
        return Some(Criterion::Untold);
    }
    let mut texts = data.get(24..)?;
    let mut conditions = Vec::new();
    for condition in [data.get(4..14)?, data.get(14..24)?] {
        let comparison = match condition[1] {
            _ if condition[0] == 0 => continue,
            1 => Comparison::Less,
            2 => Comparison::Equal,
            3 => Comparison::LessOrEqual,
            4 => Comparison::Greater,
            5 => Comparison::NotEqual,
            6 => Comparison::GreaterOrEqual,
            _ => continue,
        };
        let value = match condition[0] {
            2 => rk(u32::from_le_bytes(condition[2..6].try_into().ok()?)).to_string(),
            4 => f64::from_le_bytes(condition[2..10].try_into().ok()?).to_string(),
            6 => {
                let count = usize::from(condition[6]);
                let wide = texts.first().is_some_and(|flags| flags & 1 != 0);
                let text = characters(texts, count)?;
                texts = texts.get(1 + count * if wide { 2 } else { 1 }..).unwrap_or_default();
                text
            }
            0x0C => return Some(Criterion::Listed(Listed { blank: true, ..Listed::default() })),
            0x0E => return Some(Criterion::Compared(true, vec![(Comparison::NotEqual, String::new())])),
            _ => return Some(Criterion::Untold),
        };
        conditions.push((comparison, value));
    }
    let listed = |value: &String| Listed { texts: HashSet::from([value.trim().to_lowercase()]), ..Listed::default() };
    Some(match &conditions[..] {
        [] => return None,
        // One value chosen from the list, which stands for itself.
        [(Comparison::Equal, value)] if flags & 4 != 0 => Criterion::Listed(listed(value)),
        _ => Criterion::Compared(flags & 3 == 0, conditions),
    })
}

/// A number in four bytes.
fn rk(packed: u32) -> f64 {
    let number = if packed & 2 != 0 { f64::from(packed.cast_signed() >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_and_the_values_of_a_filter_are_read() {
        let mut name = vec![0x21, 0, 0, 1, 11, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, FILTER];
        name.extend([0x3B, 0, 0, 3, 0, 23, 0, 0, 0, 9, 0]);
        assert_eq!(range(&name), Some((1, Merge { first: (3, 0), last: (23, 9) })));
        name[15] = 6;
        assert_eq!(range(&name), None, "the area that is printed");
        let mut one = vec![2, 0, 4, 0, 6, 2, 0, 0, 0, 0, 4, 0, 0, 0];
        // A condition of no kind asks nothing, whatever its sign.
        one.extend([0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
        one.extend(b"\0Done");
        let Some(Criterion::Listed(listed)) = criterion(&one) else { unreachable!("a value of the list") };
        assert!(listed.texts.contains("done"));
        (one[2], one[5]) = (0, 5);
        assert_eq!(criterion(&one), Some(Criterion::Compared(true, vec![(Comparison::NotEqual, "Done".to_owned())])));
        assert_eq!(criterion(&[0; 5]), None);
    }
}
