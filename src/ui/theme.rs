//! Every colour, size and font of the window, as tokens for each appearance. No other file names a colour.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Visuals, vec2,
};

use crate::{model::Status, store::Appearance};

/// A mark and the quiet fill behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone {
    pub mark: Color32,
    pub fill: Color32,
}

/// The tokens of one appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    pub dark: bool,
    pub background: Color32,
    pub panel: Color32,
    pub text: Color32,
    pub muted: Color32,
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Behind what is selected; the accent, thinned.
    pub selected: Color32,
    pub hovered: Color32,
    pub hairline: Color32,
    /// Around what can be pressed or typed in.
    pub outline: Color32,
    pub not_started: Tone,
    pub major_problems: Tone,
    pub minor_problems: Tone,
    pub in_progress: Tone,
    pub complete: Tone,
    pub on_hold: Tone,
    pub cancelled: Tone,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn tone(mark: u32, fill: u32) -> Tone {
    Tone { mark: rgb(mark), fill: rgb(fill) }
}

/// The default appearance.
pub const LIGHT: Theme = Theme {
    dark: false,
    background: rgb(0xFF_FFFF),
    panel: rgb(0xF4_F6F8),
    text: rgb(0x1B_2430),
    muted: rgb(0x56_6273),
    accent: rgb(0x0B_5CAD),
    on_accent: rgb(0xFF_FFFF),
    selected: rgb(0xE3_EEFA),
    hovered: rgb(0xEA_EEF2),
    hairline: rgb(0xD9_DEE5),
    outline: rgb(0x7A_8695),
    not_started: tone(0x5F_6B7A, 0xE9_ECEF),
    major_problems: tone(0xB3_261E, 0xFB_DDDA),
    minor_problems: tone(0x8A_5300, 0xFF_E9BF),
    in_progress: tone(0x1C_7433, 0xDB_F1DF),
    complete: tone(0x0B_5CAD, 0xD9_E9FA),
    on_hold: tone(0x6B_4C9A, 0xEC_E4F6),
    cancelled: tone(0x3C_4550, 0xCF_D5DB),
};

/// For dark rooms.
pub const DARK: Theme = Theme {
    dark: true,
    background: rgb(0x15_191F),
    panel: rgb(0x1C_222A),
    text: rgb(0xE7_ECF2),
    muted: rgb(0xA3_AEBB),
    accent: rgb(0x6D_B3F8),
    on_accent: rgb(0x15_191F),
    selected: rgb(0x1D_3147),
    hovered: rgb(0x26_2E38),
    hairline: rgb(0x32_3B46),
    outline: rgb(0x74_8191),
    not_started: tone(0xAE_B8C4, 0x2A_313A),
    major_problems: tone(0xFF_8A80, 0x4A_1F1D),
    minor_problems: tone(0xFF_C24D, 0x43_320F),
    in_progress: tone(0x74_DCA4, 0x17_3B22),
    complete: tone(0x7D_BDFB, 0x16_324D),
    on_hold: tone(0xC9_AEF2, 0x36_2850),
    cancelled: tone(0xDD_E3EA, 0x47_5260),
};

/// For those who need strong edges: white on black, and yellow for where they are.
pub const HIGH_CONTRAST: Theme = Theme {
    dark: true,
    background: rgb(0x00_0000),
    panel: rgb(0x0D_0D0D),
    text: rgb(0xFF_FFFF),
    muted: rgb(0xDA_DADA),
    accent: rgb(0xFF_D60A),
    on_accent: rgb(0x00_0000),
    selected: rgb(0x1B_3558),
    hovered: rgb(0x2B_2B2B),
    hairline: rgb(0x8C_8C8C),
    outline: rgb(0xC4_C4C4),
    not_started: tone(0xE6_E6E6, 0x30_3030),
    major_problems: tone(0xFF_9C95, 0x5C_100D),
    minor_problems: tone(0xFF_CB45, 0x4A_3500),
    in_progress: tone(0x84_EE9F, 0x0A_4220),
    complete: tone(0x94_CCFF, 0x0C_3560),
    on_hold: tone(0xEE_D4FF, 0x52_2B85),
    cancelled: tone(0xFF_FFFF, 0x55_5555),
};

/// The semibold face of the interface font.
pub const SEMIBOLD: &str = "semibold";
/// The face the icons are drawn in.
pub const ICONS: &str = "icons";

/// The size of text in the grid, in points.
pub const GRID_SIZE: f32 = 14.0;
/// The size of muted text, in points.
pub const SMALL_SIZE: f32 = 12.0;
/// The size of a view's title, in points.
pub const TITLE_SIZE: f32 = 18.0;

/// Semibold text of a size in points.
#[must_use]
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
}

/// Plain text of a size in points.
#[must_use]
pub fn plain(size: f32) -> FontId {
    FontId::proportional(size)
}

/// An icon of a size in points.
#[must_use]
pub fn icons(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(ICONS.into()))
}

/// A colour of an owner's own, 0xRRGGBB, as it is.
#[must_use]
pub fn own(colour: u32) -> Color32 {
    rgb(colour)
}

impl Theme {
    /// The tokens of an appearance, in a context that may follow the system.
    #[must_use]
    pub fn of(ctx: &egui::Context, appearance: Appearance) -> Self {
        match (appearance, ctx.theme()) {
            (Appearance::HighContrast, _) => HIGH_CONTRAST,
            (_, egui::Theme::Dark) => DARK,
            (_, egui::Theme::Light) => LIGHT,
        }
    }

