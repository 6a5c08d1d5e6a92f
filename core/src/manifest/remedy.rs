//! What to do about values that the API server refuses, with the edit where it is mechanical.
//!
//! What is refused is admission's to say.

use crate::admission::{ErrorKind, FieldError, nearest};
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{FileId, Span};

/// `finding` about `error` with the remedy, if one is known.
pub fn of_error(file: FileId, text: &str, error: &FieldError, finding: Diagnostic) -> Diagnostic {
    if error.kind == ErrorKind::Unsupported {
        return supported(file, text, error, finding);
    }
    let is = |text: &str| error.detail.contains(text);
    if is("must be of type string") && (is("\"integer\"") || is("\"boolean\"") || is("\"double\"") || is("\"number\""))
    {
        return finding.help("put the value in quotes").fix(quoted(file, text, error.span));
    }
    let wants_number = is("must be of type integer") || is("must be of type int32") || is("must be of type int64");
    if (wants_number || is("must be of type boolean")) && is(": \"string\"") {
        let fix = unquoted(file, text, error.span, wants_number);
        return finding.help("write the value without quotes").fix(fix);
    }
    if is("must be of type array") {
        return finding.help("write a list: each item starts with a dash");
    }
    finding
}

/// The text lists the values that the field takes.
fn supported(file: FileId, text: &str, error: &FieldError, finding: Diagnostic) -> Diagnostic {
    let parts =
        error.detail.strip_prefix("Unsupported value: ").and_then(|rest| rest.split_once(": supported values: "));
    let Some((written, values)) = parts else { return finding };
    let values = values.split(", ").map(|value| value.trim_matches('"'));
    let Some(near) = nearest(written.trim_matches('"'), values) else { return finding };
    let fix = Fix::retyped(format!("write {near}"), file, text, error.span, &near);
    finding.help(format!("did you mean {near}?")).fix(fix)
}

fn quoted(file: FileId, text: &str, span: Span) -> Option<Fix> {
    let written = written(text, span)?;
    Some(Fix::one("put the value in quotes", file, span, format!("\"{written}\"")))
}

fn unquoted(file: FileId, text: &str, span: Span, wants_number: bool) -> Option<Fix> {
    let value = written(text, span)?.trim_matches(['"', '\'']);
    let is_right = if wants_number { value.parse::<i64>().is_ok() } else { matches!(value, "true" | "false") };
    is_right.then(|| Fix::one("write the value without quotes", file, span, value))
}

fn written(text: &str, span: Span) -> Option<&str> {
    text.get(span.start as usize..span.end as usize).filter(|written| !written.contains('\n'))
}
