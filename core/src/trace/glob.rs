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

enum Token {
    Any,
    One,
    Byte(u8),
}

/// Whether `pattern` describes all of `text`: `*` stands for any characters, `?` for exactly one.
pub fn matches(pattern: &str, text: &str, case: Case, escape: Escape) -> bool {
    let (tokens, text) = (tokens(pattern, escape), text.as_bytes());
    let (mut at, mut read) = (0, 0);
    // Where to go on when the last `*` takes one character more.
    let mut retry: Option<(usize, usize)> = None;
    while read < text.len() {
        match tokens.get(at) {
            Some(Token::Any) => {
                retry = Some((at + 1, read));
                at += 1;
            }
            Some(token) if fits(token, text[read], case) => (at, read) = (at + 1, read + 1),
            _ => {
                let Some((after, taken)) = retry else { return false };
                retry = Some((after, taken + 1));
                (at, read) = (after, taken + 1);
            }
        }
    }
    tokens[at..].iter().all(|token| matches!(token, Token::Any))
}

fn fits(token: &Token, byte: u8, case: Case) -> bool {
    match (token, case) {
        (Token::Byte(own), Case::Matters) => *own == byte,
        (Token::Byte(own), Case::Ignored) => own.eq_ignore_ascii_case(&byte),
        (Token::Any | Token::One, _) => true,
    }
}

fn tokens(pattern: &str, escape: Escape) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(pattern.len());
    let mut bytes = pattern.bytes();
    while let Some(byte) = bytes.next() {
        tokens.push(match byte {
            b'*' => Token::Any,
            b'?' => Token::One,
            b'\\' if escape == Escape::Backslash => Token::Byte(bytes.next().unwrap_or(byte)),
            byte => Token::Byte(byte),
        });
    }
    tokens
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
