//! Words for what is wrong with a text or an object before it means anything.
//!
//! It finds nothing: `source` and `admission` do.

use crate::admission::{FieldError, KindInfo};
use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::source::{Problem, ProblemCode};

/// A problem of the text.
pub(super) fn problem(problem: Problem) -> Diagnostic {
    let code = match problem.code {
        ProblemCode::DuplicateKey => Code::DuplicateKey,
        ProblemCode::TooLarge | ProblemCode::TooDeep | ProblemCode::AliasBomb => Code::TooBig,
        ProblemCode::NotAnObject => Code::NotAnObject,
        _ => Code::SyntaxError,
    };
    let diagnostic = Diagnostic::new(code, Place::Text(problem.file, problem.span), problem.message);
    // Of a key given twice the last value counts, and a value that JSON has no text for is left out.
    let goes_on = matches!(problem.code, ProblemCode::DuplicateKey | ProblemCode::UnsupportedValue);
    let diagnostic = diagnostic.effect(if goes_on { Effect::None } else { Effect::DropsObject });
    match problem.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// What to do about the mistakes that YAML invites.
pub(super) fn remedy(error: &FieldError) -> Option<&'static str> {
    let is = |text: &str| error.detail.contains(text);
    if is("must be of type string") && (is("\"integer\"") || is("\"boolean\"") || is("\"double\"") || is("\"number\""))
    {
        return Some("put the value in quotes");
    }
    let wants_number = is("must be of type integer") || is("must be of type int32") || is("must be of type int64");
    if (wants_number || is("must be of type boolean")) && is(": \"string\"") {
        return Some("write the value without quotes");
    }
    is("must be of type array").then_some("write a list: each item starts with a dash")
}

/// How a kind is written: `kind: Gateway and apiVersion: gateway.networking.k8s.io/v1`.
pub(super) fn served(info: &KindInfo) -> String {
    let slash = if info.group.is_empty() { "" } else { "/" };
    let versions: Vec<_> =
        info.served_versions.iter().map(|version| format!("apiVersion: {}{slash}{version}", info.group)).collect();
    format!("kind: {} and {}", info.kind, versions.join(" or "))
}
