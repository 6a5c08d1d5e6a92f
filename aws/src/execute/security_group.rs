//! Security groups and their permissions.
//!
//! Permissions of groups that others bring are not its business.

use aws_sdk_ec2::types::{
    IpPermission, IpRange, Ipv6Range, PrefixListId, ResourceType, SecurityGroup as Found, TagSpecification,
    UserIdGroupPair,
};
use gwchain_core::account::{Pairs, Permission};
use gwchain_core::diff::Operation;
use gwchain_core::id::Text;
use gwchain_core::model::load_balancer::{self as model, PermissionSource, SecurityGroup};

use super::argument::{Call, int};
use super::tag::of_ec2;
use crate::convert::filter;
use crate::error::{Called, Error};

pub(super) async fn call(call: &Call<'_>) -> Result<Option<Text>, Error> {
    match &call.change.operation {
        Operation::CreateSecurityGroup { spec, tags } => return create(call, spec, tags).await.map(Some),
        Operation::AuthorizeSecurityGroupIngress { group, permissions } => {
            let permissions: Result<Vec<_>, Error> = permissions.iter().map(|one| planned(call, one)).collect();
            authorize(call, &call.text(group)?, permissions?).await?;
        }
        Operation::RevokeSecurityGroupIngress { group, permissions } => {
            revoke(call, group, permissions.iter().map(seen).collect()).await?;
        }
        Operation::DeleteSecurityGroup { group } => {
            let delete = call.aws.ec2.delete_security_group().group_id(&**group);
            delete.send().await.called("DeleteSecurityGroup")?;
        }
        _ => {}
    }
    Ok(None)
}

async fn create(call: &Call<'_>, spec: &SecurityGroup, tags: &Pairs) -> Result<Text, Error> {
    let name = call.text(&spec.group_name)?;
    let tagged = TagSpecification::builder().resource_type(ResourceType::SecurityGroup).set_tags(Some(of_ec2(tags)));
    let create = call.aws.ec2.create_security_group().group_name(&name).description(spec.description);
    let answer = create.vpc_id(call.vpc).tag_specifications(tagged.build()).send().await;
    match answer.called("CreateSecurityGroup") {
        Ok(created) => Ok(created.group_id.unwrap_or_default().into()),
        // The answer to an earlier try was lost, or somebody else has taken the name.
        Err(error) if error.code() == Some("InvalidGroup.Duplicate") => {
            find(call, &name, tags).await?.map(Text::from).ok_or(error)
        }
        Err(error) => Err(error),
    }
}

/// The group of that name, if it is the one that was to be made.
async fn find(call: &Call<'_>, name: &str, tags: &Pairs) -> Result<Option<String>, Error> {
    let describe = call.aws.ec2.describe_security_groups();
    let describe = describe.filters(filter("group-name", name)).filters(filter("vpc-id", call.vpc));
    let found = describe.send().await.called("DescribeSecurityGroups")?.security_groups.unwrap_or_default();
    let wanted = of_ec2(tags);
    let is_ours = |group: &Found| wanted.iter().all(|tag| group.tags().contains(tag));
    Ok(found.into_iter().find(is_ours).and_then(|group| group.group_id))
}

async fn authorize(call: &Call<'_>, group: &str, permissions: Vec<IpPermission>) -> Result<(), Error> {
    let send = |permissions: Vec<IpPermission>| async move {
        let call = call.aws.ec2.authorize_security_group_ingress().group_id(group);
        call.set_ip_permissions(Some(permissions)).send().await.called("AuthorizeSecurityGroupIngress").map(drop)
    };
    all_or_each(permissions, "InvalidPermission.Duplicate", send).await
}

async fn revoke(call: &Call<'_>, group: &str, permissions: Vec<IpPermission>) -> Result<(), Error> {
    let send = |permissions: Vec<IpPermission>| async move {
        let call = call.aws.ec2.revoke_security_group_ingress().group_id(group);
        call.set_ip_permissions(Some(permissions)).send().await.called("RevokeSecurityGroupIngress").map(drop)
    };
    all_or_each(permissions, "InvalidPermission.NotFound", send).await
}

/// All at once; if one is as it shall be already, which is what AWS says with the code `settled`, one by one.
async fn all_or_each<F>(
    permissions: Vec<IpPermission>,
    settled: &str,
    send: impl Fn(Vec<IpPermission>) -> F,
) -> Result<(), Error>
where
    F: Future<Output = Result<(), Error>>,
{
    let is_settled = |error: &Error| error.code() == Some(settled);
    match send(permissions.clone()).await {
        Err(error) if is_settled(&error) => {}
        other => return other,
    }
    for permission in permissions {
        send(vec![permission]).await.or_else(|error| if is_settled(&error) { Ok(()) } else { Err(error) })?;
    }
    Ok(())
}

fn planned(call: &Call<'_>, permission: &model::IpPermission) -> Result<IpPermission, Error> {
    let source = match &permission.source {
        PermissionSource::Group(group) => PermissionSource::Group(Text::from(call.text(group)?).into()),
        other => other.clone(),
    };
    Ok(described(permission.ip_protocol, (permission.from_port, permission.to_port), &source))
}

fn seen(permission: &Permission) -> IpPermission {
    let ports = (permission.from_port, permission.to_port);
    described(&permission.ip_protocol, ports, &permission.planned_source())
}

fn described(protocol: &str, (from, to): (i64, i64), source: &PermissionSource) -> IpPermission {
    let permission = IpPermission::builder().ip_protocol(protocol).from_port(int(from)).to_port(int(to));
    match source {
        PermissionSource::Ipv4(cidr) => permission.ip_ranges(IpRange::builder().cidr_ip(&**cidr).build()),
        PermissionSource::Ipv6(cidr) => permission.ipv6_ranges(Ipv6Range::builder().cidr_ipv6(&**cidr).build()),
        PermissionSource::Group(group) => {
            permission.user_id_group_pairs(UserIdGroupPair::builder().group_id(group.to_string()).build())
        }
        PermissionSource::PrefixList(list) => {
            permission.prefix_list_ids(PrefixListId::builder().prefix_list_id(&**list).build())
        }
    }
    .build()
}
