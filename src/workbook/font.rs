//! What the font of a cell says beside its text: its colour, whether it is struck through, and whether its letters are drawn as symbols.

/// A font of symbols, in which letters stand for signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolFont {
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
    Marlett,
}

/// The letters that are signs in a font, each with its sign; a letter is a byte of the font.
type Signs = [(u8, char)];

const WINGDINGS: &Signs = &[
    (0xFC, '✓'),
    (0xFB, '✗'),
    (0xFE, '☑'),
    (0xFD, '☒'),
    (0x6F, '☐'),
    (0x71, '☐'),
    (0x72, '☐'),
    (0xA8, '☐'),
    (0x6C, '●'),
    (0xA1, '○'),
    (0x6E, '■'),
    (0xA7, '■'),
    (0x75, '◆'),
    (0x4A, '☺'),
    (0x4B, '😐'),
    (0x4C, '☹'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE3, '↖'),
    (0xE4, '↗'),
    (0xE5, '↙'),
    (0xE6, '↘'),
    (0xE7, '←'),
    (0xE8, '→'),
    (0xE9, '↑'),
    (0xEA, '↓'),
    (0xEB, '↖'),
    (0xEC, '↗'),
    (0xED, '↙'),
    (0xEE, '↘'),
    (0xEF, '⇦'),
    (0xF0, '⇨'),
    (0xF1, '⇧'),
    (0xF2, '⇩'),
    (0x50, '⚑'),
];
const WINGDINGS_2: &Signs =
    &[(0x50, '✓'), (0x4F, '✗'), (0x52, '☑'), (0x51, '☒'), (0x53, '☒'), (0x54, '☒'), (0xA3, '☐'), (0x97, '●'), (0x98, '●'), (0xA2, '■')];
const WINGDINGS_3: &Signs = &[
    (0x66, '←'),
    (0x67, '→'),
    (0x68, '↑'),
    (0x69, '↓'),
    (0x6A, '↖'),
    (0x6B, '↗'),
    (0x6C, '↙'),
    (0x6D, '↘'),
    (0x70, '▲'),
    (0x71, '▼'),
    (0x72, '△'),
    (0x73, '▽'),
    (0x74, '◄'),
    (0x75, '►'),
];
const WEBDINGS: &Signs =
    &[(0x61, '✓'), (0x72, '✗'), (0x63, '☐'), (0x67, '■'), (0x6E, '●'), (0x33, '◄'), (0x34, '►'), (0x35, '▲'), (0x36, '▼')];
const MARLETT: &Signs = &[(0x61, '✓'), (0x62, '✓'), (0x72, '✗'), (0x68, '●'), (0x69, '●'), (0x6E, '●'), (0x74, '▲'), (0x75, '▼')];

/// The longest text that is taken for signs, in characters.
const LONGEST: usize = 4;
/// The block of private letters in which some programs keep those of symbol fonts.
const PRIVATE: u32 = 0xF000;

impl SymbolFont {
    /// The font of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = name.trim();
        let fonts = [
            ("Wingdings", Self::Wingdings),
            ("Wingdings 2", Self::Wingdings2),
            ("Wingdings 3", Self::Wingdings3),
            ("Webdings", Self::Webdings),
            ("Marlett", Self::Marlett),
        ];
        fonts.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, font)| font)
    }

    fn signs(self) -> &'static Signs {
        match self {
            Self::Wingdings => WINGDINGS,
            Self::Wingdings2 => WINGDINGS_2,
            Self::Wingdings3 => WINGDINGS_3,
            Self::Webdings => WEBDINGS,
            Self::Marlett => MARLETT,
        }
    }

    /// A text as this font draws it; none where a letter of it is no sign that is known.
    pub fn drawn(self, text: &str) -> Option<Box<str>> {
        let trimmed = text.trim();
        if trimmed.is_empty() || trimmed.chars().nth(LONGEST).is_some() {
            return None;
        }
        let sign = |letter: char| {
            let code = u32::from(letter);
            let byte = u8::try_from(code).or_else(|_| u8::try_from(code.wrapping_sub(PRIVATE))).ok().or_else(|| windows_byte(letter))?;
            self.signs().iter().find(|(known, _)| *known == byte).map(|(_, sign)| *sign)
        };
        trimmed.chars().map(sign).collect::<Option<String>>().map(String::into)
    }
}

