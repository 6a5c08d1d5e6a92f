//! Tells chains from the client inwards: Gateway, listener, route or rule, target group, Service.
//!
//! It prints values and origins of the plan and decides nothing; single values are `why`'s business.

mod addresses;
mod focus;
mod gateway;
mod listener;
mod problem;
mod rule;
mod stranger;
mod target;
pub(crate) mod tree;
pub(crate) mod words;
mod wrap;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnose;
use crate::id::{LoadBalancerType, ObjectIx, Text};
use crate::manifest::Manifests;
use crate::model::target_group::AlbTarget;
use crate::model::{Stack, Value};
use crate::origin::Origins;
use crate::pipeline::{Built, Pipeline};
use crate::plan::{Plan, Shown};
use crate::render::Provenance;
use crate::resolve::Programmed;
use crate::resolve::gateway::GatewayNode;

use super::page::{Page, Style};
use super::places::Places;
use super::why;

pub use addresses::{Asked, Unclear, find};
pub use focus::Mark;
use focus::focus;
use problem::Findings;
use tree::{Item, Layout, Source};
pub use wrap::hard;

/// How much is told, and how wide.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Columns of the page.
    pub width: usize,
    /// How many rules of a listener are told.
    pub rules: usize,
}

impl View {
    /// Rules of one listener that a page tells unless more are asked for.
    pub const RULES: usize = 20;
}

/// All chains that are shown, or those through the Gateway at position `only` of [`Pipeline::gateways`].
pub fn page(plan: &Plan<'_, '_>, only: Option<usize>, view: View) -> Page {
    let mut teller = Teller::new(plan.manifests, plan.pipeline, view);
    teller.shown = plan.shown.filter(|_| only.is_none());
    let mut page = Page::default();
    let layout = Layout::new(view.width);
    teller.heading(&mut page);
    for root in teller.roots(only) {
        page.gap();
        layout.draw(&root, &mut page);
    }
    if let Some(index) = only {
        let object = teller.gateways[index].0.object();
        let contradictions = teller.contradictions(object);
        if !contradictions.is_empty() {
            page.gap();
            let mut item = Item::of(Style::Heading, "what its status says otherwise");
            item.children = contradictions;
            layout.draw(&item, &mut page);
        }
    }
    if only.is_none()
        && let Some(item) = teller.strangers()
    {
        page.gap();
        layout.draw(&item, &mut page);
    }
    page
}

/// What `argument` asks for: a chain, a route, a Service, or why a value is what it is.
pub fn answer(plan: &Plan<'_, '_>, argument: &str, view: View) -> Result<Page, String> {
    let Plan { manifests, pipeline, shown } = *plan;
    match find(pipeline, argument, shown).map_err(|unclear| unclear.to_string())? {
        Asked::Gateway(index) => Ok(page(plan, Some(index), view)),
        Asked::Field(index, field) => why::field(manifests, pipeline, index, field, view.width),
        Asked::Resource(index, resource) => why::resource(manifests, pipeline, index, resource, view.width),
        Asked::Object(mark) => Ok(focus(manifests, pipeline, &mark, view)),
    }
}

/// What has been told and need not be told again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Gateway(usize),
    Listener(usize, i64),
    TargetGroup(usize, Text),
    /// Gateway and position among its findings.
    Problem(usize, usize),
}

/// Generated names are recognised by their look; their recipe is for `why`.
fn named(from: Provenance) -> Provenance {
    match from {
        Provenance::Rule(text) if text.starts_with("name: ") => Provenance::Rule("generated"),
        from => from,
    }
}

struct Teller<'t, 'm> {
    manifests: &'m Manifests,
    pipeline: &'t Pipeline<'m>,
    gateways: Vec<(&'t GatewayNode<'m>, &'t Built<'m>)>,
    /// Position of a Gateway by `ns/name`.
    labels: BTreeMap<String, usize>,
    places: Places<'m>,
    view: View,
    told: BTreeSet<Told>,
    /// Gateways that have chains of their own on the page; all without.
    shown: Option<&'t Shown>,
    /// By Gateway.
    findings: Vec<Findings>,
}

impl<'t, 'm> Teller<'t, 'm> {
    fn new(manifests: &'m Manifests, pipeline: &'t Pipeline<'m>, view: View) -> Self {
        let gateways: Vec<_> = pipeline.gateways().collect();
        let findings =
            gateways.iter().map(|(node, built)| Findings::of(diagnose::of_gateway(pipeline, node, built))).collect();
        let labels = gateways.iter().enumerate().map(|(index, (node, _))| (node.label(), index)).collect();
        let places = Places::new(manifests);
        Self { manifests, pipeline, gateways, labels, places, view, told: BTreeSet::new(), shown: None, findings }
    }

