//! Whether one rule could take requests that are meant for another (deviation B17).
//!
//! It may say yes where nothing overlaps, never no where something does: what it can't compare counts as overlapping.

use crate::id::{RouteKind, Text};
use crate::manifest::route::{MethodMatch, PathMatch, RouteMatch};

use super::candidate::Candidate;

/// Whether some request fits both candidates.
pub fn overlap(a: &Candidate<'_, '_>, b: &Candidate<'_, '_>) -> bool {
    hosts_overlap(a.host, b.host) && matches_overlap(http_match(a), http_match(b))
}

/// The match of an HTTPRoute; gRPC matches are not compared.
fn http_match<'m>(candidate: &Candidate<'_, 'm>) -> Option<&'m RouteMatch> {
    let (_, matched) = candidate.matched?;
    (candidate.route.route().kind == RouteKind::Http).then_some(matched)
}

fn hosts_overlap(a: Option<&Text>, b: Option<&Text>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    a.eq_ignore_ascii_case(b) || covers(a, b) || covers(b, a)
}

fn covers(wide: &str, narrow: &str) -> bool {
    wide.strip_prefix('*').is_some_and(|suffix| narrow.ends_with(suffix))
}

fn matches_overlap(a: Option<&RouteMatch>, b: Option<&RouteMatch>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let methods_differ = matches!(
        (&a.method, &b.method),
        (Some(MethodMatch::Http(a)), Some(MethodMatch::Http(b))) if a != b
    );
    !methods_differ && paths_overlap(a.path.as_ref(), b.path.as_ref())
}

fn paths_overlap(a: Option<&PathMatch>, b: Option<&PathMatch>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    match (shape(a), shape(b)) {
        (Shape::Expression, _) | (_, Shape::Expression) => true,
        (Shape::Exact(a), Shape::Exact(b)) => a == b,
        (Shape::Exact(path), Shape::Prefix(prefix)) | (Shape::Prefix(prefix), Shape::Exact(path)) => {
            starts(path, prefix)
        }
        (Shape::Prefix(a), Shape::Prefix(b)) => starts(a, b) || starts(b, a),
    }
}

enum Shape<'p> {
    Exact(&'p str),
    Prefix(&'p str),
    Expression,
}

fn shape(path: &PathMatch) -> Shape<'_> {
    let value = path.value.as_deref().unwrap_or("/");
    match path.kind.as_deref() {
        Some("Exact") => Shape::Exact(value),
        Some("RegularExpression") => Shape::Expression,
        _ => Shape::Prefix(value.trim_end_matches('/')),
    }
}

/// Whether whole segments of `path` begin with `prefix`, which has no slash at its end.
fn starts(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(kind: &str, value: &str) -> PathMatch {
        PathMatch { kind: Some(Text::from(kind)), value: Some(Text::from(value)) }
    }

    fn meet(a: (&str, &str), b: (&str, &str)) -> bool {
        let (a, b) = (path(a.0, a.1), path(b.0, b.1));
        let both = paths_overlap(Some(&a), Some(&b));
        assert_eq!(both, paths_overlap(Some(&b), Some(&a)), "{a:?} {b:?}");
        both
    }

    #[test]
    fn paths_meet_at_whole_segments() {
        assert!(meet(("PathPrefix", "/"), ("PathPrefix", "/in")));
        assert!(meet(("PathPrefix", "/in/"), ("PathPrefix", "/in/deep")));
        assert!(meet(("PathPrefix", "/in"), ("Exact", "/in/a")));
        assert!(meet(("RegularExpression", "^/a"), ("Exact", "/b")));
        assert!(!meet(("PathPrefix", "/in"), ("PathPrefix", "/inner")));
        assert!(!meet(("PathPrefix", "/in"), ("Exact", "/inner")));
        assert!(!meet(("Exact", "/a"), ("Exact", "/b")));
    }

    #[test]
    fn hosts_meet_under_wildcards() {
        let meet = |a: &str, b: &str| hosts_overlap(Some(&Text::from(a)), Some(&Text::from(b)));
        assert!(meet("a.example.com", "*.example.com") && meet("*.a.example.com", "*.example.com"));
        assert!(!meet("a.example.com", "b.example.com") && !meet("example.com", "*.example.com"));
        assert!(hosts_overlap(None, Some(&Text::from("a.example.com"))));
    }
}
