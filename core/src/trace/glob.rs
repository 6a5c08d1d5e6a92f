//! Patterns with `*` and `?`, as conditions of ALB rules have them.
//!
//! Regular expressions are `matching`'s business.

/// Whether upper and lower case differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `a` is not `A`.
    Matters,
    /// `a` is `A`.
    Ignored,
}

/// Whether a backslash takes the meaning from `*` and `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// It stands for itself.
    None,
    /// It does, as in query strings.
    Backslash,
}

#[derive(Clone, Copy)]
enum Token {
    Any,
    One,
    Byte(u8),
}

/// Whether `pattern` describes all of `text`: `*` stands for any characters, `?` for exactly one.
pub fn matches(pattern: &str, text: &str, case: Case, escape: Escape) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut read) = (0, 0);
    // Where to go on when the last `*` takes one character more.
    let mut retry: Option<(usize, usize)> = None;
    while read < text.len() {
        match token(pattern, at, escape) {
            Some((Token::Any, next)) => {
                retry = Some((next, read));
                at = next;
            }
            Some((token, next)) if fits(token, text[read], case) => (at, read) = (next, read + 1),
            _ => {
                let Some((after, taken)) = retry else { return false };
                retry = Some((after, taken + 1));
                (at, read) = (after, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

fn fits(token: Token, byte: u8, case: Case) -> bool {
    match (token, case) {
        (Token::Byte(own), Case::Matters) => own == byte,
        (Token::Byte(own), Case::Ignored) => own.eq_ignore_ascii_case(&byte),
        (Token::Any | Token::One, _) => true,
    }
}

/// The token at a place of the pattern, and the place after it.
fn token(pattern: &[u8], at: usize, escape: Escape) -> Option<(Token, usize)> {
    let escaped = || pattern.get(at + 1).filter(|_| escape == Escape::Backslash);
    Some(match (pattern.get(at)?, escaped()) {
        (b'*', _) => (Token::Any, at + 1),
        (b'?', _) => (Token::One, at + 1),
        (b'\\', Some(byte)) => (Token::Byte(*byte), at + 2),
        (byte, _) => (Token::Byte(*byte), at + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(pattern: &str, text: &str) -> bool {
        matches(pattern, text, Case::Matters, Escape::None)
    }

    #[test]
    fn stars_and_question_marks() {
        assert!(path("/*", "/"));
        assert!(path("/img/*/pics", "/img/a/b/pics"));
        assert!(!path("/img/*/pics", "/img/pics"));
        assert!(path("/a?c", "/abc"));
        assert!(!path("/a?c", "/ac"));
        assert!(path("*.example.com", "a.b.example.com"));
        assert!(!path("*.example.com", "example.com"));
        assert!(path("**a*", "bab"));
        assert!(path("", "") && !path("", "a") && path("*", ""));
    }

    #[test]
    fn case_and_backslashes() {
        assert!(!path("/Cart", "/cart"));
        assert!(matches("A.Example.com", "a.example.COM", Case::Ignored, Escape::None));
        assert!(matches(r"a\*", "a*", Case::Ignored, Escape::Backslash));
        assert!(!matches(r"a\*", "ab", Case::Ignored, Escape::Backslash));
        assert!(path(r"a\*", r"a\b"));
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!path(&format!("{}c", "*a".repeat(60)), &"a".repeat(4000)));
    }
}
