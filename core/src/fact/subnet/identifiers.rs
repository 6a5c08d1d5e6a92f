//! Subnets given by id or `Name` tag, in the order they were given.
//! It does not read the configuration; the ids of an existing load balancer come this way too.

use std::collections::BTreeSet;

use super::{Found, SubnetRequest, list, requirements, vpc_subnets};
use crate::fact::answer::Stop;
use crate::fact::{Environment, Subnet, SubnetSelection};
use crate::id::Text;

pub(super) fn resolve<'e>(
    identifiers: &[&str],
    request: &SubnetRequest<'_>,
    env: &'e Environment,
) -> Result<Found<'e>, Stop> {
    let Some(subnets) = &env.subnets else {
        return without_aws(identifiers, request);
    };
    let named = look_up(identifiers, subnets, env)?;
    requirements::check_named(&named, request, env)?;
    Ok(Found::detailed(named))
}

fn without_aws<'e>(identifiers: &[&str], request: &SubnetRequest<'_>) -> Result<Found<'e>, Stop> {
    if !identifiers.iter().copied().all(is_id) {
        let identifiers = identifiers.iter().map(|text| (*text).to_owned()).collect();
        return Err(request.pending(SubnetSelection::Identifiers { identifiers }));
    }
    check_count(identifiers, &distinct(identifiers)).map_err(wrapped)?;
    Ok(Found { ids: identifiers.iter().copied().map(Text::from).collect(), details: None })
}

fn look_up<'e>(identifiers: &[&str], subnets: &'e [Subnet], env: &Environment) -> Result<Vec<&'e Subnet>, Stop> {
    let (ids, names): (Vec<&str>, Vec<&str>) = identifiers.iter().partition(|text| is_id(text));
    check_ids(&ids, subnets).map_err(wrapped)?;
    let candidates = match names.is_empty() {
        true => Vec::new(),
        false => vpc_subnets(subnets, env)?,
    };
    let mut named = by_name(&names, &candidates).map_err(wrapped)?;
    let in_order = identifiers.iter().filter_map(|text| match is_id(text) {
        true => subnets.iter().find(|subnet| subnet.id == *text),
        false => take_first(&mut named, text),
    });
    Ok(in_order.collect())
}

fn is_id(text: &str) -> bool {
    text.starts_with("subnet-")
}

fn wrapped(error: String) -> Stop {
    format!("failed to list subnets by names or IDs: {error}").into()
}

fn distinct<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let first = texts.iter().filter(|text| seen.insert(**text));
    first.copied().collect()
}

fn check_ids(ids: &[&str], subnets: &[Subnet]) -> Result<(), String> {
    let unknown = |id: &&&str| subnets.iter().all(|subnet| subnet.id != **id);
    if let Some(id) = ids.iter().find(unknown) {
        return Err(format!("api error InvalidSubnetID.NotFound: The subnet ID '{id}' does not exist"));
    }
    let found = subnets.iter().map(|subnet| subnet.id.as_str());
    let found: Vec<&str> = found.filter(|id| ids.contains(id)).collect();
    check_count(ids, &found)
}

fn check_count(wanted: &[&str], found: &[&str]) -> Result<(), String> {
    if wanted.len() == found.len() {
        return Ok(());
    }
    let (wanted, found) = (list(wanted.iter().copied()), list(found.iter().copied()));
    Err(format!("couldn't find all subnets, want: {wanted}, found: {found}"))
}

/// The candidates by id, once each name has enough of them: a name given k times takes its first k.
fn by_name<'e>(names: &[&str], candidates: &[&'e Subnet]) -> Result<Vec<&'e Subnet>, String> {
    let count = |name: &str| candidates.iter().filter(|s| is_named(s, name)).count();
    let wanted = distinct(names);
    let missing = wanted.iter().copied().filter(|name| count(name) == 0);
    let missing: Vec<&str> = missing.collect();
    if !missing.is_empty() {
        let missing = list(missing);
        return Err(format!("couldn't find all subnets, missing names: {missing}"));
    }
    for name in &wanted {
        let requested = names.iter().filter(|other| *other == name).count();
        check_enough(name, requested, count(name))?;
    }
    let mut found = candidates.to_vec();
    found.sort_by_key(|subnet| subnet.id.as_str());
    Ok(found)
}

fn check_enough(name: &str, requested: usize, found: usize) -> Result<(), String> {
    if requested <= found {
        return Ok(());
    }
    Err(format!(
        "subnet with Name tag \"{name}\" requested {requested} times but only {found} subnet(s) found with that name"
    ))
}

fn take_first<'e>(named: &mut Vec<&'e Subnet>, name: &str) -> Option<&'e Subnet> {
    let position = named.iter().position(|subnet| is_named(subnet, name))?;
    Some(named.remove(position))
}

fn is_named(subnet: &Subnet, name: &str) -> bool {
    subnet.tags.get("Name").is_some_and(|tag| tag == name)
}
