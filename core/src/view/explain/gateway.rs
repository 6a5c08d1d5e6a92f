//! A Gateway: its load balancer's properties, then its listeners.
//!
//! What is blocked or refused is worded in `problem`.

use super::super::page::{Span, Style};
use super::tree::{Item, Row};
use super::words::{self, value};
use super::{Teller, Told};
use crate::fact::SubnetMapping;
use crate::id::LoadBalancerType;
use crate::model::Resource;
use crate::model::Stack;
use crate::model::load_balancer::{LoadBalancer, SecurityGroup, Subnets};
use crate::pipeline::is_dry_run;

impl Teller<'_, '_> {
    /// The Gateway with its listeners; with `through` only those that lead to that ALB.
    pub(super) fn gateway(&mut self, index: usize, through: Option<usize>) -> Item {
        let (node, _) = self.gateways[index];
        let mut item = self.gateway_head(index);
        if is_dry_run(node) {
            item = item.and(Style::Pending, ", dry run only");
        }
        let fronts = self.fronted_by(index);
        if self.lb_type(index) == LoadBalancerType::Application && !fronts.is_empty() && through.is_none() {
            item = item.and(Style::Plain, ": listeners that no NLB leads to");
        }
        match self.stack(index) {
            Some(stack) => {
                for port in self.ports(index, stack, through) {
                    let child = self.listener(index, port);
                    item.children.push(child);
                }
            }
            None => item.children.extend(self.blocked(index)),
        }
        if through.is_none() {
            item.children.extend(self.gateway_problems(index));
        }
        item
    }

    /// The Gateway's name; with its properties the first time.
    pub(super) fn gateway_head(&mut self, index: usize) -> Item {
        let (node, _) = self.gateways[index];
        let mut item = Item::of(Style::Plain, format!("{} ", node.lb_type.short()))
            .and(Style::Name, format!("Gateway {}", node.label()));
        item.sources.push(self.source(node.object(), ""));
        if !self.told.insert(Told::Gateway(index)) {
            return item.and(Style::Origin, " (described above)");
        }
        if let Some(stack) = self.stack(index) {
            item.rows = self.gateway_rows(stack);
        }
        item
    }

    fn ports(&self, index: usize, stack: &Stack, through: Option<usize>) -> Vec<i64> {
        let ports = stack.listeners.iter().map(|listener| listener.spec.port);
        match through {
            Some(alb) => ports.filter(|port| self.leads_to(index, *port, alb)).collect(),
            None => ports.filter(|port| !self.told.contains(&Told::Listener(index, *port))).collect(),
        }
    }

    fn leads_to(&self, index: usize, port: i64, alb: usize) -> bool {
        let targets = self.stack(index).map(|stack| stack.alb_targets.as_slice()).unwrap_or_default();
        let groups = self.forwarded(index, port);
        targets.iter().any(|target| groups.contains(&target.id) && self.alb(&target.spec) == Some(alb))
    }

    fn gateway_rows(&self, stack: &Stack) -> Vec<Row> {
        let Some(resource) = &stack.load_balancer else {
            let text = vec![Span::new(Style::Plain, "is being deleted: nothing is left of it")];
            return vec![Row { label: "state", text, sources: Vec::new() }];
        };
        let mut item = Item::default();
        self.address_rows(resource, &mut item);
        self.security_rows(stack, resource, &mut item);
        self.other_rows(resource, &mut item);
        self.addon_rows(stack, &mut item);
        item.rows
    }

    fn address_rows(&self, resource: &Resource<LoadBalancer>, item: &mut Item) {
        let (spec, origins) = (&resource.spec, &resource.origins);
        let plain = |text: &str| vec![Span::new(Style::Value, text)];
        item.row("scheme", plain(&spec.scheme), self.sources(origins, &[("scheme", "")]));
        item.row("name", value(&spec.name), self.sources(origins, &[("name", "")]));
        item.row("addresses", plain(&spec.ip_address_type), self.sources(origins, &[("ipAddressType", "")]));
        let subnets = match &spec.subnet_mapping {
            Subnets::Known(mappings) => {
                let shown: Vec<String> = mappings.iter().map(mapping).collect();
                vec![Span::new(Style::Value, shown.join(", "))]
            }
            Subnets::Pending(want) => vec![Span::new(Style::Pending, format!("({want})"))],
        };
        item.row("subnets", subnets, self.sources(origins, &[("subnetMapping", "")]));
    }

