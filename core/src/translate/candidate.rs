//! Every route × rule × match × hostname of a port, in order of precedence (translation §7.1).
//!
//! What a candidate becomes is decided in `rule`.

use std::cmp::{Ordering, Reverse};

use crate::id::{RouteKind, Text};
use crate::manifest::route::{MethodMatch, RouteMatch};
use crate::resolve::attach::PortRoute;
use crate::resolve::load::{Loaded, LoadedRoute};

/// A rule of an ALB listener to be.
#[derive(Debug)]
pub struct Candidate<'a, 'm> {
    /// Position in [`Loaded::routes`].
    pub position: usize,
    /// The route.
    pub route: &'a LoadedRoute<'m>,
    /// Position of the rule in the route.
    pub rule: usize,
    /// The match and its position in the rule; none for a rule without matches.
    pub matched: Option<(usize, &'m RouteMatch)>,
    /// The host, or any.
    pub host: Option<&'a Text>,
    weight: Weight,
}

impl Candidate<'_, '_> {
    /// Position of the match in the rule, larger than any for a rule without matches.
    pub fn match_index(&self) -> usize {
        self.matched.map_or(usize::MAX, |(index, _)| index)
    }
}

/// What decides precedence before age and names; greater comes first.
type Weight = (HostWeight, (u8, usize, usize), (bool, usize, usize));
type HostWeight = (bool, bool, usize, usize);

/// All candidates of a port, the strongest first.
pub fn candidates<'a, 'm>(loaded: &'a Loaded<'m>, attached: &'a [PortRoute]) -> Vec<Candidate<'a, 'm>> {
    let mut all = Vec::with_capacity(attached.len());
    for entry in attached {
        let route = &loaded.routes[entry.route];
        let hosts = entry.hosts.effective(route.route());
        if hosts.is_empty() {
            add_rules(&mut all, entry.route, route, None);
        }
        for host in hosts {
            add_rules(&mut all, entry.route, route, Some(host));
        }
    }
    all.sort_by(precedence);
    all
}

fn add_rules<'a, 'm>(
    all: &mut Vec<Candidate<'a, 'm>>,
    position: usize,
    route: &'a LoadedRoute<'m>,
    host: Option<&'a Text>,
) {
    let grpc = route.route().kind == RouteKind::Grpc;
    for rule in &route.rules {
        let mut add = |matched: Option<(usize, &'m RouteMatch)>| {
            let (path, extras) = matched.map_or_else(Default::default, |(_, matched)| match_weight(matched, grpc));
            let weight = (host_weight(host), path, extras);
            all.push(Candidate { position, route, rule: rule.index, matched, host, weight });
        };
        if rule.rule.matches.is_empty() {
            add(None);
        }
        rule.rule.matches.iter().enumerate().for_each(|matched| add(Some(matched)));
    }
}

fn host_weight(host: Option<&Text>) -> HostWeight {
    let Some(host) = host.filter(|host| !host.is_empty()) else { return Default::default() };
    let dots = host.bytes().filter(|byte| *byte == b'.').count();
    (true, !host.starts_with("*."), dots, host.len())
}

fn match_weight(matched: &RouteMatch, grpc: bool) -> ((u8, usize, usize), (bool, usize, usize)) {
    if grpc {
        return (grpc_weight(matched), (false, matched.headers.len(), 0));
    }
    let path = match &matched.path {
        None => (0, 0, 0),
        Some(path) => {
            let rank = match path.kind.as_deref() {
                Some("Exact") => 3,
                Some("RegularExpression") => 1,
                _ => 2,
            };
            (rank, path.value.as_ref().map_or(0, Text::len), 0)
        }
    };
    (path, (matched.method.is_some(), matched.headers.len(), matched.query_params.len()))
}

fn grpc_weight(matched: &RouteMatch) -> (u8, usize, usize) {
    let Some(MethodMatch::Grpc(method)) = &matched.method else { return (0, 0, 0) };
    let rank = if method.kind.as_deref() == Some("RegularExpression") { 1 } else { 3 };
    let length = |text: &Option<Text>| text.as_ref().map_or(0, Text::len);
    (rank, length(&method.service), length(&method.method))
}

fn precedence(a: &Candidate<'_, '_>, b: &Candidate<'_, '_>) -> Ordering {
    let key = |candidate: &Candidate<'_, '_>| Reverse(candidate.weight);
    key(a).cmp(&key(b)).then_with(|| {
        let (left, right) = (a.route.route(), b.route.route());
        let age = left.meta.created.cmp(&right.meta.created);
        let name = age.then_with(|| left.meta.id.cmp_label(&right.meta.id));
        name.then_with(|| (a.rule, a.match_index(), a.host).cmp(&(b.rule, b.match_index(), b.host)))
            .then_with(|| left.kind.cmp(&right.kind))
    })
}
