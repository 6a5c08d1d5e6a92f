//! Load balancers and listeners.

use gwchain_core::account::{
    Action, Listener, LoadBalancer, MutualAuthentication, Pairs, Protection, State, ZoneSubnet,
};
use gwchain_core::diff::Operation;
use gwchain_core::fact::SubnetMapping;
use gwchain_core::id::Text;
use gwchain_core::model::listener as model;
use gwchain_core::model::load_balancer as planned;
use gwchain_core::model::load_balancer::Subnets;

use super::ec2::remove;
use super::{Call, Cloud, describe};

impl Cloud {
    pub(super) fn load_balancers(&mut self, operation: &Operation, call: &Call<'_>) -> Result<Option<Text>, String> {
        match operation {
            Operation::CreateLoadBalancer { spec, tags } => return self.create(spec, tags, call).map(Some),
            Operation::DeleteLoadBalancer { load_balancer } => self.delete(load_balancer)?,
            Operation::CreateListener { spec, tags } => return self.create_listener(spec, tags, call).map(Some),
            Operation::ModifyListener { listener, spec } => self.modify_listener(listener, spec, call)?,
            Operation::DeleteListener { listener } => self.delete_listener(listener)?,
            Operation::AddListenerCertificates { listener, certificate } => {
                let (listener, certificate) = (call.text(listener)?, call.text(certificate)?);
                self.listener(&listener)?.certificates.get_or_insert_default().push(certificate);
            }
            Operation::RemoveListenerCertificates { listener, certificate } => {
                let listener = self.listener(listener)?;
                if listener.default_certificate.as_ref() == Some(certificate) {
                    return Err("the default certificate can't be removed".to_owned());
                }
                listener.certificates.get_or_insert_default().retain(|one| one != certificate);
            }
            Operation::ModifyListenerAttributes { listener, attributes } => {
                let listener = self.listener(&call.text(listener)?)?;
                listener.attributes.get_or_insert_default().extend(attributes.clone());
            }
            Operation::AddTags { resource, tags } => self.tags(resource)?.extend(tags.clone()),
            Operation::RemoveTags { resource, keys } => remove(self.tags(resource)?, keys),
            other => self.set(other, call)?,
        }
        Ok(None)
    }

    /// Calls that change one thing of a load balancer.
    fn set(&mut self, operation: &Operation, call: &Call<'_>) -> Result<(), String> {
        match operation {
            Operation::ModifyLoadBalancerAttributes { load_balancer, attributes } => {
                let lb = self.lb(&call.text(load_balancer)?)?;
                lb.attributes.get_or_insert_default().extend(attributes.clone());
            }
            Operation::SetSecurityGroups { load_balancer, groups, on_private_link } => {
                let groups: Result<Vec<Text>, String> = groups.iter().map(|group| call.text(group)).collect();
                let lb = self.lb(&call.text(load_balancer)?)?;
                lb.security_groups = groups?;
                if on_private_link.is_some() {
                    lb.enforce_security_group_inbound_rules_on_private_link_traffic = on_private_link.clone();
                }
            }
            Operation::SetSubnets { load_balancer, subnets, source_nat, .. } => {
                let lb = self.lb(load_balancer)?;
                lb.availability_zones = zones(subnets);
                lb.enable_prefix_for_ipv6_source_nat = source_nat.map(Text::from);
            }
            Operation::SetIpAddressType { load_balancer, ip_address_type } => {
                self.lb(load_balancer)?.ip_address_type = ip_address_type.clone();
            }
            Operation::ModifyIpPools { load_balancer, ipv4_pool } => {
                self.lb(load_balancer)?.ipam_pool = ipv4_pool.clone();
            }
            Operation::ModifyCapacityReservation { load_balancer, units } => {
                let lb = self.lb(&call.text(load_balancer)?)?;
                if !lb.is_active() {
                    return Err("capacity is reserved once the load balancer serves".to_owned());
                }
                lb.capacity_units = Some(*units);
            }
            Operation::AwaitActive { load_balancer } => {
                self.lb(&call.text(load_balancer)?)?.state.code = Text::new_static("active");
            }
            Operation::AssociateWebAcl { load_balancer, web_acl } => {
                self.lb(&call.text(load_balancer)?)?.web_acl = Some(web_acl.clone());
            }
            Operation::DisassociateWebAcl { load_balancer } => self.lb(load_balancer)?.web_acl = Some(Text::default()),
            Operation::CreateProtection { load_balancer } => {
                let name = Text::new_static("managed by aws-load-balancer-controller");
                let protection = Protection { id: call.text(load_balancer)?, name };
                self.lb(&call.text(load_balancer)?)?.protection = Some(Some(protection));
            }
            Operation::DeleteProtection { protection } => self.lb(protection)?.protection = Some(None),
            other => return Err(format!("{} is not known", other.name())),
        }
        Ok(())
    }

