//! From the brand's one colour to all that are used, each readable where it stands.

/// Contrast that normal text needs on its ground, after WCAG 2.1 AA.
const CONTRAST_MIN: f32 = 4.5;

/// The grounds in light and in dark that are hardest to read on; `style.css` calls them raised.
const LIGHT_GROUND: Colour = Colour { red: 244, green: 245, blue: 246 };
const DARK_GROUND: Colour = Colour { red: 36, green: 39, blue: 46 };

/// A colour of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// What is made of the brand's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The brand's colour itself: grounds of buttons and of the visitor's lines.
    pub accent: Colour,
    /// Text on it: whichever of black and white reads better.
    pub on_accent: Colour,
    /// The brand's colour as text on the light ground: darker where it must be.
    pub light_ink: Colour,
    /// The brand's colour as text on the dark ground: lighter where it must be.
    pub dark_ink: Colour,
}

impl Look {
    /// Takes `#rrggbb`; `None` when it is not that.
    pub fn of(accent: &str) -> Option<Self> {
        let accent = Colour::read(accent)?;
        Some(Self {
            accent,
            on_accent: if accent.contrast(Colour::WHITE) >= accent.contrast(Colour::INK) {
                Colour::WHITE
            } else {
                Colour::INK
            },
            light_ink: accent.until_readable(LIGHT_GROUND, Colour::BLACK),
            dark_ink: accent.until_readable(DARK_GROUND, Colour::WHITE),
        })
    }
}

impl Colour {
    const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    const INK: Self = Self { red: 15, green: 17, blue: 21 };

    /// As style sheets write it.
    pub fn css(self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| DIGITS[usize::from(nibble & 15)] as char;
        let channels = [self.red, self.green, self.blue];
        std::iter::once('#').chain(channels.into_iter().flat_map(|c| [digit(c >> 4), digit(c)])).collect()
    }

    fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self { red: channel(0)?, green: channel(2)?, blue: channel(4)? })
    }

    /// Goes towards `end` until it can be read on `ground`.
    fn until_readable(self, ground: Self, end: Self) -> Self {
        const STEPS: u16 = 20;
        let mixed = (0..=STEPS).map(|step| self.mixed(end, step, STEPS));
        mixed.into_iter().find(|colour| colour.contrast(ground) >= CONTRAST_MIN).unwrap_or(end)
    }

    fn mixed(self, other: Self, part: u16, of: u16) -> Self {
        let mix = |a: u8, b: u8| {
            let sum = u16::from(a) * (of - part) + u16::from(b) * part;
            u8::try_from(sum / of).unwrap_or(u8::MAX)
        };
        Self {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }

    /// The ratio of WCAG 2.1: from 1 (the same) to 21 (black and white).
    fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let share = f32::from(channel) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                f64::from((share + 0.055) / 1.055).powf(2.4) as f32
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRANDS: [&str; 9] =
        ["#000000", "#ffffff", "#ffd400", "#0f62fe", "#ff5a5f", "#00a86b", "#7f7f7f", "#1f2a44", "#c8ff00"];

    #[test]
    fn text_is_readable_whatever_the_brand() {
        for brand in BRANDS {
            let look = Look::of(brand).expect("a colour");
            assert!(look.accent.contrast(look.on_accent) >= CONTRAST_MIN, "{brand}: {look:?}");
            assert!(look.light_ink.contrast(LIGHT_GROUND) >= CONTRAST_MIN, "{brand}: {look:?}");
            assert!(look.dark_ink.contrast(DARK_GROUND) >= CONTRAST_MIN, "{brand}: {look:?}");
        }
    }

    #[test]
    fn a_readable_brand_is_left_as_it_is() {
        let look = Look::of("#0f62fe").expect("a colour");
        assert_eq!((look.accent.css(), look.light_ink.css()), ("#0f62fe".to_owned(), "#0f62fe".to_owned()));
        assert_eq!(look.on_accent, Colour::WHITE);
    }

    #[test]
    fn what_is_not_a_colour_is_not_one() {
        for bad in ["", "red", "#fff", "#12345g", "123456", "#1234567", "#é1234"] {
            assert_eq!(Look::of(bad), None, "{bad}");
        }
    }
}
