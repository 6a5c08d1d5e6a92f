//! The fields of a resource: their names in the stack JSON and in the configuration kinds.
//!
//! It holds names and no values.

use serde_json::Value as Json;

use super::subject::Kind;
use crate::admission::nearest;

/// A field that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its path in the stack JSON.
    pub stack: String,
    /// Paths in a configuration that have a say.
    pub crd: Vec<String>,
    /// Whether all layers contribute, key by key.
    pub is_united: bool,
    /// The one key of a united field that is asked for.
    pub key: Option<String>,
}

/// Path in the stack JSON, and what sets it in a configuration.
type Entry = (&'static str, &'static [&'static str]);

const LOAD_BALANCER: &[Entry] = &[
    ("name", &["loadBalancerName"]),
    ("type", &[]),
    ("scheme", &["scheme"]),
    ("ipAddressType", &["ipAddressType"]),
    ("subnetMapping", &["loadBalancerSubnets", "loadBalancerSubnetsSelector"]),
    ("securityGroups", &["disableSecurityGroup", "securityGroups", "manageBackendSecurityGroupRules"]),
    ("securityGroupsInboundRulesOnPrivateLink", &["enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"]),
    ("customerOwnedIPv4Pool", &["customerOwnedIpv4Pool"]),
    ("ipv4IPAMPool", &["ipv4IPAMPoolId"]),
    ("enablePrefixForIpv6SourceNat", &["loadBalancerSubnets"]),
    ("loadBalancerAttributes", &["loadBalancerAttributes"]),
    ("minimumLoadBalancerCapacity", &["minimumLoadBalancerCapacity"]),
    ("tags", &["tags"]),
];
const SECURITY_GROUP: &[Entry] = &[
    ("ingress", &["sourceRanges", "securityGroupPrefixes", "enableICMP"]),
    ("groupName", &[]),
    ("description", &[]),
    ("tags", &["tags"]),
];
const LISTENER: &[Entry] = &[
    ("port", &[]),
    ("protocol", &["quicEnabled"]),
    ("certificates", &["defaultCertificate", "certificates"]),
    ("sslPolicy", &["sslPolicy"]),
    ("alpnPolicy", &["alpnPolicy"]),
    ("mutualAuthentication", &["mutualAuthentication"]),
    ("listenerAttributes", &["listenerAttributes"]),
    ("defaultActions", &["targetGroupStickiness"]),
    ("loadBalancerARN", &[]),
    ("tags", &["tags"]),
];
const RULE: &[Entry] = &[
    ("priority", &[]),
    ("conditions", &[]),
    ("actions", &["actions"]),
    ("transforms", &[]),
    ("listenerARN", &[]),
    ("tags", &["tags"]),
];
const TARGET_GROUP: &[Entry] = &[
    ("name", &["targetGroupName"]),
    ("targetType", &["targetType"]),
    ("port", &[]),
    ("protocol", &["protocol"]),
    ("protocolVersion", &["protocolVersion"]),
    ("ipAddressType", &["ipAddressType"]),
    ("healthCheckConfig", &["healthCheckConfig"]),
    ("healthCheckConfig.protocol", &["healthCheckConfig.healthCheckProtocol"]),
    ("healthCheckConfig.path", &["healthCheckConfig.healthCheckPath"]),
    ("healthCheckConfig.port", &["healthCheckConfig.healthCheckPort"]),
    ("healthCheckConfig.matcher", &["healthCheckConfig.matcher"]),
    ("healthCheckConfig.intervalSeconds", &["healthCheckConfig.healthCheckInterval"]),
    ("healthCheckConfig.timeoutSeconds", &["healthCheckConfig.healthCheckTimeout"]),
    ("healthCheckConfig.healthyThresholdCount", &["healthCheckConfig.healthyThresholdCount"]),
    ("healthCheckConfig.unhealthyThresholdCount", &["healthCheckConfig.unhealthyThresholdCount"]),
    ("targetGroupAttributes", &["targetGroupAttributes"]),
    ("targetControlPort", &["targetControlPort"]),
    ("tags", &["tags"]),
];
const BINDING: &[Entry] = &[
    ("template", &[]),
    ("template.spec.serviceRef", &[]),
    ("template.spec.networking", &[]),
    ("template.spec.nodeSelector", &["nodeSelector"]),
    ("template.spec.multiClusterTargetGroup", &["enableMultiCluster"]),
];

fn table(kind: &Kind) -> &'static [Entry] {
    match kind {
        Kind::LoadBalancer => LOAD_BALANCER,
        Kind::SecurityGroup => SECURITY_GROUP,
        Kind::Listener(_) => LISTENER,
        Kind::Rule(_) => RULE,
        Kind::TargetGroup(_) => TARGET_GROUP,
        Kind::Binding(_) => BINDING,
        Kind::WebAcl => &[("webACLARN", &["wafV2.webACL"])],
        Kind::Shield => &[("enabled", &["shieldConfiguration.enabled"])],
    }
}

/// The field that is called `asked` in the stack or in a configuration.
pub fn find(kind: &Kind, asked: &str) -> Result<Field, String> {
    let entries = table(kind);
    let by_stack = entries.iter().filter(|(stack, _)| begins(asked, stack)).max_by_key(|(stack, _)| stack.len());
    if let Some((stack, crd)) = by_stack {
        return Ok(field(asked, stack, crd));
    }
    let leaf = |crd: &str| crd == asked || crd.rsplit('.').next() == Some(asked);
    let by_crd = entries.iter().find(|(_, crd)| crd.iter().any(|crd| leaf(crd)));
    by_crd.map(|(stack, crd)| field(stack, stack, crd)).ok_or_else(|| unknown(kind, asked, entries))
}

fn field(asked: &str, stack: &str, crd: &[&str]) -> Field {
    let is_united = UNITED.contains(&stack);
    let key = asked.strip_prefix(stack).filter(|_| is_united || stack == "listenerAttributes").and_then(key_of);
    let path = |crd: &&str| key.map_or_else(|| (*crd).to_owned(), |key| format!("{crd}[{key}]"));
    Field {
        stack: asked.to_owned(),
        crd: crd.iter().map(path).collect(),
        is_united: is_united && key.is_none(),
        key: key.map(str::to_owned),
    }
}

/// Fields to which all layers contribute.
const UNITED: [&str; 3] = ["tags", "loadBalancerAttributes", "targetGroupAttributes"];

/// `.KEY` or `[KEY]`; a position is no key.
fn key_of(rest: &str) -> Option<&str> {
    let bracketed = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    bracketed.or_else(|| rest.strip_prefix('.')).filter(|key| !key.is_empty() && key.parse::<usize>().is_err())
}

fn begins(asked: &str, stack: &str) -> bool {
    asked.strip_prefix(stack).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn unknown(kind: &Kind, asked: &str, entries: &[Entry]) -> String {
    let mut names: Vec<&str> = entries.iter().map(|(stack, _)| *stack).collect();
    for name in entries.iter().flat_map(|(_, crd)| *crd) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let near = nearest(asked, names.iter().copied()).map(|near| format!(", did you mean {near}?")).unwrap_or_default();
    format!("the {kind} has no field {asked}{near}{}; its fields are {}", elsewhere(asked), names.join(", "))
}

/// Where a field of that name is to be found.
fn elsewhere(asked: &str) -> String {
    let lists: [(&str, &[Entry]); 4] = [
        ("securityGroup", SECURITY_GROUP),
        ("listeners[PORT]", LISTENER),
        ("rules[PORT:PRIORITY]", RULE),
        ("targetGroups[ID]", TARGET_GROUP),
    ];
    let has = |entries: &[Entry]| {
        entries
            .iter()
            .any(|(stack, crd)| begins(asked, stack) || crd.iter().any(|crd| crd.rsplit('.').next() == Some(asked)))
    };
    let found: Vec<String> =
        lists.iter().filter(|(_, entries)| has(entries)).map(|(list, _)| format!("{list}.{asked}")).collect();
    if found.is_empty() { String::new() } else { format!("; there is {}", found.join(", ")) }
}

/// The value at a path of the stack JSON.
pub fn at<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    let (base, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    if let Some(key) = key_of(rest) {
        match json.get(base) {
            Some(Json::Object(map)) if base == "tags" => return map.get(key),
            Some(Json::Array(entries)) if base.ends_with("Attributes") => {
                return entries.iter().find(|entry| entry["key"] == key)?.get("value");
            }
            _ => {}
        }
    }
    let parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty());
    parts.into_iter().try_fold(json, |json, part| match part.parse::<usize>() {
        Ok(index) if json.is_array() => json.get(index),
        _ => json.get(part),
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, find};

    #[test]
    fn both_names_mean_the_field() {
        let by_stack = find(&Kind::LoadBalancer, "subnetMapping");
        assert_eq!(by_stack, find(&Kind::LoadBalancer, "loadBalancerSubnets"));
        assert!(by_stack.is_ok());
    }

    #[test]
    fn a_slip_is_recognised() {
        let error = find(&Kind::LoadBalancer, "shceme").expect_err("there is no such field");
        assert!(error.contains("did you mean scheme?"), "{error}");
    }
}