    fn lb(&mut self, arn: &Text) -> Result<&mut LoadBalancer, String> {
        let found = self.account.load_balancers.iter_mut().find(|lb| lb.load_balancer_arn == *arn);
        found.ok_or_else(|| format!("LoadBalancerNotFound: {arn}"))
    }

    pub(super) fn listener(&mut self, arn: &Text) -> Result<&mut Listener, String> {
        let listeners = self.account.load_balancers.iter_mut().flat_map(|lb| lb.listeners.iter_mut().flatten());
        let found = listeners.into_iter().find(|listener| listener.listener_arn == *arn);
        found.ok_or_else(|| format!("ListenerNotFound: {arn}"))
    }

    fn tags(&mut self, arn: &Text) -> Result<&mut Pairs, String> {
        if self.account.target_groups.iter().any(|group| group.target_group_arn == *arn) {
            return Ok(&mut self.target_group(arn)?.tags);
        }
        for lb in &mut self.account.load_balancers {
            if lb.load_balancer_arn == *arn {
                return Ok(&mut lb.tags);
            }
            for listener in lb.listeners.iter_mut().flatten() {
                if listener.listener_arn == *arn {
                    return Ok(listener.tags.get_or_insert_default());
                }
                let rule = listener.rules.iter_mut().flatten().find(|rule| rule.rule_arn == *arn);
                if let Some(rule) = rule {
                    return Ok(rule.tags.get_or_insert_default());
                }
            }
        }
        Err(format!("ResourceNotFound: {arn}"))
    }

    fn create(&mut self, spec: &planned::LoadBalancer, tags: &Pairs, call: &Call<'_>) -> Result<Text, String> {
        let name = call.text(&spec.name)?;
        if self.account.load_balancers.iter().any(|lb| lb.load_balancer_name == name) {
            return Err(format!("DuplicateLoadBalancerName: {name}"));
        }
        let groups: Result<Vec<Text>, String> = spec.security_groups.iter().map(|group| call.text(group)).collect();
        let groups = groups?;
        let exists = |id: &&Text| !self.account.security_groups.iter().any(|group| group.group_id == **id);
        if let Some(unknown) = groups.iter().find(|id| id.starts_with("sg-0") && exists(id)).filter(|id| id.len() == 20)
        {
            return Err(format!("InvalidSecurityGroup: {unknown}"));
        }
        let Subnets::Known(mappings) = &spec.subnet_mapping else {
            return Err("subnets are not known".to_owned());
        };
        let arn = self.arn(if spec.lb_type == "application" { "loadbalancer/app" } else { "loadbalancer/net" }, &name);
        self.account.load_balancers.push(LoadBalancer {
            load_balancer_arn: arn.clone(),
            load_balancer_name: name,
            lb_type: spec.lb_type.into(),
            scheme: spec.scheme.clone(),
            ip_address_type: spec.ip_address_type.clone(),
            state: State { code: Text::new_static("provisioning") },
            availability_zones: zones(mappings),
            security_groups: groups,
            enforce_security_group_inbound_rules_on_private_link_traffic: (spec.lb_type == "network")
                .then(|| "on".into()),
            enable_prefix_for_ipv6_source_nat: spec.enable_prefix_for_ipv6_source_nat.map(Text::from),
            customer_owned_ipv4_pool: spec.customer_owned_ipv4_pool.clone(),
            ipam_pool: spec.ipv4_ipam_pool.clone(),
            tags: tags.clone(),
            attributes: Some(Pairs::new()),
            listeners: Some(Vec::new()),
            capacity_units: Some(0),
            web_acl: Some(Text::default()),
            protection: Some(None),
            ..LoadBalancer::default()
        });
        Ok(arn)
    }

    fn delete(&mut self, arn: &Text) -> Result<(), String> {
        let lb = self.lb(arn)?;
        let protection = lb.attributes.as_ref().and_then(|all| all.get("deletion_protection.enabled"));
        if protection.is_some_and(|value| value == "true") {
            return Err("OperationNotPermitted: deletion protection".to_owned());
        }
        if self.targets_of(arn, None) {
            return Err(format!("ResourceInUse: {arn} is a target"));
        }
        self.account.load_balancers.retain(|lb| lb.load_balancer_arn != *arn);
        Ok(())
    }

    fn targets_of(&self, alb: &Text, port: Option<i64>) -> bool {
        let targets = self.account.target_groups.iter().flat_map(|group| group.targets.iter().flatten());
        targets.into_iter().any(|target| target.id == *alb && (port.is_none() || target.port == port))
    }

