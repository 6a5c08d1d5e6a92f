//! What counts towards which of AWS's limits.
//!
//! What is said about it is the business of lints and tables.

use gwchain_core::budget::{Budget, Level, of_region, of_stack};
use gwchain_core::fact::Environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::model::Stack;
use gwchain_core::pipeline::{self, run};
use gwchain_core::profile::Profile;
use gwchain_core::quota::{Quota, Quotas};

const EDGE: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: nlb}
spec: {controllerName: gateway.k8s.aws/nlb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web}
spec:
  gatewayClassName: alb
  infrastructure: {parametersRef: {group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: web}}
  listeners:
  - {name: http, protocol: HTTP, port: 80}
---
apiVersion: gateway.k8s.aws/v1
kind: LoadBalancerConfiguration
metadata: {name: web}
spec:
  ipAddressType: dualstack
  sourceRanges: [10.0.0.0/16, 10.1.0.0/16, '2001:db8::/32']
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: app}
spec:
  parentRefs: [{name: web}]
  hostnames: [a.example.com]
  rules:
  - matches: [{path: {value: /a}}]
    backendRefs: [{name: app, port: 80}, {name: new, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: door}
spec:
  gatewayClassName: nlb
  infrastructure: {parametersRef: {group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: door}}
  listeners:
  - {name: chain, protocol: TCP, port: 80}
  - {name: plain, protocol: TCP, port: 81}
---
apiVersion: gateway.k8s.aws/v1
kind: LoadBalancerConfiguration
metadata: {name: door}
spec:
  loadBalancerAttributes: [{key: load_balancing.cross_zone.enabled, value: 'CROSS'}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: chain}
spec:
  parentRefs: [{name: door, sectionName: chain}]
  rules:
  - backendRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: web, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: plain}
spec:
  parentRefs: [{name: door, sectionName: plain}]
  rules:
  - backendRefs: [{name: app, port: 80}]
";

/// What `look` sees in the stacks: the ALB's, then the NLB's.
fn see<T>(crosses: &str, look: impl Fn(&[&Stack]) -> T) -> T {
    let file = SourceFile { name: "edge.yaml".to_owned(), text: EDGE.replace("CROSS", crosses) };
    let manifests = read(vec![file], &ReadOptions::default());
    let environment = Environment::default();
    let options = pipeline::Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    look(&run(&manifests, &environment, options).stacks())
}

fn find(budgets: Vec<Budget>, quota: Quota) -> Budget {
    budgets.into_iter().find(|budget| budget.quota == quota).expect("each load balancer has this limit")
}

#[test]
fn counts_what_the_plan_creates() {
    see("false", |stacks| {
        let used = |quota| find(of_stack(stacks[0], &Quotas::new()), quota).used;
        assert_eq!(used(Quota::RulesPerAlb), 1);
        assert_eq!(used(Quota::TargetGroupsPerAlb), 2);
        assert_eq!(used(Quota::ListenersPerAlb), 1);
        assert_eq!(used(Quota::TargetGroupsPerAction), 2);
        let values = find(of_stack(stacks[0], &Quotas::new()), Quota::ValuesPerRule);
        assert_eq!((values.used, values.at.as_deref()), (3, Some("80:1")));
        assert_eq!(find(of_region(stacks, &Quotas::new()), Quota::TargetGroups).used, 4);
    });
}

#[test]
fn rules_of_a_group_count_by_address_family() {
    see("false", |stacks| {
        let groups = stacks[0].security_group.iter().map(|group| group.spec.ingress.len()).sum::<usize>();
        let rules = find(of_stack(stacks[0], &Quotas::new()), Quota::RulesPerGroup);
        assert_eq!((groups, rules.used), (4, 3), "two ranges of IPv4 or one of IPv6, and the NLB's group in both");
    });
}

#[test]
fn an_alb_counts_as_many_targets_and_pods_are_not_guessed() {
    for (crosses, share) in [("false", 50), ("true", 100)] {
        see(crosses, |stacks| {
            let targets = find(of_stack(stacks[1], &Quotas::new()), Quota::TargetsPerZoneOfNlb);
            assert_eq!((targets.used, targets.limit), (share, 500));
            assert_eq!(targets.open.as_deref(), Some("the nodes of 1 target group"));
        });
    }
}

#[test]
fn a_limit_is_near_from_eighty_percent_on_and_may_be_raised() {
    let quotas = |limit| Quotas::from([(Quota::TargetsPerZoneOfNlb, limit)]);
    for (limit, level) in [(63, Level::Fine), (62, Level::Near), (50, Level::Near), (49, Level::Over)] {
        see("false", |stacks| {
            let targets = find(of_stack(stacks[1], &quotas(limit)), Quota::TargetsPerZoneOfNlb);
            assert_eq!(targets.level(), level, "{limit}");
        });
    }
}
