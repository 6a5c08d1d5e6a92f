//! The ways that lead to one route or one Service: the chains with everything else left out.
//!
//! Chains are told as on the whole page; here is only what stays of them.

use super::super::page::{Page, Style};
use super::tree::{Item, Layout};
use super::{Teller, View};
use crate::id::{NamespacedName, ObjectIx};
use crate::manifest::Manifests;
use crate::pipeline::Pipeline;
use crate::status::route::{parent_label, parents};

/// What an item of a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// An object of the manifests.
    Object(ObjectIx),
    /// A Service, which may not be among the manifests.
    Service(NamespacedName),
}

/// The verdicts on a route and the chains through it, or the chains that end at a Service.
pub(super) fn focus<'m>(manifests: &'m Manifests, pipeline: &Pipeline<'m>, mark: &Mark, view: View) -> Page {
    let mut teller = Teller::new(manifests, pipeline, View { rules: usize::MAX, ..view });
    let mut page = Page::default();
    let layout = Layout::new(view.width);
    teller.heading(&mut page);
    page.gap();
    layout.draw(&teller.verdicts(mark), &mut page);
    let roots: Vec<Item> = teller.roots(None).into_iter().filter_map(|root| pruned(root, mark)).collect();
    if roots.is_empty() {
        page.gap();
        page.line(Style::Problem, "no load balancer leads here");
    }
    for root in roots {
        page.gap();
        layout.draw(&root, &mut page);
    }
    page
}

/// What is about `mark`, and the way there without its properties.
fn pruned(mut item: Item, mark: &Mark) -> Option<Item> {
    if item.marks.contains(mark) {
        return Some(item);
    }
    item.children = item.children.into_iter().filter_map(|child| pruned(child, mark)).collect();
    item.rows.clear();
    (!item.children.is_empty()).then_some(item)
}

impl Teller<'_, '_> {
    fn verdicts(&self, mark: &Mark) -> Item {
        match mark {
            Mark::Service(service) => self.service(service),
            Mark::Object(object) => self.verdicts_on(*object),
        }
    }

    fn service(&self, service: &NamespacedName) -> Item {
        let mut item = Item::of(Style::Name, format!("Service {service}"));
        match self.pipeline.resolver.index.service(&service.namespace, &service.name) {
            Some(found) => item.sources.push(self.source(found.meta.object, "")),
            None => item = item.and(Style::Pending, " is not among the manifests"),
        }
        item
    }

    /// The route with what each parent says to it.
    fn verdicts_on(&self, object: ObjectIx) -> Item {
        let mut item = Item::of(Style::Name, self.manifests.object(object).describe());
        item.sources.push(self.source(object, ""));
        let Some(route) = self.manifests.routes.iter().find(|route| route.meta.object == object) else { return item };
        let all = parents(self.pipeline);
        for (position, parent) in route.spec.parent_refs.iter().enumerate() {
            let mut child = Item::of(Style::Plain, "parent ").and(Style::Name, parent_label(parent));
            child.sources.push(self.source(object, &format!("spec.parentRefs[{position}]")));
            let conditions = all.get(&object).and_then(|parents| parents.get(&position));
            if conditions.is_none() {
                child = child.and(Style::Problem, ": no Gateway here answers for it");
            }
            for condition in conditions.into_iter().flatten() {
                let is_good = (condition.status == "True") != (condition.kind == "PartiallyInvalid");
                let style = if is_good { Style::Plain } else { Style::Problem };
                let said =
                    if condition.message.is_empty() { String::new() } else { format!(": {}", condition.message) };
                let text = format!("{}={} ({}){said}", condition.kind, condition.status, condition.reason);
                child.children.push(Item::of(style, text));
            }
            item.children.push(child);
        }
        item.children.extend(self.contradictions(object));
        item
    }
}