    /// A target group serves one load balancer, which an NLB's listener must suit.
    pub(super) fn check_forwarding(&mut self, listener: &Text, actions: &[Action]) -> Result<(), String> {
        let has = |lb: &&LoadBalancer| lb.listeners.iter().flatten().any(|one| one.listener_arn == *listener);
        let lb = self.account.load_balancers.iter().find(has).map(|lb| lb.load_balancer_arn.clone());
        self.check_groups(&lb.ok_or_else(|| format!("ListenerNotFound: {listener}"))?, actions)
    }

    fn check_groups(&mut self, lb: &Text, actions: &[Action]) -> Result<(), String> {
        for group in actions.iter().flat_map(Action::target_groups) {
            self.target_group(group)?;
            if self.held().any(|(other, held)| held == group && other != lb) {
                return Err(format!("TargetGroupAssociationLimit: {group}"));
            }
        }
        Ok(())
    }

    fn create_listener(&mut self, spec: &model::Listener, tags: &Pairs, call: &Call<'_>) -> Result<Text, String> {
        let lb = call.text(&spec.load_balancer_arn)?;
        let mut listener = listener(spec, call)?;
        self.check_groups(&lb, &listener.default_actions)?;
        listener.listener_arn = self.arn("listener", "listener");
        listener.tags = Some(tags.clone());
        listener.attributes = Some(Pairs::new());
        listener.rules = Some(Vec::new());
        listener.certificates = Some(Vec::new());
        let arn = listener.listener_arn.clone();
        let listeners = self.lb(&lb)?.listeners.get_or_insert_default();
        if listeners.iter().any(|other| other.port == listener.port) {
            return Err(format!("DuplicateListener: {}", listener.port));
        }
        listeners.push(listener);
        Ok(arn)
    }

    fn modify_listener(&mut self, arn: &Text, spec: &model::Listener, call: &Call<'_>) -> Result<(), String> {
        let wanted = listener(spec, call)?;
        self.check_forwarding(arn, &wanted.default_actions)?;
        let listener = self.listener(arn)?;
        listener.protocol = wanted.protocol;
        listener.default_actions = wanted.default_actions;
        listener.ssl_policy = wanted.ssl_policy;
        listener.alpn_policy = wanted.alpn_policy;
        listener.default_certificate = wanted.default_certificate;
        listener.mutual_authentication = wanted.mutual_authentication;
        Ok(())
    }

    fn delete_listener(&mut self, arn: &Text) -> Result<(), String> {
        let port = self.listener(arn)?.port;
        let has = |lb: &&LoadBalancer| lb.listeners.iter().flatten().any(|one| one.listener_arn == *arn);
        let lb = self.account.load_balancers.iter().find(has).map(|lb| lb.load_balancer_arn.clone());
        if lb.is_some_and(|lb| self.targets_of(&lb, Some(port))) {
            return Err(format!("ResourceInUse: port {port} is in use by a registered target"));
        }
        for lb in &mut self.account.load_balancers {
            lb.listeners.get_or_insert_default().retain(|listener| listener.listener_arn != *arn);
        }
        Ok(())
    }
}

fn zones(mappings: &[SubnetMapping]) -> Vec<ZoneSubnet> {
    let zone = |mapping: &SubnetMapping| ZoneSubnet {
        subnet_id: mapping.subnet_id.clone(),
        zone_name: None,
        source_nat_ipv6_prefixes: mapping.source_nat_ipv6_prefix.iter().map(|prefix| assigned(prefix)).collect(),
    };
    mappings.iter().map(zone).collect()
}

fn assigned(prefix: &str) -> Text {
    if prefix == "auto_assigned" { Text::new_static("2001:db8:1::/80") } else { prefix.into() }
}

fn listener(spec: &model::Listener, call: &Call<'_>) -> Result<Listener, String> {
    let first = spec.certificates.first().map(|one| call.text(&one.arn)).transpose()?;
    let mutual = |mutual: &model::MutualAuthentication| {
        Ok::<_, String>(MutualAuthentication {
            mode: mutual.mode.clone(),
            trust_store_arn: mutual.trust_store_arn.as_ref().map(|arn| call.text(arn)).transpose()?,
            ignore_client_certificate_expiry: mutual.ignore_client_certificate_expiry,
            advertise_trust_store_ca_names: Some(mutual.advertise_trust_store_ca_names.clone()),
        })
    };
    Ok(Listener {
        port: spec.port,
        protocol: spec.protocol.into(),
        default_actions: describe::actions(call, &spec.default_actions)?,
        ssl_policy: spec.ssl_policy.clone(),
        alpn_policy: spec.alpn_policy.iter().flatten().cloned().collect(),
        mutual_authentication: spec.mutual_authentication.as_ref().map(mutual).transpose()?,
        default_certificate: first,
        ..Listener::default()
    })
}
