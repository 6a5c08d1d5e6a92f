//! Target groups, their targets, and the bindings that a cluster keeps beside them.

use gwchain_core::account::target_group::Matcher;
use gwchain_core::account::{Binding, Pairs, Target, TargetGroup};
use gwchain_core::diff::Operation;
use gwchain_core::id::Text;
use gwchain_core::model::Number;
use gwchain_core::model::target_group::{self as model, HealthCheck, HealthCheckPort};

use super::{Call, Cloud};

/// NLBs that may have one ALB as a target.
const NLBS_PER_ALB: usize = 2;

impl Cloud {
    pub(super) fn target_groups(&mut self, operation: &Operation, call: &Call<'_>) -> Result<Option<Text>, String> {
        match operation {
            Operation::CreateTargetGroup { spec, tags } => return self.create_target_group(spec, tags, call).map(Some),
            Operation::ModifyTargetGroup { group, health_check } => {
                set_health_check(self.target_group(group)?, health_check);
            }
            Operation::ModifyTargetGroupAttributes { group, attributes } => {
                let group = self.target_group(&call.text(group)?)?;
                if group.target_type == "alb" {
                    return Err("attributes of an ALB's target group can't be changed".to_owned());
                }
                group.attributes.get_or_insert_default().extend(attributes.clone());
            }
            Operation::DeleteTargetGroup { group } => self.delete_target_group(group)?,
            Operation::RegisterTargets { group, load_balancer, port } => {
                self.register(&call.text(group)?, &call.text(load_balancer)?, *port)?;
            }
            Operation::DeregisterTargets { group, load_balancer, .. } => {
                let group = self.target_group(group)?;
                let targets = group.targets.get_or_insert_default();
                targets.retain(|target| target.id != *load_balancer);
            }
            Operation::ApplyTargetGroupBinding { binding } => self.bind(binding, call)?,
            Operation::DeleteTargetGroupBinding { namespace, name } => {
                let bindings = self.account.bindings.get_or_insert_default();
                bindings.retain(|one| one.namespace != *namespace || one.name != *name);
            }
            other => return Err(format!("{} is not about targets", other.name())),
        }
        Ok(None)
    }

    pub(super) fn target_group(&mut self, arn: &Text) -> Result<&mut TargetGroup, String> {
        let found = self.account.target_groups.iter_mut().find(|group| group.target_group_arn == *arn);
        found.ok_or_else(|| format!("TargetGroupNotFound: {arn}"))
    }

    fn create_target_group(
        &mut self,
        spec: &model::TargetGroup,
        tags: &Pairs,
        call: &Call<'_>,
    ) -> Result<Text, String> {
        let name = call.text(&spec.name)?;
        if self.account.target_groups.iter().any(|group| group.target_group_name == name) {
            return Err(format!("DuplicateTargetGroupName: {name}"));
        }
        if spec.target_type == "alb" && spec.protocol != "TCP" {
            return Err("a target group of an ALB is TCP".to_owned());
        }
        let arn = self.arn("targetgroup", &name);
        let Number::Known(port) = spec.port else {
            return Err("port is not known".to_owned());
        };
        let mut group = TargetGroup {
            target_group_arn: arn.clone(),
            target_group_name: name,
            target_type: spec.target_type.into(),
            port: Some(port),
            protocol: spec.protocol.clone(),
            protocol_version: spec.protocol_version.clone(),
            ip_address_type: Some(spec.ip_address_type.into()),
            target_control_port: spec.target_control_port,
            tags: tags.clone(),
            attributes: Some(Pairs::new()),
            targets: Some(Vec::new()),
            ..TargetGroup::default()
        };
        set_health_check(&mut group, &spec.health_check_config);
        self.account.target_groups.push(group);
        Ok(arn)
    }

    fn delete_target_group(&mut self, arn: &Text) -> Result<(), String> {
        self.target_group(arn)?;
        if self.held().any(|(_, group)| group == arn) {
            return Err(format!("ResourceInUse: {arn}"));
        }
        let bindings = self.account.bindings.iter().flatten();
        if bindings.into_iter().any(|binding| binding.target_group() == Some(arn)) {
            return Err(format!("a binding still fills {arn}"));
        }
        self.account.target_groups.retain(|group| group.target_group_arn != *arn);
        Ok(())
    }

