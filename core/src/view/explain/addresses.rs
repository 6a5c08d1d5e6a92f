//! Which Gateway, field, resource, route or Service a command-line argument means.
//!
//! Fields and resources of a Gateway are found by `why`.

use std::fmt;

use super::focus::Mark;
use crate::admission::nearest;
use crate::id::{NamespacedName, RouteKind, Text};
use crate::pipeline::Pipeline;
use crate::plan::Shown;

/// What is asked about: a Gateway, by its position in [`Pipeline::gateways`], or something of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    /// Its chains.
    Gateway(usize),
    /// A field, `NAME.FIELD`.
    Field(usize, &'a str),
    /// A resource, `NAME/TYPE/ID`.
    Resource(usize, &'a str),
    /// A route or a Service, `route/NAME` or `service/NAME`.
    Object(Mark),
}

/// Why an argument names no single Gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// Nothing of that kind has that name; those there are.
    Unknown(&'static str, String, Vec<String>),
    /// Several have it.
    Several(&'static str, String, Vec<String>),
}

/// How many names a message lists.
const LISTED: usize = 8;

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::render::clean;
        match self {
            Self::Unknown(kind, asked, known) if known.is_empty() => {
                write!(f, "no {kind} is called {}: there is none", clean(asked))
            }
            Self::Unknown(kind, asked, known) => {
                write!(f, "no {kind} is called {}", clean(asked))?;
                match nearest(asked, known.iter().flat_map(|label| [label.as_str(), bare(label)])) {
                    Some(near) => write!(f, "; did you mean {}?", clean(&near)),
                    None if known.len() > LISTED => {
                        write!(
                            f,
                            "; there are {} and {} more",
                            clean(&known[..LISTED].join(", ")),
                            known.len() - LISTED
                        )
                    }
                    None => write!(f, "; there are {}", clean(&known.join(", "))),
                }
            }
            Self::Several(kind, asked, found) => {
                write!(f, "several {kind}s are called {}: say {}", clean(asked), clean(&found.join(" or ")))
            }
        }
    }
}

/// Finds what `argument` means: `gateway/…`, `route/…`, the name of a route kind, `service/…`, or a Gateway's name. Of
/// several of one name the one in the namespace that is shown is meant.
pub fn find<'a>(pipeline: &Pipeline<'_>, argument: &'a str, shown: Option<&Shown>) -> Result<Asked<'a>, Unclear> {
    let own = shown.and_then(|shown| shown.namespace.as_ref());
    let (kind, rest) = argument.split_once('/').unwrap_or(("", argument));
    match &*kind.to_ascii_lowercase() {
        "gateway" | "gateways" => find_gateway(pipeline, rest, own),
        "route" | "routes" => route(pipeline, ("route", rest), own, |_| true),
        "service" | "services" | "svc" => service(pipeline, rest, own),
        name => {
            let is_it = |kind: &RouteKind| kind.as_str().eq_ignore_ascii_case(name.strip_suffix('s').unwrap_or(name));
            match RouteKind::ALL.into_iter().find(is_it) {
                Some(kind) => route(pipeline, (kind.as_str(), rest), own, |one| one == kind),
                None => find_gateway(pipeline, argument, own),
            }
        }
    }
}

fn bare(label: &str) -> &str {
    label.rsplit_once('/').map_or(label, |(_, name)| name)
}

/// The only one of `all` that is called `asked`, with or without its namespace; of several the one in `own`.
fn only<T>(
    (kind, asked): (&'static str, &str),
    own: Option<&Text>,
    all: Vec<(NamespacedName, T)>,
) -> Result<T, Unclear> {
    let is_it = |id: &NamespacedName| *id.name == *asked || id.to_string() == asked;
    let labels = |all: &[(NamespacedName, T)]| all.iter().map(|(id, _)| id.to_string()).collect();
    let (mut found, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(id, _)| is_it(id));
    if found.iter().any(|(id, _)| own == Some(&id.namespace)) {
        found.retain(|(id, _)| own == Some(&id.namespace));
    }
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(Unclear::Unknown(kind, asked.to_owned(), labels(&others))),
        (Some((_, only)), true) => Ok(only),
        (Some(last), false) => {
            found.push(last);
            Err(Unclear::Several(kind, asked.to_owned(), labels(&found)))
        }
    }
}

fn route<'a>(
    pipeline: &Pipeline<'_>,
    asked: (&'static str, &str),
    own: Option<&Text>,
    is_wanted: impl Fn(RouteKind) -> bool,
) -> Result<Asked<'a>, Unclear> {
    let routes = pipeline.resolver.index.manifests.routes.iter().filter(|route| is_wanted(route.kind));
    let all = routes.map(|route| (route.meta.id.clone(), route.meta.object)).collect();
    only(asked, own, all).map(|object| Asked::Object(Mark::Object(object)))
}

/// Services of the manifests, and those that a binding names.
fn service<'a>(pipeline: &Pipeline<'_>, asked: &str, own: Option<&Text>) -> Result<Asked<'a>, Unclear> {
    let written = pipeline.resolver.index.manifests.services.iter().map(|service| service.meta.id.clone());
    let bound = pipeline.stacks().into_iter().flat_map(|stack| &stack.bindings).map(|binding| {
        let template = &binding.spec.template;
        let names: [&Text; 2] = [&template.metadata.namespace, &template.spec.service_ref.name];
        NamespacedName::new(names[0], names[1])
    });
    let mut all: Vec<NamespacedName> = written.chain(bound).collect();
    all.sort();
    all.dedup();
    let all = all.into_iter().map(|id| (id.clone(), id)).collect();
    only(("Service", asked), own, all).map(|id| Asked::Object(Mark::Service(id)))
}

/// The longest Gateway name that `argument` begins with counts, as names may hold dots.
fn find_gateway<'a>(pipeline: &Pipeline<'_>, argument: &'a str, own: Option<&Text>) -> Result<Asked<'a>, Unclear> {
    let labels: Vec<String> = pipeline.gateways().map(|(node, _)| node.label()).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let name = label.split_once('/').map_or(label.as_str(), |(_, name)| name);
        let length = [label.as_str(), name].into_iter().filter(|name| begins(argument, name)).map(str::len).max();
        found.extend(length.map(|length| (length, index)));
    }
    let longest = found.iter().map(|(length, _)| *length).max().unwrap_or_default();
    found.retain(|(length, _)| *length == longest);
    let is_own = |index: usize| labels[index].split_once('/').map(|(namespace, _)| namespace) == own.map(|own| &**own);
    if found.iter().any(|(_, index)| is_own(*index)) {
        found.retain(|(_, index)| is_own(*index));
    }
    match found.as_slice() {
        [] => Err(Unclear::Unknown("Gateway", argument.to_owned(), labels)),
        // The id of a target group begins with its Gateway.
        [(length, index)] if argument[*length..].starts_with(':') => Ok(Asked::Resource(*index, argument)),
        [(length, index)] => Ok(rest(*index, &argument[*length..])),
        many => {
            let full = many.iter().map(|(length, index)| format!("{}{}", labels[*index], &argument[*length..]));
            Err(Unclear::Several("Gateway", argument[..longest].to_owned(), full.collect()))
        }
    }
}

fn begins(argument: &str, name: &str) -> bool {
    argument.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/', ':']))
}

fn rest(index: usize, rest: &str) -> Asked<'_> {
    match (rest.strip_prefix('.'), rest.strip_prefix('/')) {
        (Some(field), _) => Asked::Field(index, field),
        (_, Some(resource)) => Asked::Resource(index, resource),
        (None, None) => Asked::Gateway(index),
    }
}
