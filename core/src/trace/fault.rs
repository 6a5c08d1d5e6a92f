//! What kept rules of routes from being planned as written, as far as it bears on a request.
//!
//! `explain` and `plan` tell the rest.

use super::planned::Planned;
use crate::id::ObjectIx;
use crate::model::Resource;
use crate::model::listener::ListenerRule;
use crate::origin::Origin;
use crate::translate::RouteNote;

/// Rules left out that are told at most.
const TOLD: usize = 3;

impl Planned<'_, '_> {
    /// What is wrong with the rule of the route behind `rule`.
    pub(super) fn faults(&self, index: usize, rule: &Resource<ListenerRule>) -> Vec<String> {
        let name = self.rule_name(rule);
        let Some(number) = rule_index(rule) else { return Vec::new() };
        let loaded = self.gateways[index].1.loaded.as_ref().map(|loaded| loaded.routes.as_slice()).unwrap_or_default();
        let own = loaded.iter().filter(|route| route.object() == rule.cause).flat_map(|route| &route.faults);
        let own = own.filter(|fault| fault.rule == number).map(|fault| format!("{name}: {}", fault.fault.message));
        let noted = self.noted(index).filter(|note| (note.object, note.rule) == (rule.cause, number));
        let mut all: Vec<String> = own.chain(noted.map(|note| format!("{name}: {}", note.message))).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Rules that the listener on `port` should have and doesn't.
    pub(super) fn left_out(&self, index: usize, port: i64) -> Vec<String> {
        let is_there = |note: &Noted<'_>| {
            self.rules(index, port).any(|rule| rule.cause == note.object && rule_index(rule) == Some(note.rule))
        };
        let missing = self.noted(index).filter(|note| note.port == port && !is_there(note));
        let mut all: Vec<String> = missing
            .map(|note| {
                let route = self.manifests.object(note.object).describe();
                format!("{route}#{} is left out: {}", note.rule, note.message)
            })
            .collect();
        if all.len() > TOLD {
            let more = all.len() - TOLD;
            all.truncate(TOLD);
            all.push(format!("{more} more rules are left out; plan tells why"));
        }
        all
    }

    fn noted(&self, index: usize) -> impl Iterator<Item = Noted<'_>> {
        let built = self.gateways[index].1;
        let routes = built.loaded.as_ref().map(|loaded| loaded.routes.as_slice()).unwrap_or_default();
        built.notes.iter().filter_map(|(position, note)| {
            let object = routes.get(*position)?.object();
            match note {
                RouteNote::PartiallyInvalid { port, rule, message }
                | RouteNote::Unresolved { port, rule, message, .. } => {
                    Some(Noted { object, port: *port, rule: *rule, message })
                }
                RouteNote::NotAccepted { .. } => None,
            }
        })
    }
}

struct Noted<'n> {
    object: ObjectIx,
    port: i64,
    rule: usize,
    message: &'n str,
}

fn rule_index(rule: &Resource<ListenerRule>) -> Option<usize> {
    match rule.origins.get("conditions")? {
        Origin::Field { path, .. } => path.first_index(),
        _ => None,
    }
}
