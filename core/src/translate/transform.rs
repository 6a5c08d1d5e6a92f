//! Transforms of ALB rules (translation §7.4).
//!
//! Redirects without a prefix have none; their path is part of the action.

use crate::diagnostic::Code;
use crate::id::Text;
use crate::manifest::route::{Filter, PathModifier, RouteMatch};
use crate::model::listener::{Rewrite, Rewrites, Transform};
use crate::profile::Profile;

use super::BuildError;
use super::condition::escape_regex;

/// Transforms of a rule's filters for one match, in filter order.
pub fn transforms(
    filters: &[Filter],
    matched: Option<&RouteMatch>,
    profile: &Profile,
) -> Result<Vec<Transform>, BuildError> {
    let mut transforms = Vec::new();
    for filter in filters {
        if let Some(rewrite) = filter.url_rewrite.as_ref().filter(|_| &*filter.kind == "URLRewrite") {
            if let Some(path) = &rewrite.path {
                transforms.extend(path_transform(path, matched, profile)?);
            }
            transforms.extend(rewrite.hostname.as_ref().map(host_transform));
        }
        if let Some(redirect) = filter.request_redirect.as_ref().filter(|_| &*filter.kind == "RequestRedirect")
            && let Some(path) = redirect.path.as_ref().filter(|path| path.replace_prefix_match.is_some())
        {
            transforms.extend(path_transform(path, matched, profile)?);
        }
    }
    Ok(transforms)
}

fn host_transform(host: &Text) -> Transform {
    Transform::HostHeader { config: one(Text::from(".*"), host.clone()) }
}

fn one(regex: Text, replace: Text) -> Rewrites {
    Rewrites { rewrites: [Rewrite { regex, replace }] }
}

fn path_transform(
    path: &PathModifier,
    matched: Option<&RouteMatch>,
    profile: &Profile,
) -> Result<Option<Transform>, BuildError> {
    let exact = profile.exact_rewrites;
    let replacement = path.replace_full_path.as_ref().or(path.replace_prefix_match.as_ref());
    if let Some(live) = replacement.filter(|text| exact && text.contains('$')) {
        let text = format!("path {live} contains $, which an ALB would take for a part of the request");
        return Err(BuildError::new(Code::RuleUnusable, text));
    }
    if let Some(full) = &path.replace_full_path {
        return Ok(Some(Transform::Url { config: one(Text::from("^([^?]*)"), full.clone()) }));
    }
    let Some(replacement) = &path.replace_prefix_match else { return Ok(None) };
    let prefix =
        matched.and_then(|matched| matched.path.as_ref()).and_then(|path| path.value.as_deref()).unwrap_or("/");
    let rewrites = if exact { segments(prefix, replacement) } else { Some(literal(prefix, replacement)) };
    Ok(rewrites.map(|config| Transform::Url { config }))
}

fn literal(prefix: &str, replacement: &Text) -> Rewrites {
    let replace = match &**replacement {
        "" => Text::from("/"),
        value if value.ends_with('/') => replacement.clone(),
        value => Text::from(format!("{value}$2")),
    };
    one(Text::from(format!("(^{prefix}(/)?)")), replace)
}

/// `/a` and `/a/` alike match whole segments; what follows keeps its one slash, and the query stays. None when
/// nothing changes.
fn segments(prefix: &str, replacement: &str) -> Option<Rewrites> {
    let (prefix, start) = (prefix.trim_end_matches('/'), replacement.trim_end_matches('/'));
    let (regex, replace) = match (escape_regex(prefix), start) {
        (prefix, start) if prefix.is_empty() && start.is_empty() => return None,
        (prefix, start) if prefix.is_empty() => ("^/".to_owned(), format!("{start}/")),
        (prefix, "") => (format!(r"^{prefix}(/([^?]*))?(\?.*)?$"), "/$2$3".to_owned()),
        (prefix, start) => (format!(r"^{prefix}(/[^?]*)?(\?.*)?$"), format!("{start}$1$2")),
    };
    Some(one(Text::from(regex), Text::from(replace)))
}

#[cfg(test)]
mod tests;
