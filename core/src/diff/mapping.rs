//! Subnets, address type and address pools of a load balancer that stays.
//!
//! Fixed addresses of subnets are given once, at creation, and not compared.

use std::collections::BTreeSet;

use super::change::{Action, ResourceId};
use super::draft::{Draft, Drafts};
use super::field::{Fields, shown};
use super::operation::Operation;
use crate::account::LoadBalancer as Lb;
use crate::fact::SubnetMapping;
use crate::id::Text;
use crate::model::Resource;
use crate::model::load_balancer::{LoadBalancer, Subnets};

/// Drafts what makes subnets, address type and pool those of `planned`. A pool goes first and comes last.
pub fn draft(drafts: &mut Drafts, id: &ResourceId, planned: &Resource<LoadBalancer>, lb: &Lb) {
    let is_leaving = planned.spec.ipv4_ipam_pool.is_none();
    if is_leaving {
        pool(drafts, id, planned, lb);
    }
    address_type(drafts, id, planned, lb);
    subnets(drafts, id, planned, lb);
    if !is_leaving {
        pool(drafts, id, planned, lb);
    }
}

fn pool(drafts: &mut Drafts, id: &ResourceId, planned: &Resource<LoadBalancer>, lb: &Lb) {
    let mut fields = Fields::default();
    if fields.compare("ipv4IPAMPool", &lb.ipam_pool, &planned.spec.ipv4_ipam_pool, &planned.origins) {
        let ipv4_pool = planned.spec.ipv4_ipam_pool.clone();
        let operation = Operation::ModifyIpPools { load_balancer: lb.load_balancer_arn.clone(), ipv4_pool };
        drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
    }
}

fn address_type(drafts: &mut Drafts, id: &ResourceId, planned: &Resource<LoadBalancer>, lb: &Lb) {
    let mut fields = Fields::default();
    if fields.compare("ipAddressType", &lb.ip_address_type, &planned.spec.ip_address_type, &planned.origins) {
        let ip_address_type = planned.spec.ip_address_type.clone();
        let operation = Operation::SetIpAddressType { load_balancer: lb.load_balancer_arn.clone(), ip_address_type };
        drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
    }
}

fn subnets(drafts: &mut Drafts, id: &ResourceId, planned: &Resource<LoadBalancer>, lb: &Lb) {
    let Subnets::Known(mappings) = &planned.spec.subnet_mapping else {
        return;
    };
    let mut fields = Fields::default();
    let now: BTreeSet<&Text> = lb.availability_zones.iter().map(|zone| &zone.subnet_id).collect();
    let wanted: BTreeSet<&Text> = mappings.iter().map(|mapping| &mapping.subnet_id).collect();
    let origin = || planned.origins.get("subnetMapping").cloned();
    if now != wanted {
        fields.note("subnetMapping", shown(&now), shown(&wanted), origin());
    }
    let (prefixes, wanted) = (prefixes_now(lb), prefixes_wanted(mappings));
    if !wanted.is_subset(&prefixes) {
        fields.note("sourceNatIpv6Prefixes", shown(&prefixes), shown(&wanted), origin());
    }
    let source_nat = planned.spec.enable_prefix_for_ipv6_source_nat;
    let is_on = |text: Option<&str>| text == Some("on");
    if is_on(source_nat) != is_on(lb.enable_prefix_for_ipv6_source_nat.as_deref()) {
        let now = &lb.enable_prefix_for_ipv6_source_nat;
        fields.note("enablePrefixForIpv6SourceNat", shown(now), shown(source_nat), origin());
    }
    if !fields.is_empty() {
        let operation = Operation::SetSubnets {
            load_balancer: lb.load_balancer_arn.clone(),
            subnets: mappings.clone(),
            ip_address_type: planned.spec.ip_address_type.clone(),
            source_nat,
        };
        drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
    }
}

fn prefixes_now(lb: &Lb) -> BTreeSet<(&str, &str)> {
    let zones = lb.availability_zones.iter();
    zones.flat_map(|zone| zone.source_nat_ipv6_prefixes.iter().map(|prefix| (&*zone.subnet_id, &**prefix))).collect()
}

/// `auto_assigned` prefixes are AWS's choice.
fn prefixes_wanted(mappings: &[SubnetMapping]) -> BTreeSet<(&str, &str)> {
    let given = mappings.iter().filter_map(|mapping| {
        let prefix = mapping.source_nat_ipv6_prefix.as_deref()?;
        (prefix != "auto_assigned").then_some((&*mapping.subnet_id, prefix))
    });
    given.collect()
}
