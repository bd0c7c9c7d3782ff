//! The colours and sizes of all charts.
//!
//! The palette is checked by tests: neighbours differ for readers with normal sight, without red cones
//! (protanopia), without green cones (deuteranopia), and in a grey photocopy. This module decides no
//! positions.

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Color {
    /// A colour from `0xRRGGBB`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self { r, g, b }
    }

    /// The colour in CSS notation.
    ///
    /// ```
    /// assert_eq!(corridor::plot::theme::palette(0).css(), "#0072B2");
    /// ```
    #[must_use]
    pub fn css(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.r, self.g, self.b)
    }

    /// This colour with a share of another (0 to 1) mixed in.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| byte(f64::from(a) + (f64::from(b) - f64::from(a)) * share);
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b) }
    }

    /// Contrast on white as defined by WCAG: 1 (white) to 21 (black); text needs 4.5.
    #[must_use]
    pub fn contrast_on_white(self) -> f64 {
        // A polynomial for the sRGB curve: within 0.003, and no powf whose last bit depends on the machine.
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            c * (c * (c * 0.305_306_011 + 0.682_171_111) + 0.012_522_878)
        };
        let luminance = 0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b);
        1.05 / (luminance + 0.05)
    }

    /// The same hue, dark enough to be read as text on white.
    #[must_use]
    pub fn as_ink(self) -> Self {
        (0..20)
            .map(|step| self.mixed(INK, f64::from(step) * 0.05))
            .find(|c| c.contrast_on_white() >= 4.6)
            .unwrap_or(INK)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded and clamped to 0..=255 just before"
)]
fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// Text, observations, history.
pub const INK: Color = Color::hex(0x1C_21_26);
/// Subtitles, axis numbers, values after names.
pub const GREY: Color = Color::hex(0x5B_65_70);
/// `other`, and names outside the list.
pub const OTHER: Color = Color::hex(0x86_8D_95);
/// Horizontal grid lines.
pub const GRID: Color = Color::hex(0xDF_E3_E8);
/// The zero line and its ticks.
pub const AXIS: Color = Color::hex(0x6A_73_7D);
/// Vertical markers, which also cross coloured areas.
pub const MARKER: Color = Color::hex(0x3A_42_4B);
/// Paper, and the thin gaps between stacked parts.
pub const PAPER: Color = Color::hex(0xFF_FF_FF);

/// An input with a low value, in a chart of what drives a result; [`HIGH`] is for a high value.
pub const LOW: Color = palette(1);
/// See [`LOW`].
pub const HIGH: Color = palette(0);
/// An increase; [`LOSS`] is for a decrease.
pub const GAIN: Color = palette(7);
/// See [`GAIN`].
pub const LOSS: Color = palette(8);
/// Sums beside their parts.
pub const TOTAL: Color = Color::hex(0x3F_4A_55);

/// Every colour stands out from white with a contrast of at least 3:1, which WCAG 2.2 asks of graphics;
/// neighbours differ in lightness as well, so that they are distinguishable in grey and for colour-blind
/// readers. Found by a search that started from the first hues and kept close to them: as far apart as they
/// can be for normal, protanopic and deuteranopic sight.
const PALETTE: [Color; 20] = [
    Color::hex(0x00_72_B2), // blue
    Color::hex(0xCB_7A_04), // orange
    Color::hex(0x10_77_33), // green
    Color::hex(0x3B_93_C9), // sky
    Color::hex(0x87_21_54), // wine
    Color::hex(0x92_7E_2B), // sand
    Color::hex(0x2A_1D_79), // indigo
    Color::hex(0x22_91_82), // teal
    Color::hex(0x8D_2B_15), // brick
    Color::hex(0xC4_74_A7), // rose
    Color::hex(0x4A_1D_5F), // plum
    Color::hex(0x73_9D_52), // leaf
    Color::hex(0x33_61_79), // steel
    Color::hex(0x2C_85_F0), // azure
    Color::hex(0x5A_19_21), // dark wine
    Color::hex(0x13_6C_6C), // pine
    Color::hex(0x6C_02_0C), // maroon
    Color::hex(0x46_8A_D7), // cornflower
    Color::hex(0x82_21_3D), // raspberry
    Color::hex(0x54_9B_78), // sage
];

/// The number of colours in the palette.
pub const COLORS: usize = PALETTE.len();

/// The i-th colour; it repeats after twenty. The first ten are the easiest to distinguish.
#[must_use]
pub const fn palette(i: usize) -> Color {
    PALETTE[i % PALETTE.len()]
}

/// The colour of a name among all names of its kind, so that it is the same in every picture: give the same
/// list everywhere. A name that isn't in the list (`other`) is [`OTHER`] grey.
///
/// ```
/// use corridor::plot::theme;
/// let products = ["flour", "sugar", "pork"];
/// assert_eq!(theme::color_for("sugar", &products), theme::palette(1));
/// assert_eq!(theme::color_for("other", &products), theme::OTHER);
/// ```
#[must_use]
pub fn color_for(name: &str, among: &[&str]) -> Color {
    among.iter().position(|known| *known == name).map_or(OTHER, palette)
}

/// Width of the picture in logical pixels.
pub const WIDTH: f64 = 800.0;
/// Height of the picture in logical pixels.
pub const HEIGHT: f64 = 500.0;
/// The fonts for SVG viewers, including some for scripts that Inter lacks; PNG text is always drawn with the
/// bundled Inter.
pub const FONT_FAMILY: &str = "Inter, Helvetica, Arial, 'Noto Sans', 'Noto Sans KR', 'Noto Sans SC', 'Noto \
     Sans JP', 'Noto Sans Arabic', sans-serif";

/// The empty margin of the picture.
pub(super) const PAD: f64 = 22.0;
/// Font sizes.
pub(super) const TITLE: f64 = 21.0;
pub(super) const LONG_TITLE: f64 = 16.5;
pub(super) const SUBTITLE: f64 = 13.5;
pub(super) const SMALL: f64 = 12.0;
pub(super) const LABEL: f64 = 12.5;
pub(super) const SMALL_LABEL: f64 = 11.0;
pub(super) const SOURCE: f64 = 11.0;
/// Tint of a band, over white and grid.
pub(super) const HALF_TINT: f64 = 0.34;
pub(super) const NINE_IN_TEN_TINT: f64 = 0.20;
