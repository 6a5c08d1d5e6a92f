//! Texts with a form of their own: names, dates, durations.
//! It does not report; it answers yes or no.

/// A label of a DNS name: lower case letters, digits and inner hyphens.
pub(super) fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| is_lower_or_digit(*byte) || *byte == b'-')
        && [bytes.first(), bytes.last()].iter().all(|end| end.is_some_and(|byte| *byte != b'-'))
}

/// Labels with dots between them.
pub(super) fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

/// A subdomain that may start with `*.`.
pub(super) fn is_wildcard_subdomain(text: &str) -> bool {
    is_subdomain(text.strip_prefix("*.").unwrap_or(text))
}

/// Letters and digits at the ends, `-`, `_` and `.` between them.
pub(super) fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
        && [bytes.first(), bytes.last()].iter().all(|end| end.is_some_and(u8::is_ascii_alphanumeric))
}

/// A name that may have a subdomain and a slash before it.
pub(super) fn is_qualified_name(text: &str) -> bool {
    match text.split_once('/') {
        Some((prefix, name)) => is_subdomain(prefix) && is_name(name),
        None => is_name(text),
    }
}

pub(super) fn is_lower_or_digit(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// The milliseconds of a duration such as `1h30m` or `500ms`, with what follows each number as its unit.
pub(super) fn milliseconds(text: &str) -> Option<u64> {
    let mut total = 0u64;
    let mut rest = text;
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(|character: char| !character.is_ascii_digit())?);
        let end = after.find(|character: char| character.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(unit_milliseconds(unit)?)?)?;
        rest = after;
    }
    Some(total)
}

fn unit_milliseconds(unit: &str) -> Option<u64> {
    Some(match unit {
        "h" => 3_600_000,
        "m" => 60_000,
        "s" => 1_000,
        "ms" => 1,
        _ => return None,
    })
}

/// A date and a time of day with their zone (RFC 3339).
pub(super) fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let form = b"0000-00-00T00:00:00";
    let Some((start, rest)) = bytes.split_at_checked(form.len()) else {
        return false;
    };
    start.iter().zip(form).all(|(byte, form)| fits(*byte, *form)) && is_date_time_in_range(start) && is_zone(rest)
}

fn fits(byte: u8, form: u8) -> bool {
    match form {
        b'0' => byte.is_ascii_digit(),
        form => byte.eq_ignore_ascii_case(&form),
    }
}

fn is_date_time_in_range(digits: &[u8]) -> bool {
    let number = |at: usize| (digits[at] - b'0') * 10 + (digits[at + 1] - b'0');
    let year = u32::from(number(0)) * 100 + u32::from(number(2));
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match number(5) {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&number(8)) && number(11) < 24 && number(14) < 60 && number(17) < 60
}

fn is_zone(rest: &[u8]) -> bool {
    let fraction = match rest {
        [b'.', digits @ ..] => 1 + digits.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        _ => 0,
    };
    if fraction == 1 {
        return false;
    }
    match &rest[fraction..] {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', zone @ ..] if zone.len() == 5 => zone.iter().zip(b"00:00").all(|(byte, form)| fits(*byte, *form)),
        _ => false,
    }
}
