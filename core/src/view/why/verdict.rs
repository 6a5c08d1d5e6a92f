//! The sentence that says by which rule a layer decided.
//!
//! The rules are those of translation §2, in the reader's words.

use super::fields::Field;
use super::layer::{Layer, Owner};
use super::subject::{Kind, Subject};
use crate::origin::Origin;
use crate::resolve::gateway::GatewayNode;

/// Why the winner won.
pub fn verdict(
    node: &GatewayNode<'_>,
    subject: &Subject,
    field: &Field,
    layers: &[Layer],
    origin: Option<&Origin>,
) -> String {
    let mut sentences = Vec::new();
    if field.is_united && layers.iter().any(|layer| layer.wins) {
        let what = "the entries of all layers are united by key; of equal keys the stronger layer's counts";
        sentences.push(what.to_owned());
        sentences.extend(by_mode(node, layers));
    } else {
        sentences.push(single(node, &subject.kind, layers, origin));
    }
    sentences.extend(special(&subject.kind, &field.stack, layers).map(str::to_owned));
    sentences.join("; ")
}

fn single(node: &GatewayNode<'_>, kind: &Kind, layers: &[Layer], origin: Option<&Origin>) -> String {
    let Some(winner) = layers.iter().find(|layer| layer.wins) else {
        return "nobody sets it".to_owned();
    };
    let said = layers.iter().filter(|layer| layer.says.is_some() && layer.owner != Owner::Other);
    let rivals = said.filter(|layer| layer.owner != winner.owner || winner.owner == Owner::Target).count();
    match winner.owner {
        Owner::Other => beyond(winner, layers, origin),
        Owner::Class | Owner::Gateway if rivals > 0 => {
            by_mode(node, layers).unwrap_or_else(|| format!("{} decides", winner.label))
        }
        Owner::Target if matches!(kind, Kind::Rule(_)) => {
            format!("{} is nearer to the rule than the load balancer's configuration", winner.label)
        }
        Owner::Target if rivals > 1 => {
            "the most specific routeConfigurations entry comes first, then defaultConfiguration, then the default \
             TargetGroupConfiguration in the same order"
                .to_owned()
        }
        Owner::Class | Owner::Gateway | Owner::Target => format!("only {} sets {}", winner.label, winner.leaf),
    }
}

/// A flag, a default, a rule or a field of another kind decided.
fn beyond(winner: &Layer, layers: &[Layer], origin: Option<&Origin>) -> String {
    let configurable = layers.iter().any(|layer| layer.owner != Owner::Other);
    let is_said = layers.iter().any(|layer| layer.owner != Owner::Other && layer.says.is_some());
    let silence = match (configurable, is_said) {
        (_, true) => "the configuration that counts leaves it out, so ",
        (true, false) => "no configuration sets it, so ",
        (false, false) => "",
    };
    match origin {
        Some(Origin::Rule(rule)) => format!("{silence}a rule counts: {rule}"),
        Some(Origin::Default(text)) if text.starts_with("controller flag") => format!("{silence}the {text} counts"),
        Some(Origin::Default(text)) => format!("{silence}the default counts: {text}"),
        Some(Origin::Fact(want)) => format!("{silence}it is known only at deployment: {want}"),
        Some(Origin::Field { .. }) | None if winner.label == "default" => format!("{silence}its default counts"),
        Some(Origin::Field { .. }) | None => format!("{silence}{} decides", winner.label),
    }
}

/// Which of GatewayClass and Gateway is stronger, when both have a configuration.
fn by_mode(node: &GatewayNode<'_>, layers: &[Layer]) -> Option<String> {
    let config = node.config.as_ref().ok().filter(|config| config.layers.len() > 1)?;
    let first = layers.iter().find(|layer| matches!(layer.owner, Owner::Class | Owner::Gateway))?;
    let stated = config.layers.first().is_some_and(|layer| layer.spec.merging_mode.is_some());
    let why = match first.owner {
        Owner::Class if stated => {
            "the GatewayClass's configuration is stronger than the Gateway's, because its mergingMode is \
             prefer-gateway-class"
        }
        Owner::Class => {
            "the GatewayClass's configuration is stronger than the Gateway's, because mergingMode is \
             prefer-gateway-class, the default"
        }
        _ => {
            "the Gateway's configuration is stronger than the GatewayClass's, because mergingMode of the class's is \
             prefer-gateway"
        }
    };
    Some(why.to_owned())
}

/// What is peculiar to a field.
fn special(kind: &Kind, field: &str, layers: &[Layer]) -> Option<&'static str> {
    let entered = layers.iter().any(|layer| layer.place.is_some());
    let base = field.split(['.', '[']).next().unwrap_or_default();
    match (kind, base) {
        (Kind::LoadBalancer, "type") => Some("the controller of the GatewayClass stands for the load balancer's type"),
        (Kind::LoadBalancer, "securityGroups") => Some(
            "disableSecurityGroup counts on an NLB before all else, then securityGroups; otherwise a group is managed",
        ),
        (Kind::LoadBalancer, "subnetMapping") => {
            Some("loadBalancerSubnets counts before loadBalancerSubnetsSelector; without both subnets are discovered")
        }
        (Kind::Listener(_), "certificates") => Some(
            "defaultCertificate and certificates of the listener's entry count; without both certificates are looked \
             up by the host names of the listener and its routes",
        ),
        (Kind::Listener(_), "port" | "loadBalancerARN" | "tags" | "defaultActions") => None,
        (Kind::Listener(_), _) if entered => {
            Some("an entry of listenerConfigurations counts as a whole: entries of one listener are never mixed")
        }
        (Kind::Rule(_), "priority") => Some(
            "more specific hosts come first, then paths (exact, prefix, regular expression; longer first), then method, \
             headers and query, then the older route, then namespace and name",
        ),
        (Kind::TargetGroup(_), "healthCheckConfig") if entered => Some(
            "the strongest healthCheckConfig counts as a whole: what it leaves out has the default, not a weaker layer's value",
        ),
        _ => None,
    }
}
