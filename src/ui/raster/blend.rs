//! Colours over colours: premultiplied, as egui's are, and two channels of a pixel at a time. Knows no place.

use eframe::egui::Color32;

/// Every second channel of a pixel.
const HALF: u32 = 0x00FF_00FF;

fn packed(colour: Color32) -> u32 {
    u32::from_le_bytes(colour.to_array())
}

fn unpacked(pixel: u32) -> Color32 {
    let [r, g, b, a] = pixel.to_le_bytes();
    Color32::from_rgba_premultiplied(r, g, b, a)
}

/// Two channels, each times `factor` of 255 and rounded.
fn scaled(channels: u32, factor: u32) -> u32 {
    let product = channels * factor + 0x0080_0080;
    ((product + ((product >> 8) & HALF)) >> 8) & HALF
}

/// Two channels and two others, none above 255.
fn added(channels: u32, others: u32) -> u32 {
    let sum = channels + others;
    let carried = sum & 0x0100_0100;
    (sum | (carried - (carried >> 8))) & HALF
}

fn over_packed(source: u32, below: u32) -> u32 {
    let rest = 255 - (source >> 24);
    let even = added(scaled(below & HALF, rest), source & HALF);
    let odd = added(scaled((below >> 8) & HALF, rest), (source >> 8) & HALF);
    even | (odd << 8)
}

/// One premultiplied colour over another.
pub(super) fn over(source: Color32, below: Color32) -> Color32 {
    unpacked(over_packed(packed(source), packed(below)))
}

/// A colour over each pixel of a row.
pub(super) fn fill(pixels: &mut [Color32], source: Color32) {
    if source.a() == 255 {
        pixels.fill(source);
    } else if source != Color32::TRANSPARENT {
        let source = packed(source);
        for pixel in pixels {
            *pixel = unpacked(over_packed(source, packed(*pixel)));
        }
    }
}

/// A colour seen through a grain: each channel times the other's.
pub(super) fn through(colour: Color32, grain: Color32) -> Color32 {
    if grain == Color32::WHITE {
        return colour;
    }
    let channel = |one: u8, other: u8| ((u32::from(one) * u32::from(other) + 127) / 255) as u8;
    Color32::from_rgba_premultiplied(
        channel(colour.r(), grain.r()),
        channel(colour.g(), grain.g()),
        channel(colour.b(), grain.b()),
        channel(colour.a(), grain.a()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_blended_as_one_by_one() {
        let slow = |source: u8, below: u8, rest: u32| (u32::from(source) + (u32::from(below) * rest + 127) / 255).min(255) as u8;
        for alpha in 0..=255 {
            for below in 0..=255 {
                let source = Color32::from_rgba_premultiplied(alpha / 2, alpha, 255 - below, alpha);
                let found = over(source, Color32::from_rgba_premultiplied(below, 255 - below, below / 3, below));
                let rest = 255 - u32::from(alpha);
                let expected = [
                    slow(alpha / 2, below, rest),
                    slow(alpha, 255 - below, rest),
                    slow(255 - below, below / 3, rest),
                    slow(alpha, below, rest),
                ];
                assert_eq!(found.to_array(), expected, "{source:?} over {below}");
            }
        }
    }
}
