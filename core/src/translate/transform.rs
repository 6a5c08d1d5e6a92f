//! Transforms of ALB rules (translation §7.4).
//!
//! Redirects without a prefix have none; their path is part of the action.

use crate::id::Text;
use crate::manifest::route::{Filter, PathModifier, RouteMatch};
use crate::model::listener::{Rewrite, Rewrites, Transform};
use crate::profile::Profile;

use super::condition::escape_regex;

/// Transforms of a rule's filters for one match, in filter order.
pub fn transforms(filters: &[Filter], matched: Option<&RouteMatch>, profile: &Profile) -> Vec<Transform> {
    let mut transforms = Vec::new();
    for filter in filters {
        if let Some(rewrite) = filter.url_rewrite.as_ref().filter(|_| &*filter.kind == "URLRewrite") {
            let path = rewrite.path.as_ref().and_then(|path| path_transform(path, matched, profile));
            transforms.extend(path);
            transforms.extend(rewrite.hostname.as_ref().map(host_transform));
        }
        if let Some(redirect) = filter.request_redirect.as_ref().filter(|_| &*filter.kind == "RequestRedirect") {
            let prefix = redirect.path.as_ref().filter(|path| path.replace_prefix_match.is_some());
            transforms.extend(prefix.and_then(|path| path_transform(path, matched, profile)));
        }
    }
    transforms
}

fn host_transform(host: &Text) -> Transform {
    Transform::HostHeader { config: one(Text::from(".*"), host.clone()) }
}

fn one(regex: Text, replace: Text) -> Rewrites {
    Rewrites { rewrites: [Rewrite { regex, replace }] }
}

fn path_transform(path: &PathModifier, matched: Option<&RouteMatch>, profile: &Profile) -> Option<Transform> {
    if let Some(full) = &path.replace_full_path {
        return Some(Transform::Url { config: one(Text::from("^([^?]*)"), full.clone()) });
    }
    let replacement = path.replace_prefix_match.as_ref()?;
    let prefix =
        matched.and_then(|matched| matched.path.as_ref()).and_then(|path| path.value.as_deref()).unwrap_or("/");
    let config = if profile.exact_rewrites { segments(prefix, replacement) } else { literal(prefix, replacement) };
    Some(Transform::Url { config })
}

fn literal(prefix: &str, replacement: &Text) -> Rewrites {
    let replace = match &**replacement {
        "" => Text::from("/"),
        value if value.ends_with('/') => replacement.clone(),
        value => Text::from(format!("{value}$2")),
    };
    one(Text::from(format!("(^{prefix}(/)?)")), replace)
}

/// `/a` and `/a/` alike match whole segments; what follows keeps its one slash.
fn segments(prefix: &str, replacement: &str) -> Rewrites {
    let prefix = escape_regex(prefix.trim_end_matches('/'));
    let start = replacement.trim_end_matches('/');
    if start.is_empty() {
        return one(Text::from(format!("^{prefix}/?([^?]*)")), Text::from("/$1"));
    }
    if prefix.is_empty() {
        return one(Text::from("^/?([^?]*)"), Text::from(format!("{start}/$1")));
    }
    one(Text::from(format!("^{prefix}((/[^?]*)?)")), Text::from(format!("{start}$1")))
}
