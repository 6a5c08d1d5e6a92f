//! Breaks text into lines at blanks, and inside words only where nothing else helps.
//!
//! Every character counts as one column.

use super::super::page::{Line, Span, Style};

/// Lines of at most `width` columns; at least one.
pub fn wrap(text: &[Span], width: usize) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    for span in text {
        for word in span.text.split_inclusive(' ') {
            add(&mut lines, word, span.style, width);
        }
    }
    lines
}

fn add(lines: &mut Vec<Line>, word: &str, style: Style, width: usize) {
    let used = lines.last().map_or(0, Line::width);
    let needed = word.trim_end().chars().count();
    if used > 0 && used + needed > width {
        lines.push(Line::default());
    }
    let letters: Vec<char> = word.chars().collect();
    let mut rest = letters.as_slice();
    let mut left = needed;
    while left > width {
        let (now, later) = rest.split_at(width);
        put(lines, &now.iter().collect::<String>(), style);
        lines.push(Line::default());
        (rest, left) = (later, left - width);
    }
    put(lines, &rest.iter().collect::<String>(), style);
}

fn put(lines: &mut [Line], text: &str, style: Style) {
    let Some(line) = lines.last_mut() else { return };
    match line.0.last_mut() {
        Some(span) if span.style == style => span.text.push_str(text),
        _ => line.push(style, text),
    }
}

/// Plain lines of at most `width` columns.
pub fn hard(text: &str, width: usize) -> Vec<String> {
    let lines = wrap(&[Span::new(Style::Plain, text)], width);
    lines.iter().map(|line| line.0.iter().map(|span| span.text.trim_end()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::hard;

    #[test]
    fn breaks_at_blanks() {
        assert_eq!(hard("one two three", 8), ["one two", "three"]);
    }

    #[test]
    fn breaks_inside_a_long_word() {
        assert_eq!(hard("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
    }
}
