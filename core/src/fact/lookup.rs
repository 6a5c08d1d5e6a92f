//! Look-ups that need no choice: trust store and target group by name, CIDR blocks of the VPC.
//! It does not validate what it is asked for.

use super::{Answer, Environment, NamedArn, Want};

/// ARN of a trust store given by ARN or name.
pub fn trust_store(name_or_arn: &str, env: &Environment) -> Answer<String> {
    if name_or_arn.starts_with("arn:") {
        return Answer::Known(name_or_arn.to_owned());
    }
    let Some(stores) = &env.trust_stores else {
        let name = name_or_arn.to_owned();
        return Answer::Pending(Want::TrustStore { name });
    };
    match stores.iter().find(|store| store.name == name_or_arn) {
        Some(store) => Answer::Known(store.arn.clone()),
        None => Answer::Failed(format!(
            "failed to resolve trustStore ARN for name {name_or_arn}: \
             TrustStoreNotFound: One or more trust stores not found"
        )),
    }
}

/// ARN of the only target group of that name.
pub fn target_group_by_name(name: &str, env: &Environment) -> Answer<String> {
    let Some(groups) = &env.target_groups else {
        let name = name.to_owned();
        return Answer::Pending(Want::TargetGroup { name });
    };
    let named: Vec<&NamedArn> = groups.iter().filter(|group| group.name == name).collect();
    match named.as_slice() {
        [] => Answer::Failed("TargetGroupNotFound: One or more target groups not found".to_owned()),
        [group] => Answer::Known(group.arn.clone()),
        several => {
            Answer::Failed(format!("expecting a single targetGroup with query [{name}] but got {}", several.len()))
        }
    }
}

/// The VPC's associated blocks of one family, in EC2's order.
pub fn vpc_cidrs(env: &Environment, ipv6: bool) -> Answer<Vec<String>> {
    match &env.vpc {
        Some(vpc) if vpc.cidrs.is_empty() && vpc.ipv6_cidrs.is_empty() => Answer::Pending(Want::VpcCidrs),
        Some(vpc) if ipv6 => Answer::Known(vpc.ipv6_cidrs.clone()),
        Some(vpc) => Answer::Known(vpc.cidrs.clone()),
        None => Answer::Pending(Want::VpcCidrs),
    }
}

#[cfg(test)]
mod tests;
