//! How wide text is, and shortening it.
//!
//! Widths are those of Helvetica, which Arial, Liberation Sans and Nimbus Sans share; other fonts come close.

use unicode_width::UnicodeWidthChar;

/// Height of a line of a label.
pub const LINE: i32 = 16;

/// Size of the font.
const SIZE: i32 = 12;

/// Advance widths of the printable ASCII characters, in thousandths of the font's size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// Thousandths of the font's size that a character takes.
fn advance(letter: char) -> i32 {
    if let Some(ascii) = (letter as u32).checked_sub(0x20).and_then(|place| WIDTHS.get(place as usize)) {
        return i32::from(*ascii);
    }
    match letter.width() {
        Some(0) => 0,
        Some(1) => 620,
        _ => 1000,
    }
}

/// Pixels to keep free for `text`, with a reserve for other fonts.
pub fn width(text: &str, is_bold: bool) -> i32 {
    let natural = natural(text, is_bold);
    natural + natural / 20 + 1
}

/// Pixels that `text` takes; bold text is a little wider.
pub fn natural(text: &str, is_bold: bool) -> i32 {
    let thousandths: i64 = text.chars().map(|letter| i64::from(advance(letter))).sum();
    let percent = if is_bold { 106 } else { 100 };
    i32::try_from(thousandths * i64::from(SIZE) * percent / 100_000).unwrap_or(i32::MAX / 2)
}

/// `text` with `…` in place of its middle when it takes more than `room` pixels.
pub fn shortened(text: &str, is_bold: bool, room: i32) -> String {
    if text.len() <= 8 || width(text, is_bold) <= room {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let cut = |kept: usize| -> String {
        let (head, tail) = (kept.div_ceil(2), kept / 2);
        letters[..head].iter().chain(&['…']).chain(&letters[letters.len() - tail..]).collect()
    };
    // Long texts are never measured whole: what fits is at most `room` pixels of narrow letters.
    let most = letters.len().min(usize::try_from(room).unwrap_or(0) / 2);
    let (mut fits, mut fails) = (1, most.max(2));
    while fails - fits > 1 {
        let middle = usize::midpoint(fits, fails);
        if width(&cut(middle), is_bold) <= room {
            fits = middle;
        } else {
            fails = middle;
        }
    }
    cut(fits)
}

#[cfg(test)]
mod tests {
    use super::{shortened, width};

    #[test]
    fn wide_letters_count() {
        assert!(width("漢字", false) > width("ab", false));
        assert_eq!(width("e\u{301}", false), width("e", false));
        assert!(width("abc", true) > width("abc", false));
    }

    #[test]
    fn the_middle_goes() {
        let short = shortened("example-namespace/a-very-long-name:8080", false, 120);
        assert!(short.starts_with("example") && short.ends_with("8080") && short.contains('…'), "{short}");
        assert!(width(&short, false) <= 120, "{short}");
        assert_eq!(shortened("short", false, 120), "short");
        assert!(shortened(&"漢".repeat(10_000), true, 200).chars().count() < 20);
    }
}
