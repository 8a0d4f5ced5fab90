//! How much memory a file of ours asks for, counted before any of it is made. Keeps nothing of what it reads but the version.

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::{
    model::{Cell, Column, Field, Remark, Row, RowId, Rule, Step, Table},
    notes::Note,
};

/// What any file may take, in bytes.
const LEAST: u64 = 100 << 20;
/// How many times its own size a larger file may take. A plan takes less than twice; blank cells, the shortest there are, 24 times.
const TIMES: u64 = 12;
/// Tables of a file, and columns of a table. A workbook has at most 1,000 sheets, a sheet 16,384 columns.
const MOST_TABLES: usize = 5_000;
const MOST_COLUMNS: usize = 20_000;
/// What a text takes beside its letters.
const TEXT: u64 = 16;

/// What a file asks for.
#[derive(Debug, Default)]
pub(super) struct Weight {
    /// The format's version, where it is stated as a number.
    pub version: Option<u64>,
    /// What it is refused for.
    pub refused: Option<TooMuch>,
    bytes: u64,
    most: u64,
    tables: usize,
    /// Of the table that is counted: its columns, and of the rows that get a cell for each column how many there are and how many cells they have.
    columns: usize,
    rows: u64,
    cells: u64,
}

/// Why a file asks for too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMuch {
    Memory,
    Tables,
    Columns,
}

/// Counts what the bytes of a file ask for.
///
/// # Errors
/// When they are no JSON or ask for too much, which `refused` then tells.
pub(super) fn weigh(bytes: &[u8]) -> (Weight, Result<(), serde_json::Error>) {
    weigh_up_to(bytes, allowed(bytes.len()))
}

/// The bytes of a file, made as long as what it holds asks for: very many blank cells are short in it. What is added are spaces.
pub(super) fn made_to_fit(mut bytes: Vec<u8>, cells: usize) -> Vec<u8> {
    if (cells * size_of::<Cell>()) as u64 > allowed(bytes.len()) / 2 {
        let weight = weigh_up_to(&bytes, u64::MAX).0.bytes;
        if weight > allowed(bytes.len()) {
            bytes.resize((weight / TIMES + 1) as usize, b' ');
        }
    }
    bytes
}

fn allowed(size: usize) -> u64 {
    LEAST.max(TIMES * size as u64)
}

fn weigh_up_to(bytes: &[u8], most: u64) -> (Weight, Result<(), serde_json::Error>) {
    let mut weight = Weight { most, ..Weight::default() };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = Scale { weight: &mut weight, spot: Spot::File }.deserialize(&mut reader).and_then(|_| reader.end());
    (weight, read)
}

/// What a value in the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    File,
    Version,
    Document,
    Table,
    Column,
    Row,
    Cell,
    Field,
    Summary,
    Remark,
    Note,
    Rule,
    Step,
    Text,
    /// A list of such things, or things by their ids.
    Tables,
    Columns,
    Rows,
    Cells,
    Fields,
    Remarks,
    Notes,
    Rules,
    Steps,
    Texts,
    /// Anything that takes no more than its text.
    Other,
}

impl Spot {
    /// What stands under a key.
    fn under(self, key: &str) -> Self {
        match (self, key) {
            (Self::File, "plandesk") => Self::Version,
            (Self::File, "document") => Self::Document,
            (Self::File, "notes") => Self::Notes,
            (Self::Document, "tables") => Self::Tables,
            (Self::Table, "columns") => Self::Columns,
            (Self::Table, "rows") => Self::Rows,
            (Self::Table | Self::Row, "fields") | (Self::Summary, "lines") => Self::Fields,
            (Self::Table, "title") => Self::Field,
            (Self::Table, "summary") => Self::Summary,
            (Self::Table, "remarks") => Self::Remarks,
            (Self::Table, "rules") => Self::Rules,
            (Self::Row, "cells") => Self::Cells,
            (Self::Field, "cell") => Self::Cell,
            (Self::Column, "choices") => Self::Texts,
            (Self::Column, "scale") => Self::Steps,
            (Self::Rules, _) => Self::Rule,
            _ => Self::Other,
        }
    }

    /// What stands in a list, with what each takes; none where there can be no list.
    fn element(self) -> Option<(Self, usize)> {
        Some(match self {
            Self::Tables => (Self::Table, size_of::<Table>()),
            Self::Columns => (Self::Column, size_of::<Column>()),
            Self::Rows => (Self::Row, size_of::<Row>()),
            Self::Cells => (Self::Cell, size_of::<Cell>()),
            Self::Fields => (Self::Field, size_of::<Field>()),
            Self::Remarks => (Self::Remark, size_of::<Remark>()),
            Self::Notes => (Self::Note, size_of::<Note>()),
            Self::Steps => (Self::Step, size_of::<Step>()),
            Self::Texts => (Self::Text, size_of::<Box<str>>()),
            Self::Other => (Self::Other, 0),
            _ => return None,
        })
    }
}

/// Counts one value, and says how many things stand in it when it is a list.
struct Scale<'a> {
    weight: &'a mut Weight,
    spot: Spot,
}