    fn security_rows(&self, stack: &Stack, resource: &Resource<LoadBalancer>, item: &mut Item) {
        let spec = &resource.spec;
        let mut groups = Vec::new();
        for group in &spec.security_groups {
            if !groups.is_empty() {
                groups.push(Span::new(Style::Plain, ", "));
            }
            groups.extend(value(group));
        }
        if groups.is_empty() {
            groups.push(Span::new(Style::Value, "none"));
        }
        item.row("security", groups, self.sources(&resource.origins, &[("securityGroups", "")]));
        if let Some(managed) = &stack.security_group {
            self.inbound_row(managed, item);
        }
        if let Some(enforced) = &spec.security_groups_inbound_rules_on_private_link {
            let field = [("securityGroupsInboundRulesOnPrivateLink", "")];
            let text = vec![Span::new(Style::Value, format!("inbound rules on PrivateLink: {enforced}"))];
            item.row("", text, self.sources(&resource.origins, &field));
        }
    }

    fn inbound_row(&self, managed: &Resource<SecurityGroup>, item: &mut Item) {
        let text = words::permissions(&managed.spec.ingress);
        let parts = [
            ("ingress", "ranges"),
            ("ingress.prefixLists", "prefix lists"),
            ("ingress.icmp", "ICMP"),
            ("ingress.chain", "from the NLB"),
        ];
        let sources = self.sources(&managed.origins, &parts);
        item.row("lets in", vec![Span::new(Style::Value, text)], sources);
    }

    fn other_rows(&self, resource: &Resource<LoadBalancer>, item: &mut Item) {
        let (spec, origins) = (&resource.spec, &resource.origins);
        let mut row = |label, field, text: Option<String>| {
            if let Some(text) = text {
                item.row(label, vec![Span::new(Style::Value, text)], self.sources(origins, &[(field, "")]));
            }
        };
        let attributes = words::pairs(spec.load_balancer_attributes.iter().map(|one| (&one.key, &one.value)));
        row("attributes", "loadBalancerAttributes", attributes);
        row("tags", "tags", words::pairs(spec.tags.iter()));
        let capacity = spec.minimum_load_balancer_capacity.as_ref();
        row("capacity", "minimumLoadBalancerCapacity", capacity.map(|units| format!("{} units", units.capacity_units)));
        row("address pool", "customerOwnedIPv4Pool", spec.customer_owned_ipv4_pool.as_deref().map(str::to_owned));
        row("address pool", "ipv4IPAMPool", spec.ipv4_ipam_pool.as_deref().map(str::to_owned));
        if spec.enable_prefix_for_ipv6_source_nat == Some("on") {
            row("source NAT", "enablePrefixForIpv6SourceNat", Some("IPv6 prefixes".to_owned()));
        }
    }

    fn addon_rows(&self, stack: &Stack, item: &mut Item) {
        if let Some(acl) = &stack.web_acl {
            let arn = if acl.spec.web_acl_arn.is_empty() { "removed" } else { &*acl.spec.web_acl_arn };
            item.row("WAF", vec![Span::new(Style::Value, arn)], self.sources(&acl.origins, &[("webACLARN", "")]));
        }
        if let Some(shield) = &stack.shield {
            let text = if shield.spec.enabled { "on" } else { "removed" };
            item.row("Shield", vec![Span::new(Style::Value, text)], self.sources(&shield.origins, &[("enabled", "")]));
        }
    }
}

fn mapping(mapping: &SubnetMapping) -> String {
    let fixed = [
        ("EIP", &mapping.allocation_id),
        ("IP", &mapping.private_ipv4_address),
        ("IPv6", &mapping.ipv6_address),
        ("source NAT", &mapping.source_nat_ipv6_prefix),
    ];
    let fixed: Vec<String> =
        fixed.iter().filter_map(|(what, value)| Some(format!("{what} {}", value.as_ref()?))).collect();
    if fixed.is_empty() {
        mapping.subnet_id.to_string()
    } else {
        format!("{} ({})", mapping.subnet_id, fixed.join(", "))
    }
}
