//! The pipeline: resolve every Gateway, load its routes, translate it, and put chains in order.
//!
//! The reference works Gateway by Gateway and reads an ALB's ARN from its status; that order is kept here.

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::fact::{Environment, Provisioned, ProvisioningState, simulated_load_balancer};
use crate::id::{LoadBalancerType, Text};
use crate::manifest::Manifests;
use crate::model::{Stack, Value};
use crate::profile::Profile;
use crate::resolve::config::{Config, ConfigError};
use crate::resolve::gateway::GatewayNode;
use crate::resolve::listeners::LoadError;
use crate::resolve::load::{Loaded, load};
use crate::resolve::{Programmed, Resolver};
use crate::translate::{BuildError, ListenerFailure, Others, RouteNote, Translation, chained, translate};

/// What a plan is made for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Deviations.
    pub profile: Profile,
    /// Whether the manifests are all there is.
    pub complete: bool,
    /// Whether the outcome of deploying is simulated, as the vectors' harness does.
    pub simulate: bool,
}

/// Passes over Gateways that failed, as the vectors' harness makes them.
const PASSES: usize = 5;

/// Why a Gateway has no stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Its configuration.
    Config(ConfigError),
    /// Its routes.
    Load(LoadError),
    /// Something of its load balancer.
    Build(BuildError),
    /// The reference would crash.
    Panic,
}

impl Failure {
    /// The error's text.
    pub fn message(&self) -> &str {
        match self {
            Self::Config(error) => &error.message,
            Self::Load(error) => &error.message,
            Self::Build(error) => &error.message,
            Self::Panic => "panic: runtime error: invalid memory address or nil pointer dereference",
        }
    }
}

/// How carrying out a stack ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deployment {
    /// Nobody has tried, or only a dry run was asked for.
    None,
    /// The load balancer serves.
    Active(Provisioned),
    /// The load balancer exists and does not serve yet.
    Pending(Provisioned),
    /// It failed with this text.
    Failed(String),
}

impl Deployment {
    /// Whether the load balancer exists.
    pub fn is_deployed(&self) -> bool {
        matches!(self, Self::Active(_) | Self::Pending(_))
    }
}

/// One Gateway, built.
#[derive(Debug)]
pub struct Built<'m> {
    /// Its routes; none when its configuration failed.
    pub loaded: Option<Loaded<'m>>,
    /// Its stack.
    pub result: Result<Stack, Failure>,
    /// Outcome of carrying it out.
    pub deployment: Deployment,
    /// Findings of building.
    pub diagnostics: Vec<Diagnostic>,
    /// What building tells routes, by position in [`Loaded::routes`].
    pub notes: Vec<(usize, RouteNote)>,
    /// Valid listeners that could not be built.
    pub failed_listeners: Vec<ListenerFailure>,
    /// Client ids and secrets behind `[REDACTED]`, by rule id.
    pub hidden_oidc: Vec<(Text, (Text, Text))>,
    /// Whether messages are gwchain's own.
    pub own_texts: bool,
}

/// All Gateways of our classes, built.
#[derive(Debug)]
pub struct Pipeline<'m> {
    /// Look-ups and verdicts.
    pub resolver: Resolver<'m>,
    /// What was asked for.
    pub options: Options,
    nodes: Vec<GatewayNode<'m>>,
    built: Vec<Built<'m>>,
}

impl<'m> Pipeline<'m> {
    /// Gateways by namespace and name.
    pub fn gateways(&self) -> impl Iterator<Item = (&GatewayNode<'m>, &Built<'m>)> {
        self.nodes.iter().zip(&self.built)
    }

    /// Stacks in the order in which they can be carried out: an ALB before the NLB in front of it.
    pub fn stacks(&self) -> Vec<&Stack> {
        let mut stacks: Vec<&Stack> = self.built.iter().filter_map(|built| built.result.as_ref().ok()).collect();
        stacks.sort_by_key(|stack| !stack.depends_on.is_empty() || stack.lb_type == LoadBalancerType::Network);
        stacks
    }
}