impl Weight {
    fn add<E: serde::de::Error>(&mut self, bytes: u64) -> Result<(), E> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.most { Err(self.refuse(TooMuch::Memory)) } else { Ok(()) }
    }

    fn refuse<E: serde::de::Error>(&mut self, why: TooMuch) -> E {
        self.refused = Some(why);
        E::custom("it asks for too much")
    }

    /// Counts one more thing of a list.
    fn one_more<E: serde::de::Error>(&mut self, element: Spot, size: usize) -> Result<(), E> {
        match element {
            Spot::Table => {
                self.tables += 1;
                (self.columns, self.rows, self.cells) = (0, 0, 0);
                if self.tables > MOST_TABLES {
                    return Err(self.refuse(TooMuch::Tables));
                }
            }
            Spot::Column => {
                self.columns += 1;
                if self.columns > MOST_COLUMNS {
                    return Err(self.refuse(TooMuch::Columns));
                }
            }
            _ => {}
        }
        self.add(size as u64)
    }

    /// Counts the cells that fill the short rows of a table up.
    fn end_table<E: serde::de::Error>(&mut self) -> Result<(), E> {
        let filled = self.rows.saturating_mul(self.columns as u64).saturating_sub(self.cells);
        self.add(filled.saturating_mul(size_of::<Cell>() as u64))
    }
}

impl<'de> DeserializeSeed<'de> for Scale<'_> {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u64, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scale<'_> {
    type Value = u64;

    fn expecting(&self, words: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        words.write_str("a part of a plandesk file")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<u64, E> {
        let bytes = if text.is_empty() { 0 } else { text.len() as u64 + TEXT };
        self.weight.add(bytes).map(|()| 0)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<u64, E> {
        if self.spot == Spot::Version {
            self.weight.version = Some(number);
        }
        Ok(0)
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<u64, A::Error> {
        let Some((element, size)) = self.spot.element() else { return Err(A::Error::custom("a list stands where none is written")) };
        let mut count = 0;
        while list.next_element_seed(Scale { weight: &mut *self.weight, spot: element })?.is_some() {
            self.weight.one_more(element, size)?;
            count += 1;
        }
        Ok(count)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<u64, A::Error> {
        let Scale { weight, spot } = self;
        let (mut fields, mut cells) = (0, 0);
        while let Some(under) = map.next_key_seed(Key(spot))? {
            if under == Spot::Rule {
                weight.add(2 * size_of::<(RowId, Rule)>() as u64)?;
            }
            let count = map.next_value_seed(Scale { weight: &mut *weight, spot: under })?;
            match under {
                Spot::Fields => fields = count,
                Spot::Cells => cells = count,
                _ => {}
            }
        }
        match spot {
            // A row of labelled words has no cells; every other row gets one for each column.
            Spot::Row if fields == 0 || cells > 0 => (weight.rows, weight.cells) = (weight.rows + 1, weight.cells + cells),
            Spot::Table => weight.end_table()?,
            _ => {}
        }
        Ok(0)
    }
}

/// A key of something, which tells what stands under it.
struct Key(Spot);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Spot;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Spot, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Spot;

    fn expecting(&self, words: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        words.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Spot, E> {
        Ok(self.0.under(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(document: &str) -> Option<TooMuch> {
        let (weight, read) = weigh(format!("{{\"plandesk\":1,\"document\":{document}}}").as_bytes());
        assert_eq!((weight.version, read.is_err()), (Some(1), weight.refused.is_some()));
        weight.refused
    }

    #[test]
    fn what_a_file_makes_of_little_is_counted_before_it_is_made() {
        let table = |columns: usize, rows: &str| {
            let columns = vec!["{}"; columns].join(",");
            format!("{{\"tables\":[{{\"rows\":[{rows}],\"columns\":[{columns}]}}]}}")
        };
        let short = vec!["{\"cells\":[]}"; 1_000].join(",");
        assert_eq!(refused(&table(100, &short)), None);
        assert_eq!(refused(&table(10_000, &short)), Some(TooMuch::Memory), "short rows are filled up");
        assert_eq!(refused(&table(10_000, &short.replace("cells", "c\\u0065lls"))), Some(TooMuch::Memory));
        assert_eq!(refused(&table(10_000, &"{\"fields\":[{}]},".repeat(1_000)[..15_999])), None, "but for sections");
        assert_eq!(refused(&table(20_001, "")), Some(TooMuch::Columns));
        assert_eq!(refused(&format!("{{\"tables\":[{}]}}", vec!["{}"; 5_001].join(","))), Some(TooMuch::Tables));
        let blank = format!("{{\"cells\":[{}]}}", vec!["{}"; 2_000_000].join(","));
        assert_eq!(refused(&table(1, &blank)), Some(TooMuch::Memory), "cells of two letters");
    }

    #[test]
    fn a_list_in_the_place_of_named_things_is_not_counted_past() {
        let (weight, read) = weigh(b"{\"plandesk\":1,\"document\":[[[1,\"a\"]]]}");
        assert!(read.is_err() && weight.refused.is_none());
    }

    #[test]
    fn what_is_written_can_be_read_again_however_blank_it_is() {
        let blank = vec!["{}"; 2_000_000].join(",");
        let file = format!("{{\"document\":{{\"tables\":[{{\"rows\":[{{\"cells\":[{blank}]}}],\"columns\":[]}}]}}}}").into_bytes();
        assert!(weigh(&file).1.is_err());
        let fits = made_to_fit(file, 2_000_000);
        assert!(weigh(&fits).1.is_ok() && fits.len() < 13_000_000);
    }
}
