//! One line per resource on stderr while changes are carried out.
//!
//! It counts calls and time; what a resource is called is core's to say.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use gwchain_aws::{Event, Status};
use gwchain_core::diff::{Action, Proposal, ResourceChange, ResourceId, by_resource};
use gwchain_core::render::clean;
use gwchain_core::view::table::label;

use crate::output;

/// How often something is told of what is still waited for.
const BEAT: Duration = Duration::from_secs(30);

/// The lines.
pub struct Progress {
    resources: Vec<Resource>,
    /// Resource of each change; none of one that only waits.
    of: BTreeMap<usize, usize>,
    /// What each change is about.
    names: Vec<String>,
}

struct Resource {
    name: String,
    action: Action,
    left: usize,
    has_failed: bool,
    began: Option<Instant>,
    told: Option<Instant>,
}

impl Progress {
    /// For the changes of `proposal`.
    pub fn new(proposal: &Proposal<'_, '_>) -> Self {
        let all = by_resource(&proposal.set);
        let mut of = BTreeMap::new();
        for (number, one) in all.iter().enumerate() {
            of.extend(one.calls.iter().map(|place| (*place, number)));
        }
        let changes = proposal.set.changes.iter().enumerate();
        let names = changes.map(|(place, change)| match of.get(&place) {
            Some(number) => name(proposal, &all[*number]),
            None => format!("{}: {}", whose(proposal, &change.resource), change.resource.kind.noun()),
        });
        let resources = all.iter().map(|one| Resource {
            name: name(proposal, one),
            action: one.action,
            left: one.calls.len(),
            has_failed: false,
            began: None,
            told: None,
        });
        Self { resources: resources.collect(), names: names.collect(), of }
    }

    /// What a change is about.
    pub fn name(&self, place: usize) -> &str {
        &self.names[place]
    }

    /// Tells of a step, if it is worth it.
    pub fn tell(&mut self, event: Event<'_>) {
        let line = match event {
            Event::Started(place) => self.started(place),
            Event::Waiting(place, why) => self.waiting(place, why),
            Event::Finished(place, status) => self.finished(place, status),
        };
        if let Some(line) = line {
            // Whether anybody reads it makes no difference to the work.
            let _ = output::print_beside(&format!("{line}\n"));
        }
    }

    fn resource(&mut self, place: usize) -> Option<&mut Resource> {
        self.of.get(&place).map(|number| &mut self.resources[*number])
    }

    fn started(&mut self, place: usize) -> Option<String> {
        self.resource(place)?.began.get_or_insert_with(Instant::now);
        None
    }

    fn waiting(&mut self, place: usize, why: &str) -> Option<String> {
        let name = self.name(place).to_owned();
        let Some(one) = self.resource(place) else { return Some(format!("{name}: {}", clean(why))) };
        if one.told.is_some_and(|told| told.elapsed() < BEAT) {
            return None;
        }
        one.told = Some(Instant::now());
        let so_far = one.began.map(|began| began.elapsed().as_secs()).unwrap_or_default();
        Some(format!("{name}: {} ({so_far} s)", clean(why)))
    }

    fn finished(&mut self, place: usize, status: &Status) -> Option<String> {
        let one = self.resource(place)?;
        one.left -= 1;
        match status {
            Status::Done => {}
            Status::Failed(error) => {
                one.has_failed = true;
                return Some(format!("{}: failed: {}", one.name, clean(&error.to_string())));
            }
            Status::Skipped(_) | Status::Stopped => one.has_failed = true,
        }
        let took = one.began.map(|began| began.elapsed()).unwrap_or_default();
        (one.left == 0 && !one.has_failed)
            .then(|| format!("{}: {} ({:.1} s)", one.name, past(one.action), took.as_secs_f64()))
    }
}

fn name(proposal: &Proposal<'_, '_>, one: &ResourceChange<'_>) -> String {
    format!("{}: {}", whose(proposal, one.resource), label(proposal, one))
}

fn whose(proposal: &Proposal<'_, '_>, resource: &ResourceId) -> String {
    let gateway = resource.stack.as_ref().map(|stack| clean(&stack.gateway).into_owned());
    gateway.unwrap_or_else(|| format!("cluster {}", clean(&proposal.scope.cluster)))
}

fn past(action: Action) -> &'static str {
    match action {
        Action::Create => "created",
        Action::Update => "changed",
        Action::Replace => "replaced",
        Action::Delete => "destroyed",
    }
}
