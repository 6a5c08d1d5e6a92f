//! What a plain scalar means under YAML 1.1, as kubectl's YAML library reads it.
//! It does not look at quoted scalars, which are text.

use super::NodeValue;

/// A plain scalar's meaning. `Text` stands for the scalar itself, so that nothing is copied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    /// May be infinite or not a number.
    Float(f64),
    Text,
}

/// Resolves a plain scalar.
pub(super) fn resolve(text: &str) -> Scalar {
    match text.bytes().next() {
        None => Scalar::Null,
        Some(b'0'..=b'9' | b'+' | b'-') => constant(text).unwrap_or_else(|| resolve_number(text)),
        Some(b'.') => constant(text).unwrap_or_else(|| resolve_fraction(text)),
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            constant(text).unwrap_or(Scalar::Text)
        }
        Some(_) => Scalar::Text,
    }
}

fn constant(text: &str) -> Option<Scalar> {
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Scalar::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

fn resolve_fraction(text: &str) -> Scalar {
    finite(text).map_or(Scalar::Text, Scalar::Float)
}

fn resolve_number(text: &str) -> Scalar {
    let plain: std::borrow::Cow<'_, str> = if text.contains('_') { text.replace('_', "").into() } else { text.into() };
    match integer(&plain) {
        Some(Integer::Fits(number)) => Scalar::Int(number),
        Some(Integer::Large(number)) => Scalar::Float(number),
        None => resolve_fraction(&plain),
    }
}

/// A decimal fraction, and none of the words Rust's parser also takes for numbers.
fn finite(text: &str) -> Option<f64> {
    let is_decimal = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    text.parse().ok().filter(|number: &f64| is_decimal && number.is_finite())
}

enum Integer {
    Fits(i64),
    Large(f64),
}

/// An integer whose prefix states its base: `0x`, `0b`, `0o`, or a bare `0` for octal.
fn integer(text: &str) -> Option<Integer> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (base, digits) = split_base(digits);
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    let magnitude = digits
        .chars()
        .try_fold(0i128, |sum, digit| sum.checked_mul(base.into())?.checked_add(digit.to_digit(base)?.into()));
    let signed = magnitude.map(|number| if negative { -number } else { number });
    Some(match signed.map(i64::try_from) {
        Some(Ok(number)) => Integer::Fits(number),
        _ => Integer::Large(large(negative, base, digits)),
    })
}

fn large(negative: bool, base: u32, digits: &str) -> f64 {
    let magnitude = match base {
        10 => digits.parse().unwrap_or(f64::MAX),
        _ => digits
            .chars()
            .filter_map(|digit| digit.to_digit(base))
            .fold(0f64, |sum, digit| sum * f64::from(base) + f64::from(digit)),
    };
    let magnitude = magnitude.min(f64::MAX);
    if negative { -magnitude } else { magnitude }
}

fn split_base(digits: &str) -> (u32, &str) {
    let bytes = digits.as_bytes();
    match (bytes.first(), bytes.get(1)) {
        (Some(b'0'), Some(b'x' | b'X')) => (16, &digits[2..]),
        (Some(b'0'), Some(b'b' | b'B')) => (2, &digits[2..]),
        (Some(b'0'), Some(b'o' | b'O')) => (8, &digits[2..]),
        (Some(b'0'), Some(_)) => (8, &digits[1..]),
        _ => (10, digits),
    }
}

/// A finite number as JSON would carry it to the API server: `80.0` becomes the integer 80.
pub(super) fn number(number: f64) -> NodeValue {
    // Exact: both bounds are powers of two, and a float beyond 2^53 has no fraction.
    if number.fract() == 0.0 && (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) {
        return NodeValue::Int(number as i64);
    }
    NodeValue::Float(number)
}
