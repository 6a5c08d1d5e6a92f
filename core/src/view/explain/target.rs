//! A target group and what it leads to: a Service, or the ALB of another Gateway.
//!
//! A target group is described where it is met first and only named afterwards.

use super::super::page::{Span, Style};
use super::focus::Mark;
use super::tree::{Item, Source};
use super::words;
use super::{Teller, Told};
use crate::id::{NamespacedName, Text};
use crate::model::action::TargetGroupTuple;
use crate::model::target_group::{AlbTarget, HealthCheckPort, Matcher, TargetGroup, TargetGroupBinding};
use crate::model::{Resource, Stack, Value};

/// Interval, time-out, healthy and unhealthy threshold that are not worth telling.
const USUAL: [i64; 4] = [15, 5, 3, 3];

impl Teller<'_, '_> {
    /// The target groups of a forward action.
    pub(super) fn targets(&mut self, index: usize, tuples: &[TargetGroupTuple]) -> Vec<Item> {
        let shared = tuples.len() > 1;
        tuples.iter().map(|tuple| self.target(index, tuple, shared)).collect()
    }

    fn target(&mut self, index: usize, tuple: &TargetGroupTuple, shared: bool) -> Item {
        let mut item = Item::of(Style::Plain, "target group");
        let weight = tuple.weight.filter(|weight| shared || *weight != 1);
        let weight = weight.map(|weight| format!(", weight {weight}")).unwrap_or_default();
        let (Some(stack), Value::TargetGroupArn(id)) = (self.stack(index), &tuple.arn) else {
            item = item.and(Style::Plain, " that exists already: ");
            item.text.extend(words::value(&tuple.arn));
            return item.and(Style::Plain, weight);
        };
        item = item.and(Style::Plain, format!("{weight} → "));
        let alb = stack.alb_targets.iter().find(|target| target.id == *id).map(|target| &target.spec);
        item = item.and(Style::Name, self.aim(stack, id, alb));
        let Some(group) = stack.target_groups.iter().find(|group| group.id == *id) else { return item };
        item.sources.extend(self.backend(stack, group));
        item.marks.extend(service(stack, id).map(Mark::Service));
        if !self.told.insert(Told::TargetGroup(index, id.clone())) {
            return item.and(Style::Origin, " (described above)");
        }
        self.group_rows(stack, group, &mut item);
        if let Some(gateway) = alb.and_then(|target| self.alb(target)) {
            let behind = self.behind(gateway, alb.map_or(0, |target| target.target_port));
            item.children.push(behind);
        }
        item
    }

    /// The `backendRef` that brought a target group about.
    fn backend(&self, stack: &Stack, group: &Resource<TargetGroup>) -> Option<Source> {
        let binding = stack.bindings.iter().find(|binding| binding.id == group.id);
        match binding {
            Some(binding) => self.sources(&binding.origins, &[("template.spec.serviceRef", "")]).pop(),
            None => self.sources(&group.origins, &[("port", "")]).pop(),
        }
    }

    /// `Service ns/name:port`, or the listener of another Gateway.
    fn aim(&self, stack: &Stack, id: &Text, alb: Option<&AlbTarget>) -> String {
        if let Some(target) = alb {
            return match self.alb(target) {
                Some(_) => format!("ALB, port {}", target.target_port),
                None => format!("{} port {}", target.target_arn, target.target_port),
            };
        }
        match stack.bindings.iter().find(|binding| binding.id == *id) {
            Some(binding) => {
                let template = &binding.spec.template;
                let service = &template.spec.service_ref;
                format!("Service {}/{}:{}", template.metadata.namespace, service.name, service.port)
            }
            None => id.to_string(),
        }
    }

    /// The ALB behind a target group, by one listener.
    fn behind(&mut self, gateway: usize, port: i64) -> Item {
        let is_first = !self.told.contains(&Told::Gateway(gateway));
        let mut item = self.gateway_head(gateway);
        if self.stack(gateway).is_none() {
            item.children.extend(self.blocked(gateway));
        } else {
            let listener = self.listener(gateway, port);
            item.children.push(listener);
        }
        if is_first {
            item.children.extend(self.gateway_problems(gateway));
        }
        item
    }