/// The byte of a letter that Windows keeps where others keep none; `—` stands for a dot in Wingdings 2.
fn windows_byte(letter: char) -> Option<u8> {
    match letter {
        '—' => Some(0x97),
        '˜' => Some(0x98),
        _ => None,
    }
}

/// What a font says, in as many bytes as a colour has: a sheet has a million cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Font(u32);

const COLOUR: u32 = 0x00FF_FFFF;
const COLOURED: u32 = 1 << 24;
const STRUCK: u32 = 1 << 25;
const SYMBOLS: u32 = 26;

impl Font {
    /// A font with a colour, 0xRRGGBB, that may be struck through.
    #[must_use]
    pub fn new(colour: Option<u32>, struck: bool) -> Self {
        // Black says nothing.
        let colour = colour.map(|colour| colour & COLOUR).filter(|colour| *colour != 0);
        Self(colour.map_or(0, |colour| colour | COLOURED) | if struck { STRUCK } else { 0 })
    }

    /// The same font, drawing symbols.
    #[must_use]
    pub fn of_symbols(self, symbols: Option<SymbolFont>) -> Self {
        Self(self.0 & !(7 << SYMBOLS) | symbols.map_or(0, |font| font as u32 + 1) << SYMBOLS)
    }

    /// The colour of its letters, 0xRRGGBB; none for black.
    #[must_use]
    pub fn colour(self) -> Option<u32> {
        (self.0 & COLOURED != 0).then_some(self.0 & COLOUR)
    }

    /// The same font in another colour.
    #[must_use]
    pub fn in_colour(self, colour: u32) -> Self {
        Self(self.0 & !COLOUR & !COLOURED | Self::new(Some(colour), false).0)
    }

    /// Whether its letters are struck through.
    #[must_use]
    pub fn is_struck(self) -> bool {
        self.0 & STRUCK != 0
    }

    /// A text as it is drawn: letters of a symbol font as the signs they stand for.
    #[must_use]
    pub fn drawn(self, text: Box<str>) -> Box<str> {
        let symbols = match self.0 >> SYMBOLS & 7 {
            1 => SymbolFont::Wingdings,
            2 => SymbolFont::Wingdings2,
            3 => SymbolFont::Wingdings3,
            4 => SymbolFont::Webdings,
            5 => SymbolFont::Marlett,
            _ => return text,
        };
        symbols.drawn(&text).unwrap_or(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_symbol_fonts_are_read_as_they_are_drawn() {
        for (font, text, drawn) in [
            ("Wingdings", "ü", "✓"),
            ("wingdings", "û", "✗"),
            ("Wingdings", "\u{f0fc}", "✓"),
            ("Wingdings", "l", "●"),
            ("Wingdings 2", "P", "✓"),
            ("Wingdings 2", "O", "✗"),
            ("Wingdings 2", "—", "●"),
            ("Wingdings 3", "p", "▲"),
            ("Webdings", "a", "✓"),
            ("Marlett", "b", "✓"),
            ("Wingdings", "Complete", "Complete"),
            ("Arial", "ü", "ü"),
        ] {
            let font = Font::default().of_symbols(SymbolFont::of(font));
            assert_eq!(&*font.drawn(text.into()), drawn);
        }
    }

    #[test]
    fn a_font_tells_its_colour_and_whether_it_is_struck_through() {
        for (colour, struck) in [(None, false), (Some(0xFF_0000), false), (None, true), (Some(0x00_B050), true), (Some(0xFF_FFFF), true)] {
            let font = Font::new(colour, struck).of_symbols(Some(SymbolFont::Marlett));
            assert_eq!((font.colour(), font.is_struck(), &*font.drawn("b".into())), (colour, struck, "✓"));
        }
        assert_eq!(Font::new(Some(0), false), Font::default(), "black is what letters are");
        assert_eq!(Font::new(Some(1), true).in_colour(2), Font::new(Some(2), true));
    }
}
