//! Identity with the reference on AWS: on an account that it built, the profile `aws-lbc` changes nothing.

use gwchain_core::account::{Account, SecurityGroup, StackId};
use gwchain_core::diff::{ChangeSet, Context, Look, Wanted, diff};
use gwchain_core::manifest::{self, ReadOptions};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::profile::Profile;
use gwchain_tests::fixture::{self, CLUSTER, Fixture};

fn changes(fixture: &Fixture, profile: Profile) -> ChangeSet {
    compared(fixture, profile, |wanted| (fixture.account.clone(), wanted))
}

/// What changes in the account, and for the stacks, that `see` makes of those planned.
fn compared(
    fixture: &Fixture,
    profile: Profile,
    see: impl for<'s> FnOnce(Vec<Wanted<'s>>) -> (Account, Vec<Wanted<'s>>),
) -> ChangeSet {
    let file = manifest::SourceFile { name: fixture.cluster.name.clone(), text: fixture.cluster.text.clone() };
    let manifests = manifest::read(vec![file], &ReadOptions::default());
    let options = Options { profile, complete: true, simulate: false };
    let pipeline = run(&manifests, &fixture.environment, options);
    let wanted: Vec<Wanted<'_>> = pipeline
        .stacks()
        .into_iter()
        .map(|stack| Wanted {
            stack: StackId { lb_type: stack.lb_type, gateway: stack.id.clone() },
            model: Some(stack),
        })
        .collect();
    assert!(!wanted.is_empty(), "{}: nothing is planned", fixture.name);
    let (account, wanted) = see(wanted);
    let context = Context {
        cluster: CLUSTER,
        account: &account,
        external_tags: &[],
        default_tags: &fixture.environment.flags.default_tags,
    };
    diff(&wanted, context)
}

#[test]
fn nothing_changes_under_aws_lbc() {
    let mut found = Vec::new();
    for fixture in fixture::all() {
        let set = changes(&fixture, Profile::AWS_LBC);
        found.extend(set.changes.iter().map(|change| {
            format!("{}: {} {:?} {:?}", fixture.name, change.operation.name(), change.resource, change.fields)
        }));
        found.extend(set.unanswered.iter().map(|want| format!("{}: {want}", fixture.name)));
        found.extend(set.blocked.iter().map(|blocked| format!("{}: {}", fixture.name, blocked.reason)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The names of the calls that mend `fixture` after `harm`.
fn mended(name: &str, harm: impl FnOnce(&mut Account)) -> Vec<&'static str> {
    let mut fixture = fixture::all().into_iter().find(|fixture| fixture.name == name).expect("the fixture is there");
    harm(&mut fixture.account);
    changes(&fixture, Profile::AWS_LBC).changes.iter().map(|change| change.operation.name()).collect()
}

#[test]
fn what_somebody_changed_is_mended_by_the_calls_it_takes() {
    let alb = |account: &mut Account| -> usize {
        account.load_balancers.iter().position(|lb| lb.lb_type == "application").expect("the chain has an ALB")
    };
    let chain = "chaining-guide-http-and-https";
    let rule = mended(chain, |account| {
        let alb = alb(account);
        account.load_balancers[alb].listeners.iter_mut().flatten().for_each(|one| one.rules = Some(Vec::new()));
    });
    assert_eq!(rule, ["CreateRule", "CreateRule"]);
    let target = mended(chain, |account| {
        let mut groups = account.target_groups.iter_mut();
        groups.find(|group| group.target_type == "alb").expect("there is one").targets = Some(Vec::new());
    });
    assert_eq!(target, ["RegisterTargets"]);
    let open = mended(chain, |account| {
        let managed = |group: &&mut SecurityGroup| group.tags.contains_key("gateway.k8s.aws.alb/stack");
        let group = account.security_groups.iter_mut().find(managed).expect("the ALB has a group of its own");
        group.ingress[0].to_port = 9999;
        group.ingress[0].from_port = 9999;
        group.tags.insert("team".into(), "web".into());
    });
    assert_eq!(open, ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "DeleteTags"]);
}

/// The account as one sees it who looks at nothing but what a comparison asks for.
fn looked_at(account: &Account, wanted: &[Wanted<'_>]) -> Account {
    let look = Look::new(wanted, account, CLUSTER);
    let mut seen = account.clone();
    for (lb, whole) in seen.load_balancers.iter_mut().zip(&account.load_balancers) {
        let asked = look.load_balancer(whole);
        lb.attributes = lb.attributes.take().filter(|_| asked.is_some_and(|asked| asked.attributes));
        lb.listeners = lb.listeners.take().filter(|_| asked.is_some());
        for listener in lb.listeners.iter_mut().flatten() {
            let asked = look.listener(whole, listener.port, &listener.protocol);
            listener.attributes = listener.attributes.take().filter(|_| asked.attributes);
            listener.rules = listener.rules.take().filter(|_| asked.rules);
            if !asked.certificates {
                listener.certificates = Some(Vec::new());
            }
        }
    }
    for (group, whole) in seen.target_groups.iter_mut().zip(&account.target_groups) {
        let asked = look.target_group(whole).unwrap_or_default();
        group.attributes = group.attributes.take().filter(|_| asked.attributes);
        group.targets = group.targets.take().filter(|_| asked.targets);
    }
    seen
}

#[test]
fn what_a_comparison_does_not_ask_for_changes_nothing() {
    let gone = |wanted: Vec<Wanted<'_>>| -> Vec<Wanted<'static>> {
        wanted.into_iter().map(|one| Wanted { stack: one.stack, model: None }).collect()
    };
    for fixture in fixture::all() {
        let account = &fixture.account;
        for profile in [Profile::AWS_LBC, Profile::GWCHAIN] {
            let seen = compared(&fixture, profile, |wanted| (looked_at(account, &wanted), wanted));
            assert_eq!(seen, changes(&fixture, profile), "{}", fixture.name);
            let whole = compared(&fixture, profile, |wanted| (account.clone(), gone(wanted)));
            let seen = compared(&fixture, profile, |wanted| {
                let gone = gone(wanted);
                (looked_at(account, &gone), gone)
            });
            assert_eq!(seen, whole, "{}: taken down", fixture.name);
        }
    }
}