    fn group_rows(&self, stack: &Stack, group: &Resource<TargetGroup>, item: &mut Item) {
        let (spec, origins) = (&group.spec, &group.origins);
        item.row("name", words::value(&spec.name), self.sources(origins, &[("name", "")]));
        let fields =
            [("targetType", "type"), ("port", "port"), ("protocol", "protocol"), ("protocolVersion", "version")];
        // The port of a chained ALB stands in the backendRef, which is told beside the target group.
        let told = |(field, _): &&(&str, &str)| !(*field == "port" && spec.target_type == "alb");
        let fields: Vec<(&str, &str)> = fields.iter().filter(told).copied().collect();
        item.row("targets", targets(spec), self.sources(origins, &fields));
        self.health_row(group, item);
        let mut row = |label, field, text: Option<String>| {
            if let Some(text) = text {
                item.row(label, vec![Span::new(Style::Value, text)], self.sources(origins, &[(field, "")]));
            }
        };
        row("control port", "targetControlPort", spec.target_control_port.map(|port| port.to_string()));
        row("IP family", "ipAddressType", (spec.ip_address_type != "ipv4").then(|| spec.ip_address_type.to_owned()));
        let attributes = words::pairs(spec.target_group_attributes.iter().map(|one| (&one.key, &one.value)));
        row("attributes", "targetGroupAttributes", attributes);
        let inherited = stack.load_balancer.as_ref().is_some_and(|lb| lb.spec.tags == spec.tags);
        row("tags", "tags", words::pairs(spec.tags.iter()).filter(|_| !inherited));
        if let Some(binding) = stack.bindings.iter().find(|binding| binding.id == group.id) {
            self.binding_rows(binding, item);
        }
    }

    fn health_row(&self, group: &Resource<TargetGroup>, item: &mut Item) {
        let check = &group.spec.health_check_config;
        let mut text = vec![Span::new(Style::Value, &check.protocol)];
        if let Some(path) = &check.path {
            text.push(Span::new(Style::Value, format!(" {path}")));
        }
        if let Some(Matcher::Http(codes) | Matcher::Grpc(codes)) = &check.matcher {
            text.push(Span::new(Style::Value, format!(" expecting {codes}")));
        }
        match &check.port {
            HealthCheckPort::Traffic => text.push(Span::new(Style::Value, " on the traffic port")),
            HealthCheckPort::Number(number) => {
                text.push(Span::new(Style::Value, " on port "));
                text.push(words::number(number));
            }
        }
        let counts = [
            check.interval_seconds,
            check.timeout_seconds,
            check.healthy_threshold_count,
            check.unhealthy_threshold_count,
        ];
        if counts != USUAL {
            let [interval, timeout, healthy, unhealthy] = counts;
            let timing = format!(
                ", every {interval} s within {timeout} s, healthy after {healthy}, unhealthy after {unhealthy}"
            );
            text.push(Span::new(Style::Value, timing));
        }
        let fields = [
            ("healthCheckConfig.protocol", "protocol"),
            ("healthCheckConfig.path", "path"),
            ("healthCheckConfig.matcher", "codes"),
            ("healthCheckConfig.port", "port"),
        ];
        item.row("health check", text, self.sources(&group.origins, &fields));
    }

    fn binding_rows(&self, binding: &Resource<TargetGroupBinding>, item: &mut Item) {
        let spec = &binding.spec.template.spec;
        if let Some(networking) = &spec.networking {
            let text = words::networking(networking);
            item.row("admit", vec![Span::new(Style::Value, text)], Vec::new());
        }
        if let Some(selector) = &spec.node_selector {
            let labels = selector.match_labels.iter().flatten();
            let mut text = words::pairs(labels).unwrap_or_default();
            if selector.match_expressions.is_some() {
                text.push_str(" and expressions");
            }
            let sources = self.sources(&binding.origins, &[("template.spec.nodeSelector", "")]);
            item.row("nodes", vec![Span::new(Style::Value, text)], sources);
        }
        if spec.multi_cluster_target_group {
            let sources = self.sources(&binding.origins, &[("template.spec.multiClusterTargetGroup", "")]);
            item.row("clusters", vec![Span::new(Style::Value, "several share the target group")], sources);
        }
    }
}

/// The Service behind a target group.
fn service(stack: &Stack, id: &Text) -> Option<NamespacedName> {
    let binding = stack.bindings.iter().find(|binding| binding.id == *id)?;
    let template = &binding.spec.template;
    Some(NamespacedName::new(&template.metadata.namespace, &template.spec.service_ref.name))
}

fn targets(spec: &TargetGroup) -> Vec<Span> {
    let version = spec.protocol_version.as_ref().map(|version| format!(" ({version})")).unwrap_or_default();
    vec![
        Span::new(Style::Value, format!("{}, port ", spec.target_type)),
        words::number(&spec.port),
        Span::new(Style::Value, format!(", {}{version}", spec.protocol)),
    ]
}
