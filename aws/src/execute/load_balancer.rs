//! Load balancers themselves.
//!
//! What hangs on them is in the modules beside it.

use aws_sdk_elasticloadbalancingv2::types::{
    IpamPools, LoadBalancerAttribute, MinimumLoadBalancerCapacity, RemoveIpamPoolEnum, SubnetMapping,
};
use gwchain_core::account::Pairs;
use gwchain_core::diff::Operation;
use gwchain_core::fact;
use gwchain_core::id::Text;
use gwchain_core::model::load_balancer::{LoadBalancer, Subnets};

use super::argument::{Call, int};
use super::tag::{is_ours, of_elbv2};
use crate::error::{Called, Error};

pub(super) async fn call(call: &Call<'_>) -> Result<Option<Text>, Error> {
    match &call.change.operation {
        Operation::CreateLoadBalancer { spec, tags } => create(call, spec, tags).await.map(Some),
        Operation::DeleteLoadBalancer { load_balancer } => {
            let delete = call.aws.elbv2.delete_load_balancer().load_balancer_arn(&**load_balancer);
            delete.send().await.called("DeleteLoadBalancer").map(|_| None)
        }
        other => set(call, other).await.map(|()| None),
    }
}

/// Calls that change one thing of a load balancer.
async fn set(call: &Call<'_>, operation: &Operation) -> Result<(), Error> {
    let elb = &call.aws.elbv2;
    match operation {
        Operation::ModifyLoadBalancerAttributes { load_balancer, attributes } => {
            let modify = elb.modify_load_balancer_attributes().load_balancer_arn(call.text(load_balancer)?);
            let modify = modify.set_attributes(Some(attributes.iter().map(attribute).collect()));
            modify.send().await.called("ModifyLoadBalancerAttributes").map(drop)
        }
        Operation::SetSecurityGroups { load_balancer, groups, on_private_link } => {
            let set = elb.set_security_groups().load_balancer_arn(call.text(load_balancer)?);
            let set = set.set_security_groups(Some(call.texts(groups)?));
            let enforced = on_private_link.as_deref().map(Into::into);
            let set = set.set_enforce_security_group_inbound_rules_on_private_link_traffic(enforced);
            set.send().await.called("SetSecurityGroups").map(drop)
        }
        Operation::SetSubnets { load_balancer, subnets, ip_address_type, source_nat } => {
            let set = elb.set_subnets().load_balancer_arn(&**load_balancer);
            let set = set.set_subnet_mappings(Some(subnets.iter().map(mapping).collect()));
            let set = set.ip_address_type(ip_address_type.as_str().into());
            let set = set.set_enable_prefix_for_ipv6_source_nat(source_nat.map(Into::into));
            set.send().await.called("SetSubnets").map(drop)
        }
        Operation::SetIpAddressType { load_balancer, ip_address_type } => {
            let set = elb.set_ip_address_type().load_balancer_arn(&**load_balancer);
            set.ip_address_type(ip_address_type.as_str().into()).send().await.called("SetIpAddressType").map(drop)
        }
        Operation::ModifyIpPools { load_balancer, ipv4_pool } => {
            let modify = elb.modify_ip_pools().load_balancer_arn(&**load_balancer);
            let modify = match ipv4_pool {
                Some(pool) => modify.ipam_pools(pools(pool)),
                None => modify.remove_ipam_pools(RemoveIpamPoolEnum::Ipv4),
            };
            modify.send().await.called("ModifyIpPools").map(drop)
        }
        Operation::ModifyCapacityReservation { load_balancer, units } => {
            let modify = elb.modify_capacity_reservation().load_balancer_arn(call.text(load_balancer)?);
            let capacity = MinimumLoadBalancerCapacity::builder().capacity_units(int(*units)).build();
            let modify = match units {
                0 => modify.reset_capacity_reservation(true),
                _ => modify.minimum_load_balancer_capacity(capacity),
            };
            modify.send().await.called("ModifyCapacityReservation").map(drop)
        }
        _ => Ok(()),
    }
}

fn attribute((key, value): (&Text, &Text)) -> LoadBalancerAttribute {
    LoadBalancerAttribute::builder().key(&**key).value(&**value).build()
}

fn pools(ipv4: &str) -> IpamPools {
    IpamPools::builder().ipv4_ipam_pool_id(ipv4).build()
}

fn mapping(mapping: &fact::SubnetMapping) -> SubnetMapping {
    SubnetMapping::builder()
        .subnet_id(&*mapping.subnet_id)
        .set_allocation_id(mapping.allocation_id.clone())
        .set_private_ipv4_address(mapping.private_ipv4_address.clone())
        .set_ipv6_address(mapping.ipv6_address.clone())
        .set_source_nat_ipv6_prefix(mapping.source_nat_ipv6_prefix.clone())
        .build()
}

async fn create(call: &Call<'_>, spec: &LoadBalancer, tags: &Pairs) -> Result<Text, Error> {
    let name = call.text(&spec.name)?;
    let subnets = match &spec.subnet_mapping {
        Subnets::Known(mappings) => mappings.iter().map(mapping).collect(),
        Subnets::Pending(want) => return Err(Error::Open(want.to_string())),
    };
    let groups = call.texts(&spec.security_groups)?;
    let create = call.aws.elbv2.create_load_balancer().name(&name).r#type(spec.lb_type.into());
    let create = create.scheme(spec.scheme.as_str().into()).ip_address_type(spec.ip_address_type.as_str().into());
    let create = create.set_subnet_mappings(Some(subnets)).set_tags(of_elbv2(tags));
    let create = create.set_security_groups((!groups.is_empty()).then_some(groups));
    let source_nat = spec.enable_prefix_for_ipv6_source_nat.map(Into::into);
    let create = create.set_enable_prefix_for_ipv6_source_nat(source_nat);
    let create = create.set_customer_owned_ipv4_pool(spec.customer_owned_ipv4_pool.as_ref().map(Text::to_string));
    let create = create.set_ipam_pools(spec.ipv4_ipam_pool.as_deref().map(pools));
    match create.send().await.called("CreateLoadBalancer") {
        Ok(created) => {
            let arn = created.load_balancers.unwrap_or_default().pop().and_then(|lb| lb.load_balancer_arn);
            Ok(arn.unwrap_or_default().into())
        }
        Err(error) if error.code() == Some("DuplicateLoadBalancerName") => find(call, &name, tags).await?.ok_or(error),
        Err(error) => Err(error),
    }
}

/// The load balancer of that name, if it is the one that was to be made.
async fn find(call: &Call<'_>, name: &str, tags: &Pairs) -> Result<Option<Text>, Error> {
    let found = call.aws.elbv2.describe_load_balancers().names(name).send().await.called("DescribeLoadBalancers")?;
    let arn = found.load_balancers.unwrap_or_default().pop().and_then(|lb| lb.load_balancer_arn);
    let Some(arn) = arn else { return Ok(None) };
    Ok(is_ours(call, &arn, tags).await?.then(|| arn.into()))
}