    /// The mark and fill of a status.
    #[must_use]
    pub fn status(&self, status: Status) -> Tone {
        match status {
            Status::NotStarted => self.not_started,
            Status::MajorProblems => self.major_problems,
            Status::MinorProblems => self.minor_problems,
            Status::InProgress => self.in_progress,
            Status::Complete => self.complete,
            Status::OnHold => self.on_hold,
            Status::Cancelled => self.cancelled,
        }
    }

    /// The fill of a workbook's cell, 0xRRGGBB, thinned so that text stays readable on it.
    #[must_use]
    pub fn muted_fill(&self, fill: u32) -> Color32 {
        self.background.lerp_to_gamma(rgb(fill), if self.dark { 0.2 } else { 0.24 })
    }

    fn visuals(&self) -> Visuals {
        let mut visuals = if self.dark { Visuals::dark() } else { Visuals::light() };
        let line = Stroke::new(1.0, self.hairline);
        visuals.override_text_color = Some(self.text);
        visuals.weak_text_color = Some(self.muted);
        visuals.panel_fill = self.panel;
        visuals.window_fill = self.background;
        visuals.extreme_bg_color = self.background;
        visuals.faint_bg_color = self.panel;
        visuals.text_edit_bg_color = Some(self.background);
        visuals.window_stroke = line;
        visuals.window_corner_radius = CornerRadius::same(8);
        visuals.menu_corner_radius = CornerRadius::same(6);
        visuals.hyperlink_color = self.accent;
        visuals.warn_fg_color = self.minor_problems.mark;
        visuals.error_fg_color = self.major_problems.mark;
        visuals.selection.bg_fill = self.selected;
        visuals.selection.stroke = Stroke::new(2.0, self.accent);
        let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(if self.dark { 120 } else { 40 }) };
        visuals.popup_shadow = shadow;
        visuals.window_shadow = shadow;
        let widgets = &mut visuals.widgets;
        for (state, fill, stroke) in [
            (&mut widgets.noninteractive, self.panel, line),
            (&mut widgets.inactive, self.background, Stroke::new(1.0, self.outline)),
            (&mut widgets.hovered, self.hovered, Stroke::new(1.0, self.muted)),
            // What has the keyboard, too.
            (&mut widgets.active, self.selected, Stroke::new(2.0, self.accent)),
            (&mut widgets.open, self.selected, Stroke::new(1.0, self.outline)),
        ] {
            state.bg_fill = fill;
            state.weak_bg_fill = fill;
            state.bg_stroke = stroke;
            state.fg_stroke = Stroke::new(1.0, self.text);
            state.corner_radius = CornerRadius::same(4);
            state.expansion = 0.0;
        }
        visuals
    }
}

/// Shows an appearance in a context, everything in it `factor` times as large as usual.
pub fn choose(ctx: &egui::Context, appearance: Appearance, factor: f32) {
    ctx.set_zoom_factor(factor);
    // egui knows of two, so high contrast stands in for its dark one.
    let (preference, dark) = match appearance {
        Appearance::Light => (egui::ThemePreference::Light, DARK),
        Appearance::Dark => (egui::ThemePreference::Dark, DARK),
        Appearance::HighContrast => (egui::ThemePreference::Dark, HIGH_CONTRAST),
        Appearance::System => (egui::ThemePreference::System, DARK),
    };
    ctx.style_mut_of(egui::Theme::Dark, |style| {
        let blinks = style.visuals.text_cursor.blink;
        style.visuals = dark.visuals();
        style.visuals.text_cursor.blink = blinks;
    });
    ctx.set_theme(preference);
}

/// Has nothing move by itself, where each frame costs a processor's time.
pub fn keep_still(ctx: &egui::Context) {
    ctx.all_styles_mut(|style| {
        style.visuals.text_cursor.blink = false;
        style.scroll_animation = egui::style::ScrollAnimation::none();
    });
}

/// Gives a context the fonts, and the appearances it may show.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    // Zooming is the program's own, and remembered.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // Where the system says nothing.
        options.fallback_theme = egui::Theme::Light;
    });
    for (theme, tokens) in [(egui::Theme::Light, LIGHT), (egui::Theme::Dark, DARK)] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = tokens.visuals();
            style.text_styles = [
                (TextStyle::Small, plain(SMALL_SIZE)),
                (TextStyle::Body, plain(GRID_SIZE)),
                (TextStyle::Button, plain(GRID_SIZE)),
                (TextStyle::Heading, semibold(TITLE_SIZE)),
                (TextStyle::Monospace, plain(GRID_SIZE)),
            ]
            .into();
            style.spacing.item_spacing = vec2(8.0, 8.0);
            style.spacing.button_padding = vec2(12.0, 4.0);
            style.spacing.interact_size = vec2(40.0, 28.0);
            style.spacing.menu_margin = Margin::same(6);
            style.spacing.window_margin = Margin::same(20);
            style.interaction.selectable_labels = false;
            style.animation_time = 0.0;
            style.spacing.scroll.fade.strength = 0.0;
        });
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces: [(&str, &'static [u8]); 3] = [
        ("inter", include_bytes!("../../assets/fonts/Inter-Regular.otf")),
        (SEMIBOLD, include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
        (ICONS, lucide_icons::LUCIDE_FONT_BYTES),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let families = [
        (FontFamily::Proportional, ["inter", ICONS]),
        (FontFamily::Monospace, ["inter", ICONS]),
        (FontFamily::Name(SEMIBOLD.into()), [SEMIBOLD, ICONS]),
        (FontFamily::Name(ICONS.into()), [ICONS, "inter"]),
    ];
    for (family, names) in families {
        fonts.families.insert(family, names.map(str::to_owned).into());
    }
    fonts
}

#[cfg(test)]
mod contrast;