    fn register(&mut self, arn: &Text, alb: &Text, port: i64) -> Result<(), String> {
        let lb = self.account.load_balancers.iter().find(|lb| lb.load_balancer_arn == *alb);
        let lb = lb.ok_or_else(|| format!("LoadBalancerNotFound: {alb}"))?;
        if !lb.is_active() {
            return Err("the ALB does not serve yet".to_owned());
        }
        if !lb.listeners.iter().flatten().any(|listener| listener.port == port) {
            return Err(format!("the ALB has no listener on {port}"));
        }
        let groups = self.account.target_groups.iter();
        let has = |group: &&TargetGroup| group.targets.iter().flatten().any(|target| target.id == *alb);
        let with: Vec<&Text> = groups.filter(has).map(|group| &group.target_group_arn).collect();
        let mut nlbs: Vec<&Text> = self.held().filter(|(_, group)| with.contains(group)).map(|(lb, _)| lb).collect();
        nlbs.sort();
        nlbs.dedup();
        if nlbs.len() > NLBS_PER_ALB {
            return Err("an ALB can be the target of two NLBs".to_owned());
        }
        let group = self.target_group(arn)?;
        if group.target_type != "alb" || group.port != Some(port) {
            return Err("the target group is not for this ALB and port".to_owned());
        }
        let targets = group.targets.get_or_insert_default();
        if !targets.is_empty() {
            return Err("a target group takes one ALB".to_owned());
        }
        targets.push(Target { id: alb.clone(), port: Some(port), state: Text::new_static("healthy") });
        Ok(())
    }

    fn bind(&mut self, binding: &model::TargetGroupBinding, call: &Call<'_>) -> Result<(), String> {
        let mut spec = serde_json::to_value(&binding.template.spec).map_err(|error| error.to_string())?;
        let arn = call.text(&binding.template.spec.target_group_arn)?;
        self.target_group(&arn)?;
        spec["targetGroupARN"] = arn.as_str().into();
        resolve_groups(&mut spec, binding, call)?;
        let metadata = &binding.template.metadata;
        let name = call.text(&metadata.name)?;
        let map = |map: &Option<Pairs>| map.clone().unwrap_or_default();
        let bindings = self.account.bindings.get_or_insert_default();
        bindings.retain(|one| one.namespace != metadata.namespace || one.name != name);
        bindings.push(Binding {
            namespace: metadata.namespace.clone(),
            name,
            labels: map(&metadata.labels),
            annotations: map(&metadata.annotations),
            spec,
        });
        Ok(())
    }
}

fn resolve_groups(
    spec: &mut serde_json::Value,
    binding: &model::TargetGroupBinding,
    call: &Call<'_>,
) -> Result<(), String> {
    let rules = binding.template.spec.networking.iter().flat_map(|networking| &networking.ingress);
    for (at, rule) in rules.enumerate() {
        for (peer_at, peer) in rule.from.iter().enumerate() {
            if let model::NetworkingPeer::SecurityGroup { group_id } = peer {
                let id = call.text(group_id)?;
                let peer = &mut spec["networking"]["ingress"][at]["from"][peer_at];
                peer["securityGroup"]["groupID"] = id.as_str().into();
            }
        }
    }
    Ok(())
}

fn set_health_check(group: &mut TargetGroup, check: &HealthCheck) {
    group.health_check_protocol = check.protocol.clone();
    group.health_check_port = match &check.port {
        HealthCheckPort::Traffic => Text::new_static("traffic-port"),
        HealthCheckPort::Number(number) => number.to_string().into(),
    };
    group.health_check_path = check.path.clone();
    group.health_check_interval_seconds = check.interval_seconds;
    group.health_check_timeout_seconds = check.timeout_seconds;
    group.healthy_threshold_count = check.healthy_threshold_count;
    group.unhealthy_threshold_count = check.unhealthy_threshold_count;
    group.matcher = check.matcher.as_ref().map(|matcher| match matcher {
        model::Matcher::Http(code) => Matcher { http_code: Some(code.clone()), grpc_code: None },
        model::Matcher::Grpc(code) => Matcher { http_code: None, grpc_code: Some(code.clone()) },
    });
}
