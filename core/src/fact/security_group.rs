//! Security groups by id or name, and the one shared by all load balancers of a cluster.
//! It does not decide whether a load balancer has any, nor their rules.

use std::collections::BTreeSet;

use super::answer::Stop;
use super::{Answer, Environment, SecurityGroup, Want};

const CLUSTER_TAG: &str = "elbv2.k8s.aws/cluster";
const RESOURCE_TAG: &str = "elbv2.k8s.aws/resource";

/// Ids of explicitly configured security groups: first those given by id (`sg-…`), then those given by `Name` tag.
/// Within each part the order is EC2's, not the configuration's, as in the reference.
pub fn find_security_groups(names_or_ids: &[String], env: &Environment) -> Answer<Vec<String>> {
    find(names_or_ids, env).into()
}

fn find(names_or_ids: &[String], env: &Environment) -> Result<Vec<String>, Stop> {
    let all = names_or_ids.iter().map(String::as_str);
    let (ids, names): (Vec<&str>, Vec<&str>) = all.partition(|text| text.starts_with("sg-"));
    let Some(groups) = &env.security_groups else {
        return without_aws(&ids, &names);
    };
    match (by_id(&ids, groups), by_name(&distinct(&names), groups)) {
        (Ok(first), Ok(second)) => Ok([first, second].concat()),
        (first, second) => {
            let errors: Vec<String> = [first.err(), second.err()].into_iter().flatten().collect();
            let errors = errors.join(", ");
            Err(format!("couldn't find all security groups: {errors}").into())
        }
    }
}

fn without_aws(ids: &[&str], names: &[&str]) -> Result<Vec<String>, Stop> {
    if !names.is_empty() {
        let names = distinct(names).into_iter().map(str::to_owned).collect();
        return Err(Want::SecurityGroupsByName { names }.into());
    }
    let found = distinct(ids);
    if found.len() == ids.len() {
        return Ok(ids.iter().map(|id| (*id).to_owned()).collect());
    }
    let error = count_error("ids", ids, &found);
    Err(format!("couldn't find all security groups: {error}").into())
}

fn by_id(ids: &[&str], groups: &[SecurityGroup]) -> Result<Vec<String>, String> {
    let unknown = |id: &&&str| groups.iter().all(|group| group.id != **id);
    if let Some(id) = ids.iter().find(unknown) {
        return Err(format!("api error InvalidGroup.NotFound: The security group '{id}' does not exist"));
    }
    let found = groups.iter().map(|group| group.id.as_str());
    let found: Vec<&str> = found.filter(|id| ids.contains(id)).collect();
    if found.len() == ids.len() {
        return Ok(found.into_iter().map(str::to_owned).collect());
    }
    Err(count_error("ids", ids, &found))
}

fn by_name(names: &[&str], groups: &[SecurityGroup]) -> Result<Vec<String>, String> {
    let found = groups.iter().filter(|group| names.contains(&name_tag(group)));
    let found: Vec<&SecurityGroup> = found.collect();
    let found_names: Vec<&str> = found.iter().map(|group| name_tag(group)).collect();
    let found_names = distinct(&found_names);
    if found_names.len() != names.len() {
        return Err(count_error("names", names, &found_names));
    }
    Ok(found.into_iter().map(|group| group.id.clone()).collect())
}

fn name_tag(group: &SecurityGroup) -> &str {
    let tag = group.tags.get("Name").map_or("", String::as_str);
    if group.name.is_empty() { tag } else { &group.name }
}

fn count_error(what: &str, requested: &[&str], found: &[&str]) -> String {
    let (requested, found) = (requested.join(", "), found.join(", "));
    format!("requested {what} [{requested}] but found [{found}]")
}

fn distinct<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let first = texts.iter().filter(|text| seen.insert(**text));
    first.copied().collect()
}

/// Id of the security group that all load balancers of the cluster share as source of traffic to targets:
/// the controller's flag, else the VPC's first group with the cluster's tags, else the one AWS would create.
/// Whoever states `autoBackendSecurityGroupID` answers the question, also without listing the VPC's groups.
pub fn backend_security_group(env: &Environment) -> Answer<String> {
    backend(env).into()
}

fn backend(env: &Environment) -> Result<String, Stop> {
    if !env.flags.backend_security_group.is_empty() {
        return Ok(env.flags.backend_security_group.clone());
    }
    let groups = env.security_groups.as_deref().unwrap_or_default();
    if let Some(existing) = tagged_backend(groups, env)? {
        return Ok(existing.id.clone());
    }
    let created = env.auto_backend_security_group_id.clone();
    created.ok_or_else(|| Want::BackendSecurityGroup.into())
}

fn tagged_backend<'e>(groups: &'e [SecurityGroup], env: &Environment) -> Result<Option<&'e SecurityGroup>, Stop> {
    let backend = |group: &&SecurityGroup| {
        group.tags.contains_key(CLUSTER_TAG) && group.tags.get(RESOURCE_TAG).is_some_and(|value| value == "backend-sg")
    };
    let mut candidates = groups.iter().filter(backend).peekable();
    if candidates.peek().is_none() {
        return Ok(None);
    }
    let cluster = env.cluster_name.as_ref().ok_or(Want::ClusterName)?;
    Ok(candidates.find(|group| group.tags.get(CLUSTER_TAG) == Some(cluster)))
}

#[cfg(test)]
mod tests;
