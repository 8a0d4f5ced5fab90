//! The fonts of the system, for characters that the bundled ones lack. Judges no font and puts none into a file.

use std::sync::Arc;

use fontique::{
    Collection, CollectionOptions, FallbackKey, GenericFamily, Language, QueryFamily, QueryFont, QueryStatus, Script, SourceCache,
    SourceCacheOptions,
};
use unicode_script::UnicodeScript;

use super::fonts::Bytes;

/// The most fonts that are offered for one character.
const MOST: usize = 6;
/// Han is drawn by fonts of several languages, none of which has all of it.
const HAN: [&str; 4] = ["zh-SG", "zh-TW", "ja", "ko"];

/// The fonts of the system, listed when the first is asked for: that takes a while.
pub(super) struct SystemFonts {
    collection: Collection,
    sources: SourceCache,
}

/// A font that has a character.
pub(super) struct Found {
    /// Tells it from every other.
    pub name: String,
    pub bytes: Bytes,
    pub index: u32,
}

impl SystemFonts {
    pub(super) fn new() -> Self {
        Self {
            collection: Collection::new(CollectionOptions { shared: false, system_fonts: true }),
            sources: SourceCache::new(SourceCacheOptions::default()),
        }
    }

    /// The fonts that have a character, the likeliest first.
    pub(super) fn having(&mut self, c: char) -> Vec<Found> {
        let keys: Vec<Option<FallbackKey>> = match script(c) {
            None => vec![None],
            Some(script) if script == Script::from_bytes(*b"Hani") => HAN
                .iter()
                .filter_map(|language| Language::parse(language).ok())
                .map(|language| Some(FallbackKey::new(script, Some(&language))))
                .collect(),
            Some(script) => vec![Some(FallbackKey::new(script, None))],
        };
        let mut found = Vec::new();
        for key in keys {
            self.look(c, key, &mut found);
        }
        found
    }

    fn look(&mut self, c: char, key: Option<FallbackKey>, found: &mut Vec<Found>) {
        use GenericFamily::{Emoji, Math, Monospace, SansSerif, Serif, SystemUi};
        let mut query = self.collection.query(&mut self.sources);
        query.set_families([SansSerif, SystemUi, Emoji, Math, Serif, Monospace].map(QueryFamily::Generic));
        if let Some(key) = key {
            query.set_fallbacks(key);
        }
        query.matches_with(|font: &QueryFont| {
            let has = font.charmap().and_then(|map| map.map(c)).is_some_and(|glyph| glyph != 0);
            if has {
                let name = format!("{:?}:{}", font.family, font.index);
                let (blob, _) = font.blob.clone().into_raw_parts();
                found.push(Found { name, bytes: Arc::clone(&blob), index: font.index });
            }
            if found.len() < MOST { QueryStatus::Continue } else { QueryStatus::Stop }
        });
    }
}

/// The script a character is written in; none for one that many share.
fn script(c: char) -> Option<Script> {
    match c.script() {
        unicode_script::Script::Common | unicode_script::Script::Inherited | unicode_script::Script::Unknown => None,
        script => Script::parse(script.short_name()).ok(),
    }
}
