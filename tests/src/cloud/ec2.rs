//! Security groups.

use gwchain_core::account::{Pairs, Permission, SecurityGroup};
use gwchain_core::diff::Operation;
use gwchain_core::id::Text;
use gwchain_core::model::load_balancer::{IpPermission, PermissionSource};

use super::{Call, Cloud};

impl Cloud {
    pub(super) fn security_groups(&mut self, operation: &Operation, call: &Call<'_>) -> Result<Option<Text>, String> {
        match operation {
            Operation::CreateSecurityGroup { spec, tags } => {
                let name = call.text(&spec.group_name)?;
                if self.account.security_groups.iter().any(|group| group.group_name == name) {
                    return Err(format!("InvalidGroup.Duplicate: {name}"));
                }
                self.serial += 1;
                let group_id: Text = format!("sg-{:017x}", self.serial).into();
                let (id, tags) = (group_id.clone(), tags.clone());
                self.account.security_groups.push(SecurityGroup {
                    group_id,
                    group_name: name,
                    tags,
                    ..SecurityGroup::default()
                });
                return Ok(Some(id));
            }
            Operation::AuthorizeSecurityGroupIngress { group, permissions } => {
                let permissions: Result<Vec<_>, String> = permissions.iter().map(|one| described(call, one)).collect();
                let permissions = permissions?;
                self.check_sources(&permissions)?;
                let group = self.group(&call.text(group)?)?;
                for permission in permissions {
                    if group.ingress.contains(&permission) {
                        return Err("InvalidPermission.Duplicate".to_owned());
                    }
                    group.ingress.push(permission);
                }
            }
            Operation::RevokeSecurityGroupIngress { group, permissions } => {
                let group = self.group(group)?;
                for permission in permissions {
                    let place = group.ingress.iter().position(|one| one == permission);
                    group.ingress.remove(place.ok_or("InvalidPermission.NotFound")?);
                }
            }
            Operation::DeleteSecurityGroup { group } => self.delete_group(group)?,
            Operation::CreateTags { group, tags } => self.group(group)?.tags.extend(tags.clone()),
            Operation::DeleteTags { group, keys } => remove(&mut self.group(group)?.tags, keys),
            other => return Err(format!("{} is not EC2's", other.name())),
        }
        Ok(None)
    }

    fn group(&mut self, id: &Text) -> Result<&mut SecurityGroup, String> {
        let found = self.account.security_groups.iter_mut().find(|group| group.group_id == *id);
        found.ok_or_else(|| format!("InvalidGroup.NotFound: {id}"))
    }

    fn check_sources(&self, permissions: &[Permission]) -> Result<(), String> {
        let groups = permissions.iter().map(|one| &one.source).filter(|source| source.starts_with("sg-"));
        let unknown = |id: &&Text| !self.account.security_groups.iter().any(|group| group.group_id == **id);
        groups.clone().find(unknown).map_or(Ok(()), |id| Err(format!("InvalidGroup.NotFound: {id}")))
    }

    fn delete_group(&mut self, id: &Text) -> Result<(), String> {
        self.group(id)?;
        let by_lb = self.account.load_balancers.iter().any(|lb| lb.security_groups.contains(id));
        let refers = |group: &SecurityGroup| group.ingress.iter().any(|permission| permission.source == *id);
        let by_group = self.account.security_groups.iter().any(|group| group.group_id != *id && refers(group));
        if by_lb || by_group {
            return Err(format!("DependencyViolation: {id} is in use"));
        }
        self.account.security_groups.retain(|group| group.group_id != *id);
        Ok(())
    }
}

/// Takes `keys` out of `tags`.
pub fn remove(tags: &mut Pairs, keys: &[Text]) {
    tags.retain(|key, _| !keys.contains(key));
}

fn described(call: &Call<'_>, permission: &IpPermission) -> Result<Permission, String> {
    let source = match &permission.source {
        PermissionSource::Ipv4(text) | PermissionSource::Ipv6(text) | PermissionSource::PrefixList(text) => {
            text.clone()
        }
        PermissionSource::Group(group) => call.text(group)?,
    };
    Ok(Permission {
        ip_protocol: permission.ip_protocol.into(),
        from_port: permission.from_port,
        to_port: permission.to_port,
        source,
    })
}
