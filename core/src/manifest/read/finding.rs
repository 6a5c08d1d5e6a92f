//! Words for what is wrong with a text or an object before it means anything.
//!
//! It finds nothing: `source` and `admission` do.

use crate::admission::KindInfo;
use crate::diagnostic::{Code, Diagnostic, Effect, Fix, Place};
use crate::source::{Problem, ProblemCode};

/// A problem of the text.
pub(super) fn problem(problem: Problem, text: &str) -> Diagnostic {
    let code = match problem.code {
        ProblemCode::DuplicateKey => Code::DuplicateKey,
        ProblemCode::TooLarge | ProblemCode::TooDeep | ProblemCode::AliasBomb => Code::TooBig,
        ProblemCode::NotAnObject => Code::NotAnObject,
        _ => Code::SyntaxError,
    };
    let file = problem.file;
    let mut diagnostic = Diagnostic::new(code, Place::Text(file, problem.span), problem.message);
    if let Some(first) = problem.related {
        diagnostic = diagnostic.related(Place::Text(file, first), "set here first");
    }
    let without = |entry| Fix::without("remove the one without effect", file, text, entry);
    let diagnostic = diagnostic.fix(problem.void.and_then(without));
    // Of a key given twice the last value counts, and a value that JSON has no text for is left out.
    let goes_on = matches!(problem.code, ProblemCode::DuplicateKey | ProblemCode::UnsupportedValue);
    let diagnostic = diagnostic.effect(if goes_on { Effect::None } else { Effect::DropsObject });
    match problem.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// How a kind is written: `kind: Gateway and apiVersion: gateway.networking.k8s.io/v1`.
pub(super) fn served(info: &KindInfo) -> String {
    let slash = if info.group.is_empty() { "" } else { "/" };
    let versions: Vec<_> =
        info.served_versions.iter().map(|version| format!("apiVersion: {}{slash}{version}", info.group)).collect();
    format!("kind: {} and {}", info.kind, versions.join(" or "))
}