/// Runs the pipeline.
pub fn run<'m>(manifests: &'m Manifests, environment: &'m Environment, options: Options) -> Pipeline<'m> {
    let resolver = Resolver::new(manifests, environment, options.profile, options.complete);
    let nodes = resolver.nodes();
    let built = Runner { resolver: &resolver, nodes: &nodes, options }.run();
    Pipeline { resolver, options, nodes, built }
}

struct Runner<'r, 'm> {
    resolver: &'r Resolver<'m>,
    nodes: &'r [GatewayNode<'m>],
    options: Options,
}

type Load<'m> = Result<Loaded<'m>, Failure>;

impl<'m> Runner<'_, 'm> {
    fn run(&self) -> Vec<Built<'m>> {
        let mut built = if self.options.profile.chain_planned_whole { self.whole() } else { self.pass_by_pass() };
        if self.options.profile.chain_security_groups {
            self.admit_chains(&mut built);
        }
        built
    }

    /// All Gateways at once: chains are known before anything exists.
    fn whole(&self) -> Vec<Built<'m>> {
        let loads: Vec<Load<'m>> = self.nodes.iter().map(|node| self.load(node)).collect();
        let mut others: Others<'_, 'm> = FxHashMap::default();
        for (node, load) in self.nodes.iter().zip(&loads) {
            if let (LoadBalancerType::Application, Ok(loaded)) = (node.lb_type, load) {
                others.insert(node.gateway.meta.id.clone(), (node, loaded));
            }
        }
        let mut results: Vec<Option<Translation>> = self.nodes.iter().map(|_| None).collect();
        for lb_type in [LoadBalancerType::Application, LoadBalancerType::Network] {
            for (position, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.lb_type == lb_type) {
                let translation =
                    loads[position].as_ref().ok().and_then(|loaded| self.translate(node, loaded, &others));
                self.note_planned(node, translation.as_ref());
                results[position] = translation;
            }
        }
        drop(others);
        let mut built = Vec::with_capacity(loads.len());
        for ((node, load), result) in self.nodes.iter().zip(loads).zip(results) {
            built.push(self.assemble(node, load, result));
        }
        built
    }

    /// A load balancer that is planned can be referred to.
    fn note_planned(&self, node: &GatewayNode<'m>, translation: Option<&Translation>) {
        let stack = translation.and_then(|translation| translation.stack.as_ref().ok());
        if stack.is_some_and(|stack| stack.load_balancer.is_some()) {
            self.resolver.set_programmed(&node.gateway.meta.id, Some(Programmed::Planned(node.lb_type)));
        }
    }

    /// ALBs first, then NLBs, and again those that failed, as a chained NLB waits for its ALB's status.
    fn pass_by_pass(&self) -> Vec<Built<'m>> {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|position| self.nodes[*position].lb_type);
        let mut built: Vec<Option<Built<'m>>> = self.nodes.iter().map(|_| None).collect();
        for _ in 0..PASSES {
            for position in &order {
                let slot = &mut built[*position];
                if slot.as_ref().is_none_or(|built| built.result.is_err()) {
                    *slot = Some(self.one(&self.nodes[*position]));
                }
            }
            if built.iter().flatten().all(|built| built.result.is_ok()) {
                break;
            }
        }
        built.into_iter().flatten().collect()
    }

    fn one(&self, node: &GatewayNode<'m>) -> Built<'m> {
        let load = self.load(node);
        let result = load.as_ref().ok().and_then(|loaded| self.translate(node, loaded, &FxHashMap::default()));
        self.assemble(node, load, result)
    }

    fn load(&self, node: &GatewayNode<'m>) -> Load<'m> {
        let config = node.config.as_ref().map_err(|error| Failure::Config(error.clone()))?;
        let unset = node.listeners.iter().any(|listener| listener.spec.allowed_routes.is_none());
        if unset && !self.resolver.index.manifests.routes.is_empty() {
            return Err(Failure::Panic);
        }
        Ok(load(self.resolver, node, config))
    }

    fn translate(&self, node: &GatewayNode<'m>, loaded: &Loaded<'m>, others: &Others<'_, 'm>) -> Option<Translation> {
        let config: &Config<'m> = node.config.as_ref().ok()?;
        loaded.error.is_none().then(|| translate(self.resolver, node, config, loaded, others))
    }

    fn assemble(&self, node: &GatewayNode<'m>, load: Load<'m>, translation: Option<Translation>) -> Built<'m> {
        let own_texts = self.options.profile.own_texts;
        let mut built = Built {
            loaded: None,
            result: Err(Failure::Panic),
            deployment: Deployment::None,
            diagnostics: Vec::new(),
            notes: Vec::new(),
            failed_listeners: Vec::new(),
            hidden_oidc: Vec::new(),
            own_texts,
        };
        match (load, translation) {
            (Err(failure), _) => built.result = Err(failure),
            (Ok(loaded), Some(translation)) => {
                built.result = translation.stack.map_err(Failure::Build);
                built.diagnostics = translation.diagnostics;
                built.notes = translation.notes;
                built.failed_listeners = translation.failed_listeners;
                built.hidden_oidc = translation.hidden_oidc;
                built.loaded = Some(loaded);
            }
            (Ok(loaded), None) => {
                let error = loaded.error.clone().expect("a Gateway without error is translated");
                built.result = Err(Failure::Load(error));
                built.loaded = Some(loaded);
            }
        }
        self.deploy(node, &mut built);
        built
    }

    fn deploy(&self, node: &GatewayNode<'m>, built: &mut Built<'m>) {
        let Ok(stack) = &built.result else { return };
        let id = &node.gateway.meta.id;
        let Some(load_balancer) = &stack.load_balancer else { return };
        if !self.options.simulate {
            self.resolver.set_programmed(id, Some(Programmed::Planned(node.lb_type)));
            if !is_dry_run(node) {
                built.deployment = Deployment::Pending(created());
            }
            return;
        }
        let Value::Known(name) = &load_balancer.spec.name else { return };
        if is_dry_run(node) {
            return;
        }
        let scheme = &load_balancer.spec.scheme;
        let found = simulated_load_balancer(self.resolver.environment, &stack.id, name, node.lb_type, scheme);
        let arn = Text::from(&*found.arn);
        built.deployment = match found.state {
            ProvisioningState::FailedDeploy => Deployment::Failed("harness: simulated deploy failure".to_owned()),
            ProvisioningState::Active | ProvisioningState::ActiveImpaired => Deployment::Active(found),
            ProvisioningState::Provisioning | ProvisioningState::Failed => Deployment::Pending(found),
        };
        match &built.deployment {
            Deployment::Active(_) => self.resolver.set_programmed(id, Some(Programmed::Arn(arn))),
            Deployment::Pending(_) => self.resolver.set_programmed(id, None),
            Deployment::Failed(_) | Deployment::None => {}
        }
    }

    /// Lets every chaining NLB into the managed security group of its ALB.
    fn admit_chains(&self, built: &mut [Built<'m>]) {
        let doors = chained::doors(self.nodes.iter().zip(&*built).filter_map(|(_, built)| built.result.as_ref().ok()));
        for built in built {
            if let Ok(stack) = &mut built.result {
                chained::admit(stack, &doors);
            }
        }
    }
}

/// A load balancer just after it was created, of which nothing is known yet.
fn created() -> Provisioned {
    Provisioned { arn: String::new(), dns_name: String::new(), state: ProvisioningState::Provisioning }
}

/// Whether only a plan is wanted of the Gateway: the annotation, and no finalizer of its controller yet.
pub fn is_dry_run(node: &GatewayNode<'_>) -> bool {
    let meta = &node.gateway.meta;
    let finalizer = &*node.class.spec.controller_name;
    node.gateway.is_dry_run() && !meta.deleting && !meta.finalizers.iter().any(|own| &**own == finalizer)
}
