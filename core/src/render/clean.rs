//! Takes the power out of characters that steer terminals.
//!
//! It changes no text that is only data: JSON and YAML escape by their own rules.

use std::borrow::Cow;

/// `text` with every character that a terminal would obey replaced by one that it shows.
///
/// One character stays one character, so that columns keep their meaning.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_steering) { Cow::Owned(text.chars().map(shown).collect()) } else { Cow::Borrowed(text) }
}

/// Control characters, and those that reorder or hide the text around them.
fn is_steering(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn shown(letter: char) -> char {
    match letter {
        '\t' => ' ',
        // Unicode's pictures of the control characters stand in their order.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        other if is_steering(other) => '\u{fffd}',
        other => other,
    }
}
