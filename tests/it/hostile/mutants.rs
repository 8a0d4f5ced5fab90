//! Sound files with bytes changed by chance, always by the same: each is read, or refused in a sentence, and never stops the program.

use std::{panic::catch_unwind, path::Path};

use plandesk::{app::open::open_bytes, model::show_number};

use super::builder::{Entry, zip_of};

/// How many mutants are tried.
const MUTANTS: u64 = 300;

/// A small generator of numbers by chance, for the same ones on every machine.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, most: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % most.max(1)
    }
}

/// Bytes with a few of them changed, doubled, taken out or put in.
pub(super) fn mutated(mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    const TELLING: [&[u8]; 10] = [b"<", b"\"", b"4294967295", b"-1", b"\x00", b"\xFF\xFF\xFF\xFF", b"XFD1048576", b"]]>", b"{", b"\r"];
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len());
        let end = (at + 1 + chance.below(40)).min(bytes.len());
        match chance.below(4) {
            0 => bytes[at] = chance.below(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, TELLING[chance.below(TELLING.len())].to_vec())),
            _ => {
                let piece = bytes[at..end].repeat(1 + chance.below(30));
                drop(bytes.splice(at..at, piece));
            }
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
    bytes
}

/// A zip of the same parts, one of those that are asked for mutated, so that what is wrong stands in a part and not in the zip.
pub(super) fn with_part_mutated(zip: &[u8], chance: &mut Chance, is_asked: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut read = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let mut parts = Vec::new();
    for at in 0..read.len() {
        let mut file = read.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
        parts.push((name, bytes));
    }
    let asked: Vec<usize> = (0..parts.len()).filter(|at| is_asked(&parts[*at].0)).collect();
    let at = asked[chance.below(asked.len())];
    parts[at].1 = mutated(std::mem::take(&mut parts[at].1), chance);
    zip_of(&parts.iter().map(|(name, bytes)| Entry::stored(name, bytes)).collect::<Vec<_>>())
}

/// Small sound files of every kind.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shapes");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut seeds = Vec::new();
    for ending in ["xlsx", "xls", "ods", "csv", "tsv"] {
        let of_kind = files.iter().filter(|path| path.extension().is_some_and(|own| own == ending)).take(6);
        seeds.extend(of_kind.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())));
    }
    let sample = plandesk::app::open::open_sample();
    seeds.push(("sample.plandesk".to_owned(), plandesk::store::encode(&sample.document, &sample.notes).unwrap()));
    seeds
}

#[test]
fn no_mutant_of_a_sound_file_stops_the_program() {
    let seeds = seeds();
    assert!(seeds.len() > 10);
    for number in 1..=MUTANTS {
        let mut chance = Chance(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (name, bytes) = &seeds[chance.below(seeds.len())];
        let inside = bytes.starts_with(b"PK") && chance.below(4) > 0;
        let mutant = if inside { with_part_mutated(bytes, &mut chance, |_| true) } else { mutated(bytes.clone(), &mut chance) };
        let began = std::time::Instant::now();
        let opened = catch_unwind(|| open_bytes(name, &mutant, &|_| true));
        let opened = opened.unwrap_or_else(|_| panic!("mutant {number} of {name} stops the program"));
        if let Err(error) = opened {
            let said = error.to_string();
            assert!(said.lines().count() == 1 && said.ends_with('.'), "mutant {number} of {name}: {said}");
        }
        assert!(began.elapsed().as_secs() < 20, "mutant {number} of {name} took {:?}", began.elapsed());
    }
}

#[test]
fn no_number_format_stops_the_program() {
    const PIECES: [&str; 24] = [
        "0", "#", "?", ".", ",", "%", "E+00", "/", "\"x\"", "\\", "_", "*", "[Red]", "[h]", "[>1]", "@", ";", "yyyy", "mm", "General",
        "AM/PM", " ", "\u{e9}", "[$-809]",
    ];
    for number in 1..=3_000_u64 {
        let mut chance = Chance(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let format: String = (0..=chance.below(12)).map(|_| PIECES[chance.below(PIECES.len())]).collect();
        for value in [0.0, -1.5, 42_948.25, 1e300, -1e-300, f64::NAN, f64::INFINITY] {
            let shown = catch_unwind(|| show_number(value, &format));
            assert!(shown.is_ok(), "{value} in {format}");
        }
    }
}
