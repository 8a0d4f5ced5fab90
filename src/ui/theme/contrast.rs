//! Tests of the tokens by how they are seen: contrast as WCAG reckons it, and statuses without colour. Declares none.

use std::collections::HashSet;

use super::*;
use crate::insight::Rating;

const ALL: [(&str, Theme); 3] = [("light", LIGHT), ("dark", DARK), ("high contrast", HIGH_CONTRAST)];

/// The least contrast of text with its ground.
const TEXT: f64 = 4.5;
/// The least contrast of shapes, edges and the focus ring with their ground.
const SHAPE: f64 = 3.0;
/// The least distance in Lab at which two colours beside each other are told apart at a glance.
const APART: f64 = 10.0;

/// Red, green and blue as light, 0 to 1.
fn linear(colour: Color32) -> [f64; 3] {
    [colour.r(), colour.g(), colour.b()].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance([r, g, b]: [f64; 3]) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The WCAG contrast of two colours, 1 to 21.
fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(linear(a)), luminance(linear(b)));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// As the most common colour blindness sees it: Machado, Oliveira and Fernandes 2009, deuteranopia.
fn deuteranopia(light: [f64; 3]) -> [f64; 3] {
    let rows = [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]];
    rows.map(|row| row.iter().zip(light).map(|(part, light)| part * light).sum::<f64>().clamp(0.0, 1.0))
}

/// As a grey printer shows it.
fn grey(light: [f64; 3]) -> [f64; 3] {
    [luminance(light); 3]
}

/// CIE Lab under daylight.
fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.950_47);
    let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIE76: how far apart two colours look to someone who sees so.
fn distance(a: Color32, b: Color32, sees: fn([f64; 3]) -> [f64; 3]) -> f64 {
    let (a, b) = (lab(sees(linear(a))), lab(sees(linear(b))));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

fn grounds(theme: &Theme) -> [(&'static str, Color32); 5] {
    let in_row = theme.background.lerp_to_gamma(theme.selected, 0.5);
    [
        ("background", theme.background),
        ("panel", theme.panel),
        ("selected", theme.selected),
        ("hovered", theme.hovered),
        ("the cursor's row", in_row),
    ]
}

fn tones(theme: &Theme) -> impl Iterator<Item = (Status, Tone)> {
    Status::ALL.map(|status| (status, theme.status(status))).into_iter()
}

#[test]
fn text_can_be_read_on_every_ground() {
    for (name, theme) in ALL {
        for (ground, colour) in grounds(&theme) {
            for (words, text) in [("text", theme.text), ("muted text", theme.muted), ("accent", theme.accent)] {
                assert!(contrast(text, colour) >= TEXT, "{name}: {words} on {ground}, {:.2}", contrast(text, colour));
            }
            // Warnings and ratings are written in their marks' colours.
            for (status, tone) in tones(&theme) {
                assert!(contrast(tone.mark, colour) >= TEXT, "{name}: {status:?} on {ground}, {:.2}", contrast(tone.mark, colour));
            }
        }
        for (status, tone) in tones(&theme) {
            assert!(contrast(theme.text, tone.fill) >= TEXT, "{name}: text on {status:?}");
            assert!(contrast(tone.mark, tone.fill) >= TEXT, "{name}: the mark of {status:?} on its fill");
        }
        assert!(contrast(theme.on_accent, theme.accent) >= TEXT, "{name}: text on the accent");
        for fill in [0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0x1F_3864] {
            assert!(contrast(theme.text, theme.muted_fill(fill)) >= TEXT, "{name}: text on the fill {fill:06X}");
        }
    }
}

#[test]
fn edges_and_the_focus_ring_can_be_seen() {
    for (name, theme) in ALL {
        for (ground, colour) in grounds(&theme) {
            assert!(contrast(theme.accent, colour) >= SHAPE, "{name}: the focus ring on {ground}");
            assert!(contrast(theme.outline, colour) >= SHAPE, "{name}: an outline on {ground}, {:.2}", contrast(theme.outline, colour));
        }
        for (status, tone) in tones(&theme) {
            assert!(contrast(theme.accent, tone.fill) >= SHAPE, "{name}: the focus ring on {status:?}");
        }
    }
}

#[test]
fn high_contrast_is_higher_than_any() {
    for (ground, colour) in grounds(&HIGH_CONTRAST) {
        assert!(contrast(HIGH_CONTRAST.text, colour) >= 12.0, "text on {ground}");
        assert!(contrast(HIGH_CONTRAST.muted, colour) >= 7.0, "muted text on {ground}");
        assert!(contrast(HIGH_CONTRAST.hairline, colour) >= SHAPE, "a line on {ground}");
    }
}

#[test]
fn statuses_are_told_apart_without_colour() {
    let forms: HashSet<_> = Status::ALL.map(Status::sign).into();
    let words: HashSet<_> = Status::ALL.map(Status::word).into();
    assert_eq!((forms.len(), words.len()), (Status::ALL.len(), Status::ALL.len()), "each status has a shape and a word of its own");
    let forms: HashSet<_> = Rating::ALL.map(Rating::sign).into();
    let words: HashSet<_> = Rating::ALL.map(Rating::word).into();
    assert_eq!((forms.len(), words.len()), (Rating::ALL.len(), Rating::ALL.len()), "and so has each rating");
    for (name, theme) in ALL {
        for (at, (one, a)) in tones(&theme).enumerate() {
            for (other, b) in tones(&theme).take(at) {
                let apart = |sees| distance(a.mark, b.mark, sees).max(distance(a.fill, b.fill, sees));
                // Grey leaves too little between five equally legible marks: there the shapes tell.
                assert!(apart(grey) >= APART || one.sign() != other.sign(), "{name}: {one:?} and {other:?} in grey, {:.1}", apart(grey));
                assert!(apart(deuteranopia) >= APART, "{name}: {one:?} and {other:?} in deuteranopia, {:.1}", apart(deuteranopia));
            }
        }
    }
}
