//! The lists of what a cluster has on AWS: by known ARNs, or everything there is, of which tags tell what is ours.
//!
//! No load balancer is looked into.

use std::collections::{BTreeMap, BTreeSet};

use gwchain_core::account::{Account, CLUSTER_TAG, LoadBalancer, Pairs, StackId, TargetGroup, tracked};
use gwchain_core::fact::{Environment, ExistingLoadBalancer, Vpc};
use gwchain_core::id::Text;

use super::known::Known;
use super::{list, tag};
use crate::answer::{Cluster, vpc};
use crate::client::Aws;
use crate::error::Error;

/// What was found of a cluster.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub(super) account: Account,
    pub(super) notes: Vec<String>,
    pub(super) cluster: String,
    pub(super) others: BTreeSet<Text>,
    /// Whether it comes of known ARNs: then tags are as of the last time, and other stacks are missing.
    pub(super) is_remembered: bool,
    vpc: Option<String>,
}

/// Finds load balancers, target groups and security groups that carry the cluster's tags.
///
/// With `stacks`, all of which `known` knows, two calls by ARN take the place of reading lists and tags of the whole
/// account. If one of these is gone, the lists are read after all.
pub async fn find(aws: &Aws, cluster: &Cluster, stacks: Option<&[StackId]>, known: &Known) -> Result<Found, Error> {
    let vpc = vpc::of_cluster(aws, cluster).await?;
    let own = stacks.and_then(|stacks| known.of(stacks));
    let lists = async {
        if let Some(own) = own
            && let Some(found) = remembered(aws, &own).await?
        {
            return Ok(found);
        }
        listed(aws, vpc.as_deref(), &known.others).await
    };
    let (found, groups) = futures::try_join!(lists, list::security_groups(aws, &cluster.name, vpc.as_deref()))?;
    let mut found = Found { cluster: cluster.name.clone(), vpc, ..found };
    found.account.security_groups = groups;
    found.keep_own();
    Ok(found)
}

/// What is known, described; `None` if something of it is gone.
async fn remembered(aws: &Aws, own: &BTreeMap<Text, Pairs>) -> Result<Option<Found>, Error> {
    let is_lb = |arn: &&Text| arn.contains(":loadbalancer/");
    let (lbs, groups): (Vec<&Text>, Vec<&Text>) = own.keys().partition(is_lb);
    let both = futures::try_join!(list::named_load_balancers(aws, &lbs), list::named_target_groups(aws, &groups))?;
    let (Some(load_balancers), Some(target_groups)) = both else {
        return Ok(None);
    };
    let account = Account { load_balancers, target_groups, ..Account::default() };
    let mut found = Found { account, is_remembered: true, ..Found::default() };
    found.tag(own);
    Ok(Some(found))
}

/// Everything in the VPC, with tags. Tags of `others` are not read again.
async fn listed(aws: &Aws, vpc: Option<&str>, others: &BTreeSet<Text>) -> Result<Found, Error> {
    let (mut load_balancers, mut target_groups) =
        futures::try_join!(list::load_balancers(aws), list::target_groups(aws))?;
    let is_here = |there: &Text| vpc.is_none_or(|vpc| there.is_empty() || *there == vpc);
    load_balancers.retain(|lb| is_here(&lb.vpc_id));
    target_groups.retain(|group| is_here(&group.vpc_id));
    let lbs = load_balancers.iter().map(|lb| &lb.load_balancer_arn);
    let groups = target_groups.iter().map(|group| &group.target_group_arn);
    let all: BTreeSet<Text> = lbs.chain(groups).cloned().collect();
    let unread: Vec<Text> = all.difference(others).cloned().collect();
    let read = tag::read(aws, &unread).await?;
    let account = Account { load_balancers, target_groups, ..Account::default() };
    let others = all.intersection(others).cloned().collect();
    let mut found = Found { account, notes: read.notes, others, ..Found::default() };
    found.tag(&read.tags);
    Ok(found)
}

impl Found {
    fn tag(&mut self, tags: &BTreeMap<Text, Pairs>) {
        let of = |arn: &Text| tags.get(arn).cloned().unwrap_or_default();
        for lb in &mut self.account.load_balancers {
            lb.tags = of(&lb.load_balancer_arn);
        }
        for group in &mut self.account.target_groups {
            group.tags = of(&group.target_group_arn);
        }
    }

    /// Drops what is not the cluster's, and remembers that it isn't.
    fn keep_own(&mut self) {
        let is_own = |tags: &Pairs| tags.get(CLUSTER_TAG).is_some_and(|name| *name == self.cluster);
        let others = &mut self.others;
        let mut keep = |arn: &Text, tags: &Pairs| {
            let is_kept = is_own(tags);
            // Tags that could not be read may be ours one day.
            if !is_kept && !tags.is_empty() {
                others.insert(arn.clone());
            }
            is_kept
        };
        self.account.load_balancers.retain(|lb: &LoadBalancer| keep(&lb.load_balancer_arn, &lb.tags));
        self.account.target_groups.retain(|group: &TargetGroup| keep(&group.target_group_arn, &group.tags));
    }

    /// What exists, as far as lists tell.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Answers with it what an environment leaves open: VPC, existing load balancers, shared security group.
    pub fn tell(&self, environment: &mut Environment) {
        if let (None, Some(id)) = (&environment.vpc, &self.vpc) {
            environment.vpc = Some(Vpc { id: id.clone(), cidrs: Vec::new(), ipv6_cidrs: Vec::new() });
        }
        if environment.existing_load_balancers.is_none() {
            environment.existing_load_balancers = Some(self.existing());
        }
        if environment.auto_backend_security_group_id.is_none() {
            let shared = self.account.shared_security_group(&self.cluster);
            environment.auto_backend_security_group_id = shared.map(|group| group.group_id.to_string());
        }
    }

    fn existing(&self) -> Vec<ExistingLoadBalancer> {
        let all = self.account.load_balancers.iter().filter_map(|lb| {
            let (stack, _) = tracked(&lb.tags, &self.cluster)?;
            Some(ExistingLoadBalancer {
                gateway: stack.gateway.to_string(),
                class: stack.lb_type,
                arn: lb.load_balancer_arn.to_string(),
                scheme: lb.scheme.to_string(),
                subnets: lb.availability_zones.iter().map(|zone| zone.subnet_id.to_string()).collect(),
            })
        });
        all.collect()
    }
}
