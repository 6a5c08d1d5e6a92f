//! The reference's stack JSON (translation §9).
//!
//! Field names and order within a resource are those of the model; here is the frame, and in `writer` the encoding.

mod writer;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::id::Text;
use crate::model::target_group::AlbTarget;
use crate::model::{Resource, Stack, Value};

use writer::Writer;

/// The stack as one line, encoded as Go's encoder does.
pub fn to_string(stack: &Stack) -> String {
    let mut bytes = Vec::with_capacity(4096);
    write(stack, &mut bytes);
    String::from_utf8(bytes).expect("the writer copies whole strings")
}

/// Appends what [`to_string`] returns.
pub fn write(stack: &Stack, out: &mut Vec<u8>) {
    Frame(stack).serialize(&mut Writer::new(out)).expect("the model holds nothing that the writer refuses");
}

/// The stack as a value.
pub fn to_value(stack: &Stack) -> serde_json::Value {
    serde_json::to_value(Frame(stack)).expect("every key of the stack JSON is a string")
}

struct Frame<'s>(&'s Stack);

#[derive(Serialize)]
struct Spec<'s, S> {
    spec: &'s S,
}

struct ById<'s, S>(&'s [Resource<S>]);

impl<S: Serialize> Serialize for ById<'_, S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        let mut sorted: Vec<&Resource<S>> = self.0.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        serializer.collect_map(sorted.into_iter().map(|resource| (&*resource.id, Spec { spec: &resource.spec })))
    }
}

struct Resources<'s>(&'s Stack);

impl Serialize for Resources<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stack = self.0;
        let mut map = serializer.serialize_map(None)?;
        let mut add = Entries(&mut map);
        add.list("AWS::EC2::SecurityGroup", optional(stack.security_group.as_ref()))?;
        add.list("AWS::ElasticLoadBalancingV2::Listener", &stack.listeners)?;
        add.list("AWS::ElasticLoadBalancingV2::ListenerRule", &stack.rules)?;
        let load_balancer = stack.load_balancer.as_ref();
        add.list("AWS::ElasticLoadBalancingV2::LoadBalancer", optional(load_balancer))?;
        add.list("AWS::ElasticLoadBalancingV2::TargetGroup", &stack.target_groups)?;
        add.list("AWS::Shield::Protection", optional(stack.shield.as_ref()))?;
        add.list("AWS::WAFv2::WebACLAssociation", optional(stack.web_acl.as_ref()))?;
        if load_balancer.is_some() {
            add.0.serialize_entry("FrontendNLBTargetGroup", &FrontendFrame(stack))?;
        }
        add.list("K8S::ElasticLoadBalancingV2::TargetGroupBinding", &stack.bindings)?;
        map.end()
    }
}

fn optional<S>(resource: Option<&Resource<S>>) -> &[Resource<S>] {
    resource.map(std::slice::from_ref).unwrap_or_default()
}

struct Entries<'m, M>(&'m mut M);

impl<M: SerializeMap> Entries<'_, M> {
    fn list<S: Serialize>(&mut self, kind: &str, resources: &[Resource<S>]) -> Result<(), M::Error> {
        if resources.is_empty() { Ok(()) } else { self.0.serialize_entry(kind, &ById(resources)) }
    }
}

impl Serialize for Frame<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("id", &*self.0.id)?;
        map.serialize_entry("resources", &Resources(self.0))?;
        map.end()
    }
}

/// `{"FrontendNLBTargetGroup":{"TargetGroups":{…}}}`, by name; of equal names the last stays.
struct FrontendFrame<'s>(&'s Stack);

impl Serialize for FrontendFrame<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "PascalCase")]
        struct Groups<'s> {
            target_groups: std::collections::BTreeMap<Text, &'s AlbTarget>,
        }
        let name = |value: &Value| Text::from(value.to_string());
        let targets = self.0.alb_targets.iter().map(|target| (name(&target.spec.name), &target.spec));
        serializer.collect_map([("FrontendNLBTargetGroup", Groups { target_groups: targets.collect() })])
    }
}