    fn heading(&self, page: &mut Page) {
        match self.places.folder() {
            "" => {}
            folder => page.line(Style::Origin, format!("files are relative to {folder}")),
        }
        if self.gateways.is_empty() {
            page.line(Style::Plain, "no Gateway of a class of the AWS Load Balancer Controller among the manifests");
        }
    }

    fn roots(&mut self, only: Option<usize>) -> Vec<Item> {
        let mut roots = Vec::new();
        for index in self.of_type(LoadBalancerType::Network) {
            if !self.is_shown(index) {
                continue;
            }
            let through = only.filter(|only| *only != index);
            if through.is_none_or(|alb| self.fronted_by(alb).contains(&index)) {
                roots.push(self.root(index, through));
            }
        }
        for index in self.of_type(LoadBalancerType::Application) {
            let is_wanted = self.is_shown(index) && only.is_none_or(|only| only == index);
            if is_wanted && !self.is_told_whole(index) {
                roots.push(self.root(index, None));
            }
        }
        roots
    }

    fn is_shown(&self, index: usize) -> bool {
        self.shown.is_none_or(|shown| shown.has(&self.gateways[index].0.gateway.meta))
    }

    fn root(&mut self, index: usize, through: Option<usize>) -> Item {
        let mut client = Item::of(Style::Heading, "client");
        let gateway = self.gateway(index, through);
        client.children.push(gateway);
        client
    }

    fn of_type(&self, lb_type: LoadBalancerType) -> Vec<usize> {
        (0..self.gateways.len()).filter(|index| self.lb_type(*index) == lb_type).collect()
    }

    fn lb_type(&self, index: usize) -> LoadBalancerType {
        self.gateways[index].0.lb_type
    }

    fn stack(&self, index: usize) -> Option<&'t Stack> {
        self.gateways[index].1.result.as_ref().ok()
    }

    /// NLB Gateways with a target group for the Gateway at `alb`.
    fn fronted_by(&self, alb: usize) -> Vec<usize> {
        let leads = |index: &usize| {
            let targets = self.stack(*index).map(|stack| stack.alb_targets.as_slice()).unwrap_or_default();
            targets.iter().any(|target| self.alb(&target.spec) == Some(alb))
        };
        (0..self.gateways.len()).filter(leads).collect()
    }

    /// The Gateway whose ALB a target group leads to.
    fn alb(&self, target: &AlbTarget) -> Option<usize> {
        match &target.target_arn {
            Value::OtherLoadBalancerArn(stack) => self.labels.get(&**stack).copied(),
            Value::Known(arn) => self.gateways.iter().position(|(node, _)| {
                self.pipeline.resolver.programmed(&node.gateway.meta.id) == Some(Programmed::Arn(arn.clone()))
            }),
            _ => None,
        }
    }

    /// Whether the Gateway and all its listeners have been told behind an NLB.
    fn is_told_whole(&self, index: usize) -> bool {
        let told = |port| self.told.contains(&Told::Listener(index, port));
        let stack = self.stack(index);
        self.told.contains(&Told::Gateway(index))
            && stack.is_some_and(|stack| stack.listeners.iter().all(|listener| told(listener.spec.port)))
    }

    /// Origins of fields, those that are equal only once; several defaults are not told apart.
    fn sources(&self, origins: &Origins, fields: &[(&str, &str)]) -> Vec<Source> {
        let mut sources: Vec<Source> = Vec::new();
        for (field, what) in fields {
            let Some(origin) = origins.get(field) else { continue };
            let from = named(self.places.of(origin));
            let is_default = |from: &Provenance| matches!(from, Provenance::Default(_));
            let same = |known: &&mut Source| known.from == from || (is_default(&known.from) && is_default(&from));
            match sources.iter_mut().find(same) {
                Some(known) => {
                    known.what = format!("{}, {what}", known.what);
                    if known.from != from {
                        known.from = Provenance::Default("defaults");
                    }
                }
                None => sources.push(Source { what: (*what).to_owned(), from }),
            }
        }
        if let [only] = sources.as_mut_slice() {
            only.what.clear();
        }
        sources
    }

    fn source(&self, object: ObjectIx, path: &str) -> Source {
        Source::of(self.places.at(object, path))
    }
}
